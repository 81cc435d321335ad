"""A difference, and the list of those that are intended."""
import re
from dataclasses import dataclass
from typing import Optional

TOLERANCE = re.compile(r"any|(abs|rel)<(\d.*)")


@dataclass(frozen=True)
class Difference:
    """What differs at a place; of numbers, how much."""

    place: str
    old: object
    new: object
    absolute: Optional[float] = None
    relative: Optional[float] = None

    def __str__(self):
        size = "" if self.absolute is None else f" (absolute {self.absolute:.3g}, relative {self.relative:.3g})"
        return f"{self.place}: {short(self.old)} -> {short(self.new)}{size}"


def of_numbers(place, old, new):
    absolute = abs(old - new)
    return Difference(place, old, new, absolute, absolute / max(abs(old), abs(new)) if absolute else 0.0)


def short(value):
    text = repr(value)
    return text if len(text) <= 160 else text[:157] + "..."


@dataclass
class Rule:
    """One line of the list: these differences, up to that size, are meant to be."""

    case: re.Pattern
    place: re.Pattern
    kind: Optional[str]
    limit: Optional[float]
    line: str
    used: int = 0

    def covers(self, case, difference):
        if not (self.case.fullmatch(case) and self.place.fullmatch(difference.place)):
            return False
        if not self.kind:
            return True
        size = difference.absolute if self.kind == "abs" else difference.relative
        return size is not None and size < self.limit


@dataclass(frozen=True)
class Intended:
    rules: list

    @staticmethod
    def read(file):
        with open(file) as lines:
            return Intended([rule(line.strip()) for line in lines if line.strip() and not line.startswith("#")])

    def covers(self, case, difference):
        for rule in self.rules:
            if rule.covers(case, difference):
                rule.used += 1
                return True
        return False

    def stale(self):
        return [rule.line for rule in self.rules if not rule.used]


def rule(line):
    parts = line.split(None, 3)
    tolerance = TOLERANCE.fullmatch(parts[2]) if len(parts) == 4 else None
    if not tolerance:
        raise SystemExit(f"ruler: not CASE PLACE TOLERANCE REASON: {line}")
    limit = float(tolerance[2]) if tolerance[1] else None
    return Rule(pattern(parts[0]), pattern(parts[1]), tolerance[1], limit, line)


def pattern(text):
    """* is anything, all else is meant as it is written: places are full of brackets."""
    return re.compile(".*".join(re.escape(part) for part in text.split("*")), re.S)
