"""Does the steps of one case in a folder, and writes down what came of each."""
import os
import shutil

from fmviz import Fmviz

SECONDS = 600


def run(case, jar, inputs, folder):
    """Leaves in folder: 1.exit, 1.out, 1.err and so on for the steps, and tree, where they were done."""
    tree = os.path.join(folder, "tree")
    os.makedirs(tree)
    os.symlink(inputs, os.path.join(tree, "in"))
    fmviz = Fmviz(jar, folder=tree)
    count = 0
    for words in case.steps:
        if words and words[0] in PREPARING:
            PREPARING[words[0]](*(os.path.join(tree, word) if i in PATHS[words[0]] else word
                                  for i, word in enumerate(words[1:])))
            continue
        count += 1
        done = fmviz.run(*words, text=False, timeout=SECONDS)
        # --json promises one object there and nothing else.
        form = "json" if "--json" in words and done.stdout else "txt"
        here = os.path.realpath(tree).encode()
        write(folder, f"{count}.exit.txt", str(done.returncode).encode())
        write(folder, f"{count}.out.{form}", done.stdout.replace(here, b"HERE"))
        write(folder, f"{count}.err.txt", spoken(done.stderr, words).replace(here, b"HERE"))
    os.unlink(os.path.join(tree, "in"))


def spoken(text, words):
    """What is for people. With --verbose the engine's log and stack traces come too, which may change.

    SLF4J complains now and then of two threads that log at the same moment.
    """
    lines = [line for line in text.splitlines(True) if not line.startswith(b"SLF4J(")]
    return b"".join(line for line in lines if "--verbose" not in words or line.startswith(b"fmviz: "))


def write(folder, name, content):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(content)


def copy(source, target):
    if os.path.isdir(source):
        shutil.copytree(source, target)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copyfile(source, target)


def put(text, file):
    os.makedirs(os.path.dirname(file), exist_ok=True)
    with open(file, "w") as opened:
        opened.write(text)


PREPARING = {"cp": copy, "put": put, "ln": os.symlink, "mkdir": os.makedirs, "rm": os.remove}
# Which of their words are paths in the case's folder.
PATHS = {"cp": (0, 1), "put": (1,), "ln": (1,), "mkdir": (0,), "rm": (0,)}
