"""torchvision's networks, each exported twice, held against their forward hooks."""
import os
import shutil
from dataclasses import replace

import torch
from PIL import Image

import networks
import pictures
from compare import Export
from facts import Facts
from shown import Shows

# Of the small run: seven eighths of 128, in place of 224.
SMALL_SIZE = 112


def check_all(report, args, scratch):
    folder = args.keep or scratch
    photographs = os.path.join(folder, "pictures")
    files = pictures.write(photographs, args.pictures, args.small)
    names = os.path.join(folder, "classes.txt")
    with open(names, "w") as file:
        file.write("\n".join(pictures.CLASSES) + "\n")
    for recipe in chosen(args):
        work = args.keep or os.path.join(scratch, recipe.name)
        os.makedirs(work, exist_ok=True)
        check(report, args, recipe, (photographs, files), names, work)
        if not args.keep:
            shutil.rmtree(work)


def chosen(args):
    for recipe in networks.RECIPES:
        if recipe.name in args.only.split(",") if args.only else recipe.small or not args.small:
            yield replace(recipe, size=SMALL_SIZE) if args.small else recipe


def check(report, args, recipe, photographs, names, work):
    folder, files = photographs
    model = networks.make(recipe)
    read = pictures.reading(recipe)
    images = torch.stack([read(Image.open(file).convert("RGB")) for file in files])
    found = Facts.of(model, images, recipe.double)
    labels = [pictures.label(file) for file in files]
    for preserve in (False, True):
        what = f"{recipe.name}{', PRESERVE' if preserve else ''}"
        file = os.path.join(work, recipe.name + ("-preserve" if preserve else "") + ".onnx")
        networks.export(model, recipe, file, preserve)
        if args.keep:
            print(file)
            continue
        scratch = os.path.join(work, "preserve" if preserve else "default")
        os.makedirs(scratch)
        export = Export(Shows(args.jar, file, [folder], count=len(files)), found, preserve, scratch)
        report.attempt(f"{what}: maps", export.maps)
        shutil.rmtree(os.path.join(scratch, "maps"), ignore_errors=True)
        report.attempt(f"{what}: logits", lambda: export.logits(names, labels))
        report.attempt(f"{what}: dead", export.dead)
        report.attempt(f"{what}: top", export.top)
