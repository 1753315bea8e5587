"""Standard error and effective sample size behind a printed Kaplan-Meier rate."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import NormalDist
from types import MappingProxyType

from trialstats.conventions import Catalogue, load_catalogue
from trialstats.errors import InputError
from trialstats.findings import Block, Explanation, Explanations
from trialstats.intervals.scales import SCALES, Scale
from trialstats.inverse.printed import PrintedInterval, as_level, chance_of, total_cost
from trialstats.inverse.region import HalfPlane, Region, symmetric_region
from trialstats.reported import Range, Reported

__all__ = ["TRANSFORM_SCALES", "SurvivalSearch", "explain_survival"]

TRANSFORM_SCALES: Mapping[str, str] = MappingProxyType(
    {"plain": "identity", "log": "log", "log-log": "log-log", "logit": "logit", "arcsine": "arcsine"}
)
"""Which link scale each Kaplan-Meier transform is symmetric on; Rothman's interval is a score interval instead."""
_CUT_OFF = frozenset({"plain", "log", "arcsine"})
_POINTS_ON_AN_EDGE = 32
_NORMAL = NormalDist()


def _uncut(values: Mapping[str, Range], transform: str) -> dict[str, Range]:
    """Let a limit printed at 0 or 1 stand for any limit beyond it, where a transform's limits are cut off there."""
    ranges = dict(values)
    if transform in _CUT_OFF:
        if "upper" in ranges and 1 in ranges["upper"]:
            ranges["upper"] = Range(ranges["upper"].lower, math.inf, ranges["upper"].lower_closed, False)
        if "lower" in ranges and 0 in ranges["lower"]:
            ranges["lower"] = Range(-math.inf, ranges["lower"].upper, False, ranges["lower"].upper_closed)
    return ranges


def _rothman_region(ranges: Mapping[str, Range], z: float) -> Region:
    """Return the (S, SE) of a score interval: S lies sqrt(L(1 - L)) r above L and sqrt(U(1 - U)) r below U.

    With r = z / sqrt(effective n), that is linear in (S, r); see Rothman (1978) J Chronic Dis 31:557-560.
    """
    planes = []
    if "estimate" in ranges:
        low, high = _within_unit(ranges["estimate"])
        planes += [HalfPlane(-1.0, 0.0, -low), HalfPlane(1.0, 0.0, high)]
    for name, sign in (("lower", 1.0), ("upper", -1.0)):
        if name in ranges:
            low, high = _within_unit(ranges[name])
            planes += [
                HalfPlane(-1.0, sign * math.sqrt(low * (1 - low)), -low),
                HalfPlane(1.0, -sign * math.sqrt(high * (1 - high)), high),
            ]
    return Region.of(planes, (0.0, 1.0), 10.0 * z)


def _within_unit(values: Range) -> tuple[float, float]:
    return max(float(values.lower), 0.0), min(float(values.upper), 1.0)


