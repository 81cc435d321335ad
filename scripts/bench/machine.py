"""What the numbers were measured on and with."""
import os
import platform
import re
import subprocess
import time

TORCH_VERSIONS = """
import platform, numpy, torch, torchvision
print(f'Python {platform.python_version()}, torch {torch.__version__}, torchvision {torchvision.__version__}')
"""


def facts(bench, reference, launched_as):
    found = {
        "date": time.strftime("%Y-%m-%d %H:%M %Z"),
        "command": launched_as,
        "cpu": cpu_model(),
        "cores": os.cpu_count(),
        "vector units": vector_units(),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1e9:.0f} GB",
        "system": f"{platform.system()} {platform.release()}, {libc()}",
        "load average at the start": " ".join(f"{load:.2f}" for load in os.getloadavg()),
        "threads": bench.threads,
        "fmviz": ", ".join(output([*bench.fmviz_command, "--version"]).splitlines()),
        "commit": commit(),
        "java": java_version(bench.fmviz_command),
        "reference": reference,
    }
    return {key: value for key, value in found.items() if value}


def output(command, **options):
    """What a command prints; empty if it fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    return done.stdout.strip() if done.returncode == 0 else ""


def java_version(command):
    java = command[0] if command[1:] else "java"
    lines = output([java, "-version"]).splitlines()
    return lines[1] if len(lines) > 1 else ""


def commit():
    here = os.path.dirname(os.path.abspath(__file__))
    try:
        return output(["git", "describe", "--always", "--dirty"], cwd=here)
    except FileNotFoundError:
        return ""


def proc(file):
    try:
        with open(os.path.join("/proc", file)) as opened:
            return opened.read()
    except OSError:
        return ""


def cpu_model():
    model = re.search(r"^model name\s*:\s*(.*)$", proc("cpuinfo"), re.M)
    return model[1] if model else platform.processor() or platform.machine()


def vector_units():
    flags = set(proc("cpuinfo").split())
    return ", ".join(f for f in ("avx2", "avx512f", "avx512_vnni", "amx_tile", "asimd") if f in flags)


def libc():
    return " ".join(platform.libc_ver()).strip() or "libc unknown"


def markdown(found):
    for key, value in found.items():
        yield f"- {key}: {value}"
