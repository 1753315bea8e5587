"""What holds of every method for two proportions: mirrored arms, ordered limits, arrays, and input that is refused."""

from __future__ import annotations

import subprocess
import sys
from itertools import product

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trialstats.errors import InputError, UnknownNameError
from trialstats.intervals.two_sample import (
    DIFFERENCE_METHODS,
    ODDS_RATIO_METHODS,
    RISK_RATIO_METHODS,
    TWO_PROPORTION_TESTS,
    difference_interval,
    odds_ratio_interval,
    risk_ratio_interval,
    two_proportion_test,
)

MENUS = {
    difference_interval: DIFFERENCE_METHODS,
    risk_ratio_interval: RISK_RATIO_METHODS,
    odds_ratio_interval: ODDS_RATIO_METHODS,
}
EVERY = [(function, method) for function, menu in MENUS.items() for method in menu]
CONDITIONAL = ["fisher", "fisher-central", "fisher-mid-p", "fisher-blaker"]
UNCONDITIONAL = ["barnard-pooled", "barnard-unpooled", "boschloo", "boschloo-central"]
CHI_SQUARE = ["pearson", "pearson-n-1", "pearson-yates", "likelihood-ratio"]


@st.composite
def tables(draw, most=60):
    n1, n2 = draw(st.integers(1, most)), draw(st.integers(1, most))
    return draw(st.integers(0, n1)), n1, draw(st.integers(0, n2)), n2


PAIRS = [
    ("pearson", difference_interval, "mee", 0.0),
    ("pearson", risk_ratio_interval, "koopman", 1.0),
    ("pearson-n-1", difference_interval, "miettinen-nurminen", 0.0),
    ("pearson-n-1", risk_ratio_interval, "miettinen-nurminen", 1.0),
    ("pearson-n-1", odds_ratio_interval, "miettinen-nurminen", 1.0),
    ("fisher-central", odds_ratio_interval, "fisher-exact", 1.0),
    ("fisher-mid-p", odds_ratio_interval, "mid-p", 1.0),
]


@pytest.mark.parametrize(("test", "function", "method", "null"), PAIRS)
@given(table=tables())
def test_interval_at_level_one_minus_p_ends_at_no_effect(test, function, method, null, table):
    pvalue = float(two_proportion_test(*table, method=test))
    if not 1e-9 < pvalue < 0.999:
        return
    lower, upper = function(*table, level=1.0 - pvalue, method=method)
    assert min(abs(lower - null), abs(upper - null)) < 1e-6


# no limits at all where a count is 0
WITHOUT_LIMITS = {"katz"}


@pytest.mark.parametrize(("function", "method"), EVERY)
@given(table=tables(), level=st.sampled_from([0.5, 0.8, 0.95, 0.99, 0.999]))
def test_swapping_the_arms_mirrors_the_interval(function, method, table, level):
    x1, n1, x2, n2 = table
    lower, upper = function(x1, n1, x2, n2, level=level, method=method)
    other_lower, other_upper = function(x2, n2, x1, n1, level=level, method=method)
    if method in WITHOUT_LIMITS and 0 in (x1, x2):
        assert np.isnan([lower, upper, other_lower, other_upper]).all()
        return
    if function is difference_interval:
        assert (lower, upper) == pytest.approx((-other_upper, -other_lower), abs=1e-12)
    else:
        with np.errstate(divide="ignore"):
            mirrored = 1.0 / np.array([other_upper, other_lower])
        np.testing.assert_allclose([lower, upper], mirrored, rtol=1e-11, atol=0.0)


@pytest.mark.parametrize(("function", "method"), EVERY)
@given(table=tables())
def test_limits_are_ordered_nested_in_level_and_hold_the_estimate(function, method, table):
    inner, outer = (function(*table, level=level, method=method) for level in (0.9, 0.99))
    if np.isnan(inner.lower):
        assert method in WITHOUT_LIMITS and 0 in (table[0], table[2])
        return
    slack = 1e-12 * (1.0 + abs(inner.lower))
    assert outer.lower <= inner.lower + slack
    assert inner.upper <= outer.upper * (1.0 + 1e-12) + 1e-12
    assert inner.lower <= inner.upper
    # the adjusted methods are centred elsewhere
    if method not in {"agresti-caffo", "adjusted-log"} and not np.isnan(inner.estimate):
        assert outer.lower - slack <= outer.estimate <= outer.upper + slack


@pytest.mark.parametrize("method", list(DIFFERENCE_METHODS))
@given(table=tables())
def test_counting_failures_instead_reverses_the_difference(method, table):
    x1, n1, x2, n2 = table
    events = difference_interval(x1, n1, x2, n2, method=method)
    failures = difference_interval(n2 - x2, n2, n1 - x1, n1, method=method)
    assert tuple(events) == pytest.approx(tuple(failures), abs=1e-12)


@pytest.mark.parametrize("method", [*CHI_SQUARE, *CONDITIONAL])
@given(table=tables())
@example(table=(1, 49, 1, 49))  # equal shares that floating point does not see as equal
def test_tests_do_not_care_which_arm_or_outcome_comes_first(method, table):
    x1, n1, x2, n2 = table
    pvalue = float(two_proportion_test(x1, n1, x2, n2, method=method))
    assert 0.0 < pvalue <= 1.0
    swapped = two_proportion_test(x2, n2, x1, n1, method=method)
    failures = two_proportion_test(n1 - x1, n1, n2 - x2, n2, method=method)
    assert float(swapped) == pytest.approx(pvalue, rel=1e-11)
    assert float(failures) == pytest.approx(pvalue, rel=1e-11)
    less = two_proportion_test(x1, n1, x2, n2, method=method, alternative="less")
    greater = two_proportion_test(x2, n2, x1, n1, method=method, alternative="greater")
    assert float(less) == pytest.approx(float(greater), rel=1e-11)


