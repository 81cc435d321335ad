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
         "nearest": InterpolationMode.NEAREST}
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


def deep(array, file):
    """A PNG of 16 bits a channel, which Pillow doesn't write in colour."""
    height, width, channels = array.shape
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in array)
    kind = {1: 0, 3: 2, 4: 6}[channels]
    with open(file, "wb") as f:
        f.write(b"\x89PNG\r\n\x1a\n")
        for name, body in ((b"IHDR", struct.pack(">IIBBBBB", width, height, 16, kind, 0, 0, 0)),
                           (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")):
            f.write(struct.pack(">I", len(body)) + name + body
                    + struct.pack(">I", zlib.crc32(name + body)))


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
                    if mode == "bilinear" or (height, width) in ((32, 32), (70, 70)):
                        key = f"{fit.__name__}/{height}x{width}/{mode}/{name}"
                        tensors[key] = np.asarray(fit(image, height, width, mode))
        tensors["gray/" + name] = np.asarray(crop(image.convert("L"), 32, 32, "bilinear"))[..., None]
        normalize = transforms.Compose([transforms.ToTensor(), transforms.Normalize(
            (0.485, 0.456, 0.406), (0.229, 0.224, 0.225))])
        tensors["normalized/" + name] = normalize(crop(image, 32, 32, "bilinear")).numpy()
    safetensors_file.write(tensors, os.path.join(FOLDER, "photo.safetensors"))


if __name__ == "__main__":
    main()
