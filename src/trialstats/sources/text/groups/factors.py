"""The arms of a second allocation: "also randomly assigned to A or B", "followed by either A or B"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trialstats.sources.text.groups.prose import Phrase, Prose, word_set
from trialstats.sources.text.groups.scores import Listed

_ALSO = re.compile(
    r"\b(?:also|further|additionally|independently|separately|secondly|simultaneously) "
    r"(?:(?:then|independently|randomly) )?(?:assigned|allocated|randomi[sz]ed)\b"
    r"|\b(?:randomly )?(?:assigned|allocated|randomi[sz]ed) (?:also|again|independently|separately|additionally) "
    r"|\b(?:a|the|in a|at) second (?:randomi[sz]ation|allocation)\b"
)
_THEN_EITHER = re.compile(r"\b(?:followed by|and then|then to)(?: [a-z0-9-]+){0,5}? (?:either )?(?:classic )?$")
_WORD = re.compile(r"[a-z]{5,}")
_SAID_OF_ANY = word_set(
    "placebo control controls group groups regimen regimens treatment therapy weeks months cycles doses daily weekly"
    " matching standard years usual alone"
)
_PAIR = 2
_MOST_LISTS = 8
_SURE, _GIVEN = 5, 2


def of_two_factors(prose: Prose, scored: Sequence[Listed]) -> Listed | None:
    """Return the arms of two allocations as one list, where a text tells of both.

    Parameters
    ----------
    prose : Prose
    scored : sequence of Listed
        Lists of arms, the surest first.
    """
    pairs = [one for one in scored[:_MOST_LISTS] if len(one.phrases) == _PAIR and one.borne_out]
    second = next((one for one in pairs if _is_second(prose, one)), None)
    if second is None:
        return None
    told = (one for one in pairs if one.kind >= _SURE or (one.kind >= _GIVEN and _told_before(prose, one, second)))
    first = next((one for one in told if _is_another(prose, one, second)), None)
    return None if first is None else Listed(max(first.kind, _SURE + 1), [*first.phrases, *second.phrases])


def _told_before(prose: Prose, one: Listed, second: Listed) -> bool:
    """Whether the text speaks of each arm of a list before a sure second allocation."""
    firsts = [prose.text.find(prose.words(phrase)) for phrase in one.phrases]
    return second.kind >= _SURE and max(firsts) < min(phrase.start for phrase in second.phrases)


def _is_second(prose: Prose, one: Listed) -> bool:
    at = min(phrase.start for phrase in one.phrases)
    start = prose.sentences[prose.sentence_at(at)][0]
    return any(how.search(prose.flat, start, at) is not None for how in (_ALSO, _THEN_EITHER))


def _is_another(prose: Prose, one: Listed, second: Listed) -> bool:
    """Whether a list is of another allocation: elsewhere, and in words of its own."""
    if _is_second(prose, one):
        return False
    words, others = (_telling(prose, listed.phrases) for listed in (one, second))
    return bool(words) and bool(others) and not words & others


def _telling(prose: Prose, phrases: Sequence[Phrase]) -> set[str]:
    return {word for phrase in phrases for word in _WORD.findall(prose.words(phrase))} - _SAID_OF_ANY
