"""Compares two folders, each file as what it is."""
import os
from dataclasses import dataclass
from urllib.parse import quote

import arrays
import objects
import pages
import pictures
import texts
from differences import Difference

READERS = {
    ".json": objects.compare_json,
    ".jsonl": objects.compare_lines,
    ".npy": arrays.compare_npy,
    ".npz": arrays.compare_npz,
    ".safetensors": arrays.compare_safetensors,
    ".pth": arrays.compare_state_dict,
    ".pt": arrays.compare_state_dict,
    ".png": pictures.compare,
    ".gif": pictures.compare,
    ".html": pages.compare,
}


@dataclass
class Counts:
    files: int = 0
    pixels: int = 0


def trees(old, new, counts):
    """Yields the differences between all files of two folders."""
    before, after = listed(old), listed(new)
    for name in sorted(before.keys() | after.keys()):
        place = quote(name)
        if name not in after or name not in before:
            yield Difference(place, *("there" if name in side else "missing" for side in (before, after)))
        elif before[name] != after[name]:
            yield Difference(place, before[name], after[name])
        elif before[name] == "file":
            yield from files(os.path.join(old, name), os.path.join(new, name), place, counts)


def listed(folder):
    """Each name below folder: a file, a folder, or where a link points to."""
    found = {}
    for where, folders, names in os.walk(folder):
        for name in folders + names:
            path = os.path.join(where, name)
            kind = f"link to {os.readlink(path)}" if os.path.islink(path) else (
                "folder" if os.path.isdir(path) else "file")
            found[os.path.relpath(path, folder)] = kind
    return found


def files(old, new, place, counts):
    counts.files += 1
    a, b = content(old), content(new)
    compare = READERS.get(os.path.splitext(old)[1], texts.compare_bytes)
    if compare is pictures.compare:
        counts.pixels += pictures.pixels(b)
    if a == b:
        return
    try:
        found = list(compare(a, b, place))
    except Exception as e:
        # A file that is damaged on purpose, or that nothing can read any more.
        found = [Difference(f"{place}:bytes", f"{len(a)} bytes", f"{len(b)} bytes, {type(e).__name__}: {e}")]
    yield from found


def content(file):
    with open(file, "rb") as opened:
        return opened.read()
