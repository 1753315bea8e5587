"""Sizes within a margin: printed values, statsmodels, the definition, and simulated trials."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from scipy.stats import norm
from statsmodels.stats.power import TTestIndPower

from trialstats.designs.margin_sizes import NONINFERIOR, means_within, rates_equivalent, restricted_rates
from trialstats.designs.sample_sizes import Asked


@pytest.mark.parametrize("margin, apart", [(0.3, 0.0), (0.5, 0.1), (0.4, -0.1)])
def test_means_as_statsmodels(margin, apart):
    n = TTestIndPower().solve_power(margin - apart, alpha=0.025, power=0.9, alternative="larger")
    assert means_within(Asked(0.025, 0.9, 1), margin, apart)["t"] == math.ceil(n)


def test_proportions_by_hand():
    # (1.645 + 0.842)^2 (.65 .35 + .85 .15)/.3^2 = 24.4; (1.960 + 1.282)^2 (2 .85 .15)/.1^2 = 267.9.
    assert math.ceil(NONINFERIOR["blackwelder"](Asked(0.05, 0.8, 1), 0.65, 0.85, 0.1)) == 25
    assert math.ceil(NONINFERIOR["blackwelder"](Asked(0.025, 0.9, 1), 0.85, 0.85, 0.1)) == 268
    # Half of the type II error on the nearer side, as textbooks take it, is an upper limit: 132.3.
    variance, room = 0.75 * 0.25 + 0.8 * 0.2, 0.2 - 0.05
    limits = [variance * ((norm.ppf(0.95) + norm.ppf(power)) / room) ** 2 for power in (0.8, 0.9)]
    assert limits[0] <= rates_equivalent(Asked(0.05, 0.8, 1), 0.75, 0.80, 0.2) <= limits[1]


@pytest.mark.parametrize("margin, apart, power", [(0.5, 0.0, 0.8), (0.5, 0.1, 0.9), (0.4, 0.2, 0.85)])
def test_equivalence_against_its_definition(margin, apart, power):
    n = means_within(Asked(0.05, power, 1), margin, apart, both=True)["z"]
    se = math.sqrt(2 / n)
    inside = norm.cdf(margin - norm.ppf(0.95) * se, apart, se) - norm.cdf(norm.ppf(0.95) * se - margin, apart, se)
    assert inside == pytest.approx(power, abs=1e-9)


def test_no_room_has_no_size():
    assert means_within(Asked(0.05, 0.8, 1), 0.2, 0.3) == {}
    assert means_within(Asked(0.05, 0.8, 1), 0.2, 0.3, both=True)["z"] == math.inf


@given(
    first=st.floats(0.03, 0.97), second=st.floats(0.03, 0.97), apart=st.floats(-0.4, 0.4), ratio=st.sampled_from([1, 2])
)
def test_restricted_rates_are_the_likeliest(first, second, apart, ratio):
    low, high = max(apart, 0) + 1e-9, min(1, 1 + apart) - 1e-9

    def unlikely(one):
        other = one - apart
        return -(
            first * math.log(one)
            + (1 - first) * math.log(1 - one)
            + ratio * (second * math.log(other) + (1 - second) * math.log(1 - other))
        )

    found, other = restricted_rates(first, second, apart, ratio)
    best = minimize_scalar(unlikely, bounds=(low, high), method="bounded", options={"xatol": 1e-10})
    assert found - other == pytest.approx(apart)
    assert unlikely(min(max(found, low), high)) == pytest.approx(best.fun, abs=1e-6)


@pytest.mark.slow
def test_simulated_noninferiority_has_the_power():
    n = math.ceil(NONINFERIOR["farrington-manning"](Asked(0.025, 0.8, 1), 0.8, 0.8, 0.1))
    rng, trials, found = np.random.default_rng(5), 4000, 0
    for old, new in rng.binomial(n, 0.8, (trials, 2)) / n:
        a, b = restricted_rates(new, old, -0.1, 1.0)
        found += (new - old + 0.1) / math.sqrt((a * (1 - a) + b * (1 - b)) / n) > norm.ppf(0.975)
    assert found / trials == pytest.approx(0.8, abs=0.03)
