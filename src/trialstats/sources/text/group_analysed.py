"""Sizes that are told with results: "23 of 167 zinc recipients and 11 of 162 iron recipients"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from trialstats.reported import Reported
from trialstats.sources.text.document import Document
from trialstats.sources.text.group_model import Groups, Sized
from trialstats.sources.text.group_numbers import Number
from trialstats.sources.text.group_prose import Prose
from trialstats.sources.text.group_sizes import LINK, MOST_SIZES, Arms, named_apart
from trialstats.sources.text.results import Result

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
    if arms.count > 1 and not any(sizes):
        _add_of_results(prose, arms, sizes)
        return
    if arms.count < 2 or not all(sizes) or " of " not in prose.text:
        return
    by_sentence: dict[int, list[Number]] = {}
    for number in numbers:
        if not number.named and _OUT_OF.search(prose.text, max(0, number.start - 12), number.start) is not None:
            by_sentence.setdefault(number.sentence[0], []).append(number)
    for of in by_sentence.values():
        if len(of) >= arms.count:
            _add_of_sentence(prose, of, arms, sizes)


_COUNTED = re.compile(
    r"(?<![0-9.,/])(?P<x>[0-9]{1,5})(?:(?:\.[0-9]{1,2})? ?%)?"
    r"(?: ?/ ?|(?: ?[(\[][0-9.]{1,5} ?%[)\]])?(?: [a-z]{2,14})? (?:out )?of (?:the )?)"
    r"(?P<n>[0-9]{1,5})(?![0-9./]|,[0-9]| ?%)"
)
_TO_ARM = re.compile(r"(?: ?[(\[][0-9.]{1,5} ?%[)\]]|,? [0-9.]{1,5} ?%,?| ?[)\]])?")
"""What may stand between a count with its total and the words that lead to its arm."""
_FROM_ARM = re.compile(
    r"(?:[ -](?:groups?|arms?|patients))?(?:,|:| =| was| had)? ?[(\[]?(?:[0-9.]{1,5} ?%[,;]? ?[(\[]?)?"
)
_LEAST, _LEAST_SHARE = 5, 0.3
_TOLD = "evaluable"
"""What those are called of whom results are told."""


def _add_of_results(prose: Prose, arms: Arms, sizes: list[list[Sized]]) -> None:
    """Give arms whose sizes are told nowhere else those of their results: "in 12/71 on zinc and 9/73 on iron"."""
    text, best = prose.text, dict[int, Sized]()
    of_sentence: dict[int, Sized] = {}
    last = -1
    for found in _COUNTED.finditer(text):
        sentence = prose.sentence_at(found.start())
        if sentence != last:
            last, of_sentence = sentence, {}
        n = int(found["n"])
        arm = _arm_beside(text, found, arms) if n >= _LEAST else -1
        if arm < 0 or int(found["x"]) > n:
            continue
        of_sentence.setdefault(arm, Sized(found["n"], *found.span("n"), _TOLD))
        counts = [int(size.digits) for size in of_sentence.values()]
        if (
            len(counts) == arms.count
            and min(counts) >= _LEAST_SHARE * max(counts)
            and sum(counts) > sum(int(size.digits) for size in best.values())
        ):
            best = dict(of_sentence)
    for at, size in best.items():
        sizes[at].append(size)


def without_contradicted(document: Document, groups: Groups, results: Iterable[Result]) -> Groups:
    """Leave out sizes that are told with results alone, where another count of the arm is of other patients.

    Parameters
    ----------
    document : Document
    groups : Groups
    results : iterable of Result
        Whose arms are known.
    """
    told = {at: arm.sizes[0] for at, arm in enumerate(groups.arms) if [one.population for one in arm.sizes] == [_TOLD]}
    if len(told) < len(groups.arms):
        return groups
    for one in results:
        if len(one.arms) != 1 or one.counted is None or one.n >= 0 or one.unit != "%" or one.arms[0] not in told:
            continue
        if (
            Fraction(one.counted, int(told[one.arms[0]].digits))
            not in Reported(document.digits(one.value), "%").range()
        ):
            return replace(groups, arms=tuple(replace(arm, sizes=()) for arm in groups.arms))
    return groups


def _arm_beside(text: str, found: re.Match[str], arms: Arms) -> int:
    """Return the arm that a count with its total stands right before, or right behind; -1 where there is none."""
    before = arms.last_mention(found.start())
    led = None if before is None else _FROM_ARM.fullmatch(text, before.end, found.start())
    if before is not None and led is not None and set("([:=") & set(led[0]):
        return before.group
    behind = _TO_ARM.match(text, found.end())
    end = found.end() if behind is None else behind.end()
    mention = arms.next_mention(end)
    if mention is not None and mention.start < end + _FAR and LINK.match(text, end, mention.start) is not None:
        return mention.group
    return -1 if before is None or led is None else before.group


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
