"""One time that two numbers tell: "15 min 33 s"."""

from __future__ import annotations

import re
from types import MappingProxyType

from trialstats.sources.text.tokens.document import Document

_FORM = re.compile(r"(?<![dk]u)(?P<larger>d)u(?P<smaller>d)u(?![/w])")
_STEPS = ("s sec secs", "min mins minute minutes", "h hr hrs hour hours", "day days", "week weeks wk wks")
_RANK = MappingProxyType({name: rank for rank, names in enumerate(_STEPS) for name in names.split()})


def pass_by_times_of_two_units(document: Document) -> None:
    """Mark both numbers of such a time as used: neither alone is what was measured.

    Parameters
    ----------
    document : Document
    """
    for found in _FORM.finditer(document.letters):
        larger, smaller = found.start("larger"), found.start("smaller")
        ranks = [_RANK.get(document.tokens[token + 1]) for token in (larger, smaller)]
        if None not in ranks and ranks[0] == (ranks[1] or 0) + 1:
            document.used[larger] = document.used[smaller] = 2
