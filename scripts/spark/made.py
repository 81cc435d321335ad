"""Generated photographs in four folders, and a network with dead channels to look at them with."""
import io
import os
import sys

import numpy as np
from PIL import Image, ImageDraw

PROJECT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.append(os.path.join(PROJECT, "scripts", "fidelity"))

# Four of the network's ten classes.
FOLDERS = ["astronaut", "boat", "coffee", "garden"]


def photograph(random, width, height):
    """Soft colours, some shapes with hard edges, and a camera's noise."""
    soft = Image.fromarray(random.integers(0, 256, (4, 5, 3), np.uint8)).resize(
        (width, height), Image.Resampling.BICUBIC)
    pen = ImageDraw.Draw(soft)
    for i in range(8):
        (x, y), size = random.integers(0, (width, height)), int(random.integers(width // 20, width // 3))
        colour = tuple(int(c) for c in random.integers(0, 256, 3))
        (pen.rectangle, pen.ellipse)[i % 2]((int(x), int(y), int(x) + size, int(y) + size), fill=colour)
    noise = random.integers(-12, 13, (height, width, 3))
    return Image.fromarray(np.clip(np.asarray(soft) + noise, 0, 255).astype(np.uint8))


def photographs(folder, count, width, height):
    """Writes so many JPEG files, and one that is cut short."""
    random = np.random.default_rng(0)
    for name in FOLDERS:
        os.makedirs(os.path.join(folder, name), exist_ok=True)
    for i in range(count):
        file = os.path.join(folder, FOLDERS[i % len(FOLDERS)], f"{i:05}.jpg")
        if not os.path.exists(file):
            buffer = io.BytesIO()
            photograph(random, width, height).save(buffer, "JPEG", quality=85)
            with open(file, "wb") as out:
                # The seventh is broken, as some always are.
                out.write(buffer.getvalue()[:2000] if i == 6 else buffer.getvalue())


def network(file, name, size):
    """One of torchvision's networks with seeded random weights and dead channels, as ONNX, and its class names."""
    import torch
    import networks
    import pictures
    torch.set_num_threads(2)
    recipe = networks.Recipe(name, size, {})
    networks.export(networks.make(recipe), recipe, file, False)
    names = os.path.join(os.path.dirname(file), "classes.txt")
    with open(names, "w") as out:
        out.write("\n".join(pictures.CLASSES) + "\n")
    return names


def mend(folder):
    """Puts another photograph in the place of the broken one."""
    broken = os.path.join(folder, FOLDERS[6 % len(FOLDERS)], "00006.jpg")
    with open(os.path.join(folder, FOLDERS[0], "00000.jpg"), "rb") as good, open(broken, "wb") as out:
        out.write(good.read())


def links(folder, photos, count):
    """So many names for the same photographs."""
    if os.path.isdir(folder):
        return
    for name in FOLDERS:
        os.makedirs(os.path.join(folder, name))
        files = sorted(os.listdir(os.path.join(photos, name)))
        for i in range(count // len(FOLDERS)):
            os.link(os.path.join(photos, name, files[i % len(files)]),
                    os.path.join(folder, name, f"photograph-{i:06}.jpg"))
