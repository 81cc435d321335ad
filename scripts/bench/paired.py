"""An earlier fmviz and today's: the paired ratios of each row, and whether today's is slower beyond doubt."""
from dataclasses import dataclass
from math import comb
from statistics import median

from table import amount

CONFIDENCE = 0.95
# What a ratio may come to before it counts.
SLACK = 1.03


@dataclass(frozen=True)
class Line:
    """A row's values, pair by pair. The median of their ratios lies from low to high, with that confidence."""

    label: str
    unit: str
    fmviz: list
    other: list
    ratio: float
    low: float
    high: float
    confidence: float
    verdict: str


def line(row, runs, other_runs, judged):
    fmviz = [row.of_fmviz(r) for r in runs]
    other = [row.of_other(r) for r in other_runs]
    ratios = [a / b for a, b in zip(fmviz, other)]
    low, high, confidence = interval(ratios)
    found = "too few pairs" if confidence < CONFIDENCE else verdict(low, high, row.unit)
    return Line(row.label, row.unit, fmviz, other, median(ratios), low, high, confidence, found if judged else "")


def interval(ratios):
    """The k-th smallest and k-th largest, and how often the true median lies between the two.

    The sign test's: each value is below the median as often as above, so the binomial distribution tells,
    whatever the values' own is. k is the largest that is sure enough: of ten, the second (97.9 %).
    """
    ordered, n = sorted(ratios), len(ratios)
    sure = [1 - 2 * sum(comb(n, i) for i in range(k)) / 2 ** n for k in range(1, (n + 1) // 2 + 1)]
    k = max([k for k, c in enumerate(sure, 1) if c >= CONFIDENCE], default=1)
    return ordered[k - 1], ordered[-k], sure[k - 1]


def verdict(low, high, unit):
    worse = "larger" if unit == "MB" else "slower"
    if low > SLACK:
        return f"{worse} beyond doubt"
    return f"not {worse}" if high <= SLACK else "open"


def markdown(lines, other):
    yield f"| work | fmviz | {other} | median of the pairs' ratios | its interval | beside {SLACK:g} |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for l in lines:
        yield (f"| {l.label} | {amount(median(l.fmviz), l.unit)} | {amount(median(l.other), l.unit)} "
               f"| {l.ratio:.3f} | {l.low:.3f} to {l.high:.3f} ({100 * l.confidence:.1f} %) | {l.verdict} |")
