"""A mean, or a difference of means, agrees with its standard deviation, size, interval and P value.

A mean's t interval is mean ± t SD/sqrt(n), so a mean that lies off the centre of its interval by more
than .05 standard errors (.15 in per cent, .4 of a time), and is not central on the log scale, is hard
to explain unless the text names a method whose intervals are not symmetric. Where both arms print mean,
standard deviation (or standard error) and size, Student's, Welch's and the z test each leave a range for
the difference, its limits and its P value; the printed numbers must lie in one of them. Trials often adjust a
difference of means for its baseline, take ranks or log values, so one that does not is left unchecked with
the crude values beside it, unless the text calls it unadjusted.

Why: Mean, standard deviation, size and interval are four numbers of which three fix the fourth, and
standard error and standard deviation are easily exchanged.

Formula:
    one arm:   mean +- t SD/sqrt(n), n - 1 degrees of freedom
    Student:   SE^2 = s^2 (1/n1 + 1/n2), s^2 = ((n1-1) SD1^2 + (n2-1) SD2^2)/(n1 + n2 - 2)
    Welch:     SE^2 = SD1^2/n1 + SD2^2/n2, degrees of freedom by Satterthwaite's formula
    P from (mean1 - mean2)/SE

Agrees: 5.2 (SD 2.0) of 40 and 6.4 (SD 2.2) of 40, difference -1.2 (-2.1 to -0.3), P = .013.

Reference: Altman et al. (2000) Statistics with Confidence; Welch (1947) Biometrika 34:28-35.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from trialstats.catalogue import Convention
from trialstats.checks.check import Check, Context, level_of, not_checked, printed_numbers
from trialstats.checks.difference_interval import printed_difference, z_over_t
from trialstats.checks.off_centre import MOST_OFF_OF_ONE, is_far_off, is_named, off_centre
from trialstats.checks.off_throughout import OFF_THROUGHOUT, are_off_throughout
from trialstats.checks.order import OUTSIDE, lies_outside
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import Comparison, Estimate, PValue
from trialstats.explanations import Explanation, Explanations, Symmetric
from trialstats.findings import Details, Finding, Verdict
from trialstats.reported import Reported, Span
from trialstats.search.centred import is_symmetric
from trialstats.search.printed import PrintedInterval
from trialstats.search.ratios.polygon import ratio_region
from trialstats.wording import as_printed, as_range, joined, p_range, p_words

if TYPE_CHECKING:
    from trialstats.intervals.mean_difference import TTest


def _meets(span: Span, printed: Reported) -> bool:
    slack = 1e-9 * max(1.0, abs(span[0]), abs(span[1]))
    low, high = printed.float_range()
    return span[0] - slack <= high and low <= span[1] + slack


def _summary(context: Context, one: Estimate) -> tuple[Span, Span, int] | None:
    """Return the ranges of an arm's mean and standard deviation, and its size."""
    spread, n = one.spread, max(context.sizes(one), default=0)
    if one.value is None or one.value.is_missing or one.value.relation != "=" or n < 2 or spread is None:
        return None
    if spread.kind not in ("sd", "se") or spread.value is None or spread.value.is_missing:
        return None
    low, high = spread.value.float_range()
    grow = math.sqrt(n) if spread.kind == "se" else 1.0
    return one.value.float_range(), (max(low, 0.0) * grow, high * grow), n


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.estimates:
        if claim.measure == "mean" and claim.interval is not None:
            yield from _one_mean(check, context, claim)
        elif claim.measure == "difference" and (pair := context.beside(claim, "mean")) is not None:
            numbers = read[0] if (read := printed_difference(context, claim)) is not None else None
            yield from _two_means(check, context, claim, pair, numbers, claim.p, level_of(claim.interval))


