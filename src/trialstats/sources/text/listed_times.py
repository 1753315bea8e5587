"""Give each result of a list its own of several listed times: "the 1-, 2- and 5-year rates were 84%, 71% and 58%"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from trialstats.sources.text.document import Document
from trialstats.sources.text.results import Result

_TIMES = re.compile(
    r"(?<![0-9.])(?P<list>[0-9]{1,2}(?:-?,? ?(?:,|and) ?[0-9]{1,2}){1,4})[ -](?P<unit>years?|months?|weeks?)\b"
)
_NUMBER = re.compile(r"[0-9]+")
_BETWEEN = re.compile(r"%?(?: ?[(\[][^()\[\]]{1,60}[)\]])?,?(?: and)? ?")
_LEAD = 110
"""Characters between the times and the first of their results."""
_MEASURES = frozenset(("survival", "proportion"))


def give_listed_times(document: Document, results: Sequence[Result]) -> None:
    """Set the times of results that stand in a list behind as many times; others stay as they are.

    Parameters
    ----------
    document : Document
    results : sequence of Result
        In the order of the text.
    """
    text, starts, ends = document.tokens.text, document.tokens.starts, document.tokens.ends
    if " and " not in text or not any(unit in text for unit in ("-year", "-month", "-week", " years", " months")):
        return
    begins = [starts[one.first] for one in results]
    for match in _TIMES.finditer(text):
        times = _NUMBER.findall(match["list"])
        values = [int(time) for time in times]
        first = bisect_left(begins, match.end())
        told = list(results[first : first + len(times)])
        if values != sorted(set(values)) or len(told) < len(times) or begins[first] - match.end() > _LEAD:
            continue
        sentence = document.sentence(bisect_left(starts, match.start()))
        behind = results[first + len(times)] if first + len(times) < len(results) else None
        if told[-1].last >= sentence[1] or any(one.measure not in _MEASURES for one in told):
            continue
        gaps = [(ends[one.last], starts[other.first]) for one, other in pairwise(told)]
        if not all(_BETWEEN.fullmatch(text, *gap) for gap in gaps):
            continue
        if behind is not None and _BETWEEN.fullmatch(text, ends[told[-1].last], starts[behind.first]):
            continue  # a longer list than there are times
        for one, time in zip(told, times, strict=True):
            one.time = f"{time} {match['unit']}"
            one.outcome = told[0].outcome
