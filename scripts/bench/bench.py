"""What a benchmark works with: the two programs, the data, sizes, and a folder for what they write."""
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from typing import Optional

import mnist
import processes

SCRIPTS = os.path.dirname(os.path.abspath(__file__))
PROJECT = os.path.dirname(os.path.dirname(SCRIPTS))


@dataclass(frozen=True)
class Sizes:
    """How much each work does. Of MNIST, the first images are taken."""

    train: int = 60_000
    test: int = 10_000
    few: int = 20
    some: int = 500
    many: int = 10_000
    many_of_reference: int = 1_000
    helps: int = 10
    jmh: str = "-f 1 -wi 3 -w 1s -i 5 -r 1s"


SMOKE = Sizes(train=1_280, test=320, few=2, some=3, many=8, many_of_reference=4, helps=2,
              jmh="-f 0 -wi 0 -i 1 -r 100ms")


@dataclass(frozen=True)
class Bench:
    fmviz_command: list
    python: Optional[str]
    data: str
    threads: int
    sizes: Sizes
    folder: str

    @staticmethod
    def of(fmviz_command, python, data, threads, sizes, folder):
        """With all of MNIST as it is, or a small copy of its beginning."""
        if (sizes.train, sizes.test) != (Sizes.train, Sizes.test):
            small = os.path.join(folder, "mnist")
            mnist.write_first(data, small, (sizes.train, sizes.test))
            data = small
        return Bench(fmviz_command, python, data, threads, sizes, folder)

    def inside(self, *names):
        return os.path.join(self.folder, *names)

    def new(self, name):
        """A folder that isn't there yet.

        Nothing is removed between runs: for minutes after, ext4 looks long for an inode that was not
        just freed, and who writes many files next would pay for it.
        """
        return os.path.join(tempfile.mkdtemp(prefix=f"{name}-", dir=self.folder), name)

    @staticmethod
    def settled(run):
        """Has what a run wrote go to the disk at once, not while the other runs."""
        os.sync()
        return run

    def fmviz(self, verb, *options, each_line=None, **environment):
        return processes.run(
            [*self.fmviz_command, verb, "--quiet", "--json", "--dataset", "mnist", "--data", self.data,
             "--device", "cpu", "--threads", str(self.threads), *options],
            each_line, **environment)

    def fmviz_train(self, *options, **how):
        return self.settled(
            self.fmviz("train", "--seed", "0", "--model-dir", self.new("model"), *options, **how))

    def fmviz_visualize(self, samples):
        return self.settled(
            self.fmviz("visualize", "--checkpoint", self.inside("net.safetensors"),
                       "--samples", str(samples), "--out", self.new("fmviz")))

    def reference(self, verb, *options):
        return processes.run([self.python, os.path.join(SCRIPTS, "reference.py"), verb, *options])

    def reference_train(self, out, *options):
        return self.reference("train", "--data", self.data, "--threads", str(self.threads),
                              "--out", self.inside(out), *options)

    def reference_visualize(self, samples):
        return self.settled(
            self.reference("visualize", "--data", self.data, "--threads", str(self.threads),
                           "--checkpoint", self.inside("net.pth"), "--samples", str(samples),
                           "--out", self.new("reference")))

    def prepare(self, checkpoint):
        """Puts one trained net in place for both: that of a .pth file, or one that the reference trains."""
        if not self.python:
            self.prepare_alone(checkpoint)
            return
        if checkpoint:
            shutil.copyfile(checkpoint, self.inside("net.pth"))
        else:
            self.reference_train("net.pth")
        self.reference("convert", self.inside("net.pth"), self.inside("net.safetensors"))

    def prepare_alone(self, checkpoint):
        """Without the reference: fmviz reads the .pth file, or trains a net."""
        if not checkpoint:
            self.fmviz("train", "--seed", "0", "--model-dir", self.inside("trained"))
            checkpoint = self.inside("trained", "epoch_0.safetensors")
        processes.run([*self.fmviz_command, "export", "--checkpoint", checkpoint,
                       "--to", self.inside("net.safetensors")])

    def warm_up(self):
        """One run of each that is not counted: files come into memory, DJL unpacks its natives."""
        self.fmviz_visualize(1)
        if self.python:
            self.reference_visualize(1)

    def jmh(self, include, *options):
        """The scores of JMH benchmarks, microseconds for one operation, with this net and data."""
        processes.run(
            ["mvn", "-B", "-ntp", "-q", "-f", os.path.join(PROJECT, "pom.xml"), "-Pbench", "test",
             f"-Dbench.include={include}", f"-Dbench.options={' '.join([self.sizes.jmh, *options])}",
             f"-Dbench.data={self.data}", f"-Dbench.checkpoint={self.inside('net.safetensors')}",
             f"-Dbench.threads={self.threads}"])
        with open(os.path.join(PROJECT, "target/bench/jmh.json")) as file:
            return [result["primaryMetric"]["score"] for result in json.load(file)]
