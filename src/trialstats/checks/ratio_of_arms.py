"""A ratio agrees with the values of both arms beside it.

A risk, odds or rate ratio, and one less it, follows from the two percentages or rates it compares, up to
rounding of all three numbers; the arms may be turned round, the event may be its opposite, and a risk
ratio may stand under the name of an odds ratio. With both counts printed every two-sample method is
tried on the interval, so that it can be named. Adjusted, stratified and clustered analyses move the
estimate: where the text says so, the crude value is shown and not judged; where it is silent, we say
which words of the text may tell (strata, times to the event, person-time, pooling), and ask about a
crude ratio whose adjusted one stands beside it; else the ratio is asked about only if it lies further
off than such analyses move it in real papers, and further than most of its own standard error. A hazard
ratio speaks of times to the event, so that only a gap far beyond its sampling error is worth a question.

Why: The ratio is what is quoted, and the counts are what it was made of.

Formula:
    risk ratio = (x1/n1)/(x2/n2),  odds ratio = x1 (n2 - x2)/(x2 (n1 - x1)),
    hazard ratio near either, or ln(1 - x1/n1)/ln(1 - x2/n2)
    asked: |ln(printed) - ln(crude)| beyond rounding > max(.25, SE), of randomised groups > max(.08, 2 SE),
        of a hazard ratio > max(.5, 3 SE), of randomised groups of which less than half had the event > max(.2, 1.5 SE),
        of a reduction without an interval, of such shares > .12

Agrees: 74 of 295 v 54 of 118 and a risk ratio of 0.55. Asks: the same beside 0.34 (0.26 to 0.45).

Reference: Rothman, Greenland and Lash (2008) Modern Epidemiology, chapter 14, for the estimates.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from trialstats.catalogue import Convention
from trialstats.catalogue.words import method_words
from trialstats.checks.another_analysis import combined, design_excuse
from trialstats.checks.arm_order import in_given_order, near_turned, only_in_order
from trialstats.checks.arm_values import SHARES, Pair, printed_shares, share_of, values_of
from trialstats.checks.arm_words import with_control_last
from trialstats.checks.both_arms import pair_of
from trialstats.checks.check import Check, Context, level_of, printed_interval, printed_numbers
from trialstats.checks.other_links import interchanged_with, is_of_another_effect, nearer_pair
from trialstats.checks.outcomes import counts_survivors
from trialstats.checks.ratios_of_values import TURNED, Way, as_said, fits_values, printed_ratio, ways_of
from trialstats.checks.reduction_words import in_points, values_held
from trialstats.checks.said_adjusted import (
    called_stratified,
    said_adjusted,
    said_only_stratified,
    told_by,
    why_adjusted,
)
from trialstats.checks.shares_of_events import of_events
from trialstats.checks.too_narrow import far_off, is_plain, too_wide
from trialstats.checks.why_not_crude import adjusted_twin, named_for_it, of_another_analysis, of_ordered
from trialstats.claims.model import Estimate
from trialstats.explanations import Explanation, Explanations, TwoArmCounts
from trialstats.findings import Details, Finding, Verdict
from trialstats.reported import Span
from trialstats.search.ratios.polygon import critical, z_range
from trialstats.search.ratios.two_arm import two_arm_explanations
from trialstats.wording import MEASURE_WORDS, as_printed, as_range

_PRINTED = frozenset({"measure", "value"})
_JUDGED = frozenset({"hazard-ratio", "odds-ratio", "risk-ratio", "relative-reduction"})
MOVED, MOVED_SE = 0.25, 1.0
"""How far adjustment moves the log of a ratio, and of its standard errors: docs/decisions/claims-against-each-other."""
_HAZARD_MOVED, _HAZARD_SE = 0.5, 3.0
_HAZARD_NEAR, _HAZARD_NEAR_SE = 0.1, 0.5
"""How near the log of a hazard ratio lies to that of the counts, in itself and in standard errors, as most do."""
_HAZARD_RANDOM_MOVED, _HAZARD_RANDOM_SE = 0.2, 1.5
"""The same for randomised groups of which less than half had the event: patients are followed alike in both, and few
events leave no room for when they happen. Of 104 such ratios in 2,000 abstracts none lies further off in both."""
_REDUCTION_MOVED = 0.12
"""How far the log of one less a reduction without an interval lies from that of two shares: it is made of them, and of
12 in 2,000 abstracts none lies further off."""
_SE_OF_COUNTS = 1.1
"""How many times that of both numbers of events the standard error of the log of a hazard ratio is."""
_HALF = 0.5
_NEARLY_ALL = 0.9
"""Where as large a share had the event, it tells nothing of when."""
_SELDOM_BY_STRATA = "The text says that it is stratified, and strata seldom move a ratio of randomised groups so far."
_STRATA_MOVED, _STRATA_SE = 0.4, 1.5
"""How far strata may move the log of a ratio of randomised groups, and of its standard errors."""
_RANDOM_MOVED, _RANDOM_SE = 0.08, 2.0
"""The same for groups that were randomised, which differ by chance only: of the ratios of 2,000 abstracts and 164
articles none lies further off in both."""
_CRUDE = 0.05
"""What small corrections (half an event in each cell, the conditional estimate) move the log of a crude ratio."""
_NEAR_CRUDE = 0.02
"""What other intervals of the same counts, which are a little wider, move it."""
_RESPONSE = re.compile(r"respon|remission|relief|cured?\b", re.IGNORECASE)


def _in_said_order(context: Context, claim: Estimate, pair: Pair, *, events: bool) -> Pair:
    """Return two values with the control's last where a ratio of events below 1 with its interval tells that it is."""
    if claim.measure not in ("hazard-ratio", "risk-ratio") or not events:
        return pair
    return with_control_last(context, claim, pair)


