"""Lengths by which arms are named: "the 3-day group", "82% with 2 weeks"; none of them is when a result was seen."""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import attrgetter

from trialstats.sources.text.groups.model import Groups

_LENGTH = r"[0-9]{1,3}[- ](?:year|month|week|day|hour|min(?:ute)?)s?"
_GROUP = re.compile(
    rf"s?(?:[)\]]?(?:,|,? (?:and|or|than|versus|vs\.?|v)|,? (?:as )?compared (?:with|to))(?: (?:in|with|for|on|of))?"
    rf"(?: the)? {_LENGTH}){{0,5}}"
    r"(?:[)\]]|[ -](?:treatment|therapy|course|duration|regimen|interval|schedule|dosing|antibiotic))?"
    r" (?:groups?|arms?|regimens?|schedules?|courses?(?! of\b))\b(?! (?:sessions?|therapy|visits?|meetings?)\b)"
)
"""Behind a length that names a group, alone or first in a list: "-day group", "12-week, 24-week and 48-week groups"."""
_SEEN = re.compile(
    r"\b(?:at|by|after|within|during|until|through(?:out)?|over|following|completing)(?: the| an?| about| only)? ?$"
)
"""What makes it a time in spite of that: "after a 7-day course", "at 12 weeks"."""
_A_LENGTH = re.compile(r"(?P<number>[0-9]{1,3})[- ](?P<unit>year|month|week|day|hour|min)")
_START = attrgetter("start")


def names_an_arm(text: str, groups: Groups, at: int, till: int) -> bool:
    """Whether a time is the length by which a text names one of its arms.

    Parameters
    ----------
    text : str
        In one spelling.
    groups : Groups
    at, till : int
        Where the time stands.
    """
    if _GROUP.match(text, till) is None:
        before = bisect_right(groups.mentions, at, key=_START) - 1
        if before < 0 or at >= groups.mentions[before].end:
            return False
    return _SEEN.search(text, max(0, at - 24), at) is None


def length_of(words: str) -> str:
    """Return a length that opens some words, in one spelling; nothing where none does.

    Examples
    --------
    >>> length_of("12-week course"), length_of("12 weeks"), length_of("week 12")
    ('12 week', '12 week', '')
    """
    found = _A_LENGTH.match(words.lower())
    return "" if found is None else f"{found['number']} {found['unit']}"


def lengths_of_arms(groups: Groups) -> frozenset[str]:
    """Return the lengths by which two or more arms are told apart."""
    lengths = frozenset(length_of(arm.label) for arm in groups.arms) - {""}
    return lengths if len(lengths) > 1 else frozenset()
