"""Files that fmviz must refuse, each in one line."""
import gzip
import io
import os
import pickle
import shutil
import struct
import zipfile

import numpy as np
from PIL import Image

import pictures_of_digits as digits
import tensors


def write_all(folder):
    to = os.path.join(folder, "broken")
    os.mkdir(to)
    files = {**checkpoints(folder), **state_dicts(folder), **archives(folder), **picture_files()}
    for name, content in files.items():
        with open(os.path.join(to, name), "wb") as file:
            file.write(content)
    images(os.path.join(folder, "few"), to)


def content(*names):
    with open(os.path.join(*names), "rb") as file:
        return file.read()


def checkpoints(folder):
    good = content(folder, "epochs", "epoch_2.safetensors")
    arrays = tensors.read(os.path.join(folder, "epochs", "epoch_2.safetensors"))[1]
    flipped = bytearray(good)
    flipped[-100] ^= 4
    return {
        "empty.safetensors": b"",
        "text.safetensors": b"this is not a checkpoint at all\n" * 10,
        "cut.safetensors": good[:len(good) // 2],
        "header.safetensors": struct.pack("<Q", 1 << 60) + good[8:],
        "more.safetensors": good + b"x",
        "flipped.safetensors": bytes(flipped),
        "lacking.safetensors": tensors.encoded({n: a for n, a in arrays.items() if n != "fc.bias"}, "F32"),
        "strange.safetensors": tensors.encoded({**arrays, "fc2.bias": arrays["fc.bias"]}, "F32"),
        "shape.safetensors": tensors.encoded({**arrays, "fc.bias": np.zeros(11)}, "F32"),
        "width.safetensors": tensors.encoded({**arrays, "net.0.bias": np.zeros(5)}, "F32"),
        "integers.safetensors": tensors.encoded(arrays, "I32"),
        "nan.safetensors": tensors.encoded({**arrays, "fc.bias": np.full(10, np.nan)}, "F32"),
        "none.bin": good,
    }


class Program:
    """What a pickle can hold: a program."""

    def __reduce__(self):
        return os.system, ("true",)


def zipped(**members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, member in members.items():
            archive.writestr(zipfile.ZipInfo(name), member)
    return file.getvalue()


def state_dicts(folder):
    good = content(folder, "net.pth")
    return {
        "empty.pth": b"",
        "text.pth": b"not a state dict\n" * 5,
        "cut.pth": good[:len(good) // 2],
        "bare.pth": pickle.dumps({"fc.bias": [1.0]}, protocol=2),
        "program.pth": zipped(**{"a/data.pkl": pickle.dumps(Program(), protocol=2), "a/version": b"3\n"}),
        "other.pth": zipped(**{"a/hello.txt": b"hello"}),
        "nothing.pth": zipped(**{"a/data.pkl": pickle.dumps({}, protocol=2), "a/version": b"3\n"}),
    }


def archives(folder):
    good = content(folder, "net.npz")
    return {
        "empty.npz": b"",
        "cut.npz": good[:len(good) // 2],
        "lacking.npz": zipped(**{"fc.bias.npy": npy(np.zeros(10, "f4"))}),
        "pickled.npz": zipped(**{"fc.bias.npy": npy(np.array([None, 1], dtype=object))}),
    }


def npy(array):
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def picture_files():
    good = encoded(Image.fromarray(digits.digit(3, 5, 9, 230)).resize((90, 61)), "png")
    return {
        "empty.png": b"",
        "text.png": b"not a picture\n",
        "cut.png": good[:len(good) // 2],
        "blank.png": encoded(Image.new("L", (30, 20), 77), "png"),
        "really-a.gif.png": encoded(Image.new("L", (30, 20), 77), "gif"),
        "long.png": encoded(Image.new("L", (30_001, 1)), "png"),
        "inks.jpg": encoded(Image.new("CMYK", (30, 20)), "jpeg"),
        "cut.jpg": encoded(Image.effect_noise((64, 64), 90), "jpeg")[:900],
    }


def encoded(picture, form):
    file = io.BytesIO()
    picture.save(file, form)
    return file.getvalue()


def images(good, to):
    """Folders of IDX files with one of them damaged."""
    labels, pixels = "t10k-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz"
    of_labels, of_pixels = (gzip.decompress(content(good, name)) for name in (labels, pixels))
    damaged = {
        "idx-cut": (pixels, gzip.compress(of_pixels[:5000], mtime=0)),
        "idx-cut-gzip": (pixels, content(good, pixels)[:5000]),
        "idx-longer": (pixels, gzip.compress(of_pixels + b"x", mtime=0)),
        "idx-magic": (pixels, gzip.compress(b"\0\0\x08\x04" + of_pixels[4:], mtime=0)),
        "idx-negative": (pixels, gzip.compress(of_pixels[:4] + b"\xff" * 4 + of_pixels[8:], mtime=0)),
        "idx-label-11": (labels, gzip.compress(of_labels[:20] + b"\x0b" + of_labels[21:], mtime=0)),
        "idx-fewer-labels": (labels, gzip.compress(struct.pack(">2i", 2049, 100) + of_labels[8:108], mtime=0)),
        "idx-empty": (labels, b""),
    }
    for folder, (name, damage) in damaged.items():
        shutil.copytree(good, os.path.join(to, folder))
        with open(os.path.join(to, folder, name), "wb") as file:
            file.write(damage)
