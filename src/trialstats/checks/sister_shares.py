"""What stands beside a proportion and speaks against the way in which it was explained: a time, another proportion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from trialstats.checks.check import Context, both_bounds, level_of, unit_of_bounds
from trialstats.checks.guessed_size import ORDINARY
from trialstats.checks.sentences import sentence_of
from trialstats.checks.sister_roundings import slip_of_cutting
from trialstats.checks.size_words import stands_in_text
from trialstats.claims.model import Estimate
from trialstats.explanations import Explanation
from trialstats.findings import Details
from trialstats.wording import as_printed, sentences

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


_PLAIN = ("nearest", "half-even", "half-up")


def _prints(
    context: Context, one: Estimate, method: str, roundings: tuple[str, ...] = (*_PLAIN, "twice")
) -> bool | None:
    """Return whether a method prints the interval of a printed count; None where there is nothing to print."""
    from trialstats.intervals.binomial import binomial_interval

    x, n = (number.whole if number is not None else None for number in (one.x, one.n))
    sizes = [size for size, how in context.sizes(one).items() if how == "stated"]
    n = n or (sizes[0] if len(sizes) == 1 else None)
    bounds = both_bounds(one.interval)
    if x is None or not n or not 0 <= x <= n or bounds is None or one.value is None:
        return None
    if one.interval is not None and one.interval.kind != "confidence":
        return None
    limits = binomial_interval(x, n, level=level_of(one.interval), method=method)
    ends = float(limits.lower), float(limits.upper)
    spans = [bound.with_unit(unit_of_bounds(one)) for bound in bounds]
    return any(
        all(span.range(rounding).admits(end) for span, end in zip(spans, ends, strict=True)) for rounding in roundings
    )
