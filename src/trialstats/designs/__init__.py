"""Phase II and adaptive designs: exact operating characteristics, and exact inference after two stages."""

from trialstats.designs.bayesian import BayesianDesign, CountBoundary
from trialstats.designs.bayesian_characteristics import BayesianCharacteristics
from trialstats.designs.bayesian_grids import StoppingRule
from trialstats.designs.bayesian_two_arm import BayesianTwoArmDesign
from trialstats.designs.koyama_chen import UnplannedSecondStage, unplanned_second_stage
from trialstats.designs.sample_space import TWO_STAGE_ORDERINGS
from trialstats.designs.simon import SimonDesigns, SimonPlan, simon_designs
from trialstats.designs.single_stage import (
    SINGLE_STAGE_METHODS,
    SingleStageDesign,
    SingleStagePlan,
    single_stage_design,
)
from trialstats.designs.two_stage import OperatingCharacteristics, TwoStageDesign
from trialstats.designs.two_stage_estimates import (
    TWO_STAGE_ESTIMATES,
    TWO_STAGE_INTERVALS,
    two_stage_coverage,
    two_stage_estimate,
    two_stage_interval,
    two_stage_pvalue,
)
from trialstats.designs.two_stage_inference import TwoStageInference, two_stage_inference

__all__ = [
    "SINGLE_STAGE_METHODS",
    "TWO_STAGE_ESTIMATES",
    "TWO_STAGE_INTERVALS",
    "TWO_STAGE_ORDERINGS",
    "BayesianCharacteristics",
    "BayesianDesign",
    "BayesianTwoArmDesign",
    "CountBoundary",
    "OperatingCharacteristics",
    "SimonDesigns",
    "SimonPlan",
    "SingleStageDesign",
    "SingleStagePlan",
    "StoppingRule",
    "TwoStageDesign",
    "TwoStageInference",
    "UnplannedSecondStage",
    "simon_designs",
    "single_stage_design",
    "two_stage_coverage",
    "two_stage_estimate",
    "two_stage_inference",
    "two_stage_interval",
    "two_stage_pvalue",
    "unplanned_second_stage",
]
