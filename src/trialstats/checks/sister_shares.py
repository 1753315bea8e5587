"""What stands beside a proportion and speaks against the way in which it was explained: a time, another proportion."""

from __future__ import annotations

import re

from trialstats.checks.check import Context, both_bounds, level_of
from trialstats.checks.guessed_size import ORDINARY
from trialstats.checks.sentences import sentence_of
from trialstats.checks.size_words import stands_in_text
from trialstats.claims.model import Estimate
from trialstats.explanations import Explanation
from trialstats.wording import as_printed

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


def denied_beside(context: Context, claim: Estimate, best: Explanation) -> str:
    """Return another proportion of the sentence that a rare method does not print, if it prints none of them."""
    text, start = context.paper.text, claim.where.start
    if text is None or start is None or best.method is None or best.point is not None:
        return ""
    if context.catalogue.cost("interval-method", best.method) <= ORDINARY:
        return ""
    begin, end = sentence_of(text, start)
    denied = ""
    for one in context.estimates:
        if one.id == claim.id or one.measure != "proportion" or not begin <= (one.where.start or -1) < end:
            continue
        printed = _prints(context, one, best.method)
        if printed:
            return ""
        denied = denied or (as_printed(one) if printed is False else "")
    return denied


def _prints(context: Context, one: Estimate, method: str) -> bool | None:
    """Return whether a method prints the interval of a printed count; None where there is nothing to print."""
    from trialstats.intervals.binomial import binomial_interval

    x, n = (number.whole if number is not None else None for number in (one.x, one.n))
    bounds = both_bounds(one.interval)
    if x is None or not n or not 0 <= x <= n or bounds is None or one.value is None:
        return None
    if one.interval is not None and one.interval.kind != "confidence":
        return None
    limits = binomial_interval(x, n, level=level_of(one.interval), method=method)
    ends = float(limits.lower), float(limits.upper)
    spans = [bound.with_unit(one.value.unit) for bound in bounds]
    return any(
        all(span.range(rounding).admits(end) for span, end in zip(spans, ends, strict=True))
        for rounding in ("nearest", "half-even", "half-up", "twice")
    )
