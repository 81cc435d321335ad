#!/usr/bin/env python3
"""Writes src/test/resources/onnx/gradients.safetensors: small graphs, and PyTorch's gradients of them.

Takes Debian's python3-torch and python3-onnx. Each case is a graph from "input" to "y", as PyTorch
exports it or as nodes of ONNX written here beside a function of PyTorch's, and the gradient by the
input of the sum of y, which each case's last operator has weighed with fixed random numbers:
NAME/model, NAME/input, NAME/gradient.
"""
import io
import pathlib
import warnings

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import helper, numpy_helper
from torch import nn
import safetensors_file

OUT = pathlib.Path(__file__).parent.parent / "src/test/resources/onnx/gradients.safetensors"
SHAPE = (1, 4, 7, 5)
cases = {}


def picture(shape=SHAPE, scale=1.5):
    return (torch.randn(shape) * scale).requires_grad_()


class Weighed(nn.Module):
    def __init__(self, body, sample):
        super().__init__()
        self.body = body
        with torch.no_grad():
            self.register_buffer("by", torch.randn_like(body(sample)))

    def forward(self, x):
        return self.body(x) * self.by


def keep(name, model, x, gradient):
    cases[name + "/model"] = np.frombuffer(model, dtype=np.uint8)
    cases[name + "/input"] = x.detach().numpy()
    cases[name + "/gradient"] = gradient.numpy()


def exported(name, body, x=None, opset=13):
    """A case that PyTorch exports."""
    x = picture() if x is None else x
    module = Weighed(body, x).eval()
    module(x).sum().backward()
    file = io.BytesIO()
    torch.onnx.export(module, x.detach(), file, opset_version=opset,
                      input_names=["input"], output_names=["y"], do_constant_folding=False)
    keep(name, file.getvalue(), x, x.grad)


def written(name, function, nodes, weights=None, x=None, opset=17):
    """A case of nodes from "input" to "f", which a function of PyTorch's does too."""
    x = picture() if x is None else x
    made = function(x)
    by = torch.randn_like(made)
    (made * by).sum().backward()
    tensors = [numpy_helper.from_array(np.asarray(value), key)
               for key, value in {**(weights or {}), "by": by.detach().numpy()}.items()]
    value = lambda n, s: helper.make_tensor_value_info(n, 1, s)
    graph = helper.make_graph(nodes + [helper.make_node("Mul", ["f", "by"], ["y"])], "g",
                              [value("input", list(x.shape))], [value("y", list(made.shape))], tensors)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)
    keep(name, model.SerializeToString(), x, x.grad)


def node(kind, inputs="input", outputs="f", **attributes):
    return helper.make_node(kind, inputs.split(), outputs.split(), **attributes)


def array(*shape):
    return np.random.randn(*shape).astype(np.float32)


def ints(*values):
    return np.array(values, dtype=np.int64)


