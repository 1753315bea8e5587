"""Sizes that are told with results: "23 of 167 zinc recipients and 11 of 162 iron recipients"."""

from __future__ import annotations

import re

from trialstats.sources.text.group_model import Sized
from trialstats.sources.text.group_numbers import Number
from trialstats.sources.text.group_prose import Prose
from trialstats.sources.text.group_sizes import LINK, MOST_SIZES, Arms, named_apart

_OUT_OF = re.compile(r"(?:[0-9a-z%)]) (?:out )?of (?:the )?$")
_MOST_OF = 0.85
"""Of the known size of an arm, below which a denominator is one of a subgroup."""
_FAR = 60


def add_analysed(prose: Prose, numbers: list[Number], arms: Arms, sizes: list[list[Sized]]) -> None:
    """Add to the sizes of arms of how many of each results are told in one sentence.

    Parameters
    ----------
    prose : Prose
    numbers : list of Number
    arms : Arms
    sizes : list of list of Sized
        Of the arms; what is told of most of each is added.
    """
    if arms.count < 2 or not all(sizes) or " of " not in prose.text:
        return
    by_sentence: dict[int, list[Number]] = {}
    for number in numbers:
        if not number.named and _OUT_OF.search(prose.text, max(0, number.start - 12), number.start) is not None:
            by_sentence.setdefault(number.sentence[0], []).append(number)
    for of in by_sentence.values():
        if len(of) >= arms.count:
            _add_of_sentence(prose, of, arms, sizes)


def _add_of_sentence(prose: Prose, numbers: list[Number], arms: Arms, sizes: list[list[Sized]]) -> None:
    """Add the sizes of "23 of 167 zinc recipients and 11 of 162 iron recipients", if they are most of each arm."""
    found: dict[int, Number] = {}
    for number in numbers:
        mention = arms.next_mention(number.end)
        if mention is None or LINK.match(prose.text, number.end, min(mention.start, number.end + _FAR)) is None:
            continue
        known = int(sizes[mention.group][0].digits)
        if mention.start < number.end + _FAR and _MOST_OF * known <= number.count <= known:
            found.setdefault(mention.group, number)
    if len(found) < arms.count:
        return
    for arm, number in found.items():
        if all(one.digits != number.digits for one in sizes[arm]) and len(sizes[arm]) < MOST_SIZES:
            size = Sized(number.digits, number.start, number.end, "evaluable")
            sizes[arm].append(named_apart(size, sizes[arm]))
