"""Probabilities that one rate exceeds another: of mixtures, with a margin, and as a table of all pairs."""

from __future__ import annotations

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trialstats.errors import InputError
from trialstats.intervals.beta import Beta
from trialstats.intervals.beta_mixture import BetaMixture
from trialstats.intervals.superiority import prob_greater
from trialstats.intervals.superiority_table import prob_greater_table

ROBUST = BetaMixture([0.8, 0.2], [Beta(12, 28), Beta(1, 1)])


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


@settings(max_examples=15)
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
