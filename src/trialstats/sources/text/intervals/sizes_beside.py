"""Read the numbers of patients that stand beside an interval's bounds."""

from __future__ import annotations

import math
import re
from fractions import Fraction

from trialstats.claims.populations import sizes_printing
from trialstats.reported import Reported
from trialstats.sources.text.numbers.with_percentage import Count
from trialstats.sources.text.tokens.document import Document, Interval
from trialstats.sources.text.values.person_time import read_person_time

_OF_ONE_ARM = frozenset(("proportion", "survival", "median", "mean"))
_UNDECIDED = 0.1
"""How little two widths may differ, on the log scale, and leave open whose they are."""

# Letters behind the bounds: "25.5-64.7%, n = 27"; "; n = 12/30"; "; 12 of 30".
_SIZE = re.compile(
    r"[uw]{0,2}(?:[,;]?|\)\(|\)o(?=dw))"
    r"(?:(?:ne|(?<=\)o))(?P<n>d)(?=[);,w])|(?:ne)?(?P<x>d)(?:/|w{0,2}ow{0,2})(?P<of>d)w{0,2}(?=[);,]))"
)


def read_beside(document: Document, intervals: list[Interval], counts: list[Count]) -> list[Count]:
    """Give to intervals of one group the numbers that stand in their brackets; return the counts that remain counts.

    Parameters
    ----------
    document : Document
    intervals : list of Interval
        With their measures.
    counts : list of Count

    Returns
    -------
    list of Count
        Without those that turned out to be sizes: "44.4% (n = 27; 95% CI 25.5 to 64.7)".
    """
    sizes: set[int] = set()
    of_percent = {count.percent: count for count in counts}
    for interval in intervals:
        if interval.measure == "rate":
            read_person_time(document, interval)
        elif interval.measure in _OF_ONE_ARM and interval.n < 0 and interval.estimate >= 0 and interval.upper >= 0:
            count = of_percent.get(interval.estimate)
            if count is None:
                _behind(document, interval)
            elif _is_size_before(document, interval, count):
                interval.n = count.x
                interval.first = min(interval.first, count.first)
                sizes.add(count.percent)
    return [count for count in counts if count.percent not in sizes] if sizes else counts


def _is_size_before(document: Document, interval: Interval, count: Count) -> bool:
    if count.n >= 0 or document.letters[count.x - 2 : count.x] != "ne":
        return False
    return _is_size(document, interval, count.x)


def _behind(document: Document, interval: Interval) -> None:
    found = _SIZE.match(document.letters, max(interval.lower, interval.upper) + 1)
    if found is None or document.inside(interval.upper) < 0:
        return
    end = found.end() - 1
    if found["n"] is not None:
        token = found.start("n")
        if not document.digits(token).isdecimal():
            return
        of_them = document.letters[token - 1] == "o"
        if interval.unit != "%" or _is_size(document, interval, token):
            interval.n = token
        elif of_them:
            return
        else:
            interval.x = token
    else:
        interval.x, interval.n = found.start("x"), found.start("of")
        if not _is_fraction(document, interval):
            interval.x = interval.n = -1
            return
    interval.last = max(interval.last, end)
    for token in (interval.x, interval.n):
        if token >= 0:
            document.used[token] = 1


def _is_fraction(document: Document, interval: Interval) -> bool:
    digits = document.digits(interval.x), document.digits(interval.n)
    return interval.unit == "%" and all(one.isdecimal() for one in digits) and 0 <= int(digits[0]) <= int(digits[1])


def _is_size(document: Document, interval: Interval, token: int) -> bool:
    """Whether "n = 27" beside a percentage is how many there were, not how many of them had it.

    The interval must be as wide as one of so many rather than as one in which they are the ones counted; where that
    leaves it open, only one of the two may print the percentage.
    """
    digits = document.digits(token)
    if not digits.isdecimal() or not 0 < int(digits) < 10**6:
        return False
    size, printed = int(digits), Reported(document.digits(interval.estimate), "%")
    share = float(printed.value)
    both = interval.lower >= 0 and {document.letters[interval.lower], document.letters[interval.upper]} <= {"d", "q"}
    if 0 < share < 1 and both:
        width = abs(document.value(interval.upper) - document.value(interval.lower)) / 100
        if width > 0:
            expected = [2 * 1.96 * math.sqrt(share * (1 - share) / n) for n in (size, size / share)]
            as_size, as_count = (abs(math.log(width / one)) for one in expected)
            if abs(as_size - as_count) > _UNDECIDED:
                return as_size < as_count
    some, values = math.floor(share * size), printed.range()
    if not any(Fraction(count, size) in values for count in (some, some + 1)):
        return False
    return sizes_printing(size, printed) is None
