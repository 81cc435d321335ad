"""MNIST's four files, as both programs read them."""
import gzip
import os
import struct

PARTS = ("train", "t10k")
# For each kind of file, the bytes of its header: magic number, count, and for images height and width.
HEADERS = {"images-idx3-ubyte.gz": 16, "labels-idx1-ubyte.gz": 8}


def missing(folder):
    """The files that the folder lacks."""
    names = [f"{part}-{kind}" for part in PARTS for kind in HEADERS]
    return [name for name in names if not os.path.isfile(os.path.join(folder, name))]


def write_first(source, target, counts):
    """Writes the first images and labels of each part, as files of the same names."""
    os.mkdir(target)
    for part, count in zip(PARTS, counts):
        for kind, header in HEADERS.items():
            name = f"{part}-{kind}"
            with gzip.open(os.path.join(source, name)) as file:
                content = file.read()
            magic, total = struct.unpack(">2i", content[:8])
            end = header + (len(content) - header) // total * count
            with gzip.open(os.path.join(target, name), "wb", compresslevel=1) as file:
                file.write(struct.pack(">2i", magic, count) + content[8:end])
