"""What is measured: each work as fmviz does it and as it is compared, and the rows it fills."""
import re
from dataclasses import dataclass, replace
from typing import Callable, Optional

import processes
from bench import Bench
from processes import ConvolutionTime, Run


@dataclass(frozen=True)
class Row:
    """One line of the table: what is read from a run of fmviz and of the other, in unit.

    goal: the ratio to reach; absolute: the value that fmviz is to reach, where nothing compares.
    """

    label: str
    unit: str
    of_fmviz: Callable[[Run], float]
    of_other: Optional[Callable[[Run], float]] = None
    goal: Optional[float] = None
    absolute: Optional[float] = None


@dataclass(frozen=True)
class Work:
    fmviz: Callable[[], Run]
    other: Optional[Callable[[], Run]]
    rows: list
    runs: Optional[int] = None


def wall(run):
    return run.wall


def cpu(run):
    return run.cpu


def peak(run):
    return run.peak


def epoch_seconds(run):
    return run.report["epochs"][0]["seconds"]


def side_by_side(b: Bench):
    """fmviz and the reference."""
    s = b.sizes
    epoch = f"one training epoch, MNIST's first {s.train:,} images"
    test = f"the test pass over {s.test:,} images, batches of 32"
    per_sample = f"`visualize --samples {s.many}`, per sample"
    return {
        "train": Work(
            b.fmviz_train,
            lambda: b.reference_train("trained.pth"),
            [
                Row(f"{epoch}, as each reports it", "s", epoch_seconds, lambda r: r.report["train"], 0.65),
                Row(f"{test}, after it", "s", lambda r: r.report["epochs"][0]["testSeconds"],
                    lambda r: r.report["test"], 0.5),
                Row("training and test pass, whole process", "s", wall, wall),
                Row("training and test pass, CPU time", "s", cpu, cpu),
                Row("peak memory, training", "MB", peak, peak, 0.9),
            ]),
        # The reference tests only after it trained: here after one batch.
        "evaluate": Work(
            lambda: b.fmviz("evaluate", "--checkpoint", b.inside("net.safetensors")),
            lambda: b.reference_train("trained.pth", "--batches", "1"),
            [Row(f"{test}, in a fresh process (`evaluate`)", "s",
                 lambda r: r.report["seconds"], lambda r: r.report["test"], 0.5)]),
        "visualize-20": visualize(b, s.few, 0.5, 1.0),
        "visualize-500": visualize(b, s.some, 0.10, None),
        "visualize-10000": Work(
            lambda: b.fmviz_visualize(s.many),
            lambda: b.reference_visualize(s.many_of_reference),
            [
                # Against fmviz on purpose: its start counts, the reference's does not.
                Row(f"{per_sample}: whole process / {s.many}; reference: its loop / {s.many_of_reference}",
                    "ms", lambda r: 1000 * r.wall / s.many,
                    lambda r: 1000 * r.report["visualize"] / s.many_of_reference, 0.04),
                Row(f"{per_sample}, CPU time", "ms", lambda r: 1000 * r.cpu / s.many,
                    lambda r: 1000 * r.cpu / s.many_of_reference),
                Row(f"peak memory, visualizing {s.many} (reference: {s.many_of_reference})", "MB",
                    peak, peak, 1.0),
            ]),
        "help": help_of(b, b.fmviz_command),
    }


def against_earlier(b: Bench, earlier: Bench):
    """fmviz and an earlier jar of it: what is measured beside the reference, but of both."""
    def row(r):
        label = re.sub(r"; reference: .*| \(reference: .*", "", r.label)
        return replace(r, label=label, of_other=r.of_fmviz, goal=None, absolute=None)

    before = side_by_side(earlier)
    return {name: replace(work, other=before[name].fmviz, rows=[row(r) for r in work.rows])
            for name, work in side_by_side(b).items()}


def help_of(b, command):
    how = "java -jar" if "-jar" in command else "scripts/fmviz"
    return Work(lambda: processes.run([*command, "--help"]), None,
                [Row(f"`fmviz --help` by `{how}`", "s", wall, absolute=0.25)], b.sizes.helps)


def visualize(b, samples, goal, memory_goal):
    label = f"`visualize --samples {samples}`"
    return Work(
        lambda: b.fmviz_visualize(samples),
        lambda: b.reference_visualize(samples),
        [
            Row(f"{label}, whole process", "s", wall, wall, goal),
            Row(f"{label}, CPU time", "s", cpu, cpu),
            Row(f"peak memory, visualizing {samples}", "MB", peak, peak, memory_goal),
        ])


def against_the_limit(b: Bench):
    """fmviz and the bare cost of what it can't do without; and how its cost grows."""
    s = b.sizes
    tenth = max(1, s.many // 10)
    return {
        # One image is tested with: fmviz tests after each epoch, and the sum is to hold training only.
        "epoch": Work(
            lambda: b.fmviz_train("--limit-test", "1"), lambda: convolutions(b),
            [Row("training epoch / its convolutions in oneDNN", "s", epoch_seconds,
                 lambda r: r.report["convolutions"], 1.3)]),
        "visualize": Work(
            lambda: b.fmviz_visualize(s.many), lambda: bare_pictures(b, s.many),
            [
                Row(f"`visualize --samples {s.many}`, as it reports it / forward passes + deflate on "
                    f"{b.threads} threads", "s", lambda r: r.report["seconds"], bare_seconds, 1.5),
                Row("the same, whole process", "s", wall, bare_seconds, 1.5),
                Row("of the bare cost: forward passes alone", "s", lambda r: r.report["seconds"],
                    lambda r: r.report["forward"]),
                Row(f"of the bare cost: deflate on {b.threads} threads alone", "s",
                    lambda r: r.report["seconds"], lambda r: r.report["deflate"]),
            ]),
        "growth": Work(
            lambda: b.fmviz_visualize(s.many), lambda: b.fmviz_visualize(tenth),
            [
                Row(f"per sample, {s.many} / {tenth} samples", "ms", milliseconds_per_sample,
                    milliseconds_per_sample),
                Row(f"peak memory, {s.many} / {tenth} samples", "MB", peak, peak),
            ]),
        "growth-epochs": Work(
            lambda: few_batches(b, 3), lambda: few_batches(b, 1),
            [
                Row("the last epoch, 3 epochs / 1 epoch of at most 100 batches", "s",
                    lambda r: r.report["epochs"][-1]["seconds"], epoch_seconds),
                Row("peak memory, 3 epochs / 1 epoch of at most 100 batches", "MB", peak, peak),
            ]),
    }


def milliseconds_per_sample(run):
    return 1000 * run.report["seconds"] / run.report["samples"]


def few_batches(b, epochs):
    return b.fmviz_train("--epochs", str(epochs), "--limit-train", "6400", "--limit-test", "100")


def convolutions(b):
    time = ConvolutionTime()
    run = b.fmviz_train("--limit-test", "1", each_line=time, ONEDNN_VERBOSE="1")
    if not time.count:
        raise processes.Failed("oneDNN reported no convolution under ONEDNN_VERBOSE=1")
    run.report["convolutions"] = time.seconds
    return run


def bare_pictures(b, samples):
    forward, = b.jmh("ListenerBenchmark.forward", "-p", "listeners=none")
    deflate, = b.jmh("PngBenchmark.deflate", "-t", str(b.threads))
    # Each thread's own time for one sample; together they do as many samples as there are threads.
    deflate /= b.threads
    return Run(0, 0, 0, {"forward": samples * forward / 1e6, "deflate": samples * deflate / 1e6})


def bare_seconds(run):
    return run.report["forward"] + run.report["deflate"]
