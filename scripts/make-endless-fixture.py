#!/usr/bin/env python3
"""Makes src/test/resources/onnx/endless.onnx and grows.onnx.

They answer black pictures at once. For others, the first one's Loop never ends, and the second
one's takes 1 MB more each time. Needs onnx and numpy (Debian's python3-onnx, python3-numpy).
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

FOLDER = Path(__file__).parent.parent / "src/test/resources/onnx"
SIDE, STEP = 8, 250_000


def value(name, kind, *shape):
    return helper.make_tensor_value_info(name, kind, shape)


def loop(grows):
    goes_on = [value("turn", TensorProto.INT64), value("on", TensorProto.BOOL)]
    node = helper.make_node
    if grows:
        nodes, inputs, made = [node("Add", ["block", "nothing"], ["made"])], goes_on, value("made", TensorProto.FLOAT, STEP)
    else:
        nodes, inputs = [node("Add", ["sum", "nothing"], ["made"])], goes_on + [value("sum", TensorProto.FLOAT, 1)]
        made = value("made", TensorProto.FLOAT, 1)
    nodes.append(node("Identity", ["on"], ["still_on"]))
    body = helper.make_graph(nodes, "body", inputs, [value("still_on", TensorProto.BOOL), made])
    return node("Loop", ["for_ever", "light"] + ([] if grows else ["first"]), ["turns"], body=body)


def model(grows):
    node = helper.make_node
    block = helper.make_tensor("value", TensorProto.FLOAT, [1], [0.5])
    nodes = [
        node("Conv", ["x", "w"], ["c"], name="conv", pads=[1] * 4, kernel_shape=[3, 3]),
        node("Relu", ["c"], ["r"], name="relu"),
        node("GlobalAveragePool", ["r"], ["p"], name="pool"),
        node("Flatten", ["p"], ["f"], name="flat"),
        node("ReduceMax", ["f"], ["most"], keepdims=0),
        node("Greater", ["most", "dark"], ["light"]),
        node("Mul", ["most", "zero"], ["nothing"]),
        node("ConstantOfShape", ["step"], ["block"], value=block),
        node("Reshape", ["most", "one"], ["first"]),
        loop(grows),
        node("ReduceMax", ["turns"], ["all"], keepdims=0),
        node("Mul", ["all", "zero"], ["none"]),
        node("Reshape", ["none", "one"], ["added"]),
        node("Add", ["f", "added"], ["logits"]),
    ]
    weights = np.zeros((3, 3, 3, 3), np.float32)
    weights[range(3), range(3), 1, 1] = 1
    constants = {
        "w": weights,
        "dark": np.float32(0.1),
        "zero": np.float32(0),
        "step": np.array([STEP], np.int64),
        "one": np.array([1], np.int64),
        "for_ever": np.int64(2**62),
    }
    graph = helper.make_graph(
        nodes,
        "g",
        [value("x", TensorProto.FLOAT, "N", 3, SIDE, SIDE)],
        [value("logits", TensorProto.FLOAT, "N", 3)],
        [numpy_helper.from_array(np.asarray(array), name) for name, array in constants.items()],
    )
    made = helper.make_model(graph, producer_name="fmviz", opset_imports=[helper.make_opsetid("", 13)])
    made.ir_version = 7
    onnx.checker.check_model(made)
    return made


for name, grows in {"endless": False, "grows": True}.items():
    onnx.save(model(grows), FOLDER / f"{name}.onnx")
