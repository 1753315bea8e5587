"""Transform, standard error and effective sample size behind a printed Kaplan-Meier rate."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

from trialstats.catalogue import Catalogue, Convention, load_catalogue
from trialstats.errors import InputError
from trialstats.explanations import Block, Explanation, Explanations, SurvivalRate
from trialstats.findings import Nearest
from trialstats.intervals.scales import SCALES
from trialstats.press import print_number
from trialstats.reported import DEFAULT_ROUNDING, Range, Reported, Span
from trialstats.search.printed import PrintedInterval, PrintedSearch, as_level, check_whole, priced
from trialstats.search.ratios.polygon import HalfPlane, Region, critical, symmetric_region
from trialstats.search.survival.greenwood import NATURAL_SCALES, natural_ranges

TRANSFORM_SCALES: Mapping[str, str] = MappingProxyType(
    {"plain": "identity", "log": "log", "log-log": "log-log", "logit": "logit", "arcsine": "arcsine"}
)
"""Which link scale each Kaplan-Meier transform is symmetric on; Rothman's interval is a score interval instead."""
OTHER_WAY_ROUND = ("log", "log-log")
"""Transforms that give another interval for F = 1 - S than for S; the others treat both alike."""
OFF_CENTRE = (0.3, 1.8, 1.0)
"""How many SE off centre on the arcsine scale an interval of no transform may be: a + b/sqrt(k), at most c.

With k the smaller of the effective numbers of events and of survivors. Bootstrap percentile intervals of simulated
curves and 355 likelihood-ratio intervals by R's km.ci lie within it; see docs/validation-survival.md.
"""
_CUT_OFF = frozenset({"plain", "log", "arcsine"})
_MOST_STEPS = 60
"""How many units of the last digit the nearest miss is looked for."""


# ---- From printed numbers to the polygon -----------------------------------------------------------------------------
def _cut_off(ranges: Mapping[str, Range], transform: str) -> dict[str, float]:
    """Return the limits printed at 0 or 1 that may lie anywhere beyond, where a transform's limits are cut off there.

    What is left of such a limit is its other end, by name.
    """
    found = {}
    if transform in _CUT_OFF:
        if "upper" in ranges and 1 in ranges["upper"]:
            found["upper"] = float(ranges["upper"].lower)
        if "lower" in ranges and 0 in ranges["lower"] and transform != "log":
            found["lower"] = float(ranges["lower"].upper)
    return found


def _rothman_region(ranges: Mapping[str, Range], z: float) -> Region:
    """Return the (S, 1 / sqrt(effective n)) of a score interval.

    S lies z sqrt(L (1 - L)) r above L and z sqrt(U (1 - U)) r below U, with r = 1 / sqrt(effective n): that is linear
    in (S, r); see Rothman (1978) J Chronic Dis 31:557-560.
    """
    planes = []
    if "estimate" in ranges:
        low, high = _within_unit(ranges["estimate"])
        planes += [HalfPlane(-1.0, 0.0, -low), HalfPlane(1.0, 0.0, high)]
    for name, sign in (("lower", 1.0), ("upper", -1.0)):
        if name in ranges:
            low, high = _within_unit(ranges[name])
            planes += [
                HalfPlane(-1.0, sign * z * math.sqrt(low * (1 - low)), -low),
                HalfPlane(1.0, -sign * z * math.sqrt(high * (1 - high)), high),
            ]
    return Region.of(planes, (0.0, 1.0), 10.0)


def _within_unit(values: Range) -> Span:
    low, high = (min(max(float(end), 0.0), 1.0) for end in (values.lower, values.upper))
    return low, high


def _region(ranges: Mapping[str, Range], transform: str, level: float) -> Region:
    z = critical(level)
    if transform == "rothman":
        return _rothman_region(ranges, z)
    scale = SCALES[TRANSFORM_SCALES[transform]]
    free = _cut_off(ranges, transform)
    region = symmetric_region(scale, level, {name: span for name, span in ranges.items() if name not in free})
    planes = []
    if "upper" in free:
        planes.append(HalfPlane(-1.0, -z, -scale.forward(free["upper"])))
    if "lower" in free:
        planes.append(HalfPlane(1.0, -z, scale.forward(free["lower"])))
    low, high = NATURAL_SCALES[transform].ends
    if math.isfinite(low):
        planes.append(HalfPlane(-1.0, 0.0, -low))
    if math.isfinite(high):
        planes.append(HalfPlane(1.0, 0.0, high))
    return region.clip(*planes)


def _complement(values: Mapping[str, Range]) -> dict[str, Range]:
    """Return the ranges of 1 minus each number, the bounds trading places."""
    swap = {"estimate": "estimate", "lower": "upper", "upper": "lower"}
    return {swap[name]: span.complement() for name, span in values.items()}


