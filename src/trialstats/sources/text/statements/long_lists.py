"""Lists of more values than there are arms: they are of one arm, or of none, and never of the arms in turn."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trialstats.sources.text.results import Result
from trialstats.sources.text.statements.brackets import BETWEEN_LISTED, TELLS
from trialstats.sources.text.statements.rows import CHANGES, Places
from trialstats.sources.text.statements.wholes import AGAINST, ALL

_SAME = CHANGES | {"proportion", "mean"}
_FARTHEST = 60
_GOES_ON = re.compile(r"(?:[ -](?:groups?|arms?|patients))?(?:,| and| or|,? (?:versus|vs\.?|v)\b)")


def of_long_lists(places: Places, results: Sequence[Result], sentence: tuple[int, int]) -> dict[int, int | None]:
    """Return the one arm of each value of a long list: "with X, fat, salt and water fell by 12%, 8% and 3%".

    Parameters
    ----------
    places : Places
    results : sequence of Result
        Of one sentence, in order.
    sentence : (int, int)

    Returns
    -------
    dict of int to int or None
        By the first token of a value; None where the sentence does not say whose they are.
    """
    found: dict[int, int | None] = {}
    if len(places.groups.arms) < 2:
        return found
    values = [one for one in results if not one.is_contrast or (one.measure in CHANGES and one.interval is None)]
    floor, arm = sentence[0], None
    for run in _runs(places, values):
        begin, end = places.begin(run[0]), places.end(run[-1])
        if len(run) > len(places.groups.arms):
            between = places.text(floor, begin)
            if places.mentions(floor, begin) or ". " in between or AGAINST.search(between) is not None:
                arm = None  # else "with X, 6%, 5% and 4%, and then 3%, 2% and 1%": the arm of those before
            arm = _behind(places, end) if arm is None else arm
            arm = _before(places, floor, begin) if arm is None else arm
            found |= dict.fromkeys((one.first for one in run), arm)
        else:
            arm = None
        floor = end
    return found


def _runs(places: Places, results: Sequence[Result]) -> list[list[Result]]:
    """Return the values that stand side by side, with nothing but commas and "and" between."""
    runs: list[list[Result]] = []
    for result in results:
        last = runs[-1][-1] if runs else None
        alike = last is not None and (last.measure == result.measure or {last.measure, result.measure} <= _SAME)
        if last is not None and alike and BETWEEN_LISTED.fullmatch(places.text(places.end(last), places.begin(result))):
            runs[-1].append(result)
        else:
            runs.append([result])
    return runs


def _behind(places: Places, end: int) -> int | None:
    """Return the one arm named right behind a list: "6%, 5% and 4% with X"."""
    named = places.mentions(end, end + _FARTHEST)[:1]
    if not named or TELLS.fullmatch(places.text(end, named[0].start)) is None:
        return None
    return None if _GOES_ON.match(places.text(named[0].end, named[0].end + 24)) else named[0].group


def _before(places: Places, floor: int, begin: int) -> int | None:
    """Return the one arm that the words before a list name, and hold against none."""
    named = {one.group for one in places.mentions(floor, begin)}
    words = places.text(floor, begin)
    if len(named) != 1 or AGAINST.search(words) is not None or ALL.search(words) is not None:
        return None
    return next(iter(named))
