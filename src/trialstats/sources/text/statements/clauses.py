"""Clauses of one arm each: "12 had rash and 9 had fever with X; 10 had rash and 4 had fever with Y"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from trialstats.sources.text.results import Result
from trialstats.sources.text.statements.rows import DOTTED, VERSUS, Places

_OPENS, _SHUTS = frozenset("(["), frozenset(")]")


def in_own_clauses(places: Places, results: Sequence[Result], sentence: tuple[int, int]) -> dict[int, int]:
    """Return the arms of values where each clause between semicolons names one arm and has as many of them.

    Parameters
    ----------
    places : Places
    results : sequence of Result
        The values of a sentence, in order.
    sentence : tuple of int
        Where it begins and ends.

    Returns
    -------
    dict of int to int
        By the first token of a value, its arm.
    """
    text = places.text(*sentence)
    if len(results) < 2 * _TWO or (";" not in text and _THOSE.search(text) is None):
        return {}
    found: dict[int, int] = {}
    kinds: list[list[str]] = []
    for start, stop in _clauses(text):
        begin, end = sentence[0] + start, sentence[0] + stop
        values = [one for one in results if begin <= places.begin(one) < end]
        named = {one.group for one in places.mentions(begin, end)}
        if not values and not named:
            continue
        if len(named) != 1 or named & set(found.values()) or any(_held(places, *both) for both in pairwise(values)):
            return {}
        kinds.append([one.measure for one in values])
        found |= dict.fromkeys((one.first for one in values), next(iter(named)))
    return found if len(kinds) >= _TWO and all(len(kind) >= _TWO and kind == kinds[0] for kind in kinds) else {}


_TWO = 2
# "X had 2 falls and 3 burns, whereas those taking Y had 4 falls and 2 burns"
_THOSE = re.compile(
    r",(?= (?:whereas |while |and |but )?those (?:taking|receiving|on|given|in|with|treated|assigned|allocated|who)\b)"
)


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a sentence between semicolons outside brackets, the first from a colon on."""
    depth, start = 0, 0
    for at, letter in enumerate(text):
        depth += (letter in _OPENS) - (letter in _SHUTS)
        if depth == 0 and (letter == ";" or (letter == "," and _THOSE.match(text, at))):
            yield start, at
            start = at + 1
        elif letter == ":" and depth == start == 0:
            start = at + 1
    yield start, len(text)


def _held(places: Places, one: Result, other: Result) -> bool:
    """Whether a value is held against the next."""
    return VERSUS.search(DOTTED.sub("vs ", places.text(places.end(one), places.begin(other)))) is not None
