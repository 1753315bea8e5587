"""A P value for interaction agrees with the effects in the two groups of patients beside it.

The effects in two groups of patients are independent: their difference, on the log scale for ratios, has the
variance of both together, and its z statistic has one P value. A model with a term for the interaction, adjusted or
not, prints nearly the same. Other models, or groups that were cut elsewhere, may differ more: then it is not judged,
and it is hard to explain only from 1.5 away in z. Only two effects of one kind, each with its interval, that stand
in the sentence of the P value are held against it.

Why: A subgroup is believed or not for this one number, and it comes from another table than the two effects.

Formula:
    z = (ln r1 - ln r2)/sqrt(SE1^2 + SE2^2),  P = 2 (1 - Phi(|z|))

Agrees: 0.55 (0.43 to 0.70) and 1.10 (0.88 to 1.38), P for interaction < .001. Asks: the same with P = .62.

Reference: Altman and Bland (2003) BMJ 326:219.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace

from trialstats.checks.check import Check, Context, both_bounds, level_of, not_checked, printed_interval
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import RATIO_MEASURES, Comparison, Estimate, PValue
from trialstats.explanations import Explanation, Explanations
from trialstats.findings import Details, Finding, Verdict
from trialstats.reported import Span
from trialstats.search.ratios.polygon import critical, ratio_region, upper_tail, z_range
from trialstats.wording import as_printed, p_range, p_words

_TESTS = frozenset({"interaction", "heterogeneity"})
_MEASURES = frozenset({*RATIO_MEASURES, "difference"})
_NEAR, _FAR = 0.5, 1.5
"""Gaps in z: what rounding and another model for the same two groups leave, and what only other groups do."""
_REACH = 400
_OTHER_GROUPS = re.compile(
    r"\b(?:trend|continuous|tertiles?|quartiles?|quintiles?|per (?:unit|year|sd)|three|four|five|all subgroups|overall"
    r"|both (?:comparisons|outcomes|groups|times)|each|all|respectively|adjust\w* p|bonferroni|meta-analys\w+|studies"
    r"|trials)\b",
    re.IGNORECASE,
)
"""Words for more groups than two, or for another test of them."""


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.comparisons:
        if claim.p is None or claim.p.test not in _TESTS or claim.p.value.is_missing:
            continue
        pair = _pair(context, claim)
        if pair is not None:
            yield check.finding(claim, *_judge(context, claim, claim.p, *pair), others=(pair[0].id, pair[1].id))


def _pair(context: Context, claim: Comparison) -> tuple[Estimate, Estimate] | None:
    """Return the two effects that a P value for interaction compares: its own, or the only ones of its sentence."""
    told = list(context.members(claim))
    text, start = context.paper.text, claim.where.start
    if not told and text is not None and start is not None:
        begin, stop = sentence_of(text, start)
        told = [
            one for one in context.near(start, _REACH)
            if begin <= (one.where.start or 0) < stop and one.measure in _MEASURES
        ]  # fmt: skip
    effects = [one for one in told if one.measure in _MEASURES and both_bounds(one.interval) and _is_printed(one)]
    if len(effects) != len(told) or len(effects) != _TWO or effects[0].measure != effects[1].measure:
        return None
    first, second = effects
    return None if first.time and second.time and first.time != second.time else (first, second)


_TWO = 2


def _is_printed(one: Estimate) -> bool:
    return one.value is not None and one.value.relation == "=" and not one.value.is_missing


def _effect(one: Estimate) -> tuple[Span, Span] | None:
    """Return the ranges of an effect, on the log scale if it is a ratio, and of its standard error."""
    bounds = both_bounds(one.interval)
    if one.value is None or bounds is None:
        return None
    level = level_of(one.interval)
    if one.measure in RATIO_MEASURES:
        region = ratio_region(printed_interval(one), level=level)
        return (region.centre, region.se) if region else None
    low, high = (bound.float_range() for bound in bounds)
    z = 2 * critical(level)
    return one.value.float_range(), (max(high[0] - low[1], 0.0) / z, (high[1] - low[0]) / z)


def _judge(
    context: Context, claim: Comparison, p: PValue, first: Estimate, second: Estimate
) -> tuple[Verdict, Details]:
    words = f"{as_printed(first)} and {as_printed(second)}"
    effects = [_effect(one) for one in (first, second)]
    text, start = context.paper.text, claim.where.start
    said = None
    if text is not None and start is not None:
        said = _OTHER_GROUPS.search(text, *sentence_of(text, start))
    if said is not None or effects[0] is None or effects[1] is None:
        reason = "an interval is not that of its effect" if said is None else f"the text speaks of “{said[0]}”"
        return not_checked(f"{p_words(p)} for {p.test} by {words}", reason, {"p": p.value.text})
    (one, se), (other, other_se) = effects[0], effects[1]
    least, most = max(one[0] - other[1], other[0] - one[1], 0.0), max(one[1] - other[0], other[1] - one[0])
    low, high = least / math.hypot(se[1], other_se[1]), most / max(math.hypot(se[0], other_se[0]), 1e-9)
    printed = z_range(p.value.range(), 2)
    gap = max(printed[0] - high, low - printed[1], 0.0)
    given = p_range((2 * upper_tail(high), 2 * upper_tail(low)))
    sentence = f"{words} differ with P = {given}, and {p_words(p)} for {p.test} is printed"
    details = Details(
        sentence=f"{sentence}, as it should be." if gap <= _NEAR else f"{sentence}.",
        reported={"p": p.value.text},
        recomputed={"p": given},
        how="the difference of two independent effects",
        searched={"gap": round(gap, 6)},
        rests_on=frozenset({"value"}),
        explanations=Explanations.of([Explanation()] if gap <= _NEAR else []),
    )
    if gap <= _NEAR:
        return Verdict.CONSISTENT, details
    if gap <= _FAR or first.adjusted != second.adjusted:
        reason = f"another model, or groups cut elsewhere, could print it: {given} would follow from these two"
        return not_checked(f"{p_words(p)} for {p.test} by {words}", reason, {"p": p.value.text})
    more = f"It is {gap:.1f} away in z, further than another model of the same two groups mostly moves it."
    return Verdict.STRAINED, replace(details, more=more)


CHECK = Check(
    "TS305",
    "a P value for interaction agrees with the effects in two groups of patients",
    _run,
    assumes=("one model for two groups of patients",),
    about=frozenset({"comparison"}),
    rests_on=frozenset({"value"}),
    settled_by="the effects in each group and the model with the interaction",
    serves=("INSPECT-SR 4.9",),
)
