"""Counts and tests behind a P value that compares two percentages."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from trialstats.catalogue import Catalogue, Convention, load_catalogue
from trialstats.explanations import ALLOWED, Block, Explanation, Search, TwoArmCounts
from trialstats.intervals.interval import FloatArray
from trialstats.intervals.two_sample.conditional import TWO_SIDED, conditional_pvalues
from trialstats.intervals.two_sample.hypothesis_tests import p_values_of_arms
from trialstats.intervals.two_sample.tables import TwoArms
from trialstats.reported import Range, Reported, Span, within
from trialstats.search.counts.ranges import Allowed, IntArray, count_limits, expand
from trialstats.search.limits import MOST_EXACT_WORK, MOST_TABLES
from trialstats.search.printed import digit_neighbours, priced, share
from trialstats.search.ratios.polygon import z_range
from trialstats.values import kept

PERCENTAGE_ROUNDINGS = ("nearest", "twice", "truncated", "up")
"""Roundings of the percentages; the others print nothing that these do not."""
CLOSED_FORM = frozenset({"pearson", "pearson-n-1", "pearson-yates", "likelihood-ratio"})
"""Tests that take a fraction of a microsecond a table; the exact ones run over all tables with the same margins."""
_FARTHEST = 37.0
"""The size of z beyond which a P value is less than any float."""
_TOGETHER = 2_000
"""Up to so many tables of two classes it pays to work them out with those of other classes."""

Tables: TypeAlias = tuple[IntArray, IntArray, IntArray, IntArray]
"""Counts and patients of the first arm, then of the second."""
Classes: TypeAlias = tuple[str, str, str]
"""The classes of both n, and the rounding of the percentages."""


@dataclass(frozen=True, eq=False)
class _TableBlock(Block):
    """The tables that print a P value under one convention: some of all, by their places."""

    tables: Tables
    values: FloatArray
    places: NDArray[np.int32]

    @property
    def size(self) -> int:
        return int(self.places.size)

    def item(self, i: int) -> Explanation:
        at = self.places[i]
        x, n, x2, n2 = (int(part[at]) for part in self.tables)
        return Explanation(TwoArmCounts(x, n, x2, n2), self.convention, p=float(self.values[at]))

    def columns(self) -> Mapping[str, NDArray[Any]]:
        columns = (*self.tables, self.values)
        return {name: part[self.places] for name, part in zip(("x", "n", "x2", "n2", "p"), columns, strict=True)}


@dataclass(frozen=True)
class TwoArmSearch(Search):
    """The search for the counts, test and sides behind one P value of two percentages."""

    first: Reported | None
    second: Reported | None
    """The percentages of the two arms; None where only the count is printed."""
    allowed_first: Mapping[str, IntArray]
    allowed_second: Mapping[str, IntArray]
    """Denominators of each arm by class, see ``counts.allow``; *any* is not searched, because some pair among so many
    prints almost any P value."""
    p: Reported
    sided: int | None = None
    """Sides where the text states them; both are tried otherwise."""
    catalogue: Catalogue = load_catalogue()
    counts: tuple[int | None, int | None] = (None, None)
    """Printed counts: beside one, a percentage only bounds a denominator that is not printed with it."""

    def __post_init__(self) -> None:
        for name in ("allowed_first", "allowed_second"):
            object.__setattr__(self, name, Allowed.of(getattr(self, name)))

    # ---- tables, as many as are looked at ----------------------------------------------------------------------------
    @cached_property
    def _roundings(self) -> tuple[str, ...]:
        exact = all(number is None for number in (self.first, self.second))
        return ("nearest",) if exact else PERCENTAGE_ROUNDINGS

    @cached_property
    def _every(self) -> tuple[Classes, ...]:
        return tuple(
            (one, other, rounding)
            for one in self.allowed_first
            for other in self.allowed_second
            if "any" not in (one, other)
            for rounding in self._roundings
        )

    @cached_property
    def _runs(self) -> dict[tuple[int, str, str], tuple[IntArray, IntArray, IntArray]]:
        """The first and last x at each n that print a percentage, by arm, class and rounding."""
        found = {}
        for arm, number, allowed in ((0, self.first, self.allowed_first), (1, self.second, self.allowed_second)):
            for name, n in allowed.items():
                for rounding in self._roundings if name != "any" else ():
                    low, high = self._limits(arm, number, n, rounding)
                    some = low <= high
                    found[arm, name, rounding] = low[some], high[some], n[some]
        return found

    def _limits(self, arm: int, number: Reported | None, n: IntArray, rounding: str) -> tuple[IntArray, IntArray]:
        """Return the smallest and largest x at each n; the first exceeds the second where there is none."""
        x = self.counts[arm]
        low, high = (np.zeros_like(n), n) if number is None else count_limits(number.range(rounding), n)
        return (low, high) if x is None else (np.maximum(low, x), np.minimum(high, x))

    @cached_property
    def _sizes(self) -> dict[Classes, int]:
        """How many tables there are of two classes."""
        counts = {key: int((high - low + 1).sum()) for key, (low, high, _) in self._runs.items()}
        return {key: counts[0, key[0], key[2]] * counts[1, key[1], key[2]] for key in self._every}

    def _affordable(self, prices: Mapping[Classes, int], budget: int) -> frozenset[Classes]:
        """Return the classes that can be looked at within a budget, the cheapest first."""
        kept, spent = set(), 0
        for one in sorted(prices, key=lambda key: prices[key]):
            spent += prices[one]
            if spent > budget:
                break
            kept.add(one)
        return frozenset(kept)

    @cached_property
    def classes(self) -> tuple[Classes, ...]:
        """The classes of both n with the rounding of the percentages, as far as there are not too many tables."""
        kept = self._affordable(self._sizes, MOST_TABLES)
        return tuple(one for one in self._every if one in kept)

    @cached_property
    def _exact(self) -> frozenset[Classes]:
        """The classes of which every table is tested exactly."""
        return self._affordable({key: self._sizes[key] * self._patients(key) for key in self.classes}, MOST_EXACT_WORK)

    def _patients(self, classes: Classes) -> int:
        return int(self.allowed_first[classes[0]].max() + self.allowed_second[classes[1]].max())

    @cached_property
    def _some(self) -> dict[Classes, NDArray[np.intp]]:
        """The tables of other classes whose exact P values may be the printed one, by their places.

        Pearson's z tells: that of an exact test lies within reach of it.
        """
        sides = (self.sided,) if self.sided else (2, 1)
        spans = [z_range(self.p.range(one), sided) for one in self.catalogue.names("rounding") for sided in sides]
        low, high = min(span[0] for span in spans), max(span[1] for span in spans)
        found = {}
        for classes in self.classes:
            if classes not in self._exact:
                z = -ndtri(np.clip(self.p_values(classes, "pearson", 2), 1e-300, 1.0) / 2)
                reach = reach_of_exact(self.tables(classes), z)
                found[classes] = np.flatnonzero((z >= low - reach) & (z <= high + reach))
        work = {key: places.size * self._patients(key) for key, places in found.items()}
        kept = self._affordable(work, MOST_EXACT_WORK)
        return {key: places for key, places in found.items() if key in kept}

    @property
    def not_searched(self) -> tuple[str, ...]:
        """Which denominators were left out, because there are too many tables of them."""
        found: dict[tuple[str, str, str], int] = {}
        for one, other, rounding in self._every:
            key = one, other, rounding
            if key not in self._exact and key not in self._some and self._sizes[key]:
                tests = "exact tests" if key in self.classes else "all tests"
                found[tests, one, other] = max(found.get((tests, one, other), 0), self._sizes[key])
        return tuple(
            f"{tests} at {one if one == other else f'{one} and {other}'} numbers of patients ({size:,} tables)"
            for (tests, one, other), size in found.items()
        )

    @kept
    def tables(self, classes: Classes) -> Tables:
        """Return all (x1, n1, x2, n2) that print both percentages, by the classes of both n and their rounding."""
        one, other, rounding = classes
        return pairs_of(expand(*self._runs[0, one, rounding]), expand(*self._runs[1, other, rounding]))

    # ---- P values ----------------------------------------------------------------------------------------------------
    @cached_property
    def _p_values(self) -> dict[tuple[str, int], dict[Classes, FloatArray]]:
        return {}

    @kept
    def _arms(self, *group: Classes) -> TwoArms:
        """Return the tables of some classes, one after the other, for tests."""
        return _as_arms(*(np.concatenate(parts) for parts in zip(*map(self.tables, group), strict=True)))

    def p_values(self, classes: Classes, test: str, sided: int) -> FloatArray:
        """Return the P value of every table of two classes of n and one rounding, by one test."""
        known = self._p_values.setdefault((test, sided), {})
        if classes not in known and sided == 1 and test in CLOSED_FORM:
            known[classes] = _one_sided(self.p_values(classes, test, 2))
        elif classes not in known:
            group = [classes]
            if known and self._sizes[classes] <= _TOGETHER:
                # The first class asked for often prints the P value; where it does not, all small ones are needed.
                exact = test not in CLOSED_FORM
                group = [one for one in self.classes if one not in known and self._sizes[one] <= _TOGETHER
                         and (one in self._exact or not exact)]  # fmt: skip
            arms = self._arms(*group)
            ends = np.cumsum([self._sizes[one] for one in group])[:-1]
            if test in TWO_SIDED and any(classes in self._p_values.get((other, 2), ()) for other in TWO_SIDED):
                # Whoever asks for a second exact test of a table will ask for the others.
                found = _conditional(arms)
            else:
                found = {(test, sided): _p_values_of(arms, test, sided)}
            for which, values in found.items():
                self._p_values.setdefault(which, {}).update(zip(group, np.split(values, ends), strict=True))
        return known[classes]

    def _searched(self, test: str) -> tuple[Classes, ...]:
        """Return the classes at which a test is worked out."""
        if test in CLOSED_FORM:
            return self.classes
        return tuple(one for one in self.classes if one in self._exact or one in self._some)

    def z_range(self) -> tuple[float, float] | None:
        """Return the range of Pearson's z over all tables, in size: what an unstratified test of them can give."""
        found = [self.p_values(classes, "pearson", 2) for classes in self.classes if self._sizes[classes]]
        if not found:
            return None
        p = np.clip(np.concatenate(found), 1e-300, 1.0)
        z = -ndtri(p / 2)
        return float(z.min()), float(z.max())

    def reach(self) -> tuple[float, float] | None:
        """Return the range of z, in size, over all tables and all two-sided tests, the unpooled z among them."""
        spans = []
        for classes in self.classes:
            if not self._sizes[classes]:
                continue
            names = [name for name in self.catalogue.names("two-arm-test")
                     if name in CLOSED_FORM or classes in self._exact]  # fmt: skip
            for name in names:
                z = -ndtri(np.clip(self.p_values(classes, name, 2), 1e-300, 1.0) / 2)
                spans.append((float(z.min()), float(z.max())))
            z = unpooled_z(self.tables(classes))
            spans.append((float(z.min()), float(z.max())))
        return (min(low for low, _ in spans), max(high for _, high in spans)) if spans else None

    def unpooled(self) -> tuple[float, float] | None:
        """Return the range of the two-sided P value of the z test with a variance for each arm, at the strictest n."""
        for classes in self.classes:
            if self._sizes[classes]:
                p = 2 * ndtr(-unpooled_z(self.tables(classes)))
                return float(p.min()), float(p.max())
        return None

    # ---- explanations ------------------------------------------------------------------------------------------------
    @cached_property
    def combinations(self) -> tuple[tuple[Classes, Convention], ...]:
        """Every pair of classes that is searched with every convention, cheapest first."""
        every = _combine(self.catalogue, self._every, self.sided, self.p.relation == "=")
        if not self.not_searched:
            return every
        searched = {test: set(self._searched(test)) for test in self.catalogue.names("two-arm-test")}
        return tuple((classes, one) for classes, one in every if classes in searched[one.test or ""])

    def blocks(self, p: Reported | None = None, at_most: float = np.inf) -> Iterator[Block]:
        """Yield the explanations of each convention that prints the P value, or another one, cheapest first."""
        printed = p or self.p
        spans = {rounding: _span(printed.range(rounding)) for rounding in self.catalogue.names("rounding")}
        hull = min(low for low, _ in spans.values()), max(high for _, high in spans.values())
        near: dict[tuple[Classes, str | None, int | None], FloatArray | None] = {}
        for classes, one in self.combinations:
            if one.cost > at_most + 1e-9:
                return
            key = classes, one.test, one.sided
            if key not in near:
                values = self._values(classes, one)
                near[key] = values if within(values, hull).any() else None
            if (some := near[key]) is None:
                continue
            fits = within(some, spans[one.rounding or ""])
            if fits.any():
                yield _TableBlock(one, self.tables(classes), some, np.flatnonzero(fits).astype(np.int32))

    def pairs_printing(self, best: Explanation) -> int:
        """Return how many pairs of counts of all classes of n print the P value as an explanation does.

        By the same test, sides and roundings; dearer classes of n too.
        """
        same = _way(best.convention)
        ways = ((classes, one) for classes, one in self.combinations if _way(one) == same)
        span = _span(self.p.range(best.rounding or ""))
        return sum(int(within(self._values(classes, one), span).sum()) for classes, one in ways)

    def _values(self, classes: Classes, one: Convention) -> FloatArray:
        assert one.test is not None and one.sided is not None
        if one.test in CLOSED_FORM or classes in self._exact:
            return self.p_values(classes, one.test, one.sided)
        known = self._p_values.setdefault((one.test, one.sided), {})
        if classes not in known:
            places = self._some[classes]
            x, n, x2, n2 = (part[places] for part in self.tables(classes))
            known[classes] = np.full(self._sizes[classes], np.nan)
            known[classes][places] = p_values_of((x, n, x2, n2), one.test, one.sided)
        return known[classes]

    def plain_p(self) -> tuple[str, tuple[float, float]] | None:
        """Return a two-sided test, the cheapest that is soon computed, and what it gives at the strictest sizes."""
        for classes in self.classes:
            if self._sizes[classes]:
                soon = classes in self._exact
                test = next(name for name in self.catalogue.names("two-arm-test") if soon or name in CLOSED_FORM)
                values = self.p_values(classes, test, 2)
                return test, (float(values.min()), float(values.max()))
        return None

    def some(self) -> bool:
        """Return whether anything prints the P value."""
        return next(self.blocks(), None) is not None

    def chance(self) -> float | None:
        """Return the share of one-digit neighbours of the P value that something explains at no higher cost."""
        best = next(self.blocks(), None)
        if best is None:
            return None
        neighbours = [p for p in digit_neighbours(self.p) if p.value <= 1]
        return share(next(self.blocks(p, best.cost), None) is not None for p in neighbours)


