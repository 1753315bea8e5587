"""Intervals of one side: the bound at the end of the scale says nothing, labelled so or not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.checks.claims_in_short import R, claim, hazard

import trialstats as ts
from trialstats.claims.model import Paper, Spread
from trialstats.findings import QUESTIONS, Verdict
from trialstats.intervals.binomial import binomial_interval
from trialstats.press import print_number


def verdicts(text):
    return {one.check: one for one in ts.check(text).findings}


@pytest.mark.parametrize(
    "words",
    [
        "one-sided 95% CI, 70.6 to 100",
        "1-sided 95% CI, 70.6-100",
        "95% one-sided confidence interval, 70.6 to 100",
        "95% CI [one-sided], 70.6 to 100",
    ],
)
def test_a_labelled_limit_of_one_side_is_searched_with_its_own_tail(words):
    found = verdicts(f"Of the 58 patients treated, 47 of 58 responded (81.0%; {words}).")["proportion-interval"]
    assert found.verdict is Verdict.REPRODUCED
    assert "Clopper-Pearson" in found.message


def test_the_sides_of_a_p_value_are_not_those_of_the_interval_beside_it():
    (one,) = ts.extract("The hazard ratio was 0.70 (one-sided P = .02; 95% CI, 0.50 to 0.98).").claims
    assert one.spread.sides == 2
    (one,) = ts.extract("The hazard ratio was 0.70 (95% CI, 0.50 to 0.98; one-sided P = .02).").claims
    assert one.spread.sides == 2


def test_an_unlabelled_limit_is_named_with_its_sides():
    found = verdicts("Of the 58 patients treated, 47 of 58 responded (81.0%; 95% CI, 70.6 to 100).")
    found = found["proportion-interval"]
    assert found.verdict is Verdict.EXPLAINED
    assert "95% lower limit of one side" in found.message and "the sides of the interval" in found.message.lower()


def test_a_limit_of_one_side_that_no_count_has_is_still_asked_about():
    found = verdicts("Of the 58 patients treated, 47 of 58 responded (81.0%; 95% CI, 64.6 to 100).")
    assert found["proportion-interval"].verdict in QUESTIONS


@pytest.mark.parametrize("words", ["1-sided 90% CI, 0.00-1.22", "90% CI, 0.00-1.22"])
def test_a_ratio_has_no_lower_limit_of_0(words):
    found = verdicts(f"The hazard ratio for death was 0.84 ({words}).")["ratio-interval"]
    assert found.verdict in (Verdict.EXPLAINED, Verdict.UNCHECKED)


@pytest.mark.parametrize("bounds", [("0.50", "0.98"), ("0.53", "0.93")])
def test_two_bounds_called_one_sided_leave_the_level_open(bounds):
    one = hazard("0.70", None, None, p="0.04", spread=Spread("confidence", *map(R, bounds), level=R("95%"), sides=1))
    found = {one.check: one.verdict for one in ts.reanalyse(Paper(id="own", claims=(one,))).findings}
    assert not set(found.values()) & set(QUESTIONS)
    assert found["significance"] is Verdict.UNCHECKED


def test_a_difference_against_the_end_of_its_scale_is_no_interval_of_two_sides(judge):
    found = judge("difference-interval", claim("d", "difference", "3.1%", "-5.2%", "100%", arms=("new", "old")))
    assert found.verdict is Verdict.EXPLAINED and "one side" in found.message


def test_limits_of_one_side_are_never_asked_about(judge):
    rng = np.random.default_rng(20261129)
    for _ in range(40):
        n = int(rng.integers(10, 90))
        x, level = int(rng.integers(1, n)), float(rng.choice([0.9, 0.95, 0.975]))
        method, decimals = str(rng.choice(["clopper-pearson", "wilson", "jeffreys", "wald"])), int(rng.integers(0, 2))
        low, high = binomial_interval(x, n, level=round(2 * level - 1, 12), method=method)
        low, high = (0.0, high) if rng.integers(2) else (low, 1.0)
        numbers = [print_number(value, decimals, "%") for value in (x / n, float(low), float(high))]
        unlabelled = claim("r", "proportion", *numbers, x=R(str(x)), n=R(str(n)), level=f"{100 * level:g}%")
        found = judge("proportion-interval", unlabelled)
        assert found.verdict not in QUESTIONS, (x, n, level, method, numbers, found.message)
        labelled = Spread("confidence", R(numbers[1]), R(numbers[2]), level=R(f"{100 * level:g}%"), sides=1)
        found = judge("proportion-interval", replace(unlabelled, spread=labelled))
        assert found.verdict not in QUESTIONS, (x, n, level, method, numbers, found.message)


def test_a_plain_limit_of_one_side_comes_before_a_rare_interval_of_two():
    report = ts.check("Response was seen in 37 of 41 patients (90%; 95% CI, 79 to 100).")
    (found,) = (one for one in report.findings if one.code == "TS104")
    assert found.verdict is ts.Verdict.EXPLAINED
    assert "95% lower limit of one side" in found.message
