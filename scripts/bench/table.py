"""The measured rows: medians, ratios, and the table."""
from dataclasses import asdict, dataclass
from statistics import median
from typing import Optional


@dataclass(frozen=True)
class Line:
    """A row's values, pair by pair, and what they come to. ratio is that of the medians."""

    label: str
    unit: str
    fmviz: list
    other: list
    fmviz_median: float
    other_median: Optional[float]
    ratio: Optional[float]
    ratio_min: Optional[float]
    ratio_max: Optional[float]
    goal: Optional[float]
    absolute: Optional[float]
    met: Optional[bool]


def line(row, runs, other_runs, judged):
    fmviz = [row.of_fmviz(r) for r in runs]
    other = [row.of_other(r) for r in other_runs] if row.of_other else []
    ratios = [a / b for a, b in zip(fmviz, other)]
    ratio = median(fmviz) / median(other) if other else None
    met = None
    if judged and row.goal is not None:
        met = ratio <= row.goal
    elif judged and row.absolute is not None:
        met = median(fmviz) <= row.absolute
    return Line(row.label, row.unit, fmviz, other, median(fmviz), median(other) if other else None, ratio,
                min(ratios, default=None), max(ratios, default=None), row.goal, row.absolute, met)


def amount(value, unit):
    if value is None:
        return "-"
    digits = 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 1 else 3
    return f"{value:.{digits}f} {unit}"


def goal(line):
    if line.goal is not None:
        return f"{line.goal:g}"
    return "-" if line.absolute is None else f"{line.absolute:g} {line.unit}"


def markdown(lines, other):
    yield f"| work | fmviz | {other} | ratio | pairs' ratios | goal | |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for l in lines:
        ratio = "-" if l.ratio is None else f"{l.ratio:.3f}"
        spread = "-" if l.ratio is None else f"{l.ratio_min:.3f} to {l.ratio_max:.3f}"
        verdict = {True: "met", False: "MISSED", None: ""}[l.met]
        yield (f"| {l.label} | {amount(l.fmviz_median, l.unit)} | {amount(l.other_median, l.unit)} | {ratio} "
               f"| {spread} | {goal(l)} | {verdict} |")


def as_json(lines):
    return [asdict(l) for l in lines]
