"""One value that several arms have alike: "4.1 months in both groups", "5% in each arm", "2% in both X and Y"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from trialstats.sources.text.groups.model import Groups
from trialstats.sources.text.results import Result
from trialstats.sources.text.statements.joined import of_two_behind
from trialstats.sources.text.statements.rows import Places
from trialstats.sources.text.tokens.document import Document

_OF_ONE = frozenset(("mean", "median", "proportion", "survival", "rate"))
_BEHIND = (
    r"[)\]%]*(?: (?:of (?:the |all )?)?(?!(?:and|or|to|vs?)\b)[a-z/]{1,12}){0,2}"
    r"(?:,? (?:for|in|with|of|among|on|within) | |, )"
)
_KIND = r"(?: (?:study|treatment|trial|patient|randomi[sz]ed))?"
_IN_EACH = re.compile(
    rf"{_BEHIND}(?P<how>each|both|either)(?: of)?(?: the)?(?: two)?{_KIND} (?:groups?|arms?|regimens?|treatments?)\b"
    r"(?! (?:combined|together|[a-d]\b|[1-9]\b))"
)
_GOES_ON = re.compile(
    r"[0-9][)\]%]*(?: [a-z/]{1,12}){0,2}(?: ?[(\[][^()\[\]]{1,40}[)\]])?(?:,? (?:and|or|to|versus|vs\.?|v)|,) [-+]?$"
)
"""What leads to the second of several values: "12% and 14% in both groups" are of two things."""
_NEAR = 80


def told_of_each(document: Document, groups: Groups, results: Sequence[Result]) -> list[Result]:
    """Return the results of a text, with one for each arm in the place of a value that they have alike.

    Parameters
    ----------
    document : Document
    groups : Groups
    results : sequence of Result
        In the order of the text, with their arms and outcomes.
    """
    if len(groups.arms) < 2:
        return list(results)
    places = Places(document, groups, [mention.start for mention in groups.mentions])
    return [one for result in results for one in _of_each(places, result)]


def _of_each(places: Places, result: Result) -> Iterator[Result]:
    arms = _alike(places, result)
    if not arms:
        yield result
    for arm in arms:
        yield replace(result, arms=(arm,), basis="stated")


def _alike(places: Places, result: Result) -> tuple[int, ...]:
    """Return the arms of which a value is told at once; none where it is of one, or of all together."""
    if result.measure not in _OF_ONE or result.compares or result.value < 0:
        return ()
    begin, end = places.begin(result), places.end(result)
    if _GOES_ON.search(places.text(max(0, begin - _NEAR), begin)) is not None:
        return ()
    told = _IN_EACH.match(places.text(end, end + _NEAR))
    size = len(places.groups.arms)
    if told is not None:
        return tuple(range(size)) if told["how"] == "each" or size == 2 else ()
    behind = places.mentions(end, end + _NEAR)[:2]
    return tuple(one.group for one in behind) if of_two_behind(places, result, behind) else ()
