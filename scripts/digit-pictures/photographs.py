"""What light, paper, pens and cameras make of a drawing. Grey and colours are from 0 to 255."""
import numpy as np
from PIL import Image, ImageFilter

WIDTH, HEIGHT = 1200, 900


def slope(random):
    """A plane from 0 to 1 across the picture, in any direction."""
    angle = random.uniform(0, 2 * np.pi)
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    plane = x * np.cos(angle) + y * np.sin(angle)
    return (plane - plane.min()) / (plane.max() - plane.min())


def gradient(random, paper):
    """A lamp at one side: the other has 40 % of its light."""
    return paper * (1 - 0.6 * slope(random))[:, :, None]


def shadow(random, paper):
    """A hand's or a phone's: half the light, soft at its edge, across a third to two thirds."""
    edge = (slope(random) - random.uniform(0.33, 0.67)) * WIDTH / random.uniform(5, 40)
    return paper * (1 - 0.5 / (1 + np.exp(-np.clip(edge, -50, 50))))[:, :, None]


def vignette(random, paper):
    """Corners that are darker, and a lamp's round light."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    distance = np.hypot((x - random.uniform(0.3, 0.7) * WIDTH) / WIDTH,
                        (y - random.uniform(0.3, 0.7) * HEIGHT) / HEIGHT)
    return paper * (1 - 0.8 * distance ** 2)[:, :, None].clip(0.2, 1)


def desk(random, paper, dark=True):
    """One or two edges of the paper in sight, somewhat turned, and what it lies on."""
    wood = np.array([95, 62, 40]) if dark else np.array([245, 240, 235])
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    grain = 12 * np.sin(y / 9 + 3 * np.sin(x / 150))[:, :, None] + wood
    out = paper.copy()
    tilt = random.uniform(-0.06, 0.06)
    sides = random.permutation(4)[:random.integers(1, 3)]
    for side in sides:
        reach = random.uniform(0.04, 0.13)
        along, across, length, depth = (x, y, WIDTH, HEIGHT) if side < 2 else (y, x, HEIGHT, WIDTH)
        across = across if side % 2 == 0 else depth - 1 - across
        outside = across + tilt * (along - length / 2) < reach * depth
        out[outside] = grain[outside]
    return out


def ruled(random, paper):
    """Blue lines, as far apart as in a school's exercise book."""
    out = paper.copy()
    gap = int(random.integers(60, 100))
    for y in range(int(random.integers(0, gap)), HEIGHT - 3, gap):
        out[y:y + 3] = (0.45 * out[y:y + 3] + 0.55 * np.array([120, 150, 215]))
    return out


def squared(random, paper):
    """Grey squares, as a mathematics book has."""
    out = paper.copy()
    gap = int(random.integers(45, 70))
    for y in range(int(random.integers(0, gap)), HEIGHT - 2, gap):
        out[y:y + 2] *= 0.8
    for x in range(int(random.integers(0, gap)), WIDTH - 2, gap):
        out[:, x:x + 2] *= 0.8
    return out


def pencil(random, coverage):
    """Graphite reaches the paper's grain here and there, and is grey."""
    grain = Image.fromarray(random.integers(0, 256, coverage.shape, dtype=np.uint8))
    grain = np.asarray(grain.filter(ImageFilter.GaussianBlur(1.2)), float)
    grain = ((grain - grain.mean()) / grain.std() * 0.3 + 0.6).clip(0.1, 1)
    return coverage * grain * 0.5


def photograph(random, paper, coverage, ink, noise=4, blur=1.0):
    """The paper with ink on it as a camera takes it: unsharp and noisy."""
    cover = (coverage / 255.0)[:, :, None]
    light = paper * (1 - cover * (1 - np.asarray(ink) / 255.0))
    image = Image.fromarray(light.clip(0, 255).astype(np.uint8))
    light = np.asarray(image.filter(ImageFilter.GaussianBlur(blur)), float)
    light = light + random.normal(0, noise, light.shape[:2])[:, :, None]
    return Image.fromarray(light.clip(0, 255).round().astype(np.uint8))
