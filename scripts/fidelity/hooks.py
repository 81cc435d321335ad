"""What PyTorch's forward hooks hear, and which module reads which."""
import dis
import sys
from collections import Counter

import torch
from torch import fx, nn
from torchvision.ops import StochasticDepth

# What an export leaves no node of, in eval mode.
WITHOUT_NODE = (nn.Dropout, nn.Identity, StochasticDepth)
# Where a channel that is zero, exactly, is dead.
CUTTING = (nn.ReLU, nn.ReLU6, nn.Hardswish)
CUTTING_FUNCTIONS = (nn.functional.relu, nn.functional.relu6)


class Calls:
    """Names a module's calls as torch.onnx does: path, path_1, ..."""

    def __init__(self):
        self.counts = Counter()

    def name(self, path):
        count = self.counts[path]
        self.counts[path] += 1
        return f"{path}_{count}" if count else path


def listen(model, images, double=False):
    """Each leaf module's rank-4 output by path, in forward order, and the logits; float32 or float64.

    The hooks clone: torchvision's ReLUs work in place, and would change what was heard before.
    """
    calls, maps, handles = Calls(), {}, []

    def hook(path):
        def heard(module, inputs, output):
            name = calls.name(path)
            if output.dim() == 4:
                maps[name] = output.detach().clone()
        return heard

    for path, module in model.named_modules():
        if not list(module.children()) and not isinstance(module, WITHOUT_NODE):
            handles.append(module.register_forward_hook(hook(path)))
    try:
        with torch.no_grad():
            logits = (model.double() if double else model)(images.double() if double else images)
    finally:
        for handle in handles:
            handle.remove()
        model.float()
    return maps, logits


class Tracer(fx.Tracer):
    """torch.fx's, which in Debian's version can't tell under Python 3.11 how many values `a, b = x` asks for."""

    def iter(self, proxy):
        frame = sys._getframe(2)
        at = next(i for i in dis.get_instructions(frame.f_code) if i.offset == frame.f_lasti)
        if at.opname != "UNPACK_SEQUENCE":
            return super().iter(proxy)
        return (proxy[i] for i in range(at.argval))


class Readers:
    """Of each call of a leaf module: its kind, and the one call or function that alone reads it."""

    def __init__(self, model):
        modules, calls = dict(model.named_modules()), Calls()
        graph = Tracer().trace(model)
        self.kinds, names = {}, {}
        for node in graph.nodes:
            if node.op == "call_module" and not isinstance(modules[node.target], WITHOUT_NODE):
                names[node] = calls.name(node.target)
                self.kinds[names[node]] = modules[node.target]
        self.sole = {names[node]: sole_reader(node, modules) for node in names}
        self.inputs = {name: source(node, modules) for node, name in names.items()}
        self.inputs = {name: (names.get(node), kind_of(node, modules)) for name, node in self.inputs.items()}
        self.sole = {name: (names.get(reader), kind_of(reader, modules)) for name, reader in self.sole.items()}

    def folded(self):
        """Convolution to BatchNorm: what torch.onnx.export makes one of by default."""
        return {name: reader for name, (reader, _) in self.sole.items()
                if isinstance(self.kinds[name], nn.Conv2d)
                and reader and isinstance(self.kinds[reader], nn.BatchNorm2d)}

    def makes_zeros(self, name):
        """Whether it is an activation that cuts off, or the largest values of one's."""
        if isinstance(self.kinds[name], nn.MaxPool2d):
            before, kind = self.inputs[name]
            return self.makes_zeros(before) if before else kind in CUTTING_FUNCTIONS
        return isinstance(self.kinds[name], CUTTING)

    def before_activation(self, name):
        """Whether an activation that cuts off at zero alone reads it."""
        kind = self.sole[name][1]
        return kind in (nn.ReLU, nn.ReLU6, *CUTTING_FUNCTIONS)


def sole_reader(node, modules):
    """The only node that reads it; a Dropout or an Identity passes on."""
    while len(node.users) == 1:
        reader = next(iter(node.users))
        if reader.op != "call_module" or not isinstance(modules[reader.target], WITHOUT_NODE):
            return reader
        node = reader
    return None


def source(node, modules):
    """What a module's call reads; a Dropout or an Identity passes on."""
    before = node.args[0]
    if before.op == "call_module" and isinstance(modules[before.target], WITHOUT_NODE):
        return source(before, modules)
    return before


def kind_of(node, modules):
    if node is None or node.op in ("placeholder", "output"):
        return None
    return type(modules[node.target]) if node.op == "call_module" else node.target
