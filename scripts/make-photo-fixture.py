#!/usr/bin/python3
"""Writes src/test/resources/photo: small pictures in many formats, and what Pillow and torchvision
make of them.

Needs Debian's python3-pil, python3-torchvision and python3-numpy. photo.safetensors holds, as uint8
[height, width, channels]:

  decoded/FILE                what Pillow decodes: EXIF followed, alpha over white, 16 bits cut to 8
  FIT/HxW/INTERPOLATION/FILE  that, fitted: crop (torchvision, and timm where it isn't square, with a
                              crop-pct of 0.875), stretch, letterbox (ultralytics' arithmetic)
  gray/FILE                   cropped to 32x32, bilinear, after convert("L")

and as float32 [3, 32, 32]:

  normalized/FILE             cropped to 32x32, bilinear, ToTensor, Normalize with ImageNet's values
"""
import math, os, struct, zlib
import numpy as np
from PIL import Image, ImageCms, ImageOps
from torchvision import transforms
from torchvision.transforms import InterpolationMode
import safetensors_file

FOLDER = os.path.join(os.path.dirname(__file__), "../src/test/resources/photo")
MODES = {"bilinear": InterpolationMode.BILINEAR, "bicubic": InterpolationMode.BICUBIC,
         "nearest": InterpolationMode.NEAREST, "lanczos": InterpolationMode.LANCZOS,
         "box": InterpolationMode.BOX, "hamming": InterpolationMode.HAMMING}
RARE = ("lanczos", "box", "hamming")
CROP_PCT = 0.875


