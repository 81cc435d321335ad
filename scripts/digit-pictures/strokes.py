"""MNIST's digits as lines: enlarged, thinned to a skeleton, and traced into smooth polylines."""
import gzip, os
import numpy as np
from PIL import Image, ImageDraw

SIDE = 28
FINE = 8  # pixels of the skeleton's grid in one of MNIST's


def load(folder):
    """The test images, (count, 28, 28) bytes, and their labels."""
    def read(name, skip):
        with gzip.open(os.path.join(folder, name)) as f:
            return np.frombuffer(f.read(), np.uint8)[skip:]
    images = read("t10k-images-idx3-ubyte.gz", 16).reshape(-1, SIDE, SIDE)
    return images, read("t10k-labels-idx1-ubyte.gz", 8)


def thinned(mask):
    """Zhang and Suen, "A fast parallel algorithm for thinning digital patterns", 1984."""
    m = np.pad(mask, 1).astype(np.uint8)
    while True:
        removed = 0
        for step in (0, 1):
            p = [m[:-2, 1:-1], m[:-2, 2:], m[1:-1, 2:], m[2:, 2:],
                 m[2:, 1:-1], m[2:, :-2], m[1:-1, :-2], m[:-2, :-2]]
            neighbours = sum(p)
            changes = sum((p[i] == 0) & (p[(i + 1) % 8] == 1) for i in range(8))
            n, e, s, w = p[0], p[2], p[4], p[6]
            corner = (n * e * s == 0) & (e * s * w == 0) if step == 0 else \
                     (n * e * w == 0) & (n * s * w == 0)
            gone = (m[1:-1, 1:-1] == 1) & (neighbours >= 2) & (neighbours <= 6) \
                & (changes == 1) & corner
            removed += gone.sum()
            m[1:-1, 1:-1][gone] = 0
        if not removed:
            return m[1:-1, 1:-1].astype(bool)


def lines(image):
    """The digit's strokes: arrays of (x, y) in MNIST's pixels."""
    fine = np.asarray(Image.fromarray(image).resize((SIDE * FINE, SIDE * FINE), Image.BICUBIC))
    points = set(zip(*np.nonzero(thinned(fine > 127))))

    def around(p):
        y, x = p
        straight = [q for q in ((y - 1, x), (y, x + 1), (y + 1, x), (y, x - 1)) if q in points]
        diagonal = [(y + a, x + b) for a in (-1, 1) for b in (-1, 1) if (y + a, x + b) in points
                    and (y + a, x) not in points and (y, x + b) not in points]
        return straight + diagonal

    ends = sorted(p for p in points if len(around(p)) != 2)
    seen, chains = set(), []

    def walk(start, following):
        chain, last, at = [start], start, following
        while True:
            seen.add(frozenset((last, at)))
            chain.append(at)
            onward = [q for q in around(at) if q != last and frozenset((at, q)) not in seen]
            if at in ends or len(onward) != 1:
                return chain
            last, at = at, onward[0]

    for start in ends + sorted(points):
        for q in around(start):
            if frozenset((start, q)) not in seen:
                chains.append(walk(start, q))
    return [smooth(np.array(c, float)[:, ::-1] + 0.5) / FINE for c in chains
            if len(c) > 1.2 * FINE or len(chains) == 1]


def smooth(chain, reach=6):
    """Averages each point with its neighbours; the ends stay."""
    closed = np.abs(chain[0] - chain[-1]).max() < 2
    n = len(chain)
    out = np.empty_like(chain)
    for i in range(n):
        r = reach if closed else min(reach, i, n - 1 - i)
        at = np.arange(i - r, i + r + 1)
        out[i] = chain[at % n if closed else at].mean(0)
    return np.concatenate([out, out[:1]]) if closed else out


def draw(strokes, size, scale, offset, pen):
    """
    Coverage from 0 to 255 of a round pen.

    strokes in MNIST's pixels; scale is pixels for one of these; offset (x, y), the picture's pixel
    of MNIST's corner; pen the line's width in pixels; size (width, height).
    """
    over = 4 if max(size) <= 1200 else 2 if max(size) <= 2200 else 1
    image = Image.new("L", (size[0] * over, size[1] * over), 0)
    pencil = ImageDraw.Draw(image)
    width = pen * over
    for stroke in strokes:
        xy = (stroke * scale + np.array(offset)) * over
        pencil.line([tuple(p) for p in xy], fill=255, width=max(1, round(width)))
        if width > 2:
            for x, y in xy:
                r = width / 2
                pencil.ellipse((x - r, y - r, x + r, y + r), fill=255)
    return image.reduce(over) if over > 1 else image


def chosen(images, labels, each):
    """The first digits of each class that redrawn with a usual pen look as they were."""
    counts, result = {d: 0 for d in range(10)}, []
    for i, (image, label) in enumerate(zip(images, labels)):
        if counts[int(label)] == each:
            continue
        strokes = lines(image)
        again = np.asarray(draw(strokes, (112, 112), 4, (0, 0), 9))
        was = np.asarray(Image.fromarray(image).resize((112, 112), Image.BICUBIC))
        both, either = ((again > 127) & (was > 127)).sum(), ((again > 127) | (was > 127)).sum()
        if both >= 0.75 * either:
            counts[int(label)] += 1
            result.append((i, int(label), strokes))
        if all(n == each for n in counts.values()):
            return result
    return result
