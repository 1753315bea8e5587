"""When a change began: the first of two values of one arm, "fell from 148 to 132 with X", is the one at baseline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from trialstats.sources.text.results import Result
from trialstats.sources.text.tokens.document import Document
from trialstats.sources.text.words.of_measures import TIME

_FROM = re.compile(r"\bfrom (?:(?:an?|the|mean|median|average|baseline|initial|value|score|of) ){0,4}[-+]?$")
_TO = re.compile(
    r"[)\]%]*(?: (?!to\b)[a-zµμ%]{1,8}){0,2}(?:/[a-z0-9]{1,6}){0,2} to (?:(?:an?|mean|median|average|of) ){0,4}[-+]?"
)
_RANGED = re.compile(
    r"\b(?:intervals?|ranges?|ranged|ranging|varied|varying|limits?)(?: was| were| of)? from [^;]{0,20}$"
)
_VALUES = frozenset(("mean", "median", "proportion"))


def begin_at_baseline(document: Document, results: Sequence[Result]) -> None:
    """Give the first value of a change of one arm the time "baseline", unless its own stands right behind it.

    Parameters
    ----------
    document : Document
    results : sequence of Result
        In the order of the text, with their arms and times.
    """
    text, starts, ends = document.tokens.text, document.tokens.starts, document.tokens.ends
    for first, second in pairwise(results):
        if not {first.measure, second.measure} <= _VALUES or len(first.arms) != 1 or first.arms != second.arms:
            continue
        if second.unit in TIME:
            continue  # "a fall from 3 to 10 h", and what takes a time begins with no value
        begin = starts[first.first]
        if _RANGED.search(text, max(0, begin - 60), begin) is not None:
            continue
        if (
            _TO.fullmatch(text, ends[first.last], starts[second.first]) is not None
            and _FROM.search(text, max(0, begin - 50), begin) is not None
        ):
            first.time = "baseline"
