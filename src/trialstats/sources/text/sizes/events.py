"""Which numbers beside arms count what became of patients, not the patients."""

from __future__ import annotations

import re
from itertools import pairwise

from trialstats.sources.text.groups.numbers import IN_WORDS, PEOPLE, Number
from trialstats.sources.text.groups.prose import MASK, Prose
from trialstats.sources.text.words.of_values import EVENTS

HAD = re.compile(
    r" (?:had|died|experienced|developed|reported|showed|withdrew|dropped|discontinued|relapsed|responded|failed"
    r"|(?:was|were) (?:lost|withdrawn|excluded))\b"
)
"""What became of people, right behind a word for them."""


def of_events(prose: Prose, number: Number) -> bool:
    """Whether a number says whose events were: "161 events (84 with A, 77 with B)", "270 relapsed: 110 with A".

    Parameters
    ----------
    prose : Prose
    number : Number
    """
    text, (start, stop) = prose.text, number.sentence
    before = max(start, number.start - 120)
    inside = prose.flat[number.start] == MASK
    if inside and _EVENTS.search(text, before, number.start) is not None:
        return True
    if _ALLOCATION.search(text, start, stop) is not None:
        return False
    if _HAPPENED.search(text, before, number.start) is not None:
        return True
    if _THERE_WERE.search(text, before, number.start) and _OF_PEOPLE.match(text, number.end) is None:
        return True  # "there were 31 failures in the zinc group"
    shut = text.find(")", number.end, min(stop, number.end + 80)) if inside else -1
    return shut >= 0 and HAD.match(text, shut + 1) is not None and _COMPARED.match(text, shut + 1) is None


_COMPARED = re.compile(
    r" (?:had|showed|reported|experienced) (?:an? |the )?(?:[a-z]+ly )?"
    r"(?:mean|median|lower|higher|greater|longer|shorter|similar|better|worse|fewer|less|more|superior)\b"
)
_EVENTS = re.compile(
    r"\b(?:events|(?:had|having) an? [a-z-]*event|deaths|episodes|reactions|infections|relapses|recurrences"
    r"|fractures|strokes)\b[^()]{0,20}"
    r"[(\[][^()]{0,60}$"
)
# What became of people, before the bracket or colon that says in which arm: "eleven progressed to cirrhosis (9 in A"
_HAPPENED = re.compile(
    r"\b(?:died|relapsed|progressed|recurred|responded|dropped out|withdrew|discontinued|failed|developed"
    r"|experienced|suffered|deaths|relapses|recurrences|events|withdrawals)\b"
    # "responded and in the zinc group (n = 85) 20": the next clause opens with its group
    r"(?!,? (?:and|but|whereas|while) (?:in|of|among|on|for|with) )[^()\[\]:;.0-9]{0,60}"
    r"(?:[(\[]|: )[^:;.]{0,60}$"
)
_THERE_WERE = re.compile(r"\bthere (?:were|was|have been) (?:only |about )?$")
_OF_PEOPLE = re.compile(rf"(?: [a-z-]+){{0,2}} {PEOPLE}\b")
_ALLOCATION = re.compile(r"random|assign|allocat|divided")


_NOUN = r"(?:[ -](?:groups?|arms?|alone|therapy|treatment|patients))?"
_DID_SO = re.compile(
    rf"{_NOUN}(?: ?[(\[][^()]{{0,30}}[)\]])? (?:also )?(?:died|experienced|developed|suffered|relapsed|responded"
    r"|progressed|withdrew|discontinued|dropped out|survived|failed|recovered|improved|required|needed"
    r"|(?:were|was) (?:cured|lost|withdrawn|excluded|hospitali[sz]ed|readmitted|dead|alive|infected)"
    r"|(?:had|reported|achieved|showed) (?!(?:an? |the )?(?:mean|median|average|evaluable|available|complete data|data"
    r"|follow|baseline|measure|lower|higher|greater|longer|shorter|similar|better|worse|fewer|less|more"
    r"|significant)))\b"
)
"""What became of people behind the name of their arm: "47 women given zinc had a stroke"."""
_HAPPENED_IN = re.compile(
    r"\b(?:occurred|seen|observed|developed|diagnosed|detected|experienced|achieved|found|noted|reported)(?: only)?"
    r" (?:in|by|among) (?:only |about |a total of )?$"
)
"""What became of people before their number: "a stroke occurred in 47 women given zinc"."""
_OF_ALL_TEXT = ("the ", "these ", "those ", "all ")
_PART_OF = re.compile(
    rf"(?:[0-9%]|\b{IN_WORDS}|\b(?:one|two)) ?(?:[(\[][^()\[\]]{{1,16}}[)\]] ?)?(?:[a-z-]+ )?(?:out )?of $|[0-9] ?/ ?$"
)
"""A count before a number, which is its total."""
_JOINS = re.compile(
    rf"{_NOUN}(?: [^.;:()0-9]{{0,50}})?,? (?:and|as (?:did|had|were|was)|compared (?:with|to)|versus|vs\.?|but|while"
    r"|whereas)(?: (?:in|by|only|to|with|for|among))*"
)
_AND = re.compile(rf"{_NOUN},? (?:and|versus|vs\.?)(?: in)? ")


