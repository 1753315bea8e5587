"""Sizes that the sum bears out: parts that add up to a printed total, the rest of which all but one arm are known.

How a text leads from a number to its arm has no end of forms. That two numbers beside two arms add up to as many as
took part is evidence enough, whatever the words are between. One arm that has a size alone often has that of all.
"""

from __future__ import annotations

import re
from itertools import combinations

from trialstats.sources.text.groups.model import Sized
from trialstats.sources.text.groups.numbers import PEOPLE, Number, before_equals
from trialstats.sources.text.groups.prose import Prose
from trialstats.sources.text.numbers.by_words import is_an_age
from trialstats.sources.text.sizes.events import HAD, of_events
from trialstats.sources.text.sizes.of_some import of_one_sex
from trialstats.sources.text.sizes.pooled import of_pooled
from trialstats.sources.text.sizes.sought import Arms

_NO_PART = frozenset(("screened", "eligible", "clusters"))
"""Numbers of all of whom those in the arms are no part that is told."""


def with_parts(
    prose: Prose, numbers: list[Number], arms: Arms, sizes: list[list[Sized]], whole: list[Sized]
) -> list[list[Sized]]:
    """Return the sizes of arms with those that add up to a number of all, without one that alone stands for no arm.

    Parameters
    ----------
    prose : Prose
    numbers : list of Number
    arms : Arms
    sizes : list of list of Sized
        Of the arms, as they are told.
    whole : list of Sized
        Of the whole trial.
    """
    known = [[one for one in of if one.population != "clusters"] for of in sizes]
    if arms.count < 2 or all(known):
        return sizes
    totals = {int(one.digits): one for one in whole if one.population not in _NO_PART}
    if not any(known):
        added = _parts(prose, numbers, arms, totals)
        return [more + of for more, of in zip(added, sizes, strict=True)] if added else sizes
    lacking = [arm for arm, of in enumerate(known) if not of]
    if len(lacking) == 1 and (rest := _rest(prose, numbers, known, totals)) is not None:
        return [[rest] if arm == lacking[0] else of for arm, of in enumerate(sizes)]
    if arms.count - len(lacking) == 1 and not (_is_share(known, arms.count, totals) or _of_its_group(prose, known)):
        return [[one for one in of if one.population == "clusters"] for of in sizes]
    return sizes


def of_both(prose: Prose, arms: Arms, start: int) -> bool:
    """Whether a number stands behind two arms in a row, or before: "zinc or sugar (n = 90)", "90 adults given zinc or".

    Parameters
    ----------
    prose : Prose
    arms : Arms
    start : int
        Where the number begins.
    """
    return _behind_both(prose, arms, start) or _before_both(prose, arms, start)


def _behind_both(prose: Prose, arms: Arms, start: int) -> bool:
    last = arms.last_mention(start)
    first = arms.last_mention(last.start) if last is not None else None
    if first is None or last is None or first.group == last.group:
        return False
    if _CLAUSE.fullmatch(prose.text, last.end, start) is None:
        return False
    return _JOINED.fullmatch(prose.text, first.end, last.start) is not None


def _before_both(prose: Prose, arms: Arms, start: int) -> bool:
    first = arms.next_mention(start)
    last = arms.next_mention(first.end) if first is not None else None
    while first is not None and last is not None and last.group == first.group:
        last = arms.next_mention(last.end)
    led = _PEOPLE_OR_SHUT.match(prose.text, start)
    if led is None or first is None or last is None or _NO_DIGITS.fullmatch(prose.text, led.end(), first.start) is None:
        return False
    return _JOINED_FAR.fullmatch(prose.flat, first.end, last.start) is not None


_CLAUSE = re.compile(r"[^.;:]{0,160}")


_PEOPLE_OR_SHUT = re.compile(rf"[0-9,]+(?: ?[)\]]|(?: [a-z-]+){{0,2}} {PEOPLE}\b)")
_NO_DIGITS = re.compile(r"[^0-9()=.;]{0,90}")
_JOINED_FAR = re.compile(r"(?:[^.;:=]|\.(?=[0-9])){0,200}[ ,](?:or|versus|vs\.?|and|with|to)?(?: [^.;:=()]{1,30})? ")
_JOINED = re.compile(r"[^.;:=]{0,100}[ ,](?:or|versus|vs\.?|and)(?: [^.;:=()]{1,30})? ")


def _rest(prose: Prose, numbers: list[Number], known: list[list[Sized]], totals: dict[int, Sized]) -> Sized | None:
    """Return the number near the known sizes that is left of a total: "of 157, 78 had tea ... (usual care, 79)"."""
    taken = {one.start for of in known for one in of} | {one.start for one in totals.values()}
    taken |= of_one_sex(prose, numbers)
    told = [of[0] for of in known if of]
    counts = [int(one.digits) for one in told]
    sentence = prose.sentence_at(told[-1].start)
    for total in totals:
        rest = total - sum(counts)
        if not _are_alike([*counts, rest]):
            continue
        for number in numbers:
            near = abs(prose.sentence_at(number.start) - sentence) <= 1
            if near and number.count == rest and number.start not in taken and _may_be_size(prose, number):
                return Sized(number.digits, number.start, number.end, told[-1].population)
    return None


def _are_alike(counts: list[int]) -> bool:
    """Whether numbers may be those of the arms of one trial."""
    return min(counts) >= max(_FEWEST, _LEAST_OF_LARGEST * max(counts))


_FEWEST, _LEAST_OF_LARGEST = 3, 0.2


def _is_share(known: list[list[Sized]], count: int, totals: dict[int, Sized]) -> bool:
    """Whether the one known size may be a share of the whole as an arm is."""
    size = next(int(of[0].digits) for of in known if of)
    return any(_LEAST_SHARE * total < count * size < _MOST_SHARE * total for total in totals)


