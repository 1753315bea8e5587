"""Two proportions: intervals for their difference, risk ratio and odds ratio, and tests."""

from trialstats.intervals.two_sample.difference import DIFFERENCE_METHODS as DIFFERENCE_METHODS
from trialstats.intervals.two_sample.difference import difference_interval as difference_interval
from trialstats.intervals.two_sample.hypothesis_tests import TWO_PROPORTION_TESTS as TWO_PROPORTION_TESTS
from trialstats.intervals.two_sample.hypothesis_tests import TestResult as TestResult
from trialstats.intervals.two_sample.hypothesis_tests import two_proportion_test as two_proportion_test
from trialstats.intervals.two_sample.odds_ratio import ODDS_RATIO_METHODS as ODDS_RATIO_METHODS
from trialstats.intervals.two_sample.odds_ratio import odds_ratio_interval as odds_ratio_interval
from trialstats.intervals.two_sample.risk_ratio import RISK_RATIO_METHODS as RISK_RATIO_METHODS
from trialstats.intervals.two_sample.risk_ratio import risk_ratio_interval as risk_ratio_interval
