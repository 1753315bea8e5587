"""Values that are told in a bracket behind another and are a part of it: "74% (complete, 53%) with X"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from trialstats.sources.text.results import Result
from trialstats.sources.text.statements.rows import VERSUS, Places

_LONGEST = 200
_SHUT = re.compile(r"[)\]]")
# "78 of 82 (95%) in the zinc group, with 36 (44%) in grade 3"
_OF_THEM = re.compile(r"^[^.;%]{0,70},? (?:with|including|of (?:whom|which|these)|among (?:whom|them)) (?:only )?$")
_PART = re.compile(r"%? ?[(\[]")
# "46 mg per decilitre (2.4 mmol per litre) in the zinc group"
_AGAIN = re.compile(r"[)\]%]*[0-9a-zµμ°/.,^-]{0,13}(?: [0-9a-zµμ°/.,^-]{1,13}){0,5} ?[(\[] ?[-+]?(?:n ?= ?)?")
_HELD = re.compile(r"\b(?:v|vs|versus|than|compared|and|to)\b")
_SPREADS = frozenset(("mean", "median"))


def parts_of(places: Places, results: list[Result]) -> dict[int, Result]:
    """Return the values that stand alone in a bracket right behind another: "82% (25% complete) versus 59% (14%)".

    They are a share of it, or it is told again in another unit: "7.1% (54 mmol/mol)".

    Parameters
    ----------
    places : Places
    results : list of Result
        The values of a sentence, in order.

    Returns
    -------
    dict of int to Result
        By the first token of such a value, the one that it is a part of.
    """
    parts: dict[int, Result] = {}
    for at, (one, other) in enumerate(pairwise(results)):
        if at + 2 < len(results) and _fell_so(places, one, other, results[at + 2]):
            parts[other.first] = parts[results[at + 2].first] = one
            continue
        if other.first in parts:
            continue
        if _told_again(places, one, other, results[at + 2 : at + 3]):
            parts[other.first] = one
            continue
        if one.measure != "proportion" or other.measure != "proportion":
            continue
        whole = parts.get(one.first, one)
        if (opened := _opened_behind(places, whole, other)) >= 0 and _tells_parts(places, opened, whole, results):
            parts[other.first] = whole
            continue
        start = places.begin(other)
        if _OF_THEM.search(places.text(places.end(one), start)) and not places.mentions(start, places.end(other) + 30):
            parts[other.first] = parts.get(one.first, one)
            continue
        if one.x >= 0 or one.interval is not None:
            continue
        if _PART.fullmatch(places.text(places.end(one), start)) is None or other.interval is not None:
            continue
        shut = _SHUT.search(places.text(places.end(other), places.end(other) + 60))
        stop = places.end(other) + (shut.start() if shut is not None else 60)
        if at + 2 < len(results) and places.begin(results[at + 2]) < stop:
            continue
        words = places.text(places.end(other), stop)
        if any(map(str.isalpha, words)) and not places.mentions(start, stop) and not VERSUS.search(words):
            parts[other.first] = one
    return parts


def asides(places: Places, parts: Mapping[int, Result], results: Sequence[Result]) -> list[tuple[int, int]]:
    """Return the brackets that tell the value before them again, from its end.

    Parameters
    ----------
    places : Places
    parts : mapping of int to Result
        The first tokens of the values in brackets, and those that they are parts of.
    results : sequence of Result
    """
    found = []
    for other in results:
        one = parts.get(other.first)
        if one is None:
            continue
        if other.measure == "proportion":
            opened = _opened_behind(places, one, other)
            found += [(places.end(one), _closing(places, opened))] if opened >= 0 else []
            continue
        end = places.end(other)
        shut = _SHUT.search(places.text(end, end + _LONGEST))
        if shut is not None:
            found.append((places.end(one), end + shut.end()))
    return found


def _told_again(places: Places, one: Result, other: Result, behind: Sequence[Result]) -> bool:
    """Whether a value is told again in a bracket, in another unit: "54 mg/dl (3 mmol/l) with X"."""
    if other.measure not in _SPREADS or not (one.unit and other.unit) or one.unit == other.unit:
        return False
    end, begin = places.end(one), places.begin(other)
    if places.document.inside(other.first) == places.document.inside(one.first):
        return False
    if _AGAIN.fullmatch(places.text(end, begin)) is None or places.mentions(end, places.end(other)):
        return False
    stop = places.begin(behind[0]) if behind else places.end(other) + _LONGEST
    shut = _SHUT.search(places.text(places.end(other), stop))
    return shut is not None and not _HELD.search(places.text(places.end(other), places.end(other) + shut.start()))


_FROM_TO = re.compile(r"[)\]%]*(?: [a-z/]{1,8})? ?[(\[](?:from )?[-+]?"), re.compile(r"%?(?: [a-z/]{1,8})? to [-+]?")

_FELL = re.compile(
    r"\b(?:declin|decreas|increas|improv|reduc|fell|rose|drop|chang|grew|gain|lost|rais|lower)[a-z]*\b[^.;:()]*$"
)
_NEAR = 60


def _fell_so(places: Places, one: Result, first: Result, second: Result) -> bool:
    """Whether two values in a bracket are what a third tells the change of: "fell 55% (from 4.0 to 1.8) with X"."""
    opened = places.document.inside(first.first)
    if opened < 0 or opened != places.document.inside(second.first) or opened == places.document.inside(one.first):
        return False
    begin = places.begin(one)
    if one.is_contrast or _FELL.search(places.text(max(0, begin - _NEAR), begin)) is None:
        return False
    leads, joins = _FROM_TO
    if leads.fullmatch(places.text(places.end(one), places.begin(first))) is None:
        return False
    if joins.fullmatch(places.text(places.end(first), places.begin(second))) is None:
        return False
    end = places.end(second)
    return places.text(end, end + 12).lstrip("% abcdefghijklmnopqrstuvwxyz/")[:1] in (")", "]")


_TO_BRACKET = re.compile(
    r"[%)\]]*(?: (?:of )?(?:the )?(?:patients|participants|women|men|subjects|children|adults|people|those))? ?"
)
_SEVERAL = re.compile(r"\b(?:versus|vs?|than|respectively|compared|each|both)\b")
_LABEL = re.compile(r"\b(?!(?:and|with|the|patients|confidence|interval|per|cent)\b)[a-z]{3,}")


def _opened_behind(places: Places, one: Result, other: Result) -> int:
    """Return the token that opens the bracket right behind a value, where another stands in it; -1 where it does not.

    The bracket may be that of the interval of the first: "74% (95% CI 68 to 80; complete, 53%)".
    """
    opened, within = places.document.inside(other.first), places.document.inside(one.first)
    if opened < 0 or opened == within:
        return -1
    if one.first < opened < one.last:
        return opened
    start = places.document.tokens.starts[opened]
    return opened if _TO_BRACKET.fullmatch(places.text(places.end(one), start)) else -1


def _closing(places: Places, opened: int) -> int:
    """Return where a bracket ends."""
    start, depth = places.document.tokens.starts[opened], 0
    for at, letter in enumerate(places.text(start, start + 2 * _LONGEST), start):
        depth += (letter in "([") - (letter in ")]")
        if depth == 0:
            return at + 1
    return start


def _tells_parts(places: Places, opened: int, whole: Result, results: Sequence[Result]) -> bool:
    """Whether each value in a bracket has words of its own, and none of them are of several arms."""
    start, stop = places.document.tokens.starts[opened], _closing(places, opened)
    inside = [one for one in results if one is not whole and start < places.begin(one) < stop]
    first = max(start, places.end(whole)) if whole.first < opened < whole.last else start
    if places.mentions(start, stop) or _SEVERAL.search(places.text(first, stop)):
        return False
    ends = [first, *map(places.end, inside)]
    gaps = [places.text(end, begin) for end, begin in zip(ends, [*map(places.begin, inside), stop], strict=True)]
    before, behind = (all(map(_LABEL.search, of)) for of in (gaps[:-1], gaps[1:]))
    return before or behind
