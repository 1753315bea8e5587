"""Mixtures of Betas summarise like Betas, and compare with them; probabilities with a margin at a table's price."""

from __future__ import annotations

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate

import trialstats as ts
from trialstats.designs import BayesianDesign, BayesianTwoArmDesign, StoppingRule
from trialstats.errors import InputError
from trialstats.intervals.beta import Beta
from trialstats.intervals.beta_mixture import BetaMixture
from trialstats.intervals.superiority import prob_greater
from trialstats.intervals.superiority_table import prob_greater_table

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


@pytest.mark.parametrize("shift", [1e-9, 1e-6, 0.3])
def test_the_highest_density_interval_of_a_symmetric_beta_is_symmetric(shift):
    low, high = Beta(1 + shift, 1 + shift).hdi()
    assert low + high == pytest.approx(1.0, abs=1e-15)
    assert low == pytest.approx(Beta(1 + shift, 1 + shift).ppf(0.025), abs=1e-15)


# --------------------------------------------------------------------------------------------------
# Probabilities of superiority
# --------------------------------------------------------------------------------------------------
def test_mixtures_compare_as_their_components_do():
    other = BetaMixture([0.3, 0.7], [Beta(3, 4), Beta(10, 2)])
    for margin in (0.0, 0.1, -0.2):
        parts = sum(
            w * v * prob_greater(Beta(a, b), Beta(c, d), margin)
            for w, a, b in zip(ROBUST.weights, ROBUST.components.a, ROBUST.components.b, strict=True)
            for v, c, d in zip(other.weights, other.components.a, other.components.b, strict=True)
        )
        assert prob_greater(ROBUST, other, margin) == pytest.approx(parts, abs=1e-14)
        assert isinstance(prob_greater(ROBUST, other, margin), float)
        beta = Beta([3.0, 4.0, 9.0], 5.0)
        many = prob_greater(beta, ROBUST, margin)
        one_by_one = [prob_greater(Beta(a, 5.0), ROBUST, margin) for a in (3.0, 4.0, 9.0)]
        assert many == pytest.approx(one_by_one, abs=1e-14)
    assert prob_greater(ROBUST, ROBUST) == pytest.approx(0.5, abs=1e-13)
    assert prob_greater(ROBUST, other, [0.0, 0.1]).shape == (2,)


def test_margins_and_shapes_that_do_not_fit_are_told_apart():
    with pytest.raises(InputError, match=r"margin must be a difference of rates .* got '10%'"):
        prob_greater(Beta(1, 1), Beta(1, 2), margin="10%")
    with pytest.raises(InputError, match=r"matching shapes, got \(\), \(3,\), \(2,\)"):
        prob_greater(Beta(1, 1), Beta([1, 2, 3], 2), margin=[0.1, 0.2])
    with pytest.raises(InputError, match="mixtures of them, got 3"):
        prob_greater(Beta(1, 1), 3)


@settings(max_examples=15, deadline=None)
@given(
    prior=st.sampled_from([(1.0, 1.0), (0.5, 0.5), (0.01, 0.01), (2.0, 8.0), (3.0, 60.0), (0.6, 0.4)]),
    n1=st.integers(0, 40), n2=st.integers(0, 40), margin=st.sampled_from([0.1, -0.1, 0.35, 0.001, -0.9]),
)  # fmt: skip
def test_a_table_is_what_the_pairs_are(prior, n1, n2, margin):
    x, y = np.arange(n1 + 1.0), np.arange(n2 + 1.0)
    first, second = Beta(prior[0] + x, prior[1] + n1 - x), Beta(1 + y, 1 + n2 - y)
    pairs = prob_greater(Beta(first.a[:, None], first.b[:, None]), second, margin)
    assert np.abs(prob_greater_table(first, second, margin) - pairs).max() < 1e-12


@pytest.mark.parametrize("a, b, c, d, margin", [(49, 3, 48, 9, 0.1), (0.5, 7.5, 30.5, 2.5, 0.1), (15, 1, 46, 11, 0.1)])
def test_margins_at_thirty_digits(a, b, c, d, margin):
    """Pairs at which a wider step of the quadrature is felt first."""
    with mp.workdps(30):
        m = mp.mpf(str(margin))
        exact = mp.quad(
            lambda x: x ** (a - 1) * (1 - x) ** (b - 1) / mp.beta(a, b) * mp.betainc(c, d, 0, x - m, regularized=True),
            mp.linspace(m, 1, 9),
        )
        assert abs(prob_greater(Beta(a, b), Beta(c, d), margin) - exact) < 1e-13
        table = prob_greater_table(Beta([a], [b]), Beta([c], [d]), margin)
        assert abs(table[0, 0] - exact) < 1e-12


# --------------------------------------------------------------------------------------------------
# Arguments
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "make, says",
    [
        (lambda: BayesianDesign(40, 0.2, 0.9), "looks must be a sequence of numbers of patients"),
        (lambda: BayesianDesign((20, 40), 0.2, "a"), "success must be a probability"),
        (lambda: BayesianDesign((20, 40), 0.2, 0.9, futility=0.05), "futility must be a StoppingRule .* got 0.05"),
        (lambda: BayesianTwoArmDesign(40, 0.9), "looks must be pairs of numbers of patients"),
        (lambda: BayesianTwoArmDesign((32, 27), 0.9), "A look is a pair of numbers"),
        (lambda: BayesianTwoArmDesign([(32, 27)], 0.9, efficacy=0.9), "efficacy must be a StoppingRule"),
        (lambda: BayesianTwoArmDesign([(32, 27)], 0.9, margin="x"), "margin must be a rate or a difference of rates"),
        (lambda: StoppingRule("posterior", 0.05, "x"), "reference must"),
        (lambda: Beta(1, 1).predictive("x"), "m must be a whole number of patients, got 'x'"),
        (lambda: ts.prior_grid("x"), "A grid of priors needs numbers"),
        (lambda: ts.prior_mean_weight("x", 3), "The mean of a prior must"),
        (lambda: ts.prior_mean_weight(0.3, "x"), "The weight of a prior must"),
        (lambda: ts.posterior_region("72", ("55", "87")), "did you mean '72%'"),
        (lambda: ts.posterior_region("72%", ("55%", "87%"), largest="x"), "largest must be a number"),
    ],
)
def test_odd_arguments_are_refused_in_a_sentence(make, says):
    with pytest.raises(InputError, match=says):
        make()


def test_looks_may_be_an_array():
    assert BayesianTwoArmDesign(np.array([(3, 3), (6, 6)]), 0.9).looks == ((3, 3), (6, 6))
