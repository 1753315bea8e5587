"""What is read of the groups of a trial: their names, their sizes, and where the text speaks of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from operator import attrgetter


@dataclass(frozen=True, slots=True)
class Sized:
    """A printed number of patients.

    Attributes
    ----------
    digits : str
        Plain digits, without separators; number words as digits.
    start, end : int
        Offsets of the bare number in the text.
    population : str
        randomised, treated, evaluable, analysed, completed, enrolled, included, screened or clusters.
    """

    digits: str
    start: int
    end: int
    population: str


@dataclass(frozen=True, slots=True)
class Group:
    """One arm of a trial.

    Attributes
    ----------
    label : str
        In the words of the text.
    names : tuple of str
        Lower-case names by which the text may mention it.
    sizes : tuple of Sized
    role : str or None
        experimental, control, or nothing where the text does not tell.
    told : int
        Where the list of arms has it; -1 where it is of no list.
    """

    label: str
    names: tuple[str, ...]
    sizes: tuple[Sized, ...]
    role: str | None
    told: int = -1


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where the text speaks of one arm.

    Attributes
    ----------
    group : int
        Index of the arm.
    start, end : int
        Offsets in the text.
    """

    group: int
    start: int
    end: int

    def names_number(self, text: str, place: int) -> bool:
        """Whether a number in its words is of the name: "10 mg", "ABC 400", and no size of the arm.

        Parameters
        ----------
        text : str
        place : int
            Where the number begins.
        """
        return place == self.start or (self.start < place < self.end and not _is_size(text, place))


@dataclass(frozen=True, slots=True)
class Groups:
    """The arms of a trial, the sizes of the whole, and every mention of one arm.

    Attributes
    ----------
    arms : tuple of Group
        By first mention.
    whole : tuple of Sized
    mentions : tuple of Mention
        Sorted by start, not overlapping.
    sure : bool
        Whether the text says that they are arms; otherwise its results must bear it out.
    apart : tuple of int
        Where other numbers of people begin: of part of an arm, or of what is none.
    """

    arms: tuple[Group, ...]
    whole: tuple[Sized, ...]
    mentions: tuple[Mention, ...]
    sure: bool = True
    apart: tuple[int, ...] = ()

    @property
    def listed(self) -> tuple[int, ...]:
        """Return the arms in the order in which the text lists them, or as they are where it does not."""
        return tuple(sorted(range(len(self.arms)), key=lambda arm: self.arms[arm].told))

    def has_dose_at(self, text: str, place: int) -> bool:
        """Whether a number is of the name of an arm ("ABC 400") or the dose by which it is named, and no result.

        Parameters
        ----------
        text : str
        place : int
            Where the number begins.
        """
        if not text[place].isdigit():
            return False
        at = bisect_right(self.mentions, place, key=_start)
        return at > 0 and self.mentions[at - 1].names_number(text, place)


def _is_size(text: str, place: int) -> bool:
    """Whether a number stands behind "n = " or a comma, or before the people that it counts."""
    return _IS_SIZE.search(text, max(0, place - 6), place) is not None or _COUNTS.match(text, place) is not None


_IS_SIZE = re.compile(r"(?:\bn ?[=:]|,) ?$")
_COUNTS = re.compile(
    r"[0-9,]* (?:(?:patients|participants|subjects|women|men|females|males|children|adults|people|infants)\b"
    r"|(?:in|per|to) (?:each|every|group|arm)\b|each\b)"
)


_start = attrgetter("start")
