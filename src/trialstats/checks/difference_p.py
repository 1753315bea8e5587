"""The P value of a difference agrees with its confidence interval.

Estimate and interval of a difference fix the statistic, up to rounding, and with it the P value of the z
or t test that the interval belongs to. Both are searched, t with every number of degrees of freedom that
the printed sizes allow (Student's and Welch's test). A P value of another test (permutation, ranks, an
adjusted or stratified analysis, Fisher's exact test beside a difference of proportions) need not agree:
it is explained as one, with the gap in z, where that is no larger than between two tests of the same
data in simulated trials (.4), and agrees up to .05; so does that of a usual test of the counts beside
it, and of a t test by the largest number of patients that the text counts. Fewer degrees of freedom are a
reason only where the text counts no patients; of shares of the two sides of each patient McNemar's test is
named. A test of one side, or another one, explains only where
the text has one or speaks of an adjusted analysis; else the P value is not judged, or is hard to explain
where the text's other ones are those of their intervals. Beyond .4 it is hard to explain, unless the text
names a test by ranks, permutation or exact numbers, a paired or crossover design, a margin, or a
correction for multiple tests: then up to the largest gap of any simulated trial. A P value for
interaction, for trend or against a margin is not about a difference of 0.

Why: As for ratios, P value and interval say the same thing twice.

Formula:
    t = estimate/SE,  SE = (upper - lower)/(2 q),  q the quantile of the interval's own z or t distribution
    P = 2 (1 - F(|t|)), one-sided half of that or 1 less half of it

Agrees: -2.0 (-3.1 to -0.9), P < .001. Explained: -2.0 (-3.1 to -0.9), P = .001. Asks: -2.0
(-3.1 to -0.9), P = .12.

Reference: Altman and Bland (2011) BMJ 343:d2304.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from trialstats.catalogue import Convention
from trialstats.checks.check import Check, Context, level_of, printed_numbers
from trialstats.checks.difference_interval import arm_sizes, printed_difference
from trialstats.checks.differences_read_otherwise import ratios_beside
from trialstats.checks.named_test import names_another_test, of_noninferiority, with_test
from trialstats.checks.off_centre import are_percent, may_be_relative, relative_statistics
from trialstats.checks.one_sided import UNSURE_LEVEL, has_unsure_level
from trialstats.checks.order import OUTSIDE, lies_outside
from trialstats.checks.other_tests import WIDEST_GAP
from trialstats.checks.ratio_p import NEARLY, about_another_null, is_probability, stated_for_one
from trialstats.checks.sentences import sentence_of
from trialstats.checks.several_comparisons import NOT_OF_ONE, beside_several, of_several, times_as_large
from trialstats.checks.sister_p import (
    all_others_agree,
    another_analysis,
    is_written_for_less,
    of_one_model,
    one_sided_here,
    others_within_reach,
)
from trialstats.checks.size_words import printed_sizes
from trialstats.checks.tests_of_counts import counts_beside, usual_test_printing
from trialstats.checks.two_arm_p import ANOTHER_TEST
from trialstats.claims.model import Estimate, PValue
from trialstats.explanations import Explanation, Explanations
from trialstats.findings import Details, Finding, Verdict
from trialstats.reported import Span
from trialstats.search.centred import is_symmetric
from trialstats.search.printed import PrintedInterval, total_cost
from trialstats.search.ratios.envelope import stratified_statistic
from trialstats.search.ratios.polygon import critical, ratio_region, z_range
from trialstats.wording import as_printed, p_range, p_words

_FEWEST = 3
"""Degrees of freedom below which nobody prints a t interval, where no sizes are known."""


_FEW_PATIENTS = 100
"""Of so many patients a group that the text does not count may have few degrees of freedom."""
_FEW_GROUPS = 12
"""Of more patients a text has two groups whose t test is told from the z test."""
_BY_FEW = "t test with few degrees of freedom"
_FARTHEST = stratified_statistic((0.0, 0.0))[1]
"""The largest gap in z between any two analyses in simulated trials, stratified and adjusted ones among them."""


def _gap(p: PValue, statistic: Span, level: float, fewest: float) -> float:
    """Return by how much z would have to change for the printed P value, from z and from t by the smaller arm."""
    printed = z_range(p.value.range(), p.sided or 2)
    found = math.inf
    for freedom in (math.inf, fewest):
        low, high = sorted(_z_of(end) for end in p_span(statistic, level, freedom, 2))
        found = min(found, max(printed[0] - high, low - printed[1], 0.0))
    return found


def _z_of(p: float) -> float:
    from scipy.special import ndtri

    return -float(ndtri(max(p, _LEAST_P) / 2))


_LEAST_P = 1e-300


def p_span(statistic: Span, level: float, freedom: float, sided: int) -> Span:
    """Return the range of P for estimate / half-width times the critical value, by t with some degrees of freedom."""
    from scipy.special import ndtr, ndtri, stdtr, stdtrit

    finite = math.isfinite(freedom)
    critical = float(stdtrit(freedom, (1 + level) / 2)) if finite else float(ndtri((1 + level) / 2))
    ends = [float(sided * (stdtr(freedom, -critical * q) if finite else ndtr(-critical * q))) for q in statistic]
    return min(ends), min(max(ends), 1.0)


def _statistic(context: Context, printed: PrintedInterval, level: float) -> Span | None:
    """Return the range of the absolute estimate / half-width under the cheapest rounding; None where none fits."""
    for rounding in context.catalogue.names("rounding"):
        if is_symmetric(printed, level, rounding):
            region = ratio_region(printed, scale="identity", level=level, rounding=rounding)
            z = critical(level)
            low, high = sorted(abs(q) / z for q in region.z)
            return (0.0, high) if region.z[0] * region.z[1] <= 0 else (low, high)
    return None


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.estimates:
        yield from _judged(check, context, claim)


def _judged(check: Check, context: Context, printed: Estimate) -> Iterator[Finding]:
    if printed.measure != "difference" or printed.p is None or printed.p.value.is_missing:
        return
    claim = with_test(context, printed)
    if (read := printed_difference(context, claim)) is not None:
        assert claim.p is not None
        verdict, details = _judge(context, claim, claim.p, read[0])
        compared = verdict is not Verdict.CONSISTENT and bool(details.recomputed)
        counts = counts_beside(context, claim) if compared else None
        if counts is not None and (test := usual_test_printing(claim, counts)):
            verdict = Verdict.CONSISTENT
            shown = as_printed(replace(claim, p=None))
            sentence = f"{p_words(claim.p)} beside {shown} is that of {test}."
            details = replace(details, sentence=sentence, reason="", miss="", more="", settle="", how=test)
        if verdict.is_question or verdict is Verdict.EXPLAINED:
            words = beside_several(context, claim)
            if not words and verdict.is_question:
                words = of_several(context, claim, times=_times_as_large(context, claim, claim.p, read[0]))
            if words:
                sentence = f"We did not compare P and interval of {as_printed(claim)}"
                reason = NOT_OF_ONE.format(words)
                verdict = Verdict.UNCHECKED
                details = Details(sentence=sentence, reason=reason, reported=details.reported)
            elif verdict.is_question and (other := _own_beside(context, claim, read[0])) is not None:
                sentence = f"We did not compare P and interval of {as_printed(claim)}"
                reason = (
                    f"{p_words(other)} of the same sentence is that of the interval, and this one may be of another "
                    "question, as of a margin"
                )
                verdict = Verdict.UNCHECKED
                details = Details(sentence=sentence, reason=reason, reported=details.reported)
        yield check.finding(claim, verdict, details)


def _own_beside(context: Context, claim: Estimate, printed: PrintedInterval) -> PValue | None:
    """Return a P value of the sentence, of no interval of its own, that is the one of a difference's interval."""
    text, start = context.paper.text, claim.where.start
    level = level_of(claim.interval)
    statistic = _statistic(context, printed, level)
    if text is None or start is None or statistic is None:
        return None
    low, high = p_span(statistic, level, math.inf, 2)
    begin, stop = sentence_of(text, start)
    for one in context.claims.values():
        p = one.p
        if one.id == claim.id or p is None or p.value.is_missing or not begin <= (one.where.start or -1) < stop:
            continue
        if (isinstance(one, Estimate) and one.interval is not None) or p.value.relation != "=":
            continue
        ends = p.value.range()
        if p.value.decimals > 1 and low <= float(ends.upper) and float(ends.lower) <= high:
            return p
    return None


