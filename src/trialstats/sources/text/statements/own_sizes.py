"""Whose counts are by their denominators: "failure (10/158 vs 18/154)", where one arm has 158 patients."""

from __future__ import annotations

import re

from trialstats.sources.text.results import Result
from trialstats.sources.text.statements.rows import Places, Row

_NEAR = 60
_NAMED_BEHIND = re.compile(
    r"[)\]%,]*(?: [a-z]+)?(?: ?[(\[][^()\[\]]{1,24}[)\]])? (?:(?:in|with|on|of|for|given|receiving|taking|among|to)"
    r" (?:the |those )?(?:(?:in|on|given|receiving|taking) (?:the )?)?)?"
)
_NAMED_BEFORE = re.compile(
    r"(?:[ -](?:groups?|arms?|recipients|patients|children|adults|women|men|participants))?"
    r"(?:[,:(=]| (?:in|was|had)){0,2} ?"
)


def by_own_sizes(places: Places, row: Row) -> tuple[int, ...]:
    """Pair values with the arms of which their denominators are the sizes, unless the words name others.

    Each denominator must be the size of one arm alone, and no two of the same.
    """
    sizes = [_arm_of(places, result) for result in row.results]
    arms = tuple(arm for arm in sizes if arm is not None)
    if len(arms) != len(sizes) or len(set(arms)) != len(arms):
        return ()
    if len(arms) == 1 and not places.mentions(*row.sentence):
        return ()
    return () if _named_otherwise(places, row, arms) else arms


def _arm_of(places: Places, result: Result) -> int | None:
    """Return the one arm of which a printed denominator is the size."""
    if result.n < 0 or result.is_over_time or places.document.letters[result.n] != "d":
        return None
    digits = places.document.digits(result.n)
    found = [
        at
        for at, arm in enumerate(places.groups.arms)
        if any(size.digits == digits and size.population != "clusters" for size in arm.sizes)
    ]
    return found[0] if len(found) == 1 else None


def _named_otherwise(places: Places, row: Row, arms: tuple[int, ...]) -> bool:
    """Whether another arm is named right beside a value, or all of them in another order before or behind the row."""
    begin, end = places.begin(row.results[0]), places.end(row.results[-1])
    at = row.floor
    for place, (result, arm) in enumerate(zip(row.results, arms, strict=True)):
        first, last = places.begin(result), places.end(result)
        stop = places.begin(row.results[place + 1]) if place + 1 < len(arms) else row.ceiling
        behind = places.mentions(last, min(stop, last + _NEAR))[:1]
        if behind and behind[0].group != arm and _NAMED_BEHIND.fullmatch(places.text(last, behind[0].start)):
            return True
        before = places.mentions(max(at, first - _NEAR), first)[-1:]
        if before and before[0].group != arm and _NAMED_BEFORE.fullmatch(places.text(before[0].end, first)):
            return True
        at = last
    for start, stop in ((row.floor, begin), (end, row.ceiling)):
        named = tuple(dict.fromkeys(mention.group for mention in places.mentions(start, stop)))
        if len(named) == len(arms) > 1 and named != arms:
            return True
    return False
