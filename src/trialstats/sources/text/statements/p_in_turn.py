"""P values of several arms, each against one more: "51%, 59% and 28% (P = .01 and P = .002 v placebo)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from trialstats.sources.text.results import Result
from trialstats.sources.text.statements.rows import VERSUS, Places, Row

_JOINED = re.compile(r",? (?:and )?|[;,] ?")
_AGAINST = re.compile(r",? (?:(?:for|in) )?(?:versus|vs\.?|v|(?:compared|comparison) (?:with|to)|against)(?: the)? ")
_IN_TURN = re.compile(r",? respectively\b")
_TO_FIRST = re.compile(r"[^0-9.;:<>=]{0,60}")
_NEAR = 40


def in_turn_against(places: Places, results: Sequence[Result], rows: Sequence[Row]) -> dict[int, tuple[int, int]]:
    """Return the two arms of each P value of a list that holds all but one of the arms before it against that one.

    The list names that arm behind it; or says "respectively", where the last of the arms is held against the others.

    Parameters
    ----------
    places : Places
    results : sequence of Result
        Of one sentence; what the P values compare is set.
    rows : sequence of Row

    Returns
    -------
    dict of int to (int, int)
        By the first token of each P value.
    """
    found: dict[int, tuple[int, int]] = {}
    for run in _runs(places, [one for one in results if one.measure == "p-only"]):
        begin, end = places.begin(run[0]), places.end(run[-1])
        row = next((row for row in reversed(rows) if places.end(row.results[-1]) <= begin), None)
        if row is None or row.halves is not None or not len(row.arms) == len(set(row.arms)) == len(run) + 1:
            continue
        last = row.results[-1]
        if len(row.results) != len(row.arms) or not _TO_FIRST.fullmatch(places.text(places.end(last), begin)):
            continue
        named = places.mentions(end, end + _NEAR)[:1]
        if named and _AGAINST.fullmatch(places.text(end, named[0].start)):
            against = named[0].group
        elif _IN_TURN.match(places.text(end, end + _NEAR)) and VERSUS.search(
            places.text(places.end(row.results[-2]), places.begin(last))
        ):
            against = row.arms[-1]
        else:
            continue
        if against in row.arms:
            own = dict(zip(row.arms, row.results, strict=True))
            others = [arm for arm in row.arms if arm != against]
            for one, arm in zip(run, others, strict=True):
                found[one.first] = (arm, against)
                one.of = (own[arm].value, own[against].value)
    return found


def _runs(places: Places, given: Sequence[Result]) -> list[list[Result]]:
    """Return the P values that stand side by side, two or more."""
    runs = [given[:1]] if given else []
    for one, other in pairwise(given):
        if _JOINED.fullmatch(places.text(places.end(one), places.begin(other))):
            runs[-1] = [*runs[-1], other]
        else:
            runs.append([other])
    return [list(run) for run in runs if len(run) > 1]