def scene(height, width, seed):
    """Slopes, edges, lines and a little noise."""
    random = np.random.RandomState(seed)
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    red = 255 * x / width
    green = 127 + 120 * np.sin(y / 5) * np.cos(x / 7)
    blue = np.where((x - width / 2) ** 2 + (y - height / 2) ** 2 < (height / 3) ** 2, 230, 40)
    picture = np.stack([red, green, blue], -1) + random.normal(0, 6, (height, width, 3))
    picture[height // 4] = 255
    picture[:, width // 3] = 0
    return np.clip(picture, 0, 255).astype(np.uint8)


def deep(array, file, significant=None):
    """A PNG of 16 bits a channel, which Pillow doesn't write in colour; with sBIT where it is given."""
    height, width, channels = array.shape
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in array)
    kind = {1: 0, 3: 2, 4: 6}[channels]
    with open(file, "wb") as f:
        f.write(b"\x89PNG\r\n\x1a\n")
        sbit = [(b"sBIT", bytes([significant] * channels))] if significant else []
        for name, body in ((b"IHDR", struct.pack(">IIBBBBB", width, height, 16, kind, 0, 0, 0)), *sbit,
                           (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")):
            f.write(struct.pack(">I", len(body)) + name + body
                    + struct.pack(">I", zlib.crc32(name + body)))


def tiff(array, file, photometric, order="<", extra=None, bits=None, tags=(), planar=False):
    """A TIFF of any samples [height, width, bands], as the standard has it, in one strip a plane.

    tags: (tag, type, values) more, by number; bits: packed to 12."""
    height, width, bands = array.shape
    kind = {"u": 1, "i": 2, "f": 3}[array.dtype.kind]
    if bits == 12:
        pairs = array.reshape(height, -1, 2).astype(np.uint32)
        packed = np.stack([pairs[..., 0] >> 4, (pairs[..., 0] & 15) << 4 | pairs[..., 1] >> 8, pairs[..., 1] & 255], -1)
        planes = [packed.astype(np.uint8).tobytes()]
    elif planar:
        planes = [array[..., c].astype(array.dtype.newbyteorder(order)).tobytes() for c in range(bands)]
    else:
        planes = [array.astype(array.dtype.newbyteorder(order)).tobytes()]
    bits = bits or 8 * array.dtype.itemsize
    entries = {256: ("H", [width]), 257: ("H", [height]), 258: ("H", [bits] * bands), 259: ("H", [1]),
               262: ("H", [photometric]), 273: ("I", [0] * len(planes)), 277: ("H", [bands]), 278: ("H", [height]),
               279: ("I", [len(p) for p in planes]), 284: ("H", [2 if planar else 1]), 339: ("H", [kind] * bands)}
    if extra is not None:
        entries[338] = ("H", [extra] * (bands - (3 if photometric == 2 else 1)))
    entries.update({tag: (code, values) for tag, code, values in tags})
    codes = {"H": 3, "I": 4, "h": 8, "f": 11}
    size = lambda code, values: struct.calcsize("=" + code) * len(values)
    at = 10 + 12 * len(entries) + 4
    data = at + sum(size(*e) for e in entries.values() if size(*e) > 4)
    entries[273] = ("I", [data + sum(len(p) for p in planes[:i]) for i in range(len(planes))])
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "IH", 8, len(entries))
    behind = b""
    for tag, (code, values) in sorted(entries.items()):
        value = struct.pack(f"{order}{len(values)}{code}", *values)
        if len(value) > 4:
            value, behind = struct.pack(order + "I", at + len(behind)), behind + value
        head += struct.pack(order + "HHI", tag, codes[code], len(values)) + value.ljust(4, b"\0")
    with open(file, "wb") as f:
        f.write(head + bytes(4) + behind + b"".join(planes))


def samples(path, exact):
    """Samples that aren't eight bits, and bands that aren't colours: the right bytes by hand."""
    random = np.random.RandomState(7)
    rgb = scene(24, 32, 8)
    four = np.concatenate([rgb, random.randint(0, 60, (24, 32, 1)).astype(np.uint8)], -1)
    for name, options in {"unspecified.tif": {"extra": 0}, "unsaid.tif": {}, "planes.tif": {"extra": 0, "planar": True}}.items():
        tiff(four, path(name), 2, **options)
        exact[name] = rgb
    assert (np.asarray(Image.open(path("unspecified.tif")).convert("RGB")) == rgb).all()
    tiff(np.concatenate([four, rgb[..., :2]], -1), path("six-bands.tif"), 2, extra=0)
    exact["six-bands.tif"] = rgb
    grays = lambda values: np.repeat(values, 3, -1)
    gray = (rgb[..., :1].astype(np.uint16) << 4) | random.randint(0, 16, (24, 32, 1)).astype(np.uint16)
    tiff(gray, path("twelve.tif"), 1, bits=12)
    tiff(gray, path("twelve-in-sixteen.tif"), 1, order=">", tags=[(340, "H", [0]), (341, "H", [4095])])
    deep(gray, path("twelve.png"), 12)
    deep(gray << 4 | gray >> 8, path("twelve-stretched.png"), 12)
    for name in ("twelve.tif", "twelve-in-sixteen.tif", "twelve.png", "twelve-stretched.png"):
        exact[name] = grays(gray >> 4)
    signed = (rgb.astype(np.int32) * 257 - 32768).astype(np.int16)
    tiff(signed, path("signed.tif"), 2, order=">")
    exact["signed.tif"] = rgb
    inverted = (rgb[..., :1].astype(np.uint16) * 257) ^ np.uint16(0x35)
    tiff(inverted, path("white-is-zero.tif"), 0)
    exact["white-is-zero.tif"] = grays(255 - (inverted >> 8))
    wide = rgb.astype(np.uint32) * 16843009
    tiff(wide, path("long.tif"), 2)
    exact["long.tif"] = rgb
    tiff((rgb / 255).astype(np.float32), path("unit.tif"), 2)
    tiff((rgb[..., :1] / 255).astype(np.float64), path("unit-double.tif"), 1, order=">")
    exact["unit.tif"], exact["unit-double.tif"] = rgb, grays(rgb[..., :1])
    hounsfield = (rgb[..., :1] / 255 * 2000 - 1000).astype(np.float32)
    tiff(hounsfield, path("said.tif"), 1, tags=[(340, "f", [-1000]), (341, "f", [1000])])
    exact["said.tif"] = grays(rgb[..., :1])
    tiff(1000 - hounsfield, path("said-white-is-zero.tif"), 0, tags=[(340, "f", [0]), (341, "f", [2000])])
    exact["said-white-is-zero.tif"] = grays(rgb[..., :1])
    # Guessed, or doubted: DoubtedPhotosTest.
    hounsfield.flat[0], hounsfield.flat[1] = -1000, 1000
    tiff(hounsfield, path("guessed.tif"), 1)
    exact["guessed.tif"] = grays(np.floor((hounsfield.astype(np.float64) + 1000) / 2000 * 255 + 0.5))
    tiff((rgb[..., :1] / 2).astype(np.float32), path("guessed-bytes.tif"), 1)
    exact["guessed-bytes.tif"] = grays(np.floor(rgb[..., :1] / 2 + 0.5))
    deep(gray, path("twelve-unsaid.png"))
    exact["twelve-unsaid.png"] = grays(gray >> 8)
    tiff((gray.astype(np.int32) - 1000).astype(np.int16), path("signed-unsaid.tif"), 1)
    exact["signed-unsaid.tif"] = grays((gray.astype(np.int32) - 1000 + 32768) >> 8)
    Image.fromarray(rgb // 20).save(path("dark.png"))
    Image.fromarray(255 - rgb // 20).save(path("light.png"))
    alpha = np.tile(np.linspace(0, 65535, 32).astype(np.uint16), (24, 1))[..., None]
    tiff(np.concatenate([rgb.astype(np.uint16) * 257, alpha], -1), path("deep-alpha.tif"), 2, extra=2)
    white = Image.new("RGB", (32, 24), (255, 255, 255))
    white.paste(Image.fromarray(rgb), mask=Image.fromarray((alpha[..., 0] >> 8).astype(np.uint8)))
    exact["deep-alpha.tif"] = np.asarray(white)


def swapped_profile():
    """sRGB's profile with red and blue exchanged: who follows it sees other colours."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes(12)  # when it was made
    for i in range(struct.unpack(">I", profile[128:132])[0]):
        at = 132 + 12 * i
        name = bytes(profile[at:at + 4])
        if name in (b"rXYZ", b"bXYZ"):
            profile[at:at + 4] = b"bXYZ" if name == b"rXYZ" else b"rXYZ"
    return bytes(profile)


def pictures():
    """Writes the pictures; gives what each decodes to where Pillow alone can't tell."""
    path = lambda name: os.path.join(FOLDER, name)
    color = Image.fromarray(scene(45, 60, 1))
    small = Image.fromarray(scene(24, 32, 2))
    color.save(path("color.png"))
    Image.fromarray(scene(61, 47, 3)).save(path("tall.png"))
    Image.fromarray(scene(9, 100, 4)).save(path("wide.png"))
    Image.fromarray(scene(1, 1, 5)).save(path("dot.png"))
    color.convert("L").save(path("gray.png"))
    color.convert("1").save(path("bits.png"))
    color.quantize(16).save(path("palette.png"))
    color.quantize(4).save(path("palette2.png"), bits=2)
    alpha = Image.fromarray(np.tile(np.linspace(0, 255, 60).astype(np.uint8), (45, 1)))
    glass = color.copy()
    glass.putalpha(alpha)
    glass.save(path("alpha.png"))
    Image.merge("LA", (color.convert("L"), alpha)).save(path("gray-alpha.png"))
    color.quantize(16).save(path("palette-alpha.png"), transparency=3)
    color.save(path("transparent.png"), transparency=color.getpixel((5, 5)))
    exact = {}
    wide = scene(24, 32, 6).astype(np.uint16) * 257 ^ np.uint16(0x35)
    deep(wide, path("deep.png"))
    exact["deep.png"] = wide >> 8
    deep(wide[..., :1], path("deep-gray.png"))
    exact["deep-gray.png"] = np.repeat(wide[..., :1] >> 8, 3, -1)
    for name, options in {"rgb.jpg": {}, "full.jpg": {"subsampling": 0}, "progressive.jpg": {"progressive": True},
                          "profile.jpg": {"icc_profile": swapped_profile()}}.items():
        color.save(path(name), quality=90, **options)
    color.convert("L").save(path("gray.jpg"), quality=90)
    color.convert("CMYK").save(path("cmyk.jpg"), quality=95)
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        small.save(path(f"exif-{orientation}.jpg"), quality=90, exif=exif)
        if orientation in (6, 7):
            small.save(path(f"exif-{orientation}.webp"), lossless=True, exif=exif)
            small.save(path(f"exif-{orientation}.tif"), exif=exif)
    small.save(path("plain.bmp"))
    small.quantize(16).save(path("palette.bmp"))
    small.convert("L").save(path("gray.bmp"))
    small.quantize(32).save(path("plain.gif"))
    small.quantize(32).save(path("frames.gif"), save_all=True, append_images=[small.rotate(180)])
    small.quantize(32).save(path("glass.gif"), transparency=2)
    color.save(path("lossy.webp"), quality=80)
    color.save(path("lossless.webp"), lossless=True)
    glass.save(path("alpha.webp"), quality=90)
    glass.save(path("lossless-alpha.webp"), lossless=True, exact=True)
    small.save(path("frames.webp"), save_all=True, append_images=[small.rotate(180)], lossless=True)
    for compression in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"):
        small.save(path(compression + ".tif"), compression=compression)
    small.convert("L").save(path("gray.tif"))
    small.convert("CMYK").save(path("cmyk.tif"))
    glass.save(path("alpha.tif"))
    Image.fromarray(wide[..., 0]).save(path("deep-gray.tif"))
    exact["deep-gray.tif"] = exact["deep-gray.png"]
    samples(path, exact)
    return exact


def decoded(file, exact):
    if os.path.basename(file) in exact:
        return Image.fromarray(exact[os.path.basename(file)].astype(np.uint8))
    image = Image.open(file)
    if image.format != "TIFF":  # which Pillow turns as it loads it
        image = ImageOps.exif_transpose(image)
    if image.mode in ("RGBA", "LA") or "transparency" in image.info:
        image = image.convert("RGBA")
        white = Image.new("RGB", image.size, (255, 255, 255))
        white.paste(image, mask=image.getchannel("A"))
        return white
    return image.convert("RGB")


def crop(image, height, width, mode):
    size = (math.floor(height / CROP_PCT), math.floor(width / CROP_PCT))
    if size[0] == size[1]:
        resized = transforms.Resize(size[0], interpolation=MODES[mode])(image)
    else:  # timm's ResizeKeepRatio
        ratio = min(image.size[1] / size[0], image.size[0] / size[1])
        to = [round(image.size[1] / ratio), round(image.size[0] / ratio)]
        resized = transforms.Resize(to, interpolation=MODES[mode])(image)
    return transforms.CenterCrop((height, width))(resized)


def stretch(image, height, width, mode):
    return transforms.Resize((height, width), interpolation=MODES[mode])(image)


def letterbox(image, height, width, mode):
    """ultralytics/data/augment.py: LetterBox, with auto, scaleFill off and scaleup on."""
    scale = min(height / image.size[1], width / image.size[0])
    to = int(round(image.size[0] * scale)), int(round(image.size[1] * scale))
    dw, dh = (width - to[0]) / 2, (height - to[1]) / 2
    top, left = int(round(dh - 0.1)), int(round(dw - 0.1))
    whole = Image.new("RGB", (width, height), (114, 114, 114))
    whole.paste(stretch(image, to[1], to[0], mode), (left, top))
    return whole


def main():
    os.makedirs(FOLDER, exist_ok=True)
    for name in os.listdir(FOLDER):
        os.remove(os.path.join(FOLDER, name))
    exact, tensors = pictures(), {}
    for name in sorted(os.listdir(FOLDER)):
        tensors["decoded/" + name] = np.asarray(decoded(os.path.join(FOLDER, name), exact))
    for name in ("color.png", "tall.png", "wide.png", "dot.png"):
        image = decoded(os.path.join(FOLDER, name), exact)
        for fit in (crop, stretch, letterbox):
            for height, width in ((32, 32), (19, 19), (70, 70), (24, 40)):
                for mode in MODES:
                    sizes = ((32, 32),) if mode in RARE else ((32, 32), (70, 70))
                    if mode == "bilinear" or (height, width) in sizes:
                        key = f"{fit.__name__}/{height}x{width}/{mode}/{name}"
                        tensors[key] = np.asarray(fit(image, height, width, mode))
        tensors["gray/" + name] = np.asarray(crop(image.convert("L"), 32, 32, "bilinear"))[..., None]
        normalize = transforms.Compose([transforms.ToTensor(), transforms.Normalize(
            (0.485, 0.456, 0.406), (0.229, 0.224, 0.225))])
        tensors["normalized/" + name] = normalize(crop(image, 32, 32, "bilinear")).numpy()
    safetensors_file.write(tensors, os.path.join(FOLDER, "photo.safetensors"))


if __name__ == "__main__":
    main()
