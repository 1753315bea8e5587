"""Beta intervals and superiority against their definitions, in exact and 50-digit arithmetic, and as properties."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import comb

import mpmath as mp
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trialstats.errors import InputError
from trialstats.intervals import superiority
from trialstats.intervals.beta import Beta
from trialstats.intervals.beta_mixture import BetaMixture
from trialstats.intervals.superiority import prob_greater

PARAMETER = st.floats(-3.0, 7.0).map(lambda e: 10.0**e)
MODEST = st.floats(-1.0, 3.0).map(lambda e: 10.0**e)
LEVEL = st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99])


def exact_greater(a1: int, b1: int, a2: int, b2: int) -> Fraction:
    """P(X > Y) for integers: the order of a1 + b1 - 1 and a2 + b2 - 1 uniform values, counted."""
    # X is the a1-th of n1 values, Y the a2-th of n2; X > Y if at least a2 of Y's precede the a1-th of X's
    n1, n2 = a1 + b1 - 1, a2 + b2 - 1
    total = comb(n1 + n2, n1)
    return Fraction(sum(comb(a1 - 1 + k, k) * comb(n1 - a1 + n2 - k, n2 - k) for k in range(a2, n2 + 1)), total)


def quad_greater(a1: float, b1: float, a2: float, b2: float, d: float, digits: int) -> tuple[mp.mpf, mp.mpf]:
    """P(X > Y + d) and its complement for d >= 0, by adaptive quadrature in high precision."""
    with mp.workdps(digits):
        a1, b1, a2, b2, d = map(mp.mpf, (a1, b1, a2, b2, d))

        def outer(v, upper):
            p, q = 1 / (1 + mp.exp(-v)), 1 / (1 + mp.exp(v))
            x, x1, y, y1 = d + (1 - d) * p, (1 - d) * q, (1 - d) * p, d + (1 - d) * q
            tail = mp.betainc(b2, a2, 0, y1, regularized=True) if upper else mp.betainc(a2, b2, 0, y, regularized=True)
            return x ** (a1 - 1) * x1**b1 * p / mp.beta(a1, b1) * tail

        edge = 2.4 * digits
        start = -edge if d else -edge / min(1, a1)
        centres = [mp.log(m / (1 - m)) for m in (max(a1 / (a1 + b1) - d, 0.01), a2 / (a2 + b2))]
        cuts = sorted({start, min(centres) - 4, *centres, max(centres) + 4, edge / min(1, b1)})
        wanted, other = (mp.quad(lambda v, u=u: outer(v, u), cuts) for u in (False, True))
        return wanted, other + (mp.betainc(a1, b1, 0, d, regularized=True) if d else 0)


def by_quadrature(*parameters: float, job: str = "_direct", d: float = 0.0) -> float:
    with np.errstate(all="ignore"):
        return float(getattr(superiority, job)(*(np.array([float(value)]) for value in (*parameters, d)))[0])


def test_alienor():
    assert prob_greater(Beta(21, 8), Beta(24, 10)) == pytest.approx(0.5674155594, abs=5e-11)


@pytest.mark.parametrize(
    "parameters",
    [(21, 8, 24, 10), (1, 1, 1, 1), (1, 1, 2, 5), (9, 90, 1, 75), (3, 200, 150, 40), (40, 2, 1, 60), (70, 70, 64, 71)],
)
def test_closed_form_and_quadrature_against_exact_counting(parameters):
    exact, swapped = exact_greater(*parameters), exact_greater(*parameters[2:], *parameters[:2])
    assert exact + swapped == 1
    first, second = Beta(*parameters[:2]), Beta(*parameters[2:])
    assert prob_greater(first, second) == pytest.approx(float(exact), abs=2e-15)
    small, order = min((exact, (first, second)), (swapped, (second, first)), key=lambda pair: pair[0])
    assert prob_greater(*order) == pytest.approx(float(small), rel=1e-13)
    a, b = order
    assert by_quadrature(a.a, a.b, b.a, b.b) == pytest.approx(float(small), rel=1e-12)


HALF_STEPS = [(21.5, 8.5, 24.5, 10.5), (0.5, 90.5, 31.2, 11.9), (0.5, 0.5, 0.5, 0.5), (0.5, 10.5, 3.3, 7.1)]
MARGINS = [
    (21, 8, 24, 10, 0.1),
    (3, 20, 1, 20, 0.1),
    (8.5, 89.5, 0.5, 74.5, 0.05),
    (0.3, 0.4, 0.2, 0.7, 0.3),
    (41.0, 173.1, 8.7, 0.75, 0.138),
    (3.644, 0.107, 89.0, 42.5, 0.316),
    (12.5, 3.5, 2.5, 9.5, 1e-6),
]


def assert_digits(parameters, d, digits):
    exact, complement = quad_greater(*parameters, d, digits)
    assert abs(exact + complement - 1) < 1e-15
    first, second = Beta(*parameters[:2]), Beta(*parameters[2:])
    assert prob_greater(first, second, d) == pytest.approx(float(exact), abs=1e-15, rel=1e-13)
    assert prob_greater(second, first, -d) == pytest.approx(float(complement), abs=1e-15, rel=1e-13)
    assert by_quadrature(*parameters, d=d) == pytest.approx(float(exact), abs=1e-15, rel=1e-12)


@pytest.mark.parametrize("parameters", HALF_STEPS[:2])
def test_series_and_quadrature_against_20_digits(parameters):
    assert_digits(parameters, 0.0, 20)


@pytest.mark.parametrize("parameters", MARGINS[:3])
def test_margin_against_20_digits(parameters):
    assert_digits(parameters[:4], parameters[4], 20)


@pytest.mark.slow
@pytest.mark.parametrize("parameters", [*((*p, 0.0) for p in HALF_STEPS), *MARGINS])
def test_every_route_against_50_digits(parameters):
    assert_digits(parameters[:4], parameters[4], 50)


@pytest.mark.slow
def test_both_integrals_sum_to_one_in_ten_thousand_pairs():
    rng = np.random.default_rng(21)
    for low, high in ((-3, 0), (-3, 3), (0, 4), (3, 7), (-3, 7)):
        a1, b1, a2, b2 = 10.0 ** rng.uniform(low, high, (4, 2000))
        d = np.where(rng.random(2000) < 0.5, rng.uniform(0, 0.5, 2000), 10.0 ** rng.uniform(-12, -3, 2000))
        with np.errstate(all="ignore"):
            p, q = superiority._direct(a1, b1, a2, b2, d), superiority._complement(a1, b1, a2, b2, d)
        first_is_small = a1 / (a1 + b1) - a2 / (a2 + b2) <= d
        seen = np.where(first_is_small, p, q) > 0.05  # each integral is only ever used for the smaller side
        np.testing.assert_allclose((p + q)[seen], 1.0, rtol=0, atol=5e-13)


def test_every_route_agrees_over_the_whole_range():
    """Series and quadrature share no formula but the kernel; with a margin, failures may be exchanged for successes."""
    rng = np.random.default_rng(20)
    for low, high in ((-3, 1), (-1, 3), (2, 7), (-3, 7)):
        a1, b1, a2, b2 = 10.0 ** rng.uniform(low, high, (4, 60))
        d = rng.choice([1e-9, 1e-4, 0.05, 0.3], 60)
        near = rng.random(60) < 0.5  # half of the pairs close together, where P is neither 0 nor 1
        a2, b2, d = np.where(near, a1 * 1.01, a2), np.where(near, b1 * 1.02, b2), np.where(near, d * 1e-2, d)
        below = a1 / (a1 + b1) <= a2 / (a2 + b2)
        one, two = np.where(below, (a1, b1), (a2, b2)), np.where(below, (a2, b2), (a1, b1))
        with np.errstate(all="ignore"):
            series, solved = superiority._series(*one, *two)
            quadrature = superiority._direct(*one, *two, np.zeros(60))
        seen = solved & (series > 1e-250)
        np.testing.assert_allclose(series[seen], quadrature[seen], rtol=2e-12)
        p = prob_greater(Beta(a1, b1), Beta(a2, b2), d)
        np.testing.assert_allclose(prob_greater(Beta(b2, a2), Beta(b1, a1), d), p, rtol=1e-11, atol=1e-250)
        np.testing.assert_allclose(prob_greater(Beta(a2, b2), Beta(a1, b1), -d), 1 - p, rtol=0, atol=1e-15)


def test_a_small_margin_is_continuous_with_none():
    first, second = Beta([0.3, 21.5, 900.2], [2.2, 8.5, 400.1]), Beta([0.4, 24.5, 880.7], [3.3, 10.5, 420.9])
    np.testing.assert_allclose(prob_greater(first, second, 1e-15), prob_greater(first, second), rtol=1e-9)


@given(MODEST, MODEST, MODEST, MODEST, st.floats(-1.0, 1.0))
@settings(max_examples=60)
def test_complementarity_and_symmetry(a1, b1, a2, b2, d):
    first, second = Beta(a1, b1), Beta(a2, b2)
    p = prob_greater(first, second, d)
    assert 0.0 <= p <= 1.0
    assert p + prob_greater(second, first, -d) == pytest.approx(1.0, abs=1e-13)
    assert prob_greater(Beta(b2, a2), Beta(b1, a1), d) == pytest.approx(p, abs=1e-13)


@given(MODEST, MODEST, MODEST, MODEST)
@settings(max_examples=15)
def test_monotone_in_margin_and_successes(a1, b1, a2, b2):
    p = prob_greater(Beta(a1, b1), Beta(a2, b2), np.linspace(-1.0, 1.0, 21))
    assert p[0] == 1.0 and p[-1] == 0.0
    assert all(later <= earlier + 1e-13 for earlier, later in pairwise(p))
    more = prob_greater(Beta(a1 + np.arange(4), b1), Beta(a2, b2))
    assert all(later >= earlier - 1e-13 for earlier, later in pairwise(more))


def test_equal_distributions_are_even():
    a, b = 10.0 ** np.random.default_rng(2).uniform(-3, 7, (2, 60))
    np.testing.assert_allclose(prob_greater(Beta(a, b), Beta(a, b)), 0.5, rtol=0, atol=1e-13)


def test_arrays_and_scalars_are_one_computation():
    p = prob_greater(Beta([[1], [21]], 8), Beta([24, 3.5, 1e5], 10), [0.0, 0.1, -0.2])
    assert p.shape == (2, 3)
    assert p[1, 1] == prob_greater(Beta(21, 8), Beta(3.5, 10), 0.1)
    assert prob_greater(Beta([], []), Beta(1, 1)).shape == (0,)


@example(0.34917, 0.34917, 0.5)  # scipy's inverse misses the middle of some symmetric Betas
@given(PARAMETER, PARAMETER, LEVEL)
@settings(max_examples=150)
def test_hdi_holds_its_mass_and_no_denser_point_is_outside(a, b, level):
    beta = Beta(a, b)
    low, high = beta.hdi(level)
    assert 0.0 <= low <= high <= 1.0
    # limits within 1e-300 of 0 or 1e-6 of 1 cannot be written down finely enough to hold an exact mass
    writable = all(x in (0.0, 1.0) or 1e-300 < x < 1 - 1e-6 for x in (low, high)) and low < high
    if writable:
        assert beta.cdf(high) - beta.cdf(low) == pytest.approx(level, abs=1e-9)
    equal = beta.interval(level)
    assert high - low <= (equal.upper - equal.lower) * (1 + 1e-9)
    if a > 1 and b > 1 and writable and low > 0.0 and high < 1.0:
        assert beta.logpdf(low) == pytest.approx(beta.logpdf(high), abs=1e-6)


@pytest.mark.parametrize(("a", "b"), [(9, 25), (1.5, 3.5), (28.5, 1.5), (1.2, 800), (1e7, 2e7), (333.3, 17.7)])
def test_hdi_has_equal_density_and_its_mass_at_50_digits(a, b):
    low, high = Beta(a, b).hdi(0.95)
    with mp.workdps(50):
        log_density = [(a - 1) * mp.log(mp.mpf(x)) + (b - 1) * mp.log(1 - mp.mpf(x)) for x in (low, high)]
        assert abs(log_density[0] - log_density[1]) < 1e-9 * max(1, (a + b) ** 0.5)
        if a + b < 1e4:
            mass = mp.betainc(a, b, low, high, regularized=True)
            assert abs(mass - mp.mpf(0.95)) < 1e-13


@pytest.mark.parametrize(("a", "b"), [(9, 25), (0.5, 0.5), (1e-3, 2.0), (333.3, 17.7)])
def test_summaries_at_50_digits(a, b):
    beta = Beta(a, b)
    with mp.workdps(50):
        for q in (0.025, 0.5, 0.975):
            x = beta.ppf(q)
            if 1e-300 < x < 1.0:
                assert abs(mp.betainc(a, b, 0, x, regularized=True) - mp.mpf(q)) < 1e-13
                log_density = (a - 1) * mp.log(x) + (b - 1) * mp.log(1 - mp.mpf(x)) - mp.log(mp.beta(a, b))
                assert beta.logpdf(x) == pytest.approx(float(log_density), abs=1e-12, rel=1e-13)


def test_log_density_keeps_its_digits_at_ten_millions():
    with mp.workdps(50):
        for a, b, x in ((1e7, 1e7, 0.5001), (1e7, 3e5, 0.9708), (1e-3, 1e7, 1e-8)):
            exact = (a - 1) * mp.log(x) + (b - 1) * mp.log(1 - mp.mpf(x)) - mp.log(mp.beta(a, b))
            assert Beta(a, b).logpdf(x) == pytest.approx(float(exact), abs=2e-11)


def test_ends_of_the_density():
    ends = [0.0, 1.0, -0.1, 1.1]
    assert Beta(1, 3).logpdf(ends).tolist() == [pytest.approx(np.log(3)), -np.inf, -np.inf, -np.inf]
    assert Beta(0.5, 1).logpdf(ends).tolist() == [np.inf, pytest.approx(np.log(0.5)), -np.inf, -np.inf]
    assert np.isnan(Beta(2, 2).logpdf(np.nan))
    assert Beta(2, 2).cdf([-1, 2]).tolist() == [0.0, 1.0] and Beta(2, 2).sf([-1, 2]).tolist() == [1.0, 0.0]


def test_the_median_of_a_symmetric_beta_is_one_half():
    # scipy's inverse is off by up to 2e-8 at one in seventy of these
    a = 10.0 ** np.random.default_rng(3).uniform(-3, 1, 2000)
    assert (Beta(a, a).median() == 0.5).all() and (Beta(a, a * (1 + 2e-16)).median() == 0.5).all()


def test_the_shortest_interval_of_a_u_shaped_beta_is_one_piece_at_the_end_with_more_of_it():
    assert tuple(Beta(0.3, 0.4).hdi(0.5)) == (0.0, Beta(0.3, 0.4).ppf(0.5))
    assert tuple(Beta(0.4, 0.3).hdi(0.5)) == (pytest.approx(Beta(0.4, 0.3).ppf(0.5)), 1.0)
    assert tuple(Beta(0.34917, 0.34917).hdi(0.5)) == (0.5, 1.0)  # of two equally short ones


def test_modes():
    a, b = [9, 0.5, 3, 1, 0.5, 1, 1], [25, 3, 0.5, 1, 0.5, 2, 0.5]
    np.testing.assert_array_equal(Beta(a, b).mode(), [0.25, 0, 1, np.nan, np.nan, 0, 1])


def test_update_is_conjugate_and_mixtures_follow_bayes():
    assert Beta(1, 1).update(8, 32) == Beta(9, 25) and hash(Beta(9, 25)) == hash(Beta(9.0, 25.0))
    assert Beta(1, 1) != "Beta(1, 1)"
    prior = BetaMixture([0.8, 0.2], [Beta(12, 28), Beta(1, 1)])
    posterior = prior.update(18, 20)
    with mp.workdps(30):

        def joint(p):
            return sum(
                w * p ** (a + 17) * (1 - p) ** (b + 1) / mp.beta(a, b) for w, a, b in ((0.8, 12, 28), (0.2, 1, 1))
            )

        total = mp.quad(joint, [0, 0.3, 0.6, 0.9, 1])
        assert posterior.mean() == pytest.approx(float(mp.quad(lambda p: p * joint(p), [0, 0.3, 0.6, 0.9, 1]) / total))
        assert posterior.cdf(0.8) == pytest.approx(float(mp.quad(joint, [0, 0.3, 0.6, 0.8]) / total), abs=1e-13)


@given(MODEST, MODEST, MODEST, MODEST, st.floats(0.0, 1.0), st.floats(0.001, 0.999))
@settings(max_examples=60)
def test_mixture_quantiles_invert_the_distribution(a1, b1, a2, b2, weight, q):
    mixture = BetaMixture([weight, 1 - weight], [Beta(a1, b1), Beta(a2, b2)])
    x = mixture.ppf(q)
    assert mixture.cdf(x) + mixture.sf(x) == pytest.approx(1.0, abs=1e-13)
    # between two far components the distribution is flat, near 0 and 1 steep: one unit of x either way is exact enough
    assert mixture.cdf(x - 4 * np.spacing(x)) - 1e-12 <= q <= mixture.cdf(x + 4 * np.spacing(x)) + 1e-12


@given(MODEST, MODEST, st.integers(0, 60))
@settings(max_examples=40)
def test_predictive_sums_to_one(a, b, m):
    future = Beta(a, b).predictive(m)
    pmf = future.pmf(np.arange(m + 1))
    assert pmf.sum() == pytest.approx(1.0, abs=1e-12)
    assert pmf @ np.arange(m + 1) == pytest.approx(future.mean(), abs=1e-10)
    assert future.cdf(m) == pytest.approx(1.0, abs=1e-12) and future.sf(m) == 0.0 and future.pmf(m + 1) == 0.0


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: Beta(0, 1), "a must be a positive number"),
        (lambda: Beta(1, np.inf), "b must be a positive number"),
        (lambda: Beta([1, 2], [1, 2, 3]), "matching shapes"),
        (lambda: Beta("x", 1), "positive numbers"),
        (lambda: Beta(1, 1).interval(95), "Did you mean 0.95"),
        (lambda: Beta(1, 1).update(5, 3), "must not exceed"),
        (lambda: Beta(1, 1).predictive(2.5), "whole number"),
        (lambda: Beta(1, 1).predictive("x"), "m must be a whole number of patients, got 'x'"),
        (lambda: BetaMixture([1], [Beta(1, 1), Beta(2, 2)]), "one weight"),
        (lambda: BetaMixture([-1, 2], [Beta(1, 1), Beta(2, 2)]), "at least 0"),
        (lambda: prob_greater(0.5, Beta(1, 1)), "two Beta distributions"),
        (lambda: prob_greater(Beta(1, 1), Beta(1, 1), 5), "from -1 to 1"),
        (lambda: prob_greater(Beta([1, 2], 1), Beta([1, 2, 3], 1)), "matching shapes"),
    ],
)
def test_refusals(call, words):
    with pytest.raises(InputError, match=words):
        call()


@pytest.mark.parametrize("shift", [1e-9, 1e-6, 0.3])
def test_the_highest_density_interval_of_a_symmetric_beta_is_symmetric(shift):
    low, high = Beta(1 + shift, 1 + shift).hdi()
    assert low + high == pytest.approx(1.0, abs=1e-15)
    assert low == pytest.approx(Beta(1 + shift, 1 + shift).ppf(0.025), abs=1e-15)
