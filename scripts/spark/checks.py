"""The checks: every command on one machine and on the cluster, and with processes killed in the middle."""
import json
import os
import random
import shutil
import signal
import subprocess
import time

import compare
from fmviz import Failed, Fmviz

PATIENCE = 600


class Checks:
    def __init__(self, args, cluster, scratch):
        self.args, self.cluster, self.scratch = args, cluster, scratch
        self.passed = self.failed = 0
        self.expected = {}
        # Of each command's last run that nothing disturbed.
        self.seconds = {}

    # One machine

    def alone(self, name, arguments):
        """What one machine finds, kept under a name."""
        out = self.folder(arguments, "one-" + name)
        found = Fmviz(self.args.single, self.args.java, self.scratch).json(*arguments, *out)
        self.expected[name] = found, compare.pictures(out[1]) if out else {}

    def folder(self, arguments, name):
        if arguments[0] == "evaluate":
            return []
        folder = os.path.join(self.scratch, "out", name)
        shutil.rmtree(folder, ignore_errors=True)
        return ["--out", folder]

    # The cluster

    def together(self, name, arguments, executors, conf=(), disturb=None):
        """Runs a command on the cluster and compares; seconds, from the first executor on.

        disturb: is called while it runs; says what it did.
        """
        out = self.folder(arguments, "cluster-" + name)
        process = self.cluster.submit(self.args.jar, [*arguments, *out, "--json", "--quiet"], executors, conf)
        try:
            while not self.cluster.executors() and process.poll() is None:
                time.sleep(0.05)
            begin = time.time()
            did = disturb(process) if disturb else None
            answer, errors = process.communicate(timeout=PATIENCE)
        except BaseException:
            process.kill()
            raise
        if process.returncode:
            raise Failed(f"exit code {process.returncode}: {said(errors)}")
        found = json.loads(answer)
        expected, pictures = self.expected[name]
        floats, equal = compare.same(expected, found)
        if out and compare.pictures(out[1]) != pictures:
            raise Failed("the pictures differ")
        if out and expected.get("passedOver"):
            with open(os.path.join(out[1], "passed-over.txt")) as file:
                lines = file.read().splitlines()
            if lines != [f"{one['source']}\t{one['reason']}" for one in expected["passedOver"]]:
                raise Failed(f"passed-over.txt holds {lines}")
        return time.time() - begin, f"{floats} floats, {equal} of them to the last bit", did

    def attempt(self, what, action):
        try:
            told = action()
            self.passed += 1
            print(f"ok    {what}{': ' + told if told else ''}", flush=True)
        except (Failed, compare.Difference, subprocess.TimeoutExpired) as e:
            self.failed += 1
            print(f"WRONG {what}: {e}", flush=True)

    def equal(self, name, arguments, executors, conf=()):
        def action():
            seconds, told, _ = self.together(name, arguments, executors, conf)
            self.seconds[name] = seconds
            return f"{told}; {seconds:.1f} s"
        words = f"{executors} executor{'s' * (executors > 1)}" + "".join(
            f", {value} {key.rsplit('.', 1)[1]}" for key, value in dict(conf).items() if "fmviz" in key)
        self.attempt(f"{name}, {words}", action)

    def killed(self, name, arguments, conf, victim, chance, longest):
        """Kills an executor or a worker at some moment of its run."""
        def disturb(process):
            moment = chance.uniform(0.5, longest)
            end = time.time() + moment
            while time.time() < end and process.poll() is None:
                time.sleep(0.02)
            alive = process.poll() is None
            victims = self.cluster.executors() if victim == "executor" else [w.pid for w in self.cluster.workers]
            if alive and victims:
                os.kill(chance.choice(sorted(victims)), signal.SIGKILL)
                return moment
            return None

        def action():
            self.cluster.start(2)
            seconds, told, moment = self.together(name, arguments, 2, conf, disturb)
            if moment is None:
                return "it was over before"
            return f"after {moment:.1f} of {seconds:.1f} s; {told}"
        self.attempt(f"{name}, SIGKILL of a{'n' * (victim == 'executor')} {victim}", action)

    def refused(self, what, arguments, code, line, conf=(), executors=2):
        """What must fail does, in one line."""
        def action():
            self.cluster.start(2)
            process = self.cluster.submit(self.args.jar, [*arguments, "--quiet"], executors, conf)
            _, errors = process.communicate(timeout=PATIENCE)
            lines = [one for one in errors.splitlines() if one.startswith("fmviz: ")]
            if process.returncode != code or len(lines) != 1 or line not in lines[0]:
                raise Failed(f"exit code {process.returncode}: {errors.strip()[-1500:]}")
            return lines[0]
        self.attempt(what, action)


def said(errors):
    """What fmviz says went wrong, without what Spark logs."""
    lines = [line for line in errors.splitlines() if line.startswith("fmviz: ")]
    return "; ".join(lines) or errors.strip()[-2000:]


def moments(seed):
    return random.Random(seed)
