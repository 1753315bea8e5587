"""Values that each arm has in a pair of its own: how something changed, "in X (6.1 v 3.2) but not in Y (6 v 5.8)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from trialstats.sources.text.results import Result
from trialstats.sources.text.statements.before_and_after import from_to_each
from trialstats.sources.text.statements.rows import Places, Row, alike

_FARTHEST = 40
_GAP = re.compile(
    r"[%)\]]*(?: (?:months?|years?|weeks?|days?|hours?|points?|kg|mg|g|ml|mm|mm hg|g/dl|mg/dl|mmol/l|%))?"
    r"(?: at [a-z0-9 -]{1,16})?(?: \+/- [0-9.]{1,6}| ?± ?[0-9.]{1,6}| ?[(\[][^()\[\]]{1,24}[)\]])?"
    r",? (?:v|vs\.?|versus|to|and) [-+]?"
)
_LEADS = re.compile(
    r"(?:[ -](?:groups?|arms?|patients|participants|recipients|subjects|women|men|children)){0,2}"
    r"(?: ?[(\[]|:|,| =)(?: ?(?:mean|median|from))? ?[-+]?"
)
_TELLS_OF_CHANGE = re.compile(
    r"\b(?:increas|decreas|declin|improv|reduc|ros|rise|rose|fell|fall|chang|drop|worsen|baseline|before|after|pre-|post-"
    r"|older|younger)"
)
_COMPARES = re.compile(
    r"\bthan\b|\b(?:compared|comparison) (?:with|to)\b(?! (?:the )?(?:baseline|pre|before))|\brelative to\b"
    r"|\bv(?:s|ersus)?\b"
)


def in_own_pairs(places: Places, results: Sequence[Result], sentence: tuple[int, int]) -> dict[int, int]:
    """Return the arms of values where every arm has a pair of them behind its name, and something changed in each.

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
    if own := (
        _in_unchanged(places, results, sentence)
        or _by_own_p(places, results, sentence)
        or from_to_each(places, results, sentence)
    ):
        return own
    if len(results) < 2 * len(places.groups.arms) or _TELLS_OF_CHANGE.search(places.text(*sentence)) is None:
        return {}
    found: dict[int, int] = {}
    outside, at = [], sentence[0]
    for one, other in pairwise(results):
        begin, end = places.begin(one), places.end(one)
        if one.first in found or not alike(one, other):
            continue
        before = places.mentions(max(sentence[0], begin - _FARTHEST), begin)
        if not before or _LEADS.fullmatch(places.text(before[-1].end, begin)) is None:
            continue
        stop = places.begin(other)
        if places.mentions(end, stop) or _GAP.fullmatch(places.text(end, stop)) is None:
            continue
        found[one.first] = found[other.first] = before[-1].group
        outside.append(places.text(at, begin))
        at = places.end(other)
    every = sorted(found.values()) == sorted(2 * list(range(len(places.groups.arms))))
    return found if every and not any(map(_COMPARES.search, outside)) else {}


_UNCHANGED = re.compile(
    r"\b(?:not (?:significantly )?change|no (?:significant )?change|unchanged|remained (?:stable|constant|the same))"
    r"(?: (?:significantly|much))? (?:with|in|for|on|among|after)(?: the| those on)? $"
)


def _in_unchanged(places: Places, results: Sequence[Result], sentence: tuple[int, int]) -> dict[int, int]:
    """Return the arms of the pair behind the one in which nothing changed: "did not change with X (6.1 v 6.2)"."""
    if "chang" not in (text := places.text(*sentence)) and "remained" not in text:
        return {}
    for one, other in pairwise(results):
        begin, end = places.begin(one), places.end(one)
        before = places.mentions(max(sentence[0], begin - _FARTHEST), begin)
        if not before or not alike(one, other) or _LEADS.fullmatch(places.text(before[-1].end, begin)) is None:
            continue
        led = _UNCHANGED.search(places.text(max(sentence[0], before[-1].start - _FARTHEST), before[-1].start))
        if led is not None and _GAP.fullmatch(places.text(end, places.begin(other))):
            return dict.fromkeys((one.first, other.first), before[-1].group)
    return {}


_P_OF = re.compile(
    r"[%)\]]*(?: [a-z/]{1,12}){0,2}[;,]? ?[(\[]?p ?[=<>≤] ?[0-9.]{1,8}[)\]]? (?:for|in|with|on|among)"
    r"(?: the| those| patients)*(?: on| receiving| given)?(?: the)? "
)


def _by_own_p(places: Places, results: Sequence[Result], sentence: tuple[int, int]) -> dict[int, int]:
    """Return the arms of pairs that have one behind their P value: "6 v 3, P = .02 for X and 5 v 4, P = .1 for Y"."""
    size = len(places.groups.arms)
    found: dict[int, int] = {}
    if len(results) != 2 * size:
        return found
    for one, other in zip(results[::2], results[1::2], strict=True):
        begin, end = places.end(one), places.end(other)
        behind = places.mentions(end, min(sentence[1], end + _LONGEST))[:1]
        told = behind and _P_OF.fullmatch(places.text(end, behind[0].start))
        joined = _GAP.fullmatch(places.text(begin, places.begin(other))) and not places.mentions(begin, end)
        if not told or not joined or not alike(one, other):
            return {}
        found[one.first] = found[other.first] = behind[0].group
    return found if len(set(found.values())) == size else {}


# "The rates of relief and of relapse were", "Grade 3 and 4 rash was seen in"
_TWO_OUTCOMES = re.compile(
    r"(?:\b[a-z]{3,}(?: ?[(\[][^()\[\]]{1,12}[)\]])?|\b(?:grades?|stages?|types?) [0-9i]{1,3})"
    r" and (?:the )?(?:of )?(?:[a-z0-9()/-]+ ){1,8}?"
    r"(?:was|were|occurred in|in)(?: (?:seen|found|observed|noted|reported|recorded|achieved|estimated))?"
    r"(?: (?:in|at|to be))? $"
)
_IN_TURN = re.compile(r"[^.;=<>]{0,30}\brespectively\b(?!,? ?[(\[]?p ?[=<>])")


def outcomes_in_turn(places: Places, row: Row) -> bool:
    """Whether two values are of two outcomes: "relief and relapse rates were 64% and 21%, respectively".

    With a P value behind them they are of two arms.

    Parameters
    ----------
    places : Places
    row : Row
    """
    if len(row.results) != 2:
        return False
    first, second = row.results
    end, begin = places.end(second), places.begin(first)
    if _AND_ONLY.fullmatch(places.text(places.end(first), places.begin(second))) is None:
        return False
    if _IN_TURN.match(places.text(end, min(row.sentence[1], end + 60))) is None:
        return False
    clause = max(row.floor, begin - _LONGEST)
    words = places.text(clause, begin)
    if places.mentions(clause, begin) or _OF_GROUPS.search(words) or _TWO_OUTCOMES.search(words) is None:
        return False
    names = " ".join(arm.label.lower() for arm in places.groups.arms)
    return not any(word in names for word in _LONG_WORD.findall(words))


_OF_GROUPS = re.compile(r"\b(?:groups?|arms?|between|placebo|controls?)\b")
_LONG_WORD = re.compile(r"[a-z]{6,}")
_LONGEST = 160
_AND_ONLY = re.compile(r"[%)\]]*(?: [a-z/]{1,8})?(?: ?[(\[][^()\[\]]{1,40}[)\]])? and [-+]?")
