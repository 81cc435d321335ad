#!/usr/bin/python3
"""
Counts, for each condition, the pictures that fmviz reads as the digits are read from the IDX files.

  score.py JAR CHECKPOINT MNIST PICTURES [--told] [CONDITION...]

PICTURES is make.py's folder. With --told, each folder's polarity is told by --invert, for a fmviz
that doesn't find it.
"""
import os, re, sys, tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "lib"))
from fmviz import Fmviz, manifest

LIGHT = ("light-on-dark", "blackboard", "white-on-glass")
LINE = re.compile(r"([^/\n]+)/(\d{5})-\d\.(?:png|jpg): predicted (\d)")


def fmviz(jar, checkpoint, out, *options):
    return Fmviz(jar).text("visualize", "--checkpoint", checkpoint, "--layers", "ReLU_3", "--out", out, *options)


def main(jar, checkpoint, mnist, pictures, *options):
    told = "--told" in options
    folders = sorted([o for o in options if o != "--told"] or os.listdir(pictures))
    names = {f: os.listdir(os.path.join(pictures, f)) for f in folders}
    indices = sorted({int(n[:5]) for f in folders for n in names[f]})
    with tempfile.TemporaryDirectory() as out:
        fmviz(jar, checkpoint, out, "--data", mnist, "--indices",
              ",".join(str(i + 1) for i in indices))
        truth = {d["index"] - 1: d["predicted"] for d in manifest(out)["details"]}
    text = ""
    for invert in ([], ["--invert"]) if told else ([],):
        some = [f for f in folders if not told or (f in LIGHT) != bool(invert)]
        if some:
            with tempfile.TemporaryDirectory() as out:
                text += fmviz(jar, checkpoint, out, *invert, "--samples",
                              str(sum(len(names[f]) for f in some)), "--image",
                              *[os.path.join(pictures, f) for f in some])
    right = dict.fromkeys(folders, 0)
    for folder, index, predicted in LINE.findall(text):
        right[folder] += truth[int(index)] == int(predicted)
    for folder in folders:
        print("%-32s %3d of %3d" % (folder, right[folder], len(names[folder])))


if __name__ == "__main__":
    main(*sys.argv[1:])
