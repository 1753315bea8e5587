"""Estimate and standard error behind a symmetric interval: a convex polygon, clipped exactly.

An interval that is centre ± z SE on a link scale ties every printed number linearly to (centre, SE):
the estimate and both bounds by their ranges, a Wald P value by a wedge through the origin. The set
of (centre, SE) that prints the claim is a convex polygon, and the exact ranges of SE, of P and of
the events follow from its vertices. An empty polygon proves that no Wald interval on that scale
prints the claim, and no more than that.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import NormalDist
from typing import Any

from trialstats.conventions import Catalogue, load_catalogue
from trialstats.errors import InputError
from trialstats.findings import Block, Explanation, Explanations
from trialstats.intervals.scales import SCALES, Scale
from trialstats.inverse.printed import PrintedInterval, as_level, as_reported, chance_of, total_cost
from trialstats.reported import GUARD, Range, Reported

__all__ = [
    "HalfPlane",
    "RatioSearch",
    "Region",
    "explain_ratio",
    "ratio_region",
    "symmetric_half_planes",
    "symmetric_region",
    "z_range",
]

Span = tuple[float, float]
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
    """A convex set of (centre, SE) on a link scale.

    Attributes
    ----------
    vertices : tuple of (float, float)
        In order; empty where nothing prints the claim.
    """

    vertices: tuple[Span, ...]

    @classmethod
    def of(cls, planes: Iterable[HalfPlane], centre: Span = (-_FAR, _FAR), se: float = _FAR) -> Region:
        """Clip a box of the upper half plane (SE >= 0) by half-planes.

        A box not much larger than the answer keeps the vertices accurate to the last digits.
        """
        low, high = centre
        points: list[Span] = [(low, 0.0), (high, 0.0), (high, se), (low, se)]
        for plane in planes:
            points = _clip(points, plane)
            if not points:
                return cls(())
        return cls(tuple(points))

    def __bool__(self) -> bool:
        return bool(self.vertices)

    def clip(self, *planes: HalfPlane) -> Region:
        """Return the part of the region inside further half-planes."""
        points = list(self.vertices)
        for plane in planes:
            points = _clip(points, plane)
        return Region(tuple(points))

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
    def p_two_sided(self) -> Span:
        """Range of the two-sided Wald P value."""
        low, high = self.z
        nearest = 0.0 if low <= 0 <= high else min(abs(low), abs(high))
        return (2 * _upper_tail(max(abs(low), abs(high))), 2 * _upper_tail(nearest))

    @property
    def p_one_sided(self) -> Span:
        """Range of the one-sided Wald P value in the direction of the estimate."""
        low, high = self.z
        if low + high < 0:
            low, high = -high, -low
        return (_upper_tail(high), _upper_tail(low))

    @property
    def events_at_least(self) -> float:
        """Fewest events in both arms together: 1/d1 + 1/d2 <= SE**2 in a two-group Cox fit, so d >= 4 / SE**2."""
        high = self.se[1]
        return 4 / high**2 if 0 < high < _FAR else 0.0


def _upper_tail(z: float) -> float:
    return 0.5 * math.erfc(z / math.sqrt(2)) if math.isfinite(z) else (0.0 if z > 0 else 1.0)


def _span(values: Iterable[float]) -> Span:
    found = list(values)
    return (min(found), max(found)) if found else (math.nan, math.nan)


def _clip(points: list[Span], plane: HalfPlane) -> list[Span]:
    """Keep the part of a convex polygon inside a half-plane (Sutherland and Hodgman 1974)."""
    a, b, d = plane.a, plane.b, plane.d
    slack = GUARD * max(1.0, abs(d))
    kept: list[Span] = []
    if not points:
        return kept
    c0, s0 = points[-1]
    over0 = a * c0 + b * s0 - d
    for c1, s1 in points:
        over1 = a * c1 + b * s1 - d
        inside0, inside1 = over0 <= slack, over1 <= slack
        if inside0 is not inside1:
            t = over0 / (over0 - over1)
            kept.append((c0 + t * (c1 - c0), s0 + t * (s1 - s0)))
        if inside1:
            kept.append((c1, s1))
        c0, s0, over0 = c1, s1, over1
    return kept


# --------------------------------------------------------------------------------------------------
# From printed numbers to half-planes
# --------------------------------------------------------------------------------------------------
def _on_scale(scale: Scale, values: Range) -> Span:
    """Map a range of estimates to the scale, cut to its domain; ordered on the scale.

    An infinite end stays infinite: it stands for a limit that was cut off at the end of the domain.
    """
    low, high = scale.domain
    towards = 1.0 if scale.increasing else -1.0
    ends = sorted(
        towards * float(end) if math.isinf(end) else scale.forward(min(max(float(end), low), high))
        for end in (values.lower, values.upper)
    )
    return ends[0], ends[1]


def symmetric_half_planes(
    scale: Scale, z: float, *, estimate: Range | None, lower: Range | None, upper: Range | None
) -> Iterator[HalfPlane]:
    """Yield the constraints that printed numbers put on (centre, SE).

    Parameters
    ----------
    scale : Scale
    z : float
        Critical value of the level.
    estimate, lower, upper : Range or None
        What each printed number can stand for; None where it is not printed.
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
    """Return the range of |z| (two-sided) or z (one-sided) that a P value's range stands for."""
    low, high = max(float(p.lower), 0.0), min(float(p.upper), 1.0)
    if sided == 2:
        low, high = low / 2, high / 2
    ends = [math.inf if tail <= 0 else -math.inf if tail >= 1 else -_NORMAL.inv_cdf(tail) for tail in (high, low)]
    return ends[0], ends[1]


