"""The report as a pandas frame, and a numbered table handed over to great_tables, to be styled further.

Our own forms do not go through great_tables: its LaTeX leaves the signs of verdicts unescaped, and it writes neither
Markdown nor CSV nor a page that Word reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from trialstats.errors import TrialstatsError
from trialstats.report.record import COLUMNS, Record
from trialstats.report.table import NumberedTable
from trialstats.report.words import NOTE

if TYPE_CHECKING:
    import great_tables as gt
    import pandas as pd

__all__ = ["frame", "great_table"]


def frame(records: Iterable[Record]) -> pd.DataFrame:
    """Return one row for each finding."""
    import pandas as pd

    return pd.DataFrame([record.as_dict() for record in records], columns=list(COLUMNS)).assign(note=NOTE)


def great_table(table: NumberedTable) -> gt.GT:
    """Return a numbered table as a ``great_tables.GT``: caption as title, notes as source notes.

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
    cited = pd.DataFrame(table.marked_cells, columns=list(table.headings))
    made = great_tables.GT(cited, id=f"table-{table.number}").tab_header(f"{table.title} {table.caption}")
    for note in (*(f"[{letter}] {text}" for letter, text in table.marked), *table.notes):
        made = made.tab_source_note(note)
    return made
