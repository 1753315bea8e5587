"""Which way a percentage is said to go: a relative reduction or increase, by the word right beside the number."""

from __future__ import annotations

import re

from trialstats.checks.check import Context
from trialstats.checks.off_centre import may_be_relative
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import Estimate

_LESS = r"(?:reduc|decreas|declin|lower|lessen|fewer|less\b|fell\b|fall|drop|shorter|smaller)[a-z]*"
_MORE = r"(?:increas|higher|greater|more\b|rise\b|rose\b|larger|longer|excess)[a-z]*"
_DIRECTION = re.compile(rf"\b(?:(?P<less>{_LESS})|(?P<more>{_MORE}))", re.IGNORECASE)
_BEHIND = re.compile(
    rf"[)\]]{{0,2}},? ?(?:[a-z]{{1,12}} ){{0,2}}(?:(?P<less>{_LESS})|(?P<more>{_MORE}))", re.IGNORECASE
)
_BEFORE = 160
_REACH = 50


def direction(context: Context, claim: Estimate) -> str:
    """Return "reduction" or "increase" by the word behind a percentage, or else the last one before it; or nothing.

    A percentage that the words about it call points or a difference is neither.
    """
    text, where = context.paper.text, claim.where
    if text is None or where.start is None or where.end is None or not may_be_relative(context, claim):
        return ""
    behind = direction_behind(context, claim)
    if behind:
        return behind
    found = None
    for one in _DIRECTION.finditer(text, max(sentence_of(text, where.start)[0], where.start - _BEFORE), where.start):
        found = one
    return _named(found)


def direction_behind(context: Context, claim: Estimate) -> str:
    """Return the same by the word right behind a number, or behind its interval, alone."""
    text, where = context.paper.text, claim.where
    if text is None or where.start is None or where.end is None:
        return ""
    ends = [where.end, *(stop for name, _, stop in where.numbers if name == "value")]
    return next((named for end in ends if (named := _named(_BEHIND.match(text, end, end + _REACH)))), "")


def _named(found: re.Match[str] | None) -> str:
    return "" if found is None else "reduction" if found["less"] else "increase"
