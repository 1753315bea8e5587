"""Outcomes that several results share: of two rows told in turn, and of one curve at several times."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby, pairwise

from trialstats.sources.text.results import Result
from trialstats.sources.text.tokens.document import Document

_RESPECTIVELY = re.compile(r"(?: ?[(\[][^()\[\]]{1,90}[)\]])?[^.;()\[\]]{0,60}\brespectively\b")
_AT_A_TIME = re.compile(
    r"[)\]]? ?(?:at|after|by) (?:[0-9]{1,3}|one|two|three|four|five|six|ten) (?:day|week|month|year)s?"
    r"(?:,|,? and|;) (?:then )?(?:to )?"
)
"""Between two rates of one list: "12% at 6 months, "."""
_A_GROUP = re.compile(
    r" (?!had\b|with\b|and\b)[a-z][a-z-]{2,30}(?: [a-z-]{3,20}){0,2}(?:,| and|, and|;| v| vs\.?| versus) "
)
_BEHIND_GROUP = re.compile(r" [a-z][a-z-]{2,30}(?: [a-z-]{3,20}){0,2}(?=[;:()]|, (?!\d)|\. |$)")
_TWO = 2
_MOST_WORDS = 6


def share_outcomes(document: Document, results: Sequence[Result]) -> None:
    """Give each of two rows of both arms its own of two outcomes, and the rates of one curve the same.

    "Pain and sleep were 12% v 20% and 41% v 33%, respectively"; "12% at 1 year and 20% at 2 years in the tea group".

    Parameters
    ----------
    document : Document
    results : sequence of Result
        In the order of the text, with their arms and outcomes.
    """
    for before, one in pairwise(results):
        # What stands behind the last, "in the surgical group", is of all.
        of_curve = before.measure == one.measure == "survival" and _goes_on(document, before, one)
        if before.outcome and (of_curve or _is_next_group(document, before, one) or _is_unit(document, before, one)):
            one.outcome = before.outcome
    told = [one for one in results if one.outcome and " and " in one.outcome]
    for _, found in groupby(told, lambda one: (one.outcome, document.sentence(one.first)[0])):
        same = list(found)
        rows = list({id(one.row): one.row for one in same if one.row and one.row[0] is one}.values())
        outcomes = (same[0].outcome or "").split(" and ")
        if len(rows) != _TWO or len(outcomes) != _TWO or not all(map(_is_of_both_arms, rows)):
            continue
        if any(len(words.split()) > _MOST_WORDS for words in outcomes):
            continue
        begin, end = (document.tokens.ends[row[-1].last] for row in rows)
        between = document.tokens.text[begin : document.tokens.starts[rows[1][0].first]]
        if "respectively" in between or not _RESPECTIVELY.match(document.tokens.text, end):
            continue
        for one in same:
            one.outcome = outcomes[one.first >= rows[1][0].first]


def share_list(document: Document, results: Sequence[Result], phrase: Callable[..., str]) -> None:
    """Give pairs listed in one order with three or more outcomes each its own, and P values what they compare.

    "Pain, fatigue and fever were less frequent (12% v 25%, 20% v 31% and 9% v 11%; P = .01, .02 and .5)".

    Parameters
    ----------
    document : Document
    results : sequence of Result
        In the order of the text, with their outcomes and times.
    phrase : callable
        Finds the words for an outcome in a stretch of text.
    """
    starts, ends, text = document.tokens.starts, document.tokens.ends, document.tokens.text
    pairs = [one for one in results if len(one.row) == _TWO and one.row[0] is one]
    runs: list[list[Result]] = []
    for one in pairs:
        before = runs[-1][-1] if runs else None
        if before is not None and before.measure == one.measure and before.outcome == one.outcome:
            gap = ends[before.row[-1].last], starts[one.first]
            if gap[0] <= gap[1] and _NEXT_PAIR.fullmatch(text, *gap):
                runs[-1].append(one)
                continue
        runs.append([one])
    for run in runs:
        begin = starts[run[0].first]
        start = max(starts[document.sentence(run[0].first)[0]], begin - _FARTHEST)
        outcomes = _listed(text, start, begin, len(run), phrase) if len(run) > _TWO else []
        for one, outcome in zip(run, outcomes, strict=False):
            for value in one.row:
                value.outcome = outcome
    _follow(results)


def _follow(results: Sequence[Result]) -> None:
    """Give each of several P values the outcome and time of the values that it compares, not of the last ones."""
    of_value = {one.value: one for one in results if one.value >= 0}
    last: Result | None = None
    for one in results:
        if one.measure != "p-only":
            last = one
            continue
        compared = [of_value[token] for token in one.of if token in of_value]
        own = bool(compared) and compared[-1].first < one.first
        if own and last is not None and last is not compared[-1] and last.measure == compared[-1].measure:
            one.outcome, one.time = compared[-1].outcome, compared[-1].time
        elif own and compared[-1].outcome in (one.outcome or "").split(" and "):
            one.outcome = compared[-1].outcome


_NEXT_PAIR = re.compile(r"[)\]]?[,;]? (?:and )?[(\[]?")
_FARTHEST = 220
_LAST_ENDS = re.compile(
    r" (?:was|were|is|are|occurred|than|rates?|scores?|levels?|in|with|on|for|at|among|between|compared|versus|vs|less"
    r"|more|lower|higher|favou?red|developed|did|had|improved|decreased|increased)\b|[,;:(\[]"
)
_NO_ITEM = re.compile(r"[0-9;:.()\[\]|]| and | or ")
_ITEM_WORDS = 5


def _listed(text: str, start: int, begin: int, many: int, phrase: Callable[..., str]) -> list[str]:
    """Return so many outcomes that a list before a place names, or none: "had less pain, fatigue and fever"."""
    joint = text.rfind(" and ", start, begin)
    left = text[start:joint].rstrip(",") if joint >= 0 else ""
    items = left.split(", ")
    if len(items) < many - 1:
        return []
    middle = items[len(items) - many + 2 :]
    first = start + len(left) - sum(len(item) + 2 for item in middle)
    ends = _LAST_ENDS.search(text, joint + 5, begin)
    last = text[joint + 5 : begin if ends is None else ends.start()].strip()
    rest = [*middle, last]
    if not last or any(_NO_ITEM.search(item) or len(item.split()) > _ITEM_WORDS for item in rest):
        return []
    head = phrase(start, first, last=True)
    return [head, *rest] if head and len(head.split()) <= _ITEM_WORDS else []


def _is_unit(document: Document, before: Result, one: Result) -> bool:
    """Whether what was taken for an outcome is only a unit of two values: "9.1 cups on tea and 6.8 cups on milk"."""
    if "%" in (before.unit, one.unit) or one.measure == "count" or min(before.value, one.value) < 0:
        return False
    if document.sentence(before.first) != document.sentence(one.first):
        return False
    units = [_WORD_NEXT.match(document.tokens.text, document.tokens.ends[value.value]) for value in (before, one)]
    return all(unit is not None and unit[1] == one.outcome for unit in units)


_WORD_NEXT = re.compile(r" ([a-z]{2,14})\b")


def _is_of_both_arms(row: Sequence[Result]) -> bool:
    arms = [one.arms for one in row]
    return len(row) == _TWO and arms[0] != arms[1] and all(len(of) == 1 for of in arms)


def _goes_on(document: Document, before: Result, one: Result) -> bool:
    """Whether a rate stands right behind another one's time: "81% at 1 year and 62% at 2 years"."""
    begin, end = document.tokens.ends[before.last], document.tokens.starts[one.first]
    led = begin < end and _AT_A_TIME.fullmatch(document.tokens.text, begin, end) is not None
    return led and before.arms == one.arms


def _is_next_group(document: Document, before: Result, one: Result) -> bool:
    """Whether two counts stand side by side with nothing but the names of their groups: "17/96 tea, 38/101 milk"."""
    alone = max(len(before.row), len(one.row)) < _TWO
    if not before.measure == one.measure == "count" or min(before.n, one.n) < 0 or not alone:
        return False
    text, ends = document.tokens.text, document.tokens.ends
    if document.digits(before.n) == document.digits(one.n):
        return False  # two outcomes of one group
    between = _A_GROUP.fullmatch(text, ends[before.n], document.tokens.starts[one.x])
    return between is not None and _BEHIND_GROUP.match(text, ends[one.n]) is not None
