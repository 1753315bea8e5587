"""Read the second of two of a kind: the lower reading of a blood pressure, another change "from ... to"."""

from __future__ import annotations

import re

from trialstats.sources.text.values.numbers import Numbers
from trialstats.sources.text.words.of_measures import TIME

_TWO_READINGS = re.compile(r"(?P<a>d)/(?P<b>d)u")
_PRESSURES = frozenset(("mm", "mmhg"))
_MEASURES = ("mean", "median", "difference")
_AGAIN = re.compile(r"[av]w(?P<a>d)u?t(?P<b>d)")


def read_second_readings(numbers: Numbers) -> None:
    """Read both readings of a blood pressure: "mean pressure was 151.2/93.4 mm Hg".

    Parameters
    ----------
    numbers : Numbers
    """
    document = numbers.document
    for found in _TWO_READINGS.finditer(document.letters):
        high, low = found.start("a"), found.start("b")
        measure = numbers.measures.get(high)
        if measure not in _MEASURES or document.tokens[low + 1] not in _PRESSURES or not numbers.free(low):
            continue
        begin, end = document.sentence(high)
        alone = len(_TWO_READINGS.findall(document.letters, begin, end)) == 1  # of two pressures the order is not told
        if alone and document.value(low) < document.value(high):
            numbers.add(numbers.single(low, measure))


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
        if begin <= one.value < token and one.measure in _MEASURES[:2] and document.tokens[one.value - 1] == "to":
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
