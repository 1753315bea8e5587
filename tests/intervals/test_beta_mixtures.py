"""Mixtures of Betas: one component is that Beta, and every summary meets its definition."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import integrate

from trialstats.errors import InputError
from trialstats.intervals.beta import Beta
from trialstats.intervals.beta_mixture import BetaMixture

ROBUST = BetaMixture([0.8, 0.2], [Beta(12, 28), Beta(1, 1)])


@pytest.mark.parametrize("beta", [Beta(12, 28), Beta(1.5, 1.2), Beta(0.5, 3), Beta(40, 2)])
def test_a_mixture_of_one_beta_is_that_beta(beta):
    mixture = BetaMixture([1, 3], [beta, beta])
    for name in ("mean", "sd", "median", "mode"):
        # 1e-9: the mode of a density that is level to machine precision within 1e-8 of its top, found by its slope
        assert getattr(mixture, name)() == pytest.approx(getattr(beta, name)(), abs=1e-9), name
    assert mixture.effective_sample_size == pytest.approx(beta.effective_sample_size, rel=1e-9)
    assert tuple(mixture.hdi(0.9)) == pytest.approx(tuple(beta.hdi(0.9)), abs=1e-9)
    x = np.linspace(0.01, 0.99, 9)
    assert mixture.logpdf(x) == pytest.approx(beta.logpdf(x), abs=1e-12)
    for name in ("pmf", "cdf", "sf"):
        here, there = (getattr(one.predictive(12), name)(np.arange(13)) for one in (mixture, beta))
        assert here == pytest.approx(there, abs=1e-13)
    assert mixture.predictive(12).mean() == pytest.approx(beta.predictive(12).mean())


def test_summaries_meet_their_definitions():
    def density(x):
        return np.exp(ROBUST.logpdf(x))

    assert integrate.quad(density, 0, 1, points=[0.3])[0] == pytest.approx(1.0, abs=1e-9)
    mean = integrate.quad(lambda x: x * density(x), 0, 1, points=[0.3])[0]
    assert ROBUST.mean() == pytest.approx(mean, abs=1e-9)
    variance = integrate.quad(lambda x: (x - mean) ** 2 * density(x), 0, 1, points=[0.3])[0]
    assert ROBUST.sd() == pytest.approx(variance**0.5, abs=1e-9)
    assert ROBUST.cdf(ROBUST.median()) == pytest.approx(0.5, abs=1e-12)
    assert (density(ROBUST.mode()) >= density(np.linspace(0, 1, 2001)) - 1e-12).all()
    low, high = ROBUST.hdi(0.8)
    assert ROBUST.cdf(high) - ROBUST.cdf(low) == pytest.approx(0.8, abs=1e-10)
    assert density(low) == pytest.approx(density(high), rel=1e-6)
    tails = np.linspace(0.0, 0.2, 301)
    assert high - low <= (ROBUST.ppf(tails + 0.8) - ROBUST.ppf(tails)).min() + 1e-12
    assert ROBUST.predictive(9).pmf(np.arange(10)).sum() == pytest.approx(1.0, abs=1e-12)


def test_a_mode_that_is_not_one_value():
    assert np.isnan(BetaMixture([1, 1], [Beta(2, 5), Beta(5, 2)]).mode())
    assert np.isnan(BetaMixture([1, 1], [Beta(0.5, 2), Beta(2, 0.5)]).mode())
    assert BetaMixture([1, 1], [Beta(0.5, 2), Beta(2, 2)]).mode() == 0.0
    assert BetaMixture([1, 1], [Beta(2, 0.5), Beta(2, 2)]).mode() == 1.0
    with pytest.raises(InputError, match="one whole number of patients"):
        ROBUST.predictive([3, 4])
