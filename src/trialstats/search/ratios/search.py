"""The search for the estimate and standard error behind a printed ratio, its interval and its P value."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from heapq import merge
from typing import Any

from trialstats.catalogue import Catalogue, Convention, load_catalogue
from trialstats.explanations import Block, Explanation, Symmetric, TwoArmCounts
from trialstats.reported import Range, Reported, Span
from trialstats.search.printed import PrintedSearch
from trialstats.search.ratios.against_counts import AgainstCounts
from trialstats.search.ratios.envelope import same_data_statistic, stratified_statistic
from trialstats.search.ratios.polygon import Region, critical, p_regions, ratio_region, z_range
from trialstats.search.ratios.shape import (
    Ends,
    centre_fits,
    float_ends,
    may_be_centred,
    off_centre_fits,
    poisson_counts,
    polygon,
    rectangle,
)
from trialstats.search.ratios.two_arm import exact_is_searched, two_arm_explanations
from trialstats.search.ratios.ways import (
    ENVELOPE_SCALES,
    LINK_SCALES,
    NULLS,
    RatioConventions,
    making_of,
    ratio_conventions,
)
from trialstats.values import kept

_USUAL = ("log", "nearest")
_SLACK = 1e-9
_ENDLESS = 10.0
"""A log ratio or standard error of this size comes from a bound printed as 0, which leaves its end open."""


@lru_cache(maxsize=1024)
def _at_level(one: Convention, level: float) -> Convention:
    return replace(one, level=level)


@dataclass(frozen=True)
class RatioBlock(Block):
    """The explanation by one convention, made when it is looked at."""

    search: RatioSearch

    def item(self, i: int) -> Explanation:
        """Make it."""
        return self.search.explain(self.convention)


@dataclass(frozen=True)
class RatioSearch(PrintedSearch):
    """The search for the estimate and standard error behind one printed ratio."""

    p: Reported | None = None
    """P value that must come out of the same data."""
    sided: int | None = None
    """Sides of P where the text states them; both are tried otherwise."""
    level: float = 0.95
    catalogue: Catalogue = field(default_factory=load_catalogue)
    measure: str = "hazard-ratio"
    """``hazard-ratio``, ``odds-ratio`` or ``risk-ratio``: how far off centre its intervals lie."""
    statistic: Range | None = None
    """Absolute test statistic, where Z or chi-square is printed instead of P."""
    same_model: bool = False
    """Whether the text ties the P value to the model of the interval."""
    level_printed: bool = True
    """If not, a P value may tell the level."""
    counts: TwoArmCounts | None = None
    """Events and patients of both arms, where they are printed."""
    credible: bool = False
    """Whether the interval is a credible one: a posterior may lie off centre by any amount, and comes from no count by
    an exact method."""

    @cached_property
    def against_counts(self) -> AgainstCounts | None:
        """What the counts of both arms say of the printed ratio, its interval and its P value."""
        if self.counts is None:
            return None
        return AgainstCounts(self.printed, self.measure, self.counts, self.level, self.p, self.sided, self.catalogue)

    @cached_property
    def region(self) -> Region:
        """The polygon of the interval alone on the log scale under plain rounding."""
        return ratio_region(self.printed, level=self.level)

    @cached_property
    def conventions(self) -> RatioConventions:
        """Every convention of the catalogue that is searched, cheapest first."""
        return ratio_conventions(
            self.catalogue,
            has_p=self._has_p,
            sided=2 if self.statistic is not None else self.sided,
            same_model=self.same_model,
            any_level=not self.level_printed,
        )

    @property
    def _has_p(self) -> bool:
        return self.p is not None or self.statistic is not None

    @cached_property
    def _plain(self) -> bool:
        """Whether estimate and both bounds are printed as plain numbers: the closed-form test needs all three."""
        numbers = (self.printed.estimate, self.printed.lower, self.printed.upper)
        return all(number is not None and number.relation == "=" and number.digits for number in numbers)

    @kept
    def _ends(self, rounding: str) -> Ends:
        return float_ends(self.printed, rounding)

    @kept
    def fits(self, scale: str, rounding: str) -> bool:
        """Return whether the interval alone can have been made and rounded like this."""
        return ((scale, rounding) == _USUAL or self._may_fit(scale)) and self._judge(scale, rounding)

    @cached_property
    def _widest(self) -> Ends:
        """What the three numbers can stand for under one rounding or another: less than a step to either side."""
        up, cut = self._ends("up"), self._ends("truncated")
        estimate, lower, upper = ((min(a[0], b[0]), max(a[1], b[1])) for a, b in zip(up, cut, strict=True))
        return estimate, lower, upper

    @kept
    def _may_fit(self, scale: str) -> bool:
        """Return whether the interval can have been made on a scale under some rounding; quicker than all of them."""
        if not self._plain or self._below_zero:
            return True
        if scale in LINK_SCALES:
            return may_be_centred(self._widest, scale)
        return scale != "exact-poisson" or self._has_poisson_counts(self._widest)

    def _has_poisson_counts(self, ends: Ends) -> bool:
        return not self.credible and poisson_counts(ends, self.level) is not None

    @cached_property
    def _below_zero(self) -> bool:
        """Whether a printed estimate or upper bound lies below 0, where no ratio is."""
        numbers = (self.printed.estimate, self.printed.upper)
        return any(one is not None and one.digits != "" and one.value < 0 for one in numbers)

    def _judge(self, scale: str, rounding: str) -> bool:
        if self._below_zero:
            return False
        if not self._plain:
            return scale in LINK_SCALES and bool(self._region(scale, rounding))
        if scale in LINK_SCALES:
            return centre_fits(self.printed, self._ends(rounding), scale, rounding)
        if scale == "exact-poisson":
            return self._has_poisson_counts(self._ends(rounding))
        if self.credible:
            (e0, e1), (l0, _), (_, u1) = self._ends(rounding)
            return l0 <= e1 and e0 <= u1
        return off_centre_fits(self._ends(rounding), "bootstrap" if scale == "bootstrap" else self.measure)

    @kept
    def _region(self, scale: str, rounding: str) -> Region:
        if scale not in LINK_SCALES:
            return rectangle(self._ends(rounding), self.level)
        if self._plain:
            return polygon(self._ends(rounding), scale, self.level)
        return ratio_region(self.printed, scale=LINK_SCALES[scale], level=self.level, rounding=rounding)

    @kept
    def _statistic(self, rounding: str, sided: int) -> Span:
        """Return the range of the test statistic that the printed P value stands for."""
        if self.statistic is not None:
            return float(self.statistic.lower), float(self.statistic.upper)
        assert self.p is not None
        return z_range(Range(*self.p.float_range(rounding)), sided)

    def log_se(self) -> Span:
        """Return the range of the standard error of the log ratio that the bounds leave, or one bound and the estimate.

        (0, inf) where the numbers leave nothing to take a logarithm of.
        """
        z = critical(self.level)
        numbers = (self.printed.lower, self.printed.estimate, self.printed.upper)
        spans = [(math.log(low) if low > 0 else -math.inf, math.log(high))
                 for one in numbers if one is not None and one.digits
                 for low, high in (one.float_range(),) if high > 0]  # fmt: skip
        if len(spans) < 2:
            return 0.0, math.inf
        widths = 2 * z if self.printed.lower is not None and self.printed.upper is not None else z
        (first, last), (low, high) = spans[0], spans[-1]
        return max((low - last) / widths, 0.0), max((high - first) / widths, 0.0)

    def about_null(self, scale: str, rounding: str) -> Region:
        """Return the region that a P value beside a way of making the interval is compared with.

        Its origin is at a ratio of 1. Intervals that are symmetric on no scale leave a rectangle.
        """
        if scale in NULLS:
            return self._region(scale, rounding).shifted(NULLS[scale])
        return rectangle(self._ends(rounding), self.level) if self._plain else self._region("log", rounding)

    @kept
    def _reach(self, scale: str, rounding: str, test: str) -> Span:
        """Return the statistics that a test can have beside the interval, signed in the direction of the estimate."""
        if test == "wald":
            low, high = self.about_null(scale, rounding).z
            return (low, high) if low + high >= 0 else (-high, -low)
        # Another test is not tied to the scale of the interval: it is compared on the log scale.
        alike = scale == "log" or not self._plain
        region = self.about_null(scale, rounding) if alike else rectangle(self._ends(rounding), self.level)
        if test == "another-test":
            return same_data_statistic(region.size_of_z, self._largest_log(rounding))
        return stratified_statistic(region.size_of_z)

    def _largest_log(self, rounding: str) -> float:
        """Return the largest absolute log ratio that the estimate, or else its interval, stands for."""
        number = self.printed.estimate or self.printed.upper or self.printed.lower
        assert number is not None
        return max(abs(math.log(end)) if 0 < end < math.inf else 30.0 for end in number.float_range(rounding))

    def _tests_alike(self, one: Convention) -> bool:
        """Return whether the convention's test can give the printed P value."""
        assert one.sided is not None and one.rounding is not None and one.test is not None
        low, high = self._statistic(one.rounding, one.sided)
        first, last = self._reach(*making_of(one), one.test)
        if one.level is not None:
            stretch = critical(one.level) / critical(self.level)
            first, last = first * stretch, last * stretch
        # Two sides: the absolute statistic is printed. One side: it may be the one of either tail.
        return (first - _SLACK <= high and low <= last + _SLACK) or (-last - _SLACK <= high and low <= -first + _SLACK)

    def prints(self, one: Convention) -> bool:
        """Return whether a convention prints the claim."""
        return self.fits(*making_of(one)) and (not one.test or self._tests_alike(one))

    def found(self) -> Iterator[Convention]:
        """Yield every convention that prints the claim, cheapest first."""
        return (one for one in self.conventions.all if self.prints(one))

    def first(self) -> Convention | None:
        """Return the cheapest convention that prints the claim: all that a verdict needs."""
        # Without a way to make the interval there is none to make the P value beside it.
        base = self.base()
        return base if base is None or not self._has_p else next(self.found(), None)

    def base(self) -> Convention | None:
        """Return the cheapest convention that prints the interval, whatever the P value."""
        every = ratio_conventions(self.catalogue, has_p=False).all
        return next((one for one in every if self.fits(*making_of(one))), None)

    def explain(self, one: Convention) -> Explanation:
        """Return a convention with its witness: the ranges of centre and standard error that it leaves."""
        scale, rounding = making_of(one)
        region = self._region(scale, rounding)
        if one.test == "wald" and one.sided is not None and scale in NULLS:
            null = NULLS[scale]
            span = self._statistic(rounding, one.sided)
            if one.level is not None:
                region = Region(tuple((c, s * critical(self.level) / critical(one.level)) for c, s in region.vertices))
            parts = list(p_regions(region.shifted(null), span, one.sided))
            inside = tuple(point for part in parts for point in part.shifted(-null).vertices)
            region = Region(inside) if inside else region
        on_log = scale == "log" or scale not in LINK_SCALES
        events = poisson_counts(self._ends(rounding), self.level) if scale == "exact-poisson" else None
        witness = Symmetric(
            centre=(-math.inf if on_log and region.centre[0] < -_ENDLESS else region.centre[0], region.centre[1]),
            se=(region.se[0], math.inf if on_log and region.se[1] > _ENDLESS else region.se[1]),
            events=events[0] if events else None,
        )
        return Explanation(witness, one if one.level is not None else _at_level(one, self.level))

    @property
    def not_searched(self) -> tuple[str, ...]:
        """The exact methods, where there are too many events for them."""
        counts = self.counts
        if counts is None or exact_is_searched(self.measure, counts):
            return ()
        return (f"exact limits of an odds ratio of {counts.x + counts.x2:,} patients with the event",)

    def _by_counts(self) -> Iterator[Explanation]:
        """Yield the explanations by the counts of both arms, cheapest first."""
        if self.counts is not None and self._plain:
            yield from two_arm_explanations(self.printed, self.measure, self.counts, self.level, self.catalogue)

    def blocks(self) -> Iterator[Block]:
        """Yield every explanation, cheapest first."""
        by_scale = (RatioBlock(one, self) for one in self.found())
        if self.counts is None:
            return by_scale
        return merge(by_scale, map(Block.single, self._by_counts()), key=lambda block: block.cost)

    def cheapest(self, at_most: float = math.inf) -> Explanation | None:
        """Return the first explanation that costs no more than ``at_most``."""
        first = self.first()
        named = self._named(first)
        if named is not None:  # a named method with its counts tells more than an envelope, or than an odd rounding
            return named if named.cost <= at_most + 1e-9 else None
        return self.explain(first) if first is not None and first.cost <= at_most + 1e-9 else None

    def _named(self, first: Convention | None) -> Explanation | None:
        """Return the cheapest method that prints the claim from the counts, where no scale does so in a usual way."""
        if first is None or first.scale in ENVELOPE_SCALES:
            return next(self._by_counts(), None)
        return None if first.ordinary else next((one for one in self._by_counts() if one.rounding == "nearest"), None)

    def ordinary(self) -> bool | None:
        """Return whether the cheapest explanation is ordinary, None where there is none: `cheapest` without it."""
        first = self.first()
        if (named := self._named(first)) is not None:
            return named.ordinary
        return None if first is None else first.ordinary

    def some(self) -> bool:
        """Return whether anything prints the claim."""
        return self.first() is not None or next(self._by_counts(), None) is not None

    def ranges(self) -> Mapping[str, Any]:
        """Return the exact ranges that hold for any Wald interval on the log scale that prints the claim.

        Centre, standard error and events take the P value into account where it is the two-sided Wald
        P value of some point; the ranges of P are those of the interval alone, where there is one.
        """
        region = self.region
        if not region:
            return {}
        inside = region
        if self.p is not None or self.statistic is not None:
            parts = list(p_regions(region, self._statistic("nearest", self.sided or 2), self.sided or 2))
            inside = Region(tuple(point for part in parts for point in part.vertices)) or region
        # An estimate without bounds says nothing of P: then it is the printed P value that does.
        alone = region if self.printed.lower is not None or self.printed.upper is not None else inside
        return {
            "centre": inside.centre,
            "se": inside.se,
            "p_two_sided": alone.p_two_sided,
            "p_one_sided": alone.p_one_sided,
            "events": (inside.events_at_least, None),
            "vertices": region.vertices,  # of the interval alone, for pictures
        }
