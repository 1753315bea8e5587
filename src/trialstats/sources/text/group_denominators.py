"""Sizes of arms that only the denominators of their results tell: "in 41 of 45 (91%) with A and 40 of 46 with B"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from trialstats.sources.text.document import Document
from trialstats.sources.text.group_model import Group, Groups, Sized
from trialstats.sources.text.results import Result

_FEWEST = 5


def with_denominators(document: Document, groups: Groups, results: Sequence[Result]) -> Groups:
    """Return groups whose arms without a printed size have the one denominator of all their results.

    Parameters
    ----------
    document : Document
    groups : Groups
    results : sequence of Result
        With their arms.
    """
    if any(arm.sizes for arm in groups.arms) or len(groups.arms) < 2:
        return groups
    sizes = [_told(document, [one for one in results if one.arms == (at,)]) for at in range(len(groups.arms))]
    if not all(sizes):
        # Who has the others is not told, so that these may be some of them.
        return groups
    arms = tuple(_with(arm, size) for arm, size in zip(groups.arms, sizes, strict=True))
    return replace(groups, arms=arms)


def _with(arm: Group, size: Sized | None) -> Group:
    return arm if size is None else replace(arm, sizes=(size,))


def _told(document: Document, results: Sequence[Result]) -> Sized | None:
    """Return the one number of patients that all results with a denominator are of."""
    tokens = [
        one.n for one in results
        if one.n >= 0 and one.x >= 0 and one.measure in ("proportion", "count") and one.basis == "stated"
    ]  # fmt: skip
    digits = {document.digits(token) for token in tokens}
    if len(digits) != 1 or not (number := next(iter(digits))).isdecimal() or int(number) < _FEWEST:
        return None
    start, end = document.bare(tokens[0])
    return Sized(number, start, end, "analysed")
