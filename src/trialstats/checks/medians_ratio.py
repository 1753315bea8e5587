"""Two medians agree with their hazard ratio, if survival is exponential.

Under exponential survival the hazard ratio is the inverse ratio of the medians. Real curves are not
exponential and both numbers carry sampling error, so a difference never makes a claim inconsistent:
we show the implied ratio beside the printed one and say whether the gap lies within the sampling
error of two numbers from the same patients.

Why: Medians and hazard ratio are the two summaries of one pair of curves; far apart, one of them may
be of other patients or another outcome.

Formula:
    implied ratio = median2/median1
    gap z = |ln(implied) - ln(printed)|/sd,  sd^2 = var(ln implied) - SE^2, not below a share of the former

It is asked about only if no Weibull curves of shape .7 to 1.5 bring the two within three standard deviations.

Agrees: medians 8.6 and 4.5 months imply 0.52 beside 0.54 (0.36 to 0.81). Explained: the same medians
beside 0.94 (0.90 to 0.98).

Reference: Hausman (1978) Econometrica 46:1251-1271 for the variance of the gap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialstats.checks.arm_values import Pair
from trialstats.checks.arm_words import with_control_last
from trialstats.checks.both_arms import pair_of
from trialstats.checks.check import Check, Context
from trialstats.checks.implied_ratio import implied_ratio_finding
from trialstats.claims.model import Estimate
from trialstats.findings import Finding

_SHAPES = (0.7, 1.5)
"""Of Weibull curves, whose ratio of medians raised to the shape is the hazard ratio: from many early to late events."""


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim, _ in context.printed("hazard-ratio"):
        pair = pair_of(context, claim, "median")
        if pair is None or _is_follow_up(pair):
            continue
        pair = with_control_last(context, claim, pair)
        medians = _in_order(context, claim, pair)
        numbers = [median.value for median in medians if median.value is not None and median.value.relation == "="]
        if len(numbers) < 2 or any(number.is_missing or number.range().lower <= 0 for number in numbers):
            continue
        first, second = (number.range() for number in numbers)
        low, high = float(second.lower) / float(first.upper), float(second.upper) / float(first.lower)
        point = float(numbers[1].value / numbers[0].value)
        yield implied_ratio_finding(
            check,
            context,
            claim,
            medians,
            (low, high),
            "exponential survival",
            point,
            together=pair.together,
            ordered=pair.ordered,
            shapes=_SHAPES,
        )


def _is_follow_up(pair: Pair) -> bool:
    """Whether two medians are not of times to an event, or not in one unit."""
    units = {one.unit for one in (pair.first, pair.second) if one.unit}
    units |= {one.value.unit for one in (pair.first, pair.second) if one.value is not None and one.value.unit}
    if not units and all(one.spread is not None and one.spread.kind == "iqr" for one in (pair.first, pair.second)):
        return True  # scores of groups, as "9 (IQR 7 to 12)": a time to an event has a unit or an interval
    return len(units) > 1 or "%" in units or any("follow" in (one.outcome or "") for one in (pair.first, pair.second))


def _in_order(context: Context, claim: Estimate, pair: Pair) -> tuple[Estimate, Estimate]:
    """Return the median of the ratio's first arm first; where nobody says which that is, the one that fits.

    A ratio below 1 is that of the arm on trial over its control: only ratios above 1 are printed either way.
    """
    first, second = pair.first, pair.second
    values = [one.value for one in (claim, first, second) if one.value is not None and not one.value.is_missing]
    if pair.ordered or len(values) < 3:
        return first, second
    ratio, one, other = (value.value for value in values)
    tried, control = (_role(context, median) for median in (first, second))
    if ratio < 1 and (tried == "control") != (control == "control") and _named_between(context, first, second):
        return (first, second) if control == "control" else (second, first)
    return (first, second) if (ratio < 1) == (one > other) else (second, first)


_NAMES_AN_ARM = re.compile(r"\b(?:with|in|for|among|receiving|given)\b")


def _named_between(context: Context, first: Estimate, second: Estimate) -> bool:
    """Whether the first median is told with its arm: "5.6 months with A and 8.1 months with B"."""
    text, start, stop = context.paper.text, first.where.end, second.where.start
    return (
        text is not None
        and start is not None
        and stop is not None
        and (_NAMES_AN_ARM.search(text, start, max(start, stop)) is not None)
    )


def _role(context: Context, median: Estimate) -> str | None:
    arm = context.paper.arm(median.arms[0]) if len(median.arms) == 1 and "arms" not in median.inferred else None
    return None if arm is None else arm.role


CHECK = Check(
    "TS205",
    "two medians agree with their hazard ratio, if survival is exponential",
    _run,
    assumes=("exponential survival", "proportional hazards", "an unadjusted hazard ratio"),
    about=frozenset({"hazard-ratio"}),
    settled_by="the survival curves, and whether the hazards are proportional",
    serves=("INSPECT-SR 4.10",),
)
