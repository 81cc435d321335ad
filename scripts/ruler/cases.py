"""What is typed: the cases, a line each in the files of the folder cases.

  *name: step && step        * puts the case into --small
  name-{a|b}: train --x {a|b}

is read so:

- {a|b} makes a case of each; what stands there goes to the name in brackets.
- A step is a command line of fmviz's, in the case's folder, or one of cp, put, ln, mkdir, rm (steps.py).
- NET is the trained network, DATA the images: real ones where --shared is given.
- Each line of the files "results" and "models", with the first of its choices, runs a second time with --json at its
  last step.
"""
import itertools
import os
import re
import shlex
from dataclasses import dataclass
from fnmatch import fnmatchcase

NET = ["--checkpoint", "in/net.safetensors"]
REAL = ["--dataset", "mnist", "--data", "in/mnist"]
SYNTHETIC = ["--dataset", "synthetic"]
# The numbers depend on it; these commands know the option.
THREADS = ["--threads", "2"]
COMPUTING = ("train", "run", "visualize", "evaluate", "dead", "prune", "ablate", "cam", "compare", "top", "filmstrip")
TWICE = ("results", "models")
LINE = re.compile(r"(\*?)([\w.-]+): (.*)")
CHOICE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Case:
    name: str
    steps: tuple

    def __str__(self):
        return f"{self.name}: {' && '.join(shlex.join(step) for step in self.steps)}"


def read(folder, real, small, only):
    found = []
    for file in ("results", "models", "usage", "failures"):
        with open(os.path.join(folder, file)) as lines:
            for line in lines:
                if line.strip() and not line.startswith("#"):
                    found += of_line(line.strip(), real, small, file in TWICE)
    names = [case.name for case in found]
    assert len(set(names)) == len(names), "two cases of one name"
    return [case for case in found if not only or fnmatchcase(case.name, only)]


def of_line(line, real, small, twice):
    star, name, text = LINE.fullmatch(line).groups()
    if small and not star:
        return
    parts = CHOICE.split(text)
    for number, picks in enumerate(itertools.product(*(part.split("|") for part in parts[1::2]))):
        typed = "".join(itertools.chain.from_iterable(itertools.zip_longest(parts[::2], picks, fillvalue="")))
        steps = tuple(step(shlex.split(s), real) for s in typed.split(" && "))
        full = name + "".join(f"[{pick}]" for pick in picks)
        yield Case(full, steps)
        if twice and number == 0:
            yield Case(full + "+json", (*steps[:-1], (*steps[-1], "--json")))


def step(words, real):
    expanded = []
    for word in words:
        expanded += {"NET": NET, "DATA": REAL if real else SYNTHETIC}.get(word, [word])
    if words and words[0] in COMPUTING and "--threads" not in words and "--help" not in words:
        expanded += THREADS
    return tuple(expanded)
