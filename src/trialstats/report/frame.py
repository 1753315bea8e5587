"""The report as a pandas frame; the only module of the report that knows pandas."""

from __future__ import annotations

import pandas as pd

from trialstats.report.records import COLUMNS, records
from trialstats.report.table import Table

__all__ = ["frame"]


def frame(table: Table) -> pd.DataFrame:
    """Return one row for each finding."""
    return pd.DataFrame(records(table), columns=list(COLUMNS))