def _one_mean(check: Check, context: Context, claim: Estimate) -> Iterator[Finding]:
    """Judge a mean with an interval: central, and as wide as the arm's standard deviation says."""
    read = printed_difference(context, claim)
    if read is None:
        return
    printed, level = read[0], level_of(claim.interval)
    if lies_outside(claim):
        yield check.finding(claim, *not_checked(as_printed(claim), OUTSIDE, printed_numbers(claim)))
        return
    natural = is_symmetric(printed, level, "nearest")
    beside = [one for one in context.estimates
              if one.measure == "mean" and one.id != claim.id and one.spread is not None and one.spread.kind == "sd"
              and (one.arms, one.outcome, one.time) == (claim.arms, claim.outcome, claim.time)]  # fmt: skip
    gap = _gap_words(context, beside[0], printed, level) if natural and len(beside) == 1 else ""
    details = _details_of_mean(claim, printed, level, max(context.sizes(claim), default=0), gap)
    geometric = not natural and details.recomputed and _GEOMETRIC.search(context.paper.text or "")
    verdict = Verdict.CONSISTENT if geometric or (natural and not gap) else Verdict.EXPLAINED
    apart = not natural and not geometric and off_centre(printed, level) <= MOST_OFF_OF_ONE
    if apart and are_off_throughout(context, claim):
        details = replace(details, more=OFF_THROUGHOUT)
    elif not natural and not _of_a_simulation(context, claim) and is_far_off(context, claim, printed, level):
        verdict = Verdict.STRAINED
        miss = f"It lies {off_centre(printed, level):.2g} standard errors off the centre."
        details = replace(details, miss=miss, settle="how the interval was computed")
    elif not natural and not details.recomputed:
        if "measure" in claim.inferred and not _said_why(context, claim, printed, level):
            reason = "the text does not call it a mean, and of another kind its interval need not be symmetric"
            yield check.finding(claim, *not_checked(as_printed(claim), reason, printed_numbers(claim)))
            return
        details = replace(details, more=_why_off(context, claim, printed, level))
    yield check.finding(claim, verdict, details, others=tuple(one.id for one in beside))


_GEOMETRIC = re.compile(r"(?i:\bgeometric|\blog[- ]?(?:transform|normal))|\bGM(?:[TCR]|FR)s?\b")
"""Words of a text whose means are those of logs, so that their intervals are symmetric there."""


def _said_why(context: Context, claim: Estimate, printed: PrintedInterval, level: float) -> str:
    """Say which words of the text put a mean off the centre of its interval; empty if there are none."""
    if said := _of_a_simulation(context, claim):
        return f"The text says {said}: such a ratio of costs comes from a simulation, and is no mean of patients."
    if named := is_named(context, claim, printed, level):
        return f"The text says {named}: such an interval need not be symmetric."
    return ""


def _why_off(context: Context, claim: Estimate, printed: PrintedInterval, level: float) -> str:
    """Say what puts a mean off the centre of its interval."""
    if said := _said_why(context, claim, printed, level):
        return said
    off = off_centre(printed, level)
    return f"It lies {off:.2g} standard errors off, as rounding on the way, or an end of its scale, would have it."


_PER_BENEFIT = re.compile(
    r"\bper (?:additional |extra )?(?:DALY|QALY|life[- ]year|quality[- ]adjusted|disability[- ]adjusted)\w*"
    r"|\bICERs?\b|cost[- ]effectiveness ratios?",
    re.IGNORECASE,
)


def _of_a_simulation(context: Context, claim: Estimate) -> str:
    """Return the words in the sentence of a number that make it a cost for a benefit; empty if there are none."""
    text, start = context.paper.text, claim.where.start
    found = _PER_BENEFIT.search(text, *sentence_of(text, start)) if text is not None and start is not None else None
    return "" if found is None else found[0]


def _gap_words(context: Context, beside: Estimate, printed: PrintedInterval, level: float) -> str:
    """Return that the standard deviation printed beside a mean gives another standard error; empty if it does not."""
    if (summary := _summary(context, beside)) is None:
        return ""
    region = ratio_region(printed, scale="identity", level=level)
    low, high = (s / math.sqrt(summary[2]) for s in summary[1])
    by_t = z_over_t(level, summary[2] - 1)
    if region.se[0] * by_t <= high and region.se[1] >= low:
        return ""
    return (
        f"The standard deviation of {as_printed(beside)} gives {as_range(low, high)}: another number of "
        "patients, or an adjusted mean, would account for it."
    )


