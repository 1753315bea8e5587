r"""The continuous region of Beta(a, b) posteriors that print an estimate and its credible interval.

At a fixed size a + b a larger mean moves the whole distribution up, and with it mean, median, mode and the limits of
both kinds of interval. Each end of a printed range is therefore one curve, the mean at which the summary equals that
end, as a function of the size; the region lies between the highest of the lower curves and the lowest of the upper
ones. Limits close in on the mean as the size grows, so that the sizes with room between the curves form one stretch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import special

from trialstats.errors import InputError, check_name
from trialstats.intervals.beta import Beta
from trialstats.intervals.interval import FloatArray
from trialstats.intervals.roots import find_roots
from trialstats.intervals.superiority import prob_greater
from trialstats.reported import DEFAULT_ROUNDING, ROUNDINGS, Range, Reported
from trialstats.search.counts.arguments import check_shares
from trialstats.search.posteriors.candidates import KINDS, POINTS
from trialstats.search.printed import PrintedInterval, as_level
from trialstats.values import FrozenDict, Kept

_SMALLEST = 1e-2
_STEPS = 40
_CLOSE = 1e-9
"""How closely the ends of the sizes are found, relative to them."""
_TINY = 1e-9
"""Between this and 1 less it a mean is looked for."""
_Curve = Callable[[FloatArray], FloatArray]


@dataclass(frozen=True)
class PosteriorRegion(Kept):
    """All Beta(a, b) that print a summary in one way of summarising and rounding.

    Attributes
    ----------
    ranges : mapping of str to Range
        What the printed numbers can stand for.
    point, kind, rounding : str
    level : float
    largest : float
        Largest a + b looked at; the region may go on where no interval is printed.
    """

    ranges: Mapping[str, Range]
    point: str
    kind: str
    rounding: str
    level: float
    largest: float

    # ---- The curves --------------------------------------------------------------------------------------------------
    @cached_property
    def _curves(self) -> tuple[tuple[_Curve, ...], tuple[_Curve, ...]]:
        """Curves that the mean must not fall below, and curves that it must not exceed."""
        sides: tuple[list[_Curve], list[_Curve]] = ([np.zeros_like], [np.ones_like])
        for name, values in self.ranges.items():
            for side, end in enumerate((float(values.lower), float(values.upper))):
                # An end beyond 0 or 1 binds nothing, or everything.
                if (side == 0 and end > 0.0) or (side == 1 and end < 1.0):
                    sides[side].append(self._curve(name, end))
        return tuple(sides[0]), tuple(sides[1])

    def _curve(self, name: str, value: float) -> _Curve:
        """Return the curve of means at which a summary has a value."""
        if value < 0.0 or value > 1.0:
            outcome = 0.0 if value < 0.0 else 1.0
            return lambda size: np.full(size.shape, -1.0 + 3.0 * outcome)
        tail = (1.0 - self.level) / 2.0
        if name == "estimate" and self.point == "mean":
            return lambda size: np.full(size.shape, value)
        if name == "estimate" and self.point == "mode":
            return lambda size: np.where(size > 2.0, (1.0 + value * (size - 2.0)) / size, np.nan)
        if name == "estimate" or self.kind == "equal-tailed":
            p = {"estimate": 0.5, "lower": tail, "upper": 1.0 - tail}[name]

            def shortfall(m: FloatArray, size: FloatArray) -> FloatArray:
                return np.asarray(p - special.betainc(size * m, size * (1.0 - m), value), dtype=np.float64)

            return lambda size: _root(shortfall, size)
        which = 0 if name == "lower" else 1

        def height(m: FloatArray, size: FloatArray) -> FloatArray:
            limits = Beta(size * m, size * (1.0 - m)).hdi(self.level)
            return np.asarray((limits.lower, limits.upper)[which] - value, dtype=np.float64)

        return lambda size: _root(height, size)

    def means_at(self, sizes: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the smallest and the largest mean at each a + b; the first exceeds the second where there is none."""
        sizes = np.asarray(sizes, dtype=np.float64)
        low, high = (np.stack([curve(sizes) for curve in side]) for side in self._curves)
        return np.asarray(np.max(low, axis=0)), np.asarray(np.min(high, axis=0))

    def _gap(self, sizes: FloatArray) -> FloatArray:
        low, high = self.means_at(sizes)
        return np.asarray(np.nan_to_num(high - low, nan=-1.0))

    # ---- The outline -------------------------------------------------------------------------------------------------
    @cached_property
    def size(self) -> tuple[float, float] | None:
        """Smallest and largest a + b, prior and data together; None where nothing prints the claim."""
        grid = np.geomspace(_SMALLEST, self.largest, 49)
        gap = self._gap(grid)
        for _ in range(12):
            if (gap >= 0.0).any():
                break
            k = int(np.argmax(gap))  # one stretch of sizes: look closer about the best
            about = gap[max(k - 1, 0) : k + 2]
            if np.ptp(about) < -0.2 * gap[k]:
                return None  # far from room, and level
            low, high = grid[max(k - 1, 0)], grid[min(k + 1, grid.size - 1)]
            if high / low - 1.0 < 1e-10:
                return None
            grid = np.geomspace(low, high, 33)
            gap = self._gap(grid)
        inside = np.flatnonzero(gap >= 0.0)
        if not inside.size:
            return None
        first, last = int(inside[0]), int(inside[-1])
        ends = [(grid[first], grid[max(first - 1, 0)]), (grid[last], grid[min(last + 1, grid.size - 1)])]
        for _ in range(12):  # close in on both ends at once: always a feasible size first, one that is not second
            looked_at = np.stack([np.geomspace(*end, 9) for end in ends])
            room = self._gap(looked_at.ravel()).reshape(looked_at.shape) >= 0.0
            for k in (0, 1):
                last_inside = int(np.flatnonzero(room[k])[-1]) if room[k, 0] else 0
                ends[k] = looked_at[k, last_inside], looked_at[k, min(last_inside + 1, 8)]
            if all(abs(outside / feasible - 1.0) < _CLOSE for feasible, outside in ends):
                break
        return float(ends[0][0]), float(ends[1][0])

    @property
    def feasible(self) -> bool:
        """Whether any Beta posterior prints the claim in this way."""
        return self.size is not None

    @property
    def bounded(self) -> bool:
        """Whether the region ends before the largest and the smallest size looked at."""
        return self.size is not None and self.size[1] < self.largest and self.size[0] > _SMALLEST

    @cached_property
    def outline(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Sizes a + b, and the smallest and largest mean at each: corners and points between them."""
        if self.size is None:
            empty = np.empty(0)
            return empty, empty, empty
        start, stop = self.size
        sizes = np.geomspace(start, stop, _STEPS) if stop / start > 4.0 else np.linspace(start, stop, _STEPS)
        sizes[0], sizes[-1] = start, stop
        sizes = np.unique(np.concatenate([sizes, self._corners(sizes)]))
        low, high = self.means_at(sizes)
        # At a tip both curves meet, to the accuracy of the search for it.
        middle = 0.5 * (low + high)
        return sizes, np.where(low > high, middle, low), np.where(low > high, middle, high)

    def _corners(self, sizes: FloatArray) -> FloatArray:
        """Return the sizes at which another end of a printed range becomes the one that binds."""
        found = []
        for side, best in zip(self._curves, (np.argmax, np.argmin), strict=True):
            active = best(np.stack([curve(sizes) for curve in side]), axis=0)
            for k in np.flatnonzero(np.diff(active)).tolist():
                one, other = side[active[k]], side[active[k + 1]]
                low, high = float(sizes[k]), float(sizes[k + 1])
                for _ in range(7):
                    grid = np.linspace(low, high, 9)
                    sign = np.sign(one(grid) - other(grid))
                    turns = np.flatnonzero(np.diff(sign))
                    if not turns.size:
                        break
                    low, high = float(grid[turns[0]]), float(grid[turns[0] + 1])
                found.append(0.5 * (low + high))
        return np.array(found)

    @cached_property
    def vertices(self) -> FloatArray:
        """The boundary as a polygon in (a, b), one row per vertex, anticlockwise, not closed."""
        sizes, low, high = self.outline
        # A larger mean is a larger a: along the upper means the polygon runs outwards, along the lower ones back.
        loop = np.concatenate([np.column_stack([sizes, high]), np.column_stack([sizes, low])[::-1]])
        return np.column_stack([loop[:, 0] * loop[:, 1], loop[:, 0] * (1.0 - loop[:, 1])])

    @property
    def a(self) -> tuple[float, float] | None:
        """Smallest and largest a."""
        return (float(self.vertices[:, 0].min()), float(self.vertices[:, 0].max())) if self.feasible else None

    @property
    def b(self) -> tuple[float, float] | None:
        """Smallest and largest b."""
        return (float(self.vertices[:, 1].min()), float(self.vertices[:, 1].max())) if self.feasible else None

    def contains(self, a: float, b: float) -> bool:
        """Return whether Beta(a, b) prints the claim, by its summaries themselves."""
        beta = Beta(a, b)
        lower, upper = beta.interval(self.level) if self.kind == "equal-tailed" else beta.hdi(self.level)
        got = {"estimate": float(getattr(beta, self.point)()), "lower": float(lower), "upper": float(upper)}
        return all(values.admits(got[name]) for name, values in self.ranges.items())


def posterior_region(
    estimate: str | Reported | None,
    interval: Sequence[str | Reported | None] | None = None,
    *,
    point: str = "mean",
    kind: str = "equal-tailed",
    rounding: str = DEFAULT_ROUNDING,
    level: str | float | None = None,
    largest: float = 1e4,
) -> PosteriorRegion:
    """Find the continuous region of Beta(a, b) posteriors that print an estimate and its credible interval.

    Parameters
    ----------
    estimate : str or Reported or None
        Posterior summary as printed.
    interval : pair of str or Reported, optional
        Credible bounds as printed; either may be None.
    point : {"mean", "median", "mode"}
        For the mode only a + b above 2 is looked at.
    kind : {"equal-tailed", "hdi"}
    rounding : str
        A name of `ROUNDINGS`.
    level : str or float, optional
        Credible level, ``"95%"`` by default.
    largest : float, default 10,000
        Largest a + b to look at.

    Returns
    -------
    PosteriorRegion
        With ``.feasible .size .vertices .a .b .bounded .contains(a, b)``; computed when first asked.

    Raises
    ------
    NotTextError
        If a printed number is not given as text.
    InputError
        If the largest size is not above 0.01, or the level is no level.
    UnknownNameError
        If a point, kind or rounding is not on its menu.

    Examples
    --------
    >>> region = posterior_region("72%", ("55%", "87%"))
    >>> [round(size, 1) for size in region.size], region.contains(21, 8)
    ([26.8, 30.3], True)
    """
    for what, given, menu in (("point", point, POINTS), ("kind", kind, KINDS), ("rounding", rounding, ROUNDINGS)):
        check_name(what, given, menu)
    if not isinstance(largest, (int, float)) or not _SMALLEST < largest < np.inf:
        raise InputError(f"largest must be a number above {_SMALLEST:g}, got {largest!r}.")
    printed = PrintedInterval.of(estimate, interval, "a posterior")
    check_shares(printed)
    ranges = FrozenDict((name, number.range(rounding)) for name, number in printed.parts)
    return PosteriorRegion(ranges, point, kind, rounding, as_level(level), float(largest))


def superiority_range(first: PosteriorRegion, second: PosteriorRegion) -> tuple[float, float] | None:
    """Return the range of P(first > second) over all pairs of posteriors from two regions; None where one is empty.

    At fixed sizes the probability rises with the first mean and falls with the second: the extremes lie on the
    outlines, at whose traced points it is computed exactly. Both ends are attained.

    Examples
    --------
    >>> first = posterior_region("72%", ("55%", "87%"))
    >>> second = posterior_region("71%", ("55%", "84%"), rounding="twice")
    >>> [round(p, 3) for p in superiority_range(first, second)]
    [0.532, 0.58]
    """
    if not (first.feasible and second.feasible):
        return None
    ends = []
    for one, other in ((1, 2), (2, 1)):
        s1, m1 = first.outline[0][:, None], first.outline[one][:, None]
        s2, m2 = second.outline[0], second.outline[other]
        p = prob_greater(Beta(*_beta(s1, m1)), Beta(*_beta(s2, m2)))
        ends.append(float(np.min(p) if one == 1 else np.max(p)))
    return ends[0], ends[1]


def _beta(size: FloatArray, mean: FloatArray) -> tuple[FloatArray, FloatArray]:
    m = np.clip(mean, 1e-12, 1.0 - 1e-12)
    return size * m, size * (1.0 - m)


def _root(function: Callable[[FloatArray, FloatArray], FloatArray], sizes: FloatArray) -> FloatArray:
    """Return for each size the mean at which an increasing function is 0; 0 or 1 where it has one sign throughout."""
    s = sizes.ravel()
    low, high = np.full(s.shape, _TINY), np.full(s.shape, 1.0 - _TINY)
    means = find_roots(lambda points, rows: function(points, s[rows]), low, high)
    means[means == low], means[means == high] = 0.0, 1.0
    return means.reshape(sizes.shape)