def _way(one: Convention) -> tuple[object, ...]:
    return one.test, one.sided, one.rounding, one.percentages


def unpooled_z(columns: Tables) -> FloatArray:
    """Return the size of the z statistic of tables with a variance for each arm (Wald's)."""
    x1, n1, x2, n2 = (np.asarray(part, dtype=float) for part in columns)
    p1, p2 = x1 / n1, x2 / n2
    gap, variance = np.abs(p1 - p2), p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(gap == 0, 0.0, np.minimum(gap / np.sqrt(variance), _FARTHEST))


def pairs_of(first: tuple[IntArray, IntArray], second: tuple[IntArray, IntArray]) -> Tables:
    """Return every table of some counts x, n of the first arm with some of the second."""
    (x1, n1), (x2, n2) = first, second
    return np.repeat(x1, x2.size), np.repeat(n1, x2.size), np.tile(x2, x1.size), np.tile(n2, x1.size)


def _as_arms(x1: IntArray, n1: IntArray, x2: IntArray, n2: IntArray) -> TwoArms:
    """Return tables for tests: counts that we made need no check."""
    columns = [column.astype(np.float64) for column in (x1, n1, x2, n2)]
    return TwoArms(columns[0], columns[1], columns[2], columns[3], x1.shape)


def _conditional(arms: TwoArms) -> dict[tuple[str, int], FloatArray]:
    """Return the P values of all exact tests given both margins, by test and sides."""
    if not len(arms):
        return {(test, sided): np.empty(0) for test in TWO_SIDED for sided in (2, 1)}
    return conditional_pvalues(arms)