@pytest.mark.parametrize("method", UNCONDITIONAL)
@settings(max_examples=20)
@given(table=tables(most=15))
def test_unconditional_tests_do_not_care_which_arm_comes_first(method, table):
    x1, n1, x2, n2 = table
    pvalue = float(two_proportion_test(x1, n1, x2, n2, method=method))
    assert float(two_proportion_test(x2, n2, x1, n1, method=method)) == pytest.approx(pvalue, rel=1e-9)
    if method == "boschloo":
        # uniformly more powerful than the test by which it orders the tables
        assert pvalue <= float(two_proportion_test(x1, n1, x2, n2, method="fisher")) + 1e-12


@pytest.mark.parametrize(("function", "method"), EVERY)
def test_arrays_broadcast_and_equal_scalars(function, method):
    x1, x2 = np.array([[1], [5]]), np.array([0, 3, 8])
    interval = function(x1, 9, x2, 8, method=method)
    assert interval.lower.shape == interval.upper.shape == interval.estimate.shape == (2, 3)
    for i, j in product(range(2), range(3)):
        one = function(int(x1[i, 0]), 9, int(x2[j]), 8, method=method)
        assert isinstance(one.lower, float) and isinstance(one.estimate, float)
        both = np.array([[one.lower, one.upper], [interval.lower[i, j], interval.upper[i, j]]])
        np.testing.assert_allclose(both[0], both[1], rtol=1e-13)


@pytest.mark.parametrize("method", list(TWO_PROPORTION_TESTS))
def test_results_of_tests_broadcast_and_equal_scalars(method):
    result = two_proportion_test([[1], [5]], 9, [0, 3, 8], 8, method=method, alternative="less")
    assert result.pvalue.shape == result.statistic.shape == (2, 3)
    one = two_proportion_test(5, 9, 3, 8, method=method, alternative="less")
    assert (one.method, one.alternative) == (method, "less")
    assert isinstance(one.pvalue, float) and float(one) == one.pvalue == pytest.approx(result.pvalue[1, 1], rel=1e-13)
    empty = two_proportion_test([], [], [], [], method=method)
    assert empty.pvalue.shape == (0,)


def test_clipping():
    assert difference_interval(1, 1, 0, 1, method="wald-cc").upper == 1.0
    assert difference_interval(1, 1, 0, 1, method="wald-cc", clip=False).upper == 2.0


def test_menus_are_read_only():
    for menu in (*MENUS.values(), TWO_PROPORTION_TESTS):
        assert all(meaning and "\n" not in meaning for meaning in menu.values())
        with pytest.raises(TypeError):
            menu["mine"] = "my own"


@pytest.mark.parametrize("function", list(MENUS))
def test_bad_input_is_answered_with_a_sentence(function):
    with pytest.raises(UnknownNameError, match=r"Unknown method 'wilson'.* Accepted: "):
        function(1, 2, 3, 4, method="wilson")
    with pytest.raises(InputError, match=r"level must lie strictly between 0 and 1, got 95\. Did you mean 0\.95\?"):
        function(1, 2, 3, 4, level=95)
    with pytest.raises(InputError, match=r"x2 must not exceed n2, got 5 of 4\."):
        function(1, 2, 5, 4)
    with pytest.raises(InputError, match=r"matching shapes, got \(2,\) and \(3,\)"):
        function([1, 1], 2, [1, 1, 1], 4)


def test_bad_input_of_tests_is_answered_with_a_sentence():
    with pytest.raises(UnknownNameError, match=r"Unknown method 'fischer'\. Did you mean 'fisher'\?"):
        two_proportion_test(1, 2, 3, 4, method="fischer")
    with pytest.raises(UnknownNameError, match=r"Unknown alternative 'two\.sided'\. Did you mean 'two-sided'\?"):
        two_proportion_test(1, 2, 3, 4, alternative="two.sided")
    with pytest.raises(InputError, match=r"x1 must be a whole number of patients, got 0\.5\."):
        two_proportion_test(0.5, 2, 3, 4)
    with pytest.raises(InputError, match=r"barnard-pooled orders all .* got n1 = 9000 and n2 = 9001\."):
        two_proportion_test(1, 9000, 1, 9001, method="barnard-pooled")


def test_nothing_heavy_is_imported():
    code = (
        "import sys, trialstats.intervals.two_sample as two\n"
        "for menu, f in ((two.DIFFERENCE_METHODS, two.difference_interval),\n"
        "                (two.RISK_RATIO_METHODS, two.risk_ratio_interval),\n"
        "                (two.ODDS_RATIO_METHODS, two.odds_ratio_interval),\n"
        "                (two.TWO_PROPORTION_TESTS, two.two_proportion_test)):\n"
        "    [f(5, 9, 3, 8, method=method) for method in menu]\n"
        "print([m for m in ('scipy.stats', 'scipy.optimize', 'statsmodels', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
