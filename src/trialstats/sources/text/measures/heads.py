"""Say what a number in a table within a text measures, from the head of its column."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialstats.sources.text.tokens.document import Document, Interval
from trialstats.sources.text.words.of_measures import named_in

_MOST_LINES = 60
_RESULT = re.compile(r"[0-9] ?%? ?[(\[]-?[0-9.]")
_PER_CENT = re.compile(r"(?<![0-9])(?<![0-9] )%|\bper ?cent")
_INTERVAL = re.compile(r"\bci\b|confidence|\b(?:risk|odds|hazard|rate)s? ratio|differences?\b|efficacy")
_OF_SHARE = {"share": "proportion", "ratio": "other", "noun": "difference"}
_IN_PER_CENT = frozenset(("proportion", "survival", "difference", "relative-reduction", "mean", "median", "other"))


def measure_of_head(document: Document, interval: Interval, number: int) -> str | None:
    """Return what the head of a column names, for an interval in a cell below it.

    Parameters
    ----------
    document : Document
        With lines of cells between bars or tabulators.
    interval : Interval
        With its unit.
    number : int
        Where its first number begins in the text.

    Returns
    -------
    str or None
        A measure, or None where the number stands in no such table or its head names no measure.
    """
    for begin, end in _heads(document.raw, number):
        kinds = [kind for kind, _, _ in named_in(document, begin, end) if kind != "verb"]
        if not kinds and interval.unit == "" and _PER_CENT.search(document.tokens.text, begin, end) is not None:
            interval.unit = "%"
            return "proportion"
        if kinds:
            measure = "median" if "median" in kinds and kinds[-1] == "survival" else kinds[-1]
            measure = _OF_SHARE.get(measure, measure)
            return measure if interval.unit != "%" or measure in _IN_PER_CENT else None
    return None


def says_interval(document: Document, number: int) -> bool:
    """Whether the head of a column says that the bounds below it are those of a confidence interval."""
    return any(_INTERVAL.search(document.tokens.text, begin, end) for begin, end in _heads(document.raw, number))


_P_WITH_INTERVAL = re.compile(r"\bp(?:[ -]?values?)?(?: ?[a-e])? ?[(\[](?:9\d ?% ?)?(?:ci|confidence)")


def says_p_value(document: Document, number: int) -> bool:
    """Whether the head of a column says that a P value stands before the bounds: "P (95% CI)"."""
    return any(_P_WITH_INTERVAL.search(document.tokens.text, *cell) for cell in _heads(document.raw, number))


def _heads(text: str, place: int) -> Iterator[tuple[int, int]]:
    """Yield the places of the cells above a place that stand at the head of its column, the nearest first."""
    cells = _cells(text, place)
    if len(cells) < 2:
        return
    column = next(number for number, (_, end) in enumerate(cells) if place <= end)
    heads: list[list[tuple[int, int]]] = []
    at = cells[0][0] - 1
    for _ in range(_MOST_LINES):
        if at <= 0:
            break
        above = _cells(text, at)
        if len(above) < 2:
            break
        is_head = _RESULT.search(text, above[0][0], above[-1][1]) is None
        heads = [*heads, above] if is_head else []
        at = above[0][0] - 1
    for found in heads:
        above = _without_empty_ends(text, found, len(cells))
        # Cells of a head may span several columns: they are counted from the right then.
        number = column if len(above) == len(cells) else len(above) - (len(cells) - column)
        if 0 < number < len(above):
            yield above[number]


def _without_empty_ends(text: str, row: list[tuple[int, int]], columns: int) -> list[tuple[int, int]]:
    """Return the cells of a row without the empty ones at its end that a row of so many columns has not."""
    while len(row) > columns and not text[slice(*row[-1])].strip():
        row = row[:-1]
    return row


def _cells(text: str, place: int) -> list[tuple[int, int]]:
    """Return where the cells of the line at a place begin and end."""
    begin = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    end = len(text) if end < 0 else end
    mark = "|" if text.find("|", begin, end) >= 0 else "\t"
    cells = []
    while begin <= end:
        stop = text.find(mark, begin, end)
        stop = end if stop < 0 else stop
        cells.append((begin, stop))
        begin = stop + 1
    return cells