def p_values_of(columns: Tables, test: str, sided: int) -> FloatArray:
    """Return the P values of tables by one test, one-sided ones in the direction of the tables."""
    return _p_values_of(_as_arms(*columns), test, sided)


def _p_values_of(arms: TwoArms, test: str, sided: int) -> FloatArray:
    if not len(arms):
        return np.empty(0)
    if sided == 2:
        return p_values_of_arms(arms, test)
    if test in CLOSED_FORM:
        return _one_sided(p_values_of_arms(arms, test))
    greater, less = (p_values_of_arms(arms, test, alternative) for alternative in ("greater", "less"))
    return np.where(arms.cross > 0, greater, less)


def _one_sided(two_sided: FloatArray) -> FloatArray:
    """Half the two-sided P value of a chi-square test is its one-sided one."""
    return two_sided / 2


def reach_of_exact(columns: Tables, z: FloatArray) -> FloatArray:
    """Return how far the z of an exact test can lie from Pearson's: two continuity corrections, and .05 z².

    By enumeration: no table came nearer than an eighth to that. It is used only to leave out tables, where there are
    too many for exact tests of all.
    """
    x1, n1, x2, n2 = columns
    pooled = (x1 + x2) / (n1 + n2)
    with np.errstate(divide="ignore"):
        return np.asarray(np.sqrt((1 / n1 + 1 / n2) / (pooled * (1 - pooled))) + 0.05 * z**2)