def convolutions():
    for name, args in {
        "conv": dict(kernel_size=3), "conv-padded": dict(kernel_size=3, padding=1),
        "conv-stride": dict(kernel_size=3, stride=2, padding=1), "conv-even": dict(kernel_size=2, stride=2),
        "conv-odd": dict(kernel_size=(3, 2), stride=(3, 2), padding=(2, 0)),
        "conv-dilated": dict(kernel_size=3, dilation=2, padding=2),
        "conv-dilated-stride": dict(kernel_size=2, dilation=3, stride=2, padding=1),
        "conv-groups": dict(kernel_size=3, groups=2, padding=1), "conv-point": dict(kernel_size=1),
        "conv-point-stride": dict(kernel_size=1, stride=3), "conv-groups-stride": dict(kernel_size=3, groups=2, stride=2),
        "conv-wide-pads": dict(kernel_size=1, padding=2), "conv-wide-pads-stride": dict(kernel_size=2, padding=3, stride=2),
    }.items():
        exported(name, nn.Conv2d(4, 6, **args))
    exported("conv-depthwise", nn.Conv2d(4, 4, 3, groups=4, padding=1))
    exported("conv-depthwise-more", nn.Conv2d(4, 8, 3, groups=4, padding=1))
    exported("conv-depthwise-stride", nn.Conv2d(4, 4, 5, groups=4, padding=2, stride=2))
    exported("conv-bias-none", nn.Conv2d(4, 2, (1, 3), bias=False, padding=(0, 1)))
    for name, args in {
        "transposed": dict(kernel_size=3), "transposed-stride": dict(kernel_size=3, stride=2, padding=1, output_padding=1),
        "transposed-groups": dict(kernel_size=2, stride=2, groups=2), "transposed-dilated": dict(kernel_size=2, dilation=2, padding=1),
        "transposed-odd": dict(kernel_size=(2, 3), stride=(3, 2), padding=(0, 1), output_padding=(2, 0)),
    }.items():
        exported(name, nn.ConvTranspose2d(4, 6, **args))
    w = torch.randn(3, 4, 3, 4)
    for mode, pads in {"SAME_UPPER": (1, 2, 1, 1), "SAME_LOWER": (2, 1, 1, 1)}.items():
        written("conv-" + mode.lower(), lambda x: F.conv2d(F.pad(x, pads), w),
                [node("Conv", "input w", auto_pad=mode)], {"w": w.numpy()})
    written("conv-same-stride", lambda x: F.conv2d(F.pad(x, (1, 2, 1, 1)), w, stride=(2, 2)),
            [node("Conv", "input w", auto_pad="SAME_UPPER", strides=[2, 2])], {"w": w.numpy()})
    written("conv-valid", lambda x: F.conv2d(x, w), [node("Conv", "input w", auto_pad="VALID")], {"w": w.numpy()})
    v = torch.randn(4, 3, 3, 3)
    written("transposed-same", lambda x: F.conv_transpose2d(x, v, stride=2)[:, :, :14, :10],
            [node("ConvTranspose", "input v", auto_pad="SAME_UPPER", strides=[2, 2])], {"v": v.numpy()})


def activations():
    for name, body in {
        "relu": nn.ReLU(), "relu6": nn.ReLU6(), "leaky": nn.LeakyReLU(0.2), "prelu": nn.PReLU(4), "elu": nn.ELU(0.7),
        "selu": nn.SELU(), "celu": nn.CELU(1.3), "sigmoid": nn.Sigmoid(), "tanh": nn.Tanh(), "softplus": nn.Softplus(),
        "hardsigmoid": nn.Hardsigmoid(), "hardswish": nn.Hardswish(), "silu": nn.SiLU(), "gelu": nn.GELU(), "mish": nn.Mish(),
        "clamp": lambda x: x.clamp(-0.4, 0.9), "clamp-min": lambda x: x.clamp(min=0.1),
        "erf": torch.erf, "exp": torch.exp, "abs": torch.abs, "neg": torch.neg, "sin": torch.sin, "cos": torch.cos,
        "log": lambda x: (x.abs() + 0.3).log(), "sqrt": lambda x: (x.abs() + 0.3).sqrt(), "reciprocal": lambda x: 1 / (x.abs() + 0.4),
        "square": lambda x: x ** 2, "cube": lambda x: x ** 3, "power": lambda x: (x.abs() + 0.2) ** 1.7,
        "power-of-x": lambda x: torch.pow(torch.tensor(1.9), x), "power-zero": lambda x: x ** 2 + x.abs().pow(torch.tensor(0.5)),
    }.items():
        exported("act-" + name, body, opset=14)
    written("act-mish", F.mish, [node("Mish")], opset=18)
    written("act-softsign", F.softsign, [node("Softsign")])
    written("act-identity", lambda x: x * 1, [node("Identity", "input", "a"), node("Dropout", "a")])
    written("act-thresholded", lambda x: torch.where(x > 0.6, x, torch.zeros(())), [node("ThresholdedRelu", alpha=0.6)])
    written("act-gelu-20", F.gelu, [node("Gelu")], opset=20)
    written("act-gelu-tanh", lambda x: F.gelu(x, approximate="tanh"), [node("Gelu", approximate="tanh")], opset=20)