def _details_of_mean(claim: Estimate, printed: PrintedInterval, level: float, n: int, gap: str) -> Details:
    shown = as_printed(claim)
    natural = ratio_region(printed, scale="identity", level=level)
    positive = all(number.value > 0 for _, number in printed.parts)
    region = natural or (ratio_region(printed, scale="log", level=level) if positive else natural)
    recomputed: dict[str, str] = {}
    found: list[Explanation] = []
    if not region:
        sentence = f"The printed mean {shown} is not the centre of its interval."
    else:
        scale = "identity" if natural else "log"
        found = [Explanation(Symmetric(region.centre, region.se), Convention(scale=scale, ordinary=bool(natural)))]
        recomputed = {"se": as_range(*region.se)}
        where = "the centre of its interval" if natural else "the centre on the log scale, as of a geometric mean"
        sentence = f"The printed mean {shown} is {where}: standard error {recomputed['se']} by z"
        if natural and n > 1:
            shrink = z_over_t(level, n - 1) * math.sqrt(n)
            recomputed["sd"] = as_range(region.se[0] * shrink, region.se[1] * shrink)
            sentence += f", standard deviation {recomputed['sd']} by t with {n} patients"
        sentence += "."
    return Details(
        sentence=sentence,
        more=gap,
        reported=printed_numbers(claim),
        recomputed=recomputed,
        how="symmetric on the natural scale" if natural else "",
        explanations=Explanations.of(found),
    )


def _follows(numbers: Mapping[str, Reported], one: TTest) -> bool:
    """Return whether the printed difference and its bounds lie in the ranges that a test leaves."""
    spans = {"estimate": one.difference, "lower": one.lower, "upper": one.upper}
    return all(_meets(spans[name], number) for name, number in numbers.items())


def _what_would(numbers: Mapping[str, Reported], crude: TTest) -> str:
    """Return what a printed interval takes beside the crude one: a covariate, fewer patients, or another difference."""
    if len(numbers) < 3:
        return ""
    width = float(numbers["upper"].value - numbers["lower"].value)
    ratio = 2 * width / (sum(crude.upper) - sum(crude.lower)) if sum(crude.upper) > sum(crude.lower) else 0.0
    if ratio <= 0:
        return ""
    words = f"Its interval is {ratio:.2f} times as wide as the crude one"
    if not _meets(crude.difference, numbers["estimate"]):
        return f"{words}, about another difference."
    if ratio < 1:
        correlation = math.sqrt(1 - ratio * ratio)
        return f"{words}, as adjustment for a covariate of correlation {correlation:.2f} with the outcome makes it."
    return f"{words}, as {100 / ratio**2:.0f}% of the patients, or clusters among them, make it."


_WIDER = 2.5
"""How many times as wide as that of its standard deviations an interval is, at least, that standard errors explain."""


def _fits_standard_errors(
    numbers: Mapping[str, Reported], pair: tuple[Estimate, Estimate], *summaries: tuple[Span, Span, int], level: float
) -> bool:
    """Whether a difference with its interval is that of two means whose standard deviations are standard errors."""
    from trialstats.intervals.mean_difference import MEAN_TESTS, t_test

    if len(numbers) < 3 or any(one.spread is None or one.spread.kind != "sd" for one in pair):
        return False
    (mean1, sd1, n1), (mean2, sd2, n2) = summaries
    if min(n1, n2) < _WIDER**2:
        return False
    as_sd1, as_sd2 = ((low * math.sqrt(n), high * math.sqrt(n)) for (low, high), n in ((sd1, n1), (sd2, n2)))
    return any(
        _follows(numbers, t_test((mean1, mean2), (as_sd1, as_sd2), (n1, n2), test=test, level=level))
        for test in MEAN_TESTS
    )