def _log_se(claim: Estimate) -> float:
    """Return the standard error of the log of a ratio by its interval; 0 where there is none."""
    spread = claim.interval
    if spread is None or spread.lower is None or spread.upper is None:
        return 0.0
    if spread.lower.is_missing or spread.upper.is_missing:
        return 0.0
    bounds = spread.lower, spread.upper
    if claim.measure == "relative-reduction":
        ends = sorted(1 - float(end.with_unit("%").value) for end in bounds)
    else:
        ends = sorted(float(end.value) for end in bounds)
    return math.log(ends[1] / ends[0]) / (2 * critical(level_of(spread))) if ends[0] > 0 else math.inf


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.estimates:
        if claim.measure not in _JUDGED or claim.value is None or claim.value.is_missing or claim.role != "result":
            continue
        if claim.value.relation != "=" or not (kinds := values_held(context, claim)):
            continue
        pair = pair_of(context, claim, *kinds)
        values = None if pair is None else values_of(context, pair)
        printed = printed_ratio(claim)
        if pair is None or values is None or printed is None or printed[1] <= 0:
            continue
        if (shares := pair.first.measure in SHARES) and in_points(context, claim, values):
            continue
        events = of_events(context, claim, pair)
        ordered = _in_said_order(context, claim, pair, events=events or pair.first.measure == "rate")
        said = claim.order_said or ordered is not pair
        if ordered is not pair:
            pair, values = ordered, values if ordered.first is pair.first else values[::-1]
        ways = ways_of(claim.measure, *values, shares=shares, ordered=pair.ordered, events=events)
        ways = as_said(claim, said, ways)
        if ways and (found := _in_given_order(context, claim, pair, printed, events=events)) is not None:
            yield check.finding(claim, *found, others=pair.ids)
            continue
        if ways:
            verdict, details = _judge(context, claim, pair, ways, printed)
            fits = partial(fits_values, context)
            if verdict not in _AGREES and is_of_another_effect(context, claim, pair, fits):
                continue
            if verdict is Verdict.EXPLAINED:
                if (other := interchanged_with(context, claim, pair, partial(_own_pair, context), fits)) is not None:
                    yield check.finding(claim, *_interchanged(claim, pair, other, details), others=pair.ids)
                    continue
                if nearer_pair(context, claim, pair, fits) is not None:
                    continue
                if not pair.together:
                    verdict, details = Verdict.UNCHECKED, not_surely(claim, pair, details)
            alone = printed_shares(pair) if verdict.is_question else None
            if alone is not None:
                ways = ways_of(claim.measure, *alone, shares=True, ordered=pair.ordered, events=events)
            if alone is not None and (ways := as_said(claim, said, ways)):
                again = _judge(context, claim, pair, ways, printed)
                details = replace(again[1], rests_on=_PRINTED) if again[0] is verdict else details
            yield check.finding(claim, verdict, details, others=pair.ids)


