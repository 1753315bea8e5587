"""Find numbers of the last words of a text that were told before with two digits in the other order: "46%" and "64%".

Whatever else the sentences tell: the number stands nowhere before, one of the same unit with its digits exchanged does,
in words for the same thing, and is not said again. In 2,000 abstracts none that is no bound of an interval does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from trialstats.sources.text.told.said_again import SaidAgain, alike, exchanged

_PEOPLE = (
    r"(?:patients|participants|subjects|women|men|children|adults|infants|adolescents|volunteers|people|pupils"
    r"|students)"
)
_NUMBER = re.compile(
    r"(?<![\d.,·/<>≤≥±=–-])(?<!\bto )(?P<digits>\d{1,3}(?:,\d{3})+|\d{2,5}|\d{1,4}[.·]\d{1,2})"
    r"(?: ?(?P<unit>%|percentage points?\b|points?\b|months?\b|days?\b|years?\b|hours?\b|kg\b|mm ?Hg\b|g/L\b|mmol/L\b)"
    rf"|(?P<people>(?: [a-z-]{{2,20}}){{0,2}} {_PEOPLE}\b))",
    re.IGNORECASE,
)
_BOUNDS = re.compile(
    r"\b9[059](?:\.\d)? ?%(?= ?(?:CI|confidence|credible|CrI))|[(\[][^()\[\]]*(?:CI|CrI|confidence|credible|range"
    r"|IQR|P ?[<=>])"
    r"[^()\[\]]*[)\]]|\d[\d.·]*(?:%| [a-z]+)? ?(?:[–-]|to) ?\d[\d.·]*",
    re.IGNORECASE,
)
_ALL_OF_THEM = re.compile(r"\b(?:enrol|random|assign|recruit|includ|underwent|studied|took part)", re.IGNORECASE)
_THIS_TRIAL = re.compile(
    r"\b(?:this|our|the present) (?:[a-z-]+,? ){0,4}(?:trial|study)\b[^.;0-9]{0,40}$", re.IGNORECASE
)
_OTHER = re.compile(
    r"\badjust|subgroup|per[- ]protocol|interim|updated|sensitivity|\bassum|\bpower\b|meta-analys|previous"
    r"|expected|predict"
    r"|\bmale\b|\bfemale\b|registry|cohort of",
    re.IGNORECASE,
)


_JUDGES = re.compile(
    r"\b(?:merits?|deserves?|warrants?|supports?|suggests?|should|further study|phase (?:3|III) trial)\b", re.IGNORECASE
)
"""Words of a conclusion that is not called so."""


def find_exchanged(text: str, sentences: Sequence[tuple[int, int]], concluded: int | None) -> Iterator[SaidAgain]:
    """Yield the numbers of the conclusion, or of the last sentence, of which the text told another order of digits.

    Examples
    --------
    >>> text = "We assigned 1,208 women to tea or milk. In this trial of 1,280 women, tea did no harm."
    >>> [(one.first, one.again) for one in find_exchanged(text, [(0, 39), (40, 85)], None)]
    [('1,208', '1,280')]
    """
    if len(sentences) < _TWO:
        return
    start = sentences[-1][0] if concluded is None else concluded
    before = [place for place in sentences if place[0] < start]
    known = set(re.findall(r"\d+(?:[.·]\d+)?", text[:start].replace(",", "")))
    for begin, stop in sentences:
        if stop <= start or _OTHER.search(text, begin, stop):
            continue
        begin = max(begin, start)
        only_people = concluded is None and _JUDGES.search(text, begin, stop) is None
        for again in _numbers(text, begin, stop):
            digits = again["digits"].replace(",", "")
            if digits in known or (only_people and again["people"] is None):
                continue
            told = [
                one for first, last in before if not _OTHER.search(text, first, last)
                for one in _numbers(text, first, min(last, start))
                if exchanged(one["digits"].replace(",", ""), digits)
                and _of_one_kind(text, (first, last), one, begin, stop, again)
            ]  # fmt: skip
            if len({one["digits"] for one in told}) == 1 and told[0]["digits"] not in text[start:]:
                unit = again["unit"] or (again["people"] or "").split()[-1]
                yield SaidAgain(told[0]["digits"], again["digits"], unit, again.start("digits"), again.end("digits"))


_TWO = 2


def _numbers(text: str, begin: int, stop: int) -> list[re.Match[str]]:
    """Return the numbers with a unit of a stretch, without those of intervals and levels."""
    hidden = [place.span() for place in _BOUNDS.finditer(text, begin, stop)]
    found = _NUMBER.finditer(text, begin, stop)
    return [one for one in found if not any(first <= one.start() < last for first, last in hidden)]


def _of_one_kind(
    text: str, place: tuple[int, int], one: re.Match[str], begin: int, stop: int, again: re.Match[str]
) -> bool:
    """Whether two numbers are of one unit, and the words of their sentences speak of one thing."""
    if again["people"] is not None:
        told = one["people"] is not None and _ALL_OF_THEM.search(text, *place) is not None
        return told and _THIS_TRIAL.search(text, begin, again.start()) is not None
    same = (one["unit"] or "").lower().rstrip("s") == again["unit"].lower().rstrip("s")
    return same and len(alike(text[slice(*place)], text[begin:stop])) >= _TWO
