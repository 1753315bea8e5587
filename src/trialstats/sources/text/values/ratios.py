"""Read a second ratio that stands without an interval, and leave out ratios and counts with a unit."""

from __future__ import annotations

import re

from trialstats.sources.text.values.numbers import Numbers, Value
from trialstats.sources.text.words.of_measures import RATIOS

_P = r"(?:,? ?[(\[]?p ?[<>=≤≥]{1,2} ?0?\.[0-9]{1,6}[)\]]?)?"
_OF_WHAT = r"(?: (?:for|in|with|among|at|on|of) (?:the )?[^.;:()\[\]0-9]{2,60}?)"
_TO_THE_NEXT = re.compile(rf"{_OF_WHAT}?{_P},?(?: and| but)?(?: (?:it )?was)?(?: only)? ")
_NEXT_ENDS = re.compile(rf"(?:{_OF_WHAT}{_P}|{_P})(?:[.;,)\]]|,? (?:and|but|respectively)\b|$)")
_NUMBER = re.compile(r"d")
_REACH = 30
"""Tokens within which the second of two ratios stands."""
_NO_UNIT_OF_COUNT = frozenset(
    ("mg", "g", "kg", "mm", "cm", "ml", "year", "years", "month", "months", "week", "weeks", "day", "days", "h", "%")
)


def read_second_ratios(numbers: Numbers) -> None:
    """Read "the hazard ratio was 0.54 for men (P = .03) and 0.50 for women (P = .02)".

    Parameters
    ----------
    numbers : Numbers
    """
    document = numbers.document
    text, tokens = document.tokens.text, document.tokens
    for one in numbers.found:  # grows: the second leads to a third
        if one.measure not in RATIOS or one.value < 0 or one.lower >= 0 or document.decimals(one.value) == 0:
            continue
        last = min(document.sentence(one.value)[1], one.value + _REACH)
        for found in _NUMBER.finditer(document.letters, one.last + 1, last):
            token = found.start()
            if not numbers.free(token) or document.decimals(token) != document.decimals(one.value):
                continue
            if "P" in document.letters[token - 2 : token]:
                continue
            between = text[tokens.ends[one.last] : tokens.starts[token]]
            led = _TO_THE_NEXT.fullmatch(between) is not None and between.strip(" ,") != ""
            if led and _NEXT_ENDS.match(numbers.after(token, 110)) and not numbers.unit(token):
                numbers.add(numbers.single(token, one.measure))
            break


_AVERAGE = re.compile(r"\b(mean|median)\b[^.;,0-9]{0,40} of $")


def without_impossible(numbers: Numbers) -> list[Value]:
    """Return the results but those with a unit that cannot have one: an odds ratio of "500 ml", a count of "40 mg".

    Parameters
    ----------
    numbers : Numbers
    """
    return [one for one in numbers.found if not _is_impossible(numbers, one)]


def _is_impossible(numbers: Numbers, one: Value) -> bool:
    """Whether a unit stands behind what has none; "a mean follow-up of four years" is made the mean it is."""
    if one.measure in RATIOS:
        return one.unit not in ("", "%") and one.lower < 0
    if one.measure != "count" or one.n >= 0 or one.unit not in _NO_UNIT_OF_COUNT:
        return False
    average = _AVERAGE.search(numbers.before(one.value))
    if average is not None:
        one.measure = average[1]
    return average is None
