"""Outcomes that several results share: of two rows told in turn, and of one curve at several times."""

from __future__ import annotations

import re
from collections.abc import Sequence
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
        if before.outcome and (of_curve or _is_next_group(document, before, one)):
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
