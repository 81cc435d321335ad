"""Runs whole processes and says what each took."""
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field

# ru_maxrss is in KiB, on macOS in bytes.
RSS_UNIT = 1 if sys.platform == "darwin" else 1024


class Failed(Exception):
    """A measured program did not do its work."""


@dataclass
class Run:
    """One finished process: wall and CPU seconds, peak memory in MB (10^6 bytes), its own report."""

    wall: float
    cpu: float
    peak: float
    report: dict = field(default_factory=dict)


def run(command, each_line=None, **environment):
    """Runs one process to its end; the last line that is a JSON object, if any, is its report.

    each_line gets every line as it comes, and none is kept then.

    The peak is that of wait4. A child starts with the peak of its parent, so the parent must stay
    smaller than what it measures: this program imports nothing large.
    """
    pipe = subprocess.PIPE
    begin = time.monotonic()
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=pipe, stderr=subprocess.STDOUT,
                             env={**os.environ, **environment}, text=True, errors="replace")
    tail = []
    try:
        for line in child.stdout:
            if each_line:
                each_line(line)
            else:
                tail = tail[-19:] + [line.rstrip()]
        _, status, usage = os.wait4(child.pid, 0)
    except BaseException:
        child.kill()
        child.wait()
        raise
    wall = time.monotonic() - begin
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stdout.close()
    if child.returncode:
        raise Failed(f"exit code {child.returncode} from {' '.join(command)}\n" + "\n".join(tail))
    peak = usage.ru_maxrss * RSS_UNIT / 1e6
    return Run(wall, usage.ru_utime + usage.ru_stime, peak, report(tail))


def report(lines):
    objects = [line for line in lines if line.startswith("{")]
    return json.loads(objects[-1]) if objects else {}


class ConvolutionTime:
    """Adds up what oneDNN reports of its convolutions under ONEDNN_VERBOSE=1, in seconds."""

    def __init__(self):
        self.seconds = 0.0
        self.count = 0

    def __call__(self, line):
        # onednn_verbose,v1,primitive,exec,cpu,convolution,<implementation>,...,<milliseconds>
        parts = line.split(",")
        if parts[0] == "onednn_verbose" and parts[3:4] == ["exec"] and parts[5] == "convolution":
            self.seconds += float(parts[-1]) / 1000
            self.count += 1
