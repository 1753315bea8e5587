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
    from trialstats.catalogue import load_catalogue
    from trialstats.claims import Arm, Comparison, Estimate, Paper, PValue, Size, Spread
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
    from trialstats.figures import (
        plot_denominators,
        plot_feasible_priors,
        plot_forest,
        plot_interval_methods,
        plot_intervals,
        plot_posteriors,
        plot_ratio_region,
        plot_superiority,
    )
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
    from trialstats.press import Counts, Posterior, Printing, SurvivalRate, Symmetric, print_claim
    from trialstats.reanalysis import check, check_table, reanalyse
    from trialstats.report import Report
    from trialstats.reported import ROUNDINGS, Range, Reported
    from trialstats.search.counts.denominator_pairs import infer_denominator_pairs
    from trialstats.search.counts.denominators import explain_denominators, infer_denominator
    from trialstats.search.counts.explain import explain_proportion
    from trialstats.search.means import debit, grim, grimmer
    from trialstats.search.posteriors.explain import explain_posterior
    from trialstats.search.posteriors.prior_region import joint_prior_regions
    from trialstats.search.posteriors.priors import prior_grid, prior_mean_weight
    from trialstats.search.posteriors.region import posterior_region
    from trialstats.search.posteriors.several_arms import explain_posteriors, explain_superiority
    from trialstats.search.ratios.explain import explain_ratio
    from trialstats.search.survival.explain import explain_survival
    from trialstats.sources.text.reading import extract
    from trialstats.sources.trial_file import Trial, load_trial, read_trial, write_trial
    from trialstats.sources.trial_file.draft import draft_trial_file

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
        "explain_proportion": "search.counts.explain",
        "explain_ratio": "search.ratios.explain",
        "explain_survival": "search.survival.explain",
        "explain_posterior": "search.posteriors.explain",
        "infer_denominator": "search.counts.denominators",
        "explain_denominators": "search.counts.denominators",
        "infer_denominator_pairs": "search.counts.denominator_pairs",
        # trials and their reanalysis
        "Trial": "sources.trial_file",
        "read_trial": "sources.trial_file",
        "load_trial": "sources.trial_file",
        "write_trial": "sources.trial_file",
        "draft_trial_file": "sources.trial_file.draft",
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
        "posterior_region": "search.posteriors.region",
        "explain_posteriors": "search.posteriors.several_arms",
        "explain_superiority": "search.posteriors.several_arms",
        "joint_prior_regions": "search.posteriors.prior_region",
        "StoppingRule": "designs",
        # figures: Matplotlib is imported when one is drawn
        "plot_denominators": "figures",
        "plot_feasible_priors": "figures",
        "plot_forest": "figures",
        "plot_interval_methods": "figures",
        "plot_intervals": "figures",
        "plot_posteriors": "figures",
        "plot_ratio_region": "figures",
        "plot_superiority": "figures",
        "prior_grid": "search.posteriors.priors",
        "prior_mean_weight": "search.posteriors.priors",
        "grim": "search.means",
        "grimmer": "search.means",
        "debit": "search.means",
        "log_hazard_ratio": "intervals.tierney",
        "TIERNEY_ROUTES": "intervals.tierney",
        "schoenfeld_events": "intervals.events",
        "materiality": "intervals.events",
        "BetaMixture": "intervals.beta_mixture",
        "Interval": "intervals.interval",
        "extract": "sources.text.reading",
        "reanalyse": "reanalysis",
        "check": "reanalysis",
        "check_table": "reanalysis",
        "load_catalogue": "catalogue",
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
