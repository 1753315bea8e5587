"""Which rows of a table may be held against each other: those of one study, and of the same patients."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from trialstats.sources.table.columns import Columns
from trialstats.sources.table.rows import Result


def apart_by_other_words(results: Sequence[Result], table: Columns) -> list[Result]:
    """Return the results, of which two of one arm and outcome are told apart by columns that no rule understands.

    A column "sex" or "dose" says of which patients a row is; where nothing else tells two rows apart its words do.
    """
    if all(column.kind for column in table.columns):
        return list(results)
    often = Counter(_same(one) for one in results)
    studies = {one.study for one in results if often[_same(one)] > 1}
    return [_with_other_words(one) if one.study in studies else one for one in results]


def _same(one: Result) -> tuple[object, ...]:
    return one.study, one.key, one.arm, one.contrast, one.estimate.measure, one.estimate.adjusted


def _with_other_words(one: Result) -> Result:
    words = "; ".join(cell for cell in one.others if cell)
    if not words:
        return one
    told = "; ".join(part for part in (one.estimate.subgroup, words) if part)
    return replace(one, key=(*one.key, words.lower()), estimate=replace(one.estimate, subgroup=told))


def scopes_of(results: Sequence[Result], table: Columns) -> list[str]:
    """Return the scope of each result: its study, the whole table where it is of one, or its own row.

    Without a column for the study rows with one id are of one study; a table that has neither, nor arms by row, may
    list many studies, unless no outcome stands there twice.
    """
    if "study" in table.kinds:
        return [one.study or f"row {one.estimate.where.line}" for one in results]
    ids = [one.row for one in results]
    if (
        "id" in table.kinds
        and not table.arms
        and len({(one.row, one.estimate.where.line) for one in results}) > len(set(ids))
    ):
        return ids
    if "arm" in table.kinds or "section" in table.kinds:
        return [""] * len(results)
    often = Counter((one.key[:_OF_KEY], one.arm, one.contrast, one.estimate.measure) for one in results)
    one_study = "outcome" in table.kinds and max(often.values(), default=0) == 1
    return [""] * len(results) if one_study else [f"row {one.estimate.where.line}" for one in results]


_OF_KEY = 4
"""What columns that are understood say of a result: outcome, time, population, subgroup."""
