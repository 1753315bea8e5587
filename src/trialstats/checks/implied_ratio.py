"""A hazard ratio that two other printed numbers imply under a model, beside the printed one.

Both come from the same patients, so their sampling errors are correlated. Where the model holds, Cox's estimate is
efficient, and an efficient estimate is uncorrelated with its difference from any other (Hausman 1978): the variance of
the gap between the two log ratios is the difference of their variances, not the sum. In small samples that difference
is too small, and with few patients it can be negative, so it is not taken below a share of the larger variance. The
shares are set by simulation, so that at most 5 % of the gaps lie beyond 1.96 and about 1 % beyond 2.58 standard
deviations (benchmarks/implied_ratio_simulation.py; docs/validation-survival.md).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from trialstats.catalogue import Convention
from trialstats.checks.check import Check, Context, both_bounds, level_of, printed_interval
from trialstats.checks.said_adjusted import called_stratified
from trialstats.claims.model import Estimate
from trialstats.explanations import Explanation, Explanations
from trialstats.findings import Details, Finding, Verdict
from trialstats.intervals.events import events_at_least
from trialstats.reported import Span
from trialstats.search.printed import PrintedInterval
from trialstats.search.ratios.polygon import critical, ratio_region
from trialstats.search.survival.explain import SurvivalSearch
from trialstats.wording import as_printed, as_range, joined

FLOORS: Mapping[tuple[str, str], float] = MappingProxyType(
    {
        ("landmark", "intervals"): 0.2,
        ("landmark", "arm sizes"): 0.4,
        ("median", "intervals"): 0.4,
        ("median", "arm sizes"): 0.6,
    }
)
"""Least share of the implied log ratio's variance that the gap's is taken to be, by where the former is from."""
MEDIAN_VARIANCE = 1 / math.log(2) ** 2
"""Variance of the log of an exponential median from n uncensored patients, times n: (1/4) / (ln(2)/2)^2."""
_INSIDE, _EDGE, _FAR = 1.96, 2.58, 3.0
_TURNED, _TURNED_FAR = 1.1, 1.96
"""How far the values must favour the other arm than their ratio does, and from how many standard deviations of the gap:
curves that cross leave two medians alike, but do not turn them round."""
_VISIT = 2.0
"""Months between two visits at which progression is looked for."""
_MONTHS: Mapping[str, float] = MappingProxyType({"month": 1, "week": 12 / 52.18, "year": 12, "day": 12 / 365.25})
_SEEN_AT_ONCE = re.compile(r"^survival|overall survival|death|died|dying|lived|mortality|\bos\b", re.IGNORECASE)
_BY_STRATA = 0.3
"""How far strata may move the log of a hazard ratio, beside what chance and the shape of the curves do."""
_OTHER_MODEL = "The curves need not follow that model, and the printed ratio may be adjusted or stratified."


def gap_sd(variance: float, se: float, *, floor: float) -> float:
    """Return the standard deviation of the gap between an implied and a fitted log hazard ratio.

    Of the implied one the variance is given, of the fitted one the standard error; ``floor`` is a value of `FLOORS`.

    References
    ----------
    .. [1] Hausman JA. Specification tests in econometrics. Econometrica 1978;46:1251-71.

    Examples
    --------
    >>> round(gap_sd(0.22, 0.45, floor=0.2), 3)
    0.21
    """
    return math.sqrt(max(variance - se**2, floor * variance))


def _log_variance(context: Context, one: Estimate) -> tuple[float, str] | None:
    """Return the largest variance of one arm's log cumulative hazard, or log median, that its printed numbers allow."""
    assert one.value is not None
    level = level_of(one.interval)
    bounds = both_bounds(one.interval)
    if bounds is not None and bounds[1].value - bounds[0].value > max(bound.step for bound in bounds):
        # A narrower one is that of a visit at which all were looked at, and tells no standard deviation.
        lower, upper = bounds
        if one.measure == "survival":
            best = SurvivalSearch(printed_interval(one), level, incidence=False).cheapest()
            if best is not None and best.se is not None:
                rate = float(one.value.value)
                return (best.se[1] / (rate * math.log(rate))) ** 2, "intervals"
        elif lower.range().lower > 0:
            width = math.log(float(upper.range().upper) / float(lower.range().lower))
            return (width / (2 * critical(level))) ** 2, "intervals"
    n = max(context.sizes(one), default=None)
    if n is None:
        return None
    if one.measure == "median":
        return MEDIAN_VARIANCE / n, "arm sizes"
    rate = float(one.value.value)
    return (1 - rate) / rate / n / math.log(rate) ** 2, "arm sizes"


