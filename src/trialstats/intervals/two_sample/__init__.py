"""Two proportions: intervals for their difference, risk ratio and odds ratio, and tests."""

from trialstats.intervals.two_sample.difference import DIFFERENCE_METHODS, difference_interval
from trialstats.intervals.two_sample.hypothesis_tests import TWO_PROPORTION_TESTS, TestResult, two_proportion_test
from trialstats.intervals.two_sample.odds_ratio import ODDS_RATIO_METHODS, odds_ratio_interval
from trialstats.intervals.two_sample.risk_ratio import RISK_RATIO_METHODS, risk_ratio_interval

__all__ = [
    "DIFFERENCE_METHODS",
    "ODDS_RATIO_METHODS",
    "RISK_RATIO_METHODS",
    "TWO_PROPORTION_TESTS",
    "TestResult",
    "difference_interval",
    "odds_ratio_interval",
    "risk_ratio_interval",
    "two_proportion_test",
]
