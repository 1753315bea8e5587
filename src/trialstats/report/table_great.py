"""A citable table handed over to great_tables, for those who want to style it further.

Our own forms do not go through it: its LaTeX leaves the signs of verdicts unescaped, and it writes neither Markdown nor
CSV nor a page that Word reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trialstats.errors import TrialstatsError
from trialstats.report.table_citable import CitableTable

if TYPE_CHECKING:
    import great_tables as gt

__all__ = ["to_great_tables"]


def to_great_tables(table: CitableTable) -> gt.GT:
    """Return the table as a ``great_tables.GT``: caption as title, notes as source notes.

    Raises
    ------
    TrialstatsError
        If great_tables or pandas is not installed.
    """
    try:
        import great_tables
        import pandas as pd
    except ImportError as missing:
        raise TrialstatsError(
            "This needs great_tables and pandas, which are not both installed. "
            "Accepted: pip install 'trialstats[tables]'."
        ) from missing
    cells = [
        (*row.cells[:-1], row.cells[-1] + (f" [{', '.join(row.marks)}]" if row.marks else "")) for row in table.rows
    ]
    frame = pd.DataFrame(cells, columns=list(table.headings))
    made = great_tables.GT(frame, id=f"table-{table.number}").tab_header(f"Table {table.number}. {table.caption}")
    for letter, text in table.marked:
        made = made.tab_source_note(f"[{letter}] {text}")
    for note in table.notes:
        made = made.tab_source_note(note)
    return made
