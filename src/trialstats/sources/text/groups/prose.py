"""The text in which groups are looked for: its sentences, and a copy without what stands in brackets."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from trialstats.sources.text.groups.regimens import without_schedules
from trialstats.sources.text.tokens.document import Document

MASK = "\x01"
"""Stands for each character inside brackets where a sentence is cut."""
ALONE = "alone"
NOT = "not"
"""Heads of arms without words of their own: "A with or without B", "A or not"."""
_LONGEST_BRACKET = 600
_COUNTED = 20000


def word_set(words: str) -> frozenset[str]:
    """Return the words of a row."""
    return frozenset(words.split())


@dataclass(slots=True)
class Phrase:
    """The words that introduce one arm.

    Attributes
    ----------
    start, end : int
        Their place.
    head : str
        A drug that they leave out because the arm before has it; `ALONE` or `NOT` for an arm without words of its own.
    common : str
        What they leave out because all arms have it: "A plus either B or C".
    unit : str
        Of an arm that is a dose: its unit, which may stand behind a later dose.
    added : str
        What the arms of "A with (n = 9) or without (n = 8) B" have or lack.
    schedule : str
        How often it is given, of arms that differ in this only: "every 4 weeks".
    """

    start: int
    end: int
    head: str = ""
    common: str = ""
    unit: str = ""
    added: str = ""
    schedule: str = ""


@dataclass(slots=True)
class Prose:
    """A text in lower case with its sentences.

    Attributes
    ----------
    text : str
    flat : str
        A copy in which the insides of brackets are masked.
    cased : str
    sentences : list of tuple of int
    lettered : list of tuple of int
        Places of "group A", "arm 2" and the like.
    """

    text: str
    flat: str
    cased: str
    sentences: list[tuple[int, int]]
    lettered: list[tuple[int, int]] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _counts: dict[str, int] = field(default_factory=dict)

    def sentence_at(self, place: int) -> int:
        """Return the number of the sentence at a place."""
        return max(0, bisect_right(self._starts, place) - 1)

    def count(self, words: str) -> int:
        """Return how often words stand in the text, as far as its first pages tell."""
        known = self._counts.get(words)
        if known is None:
            known = self._counts[words] = self.text.count(words, 0, _COUNTED)
        return known

    def count_joined(self, words: str) -> int:
        """Return how often words stand in the text, with spaces or hyphens between them."""
        return self.count(words) + (self.count(words.replace(" ", "-")) if " " in words else 0)

    def words(self, phrase: Phrase) -> str:
        """Return the words of a phrase."""
        return self.text[phrase.start : phrase.end]


def read_prose(document: Document) -> Prose:
    """Return the lower-case text with its sentences, and its copy without the insides of brackets."""
    text = document.tokens.text
    ends = [document.tokens.starts[index] for index in document.sentence_ends]
    if not ends or ends[-1] < len(text) - 1:
        ends.append(len(text))
    # Registers of abstracts join their parts so: "... was 5 mg.; Patients were ...".
    ends = sorted({*ends, *(at + 1 for at in places_in(text, ".; "))}) if ".; " in text else ends
    ends = [end for end in ends if not _shortened(text, document.cased, end)]
    starts = [0, *(end + 1 for end in ends[:-1])]
    lettered = [
        (at, match.end())
        for at in sorted(places_of(text, ("group", "arm", "cohort", "regimen")))
        if (match := _LETTERED.match(text, at)) is not None
    ]
    return Prose(
        text,
        without_schedules(_without_doses(masked(text)), MASK),
        document.cased,
        list(zip(starts, ends, strict=True)),
        lettered,
        starts,
    )


def _shortened(text: str, cased: str, end: int) -> bool:
    """Whether the point at an end is one of "10 mg b.i.d. (n = 71)"."""
    if not (text[end - 2 : end - 1] == "." and text[end - 1 : end].isalpha() and text[end : end + 1] == "."):
        return False
    following = cased[end + 2 : end + 3]
    return bool(following) and not following.isupper()


_LETTERED = re.compile(r"(?:group|arm|cohort|regimen)[ -](?:[a-z]|[a-h][1-8]|[1-8]|i{1,3}v?)\b(?![-'])")


def places_in(text: str, part: str) -> Iterator[int]:
    """Yield the places of a part of a text."""
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + len(part))


def places_of(text: str, words: Iterable[str]) -> Iterator[int]:
    """Yield the places of words that begin where no other word is going on."""
    for word in words:
        at = text.find(word)
        while at >= 0:
            if not at or not text[at - 1].isalnum():
                yield at
            at = text.find(word, at + len(word))


_UNITS = r"(?:mg|g|mcg|[uµμ]g|iu|ml|gy|units)"
# "zinc, 5 mg/kg by vein, on days 2 and 9 plus iron, 20 mg, or zinc alone": how each is given
_GIVEN = re.compile(
    rf", [0-9][0-9.,]* ?{_UNITS}(?:/[a-z0-9]+|/m\(\x01\))?"
    r"(?: (?:orally|intravenously|subcutaneously|intramuscularly|iv|po|daily|twice daily|once daily|twice a day|weekly"
    r"|every [0-9a-z]+ (?:weeks|days|hours))){0,3}"
    r"(?:,? on days? [0-9]+(?:(?:, | and |-| to )[0-9]+){0,6}(?: of (?:an?|each|every) [0-9]+-day cycles?)?)?"
    r",?(?= (?:plus|and|with|followed by|combined with) (?:[a-z-]+ ){0,2}[a-z-]{4,}| or [a-z-]{4,} alone\b)"
)


def _without_doses(flat: str) -> str:
    """Mask the dose between a name and what is given with it."""
    if "mg" not in flat and "gy" not in flat:
        return flat
    return _GIVEN.sub(lambda found: MASK * len(found[0]), flat)


_BRACKET = re.compile(r"[()\[\]]")


def masked(text: str) -> str:
    """Return a text of the same length with the insides of its brackets masked."""
    parts: list[str] = []
    depth = done = opened = 0
    for found in _BRACKET.finditer(text):
        at = found.start()
        if depth and at - opened > _LONGEST_BRACKET:
            depth = 0
        if found[0] in "([":
            if depth == 0:
                opened = at
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                parts += text[done : opened + 1], MASK * (at - opened - 1)
                done = at
    parts.append(text[done:])
    return "".join(parts)
