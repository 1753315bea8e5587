"""Estimate and standard error behind a symmetric interval: a convex polygon, clipped exactly.

An interval that is centre ± z SE on a link scale ties every printed number linearly to (centre, SE):
the estimate and both bounds by their ranges, a Wald P value by a wedge through the origin. The set
of (centre, SE) that prints the claim is a convex polygon, and the exact ranges of SE, of P and of
the events follow from its vertices. An empty polygon proves that no Wald interval on that scale
prints the claim, and no more than that.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from statistics import NormalDist

from trialstats.intervals.scales import SCALES, Scale
from trialstats.reported import Range, Span, guarded, slack
from trialstats.search.printed import PrintedInterval

_NORMAL = NormalDist()
_FAR = 1e4
"""Where the plane ends before clipping, if the printed numbers do not bound it themselves."""


@dataclass(frozen=True, slots=True)
class HalfPlane:
    """The points with ``a * centre + b * se <= d``."""

    a: float
    b: float
    d: float


@dataclass(frozen=True)
class Region:
    """A convex set of (centre, SE) on a link scale."""

    vertices: tuple[Span, ...]
    """In order; empty where nothing prints the claim."""

    @classmethod
    def of(cls, planes: Iterable[HalfPlane], centre: Span = (-_FAR, _FAR), se: float = _FAR) -> Region:
        """Clip a box of the upper half plane (SE >= 0) by half-planes.

        A box not much larger than the answer keeps the vertices accurate to the last digits.
        """
        low, high = centre
        points: list[Span] = [(low, 0.0), (high, 0.0), (high, se), (low, se)]
        for plane in planes:
            points = _clip(points, plane.a, plane.b, plane.d)
            if not points:
                return cls(())
        return cls(tuple(points))

    @classmethod
    def of_bounds(cls, lower: Span, upper: Span, estimate: Span | None, z: float) -> Region:
        """Return the region of finite ranges on the scale: the box of both limits, cut to the estimate's strip."""
        points = [((low + high) / 2, (high - low) / (2 * z)) for low, high in
                  ((lower[0], upper[0]), (lower[1], upper[0]), (lower[1], upper[1]), (lower[0], upper[1]))]  # fmt: skip
        if lower[1] > upper[0]:
            points = _clip(points, 0.0, -1.0, 0.0)
        if estimate is not None:
            points = _clip(_clip(points, -1.0, 0.0, -estimate[0]), 1.0, 0.0, estimate[1])
        return cls(tuple(points))

    def __bool__(self) -> bool:
        return bool(self.vertices)

    def clip(self, *planes: HalfPlane) -> Region:
        """Return the part of the region inside further half-planes."""
        points = list(self.vertices)
        for plane in planes:
            points = _clip(points, plane.a, plane.b, plane.d)
        return Region(tuple(points))

    def shifted(self, null: float) -> Region:
        """Return the region with its origin moved to the null value."""
        return self if null == 0 else Region(tuple((c - null, s) for c, s in self.vertices))

    @cached_property
    def centre(self) -> Span:
        """Range of the centre."""
        return _span(c for c, _ in self.vertices)

    @cached_property
    def se(self) -> Span:
        """Range of the standard error."""
        return _span(s for _, s in self.vertices)

    @cached_property
    def z(self) -> Span:
        """Range of centre / SE; a quotient of linear functions is extreme at a vertex."""
        if not self.vertices:
            return (math.nan, math.nan)
        return _span(c / s if s > 0 else math.copysign(math.inf, c) for c, s in self.vertices)

    @property
    def size_of_z(self) -> Span:
        """Range of the absolute value of centre / SE."""
        low, high = self.z
        if low <= 0 <= high:
            return 0.0, max(-low, high)
        return (low, high) if low > 0 else (-high, -low)

    @property
    def p_two_sided(self) -> Span:
        """Range of the two-sided Wald P value."""
        low, high = self.size_of_z
        return (2 * upper_tail(high), 2 * upper_tail(low))

    @property
    def p_one_sided(self) -> Span:
        """Range of the one-sided Wald P value in the direction of the estimate."""
        low, high = self.z
        if low + high < 0:
            low, high = -high, -low
        return (upper_tail(high), upper_tail(low))

    @property
    def events_at_least(self) -> float:
        """Fewest events in both arms together: 1/d1 + 1/d2 <= SE**2 in a two-group Cox fit, so d >= 4 / SE**2."""
        high = self.se[1]
        return 4 / high**2 if 0 < high < _FAR else 0.0


def upper_tail(z: float) -> float:
    """Return the normal probability above z."""
    return 0.5 * math.erfc(z / math.sqrt(2)) if math.isfinite(z) else (0.0 if z > 0 else 1.0)


@cache
def critical(level: float) -> float:
    """Return the two-sided normal critical value of a level."""
    return _NORMAL.inv_cdf((1 + level) / 2)


def _span(values: Iterable[float]) -> Span:
    found = list(values)
    return (min(found), max(found)) if found else (math.nan, math.nan)


