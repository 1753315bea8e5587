"""A table of reported results, one row each, read as text: a systematic reviewer's spreadsheet.

Columns are found by name: estimate, lower, upper, level, p, x, n, measure, and id, outcome, arm, unit
where present; other columns are left alone. Every cell is a printed number or empty.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trialstats.claims import MEASURES, Estimate, Paper, Place, PValue, Spread
from trialstats.errors import InputError, NotTextError, UnknownNameError
from trialstats.reported import Reported

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COLUMNS", "read_table"]

COLUMNS = ("id", "measure", "estimate", "lower", "upper", "level", "p", "x", "n", "unit", "outcome", "arm")
_SYNONYMS: Mapping[str, str] = {
    "value": "estimate", "lo": "lower", "low": "lower", "ci_lower": "lower", "hi": "upper", "high": "upper",
    "ci_upper": "upper", "pvalue": "p", "p_value": "p", "p-value": "p", "events": "x", "count": "x", "total": "n",
    "conf_level": "level", "type": "measure", "endpoint": "outcome", "group": "arm", "study": "id",
}  # fmt: skip
_MEASURE_NAMES: Mapping[str, str] = {
    "hr": "hazard-ratio", "or": "odds-ratio", "rr": "risk-ratio", "rate": "proportion", "percentage": "proportion",
    "percent": "proportion", "%": "proportion", "md": "difference", "rd": "difference", "risk difference": "difference",
    "mean difference": "difference",
}  # fmt: skip


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
        Claims bear the ``id`` of their row, or ``row-2`` for the line of the file.

    Raises
    ------
    InputError
        If the file cannot be read, no column is known, or a cell is no printed number: with file, line and column.
    NotTextError
        If a cell of a frame is a number: it has lost its trailing zeros.

    Examples
    --------
    >>> import io
    >>> paper = read_table(io.StringIO("measure,estimate,lower,upper\nHR,0.54,0.36,0.81\n"))
    >>> paper.claims[0].measure, paper.claims[0].value.text
    ('hazard-ratio', '0.54')
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
        header, rows = _csv(text, name)
        return Paper(
            id=paper_id or Path(source).stem, source=name, sha256=hashlib.sha256(raw).hexdigest(),
            claims=tuple(_claims(header, rows, name)),
        )  # fmt: skip
    if isinstance(source, io.StringIO):
        header, rows = _csv(source.getvalue(), "the table")
    else:
        header = [str(column) for column in source.columns]
        rows = [(k + 2, [_cell_of_frame(cell, header[j], k) for j, cell in enumerate(row)])
                for k, row in enumerate(source.itertuples(index=False))]  # fmt: skip
    return Paper(id=paper_id or "table", claims=tuple(_claims(header, rows, "the table")))


def _cell_of_frame(cell: Any, column: str, row: int) -> str:
    if cell is None or cell != cell:  # NaN is the one value that differs from itself
        return ""
    if not isinstance(cell, str) and _known(column) in ("estimate", "lower", "upper", "level", "p", "x", "n"):
        raise NotTextError(
            f"The table, row {row + 1}, column {column!r}: {cell!r} is a number and has lost its trailing zeros; "
            "read the table as text (dtype=str)."
        )
    return str(cell)


def _csv(text: str, name: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        header = next(reader)
    except StopIteration:
        raise InputError(f"{name}: the table is empty; its first line must name the columns.") from None
    try:
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as problem:
        raise InputError(f"{name}, line {reader.line_num}: not a CSV table ({problem}).") from None
    return header, rows


def _known(column: str) -> str:
    name = column.strip().lower().replace(" ", "_")
    return _SYNONYMS.get(name, name)


def _claims(header: Sequence[str], rows: Sequence[tuple[int, list[str]]], name: str) -> Iterator[Estimate]:
    columns = [_known(column) for column in header]
    if not {"estimate", "lower", "upper", "x", "p"} & set(columns):
        raise InputError(f"{name}: no column is known; accepted are {', '.join(COLUMNS)}, got {', '.join(header)}.")
    seen: set[str] = set()
    for line, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(columns):
            raise InputError(f"{name}, line {line}: {len(row)} cells, but the first line names {len(columns)} columns.")
        cells = {column: cell.strip() for column, cell in zip(columns, row, strict=False) if column in COLUMNS}
        claim_id = cells.get("id") or f"row-{line}"
        if claim_id in seen:
            claim_id = f"{claim_id}.{line}"
        seen.add(claim_id)
        yield _claim(claim_id, cells, name, line)


def _claim(claim_id: str, cells: Mapping[str, str], name: str, line: int) -> Estimate:
    def number(column: str, unit: str = "") -> Reported | None:
        text = cells.get(column, "")
        if not text:
            return None
        try:
            return Reported(text, unit)
        except InputError as problem:
            raise InputError(f"{name}, line {line}, column {column!r}: {problem}") from None

    written = cells.get("measure", "").lower()
    measure = _MEASURE_NAMES.get(written, written.replace(" ", "-")) or ("proportion" if cells.get("x") else "other")
    if measure not in MEASURES:
        problem = UnknownNameError("measure", cells["measure"], MEASURES)
        raise InputError(f"{name}, line {line}, column 'measure': {problem}")
    value = number("estimate")
    unit = value.unit if value is not None else ""
    lower, upper, level, p = number("lower", unit), number("upper", unit), number("level"), number("p")
    if level is not None and level.value > 1:
        level = level.with_unit("%")
    spread = Spread("confidence", lower, upper, level=level) if lower is not None or upper is not None else None
    return Estimate(
        id=claim_id,
        measure=measure,
        value=value,
        spread=spread,
        p=PValue(p) if p is not None else None,
        x=number("x"),
        n=number("n"),
        unit=cells.get("unit") or None,
        arms=(cells["arm"],) if cells.get("arm") else (),
        outcome=cells.get("outcome") or None,
        inferred=() if written else ("measure",),
        where=Place(line=line),
    )
