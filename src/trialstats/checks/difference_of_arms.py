"""A difference agrees with the values of both arms beside it.

A difference of percentages or of means is the one value less the other, up to rounding of all three
numbers; the arms may be turned round, and the sign may be left out. Adjusted and least-squares
differences are other analyses: where the text says so, the crude value is shown and not judged; where
it is silent, a difference is asked about only beyond what adjustment moves it in real papers. A median
of differences is not the difference of medians, so these are not judged.

Why: The difference is what is quoted, and the values are what it was made of.

Formula:
    difference = value1 - value2
    asked: |printed - crude| beyond rounding > max(.02, SE) of proportions, > 3 SE of means, > 2 SE of changes

Agrees: 59.8% v 39.0% and a difference of 20.8 percentage points. Asks: the same beside 29.8 (18.6 to 41.1).

Reference: none; it is arithmetic. Senn (2006) Stat Med 25:4334-4344 on what adjustment for baseline moves.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from trialstats.catalogue import Convention
from trialstats.checks.another_analysis import design_excuse
from trialstats.checks.both_arms import SHARE, SHARES, Pair, pair_of, printed_shares, values_of
from trialstats.checks.check import Check, Context, both_bounds, level_of, printed_numbers
from trialstats.checks.ratio_of_arms import NOT_SURELY_ITS_OWN
from trialstats.claims.model import Estimate
from trialstats.explanations import Explanation, Explanations
from trialstats.findings import Details, Finding, Verdict
from trialstats.reported import Range, Span
from trialstats.search.ratios.polygon import critical
from trialstats.wording import as_percent, as_printed, as_range

MOVED, MOVED_SE = 0.02, 1.0
"""How far adjustment moves a difference of proportions, and of its standard errors."""
MOVED_SE_OF_MEANS, MOVED_SE_OF_CHANGES = 3.0, 2.0
"""How many standard errors adjustment for baseline moves a difference of means, and of changes from baseline."""
_CHANGES = re.compile(
    r"chang|reduc|increas|decreas|fell|declin|improv|gain|los[st]|drop|ris(?:e|en)|rose", re.IGNORECASE
)
_POINTS = re.compile(r"point|%|per ?cent", re.IGNORECASE)
_OTHER_ANALYSIS = re.compile(r"least[- ]squares|\bls\b|median|effect size|ratio", re.IGNORECASE)
"""Beside what makes a claim an adjusted one (`Estimate.adjusted`)."""
_BEFORE = 60
_PRINTED = frozenset({"measure", "value"})


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.estimates:
        if claim.measure != "difference" or claim.value is None or claim.value.is_missing or claim.role != "result":
            continue
        if claim.value.relation != "=":
            continue
        pair = pair_of(context, claim, SHARE, "mean", "median")
        values = None if pair is None else values_of(context, pair)
        if pair is not None and values is not None and not _of_another_scale(context, claim, pair):
            verdict, details = _judge(context, claim, pair, *values)
            if verdict.is_question and (alone := printed_shares(pair)) is not None:
                again = _judge(context, claim, pair, *alone)
                details = replace(again[1], rests_on=_PRINTED) if again[0] is verdict else details
            yield check.finding(claim, verdict, details, others=pair.ids)


def _printed(claim: Estimate, *, shares: bool) -> tuple[Span, float] | None:
    """Return the range of the printed difference and the unit it is counted in."""
    assert claim.value is not None
    values = claim.value.range()
    unit = 1.0
    if shares and not claim.value.unit:
        # Points without a sign of per cent; a share of one is never above 1.
        as_points = (claim.unit and _POINTS.search(claim.unit)) or abs(claim.value.value) > 1
        unit = 0.01 if as_points else 1.0
    if not shares and claim.value.unit:
        unit = 100.0
    return (float(values.lower) * unit, float(values.upper) * unit), unit


def _se(claim: Estimate, unit: float) -> float | None:
    bounds = both_bounds(claim.interval)
    if bounds is None:
        return None
    width = abs(float(bounds[1].value) - float(bounds[0].value))
    if claim.value is not None and claim.value.unit and not bounds[1].unit:
        width /= 100
    return width * unit / (2 * critical(level_of(claim.interval)))


def _gap(printed: Span, crude: Span) -> float:
    """Return how far a printed difference lies from the crude one, whichever arm comes first."""
    turned = -crude[1], -crude[0]
    return min(max(printed[0] - high, low - printed[1], 0.0) for low, high in (crude, turned))


def _is_turned(printed: Span, crude: Span) -> bool:
    """Whether a difference with its sign is that of the second arm less the first."""
    return printed[1] < 0 < crude[0]


def _judge(context: Context, claim: Estimate, pair: Pair, first: Range, second: Range) -> tuple[Verdict, Details]:
    shares = pair.first.measure in SHARES
    found = _printed(claim, shares=shares)
    assert found is not None
    printed, unit = found
    scale = 100.0 if not shares and pair.first.value is not None and pair.first.value.unit else 1.0
    crude = (float(first.lower - second.upper) * scale, float(first.upper - second.lower) * scale)
    gap = _gap(printed, crude)
    slack = 1e-9 * max(1.0, abs(crude[0]), abs(crude[1]))
    names = as_printed(pair.first), as_printed(pair.second)
    if _is_turned(printed, crude) and gap <= slack:
        crude, names = (-crude[1], -crude[0]), names[::-1]
    values = " v ".join(names)
    span = _shown(crude, shares=shares)
    common: dict[str, Any] = {
        "reported": printed_numbers(claim),
        "recomputed": {"estimate": span},
        "searched": {"gap": round(gap, 6)},
        "explanations": Explanations.of([Explanation(convention=Convention(ordinary=gap <= slack))]),
    }
    if gap <= slack:
        sentence = f"The printed difference {as_printed(claim)} is that of {values}."
        return Verdict.REPRODUCED, Details(sentence=sentence, how="crude", **common)
    sentence = f"{values} differ by {span}, and the printed difference is {as_printed(claim)}."
    design = claim.adjusted is None and design_excuse(context)
    if claim.adjusted or design or _other_analysis(context, claim, pair) or not (shares or _same_sign(first, second)):
        return Verdict.UNCHECKED, Details(
            sentence=f"We did not judge {as_printed(claim)} by {values}",
            reason="it may be of another analysis",
            more=f"The crude difference is {span}.",
            **common,
        )
    if claim.adjusted is False:
        verdict = Verdict.INCONSISTENT if pair.together and shares else Verdict.STRAINED
        return verdict, Details(sentence=sentence, more="The text calls it unadjusted.", **common)
    if pair.first.measure == "median" and pair.together and _between_medians(context, claim):
        more = "The text calls it the difference of the medians, and both are printed."
        return Verdict.STRAINED, Details(sentence=sentence, more=more, how="another estimate of the shift", **common)
    se = _se(claim, unit)
    most = MOVED_SE_OF_CHANGES if _of_changes(context, pair) else MOVED_SE_OF_MEANS
    of_means = math.inf if se is None else most * se
    far = max(MOVED, MOVED_SE * (se or 0.0)) if shares else of_means
    if gap > far and pair.together:
        return Verdict.STRAINED, Details(
            sentence=sentence,
            more="The text does not say that it is adjusted, and adjustment seldom moves a difference so far.",
            how="an adjusted analysis",
            **common,
        )
    if gap > far:
        return Verdict.UNCHECKED, Details(
            sentence=f"We did not judge {as_printed(claim)} by {values}",
            reason=NOT_SURELY_ITS_OWN,
            more=f"They differ by {span}.",
            **common,
        )
    more = "It may be adjusted or stratified."
    return Verdict.EXPLAINED, Details(sentence=sentence, more=more, how="an adjusted analysis", **common)


def _of_another_scale(context: Context, claim: Estimate, pair: Pair) -> bool:
    """Whether percentages tell how much something changed, and the difference is in its own unit."""
    shares = pair.first.measure in SHARES
    if not shares or claim.value is None or claim.value.unit:
        return False
    return _POINTS.search(claim.unit) is None if claim.unit else _of_changes(context, pair)


def _of_changes(context: Context, pair: Pair) -> bool:
    """Whether two means are said to be changes from baseline."""
    text, start = context.paper.text, pair.first.where.start
    said = (pair.first.outcome or "") if text is None or start is None else text[max(0, start - _BEFORE) : start]
    return _CHANGES.search(said) is not None


_BETWEEN_MEDIANS = re.compile(
    r"\b(?:difference|improvement|gain|benefit) (?:in|between|of) (?:the )?medians?\b[^.;()]{0,30}$"
)


def _between_medians(context: Context, claim: Estimate) -> bool:
    """Whether the words right before a difference say that it is one of medians, and not a median difference."""
    text, start = context.paper.text, claim.where.start
    return (
        text is not None
        and start is not None
        and (_BETWEEN_MEDIANS.search(text, max(0, start - _BEFORE), start) is not None)
    )


def _other_analysis(context: Context, claim: Estimate, pair: Pair) -> bool:
    """Whether the words before a difference tell of another analysis than value less value."""
    text, start = context.paper.text, claim.where.start
    if text is None or start is None:
        return False
    words = text[max(0, start - _BEFORE) : claim.where.end or start]
    found = {match[0].lower() for match in _OTHER_ANALYSIS.finditer(words)}
    return bool(found - ({"median"} if pair.first.measure == "median" else set()))


def _same_sign(first: Range, second: Range) -> bool:
    """Whether two changes run in one direction: a fall and a rise are often both printed without a sign."""
    return (first.lower >= 0) == (second.lower >= 0)


def _shown(span: Span, *, shares: bool) -> str:
    low, high = (min(abs(end) for end in span), max(abs(end) for end in span)) if span[0] * span[1] > 0 else span
    if not shares:
        return as_range(low, high)
    return as_percent(low) if as_percent(low) == as_percent(high) else f"{as_percent(low)} to {as_percent(high)}"


CHECK = Check(
    "TS222",
    "a difference agrees with the values of both arms beside it",
    _run,
    assumes=("a crude analysis of independent patients",),
    about=frozenset({"difference"}),
    settled_by="the values of both arms, and whether the difference was adjusted",
    serves=("INSPECT-SR 4.9",),
)
