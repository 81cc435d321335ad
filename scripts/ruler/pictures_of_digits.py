"""Draws digits of seven segments, as images of 28 by 28 and as picture files of many kinds."""
import os

import numpy as np
from PIL import Image

# Which of the segments are on: top, upper left, upper right, middle, lower left, lower right, bottom.
SEGMENTS = ("1110111", "0010010", "1011101", "1011011", "0111010",
            "1101011", "1101111", "1010010", "1111111", "1111011")


def drawn(count, seed):
    """(count, 28, 28) images, moved and grey at random, and their labels."""
    random = np.random.RandomState(seed)
    labels = random.randint(0, 10, count).astype("u1")
    images = np.stack([digit(label, random.randint(2, 10), random.randint(4, 14), random.randint(120, 256))
                       for label in labels])
    return images + random.randint(0, 20, images.shape).astype("u1") * (images < 100), labels


def digit(label, top, left, grey):
    image = np.zeros((28, 28), "u1")
    rows = (slice(0, 3), slice(0, 9), slice(0, 9), slice(7, 10), slice(8, 17), slice(8, 17), slice(14, 17))
    columns = (slice(0, 10), slice(0, 3), slice(7, 10), slice(0, 10), slice(0, 3), slice(7, 10), slice(0, 10))
    box = np.zeros((17, 10), "u1")
    for on, row, column in zip(SEGMENTS[label], rows, columns):
        if on == "1":
            box[row, column] = grey
    image[top:top + 17, left:left + 10] = box
    return image


def write_pictures(folder):
    """bright: strokes bright on black, in PNG's and JPEG's forms; dark: ink on paper; more: a large one."""
    for name in ("bright", "dark", "more"):
        os.makedirs(os.path.join(folder, name))
    grey = Image.fromarray(digit(3, 5, 9, 230))
    wide = grey.resize((90, 61), Image.BILINEAR)
    colour = Image.merge("RGB", (wide, wide.point(lambda v: v // 2), wide.point(lambda v: v // 3)))
    bright = os.path.join(folder, "bright")
    grey.save(os.path.join(bright, "a-grey.png"))
    colour.save(os.path.join(bright, "b-colour.png"))
    colour.quantize(16).save(os.path.join(bright, "c-palette.png"))
    Image.merge("RGBA", (*colour.split(), wide)).save(os.path.join(bright, "d-alpha.png"))
    Image.fromarray(digit(5, 5, 9, 255).astype("u2") * 257).save(os.path.join(bright, "e-16-bit.png"))
    wide.save(os.path.join(bright, "f-grey.jpg"), quality=85)
    colour.save(os.path.join(bright, "g-colour.JPEG"), quality=60)
    grey.point(lambda v: 255 if v else 0).convert("1").save(os.path.join(bright, "h-1-bit.png"))
    for label in (1, 7):
        paper = Image.fromarray(255 - digit(label, 3, 6, 200)).resize((140, 200), Image.BICUBIC)
        paper.save(os.path.join(folder, "dark", f"{label}.png"))
    grey.resize((2600, 1700), Image.NEAREST).save(os.path.join(folder, "more", "large.png"))