def _in_given_order(
    context: Context, claim: Estimate, pair: Pair, printed: Span, *, events: bool
) -> tuple[Verdict, Details] | None:
    """Judge a ratio that lies near that of its arms turned round by the arms in the order that is given."""
    given = in_given_order(context, claim, pair)
    values = None if given is None else values_of(context, given)
    if given is None or values is None:
        return None
    events = events or not (counts_survivors(given.first.outcome) or _of_responses(claim, given))
    ways = ways_of(claim.measure, *values, shares=given.first.measure in SHARES, ordered=True, events=events)
    if not ways or not near_turned(ways, printed):
        return None
    verdict, details = _judge(context, claim, given, only_in_order(ways), printed)
    exact = not ways[1].gap(printed) and claim.measure != "hazard-ratio" and given.together
    if verdict.is_question or (verdict is Verdict.EXPLAINED and exact):
        more = f"The arms may be turned round: {_in_words(given.second, given.first)} give {as_range(*ways[1].span)}."
        return Verdict.STRAINED, replace(details, more=more, settle="which arm it puts first", how="arms turned round")
    return verdict, details


_AGREES = (Verdict.CONSISTENT, Verdict.REPRODUCED)


def not_surely(claim: Estimate, pair: Pair, details: Details) -> Details:
    """Say that an effect is not judged by near values that do not stand with it: they may be of something else."""
    return replace(
        details,
        sentence=f"We did not judge {as_printed(claim)} by {as_printed(pair.first)} v {as_printed(pair.second)}",
        reason=NOT_SURELY_ITS_OWN,
        more=f"They would give {details.recomputed['estimate']}.",
    )


def _own_pair(context: Context, claim: Estimate) -> Pair | None:
    kinds = values_held(context, claim)
    return pair_of(context, claim, *kinds) if kinds else None


def _interchanged(claim: Estimate, pair: Pair, other: Estimate, details: Details) -> tuple[Verdict, Details]:
    values = _in_words(pair.first, pair.second)
    return Verdict.STRAINED, replace(
        details,
        more=f"They give {as_printed(other)}, which stands beside other values that give this one: the two may have "
        "changed places.",
        settle="which of the two groups each ratio is of",
        how="the two ratios interchanged",
        sentence=f"The printed {MEASURE_WORDS.get(claim.measure, claim.measure)} {as_printed(claim)} is not that of "
        f"{values}.",
    )


def _counts(context: Context, pair: Pair) -> TwoArmCounts | None:
    """Return the counts of both arms where each is printed."""
    found = []
    for one in (pair.first, pair.second):
        values = share_of(context, one)
        if one.x is None or one.x.whole is None or values is None or values.lower != values.upper:
            return None
        n = one.n.whole if one.n is not None else None
        if n is None:
            n = next((size for size, how in context.sizes(one).items() if how == "stated"), None)
        if n is None:
            return None
        found += [one.x.whole, n]
    return TwoArmCounts(*found)


