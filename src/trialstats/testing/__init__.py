"""Assertions for tests, in the manner of `numpy.testing`: computed values against printed ones and second opinions."""

from trialstats.testing.printed_values import (
    assert_interval_reproduces,
    assert_p_reproduces,
    assert_reproduces,
    assert_trial_holds_together,
    roundings_that_print,
)
from trialstats.testing.second_opinion import SECOND_OPINIONS, assert_second_opinion, second_opinion

__all__ = [
    "SECOND_OPINIONS",
    "assert_interval_reproduces",
    "assert_p_reproduces",
    "assert_reproduces",
    "assert_second_opinion",
    "assert_trial_holds_together",
    "roundings_that_print",
    "second_opinion",
]
