#!/usr/bin/python3
"""The reference for networks of one's own: PyTorch, torchvision and forward hooks, on the CPU.

Needs Debian's python3-torch, python3-torchvision and python3-skimage (apt-get install), nothing else.

  photo_reference.py make      --folder DIR --photographs N --networks resnet18,mobilenet_v2
  photo_reference.py visualize --folder DIR --network resnet18 --samples N --out DIR [--threads 2]
  photo_reference.py dead      --folder DIR --network resnet18 --samples N [--threads 2]

make fills the folder: photographs (JPEG, 500x375, parts of scikit-image's), and networks with seeded random
weights, as a state dict and as ONNX. The others take them from there, the photographs in the order of their
names. The last line printed is one JSON object with every time in seconds.
"""
import time

START = time.time()
import argparse
import glob
import json
import os
import shutil
import sys

import torch
import torchvision
from PIL import Image
from torch import nn
from torchvision import transforms
from torchvision.utils import save_image

IMPORTED = time.time()
CLASSES, SIZE, SHORTER_SIDE = 10, 224, 256
MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
DRAWN = (nn.Conv2d, nn.ReLU, nn.ReLU6, nn.MaxPool2d)


def make(args):
    """The networks and photographs of scripts/fidelity."""
    sys.dont_write_bytecode = True
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "fidelity"))
    import networks
    import numpy as np
    import pictures
    random, sources = np.random.default_rng(0), pictures.photographs()
    if not sources:
        sys.exit("photo_reference: no scikit-image here: apt-get install python3-skimage")
    for i in range(args.photographs):
        name = list(sources)[i % len(sources)]
        os.makedirs(os.path.join(args.folder, "photographs", name), exist_ok=True)
        pictures.crop(sources[name], random).save(
            os.path.join(args.folder, "photographs", name, f"{i:04}.jpg"), quality=90)
    with open(os.path.join(args.folder, "classes.txt"), "w") as file:
        file.write("\n".join(pictures.CLASSES) + "\n")
    for recipe in networks.RECIPES:
        if recipe.name in args.networks.split(","):
            model = networks.make(recipe)
            torch.save(model.state_dict(), os.path.join(args.folder, recipe.name + ".pth"))
            networks.export(model, recipe, os.path.join(args.folder, recipe.name + ".onnx"), preserve=False)
    return {}


def network(args):
    model = getattr(torchvision.models, args.network)(num_classes=CLASSES)
    model.load_state_dict(torch.load(os.path.join(args.folder, args.network + ".pth")))
    return model.eval()


def photographs(args):
    """Each as a batch of its own."""
    read = transforms.Compose([
        transforms.Resize(SHORTER_SIDE), transforms.CenterCrop(SIZE), transforms.ToTensor(),
        transforms.Normalize(MEAN, DEVIATION)])
    for file in sorted(glob.glob(os.path.join(args.folder, "photographs", "*", "*.jpg")))[:args.samples]:
        yield read(Image.open(file).convert("RGB"))[None]


def listen(model, kinds, hook):
    """Calls hook(name, output) for every output of modules of such kinds."""
    seen = {}
    for module in model.modules():
        if isinstance(module, kinds):
            kind = type(module).__name__
            seen[kind] = seen.get(kind, 0) + 1
            name = f"{kind}_{seen[kind]}"
            module.register_forward_hook(lambda module, inputs, output, name=name: hook(name, output))


def visualize(args):
    model, folder, calls = network(args), [None], {}

    def save(name, output):
        calls[name] = calls.get(name, 0) + 1
        file = os.path.join(folder[0], f"{name}-{calls[name]}.png")
        save_image(output.detach().permute(1, 0, 2, 3), file, nrow=8, padding=2, pad_value=0.5)

    listen(model, DRAWN, save)
    shutil.rmtree(args.out, ignore_errors=True)
    begin, count = time.time(), 0
    for image in photographs(args):
        count += 1
        folder[0] = os.path.join(args.out, str(count))
        os.makedirs(folder[0])
        calls.clear()
        with torch.no_grad():
            model(image)
    return {"samples": count, "visualize": time.time() - begin}


def dead(args):
    model, highest, calls = network(args), {}, {}

    def keep(name, output):
        calls[name] = calls.get(name, 0) + 1
        key, most = f"{name}-{calls[name]}", output.amax((0, 2, 3))
        highest[key] = torch.maximum(highest[key], most) if key in highest else most

    listen(model, (nn.ReLU, nn.ReLU6), keep)
    begin, count = time.time(), 0
    for image in photographs(args):
        count += 1
        calls.clear()
        with torch.no_grad():
            model(image)
    channels = {name: torch.nonzero(most <= 0).flatten().tolist() for name, most in highest.items()}
    return {"samples": count, "seconds": time.time() - begin, "dead": sum(map(len, channels.values()))}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    for run in (make, visualize, dead):
        p = verbs.add_parser(run.__name__)
        p.set_defaults(run=run, threads=2)
        p.add_argument("--folder", required=True)
        if run is make:
            p.add_argument("--photographs", type=int, required=True)
            p.add_argument("--networks", required=True)
            continue
        p.add_argument("--network", required=True)
        p.add_argument("--samples", type=int, required=True)
        p.add_argument("--threads", type=int, default=2)
        if run is visualize:
            p.add_argument("--out", required=True)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    times = args.run(args)
    print(json.dumps({"import": IMPORTED - START, **times, "total": time.time() - START}))


if __name__ == "__main__":
    main()
