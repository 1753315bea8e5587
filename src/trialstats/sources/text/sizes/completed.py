"""Who of each arm went on to the end, told with the sizes: "17/19 given zinc and 25/30 given iron completed it"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trialstats.sources.text.groups.model import Sized
from trialstats.sources.text.groups.numbers import PEOPLE, Number
from trialstats.sources.text.groups.prose import Prose
from trialstats.sources.text.sizes.of_arms import MOST_SIZES

_SHARE = r"(?:,? ?[(\[]?[0-9.]{1,5} ?%[)\]]?)?"
_OF = re.compile(rf"(?: ?/ ?|{_SHARE}(?: {PEOPLE})?{_SHARE} (?:out )?of (?:the )?)")
_BEFORE = re.compile(
    r"\b(?:completion rates? (?:was|were)|rates? of completion (?:was|were)|(?:was|were) completed (?:by|in))"
    r"(?: [a-z-]+){0,3} $"
)
_BEHIND = re.compile(
    rf"{_SHARE}[^.;:()0-9]{{0,70}}{_SHARE}[^.;:()0-9]{{0,40}}? (?:completed|finished) (?:the |all |both |their )?"
    r"(?:[a-z]+ ){0,2}?(?:study|trial|interventions?|program(?:me)?|protocol|treatments?|cycles|courses?|follow"
    r"|assessments?|therapy)\b"
)
_DIGITS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6}(?![0-9.,]*[0-9%])")
_LEAST = 0.3


def add_completed(prose: Prose, numbers: list[Number], sizes: list[list[Sized]]) -> None:
    """Add to the sizes of arms how many of each completed the trial, where both are told in one sentence.

    Parameters
    ----------
    prose : Prose
    numbers : list of Number
    sizes : list of list of Sized
        Of the arms; which arm is meant is seen by its size, so that no two may be alike.
    """
    text = prose.text
    known: dict[str, int] = {}
    if len(sizes) < 2 or not all(sizes) or ("complet" not in text and "finished" not in text):
        return
    for arm, of in enumerate(sizes):
        for one in of:
            if one.population != "clusters" and known.setdefault(one.digits, arm) != arm:
                return
    by_sentence: dict[int, list[_Part]] = {}
    placed = {number.start: number for number in numbers}
    for number in numbers:
        part = _part(text, number, placed)
        if part is not None and part.whole in known:
            by_sentence.setdefault(number.sentence[0], []).append(part)
    for told in by_sentence.values():
        if len({known[part.whole] for part in told}) != len(sizes) or len(told) != len(sizes):
            continue
        first = told[0].number
        before = _BEFORE.search(text, max(first.sentence[0], first.start - 70), first.start)
        if before is None and _BEHIND.match(text, told[-1].end, first.sentence[1]) is None:
            continue
        for part in told:
            of, number = sizes[known[part.whole]], part.number
            if len(of) < MOST_SIZES and all(one.digits != number.digits for one in of):
                of.append(Sized(number.digits, number.start, number.end, "completed"))


@dataclass(slots=True)
class _Part:
    """A number of people, the digits of those it is a part of, and where these end."""

    number: Number
    whole: str
    end: int


def _part(text: str, number: Number, placed: dict[int, Number]) -> _Part | None:
    led = _OF.match(text, number.end)
    if led is None:
        return None
    if (digits := _DIGITS.match(text, led.end())) is not None:
        whole, end = digits[0].replace(",", ""), digits.end()
    elif led.end() in placed:
        whole, end = placed[led.end()].digits, placed[led.end()].end
    else:
        return None
    return _Part(number, whole, end) if _LEAST * int(whole) <= number.count <= int(whole) else None
