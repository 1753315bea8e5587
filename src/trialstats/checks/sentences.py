"""Where the sentence of a claim begins and ends in the text it was read from."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

# A set of characters comes first, so that the search jumps from one of them to the next.
_END = re.compile(
    r"[.!?\n](?:(?<=[.!?])(?<!\b[A-Za-z].)(?<!\bvs.)(?<! al.)['\")\]]?\s+(?=[A-Z0-9(\"'])|(?<=\n)\s*\n)", re.DOTALL
)


@lru_cache(maxsize=4)
def _ends(text: str) -> tuple[list[int], list[int]]:
    """Return where the sentences of a text end, and where those behind them begin."""
    found = [(one.start() + 1, one.end()) for one in _END.finditer(text)]
    return [end for end, _ in found], [begin for _, begin in found]


def sentence_of(text: str, at: int) -> tuple[int, int]:
    """Return where the sentence around a place of a text begins and ends.

    Examples
    --------
    >>> text = "One died. Two of 3.5 lived. None."
    >>> text[slice(*sentence_of(text, 12))]
    'Two of 3.5 lived.'
    """
    ends, begins = _ends(text)
    number = bisect_right(ends, at)
    return begins[number - 1] if number else 0, ends[number] if number < len(ends) else len(text)
