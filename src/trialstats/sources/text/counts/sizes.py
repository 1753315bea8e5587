"""Find of how many a count or a mean right before them is: 11 of 65 patients; 51.1 (SD 7.9) in 37 patients on X."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping

from trialstats.sources.text.counts.in_turn import counts_in_turn
from trialstats.sources.text.numbers.in_names import is_time_point
from trialstats.sources.text.numbers.of_things import names_something
from trialstats.sources.text.numbers.with_percentage import value_of_count
from trialstats.sources.text.tokens.document import Document
from trialstats.sources.text.words.of_values import PEOPLE

_COUNT_OF = re.compile(r"(?P<x>[dk])(?:w{0,4}?ow{0,3}|/)(?P<n>d)")


def counted_of(document: Document) -> dict[int, int]:
    """Return the denominators of counts written out, by their counts: 11 of 65 patients; 12/30."""
    letters = document.letters
    found = plain_in_turn(document)
    turned = {*found, *found.values()}
    at = 0
    while (match := _COUNT_OF.search(letters, at)) is not None:
        x, n = match.start("x"), match.start("n")
        at = x + 1  # "grade 3 ... in the course of 9 of 84": a number may be of another one behind
        if x not in turned and n not in turned and _is_some_of(document, x, n):
            found[x], at = n, match.end()
    return _in_clauses(document, found)


def _is_some_of(document: Document, x: int, n: int) -> bool:
    """Whether two numbers joined by "of" or a slash are a count and of how many it is."""
    letters, count, size = document.letters, _whole(document, x), _whole(document, n)
    if count is None or not size or count > size or size < _FEWEST or document.used[x] or document.used[n]:
        return False
    named = names_something(document, x) or letters[n + 1 : n + 2] in ("/", "u", "m")
    if named or letters[x - 1 : x] in ("/", "m", "*", ")"):
        return False
    return letters[x + 1] != "/" or count != _SNELLEN  # 20/40 is an acuity


def plain_in_turn(document: Document) -> dict[int, int]:
    """Return the totals of counts listed in turn, by their counts: 61 and 44 of the 88 and 83 patients."""
    return {
        x: n
        for one in counts_in_turn(document)
        if not one.q and not any(document.used[token] for token in (*one.x, *one.n))
        if not names_something(document, one.x[0])
        for x, n in zip(one.x, one.n, strict=True)
    }


def _in_clauses(document: Document, found: dict[int, int]) -> dict[int, int]:
    """Add the counts whose total opens their clause: "of the 61 patients given A, nine had vomiting"."""
    text, starts = document.tokens.text, document.tokens.starts
    if "f the " not in text and "f these " not in text:
        return found
    for match in _OF_CLAUSE.finditer(text):
        n, x = (bisect_left(starts, match.start(group)) for group in ("n", "x"))
        if document.letters[x : x + 1] not in ("d", "k") or document.letters[n] != "d" or x in found:
            continue
        count, size = _whole(document, x), _whole(document, n)
        if (
            count is not None
            and size
            and count <= size
            and size >= _FEWEST
            and not (document.used[x] or document.used[n])
        ):
            found[x] = n
    return found


_OF_CLAUSE = re.compile(
    rf"of (?<=\bof )(?:the|these) (?P<n>[0-9]{{1,5}}) (?:[a-z-]{{1,20}} ){{0,2}}?{PEOPLE}(?: (?:given|on|who|receiving"
    rf"|with|in|treated"
    rf"|taking)(?: [a-z-]{{1,20}}){{1,5}})?, (?P<x>[0-9]{{1,4}}|[a-z]{{3,9}}(?:-[a-z]{{3,5}})?) (?:patients "
    rf"|women |men )?(?:had"
    r"|developed|died|relapsed|responded|experienced|reported|vomited|needed|required|achieved|failed|conceived|progressed)\b"
)
_FEWEST = 5
_SNELLEN = 20
_SIZED = re.compile(r"(?:[dq]u{0,2}(?:/[uw])?(?:\([wzDI]{1,4}\))?|(?P<in>[dq]u{0,2}\)u{0,2}))w{1,2}(?P<n>d)")
_SPREAD_IN_BRACKETS = re.compile(r"\((?:[wa]{0,2}D[e:,w]{0,2}|z)?[dq]u{0,2}\)u{0,2}$")
_IN_TEXT = "in among for of"
_IN = frozenset(_IN_TEXT.split())
_WHO = re.compile(
    rf" (?:of (?:the|those) )?(?:[a-z-]{{1,20}} )?{PEOPLE}\b| (?:given|on|who|receiving|assigned|treated"
    rf"|[a-z]{{3,12}}ed (?:by|with|to|for|in))\b"
)


_ANYBODY = re.compile(
    r" (?!(?:weeks?|days?|months?|years?|hours?|min|minutes?|mg|ml|kg|cm|mm|of|and|or|to|v|vs|times|doses?|sessions?"
    r"|cycles?|courses?|groups?|arms?|cohorts?|trials?|studies|cent(?:re|er)s|sites|countries|domains?|items?"
    r"|measures?|quarters?|tests?|trimesters?|visits?|consecutive)\b)[a-z][a-z-]{2,20}\b"
)
"""Whoever stands behind a number right behind a mean and its spread: "92 ± 21 min in 50 laparoscopic operations"."""


_IN_ARM = re.compile(r" in (?:the )?(?:[a-z-]{1,20} ){1,3}(?:group|arm)\b")
"""An arm behind a number: "6.8 (SD 2.4) among 54 in the zinc arm"."""


def sizes_behind(document: Document) -> set[int]:
    """Return the numbers that say of how many a result right before them is: 51.1 (SD 7.9) in 37 patients on X."""
    found = set()
    for match in _SIZED.finditer(document.letters):
        n = match.start("n")
        word = document.tokens[n - 1]
        if document.tokens[n - 2] in _IN and word == "the":
            word = document.tokens[n - 2]
        followed = _WHO.match(document.tokens.text, document.tokens.ends[n])
        if not followed and _is_spread(document, match):
            followed = _ANYBODY.match(document.tokens.text, document.tokens.ends[n])
        if not followed and word == "among":
            followed = _IN_ARM.match(document.tokens.text, document.tokens.ends[n])
        if followed and word in _IN and (_whole(document, n) or 0) >= _FEWEST:
            found.add(n)
    return found | set(totals_of_shares(document).values())


def is_size_behind(document: Document, n: int) -> bool:
    """Whether a number behind a mean with its spread says of how many it is: "92 (21) min in the 50 open operations".

    Parameters
    ----------
    document : Document
    n : int
    """
    the = document.tokens[n - 1] == "the"
    whose = _ANYBODY.match(document.tokens.text, document.tokens.ends[n])
    return (
        document.tokens[n - 2 if the else n - 1] in _IN and whose is not None and (_whole(document, n) or 0) >= _FEWEST
    )


def totals_of_shares(document: Document) -> dict[int, int]:
    """Return the numbers of people that percentages are said to be of, by the percentage: 12% of the 45 boys."""
    found = (match for match in SHARE_OF.finditer(document.letters) if is_total(document, match))
    return {match.start(): match.start("n") for match in found}


SHARE_OF = re.compile(r"qow?(?P<n>d)")
"""A percentage of so many: "12% of the 45 boys"."""


def is_total(document: Document, found: re.Match[str]) -> bool:
    """Whether people stand behind what a percentage is of."""
    n = found.start("n")
    followed = _WHO.match(document.tokens.text, document.tokens.ends[n])
    return followed is not None and (_whole(document, n) or 0) >= _FEWEST


_AHEAD = re.compile(
    r"[wo](?P<n>d)[wo]{1,10}(?:,[wo]{0,8})?(?P<v>[dq])u{0,2}(?:/[uw])?(?=z[dq]|\((?:[wa]{0,2}D[e:,w]{0,2}|z)?[dq]u{0,2}\))"
)
_THE_TEXT = "the in among for of"
_THE = frozenset(_THE_TEXT.split())


def sizes_ahead(document: Document) -> dict[int, int]:
    """Return the numbers of people told right before a mean and its spread, by that mean: the 41 women had 3.1 ± 2.2.

    Parameters
    ----------
    document : Document
    """
    letters, tokens = document.letters, document.tokens
    if "z" not in letters and "D" not in letters:
        return {}
    found = {}
    for match in _AHEAD.finditer(letters):
        n, v = match.start("n"), match.start("v")
        if (
            tokens[n - 1] in _THE
            and (_whole(document, n) or 0) >= _FEWEST
            and (_WHO.match(tokens.text, tokens.ends[n]) or _IN_ARM.match(tokens.text, tokens.ends[n]))
            and not is_time_point(document, v)
        ):
            found[v] = n
    return found


def _is_spread(document: Document, found: re.Match[str]) -> bool:
    """Whether a number is the spread of a mean: the second of "92 ± 21 min" and of "92 min (SD 21)"."""
    letters, start = document.letters, found.start()
    if not found["in"]:
        return letters[start - 1 : start] == "z"
    opened = _SPREAD_IN_BRACKETS.search(letters, max(0, start - 6), found.end("in"))
    return opened is not None and opened[0][1] in "waDz"


def kind_of_counts(document: Document, values: tuple[int, ...], kind: str, size_of: Mapping[int, int]) -> str:
    """Return what a pair of numbers is: counts, where both are written out as some of so many, or people follow."""
    if all(token in size_of for token in values):
        return "count"
    if kind in ("mean", "other") and all(_whole(document, token) is not None for token in values):
        text, ends = document.tokens.text, document.tokens.ends
        first, *_ = followed = [_PEOPLE.match(text, ends[token]) is not None for token in values]
        if all(followed) or (first and all(_GIVEN.match(text, ends[token]) for token in values[1:])):
            return "count"
    return kind


_PEOPLE = re.compile(rf" (?:[a-z-]{{1,20}} )?{PEOPLE}\b")
_GIVEN = re.compile(r" (?:given|on|receiving|assigned|treated|in|with|who)\b")


def _whole(document: Document, token: int) -> int | None:
    return value_of_count(document, token, token + 1)
