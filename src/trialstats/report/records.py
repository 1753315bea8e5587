"""Flat records of a report, one for each finding: what CSV and frames hold."""

from __future__ import annotations

from typing import Any

from trialstats.report.table import Table
from trialstats.report.words import NOTE

__all__ = ["COLUMNS", "records"]

COLUMNS = (
    "trial", "claim", "label", "section", "reported", "recomputed", "how", "mcmc", "verdict", "check", "code", "with",
    "message", "chance", "decision", "expected", "as_expected", "main", "convention", "coverage", "sha256", "catalogue",
    "trialstats", "note",
)  # fmt: skip


def records(table: Table) -> list[dict[str, Any]]:
    """Return one flat record for each finding; each carries all that is needed to trace it."""
    return [
        dict(
            zip(
                COLUMNS,
                (row.trial, row.claim, row.label, row.section, row.reported, row.recomputed, row.how, row.mcmc,
                 row.verdict.printed, row.check, row.code, " ".join(row.others), row.message, row.chance,
                 row.decision, row.expected, row.as_expected, row.main, trial.convention, trial.coverage,
                 trial.sha256, trial.catalogue, table.version, NOTE),
                strict=True,
            )
        )
        for trial in table.trials
        for row in trial.rows
    ]  # fmt: skip
