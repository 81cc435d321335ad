"""What the cases work on, made once with the old jar: below in/ in each case's folder."""
import glob
import gzip
import hashlib
import os
import shutil
import struct
import subprocess
import sys

import broken
import pictures_of_digits as digits
import tensors
from fmviz import PROJECT, Fmviz

HERE = os.path.dirname(os.path.abspath(__file__))
RESOURCES = os.path.join(PROJECT, "src", "test", "resources")
MAKERS = ("inputs.py", "broken.py", "pictures_of_digits.py", "tensors.py")


def made(folder, jar, shared):
    """The inputs' folder; its name changes with what makes them."""
    told = hashlib.sha256(os.path.abspath(shared).encode() if shared else b"")
    for name in MAKERS:
        with open(os.path.join(HERE, name), "rb") as file:
            told.update(file.read())
    done = os.path.join(folder, f"inputs-{told.hexdigest()[:16]}")
    if not os.path.isdir(done):
        print("ruler: making the inputs", file=sys.stderr)
        shutil.rmtree(done + ".new", ignore_errors=True)
        os.makedirs(done + ".new")
        Maker(done + ".new", jar, shared).make()
        os.rename(done + ".new", done)
    return done


class Maker:
    def __init__(self, folder, jar, shared):
        self.folder, self.jar, self.shared = folder, jar, shared

    def make(self):
        self.images()
        self.network()
        self.trainings()
        self.models()
        digits.write_pictures(self.inside("pictures"))
        os.mkdir(self.inside("nothing"))
        broken.write_all(self.folder)

    def inside(self, *names):
        return os.path.join(self.folder, *names)

    def fmviz(self, *words):
        Fmviz(self.jar, folder=self.folder).text(*words)

    def images(self):
        """few: 640 and 200 images, gzipped; raw: the same, not gzipped, where torchvision has them."""
        if self.shared:
            os.symlink(os.path.join(os.path.abspath(self.shared), "mnist"), self.inside("mnist"))
        for name, folder in (("few", ""), ("raw", "MNIST/raw"), ("fashion", "FashionMNIST/raw")):
            for part, count, seed in (("train", 640, 1), ("t10k", 200, 2)):
                images, labels = digits.drawn(count, seed)
                write = write_gz if name == "few" else write_plain
                os.makedirs(self.inside(name, folder), exist_ok=True)
                ending = ".gz" if name == "few" else ""
                write(self.inside(name, folder, f"{part}-images-idx3-ubyte{ending}"),
                      struct.pack(">4i", 2051, count, 28, 28) + images.tobytes())
                write(self.inside(name, folder, f"{part}-labels-idx1-ubyte{ending}"),
                      struct.pack(">2i", 2049, count) + labels.tobytes())

    def network(self):
        if self.shared:
            for ending in ("safetensors", "pth"):
                shutil.copyfile(os.path.join(self.shared, "reference", f"epoch_0.{ending}"),
                                self.inside(f"net.{ending}"))
        else:
            self.fmviz("train", "--dataset", "synthetic", "--limit-train", "6000", "--seed", "0",
                       "--threads", "2", "--model-dir", "trained")
            os.rename(self.inside("trained", "epoch_0.safetensors"), self.inside("net.safetensors"))
            self.fmviz("export", "--checkpoint", "net.safetensors", "--to", "net.pth")
        self.fmviz("export", "--checkpoint", "net.safetensors", "--to", "net.npz")
        plain = {name: array for name, array in tensors.read(self.inside("net.safetensors"))[1].items()}
        for name in ("F64", "F16", "BF16"):
            tensors.write(self.inside(f"{name}.safetensors"), plain, name)
        tensors.write(self.inside("module.safetensors"), {f"module.{n}": a for n, a in plain.items()}, "F32")

    def trainings(self):
        """Model folders: of three epochs, and of two that are not of one training."""
        train = ("train", "--dataset", "mnist", "--data", "few", "--threads", "2")
        self.fmviz(*train, "--seed", "7", "--epochs", "3", "--base-channels", "4", "--lr", "0.01",
                   "--keep-optimizer", "--model-dir", "epochs")
        for width in ("4", "8"):
            self.fmviz(*train, "--seed", "7", "--base-channels", width, "--model-dir", f"width-{width}")
        shutil.copytree(self.inside("width-4"), self.inside("mixed"))
        shutil.copyfile(self.inside("width-8", "epoch_0.safetensors"), self.inside("mixed", "epoch_1.safetensors"))


    def models(self):
        """Networks of others: those of the tests, torchvision's with random weights, and the classifier as one."""
        nets = self.inside("nets")
        self.fidelity(nets)
        os.rename(os.path.join(nets, "pictures"), self.inside("pictures-of-three"))
        os.rename(os.path.join(nets, "classes.txt"), self.inside("classes.txt"))
        for folder in ("onnx", "cam"):
            for file in glob.glob(os.path.join(RESOURCES, folder, "*.onnx")):
                shutil.copy(file, nets)
        self.fmviz("export", "--checkpoint", "net.safetensors", "--to", "nets/classifier.onnx")
        photos = os.path.join(RESOURCES, "photo")
        for name, into in (("color.png", "photos/warm"), ("rgb.jpg", "photos/warm"), ("wide.png", "photos/cold"),
                           ("exif-6.jpg", "photos/cold"), ("lossy.webp", "kinds"), ("frames.gif", "kinds"),
                           ("plain.bmp", "kinds"), ("raw.tif", "kinds"), ("cmyk.jpg", "kinds"), ("alpha.png", "kinds")):
            os.makedirs(self.inside(into), exist_ok=True)
            shutil.copy(os.path.join(photos, name), self.inside(into))

    @staticmethod
    def fidelity(folder):
        """Takes the models and pictures that scripts/fidelity makes."""
        run = os.path.join(PROJECT, "scripts", "fidelity", "run")
        subprocess.run(["/usr/bin/python3", run, "--small", "--keep", folder], check=True, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL)


def write_plain(file, content):
    with open(file, "wb") as opened:
        opened.write(content)


def write_gz(file, content):
    write_plain(file, gzip.compress(content, mtime=0))
