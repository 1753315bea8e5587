"""Arms that a bracket lists with their results: "(zinc, 34.7% [100 of 288]; iron, 27.3%; placebo, 17.4%)"."""

from __future__ import annotations

import re

from trialstats.sources.text.groups.controls import CONTROL
from trialstats.sources.text.groups.drugs import DRUG

_ITEM = re.compile(
    r" ?(?:and |v |vs\.? |versus )?(?:in |with |for )?(?:the )?(?P<name>[a-z][a-z/+' -]{2,40}?)(?: group| arm)?"
    r"(?:,|:| =)? [-+]?[0-9][0-9.,]* ?(?:%|\(|\[|/|of\b|patients\b|participants\b|events\b|deaths\b|;|\)|$)"
)
# "-0.2% for zinc and -3.4% for placebo"
_EACH_OF_TWO = re.compile(
    r"[0-9] ?%? (?P<link>for|with|on) (?P<name>[a-z][a-z/+-]{2,24}(?: [a-z/+-]{3,24})?),? (?:and|versus|vs\.?) "
    r"[-+]?[0-9][0-9.,]{0,6} ?%? (?P=link) (?P<other>[a-z][a-z/+-]{2,24}(?: [a-z/+-]{3,24})?)(?= ?[,.;()])"
)
_BOUND = re.compile(r"[()\[\];]")
_LONGEST = 300
_NO_NAME = re.compile(
    r"\b(?:difference|ratio|hr|or|rr|p|ci|mean|median|range|iqr|men|women|boys|girls|male|female|total|overall|both|all"
    r"|n|age|aged|and|with|of|at|year|years|week|weeks|month|months|day|days)\b"
)


def listed_with_results(text: str) -> list[tuple[str, int, int]]:
    """Return the names of arms, with their places, that brackets list with a result each.

    One of them must be a control's, or all drugs: events are listed so too, "(rash, 12%; nausea, 9%)".

    Parameters
    ----------
    text : str
        In lower case.
    """
    found: list[tuple[str, int, int]] = []
    for both in _EACH_OF_TWO.finditer(text):
        pair = [(str(both[of]), both.start(of), both.end(of)) for of in ("name", "other")]
        called = {name for name, _, _ in pair}
        if len(called) > 1 and any(map(CONTROL.search, called)) and not any(map(_NO_NAME.search, called)):
            found += pair
    at = text.find("(")
    while at >= 0:
        names = _names(text, at)
        told = [name for name, _, _ in names]
        if len(set(told)) == len(told) > 1 and (any(map(CONTROL.search, told)) or all(map(DRUG.search, told))):
            found += names
        at = text.find("(", at + 1)
    return found


def _names(text: str, opened: int) -> list[tuple[str, int, int]]:
    """Return the names that stand first in the parts of a bracket; none where a part begins with no name and value."""
    found: list[tuple[str, int, int]] = []
    for start in _parts(text, opened):
        item = _ITEM.match(text, start)
        if item is None or _NO_NAME.search(item["name"]):
            # "(zinc, 12%; placebo, 9%; P = .03)"
            return found if len(found) > 1 else []
        found.append((item["name"], *item.span("name")))
    return found


def _parts(text: str, opened: int) -> list[int]:
    """Return where the parts of a bracket begin that semicolons divide."""
    parts, depth = [opened + 1], 0
    for bound in _BOUND.finditer(text, opened + 1, opened + _LONGEST):
        if bound[0] in "([":
            depth += 1
        elif bound[0] == ";":
            parts += [bound.end()] if not depth else []
        elif depth:
            depth -= 1
        else:
            return parts if len(parts) > 1 else []
    return []