def _p_regions(region: Region, p: Range, sided: int) -> Iterator[Region]:
    """Yield the parts of a region, by the sign of the effect, whose Wald P value lies in a range."""
    low, high = z_range(p, sided)
    for sign in (1.0, -1.0):
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
    """Return all (centre, SE) on a link scale that print an estimate and its interval.

    Parameters
    ----------
    printed : PrintedInterval
    scale : str, default "log"
        A name of ``SCALES``.
    level : float, default 0.95
    rounding : str, default "nearest"

    Examples
    --------
    >>> region = ratio_region(PrintedInterval.of("0.54", ("0.36", "0.81"), "a ratio"))
    >>> [round(end, 3) for end in region.se]
    [0.201, 0.213]
    """
    ranges = {name: number.range(rounding) for name, number in printed.parts}
    return symmetric_region(SCALES[scale], level, ranges)


def symmetric_region(scale: Scale, level: float, ranges: Mapping[str, Range]) -> Region:
    """Return all (centre, SE) on a scale whose estimate, lower and upper limit lie in the given ranges."""
    z = _NORMAL.inv_cdf((1 + level) / 2)
    estimate, lower, upper = (ranges.get(name) for name in ("estimate", "lower", "upper"))
    planes = symmetric_half_planes(scale, z, estimate=estimate, lower=lower, upper=upper)
    ends = [end for values in ranges.values() for end in _on_scale(scale, values)]
    if len(ranges) < 2 or not all(map(math.isfinite, ends)):
        return Region.of(planes)
    low, high = min(ends), max(ends)  # two printed numbers or more: the centre lies between them, and z SE too
    return Region.of(planes, (low - 1.0, high + 1.0), (high - low) / z + 1.0)