def _clip(points: list[Span], a: float, b: float, d: float) -> list[Span]:
    """Keep the part of a convex polygon inside a half-plane (Sutherland and Hodgman 1974)."""
    kept: list[Span] = []
    if not points:
        return kept
    most = slack(d)
    c0, s0 = points[-1]
    over0 = a * c0 + b * s0 - d
    for point in points:
        c1, s1 = point
        over1 = a * c1 + b * s1 - d
        if (over0 <= most) is not (over1 <= most):
            t = over0 / (over0 - over1)
            kept.append((c0 + t * (c1 - c0), s0 + t * (s1 - s0)))
        if over1 <= most:
            kept.append(point)
        c0, s0, over0 = c1, s1, over1
    return kept


# ---- From printed numbers to half-planes -----------------------------------------------------------------------------
def _on_scale(scale: Scale, values: Range) -> Span:
    """Map a range of estimates to the scale, cut to its domain; ordered on the scale."""
    low, high = scale.domain
    ends = sorted(scale.forward(min(max(float(end), low), high)) for end in (values.lower, values.upper))
    return ends[0], ends[1]


def symmetric_half_planes(
    scale: Scale, z: float, *, estimate: Range | None, lower: Range | None, upper: Range | None
) -> Iterator[HalfPlane]:
    """Yield the constraints that printed numbers put on (centre, SE).

    ``z`` is the critical value of the level; each range is what a printed number can stand for, None where it is
    absent.
    """
    if not scale.increasing:
        lower, upper = upper, lower
    for values, side in ((estimate, 0.0), (lower, -z), (upper, z)):
        if values is not None:
            low, high = _on_scale(scale, values)
            if math.isfinite(low):
                yield HalfPlane(-1.0, -side, -low)
            if math.isfinite(high):
                yield HalfPlane(1.0, side, high)


def z_range(p: Range, sided: int) -> Span:
    """Return the range of |z| (two-sided) or z (one-sided) that a P value's range stands for; empty if none can."""
    low, high = max(float(p.lower), 0.0), min(float(p.upper), 1.0)
    if low > high:
        return math.inf, -math.inf
    if sided == 2:
        low, high = low / 2, high / 2
    ends = [math.inf if tail <= 0 else -math.inf if tail >= 1 else -_NORMAL.inv_cdf(tail) for tail in (high, low)]
    return ends[0], ends[1]


def p_regions(region: Region, z: Span, sided: int) -> Iterator[Region]:
    """Yield the parts of a region, by the sign of the effect, whose Wald statistic lies in a range.

    The region's origin is at the null value; the range is of |z| for two sides, of z in either direction for one.
    """
    low, high = z
    first, last = region.z
    for sign in (1.0, -1.0):
        own = (first, last) if sign > 0 else (-last, -first)
        least, most = guarded((max(low, 0.0) if sided == 2 else low, high))
        if own[1] < least or own[0] > most:
            continue
        planes = [] if sided == 1 else [HalfPlane(-sign, 0.0, 0.0)]
        if math.isfinite(low):
            planes.append(HalfPlane(-sign, low, 0.0))
        if math.isfinite(high):
            planes.append(HalfPlane(sign, -high, 0.0))
        part = region.clip(*planes)
        if part:
            yield part


def ratio_region(
    printed: PrintedInterval, *, scale: str = "log", level: float = 0.95, rounding: str = "nearest"
) -> Region:
    """Return all (centre, SE) on a link scale, a name of ``SCALES``, that print an estimate and its interval.

    Examples
    --------
    >>> region = ratio_region(PrintedInterval.of("0.54", ("0.36", "0.81"), "a ratio"))
    >>> [round(end, 3) for end in region.se]
    [0.202, 0.212]
    """
    ranges = {name: number.range(rounding) for name, number in printed.parts}
    return symmetric_region(SCALES[scale], level, ranges)


def symmetric_region(scale: Scale, level: float, ranges: Mapping[str, Range]) -> Region:
    """Return all (centre, SE) on a scale whose estimate, lower and upper limit lie in the given ranges."""
    z = critical(level)
    spans = {name: _on_scale(scale, values) for name, values in ranges.items()}
    finite = all(math.isfinite(end) for span in spans.values() for end in span)
    if finite and "lower" in spans and "upper" in spans:
        first, last = ("lower", "upper") if scale.increasing else ("upper", "lower")
        return Region.of_bounds(spans[first], spans[last], spans.get("estimate"), z)
    estimate, lower, upper = (ranges.get(name) for name in ("estimate", "lower", "upper"))
    planes = symmetric_half_planes(scale, z, estimate=estimate, lower=lower, upper=upper)
    if len(ranges) < 2 or not finite:
        return Region.of(planes)
    ends = [end for span in spans.values() for end in span]
    low, high = min(ends), max(ends)  # two printed numbers: the centre lies between them, and z SE too
    return Region.of(planes, (low - 1.0, high + 1.0), (high - low) / z + 1.0)