def did(text: str, start: int, end: int) -> bool:
    """Whether people of an arm are those of whom something is told, and not all of it.

    Parameters
    ----------
    text : str
    start : int
        Where their number begins.
    end : int
        Where the name of their arm ends.
    """
    if text.endswith(_OF_ALL_TEXT, 0, start):
        return False
    return _DID_SO.match(text, end) is not None or _HAPPENED_IN.search(text, max(0, start - 40), start) is not None


def is_total(text: str, start: int) -> bool:
    """Whether a number is the total of a count before it: "25 of 114 patients on zinc".

    Parameters
    ----------
    text : str
    start : int
        Where the number begins.
    """
    return _PART_OF.search(text, max(0, start - 40), start) is not None


def did_too(text: str, end: int, start: int) -> bool:
    """Whether the same is told of the next number: "47 given zinc had a stroke, as did 30 given placebo".

    Parameters
    ----------
    text : str
    end : int
        Where the name of the arm before ends.
    start : int
        Where the next number begins.
    """
    return _JOINS.fullmatch(text, end, max(end, start - 1)) is not None


def told_at_once(text: str, end: int, start: int) -> bool:
    """Whether what is told of the next number is told of that before it: "47 given zinc and 30 on placebo had".

    Parameters
    ----------
    text : str
    end : int
        Where the name of the arm before ends.
    start : int
        Where the next number begins.
    """
    return _AND.fullmatch(text, end, start) is not None


_A_PART_OF = re.compile(
    rf"(?:(?<![0-9.,])[0-9]{{1,6}}|\b{IN_WORDS})(?: ?[(\[][0-9.]{{1,5}} ?%[)\]])?"
    r"(?:(?: [a-z-]{1,20}){0,3} of(?: the)? | ?/ ?"
    rf"| (?:in|among) | (?:[a-z-]{{1,20}} ){{0,2}}(?:(?!trials|studies|articles|reports|samples){EVENTS}|cases)"
    r"(?: of [a-z-]{1,20})? (?:among|in)(?: the)? )$"
)
_LEADS_TO_ALL = ("of ", " the ", "/", "/ ", "in ", "among ")
_PARTED = re.compile(r"\b(?:and|versus|vs?|compared|than|whereas|while|but)\b")
_OF_THEM = re.compile(r"\bincluding\b|\bof (?:whom|which|these|them)\b")
_LISTED = re.compile(r", [0-9]{1,6}(?: ?[(\[][0-9.]{1,5} ?%[)\]])? (?:of|in|among) $")
"""The next count of a list: "12 falls in 83 given zinc, 15 in 81 given sugar"."""
_CONTRASTED = re.compile(r"\b(?:versus|vs|compared (?:with|to)|than)\b")
_AS_LARGE = 2


def of_parts(prose: Prose, numbers: list[Number]) -> set[int]:
    """Return where two numbers stand side by side of whom a part is told each: they are of two arms, not of all.

    "In 21 of 4,210 given zinc and in 38 of 4,198 given sugar".

    Parameters
    ----------
    prose : Prose
    numbers : list of Number
    """
    of = [
        number
        for number in numbers
        if prose.text.endswith(_LEADS_TO_ALL, 0, number.start)
        and _A_PART_OF.search(prose.text, max(number.sentence[0], number.start - 70), number.start) is not None
    ]
    found = set()
    for one, other in pairwise(of):
        between = prose.text[one.end : other.start]
        alike = one.count <= _AS_LARGE * other.count <= _AS_LARGE**2 * one.count or _CONTRASTED.search(between)
        told = one.digits != other.digits and one.sentence == other.sentence
        if told and alike and (_PARTED.search(between) or _LISTED.search(between)) and not _OF_THEM.search(between):
            found |= {one.start, other.start}
    return found
