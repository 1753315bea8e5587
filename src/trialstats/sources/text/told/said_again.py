"""Find numbers of a conclusion that were told before with two digits changed about: "62% v 44%" and "26% v 44%".

Whatever was read of the sentences: the conclusion prints one number of a unit, or two, the results one or two of the
same unit in the same words, and the number of the conclusion stands nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_UNIT = (
    r"(?:%|percentage points?|points?|m\b|cm\b|kg\b|g\b|ml\b|mm ?Hg|mmol/l(?:iter|itre)?\b|mg/d[lL]\b|μmol/l\b"
    r"|U/l\b|steps"
    r"|kcal|beats|letters)"
)
_NUMBER = re.compile(
    rf"(?<![\d.,·/<>≤≥±=(-])(?<!\d to )(?P<digits>\d{{1,4}}(?:[.·]\d{{1,2}})?) ?-?(?P<unit>{_UNIT})", re.IGNORECASE
)
_IN_PAIR = re.compile(
    rf"\((?P<digits>\d{{1,4}}(?:[.·]\d{{1,2}})?) ?(?P<unit>{_UNIT})(?= (?:v|vs\.?|versus|and|compared with) \d)",
    re.IGNORECASE,
)
"""The first of two values of a bracket: "(14.2% v 19.8%)"."""
_BEHIND_COUNT = re.compile(
    r"\d (?:out )?of (?:the )?\d{1,5}(?: [a-z]{3,16}){0,2} ?\((?P<digits>\d{1,3}(?:[.·]\d{1,2})?) ?(?P<unit>%)(?=\))"
)
"""The share of a count: "113 of 122 adults (92.6%)"."""
_SIGNED = re.compile(
    rf"(?<![\d.,·/<>≤≥±=(])[-−](?P<digits>\d{{1,4}}(?:[.·]\d{{1,2}})?) ?(?P<unit>{_UNIT})", re.IGNORECASE
)
_FROM_TO = re.compile(
    r"\bfrom (?P<a>\d{1,3}\.\d) (?:(?:days?|weeks?|months?|years?) )?to (?P<b>\d{1,3}\.\d) "
    r"(?P<unit>day|week|month|year)s?\b"
)
_TIMES = re.compile(r"(?<![\d.,·/<>≤≥±=(-])(?P<digits>\d{1,3}\.\d)[ -](?P<unit>day|week|month|year)s?\b")
"""Times with a decimal, which are results and no times of measurement."""
_LEVEL = re.compile(
    r"\b9[059](?:\.\d)? ?%(?= ?(?:CI|confidence|credible|CrI))|\([^()]*(?:CI|confidence|P ?[<=>])[^()]*\)"
)
_TIME = re.compile(r"(?<![\d.])(\d{1,3})[- ](day|week|month|year|hour)", re.IGNORECASE)
_WORD = re.compile(r"[a-z]{4,}")
_FILLERS_TEXT = (
    "after also among avera betwe both compa concl findi from group impro incre inter mean parti patie "
    "perce place point reduc resul signi than that their these this those treat were when which with "
    "withi "
)
_FILLERS = frozenset(_FILLERS_TEXT.split())
"""The first letters of words that tell no outcome."""
_OTHER = re.compile(
    r"adjust|subgroup|per[- ]protocol|interim|updated|\bfinal\b|sensitivity|\bassum|\bpower\b|respectively|meta-analys"
    r"|previous|expected|predict|\bmore than\b|\bat least\b|\bup to\b|\bmale|\bfemale"
    r"|\bin (?:wo)?men\b|\bin (?:boys|girls)\b|\bwomen than\b",
    re.IGNORECASE,
)
_POINTS = re.compile(r"percentage points", re.IGNORECASE)
_FEWEST_ALIKE = 2


@dataclass(frozen=True, slots=True)
class SaidAgain:
    """A number of the results and the one that the conclusion prints for it, with the latter's place."""

    first: str
    again: str
    unit: str
    start: int
    end: int


