"""torchvision's networks with seeded random weights, and their ONNX files."""
import warnings
from dataclasses import dataclass

import torch
import torchvision
from torch import nn

from hooks import Readers

CLASSES = 10
# Of the channels, how many never rise above zero before an activation, so that there is something to find.
DEAD_SHARE = 0.04


@dataclass(frozen=True)
class Recipe:
    """One network: how it is made, what it takes, and whether float32 is exact enough to measure against."""

    name: str
    size: int
    options: dict
    double: bool = False
    small: bool = False

    @property
    def shorter_side(self):
        """Of a photograph before the cut: torchvision's 256 for 224, and the like."""
        return round(self.size / 0.875)


RECIPES = [
    Recipe("resnet18", 224, {}),
    Recipe("mobilenet_v2", 224, {}, small=True),
    Recipe("vgg11", 224, {"init_weights": False}),
    Recipe("squeezenet1_1", 224, {}, small=True),
    Recipe("densenet121", 224, {}),
    Recipe("googlenet", 224, {"aux_logits": False, "init_weights": False}),
    # 299 in print; of 280, the shorter side before the cut is a whole number.
    Recipe("inception_v3", 280, {"aux_logits": False, "init_weights": False}),
    Recipe("shufflenet_v2_x1_0", 224, {}, small=True),
    # Ones as small as SiLU's, multiplied along 80 layers: float32 is off by more than what is asked for.
    Recipe("efficientnet_b0", 224, {}, double=True),
]


def make(recipe, seed=0):
    """The network in eval mode. Its maps are neither all zero nor overflowing, and differ in every layer."""
    torch.manual_seed(seed)
    model = getattr(torchvision.models, recipe.name)(weights=None, num_classes=CLASSES, **recipe.options)
    for module in model.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
            if module.bias is not None:
                nn.init.normal_(module.bias, 0, 0.1)
    model.eval()
    scatter(model)
    settle(model, soft_noise(recipe.size))
    return model


def soft_noise(size):
    """Images as rough and as smooth as photographs are, so that these find the statistics that they need."""
    soft = nn.functional.interpolate(torch.randn(8, 3, 8, 8), (size, size), mode="bicubic")
    return soft + 0.2 * torch.randn(8, 3, size, size)


def scatter(model):
    """Random affine parameters; before activations, some channels are dead and some constant.

    Nowhere else: constants in a sum of branches would drown what is not.
    """
    readers = Readers(model)
    with torch.no_grad():
        for name, module in readers.kinds.items():
            if isinstance(module, nn.BatchNorm2d):
                module.weight.uniform_(0.5, 1.5)
                module.bias.normal_(0, 0.3)
                if readers.before_activation(name):
                    module.bias[chosen(module.bias, DEAD_SHARE)] = -30
                    module.weight[chosen(module.bias, DEAD_SHARE / 4)] = 0
            elif isinstance(module, nn.Conv2d) and readers.before_activation(name):
                module.bias[chosen(module.bias, DEAD_SHARE)] = -100
            elif isinstance(module, nn.Conv2d) and readers.sole[name][1] is nn.Sigmoid:
                # A gate that is shut for some pictures and open for others makes chaos of rounding.
                module.weight *= 0.1


def chosen(values, share):
    return torch.rand_like(values) < share


def settle(model, noise):
    """Takes each BatchNorm's statistics from some noise, so that no layer's maps vanish or explode; then
    moves them at random."""
    norms = [m for m in model.modules() if isinstance(m, nn.BatchNorm2d)]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None
        norm.train()
    with torch.no_grad():
        model(noise)
        for norm in norms:
            norm.eval()
            norm.momentum = 0.1
            deviation = norm.running_var.sqrt()
            norm.running_mean += 0.2 * deviation * torch.randn_like(deviation)
            norm.running_var *= torch.empty_like(deviation).uniform_(0.7, 1.4)


def export(model, recipe, file, preserve):
    """Writes the ONNX file, with any number of images; preserve keeps every module a node of its own."""
    options = {"training": torch.onnx.TrainingMode.PRESERVE} if preserve else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model, torch.zeros(1, 3, recipe.size, recipe.size), file, input_names=["input"],
            output_names=["logits"], dynamic_axes={"input": {0: "batch"}, "logits": {0: "batch"}}, **options)
