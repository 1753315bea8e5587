"""The report as CSV: one line for each finding, each with all that is needed to trace it.

No lines of comment: the note, versions and convention are columns, so that any reader can read it.
"""

from __future__ import annotations

import csv
import io
from typing import Any

from trialstats.report.records import COLUMNS, records
from trialstats.report.table import Table

__all__ = ["render", "spreadsheet_cell"]

_FORMULA = ("=", "@", "\t", "\r")


def spreadsheet_cell(value: Any) -> Any:
    """Keep a spreadsheet from running text as a formula: what begins like one gets an apostrophe."""
    if not isinstance(value, str) or not value:
        return value
    begins = value.startswith(_FORMULA) or (value[0] in "+-" and not value[1:2].isdigit())
    return f"'{value}" if begins else value


def render(table: Table) -> str:
    """Return the report as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for record in records(table):
        writer.writerow({name: spreadsheet_cell(value) for name, value in record.items()})
    return out.getvalue()
