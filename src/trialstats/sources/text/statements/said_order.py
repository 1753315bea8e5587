"""Which arm a contrast puts first, where its own words say so: "the ratio of A versus B was", "A minus B, 0.7"."""

from __future__ import annotations

import re
from itertools import pairwise

from trialstats.sources.text.results import Result
from trialstats.sources.text.statements.contrasts import of_arm
from trialstats.sources.text.statements.rows import Places

_EFFECT = (
    r"\b(?:ratios?|[ah]{0,2}[hor]rs?|irr|risk|differences?)\b(?: ?[(\[][^()\[\];]{1,14}[)\]])?"
    r"(?: (?:in|for|of) [a-z][a-z -]{2,60}?)?"
)
_TO_FIRST = re.compile(rf"{_EFFECT}(?:,? (?:for|with|in|of|between|comparing)|,)?(?: ?[(\[]| )(?:the )?$")
_PEOPLE = r"(?:[ -](?:groups?|arms?|patients|participants|recipients))?"
_OVER = re.compile(
    rf"{_PEOPLE}(?:(?P<minus> minus | ?[−–-] ?)|,? (?:v|vs\.?|versus|over|relative to|(?:as )?compared (?:with|to)) )"
    r"(?:the )?"
)
_TO_VALUE = re.compile(
    rf"{_PEOPLE}[)\]]?,?(?P<effect> (?:differences?|ratios?)\b)?,?(?: (?:was|were|of|is))?[ :,(\[=]*[-−+]?"
)
_BEHIND = re.compile(r"[)\]]*,? (?:for|with) (?:the )?|[;,] (?:for )?(?:the )?")
_COMPARING = re.compile(r"\W*(?:results?: )?(?:when )?comparing (?:the )?")
_WITH_OTHER = re.compile(rf"{_PEOPLE} (?:with|and|to|versus|vs\.?) (?:the )?")
_NEAR = 120


def said_order(places: Places, result: Result, sentence: tuple[int, int]) -> tuple[int, int] | None:
    """Return the two arms in the order that the words of a contrast give them; None where they give none.

    Parameters
    ----------
    places : Places
    result : Result
    sentence : tuple of int
    """
    begin, end = places.begin(result), places.end(result)
    before = places.mentions(max(sentence[0], begin - _NEAR), begin)[-2:]
    if len(before) == _TWO and before[0].group != before[1].group:
        first, second = before
        over = _OVER.fullmatch(places.text(first.end, second.start))
        led = _TO_VALUE.fullmatch(places.text(second.end, begin))
        if over is not None and led is not None:
            named = over["minus"] == " minus " or (over["minus"] and led["effect"])
            if named or _TO_FIRST.search(places.text(max(sentence[0], first.start - _NEAR), first.start)):
                return first.group, second.group
    behind = places.mentions(end, min(sentence[1], end + _NEAR))[:2]
    if len(behind) == _TWO and behind[0].group != behind[1].group:
        first, second = behind
        if _BEHIND.fullmatch(places.text(end, first.start)) and _OVER.fullmatch(places.text(first.end, second.start)):
            return first.group, second.group
    opening = places.mentions(sentence[0], min(sentence[0] + _NEAR, begin))[:2]
    if len(opening) == _TWO and opening[0].group != opening[1].group:
        # "Comparing A with B, the difference was 0.7"
        first, second = opening
        led = _COMPARING.fullmatch(places.text(sentence[0], first.start))
        if led and _WITH_OTHER.fullmatch(places.text(first.end, second.start)):
            return first.group, second.group
    if len(places.groups.arms) != _TWO:
        return None
    arm = of_arm(places, result, sentence)
    arm = _of_part(places, sentence[0], begin) if arm is None else arm
    return None if arm is None else (arm, 1 - arm)


_RATIO = re.compile(r"\bratios?\b[^.;]{0,140}$")
_PLUS = r"(?: ?(?:\+|plus) ?[a-z-]{3,20})?"
_TO_OTHER = re.compile(rf"{_PLUS}{_PEOPLE}(?: ?[:/] ?| (?:to|v|vs\.?|versus|over|relative to) )(?:that of |the )?")
_SINCE = re.compile(
    rf"{_PLUS}[^.;()0-9]{{0,60}}(?:(?:after|at|on|over) (?:(?:day|week|month) )?[0-9]{{1,3}}"
    r"(?: (?:days?|weeks?|months?|hours?)(?: of [a-z]{3,20})?)?)?[)\]]?(?:,|:| =| (?:was|were|of|is)) ?"
)
_LONG = 260


def ratio_of_two(places: Places, result: Result, sentence: tuple[int, int]) -> tuple[int, int] | None:
    """Return the arms of a ratio of what two arms have: "the ratio of mean glucose of X + Z to Y + Z was 0.9".

    Parameters
    ----------
    places : Places
    result : Result
    sentence : tuple of int
    """
    begin = places.begin(result)
    start = max(sentence[0], begin - _LONG)
    if "ratio" not in places.text(start, begin):
        return None
    for first, second in pairwise(places.mentions(start, begin)):
        if first.group == second.group or _RATIO.search(places.text(start, first.start)) is None:
            continue
        joined = _TO_OTHER.fullmatch(places.text(first.end, second.start))
        if joined is not None and _SINCE.fullmatch(places.text(second.end, begin)) is not None:
            return first.group, second.group
    return None


_OF_GROUP = re.compile(
    r"\b(?:ratios?|[ah]{0,2}[hor]rs?|risk)\b[^.;:()0-9]{0,60}?\b(?:for|in|with|among) (?:the )?"
    r"(?P<words>[a-z][a-z -]{2,40}?)[ -](?:group|arm)\b[,:]?(?: (?:was|of|is))?[ =]*$"
)


def _of_part(places: Places, floor: int, begin: int) -> int | None:
    """Return the one arm of two whose name has the words of "hazard ratio for the milk group, "."""
    found = _OF_GROUP.search(places.text(max(floor, begin - _NEAR), begin))
    if found is None:
        return None
    named = set(found["words"].split())
    of = [named <= set(re.findall(r"[a-z][\w-]*", arm.label.lower())) for arm in places.groups.arms]
    return of.index(True) if of.count(True) == 1 else None


_TWO = 2
