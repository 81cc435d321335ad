#!/usr/bin/python3
"""Writes src/test/resources/pytorch: checkpoints as PyTorch and NumPy save them.

Needs Debian's python3-torch. All hold the parameters that make-test-fixture.py drew (before.* in
torch.safetensors, a network of 2, 4 and 8 channels), except where the last one, fc.bias, has numbers
that are easily damaged:

  state_dict.pth    a state dict; fc.bias has NaNs with a payload, -0.0, subnormals, infinities
  ordered.pth       the same as a plain OrderedDict
  float64.pth, float16.pth, bfloat16.pth
                    in other types; converted.safetensors has what PyTorch makes float32 of them
  prefixed.pth      every name begins with module.model.
  wrapped.pth       among other things, under state_dict
  strided.pth       all tensors in one storage, some in another order than row by row
  expanded.pth      fc.bias is one number, ten times
  parameters.pth    nn.Parameters
  integers.pth      fc.bias is int64
  extra.pth         with a norm.num_batches_tracked
  array.pth         with a NumPy array beside the state dict
  averaged.pth      AveragedModel's: n_averaged, and module. before every name
  compiled.pth      torch.compile's: _orig_mod. before every name
  lightning.ckpt    as Lightning saves a module that has the network, class weights and another network
  nested.pth        under model, state_dict
  tuple.pth         (3, state dict)
  beside.pth        under net, among what trainings keep, of all classes that are passed over
  classes.pth       with class weights and a counter beside net and fc
  norm.pth          with a BatchNorm beside net and fc: another network
  deeper.pth        with another layer in net: another network
  both.pth          two networks, under model and model_ema
  same.pth          one network twice
  whole_module.pth, script.pt, legacy.pth
                    a pickled module, a TorchScript archive, the format before 1.6
  arrays.npz        numpy.savez
  compressed.npz    numpy.savez_compressed; float64, float16, column by column
  objects.npz       with an array of Python objects
"""
import argparse, collections, datetime, importlib.util, json, os, pathlib, struct, types
import numpy as np
import torch
import safetensors_file

HERE = os.path.dirname(os.path.abspath(__file__))
RESOURCES = os.path.join(HERE, "../src/test/resources")
FOLDER = os.path.join(RESOURCES, "pytorch")
ODD = [0x7FC00001, 0xFFC12345, 0x7F800001, 0x80000000, 1, 0x807FFFFF, 0x7F800000, 0xFF800000,
       0x00800000, 0x3F800001]

# A pickled module names its class by this module's name.
spec = importlib.util.spec_from_file_location("fixture", os.path.join(HERE, "make-test-fixture.py"))
fixture = importlib.util.module_from_spec(spec)
spec.loader.exec_module(fixture)


class Classifier(fixture.Classifier):
    pass


def drawn():
    with open(os.path.join(RESOURCES, "torch.safetensors"), "rb") as f:
        data = f.read()
    start = 8 + struct.unpack("<Q", data[:8])[0]
    tensors = collections.OrderedDict()
    for name, entry in json.loads(data[8:start]).items():
        if name.startswith("before."):
            begin, end = entry["data_offsets"]
            values = np.frombuffer(data[start + begin:start + end], "<f4").copy()
            tensors[name[7:]] = torch.from_numpy(values).reshape(entry["shape"])
    return tensors


def save(name, content, **options):
    torch.save(content, os.path.join(FOLDER, name), **options)


def changed(state, function):
    return collections.OrderedDict((name, function(tensor)) for name, tensor in state.items())


def strided(state):
    """Every tensor a part of one storage; those of four dimensions with the last one first."""
    flat, result, at = torch.zeros(1000), collections.OrderedDict(), 3
    for name, tensor in state.items():
        part = flat[at:at + tensor.numel()]
        if tensor.dim() == 4:
            view = part.view(tensor.shape[::-1]).permute(3, 2, 1, 0)
        elif tensor.dim() == 2:
            view = part.view(tensor.shape[::-1]).t()
        else:
            view = flat[at:at + 2 * tensor.numel():2]
        view.copy_(tensor)
        result[name] = view
        at += 2 * tensor.numel() + 1 if tensor.dim() == 1 else tensor.numel() + 1
    return result


def beside():
    """What is no tensor, by the names of its classes."""
    return {
        "Counter": collections.Counter({np.int64(3): 1, (1, 2): 2, None: 3}),
        "deque": collections.deque([1.5, 2.5], 2), "defaultdict": collections.defaultdict(list, {1: [2]}),
        "scalar": np.float64(0.5), "flag": np.bool_(True), "array": np.arange(3), "dtype": np.dtype("<f4"),
        "type": np.float32, "text": np.array(["a", "b"]), "objects": np.array([None, {}]),
        "Namespace": argparse.Namespace(lr=0.1, out=pathlib.PurePosixPath("a/b"), sizes={"net": [1, 2]}),
        "SimpleNamespace": types.SimpleNamespace(a=1),
        "device": torch.device("cuda:0"), "Size": torch.Size([1, 2]), "torch.dtype": torch.bfloat16,
        "version": torch.__version__, "set": {1, 2}, "frozenset": frozenset("a"), "bytes": b"\xff", "none": b"",
        "bytearray": bytearray(b"a"), "complex": 1j, "range": range(3), "slice": slice(1, 2), "dots": ...,
        "datetime": datetime.datetime(2020, 1, 2, tzinfo=datetime.timezone.utc), "date": datetime.date(2020, 1, 2),
        "time": datetime.time(1, 2), "timedelta": datetime.timedelta(1), "class": int, "big": 2 ** 100,
        "keys": {0.5: 1, (1, "a"): 2, None: 3, True: 4, torch.device("cpu"): 5}}


