"""Trial file <-> Paper: read strictly, written back byte for byte.

A trial file holds the printed figures of one trial, each as text, one ``[[rows]]`` table for one
printed line. What it may hold is defined in `trialstats.sources.trial_file.schema`, how rows stand for claims
in `trialstats.sources.trial_file.rows`, and how claims are laid out as rows in `trialstats.sources.trial_file.layout`.
"""

from __future__ import annotations

from trialstats.sources.trial_file.reading import SHIPPED_TRIALS, Trial, load_trial, parse_trial, read_trial
from trialstats.sources.trial_file.schema import trial_schema
from trialstats.sources.trial_file.writing import dump_trial, write_trial

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
