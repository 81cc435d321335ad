"""Photographs to look at networks with: crops of what scikit-image brings, or drawn ones; and what torchvision
makes of them."""
import os

import numpy as np
from PIL import Image, ImageDraw
from torchvision import transforms

WIDTH, HEIGHT = 500, 375
MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
# Class folders, in the order that torchvision's ImageFolder gives them; the networks know these ten.
CLASSES = ["astronaut", "boat", "chelsea", "coffee", "drawn", "engine", "flag", "garden", "house", "island"]
PHOTOGRAPHS = ("astronaut", "chelsea", "coffee")


def photographs(names=PHOTOGRAPHS):
    """scikit-image's by name, as RGB; none where python3-skimage is not there."""
    try:
        from skimage import data
        return {name: Image.fromarray(getattr(data, name)()).convert("RGB") for name in names}
    except ImportError:
        return {}


def crop(photograph, random):
    """A part of it, as large as can be or half of that, mirrored or not, as 500x375."""
    share = random.uniform(0.5, 1)
    width = share * min(photograph.width, photograph.height * WIDTH / HEIGHT)
    height = width * HEIGHT / WIDTH
    left, top = random.uniform(0, photograph.width - width), random.uniform(0, photograph.height - height)
    part = photograph.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC, (left, top, left + width, top + height))
    return part.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if random.uniform() < 0.5 else part


def drawn(random):
    """Soft colours, some shapes with hard edges, and noise."""
    soft = Image.fromarray(random.integers(0, 256, (6, 8, 3), np.uint8)).resize(
        (WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    pen = ImageDraw.Draw(soft)
    for i in range(12):
        (x, y), size = random.integers(0, (WIDTH, HEIGHT)), int(random.integers(10, 120))
        colour = tuple(int(c) for c in random.integers(0, 256, 3))
        shape = (pen.rectangle, pen.ellipse)[i % 2]
        shape((int(x), int(y), int(x) + size, int(y) + size), fill=colour)
    noise = random.normal(0, 12, (HEIGHT, WIDTH, 3))
    return Image.fromarray(np.clip(np.asarray(soft) + noise, 0, 255).astype(np.uint8))


def write(folder, count, draw_all):
    """Writes so many PNG files in folders of their classes; returns them sorted, as fmviz takes them."""
    random = np.random.default_rng(0)
    sources = {} if draw_all else photographs()
    kinds = [*sources, "drawn"]
    files = []
    for i in range(count):
        kind = kinds[i % len(kinds)]
        picture = drawn(random) if kind == "drawn" else crop(sources[kind], random)
        # Drawn ones alone get several classes, so that there is something to confuse.
        name = kind if sources else CLASSES[i % len(CLASSES)]
        os.makedirs(os.path.join(folder, name), exist_ok=True)
        files.append(os.path.join(folder, name, f"{i:03}.png"))
        picture.save(files[-1], compress_level=1)
    return sorted(files)


def label(file):
    return CLASSES.index(os.path.basename(os.path.dirname(file)))


def reading(recipe):
    return transforms.Compose([
        transforms.Resize(recipe.shorter_side), transforms.CenterCrop(recipe.size),
        transforms.ToTensor(), transforms.Normalize(MEAN, DEVIATION)])