def _times_as_large(context: Context, claim: Estimate, p: PValue, printed: PrintedInterval) -> float:
    """Return how many times as large a printed P value is as that of its interval."""
    level = level_of(claim.interval)
    statistic = _statistic(context, printed, level)
    return 1.0 if statistic is None else times_as_large(p, p_span(statistic, level, math.inf, p.sided or 2))


def asks(context: Context, claim: Estimate) -> bool:
    """Return whether this check asks about a claim's P value: another check need not ask the same."""
    return any(one.verdict.is_question for one in _judged(CHECK, context, claim))


def _judge(context: Context, claim: Estimate, p: PValue, printed: PrintedInterval) -> tuple[Verdict, Details]:
    level, reported = level_of(claim.interval), printed_numbers(claim) | {"p": p.value.text}
    another_null = about_another_null(claim)
    unsure = has_unsure_level(claim)
    statistic = _statistic(context, printed, level) if is_probability(p) and not (another_null or unsure) else None
    if (
        statistic is not None
        and not is_symmetric(printed, level, "nearest")
        and (beside := ratios_beside(context, claim))
    ):
        sentence = f"We did not compare P and interval of {as_printed(claim)}"
        reason = f"it may be a ratio, 1 + x/100, as {beside} beside it is"
        return Verdict.UNCHECKED, Details(sentence=sentence, reason=reason, reported=reported)
    if statistic is None and another_null:
        sentence = f"We did not compare P and interval of {as_printed(claim)}"
        reason = f"the P value is about another null hypothesis ({p.test})"
        return Verdict.UNCHECKED, Details(sentence=sentence, reason=reason, reported=reported)
    if statistic is None:
        reason = "the interval is not symmetric" if is_probability(p) else "a P value lies between 0 and 1"
        reason = UNSURE_LEVEL if unsure else OUTSIDE if lies_outside(claim) else reason
        sentence = f"We did not compare P and interval of {as_printed(claim)}"
        return Verdict.UNCHECKED, Details(sentence=sentence, reason=reason, reported=reported)
    found = sorted(_explanations(context, claim, printed, statistic, level), key=lambda one: one.cost)
    spans = {sided: p_span(statistic, level, math.inf, sided) for sided in (2, 1)}
    wald = f"{p_range(spans[2])} (two-sided), {p_range(spans[1])} (one-sided)"
    shown = as_printed(replace(claim, p=None))
    common: dict[str, Any] = {
        "reported": reported,
        "recomputed": {"p": wald},
        "searched": {"tests": ["z", "t"], "sides": [p.sided] if p.sided else [2, 1]},
        "explanations": Explanations.of(found),
    }
    best = next((one for one in found if one.test != ANOTHER_TEST and _may_be(context, claim, one)), None)
    sizes = arm_sizes(context, claim)
    fewest = min(sizes) - 1.0 if sizes is not None and min(sizes) > _FEWEST else math.inf
    gap = _gap(p, statistic, level, fewest)
    near = gap <= NEARLY and p.value.relation == "="
    least = is_written_for_less(p) and spans[2][1] < p.value.range().lower
    odd = best is not None and not best.ordinary and not near and is_symmetric(printed, level, "nearest")
    if least and odd and not are_percent(context, claim) and not names_another_test(context, claim):
        best = None  # nearer at hand than a test on another scale, or of one side
    if best is not None and (best.ordinary or not near):
        side = "one-sided" if best.sided == 1 else "two-sided"
        return (Verdict.CONSISTENT if best.ordinary else Verdict.EXPLAINED), Details(
            sentence=f"{p_words(p)} agrees with the interval of {shown}: {best.test}, {side}.",
            how=best.test or "",
            **common,
        )
    if near:
        return Verdict.CONSISTENT, Details(
            sentence=f"{p_words(p)} agrees with the interval of {shown} as nearly as two tests of the same data do: "
            f"the P value of its z test is {wald}, {gap:.2f} away in z.",
            how=ANOTHER_TEST.replace("-", " "),
            **common,
        )
    if gap > NEARLY and p.sided != 1 and gap <= _MOST_OF_PAIRS and _of_pairs(context, claim):
        return Verdict.EXPLAINED, Details(
            sentence=f"{p_words(p)} is not the P value of the z or t test that belongs to the interval of {shown}, "
            f"which is {wald}.",
            more="It compares shares of paired observations: McNemar's exact test, of the pairs that differ, could "
            "print it.",
            settle="the name of the test",
            how="McNemar's test",
            **common,
        )
    named = names_another_test(context, claim) or (p.test if stated_for_one(claim) else "")
    strained = gap > (_FARTHEST if named else WIDEST_GAP)
    few = max(printed_sizes(context), default=0) <= _FEW_PATIENTS
    if (gap > WIDEST_GAP or (few and not named)) and (
        reason := _of_a_margin_or_few(context, p, statistic, level, sizes, named or "")
    ):
        sentence = f"We did not compare P and interval of {as_printed(claim)}"
        return Verdict.UNCHECKED, Details(sentence=sentence, reason=reason, **common)
    if not strained and not named and least:
        return Verdict.EXPLAINED, Details(
            sentence=f"{p_words(p)} is often written for anything below it, and the P value of the interval of {shown} "
            f"is {wald}.",
            how="a P value written for anything below it",
            **common,
        )
    if not (strained or named) and (model := of_one_model(context, claim)) and others_within_reach(context, claim) > 1:
        return Verdict.STRAINED, Details(
            sentence=f"{p_words(p)} is not the P value of the z or t test that belongs to the interval of {shown}, "
            f"which is {wald}.",
            miss=f"It is {gap:.2f} away in z.",
            more=f"Both are of one model (“{model}”), and the other P values of the sentence are those of their "
            "intervals.",
            settle="the P value as it stands in your own output",
            how=ANOTHER_TEST.replace("-", " "),
            **common,
        )
    if not strained and not named and context.paper.text is not None and not another_analysis(context):
        return _of_no_named_test(context, claim, gap, shown, wald, common)
    if named and not strained and gap > WIDEST_GAP and "adjust" in named.lower():
        reason = f"the text says {named}, and it is {gap:.2f} away in z from that of its interval"
        what = f"We did not judge {p_words(p)} of {shown}"
        return Verdict.UNCHECKED, Details(sentence=what, reason=reason, more=f"That is {wald}.", **common)
    other = "Another test (ranks, permutation, exact, adjusted) could print it"
    if of_noninferiority(context) and any(one.sided == 1 and one.test != ANOTHER_TEST for one in found):
        other = "A test of one side, as a trial of non-inferiority has, prints it, and another test could"
        named = ""
    return (Verdict.STRAINED if strained else Verdict.EXPLAINED), Details(
        sentence=f"{p_words(p)} is not the P value of the z or t test that belongs to the interval of {shown}, which "
        f"is {wald}.",
        more=f"It is {gap:.2f} away in z, more than two tests of the same data ever were in simulated trials."
        if strained
        else f"{other}{f', and the text says {named}' if named else ''}: a gap of {gap:.2f} in z.",
        settle="the name of the test, and what P value and interval were adjusted for",
        how=ANOTHER_TEST.replace("-", " "),
        **common,
    )