@lru_cache(maxsize=16)
def _conventions(catalogue: Catalogue, incidence: bool) -> tuple[Convention, ...]:
    """Return every transform, of the rate or of 1 minus the rate, with every rounding, cheapest first."""
    found = []
    for transform in catalogue.names("km-transform"):
        for rounding in catalogue.names("rounding"):
            parts = [("km-transform", transform), ("rounding", rounding)]
            kinds: list[tuple[str | None, list[tuple[str, str]]]] = [(None, parts)]
            if incidence and transform in OTHER_WAY_ROUND:
                kinds.append(("incidence", [*parts, ("km-curve", "incidence")]))
            for kind, entries in kinds:
                found.append(priced(catalogue, *entries, transform=transform, rounding=rounding, kind=kind))
    return tuple(sorted(found, key=lambda one: (one.cost, one.ordinary, one.transform, one.rounding, one.kind or "")))


@dataclass(frozen=True)
class SurvivalSearch(PrintedSearch):
    """The search for the transform and standard error behind one printed survival rate."""

    level: float = 0.95
    n_max: int | None = None
    """Patients at the start. By Greenwood's formula the effective sample size of an unweighted curve cannot exceed it,
    so an explanation that needs more is never ordinary, and says so."""
    catalogue: Catalogue = field(default_factory=load_catalogue)
    incidence: bool = True
    """Whether the transforms of F = 1 - S are tried too, as for a cumulative incidence."""

    def explain(self, convention: Convention) -> Explanation | None:
        """Return the explanation by one transform and rounding, or None if it cannot print the claim."""
        transform, rounding = convention.transform or "", convention.rounding or ""
        ranges = {name: number.range(rounding) for name, number in self.printed.parts}
        incidence = convention.kind == "incidence"
        region = _region(_complement(ranges) if incidence else ranges, transform, self.level)
        if not region:
            return None
        rates, errors, sizes = natural_ranges(region, transform)
        if incidence:
            rates = (1 - rates[1], 1 - rates[0])
        return self._within_arm(SurvivalRate(rates, errors, sizes), convention)

    def by(self, transform: str, rounding: str = DEFAULT_ROUNDING) -> Explanation | None:
        """Return the explanation by a transform of the rate, or None if it cannot print the claim."""
        parts = ("km-transform", transform), ("rounding", rounding)
        return self.explain(priced(self.catalogue, *parts, transform=transform, rounding=rounding))

    def _within_arm(self, rate: SurvivalRate, convention: Convention) -> Explanation:
        """Cut the effective n at the patients of the arm, or say that more of them would be needed."""
        convention = replace(convention, level=self.level)
        if self.n_max is None or rate.effective_n is None or self._nobody_or_everybody():
            return Explanation(rate, convention)
        least, most = rate.effective_n
        if least <= self.n_max * (1 + 1e-9):
            cut = least, min(most, max(least, float(self.n_max)))
            return Explanation(replace(rate, effective_n=cut), convention)
        more = replace(rate, readings=(f"more than {self.n_max} patients",))
        cost = convention.cost + self.catalogue.cost("allowed-n", "any")
        return Explanation(more, replace(convention, cost=cost, ordinary=False, allowed="any"))

    def _nobody_or_everybody(self) -> bool:
        """Whether all numbers may stand for exactly 0 or exactly 1, where the effective n is undefined."""
        ranges = [number.range() for _, number in self.printed.parts if not number.is_missing]
        return any(all(end in values for values in ranges) for end in (0, 1))

    def asymmetric(self) -> Explanation | None:
        """Return the explanation as a likelihood-ratio or bootstrap interval, if it is not too far off centre."""
        ranges = [number.range() for _, number in self.printed.parts if not number.is_missing]
        if len(ranges) < 3:
            return None
        spans = [_within_unit(values) for values in ranges]
        (s0, s1), (l0, l1), (u0, u1) = (tuple(math.asin(math.sqrt(end)) for end in span) for span in spans)
        if u1 <= l0:
            return None
        z = critical(self.level)
        # Off centre by z (2s - l - u)/(u - l), which rises with s and falls with both limits.
        least, most = (
            math.copysign(math.inf, 2 * s - low - high) if high <= low else z * (2 * s - low - high) / (high - low)
            for s, low, high in ((s0, l1, u1), (s1, l0, u0))
        )
        fewest = (z / (u1 - l0)) ** 2
        count = fewest * max(min(spans[0][0], 1 - spans[0][1]), 0.0)
        limit = min(OFF_CENTRE[0] + OFF_CENTRE[1] / math.sqrt(count), OFF_CENTRE[2]) if count > 0 else OFF_CENTRE[2]
        if least > limit or most < -limit:
            return None
        rate = SurvivalRate(spans[0], None, (fewest, (z / (u0 - l1)) ** 2 if u0 > l1 else math.inf))
        how = priced(self.catalogue, ("km-other", "asymmetric"), method="asymmetric", rounding=DEFAULT_ROUNDING)
        return self._within_arm(rate, how)

    def explanations_in_order(self, only: str | None = None) -> Iterator[Explanation]:
        """Yield every explanation, or only those under one rounding rule, cheapest first."""
        # What costs more than its parts (too many patients) waits until its turn.
        waiting = [other] if (other := self.asymmetric()) is not None else []
        for convention in _conventions(self.catalogue, self.incidence):
            if only is not None and convention.rounding != only:
                continue
            cost, found = convention.cost, self.explain(convention)
            due = sorted((one for one in waiting if one.cost <= cost), key=lambda one: one.cost)
            yield from due
            waiting = [one for one in waiting if one.cost > cost]
            if found is not None and found.cost > cost:
                waiting.append(found)
            elif found is not None:
                yield found
        yield from sorted(waiting, key=lambda one: one.cost)

    def blocks(self) -> Iterator[Block]:
        """Yield every explanation, cheapest first."""
        return map(Block.single, self.explanations_in_order())

    def cheapest(self, at_most: float = math.inf) -> Explanation | None:
        """Return the first explanation that costs no more than ``at_most``."""
        found = next(self.explanations_in_order(), None)
        return found if found is not None and found.cost <= at_most + 1e-9 else None

    def nearest(self, within: int = _MOST_STEPS) -> Nearest | None:
        """Return the nearest miss: the smallest change of one number with which a usual transform prints the claim.

        It is looked for ``within`` so many units of the last digit.
        """
        usual = [
            name for name in self.catalogue.names("km-transform") if self.catalogue.is_ordinary("km-transform", name)
        ]
        for steps in range(1, within + 1):
            for name, number in self.printed.parts:
                if number.is_missing:
                    continue
                for sign in (1, -1):
                    value = number.value + sign * steps * number.step
                    if not 0 <= value <= 1:
                        continue
                    text = print_number(value, number.decimals, number.unit)
                    moved = replace(self, printed=replace(self.printed, **{name: Reported(text)}))
                    for transform in usual:
                        found = moved.by(transform)
                        if found is not None and found.allowed is None:
                            return Nearest(found, {part: old.text for part, old in moved.printed.parts}, float(steps))
        return None


