"""Which two-sample method prints a ratio and its interval from the counts of both arms."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from trialstats.catalogue import Catalogue
from trialstats.explanations import Explanation, TwoArmCounts
from trialstats.intervals.two_sample import (
    ODDS_RATIO_METHODS,
    RISK_RATIO_METHODS,
    odds_ratio_interval,
    risk_ratio_interval,
)
from trialstats.search.limits import MOST_EVENTS
from trialstats.search.printed import PrintedInterval, priced

_EXACT = frozenset({"fisher-exact", "mid-p"})
"""Methods for an odds ratio whose limits run over all tables with the same margins."""


def exact_is_searched(measure: str, counts: TwoArmCounts) -> bool:
    """Return whether exact limits of a ratio of these counts, if it has any, are worked out."""
    return measure != "odds-ratio" or counts.x + counts.x2 <= MOST_EVENTS


@lru_cache(maxsize=256)
def intervals_of(measure: str, counts: TwoArmCounts, level: float) -> tuple[tuple[str, float, float, float], ...]:
    """Return estimate and bounds by every method for a ratio of two counts; exact ones stand beside two estimates."""
    x1, n1, x2, n2 = counts.x, counts.n, counts.x2, counts.n2
    found = []
    methods, interval = {
        "odds-ratio": (ODDS_RATIO_METHODS, odds_ratio_interval),
        "risk-ratio": (RISK_RATIO_METHODS, risk_ratio_interval),
    }[measure]
    for method in methods:
        if method in _EXACT and not exact_is_searched(measure, counts):
            continue
        one = interval(x1, n1, x2, n2, level=level, method=method)
        estimates = [float(one.estimate)]
        if measure == "odds-ratio" and x2 * (n1 - x1) > 0:  # exact limits are printed beside either estimate
            estimates.append(x1 * (n2 - x2) / (x2 * (n1 - x1)))
        found += [(method, estimate, float(one.lower), float(one.upper)) for estimate in dict.fromkeys(estimates)]
    return tuple(found)


def two_arm_explanations(
    printed: PrintedInterval, measure: str, counts: TwoArmCounts, level: float, catalogue: Catalogue
) -> Iterator[Explanation]:
    """Yield the methods and roundings by which the counts print the ratio and its interval, cheapest first.

    None for measures other than ``odds-ratio`` and ``risk-ratio``, which no counts determine.
    """
    if measure not in ("odds-ratio", "risk-ratio"):
        return
    numbers = (printed.estimate, printed.lower, printed.upper)
    found = []
    for method, *values in intervals_of(measure, counts, level):
        for rounding in catalogue.names("rounding"):
            if all(
                number is not None and number.range(rounding).admits(value)
                for number, value in zip(numbers, values, strict=True)
            ):
                parts = ("ratio-method", method), ("rounding", rounding)
                said = {"method": method, "rounding": rounding, "level": level, "allowed": "stated"}
                convention = priced(catalogue, *parts, **said)
                found.append(Explanation(counts, convention, *values))
    yield from sorted(found, key=lambda one: one.cost)
