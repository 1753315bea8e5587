"""A printed ratio, its interval and its P value held against the counts of both arms, by every two-sample method."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from trialstats.catalogue import Catalogue
from trialstats.catalogue.words import method_words
from trialstats.explanations import TwoArmCounts
from trialstats.reported import Reported
from trialstats.search.limits import MOST_OF_ONE_TEST, MOST_TABLES
from trialstats.search.printed import PrintedInterval
from trialstats.search.ratios.polygon import critical
from trialstats.search.ratios.two_arm import intervals_of
from trialstats.values import FrozenDict, Kept
from trialstats.wording import joined, p_range

_PLAIN = ("nearest", "half-up", "half-even")
_OVER_ALL_TABLES = ("barnard", "boschloo")
_EXACT = ("fisher", "fisher-central", "fisher-mid-p", "fisher-blaker")
_SHOWN = {"risk-ratio": "katz", "odds-ratio": "woolf"}
"""The method that is shown where none prints the interval."""
_ADDED = {
    "peto": "Peto's method",
    "half-added": "Wald's method with 0.5 added to each cell",
    "wald": "the Wald test of the ratio's log",
}
"""Ways that are not in the menu of methods, in words."""
_WORDS = {"risk-ratio": "risk ratio", "odds-ratio": "odds ratio", "hazard-ratio": "hazard ratio"}


@dataclass(frozen=True)
class AgainstCounts(Kept):
    """What the counts of both arms say of a printed ratio, its interval and its P value.

    Examples
    --------
    >>> import trialstats as ts
    >>> held = ts.explain_ratio("0.55", ("0.41", "0.72"), measure="risk-ratio", counts=(74, 295, 54, 118)).counts
    >>> held.agrees, round(held.estimate, 3), held.methods
    (True, 0.548, ('katz',))
    """

    printed: PrintedInterval
    measure: str
    data: TwoArmCounts
    """Events and patients as they were given."""
    level: float
    p: Reported | None
    sided: int | None
    catalogue: Catalogue

    # ---- the ratio ---------------------------------------------------------------------------------------------------
    @cached_property
    def turned(self) -> bool:
        """Whether the printed ratio is that of the second arm over the first."""
        number = self.printed.estimate
        if number is None or number.is_missing or self.measure == "hazard-ratio":
            return False
        forward, back = (_crude(self.measure, one) for one in (self.data, _turned(self.data)))
        return not self._admits(number, forward) and self._admits(number, back)

    @cached_property
    def counts(self) -> TwoArmCounts:
        """Events and patients, those of the arm that the printed ratio puts first in front."""
        return _turned(self.data) if self.turned else self.data

    @cached_property
    def estimate(self) -> float | None:
        """The ratio of the counts; of a hazard ratio the risk ratio. None where it has no value."""
        return _crude("risk-ratio" if self.measure == "hazard-ratio" else self.measure, self.counts)

    @cached_property
    def intervals(self) -> Mapping[str, tuple[float, float, float]]:
        """Estimate and bounds by every method for such a ratio."""
        found: dict[str, tuple[float, float, float]] = {}
        if self.measure != "hazard-ratio":
            for method, *values in intervals_of(self.measure, self.counts, self.level):
                found.setdefault(method, (values[0], values[1], values[2]))
        return FrozenDict(found)

    @cached_property
    def methods(self) -> tuple[str, ...]:
        """The methods that print the ratio with its interval, cheapest first; none where no interval is printed.

        Those that take another rounding than the plain one only where no other does.
        """
        numbers = (self.printed.estimate, self.printed.lower, self.printed.upper)
        if self.measure == "hazard-ratio" or (numbers[1] is None and numbers[2] is None):
            return ()
        every = intervals_of(self.measure, self.counts, self.level)
        for roundings in (_PLAIN, self.catalogue.names("rounding")):
            found = {
                method: self.catalogue.cost("ratio-method", method)
                for method, *values in every
                if any(_print(numbers, values, rounding) for rounding in roundings)
            }
            if found:
                return tuple(sorted(found, key=lambda one: found[one]))
        added = _added(self.measure, self.counts, self.level)
        return tuple(name for name, values in added if any(_print(numbers, values, rounding) for rounding in _PLAIN))

    def _admits(self, number: Reported, value: float | None) -> bool:
        if value is None:
            return False
        return any(number.range(rounding).admits(value) for rounding in self.catalogue.names("rounding"))

    # ---- its P value -------------------------------------------------------------------------------------------------
    @cached_property
    def p_values(self) -> Mapping[str, float]:
        """The P value by every test of two proportions that these numbers of patients leave time for."""
        return FrozenDict(dict(self._p_values("two-sided")))

    @cached_property
    def tests(self) -> tuple[str, ...]:
        """The tests that print the P value; none where no P value is printed."""
        if self.p is None or self.p.is_missing:
            return ()
        sides = ("less", "greater") if self.sided == 1 else ("two-sided",)
        every = [(name, p) for side in sides for name, p in self._p_values(side)]
        plain = [name for name, p in every if self.p.range().admits(p)]
        found = tuple(dict.fromkeys(plain or [name for name, p in every if self._admits(self.p, p)]))
        wald = () if found or self.sided == 1 else _wald_p(self.measure, self.counts)
        return found or tuple("wald" for p in wald if self.p.range().admits(p))

    def _p_values(self, side: str) -> Iterator[tuple[str, float]]:
        from trialstats.intervals.two_sample import TWO_PROPORTION_TESTS, two_proportion_test

        one = self.counts
        for name in TWO_PROPORTION_TESTS:
            if name.startswith(_OVER_ALL_TABLES) and one.n * one.n2 > MOST_TABLES:
                continue
            if name in _EXACT and one.x + one.x2 > MOST_OF_ONE_TEST:
                continue
            found = two_proportion_test(one.x, one.n, one.x2, one.n2, method=name, alternative=side)
            yield name, float(found)

    # ---- all of it ---------------------------------------------------------------------------------------------------
    @cached_property
    def agrees(self) -> bool | None:
        """Whether the counts print all that is printed; None of a hazard ratio, which needs the times to the event."""
        if self.measure == "hazard-ratio":
            return None
        number = self.printed.estimate
        told = number is None or number.is_missing or self._admits(number, self.estimate) or bool(self.methods)
        return told and self._has_its_interval and (self.p is None or bool(self.tests))

    @property
    def _has_its_interval(self) -> bool:
        return (self.printed.lower is None and self.printed.upper is None) or bool(self.methods)

    @property
    def message(self) -> str:
        """What the counts say, in words."""
        what, shown = _WORDS[self.measure], "no value" if self.estimate is None else f"{self.estimate:.3g}"
        if self.measure == "hazard-ratio":
            odds = _crude("odds-ratio", self.counts)
            beside = "" if odds is None else f" and an odds ratio of {odds:.3g}"
            return f"{self.counts} give a risk ratio of {shown}{beside}; a hazard ratio needs the times to the event."
        turned = ", the arms turned round" if self.turned else ""
        said = [f"{self.counts} give a{'n' if what[0] == 'o' else ''} {what} of {shown}{turned}"]
        number = self.printed.estimate
        if number is not None and not number.is_missing:
            agrees = self._admits(number, self.estimate) or bool(self.methods)
            said.append("as printed" if agrees else f"and {number.text} is printed")
        words = [", ".join(said), self._of_interval(), self._of_p()]
        if not self.agrees:
            words.append("an adjusted or stratified analysis could print another one")
        return "; ".join(filter(None, words)) + "."

    def _of_interval(self) -> str:
        bounds = [one.text for one in (self.printed.lower, self.printed.upper) if one is not None]
        if not bounds:
            return ""
        if self.methods:
            return f"the interval is that of {joined(map(_in_words, self.methods))}"
        method = _SHOWN[self.measure]
        by_it = self.intervals.get(method)
        given = ""
        if by_it is not None and all(map(math.isfinite, by_it[1:])):
            given = f": {method_words(method)} gives {by_it[1]:.3g} to {by_it[2]:.3g}"
        return f"no two-sample method prints its interval ({' to '.join(bounds)}){given}"

    def _of_p(self) -> str:
        if self.p is None or self.p.is_missing:
            return ""
        if self.tests:
            return f"the P value is that of {joined(map(_in_words, self.tests))}"
        fisher = self.p_values.get("fisher", self.p_values["pearson"])
        name = method_words("fisher" if "fisher" in self.p_values else "pearson")
        return f"no test of these counts prints the P value {self.p.text}: {name} gives {p_range((fisher, fisher))}"

    def __str__(self) -> str:
        return self.message


def _in_words(name: str) -> str:
    return _ADDED.get(name) or method_words(name)


def _with_halves(counts: TwoArmCounts) -> tuple[float, float, float, float]:
    """Return events and patients of both arms, 0.5 added to each cell where one is empty."""
    x1, n1, x2, n2 = counts.x, counts.n, counts.x2, counts.n2
    if min(x1, n1 - x1, x2, n2 - x2) > 0:
        return x1, n1, x2, n2
    return x1 + 0.5, n1 + 1, x2 + 0.5, n2 + 1


def _log_ratio(measure: str, counts: TwoArmCounts) -> tuple[float, float] | None:
    """Return the log of a ratio and its standard error, by Katz or Woolf."""
    if measure == "hazard-ratio":
        return None
    a, n, c, m = _with_halves(counts)
    if measure == "risk-ratio":
        return math.log(a * m / (c * n)), math.sqrt(1 / a - 1 / n + 1 / c - 1 / m)
    return math.log(a * (m - c) / (c * (n - a))), math.sqrt(1 / a + 1 / (n - a) + 1 / c + 1 / (m - c))


def _wald_p(measure: str, counts: TwoArmCounts) -> tuple[float, ...]:
    found = _log_ratio(measure, counts)
    return () if found is None or not found[1] else (math.erfc(abs(found[0]) / found[1] / math.sqrt(2)),)


def _added(measure: str, counts: TwoArmCounts, level: float) -> list[tuple[str, list[float]]]:
    """Return estimate and bounds by Peto's method, and with halves added where a cell is empty."""
    found: list[tuple[str, float, float]] = []
    x1, n1, x2, n2 = counts.x, counts.n, counts.x2, counts.n2
    n, events = n1 + n2, x1 + x2
    if measure == "odds-ratio" and 0 < events < n:
        v = n1 * n2 * events * (n - events) / (n * n * (n - 1))
        found.append(("peto", (x1 - n1 * events / n) / v, 1 / math.sqrt(v)))
    corrected = _log_ratio(measure, counts)
    if corrected is not None and min(x1, x2) == 0 < events:
        found.append(("half-added", *corrected))
    z = critical(level)
    return [(name, [math.exp(at + k * z * se) for k in (0, -1, 1)]) for name, at, se in found]


def _print(numbers: tuple[Reported | None, ...], values: list[float], rounding: str) -> bool:
    return all(
        number is None or number.is_missing or number.range(rounding).admits(value)
        for number, value in zip(numbers, values, strict=True)
    )


def _turned(counts: TwoArmCounts) -> TwoArmCounts:
    return replace(counts, x=counts.x2, n=counts.n2, x2=counts.x, n2=counts.n)


def _crude(measure: str, counts: TwoArmCounts) -> float | None:
    x1, n1, x2, n2 = counts.x, counts.n, counts.x2, counts.n2
    above, below = (x1 * n2, x2 * n1) if measure == "risk-ratio" else (x1 * (n2 - x2), x2 * (n1 - x1))
    return above / below if below else None
