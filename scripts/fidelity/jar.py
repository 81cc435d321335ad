"""Runs the packaged jar and reads what it wrote."""
import json
import os
import subprocess
from collections import Counter
from dataclasses import dataclass

import numpy as np


class Failed(Exception):
    """fmviz ended with an error; the message is its own."""


@dataclass(frozen=True)
class Jar:
    """fmviz on one model and some pictures: files, or a folder with one for each class.

    count: how many there are, where that is more than visualize takes unless told.
    """

    file: str
    model: str
    pictures: list
    options: tuple = ()
    count: int = 20

    def run(self, verb, *options):
        """The JSON object that a command prints."""
        command = ["java", "-jar", self.file, verb, "--model", self.model, *self.options, *options,
                   "--json", "--quiet"]
        if self.pictures:
            command += ["--image", *self.pictures]
        return self.answer(command)

    @staticmethod
    def answer(command):
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode:
            raise Failed(f"{command[3]}: {(done.stderr or done.stdout).strip() or done.returncode}")
        return json.loads(done.stdout)

    def layers(self):
        """What summary says of each layer, by path."""
        command = ["java", "-jar", self.file, "summary", "--model", self.model, "--json", "--quiet"]
        return {layer["path"]: layer for layer in self.answer(command)["layers"]}

    def maps(self, types, out):
        """Layers' maps as visualize writes them: for each picture, in order, a Shown by path.

        types: of these only; None for all.
        """
        layers = ["--layers", ",".join(types)] if types else []
        self.run("visualize", *layers, "--samples", str(self.count), "--format", "npy", "--out", out)
        with open(os.path.join(out, "manifest.json")) as file:
            manifest = json.load(file)
        return [{entry["path"]: Shown(out, entry) for entry in unique(sample["pictures"])}
                for sample in manifest["details"]]

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