def _may_be(context: Context, claim: Estimate, one: Explanation) -> bool:
    """Whether a test may explain a P value without a word: one of one side only where the text has others."""
    assert claim.p is not None
    return one.sided != 1 or claim.p.sided == 1 or context.paper.text is None or one_sided_here(context, claim)


def _of_no_named_test(
    context: Context, claim: Estimate, gap: float, shown: str, wald: str, common: dict[str, Any]
) -> tuple[Verdict, Details]:
    """Judge a P value that only a test or an analysis prints of which the text does not speak."""
    assert claim.p is not None
    own = f"{p_words(claim.p)} is not the P value of the z or t test that belongs to the interval of {shown}"
    settle = "the name of the test, and what P value and interval were adjusted for"
    if agreeing := all_others_agree(context, claim):
        others = f"those of the other {agreeing} differences" if agreeing > 1 else "that of the other difference"
        return Verdict.STRAINED, Details(
            sentence=f"{own}, which is {wald}.",
            miss=f"It is {gap:.2f} away in z.",
            more=f"Plain two-sided tests print {others} with an interval, and the text names no other test.",
            settle=settle,
            how=ANOTHER_TEST.replace("-", " "),
            **common,
        )
    return Verdict.UNCHECKED, Details(
        sentence=f"We did not judge {p_words(claim.p)} of {shown}",
        reason=f"it is {gap:.2f} away in z from that of its interval, and may be of a test (ranks, one side, exact "
        "numbers) or an adjusted analysis that the text does not name",
        more=f"The P value of the interval is {wald}.",
        settle=settle,
        **common,
    )


