"""Interval and P value lead to the same decision.

An interval that leaves out the null value (1 for a ratio, 0 for a difference) and a P value below
alpha, or the word that the result is significant, say the same. Alpha is one minus the interval's
level, two-sided. A bound or P value that touches the limit within rounding decides nothing. Two
different decisions are hard to explain where two tests of the same data never lay so far apart in
simulated trials (a gap of .4 in z) and the text names no other test or analysis; where the check of P
value and interval asks this already, it is not asked twice. They are marked as a decision that no
method explains only if no test of a simulated trial, stratified, adjusted or one-sided, ever went so
far from the interval.

Why: A discrepancy across the limit of significance changes what a paper concludes.

Formula:
    0 or 1 outside the interval  <=>  P < alpha,  alpha = 1 - level

Agrees: 0.54 (0.36 to 0.81), P = .003. Explained: 0.68 (0.46 to 0.99), P = .06. Asks: 0.54 (0.36 to
0.81), "not significant"; 0.10 (0.05 to 0.20), P = .50.

Reference: Gardner and Altman (1986) BMJ 292:746-750 on intervals and tests.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from trialstats.checks import difference_p, ratio_p
from trialstats.checks.check import Check, Context, both_bounds, level_of, printed_interval, printed_numbers
from trialstats.checks.derived_ratio import words_of_conversion
from trialstats.checks.named_test import names_another_test, of_noninferiority, with_test
from trialstats.checks.off_centre import mirrored
from trialstats.checks.one_sided import UNSURE_LEVEL, has_unsure_level
from trialstats.checks.order import OUTSIDE, above
from trialstats.checks.other_tests import WIDEST_GAP
from trialstats.checks.ratio_interval import TESTED, as_ratio
from trialstats.checks.ratio_p import about_another_null, is_probability, stated_for_one
from trialstats.checks.several_comparisons import NOT_OF_ONE, beside_several, of_several
from trialstats.claims.model import Estimate
from trialstats.findings import Details, Finding, Verdict
from trialstats.reported import Range, Reported, Span
from trialstats.search.ratios.envelope import stratified_statistic
from trialstats.search.ratios.polygon import Region, critical, z_range
from trialstats.wording import as_printed, p_words

_MARGIN = "the P value may be that of non-inferiority, which is about a margin"
_ASKED = "the check of P value and interval asks about them already"
_MORE = {
    Verdict.INCONSISTENT: "No two tests of our simulated trials differed by so much.",
    Verdict.STRAINED: "No two tests of the same data differed by so much in our simulated trials.",
    Verdict.EXPLAINED: "Two methods, such as an unadjusted interval and a stratified or one-sided test, can differ so.",
}
_SAYS = {"significant": True, "not-significant": False}


def _side(number: Reported, null: int) -> int:
    low, high = number.float_range()
    return 1 if low > null else -1 if high < null else 0


def _excludes(claim: Estimate, null: int) -> bool | None:
    """Return whether the interval leaves out the null value; None where a bound touches it or none is printed."""
    if (bounds := both_bounds(claim.interval)) is None:
        return None
    lower, upper = (_side(bound, null) for bound in bounds)
    return True if lower == upper != 0 else False if lower < 0 < upper else None


def _below(claim: Estimate, alpha: float) -> bool | None:
    """Return whether the P value, or what the text says, is below alpha; None where it touches alpha."""
    if claim.p is None:
        return _SAYS.get(claim.says or "")
    values = claim.p.value.range()
    limit = Fraction(f"{alpha:.9f}")
    if values.upper <= limit:
        return True
    return False if values.lower > limit or (values.lower == limit and not values.lower_closed) else None


def _is_outside(claim: Estimate) -> bool:
    """Return whether the estimate lies outside its own interval, be it printed with or without its sign."""
    printed, value = printed_interval(claim), claim.value
    if value is None or value.is_missing:
        return False
    numbers = [value] if claim.measure not in ("difference", "relative-reduction") else [value, mirrored(value)]
    return all(above(printed.lower, number) or above(number, printed.upper) for number in numbers)


def _sizes_of_z(claim: Estimate, level: float, ratio: bool) -> Span | None:
    """Return the absolute statistics that the interval allows; None if its bounds are out of order."""
    spread = claim.interval
    assert spread is not None and spread.lower is not None and spread.upper is not None
    lower, upper = spread.lower.float_range(), spread.upper.float_range()
    if ratio:
        lower, upper = ((math.log(max(low, 1e-9)), math.log(max(high, 1e-9))) for low, high in (lower, upper))
    region = Region.of_bounds(lower, upper, None, critical(level))
    return region.size_of_z if region else None


def _another_test_may(size_of_z: Span, values: Range) -> bool:
    """Return whether a stratified, adjusted or one-sided test may give the P value beside the interval."""
    first, last = stratified_statistic(size_of_z)
    return any(
        (first <= high and low <= last) or (-last <= high and low <= -first)
        for low, high in (z_range(values, sided) for sided in (2, 1))
    )


def _gap(size_of_z: Span, values: Range) -> float:
    """Return by how much z would have to change for the printed P value."""
    low, high = z_range(values, 2)
    return max(low - size_of_z[1], size_of_z[0] - high, 0.0)


def _verdict(context: Context, claim: Estimate, values: Range, ratio: bool) -> Verdict:
    """Return what two different decisions are."""
    level = level_of(claim.interval)
    statistic = _sizes_of_z(as_ratio(claim), level, ratio)
    if statistic is None:
        return Verdict.EXPLAINED  # another check's business
    if not _another_test_may(statistic, values):
        return Verdict.INCONSISTENT
    small = z_range(values, 2)[0] > statistic[1]
    named = small and of_noninferiority(context) if ratio else bool(names_another_test(context, claim))
    if _gap(statistic, values) <= WIDEST_GAP or stated_for_one(claim):
        return Verdict.EXPLAINED
    if named:
        # A small P value beside an interval that includes the null may be about a margin.
        return Verdict.UNCHECKED
    asked = ratio_p.asks(context, claim) if ratio else difference_p.asks(context, claim)
    return Verdict.UNCHECKED if asked else Verdict.STRAINED


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for printed in context.estimates:
        claim = with_test(context, printed)
        spread = claim.interval
        if spread is None or spread.lower is None or spread.upper is None or claim.measure not in check.about:
            continue
        said = claim.says in _SAYS if claim.p is None else not claim.p.value.is_missing
        if not said:
            continue
        ratio = claim.measure in TESTED
        null = 1 if ratio and claim.measure != "relative-reduction" else 0
        alpha = 1 - level_of(spread)
        excludes, below = _excludes(claim, null), _below(claim, alpha)
        decision, reason = False, _why_not(claim)
        if excludes is None or below is None or reason:
            verdict = Verdict.UNCHECKED
        elif excludes == below:
            verdict = Verdict.CONSISTENT
        else:
            limit = Range(0.0, alpha) if below else Range(alpha, 1.0)
            values = claim.p.value.range() if claim.p is not None else limit
            verdict = _verdict(context, claim, values, ratio)
            if verdict is Verdict.UNCHECKED and below and of_noninferiority(context):
                reason = _MARGIN
            elif verdict is Verdict.UNCHECKED and not ratio and (named := names_another_test(context, claim)):
                reason = f"the text names a test or a design ({named}) of which the P value alone may be"
            if verdict.is_question and (reason := _of_something_else(context, claim, below=below)):
                verdict = Verdict.UNCHECKED
            decision = verdict is Verdict.INCONSISTENT
        details = _details(claim, reason, verdict, null, alpha, excludes, below)
        yield check.finding(claim, verdict, details, decision=decision)


def _why_not(claim: Estimate) -> str:
    """Return why the decisions are not compared, although both are clear; empty if they are."""
    if about_another_null(claim):
        return "the P value is about another null hypothesis"
    if claim.p is not None and not is_probability(claim.p):
        return "a P value lies between 0 and 1"
    if has_unsure_level(claim):
        return UNSURE_LEVEL
    if claim.p is not None and claim.p.sided == 1:
        return "the P value is one-sided"
    return OUTSIDE if _is_outside(claim) else ""


def _of_something_else(context: Context, claim: Estimate, *, below: bool) -> str:
    """Return why P value and interval may lead to different decisions by what the text says; empty if nothing."""
    if claim.p is None:
        return ""
    if words := beside_several(context, claim) or of_several(context, claim, times=0.5 if below else 2.0):
        return NOT_OF_ONE.format(words)
    words = words_of_conversion(context, claim)
    return f"the P value may be that of the odds ratio which the ratio was worked out from (“{words}”)" if words else ""


def _details(
    claim: Estimate, why_not: str, verdict: Verdict, null: int, alpha: float, excludes: bool | None, below: bool | None
) -> Details:
    said = p_words(claim.p) if claim.p is not None else f"the text calls it {(claim.says or '').replace('-', ' ')}"
    shown = as_printed(claim) if claim.p is not None else f"{as_printed(claim)} ({said})"
    reported = printed_numbers(claim) | ({"p": claim.p.value.text} if claim.p is not None else {})
    limit = f"{alpha:.3g}".removeprefix("0")
    level = f"at two-sided {limit}"
    if verdict is Verdict.UNCHECKED:
        touches = excludes is None or below is None
        reason = why_not or ("a printed number touches the limit" if touches else _ASKED)
        return Details(sentence=f"We did not compare the decisions of {shown}", reason=reason, reported=reported)
    verb = "excludes" if excludes else "includes"
    how = more = ""
    if verdict is Verdict.CONSISTENT:
        how = f"{verb} {null} {level}"
        sentence = f"The interval of {shown} agrees: it {how}."
        if claim.p is not None:
            both = "both exclude" if excludes else "neither excludes"
            sentence = f"Interval and P value of {shown} agree: {both} {null} {level}."
    else:
        if claim.p is not None:
            said = f"{said} is {'below' if below else 'above'} {limit}"
        sentence = f"The interval of {as_printed(replace(claim, p=None))} {verb} {null} {level}, and {said}."
        more = _MORE[verdict]
    return Details(
        sentence=sentence,
        more=more,
        reported=reported,
        recomputed={"decision": "significant" if excludes else "not significant"},
        how=how,
    )


CHECK = Check(
    "TS203",
    "interval and P value lead to the same decision",
    _run,
    about=TESTED | {"difference"},
    settled_by="the P value with one more digit, its test, and whether test and interval are of the same model",
    serves=("INSPECT-SR 4.9",),
)
