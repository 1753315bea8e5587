"""Intervals of ratios that no log scale holds: at 0 and below, on the natural scale, credible, bootstrapped."""

from __future__ import annotations

import math

import pytest
from tests.checks.claims_in_short import hazard

from trialstats import explain_ratio


def test_a_ratio_below_0_has_no_explanation(judge):
    assert judge("ratio-interval", hazard("-0.54", "0.37", "0.79")).verdict == "unchecked"  # order asks
    assert not explain_ratio("-0.54", ("0.37", "0.79")).feasible
    assert not explain_ratio("-0.54", ("0.37", None)).feasible
    assert explain_ratio("2.00", ("-0.50", "4.50")).feasible  # an interval on the natural scale may pass 0


def test_a_bound_printed_as_0_leaves_the_standard_error_open(judge):
    found = judge("ratio-interval", hazard("0.00", "0.00", "0.83"))
    assert found.verdict == "consistent" and "standard error of the log at least 2.605." in found.message
    assert math.isinf(next(iter(found.explanations)).se[1])
    found = judge("ratio-interval", hazard("0", "0", "0"))
    assert found.verdict == "unchecked" and "three zeros" in found.message


def test_the_standard_error_of_a_large_ratio_on_the_natural_scale_is_not_open(judge):
    found = judge("ratio-interval", hazard("50.0", "1.0", "99.0"))
    assert all(math.isfinite(one.se[1]) for one in found.explanations if one.scale == "identity")


def test_a_credible_interval_may_be_skewed_and_comes_from_no_count_of_events(judge):
    found = judge("ratio-interval", hazard("0.75", "0.50", "1.09", kind="credible"))
    assert found.verdict == "consistent" or "Poisson" not in found.message
    found = judge("ratio-interval", hazard("0.78", "0.50", "1.09", kind="credible"))
    assert found.verdict == "explained" and "median 0.738 and mean 0.753" in found.message
    assert all(one.scale != "exact-poisson" for one in found.explanations)


@pytest.mark.parametrize("numbers", [("1.04", "0.68", "1.45"), ("0.73", "0.26", "3.39"), ("0.78", "0.29", "4.15")])
def test_bias_corrected_bootstraps_of_simulated_trials_must_be_named(judge, numbers):
    found = judge("ratio-interval", hazard(*numbers))
    assert found.verdict == "strained" and "bias-corrected" in found.message
