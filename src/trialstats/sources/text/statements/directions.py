"""Which of two arms has a value by the words that say who has more: "higher with X", "X was associated with less"."""

from __future__ import annotations

import re

from trialstats.sources.text.groups.model import Mention
from trialstats.sources.text.results import Result
from trialstats.sources.text.statements.rows import DOTTED, VERSUS, Places, Row

_DIRECTION = re.compile(
    r"\b(?:(?P<more>higher|greater|more|longer|larger|better|improved|increased|superior|worse)|(?P<less>lower|fewer"
    r"|less|shorter|smaller|reduced|rarer))\b(?=[^.;]{0,70}\b(?:in|with|for|among|on|after|by)(?: the| those"
    r"| patients)? )"
)
_TO_THE_NEXT = re.compile(r"(?: [a-z-]+){0,3},? ?[(\[][-+]?[0-9.]+ ?%? ?(?:v|vs\.?|versus|and) ")
_MORE_OR_LESS = re.compile(
    r"\b(?:(?P<more>higher|greater|more|longer|larger)|(?P<less>lower|fewer|less|shorter|smaller))\b[^.;(]{0,60}\($"
)


def directed(places: Places, row: Row) -> tuple[int, ...]:
    """Pair "A versus B, higher with X": the larger is X's."""
    if len(row.results) != 2 or len(places.groups.arms) != 2:
        return ()
    first, second = (_number(places, one) for one in row.results)
    begin, end = places.begin(row.results[0]), places.end(row.results[1])
    if first == second or len({mention.group for mention in places.mentions(row.floor, begin)}) > 1:
        return ()
    for start, stop in ((row.floor, begin), (end, min(row.sentence[1], end + 160))):
        found = None
        for match in _DIRECTION.finditer(places.text(start, stop)):
            found = match
            if start == end:
                break
        if found is None:
            continue
        named = places.mentions(start + found.end(), min(stop, start + found.end() + 80))
        if not named or VERSUS.search(places.text(start + found.end(), named[0].start)):
            continue
        if start == end and _TO_THE_NEXT.match(places.text(named[0].end, named[0].end + 60)):
            continue  # "(3% v 9%), and fewer falls in those once on zinc (1% v 4%)": said of the next two
        arm = named[0].group
        is_first = (first > second) == (found["more"] is not None)
        return (arm, 1 - arm) if is_first else (1 - arm, arm)
    return ()


def by_direction(places: Places, row: Row, mention: Mention, arms: tuple[int, ...]) -> tuple[int, ...]:
    """Return the arms of a pair turned, where the arm that has more by the words before it has less by its value."""
    first, second = (_number(places, one) for one in row.results)
    told = _MORE_OR_LESS.search(places.text(mention.end, places.begin(row.results[0])))
    if told is None or first == second:
        return arms
    return arms if (arms[0] == mention.group) == ((first > second) == (told["more"] is not None)) else arms[::-1]


_WITH_LESS = re.compile(
    r"(?:[ -](?:groups?|arms?|patients|participants|recipients|treatment|therapy))?(?: ?[(\[][^()\[\]]{1,20}[)\]])?"
    r"(?: (?:also|statistically|significantly|strongly|markedly|substantially))*"
    r"(?: (?:(?:was|were|is) (?:statistically |significantly |strongly )*associated with|had|has|caused|gave|led to"
    r"|resulted in|showed|produced|experienced|reported)(?: (?:an?|the|statistically|significantly|much|markedly"
    r"|substantially|rates? of|incidences? of|frequenc(?:y|ies) of))*"
    r" (?:(?P<more>more|higher|greater|increased)|less|fewer|lower|reduced)"
    r"| (?:(?P<raised>increased|raised)|reduced|lowered|decreased|lessened|prevented))\b"
    r"(?=[^.;:0-9]*(?:\bgrades? [0-9][^.;:0-9]*)?$)"
    r"(?![^.;]*\b(?:than|but|not|no|by|while|whereas|although|more|higher|greater|less|fewer|lower)\b)"
)


def with_less(places: Places, row: Row) -> tuple[int, ...]:
    """Pair "X was associated with less pain (56% versus 11%)": where X cannot be the first it is the second."""
    if len(row.results) != 2 or len(places.groups.arms) != 2 or any(one.unit != "%" for one in row.results):
        return ()
    begin, end = places.begin(row.results[0]), places.end(row.results[1])
    named = places.mentions(row.sentence[0], begin)
    if len(named) != 1 or named[0].start > row.sentence[0] + _LEAD or places.mentions(begin, end):
        return ()
    if not VERSUS.search(DOTTED.sub("vs ", places.text(places.end(row.results[0]), places.begin(row.results[1])))):
        return ()
    said = _WITH_LESS.match(places.text(named[0].end, begin))
    first, second = (_number(places, one) for one in row.results)
    arm = named[0].group
    if said is None or first == second or (first > second) == bool(said["more"] or said["raised"]):
        return ()
    return (1 - arm, arm)


_LEAD = 30
"""Characters that a sentence may have before what it is about."""


def _number(places: Places, result: Result) -> float:
    value = (
        places.document.value(result.value)
        if result.value >= 0 and places.document.letters[result.value] in "dqk"
        else 0.0
    )
    return result.signs[0] * value
