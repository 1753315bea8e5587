"""Rows of totals in a list of studies: a pooled effect is no further study's, and its counts are sums.

A pooled ratio weighs the studies and is not that of the summed counts; where the counts or patients of each arm stand
in the row of a total, they are the sums of those of the studies above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from trialstats.claims.place import Place, TableSum
from trialstats.errors import InputError
from trialstats.reported import Reported
from trialstats.sources.table.rows import Result, Row

_POOLED = re.compile(
    r"(?:(?:sub|grand )?-?totals?|pooled|overall|summary|combined|meta-?analysis"
    r"|(?:all|pooled|overall|summary|total) (?:studies|trials|estimate|effects?|events|result)"
    r"|(?:random|fixed|common)[- ]?effects?(?: model| estimate)?|(?:re|fe|ce) model"
    r"|test for .{1,40}|heterogeneity.{0,80})(?: ?[(\[].{0,40})?[:.]?",
    re.IGNORECASE,
)
_OF_ALL = re.compile(r"(?:grand )?totals?\b(?! events)|pooled|overall|summary|combined|all ", re.IGNORECASE)
_LEAST = 2


def is_pooled(row: Row) -> bool:
    """Whether a row is that of a total of studies, by the words that name it."""
    return any(_POOLED.fullmatch(cell) is not None for cell in (row.words("study"), row.words("id")) if cell)


def pooled_apart(results: Sequence[Result], scopes: Sequence[str], rows: Sequence[Row]) -> list[str]:
    """Return the scopes of results, of which a pooled effect is held against no counts: it has its own."""
    lines = {row.line for row in rows if is_pooled(row)}
    return [
        f"pooled {one.estimate.where.line}" if one.estimate.where.line in lines and not one.arm else scope
        for one, scope in zip(results, scopes, strict=True)
    ]


def sums_of(rows: Sequence[Row]) -> tuple[TableSum, ...]:
    """Return the sums that rows of totals print of the counts and patients of each arm.

    None where a study stands twice, a cell is blank, or outcomes differ: it is not known what was added up then.
    """
    found: list[TableSum] = []
    for k, row in enumerate(rows):
        if not is_pooled(row) or not _OF_ALL.match(row.words("study") or row.words("id")):
            continue
        parts = [one for one in rows[:k] if not is_pooled(one) and any(_whole(cell) for _, cell in one.cells)]
        names = [one.words("study") or one.words("id") for one in parts]
        outcomes = {one.words("outcome") for one in (*parts, row)}
        if len(parts) < _LEAST or len(set(names)) < len(names) or len(outcomes - {""}) > 1:
            continue
        for column, cell in row.cells:
            whole = _whole(cell)
            if column.kind not in ("x", "n") or not column.arm or whole is None:
                continue
            added = [_whole(dict(one.cells).get(column, "")) for one in parts]
            if all(one is not None for one in added):
                place = Place(line=row.line)
                told = tuple(one for one in added if one is not None)
                found.append(TableSum(f"{row.id}: {column.heading.text}", told, whole, place))
    return tuple(found)


def _whole(cell: str) -> Reported | None:
    try:
        number = Reported(cell)
    except InputError:
        return None
    return number if not number.is_missing and number.whole is not None and number.relation == "=" else None
