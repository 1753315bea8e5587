"""The report as CSV: one line for each finding, in the order of the document, with all that is needed to trace it.

No lines of comment: the note, versions and convention are columns, so that any reader can read it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from trialstats.report.record import COLUMNS, Record
from trialstats.report.table import NumberedTable
from trialstats.report.words import NOTE

__all__ = ["NUMBERED_COLUMNS", "REPORT_COLUMNS", "cell", "numbered", "render"]

REPORT_COLUMNS = (*COLUMNS, "note")
NUMBERED_COLUMNS = (
    "table", "caption", "claim", "result", "reported", "recomputed", "how", "verdict", "notes", "about", "trialstats",
    "catalogue", "data", "sha256", "bibtex",
)  # fmt: skip
_FORMULA = ("=", "@", "\t", "\r")


def cell(value: Any) -> Any:
    """Keep a spreadsheet from running text as a formula: what begins like one gets an apostrophe."""
    if not isinstance(value, str) or not value:
        return value
    begins = value.startswith(_FORMULA) or (value[0] in "+-" and not value[1:2].isdigit())
    return f"'{value}" if begins else value


def _written(columns: Iterable[str], lines: Iterable[Iterable[Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(map(cell, line) for line in lines)
    return out.getvalue()


def render(records: Iterable[Record]) -> str:
    """Return the records of a report as CSV."""
    return _written(REPORT_COLUMNS, ((*record.as_dict().values(), NOTE) for record in records))


def numbered(*tables: NumberedTable) -> str:
    """Return tables as one CSV file, one line for each row; notes and references stand in the first line of each."""
    lines: list[tuple[Any, ...]] = []
    for table in tables:
        texts = dict(table.marked)
        # BibTeX passes over a line without an entry; a cell that began with its @ would be a formula.
        about, bibtex = " ".join(table.notes), f"% references\n{table.bibtex}"
        for row in table.rows:
            own = " ".join(texts[letter] for letter in row.marks)
            lines.append((table.number, table.caption, row.claim, *row.cells, own, about, table.version,
                          table.catalogue, table.source, table.sha256, bibtex))  # fmt: skip
            about = bibtex = ""
    return _written(NUMBERED_COLUMNS, lines)
