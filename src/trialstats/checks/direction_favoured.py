"""Words for the better of two arms, held against the values of both: "pain favoured tea (tea 2.1, milk 3.4)".

Whether the higher or the lower value is the good one must be said in the same sentence, or be plain from what is
measured. Values that are changes, or of more than two groups, say nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialstats.checks.arm_values import Pair, printed_shares, values_of
from trialstats.checks.arm_words import words_around
from trialstats.checks.check import Context
from trialstats.checks.good_values import low_is_good
from trialstats.checks.sentences import sentences_of
from trialstats.claims.model import Estimate

_FAVOURED = re.compile(r"\b(?:favou?r(?:ed|s|ing)|in favou?r of) (?:the )?(?P<arm>[^()\[\];:,.]{2,60})", re.IGNORECASE)
_OPEN = re.compile(
    r"\b(?:not|no|nor|neither|without|whether|if|may|might|could|would|should|cannot|change[sd]?|reduc\w*|improve\w*"
    r"|increas\w*|decreas\w*|fell|dropp\w*|gain\w*|los[st]\w*|declin\w*|baseline|time)\b",
    re.IGNORECASE,
)
"""In the sentence: something denied, or values that are of a change or a time."""
_WORD = re.compile(r"[a-z][a-z0-9]{2,}", re.IGNORECASE)
_COMMON_TEXT = "the group groups arm arms patients participants treatment therapy mean with and over than versus points"
_COMMON = frozenset(_COMMON_TEXT.split())
_MEASURES = frozenset({"proportion", "count", "rate", "mean", "median", "survival"})
_OPENS = re.compile(r" ?[(\[] ?(?:mean |median |at )?")
_TWO = 2


def other_arm_favoured(context: Context) -> Iterator[tuple[Estimate, Estimate, str]]:
    """Yield the values of two arms of which words favour the worse one: first the favoured arm's, and the words.

    Parameters
    ----------
    context : Context
    """
    text = context.paper.text
    if text is None or "avo" not in text:
        return
    for begin, stop in sentences_of(text):
        said = list(_FAVOURED.finditer(text, begin, stop))
        if len(said) != 1:
            continue
        changed = _CHANGED.search(text, begin, stop)
        if (_DENIED if changed is not None else _OPEN).search(text, begin, stop):
            continue
        told = [
            one for one in context.estimates
            if begin <= (one.where.start or -1) < stop and one.measure in _MEASURES and one.role == "result"
        ]  # fmt: skip
        if len(told) != _TWO or told[0].measure != told[1].measure or told[0].time != told[1].time:
            continue
        first = min(told[0].where.start or 0, said[0].start())
        words = text[begin:first] + (told[0].outcome or "")
        low = low_is_good(words, text[begin:stop])
        if changed is not None:
            low = _less_change_is_good(changed, told, low)
        favoured = _of(context, text, told, said[0]["arm"], said[0].end())
        if low is None or favoured is None:
            continue
        other = told[1] if favoured is told[0] else told[0]
        if _is_worse(context, favoured, other, low=low):
            yield favoured, other, said[0][0].strip()


_CHANGED = re.compile(
    r"\b(?:(?P<better>improv(?:ed|ement of))|(?P<down>fell|dropped|decreased|declined|was reduced|were reduced)"
    r"|(?P<up>rose|increased)) (?:by )?(?:an? )?(?:mean |average )?(?:of )?(?=[0-9])",
    re.IGNORECASE,
)
"""Before a value: it is of a change, and from where to where is not told."""
_DENIED = re.compile(
    r"\b(?:not|no|nor|neither|without|whether|if|may|might|could|would|should|cannot|from [0-9])\b", re.IGNORECASE
)


def _less_change_is_good(changed: re.Match[str], told: list[Estimate], low: bool | None) -> bool | None:
    """Return whether the smaller of two changes is the better one: the larger is, where it is called improvement."""
    if changed.end() != told[0].where.start:
        return None
    if changed["better"]:
        return False
    return None if low is None else low == (changed["up"] is not None)


def _is_worse(context: Context, favoured: Estimate, other: Estimate, *, low: bool) -> bool:
    if any(one.value is not None and (one.value.is_missing or one.value.value < 0) for one in (favoured, other)):
        return False
    pair = Pair(favoured, other, ordered=True)
    values = values_of(context, pair) or printed_shares(pair)
    if values is None:
        return False
    return values[0].lower > values[1].upper if low else values[0].upper < values[1].lower


def _of(context: Context, text: str, told: list[Estimate], words: str, end: int) -> Estimate | None:
    """Return the one of two values whose arm some words name."""
    if (first := told[0].where.start or 0) >= end and _OPENS.fullmatch(text, end, first):
        return told[0]  # "favoured tea (12 of 90 v 23 of 91)"
    named = _words(words)
    labels = [_label(context, one) for one in told]
    sides = [(_words(labels[0]), _words(labels[1]))] if all(labels) else []
    sides += list(zip(*(map(_words, words_around(text, one)) for one in told), strict=True))
    for one, other in sides:
        fits = [_fits(named, side, against) for side, against in ((one, other), (other, one))]
        if fits[0] != fits[1]:
            return told[0] if fits[0] else told[1]
    return None


def _fits(named: set[str], side: set[str], against: set[str]) -> bool:
    """Whether some words name one arm and not the other: all words of the one are those of the other."""
    return bool(named & (side - against)) and (side <= named or named <= side)


def _label(context: Context, one: Estimate) -> str:
    if len(one.arms) != 1 or "arms" in one.inferred:
        return ""
    arm = context.paper.arm(one.arms[0])
    return "" if arm is None else arm.label


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)} - _COMMON
