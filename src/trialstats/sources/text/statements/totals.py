"""Numbers that are the total of the arms' own behind them: "61 relapses (29 with X and 32 with Y)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise, takewhile

from trialstats.sources.text.results import Result
from trialstats.sources.text.statements.rows import Places, Row

_FARTHEST = 110
_MOST = 6
"""Values that may add up to a total."""
_LEADS = re.compile(r"%?(?:[)\]]*|;) ?(?P<words>[^;]*)")
_CLOSES = re.compile(r"[^(\[]*[)\]]")
_HELD = re.compile(r"\b(?:v|vs|versus|than|compared|whereas|while|but)\b|\. (?=[A-Z])")
_ASSIGNED = re.compile(r":|\b(?:assigned|allocated|randomi[sz]ed|receive|received|given)\b")


_AMONG = re.compile(r"(?: (?!and\b|but\b)[a-z-]{3,20}){1,3} (?:among|in|of)(?: the)? ")


def counted_among(places: Places, rows: Sequence[Row]) -> None:
    """Give the count of "109 deaths among 337 patients (32%) in X" the arm of what it stands before.

    Parameters
    ----------
    places : Places
    rows : sequence of Row
        Of one sentence.
    """
    for row, following in pairwise(rows):
        result, behind = row.results[-1], following.results[0]
        if row.arms or result.measure != "count" or len(row.results) > 1 or not following.arms:
            continue
        several = len(following.results) > 1
        gap = places.text(places.end(result), places.begin(behind))
        named = places.mentions(places.end(behind), places.begin(following.results[1]) if several else 0)
        own = not several or (bool(named) and named[0].group == following.arms[0])
        if own and _AMONG.fullmatch(gap) is not None:
            row.arms, row.basis = following.arms[:1], following.basis


def free_totals(places: Places, results: Sequence[Result]) -> None:
    """Take its arm from a number that the numbers of several arms right behind it add up to.

    Parameters
    ----------
    places : Places
    results : sequence of Result
        The values of a sentence, in order.
    """
    whole = {one.start for one in places.groups.whole if one.population != "clusters"}
    for at, result in enumerate(results):
        behind = results[at + 1 : at + 1 + _MOST]
        if len(result.arms) == 1 and result.unit == "%" and _lies_between(places, result, behind[:2]):
            result.arms, result.basis = (), ""
        if len(result.arms) != 1 or (total := _counted(places, result)) is None:
            continue
        told = result.n < 0 and places.begin(result) in whole and not _is_given(places, result)
        if told or _adds_up(places, result, total, behind) or _is_of_two(places, result, total):
            result.arms, result.basis = (), ""


_GIVEN = re.compile(
    r"[)\]]?[^.;:()0-9]{0,60}? (?:(?:received|on|with|to|given|taking|in|for)(?: (?:the|an?|either))? ?|at (?:the )?)$"
)


def _is_given(places: Places, result: Result) -> bool:
    """Whether the people of a count are told with their arm: "eight adults on lumarin"."""
    end = places.end(result)
    near = places.mentions(end, end + _NEAR)[:1]
    return bool(near) and _GIVEN.fullmatch(places.text(end, near[0].start)) is not None


_NEAR = 90


def _lies_between(places: Places, result: Result, behind: Sequence[Result]) -> bool:
    """Whether a percentage is that of all, with those of two arms in a bracket: "in 40% (zinc 48%, tea 31%)"."""
    if len(behind) < 2 or any(one.value < 0 or one.unit != "%" or len(one.arms) != 1 for one in (result, *behind)):
        return False
    start, stop = places.end(result), places.begin(behind[1])
    named = places.mentions(start, stop)
    apart = [one.group for one in named if one.start > places.end(behind[0])]
    if (
        len(named) != len(apart) + 1
        or named[0].group in apart
        or not apart
        or _OPENED.fullmatch(places.text(start, named[0].start)) is None
    ):
        return False
    value, one, other = (places.document.value(each.value) for each in (result, *behind))
    return ")" not in places.text(named[0].start, stop) and min(one, other) <= value <= max(one, other)


_OPENED = re.compile(r"%?(?: [a-z]{2,12}){0,3} [(\[](?:the )?")


def _adds_up(places: Places, result: Result, total: int, behind: Sequence[Result]) -> bool:
    """Whether each of several arms has one of the numbers that add up to a total, close behind it."""
    if not behind or not _leads_to(places, places.end(result), places.begin(behind[0])):
        return False
    parts = takewhile(lambda part: part is not None, (_counted(places, one) for one in behind))
    for size, added in enumerate(accumulate(part for part in parts if part is not None), 1):
        if added >= total:
            arms = [one.arms for one in behind[:size] if len(one.arms) == 1]
            # "one in X, one in Y, and one in another": the last may have none
            return added == total and len(set(arms)) == len(arms) >= max(2, size - 1)
    return False


_COUNTED = re.compile(
    r"(?P<number>[0-9]{1,7})(?: ?[(\[][^()\[\]]{1,16}[)\]])?(?: (?:was|were|in|with|on|for|among|of|receiving|given"
    r"|the|those|patients|adults|women|men|children|participants))* $"
)
_SIZED = re.compile(
    r"(?:[ -](?:groups?|arms?))?(?: ?[(\[](?:n ?= ?)?|(?:[,:]| ?=)? ?n ?= ?|[,:] )(?P<number>[0-9]{1,7})\b(?![.%])"
)


def _is_of_two(places: Places, result: Result, total: int) -> bool:
    """Whether behind a number two arms are named with what adds up to it, though it may be read as their sizes."""
    end = places.end(result)
    named = places.mentions(end, end + _FARTHEST)[:2]
    if len(named) < 2 or named[0].group == named[1].group:
        return False
    first = _COUNTED.search(places.text(end, named[0].start))
    second = _COUNTED.search(places.text(named[0].end, named[1].start))
    start = end + first.start() if first is not None else named[0].end
    if first is None or second is None:
        first, second = (_SIZED.match(places.text(one.end, one.end + 24)) for one in named)
        start = named[0].end
    if first is None or second is None or int(first["number"]) + int(second["number"]) != total:
        return False
    led = _LEADS.fullmatch(places.text(end, named[0].start))
    if start == named[0].end and led is not None:
        # "110 (lumarin, n = 57; placebo, n = 53)", "94 warts were treated with lumarin (n = 50) or placebo (n = 44)"
        return _HELD.search(led["words"]) is None
    return _leads_to(places, end, start)


def _leads_to(places: Places, end: int, begin: int) -> bool:
    """Whether a number leads to those right behind it: "died (12", "were seen: 12", "of whom 12"; and not "(7 v"."""
    led = _LEADS.fullmatch(places.text(end, begin))
    if led is None or begin - end > _FARTHEST or _CLOSES.match(led["words"]) or _HELD.search(led["words"]):
        return False
    named = places.mentions(end, begin)
    if not named or _ASSIGNED.search(led["words"]) is not None:
        return True
    # "of 90 adults (zinc 41 and iron 38)"
    opened, closed = places.text(end, named[0].start), places.text(named[0].end, begin)
    return len(named) == 1 and opened.endswith("(") and _NAME_ENDS.fullmatch(closed) is not None


_NAME_ENDS = re.compile(r"(?:[ -](?:groups?|arms?))?(?:[:,]| ?=)? ")


def _counted(places: Places, result: Result) -> int | None:
    """Return how many a result counts, where it does."""
    if result.counted is not None:
        return result.counted
    if result.measure != "count" or result.value < 0 or places.document.letters[result.value] != "d":
        return None
    value = places.document.value(result.value)
    return int(value) if value == int(value) else None
