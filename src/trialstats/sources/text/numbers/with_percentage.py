"""A count beside its percentage, and whether a number of patients prints the one for the other."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trialstats.claims.populations import sizes_printing
from trialstats.reported import Reported
from trialstats.sources.text.tokens.document import Document
from trialstats.sources.text.tokens.lex import NUMBER_WORDS


@dataclass(slots=True)
class Count:
    """A percentage with its count, as token indices (-1 where there is none)."""

    percent: int
    x: int
    n: int
    value: int
    first: int
    last: int
    elsewhere: bool = False
    """Whether the denominator stands at the head of the sentence, not beside the count."""


def value_of_count(document: Document, x: int, end: int) -> int | None:
    """Return the value of a count in digits or words."""
    letters = document.letters
    if letters[x] == "d":
        digits = document.digits(x)
        return int(digits) if digits.isdecimal() and len(digits) < 10 else None
    if _PER_CENT.match(document.tokens.text, document.tokens.ends[end - 1]) is not None:
        return None  # "thirty percent of 400"
    value = 0
    for at in range(x, end):
        if letters[at] == "k":
            # "One hundred and fifty-two"
            part = NUMBER_WORDS.get(document.tokens[at], 0)
            value = max(value, 1) * 100 if part == 100 else value + part
    return value


def goes_on(document: Document, token: int) -> bool:
    """Whether a number in words goes on the one before: "one hundred", "days two and six"; not "two and six died"."""
    said = _GOES_ON.search(document.letters, max(0, token - 2), token)
    if said is None or said[0] != "ka":
        return said is not None
    return document.tokens[token - 2] == "hundred" or (token > 2 and document.tokens[token - 3] in _NO_COUNTS)


_NO_COUNTS = frozenset(
    ("day", "days", "week", "weeks", "month", "months", "year", "years", "visits", "grade", "grades", "between", "ages")
)
_GOES_ON = re.compile(r"k[am]?$")
_PER_CENT = re.compile(r"[ -]?per ?cent")


def prints(document: Document, percent: int, value: int, n: int) -> bool:
    """Whether a count of a denominator is the printed percentage."""
    fitting = sizes_printing(value, Reported(document.digits(percent), "%"))
    size = value_of_count(document, n, n + 1)
    if not size or fitting is None:
        return False
    return fitting[0] <= size <= (fitting[1] or size)


def is_of(digits: str, value: int, share: float, *, strict: bool, divided: bool) -> bool:
    """Whether a number may be the denominator of a count and its percentage."""
    if not digits.isdecimal() or len(digits) > 9 or int(digits) == 0:
        return False
    size = int(digits)
    if size < value and (not strict or share <= 100):
        # "140% (14/10)": more than all only where the percentage says so too.
        return False
    if 1900 <= value < 2100 and size == value + 1 and divided:
        # "In 2008/2009": a year.
        return False
    # A misprint stays a claim where the form leaves no doubt; a loose form must agree with its percentage.
    near = abs(100 * value / size - share) <= 2 + 50 / size
    return near or (strict and share <= 100 and size >= value)


def some_number(x: int, digits: str) -> bool:
    """Whether a count is a printed percentage of some whole number of patients."""
    percent = Reported(digits, "%")
    return percent.value > 1 or sizes_printing(x, percent) is not None
