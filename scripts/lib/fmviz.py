"""Runs fmviz's jar and reads its answer, for every script here.

A script finds this module by sys.path.insert(0, os.path.join(PROJECT, "scripts", "lib")).
"""
import json
import os
import subprocess
from dataclasses import dataclass
from typing import Optional

PROJECT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
JAR = os.path.join(PROJECT, "target", "fmviz.jar")


class Failed(Exception):
    """fmviz ended with an error; the message is its own."""


def java():
    """JAVA_HOME's, or the one on the path."""
    home = os.environ.get("JAVA_HOME")
    return os.path.join(home, "bin", "java") if home else "java"


@dataclass(frozen=True)
class Fmviz:
    """fmviz in a jar.

    java: the one that runs it, unless it is java().
    folder: where it is run; None for the script's own.
    """

    jar: str = JAR
    java: Optional[str] = None
    folder: Optional[str] = None

    def command(self, *words):
        return [self.java or java(), "-jar", os.path.abspath(self.jar), *map(str, words)]

    def run(self, *words, text=True, timeout=None):
        """A finished process: its exit code, stdout and stderr, whatever they are."""
        return subprocess.run(self.command(*words), cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True,
                              text=text, timeout=timeout)

    def text(self, *words):
        """What a command prints that must succeed."""
        done = self.run(*words)
        if done.returncode:
            raise Failed(f"{words[0]}: {(done.stderr or done.stdout).strip() or done.returncode}")
        return done.stdout

    def json(self, *words):
        """The JSON object that such a command prints."""
        return json.loads(self.text(*words, "--json", "--quiet"))


def manifest(folder):
    """What a command says of the files that it wrote into a folder."""
    with open(os.path.join(folder, "manifest.json")) as file:
        return json.load(file)


def built(project):
    """The jar that Maven makes of a checkout; raises Failed with what Maven says."""
    done = subprocess.run(["mvn", "-B", "-q", "-DskipTests", "-Dfmviz.jarOnly=true", "package"], cwd=project,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise Failed(f"{done.stdout}\nthe build of {project} failed")
    return os.path.join(project, "target", "fmviz.jar")
