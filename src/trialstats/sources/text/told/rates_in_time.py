"""Find the rates of one curve that a sentence tells for several times: "4%, 7% and 15% at 1, 2 and 5 years".

Either each rate has its time behind it, or before it, or the times stand in one list and the rates in another. Rates
are of a curve where words tell that they are of those who survived, or that they accumulate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from trialstats.reported import Reported

_UNIT = r"(?P<unit>days?|weeks?|months?|years?|hours?)"
_P = r"(?<![\d.,·/<>≤≥±+=–-])(?P<p>\d{1,3}(?:[.·]\d{1,2})?) ?(?:%|per ?cent\b)(?: \([^()%]{0,40}\))?"
_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_T = rf"(?P<t>\d{{1,3}}|{'|'.join(_ONES)})"
_EACH_BEHIND = re.compile(
    rf"{_P}(?: of [^.;:%0-9]{{3,50}}?)? (?:at|by|after|within|at the end of) (?:a |an )?{_T}[ -]{_UNIT}", re.IGNORECASE
)
_EACH_BEFORE = re.compile(
    rf"\b(?:at|by|after|within) (?:a |an )?{_T}[ -]{_UNIT},? (?:(?:it|this|the (?:rate|figure)) (?:was|were"
    rf"|had (?:risen|fallen|reached)"
    rf"(?: to)?) |to )?{_P}",
    re.IGNORECASE,
)
_ONE = rf"(?:\d{{1,3}}|{'|'.join(_ONES)})"
_TIMES = re.compile(
    rf"(?P<list>(?:{_ONE}-?(?:, (?:and )?| and |,? and )){{1,4}}{_ONE})[ -]{_UNIT}",
    re.IGNORECASE,
)
_SHARE = re.compile(_P)
_BETWEEN = re.compile(
    r",? (?:and |to |then |but )?(?:only |it (?:was|were) |about )?|; (?:and )?|,? (?:rising|falling|increasing"
    r"|decreasing) to "
)
_SURVIVORS = re.compile(
    r"surviv|\b(?:PFS|DFS|EFS|RFS|OS)\b|\balive\b|\bfree (?:of|from)\b|-free\b|\bfreedom\b|\bremain(?:ed|ing) ",
    re.IGNORECASE,
)
_GATHER = re.compile(
    r"cumulative|kaplan|\bhad (?:died|relapsed|progressed|recurred)\b|actuarial|\bestimates? of (?:death|relapse"
    r"|recurrence|progression)",
    re.IGNORECASE,
)
_HAPPEN = re.compile(
    r"incidence|mortality|\bdied\b|\bdeaths?\b|relaps|recurren|progress|failure|revision|events?\b|\brisk of\b"
    r"|rates? of",
    re.IGNORECASE,
)
_APART = re.compile(
    r"\b(?:v|vs|versus|compared|respectively,? (?:for|in|with)|than|whereas|while|conditional|annual|yearly"
    r"|incidence rate"
    r"|groups|arms|response|remission|adherence|prevalence|point[- ]prevalence|abstinen\w*|retention|improve\w*"
    r"|continuous)\b",
    re.IGNORECASE,
)
_FACTORS = {"hour": 1.0, "day": 24.0, "week": 168.0, "month": 730.5, "year": 8766.0}
_LONGEST = 330


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of one curve, by time as told, and whether they are of those without the event."""

    values: tuple[Reported, ...]
    times: tuple[str, ...]
    survivors: bool
    start: int
    end: int


def find_rates(text: str, sentences: Sequence[tuple[int, int]]) -> Iterator[Rates]:
    """Yield the rates of one curve that sentences tell for times that follow each other.

    Examples
    --------
    >>> text = "Cumulative mortality at 1, 2 and 5 years was 4%, 7% and 15%."
    >>> [(one.times, one.survivors) for one in find_rates(text, [(0, len(text))])]
    [(('1 years', '2 years', '5 years'), False)]
    """
    for begin, stop in sentences:
        if stop - begin > _LONGEST or text.count("%", begin, stop) < _TWO:
            continue
        words = text[begin:stop]
        told = _told(words)
        if told is None:
            continue
        values, hours, times, start, end = told
        head = words[:start]
        survivors, happen = _SURVIVORS.search(head + words[start:end]), _HAPPEN.search(words)
        if _APART.search(head) or sorted(hours) != list(hours) or len(set(hours)) < len(hours):
            continue
        if survivors is None and not (happen and _GATHER.search(words)):
            continue
        yield Rates(values, times, survivors is not None, begin + start, begin + end)


_TWO = 2


def _told(words: str) -> tuple[tuple[Reported, ...], tuple[float, ...], tuple[str, ...], int, int] | None:
    """Return the rates of a sentence with their times, where all that it tells first are of one list."""
    for form in (_EACH_BEHIND, _EACH_BEFORE):
        run: list[re.Match[str]] = []
        for found in form.finditer(words):
            if run and not _BETWEEN.fullmatch(words, run[-1].end(), found.start()):
                break
            run.append(found)
        if len(run) >= _TWO and (first := _SHARE.search(words)) is not None and first.start() >= run[0].start():
            hours = tuple(_hours(one["t"], one["unit"]) for one in run)
            times = tuple(f"{one['t']} {one['unit']}" for one in run)
            return tuple(_number(one["p"]) for one in run), hours, times, run[0].start(), run[-1].end()
    listed = list(_TIMES.finditer(words))
    shares = list(_SHARE.finditer(words))
    if len(listed) != 1:
        return None
    numbers = re.findall(r"\d+|[a-z]+", listed[0]["list"].lower())
    numbers = [one for one in numbers if one != "and"]
    gaps = [words[one.end() : other.start()] for one, other in pairwise(shares)]
    if len(shares) != len(numbers) or not all(_BETWEEN.fullmatch(gap) for gap in gaps):
        return None
    unit = listed[0]["unit"]
    hours = tuple(_hours(one, unit) for one in numbers)
    start, end = min(listed[0].start(), shares[0].start()), max(listed[0].end(), shares[-1].end())
    return tuple(_number(one["p"]) for one in shares), hours, tuple(f"{one} {unit}" for one in numbers), start, end


def _number(digits: str) -> Reported:
    return Reported(digits.replace("·", ".") + "%")


def _hours(number: str, unit: str) -> float:
    count = _ONES.index(number.lower()) + 1 if number.lower() in _ONES else int(number)
    return count * _FACTORS[unit.lower().rstrip("s")]
