"""All Beta posteriors that a menu of priors, counts and denominators can give, and what each would print.

Estimates, equal-tailed and highest-density limits do not depend on the printed numbers: they are computed once,
and only for posteriors that can come near them. Two conditions, both necessary, keep the costly limits few: the
printed estimate, or the probability that lies between the printed bounds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import special

from trialstats.intervals.beta import Beta
from trialstats.intervals.interval import FloatArray
from trialstats.reported import GUARD, Range

__all__ = ["KINDS", "POINTS", "Candidates", "Summaries", "all_counts", "inside"]

POINTS = ("mean", "median", "mode")
KINDS = ("equal-tailed", "hdi")
BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]
_SLACK = 1e-12  # on probabilities, for what incomplete beta functions lose


def all_counts(n_values: IntArray, x: int | None) -> tuple[IntArray, IntArray]:
    """Return every x of every n, or the one x of every n that is large enough."""
    if x is not None:
        n = n_values[n_values >= x]
        return n, np.full(n.shape, x, dtype=np.int64)
    n = np.repeat(n_values, n_values + 1)
    starts = np.repeat(np.cumsum(n_values + 1) - (n_values + 1), n_values + 1)
    return n, np.arange(n.size, dtype=np.int64) - starts


def inside(values: Range | None, computed: FloatArray) -> BoolArray:
    """Return which computed numbers lie in a range or within `GUARD` of it; all where nothing is printed."""
    if values is None:
        return np.ones(computed.shape, dtype=bool)
    with np.errstate(invalid="ignore"):
        return np.asarray((computed >= float(values.lower) - GUARD) & (computed <= float(values.upper) + GUARD))


@dataclass(frozen=True, eq=False)
class Summaries:
    """What each of some posteriors prints before rounding.

    Attributes
    ----------
    index : ndarray of int
        Which posteriors of the `Candidates`.
    points : mapping of str to ndarray
        Mean, median, mode (NaN where there is no single one).
    limits : mapping of str to (ndarray, ndarray)
        Lower and upper limits by kind of interval.
    """

    index: IntArray
    points: Mapping[str, FloatArray]
    limits: Mapping[str, tuple[FloatArray, FloatArray]]


@dataclass(frozen=True, eq=False)
class Candidates:
    """Rows (prior, x, n), and the distinct posteriors they lead to.

    Attributes
    ----------
    x, n : ndarray of int
        Of each row.
    prior, allowed : ndarray of int
        Which prior of the menu and which class of denominators each row uses.
    a, b : ndarray of float
        Parameters of each distinct posterior.
    which : ndarray of int
        The posterior of each row.
    level : float
        Of the intervals.
    """

    x: IntArray
    n: IntArray
    prior: IntArray
    allowed: IntArray
    a: FloatArray
    b: FloatArray
    which: IntArray
    level: float

    @classmethod
    def of(
        cls,
        allowed: Mapping[str, IntArray],
        x: int | None,
        priors: Mapping[str, tuple[float, float]],
        level: float,
    ) -> Candidates:
        """Return the candidates of a menu.

        Parameters
        ----------
        allowed : mapping of str to ndarray of int
            Denominators by class.
        x : int or None
            The count, where known.
        priors : mapping of str to (float, float)
        level : float
        """
        parameters = np.array(list(priors.values()), dtype=np.float64).reshape(-1, 2)
        parts = []
        for k, n_values in enumerate(allowed.values()):
            n, count = all_counts(n_values, x)
            parts.append((n, count, np.full(n.shape, k, dtype=np.int64)))
        n, count, group = (np.concatenate(columns) for columns in zip(*parts, strict=True))
        rows, menu = n.size, len(parameters)
        n, count, group = (np.tile(column, menu) for column in (n, count, group))
        prior = np.repeat(np.arange(menu), rows)
        a, b = count + parameters[prior, 0], (n - count) + parameters[prior, 1]
        proper = (a > 0) & (b > 0)
        n, count, group, prior, a, b = (column[proper] for column in (n, count, group, prior, a, b))
        # Sums of counts and decimal parameters: rounding unites those that differ in the last bit alone.
        keys = np.round(a, 9) + 1j * np.round(b, 9)
        _, first, which = np.unique(keys, return_index=True, return_inverse=True)
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
        low, high = float(values.lower) - GUARD, float(values.upper) + GUARD
        near = np.zeros(self.a.shape, dtype=bool)
        mean = self.a / (self.a + self.b)
        for point in points:
            if point == "mean":
                near |= (mean >= low) & (mean <= high)
            elif point == "mode":
                mode = np.asarray(Beta(self.a, self.b).mode())
                with np.errstate(invalid="ignore"):
                    near |= (mode >= low) & (mode <= high)
            else:
                # Mean and median lie within one standard deviation of each other.
                sd = np.asarray(Beta(self.a, self.b).sd())
                close = np.flatnonzero((mean >= low - sd) & (mean <= high + sd) & ~near)
                a, b = self.a[close], self.b[close]
                below, above = (special.betainc(a, b, min(max(end, 0.0), 1.0)) for end in (low, high))
                near[close] |= (below <= 0.5 + _SLACK) & (above >= 0.5 - _SLACK)
        return near

    def near_bounds(self, lower: Range, upper: Range) -> BoolArray:
        """Return which posteriors can have an interval of either kind with its limits in two ranges."""
        wide = (
            float(lower.lower) - GUARD,
            float(lower.upper) + GUARD,
            float(upper.lower) - GUARD,
            float(upper.upper) + GUARD,
        )
        ends = [min(max(end, 0.0), 1.0) for end in wide]
        outside = 1.0 - self.level
        mean, sd = self.a / (self.a + self.b), np.asarray(Beta(self.a, self.b).sd())
        # Cantelli's inequality: a limit with at most `outside` beyond it lies this near to its side of the mean.
        reach = sd * np.sqrt(outside / (1.0 - outside)) + GUARD
        close = np.flatnonzero((mean >= ends[0] - reach) & (mean <= ends[3] + reach))
        a, b = self.a[close], self.b[close]
        f = [special.betainc(a, b, end) for end in ends]
        # The widest pair of limits must hold at least the level, the narrowest at most.
        ok = (f[3] - f[0] >= self.level - _SLACK) & (f[2] - f[1] <= self.level + _SLACK)
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
