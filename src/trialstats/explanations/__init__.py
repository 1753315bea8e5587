"""Explanations of printed numbers: witnesses with conventions, held compactly, and the searches that find them."""

from trialstats.explanations.blocks import Block as Block
from trialstats.explanations.blocks import Single as Single
from trialstats.explanations.explanation import ALLOWED as ALLOWED
from trialstats.explanations.explanation import Explanation as Explanation
from trialstats.explanations.explanation import is_whole as is_whole
from trialstats.explanations.explanations import NO_EXPLANATIONS as NO_EXPLANATIONS
from trialstats.explanations.explanations import Explanations as Explanations
from trialstats.explanations.explanations import Known as Known
from trialstats.explanations.explanations import Search as Search
from trialstats.explanations.witnesses import Counts as Counts
from trialstats.explanations.witnesses import Patients as Patients
from trialstats.explanations.witnesses import Posterior as Posterior
from trialstats.explanations.witnesses import SurvivalRate as SurvivalRate
from trialstats.explanations.witnesses import Symmetric as Symmetric
from trialstats.explanations.witnesses import TwoArmCounts as TwoArmCounts
from trialstats.explanations.witnesses import Witness as Witness
from trialstats.explanations.witnesses import Words as Words
from trialstats.values import EMPTY as EMPTY