def arithmetic():
    c, r = torch.randn(4, 1, 1), torch.rand(7, 5) + 0.5
    for name, body in {
        "add": lambda x: x + c, "sub": lambda x: x - r, "sub-from": lambda x: r - x, "mul": lambda x: x * c, "div": lambda x: x / r,
        "div-by": lambda x: r / (x.abs() + 0.5), "self": lambda x: x * x + x / (x.abs() + 1) - x,
        "broadcast": lambda x: x * x.mean((2, 3), keepdim=True) + x[:, :1] - x[:, :, :, 2:3] / 3,
        "broadcast-rank": lambda x: x.mean((0, 1, 2)) * x, "minimum": lambda x: torch.minimum(x, r), "maximum": lambda x: torch.maximum(x, x * c),
        "max-tie": lambda x: torch.maximum(x, x) + torch.minimum(x, r.min()), "where": lambda x: torch.where(x > 0.2, x * 2, x * x),
        "expand": lambda x: x[:, :, :1].expand(-1, -1, 7, -1) * x, "cast": lambda x: x.double().mul(2).float(), "masked": lambda x: x * (x > 0).float(),
    }.items():
        exported("arith-" + name, body)
    written("arith-sum", lambda x: x + x * x + c, [node("Mul", "input input", "s"), node("Sum", "input s c")], {"c": c.numpy()})
    written("arith-mean", lambda x: (x + c) / 2, [node("Mean", "input c")], {"c": c.numpy()})


def pools():
    for name, body in {
        "max": nn.MaxPool2d(2), "max-overlap": nn.MaxPool2d(3, 1, 1), "max-stride": nn.MaxPool2d(3, 2, 1), "max-dilated": nn.MaxPool2d(2, 1, dilation=2),
        "max-ceil": nn.MaxPool2d(3, 2, ceil_mode=True), "average": nn.AvgPool2d(2), "average-pads": nn.AvgPool2d(3, 2, 1),
        "average-without-pads": nn.AvgPool2d(3, 1, 1, count_include_pad=False), "average-overlap": nn.AvgPool2d((3, 2), (1, 2)),
        "global": nn.AdaptiveAvgPool2d(1), "global-max": nn.AdaptiveMaxPool2d(1),
    }.items():
        exported("pool-" + name, body)
    written("pool-average-ceil", lambda x: F.avg_pool2d(x, 2, 2, ceil_mode=True, count_include_pad=False),
            [node("AveragePool", kernel_shape=[2, 2], strides=[2, 2], ceil_mode=1)])
    written("pool-max-same", lambda x: F.max_pool2d(F.pad(x, (0, 1, 0, 1), value=-1e9), 2, 1),
            [node("MaxPool", kernel_shape=[2, 2], auto_pad="SAME_UPPER")])
    written("pool-global-max-node", lambda x: F.adaptive_max_pool2d(x, 1), [node("GlobalMaxPool")])
    zeros = torch.relu(torch.randn(SHAPE) - 1).detach().requires_grad_()
    exported("pool-max-zeros", nn.MaxPool2d(3, 2), zeros)
    zeros = torch.relu(torch.randn(SHAPE) - 4).detach().requires_grad_()
    exported("pool-global-max-zeros", nn.AdaptiveMaxPool2d(1), zeros)


def reductions():
    for name, body in {
        "mean": lambda x: x.mean((2, 3)), "mean-one": lambda x: x.mean(-1, keepdim=True), "sum": lambda x: x.sum((1, 3)),
        "sum-keep": lambda x: x.sum(2, keepdim=True) * x, "max": lambda x: x.amax((2, 3)), "min": lambda x: x.amin(1, keepdim=True),
        "l2": lambda x: F.normalize(x), "l2-flat": lambda x: x.norm(dim=1), "l1": lambda x: x.norm(p=1, dim=(2, 3)),
        "logsumexp": lambda x: x.logsumexp(1), "softmax": lambda x: x.softmax(1), "softmax-last": lambda x: x.softmax(-1), "log-softmax": lambda x: x.log_softmax(1),
    }.items():
        exported("reduce-" + name, body)
    exported("reduce-softmax-old", lambda x: x.flatten(1).softmax(1), opset=11)
    written("reduce-softmax-flat", lambda x: x.flatten(2).softmax(2).reshape(x.shape), [node("Softmax", axis=2)], opset=11)
    written("reduce-mean-18", lambda x: x.mean((1, 2)), [node("ReduceMean", "input a", keepdims=0)], {"a": ints(1, 2)}, opset=18)
    written("reduce-square", lambda x: (x * x).sum((2, 3), keepdim=True), [node("ReduceSumSquare", axes=[2, 3])])
    ties = torch.randn(SHAPE).round().detach().requires_grad_()
    exported("reduce-max-ties", lambda x: x.amax((2, 3)), ties)