_MOST_OF_PAIRS = 1.5
"""The gap in z between Wald's test of 10 to 40 pairs and McNemar's exact one of those that differ."""
_PAIRED = re.compile(r"intra-?(?:individual|patient|subject)|split[- ](?:mouth|face|body)|within[- ]patient", re.I)


def _of_pairs(context: Context, claim: Estimate) -> bool:
    """Return whether a difference is one of two shares of the same patients, both sides of each."""
    shares = (claim.unit or "").startswith("percent") or context.beside(claim, "proportion") is not None
    return shares and _PAIRED.search(context.paper.text or "") is not None


def _of_a_margin_or_few(
    context: Context, p: PValue, statistic: Span, level: float, sizes: tuple[int, int] | None, named: str
) -> str:
    """Say why a P value far from its interval may still be right: it is of a margin, or of few patients; else empty."""
    low, high = (p_span(statistic, level, freedom, 2) for freedom in (math.inf, float(_FEWEST)))
    values = p.value.range()
    if "inferior" in named.lower() and float(values.upper) <= low[0]:
        return "it may be that of non-inferiority, which is about a margin"
    if (
        sizes is None
        and max(printed_sizes(context), default=0) > 2 * _FEWEST
        and p.sided != 1
        and low[0] <= float(values.lower) <= high[1]
    ):
        return (
            "of the usual tests only a t test with few degrees of freedom would print it, and the text tells of more "
            "patients: it may be of another comparison"
        )
    return ""


