"""Read what a rate is counted per, and the events and the person-time that it is printed with."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise

from trialstats.sources.text.document import Document, Interval
from trialstats.sources.text.value_numbers import Value

_FARTHEST = 130
_NUMBER = r"(?P<{}>[0-9]{{1,3}}(?:[ ,][0-9]{{3}}){{1,2}}|[0-9]{{1,9}}(?:\.[0-9]{{1,2}})?)"
_TIME = (
    r"(?:(?P<who>person|patient|woman|women|child|infant|participant|subject|catheter|ventilator|device|line"
    r"|bed|player)s?'?[ -]?"
    r"(?P<time>years?|y|yrs?|months?|weeks?|days?)|(?P<short>py|pys|pyrs?))\b"
)
_PERSON_TIME = re.compile(
    rf"(?<![0-9.,/-]){_NUMBER.format('x')}(?:(?: [a-z-]{{1,20}}){{0,2}} ?/ ?"
    r"|(?:(?: [a-z-]{1,20}){0,6}?(?: (?:in|over|during|of|among|for|from)|[,;])|(?: [a-z-]{1,20}){1,6}? and)"
    r" (?:(?:a|the|total|of|about) ){0,4})"
    rf"{_NUMBER.format('n')} ?-?{_TIME}"
)
_TIME_FIRST = re.compile(
    rf"\b(?:during|in|over|of|with) (?:(?:a|the|total|of|about) ){{0,4}}{_NUMBER.format('n')} ?-?{_TIME}"
    r"(?: of (?:follow-?up|observation|exposure))?,?(?: (?:there were|with|we observed|a total of|and)){0,2} "
    + _NUMBER.format("x")
    + r"(?= (?:[a-z-]{1,20} ){0,4}(?:events?|cases?|deaths?|episodes?|falls|infections?|strokes?|fractures|occurred)"
    r"| (?:patients|participants|women|men|children|people|subjects|infants) (?:developed|had|died|experienced"
    r"|acquired|were))"
)
_PER = re.compile(rf"(?:/|\bper) ?(?:a )?(?P<many>1(?:[ ,]?0+)*(?:,000)*)?(?P<million> ?million)?[ -]?{_TIME}")
_UP_TO_UNIT = re.compile(r"[ %)\]]{0,3}(?:[a-z-]{3,20}(?: |$)){0,3}")
_ROUND = frozenset((1, 100, 1000, 10000, 100000, 1000000))


def unit_of_rate(document: Document, first: int, number: int) -> str:
    """Return what a rate is counted per, behind its number or before it in its sentence: ``per 100 person-years``.

    Parameters
    ----------
    document : Document
    first : int
        First token of the rate.
    number : int
        Its number.

    Examples
    --------
    >>> from trialstats.sources.text.document import read_tokens
    >>> unit_of_rate(read_tokens("It was 2.3 events/1000 patient-years."), 2, 2)
    'per 1000 patient-years'
    """
    text, starts, ends = document.tokens.text, document.tokens.starts, document.tokens.ends
    behind = _PER.search(text, ends[number], ends[number] + 60)
    if behind is not None and _UP_TO_UNIT.fullmatch(text, ends[number], behind.start()):
        return _in_words(behind)
    begin = max(starts[document.sentence(first)[0]], starts[first] - 2 * _FARTHEST)
    before = list(_PER.finditer(text, begin, starts[first]))
    return _in_words(before[-1]) if before else ""


def _in_words(found: re.Match[str]) -> str:
    many = (found["many"] or "").replace(" ", "").replace(",", "") + ("000000" if found["million"] else "")
    many = "1000000" if many == "000000" else many
    return f"per {many} {_who(found)}-{_time(found)}s".replace("  ", " ").replace("per 1 ", "per ")


def _who(found: re.Match[str]) -> str:
    return "person" if found["short"] else found["who"].replace("women", "woman")


def _time(found: re.Match[str]) -> str:
    return "year" if found["short"] or found["time"].startswith("y") else found["time"].rstrip("s")


def read_person_time(document: Document, interval: Interval) -> None:
    """Give a rate with an interval its unit, and the events and person-time of its sentence."""
    starts, ends = document.tokens.starts, document.tokens.ends
    number = interval.estimate if interval.estimate >= 0 else interval.lower
    interval.unit = interval.unit if interval.unit == "%" else unit_of_rate(document, interval.first, number)
    first, stop = document.sentence(interval.first)
    begin = max(starts[first], starts[number] - _FARTHEST)
    end = min(ends[min(stop, len(starts)) - 1], ends[max(interval.last, interval.upper)] + _FARTHEST // 2)
    for x, n, _, _ in _events(document, begin, end, interval.unit):
        if document.used[x] or document.used[n]:
            continue
        interval.x, interval.n = x, n
        document.used[x] = document.used[n] = 1
        interval.first, interval.last = min(interval.first, x, n), max(interval.last, x, n)
        return


def _events(document: Document, begin: int, end: int, unit: str) -> list[tuple[int, int, int, int]]:
    """Return the tokens of events and person-time between two places of a text, and where their words begin and end."""
    starts, letters = document.tokens.starts, document.letters
    found = []
    text = document.tokens.text
    matches = (*_PERSON_TIME.finditer(text, begin, end), *_TIME_FIRST.finditer(text, begin, end))
    for match in matches:
        x, n = (bisect_left(starts, match.start(group)) for group in ("x", "n"))
        if letters[x : x + 1] != "d" or letters[n : n + 1] != "d":
            continue
        if not document.digits(x).isdecimal() or ("/" in letters[x:n] and document.value(n) in _ROUND):
            continue  # "31/1000 person-years" is the rate
        if unit.startswith("per ") and not unit.endswith(f"-{_time(match)}s"):
            continue  # person-months beside a rate per person-year
        found.append((x, n, match.start(), match.end()))
    return found


def person_time_in(text: str) -> list[tuple[str, str, int, int]]:
    """Return the events and the person-time that stand together in some words, as printed, with their place.

    Examples
    --------
    >>> person_time_in("45 falls during 1,210 patient-years and 88 during 1195 patient-years")
    [('45', '1210', 0, 35), ('88', '1195', 40, 68)]
    """
    if not any(word in text for word in ("year", "month", "week", "day", "py")):
        return []
    return [
        (match["x"].replace(" ", "").replace(",", ""), re.sub(r"[ ,]", "", match["n"]), match.start(), match.end())
        for match in _PERSON_TIME.finditer(text)
        if match["x"].replace(",", "").replace(" ", "").isdecimal()
    ]


# No other number, but one in a name: "on 3HP ("
_BETWEEN = re.compile(r"(?:[^0-9.;]|(?<![0-9.])[0-9]{1,2}(?=-?[a-z]{2})){0,50}")


_EVENTS_BEFORE = re.compile(r"(?P<x>d)w{1,6}\($")
_EVENTS = re.compile(r" (?:[a-z-]{1,20} ){0,4}[a-z-]{2,20}s \(")


def _give_events(document: Document, rate: Value, counts: Mapping[int, Value], taken: set[int]) -> None:
    """Give a rate in brackets the events right before it: "336 falls (22.4 per 100 patient-years)"."""
    found = _EVENTS_BEFORE.search(document.letters, max(0, rate.first - 8), rate.first)
    if found is None and document.letters[rate.first - 2 : rate.first] == "d(":
        x = rate.first - 2
    elif found is not None and _EVENTS.fullmatch(
        document.tokens.text, document.tokens.ends[found.start("x")], document.tokens.starts[rate.first]
    ):
        x = found.start("x")
    else:
        return
    if x in taken or (document.used[x] and x not in counts) or not document.digits(x).isdecimal():
        return
    rate.x, rate.first = x, min(rate.first, x)
    taken.add(x)
    document.used[x] = 1


def _leads_to(document: Document, closed: int, rate: Value) -> bool:
    """Whether events and person-time stand right before the bracket that a rate opens: they are its own."""
    gap = document.tokens.text[closed : document.tokens.starts[rate.first]]
    return gap.endswith("(") and _BETWEEN.fullmatch(gap) is not None


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
    text, starts, ends = document.tokens.text, document.tokens.starts, document.tokens.ends
    counts = {value.value: value for value in values if value.measure == "count" and value.x < 0 and not value.spread}
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
        first, stop = document.sentence(rate.value)
        begin = max(starts[first], starts[rate.first] - _FARTHEST)
        end = min(ends[min(stop, len(starts)) - 1], ends[rate.last] + _FARTHEST)
        every = _events(document, begin, end, rate.unit)
        for x, n, opened, closed in [one for one in every if _leads_to(document, one[3], rate)] or every:
            free = all(not document.used[token] or (token in counts and token not in taken) for token in (x, n))
            unit = _PER.search(text, ends[rate.value], ends[rate.value] + 60)
            last = unit.end() if unit is not None and unit.end() <= opened else ends[rate.last]
            gap = (last, opened) if opened >= last else (closed, starts[rate.first])
            if not free or gap[0] > gap[1] or _BETWEEN.fullmatch(text, *gap) is None:
                continue
            rate.x, rate.n = x, n
            taken |= {x, n}
            document.used[x] = document.used[n] = 1
            rate.first, rate.last = min(rate.first, x, n), max(rate.last, x, n)
            break
        if rate.x < 0:
            _give_events(document, rate, counts, taken)
    return [value for value in values if value.measure != "count" or value.value not in taken]