# --------------------------------------------------------------------------------------------------
# The search
# --------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class RatioSearch:
    """The search for the estimate and standard error behind one printed ratio.

    Attributes
    ----------
    printed : PrintedInterval
    p : Reported or None
        P value that must come out of the same centre and SE.
    sided : int or None
        Sides of P where the text states them; both are tried otherwise.
    level : float
    catalogue : Catalogue
    """

    printed: PrintedInterval
    p: Reported | None = None
    sided: int | None = None
    level: float = 0.95
    catalogue: Catalogue = load_catalogue()

    SCALES = ("log", "identity")
    OFF_CENTRE = 0.35
    """Largest distance, in standard errors, of an estimate from the middle of its interval that profile-likelihood,
    exact and score methods account for."""

    @cached_property
    def region(self) -> Region:
        """The polygon of the interval alone on the log scale under plain rounding."""
        return ratio_region(self.printed, level=self.level)

    def _off_centre(self, rounding: str) -> Region:
        """Return the polygon of the bounds alone, cut to where the estimate is nearly central."""
        estimate = self.printed.estimate
        bounds = PrintedInterval(None, self.printed.lower, self.printed.upper)
        region = ratio_region(bounds, level=self.level, rounding=rounding)
        if estimate is None or not region:
            return Region(())
        low, high = _on_scale(SCALES["log"], estimate.range(rounding))
        return region.clip(HalfPlane(-1.0, -self.OFF_CENTRE, -low), HalfPlane(1.0, -self.OFF_CENTRE, high))

    def explanations_in_order(self) -> Iterator[Explanation]:
        """Yield every explanation, cheapest first."""
        combinations = []
        sides = (None,) if self.p is None else ((self.sided,) if self.sided else (2, 1))
        for scale in (*self.SCALES, "off-centre"):
            for rounding in self.catalogue.names("rounding"):
                for sided in sides:
                    parts = [("scale", scale), ("rounding", rounding)]
                    if sided is not None and self.sided is None:
                        parts.append(("p-sided", "one" if sided == 1 else "two"))
                    combinations.append((*total_cost(self.catalogue, *parts), scale, rounding, sided))
        for cost, ordinary, scale, rounding, sided in sorted(combinations, key=lambda one: one[0]):
            region = self._feasible(scale, rounding, sided)
            if region:
                yield Explanation(
                    cost=cost,
                    ordinary=ordinary,
                    scale=scale,
                    rounding=rounding,
                    level=self.level,
                    centre=region.centre,
                    se=region.se,
                    sided=sided,
                )

    def _feasible(self, scale: str, rounding: str, sided: int | None) -> Region:
        if scale == "off-centre":
            region = self._off_centre(rounding)
        else:
            region = ratio_region(self.printed, scale=scale, level=self.level, rounding=rounding)
        if self.p is None or sided is None or not region:
            return region
        values = self.p.range(rounding)
        if scale == "identity":  # the null is 1 on the natural scale: move the origin there
            region = Region(tuple((c - 1.0, s) for c, s in region.vertices))
        parts = list(_p_regions(region, values, sided))
        return Region(tuple(point for part in parts for point in part.vertices))

    def cheapest(self, at_most: float = math.inf) -> Explanation | None:
        """Return the first explanation that costs no more than ``at_most``."""
        found = next(self.explanations_in_order(), None)
        return found if found is not None and found.cost <= at_most + 1e-9 else None

    def chance(self) -> float | None:
        """Return the share of one-digit neighbours that have an explanation of no higher cost."""
        best = self.cheapest()
        if best is None:
            return None

        def explained(printed: PrintedInterval) -> bool:
            search = RatioSearch(printed, self.p, self.sided, self.level, self.catalogue)
            return search.cheapest(best.cost) is not None

        return chance_of(self.printed.neighbours(), explained)

    def ranges(self) -> dict[str, Any]:
        """Return the exact ranges that hold for any Wald interval on the log scale that prints the claim."""
        region = self.region
        if not region:
            return {}
        return {
            "centre": region.centre,
            "se": region.se,
            "p_two_sided": region.p_two_sided,
            "p_one_sided": region.p_one_sided,
            "events": (region.events_at_least, None),
        }

    def explanations(self) -> Explanations:
        """Return all explanations, made when first looked at."""
        return Explanations(
            lambda: [Block.single(one) for one in self.explanations_in_order()],
            chance=self.chance,
            extra=self.ranges,
        )


def explain_ratio(
    estimate: str | Reported | None,
    interval: Sequence[str | Reported | None] | None = None,
    *,
    p: str | Reported | None = None,
    sided: int | None = None,
    level: str | float | None = None,
    catalogue: Catalogue | None = None,
) -> Explanations:
    """Find all scales and roundings on which a ratio, its interval and its P value are one symmetric estimate.

    Parameters
    ----------
    estimate : str or Reported or None
        Hazard, odds or risk ratio as printed.
    interval : pair of str or Reported, optional
        Bounds as printed; either may be None.
    p : str or Reported, optional
        P value as printed, with its relation (``"<.001"``).
    sided : {1, 2}, optional
        Sides of P where they are known; otherwise both are tried.
    level : str or float, optional
        Confidence level, ``"95%"`` by default.
    catalogue : Catalogue, optional
        By default the latest.

    Returns
    -------
    Explanations
        Items have ``.scale .rounding .sided .centre .se .cost``; the whole has ``.feasible .centre
        .se .p_two_sided .p_one_sided .events`` as ranges on the log scale.

    Raises
    ------
    NotTextError
        If a printed number is not given as text.
    InputError
        If there is nothing to explain, the level is no level, or ``sided`` is not 1 or 2.

    Examples
    --------
    >>> found = explain_ratio("0.54", ("0.37", "0.79"))
    >>> [round(end, 4) for end in found.p_two_sided]
    [0.0012, 0.0018]
    """
    if sided not in (None, 1, 2):
        raise InputError(f"sided must be 1, 2 or None, got {sided!r}.")
    printed = PrintedInterval.of(estimate, interval, "a ratio")
    search = RatioSearch(printed, as_reported(p), sided, as_level(level), catalogue or load_catalogue())
    return search.explanations()
