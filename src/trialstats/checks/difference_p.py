"""The P value of a difference agrees with its confidence interval.

Estimate and interval of a difference fix the statistic, up to rounding, and with it the P value of
the z or t test that the interval belongs to. Both are searched, t with every number of degrees of
freedom that the printed sizes allow (Student's and Welch's test). A P value of another test
(permutation, ranks, an adjusted or stratified analysis, Fisher's exact test beside a difference of
proportions) need not agree: it is explained as one, with the gap in z, where that is no larger than
between two tests of the same data in simulated trials (.4). Beyond that it is hard to explain, unless
the text names a test by ranks, permutation or exact numbers, a paired or crossover design, a margin,
or a correction for multiple tests: then up to the largest gap of any simulated trial. A P value
for interaction, for trend or against a margin is not about a difference of 0.

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
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from trialstats.catalogue import Convention
from trialstats.checks.check import Check, Context, level_of, printed_numbers
from trialstats.checks.difference_interval import arm_sizes, printed_difference
from trialstats.checks.named_test import names_another_test, with_test
from trialstats.checks.one_sided import UNSURE_LEVEL, has_unsure_level
from trialstats.checks.ratio_p import WIDEST_GAP, about_another_null, is_probability, stated_for_one
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
        yield check.finding(claim, *_judge(context, claim, claim.p, read[0]))


def asks(context: Context, claim: Estimate) -> bool:
    """Return whether this check asks about a claim's P value: another check need not ask the same."""
    return any(one.verdict.is_question for one in _judged(CHECK, context, claim))


def _judge(context: Context, claim: Estimate, p: PValue, printed: PrintedInterval) -> tuple[Verdict, Details]:
    level, reported = level_of(claim.interval), printed_numbers(claim) | {"p": p.value.text}
    another_null = about_another_null(claim)
    unsure = has_unsure_level(claim)
    statistic = _statistic(context, printed, level) if is_probability(p) and not (another_null or unsure) else None
    if statistic is None and another_null:
        sentence = f"We did not compare P and interval of {as_printed(claim)}"
        reason = f"the P value is about another null hypothesis ({p.test})"
        return Verdict.UNCHECKED, Details(sentence=sentence, reason=reason, reported=reported)
    if statistic is None:
        reason = "the interval is not symmetric" if is_probability(p) else "a P value lies between 0 and 1"
        reason = UNSURE_LEVEL if unsure else reason
        sentence = f"We did not compare P and interval of {as_printed(claim)}"
        return Verdict.UNCHECKED, Details(sentence=sentence, reason=reason, reported=reported)
    found = sorted(_explanations(context, claim, statistic, level), key=lambda one: one.cost)
    spans = {sided: p_span(statistic, level, math.inf, sided) for sided in (2, 1)}
    wald = f"{p_range(spans[2])} (two-sided), {p_range(spans[1])} (one-sided)"
    shown = as_printed(replace(claim, p=None))
    common: dict[str, Any] = {
        "reported": reported,
        "recomputed": {"p": wald},
        "searched": {"tests": ["z", "t"], "sides": [p.sided] if p.sided else [2, 1]},
        "explanations": Explanations.of(found),
    }
    best = next((one for one in found if one.test != ANOTHER_TEST), None)
    if best is not None:
        side = "one-sided" if best.sided == 1 else "two-sided"
        return (Verdict.CONSISTENT if best.ordinary else Verdict.EXPLAINED), Details(
            sentence=f"{p_words(p)} agrees with the interval of {shown}: {best.test}, {side}.",
            how=best.test or "",
            **common,
        )
    sizes = arm_sizes(context, claim)
    fewest = min(sizes) - 1.0 if sizes is not None and min(sizes) > _FEWEST else math.inf
    gap = _gap(p, statistic, level, fewest)
    named = names_another_test(context, claim) or (p.test if stated_for_one(claim) else "")
    strained = gap > (_FARTHEST if named else WIDEST_GAP)
    other = "Another test (ranks, permutation, exact, adjusted) could print it"
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


def _explanations(context: Context, claim: Estimate, statistic: Span, level: float) -> Iterator[Explanation]:
    """Yield the z test, the t tests and, last, another test; each with the sides that print the P value."""
    assert claim.p is not None
    values = claim.p.value.range()
    sizes = arm_sizes(context, claim)
    tests: list[tuple[str, Span, bool]] = [("z test", (math.inf, math.inf), True)]
    if sizes is not None and min(sizes) > 1:
        # Welch's degrees of freedom lie between those of the smaller arm and of both together.
        tests.append((f"t test, {min(sizes) - 1} to {sum(sizes) - 2} degrees of freedom",
                      (min(sizes) - 1.0, sum(sizes) - 2.0), True))  # fmt: skip
    else:
        tests.append(("t test with few degrees of freedom", (float(_FEWEST), math.inf), False))
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
