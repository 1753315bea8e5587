"""A table of reported results, read as text: a systematic reviewer's spreadsheet.

Columns are found by name: estimate, lower, upper, level, p, x, n, measure, and id, study, outcome, arm, unit and others
where present. The usual headings do as well: HR, OR or RR for the estimate (and its measure), LCL and UCL, 95% CI for
both bounds in one cell, events and total, n/N. A row is a result of one arm or of two, or a whole outcome, with columns
for each arm: events A, n A, events B, n B. Every cell is a printed number or empty. Of a column that no rule
understands the paper says so.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trialstats.claims.model import Basis, Paper
from trialstats.errors import InputError, NotTextError
from trialstats.reported import Reported
from trialstats.sources.table.analyses import heard_in_line
from trialstats.sources.table.columns import Column, Columns, names_columns, read_columns
from trialstats.sources.table.headings import CELL_COLUMNS, NUMBER_COLUMNS, read_heading
from trialstats.sources.table.layout import laid_out, of_arms_by_place
from trialstats.sources.table.linking import link, words_of_unclear
from trialstats.sources.table.pooled import pooled_apart, sums_of
from trialstats.sources.table.printed import as_kinds
from trialstats.sources.table.rows import Result, Row, renamed, results_of
from trialstats.sources.table.scopes import apart_by_other_words, scopes_of
from trialstats.wording import joined

if TYPE_CHECKING:
    import pandas as pd

_LONGEST_HEADING = 60
"""Characters; what is longer is no heading known here, and mostly a piece of a sentence."""
_MOST_NAMED = 20
"""Bad cells that a message names one by one."""


def read_table(source: str | Path | io.StringIO | pd.DataFrame, *, paper_id: str | None = None) -> Paper:
    r"""Return the claims of a table, one for each row that prints a number.

    Parameters
    ----------
    source : str, Path, StringIO or DataFrame
        A CSV file (comma, semicolon or tab) or its text in a StringIO, or a frame whose cells are text.
    paper_id : str, optional
        By default the file's name.

    Returns
    -------
    Paper
        Claims bear the ``id`` or ``study`` of their row, or ``row-2`` for the line of the file; those of the arms of a
        row with columns for each arm have the arm behind it, ``row-2.placebo``. Rows of one study and outcome belong
        together: an effect is of the two arms whose values stand there.

    Raises
    ------
    InputError
        If the file cannot be read, no column is known, two columns say the same, or cells are no printed numbers:
        with file, and line and column of each.
    NotTextError
        If a cell of a frame is a number: it has lost its trailing zeros.

    Examples
    --------
    >>> import io
    >>> paper = read_table(io.StringIO("measure,estimate,lower,upper\nHR,0.54,0.36,0.81\n"))
    >>> paper.claims[0].measure, paper.claims[0].value.text
    ('hazard-ratio', '0.54')
    >>> usual = read_table(io.StringIO("Study;HR;95% CI\nA;0.54;0.36-0.81\n")).claims[0]
    >>> usual.measure, usual.interval.lower.text, usual.interval.upper.text, usual.interval.level.text
    ('hazard-ratio', '0.36', '0.81', '95')
    >>> wide = read_table(io.StringIO("outcome,events A,n A,events B,n B,RR\ndeath,30,120,54,118,0.55\n"))
    >>> [(claim.id, claim.arms) for claim in wide.claims]
    [('row-2.a', ('A',)), ('row-2.b', ('B',)), ('row-2', ('A', 'B'))]
    """
    if isinstance(source, (str, Path)):
        name = str(source)
        try:
            raw = Path(source).read_bytes()
            text = raw.decode("utf-8-sig")
        except OSError as problem:
            raise InputError(f"{name}: cannot be read ({problem.strerror or problem}).") from None
        except UnicodeDecodeError:
            raise InputError(f"{name}: is not UTF-8 text; save the table as CSV in UTF-8.") from None
        paper = parse_table(text, source=name, paper_id=paper_id or Path(source).stem)
        return replace(paper, source=name, sha256=hashlib.sha256(raw).hexdigest())
    if isinstance(source, io.StringIO):
        return parse_table(source.getvalue(), paper_id=paper_id)
    if not hasattr(source, "itertuples"):
        raise InputError(f"A table is a file (its name or Path) or a DataFrame, got {type(source).__name__}.")
    named = [str(column) for column in source.columns]
    header = of_arms_by_place(named)
    rows = [(k + 2, [_cell_of_frame(cell, header[j], k) for j, cell in enumerate(row)])
            for k, row in enumerate(source.itertuples(index=False))]  # fmt: skip
    return _paper(header, rows, "the table", paper_id)


def parse_table(text: str, *, source: str = "the table", paper_id: str | None = None) -> Paper:
    """Return the claims of the text of a table, which messages call ``source``, or refuse it as `read_table` does."""
    header, rows = _csv(text, source)
    return _paper(header, rows, source, paper_id)


def looks_like_table(text: str) -> bool:
    """Whether a text is a table without saying so: its first line names columns, one of them of printed numbers."""
    first, _, rest = _SEPARATOR_SAID.sub("", text.removeprefix("\ufeff"), count=1).lstrip().partition("\n")
    delimiter = _delimiter(first)
    cells = [cell.strip().strip('"') for cell in first.split(delimiter)]
    second = rest.lstrip("\r\n").partition("\n")[0]
    return names_columns([cell for cell in cells if len(cell) <= _LONGEST_HEADING]) and (
        delimiter in second or not second
    )


def _cell_of_frame(cell: Any, column: str, row: int) -> str:
    if cell is None or type(cell).__name__ in ("NAType", "NaTType") or cell != cell:  # NaN differs from itself
        return ""
    if not isinstance(cell, str) and read_heading(column).kind in (*NUMBER_COLUMNS, *CELL_COLUMNS):
        raise NotTextError(
            f"The table, row {row + 1}, column {column!r}: {cell!r} is a number and has lost its trailing zeros; "
            "read the table as text (dtype=str)."
        )
    return str(cell)


_SEPARATOR_SAID = re.compile(r"\s*\"?sep=(?P<sign>[,;\t|])\"?[ ,;\t]*\r?\n")
"""The first line by which Excel is told what separates the cells."""


def _csv(text: str, name: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    text = text.removeprefix("\ufeff")
    said = _SEPARATOR_SAID.match(text)
    skipped = 1 if said is not None else 0
    text = text[said.end() :] if said is not None else text
    delimiter = said["sign"] if said is not None else _delimiter(text.lstrip().partition("\n")[0])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        lines = [(reader.line_num + skipped, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as problem:
        raise InputError(f"{name}, line {reader.line_num}: not a CSV table ({problem}).") from None
    if not lines:
        raise InputError(f"{name}: the table is empty; its first line must name the columns.")
    return laid_out(lines)


def _delimiter(header: str) -> str:
    return max(",;\t", key=header.count)


def _paper(header: Sequence[str], rows: Sequence[tuple[int, list[str]]], name: str, paper_id: str | None) -> Paper:
    header, rows = as_kinds(header, rows)
    table = read_columns(header, name)
    lines = {line: heard for line, texts in rows if (heard := heard_in_line(texts)) is not None}
    of_all = next((heard for heard in lines.values() if heard), "")
    read, results = _results([one for one in rows if one[0] not in lines], table, name, of_all)
    results = apart_by_other_words(results, table)
    scopes = pooled_apart(results, scopes_of(results, table), read)
    linked = link(results, scopes)
    numbers, unread = _left_out(table, read)
    return Paper(
        id=paper_id or "table",
        arms=linked.arms,
        claims=linked.claims,
        studies=linked.studies,
        unused=numbers,
        unread=tuple(one for one in (unread, _odd_cells(read), words_of_unclear(linked.unclear)) if one is not None),
        sums=sums_of(read),
        heard={one.estimate.id: one.heard for one in results if one.heard},
        basis=Basis.STRUCTURED,
    )


def _results(
    rows: Sequence[tuple[int, list[str]]], table: Columns, name: str, of_all: str
) -> tuple[list[Row], list[Result]]:
    """Return the rows as they are read, and the results of all of them; refuse cells that are no printed numbers.

    What a line of words says of the analysis of all effects is ``of_all``.
    """
    seen: set[str] = set()
    problems: list[str] = []
    read: list[Row] = []
    found: list[Result] = []
    for line, texts in rows:
        if not any(cell.strip() for cell in texts):
            continue
        if len(texts) > len(table.columns):
            problems.append(f"line {line}: {len(texts)} cells, but the first line names {len(table.columns)} columns.")
            continue
        row = replace(_row(line, texts, table.columns, read), heard=of_all)
        read.append(row)
        for one in results_of(row, table):
            own = one.estimate.id
            if own in seen:
                own = f"{own}.{line}"
            while own in seen:
                own = f"{own}+"
            seen.add(own)
            found.append(one if own == one.estimate.id else renamed(one, own))
        problems += row.slips
    wrong = _wrong_columns(read)
    if problems or wrong:
        told = [(row.line, one.message) for row in read for one in row.odd if not one.is_none]
        raise InputError(_all_slips(name, [message for _, message in sorted(told, key=lambda one: one[0])] + problems))
    return read, found


def _wrong_columns(rows: Sequence[Row]) -> bool:
    """Whether most cells of a column cannot be read: it holds something else than its heading says."""
    odd = Counter(id(one.column) for row in rows for one in row.odd if not one.is_none)
    held = Counter(id(column) for row in rows for column, cell in row.cells if cell and id(column) in odd)
    return any(2 * often > held[column] for column, often in odd.items())


def _odd_cells(rows: Sequence[Row]) -> tuple[str, str] | None:
    """Return which cells were left out, and where they stand."""
    told = [f"{one.cell!r} (line {row.line}, column {one.column.heading.text!r})" for row in rows for one in row.odd]
    if not told:
        return None
    shown = told[:_MOST_NAMED] + ([f"{len(told) - _MOST_NAMED} more"] if len(told) > _MOST_NAMED else [])
    return "cells", f"we did not read the cell{'s' if len(told) > 1 else ''} {joined(shown)}"


def _row(line: int, texts: Sequence[str], columns: Sequence[Column], before: Sequence[Row]) -> Row:
    """Return a row; where a sheet with arms leaves the study or the outcome blank it is that of the row above."""
    cells = [(column, cell.strip()) for column, cell in zip(columns, texts, strict=False)]
    by_arm = any(column.kind == "arm" and cell for column, cell in cells)
    if by_arm and before:
        cells = [
            (column, cell or (before[-1].words(column.kind) if column.kind in ("study", "outcome") else ""))
            for column, cell in cells
        ]
    row = Row(line, "", "", cells, [])
    study, own = row.words("study"), row.words("id")
    return replace(row, id=own or study or f"row-{line}", study=study)


def _left_out(table: Columns, rows: Sequence[Row]) -> tuple[int, tuple[str, str] | None]:
    """Return how many numbers stand in columns that no rule understands, and what to say of these columns."""
    held = [
        [cell for row in rows for column, cell in row.cells if column is one and cell] if not one.kind else []
        for one in table.columns
    ]
    names = [
        repr(one.heading.text) for one, cells in zip(table.columns, held, strict=True)
        if cells and one.heading.kind != "again"
    ]  # fmt: skip
    if not names:
        return 0, None
    shown = names[:_MOST_NAMED] + ([f"{len(names) - _MOST_NAMED} more"] if len(names) > _MOST_NAMED else [])
    what = f"the column{'s' if len(names) > 1 else ''} {joined(shown)} hold{'' if len(names) > 1 else 's'}"
    return sum(_is_number(cell) for cells in held for cell in cells), ("columns", f"no rule here says what {what}")


def _is_number(cell: str) -> bool:
    try:
        return not Reported(cell).is_missing
    except InputError:
        return False


def _all_slips(name: str, problems: Sequence[str]) -> str:
    if len(problems) == 1:
        return f"{name}, {problems[0]}"
    shown = [problem.rstrip(".") for problem in problems[:_MOST_NAMED]]
    more = f"; and {len(problems) - _MOST_NAMED} more" if len(problems) > _MOST_NAMED else ""
    return f"{name}: {len(problems)} cells cannot be read: {'; '.join(shown)}{more}."
