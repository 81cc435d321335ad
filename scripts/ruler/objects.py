"""Compares JSON: the order of keys does not matter, all else does."""
import json

import masks
from differences import Difference, of_numbers

NOTHING = "nothing"


def compare_json(old, new, place):
    yield from values(masks.json(json.loads(old)), masks.json(json.loads(new)), f"{place}:$")


def compare_lines(old, new, place):
    a, b = ([masks.json(json.loads(line)) for line in text.splitlines()] for text in (old, new))
    yield from values(a, b, f"{place}:$")


def values(old, new, place):
    if type(old) is not type(new):
        yield Difference(place, old, new)
    elif isinstance(old, dict):
        for key in dict.fromkeys([*old, *new]):
            yield from values(old.get(key, NOTHING), new.get(key, NOTHING), f"{place}.{key}")
    elif isinstance(old, list):
        if len(old) != len(new):
            yield Difference(f"{place}.length", len(old), len(new))
        for i, (a, b) in enumerate(zip(old, new)):
            yield from values(a, b, f"{place}[{i}]")
    elif old != new:
        number = isinstance(old, (int, float)) and not isinstance(old, bool)
        yield of_numbers(place, old, new) if number else Difference(place, old, new)