_LEAST_SHARE, _MOST_SHARE = 0.5, 1.6


def _of_its_group(prose: Prose, known: list[list[Sized]]) -> bool:
    """Whether the one known size stands right behind a word for the arm: "in the zinc group (n = 18)"."""
    start = next(of[0].start for of in known if of)
    return _GROUP_OF.search(prose.text, max(0, start - 24), start) is not None


_GROUP_OF = re.compile(r"\b(?:group|arm),?(?: ?[(\[]| of| comprised| included| had)? ?(?:n ?[=:] ?)?$")


def _parts(prose: Prose, numbers: list[Number], arms: Arms, totals: dict[int, Sized]) -> list[list[Sized]]:
    """Return the sizes of arms that stand with them, number and arm in turn, and add up to a number of all."""
    if not totals:
        return []
    by_sentence: dict[int, list[Number]] = {}
    greatest = max(totals)
    for number in numbers:
        if _FEWEST <= number.count < greatest and not number.named:
            by_sentence.setdefault(prose.sentence_at(number.start), []).append(number)
    for sentence, told in by_sentence.items():
        near = (told + by_sentence.get(sentence + 1, []))[:_MOST_NUMBERS]
        for parts in combinations(near, arms.count):
            counts = [number.count for number in parts]
            total = totals.get(sum(counts))
            if total is None or parts[-1].end - parts[0].start > _FARTHEST or total.start > parts[-1].start:
                continue
            if not _are_alike(counts) or not all(_may_be_size(prose, number) for number in parts):
                continue
            if {number.start for number in parts} & of_one_sex(prose, numbers):
                continue
            order = _in_turn(arms, parts) or _by_control(prose, arms, parts)
            if order:
                return [
                    [Sized(number.digits, number.start, number.end, total.population)]
                    for _, number in sorted(zip(order, parts, strict=True), key=lambda pair: pair[0])
                ]
    return []


_MOST_NUMBERS, _FARTHEST = 12, 320


def _in_turn(arms: Arms, parts: tuple[Number, ...]) -> list[int]:
    """Return the arm of each number, where one is named behind each, or else before each; nothing where not."""
    behind = [arms.next_mention(number.end) for number in parts]
    stops = [*(number.start for number in parts[1:]), min(parts[-1].sentence[1], parts[-1].end + _BESIDE)]
    ahead = [arms.last_mention(number.start) for number in parts]
    starts = [max(parts[0].sentence[0], parts[0].start - _BESIDE), *(number.end for number in parts[:-1])]
    every = set(range(arms.count))
    found: list[tuple[int, list[int]]] = []
    pairs = [
        [(one.group, one.start - number.end) for one, number in zip(behind, parts, strict=True) if one is not None],
        [(one.group, number.start - one.end) for one, number in zip(ahead, parts, strict=True) if one is not None],
    ]
    within = [
        all(one is not None and one.end <= stop for one, stop in zip(behind, stops, strict=True)),
        all(one is not None and one.start >= start for one, start in zip(ahead, starts, strict=True)),
    ]
    for told, inside in zip(pairs, within, strict=True):
        if inside and {group for group, _ in told} == every:
            found.append((sum(gap for _, gap in told), [group for group, _ in told]))
    found.sort()
    if len(found) > 1 and found[0][1] != found[1][1] and found[0][0] > _MUCH_NEARER * found[1][0]:
        return []
    return found[0][1] if found else []


_MUCH_NEARER = 0.6
_BESIDE = 90


def _by_control(prose: Prose, arms: Arms, parts: tuple[Number, ...]) -> list[int]:
    """Return the arms of two numbers of which one is said to be of controls; nothing where not."""
    if arms.control < 0 or len(parts) != _PAIR:
        return []
    first, last = parts
    stop = min(last.sentence[1], last.end + _BESIDE)
    told = [_CONTROLS.search(prose.text, first.end, last.start), _CONTROLS.search(prose.text, last.end, stop)]
    if (told[0] is None) == (told[1] is None) or first.sentence != last.sentence:
        return []
    other = 1 - arms.control
    return [other, arms.control] if told[0] is None else [arms.control, other]


_PAIR = 2
_CONTROLS = re.compile(r"\bcontrols?\b|\bplacebo\b")


_RIGHT_BEFORE = re.compile(
    r"(?:[<>≤≥±=]|\b(?:p|or|rr|hr|md|age|aged|mean|median|week|month|day|year|grade|score)s?(?: of| was)?) ?$"
)
_UNIT = re.compile(
    r" ?(?:%|/|±|\+/-)| ?(?:-|to )[0-9]| ?-?(?:mg|g|kg|ml|mm|cm|iu|gy|mcg|[uµμ]g|mmhg|mmol|points?|days?|weeks?|months?"
    r"|years?|hours?|h|min|minutes?|times|doses?|cycles?|sessions?|visits|studies|trials|groups|arms|cent(?:re|er)s"
    r"|sites|events|deaths)\b"
)


def _may_be_size(prose: Prose, number: Number) -> bool:
    """Whether nothing beside a number says that it counts anything but the people of an arm."""
    text = prose.text
    if number.named or _UNIT.match(text, number.end) is not None or is_an_age(text, number.start):
        return False
    if before_equals(prose, number) < 0 and _RIGHT_BEFORE.search(text, max(0, number.start - 14), number.start):
        return False
    if of_pooled(text, number, all_told=False):
        return False
    people = _PEOPLE_NEXT.match(text, number.end)
    return not of_events(prose, number) and HAD.match(text, number.end if people is None else people.end()) is None


_PEOPLE_NEXT = re.compile(rf" {PEOPLE}")