def wrapped(state, model, optimizer):
    other = torch.nn.Linear(4, 2).state_dict()
    save("averaged.pth", torch.optim.swa_utils.AveragedModel(model).state_dict())
    save("compiled.pth", {"_orig_mod." + name: t for name, t in state.items()})
    save("lightning.ckpt", {
        "epoch": 1, "global_step": 2, "pytorch-lightning_version": "1.9.0",
        "state_dict": collections.OrderedDict(
            [("model." + name, t) for name, t in state.items()]
            + [("criterion.weight", torch.ones(10))] + [("teacher.fc." + name, t) for name, t in other.items()]),
        "callbacks": {"EarlyStopping{'mode': 'min'}": {"best_score": torch.tensor(0.5)}},
        "optimizer_states": [optimizer.state_dict()], "lr_schedulers": [],
        "loops": {"fit_loop": {"state_dict": {}, "epoch_progress": {"total": {"ready": 1}}}}})
    save("nested.pth", {"model": {"state_dict": state}, "epoch": 3})
    save("tuple.pth", (3, state))
    save("beside.pth", {**beside(), "optimizer": optimizer.state_dict(), "net": state})
    save("classes.pth", {**state, "criterion.weight": torch.ones(10), "steps": torch.tensor(3), "epoch": 3})
    norm = torch.nn.BatchNorm1d(8).state_dict()
    save("norm.pth", {**state, **{"norm." + name: t for name, t in norm.items()}})
    save("deeper.pth", {**state, "net.9.weight": torch.zeros(1)})
    save("both.pth", {"model": state, "model_ema": changed(state, lambda t: t * 2)})
    save("same.pth", {"model": state, "best": {"module." + name: t for name, t in state.items()}})


def main():
    os.makedirs(FOLDER, exist_ok=True)
    state, model = drawn(), Classifier(2)
    model.load_state_dict(state)
    save("parameters.pth", dict(model.named_parameters()))
    save("whole_module.pth", model)
    save("legacy.pth", state, _use_new_zipfile_serialization=False)
    torch.jit.script(torch.nn.Linear(1, 1)).save(os.path.join(FOLDER, "script.pt"))

    adam = torch.optim.Adam(model.parameters(), lr=0.01)
    model(torch.zeros(1, 1, 28, 28)).sum().backward()
    adam.step()
    save("wrapped.pth", {
        "epoch": 3, "best": 0.5, "done": True, "note": None, "steps": 2 ** 40, "loss": torch.tensor(0.25),
        "args": {"lr": 0.01, "betas": (0.9, 0.999)}, "history": [[1.5, 2.5], []],
        "optimizer": adam.state_dict(), "state_dict": state})

    model.load_state_dict(state)
    wrapped(state, model, adam)
    with torch.no_grad():
        model.fc.bias.copy_(torch.from_numpy(np.array(ODD, np.uint32).view(np.float32)))
    save("state_dict.pth", model.state_dict())
    save("ordered.pth", collections.OrderedDict(model.state_dict()))

    tie = 1 + 2.0 ** -24
    hard = [float("inf"), -float("inf"), float("nan"), -0.0, 2.0 ** -24, 1023 * 2.0 ** -24, 65504.0,
            -2.0 ** -14, tie, tie + 2.0 ** -50]
    converted = {}
    for name, kind in (("float64", torch.float64), ("float16", torch.float16), ("bfloat16", torch.bfloat16)):
        other = changed(state, lambda t: t.to(kind))
        other["fc.bias"] = torch.tensor(hard, dtype=torch.float64).to(kind)
        if kind is torch.float64:
            other["fc.bias"][5:7] = torch.tensor([1e300, 1e-300], dtype=kind)
        save(name + ".pth", other)
        converted.update({f"{name}.{key}": t.float() for key, t in other.items()})
    safetensors_file.write(converted, os.path.join(FOLDER, "converted.safetensors"))

    save("prefixed.pth", {"module.model." + name: t for name, t in state.items()})
    save("strided.pth", strided(state))
    save("expanded.pth", {**state, "fc.bias": torch.ones(1).expand(10)})
    save("integers.pth", {**state, "fc.bias": torch.arange(10)})
    save("extra.pth", {**state, "norm.num_batches_tracked": torch.tensor(7)})
    save("array.pth", {"state_dict": state, "scores": np.zeros(2)})

    arrays = {name: t.numpy() for name, t in state.items()}
    np.savez(os.path.join(FOLDER, "arrays.npz"), **arrays)
    np.savez(os.path.join(FOLDER, "objects.npz"), **{**arrays, "fc.bias": np.array([None] * 10)})
    arrays["net.0.bias"] = arrays["net.0.bias"].astype(np.float64)
    arrays["net.3.weight"] = np.asfortranarray(arrays["net.3.weight"])
    arrays["net.3.bias"] = arrays["net.3.bias"].astype(np.float16)
    np.savez_compressed(os.path.join(FOLDER, "compressed.npz"), **arrays)


if __name__ == "__main__":
    main()
