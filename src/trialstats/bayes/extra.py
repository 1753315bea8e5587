"""The packages of the extra ``bayes``, imported only when something is sampled or judged."""

from __future__ import annotations

import warnings
from importlib import import_module
from typing import Any

from trialstats.errors import TrialstatsError


def needed(module: str) -> Any:
    """Return a module of the extra; refuse in a sentence where it is not installed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what they announce of their own changes
            return import_module(module)
    except ImportError as missing:
        raise TrialstatsError(
            f"Markov chains need {module}, which is not installed; the exact posteriors do not. "
            "Accepted: pip install 'trialstats[bayes]'."
        ) from missing