def p_in_range(values: Range, p: FloatArray) -> NDArray[np.bool_]:
    """Return which computed P values a printed one can stand for.

    P values are small: the guard is relative to them, so that it never reaches the next printed digit.
    """
    return within(p, _span(values))


def _span(values: Range) -> Span:
    low, high = values.guarded(relative=True)
    return low, high if values.upper_closed else math.nextafter(high, -math.inf)


@lru_cache(maxsize=64)
def _combine(
    catalogue: Catalogue, classes: tuple[Classes, ...], stated: int | None, exact: bool
) -> tuple[tuple[Classes, Convention], ...]:
    found = []
    for one in classes:
        for test in catalogue.names("two-arm-test"):
            for sided in (stated,) if stated else (2, 1):
                for rounding in catalogue.names("rounding") if exact else ("nearest",):
                    parts = [("two-arm-test", test), ("rounding", rounding), *(("allowed-n", name) for name in one[:2])]
                    percentages = None if one[2] == "nearest" else one[2]
                    if percentages is not None:
                        parts.append(("rounding", percentages))
                    if stated is None:
                        parts.append(("p-sided", "two" if sided == 2 else "one"))
                    convention = priced(catalogue, *parts, rounding=rounding, test=test, sided=sided,
                                        percentages=percentages, allowed=max(one[:2], key=ALLOWED.index))  # fmt: skip
                    found.append((one, convention))
    return tuple(sorted(found, key=lambda combination: combination[1].cost))
