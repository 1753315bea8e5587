"""Trial file <-> Paper: read strictly, written back byte for byte.

A trial file holds the printed figures of one trial, each as text, one ``[[rows]]`` table for one
printed line. What it may hold is defined in `trialstats.sources.trial_file.schema`, how rows stand for claims
in `trialstats.sources.trial_file.rows`, and how claims are laid out as rows in `trialstats.sources.trial_file.layout`.
"""

from __future__ import annotations

from trialstats.sources.trial_file.reading import SHIPPED_TRIALS as SHIPPED_TRIALS
from trialstats.sources.trial_file.reading import Trial as Trial
from trialstats.sources.trial_file.reading import load_trial as load_trial
from trialstats.sources.trial_file.reading import parse_trial as parse_trial
from trialstats.sources.trial_file.reading import read_trial as read_trial
from trialstats.sources.trial_file.schema import trial_schema as trial_schema
from trialstats.sources.trial_file.writing import dump_trial as dump_trial
from trialstats.sources.trial_file.writing import write_trial as write_trial