def find_said_again(text: str, sentences: Sequence[tuple[int, int]], concluded: int) -> Iterator[SaidAgain]:
    """Yield the numbers behind a place of a text that were told before with two digits changed about.

    Examples
    --------
    >>> results = "At a year 62% of the gardeners and 44% of the miners had returned to work. "
    >>> text = results + "Conclusion: 26% of gardeners and 44% of miners returned to work."
    >>> [(one.first, one.again) for one in find_said_again(text, [(0, 74), (75, 139)], 75)]
    [('62', '26')]
    """
    before = [place for place in sentences if place[1] <= concluded]
    for begin, stop in sentences:
        if begin < concluded and not begin <= concluded < stop:
            continue
        told = _numbers(text[max(begin, concluded) : stop])
        if not 1 <= len(told) <= 2 or len({unit for _, unit, _ in told}) > 1 or _OTHER.search(text, begin, stop):
            continue
        for start, end in before:
            earlier = _numbers(text[start:end])
            if _OTHER.search(text, start, end) or not _of_one_time(text[start:end], text[begin:stop]):
                continue
            found = _pair(earlier, told) if len(told) == 2 else _single(earlier, told[0])
            if len(told) == 1 and (_POINTS.search(text, start, end) or _POINTS.search(text, begin, stop)):
                continue  # of a difference the values of both arms may be told before
            if found is None or len(alike(text[start:end], text[begin:stop])) < _FEWEST_ALIKE + (
                len(told) == 1 and "." not in told[0][0]
            ):
                continue
            first, (again, unit, at) = found
            if re.search(rf"(?<![\d.,·]){re.escape(again)}(?![\d]|[.,·]\d)", text[:concluded]) is None:
                place = max(begin, concluded) + at
                yield SaidAgain(first, again, unit, place, place + len(again))
                return


_Number = tuple[str, str, int]


def _numbers(words: str) -> list[_Number]:
    """Return the numbers with a unit, without those of intervals and levels."""
    plain = _LEVEL.sub(lambda found: " " * len(found[0]), words)
    found = [
        (one["digits"].replace("·", "."), _unit(one["unit"]), one.start("digits"))
        for form in (_NUMBER, _IN_PAIR, _BEHIND_COUNT, _SIGNED, _TIMES) for one in form.finditer(plain)
    ]  # fmt: skip
    changed = _FROM_TO.search(plain)
    if changed is not None:
        found = [one for one in found if one[2] not in (changed.start("a"), changed.start("b"))]
        found += [(changed[name], changed["unit"], changed.start(name)) for name in ("a", "b")]
    return sorted(found, key=lambda one: one[2])


def _unit(printed: str) -> str:
    return printed.lower().rstrip("s").removeprefix("percentage ")


def _pair(earlier: Sequence[_Number], told: Sequence[_Number]) -> tuple[str, _Number] | None:
    """Return the number of a pair that is not told as before, where the other one is."""
    for one, two in pairwise(earlier):
        for first, second in ((told[0], told[1]), (told[1], told[0])):
            for same, other in ((one, two), (two, one)):
                alike = first[:2] == same[:2] and other[1] == second[1]
                if alike and (
                    exchanged(other[0], second[0]) or ("." in first[0] and _one_changed(other[0], second[0]))
                ):
                    return other[0], second
    return None


def _single(earlier: Sequence[_Number], told: _Number) -> tuple[str, _Number] | None:
    alike = [one for one in earlier if one[1] == told[1]]
    slipped = [one for one in alike if exchanged(one[0], told[0]) or _one_more(one[0], told[0])]
    if len(alike) > 2 or len(slipped) != 1 or any(one[0] == told[0] for one in alike):
        return None
    return slipped[0][0], told


def exchanged(one: str, two: str) -> bool:
    """Whether two printed numbers are the same but for two digits that changed places.

    Examples
    --------
    >>> exchanged("62", "26"), exchanged("3.6", "6.3"), exchanged("62", "63")
    (True, True, False)
    """
    if len(one) != len(two):
        return False
    differ = [at for at, (a, b) in enumerate(zip(one, two, strict=True)) if a != b]
    return (
        len(differ) == 2
        and "." not in (one[differ[0]], one[differ[1]])
        and one[differ[0]] == two[differ[1]]
        and one[differ[1]] == two[differ[0]]
    )


def _one_changed(one: str, two: str) -> bool:
    """Whether two printed numbers with decimals are the same but for one digit: 2.4 and 2.9."""
    differ = [(a, b) for a, b in zip(one, two, strict=False) if a != b]
    return "." in one and len(one) == len(two) and len(differ) == 1 and "." not in differ[0]


def _one_more(one: str, two: str) -> bool:
    """Whether two printed numbers with decimals are the same but for a first digit: 6.1 and 16.1."""
    short, long = sorted((one, two), key=len)
    return "." in short and len(long) == len(short) + 1 and long.endswith(short)


def alike(one: str, two: str) -> frozenset[str]:
    """Return how the words begin that two sentences have in common, but for those that tell no outcome.

    Examples
    --------
    >>> sorted(alike("Relapse was rarer with tea.", "Tea made relapses rare."))
    ['relap']
    """
    words = [{word[:5] for word in _WORD.findall(some.lower())} - _FILLERS for some in (one, two)]
    return frozenset(words[0] & words[1])


def _of_one_time(one: str, two: str) -> bool:
    times = [{(number, unit.lower()) for number, unit in _TIME.findall(some)} for some in (one, two)]
    return not all(times) or bool(times[0] & times[1])
