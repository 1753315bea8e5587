"""Read a second change told "from ... to", and say what measures a time by the words behind it."""

from __future__ import annotations

import re

from trialstats.sources.text.values.numbers import Numbers
from trialstats.sources.text.words.of_measures import TIME

_MEASURES = ("mean", "median")
_AGAIN = re.compile(r"[av]w(?P<a>d)u?t(?P<b>d)")


def read_changes_again(numbers: Numbers) -> None:
    """Read the second of two changes: "fell from 8.1 to 6.0 days with tea and from 9.2 to 5.5 days with milk".

    Parameters
    ----------
    numbers : Numbers
    """
    document = numbers.document
    for found in _AGAIN.finditer(document.letters):
        first, second = found.start("a"), found.start("b")
        if document.tokens[first - 1] != "from" or not (numbers.free(first) and numbers.free(second)):
            continue
        if numbers.is_design(first) or not numbers.unit(second):
            continue
        measure = _changed_before(numbers, first, numbers.unit(second))
        if measure:
            for token in (first, second):
                value = numbers.single(token, measure)
                value.unit = numbers.unit(second)
                numbers.add(value)


def _changed_before(numbers: Numbers, token: int, unit: str) -> str:
    """Return the measure of an earlier pair in the sentence that is told by "from" and "to" in the same unit."""
    document, begin = numbers.document, numbers.document.sentence(token)[0]
    for one in reversed(numbers.found):
        if begin <= one.value < token and one.measure in _MEASURES and document.tokens[one.value - 1] == "to":
            return one.measure if numbers.unit(one.value) == unit else ""
    return ""


_FOLLOW_UP = re.compile(r" [a-z]{1,8}'? (?:of )?(?:median|mean|average) (?:duration of )?follow")


def measure_behind(numbers: Numbers, token: int) -> str:
    """Return "median" or "mean" for a time whose words stand behind it: "at 21.5 months median follow-up".

    Parameters
    ----------
    numbers : Numbers
    token : int
    """
    if numbers.unit(token) not in TIME or (found := _FOLLOW_UP.match(numbers.after(token))) is None:
        return ""
    return "median" if "median" in found[0] else "mean"