def _least_log_variance(one: Estimate, se: float) -> float:
    """Return the largest variance of a rate's log cumulative hazard where only the ratio's standard error is known.

    At least 4/SE^2 events lie behind the ratio, so that at least as many patients do; a third of them are in each arm.
    """
    assert one.value is not None
    n, rate = events_at_least(se) / _PART, float(one.value.value)
    return (1 - rate) / rate / n / math.log(rate) ** 2


_PART = 3
"""Of all patients one in so many is in the smaller arm, at least."""


@dataclass(frozen=True, slots=True)
class _Gap:
    """The smallest gap between the implied and the printed log ratio that rounding leaves."""

    log: float
    sd: float
    """Of the gap between two such numbers from the same patients."""
    words: str
    at_least: bool = False
    """Whether ``sd`` is the least that it can be: the two numbers' intervals are narrower than that of the ratio."""

    @property
    def away(self) -> float:
        """In standard deviations; NaN where these are unknown."""
        return self.log / self.sd if self.sd else math.nan


_UNKNOWN = _Gap(math.nan, 0.0, "")


def _gap_of(context: Context, claim: Estimate, pair: tuple[Estimate, Estimate], implied: Span) -> _Gap:
    spread = claim.interval
    bounds = [bound if bound is not None and not bound.is_missing else None
              for bound in ((spread.lower, spread.upper) if spread is not None else (None, None))]  # fmt: skip
    parts = [_log_variance(context, one) for one in pair]
    region = ratio_region(PrintedInterval(claim.value, *bounds), level=level_of(spread)) if any(bounds) else None
    kind = "median" if pair[0].measure == "median" else "landmark"
    if not region:
        return _UNKNOWN
    if parts[0] is not None and parts[1] is not None:
        source = "arm sizes" if "arm sizes" in (parts[0][1], parts[1][1]) else "intervals"
        sd = gap_sd(parts[0][0] + parts[1][0], region.se[0], floor=FLOORS[kind, source])
        if source == "arm sizes" and context.paper.text is not None and kind == "median":
            # A ratio of a part of the patients stands in many a text without that part's size.
            sd = max(sd, gap_sd(MEDIAN_VARIANCE * region.se[1] ** 2, region.se[0], floor=FLOORS[kind, source]))
    elif kind == "median":
        source = "the interval of the ratio"
        sd = gap_sd(MEDIAN_VARIANCE * region.se[1] ** 2, region.se[0], floor=FLOORS[kind, "arm sizes"])
    elif region.se[1] > 0:
        source = "the interval of the ratio"
        variance = sum(_least_log_variance(one, region.se[1]) for one in pair)
        sd = gap_sd(variance, region.se[0], floor=FLOORS[kind, "arm sizes"])
    else:
        return _UNKNOWN
    least = parts[0] is not None and parts[1] is not None and gap_sd(parts[0][0] + parts[1][0], region.se[0], floor=0.0)
    low, high = (math.log(end) for end in implied)
    gap = max(low - region.centre[1], region.centre[0] - high, 0.0)
    return _Gap(
        gap,
        sd,
        f"a gap of at least {gap:.2f} in the log, {gap / sd:.1f} times the {sd:.2f} that two such numbers from "
        f"the same patients differ by (standard deviation, from {source})",
        at_least=least == 0.0,
    )


def _visit(pair: tuple[Estimate, Estimate]) -> float:
    """Return by how much one visit interval moves the log of the ratio of two medians; death is known to the day."""
    if pair[0].measure != "median" or _SEEN_AT_ONCE.search(" ".join(one.outcome or "" for one in pair)):
        return 0.0
    months = _MONTHS.get((pair[0].unit or pair[1].unit or "").rstrip("s"), math.nan)
    smallest = min(float(one.value.value) for one in pair if one.value is not None) * months
    return math.log1p(_VISIT / smallest) if smallest > 0 else math.inf


def _raised(implied: Span, shapes: Span) -> Span:
    ends = [end**shape for end in implied for shape in shapes]
    return min(ends), max(ends)


