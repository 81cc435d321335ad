"""What fmviz shows of one model and some pictures."""
import os
from collections import Counter
from dataclasses import dataclass

import numpy as np

from fmviz import Failed, Fmviz, manifest


@dataclass(frozen=True)
class Shows:
    """fmviz on one model and some pictures: files, or a folder with one for each class.

    count: how many there are, where that is more than visualize takes unless told.
    """

    jar: str
    model: str
    pictures: list
    options: tuple = ()
    count: int = 20

    def run(self, verb, *options):
        """The JSON object that a command prints."""
        pictures = ["--image", *self.pictures] if self.pictures else []
        return Fmviz(self.jar).json(verb, "--model", self.model, *self.options, *options, *pictures)

    def layers(self):
        """What summary says of each layer, by path."""
        found = Fmviz(self.jar).json("summary", "--model", self.model)
        return {layer["path"]: layer for layer in found["layers"]}

    def maps(self, types, out):
        """Layers' maps as visualize writes them: for each picture, in order, a Shown by path.

        types: of these only; None for all.
        """
        layers = ["--layers", ",".join(types)] if types else []
        self.run("visualize", *layers, "--samples", str(self.count), "--format", "npy", "--out", out)
        return [{entry["path"]: Shown(out, entry) for entry in unique(sample["pictures"])}
                for sample in manifest(out)["details"]]

    def logits(self, file, *options):
        result = self.run("evaluate", "--logits", file, *options)
        return np.load(file), result


def unique(entries):
    """The entries, if each has a path of its own."""
    twice = [path for path, count in Counter(entry["path"] for entry in entries).items() if count > 1]
    if twice:
        raise Failed(f"visualize: several layers with the path {', '.join(twice)}")
    return entries


@dataclass(frozen=True)
class Shown:
    """One layer's maps of one picture, in a file; entry is what the manifest says of it."""

    folder: str
    entry: dict

    def values(self):
        """(1, channel, height, width)"""
        return np.load(os.path.join(self.folder, self.entry["file"]))
