"""How long a cluster takes beside ONNX Runtime alone and beside one machine, and how much memory its driver needs."""
import glob
import json
import os
import shutil
import statistics
import subprocess
import sys
import time

import made
from cluster import Cluster, on_core
from fmviz import Fmviz

ROUNDS = 3
SIDE = 224


class Measured:
    def __init__(self, args, cluster, work, scratch, count):
        self.args, self.cluster, self.work, self.scratch, self.count = args, cluster, work, scratch, count
        self.photos = os.path.join(work, f"photographs-{count}")
        made.photographs(self.photos, count, 320, 240)
        # The bare runs don't pass over what is broken.
        made.mend(self.photos)
        self.model = os.path.join(work, "resnet18.onnx")
        self.names = made.network(self.model, "resnet18", SIDE)
        self.classes = os.path.join(scratch, "classes")
        subprocess.run(["javac", "-cp", args.single, "-d", self.classes,
                        os.path.join(made.PROJECT, "scripts", "bench", "BareRuns.java")], check=True)

    def bare(self, processes):
        """Seconds of so many processes of a thread each that share the photographs, the slowest's."""
        each = self.count // processes
        command = [self.args.java, "-cp", f"{self.args.single}{os.pathsep}{self.classes}", "BareRuns", self.model,
                   self.photos, str(each), str(SIDE), "1"]
        started = [subprocess.Popen([*on_core(i, self.args.pinned), *command], stdout=subprocess.PIPE,
                                    stderr=subprocess.DEVNULL, text=True) for i in range(processes)]
        return max(json.loads(process.communicate()[0])["seconds"] for process in started)

    def single(self):
        """Seconds of one machine on two threads, from the start of its network on."""
        return Fmviz(self.args.single, self.args.java).json(*self.evaluate(), "--threads", "2")["seconds"]

    def evaluate(self):
        return ["evaluate", "--model", self.model, "--image", self.photos, "--class-names", self.names]

    def spark(self, executors):
        """Seconds from the first task's start to the last one's end, as Spark wrote them down."""
        events = os.path.join(self.scratch, "events")
        shutil.rmtree(events, ignore_errors=True)
        os.makedirs(events)
        conf = {"spark.eventLog.enabled": "true", "spark.eventLog.dir": f"file://{events}",
                "spark.eventLog.compress": "false", "spark.eventLog.rolling.enabled": "false"}
        process = self.cluster.submit(self.args.jar, [*self.evaluate(), "--json", "--quiet"], executors, conf)
        _, errors = process.communicate()
        if process.returncode:
            sys.exit(errors)
        times = []
        for name in glob.glob(os.path.join(events, "*")):
            with open(name) as file:
                for event in map(json.loads, file):
                    if event["Event"] == "SparkListenerTaskEnd":
                        times.append((event["Task Info"]["Launch Time"], event["Task Info"]["Finish Time"]))
        return (max(end for _, end in times) - min(start for start, _ in times)) / 1000

    def heap(self, folder):
        """MB that live in the driver's heap while a job runs, and the seconds until it has executors."""
        command = ["ablate", "--samples", "8", "--layers", "ReLU_1,ReLU_2", "--model", self.model, "--image", folder,
                   "--class-names", self.names, "--quiet", "--json", "--out", os.path.join(self.scratch, "heap")]
        begin = time.time()
        process = self.cluster.submit(self.args.jar, [*command, "--force"], 2)
        while not self.cluster.executors() and process.poll() is None:
            time.sleep(0.1)
        started = time.time() - begin
        time.sleep(3)
        live = None
        while process.poll() is None:
            found = subprocess.run(["jcmd", str(process.pid), "GC.class_histogram"], capture_output=True, text=True)
            total = [line for line in found.stdout.splitlines() if line.startswith("Total")]
            live = max(live or 0, int(total[0].split()[2]) / 2**20) if total else live
            time.sleep(2)
        process.communicate()
        return live, started


def all(args, work):
    scratch = os.path.join(work, "measure")
    shutil.rmtree(scratch, ignore_errors=True)
    os.makedirs(scratch)
    cluster = Cluster(args.home, scratch, args.java, pinned=args.pinned)
    try:
        cluster.start(2)
        measured = Measured(args, cluster, work, scratch, args.count)
        speed(measured)
        memory(measured, work)
    finally:
        cluster.close()


def speed(measured):
    rows = {"bare, one process": lambda: measured.bare(1), "bare, two": lambda: measured.bare(2),
            "one executor": lambda: measured.spark(1), "two": lambda: measured.spark(2),
            "one machine, two threads": measured.single}
    seconds = {name: [] for name in rows}
    for _ in range(ROUNDS):
        for name, run in rows.items():
            seconds[name].append(run())
            print(f"{name}: {seconds[name][-1]:.1f} s", flush=True)

    def median(of, to):
        return statistics.median(a / b for a, b in zip(seconds[of], seconds[to]))
    bare, spark = median("bare, one process", "bare, two"), median("one executor", "two")
    print(f"{measured.count} photographs, medians of {ROUNDS} rounds in turn: two bare processes gain {bare:.2f},"
          f" two executors {spark:.2f}, {spark / bare:.2f} of that; two executors take"
          f" {median('two', 'one machine, two threads'):.2f} of one machine's time")


def memory(measured, work):
    many = os.path.join(work, "photographs-100000")
    made.links(many, measured.photos, 100_000)
    few = measured.heap(measured.photos)
    hundred = measured.heap(many)
    print(f"driver's heap: {few[0]:.1f} MB with {measured.count} pictures, {hundred[0]:.1f} MB with 100,000;"
          f" executors begin after {few[1]:.1f} and {hundred[1]:.1f} s")
