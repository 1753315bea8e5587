"""Find deaths whose causes are told in one list up to "other" or "unknown", each with its number beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialstats.sources.text.tokens.figures import with_figures
from trialstats.sources.text.tokens.lex import NUMBER_WORDS
from trialstats.sources.text.told.parts_of_people import PEOPLE

_SMALL = "|".join(word for word, value in NUMBER_WORDS.items() if 0 < value <= 12)
_N = r"(?<![\d.,·/<>≤≥±+=-])\d{1,5}(?![\d%]|[.,·]\d| ?%)"
_PART = rf"(?:{_N}|\b(?:{_SMALL})\b)"
_SHARE = r"(?: ?\(\d{1,3}(?:[.·]\d{1,2})?%\))?"
_LAST = r"(?:others?|unknown|unrelated|undetermined|unspecified|unclear|uncertain)"
_ENDS = re.compile(rf"\b{_LAST}\b")
_WORDS = r"[^0-9.;:(),]"
_OF = (
    r"(?:were |was |occurred |died )?"
    r"(?:attributed to|attributable to|due to|from|of|because of|caused by|related to|to)"
)
_DEATHS = re.compile(
    rf"(?P<n>{_N}){_SHARE} (?:[a-z-]{{1,20}} ){{0,3}}?(?:deaths?\b|died\b)"
    rf"|\b[Dd]eaths? \(n ?= ?(?P<of>\d{{1,5}})\)|\b[Cc]auses? of (?:the |these |all )?(?P<all>{_N}) deaths\b"
)
"""All deaths: "22 deaths", "22 patients died", "deaths (n = 22)", "causes of the 22 deaths"."""
_LED = rf"(?:{_WORDS}|;|,|:){{0,70}}?[ (,;:]"
_BEFORE = re.compile(
    rf"{_LED}(?P<parts>(?:{_PART}{_SHARE} (?:{PEOPLE} |deaths? )?{_OF} {_WORDS}{{2,50}}?(?:, and |,? and |, |; )"
    rf"(?:(?={_PART}))){{1,6}}?{_PART}{_SHARE} (?:{PEOPLE} |deaths? )?{_OF} {_WORDS}{{0,30}}?\b{_LAST}\b)"
)
_BEHIND = re.compile(
    rf"{_LED}(?P<parts>(?:{_WORDS}{{2,50}}? \((?:n ?= ?)?\d{{1,5}}\)(?:, and |,? and |, |; )){{1,6}}?"
    rf"{_WORDS}{{0,30}}?\b{_LAST}\b{_WORDS}{{0,15}} \((?:n ?= ?)?\d{{1,5}}\))"
)
_IN_ONE = re.compile(
    rf"{_LED}(?P<parts>(?:{_WORDS}{{2,50}}?,? (?:in |n ?= ?)?\d{{1,5}}(?:, and |,? and |, |; )){{1,6}}?"
    rf"{_WORDS}{{0,30}}?\b{_LAST}\b{_WORDS}{{0,15}},? (?:in |n ?= ?)?\d{{1,5}})(?=[.;)]|$)"
)
_SHARES = re.compile(r"\(\d{1,3}(?:[.·]\d{1,2})?%\)")
_COUNT = re.compile(rf"\d{{1,5}}|\b(?:{_SMALL})\b")
_APART = re.compile(
    r"\b(?:groups?|arms?|vs?|versus|compared|respectively|than|each|whom|which|including|among|per|more than one"
    r"|contribut\w+|also|both|days?|weeks?|months?|years?|whereas|while|grade)\b",
    re.IGNORECASE,
)
"""Words by which the list is of something else than all deaths, or a death may stand in it twice."""

_TWICE = re.compile(
    r"[^.]{0,80}\b(?:both|(?:two|three|several|multiple|more than one|different) (?:causes|reasons|of (?:these|them))"
    r"|more than once|overlap\w*)\b"
)
"""Behind the list: some deaths stand in it twice."""


def find_causes(text: str) -> Iterator[tuple[str, tuple[str, ...], int, int]]:
    """Yield how many died, how many of each cause, and where the words for them begin and end.

    Examples
    --------
    >>> [one[:2] for one in find_causes("Deaths (n = 22) were due to sepsis (11), stroke (7) and unknown causes (4).")]
    [('22', ('11', '7', '4'))]
    """
    if not ("eath" in text or "died" in text) or _ENDS.search(text) is None:
        return
    words = with_figures(text)
    last = 0
    for deaths in _DEATHS.finditer(words):
        if deaths.start() < last:
            continue  # some of the deaths, in the list
        for form in (_BEFORE, _BEHIND, _IN_ONE):
            found = form.match(words, deaths.end())
            if found is None or _APART.search(words, deaths.start(), found.end()):
                continue
            if _TWICE.match(words, found.end()):
                break
            parts = tuple(str(NUMBER_WORDS.get(one, one)) for one in _COUNT.findall(_SHARES.sub(" ", found["parts"])))
            if len(parts) > 1:
                last = found.end()
                yield deaths["n"] or deaths["of"] or deaths["all"], parts, deaths.start(), found.end()
            break
