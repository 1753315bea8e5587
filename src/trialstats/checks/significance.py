"""Interval and P value lead to the same decision.

An interval that leaves out the null value (1 for a ratio, 0 for a difference) and a P value below
alpha, or the word that the result is significant, say the same. Alpha is one minus the interval's
level, two-sided. A bound or P value that touches the limit within rounding decides nothing. Two
different decisions are marked only if no test of a simulated trial, stratified, adjusted or
one-sided, ever went so far from the interval.

Why: A discrepancy across the limit of significance changes what a paper concludes.

Formula:
    0 or 1 outside the interval  <=>  P < alpha,  alpha = 1 - level

Agrees: 0.54 (0.36 to 0.81), P = .003. Explained: 0.54 (0.36 to 0.81), P = .06. Asks: 0.10 (0.05 to
0.20), P = .50.

Reference: Gardner and Altman (1986) BMJ 292:746-750 on intervals and tests.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from trialstats.checks.check import Check, Context, both_bounds, level_of, printed_interval, printed_numbers
from trialstats.checks.difference_interval import mirrored
from trialstats.checks.order import above
from trialstats.checks.ratio_interval import TESTED, as_ratio
from trialstats.checks.ratio_p import about_another_null, is_probability
from trialstats.claims.model import Estimate
from trialstats.findings import Details, Finding, Verdict
from trialstats.reported import Range, Reported
from trialstats.search.ratios.envelope import stratified_statistic
from trialstats.search.ratios.polygon import Region, critical, z_range
from trialstats.wording import as_printed, p_words

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


def _another_test_may(claim: Estimate, level: float, values: Range, ratio: bool) -> bool:
    """Return whether a stratified, adjusted or one-sided test may give the P value beside the interval."""
    spread = claim.interval
    assert spread is not None and spread.lower is not None and spread.upper is not None
    lower, upper = spread.lower.float_range(), spread.upper.float_range()
    if ratio:
        lower, upper = ((math.log(max(low, 1e-9)), math.log(max(high, 1e-9))) for low, high in (lower, upper))
    region = Region.of_bounds(lower, upper, None, critical(level))
    if not region:
        return True  # bounds out of order: another check's business
    first, last = stratified_statistic(region.size_of_z)
    return any(
        (first <= high and low <= last) or (-last <= high and low <= -first)
        for low, high in (z_range(values, sided) for sided in (2, 1))
    )


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.estimates:
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
        decision = False
        if excludes is None or below is None or _why_not(claim):
            verdict = Verdict.UNCHECKED
        elif excludes == below:
            verdict = Verdict.CONSISTENT
        else:
            limit = Range(0.0, alpha) if below else Range(alpha, 1.0)
            values = claim.p.value.range() if claim.p is not None else limit
            decision = not _another_test_may(as_ratio(claim), level_of(spread), values, ratio)
            verdict = Verdict.INCONSISTENT if decision else Verdict.EXPLAINED
        details = _details(claim, verdict, null, alpha, excludes, below)
        yield check.finding(claim, verdict, details, decision=decision)


def _why_not(claim: Estimate) -> str:
    """Return why the decisions are not compared, although both are clear; empty if they are."""
    if about_another_null(claim):
        return "the P value is about another null hypothesis"
    if claim.p is not None and not is_probability(claim.p):
        return "a P value lies between 0 and 1"
    if claim.p is not None and claim.p.sided == 1:
        return "the P value is one-sided"
    return "the estimate lies outside its own interval" if _is_outside(claim) else ""


def _details(
    claim: Estimate, verdict: Verdict, null: int, alpha: float, excludes: bool | None, below: bool | None
) -> Details:
    said = p_words(claim.p) if claim.p is not None else f"the text calls it {(claim.says or '').replace('-', ' ')}"
    shown = as_printed(claim) if claim.p is not None else f"{as_printed(claim)} ({said})"
    reported = printed_numbers(claim) | ({"p": claim.p.value.text} if claim.p is not None else {})
    limit = f"{alpha:.3g}".removeprefix("0")
    level = f"at two-sided {limit}"
    if verdict is Verdict.UNCHECKED:
        reason = _why_not(claim) or "a printed number touches the limit"
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
        more = (
            "No two tests of our simulated trials differed by so much."
            if verdict is Verdict.INCONSISTENT
            else "Two methods, such as an unadjusted interval and a stratified or one-sided test, can differ so."
        )
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
