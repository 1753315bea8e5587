"""Find the arms of a trial and the numbers of patients printed for them."""

from __future__ import annotations

import re

from trialstats.claims import Arm, Size
from trialstats.extraction.document import Document
from trialstats.reported import Reported

__all__ = ["arm_of", "find_arms"]

_SIZED = re.compile(r"\(ned\)")
_ALLOCATED = re.compile(r"random|assign|allocat")
_GIVEN = re.compile(r"receiv|group|\barms?\b|treated")
# What ends the name of an arm, looking back from its "(n = 32)".
_BEFORE_NAME = re.compile(
    r".*(?:[,;:()\[\]]|\b(?:or|and|to|either|versus|vs|with|receiv\w+|of|in|plus either|by)\b(?! (?:then|plus)\b))",
    re.DOTALL,
)
_FILL = re.compile(
    r"^(?:(?:the|a|an|receive|either|oral|daily|group|arm|patients|participants|in|receiving|treated)\s+)+|\s+(?:group|arm|groups|arms|patients|participants)$"
)


def find_arms(text: str, document: Document) -> tuple[Arm, ...]:
    """Return the arms whose size is printed as "varenicline (n = 344)", in the order of the text.

    Only a sentence that names at least two of them, and says how patients came to be in them, is read.
    """
    letters = document.letters
    by_sentence: dict[int, list[tuple[str, str]]] = {}
    for match in _SIZED.finditer(letters):
        number = match.start() + 3
        digits = document.digits(number)
        if not digits.isdecimal() or len(digits) > 6 or digits == "0":
            continue
        first, _ = document.sentence(match.start())
        start = max(document.tokens.starts[first], document.tokens.starts[match.start()] - 90)
        words = text[start : document.tokens.starts[match.start()]].strip()
        name = _FILL.sub("", _BEFORE_NAME.sub("", words).strip()).strip(" .,-")
        if 1 < len(name) < 60:
            by_sentence.setdefault(first, []).append((name, digits))
    for first, named in by_sentence.items():
        names = [name.lower() for name, _ in named]
        if len(named) < 2 or len(set(names)) != len(names) or len(named) > 8:
            continue
        words = document.text_between(*document.sentence(first))
        if _ALLOCATED.search(words):
            population = "randomised"
        elif _GIVEN.search(words):
            population = "included"
        else:
            continue
        return tuple(_arm(name, digits, population) for name, digits in named)
    return ()


def _arm(name: str, digits: str, population: str) -> Arm:
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "arm"
    return Arm(slug, name, {population: Size(Reported(digits))})


def arm_of(
    document: Document, arms: tuple[Arm, ...], floor: int, first: int, last: int, ceiling: int
) -> tuple[str, ...]:
    """Return the one arm that the words right after a claim name, or else those right before it.

    Parameters
    ----------
    document : Document
    arms : tuple of Arm
    floor, ceiling : int
        Last token of the claim before and first token of the claim behind.
    first, last : int
        First and last token of the claim.
    """
    if not arms:
        return ()
    start, stop = document.sentence(first)
    after = document.text_between(last + 1, min(stop, ceiling, last + 14))
    before = document.text_between(max(start, floor + 1, first - 10), first)
    for words in (after, before):
        named = [arm.id for arm in arms if arm.label.lower() in words]
        if len(named) == 1:
            return (named[0],)
        if named:
            return ()
    return ()
