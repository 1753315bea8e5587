"""What one cell prints: one number, or several that stand in one cell as a paper has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from trialstats.sources.table.headings import BOTH, OF_SO_MANY, WITH_BOUNDS, WITH_SHARE, WITH_SPREAD

_NUMBER = r"[-+\u2212]?(?:[0-9][0-9.,\u00b7]*?|\.[0-9]+)%?|N[ERA]|not (?:reached|estimable)|inf(?:inity)?|\u221e"
_TWO = rf"(?P<lower>{_NUMBER})\s*(?:to|and|[-\u2013\u2014,;:])\s*(?P<upper>{_NUMBER})"
_BOUNDS = rf"[(\[]?\s*{_TWO}\s*[)\]]?"
_WHOLE = r"[0-9][0-9,]*"
_SAID = r"(?:(?:[0-9]{2}(?:\.[0-9])?\s?%\s*)?CI[:,]?\s*)?"
_CELLS: Mapping[str, tuple[re.Pattern[str], str]] = MappingProxyType(
    {
        kind: (re.compile(expression, re.IGNORECASE), example)
        for kind, expression, example in (
            (BOTH, _BOUNDS, "two printed numbers, such as 0.36-0.81"),
            (
                WITH_BOUNDS,
                rf"(?P<estimate>{_NUMBER})(?:\s*[(\[;,]\s*{_SAID}{_TWO}\s*[)\]]?)?",
                "an estimate with its bounds, such as 0.54 (0.36-0.81)",
            ),
            (
                OF_SO_MANY,
                rf"(?P<x>{_WHOLE})\s*(?:/|of)\s*(?P<n>{_WHOLE})(?:\s*[(\[]?\s*(?P<estimate>{_NUMBER})\s*[)\]]?)?",
                "a count and its total, such as 30/120",
            ),
            (
                WITH_SHARE,
                rf"(?P<x>{_WHOLE})(?:\s*/\s*(?P<n>{_WHOLE}))?"
                rf"(?:\s*[(\[]\s*(?:[<\u2264]\s*{_NUMBER}|(?P<estimate>{_NUMBER}))\s*[)\]])?",
                "a count and its percentage, such as 30 (25%)",
            ),
            (
                WITH_SPREAD,
                rf"(?P<mean>{_NUMBER})(?:\s*(?:[(\[]|±|\+/-)\s*(?:SD\s*)?(?P<sd>{_NUMBER})\s*[)\]]?)?",
                "a mean and its standard deviation, such as 21.4 (6.1)",
            ),
        )
    }
)


_MARKS = re.compile(r"(?<=[0-9%)\]])\s*[*\u2020\u2021\u00a7\u00b6\u2016#]+$")
_DASHED = re.compile(r"(?:(?<=^)|(?<=[(\[,;] )|(?<=[(\[,;])|(?<=to ))[\u2013\u2014\u2212](?=\.?[0-9])")
_BLANK = re.compile(r"[-\u2013\u2014.?]{1,3}")
_NO_NUMBER = re.compile(
    r"n\.?[/ ]?[adrcs]\.?|ns|n\.s\.|nil|none|not (?:reported|done|given|available|applicable|significant|assessed"
    r"|calculated|estimable|reached|stated)|unknown|missing|no data|unclear|ref(?:\.|erence)?",
    re.IGNORECASE,
)


def without_marks(cell: str) -> str:
    """Return a cell without the signs of footnotes behind its number, and a dash for a minus as a minus.

    Examples
    --------
    >>> without_marks("0.007*"), without_marks("\u20136.5, \u20131.1")
    ('0.007', '-6.5, -1.1')
    """
    return _DASHED.sub("-", _MARKS.sub("", cell.strip()))


def is_blank(cell: str) -> bool:
    """Whether a cell holds a sign for nothing."""
    return _BLANK.fullmatch(cell) is not None


def is_no_number(cell: str) -> bool:
    """Whether the words of a cell say that there is no number."""
    return _NO_NUMBER.fullmatch(cell) is not None


def split_cell(kind: str, cell: str) -> dict[str, str] | None:
    """Return the numbers of a cell by what they are; None where the cell is none of its kind.

    Examples
    --------
    >>> split_cell("x of n", "30/120")
    {'x': '30', 'n': '120'}
    >>> split_cell("estimate and ci", "0.54 (0.36 to 0.81)")
    {'estimate': '0.54', 'lower': '0.36', 'upper': '0.81'}
    >>> split_cell("estimate", "0.54")
    {'estimate': '0.54'}
    """
    if kind not in _CELLS:
        return {kind: cell}
    found = _CELLS[kind][0].fullmatch(cell)
    return None if found is None else {name: text for name, text in found.groupdict().items() if text}


def what_is_accepted(kind: str) -> str:
    """Return what a cell with several numbers must be."""
    return _CELLS[kind][1]
