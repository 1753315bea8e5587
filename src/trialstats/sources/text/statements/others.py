"""Values whose arm is not the one named before them: "61% with X and 55% in the observational group"."""

from __future__ import annotations

import re

from trialstats.sources.text.groups.model import Mention
from trialstats.sources.text.results import Result
from trialstats.sources.text.statements.rows import Places, Row

_OF_GROUP = re.compile(
    r"[)\]%]*"
    r"(?: of (?:the )?[0-9]{1,6}| per [0-9][0-9, ]{0,8}(?: ?[a-z]{3,8}-(?:years?|months?|days?))?)?"
    r"(?: (?:of|in|for|with|on|among))?"
    r"(?: (?:all|the|those|group|arm|patients|participants|women|men|subjects|children|adults|in|of|people|who))*"
    r" (?:(?:in|of|for|with|on) the (?P<group>[a-z0-9+/ -]{3,40}?) (?:group|arm|cohort)\b"
    r"|(?:(?<=who )received|receiving|given|treated with|assigned to|taking) (?P<drug>[a-z0-9+/ -]{3,40}?)"
    r"(?=[,.;:()\[]|$| (?:and|vs|versus|compared|had|were)\b))"
)
_ROLES = re.compile(
    r"\b(?:same|other|latter|former|study|treatment|treated|active|experimental|intervention|test|control|placebo"
    r"|comparison|comparator|reference|index|remaining|each|either|both|any|all|whole|entire|total|overall)\b"
)


def of_another(places: Places, result: Result, ceiling: int) -> bool:
    """Whether a value is of a group that is no arm that we know: "and 94% in the observational group".

    Parameters
    ----------
    places : Places
    result : Result
    ceiling : int
        Where the next result begins.
    """
    end = places.end(result)
    found = _OF_GROUP.match(places.text(end, min(ceiling, end + 120)))
    if found is None:
        return _with_another(places, result, ceiling)
    named = found["group"] or found["drug"]
    if _ROLES.search(named) and not ("placebo" in named and _without_placebo(places)):
        return False
    return not places.mentions(end, end + found.end())


def _without_placebo(places: Places) -> bool:
    """Whether none of the arms that we know had a placebo, so that who had one are others."""
    return not any(word in name for arm in places.groups.arms for name in arm.names for word in ("placebo", "control"))


_FARTHEST = 60
_TOLD_WITH = re.compile(
    r"(?:[0-9]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten))[^.;,(]{0,14}"
    r" (?P<with>in|with|on|for|after|during|among|by) (?:the )?$"
)
_OWN_NAME = re.compile(
    r"[)\]%]*(?: [a-z/%]{1,7})?,? (?P<with>in|with|on|for|after|during|among|by)"
    r" (?:the )?[a-z][a-z0-9+/ -]{2,40}?(?=[,.;)]|$| and | groups?\b)"
)
_NEXT = re.compile(r"(?:[ -](?:groups?|arms?))?,? (?:and |versus |vs\.? |v )?[-+]?")


def _with_another(places: Places, result: Result, ceiling: int) -> bool:
    """Whether a value has its own name behind it as the one before has: "5 min with X, 6 min with a drug unknown"."""
    begin, end = places.begin(result), places.end(result)
    before = places.mentions(begin - _FARTHEST, begin)[-1:]
    if not before or _NEXT.fullmatch(places.text(before[0].end, begin)) is None:
        return False
    told = _TOLD_WITH.search(places.text(max(0, before[0].start - 30), before[0].start))
    if told is None:
        return False
    own = _OWN_NAME.match(places.text(end, min(ceiling, end + _FARTHEST)))
    return own is not None and own["with"] == told["with"] and not places.mentions(end, end + own.end())


# "in 56% with X and in 55% with Y, with the most common being rash (16%), ... with X"
_MOST_COMMON = re.compile(
    r"[a-z ]{0,30},? (?:with|of which) (?:the )?(?:most|commonest)[^.;:()]{0,60} (?:being|were) [^.;:]{3,60}"
)


def of_the_list_behind(places: Places, row: Row, before: Mention) -> bool:
    """Whether a value is of a list that follows the values of several arms, and has its arm behind it.

    Parameters
    ----------
    places : Places
    row : Row
    before : Mention
        The last before it.
    """
    begin = places.begin(row.results[0])
    several = {one.group for one in places.mentions(row.sentence[0], begin)}
    return len(several) > 1 and _MOST_COMMON.fullmatch(places.text(before.end, begin)) is not None
