"""The PyMC twin of the exact posteriors: the same models by Markov chains, and how well the two agree.

Needs the extra ``bayes`` (``pip install trialstats[bayes]``): PyMC when a model is built or sampled, ArviZ when the
draws of any container with a posterior group are judged.
"""

from __future__ import annotations

from trialstats.bayes.agreement import Agreement, AgreementRow, agreement
from trialstats.bayes.column import McmcCell, mcmc_column
from trialstats.bayes.draws import posterior_draws
from trialstats.bayes.models import (
    ArmCounts,
    conjugate_model,
    exact_posteriors,
    hierarchical_model,
    power_prior,
    robust_model,
    sample,
)

__all__ = [
    "Agreement",
    "AgreementRow",
    "ArmCounts",
    "McmcCell",
    "agreement",
    "conjugate_model",
    "exact_posteriors",
    "hierarchical_model",
    "mcmc_column",
    "posterior_draws",
    "power_prior",
    "robust_model",
    "sample",
]
