"""What a command found, on a cluster and on one machine: equal, but for what is different there."""
import hashlib
import os

# What is not found out, but where and how long.
ELSEWHERE = {"seconds", "threads", "out", "manifest", "logits"}
CLOSE = 1e-9


class Difference(Exception):
    """Two answers differ; the message says where."""


def same(expected, found, place="the answer"):
    """Raises Difference where two JSON values differ: floats by more than 1e-9, all else at all.

    Returns how many floats there were, and how many of them are equal to the last bit.
    """
    if isinstance(expected, float) and isinstance(found, float):
        if abs(expected - found) > CLOSE * max(1, abs(expected)):
            raise Difference(f"{place}: {expected!r} on one machine, {found!r} on the cluster")
        return 1, int(expected == found)
    if type(expected) is not type(found):
        raise Difference(f"{place}: {expected!r} on one machine, {found!r} on the cluster")
    if isinstance(expected, dict):
        keys = expected.keys() - ELSEWHERE
        if keys != found.keys() - ELSEWHERE:
            raise Difference(f"{place}: fields {sorted(keys ^ (found.keys() - ELSEWHERE))} on one side only")
        return total(same(expected[key], found[key], f"{place}.{key}") for key in keys)
    if isinstance(expected, list):
        if len(expected) != len(found):
            raise Difference(f"{place}: {len(expected)} on one machine, {len(found)} on the cluster")
        return total(same(*pair, f"{place}[{i}]") for i, pair in enumerate(zip(expected, found)))
    if expected != found:
        raise Difference(f"{place}: {expected!r} on one machine, {found!r} on the cluster")
    return 0, 0


def total(counts):
    counts = list(counts)
    return sum(count for count, _ in counts), sum(equal for _, equal in counts)


def pictures(folder):
    """The hashes of a folder's pictures, by name."""
    hashes = {}
    for parent, _, files in os.walk(folder):
        for name in files:
            if name.endswith(".png"):
                with open(os.path.join(parent, name), "rb") as file:
                    hashes[os.path.relpath(file.name, folder)] = hashlib.sha256(file.read()).hexdigest()
    return hashes