def _judge(context: Context, claim: Estimate, pair: Pair, ways: list[Way], printed: Span) -> tuple[Verdict, Details]:
    hazard = claim.measure == "hazard-ratio"
    gaps = [way.gap(printed) for way in ways if not (way.rare and way.gap(printed))]
    plain, best = ways[0], next(way for way in ways if way.gap(printed) == min(gaps))
    gap = min(gaps)
    values = _in_words(pair.first, pair.second)
    what = MEASURE_WORDS.get(claim.measure, claim.measure)
    span = _shown(claim, plain.span)
    counts = _counts(context, pair)
    held = counts is not None and (not gap or claim.measure == "odds-ratio")  # of one, by its conditional estimate too
    method = _method(context, claim, counts) if counts is not None and held else None
    common: dict[str, Any] = {
        "reported": printed_numbers(claim),
        "recomputed": {"estimate": span},
        "searched": {"ways": len(ways), "gap_in_log": round(gap, 4)},
        "explanations": Explanations.of([Explanation(convention=Convention(ordinary=best.ordinary and not gap))]),
    }
    of_width = None
    if counts is not None and not plain.gap(printed) and method is None:  # not of those without the event
        se = _log_se(claim)
        of_width = far_off(context, claim, counts, se, least=se if is_plain(context, claim, pair, counts) else 0.0)
    if of_width is not None:
        said, more, how = of_width
        return Verdict.STRAINED, Details(sentence=f"{said}: {as_printed(claim)}.", more=more, how=how, **common)
    meant = plain
    if best.turned or (gap and best.words.endswith(TURNED)):
        meant = best
        values, span = _in_words(pair.second, pair.first), _shown(claim, best.span)
        common["recomputed"] = {"estimate": span}
    if not gap:
        how = f" {best.words}" if best.words else ""
        named = f"{how} ({method})" if method else how
        sentence = f"The printed {what} {as_printed(claim)} is that of {values}{named}."
        verdict = Verdict.REPRODUCED if best.ordinary and not hazard else Verdict.CONSISTENT
        return verdict, Details(sentence=sentence, how=f"crude{how}", **common)
    if method is not None:
        sentence = f"The printed {what} {as_printed(claim)} is that of {values} ({method})."
        return Verdict.CONSISTENT, Details(sentence=sentence, how=method, **common)
    article = "an" if what[0] in "aeiou" else "a"
    sentence = f"{values} give {article} {what} of {span}, and the printed one is {as_printed(claim)}."
    se = _log_se(claim)
    if hazard and gap <= max(_HAZARD_NEAR, _HAZARD_NEAR_SE * se):
        near = f"The printed {what} {as_printed(claim)} lies near {span}, the ratio of {values}."
        more = "A hazard ratio weighs when events happen, so that it need not be the same."
        return Verdict.CONSISTENT, Details(sentence=near, more=more, how="near the crude ratio", **common)
    by_strata = Details(sentence=sentence, more=_SELDOM_BY_STRATA, how="a stratified analysis", **common)
    beyond_strata = not hazard and gap > max(_STRATA_MOVED, _STRATA_SE * se)
    if claim.adjusted and beyond_strata and "andom" in (context.paper.text or "") and called_stratified(context, claim):
        return Verdict.STRAINED, by_strata
    if claim.adjusted:
        return Verdict.UNCHECKED, Details(
            sentence=f"We did not judge {as_printed(claim)} by {values}",
            reason=why_adjusted(context, claim),
            more=f"The crude {what} is {span}.",
            **common,
        )
    if claim.adjusted is None and (spoken := _other_analysis(context) or of_ordered(context, claim)):
        return Verdict.UNCHECKED, Details(
            sentence=f"We did not judge {as_printed(claim)} by {values}",
            reason=f"the text speaks of {spoken}, which moves a ratio",
            more=f"The crude {what} is {span}.",
            **common,
        )
    if claim.adjusted is False and not hazard:
        verdict = Verdict.INCONSISTENT if gap > _CRUDE and pair.together else Verdict.EXPLAINED
        more = "The text calls it unadjusted." if gap > _CRUDE else "A small-sample correction could print it."
        return verdict, Details(sentence=sentence, more=more, how="a corrected estimate", **common)
    far = _hazard_far(context, claim, pair, printed) if hazard else max(MOVED, MOVED_SE * se)
    if claim.measure == "relative-reduction" and not se and shares_of_few(context, pair):
        far = _REDUCTION_MOVED
    of_curves = hazard and _tells_no_times(context, claim, pair)
    moved = gap > far and not of_curves
    moved_by_chance = se and gap > max(_RANDOM_MOVED, _RANDOM_SE * se) and not hazard and _is_randomised(context)
    of_others = (
        counts is not None
        and gap > _NEAR_CRUDE
        and too_wide(context, claim, counts, se)
        and not named_for_it(context, claim, pair, counts)
    )
    if pair.together and (moved or moved_by_chance or of_others):
        if not adjusted_twin(context, claim) and (said := said_adjusted(context, claim)):
            if beyond_strata and _is_randomised(context) and said_only_stratified(context):
                return Verdict.STRAINED, by_strata
            return Verdict.UNCHECKED, Details(
                sentence=f"We did not judge {as_printed(claim)} by {values}",
                reason=f"the text speaks of an analysis that moves a ratio (“{said}”)",
                more=f"The crude {what} is {span}.",
                **common,
            )
        by = "a ratio so far." if moved else "one of randomised groups by two of its standard errors."
        by = by if moved or moved_by_chance else "one and makes its interval so much wider than that of these counts."
        return Verdict.STRAINED, Details(
            sentence=sentence,
            more=f"{told_by(context).capitalize()} does not say that it is adjusted, and adjustment seldom moves {by}",
            how="an adjusted analysis",
            **common,
        )
    if gap > far and not pair.together:
        return Verdict.UNCHECKED, Details(
            sentence=f"We did not judge {as_printed(claim)} by {values}",
            reason=NOT_SURELY_ITS_OWN,
            more=f"They would give {span}.",
            **common,
        )
    timed = _had_nearly_all(context, pair) and not _of_responses(claim, pair)
    if hazard and not timed and (gap > far or _is_beyond(claim, meant.span)):
        return Verdict.UNCHECKED, Details(
            sentence=f"We did not judge {as_printed(claim)} by {values}",
            reason="times make no such gap: they may be of another outcome or of other patients",
            more=f"They would give {span}.",
            **common,
        )
    details = Details(sentence=sentence, more="A hazard ratio weighs when events happen.", how="its weights", **common)
    return (
        (Verdict.EXPLAINED, details)
        if hazard
        else of_another_analysis(context, claim, pair, counts, details, best.span)
    )


