"""Which numbers beside arms are the sizes of these: those said to be, those that add up, those told of every arm."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trialstats.sources.text.groups.numbers import PEOPLE, Number
from trialstats.sources.text.sizes.events import is_total


@dataclass(slots=True)
class Pair:
    """A number that stands with an arm.

    `sure` where it is said to be patients of the arm; `event` where a percentage says that it may be some of them.
    """

    arm: int
    number: Number
    sure: bool
    event: bool = False


ADMINISTERED = (
    r"(?:was|were) (?:given|administered|performed|used|applied|offered|received|taken|tried|tested|prescribed)"
    r" (?:to|in|for|by|on)"
)
_SPEAKS_OF_PATIENTS = re.compile(
    r"random|assign|allocat|select|enrol|recruit|regist|evaluable|analy[sz]ed|includ|eligible|complet|participa"
    r"|for (?:[a-z-]+ ){0,2}analys[ei]s"
    r"|total of"
    r"|consist"
    r"|compris|population|intention|divided|studied|entered|accrued|assessable|follow"
)
_GIVEN = re.compile(
    rf"(?: [a-z-]+)?(?: {PEOPLE})?(?: \([^()]{{1,20}}\)| with [0-9]+ [a-z]+)? (?:(?:were|was) )?"
    r"(?:received?|receiving|underwent|(?:treated|examined|assessed|studied|managed|operated) (?:with|by)|given|had"
    r"|started|began|took|taking|got|used|using"
    r"|formed|constituted|served as|acted as)\b"
)
_SHARE_FIRST = re.compile(r"[(\[]([0-9]{1,3}(?:\.[0-9]{1,2})?) ?%[;,] ?n ?= ?$")
_SHARE = re.compile(r"(?: [a-z]+)? ?[(\[]([0-9]{1,3}(?:\.[0-9]{1,2})?) ?%")


def accepted(text: str, sentence: tuple[int, int], pairs: list[Pair], count: int, seen: set[str]) -> list[Pair]:
    """Return the pairs that are sizes: those said to be, and those that add up or stand with a word for it.

    Parameters
    ----------
    text : str
    sentence : (int, int)
    pairs : list of Pair
        Of the sentence, in order.
    count : int
        How many arms there are.
    seen : set of str
        The numbers printed so far.
    """
    sure = [pair for pair in pairs if pair.sure]
    weak = [pair for pair in pairs if not pair.sure]
    if not weak:
        return sure
    covered = len({pair.arm for pair in pairs})
    all_of = len({pair.arm for pair in weak}) == count > 1
    events = any(pair.event for pair in weak)
    first, last = weak[0].number.start, weak[-1].number.end
    near = _SPEAKS_OF_PATIENTS.search(text, max(sentence[0], first - 110), min(sentence[1], last + 60))
    if covered > 1 and near is not None and not events:
        return pairs
    if all_of and events and all(pair.event for pair in weak) and _COMPLETED.match(text, last, sentence[1]):
        return sure + weak
    if all_of and not events and _said_of_each(text, weak):
        return pairs
    total = str(sum(pair.number.count for pair in weak[:count]))
    if (
        all_of
        and ((total in seen and not (events and _share_some(text, weak[:count]))) or _share_all(text, weak[:count]))
        and not _OF_NO_PEOPLE.search(text, sentence[0], first)
    ):
        return sure + weak[:count]
    return sure


_COMPLETED = re.compile(
    r"(?: [a-z]+)? ?[(\[][0-9.]{1,5} ?%[)\]][^.;:()0-9]{0,110}? (?:completed|finished) (?:the |all |both )?"
    r"(?:[a-z]+ ){0,2}?(?:study|trial|intervention|program(?:me)?|protocol|treatments?|cycles|follow|assessments?"
    r"|course)\b"
)
"""Who of each arm went on to the end: "41 (82%) on zinc and 39 (80%) on sugar completed the study"."""
# "of 640 scans 310 (48%) were with zinc and 330 (52%) with iron"
_OF_NO_PEOPLE = re.compile(
    r"\b(?:observations|measurements|samples|specimens|scans|images|tests|sessions|questions|procedures|records"
    rf"|cycles|lesions|tumou?rs|nodes|events)\b(?!.*[0-9] (?:[a-z]+ )?{PEOPLE}\b)"
)


def _said_of_each(text: str, pairs: list[Pair]) -> bool:
    """Whether numbers are told as patients: "56 patients received A and 58 B", "the 769 in A ... the 743 in B"."""
    if all(text.startswith("the ", pair.number.start - 4) for pair in pairs):
        return True
    lead, last = text[max(0, pairs[0].number.start - 14) : pairs[0].number.start], pairs[-1].number.end
    if _THERE_WERE.search(lead) and _IN_A_GROUP.match(text, last):
        return True
    if _CONSISTED.search(lead) and _ONLY_PEOPLE.match(text, pairs[0].number.end) and not _WHO.match(text, last):
        return True
    first, *others = (
        _GIVEN.match(text, pair.number.end)
        or _WAS_GIVEN.search(text, max(0, pair.number.start - 24), pair.number.start)
        for pair in pairs
    )
    elided = (
        _ELIDED.match(text, pair.number.end)
        or (
            first is not None and first.end() <= pairs[0].number.start and _GIVEN_TOO.search(text, 0, pair.number.start)
        )
        for pair in pairs[1:]
    )
    return first is not None and all(a or b for a, b in zip(others, elided, strict=True))


_WAS_GIVEN = re.compile(rf"{ADMINISTERED} $")
_CONSISTED = re.compile(r"\b(?:had|numbered|contained|included|comprised|of) $")
_ONLY_PEOPLE = re.compile(rf" {PEOPLE}(?:[,;]|,? and\b|,? (?:whereas|while)\b)")
_THERE_WERE = re.compile(r"\b(?:there were|we had) (?:only |about )?$")
_IN_A_GROUP = re.compile(
    rf"(?: {PEOPLE})? (?:in|on) (?:the )?(?:(?!(?:had|who|with|were|was|died|developed)\b)[a-z0-9-]+ ){{0,4}}"
    r"(?:group|arm)[.;]"
)
"""Nothing is said of those counted: not "in the zinc group had a rash"."""
_WHO = re.compile(rf"(?: {PEOPLE})?,? (?:with|who|whose|had)\b")
_GIVEN_TOO = re.compile(r" (?:to|in|for|by|on) $")
_ELIDED = re.compile(r" (?:(?:with|on|in|to) (?:the )?)?(?=[a-z])(?!(?:patients|of|and|or|were|had)\b)")


def _shares(text: str, pairs: list[Pair]) -> list[float]:
    """Return the percentages behind numbers, or right before them."""
    shares = [
        _SHARE.match(text, pair.number.end) or _SHARE_FIRST.search(text[: pair.number.start][-16:]) for pair in pairs
    ]
    return [float(share[1]) for share in shares if share is not None]


def _share_all(text: str, pairs: list[Pair]) -> bool:
    """Whether the percentages behind the numbers say that they are all: 25 (48.1%) and 27 (51.9%)."""
    shares = _shares(text, pairs)
    return len(shares) == len(pairs) and abs(sum(shares) - 100) < _NEAR_ALL


def _share_some(text: str, pairs: list[Pair]) -> bool:
    """Whether they say that the numbers count some of each: of 35 falls 21 (27%) and 14 (19%)."""
    if any(is_total(text, pair.number.start) for pair in pairs):
        return False
    shares = _shares(text, pairs)
    return len(shares) == len(pairs) and abs(sum(shares) - 100) >= _NEAR_ALL


_NEAR_ALL = 1.2


def sums_of_all(sentences: list[list[tuple[int, Number]]], count: int) -> set[int]:
    """Return where the number behind the last arm is that of all: "zinc or sugar (n = 90)", of whom 47 had zinc.

    Parameters
    ----------
    sentences : list of list of (int, Number)
        The arms and their numbers, by sentence.
    count : int
        How many arms there are.
    """
    sums = [
        sum(number.count for _, number in pairs)
        for pairs in sentences
        if count > 1 and len(pairs) == count == len({arm for arm, _ in pairs})
    ]
    alone = [pairs[0][1] for pairs in sentences if len(pairs) == 1]
    return {one.start for one in alone if any(_NEARLY * one.count <= told <= one.count for told in sums)}


_NEARLY = 0.97
