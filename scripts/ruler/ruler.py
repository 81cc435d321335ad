"""Runs each case with both jars and compares what they left."""
import hashlib
import os
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import compare
import steps


@dataclass
class Result:
    """What the comparison of one case came to."""

    case: str
    differences: list
    counts: compare.Counts = field(default_factory=compare.Counts)


@dataclass(frozen=True)
class Ruler:
    """kept: the folder for what the old jar did, inputs and all; another jar has another one."""

    old: str
    new: str
    inputs: str
    kept: str
    fresh: bool

    def results(self, cases, jobs):
        with ThreadPoolExecutor(jobs) as pool:
            yield from pool.map(self.result, cases)

    def result(self, case):
        before = self.of_old(case)
        with tempfile.TemporaryDirectory(prefix="fmviz-ruler-") as folder:
            steps.run(case, self.new, self.inputs, folder)
            counts = compare.Counts()
            return Result(case.name, list(compare.trees(before, folder, counts)), counts)

    def of_old(self, case):
        # The inputs' name tells what they are, so other inputs have runs of their own.
        told = f"{os.path.basename(self.inputs)} {case}"
        folder = os.path.join(self.kept, "runs", hashlib.sha256(told.encode()).hexdigest()[:16])
        if self.fresh or not os.path.isdir(folder):
            shutil.rmtree(folder, ignore_errors=True)
            shutil.rmtree(folder + ".new", ignore_errors=True)
            steps.run(case, self.old, self.inputs, folder + ".new")
            os.rename(folder + ".new", folder)
        return folder
