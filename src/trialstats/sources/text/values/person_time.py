"""Read what a rate is counted per, and the events and the person-time that it is printed with."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

from trialstats.sources.text.tokens.document import Document, Interval
from trialstats.sources.text.values.events_over_time import Events, events_over_time, person_times
from trialstats.sources.text.values.numbers import Numbers, Value
from trialstats.sources.text.words.of_person_time import (
    COUNTED_PER,
    PER,
    TIME,
    is_of_people,
    speaks_of_person_time,
    unit_in_words,
)
from trialstats.sources.text.words.of_values import EVENTS

_FARTHEST = 150
_UP_TO_UNIT = re.compile(r"[ %)\]]{0,3}(?:[a-z-]{3,20}(?: |$)){0,3}")


def unit_of_rate(document: Document, first: int, number: int, last: int = -1) -> str:
    """Return what a rate is counted per, behind its number or before it in its sentence: ``per 100 person-years``.

    Parameters
    ----------
    document : Document
    first : int
        First token of the rate.
    number : int
        Its number.
    last : int, optional
        The last of its bounds, behind which its unit may stand too.

    Examples
    --------
    >>> from trialstats.sources.text.tokens.document import read_tokens
    >>> unit_of_rate(read_tokens("It was 2.3 events/1000 patient-years."), 2, 2)
    'per 1000 patient-years'
    """
    text, starts, ends = document.tokens.text, document.tokens.starts, document.tokens.ends
    for token in (number, last):
        behind = PER.search(text, ends[token], ends[token] + 60) if token >= 0 else None
        if behind is not None and _UP_TO_UNIT.fullmatch(text, ends[token], behind.start()):
            return unit_in_words(behind)
    begin = max(starts[document.sentence(first)[0]], starts[first] - 2 * _FARTHEST)
    before = list(PER.finditer(text, begin, starts[first]))
    return unit_in_words(before[-1]) if before else ""


@dataclass(frozen=True, slots=True)
class _Told:
    """Events and their person-time, as tokens."""

    x: int
    n: int
    events: Events


def fits(unit: str, time: str) -> bool:
    """Whether a rate per so much may be of such a time: that of catheters is not that of patients."""
    return not unit.startswith("per ") or is_of_people(unit) == is_of_people(time)


def _told(document: Document, sentence: tuple[int, int]) -> list[_Told]:
    """Return the events of a sentence that stand with the person-time they are of."""
    starts, letters, (first, stop) = document.tokens.starts, document.letters, sentence
    found = []
    for one in events_over_time(document.tokens.text, starts[first], document.tokens.ends[min(stop, len(starts)) - 1]):
        x, n = (bisect_left(starts, place[0]) for place in (one.x, one.n))
        if letters[x : x + 1] in ("d", "k") and letters[n : n + 1] == "d" and document.digits(x).isdecimal():
            found.append(_Told(x, n, one))
    return found


def read_events_over_time(numbers: Numbers) -> None:
    """Read events with the person-time they are of: "48 falls over 1,210 patient-years"; the time is their ``n``.

    Parameters
    ----------
    numbers : Numbers
    """
    document = numbers.document
    text = document.tokens.text
    if not speaks_of_person_time(text):
        return
    begin = 0
    while begin < len(document):
        sentence = document.sentence(begin)
        for one in _told(document, sentence):
            if document.used[one.x] or document.used[one.n] or numbers.is_design(one.x):
                continue
            first, last = sorted((one.x, one.n))
            numbers.add(Value("count", one.x, first, last, x=one.x, n=one.n, unit=one.events.unit))
        begin = max(begin, sentence[1]) + 1
    for amount in person_times(text, 0, len(text)):
        token = bisect_left(document.tokens.starts, amount.start("n"))
        document.used[token] = document.used[token] or 2  # how long patients were followed, all together


_RATED = re.compile(
    r"\b(?:annuali[sz]ed|annual|yearly|incidence|event|relapse|infection|fracture|cancer|exacerbation|attack|bleeding|mortality|death"
    r"|hospitali[sz]ation|admission|recurrence|fall|seizure|episode) rates?\b[^.;()0-9]{0,60}?\b(?:was|were|of)"
    r" (?:(?:about|approximately|only|estimated) )*$"
)


_PER_TIME_WAS = re.compile(rf"{PER.pattern}(?: (?:was|were|of)|:)? (?:only |about |approximately )?$")
"""What leads to a rate: "deaths per 100 patient-years were"."""
_OF_ONE_ARM = re.compile(rf"\b{COUNTED_PER}(?:[^.;:]|\.(?=[0-9])){{2,130}}[(\[]$")
"""What leads to the rate of one arm: "the number of falls per patient-year was lower in the tea group (0.5)"."""


def is_rated(numbers: Numbers, token: int, before: str) -> bool:
    """Whether a number with decimals is a rate that words name before it: "the annualized relapse rate was 0.19".

    Parameters
    ----------
    numbers : Numbers
    token : int
    before : str
        The words of its sentence before it.
    """
    if numbers.document.decimals(token) == 0 or numbers.unit(token):
        return False
    if ("per " in before or "/" in before) and _PER_TIME_WAS.search(before[-60:]):
        return True
    alone = before.endswith(("(", "[")) and numbers.document.letters[token + 1 : token + 2] == ")"
    if alone and _OF_ONE_ARM.search(before):
        return True
    return "rate" in before and _RATED.search(before) is not None


_WITH_EVENTS = (
    rf"(?:[^0-9.;()\[\]]{{0,50}}{PER.pattern})?[^0-9.;()\[\]]{{0,50}}[(\[](?:n ?= ?)?[0-9]{{1,6}} [a-z -]{{3,30}}[)\]]"
)
_SECOND_RATE = re.compile(
    rf"{_WITH_EVENTS}[^0-9.;()\[\]]{{0,60}}\b(?:and|versus|vs\.?|v|compared with)\b[^0-9.;()\[\]]{{0,40}}(?<![a-z-])"
    r"(?P<v>[0-9]{1,4}(?:\.[0-9]{1,3})?)(?=[^0-9.;()\[\]]{0,50}[(\[](?:n ?= ?)?[0-9]{1,6} [a-z])"
)


def read_second_rates(numbers: Numbers) -> None:
    """Read the second of two rates told with their events: "8.1 (47 events) with zinc and 3.7 (15 events) without".

    Parameters
    ----------
    numbers : Numbers
    """
    document = numbers.document
    for rate in [value for value in numbers.found if value.measure == "rate"]:
        found = _SECOND_RATE.match(document.tokens.text, document.tokens.ends[rate.value])
        if found is None:
            continue
        token = bisect_left(document.tokens.starts, found.start("v"))
        alike = document.letters[token] == "d" and document.decimals(token) == document.decimals(rate.value)
        if alike and numbers.free(token) and document.sentence(token) == document.sentence(rate.value):
            value = numbers.single(token, "rate")
            value.unit = rate.unit
            numbers.add(value)


def read_person_time(document: Document, interval: Interval) -> None:
    """Give a rate with an interval its unit, and the events and person-time of its sentence."""
    text, starts, ends = document.tokens.text, document.tokens.starts, document.tokens.ends
    number = interval.estimate if interval.estimate >= 0 else interval.lower
    interval.unit = (
        interval.unit if interval.unit == "%" else unit_of_rate(document, interval.first, number, interval.upper)
    )
    begin, end = starts[interval.first], ends[max(interval.last, interval.upper)]
    for one in _told(document, document.sentence(interval.first)):
        if document.used[one.x] or document.used[one.n] or not fits(interval.unit, one.events.unit):
            continue
        gap = (one.events.end, begin) if one.events.end <= begin else (end, one.events.begin)
        if gap[0] < gap[1] and _BETWEEN.fullmatch(text, *gap) is None:
            continue
        interval.x, interval.n = one.x, one.n
        document.used[one.x] = document.used[one.n] = 1
        interval.first, interval.last = min(interval.first, one.x, one.n), max(interval.last, one.x, one.n)
        return


# No other number, but one in a name: "on 3HP ("
_BETWEEN = re.compile(r"(?:[^0-9.;]|\b[ie]\.[eg]\.|(?<![0-9.])[0-9]{1,2}(?=-?[a-z]{2})){0,90}")
_EVENTS_BEFORE = re.compile(r"(?P<x>d)w{1,6}\($")
_EVENTS = re.compile(r" (?:[a-z-]{1,20} ){0,4}[a-z-]{2,20}s \(")


def _give_events(document: Document, rate: Value, counts: Mapping[int, Value], taken: set[int]) -> None:
    """Give a rate in brackets the events right before it, "336 falls (22.4 per 100 patient-years)", or behind it."""
    last = -1
    found = _EVENTS_BEFORE.search(document.letters, max(0, rate.first - 8), rate.first)
    if found is None and document.letters[rate.first - 2 : rate.first] == "d(":
        x = rate.first - 2
    elif found is not None and _EVENTS.fullmatch(
        document.tokens.text, document.tokens.ends[found.start("x")], document.tokens.starts[rate.first]
    ):
        x = found.start("x")
    else:
        x, last = _events_behind(document, rate)
    if x < 0:
        return
    if x in taken or (document.used[x] and x not in counts) or not document.digits(x).isdecimal():
        return
    rate.x, rate.first, rate.last = x, min(rate.first, x), max(rate.last, last)
    taken.add(x)
    document.used[x] = 1


_EVENTS_BEHIND = re.compile(
    rf"(?: ?%)?[^0-9.;()\[\]]{{0,70}}[(\[](?P<x>[0-9]{{1,6}}) (?:[a-z-]{{1,20}} ){{0,3}}(?:{EVENTS}|cases|patients)\b"
    r"[^0-9.;()\[\]]{0,40}(?=[)\]])"
)


def _events_behind(document: Document, rate: Value) -> tuple[int, int]:
    """Return the events in brackets behind a rate and its arm, and their last word: "3.2 with zinc (84 falls)"."""
    text, ends = document.tokens.text, document.tokens.ends
    unit = PER.search(text, ends[rate.value], ends[rate.value] + 60)
    last = unit.end() if unit is not None and _UP_TO_UNIT.fullmatch(text, ends[rate.value], unit.start()) else -1
    found = _EVENTS_BEHIND.match(text, max(last, ends[rate.last]))
    if found is None:
        return -1, -1
    starts = document.tokens.starts
    return bisect_left(starts, found.start("x")), bisect_left(starts, found.end()) - 1


def _give_over_time(document: Document, rate: Value, every: list[Value]) -> Value | None:
    """Give a rate the events and person-time beside it; return the count that they were."""
    text, starts, ends = document.tokens.text, document.tokens.starts, document.tokens.ends
    sentence = document.sentence(rate.value)
    near = []
    for one in every:
        if document.sentence(one.value) != sentence or not fits(rate.unit, one.unit):
            continue
        begin, end = starts[one.first], _end_of_time(document, one)
        unit = PER.search(text, ends[rate.value], ends[rate.value] + 60)
        last = unit.end() if unit is not None and unit.end() <= begin else ends[rate.last]
        gap = (
            text[last:begin] if begin >= last else text[end : starts[rate.first]] if end <= starts[rate.first] else "."
        )
        gap = "" if one.x < rate.first and rate.last < one.n else gap  # "12 in all (0.4 per 100 dog-years; 3000"
        if len(gap) <= _FARTHEST and _BETWEEN.fullmatch(gap):
            near.append((not (gap.endswith("(") and end <= starts[rate.first]), one))
    if not near:
        return None
    _, found = min(near, key=itemgetter(0))
    rate.x, rate.n = found.x, found.n
    rate.first, rate.last = min(rate.first, found.first), max(rate.last, found.last)
    return found


def _end_of_time(document: Document, one: Value) -> int:
    """Return where the words for events and their time end."""
    text, end = document.tokens.text, document.tokens.ends[one.last]
    unit = _TIME_NEXT.match(text, end) if one.last == one.n else None
    return end if unit is None else unit.end()


_TIME_NEXT = re.compile(rf" ?-?{TIME}")


def rates_with_events(document: Document, values: Sequence[Value]) -> list[Value]:
    """Return the results without an interval, rates with their unit and with the events and person-time beside them.

    Parameters
    ----------
    document : Document
    values : sequence of Value
    """
    rates = [value for value in values if value.measure == "rate"]
    if not rates:
        return list(values)
    counts = {value.value: value for value in values if value.measure == "count" and value.n < 0 and not value.spread}
    over_time = [value for value in values if is_over_time(value)]
    taken: set[int] = set()
    held: set[int] = set()
    for rate in rates:
        if rate.unit != "%":
            rate.unit = unit_of_rate(document, rate.first, rate.value)
    for one, other in pairwise(sorted(rates, key=lambda rate: rate.first)):
        if document.letters[one.last + 1 : other.first].strip("wu") == "v":
            one.unit = one.unit or other.unit
            held |= {one.value, other.value}
    for rate in rates:
        if rate.value in held:
            continue  # "97 over 1438 patient-years with control (3.96 v 6.75": the nearest rate is the other arm's
        given = _give_over_time(document, rate, [one for one in over_time if one.value not in taken])
        if given is not None:
            taken.add(given.value)
        else:
            _give_events(document, rate, counts, taken)
    return [value for value in values if value.measure != "count" or value.value not in taken]


def is_over_time(value: Value) -> bool:
    """Whether a count is of events with the person-time that they are of."""
    return value.measure == "count" and value.n >= 0 and bool(value.unit)