def linear():
    for name, body in {
        "linear": nn.Sequential(nn.Flatten(), nn.Linear(140, 3)), "linear-last": nn.Linear(5, 6), "matmul-self": lambda x: x @ x.transpose(2, 3),
        "matmul-broadcast": lambda x: x.mean(1) @ x.transpose(2, 3), "matmul-vector": lambda x: x @ x[0, 0, 0], "attention": lambda x: (x @ x.transpose(2, 3)).softmax(-1) @ x,
    }.items():
        exported("linear-" + name, body)
    a, b, c = torch.randn(3, 35), torch.randn(2, 35), torch.randn(3, 1)
    written("linear-gemm", lambda x: 0.5 * (a @ x.reshape(4, 35).T) + 2 * torch.ones(3, 1),
            [node("Reshape", "input s", "r"), node("Gemm", "a r c", alpha=0.5, beta=2.0, transB=1)],
            {"s": ints(4, 35), "a": a.numpy(), "c": np.ones((3, 1), np.float32)}, x=picture())
    written("linear-gemm-turned", lambda x: x.reshape(35, 4).T @ b.T + x.reshape(35, 4)[0, :, None],
            [node("Reshape", "input s", "r"), node("Slice", "r z o", "t"), node("Transpose", "t", "u", perm=[1, 0]),
             node("Gemm", "r b u", transA=1, transB=1)],
            {"s": ints(35, 4), "b": b.numpy(), "z": ints(0), "o": ints(1)})


def shapes():
    for name, body in {
        "flatten": nn.Flatten(), "reshape": lambda x: x.reshape(1, 5, -1), "transpose": lambda x: x.permute(0, 3, 1, 2), "squeeze": lambda x: x[:, :1].squeeze(1).unsqueeze(-1),
        "concat": lambda x: torch.cat([x, x * x, x[:, 1:3]], 1), "split": lambda x: torch.cat(x.split([1, 3], 1)[::-1], 1) + x.split([3, 1], 1)[0].mean(),
        "chunk": lambda x: x.chunk(2, 1)[0] * x.chunk(2, 1)[1], "slice": lambda x: x[:, 1:, ::2, 1:-1], "slice-far": lambda x: x[:, :, 2::3], "slice-twice": lambda x: x[:, :2] * x[:, 2:],
        "pad": lambda x: F.pad(x, (1, 2, 0, 3)), "pad-value": lambda x: F.pad(x, (1, 0, 2, 1), value=0.7), "pad-cut": lambda x: F.pad(x, (-1, 2, 1, -2)),
        "reflect": lambda x: F.pad(x, (1, 2, 3, 1), mode="reflect"), "replicate": lambda x: F.pad(x, (2, 1, 1, 0), mode="replicate"),
        "shuffle": nn.PixelShuffle(2), "gather": lambda x: x[:, :, [0, 2, 2, -1]], "index": lambda x: x[:, 1], "tile": lambda x: x.repeat(1, 2, 1, 3),
        "channel-shuffle": lambda x: x.view(1, 2, 2, 7, 5).transpose(1, 2).reshape(1, 4, 7, 5), "gather-elements": lambda x: x.gather(2, torch.tensor([[[[0, 1, 1, 2, 6]], [[3, 3, 3, 3, 3]]]])),
        "topk": lambda x: x.topk(2, 1)[0], "sort": lambda x: x.topk(3, -1)[0] * 2,
    }.items():
        exported("shape-" + name, body)
    square = picture((1, 4, 6, 4))
    written("shape-depth", lambda x: F.pixel_unshuffle(x, 2).reshape(1, 4, 4, 3, 2).transpose(1, 2).reshape(1, 16, 3, 2), [node("SpaceToDepth", blocksize=2)], x=square)
    written("shape-dcr", lambda x: F.pixel_shuffle(x.reshape(1, 4, 1, 6, 4).transpose(1, 2).reshape(1, 4, 6, 4), 2), [node("DepthToSpace", blocksize=2)], x=picture((1, 4, 6, 4)))
    written("shape-crd", lambda x: F.pixel_shuffle(x, 2), [node("DepthToSpace", blocksize=2, mode="CRD")])
    written("shape-backwards", lambda x: x.flip(2)[:, :, ::2], [node("Slice", "input s e a t")],
            {"s": ints(-1), "e": ints(-100), "a": ints(2), "t": ints(-2)})
    for name, args in {"nearest": dict(scale_factor=2, mode="nearest"), "nearest-odd": dict(size=(10, 3), mode="nearest"), "bilinear": dict(scale_factor=2, mode="bilinear"),
                       "bilinear-less": dict(size=(4, 3), mode="bilinear"), "aligned": dict(size=(11, 8), mode="bilinear", align_corners=True), "half": dict(scale_factor=0.5, mode="nearest")}.items():
        exported("resize-" + name, lambda x: F.interpolate(x, **args))
    scales = np.array([1, 1, 2, 3], np.float32)
    written("resize-upsample", lambda x: F.interpolate(x, scale_factor=(2, 3), mode="nearest"), [node("Upsample", "input s")], {"s": scales}, opset=9)
    exported("resize-old", lambda x: F.interpolate(x, scale_factor=3, mode="nearest"), opset=9)
    exported("resize-10", lambda x: F.interpolate(x, scale_factor=2, mode="nearest"), opset=10)


