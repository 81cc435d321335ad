"""Holds what fmviz says of one export of a network against what PyTorch found."""
import os

import numpy as np

import facts
from facts import TOLERANCE
from fmviz import Failed


class Report:
    """Prints a line for each check, and counts them."""

    def __init__(self):
        self.passed, self.failed = 0, 0

    def check(self, wrong, what):
        """wrong: what is not as it should be, one text each."""
        self.passed, self.failed = self.passed + (not wrong), self.failed + bool(wrong)
        print(("FAILED  " if wrong else "ok      ") + what, flush=True)
        for line in wrong[:5]:
            print(f"        {line}")
        if len(wrong) > 5:
            print(f"        and {len(wrong) - 5} more")

    def attempt(self, what, check):
        """check: gives what is wrong, and what to say."""
        try:
            wrong, said = check()
        except Failed as e:
            wrong, said = [str(e)], ""
        self.check(wrong, f"{what}: {said}" if said else what)


class Export:
    """One ONNX file of a network, beside the network's facts."""

    def __init__(self, jar, found, preserve, scratch):
        self.jar, self.found, self.preserve, self.scratch = jar, found, preserve, scratch
        self.expected, self.folded = found.of_export(preserve)
        # As the file has them: of an AdaptiveAvgPool2d that leaves a map its size, an export makes an AvgPool2d.
        self.said = jar.layers()
        self.types = sorted({layer["type"] for path, layer in self.said.items() if path in self.expected})

    def layers(self):
        return ["--layers", ",".join(self.types)]

    def is_called_folded(self, path):
        return "BatchNorm" in self.said[path].get("note", "")

    def maps(self):
        samples = self.jar.maps(self.types, os.path.join(self.scratch, "maps"))
        wrong, worst, folded = [], 0.0, 0
        for path, maps in self.expected.items():
            for n, sample in enumerate(samples):
                if path not in sample:
                    wrong.append(f"{path} is missing")
                    break
                apart = distance(sample[path].values()[0], maps[n].numpy())
                worst = max(worst, apart)
                if not apart <= TOLERANCE:
                    wrong.append(f"{path}, picture {n + 1}: {apart:.1e} apart")
            if all(path in sample for sample in samples):
                called = self.is_called_folded(path)
                folded += called
                if called != (path in self.folded):
                    wrong.append(f"{path} is {'' if called else 'not '}called folded")
        return wrong, f"{len(self.expected)} maps, at most {worst:.1e} apart, {folded} folded"

    def logits(self, names, labels):
        logits, result = self.jar.logits(os.path.join(self.scratch, "logits.npy"), "--class-names", names)
        expected = self.found.logits.numpy()
        apart, right = distance(logits, expected), int((expected.argmax(1) == labels).sum())
        wrong = [] if apart <= TOLERANCE else [f"{apart:.1e} apart"]
        if (result["correct"], result["total"]) != (right, len(labels)):
            wrong.append(f"{result['correct']} of {result['total']} right, not {right} of {len(labels)}")
        return wrong, f"{len(labels)} pictures, at most {apart:.1e} apart, {right} right"

    def dead(self):
        result = self.jar.run("dead", *self.layers(), "--out", os.path.join(self.scratch, "dead"))
        said = {layer["path"]: layer for layer in result["layers"]}
        wrong, count, close = [], 0, 0
        for path, maps in self.expected.items():
            if path not in said:
                wrong.append(f"{path} is missing")
                continue
            silent = self.found.silent(path, self.preserve)
            channels, near = facts.dead(maps) if silent else facts.constant(maps)
            what = "dead" if silent else "constant"
            others = "constant" if silent else "dead"
            if (set(said[path].get(what) or ()) ^ channels) - near:
                wrong.append(f"{path}, {what}: {said[path].get(what)}, not {sorted(channels)}")
            if said[path].get(others):
                wrong.append(f"{path}, {others}: {said[path][others]}, but it can't be")
            count, close = count + (len(channels) if silent else 0), close + len(near)
        return wrong, f"{count} dead channels in {len(self.expected)} layers, {close} left to rounding"

    def top(self):
        result = self.jar.run("top", *self.layers(), "--count", str(facts.TOP),
                              "--out", os.path.join(self.scratch, "top"))
        said = {layer["path"]: layer["channels"] for layer in result["layers"]}
        wrong, count = [], 0
        for path, maps in self.expected.items():
            if path not in said:
                wrong.append(f"{path} is missing")
                continue
            slack = TOLERANCE * float(maps.abs().max())
            for channel, (responses, best) in enumerate(zip(said[path], facts.top(maps), strict=True)):
                count += len(responses)
                values = [response["value"] for response in responses]
                there = [float(maps[r["index"] - 1, channel, r["row"], r["column"]]) for r in responses]
                if not near(values, best, slack):
                    wrong.append(f"{path}, channel {channel}: {values}, not {best}")
                elif not near(values, there, slack):
                    wrong.append(f"{path}, channel {channel}: {values}, but PyTorch has {there} at these places")
        return wrong, f"{count:,} responses of {len(self.expected)} layers"


def near(some, others, slack):
    """Whether they differ by no more; one that is missing counts as zero."""
    length = max(len(some), len(others))
    apart = [abs(a - b) for a, b in zip(padded(some, length), padded(others, length))]
    return max(apart, default=0) <= slack


def padded(values, length):
    return [*values, *[0.0] * (length - len(values))]


def distance(actual, expected):
    """The largest difference, in the largest value expected."""
    if actual.shape != expected.shape:
        return float("inf")
    largest = float(np.abs(expected).max())
    apart = float(np.abs(actual.astype(np.float64) - expected.astype(np.float64)).max())
    return apart / largest if largest else apart
