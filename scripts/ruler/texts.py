"""Compares texts line by line, and the numbers in a line as numbers."""
import re
from difflib import SequenceMatcher

import masks
from differences import Difference, of_numbers

NUMBER = re.compile(r"(?<![\w.])[+-]?\d[\d,]*(?:\.\d+)?(?:[eE][+-]?\d+)?(?!\w)")


def compare_bytes(old, new, place):
    yield from compare(masks.text(old.decode()), masks.text(new.decode()), place)


def compare(old, new, place):
    a, b = old.split("\n"), new.split("\n")
    for kind, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "replace" and a1 - a0 == b1 - b0:
            for i in range(a1 - a0):
                yield from lines(a[a0 + i], b[b0 + i], f"{place}:{a0 + i + 1}")
        elif kind != "equal":
            yield Difference(f"{place}:{a0 + 1}", "\n".join(a[a0:a1]), "\n".join(b[b0:b1]))


def lines(old, new, place):
    before, after = NUMBER.findall(old), NUMBER.findall(new)
    if NUMBER.sub("#", old) != NUMBER.sub("#", new):
        yield Difference(place, old, new)
        return
    for i, (a, b) in enumerate(zip(before, after)):
        if a != b:
            yield of_numbers(f"{place}#{i + 1}", float(a.replace(",", "")), float(b.replace(",", "")))
