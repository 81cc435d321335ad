#!/usr/bin/env python3
"""Writes src/test/resources/onnx: small networks as PyTorch exports them, and what hooks see of them.

Takes Debian's python3-torch. NAME.onnx is the network, NAME.safetensors its input, its logits, and
each module's output under the module's path.
"""
import pathlib
import warnings

import torch
from torch import nn
import safetensors_file

OUT = pathlib.Path(__file__).parent.parent / "src/test/resources/onnx"


class Block(nn.Module):
    """A residual block, as ResNet's."""

    def __init__(self, channels):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)

    def forward(self, x):
        out = self.relu(self.bn1(self.conv1(x)))
        return self.relu(self.bn2(self.conv2(out)) + x)


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 6, 5, stride=2, padding=2, bias=False)
        self.bn1 = nn.BatchNorm2d(6)
        self.relu = nn.ReLU(inplace=True)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        self.layer1 = nn.Sequential(Block(6), Block(6))
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(6, 5)

    def forward(self, x):
        x = self.layer1(self.maxpool(self.relu(self.bn1(self.conv1(x)))))
        return self.fc(torch.flatten(self.avgpool(x), 1))


def activations():
    kinds = [nn.SiLU, nn.Hardswish, nn.GELU, nn.ReLU6, nn.Hardsigmoid, nn.LeakyReLU, nn.ELU,
             nn.Mish, nn.Sigmoid, nn.Tanh, nn.Softplus, nn.PReLU]
    layers = [nn.Conv2d(3, 4, 3)]
    for kind in kinds:
        layers += [kind()]
    layers += [nn.InstanceNorm2d(4), nn.AvgPool2d(2), nn.Upsample(scale_factor=2),
               nn.ConvTranspose2d(4, 3, 2, 2), nn.Conv2d(3, 2, 3, dilation=2),
               nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Softmax(1)]
    return nn.Sequential(*layers)


def hooked(model, image):
    seen = {"input": image}
    handles = []

    def note(name):
        def hook(module, inputs, output):
            path = name
            while path in seen:  # A module that runs again gets a number, as the exporter has it.
                path = name + "_" + str(int(path[len(name) + 1:] or 0) + 1)
            seen[path] = output.clone()
        return hook

    for name, module in model.named_modules():
        if not list(module.children()):
            handles.append(module.register_forward_hook(note(name)))
    seen["logits"] = model(image.clone())
    for handle in handles:
        handle.remove()
    return seen


def write(name, model, side, **options):
    model.eval()
    image = torch.randn(2, 3, side, side)
    with torch.no_grad():
        safetensors_file.write(hooked(model, image), OUT / (name + ".safetensors"))
    torch.onnx.export(model, image[:1], str(OUT / (name + ".onnx")), **options)


def main():
    warnings.simplefilter("ignore")
    OUT.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    free = {"input_names": ["input"], "output_names": ["output"],
            "dynamic_axes": {"input": {0: "n"}, "output": {0: "n"}}}
    model = Residual()
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias)
            nn.init.normal_(module.running_mean)
            nn.init.uniform_(module.running_var, 0.5, 1.5)
    write("folded", model, 16, **free)
    write("preserved", model, 16, training=torch.onnx.TrainingMode.PRESERVE)
    write("activations", activations(), 10, opset_version=14, **free)


if __name__ == "__main__":
    main()
