#!/usr/bin/python3
"""Writes src/test/resources/drawing.safetensors: what PyTorch and torchvision make of the small network.

Needs Debian's python3-torch and python3-torchvision. The network, its images and its outputs are those
of src/test/resources/torch.safetensors. The tests compare fmviz with:

  grid.map.*, grid.layer.*  torchvision's picture of a layer, normalised per map and per layer,
                            3 per row, padding 1, pad value 0.25
  kernels.*                 the same of a convolution's kernels, normalised over all: each pair of an
                            output and an input channel, one output channel per row
  mean.*, max-abs.*         these kernels reduced over the input channels
  grid.mean.*               the picture of the means, 8 per row
  top.*                     the largest value of each map: of the best three images of each channel the
                            value, the image and the position in the map, float32 (channel, 3, 3)
"""
import json, os, struct
import numpy as np
import torch
import torch.nn as nn
import torchvision.utils as vutils
import safetensors_file

RESOURCES = os.path.join(os.path.dirname(__file__), "../src/test/resources")
NAMES = {"Conv2d_1": 0, "ReLU_1": 1, "MaxPool2d_1": 2, "Conv2d_2": 3, "ReLU_2": 4, "MaxPool2d_2": 5,
         "Conv2d_3": 6, "ReLU_3": 7, "AdaptiveAvgPool2d_1": 8}
TYPES = {"F32": np.float32, "U8": np.uint8}


def read(file):
    with open(file, "rb") as f:
        header = json.loads(f.read(struct.unpack("<Q", f.read(8))[0]))
        data = f.read()
    return {name: torch.from_numpy(np.frombuffer(data[slice(*t["data_offsets"])], TYPES[t["dtype"]])
                                   .reshape(t["shape"]).copy())
            for name, t in header.items() if name != "__metadata__"}


def pixels(maps, nrow=3, **options):
    """What torchvision's save_image hands to the PNG writer, one channel of three equal ones."""
    grid = vutils.make_grid(maps, nrow=nrow, padding=1, pad_value=0.25, normalize=True, **options)
    return grid.mul(255).add_(0.5).clamp_(0, 255).to(torch.uint8)[0].contiguous()


def network(fixture):
    """The layers up to the average, with the parameters that PyTorch drew."""
    model = nn.Sequential(
        nn.Conv2d(1, 2, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2, 2),
        nn.Conv2d(2, 4, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2, 2),
        nn.Conv2d(4, 8, 3, padding=1), nn.ReLU(), nn.AdaptiveAvgPool2d((1, 1)))
    model.load_state_dict({name[len("before.net."):]: tensor for name, tensor in fixture.items()
                           if name.startswith("before.net.")})
    return model


def main():
    fixture, tensors = read(os.path.join(RESOURCES, "torch.safetensors")), {}
    for name, output in fixture.items():
        if name.startswith("out."):
            maps = output.permute(1, 0, 2, 3)
            tensors["grid.map" + name[3:]] = pixels(maps.clone(), scale_each=True)
            tensors["grid.layer" + name[3:]] = pixels(maps.clone())
    model = network(fixture)
    x = fixture["images"][:, None].float().div(255)
    for name, layer in NAMES.items():
        with torch.no_grad():
            maps = model[:layer + 1](x).flatten(2)
        largest, position = maps.max(2)
        values, images = largest.topk(3, dim=0)
        tensors["top." + name] = torch.stack(
            [values.T, images.T.float(), position.gather(0, images).T.float()], 2)
    for name in ("net.0", "net.3", "net.6"):
        weight = fixture[f"before.{name}.weight"]
        tensors["kernels." + name] = pixels(weight.reshape(-1, 1, 3, 3).clone(), nrow=weight.shape[1])
        tensors["mean." + name] = weight.mean(1)
        largest = weight.abs().argmax(1, keepdim=True)
        tensors["max-abs." + name] = weight.gather(1, largest)[:, 0]
        tensors["grid.mean." + name] = pixels(weight.mean(1, keepdim=True), nrow=8)
    safetensors_file.write(tensors, os.path.join(RESOURCES, "drawing.safetensors"))


if __name__ == "__main__":
    main()
