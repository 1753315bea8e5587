"""Trial file <-> Paper: read strictly, written back byte for byte.

A trial file holds the printed figures of one trial, each as text, one ``[[rows]]`` table for one
printed line. What it may hold is defined in `trialstats.trial.schema`, how rows stand for claims
in `trialstats.trial.rows`, and how claims are laid out as rows in `trialstats.trial.layout`.
"""

from __future__ import annotations

from trialstats.trial.reading import SHIPPED_TRIALS, Trial, load_trial, parse_trial, read_trial
from trialstats.trial.schema import trial_schema
from trialstats.trial.writing import dump_trial, write_trial

__all__ = [
    "SHIPPED_TRIALS",
    "Trial",
    "dump_trial",
    "load_trial",
    "parse_trial",
    "read_trial",
    "trial_schema",
    "write_trial",
]
