#!/usr/bin/python3
"""Writes src/main/resources/io/fmviz/image: the colour maps and the fonts that pictures are drawn with.

  make-drawing-resources.py _cm_listed.py spleen-5x8.psfu.gz spleen-6x12.psfu.gz

_cm_listed.py is matplotlib's (package python3-matplotlib; its viridis and magma are CC0); the fonts are
Spleen (package fonts-spleen, BSD 2-clause). coolwarm is computed as Kenneth Moreland gives it in
"Diverging Color Maps for Scientific Visualization" (ISVC 2009), between rgb (59, 76, 192) and (180, 4, 38).
"""
import gzip, math, os, struct, sys

OUT = os.path.join(os.path.dirname(__file__), "../src/main/resources/io/fmviz/image")
WHITE = (0.95047, 1.0, 1.08883)  # D65
RGB_TO_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750),
              (0.0193339, 0.1191920, 0.9503041))


def apply(matrix, v):
    return [sum(a * b for a, b in zip(row, v)) for row in matrix]


def inverse(m):
    (a, b, c), (d, e, f), (g, h, i) = m
    det = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    return [[(e * i - f * h) / det, (c * h - b * i) / det, (b * f - c * e) / det],
            [(f * g - d * i) / det, (a * i - c * g) / det, (c * d - a * f) / det],
            [(d * h - e * g) / det, (b * g - a * h) / det, (a * e - b * d) / det]]


def msh_of(rgb):
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in (c / 255 for c in rgb)]
    f = [v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116
         for v in (c / w for c, w in zip(apply(RGB_TO_XYZ, linear), WHITE))]
    l, a, b = 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])
    m = math.sqrt(l * l + a * a + b * b)
    return m, math.acos(l / m), math.atan2(b, a)


def rgb_of(msh):
    m, s, h = msh
    l, a, b = m * math.cos(s), m * math.sin(s) * math.cos(h), m * math.sin(s) * math.sin(h)
    y = (l + 16) / 116
    xyz = [w * (t ** 3 if t ** 3 > 0.008856 else (t - 16 / 116) / 7.787)
           for w, t in zip(WHITE, (y + a / 500, y, y - b / 200))]
    linear = apply(inverse(RGB_TO_XYZ), xyz)
    srgb = [12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055 for v in linear]
    return tuple(int(min(max(v, 0), 1) * 255 + 0.5) for v in srgb)


def adjusted_hue(saturated, unsaturated_m):
    m, s, h = saturated
    if m >= unsaturated_m:
        return h
    spin = s * math.sqrt(unsaturated_m ** 2 - m ** 2) / (m * math.sin(s))
    return h + spin if h > -math.pi / 3 else h - spin


def coolwarm(t, low=(59, 76, 192), high=(180, 4, 38)):
    one, two = msh_of(low), msh_of(high)
    middle = max(one[0], two[0], 88)
    if t < 0.5:
        two, t = (middle, 0, adjusted_hue(one, middle)), 2 * t
    else:
        one, t = (middle, 0, adjusted_hue(two, middle)), 2 * t - 1
    return rgb_of([(1 - t) * a + t * b for a, b in zip(one, two)])


def font(file):
    """The printable ASCII characters of a PSF 2 font: a line each, a hexadecimal number per row."""
    data = gzip.open(file).read()
    _, _, header, flags, count, size, height, width = struct.unpack("<8I", data[:32])
    assert flags & 1 and width <= 8 and size == height
    table = data[header + count * size:].split(b"\xff")
    glyphs = {}
    for k in range(count):
        for character in table[k].split(b"\xfe")[0].decode():
            glyphs[character] = data[header + k * size:header + (k + 1) * size]
    with open(os.path.join(OUT, f"spleen-{width}x{height}.txt"), "w") as out:
        for code in range(32, 127):
            out.write(glyphs[chr(code)].hex(" ") + "\n")


def main():
    os.makedirs(OUT, exist_ok=True)
    listed, small, normal = sys.argv[1:]
    with open(listed) as f:
        names = {}
        exec("_viridis_data" + f.read().split("_viridis_data", 1)[1].split("_twilight_data")[0], names)
        f.seek(0)
        exec("_magma_data" + f.read().split("_magma_data", 1)[1].split("_inferno_data")[0], names)
    maps = {name: [tuple(int(255 * v + 0.5) for v in c) for c in names[f"_{name}_data"]]
            for name in ("viridis", "magma")}
    maps["coolwarm"] = [coolwarm(i / 255) for i in range(256)]
    for name, colors in maps.items():
        assert len(colors) == 256
        with open(os.path.join(OUT, name + ".txt"), "w") as out:
            for color in colors:
                out.write("%02x%02x%02x\n" % color)
    font(small)
    font(normal)


if __name__ == "__main__":
    main()