def _explanations(
    context: Context, claim: Estimate, printed: PrintedInterval, statistic: Span, level: float
) -> Iterator[Explanation]:
    """Yield the z test, the t tests and, last, another test; each with the sides that print the P value."""
    assert claim.p is not None
    values = claim.p.value.range()
    sizes = arm_sizes(context, claim)
    tests: list[tuple[str, Span, bool]] = [("z test", (math.inf, math.inf), True)]
    in_percent = claim.value is not None and claim.value.unit == "%"
    of_own_scale = (
        may_be_relative(context, claim)
        or (in_percent and are_percent(context, claim))
        or ratios_beside(context, claim) != ""
    )
    relative = relative_statistics(printed) if of_own_scale else []
    total = max(printed_sizes(context), default=0)
    of_change = "z test on the scale of a relative change"
    if sizes is not None and min(sizes) > 1:
        # Welch's degrees of freedom lie between those of the smaller arm and of both together.
        tests.append((f"t test, {min(sizes) - 1} to {sum(sizes) - 2} degrees of freedom",
                      (min(sizes) - 1.0, sum(sizes) - 2.0), True))  # fmt: skip
    elif total > 2 * _FEWEST:
        least = max(total // 2 - 1, _FEWEST)
        tests.append((f"t test, {least} to {total - 2} degrees of freedom as of {total} patients",
                      (float(least), total - 2.0), True))  # fmt: skip
    if sizes is None and total <= 2 * _FEWEST and not _of_pairs(context, claim):
        tests.append((_BY_FEW, (float(_FEWEST), math.inf), False))
    for sided in (claim.p.sided,) if claim.p.sided else (2, 1):
        for name, freedoms, ordinary in tests:
            ends = [p_span(statistic, level, freedom, sided) for freedom in freedoms]
            low, high = min(end[0] for end in ends), max(end[1] for end in ends)
            # A one-sided P value may be that of the other direction.
            spans = [(low, high)] + ([(1 - high, 1 - low)] if sided == 1 else [])
            if any(a <= float(values.upper) and float(values.lower) <= b for a, b in spans):
                parts = [("p-test", "wald")]
                if claim.p.sided is None:
                    parts.append(("p-sided", "two" if sided == 2 else "one"))
                cost, usual = total_cost(context.catalogue, *parts)
                convention = Convention(
                    test=name, sided=sided, cost=cost + (0 if ordinary else 3), ordinary=usual and ordinary
                )
                yield Explanation(convention=convention)
    two, _ = total_cost(context.catalogue, ("p-test", "wald"), ("p-sided", "two"))
    for one in relative if claim.p.sided != 1 else ():
        low, high = p_span(one, level, math.inf, 2)
        if low <= float(values.upper) and float(values.lower) <= high:
            yield Explanation(convention=Convention(test=of_change, sided=2, cost=two + 2, ordinary=False))
    cost, _ = total_cost(context.catalogue, ("p-test", ANOTHER_TEST))
    another = Convention(test=ANOTHER_TEST, sided=claim.p.sided, cost=cost, ordinary=False)
    yield Explanation(convention=another)


CHECK = Check(
    "TS213",
    "the P value of a difference agrees with its interval",
    _run,
    assumes=("P and interval from one z or t test",),
    about=frozenset({"difference"}),
    settled_by="the P value with one more digit, its test, and whether test and interval are of the same model",
    serves=("INSPECT-SR 4.9",),
)
