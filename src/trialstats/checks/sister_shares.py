"""What stands beside a proportion and speaks against the way in which it was explained: a time, another proportion."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace

from trialstats.checks.check import Context, both_bounds, level_of, unit_of_bounds
from trialstats.checks.guessed_size import ORDINARY
from trialstats.checks.list_size import meets
from trialstats.checks.sentences import sentence_of
from trialstats.checks.sister_roundings import slip_of_cutting
from trialstats.checks.size_words import printed_sizes, stands_in_text
from trialstats.claims.model import Estimate
from trialstats.claims.populations import sizes_printing
from trialstats.explanations import Explanation
from trialstats.findings import Details, Nearest
from trialstats.search.ratios.polygon import critical
from trialstats.wording import as_percent, as_printed, sentences

_TIME = re.compile(
    r"\b(?:at|after|by|within|over) (?:a |the )?(?:[0-9]{1,3}|one|two|three|four|five|six|seven|eight|ten|twelve)"
    r"[- ](?:years?|months?)\b|\b[0-9]{1,3}[- ](?:year|month)\b(?![- ]olds?)",
    re.IGNORECASE,
)
_RISK = re.compile(r"\brisk|incidence|cumulative|probabilit|actuarial|kaplan|surviv", re.IGNORECASE)
_BEFORE = 120


def at_a_time(context: Context, claim: Estimate, best: Explanation) -> str:
    """Return the time by which a risk is told, where the number of patients behind it stands nowhere; empty if none."""
    text, start = context.paper.text, claim.where.start
    if text is None or start is None or claim.x is not None or best.allowed not in ("any", "near"):
        return ""
    if best.n is not None and stands_in_text(context, best.n):
        return ""
    begin = max(sentence_of(text, start)[0], start - _BEFORE)
    found = _TIME.search(text, begin, start)
    risk = _RISK.search(text, begin, start)
    return found[0][0].lower() + found[0][1:] if found is not None and risk is not None else ""


def beside_others(context: Context, claim: Estimate, best: Explanation, details: Details, settle: str) -> Details:
    """Return what is said of a proportion with what the others of its text say against the way it was explained."""
    if other := denied_beside(context, claim, best):
        sentence = details.sentence.replace(" is ", " may be ", 1)
        miss = f"The same method does not print {other} in the same sentence."
        details = replace(details, sentence=sentence, miss=miss, settle=settle)
    if slip := slip_of_cutting(context, claim, best):
        details = replace(details, more=sentences(details.more, slip))
    return details


def denied_beside(context: Context, claim: Estimate, best: Explanation) -> str:
    """Return another proportion of the sentence that a rare way of printing one does not print, if it prints none."""
    if best.method is None or best.point is not None:
        return ""
    usual = context.catalogue.cost("interval-method", best.method) <= ORDINARY
    if usual and best.rounding != "twice":
        return ""
    found = [(one, _prints(context, one, best.method)) for one in _of_the_sentence(context, claim)]
    if any(printed for _, printed in found):
        return ""
    return next((as_printed(one) for one, printed in found if printed is False), "")


def prints_beside(context: Context, claim: Estimate, best: Explanation) -> bool:
    """Return whether a method, plainly rounded, prints every other proportion of the sentence that could tell."""
    if best.method is None or best.rounding not in _PLAIN or best.point is not None:
        return False
    found = [_prints(context, one, best.method, _PLAIN) for one in _of_the_sentence(context, claim)]
    return any(found) and False not in found


def _of_the_sentence(context: Context, claim: Estimate) -> Iterator[Estimate]:
    text, start = context.paper.text, claim.where.start
    if text is None or start is None:
        return
    begin, end = sentence_of(text, start)
    for one in context.estimates:
        if one.id != claim.id and one.measure == "proportion" and begin <= (one.where.start or -1) < end:
            yield one


def not_like_others(context: Context, claim: Estimate) -> Details | None:
    """Say which bound is not that of the printed count, where the text's other intervals are Wald's of their counts.

    Two others must be, and one bound of this one too; then the question is about the other bound alone.
    """
    from trialstats.intervals.binomial import binomial_interval

    counts, bounds = _count(context, claim), both_bounds(claim.interval)
    others = [
        printed for one in context.estimates if one.id != claim.id and one.measure == "proportion"
        and (one.x, one.value) != (claim.x, claim.value)
        and (printed := _prints(context, one, "wald", _PLAIN)) is not None
    ]  # fmt: skip
    if counts is None or bounds is None or len(others) < _ENOUGH or not all(others):
        return None
    x, n = counts
    limits = binomial_interval(x, n, level=level_of(claim.interval), method="wald")
    spans = [bound.with_unit(unit_of_bounds(claim)) for bound in bounds]
    half = critical(level_of(claim.interval)) * math.sqrt(x * (n - x) / n**3)
    ends = float(limits.lower), float(limits.upper)
    wrong = [k for k in (0, 1) if not any(spans[k].range(way).admits(ends[k]) for way in _PLAIN)]
    if len(wrong) != 1:
        return None
    side = ("lower", "upper")[wrong[0]]
    end = x / n + half if side == "upper" else x / n - half
    cut = ", which is cut off at 100%" if end > 1 else ", which is cut off at 0" if end < 0 else ""
    return Details(
        sentence=f"The other {len(others)} counts with an interval have Wald's, and so has {as_printed(claim)}, but "
        f"for its {side} bound: that of {x} of {n} is {as_percent(end)}{cut}, and {spans[wrong[0]].text} is printed.",
        how=f"{x} of {n}, Wald, but for its {side} bound",
    )


_ENOUGH = 2
_NEARLY = 2
_PLAIN = ("nearest", "half-even", "half-up")


def _prints(
    context: Context, one: Estimate, method: str, roundings: tuple[str, ...] = (*_PLAIN, "twice")
) -> bool | None:
    """Return whether a method prints the interval of a printed count; None where there is nothing to print."""
    from trialstats.intervals.binomial import binomial_interval

    counts, bounds = _count(context, one), both_bounds(one.interval)
    if counts is None or bounds is None or one.value is None:
        return None
    x, n = counts
    if one.interval is not None and one.interval.kind != "confidence":
        return None
    limits = binomial_interval(x, n, level=level_of(one.interval), method=method)
    ends = float(limits.lower), float(limits.upper)
    spans = [bound.with_unit(unit_of_bounds(one)) for bound in bounds]
    return any(
        all(span.range(rounding).admits(end) for span, end in zip(spans, ends, strict=True)) for rounding in roundings
    )


def _count(context: Context, one: Estimate) -> tuple[int, int] | None:
    """Return the printed count of a proportion and its one stated number of patients."""
    x, n = (number.whole if number is not None else None for number in (one.x, one.n))
    sizes = [size for size, how in context.sizes(one).items() if how == "stated"]
    n = n or (sizes[0] if len(sizes) == 1 else None)
    return None if x is None or not n or not 0 <= x <= n else (x, n)


def of_printed_total(context: Context, claim: Estimate, nearest: Nearest | None) -> str:
    """Return what Clopper and Pearson give for a count at the one printed number of patients that its share is of.

    Empty where another number comes near.
    """
    from trialstats.intervals.binomial import binomial_interval

    x = claim.x.whole if claim.x is not None else None
    if nearest is not None and nearest.steps <= _NEARLY:
        return ""
    if not x or claim.n is not None or claim.value is None or context.sizes(claim):
        return ""
    fitting = sizes_printing(x, claim.value)
    found = [] if fitting is None else [n for n in printed_sizes(context) if meets(*fitting, n, n)]
    if len(found) != 1:
        return ""
    limits = binomial_interval(x, found[0], level=level_of(claim.interval), method="clopper-pearson")
    return (
        f"{x} of {found[0]}, a number of patients that the text prints, is {as_percent(float(limits.lower))} to "
        f"{as_percent(float(limits.upper))} by Clopper-Pearson."
    )
