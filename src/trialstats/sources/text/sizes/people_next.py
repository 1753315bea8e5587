"""The word for people behind a number: "264 previously untreated patients", "58 healthy 6- to 9-year-old children"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from trialstats.sources.text.groups.numbers import PEOPLE
from trialstats.sources.text.groups.prose import word_set

_PEOPLE_SET = frozenset(PEOPLE[3:-1].split("|"))
_NO_ADJECTIVE = word_set(
    "of to in were was had have or and with received versus vs v for month months day days week weeks year years hour"
    " hours mg g ml minute minutes cycle cycles trial trials studies at on by from who did per than reported"
    " experienced"
    " died among points percentage percent calls periods visits items"
)
_BRACKET_NEXT = re.compile(r" \([^()]{1,30}\)")
_WORD = re.compile(r" (?:[a-z]\. (?=[a-z]{3}))?([\w'/+-]+)(,?)")
"""A word, be it one of a name that is cut short: "31 E. coli-positive women"."""


@dataclass(slots=True)
class People:
    """A word for patients behind a number.

    Attributes
    ----------
    noun : str
    end : int
        Where it ends.
    """

    noun: str
    end: int


def people_next(text: str, at: int, stop: int) -> People | None:
    """Return the word for patients that a number counts: "264 previously untreated, operable patients".

    Parameters
    ----------
    text : str
    at : int
        Where the number ends.
    stop : int
        Where the word must end.
    """
    listed = False
    for step in range(11):
        aged = _AGE_NEXT.match(text, at, stop) if step < _AGE_STEPS else None
        if aged is not None:
            at = aged.end()
            continue
        bracket = _BRACKET_NEXT.match(text, at, stop) if step in (0, 1, 2) else None
        if bracket is not None:
            at = bracket.end()
        found = _WORD.match(text, at, stop)
        if found is None:
            return None
        if found[1] in _NO_ADJECTIVE and not (
            found[1] == "and"
            and (listed or (step and text[at - 1] != "-" and _TWO_KINDS.match(text, found.end(1), stop)))
        ):
            return None
        listed |= bool(found[2])
        noun = found[1] if found[1] in _PEOPLE_SET else short_people(text, found[1])
        if noun and _NO_PEOPLE.match(text, found.end(1)) is None and not text.endswith(_OF_DRUGS, 0, found.end(1)):
            return People(noun, found.end(1))
        at = found.end()
    return None


_TWO_KINDS = re.compile(rf" [a-z-]{{3,20}} {PEOPLE}\b")
"""Behind the first of two kinds of people: "61 adolescent and adult patients"."""
_SHORT = re.compile(r"[(\[]([a-z]{2,6})[)\]]")


def short_people(text: str, word: str) -> str:
    """Return the people a text writes a word for: "84 thin RIM", once "resting men (RIM)"; or nothing.

    Parameters
    ----------
    text : str
    word : str
    """
    known = _short_words(text)
    return known.get(word, "") or known.get(f"{word}s", "")


@lru_cache(maxsize=2)
def _short_words(text: str) -> dict[str, str]:
    """Return the short words that a text puts in brackets behind people, with these."""
    found: dict[str, str] = {}
    for short in _SHORT.finditer(text):
        before = text[max(0, short.start() - 24) : short.start()].split()
        if before and before[-1] in _PEOPLE_SET:
            found.setdefault(short[1], before[-1])
    return found


_AGE_NEXT = re.compile(
    r" (?:[0-9]{1,2}(?:-?(?: to |-|–)[0-9]{1,2})?|[0-9]{1,2}- (?:to|and|or) [0-9]{1,2})[- ](?:year|month|week|day)s?"
    r"(?:[- ]olds?)?\b"
    r"| (?:(?:asa|nyha|ecog|child-pugh|american society of anesthesiologists) )?"
    r"(?:(?:physical )?(?:status|class|stages?|grades?|classes)|(?<=asa)|(?<=nyha)) (?:[1-4]|i{1,3}|iv)[abc]?"
    r"(?:(?:-|–|/|, | ?and | ?or | ?to )(?:[1-4]|i{1,3}|iv)[abc]?){0,3}\b"
)
_AGE_STEPS = 3
"""An age before the people, or for how long they are what they are: "58 healthy 6- to 9-year-old children"."""
_OF_DRUGS = tuple(f"{word} classes" for word in ("drug", "drugs", "medication", "agent", "treatment", "functional"))
_NO_PEOPLE = re.compile(r" (?:year|month|week|day|group|arm)")
