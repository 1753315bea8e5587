"""Textbook sample sizes: against statsmodels 0.15.0, published tables, and their own definition."""

import math

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.power import NormalIndPower, TTestIndPower, TTestPower
from statsmodels.stats.proportion import samplesize_proportions_2indep_onetail

from trialstats.designs.sample_sizes import (
    EVENTS,
    PAIRED_MEANS,
    TWO_MEANS,
    TWO_PROPORTIONS,
    Asked,
    share_with_event,
)

ASKED = [Asked(alpha, power, sides) for alpha in (0.05, 0.01) for power in (0.8, 0.9) for sides in (1, 2)]


def solved(solver, effect, asked):
    alternative = "two-sided" if asked.sides == 2 else "larger"
    return solver.solve_power(effect, alpha=asked.alpha, power=asked.power, alternative=alternative)


@pytest.mark.parametrize("asked", ASKED, ids=str)
@pytest.mark.parametrize("effect", [0.2, 0.5, 0.8])
class TestMeans:
    def test_normal_formula(self, asked, effect):
        # solve_power counts the other tail too, which is 1e-5 of the power at most.
        other = solved(NormalIndPower(), effect, asked)
        assert TWO_MEANS["z"](asked, effect) == pytest.approx(other, rel=1e-4)

    def test_t_test(self, asked, effect):
        other = solved(TTestIndPower(), effect, asked)
        assert TWO_MEANS["t"](asked, effect) == math.ceil(other)

    def test_t_test_of_pairs(self, asked, effect):
        other = solved(TTestPower(), effect, asked)
        assert PAIRED_MEANS["t"](asked, effect) == max(math.ceil(other), 2)


@pytest.mark.parametrize("ratio", [0.5, 1, 2])
def test_unequal_arms_of_a_t_test(ratio):
    asked = Asked(0.05, 0.9, ratio=ratio)
    other = TTestIndPower().solve_power(0.4, alpha=0.05, power=0.9, ratio=ratio)
    assert TWO_MEANS["t"](asked, 0.4) == math.ceil(other)


@pytest.mark.parametrize("first, second", [(0.5, 0.34), (0.3, 0.45), (0.9, 0.97), (0.05, 0.02)])
@pytest.mark.parametrize("power", [0.8, 0.9])
def test_pooled_proportions(first, second, power):
    # samplesize_proportions_2indep_onetail is this formula; the tail it leaves out is negligible here.
    other = samplesize_proportions_2indep_onetail(second - first, first, power, alpha=0.05, alternative="two-sided")
    assert TWO_PROPORTIONS["pooled"](Asked(0.05, power), second, first) == pytest.approx(other, rel=1e-6)


@pytest.mark.parametrize("first, second", [(0.5, 0.34), (0.3, 0.45), (0.9, 0.97)])
def test_arcsine(first, second):
    effect = 2 * (math.asin(math.sqrt(first)) - math.asin(math.sqrt(second)))
    other = NormalIndPower().solve_power(abs(effect), alpha=0.05, power=0.8)
    assert TWO_PROPORTIONS["arcsine"](Asked(0.05, 0.8), first, second) == pytest.approx(other, rel=1e-4)


def fisher_power(n, first, second, alpha):
    """Return the exact power of Fisher's two-sided test with n patients an arm."""
    x = np.arange(n + 1)
    weights = np.outer(stats.binom.pmf(x, n, first), stats.binom.pmf(x, n, second))
    reject = np.array([[stats.fisher_exact([[a, n - a], [b, n - b]])[1] <= alpha for b in x] for a in x])
    return float((weights * reject).sum())


def test_the_continuity_correction_is_what_fishers_test_needs():
    # Casagrande, Pike and Smith (1978): within a few patients of the exact size.
    n = TWO_PROPORTIONS["continuity"](Asked(0.05, 0.8), 0.2, 0.6)
    assert fisher_power(math.ceil(n), 0.2, 0.6, 0.05) == pytest.approx(0.8, abs=0.03)
    pooled = TWO_PROPORTIONS["pooled"](Asked(0.05, 0.8), 0.2, 0.6)
    assert fisher_power(math.floor(pooled), 0.2, 0.6, 0.05) < 0.78


@pytest.mark.parametrize(
    "hazard, asked, schoenfeld, freedman",
    [
        (0.64, Asked(0.1, 0.85, 1), 108, 112),
        (0.7, Asked(0.05, 0.8), 247, 253),  # 247 events: Faivre-Finn et al. (2017) Lancet Oncol 18:1116-25
        (0.5, Asked(0.05, 0.8), 66, 71),  # Freedman (1982), Table II: 70 at a ratio of 2 without rounding up
    ],
)
def test_events(hazard, asked, schoenfeld, freedman):
    assert math.ceil(EVENTS["schoenfeld"](asked, hazard)) == schoenfeld
    assert math.ceil(EVENTS["freedman"](asked, hazard)) == freedman


@pytest.mark.parametrize("hazard", [0.5, 0.7, 1.5])
def test_events_of_unequal_arms(hazard):
    even, uneven = (EVENTS["schoenfeld"](Asked(0.05, 0.9, ratio=ratio), hazard) for ratio in (1, 2))
    assert uneven / even == pytest.approx((2 / 3 * 1 / 3) ** -1 / 4)


def test_share_with_event_against_integration():
    hazard, accrual, follow_up = math.log(2) / 12, 24.0, 12.0
    entry = np.linspace(0, accrual, 200_001)
    followed = 1 - np.exp(-hazard * (accrual + follow_up - entry))
    assert share_with_event(hazard, accrual, follow_up) == pytest.approx(float(np.trapezoid(followed, entry) / accrual))
    assert share_with_event(hazard, 0.0, 12.0) == pytest.approx(0.5)
