"""Explanations of printed numbers: witnesses with conventions, held compactly, and the searches that find them."""

from trialstats.explanations.blocks import Block, Single
from trialstats.explanations.explanation import ALLOWED, Explanation, is_whole
from trialstats.explanations.explanations import NO_EXPLANATIONS, Explanations, Known, Search
from trialstats.explanations.witnesses import (
    Counts,
    Patients,
    Posterior,
    SurvivalRate,
    Symmetric,
    TwoArmCounts,
    Witness,
    Words,
)
from trialstats.values import EMPTY

__all__ = [
    "ALLOWED",
    "EMPTY",
    "NO_EXPLANATIONS",
    "Block",
    "Counts",
    "Explanation",
    "Explanations",
    "Known",
    "Patients",
    "Posterior",
    "Search",
    "Single",
    "SurvivalRate",
    "Symmetric",
    "TwoArmCounts",
    "Witness",
    "Words",
    "is_whole",
]