def _two_means(
    check: Check,
    context: Context,
    claim: Estimate | Comparison,
    pair: tuple[Estimate, Estimate],
    printed: PrintedInterval | None,
    p: PValue | None,
    level: float,
) -> Iterator[Finding]:
    """Judge a difference or a comparison of two means whose standard deviations and sizes are printed."""
    first, second = (_summary(context, one) for one in pair)
    if first is None or second is None or (printed is None and p is None):
        return
    from trialstats.intervals.mean_difference import MEAN_TESTS, t_test

    numbers = dict(printed.parts) if printed is not None else {}
    found, tests = [], []
    for test in MEAN_TESTS:
        one = t_test((first[0], second[0]), (first[1], second[1]), (first[2], second[2]), test=test, level=level)
        tests.append(one)
        if not _follows(numbers, one):
            continue
        sides = [None] if p is None else [p.sided] if p.sided else [2, 1]
        for sided in sides:
            if p is None or _meets(one.p_value(sided or 2), p.value):
                cost = context.catalogue.cost("p-sided", "one" if sided == 1 else "two") if p and not p.sided else 0.0
                usual = sided != 1 or p is None or p.sided == 1
                convention = Convention(test=test, sided=sided, cost=cost, ordinary=usual)
                found.append(Explanation(Symmetric(one.difference, one.se), convention))
    found.sort(key=lambda one: one.cost)
    shown = as_printed(claim) if isinstance(claim, Estimate) else p_words(p) if p is not None else ""
    source = joined(as_printed(one) for one in pair)
    welch = tests[1]
    recomputed = {"estimate": as_range(*welch.difference, 2), "lower": as_range(*welch.lower, 2),
                  "upper": as_range(*welch.upper, 2), "p": p_range(welch.p)}  # fmt: skip
    if printed is None:
        recomputed = {"p": p_range(welch.p)}
    crude = ", ".join(f"{name} {text}" for name, text in recomputed.items())
    more = reason = ""
    if found:
        verdict = Verdict.REPRODUCED if found[0].ordinary else Verdict.EXPLAINED
        names = joined(MEAN_TESTS[name].split(",")[0] for name in dict.fromkeys(one.test or "" for one in found))
        sentence = f"{shown} follows from {source} by {names}" + (", one-sided." if found[0].sided == 1 else ".")
    elif printed is not None and p is not None and any(_follows(numbers, one) for one in tests):
        verdict = Verdict.EXPLAINED
        sentence = (
            f"The interval of {shown} follows from {source}, and its P value does not: Welch's test gives "
            f"{p_range(welch.p)}."
        )
        more = "A test of ranks, a permutation test or an adjusted analysis could print it."
    elif isinstance(claim, Estimate) and claim.adjusted is False and printed is not None:
        verdict = Verdict.INCONSISTENT
        sentence = f"No t or z test of {source} prints the unadjusted {shown}; Welch's gives {crude}."
    elif (
        isinstance(claim, Estimate)
        and not claim.adjusted
        and _fits_standard_errors(numbers, pair, first, second, level=level)
    ):
        verdict = Verdict.STRAINED
        sentence = f"{source} by Welch's test give {crude}, and the printed difference is {shown}."
        more = "The SD may be a standard error: taken as one, both give the printed difference and its interval."
    else:
        verdict = Verdict.UNCHECKED
        sentence = f"We did not judge {shown}"
        reason = (
            f"it does not follow from {source} by a t or z test ({crude} by Welch's), as an adjusted analysis, ranks, "
            "log values or missing patients would have it"
        )
        more = _what_would(numbers, welch)
    reported = printed_numbers(claim) if isinstance(claim, Estimate) else {}
    details = Details(
        sentence=sentence,
        reason=reason,
        more=more,
        reported=reported | ({"p": p.value.text} if p is not None else {}),
        recomputed=recomputed,
        how=f"{found[0].test} test" if found else "",
        searched={"tests": list(MEAN_TESTS), "level": level},
        explanations=Explanations.of(found),
    )
    yield check.finding(claim, verdict, details, others=tuple(one.id for one in pair))


CHECK = Check(
    "TS212",
    "a mean or a difference of means agrees with its standard deviation, size, interval and P value",
    _run,
    assumes=("an unadjusted comparison of means", "complete denominators"),
    about=frozenset({"mean"}),
    settled_by="the number of patients measured, one more decimal, and whether the analysis was adjusted",
    serves=("INSPECT-SR 4.9",),
)