@dataclass(frozen=True)
class SurvivalSearch:
    """The search for the transform and standard error behind one printed survival rate.

    Attributes
    ----------
    printed : PrintedInterval
    level : float
    n_max : int or None
        Patients at risk at the start; by Greenwood's formula the effective sample size cannot exceed it.
    catalogue : Catalogue
    """

    printed: PrintedInterval
    level: float = 0.95
    n_max: int | None = None
    catalogue: Catalogue = load_catalogue()

    def explain(self, transform: str, rounding: str, cost: float, ordinary: bool) -> Explanation | None:
        """Return the explanation by one transform and rounding, or None if it cannot print the claim."""
        ranges = {name: number.range(rounding) for name, number in self.printed.parts}
        if transform == "rothman":
            z = _NORMAL.inv_cdf((1 + self.level) / 2)
            region = _rothman_region(ranges, z)
            points = [(s, math.sqrt(s * (1 - s)) * r / z, z**2 / r**2 if r > 0 else math.inf)
                      for s, r in _outline(region)]  # fmt: skip
        else:
            scale = SCALES[TRANSFORM_SCALES[transform]]
            region = symmetric_region(scale, self.level, _uncut(ranges, transform))
            points = [_natural(scale, centre, se) for centre, se in _outline(region)]
        if self.n_max is not None:
            points = [point for point in points if point[2] <= self.n_max + 1e-9]
        if not points:
            return None
        rates, errors, sizes = ([point[k] for point in points] for k in range(3))
        return Explanation(
            cost=cost,
            ordinary=ordinary,
            rounding=rounding,
            level=self.level,
            transform=transform,
            centre=(min(rates), max(rates)),
            se=(min(errors), max(errors)),
            effective_n=(min(sizes), max(sizes)),
        )

    def explanations_in_order(self) -> Iterator[Explanation]:
        """Yield every explanation, cheapest first."""
        combinations = []
        for transform in self.catalogue.names("km-transform"):
            for rounding in self.catalogue.names("rounding"):
                parts = (("km-transform", transform), ("rounding", rounding))
                combinations.append((*total_cost(self.catalogue, *parts), transform, rounding))
        for cost, ordinary, transform, rounding in sorted(combinations, key=lambda one: one[0]):
            found = self.explain(transform, rounding, cost, ordinary)
            if found is not None:
                yield found

    def chance(self) -> float | None:
        """Return the share of one-digit neighbours that have an explanation of no higher cost."""
        best = next(self.explanations_in_order(), None)
        if best is None:
            return None

        def explained(printed: PrintedInterval) -> bool:
            search = SurvivalSearch(printed, self.level, self.n_max, self.catalogue)
            found = next(search.explanations_in_order(), None)
            return found is not None and found.cost <= best.cost + 1e-9

        return chance_of(self.printed.neighbours(), explained)

    def explanations(self) -> Explanations:
        """Return all explanations, made when first looked at."""
        return Explanations(
            lambda: [Block.single(one) for one in self.explanations_in_order()], chance=self.chance
        )  # fmt: skip


def _natural(scale: Scale, centre: float, se: float) -> tuple[float, float, float]:
    """Return rate, standard error and effective n on the natural scale (delta method)."""
    rate = scale.inverse(centre)
    slope = abs(scale.derivative(rate))
    error = se / slope if slope > 0 else math.inf
    return rate, error, rate * (1 - rate) / error**2 if error > 0 else math.inf


def _outline(region: Region) -> Iterator[tuple[float, float]]:
    """Yield points along the border: rate and SE are curved on the natural scale, so vertices alone are not enough."""
    corners = region.vertices
    for k, (c1, s1) in enumerate(corners):
        c0, s0 = corners[k - 1]
        for step in range(_POINTS_ON_AN_EDGE):
            t = step / _POINTS_ON_AN_EDGE
            yield c0 + t * (c1 - c0), s0 + t * (s1 - s0)


def explain_survival(
    estimate: str | Reported | None,
    interval: Sequence[str | Reported | None] | None = None,
    *,
    n: int | None = None,
    level: str | float | None = None,
    catalogue: Catalogue | None = None,
) -> Explanations:
    """Find all transforms and standard errors that print a Kaplan-Meier rate and its interval.

    Parameters
    ----------
    estimate : str or Reported or None
        The rate as printed.
    interval : pair of str or Reported, optional
        Bounds as printed; either may be None.
    n : int, optional
        Patients at the start; the effective sample size cannot exceed it.
    level : str or float, optional
        Confidence level, ``"95%"`` by default.
    catalogue : Catalogue, optional
        By default the latest.

    Returns
    -------
    Explanations
        Items have ``.transform .rounding .se .effective_n .cost``; ranges are accurate to about 1e-3 of their width.

    Raises
    ------
    NotTextError
        If a printed number is not given as text.
    InputError
        If there is nothing to explain, a rate lies outside 0 to 100 %, or the level is no level.

    Examples
    --------
    >>> explain_survival("81%", ("69%", "96%")).best(1)[0].transform
    'log'
    """
    printed = PrintedInterval.of(estimate, interval, "a survival rate")
    for name, number in printed.parts:
        if not number.is_missing and not 0 <= number.value <= Fraction(1):
            raise InputError(f"The {name} of a survival rate must lie between 0 and 100 %, got {number.text!r}.")
    return SurvivalSearch(printed, as_level(level), n, catalogue or load_catalogue()).explanations()
