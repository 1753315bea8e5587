"""Reanalyse the printed estimates of clinical trials.

Every public name is imported from its module when it is first used, so that ``import trialstats``
costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from trialstats.__about__ import __version__

if TYPE_CHECKING:
    from trialstats.claims import Arm, Comparison, Estimate, Paper, PValue, Size, Spread
    from trialstats.conventions import load_catalogue
    from trialstats.designs import (
        SINGLE_STAGE_METHODS,
        TWO_STAGE_ESTIMATES,
        TWO_STAGE_INTERVALS,
        BayesianDesign,
        BayesianTwoArmDesign,
        SingleStageDesign,
        StoppingRule,
        TwoStageDesign,
        UnplannedSecondStage,
        simon_designs,
        single_stage_design,
        two_stage_inference,
        unplanned_second_stage,
    )
    from trialstats.errors import TrialstatsError
    from trialstats.explanations import Explanation, Explanations
    from trialstats.extraction.reading import extract
    from trialstats.findings import Finding, Verdict
    from trialstats.intervals.beta import Beta
    from trialstats.intervals.beta_mixture import BetaMixture
    from trialstats.intervals.binomial import BINOMIAL_METHODS, binomial_interval, binomial_method
    from trialstats.intervals.events import materiality, schoenfeld_events
    from trialstats.intervals.interval import Interval
    from trialstats.intervals.superiority import prob_greater
    from trialstats.intervals.survival import SURVIVAL_TRANSFORMS, survival_interval
    from trialstats.intervals.tierney import TIERNEY_ROUTES, log_hazard_ratio
    from trialstats.intervals.two_sample import (
        DIFFERENCE_METHODS,
        ODDS_RATIO_METHODS,
        RISK_RATIO_METHODS,
        TWO_PROPORTION_TESTS,
        difference_interval,
        odds_ratio_interval,
        risk_ratio_interval,
        two_proportion_test,
    )
    from trialstats.inverse.counts.denominator_pairs import infer_denominator_pairs
    from trialstats.inverse.counts.denominators import explain_denominators, infer_denominator
    from trialstats.inverse.counts.explain import explain_proportion
    from trialstats.inverse.means import debit, grim, grimmer
    from trialstats.inverse.posteriors.explain import explain_posterior
    from trialstats.inverse.posteriors.prior_region import joint_prior_regions
    from trialstats.inverse.posteriors.priors import prior_grid, prior_mean_weight
    from trialstats.inverse.posteriors.region import posterior_region
    from trialstats.inverse.posteriors.several_arms import explain_posteriors, explain_superiority
    from trialstats.inverse.ratios.explain import explain_ratio
    from trialstats.inverse.survival.explain import explain_survival
    from trialstats.press import Counts, Posterior, Printing, SurvivalRate, Symmetric, print_claim
    from trialstats.reanalysis import reanalyse
    from trialstats.reanalysis_of_text import check, check_table
    from trialstats.report import Report
    from trialstats.report.figures import (
        plot_denominators,
        plot_feasible_priors,
        plot_forest,
        plot_interval_methods,
        plot_intervals,
        plot_posteriors,
        plot_ratio_region,
        plot_superiority,
    )
    from trialstats.reported import ROUNDINGS, Range, Reported
    from trialstats.trial import Trial, load_trial, read_trial, write_trial
    from trialstats.trial.draft import draft_trial_file

PUBLIC = MappingProxyType(
    {
        # printed numbers and claims
        "Reported": "reported",
        "Range": "reported",
        "ROUNDINGS": "reported",
        "Estimate": "claims",
        "Comparison": "claims",
        "Paper": "claims",
        "Arm": "claims",
        "Size": "claims",
        "Spread": "claims",
        "PValue": "claims",
        "print_claim": "press",
        "Printing": "press",
        "Counts": "press",
        "Symmetric": "press",
        "SurvivalRate": "press",
        "Posterior": "press",
        # forward statistics
        "binomial_interval": "intervals.binomial",
        "BINOMIAL_METHODS": "intervals.binomial",
        "binomial_method": "intervals.binomial",
        "difference_interval": "intervals.two_sample",
        "risk_ratio_interval": "intervals.two_sample",
        "odds_ratio_interval": "intervals.two_sample",
        "two_proportion_test": "intervals.two_sample",
        "DIFFERENCE_METHODS": "intervals.two_sample",
        "RISK_RATIO_METHODS": "intervals.two_sample",
        "ODDS_RATIO_METHODS": "intervals.two_sample",
        "TWO_PROPORTION_TESTS": "intervals.two_sample",
        "survival_interval": "intervals.survival",
        "SURVIVAL_TRANSFORMS": "intervals.survival",
        "Beta": "intervals.beta",
        "prob_greater": "intervals.superiority",
        # inverse searches
        "explain_proportion": "inverse.counts.explain",
        "explain_ratio": "inverse.ratios.explain",
        "explain_survival": "inverse.survival.explain",
        "explain_posterior": "inverse.posteriors.explain",
        "infer_denominator": "inverse.counts.denominators",
        "explain_denominators": "inverse.counts.denominators",
        "infer_denominator_pairs": "inverse.counts.denominator_pairs",
        # trials and their reanalysis
        "Trial": "trial",
        "read_trial": "trial",
        "load_trial": "trial",
        "write_trial": "trial",
        "draft_trial_file": "trial.draft",
        "SingleStageDesign": "designs",
        "TwoStageDesign": "designs",
        "BayesianDesign": "designs",
        "BayesianTwoArmDesign": "designs",
        "single_stage_design": "designs",
        "simon_designs": "designs",
        "two_stage_inference": "designs",
        "unplanned_second_stage": "designs",
        "UnplannedSecondStage": "designs",
        "SINGLE_STAGE_METHODS": "designs",
        "TWO_STAGE_ESTIMATES": "designs",
        "TWO_STAGE_INTERVALS": "designs",
        "posterior_region": "inverse.posteriors.region",
        "explain_posteriors": "inverse.posteriors.several_arms",
        "explain_superiority": "inverse.posteriors.several_arms",
        "joint_prior_regions": "inverse.posteriors.prior_region",
        "StoppingRule": "designs",
        # figures: Matplotlib is imported when one is drawn
        "plot_denominators": "report.figures",
        "plot_feasible_priors": "report.figures",
        "plot_forest": "report.figures",
        "plot_interval_methods": "report.figures",
        "plot_intervals": "report.figures",
        "plot_posteriors": "report.figures",
        "plot_ratio_region": "report.figures",
        "plot_superiority": "report.figures",
        "prior_grid": "inverse.posteriors.priors",
        "prior_mean_weight": "inverse.posteriors.priors",
        "grim": "inverse.means",
        "grimmer": "inverse.means",
        "debit": "inverse.means",
        "log_hazard_ratio": "intervals.tierney",
        "TIERNEY_ROUTES": "intervals.tierney",
        "schoenfeld_events": "intervals.events",
        "materiality": "intervals.events",
        "BetaMixture": "intervals.beta_mixture",
        "Interval": "intervals.interval",
        "extract": "extraction.reading",
        "reanalyse": "reanalysis",
        "check": "reanalysis_of_text",
        "check_table": "reanalysis_of_text",
        "load_catalogue": "conventions",
        "Verdict": "findings",
        "Finding": "findings",
        "Explanation": "explanations",
        "Explanations": "explanations",
        "Report": "report",
        "TrialstatsError": "errors",
    }
)
"""Every public name, and the module it stands in."""

__all__ = [
    "BINOMIAL_METHODS",
    "DIFFERENCE_METHODS",
    "ODDS_RATIO_METHODS",
    "RISK_RATIO_METHODS",
    "ROUNDINGS",
    "SINGLE_STAGE_METHODS",
    "SURVIVAL_TRANSFORMS",
    "TIERNEY_ROUTES",
    "TWO_PROPORTION_TESTS",
    "TWO_STAGE_ESTIMATES",
    "TWO_STAGE_INTERVALS",
    "Arm",
    "BayesianDesign",
    "BayesianTwoArmDesign",
    "Beta",
    "BetaMixture",
    "Comparison",
    "Counts",
    "Estimate",
    "Explanation",
    "Explanations",
    "Finding",
    "Interval",
    "PValue",
    "Paper",
    "Posterior",
    "Printing",
    "Range",
    "Report",
    "Reported",
    "SingleStageDesign",
    "Size",
    "Spread",
    "StoppingRule",
    "SurvivalRate",
    "Symmetric",
    "Trial",
    "TrialstatsError",
    "TwoStageDesign",
    "UnplannedSecondStage",
    "Verdict",
    "__version__",
    "binomial_interval",
    "binomial_method",
    "check",
    "check_table",
    "debit",
    "difference_interval",
    "draft_trial_file",
    "explain_denominators",
    "explain_posterior",
    "explain_posteriors",
    "explain_proportion",
    "explain_ratio",
    "explain_superiority",
    "explain_survival",
    "extract",
    "grim",
    "grimmer",
    "infer_denominator",
    "infer_denominator_pairs",
    "joint_prior_regions",
    "load_catalogue",
    "load_trial",
    "log_hazard_ratio",
    "materiality",
    "odds_ratio_interval",
    "plot_denominators",
    "plot_feasible_priors",
    "plot_forest",
    "plot_interval_methods",
    "plot_intervals",
    "plot_posteriors",
    "plot_ratio_region",
    "plot_superiority",
    "posterior_region",
    "print_claim",
    "prior_grid",
    "prior_mean_weight",
    "prob_greater",
    "read_trial",
    "reanalyse",
    "risk_ratio_interval",
    "schoenfeld_events",
    "simon_designs",
    "single_stage_design",
    "survival_interval",
    "two_proportion_test",
    "two_stage_inference",
    "unplanned_second_stage",
    "write_trial",
]


def __getattr__(name: str) -> Any:
    if name in ("bayes", "testing"):  # modules of their own, as numpy.testing is
        return import_module(f"trialstats.{name}")
    module = PUBLIC.get(name)
    if module is None:
        raise AttributeError(f"module 'trialstats' has no attribute {name!r}")
    found = getattr(import_module(f"trialstats.{module}"), name)
    globals()[name] = found  # the next look-up does not come here
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