def explain_survival(
    estimate: str | Reported | None,
    interval: Sequence[str | Reported | None] | None = None,
    *,
    n: int | None = None,
    level: str | float | None = None,
    incidence: bool = True,
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
        Patients at the start; the effective sample size of an unweighted curve cannot exceed it.
    level : str or float, optional
        Confidence level, ``"95%"`` by default.
    incidence : bool, default True
        Also try the transforms of 1 minus the rate, as for a cumulative incidence.
    catalogue : Catalogue, optional
        By default the latest.

    Returns
    -------
    Explanations
        Items have ``.transform .rounding .se .effective_n .cost``; ``.kind`` is ``"incidence"`` where the transform
        was taken of 1 minus the rate. The ranges are those of the whole set that prints the claim, exact up to 1e-12
        of its width; where ``n`` cuts that set, effective n is cut at ``n`` and the standard error's range is an outer
        bound.

    Raises
    ------
    NotTextError
        If a printed number is not given as text.
    InputError
        If there is nothing to explain, a rate lies outside 0 to 100 %, or the level is no level.

    References
    ----------
    .. [1] Borgan Ø, Liestøl K. A note on confidence intervals and bands for the survival function based on
       transformations. Scand J Stat 1990;17:35-41.
    .. [2] Rothman KJ. Estimation of confidence limits for the cumulative probability of survival in life table
       analysis. J Chronic Dis 1978;31:557-60.
    .. [3] Thomas DR, Grunkemeier GL. Confidence interval estimation of survival probabilities for censored data.
       J Am Stat Assoc 1975;70:865-71.

    Examples
    --------
    >>> found = explain_survival("81%", ("69%", "96%"))
    >>> found.best(1)[0].transform
    'log'
    >>> [round(end, 2) for end in found[0].effective_n]
    [30.09, 34.61]
    """
    printed = PrintedInterval.of(estimate, interval, "a survival rate")
    check_whole("n", n)
    if n is not None and n < 1:
        raise InputError(f"n must be at least 1, got {n}.")
    for name, number in printed.parts:
        if not number.is_missing and not 0 <= number.value <= Fraction(1):
            raise InputError(f"The {name} of a survival rate must lie between 0 and 100 %, got {number.text!r}.")
    return SurvivalSearch(printed, as_level(level), n, catalogue or load_catalogue(), incidence).explanations()
