"""Find counts of groups written out in a stretch of text, be they claims or not: "79 fallers among the 212"."""

from __future__ import annotations

import re
from functools import lru_cache

from trialstats.sources.text.tokens.lex import NUMBER_WORDS
from trialstats.sources.text.tokens.normalise import normalise
from trialstats.sources.text.values.events_over_time import events_over_time as told_over_time

_COUNT = re.compile(
    r"(?<![0-9.,/:=<>%-])(?<!\d[ .,])(?P<x>[0-9]{1,5}|\b(?:"
    + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
    + r")\b)"
    r"(?: ?[(\[][0-9.]{1,5} ?%[)\]])?"
    r"(?:(?: (?!(?:and|or|to|v|vs|versus)\b)[a-z-]{1,20}){0,4}? (?:of|among|out of|in)(?: (?:the|these|all"
    r"|a total of))? | ?/ ?"
    r"|(?: (?!(?:and|or|to|v|vs|versus)\b)[a-z-]{1,20}){1,6} ?\(n ?= ?(?=[0-9,]+\)))"
    r"(?P<n>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{2,6})(?![0-9]|[.,/][0-9]| ?%|[- ]?(?:mg|g|kg|ml|l|[µu]g|mm|cm|iu"
    r"|years?|months?|weeks?"
    r"|days?|hours?|h|min|minutes?|times|person|patient|woman|child|centres?|centers?|sites?|hospitals)\b)"
)
_IS_COUNT_TOO = re.compile(r" (?:of|out of) (?:the )?[0-9]")
"""Behind a total that is none, but a count of its own."""
Counted = tuple[str, str, int, int]
"""Count and total as printed, and where their words begin and end."""


@lru_cache(maxsize=64)
def counts_of_groups(text: str, begin: int, stop: int) -> tuple[Counted, ...]:
    """Return the counts of a stretch that are written out with their totals.

    Examples
    --------
    >>> counts_of_groups("Falls: 79 fallers among the 212 trained and 101 of 209 others.", 0, 62)
    (('79', '212', 7, 31), ('101', '209', 44, 54))
    """
    plain = normalise(text[begin:stop]).lower()
    found = []
    at = 0
    while (match := _COUNT.search(plain, at)) is not None:
        n = match["n"].replace(",", "")
        x = str(NUMBER_WORDS.get(match["x"], match["x"]))
        is_count = int(x) <= int(n) and not _IS_COUNT_TOO.match(plain, match.end())
        # "On day 28 in 18 of 72": the first number counts nobody.
        at = match.end() if is_count else match.end("x")
        if is_count:
            found.append((x, n, begin + match.start(), begin + match.end()))
    return tuple(found)


@lru_cache(maxsize=64)
def events_over_time(text: str, begin: int, stop: int) -> tuple[Counted, ...]:
    """Return the numbers of events of a stretch that stand with the person-time they are of."""
    plain = normalise(text[begin:stop]).lower()
    return tuple(
        (str(NUMBER_WORDS.get(x, x)), n, begin + one.begin, begin + one.end)
        for one in told_over_time(plain, 0, len(plain))
        for x, n in [(re.sub(r"[ ,]", "", plain[slice(*place)]) for place in (one.x, one.n))]
    )
