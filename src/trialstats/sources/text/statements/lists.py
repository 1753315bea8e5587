"""Single values of a list, of which one has its arm beside it: "in X, rash (12%), flu (4%)"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trialstats.sources.text.results import Result
from trialstats.sources.text.statements.others import of_another
from trialstats.sources.text.statements.rows import REACH, WITH_SOME, Places, Row, alike
from trialstats.sources.text.statements.wholes import ALL

_GAP = 60
_FAR = 500
_BEHIND, _LEADING = 60, 90
_PEOPLE = r"[)\]%]*(?: (?:patients|participants|women|men|subjects|children|cases))?"
_LIST_GAP = re.compile(rf"{_PEOPLE}(?:,? and|,) (?:(?:[a-z-]+ ){{1,5}}in )?")
_OF_VALUE = re.compile(rf"{_PEOPLE},? (?:in|with|for|of|among)(?: the| those)? ")
_LEADS = re.compile(
    r"(?:[ -](?:groups?|arms?|patients|participants)){0,2},? (?:[a-z-]+ ){0,5}(?:was|were)(?: [a-z-]+){1,3} in "
)


def give_lists(places: Places, rows: Sequence[Row]) -> None:
    """Give single values of a list the arm named before the list, or behind it: "rash (12%), flu (4%) in X"."""
    alone = [row for row in rows if len(row.results) == 1 and not row.of_all]
    alone = [row for row in alone if row.arms or not of_another(places, row.results[0], row.ceiling)]
    named_first = bool(rows) and bool(places.mentions(rows[0].sentence[0], places.begin(rows[0].results[0])))
    last: Row | None = None
    for row in alone if named_first else reversed(alone):
        if row.arms:
            last = row
        elif last is not None and alike(row.results[0], last.results[0]):
            first, second = (last, row) if named_first else (row, last)
            start, stop = places.end(first.results[0]), places.begin(second.results[0])
            gap = places.text(start, stop)
            some = first.results[0].measure == "count" and WITH_SOME.fullmatch(gap) is not None
            if some or stop - start >= REACH or places.mentions(start, stop):
                continue
            if not ALL.search(gap) and ";" not in gap:
                row.arms, row.basis = last.arms, "carried"
                last = row


def give_beside(places: Places, rows: Sequence[Row]) -> None:
    """Give a single value the arm of the next, named behind it, or else of the last, named before it.

    "Relief in 21 and relapse in 12 in X, while in Y relief was seen in 13 and relapse in 20".
    """
    told = [(one, row.arms[at]) for row in rows if row.arms for at, one in enumerate(row.results)]
    for row in rows:
        if row.arms or row.of_all or len(row.results) > 1 or row.results[0].measure == "p-only":
            continue
        result = row.results[0]
        begin, end = places.begin(result), places.end(result)
        following = next(((one, arm) for one, arm in told if places.begin(one) >= end), None)
        before = next(((one, arm) for one, arm in reversed(told) if places.end(one) <= begin), None)
        if following is not None and _goes_to(places, result, following[0]):
            stop = places.end(following[0])
            named = places.mentions(stop, stop + _BEHIND)[:1]
            if named and named[0].group == following[1] and _OF_VALUE.fullmatch(places.text(stop, named[0].start)):
                row.arms, row.basis = (following[1],), "carried"
        elif before is not None and _goes_to(places, before[0], result):
            start = places.begin(before[0])
            named = places.mentions(max(row.sentence[0], start - _LEADING), start)[-1:]
            behind = places.mentions(end, min(row.ceiling, end + _BEHIND))
            led = bool(named) and named[0].group == before[1]
            if led and not behind and _LEADS.fullmatch(places.text(named[0].end, start)):
                row.arms, row.basis = (before[1],), "carried"


def _goes_to(places: Places, first: Result, second: Result) -> bool:
    """Whether two single values side by side are of a list: "12 (5%) and relapse in 9 (4%)"."""
    start, stop = places.end(first), places.begin(second)
    if stop - start > _GAP or not alike(first, second) or places.mentions(start, stop):
        return False
    return _LIST_GAP.fullmatch(places.text(start, stop)) is not None


_TOLD = re.compile(
    r"[)\]%]*,? (?:in|with|for|on|among|of|receiving)(?: the| those| patients)*(?: in| on| with| receiving)?(?: the)? "
)


def told_behind(places: Places, rows: Sequence[Row]) -> bool:
    """Give the lists of "rash (12%) and flu (4%) in X and rash (8%), flu (3%) and pain (2%) in Y" the arm behind each.

    Parameters
    ----------
    places : Places
    rows : sequence of Row
        Of one sentence, whose arms are set if it is laid out so.

    Returns
    -------
    bool
        Whether it is.
    """
    if len(rows) < 3 or any(len(row.results) > 1 for row in rows):
        return False
    if places.mentions(rows[0].sentence[0], places.begin(rows[0].results[0])):
        return False
    pending: list[Row] = []
    told: list[tuple[Row, int]] = []
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        end = places.end(row.results[0])
        stop = places.begin(following.results[0]) if following is not None else min(row.sentence[1], end + _FAR)
        if pending:
            gap = places.text(places.end(pending[-1].results[0]), places.begin(row.results[0]))
            if ";" in gap or ALL.search(gap) or not alike(pending[-1].results[0], row.results[0]):
                return False
        pending.append(row)
        if behind := places.mentions(end, stop):
            if _TOLD.fullmatch(places.text(end, behind[0].start)) is None:
                return False
            told += [(one, behind[0].group) for one in pending]
            pending = []
    if pending or len({arm for _, arm in told}) < 2:
        return False
    for row, arm in told:
        row.arms, row.basis = (arm,), "stated"
    return True


_NOT_REACHED = re.compile(
    r"\bnot (?:been |yet )?(?:reached|estimable|evaluable)(?: ?[(\[][^()\[\]]{0,40}[)\]])?"
    r" (?:versus|vs\.?|v|compared with) $"
)


def behind_not_reached(places: Places, rows: Sequence[Row], order: Sequence[int]) -> None:
    """Give the value of "not reached versus 19 months" the second of two arms.

    Parameters
    ----------
    places : Places
    rows : sequence of Row
        Of one sentence.
    order : sequence of int
        Of the arms, as they were last compared.
    """
    for row in rows:
        begin, end = places.begin(row.results[0]), places.end(row.results[0])
        told = places.mentions(end, min(row.ceiling, end + 40))
        if told or len(row.results) > 1 or len(places.groups.arms) != 2:
            continue
        if _NOT_REACHED.search(places.text(max(row.sentence[0], begin - 80), begin)) is not None:
            row.arms, row.basis = (order[1],), "carried"
