"""All Beta posteriors that a menu of priors, counts and denominators can give, and what each would print.

Estimates, equal-tailed and highest-density limits do not depend on the printed numbers: they are computed once,
and only for posteriors that can come near them. Two conditions, both necessary, keep the costly limits few: the
printed estimate, or the probability that lies between the printed bounds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import special

from trialstats.errors import InputError
from trialstats.intervals.beta import Beta
from trialstats.intervals.interval import FloatArray
from trialstats.reported import Range, within
from trialstats.search.limits import MOST_POSTERIORS

POINTS = ("mean", "median", "mode")
KINDS = ("equal-tailed", "hdi")
BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]
_SLACK = 1e-12  # on probabilities, for what incomplete beta functions lose
_PIECE = 100_000


def all_counts(n_values: IntArray, x: int | None) -> tuple[IntArray, IntArray]:
    """Return every x of every n, or the one x of every n that is large enough."""
    if x is not None:
        n = n_values[n_values >= x]
        return n, np.full(n.shape, x, dtype=np.int64)
    n = np.repeat(n_values, n_values + 1)
    starts = np.repeat(np.cumsum(n_values + 1) - (n_values + 1), n_values + 1)
    return n, np.arange(n.size, dtype=np.int64) - starts


def _counts(
    n_values: IntArray, x: int | None, prior_a: float, prior_b: float, near: Windows | None
) -> Iterator[tuple[IntArray, IntArray]]:
    """Yield n and x in pieces of bounded size."""
    if x is not None:
        yield all_counts(n_values, x)
        return
    first, last = np.zeros_like(n_values), n_values
    if near is not None:
        size = np.asarray(n_values + prior_a + prior_b, dtype=np.float64)
        low, high = near.means(size)
        first = np.maximum(np.ceil(low * size - prior_a - 1e-9), 0.0).astype(np.int64)
        last = np.minimum(np.floor(high * size - prior_a + 1e-9), n_values).astype(np.int64)
    some = last >= first
    n_values, first, many = n_values[some], first[some], (last - first + 1)[some]
    ends = np.flatnonzero(np.diff(np.cumsum(many) // _PIECE)) + 1
    for n, start, size in zip(*(np.split(column, ends) for column in (n_values, first, many)), strict=True):
        starts = np.repeat(start - (np.cumsum(size) - size), size)
        yield np.repeat(n, size), starts + np.arange(int(size.sum()), dtype=np.int64)


def _too_many(allowed: Mapping[str, IntArray]) -> str:
    largest = max(int(n.max()) for n in allowed.values() if n.size)
    return (
        f"More than {MOST_POSTERIORS:,} combinations of prior, x and n come near the printed numbers with n up to "
        f"{largest:,}: give n or x, a smaller n_max, or fewer priors."
    )


@dataclass(frozen=True)
class Windows:
    """Where the mean of a posterior must lie for its summaries to come near the printed numbers.

    Mean, median and mode of a unimodal distribution lie within sqrt(3) standard deviations of each other, and quantiles
    within Cantelli's bounds of the mean: conditions that no posterior which prints the number violates.
    """

    ranges: Mapping[str, Range]
    """The widest range of each printed number."""
    level: float
    """Of the intervals."""

    @property
    def _wanted(self) -> int:
        """How many of the conditions must hold: a copy with one number changed is looked at too."""
        return len(self.ranges) - 1

    @cached_property
    def _ends(self) -> tuple[tuple[float, float, float, float], ...]:
        """For each number its least and largest value, and how many standard deviations the mean may lie beyond."""
        outside = 1.0 - self.level
        inner = np.sqrt(outside / (1.0 - outside))
        # A limit lies no further out than the width of the equal-tailed interval, which is no shorter than another.
        outer = inner + 2.0 * np.sqrt((1.0 - outside / 2.0) / (outside / 2.0))
        reach = {"estimate": (np.sqrt(3.0), np.sqrt(3.0)), "lower": (inner, outer), "upper": (outer, inner)}
        return tuple(
            (*values.guarded(), float(reach[name][0]), float(reach[name][1])) for name, values in self.ranges.items()
        )

    def means(self, size: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the least and the largest mean at each a + b, by the largest standard deviation there."""
        if self._wanted < 1:
            return np.zeros(size.shape), np.ones(size.shape)
        sd = 0.5 / np.sqrt(size + 1.0)
        low = np.sort([low - below * sd for low, _, below, _ in self._ends], axis=0)
        high = np.sort([high + above * sd for _, high, _, above in self._ends], axis=0)
        return np.clip(low[self._wanted - 1], 0.0, 1.0), np.clip(high[-self._wanted], 0.0, 1.0)

    def hold(self, a: FloatArray, b: FloatArray) -> BoolArray:
        """Return which posteriors meet enough of the conditions."""
        if self._wanted < 1:
            return np.ones(a.shape, dtype=bool)
        mean = a / (a + b)
        sd = np.sqrt(mean * (1.0 - mean) / (a + b + 1.0))
        met = np.zeros(a.shape, dtype=np.int64)
        for low, high, below, above in self._ends:
            met += (mean >= low - below * sd - _SLACK) & (mean <= high + above * sd + _SLACK)
        return np.asarray(met >= self._wanted)


