"""The report as CSV and as a pandas frame, and numbered tables as CSV and for great_tables.

One line for each finding, in the order of the document. No lines of comment: the note, versions and convention are
columns, so that any reader can read it. Our other forms do not go through great_tables: its LaTeX leaves the signs of
verdicts unescaped, and it writes neither Markdown nor CSV nor a page that Word reads.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from trialstats.errors import TrialstatsError
from trialstats.report.record import COLUMNS, Record
from trialstats.report.table import NumberedTable
from trialstats.report.words import NOTE

if TYPE_CHECKING:
    import great_tables as gt
    import pandas as pd

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


def frame(records: Iterable[Record]) -> pd.DataFrame:
    """Return one row for each finding."""
    import pandas as pd

    return pd.DataFrame([record.as_dict() for record in records], columns=list(COLUMNS)).assign(note=NOTE)


def great_table(table: NumberedTable) -> gt.GT:
    """Return a numbered table as a ``great_tables.GT``: caption as title, notes as source notes."""
    try:
        import great_tables
        import pandas as pd
    except ImportError as missing:
        raise TrialstatsError(
            "This needs great_tables and pandas, which are not both installed. "
            "Accepted: pip install 'trialstats[tables]'."
        ) from missing
    cited = pd.DataFrame(table.marked_cells, columns=list(table.headings))
    made = great_tables.GT(cited, id=f"table-{table.number}").tab_header(f"{table.title} {table.caption}")
    for note in (*(f"[{letter}] {text}" for letter, text in table.marked), *table.notes):
        made = made.tab_source_note(note)
    return made
