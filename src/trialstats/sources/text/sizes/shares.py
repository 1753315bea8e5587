"""Numbers of all that the numbers of arms or of others bear out: their sum, and a part of all who went on."""

from __future__ import annotations

import re

from trialstats.sources.text.groups.model import Sized
from trialstats.sources.text.groups.numbers import PEOPLE, Number
from trialstats.sources.text.groups.prose import Prose

_FEWEST = 20


def of_sentences(prose: Prose, sizes: list[list[Sized]]) -> dict[tuple[int, str], str]:
    """Return what the sizes of a sentence add up to, and of whom: "we traced 143 (72 given zinc, 71 given sugar)".

    Parameters
    ----------
    prose : Prose
    sizes : list of list of Sized
        Of the arms.

    Returns
    -------
    dict of (int, str) to str
        By where the sentence begins and the digits of the sum; the population.
    """
    found: dict[tuple[int, str], str] = {}
    if len(sizes) < 2 or not all(sizes):
        return found
    by_sentence: dict[int, dict[int, list[Sized]]] = {}
    for arm, of in enumerate(sizes):
        for one in of:
            begin = prose.sentences[prose.sentence_at(one.start)][0]
            by_sentence.setdefault(begin, {}).setdefault(arm, []).append(one)
    for begin, told in by_sentence.items():
        if len(told) == len(sizes) and all(len(of) == 1 for of in told.values()):
            total = sum(int(of[0].digits) for of in told.values())
            if total >= _FEWEST:
                found[begin, str(total)] = next(iter(told.values()))[0].population
    return found


_OPENS = re.compile(
    r" (?:[(\[](?![0-9.]+ ?%)|(?:met|fulfilled|satisfied|received|underwent|of (?:these|those|them|whom))\b)"
)


def opens_parts(text: str, number: Number) -> bool:
    """Whether a number is followed by its parts, or by why they took part: "143 (72 given zinc, 71 given sugar)".

    Parameters
    ----------
    text : str
    number : Number
    """
    return _OPENS.match(text, number.end) is not None


_WENT_ON = re.compile(
    rf"(?: ?/ ?| (?:out )?of (?:the |all )?)(?P<all>[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]{{2,6}})"
    rf"(?: (?:[a-z-]+ ){{0,2}}{PEOPLE})?(?: ?[(\[][0-9.]{{1,5}} ?%[)\]])?(?: {PEOPLE})? (?:completed|finished)"
    r" (?:the |all |both )?(?:[a-z0-9-]+ ){0,3}?(?:study|trial|interventions?|treatment|protocol|follow"
    r"|program(?:me)?|assessments?|visits?|questionnaires?)\b"
)
_MOST = 0.5


def completed_of(text: str, number: Number, known: set[str]) -> bool:
    """Whether a number says how many of all completed: "61 of 70 (87%) completed the trial".

    Parameters
    ----------
    text : str
    number : Number
    known : set of str
        The digits of the numbers of all that were found.
    """
    if not text.startswith((" of ", " out of ", "/", " / "), number.end):
        return False
    found = _WENT_ON.match(text, number.end)
    if found is None:
        return False
    whole = found["all"].replace(",", "")
    return whole in known and _MOST * int(whole) <= number.count <= int(whole)
