"""Find the numbers by which a text cites its references, where they look like counts: "in 96% [1]", "about 40% (5)".

A text that cites by numbers counts its references from 1 as it goes on. Only then numbers alone in such brackets are
taken out: in the brackets of a result they are counts, percentages or bounds.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_NUMBERS = r"\d{1,3}(?:(?: ?, ?| ?- ?)\d{1,3}){0,12}"
_STYLES = (
    (re.compile(rf"\[{_NUMBERS}\]"), 5, 0.8),
    (re.compile(rf"(?<=[a-z%,.;] )\({_NUMBERS}\)|(?<=[a-z%])\({_NUMBERS}\)"), 10, 0.9),
)
"""Brackets that may cite, how many references there must be, and the share of numbers that follow in order."""
_EMPTIED = re.compile(r"\[[ ,;–-]{0,12}\]")
"""What is left of citations that a source took out: "in a recent trial []"."""
_ENOUGH_EMPTIED = 5
_GAP = 3
"""Further than this no number goes on: "[11]-[13]" skips one, and a text may leave some to its tables."""
_ITEM = re.compile(r"(\d+)(?: ?- ?(\d+))?")


def without_citations(text: str, filled: Callable[[re.Match[str]], str]) -> str:
    """Return a text in which `filled` stands for the citations, where its brackets are these.

    Parameters
    ----------
    text : str
    filled : callable
        What stands for a citation, of the same length.

    Examples
    --------
    >>> text = "Rare [1]. Common [2, 3]: 96% [4]. Both [1-3], in 5 [6%], never [5] or [6]."
    >>> without_citations(text, lambda found: "_" * len(found[0]))
    'Rare ___. Common ______: 96% ___. Both _____, in 5 [6%], never ___ or ___.'
    >>> without_citations("Rates were 41% [12] and 40% [11].", lambda found: "")
    'Rates were 41% [12] and 40% [11].'
    """
    if len(_EMPTIED.findall(text)) >= _ENOUGH_EMPTIED:
        text = _STYLES[0][0].sub(lambda found: found[0] if _is_around(text, found) else filled(found), text)
    for style, least, share in _STYLES:
        if text.count("[" if least < 10 else "(") >= least and _counts_up(style, text, least, share):
            text = style.sub(filled, text)
    return text


def _is_around(text: str, found: re.Match[str]) -> bool:
    """Whether numbers in a bracket lie about the number before it, as a spread does: "12 [9-15]"."""
    before = _VALUE.search(text, max(0, found.start() - 12), found.start())
    numbers = [int(number) for pair in _ITEM.findall(found[0]) for number in pair if number]
    return before is not None and len(numbers) > 1 and min(numbers) <= float(before[1]) <= max(numbers)


_VALUE = re.compile(r"(\d{1,4}(?:\.\d{1,3})?) ?%? $")


def _counts_up(style: re.Pattern[str], text: str, least: int, share: float) -> bool:
    """Whether the numbers in such brackets go up from 1 one by one, but for those named before."""
    last, good, found = 0, 0, 0
    for match in style.finditer(text):
        for first, other in _ITEM.findall(match[0]):
            begin, end = int(first), int(other or first)
            found += 1
            if 0 < begin <= last + _GAP and begin <= end:
                good, last = good + 1, max(last, end)
    return last >= least and good >= share * found
