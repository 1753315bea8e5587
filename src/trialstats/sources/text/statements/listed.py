"""Layouts of values whose arms are listed behind them: "57 and 51 days in U and Y, respectively"."""

from __future__ import annotations

import re
from itertools import pairwise

from trialstats.sources.text.statements.rows import Places, Row

TIGHT = re.compile(
    r"[)\]%]*(?: (?:months?|years?|weeks?|days?|hours?|minutes?|points?|mm hg|kg|%))?,?(?: (?:of (?:the )?)?(?:patients"
    r"|participants|women|men|subjects|children|those|events|deaths))?"
    r",? ?\(?(?:in|with|for|on|among|of|from|receiving|given|taking|to|after)?(?: the| those| patients)*(?: in| on"
    r"| with)?(?: the)? ?"
)

_TWO_BEHIND = re.compile(
    r"[)\]%]*(?: [a-z/]{1,10})?,? (?:in|for|with|among|on|of|by|after|under|during)"
    r"(?: the| those| patients)*(?: (?:on|receiving|in|with))?(?: the)? (?P<first>[^.;(),0-9%]{1,40}?) and (?:the )?"
    r"(?P<second>[^.;(),0-9%]{1,40}?)(?: ?(?:groups?|arms?|patients|participants))?,? respectively"
)


def named_once(places: Places, row: Row) -> tuple[int, ...]:
    """Pair "57 and 51 days in U and Y, respectively": of two arms one is named, the other in words we do not know."""
    if len(row.results) != 2 or len(places.groups.arms) != 2:
        return ()
    end = places.end(row.results[1])
    found = _TWO_BEHIND.match(places.text(end, min(row.sentence[1], end + 160)))
    if found is None:
        return ()
    first, second = (
        {one.group for one in places.mentions(end + found.start(side), end + found.end(side))}
        for side in ("first", "second")
    )
    if len(first) + len(second) != 1:
        return ()
    return (1 - next(iter(second)), next(iter(second))) if second else (next(iter(first)), 1 - next(iter(first)))


_LISTED = re.compile(r"(?:[ -](?:groups?|arms?|patients))?(?:,|,? (?:and|or)) (?:(?:in|with|for|on|the) )*")


def by_turns(places: Places, row: Row) -> tuple[int, ...]:
    """Pair "A and B with X and Y and C with Z": the arms of values are listed behind them, each time."""
    results = row.results
    if len(results) < 3 or places.mentions(row.floor, places.begin(results[0])):
        return ()
    arms: list[int] = []
    longest = 0
    for at, result in enumerate(results):
        end = places.end(result)
        stop = places.begin(results[at + 1]) if at + 1 < len(results) else max(end, row.ceiling)
        behind = places.mentions(end, stop)[: at + 1 - len(arms)]
        if not behind:
            continue
        if len(behind) != at + 1 - len(arms) or TIGHT.fullmatch(places.text(end, behind[0].start)) is None:
            return ()
        if not all(_LISTED.fullmatch(places.text(one.end, other.start)) for one, other in pairwise(behind)):
            return ()
        arms += [one.group for one in behind]
        longest = max(longest, len(behind))
    return tuple(arms) if longest > 1 and len(arms) == len(set(arms)) == len(results) else ()
