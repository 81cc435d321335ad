"""What is measured of networks of a person's own, on photographs: beside PyTorch, and bare ONNX Runtime."""
import os
import shutil
import tempfile
from dataclasses import dataclass

import processes
from processes import Failed
from works import Row, Work, cpu, peak, wall

SCRIPTS = os.path.dirname(os.path.abspath(__file__))
SIDE = 224


@dataclass(frozen=True)
class PhotoSizes:
    """How many photographs each work takes."""

    some: int = 100
    many: int = 500


PHOTO_SMOKE = PhotoSizes(some=2, many=4)


@dataclass(frozen=True)
class PhotoBench:
    fmviz_command: list
    python: str
    threads: int
    sizes: PhotoSizes
    folder: str

    def inside(self, *names):
        return os.path.join(self.folder, *names)

    def new(self, name):
        return os.path.join(tempfile.mkdtemp(prefix=f"{name}-", dir=self.folder), name)

    def jar(self):
        return self.fmviz_command[-1]

    def prepare(self):
        self.reference("make", "--photographs", str(self.sizes.many), "--networks", "resnet18,mobilenet_v2")
        os.mkdir(self.inside("classes"))
        javac = os.path.join(os.path.dirname(self.fmviz_command[0]), "javac")
        processes.run([javac, "-cp", self.jar(), "-d", self.inside("classes"), os.path.join(SCRIPTS, "BareRuns.java")])

    def warm_up(self):
        self.fmviz_visualize("mobilenet_v2", 1)
        self.reference_visualize("mobilenet_v2", 1)

    def fmviz(self, verb, network, *options):
        return processes.run(
            [*self.fmviz_command, verb, "--quiet", "--json", "--model", self.inside(network + ".onnx"),
             "--image", self.inside("photographs"), "--threads", str(self.threads), *options])

    def fmviz_visualize(self, network, samples, kinds="Conv2d,ReLU,MaxPool2d"):
        if network == "mobilenet_v2":
            kinds = "Conv2d,ReLU6"
        out = self.new("fmviz")
        run = self.fmviz("visualize", network, "--samples", str(samples), "--layers", kinds, "--out", out)
        return settled(run, out, samples)

    def fmviz_dead(self, samples):
        return self.fmviz("dead", "resnet18", "--limit", str(samples), "--layers", "ReLU", "--out", self.new("dead"))

    def fmviz_evaluate(self, samples):
        return self.fmviz("evaluate", "resnet18", "--class-names", self.inside("classes.txt"),
                          "--limit-test", str(samples))

    def reference(self, verb, *options):
        return processes.run([self.python, os.path.join(SCRIPTS, "photo_reference.py"), verb,
                              "--folder", self.folder, *options])

    def reference_visualize(self, network, samples):
        out = self.new("reference")
        run = self.reference("visualize", "--network", network, "--samples", str(samples),
                             "--threads", str(self.threads), "--out", out)
        return settled(run, out, samples)

    def reference_dead(self, samples):
        return self.reference("dead", "--network", "resnet18", "--samples", str(samples),
                              "--threads", str(self.threads))

    def bare(self, samples):
        return processes.run(
            [self.fmviz_command[0], "-cp", self.jar() + os.pathsep + self.inside("classes"), "BareRuns",
             self.inside("resnet18.onnx"), self.inside("photographs"), str(samples), str(SIDE), str(self.threads)])


def settled(run, out, samples):
    """Counts what was drawn, and has it go to the disk, and away, before another run begins.

    500 photographs' pictures are gigabytes: unlike those of digits, they can't stay.
    """
    pictures = sum(name.endswith(".png") for _, _, names in os.walk(out) for name in names)
    if pictures < samples:
        raise Failed(f"{pictures} pictures of {samples} photographs in {out}")
    os.sync()
    shutil.rmtree(out)
    return run


def beside(b: PhotoBench):
    s = b.sizes
    return {
        "resnet18-visualize": visualize(b, "resnet18", s.some, 0.10),
        "resnet18-dead": Work(
            lambda: b.fmviz_dead(s.many), lambda: b.reference_dead(s.many),
            rows(f"`dead`, resnet18, {s.many} photographs, all ReLUs", 0.5)),
        "mobilenet-visualize": visualize(b, "mobilenet_v2", 1, 0.4),
        "resnet18-evaluate": Work(
            lambda: b.fmviz_evaluate(s.many), lambda: b.bare(s.many),
            rows(f"`evaluate`, resnet18, {s.many} photographs / decoding and ONNX Runtime's bare runs", 1.15, None)),
        "resnet18-visualize-growth": growth(
            f"`visualize`, resnet18, {s.many} / {s.some} photographs", s, lambda n: b.fmviz_visualize("resnet18", n)),
        "resnet18-dead-growth": growth(f"`dead`, resnet18, {s.many} / {s.some} photographs", s, b.fmviz_dead),
        "resnet18-evaluate-growth": growth(
            f"`evaluate`, resnet18, {s.many} / {s.some} photographs", s, b.fmviz_evaluate),
    }


def visualize(b, network, samples, goal):
    photographs = f"{samples} photograph{'s' if samples > 1 else ''}"
    return Work(lambda: b.fmviz_visualize(network, samples), lambda: b.reference_visualize(network, samples),
                rows(f"`visualize`, {network}, {photographs}, start to end", goal))


def rows(label, goal, memory_goal=1.0):
    return [Row(label, "s", wall, wall, goal), Row(f"{label}: CPU time", "s", cpu, cpu),
            Row(f"{label}: peak memory", "MB", peak, peak, memory_goal)]


def growth(label, sizes, run):
    """What more photographs cost in memory: nothing, but for the garbage of the hour."""
    return Work(lambda: run(sizes.many), lambda: run(sizes.some),
                [Row(f"{label}: peak memory", "MB", peak, peak, 1.05)], runs=1)
