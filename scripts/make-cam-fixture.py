#!/usr/bin/python3
"""Writes src/test/resources/cam: small networks as PyTorch exports them, and where PyTorch finds they look.

Takes Debian's python3-torch. NAME.onnx is a network that takes (batch, 3, 20, 28) and tells four classes
apart; NAME.safetensors holds

  image                float32 [3, 20, 28]
  logits               float32 [4]

and of the network `linear`, whose last maps are 8 of 5 x 7, also

  maps                 the maps that the logits are a mean of
  cam                  (4, 5, 7): for each class sum over k of weight * map / positions; they add up,
                       with the bias, to the logit
  ablation             (4, 5, 7): ReLU of the sum over k of (y - y_k) * map, y_k being the logit with
                       map k set to zero
  gradcam, gradcam++, layercam, hirescam
                       (4, 5, 7): the same of each map, or each value, times what its papers make of
                       autograd's gradients
  mean, max, eigen     (5, 7); eigen is the first left singular vector times its singular value of the
                       positions' channels, centred, its sign that of its product with the mean map
  NAME.unit            each of these in [0, 1]: ablation and those of gradients divided by their maximum, the others from minimum
                       to maximum
  NAME.scaled          class 0 of these, 33 x 45, as interpolate(mode="bilinear", align_corners=False) has it
"""
import os
import warnings

import torch
from torch import nn
import safetensors_file

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../src/test/resources/cam")


def features(out=8):
    return nn.Sequential(nn.Conv2d(3, 6, 3, 2, 1), nn.ReLU(), nn.Conv2d(6, out, 3, 2, 1), nn.ReLU())


class Network(nn.Module):
    """Features, and an end that makes logits of them."""

    def __init__(self, end, out=8):
        super().__init__()
        self.features, self.end = features(out), end

    def forward(self, x):
        return self.end(self.features(x))


class Mean(nn.Module):
    def forward(self, x):
        return x.mean([2, 3])


class Product(nn.Module):
    """A matrix product and an addition, as TensorFlow has it."""

    def __init__(self):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.randn(8, 4)), nn.Parameter(torch.randn(4))

    def forward(self, x):
        return x.mean([2, 3]) @ self.weight + self.bias


def networks():
    pooled = [nn.AdaptiveAvgPool2d(1), nn.Flatten()]
    yield "linear", Network(nn.Sequential(*pooled, nn.Dropout(), nn.Linear(8, 4)))
    yield "mean", Network(nn.Sequential(Mean(), nn.Linear(8, 4, bias=False)))
    yield "pool", Network(nn.Sequential(nn.AvgPool2d((5, 7)), nn.Flatten(), nn.Linear(8, 4), nn.Softmax(1)))
    yield "product", Network(Product())
    yield "means", Network(nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten()), 4)
    # No mean and one linear layer: two of them, half a map, and positions that a layer weighs.
    yield "two", Network(nn.Sequential(*pooled, nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 4)))
    yield "part", Network(nn.Sequential(nn.AvgPool2d((5, 4)), nn.Flatten(), nn.Linear(8, 4)))
    # A detector, whose answer is maps.
    yield "maps", Network(nn.Sequential(nn.Conv2d(8, 5, 1)))
    yield "positions", Network(nn.Sequential(nn.Flatten(), nn.Linear(8 * 35, 4)))


ABOVE_ZERO = ["ablation", "gradcam", "gradcam++", "layercam", "hirescam"]


def of_gradients(model, maps):
    made = {name: [] for name in ABOVE_ZERO[1:]}
    for label in range(4):
        with torch.enable_grad():
            a = maps.clone().requires_grad_()
            (g,) = torch.autograd.grad(model.end(a[None])[0, label], a)
        alpha = g ** 2 / (2 * g ** 2 + maps.sum((1, 2), keepdim=True) * g ** 3)
        alpha = torch.where(g > 0, alpha, torch.zeros(()))
        made["gradcam"].append((g.mean((1, 2), keepdim=True) * maps).sum(0))
        made["gradcam++"].append(((alpha * g.clamp(min=0)).sum((1, 2), keepdim=True) * maps).sum(0))
        made["layercam"].append((g.clamp(min=0) * maps).sum(0))
        made["hirescam"].append((g * maps).sum(0))
    return {name: torch.stack(all).clamp(min=0) for name, all in made.items()}


def unit(name, map):
    low = torch.zeros(()) if name in ABOVE_ZERO else map.min()
    return (map - low) / (map.max() - low)


def found(model, image):
    maps = model.features(image[None])[0]
    logits, last = model.end(maps[None])[0], model.end[-1]
    seen = {"maps": maps, "cam": torch.einsum("ck,khw->chw", last.weight, maps) / maps[0].numel()}
    assert torch.allclose(seen["cam"].sum((1, 2)) + last.bias, logits, atol=1e-6)
    losses = []
    for k in range(len(maps)):
        without = maps.clone()
        without[k] = 0
        losses.append(logits - model.end(without[None])[0])
    seen["ablation"] = torch.einsum("kc,khw->chw", torch.stack(losses), maps).clamp(min=0)
    seen.update(of_gradients(model, maps))
    seen["mean"], seen["max"] = maps.mean(0), maps.amax(0)
    rows = maps.flatten(1).T.double()
    rows = rows - rows.mean(0)
    u, s, _ = torch.linalg.svd(rows, full_matrices=False)
    eigen = u[:, 0] * s[0]
    eigen = eigen * torch.sign(eigen @ rows.mean(1))
    seen["eigen"] = eigen.reshape(maps.shape[1:]).float()
    for name in ["cam", *ABOVE_ZERO, "mean", "max", "eigen"]:
        of = seen[name] if seen[name].dim() == 3 else seen[name][None]
        units = torch.stack([unit(name, map) for map in of])
        seen[name + ".unit"] = units.reshape(seen[name].shape)
        seen[name + ".scaled"] = nn.functional.interpolate(
            units[:1][None], (33, 45), mode="bilinear", align_corners=False)[0, 0]
    return seen


def main():
    warnings.filterwarnings("ignore")
    os.makedirs(OUT, exist_ok=True)
    torch.set_num_threads(1)
    for seed, (name, model) in enumerate(networks()):
        torch.manual_seed(seed)
        for parameter in model.parameters():
            nn.init.normal_(parameter, std=0.3)
        model.eval()
        image = torch.randn(3, 20, 28)
        with torch.no_grad():
            seen = {"image": image, "logits": model(image[None])[0].contiguous()}
            if name == "pool":
                seen["logits"] = model.end[:-1](model.features(image[None]))[0]
            if name == "linear":
                seen.update(found(model, image))
        torch.onnx.export(model, image[None], os.path.join(OUT, name + ".onnx"), opset_version=13,
                          input_names=["image"], output_names=["answer"],
                          dynamic_axes={"image": {0: "batch"}, "answer": {0: "batch"}})
        safetensors_file.write(seen, os.path.join(OUT, name + ".safetensors"))


if __name__ == "__main__":
    main()
