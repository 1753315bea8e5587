"""Find parts told of one whole: causes up to "other", positive and negative, complete and partial responses of all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trialstats.reported import Reported

_N = r"(?<![\d.,·/<>≤≥±+=-])\d{1,5}"
_SHARE = r"(?: ?\(\d{1,3}(?:[.·]\d{1,2})?%\))?"
_CAUSES = re.compile(
    rf"(?P<n>{_N}) (?:[a-z-]{{1,20}} ){{0,3}}?deaths?\b[^0-9.;:()]{{0,40}}(?::|,|\() ?(?:of which |including )?"
    rf"(?P<parts>(?:{_N}{_SHARE} [^0-9.;:()]{{3,60}}?){{1,6}}{_N}{_SHARE} [^0-9.;:()]{{0,30}}?\b(?:others?"
    rf"|unknown|unrelated)\b)"
)
_PART = re.compile(rf"{_N}(?!%|[.·]\d)(?=(?: ?\(|\s))")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_OPPOSITES = re.compile(
    rf"\b[Oo]f (?:the |these |all )?(?P<n>{_N}) [^0-9.;:()]{{3,50}}, (?P<first>{_N}){_SHARE} [^0-9.;:()]{{0,40}}?"
    rf"(?P<word>\b[A-Za-z][\w-]{{1,24}})[- ]positive\b[^0-9.;:()]{{0,50}}?(?P<second>{_N}){_SHARE} [^0-9.;:()]{{0,40}}?"
    r"(?:(?P=word)[- ])?negative\b"
)
_PERCENT = r"(?P<share>\d{1,3}(?:[.·]\d{1,2})?) ?%"
_TO = r"(?: rates?)?(?: \([A-Z]{2,4}\))?(?:,|:| =| of| was| in)? "
_RATES = {
    name: re.compile(rf"{words}{_TO}{_PERCENT}", re.IGNORECASE)
    for name, words in (
        ("all", r"(?:overall|objective) response(?: rates?)?"),
        ("complete", r"complete (?:response|remission)s?"),
        ("partial", r"partial (?:response|remission)s?"),
    )
}
_OTHERS = re.compile(
    r"unconfirmed|minor|nodular|very good|near|incomplete|metabolic|cytogenetic|molecular|haematolog|hematolog"
    r"|marginal|mixed"
    r"|stable|\bv|vs|versus|respectively|\barms?\b|groups?|cohorts?|compared|pathologic|\bi?CR[ui]\b|week|month|clinical",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Parts:
    """Parts of one whole, as printed, and where their words begin and end."""

    kind: str
    """``causes``, ``opposites`` or ``responses``."""
    whole: Reported
    parts: tuple[Reported, ...]
    start: int
    end: int


def find_parts(text: str, sentences: Sequence[tuple[int, int]]) -> Iterator[Parts]:
    """Yield the wholes of a text whose parts are told beside them.

    Examples
    --------
    >>> [one.kind for one in find_parts("There were 61 deaths: 38 from cancer and 23 from other causes.", [(0, 62)])]
    ['causes']
    """
    if "deaths" in text and ("other" in text or "unknown" in text):
        for found in _CAUSES.finditer(text):
            parts = _PART.findall(_IN_BRACKETS.sub("", found["parts"]))
            yield Parts("causes", Reported(found["n"]), tuple(map(Reported, parts)), found.start(), found.end())
    if "ositive" in text and "egative" in text:
        for found in _OPPOSITES.finditer(text):
            counts = Reported(found["first"]), Reported(found["second"])
            yield Parts("opposites", Reported(found["n"]), counts, found.start(), found.end())
    if "omplete re" in text and "artial re" in text:
        for begin, stop in sentences:
            if "artial re" in text[begin:stop] and (one := _responses(text, begin, stop)) is not None:
                yield one


def _responses(text: str, begin: int, stop: int) -> Parts | None:
    """Return an overall response rate with its complete and partial responses, where each is printed once."""
    told = {name: list(expression.finditer(text, begin, stop)) for name, expression in _RATES.items()}
    if any(len(found) != 1 for found in told.values()) or _OTHERS.search(text, begin, stop):
        return None
    shares = {name: Reported(found[0]["share"].replace("·", ".") + "%") for name, found in told.items()}
    start, end = min(found[0].start() for found in told.values()), max(found[0].end() for found in told.values())
    return Parts("responses", shares["all"], (shares["complete"], shares["partial"]), start, end)