def _is_beyond(claim: Estimate, crude: Span) -> bool:
    """Whether the ratio of two values lies outside the interval of another."""
    spread = claim.interval
    if spread is None or spread.lower is None or spread.upper is None:
        return False
    if spread.lower.is_missing or spread.upper.is_missing:
        return False
    return crude[1] < spread.lower.float_range()[0] or crude[0] > spread.upper.float_range()[1]


def _hazard_far(context: Context, claim: Estimate, pair: Pair, printed: Span) -> float:
    """Return how far the log of a hazard ratio may lie from that of the counts."""
    se = _log_se(claim)
    if not se and (counts := _counts(context, pair)) is not None and min(counts.x, counts.x2) > 0:
        se = _SE_OF_COUNTS * math.sqrt(1 / counts.x + 1 / counts.x2)
    elif not se and claim.p is not None and claim.p.value.relation == "=":
        least = z_range(claim.p.value.range(), 2)[0]
        se = max(abs(math.log(end)) for end in printed if end > 0) / least if least > 0 else math.inf
    if shares_of_few(context, pair) and se and _is_randomised(context) and not _tells_a_time(context, claim, pair):
        return max(_HAZARD_RANDOM_MOVED, _HAZARD_RANDOM_SE * se)
    return max(_HAZARD_MOVED, _HAZARD_SE * se)


def shares_of_few(context: Context, pair: Pair) -> bool:
    """Whether two values are shares of patients, and less than half of each arm had the event."""
    values = values_of(context, pair)
    return values is not None and pair.first.measure in SHARES and all(one.upper < _HALF for one in values)


def _tells_a_time(context: Context, claim: Estimate, pair: Pair) -> bool:
    """Whether times or rates of a curve stand between two shares and a hazard ratio, which may be theirs."""
    start, stop = pair.first.where.start or 0, claim.where.end or 0
    return any(
        one.measure in ("median", "survival")
        and start <= (one.where.start or -1) < stop
        and "follow" not in (one.outcome or "")
        for one in context.estimates
    )


def _in_words(first: Estimate, second: Estimate) -> str:
    return f"{as_printed(first)} v {as_printed(second)}"


_RANDOMISED = re.compile(r"random(?:ly|i[sz])|placebo|\b(?:assigned|allocated)\b", re.IGNORECASE)
NOT_SURELY_ITS_OWN = "the numbers of the two groups may be of other patients or of another outcome"


def _is_randomised(context: Context) -> bool:
    paper = context.paper
    return paper.design.get("randomised") == "true" or _RANDOMISED.search(paper.text or "") is not None


def _other_analysis(context: Context) -> str:
    """Return the design of a whole text that gives no crude ratio; empty if none."""
    return "several studies" if combined(context) else design_excuse(context)


def _tells_no_times(context: Context, claim: Estimate, pair: Pair) -> bool:
    """Whether the shares are of responses, of which no hazard ratio of an event speaks, or of nearly all patients."""
    return _had_nearly_all(context, pair) or _of_responses(claim, pair)


def _had_nearly_all(context: Context, pair: Pair) -> bool:
    values = values_of(context, pair)
    return values is not None and pair.first.measure in SHARES and any(one.upper > _NEARLY_ALL for one in values)


def _of_responses(claim: Estimate, pair: Pair) -> bool:
    return any(one.outcome is not None and _RESPONSE.search(one.outcome) for one in (claim, pair.first, pair.second))


def _shown(claim: Estimate, span: Span) -> str:
    if claim.measure == "relative-reduction":
        return f"{as_range(100 * (1 - span[1]), 100 * (1 - span[0]), 1)}%"
    return as_range(*span)


def _method(context: Context, claim: Estimate, counts: TwoArmCounts) -> str | None:
    """Return the two-sample method that prints the interval from the counts."""
    if claim.interval is None or claim.measure not in ("odds-ratio", "risk-ratio"):
        return None
    printed = printed_interval(claim)
    if printed.lower is None or printed.upper is None or printed.lower.is_missing or printed.upper.is_missing:
        return None
    tried = (counts, TwoArmCounts(counts.x2, counts.n2, counts.x, counts.n))
    for one in tried:
        found = next(
            two_arm_explanations(printed, claim.measure, one, level_of(claim.interval), context.catalogue), None
        )
        if found is not None:
            return method_words(found.method or "")
    return None


CHECK = Check(
    "TS221",
    "a ratio agrees with the values of both arms beside it",
    _run,
    assumes=("a crude analysis of independent patients",),
    about=_JUDGED,
    rests_on=frozenset({"measure", "value", "n"}),
    settled_by="the counts of both arms, and whether the ratio was adjusted or stratified",
    serves=("INSPECT-SR 4.9",),
)
