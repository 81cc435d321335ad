"""Compares pages: the facts in them as JSON, their bytes as bytes, all around them as text."""
import base64
import re

import masks
import objects
import texts
from differences import Difference

ELEMENT = re.compile(r'<script type="([^"]*)" id="([^"]*)">(.*?)</script>\n', re.S)
# Of scripts and styles, which are compared themselves.
HASH = re.compile(r"sha256-[A-Za-z0-9+/=]+")


def compare(old, new, place):
    (before, around), (after, new_around) = parts(old.decode()), parts(new.decode())
    yield from texts.compare(around, new_around, place)
    for name in dict.fromkeys([*before, *after]):
        if name not in before or name not in after:
            yield Difference(f"{place}#{name}", *("there" if name in side else "missing" for side in (before, after)))
        elif name[0] == "application/json":
            yield from objects.compare_json(before[name], after[name], f"{place}#{name[1]}")
        else:
            yield from octets(before[name], after[name], f"{place}#{name[1]}")


def parts(page):
    found = {(kind, name): content for kind, name, content in ELEMENT.findall(page)}
    return found, masks.text(HASH.sub("sha256-#", ELEMENT.sub("", page)))


def octets(old, new, place):
    a, b = base64.b64decode(old), base64.b64decode(new)
    if len(a) != len(b):
        yield Difference(f"{place}.length", len(a), len(b))
    elif a != b:
        differs = [i for i in range(len(a)) if a[i] != b[i]]
        most = max(abs(a[i] - b[i]) for i in differs)
        yield Difference(f"{place}[{differs[0]}]", a[differs[0]], f"{b[differs[0]]}, and so {len(differs):,} of {len(a):,}",
                         float(most), most / 255)
