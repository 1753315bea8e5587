"""The P value of a difference agrees with its confidence interval.

Estimate and interval of a difference fix the statistic, up to rounding, and with it the P value of
the z or t test that the interval belongs to. Both are searched, t with every number of degrees of
freedom that the printed sizes allow (Student's and Welch's test). A P value of another test
(permutation, ranks, an adjusted or stratified analysis, Fisher's exact test beside a difference of
proportions) need not agree: it is explained as one, with the gap in z.

Why: As for ratios, P value and interval say the same thing twice.

Formula:
    t = estimate/SE,  SE = (upper - lower)/(2 q),  q the quantile of the interval's own z or t distribution
    P = 2 (1 - F(|t|)), one-sided half of that or 1 less half of it

Agrees: -2.0 (-3.1 to -0.9), P < .001. Explained: -2.0 (-3.1 to -0.9), P = .02.

Reference: Altman and Bland (2011) BMJ 343:d2304.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from trialstats.checks.check import Check, Context, level_of, printed_numbers
from trialstats.checks.difference_interval import arm_sizes, is_symmetric, printed_difference
from trialstats.checks.ratio_p import is_probability
from trialstats.claims.model import Estimate, PValue
from trialstats.explanations import Block, Explanation, Explanations
from trialstats.findings import Finding, Verdict
from trialstats.reported import Span
from trialstats.search.printed import PrintedInterval, total_cost
from trialstats.search.ratios.envelope import stratified_statistic
from trialstats.search.ratios.polygon import critical, ratio_region, z_range
from trialstats.wording import as_printed, p_range, p_words

_FEWEST = 3
"""Degrees of freedom below which nobody prints a t interval, where no sizes are known."""


_FARTHEST = stratified_statistic((0.0, 0.0))[1]
"""The gap in z beyond which a difference read from a text is rather read amiss: what simulated trials ever gave."""


def _gap(p: PValue, statistic: Span, level: float) -> float:
    """Return by how much z would have to change for the printed P value."""
    z, printed = critical(level), z_range(p.value.range(), p.sided or 2)
    return max(printed[0] - statistic[1] * z, statistic[0] * z - printed[1], 0.0)


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
        if claim.measure != "difference" or claim.p is None or claim.p.value.is_missing:
            continue
        if (read := printed_difference(claim)) is None:
            continue
        level = level_of(claim.interval)
        statistic = _statistic(context, read[0], level) if is_probability(claim.p) else None
        if statistic is None:
            verdict = Verdict.UNCHECKED
        else:
            # The z test is the cheapest: where it is ordinary and prints the P value the others need no look.
            some = _explanations(context, claim, statistic, level)
            first = next(some)
            fitting = (
                first
                if first.ordinary
                else min(
                    (one for one in (first, *some) if one.test != "another-test"),
                    key=lambda one: one.cost,
                    default=None,
                )
            )
            verdict = Verdict.CONSISTENT if fitting is not None and fitting.ordinary else Verdict.EXPLAINED
            if fitting is None and claim.where.start is not None and _gap(claim.p, statistic, level) > _FARTHEST:
                verdict = Verdict.UNCHECKED
        yield Finding.later(
            partial(_details, context, claim, claim.p, statistic, level),
            claim=claim.id,
            check=check.name,
            code=check.code,
            verdict=verdict,
            where=claim.where,
        )


def _details(context: Context, claim: Estimate, p: PValue, statistic: Span | None, level: float) -> Mapping[str, Any]:
    reported = printed_numbers(claim) | {"p": p.value.text}
    if statistic is None:
        reason = "the interval is not symmetric" if is_probability(p) else "a P value lies between 0 and 1"
        message = f"We did not compare P and interval of {as_printed(claim)}: {reason}."
        return {"message": message, "reported": reported}
    found = sorted(_explanations(context, claim, statistic, level), key=lambda one: one.cost)
    spans = {sided: p_span(statistic, level, math.inf, sided) for sided in (2, 1)}
    wald = f"{p_range(spans[2])} (two-sided), {p_range(spans[1])} (one-sided)"
    fitting = [one for one in found if one.test != "another-test"]
    if fitting:
        best = fitting[0]
        message = f"{p_words(p)} agrees with the interval of {as_printed(replace(claim, p=None))}: {best.test}"
        message += f", {'one' if best.sided == 1 else 'two'}-sided."
    else:
        best, gap = found[0], _gap(p, statistic, level)
        if claim.where.start is not None and gap > _FARTHEST:
            message = (
                f"We did not compare P and interval of {as_printed(claim)}: they are {gap:.2f} in z apart, more than "
                f"two tests of the same data ever were in simulated trials: our reading of the text is uncertain. "
                f"The z or t test of the interval gives {wald}."
            )
            return {"message": message, "reported": reported, "recomputed": {"p": wald}}
        message = (
            f"{p_words(p)} is not the P value of the z or t test that belongs to the interval of "
            f"{as_printed(replace(claim, p=None))}, which is {wald}. Another test (ranks, permutation, exact, "
            f"adjusted) could print it: a gap of {gap:.2f} in z. The name of the test would settle it."
        )
    return {
        "message": message,
        "reported": reported,
        "recomputed": {"p": wald},
        "how": best.test or "",
        "searched": {"tests": ["z", "t"], "sides": [p.sided] if p.sided else [2, 1]},
        "explanations": Explanations(lambda: [Block.single(one) for one in found]),
    }


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
                yield Explanation(
                    cost=cost + (0 if ordinary else 3), ordinary=usual and ordinary, test=name, sided=sided
                )
    cost, _ = total_cost(context.catalogue, ("p-test", "another-test"))
    yield Explanation(cost=cost, ordinary=False, test="another-test", sided=claim.p.sided)


CHECK = Check(
    "TS213",
    "difference-p",
    "the P value of a difference agrees with its interval",
    _run,
    reference="Altman and Bland (2011) BMJ 343:d2304",
    assumes=("P and interval from one z or t test",),
    about=frozenset({"difference"}),
    settled_by="the P value with one more digit, its test, and whether test and interval are of the same model",
    serves=("INSPECT-SR 4.9",),
)
