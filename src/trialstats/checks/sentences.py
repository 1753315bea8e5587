"""Where the sentence of a claim begins and ends in the text it was read from."""

from __future__ import annotations

import re

_END = re.compile(r"(?<!\b[A-Za-z])(?<!\bvs)(?<! al)[.!?]['\")\]]?\s+(?=[A-Z0-9(\"'])|\n\s*\n")
_LONGEST = 900


def sentence_of(text: str, at: int) -> tuple[int, int]:
    """Return where the sentence around a place of a text begins and ends.

    Examples
    --------
    >>> text = "One died. Two of 3.5 lived. None."
    >>> text[slice(*sentence_of(text, 12))]
    'Two of 3.5 lived.'
    """
    start, stop = max(0, at - _LONGEST), min(len(text), at + _LONGEST)
    begin = start
    for found in _END.finditer(text, start, stop):
        if found.start() >= at:
            return begin, found.start() + 1
        begin = found.end()
    return begin, stop