def inside(values: Range | None, computed: FloatArray) -> BoolArray:
    """Return which computed numbers lie in a range or within `GUARD` of it; all where nothing is printed."""
    if values is None:
        return np.ones(computed.shape, dtype=bool)
    with np.errstate(invalid="ignore"):
        return values.admits_each(computed)


@dataclass(frozen=True, eq=False)
class Summaries:
    """What each of some posteriors prints before rounding."""

    index: IntArray
    """Which posteriors of the `Candidates`."""
    points: Mapping[str, FloatArray]
    """Mean, median, mode (NaN where there is no single one)."""
    limits: Mapping[str, tuple[FloatArray, FloatArray]]
    """Lower and upper limits by kind of interval."""


@dataclass(frozen=True, eq=False)
class Candidates:
    """Rows (prior, x, n), and the distinct posteriors they lead to."""

    x: IntArray
    n: IntArray
    """Of each row."""
    prior: IntArray
    allowed: IntArray
    """Which prior of the menu and which class of denominators each row uses."""
    a: FloatArray
    b: FloatArray
    """Parameters of each distinct posterior."""
    which: IntArray
    """The posterior of each row."""
    level: float
    """Of the intervals."""

    @classmethod
    def of(
        cls,
        allowed: Mapping[str, IntArray],
        x: int | None,
        priors: Mapping[str, tuple[float, float]],
        level: float,
        near: Windows | None = None,
    ) -> Candidates:
        """Return the candidates of a menu of priors, for denominators by class.

        Posteriors whose mean is so far from the printed numbers (``near``) that they cannot print them, nor any copy of
        them with one number changed, are left out. More than 700,000 combinations of prior, x and n are refused.
        """
        parts, rows = [], 0
        for k, n_values in enumerate(allowed.values()):
            for menu, (prior_a, prior_b) in enumerate(priors.values()):
                for n, count in _counts(n_values, x, prior_a, prior_b, near):
                    a, b = count.astype(np.float64) + prior_a, (n - count).astype(np.float64) + prior_b
                    keep = (a > 0) & (b > 0)
                    if near is not None:
                        keep[keep] = near.hold(a[keep], b[keep])
                    rows += int(np.count_nonzero(keep))
                    if rows > MOST_POSTERIORS:
                        raise InputError(_too_many(allowed))
                    parts.append((count[keep], n[keep], menu, k))
        sizes = [part[0].size for part in parts]
        none = [np.empty(0, dtype=np.int64)]
        count, n = (np.concatenate([part[column] for part in parts] or none) for column in (0, 1))
        prior, group = (np.repeat([part[column] for part in parts], sizes).astype(np.int64) for column in (2, 3))
        of_priors = np.array(list(priors.values()), dtype=np.float64).reshape(-1, 2)
        a, b = count + of_priors[prior, 0], (n - count) + of_priors[prior, 1]
        # Sums of counts and decimal parameters: rounding unites those that differ in the last bit alone.
        _, first, which = np.unique(np.round(a, 9) + 1j * np.round(b, 9), return_index=True, return_inverse=True)
        return cls(count, n, prior, group, a[first], b[first], which.reshape(-1), level)

    @cached_property
    def _grouped(self) -> tuple[IntArray, IntArray]:
        """Rows in the order of their posteriors, and where each posterior's rows start."""
        order = np.argsort(self.which, kind="stable")
        return order, np.searchsorted(self.which[order], np.arange(self.a.size + 1))

    def rows_of(self, posterior: int) -> IntArray:
        """Return the rows that lead to a posterior."""
        order, starts = self._grouped
        return order[starts[posterior] : starts[posterior + 1]]

    def position(self, a: float, b: float) -> int | None:
        """Return the number of the posterior with these parameters; None where the menus do not lead to it."""
        found = np.flatnonzero((np.abs(self.a - a) <= 1e-9) & (np.abs(self.b - b) <= 1e-9))
        return int(found[0]) if found.size else None

    def near_estimate(self, values: Range, points: tuple[str, ...]) -> BoolArray:
        """Return which posteriors have one of the summaries in a range."""
        low, high = values.guarded()
        near = np.zeros(self.a.shape, dtype=bool)
        mean = self.a / (self.a + self.b)
        for point in points:
            if point == "mean":
                near |= within(mean, (low, high))
            elif point == "mode":
                mode = np.asarray(Beta(self.a, self.b).mode())
                with np.errstate(invalid="ignore"):
                    near |= within(mode, (low, high))
            else:
                # Mean and median lie within one standard deviation of each other.
                sd = np.asarray(Beta(self.a, self.b).sd())
                close = np.flatnonzero((mean >= low - sd) & (mean <= high + sd) & ~near)
                a, b = self.a[close], self.b[close]
                below, above = (special.betainc(a, b, min(max(end, 0.0), 1.0)) for end in (low, high))
                near[close] |= (below <= 0.5 + _SLACK) & (above >= 0.5 - _SLACK)
        return near

    def near_bounds(self, lower: Range, upper: Range, loose: float = 0.0) -> BoolArray:
        """Return which posteriors can have an interval of either kind with its limits in two ranges.

        ``loose`` is by how much the probability between the limits may miss the level.
        """
        ends = [min(max(end, 0.0), 1.0) for values in (lower, upper) for end in values.guarded()]
        outside = min(1.0 - self.level + loose, 0.99)
        mean, sd = self.a / (self.a + self.b), np.asarray(Beta(self.a, self.b).sd())
        # Cantelli's inequality: a limit with at most `outside` beyond it lies this near to its side of the mean.
        reach = sd * np.sqrt(outside / (1.0 - outside)) + _SLACK
        close = np.flatnonzero((mean >= ends[0] - reach) & (mean <= ends[3] + reach))
        a, b = self.a[close], self.b[close]
        f = [special.betainc(a, b, end) for end in ends]
        # The widest pair of limits must hold at least the level, the narrowest at most.
        ok = (f[3] - f[0] >= self.level - loose - _SLACK) & (f[2] - f[1] <= self.level + loose + _SLACK)
        near = np.zeros(self.a.shape, dtype=bool)
        near[close] = ok
        return near

    def summaries(self, wanted: BoolArray, points: tuple[str, ...], kinds: tuple[str, ...]) -> Summaries:
        """Return estimates and limits of some posteriors."""
        index = np.flatnonzero(wanted)
        if not index.size:
            empty = np.empty(0)
            return Summaries(index, dict.fromkeys(points, empty), dict.fromkeys(kinds, (empty, empty)))
        beta = Beta(self.a[index], self.b[index])
        values = {point: np.asarray(getattr(beta, point)()) for point in points}
        limits = {}
        for kind in kinds:
            lower, upper = beta.interval(self.level) if kind == "equal-tailed" else beta.hdi(self.level)
            limits[kind] = (np.asarray(lower), np.asarray(upper))
        return Summaries(index, values, limits)
