"""Whether a percentage is said to be a reduction of one arm against another."""

from __future__ import annotations

import re

from trialstats.checks.arm_values import SHARE
from trialstats.checks.check import Context
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import Estimate
from trialstats.reported import Range

_REDUCTION = re.compile(
    r"relative risk reduction|reductions? in (?:the )?(?:relative )?risk|risk was reduced by|\bRRR\b"
    r"|(?:vaccine|protective) (?:efficacy|effectiveness)|\befficacy\b"
    r"|\b(?:reduced|lowered|decreased|cut) (?:the )?(?:risk|rate|incidence|odds)\b[^.;:]{0,40}\bby "
    r"|(?:corresponding to|representing|translating (?:in)?to|equivalent to|amounting to) "
    r"(?:an? )?(?:relative |rate |risk )*reduction of"
    r"|\brelative (?:rate |risk )?(?:reduction|decrease) (?:was |of )|\brelative (?:risk|rate)\b[^.;:]{0,40}\bby ",
    re.IGNORECASE,
)
_REDUCTION_BEHIND = re.compile(
    r"(?: ?%| per ?cent)? (?:(?:lower|reduced) (?:risk|rates?|incidence|odds)|relative (?:risk |rate )?"
    r"(?:reduction|decrease)|(?:vaccine |protective )efficacy|(?:risk|rate) reduction"
    r"|in relative terms|reduction in (?:the )?(?:relative )?(?:risk|rates?|odds|hazard)|less (?:frequent|common"
    r"|likely|often))\b",
    re.IGNORECASE,
)
_MAKES = re.compile(
    r"(?:corresponding to|representing|translating (?:in)?to|equivalent to|amounting to) (?:an? )?$", re.IGNORECASE
)
_REDUCED = re.compile(r"(?: ?%)? (?:reduction|decrease)\b", re.IGNORECASE)
_LEAD = 60


_IN_BRACKET = (
    re.compile(r"[(\[](?:an? )?$"),
    re.compile(r"(?: ?%)? (?:(?:rate )?(?:reduction|decrease)|fewer|lower)[)\]]"),
)


_RATES_NEXT = re.compile(r" ?%? ?(?::|\(|, (?=from )|with) ?[^.;:()0-9]{0,30}(?=\d)")
"""Behind a reduction right before the values that it may be of: "fell by 45%: 0.44 a year with tea"."""


def _is_beside_its_rates(context: Context, claim: Estimate) -> bool:
    """Whether a reduction stands in a bracket behind its rates, or they right behind it.

    "1.2 falls a year with tea and 1.8 with milk (33% fewer)".
    """
    text, start = context.paper.text, claim.where.start
    if text is None or start is None:
        return False
    end = next((stop for name, _, stop in claim.where.numbers if name == "value"), claim.where.end or start)
    if _RATES_NEXT.match(text, end) is not None:
        return True
    led, closed = _IN_BRACKET
    return led.search(text, max(0, start - 4), start) is not None and closed.match(text, end) is not None


_RELATIVE = re.compile(r"\brelative\b|\befficacy\b|\bRRR\b", re.IGNORECASE)


def in_points(context: Context, claim: Estimate, values: tuple[Range, Range]) -> bool:
    """Whether a reduction that nobody calls relative is the difference of two shares: "by 6%, from 15% to 9%"."""
    text, start = context.paper.text, claim.where.start
    if claim.measure != "relative-reduction" or claim.value is None or claim.interval is not None:
        return False
    if (
        text is None
        or start is None
        or _RELATIVE.search(text, max(0, start - _LEAD), (claim.where.end or start) + _LEAD)
    ):
        return False
    first, second = values
    printed = claim.value.range()
    low, high = sorted((first.lower - second.upper, first.upper - second.lower), key=float)
    return any(least <= printed.upper and printed.lower <= most for least, most in ((low, high), (-high, -low)))


def compares_arms(context: Context, claim: Estimate) -> bool:
    """Whether a reduction compares two arms: it has an interval, or words right before it say so."""
    text, start = context.paper.text, claim.where.start
    if claim.interval is not None or text is None or start is None:
        return True  # many another percentage is called a reduction
    begin, _ = sentence_of(text, start)
    if _REDUCTION.search(text, max(begin, start - _LEAD), start) is not None:
        return True
    end = next((stop for name, _, stop in claim.where.numbers if name == "value"), claim.where.end or start)
    made = _MAKES.search(text, max(begin, start - _LEAD), start) is not None
    return _REDUCTION_BEHIND.match(text, end) is not None or (made and _REDUCED.match(text, end) is not None)


def values_held(context: Context, claim: Estimate) -> tuple[str, ...]:
    """Return the kinds of values of both arms that a ratio, or a reduction where words tell whose, is held against.

    What stands in a bracket of its own behind two shares, "(12% fewer)", is mostly in points.
    """
    if claim.measure != "relative-reduction" or compares_arms(context, claim):
        return SHARE, "rate"
    return ("rate",) if _is_beside_its_rates(context, claim) else ()