def norms():
    batch = nn.BatchNorm2d(4)
    batch.running_mean.normal_(), batch.running_var.uniform_(0.3, 2), batch.weight.data.normal_()
    exported("norm-batch", batch.eval())
    exported("norm-conv-batch", nn.Sequential(nn.Conv2d(4, 4, 3), batch, nn.ReLU()).eval())
    exported("norm-instance", nn.InstanceNorm2d(4, affine=True, eps=1e-2))
    exported("norm-group", nn.GroupNorm(2, 4))
    exported("norm-layer", nn.LayerNorm([7, 5]), opset=13)
    exported("norm-lrn", nn.LocalResponseNorm(3, alpha=0.8, beta=0.6, k=1.5))
    written("norm-lrn-node", lambda x: F.local_response_norm(x, 3, 0.8, 0.6, 1.5), [node("LRN", size=3, alpha=0.8, beta=0.6, bias=1.5)])
    w, b = array(7, 5), array(7, 5)
    written("norm-layer-17", lambda x: F.layer_norm(x, [7, 5], torch.tensor(w), torch.tensor(b), 1e-2), [node("LayerNormalization", "input w b", axis=2, epsilon=1e-2)], {"w": w, "b": b})
    w, b = array(4), array(4)
    written("norm-group-21", lambda x: F.group_norm(x, 2, torch.tensor(w), torch.tensor(b)), [node("GroupNormalization", "input w b", num_groups=2)], {"w": w, "b": b}, opset=21)
    w2, b2 = array(2), array(2)
    written("norm-group-18", lambda x: F.group_norm(x, 2, torch.tensor(w2).repeat_interleave(2), torch.tensor(b2).repeat_interleave(2)),
            [node("GroupNormalization", "input w b", num_groups=2)], {"w": w2, "b": b2}, opset=18)


def quantized():
    s, z = np.float32(0.02), np.uint8(100)
    written("quant-tensor", lambda x: torch.fake_quantize_per_tensor_affine(x, float(s), 100, 0, 255),
            [node("QuantizeLinear", "input s z", "q"), node("DequantizeLinear", "q s z")], {"s": s, "z": z})
    scales = np.array([0.01, 0.03, 0.02, 0.05], np.float32)
    zero = np.zeros(4, np.int8)
    written("quant-channel", lambda x: torch.fake_quantize_per_channel_affine(x, torch.tensor(scales), torch.zeros(4), 1, -128, 127),
            [node("QuantizeLinear", "input s z", "q", axis=1), node("DequantizeLinear", "q s z", axis=1)], {"s": scales, "z": zero})


def networks():
    exported("net-residual", Residual().eval())
    exported("net-mobile", nn.Sequential(nn.Conv2d(4, 8, 1), nn.ReLU6(), nn.Conv2d(8, 8, 3, 2, 1, groups=8), nn.ReLU6(), nn.Conv2d(8, 4, 1), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 3)))


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b, self.c = nn.Conv2d(4, 4, 3, padding=1), nn.BatchNorm2d(4), nn.Conv2d(4, 4, 3, padding=1)

    def forward(self, x):
        return F.max_pool2d(F.relu(x + self.c(F.relu(self.b(self.a(x))))), 3, 2, 1).mean((2, 3))


def main():
    warnings.simplefilter("ignore")
    torch.manual_seed(0), np.random.seed(0)
    for group in (convolutions, activations, arithmetic, pools, reductions, linear, shapes, norms, quantized, networks):
        group()
    safetensors_file.write(cases, OUT)
    print(len(cases) // 3, "cases,", OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
