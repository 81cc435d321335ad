"""The two jars: of a commit, built once and kept, and of the checkout."""
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile

from fmviz import PROJECT, Failed, built

KEPT = os.path.join(PROJECT, "target", "ruler")

# Before the graph core was built anew.
PINNED = "53d35f7cc00676a47b669a9a1d8d962e929adb00"


def given(jar):
    if not os.path.isfile(jar):
        sys.exit(f"ruler: there is no {jar}")
    return os.path.abspath(jar)


def of_commit(name):
    commit = git("rev-parse", "--verify", "--quiet", name + "^{commit}")
    if not commit:
        sys.exit(f"ruler: this clone does not hold the commit {name}: fetch it, or give --old-jar")
    jar = os.path.join(KEPT, commit + ".jar")
    if not os.path.isfile(jar):
        print(f"ruler: building the jar of {commit[:8]}", file=sys.stderr)
        os.makedirs(KEPT, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="fmviz-ruler-") as folder:
            # The files alone, not a work tree that git would have to be told of and forget again.
            archive = subprocess.run(["git", "archive", commit], cwd=PROJECT, stdout=subprocess.PIPE, check=True)
            subprocess.run(["tar", "-x", "-C", folder], input=archive.stdout, check=True)
            shutil.move(build(folder), jar + ".new")
        os.rename(jar + ".new", jar)
    return jar


def of_checkout():
    print("ruler: building the jar of this checkout", file=sys.stderr)
    return build(PROJECT)


def build(project):
    try:
        return built(project)
    except Failed as e:
        sys.exit(f"ruler: {e}")


def git(*command):
    return subprocess.run(["git", *command], cwd=PROJECT, stdout=subprocess.PIPE, text=True).stdout.strip()


def digest(file):
    with open(file, "rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