def _is_turned(claim: Estimate, implied: Span) -> bool:
    """Whether an implied ratio lies well on the other side of 1 than the whole printed interval."""
    bounds = both_bounds(claim.interval)
    if bounds is None:
        return False
    low, high = (float(bound.value) for bound in bounds)
    return (high < 1 and implied[0] > _TURNED) or (low > 1 and implied[1] < 1 / _TURNED)


def implied_ratio_finding(
    check: Check,
    context: Context,
    claim: Estimate,
    pair: tuple[Estimate, Estimate],
    implied: Span,
    model: str,
    point: float,
    read_as: tuple[Estimate, Estimate] | None = None,
    *,
    together: bool = True,
    ordered: bool = False,
    shapes: Span = (1.0, 1.0),
) -> Finding:
    """Return the finding on a printed hazard ratio beside the one implied by a pair of estimates under a model.

    ``implied`` is the range of that ratio within rounding, ``point`` the ratio of the numbers as printed; the pair is
    ``read_as`` other survival rates where it stands for cumulative incidences. It is asked about only where both
    are surely of the same patients (``together``), three standard deviations apart, be it that one visit interval is
    taken off or that the curves are Weibull ones of any of these ``shapes``, to which the implied ratio is raised; two
    are enough where the words say which arm is first (``ordered``), and the values favour the arm that the ratio with
    its interval says is the worse one.
    """
    assert claim.value is not None
    values = claim.value.range()
    low, high = implied
    shown = as_range(low, high)
    source = joined(one.value.text for one in pair if one.value is not None)
    ratio = f"hazard ratio of {as_printed(replace(claim, p=None, x=None, unit=None))}"
    sentence = f"{source} imply a hazard ratio of {point:.3f} ({shown} within rounding) under {model}"
    within_rounding = low <= float(values.upper) and float(values.lower) <= high
    inside: bool | None = None
    if (bounds := both_bounds(claim.interval)) is not None:
        inside = low <= float(bounds[1].range().upper) and float(bounds[0].range().lower) <= high
    gap = _gap_of(context, claim, read_as or pair, implied)
    away, words = gap.away, gap.words
    turned = ordered and _is_turned(claim, implied)
    edge = _TURNED_FAR if turned else _EDGE
    more = ""
    if within_rounding:
        verdict, place, end = Verdict.CONSISTENT, "within rounding", f", as the printed {ratio}"
    elif away <= edge:
        where = "inside" if away <= _INSIDE else "at the edge of"
        verdict, place = Verdict.CONSISTENT, f"outside rounding, {where} sampling error"
        end = f", outside rounding of the printed {ratio} and {where} its sampling error: {words}"
    elif away > edge:
        shaped = _gap_of(context, claim, read_as or pair, _raised(implied, shapes))
        asked = min(gap.log - _visit(pair), shaped.log)
        least = math.inf if claim.adjusted else 0.0
        least = _BY_STRATA if claim.adjusted and called_stratified(context, claim) else least
        far = together and asked > max((_TURNED_FAR if turned else _FAR) * gap.sd, least)
        verdict = Verdict.STRAINED if far else Verdict.EXPLAINED
        place, more = "outside sampling error", _OTHER_MODEL
        if gap.at_least and verdict is Verdict.EXPLAINED:
            words = f"a gap of at least {gap.log:.2f} in the log"
        end = f", outside rounding and sampling error of the printed {ratio}: {words}"
    elif inside:
        verdict, place = Verdict.CONSISTENT, "outside rounding, inside the printed interval"
        end = f", outside rounding of the printed {ratio} and inside its sampling error (its interval)"
    elif inside is None:
        verdict, place = Verdict.UNCHECKED, "no interval to compare with"
        end = f"; the printed {ratio} has no interval to compare it with"
    else:
        verdict, place, more = Verdict.EXPLAINED, "outside the printed interval", _OTHER_MODEL
        end = f", outside the interval of the printed {ratio}"
    details = Details(
        sentence=f"{sentence}{end}.",
        more=more,
        reported={"estimate": claim.value.text} | {one.id: one.value.text for one in pair if one.value is not None},
        recomputed={"estimate": shown} | ({} if math.isnan(away) else {"gap": f"{away:.2f} standard deviations"}),
        how=f"{point:.3f} from {source}, {model}: {place}",
        searched={"gap_in_standard_deviations": None if math.isnan(away) else away},
        explanations=Explanations.of([Explanation(convention=Convention(ordinary=not more), estimate=point)]),
    )
    return check.finding(claim, verdict, details, others=tuple(one.id for one in pair))
