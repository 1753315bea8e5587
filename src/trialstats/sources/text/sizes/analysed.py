"""Sizes that are told with results: "23 of 167 zinc recipients and 11 of 162 iron recipients"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from trialstats.reported import Reported
from trialstats.sources.text.groups.model import Groups, Sized
from trialstats.sources.text.groups.numbers import PEOPLE, Number
from trialstats.sources.text.groups.prose import Prose
from trialstats.sources.text.results import Result
from trialstats.sources.text.sizes.of_arms import LINK, MOST_SIZES, named_apart
from trialstats.sources.text.sizes.sought import Arms
from trialstats.sources.text.tokens.document import Document

_OUT_OF = re.compile(
    r"(?:[0-9a-z%)\]]) (?:out )?of (?:the )?$"
    r"|[0-9](?: (?:mm ?hg|mg/dl|[a-z]{1,5}|%))?(?: ?[(\[][^()\[\]]{1,30}[)\]])? for (?:the )?$"
)
"""What leads to how many a result is of: "23 of 167 zinc recipients", "-27 mm Hg for 426 adults who took zinc"."""
MOST_OF = 0.85
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
    if arms.count > 1 and not all(sizes):
        _add_of_results(prose, arms, sizes)
        return
    if arms.count < 2:
        return
    if arms.count == _PAIR:
        _add_side_by_side(prose, numbers, sizes)
    by_sentence: dict[int, list[Number]] = {}
    for number in numbers:
        if not number.named and _OUT_OF.search(prose.text, max(0, number.start - 44), number.start) is not None:
            by_sentence.setdefault(number.sentence[0], []).append(number)
    for of in by_sentence.values():
        if len(of) >= arms.count:
            _add_of_sentence(prose, of, arms, sizes)


_PAIR = 2
_TWO_ANALYSED = re.compile(
    rf"(?:\b(?:analy[sz]ed|evaluated|assessed|available|evaluable) (?:in|for) |%,? in )(?P<first>[0-9]{{2,5}}) and "
    rf"(?P<second>[0-9]{{2,5}}) (?P<kind>evaluable |assessable |analy[sz]able )?{PEOPLE}\b"
)


def _add_side_by_side(prose: Prose, numbers: list[Number], sizes: list[list[Sized]]) -> None:
    """Add to two arms those who "were analysed in 92 and 88 patients", in the order in which their sizes were told."""
    if " and " not in prose.text:
        return
    order = sorted(range(len(sizes)), key=lambda arm: sizes[arm][0].start)
    placed = {number.start: number for number in numbers}
    for found in _TWO_ANALYSED.finditer(prose.text, sizes[order[0]][0].end):
        if found[0].startswith("%") and found["kind"] is None:
            continue
        told = [placed.get(found.start(name)) for name in ("first", "second")]
        for arm, number in zip(order, told, strict=True):
            if number is None or not _fits(number, sizes[arm]):
                break
        else:
            for arm, number in zip(order, told, strict=True):
                if number is not None:
                    _put(number, sizes[arm])
            return


def _fits(number: Number, known: list[Sized]) -> bool:
    """Whether a number may be that of most of an arm."""
    return any(MOST_OF * int(one.digits) <= number.count <= int(one.digits) for one in known)


def _put(number: Number, known: list[Sized]) -> None:
    if all(one.digits != number.digits for one in known) and len(known) < MOST_SIZES:
        known.append(named_apart(Sized(number.digits, number.start, number.end, TOLD), known))


_COUNTED = re.compile(
    r"(?<![0-9.,/])(?P<x>[0-9]{1,5})(?:(?:\.[0-9]{1,2})? ?%)?"
    r"(?: ?/ ?|(?: ?[(\[][0-9.]{1,5} ?%[)\]])?(?: [a-z]{2,14})? (?:out )?of (?:the )?)"
    r"(?P<n>[0-9]{1,5})(?![0-9./]|,[0-9]| ?%)"
)
_TO_ARM = re.compile(
    rf"(?: (?:[a-z]+ )?{PEOPLE})?(?: ?[(\[][0-9.]{{1,5}} ?%[)\]]|,? [0-9.]{{1,5}} ?%,?| ?[)\]])?(?: {PEOPLE})?"
)
"""What may stand between a count with its total and the words that lead to its arm."""
_FROM_ARM = re.compile(
    r"(?:[ -](?:groups?|arms?|patients))?(?:,|:| =| was| had)? ?[(\[]?(?:(?:[a-z0-9-]{1,16} ){1,3}?[a-z]{3,12}[,:;] )?"
    r"(?:[0-9.]{1,5} ?%[,;]? ?[(\[]?)?"
)
_LEAST, _LEAST_SHARE = 5, 0.3
_WITH_COUNT = re.compile(r"(?:/|\bof (?:the )?) ?$")
TOLD = "evaluable"
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
        of_sentence.setdefault(arm, Sized(found["n"], *found.span("n"), TOLD))
        counts = [int(size.digits) for size in of_sentence.values()]
        if (
            len(counts) == arms.count
            and min(counts) >= _LEAST_SHARE * max(counts)
            and sum(counts) > sum(int(size.digits) for size in best.values())
        ):
            best = dict(of_sentence)
    for at, known in enumerate(sizes):
        if known and not (at in best and _is_most(best[at], known)):
            return
    for at, size in best.items():
        if not sizes[at]:
            sizes[at].append(size)


def _is_most(size: Sized, known: list[Sized]) -> bool:
    """Whether a size is that of an arm that is known, or of nearly all of it."""
    return any(MOST_OF * int(one.digits) <= int(size.digits) <= int(one.digits) for one in known)


FLOW = frozenset(("screened", "eligible", "clusters"))
"""Numbers of all that are not those who took part."""


def without_contradicted(document: Document, groups: Groups, results: Iterable[Result]) -> Groups:
    """Leave out sizes that are told with results alone, where another count of the arm is of other patients.

    Parameters
    ----------
    document : Document
    groups : Groups
    results : iterable of Result
        Whose arms are known.
    """
    text = document.tokens.text
    told = {
        at: arm.sizes[0]
        for at, arm in enumerate(groups.arms)
        if [one.population for one in arm.sizes] == [TOLD]
        and _WITH_COUNT.search(text, max(0, arm.sizes[0].start - 8), arm.sizes[0].start)
    }
    counts = [int(one.digits) for one in told.values()]
    if len(told) < len(groups.arms) or _is_printed(document, sum(counts)):
        return groups
    most = max((int(one.digits) for one in groups.whole if one.population not in FLOW), default=0)
    if len(told) == _PAIR and 0 < most < sum(counts) and max(counts) < MOST_OF * most:
        # more than all there are; where everyone had both, each has nearly all
        return replace(groups, arms=tuple(replace(arm, sizes=()) for arm in groups.arms))
    for one in results:
        if len(one.arms) != 1 or one.counted is None or one.n >= 0 or one.unit != "%" or one.arms[0] not in told:
            continue
        if (
            Fraction(one.counted, int(told[one.arms[0]].digits))
            not in Reported(document.digits(one.value), "%").range()
        ):
            return replace(groups, arms=tuple(replace(arm, sizes=()) for arm in groups.arms))
    return groups


def _is_printed(document: Document, total: int) -> bool:
    """Whether a number stands in the text: what the sizes of arms add up to."""
    return any(letter == "d" and document.digits(token) == str(total) for token, letter in enumerate(document.letters))


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
        if mention.start < number.end + _FAR and MOST_OF * known <= number.count <= known:
            found.setdefault(mention.group, number)
    if len(found) < arms.count:
        return
    for arm, number in found.items():
        _put(number, sizes[arm])
