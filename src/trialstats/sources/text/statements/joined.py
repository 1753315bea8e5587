"""One value that is of two arms named side by side: "10% in both X and Y", "12 women were given X or Y"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trialstats.sources.text.groups.model import Mention
from trialstats.sources.text.results import Result
from trialstats.sources.text.statements.rows import Places

_GROUPS = r"(?:[ -](?:groups?|arms?|patients|participants|treatment|therapy|control))?"
_AND = re.compile(r"(?:[ -](?:groups?|arms?))? and (?:the )?")
_SAME = re.compile(r"\b(?:same|identical|equal|similar|comparable|alike)\b")
_TO_BRACKET = re.compile(r"(?:[ -](?:groups?|arms?|patients|participants))?,? ?[(\[]")
_OR = re.compile(rf"(?: ?\([^()]{{0,40}}\))?{_GROUPS},? or (?:(?:to|in|the|an?|matching|with) )*")
_IN_BOTH = re.compile(
    r"[)\]%]*(?: [a-z/%]{1,8}){0,2} (?:in|for|with|among|on|of) (?:both|each of)"
    r"(?: (?:of|the|those|in|on|with|patients))* "
)
_OF_PLAIN = re.compile(r"[)\]%]*(?: [a-z/%]{1,8}){0,2} (?:of|in) (?:the )?")
_PEOPLE = re.compile(r" (?:patients|participants|groups|arms|recipients|subjects|cohorts|women|men)\b(?!,? ?resp)")
_BOTH_AND = re.compile(rf"{_GROUPS},? and (?:(?:in|for|with|among|on|the|those|patients) )*")


def of_two_before(places: Places, first: Mention, second: Mention, begin: int) -> bool:
    """Whether one value in a bracket is of two arms: "the rate was the same in the X and Y arms (10%)".

    Parameters
    ----------
    places : Places
    first, second : Mention
        The last two before the value.
    begin : int
        Of the value.
    """
    if first.group == second.group or _AND.fullmatch(places.text(first.end, second.start)) is None:
        return False
    same = _SAME.search(places.text(max(0, first.start - 60), first.start)) is not None
    return same and _TO_BRACKET.fullmatch(places.text(second.end, begin)) is not None


def of_two_behind(places: Places, result: Result, behind: Sequence[Mention]) -> bool:
    """Whether one value is of both arms behind it: "12 women were given X or Y", "2% in both the X and the Y group".

    Parameters
    ----------
    places : Places
    result : Result
    behind : sequence of Mention
        Those behind the value, up to the next.
    """
    if len(behind) < 2 or behind[0].group == behind[1].group:
        return False
    gap = places.text(behind[0].end, behind[1].start)
    if result.measure == "count" and _OR.fullmatch(gap):
        return True
    led = _IN_BOTH.fullmatch(places.text(places.end(result), behind[0].start))
    return led is not None and _BOTH_AND.fullmatch(gap) is not None


def of_two_people(places: Places, end: int, behind: Sequence[Mention]) -> bool:
    """Whether one value is of the people of two arms: "30% of the X and Y patients", and not "30% of X and Y in 20%".

    Parameters
    ----------
    places : Places
    end : int
        Of the only value of its row.
    behind : sequence of Mention
        Those behind it.
    """
    if len(behind) < 2 or behind[0].group == behind[1].group:
        return False
    joined = _AND.fullmatch(places.text(behind[0].end, behind[1].start))
    people = _PEOPLE.match(places.text(behind[1].end, behind[1].end + 16))
    return bool(joined and people) and _OF_PLAIN.fullmatch(places.text(end, behind[0].start)) is not None
