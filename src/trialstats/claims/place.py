"""What every statement of a paper may have: where it stands, and what the keeper of a trial file expects of it."""

from __future__ import annotations

from dataclasses import dataclass

from trialstats.errors import NotTextError
from trialstats.reported import Reported


@dataclass(frozen=True, slots=True)
class Place:
    """Where a claim stands.

    Attributes
    ----------
    section : str or None
        Section of the abstract or report.
    line : int or None
        Line of the trial file.
    start, end : int or None
        Offsets in the text as given.
    quote : str or None
        The words themselves, where they were kept.
    """

    section: str | None = None
    line: int | None = None
    start: int | None = None
    end: int | None = None
    quote: str | None = None
    numbers: tuple[tuple[str, int, int], ...] = ()
    """Where each number of the claim stands: its name (``value``, ``lower``, ``x``, ``p``), first, last offset."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """The verdict that the keeper of a trial file expects for a claim, and why."""

    verdict: str
    reason: str
    check: str | None = None


def refuse_other_than_printed(*numbers: object) -> None:
    """Refuse a number of a claim that is not as printed."""
    for number in numbers:
        if number is not None and not isinstance(number, Reported):
            raise NotTextError(
                f"A printed number of a claim is a Reported, got {number!r} ({type(number).__name__}); "
                f"write Reported({str(number)!r})."
            )


@dataclass(frozen=True, slots=True)
class TableSum:
    """What a table prints as the sum of the cells above it: the name of the cell, what is added up, the sum."""

    id: str
    parts: tuple[Reported, ...]
    whole: Reported
    where: Place = Place()
