#!/usr/bin/python3
"""
Writes pictures of digits as people make them, a folder for each condition, from MNIST's test digits.

  make.py MNIST OUT [EACH]

MNIST holds t10k-images-idx3-ubyte.gz and its labels; EACH (10) is how many digits of each class a
condition has. A file is called INDEX-LABEL: the digit's index in MNIST's test set, from 0. The same
call writes the same pictures. Takes Debian's python3-numpy and python3-pil.
"""
import os, sys, zlib
import numpy as np
from PIL import Image, ImageOps
import photographs as p
import strokes as s

WHITE = np.array([235.0, 235, 235])
YELLOW = np.array([236.0, 214, 120])
INK, BLUE = (35, 35, 40), (40, 50, 130)
# EXIF's orientation and how the picture must lie in the file so that it is upright when shown.
LIES = {1: None, 2: Image.FLIP_LEFT_RIGHT, 3: Image.ROTATE_180, 4: Image.FLIP_TOP_BOTTOM,
        5: Image.TRANSPOSE, 6: Image.ROTATE_90, 7: Image.TRANSVERSE, 8: Image.ROTATE_270}


def sheet(paper):
    return np.ones((p.HEIGHT, p.WIDTH, 1)) * paper


def on_paper(random, strokes, pen):
    """The digit some 400 pixels high, anywhere in a photograph, but for its outermost eighth."""
    scale = random.uniform(14, 20)
    x = random.uniform(0.125 * p.WIDTH, 0.875 * p.WIDTH - 28 * scale)
    y = random.uniform(0.125 * p.HEIGHT, 0.875 * p.HEIGHT - 28 * scale)
    return np.asarray(s.draw(strokes, (p.WIDTH, p.HEIGHT), scale, (x, y), pen), float)


def photo(ground, paper=WHITE, ink=INK, pen=12, noise=4):
    def make(random, strokes, name):
        cover = on_paper(random, strokes, pen)
        image = p.photograph(random, ground(random, sheet(paper)), cover, ink, noise)
        image.save(name + ".jpg", quality=85)
    return make


def plain(random, paper):
    return paper


def pencil(random, strokes, name):
    cover = p.pencil(random, on_paper(random, strokes, 9))
    p.photograph(random, sheet(WHITE * 0.9), cover, INK, 4).save(name + ".jpg", quality=85)


def clean(size, digit, pen, light=False, kind=".png"):
    """A drawing program's picture; the digit's frame of 28 x 28 is digit pixels wide."""
    def make(random, strokes, name):
        room = size - digit
        corner = (random.integers(0, room + 1), random.integers(0, room + 1)) if room else (0, 0)
        image = s.draw(strokes, (size, size), digit / 28, corner, pen)
        image = image if light else ImageOps.invert(image)
        image.save(name + kind, **({"quality": 90} if kind == ".jpg" else {}))
    return make


def specks(random, strokes, name):
    image = np.array(ImageOps.invert(s.draw(strokes, (560, 560), 20, (0, 0), 15)))
    y, x = np.mgrid[0:560, 0:560]
    for _ in range(12):
        at, r = random.uniform(0, 560, 2), random.uniform(0.8, 5)
        image[np.hypot(y - at[0], x - at[1]) < r] = random.integers(0, 120)
    Image.fromarray(image).save(name + ".png")


def noise(sigma):
    def make(random, strokes, name):
        image = 200 - 130 * (np.asarray(s.draw(strokes, (560, 560), 20, (0, 0), 15)) / 255.0)
        image = image + random.normal(0, sigma, image.shape)
        Image.fromarray(image.clip(0, 255).astype(np.uint8)).save(name + ".png")
    return make


def oriented(orientation, kind):
    def make(random, strokes, name):
        image = ImageOps.invert(s.draw(strokes, (480, 560), 17, (0, 0), 34))
        if LIES[orientation] is not None:
            image = image.transpose(LIES[orientation])
        exif = Image.Exif()
        exif[0x0112] = orientation
        image.save(name + kind, exif=exif)
    return make


def transparent(ink):
    def make(random, strokes, name):
        image = Image.new("RGBA", (560, 560), ink + (0,))
        image.putalpha(s.draw(strokes, (560, 560), 20, (0, 0), 34))
        image.save(name + ".png")
    return make


def deep(random, strokes, name):
    cover = np.asarray(s.draw(strokes, (560, 560), 20, (0, 0), 34), float)
    Image.fromarray((60000 - 200 * cover).astype(np.uint16)).save(name + ".png")


def inks(random, strokes, name):
    image = ImageOps.invert(s.draw(strokes, (560, 560), 20, (0, 0), 34)).convert("RGB")
    image.convert("CMYK").save(name + ".jpg", quality=90)


CONDITIONS = {"pen %02d" % pen: clean(560, 560, pen) for pen in (1, 3, 5, 9, 15, 25, 41)}
CONDITIONS |= {"canvas %d, pen 3" % n: clean(n, n, 3) for n in (1000, 2000, 3000, 4000)}
CONDITIONS |= {"canvas %d, digit 560, pen 15" % n: clean(n, 560, 15) for n in (1000, 2000, 4000)}
CONDITIONS |= {"canvas 4000, digit 560, pen 3": clean(4000, 560, 3, kind=".jpg")}
CONDITIONS |= {
    "light on dark": clean(560, 560, 25, light=True),
    "gradient": photo(p.gradient), "shadow": photo(p.shadow), "vignette": photo(p.vignette),
    "pencil": pencil, "yellow paper": photo(plain, YELLOW, BLUE), "desk": photo(p.desk),
    "light desk": photo(lambda r, s: p.desk(r, s, False), YELLOW, BLUE),
    "blackboard": photo(p.gradient, WHITE * 0.25, (880, 880, 870), 16),
    "thin in shadow": photo(p.shadow, pen=5),
    "specks": specks, "noise 15": noise(15), "noise 40": noise(40),
    "ruled paper": photo(p.ruled), "squared paper": photo(p.squared)}
CONDITIONS |= {"jpeg orientation %d" % o: oriented(o, ".jpg") for o in LIES}
CONDITIONS |= {"png orientation %d" % o: oriented(o, ".png") for o in (3, 6)}
CONDITIONS |= {"black on glass": transparent((0, 0, 0)), "white on glass": transparent((255,) * 3),
               "16 bits": deep, "CMYK": inks}


def main(mnist, out, each="10"):
    images, labels = s.load(mnist)
    digits = s.chosen(images, labels, int(each))
    for name, make in CONDITIONS.items():
        folder = os.path.join(out, name.replace(",", "").replace(" ", "-"))
        os.makedirs(folder, exist_ok=True)
        # Large canvases take time: half as many.
        for index, label, strokes in digits[::2] if "canvas" in name else digits:
            random = np.random.default_rng([index, zlib.crc32(name.encode())])
            make(random, strokes, os.path.join(folder, "%05d-%d" % (index, label)))
        print(name, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
