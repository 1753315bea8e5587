"""Arms that a bracket lists with their results: "(zinc, 34.7% [100 of 288]; iron, 27.3%; placebo, 17.4%)"."""

from __future__ import annotations

import re
from itertools import pairwise

from trialstats.sources.text.groups.controls import CONTROL
from trialstats.sources.text.groups.drugs import DRUG
from trialstats.sources.text.groups.numbers import PEOPLE
from trialstats.sources.text.groups.prose import places_of

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
    found += _in_a_row(text) + _with_totals(text) + _of_each(text)
    at = text.find("(")
    while at >= 0:
        names = _names(text, at)
        told = [name for name, _, _ in names]
        if len(set(told)) == len(told) > 1 and (any(map(CONTROL.search, told)) or all(map(DRUG.search, told))):
            found += names
        at = text.find("(", at + 1)
    return found


# "in the low, medium and high salt groups"
_NAME = r"(?!(?:two|three|four|all|both|study|treatment|same|other)\b)[a-z][a-z+/-]{2,20}(?: [a-z+/-]{2,20}){0,2}"
_ROW = re.compile(
    rf"\b(?:in|for|of|among|with|between|on) (?:the )?(?P<names>{_NAME}(?:, {_NAME}){{0,4}},? and {_NAME}) $"
)
_NEXT = re.compile(r",? and |, ")
_VALUE = r"[-+]?[0-9][0-9.,]{0,6}(?<![.,]) ?%?(?: ?[(\[][^()\[\]]{1,24}[)\]])?"
_VALUES = re.compile(rf"(?<![0-9.]){_VALUE}(?:, {_VALUE}){{0,4}},? and {_VALUE}")
_FAR = 130


def _in_a_row(text: str) -> list[tuple[str, int, int]]:
    """Return the names of several groups for which as many values stand in their clause."""
    found: list[tuple[str, int, int]] = []
    for at in places_of(text, ("groups", "arms")):
        row = _ROW.search(text, max(0, at - _FAR), at)
        if row is None:
            continue
        names = _apart(text, *row.span("names"), _NEXT)
        start, stop = max(text.rfind(". ", 0, row.start()) + 1, row.start() - _FAR), text.find(". ", at, at + _FAR)
        stop = stop if stop >= 0 else at + _FAR
        told = [*_VALUES.finditer(text, start, row.start()), *_VALUES.finditer(text, at, stop)]
        if len({name for name, _, _ in names}) == len(names) and any(
            len(_apart(text, *one.span(), _NEXT_VALUE)) == len(names) for one in told
        ):
            found += names
    return found


_NEXT_VALUE = re.compile(r",? and (?=[-+]?[0-9])|, (?=[-+]?[0-9])")


def _apart(text: str, start: int, stop: int, joint: re.Pattern[str]) -> list[tuple[str, int, int]]:
    """Return the parts of a list, with their places."""
    cuts = [one.span() for one in joint.finditer(text, start, stop)]
    begins, ends = [start, *(end for _, end in cuts)], [*(begin for begin, _ in cuts), stop]
    return [(text[begin:end], begin, end) for begin, end in zip(begins, ends, strict=True)]


# "among 225 women given zinc, 14 fell; among 221 given sugar", "in 50 of the 63 adults who received placebo"
_TOTAL = re.compile(
    rf"\b(?:of|among|in) (?:the )?[0-9][0-9,]{{1,6}}(?: {PEOPLE})?,? (?:(?:who|that|were|was|had been) ){{0,2}}"
    r"(?:receiv(?:ing|ed)|given|treated with|taking|assigned(?: to)?|allocated(?: to)?|randomi[sz]ed to|undergoing"
    r"|underwent)(?: receive)?(?: the| an?)? (?P<name>[a-z][a-z+/-]{2,24}(?: (?!(?:the|they|had|was|were|and"
    r"|there|who|for|group|arm|therapy|treatment|alone)\b)[a-z+/-]{3,20})?)"
    r"(?= ?[,.;:()\[]| (?:the|an?|it|they|had|was|were|and|versus|vs?|there|in|on|at|for|group|arm|therapy"
    r"|treatment|alone|[a-z]+ed)\b)"
)


def _with_totals(text: str) -> list[tuple[str, int, int]]:
    """Return the names of arms that stand behind the numbers of those who had each of them."""
    found = [(one["name"], *one.span("name")) for one in _TOTAL.finditer(text)]
    near = [name for one, other in pairwise(found) if other[1] - one[2] < _NEAR for name in (one, other)]
    names = dict.fromkeys(name for name, _, _ in near)
    return near if len(names) > 1 and not any(map(_NO_NAME.search, names)) else []


_NEAR = 220
# "in 3 of 40 robotic and 8 of 41 open procedures", "42 of 300 in the school arm v 61 of 300 controls"
_SHARE = (
    r"[0-9][0-9,]{0,5} ?(?:/|(?:out )?of) ?(?:the )?[0-9][0-9,]{0,6}(?: ?[(\[][0-9.]{1,5} ?%[)\]])?"
    rf"(?: {PEOPLE})? (?:(?:in|with|on|given|receiving|who received) )?(?:the )?"
)
_EACH = re.compile(
    rf"(?<![0-9./,]){_SHARE}(?P<name>[a-z][a-z+/-]{{2,24}})(?: (?:group|arm|{PEOPLE}))?,? (?:and|versus|vs?\.?"
    rf"|compared with)(?: in| with)? {_SHARE}(?P<other>[a-z][a-z+/-]{{2,24}})\b"
)
# a third before them: no two arms are all
_ONE_MORE = re.compile(rf"{_SHARE}[a-z][a-z+/-]{{2,24}}(?: (?:group|arm|{PEOPLE}))?[,;] $")
_ARE_PEOPLE = re.compile(rf"(?!controls){PEOPLE}|with(?:out)?|who|the|were|was|had|in|for|from|on|their")


def _of_each(text: str) -> list[tuple[str, int, int]]:
    """Return the names of two arms that stand each behind a count with its total."""
    found: list[tuple[str, int, int]] = []
    for both in _EACH.finditer(text):
        pair = [(str(both[of]), both.start(of), both.end(of)) for of in ("name", "other")]
        named = not any(_NO_NAME.search(name) or _ARE_PEOPLE.fullmatch(name) for name, _, _ in pair)
        listed = _ONE_MORE.search(text, max(0, both.start() - 90), both.start()) is not None
        found += pair if named and not listed and both["name"] != both["other"] else []
    return found


def _names(text: str, opened: int) -> list[tuple[str, int, int]]:
    """Return the names that stand first in the parts of a bracket; none where a part begins with no name and value."""
    found: list[tuple[str, int, int]] = []
    if _ITEM.match(text, opened + 1) is None:
        return found
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
