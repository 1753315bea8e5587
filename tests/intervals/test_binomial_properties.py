"""What the menu says of each method, and that it says no less: properties hold, and each one denied has a witness."""

import re
import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

import trialstats as ts
from trialstats.errors import InputError, UnknownNameError
from trialstats.intervals.binomial import BINOMIAL_METHODS, METHODS, binomial_interval
from trialstats.intervals.binomial.method import PROPERTIES

TINY = 1e-10

# ---- what each property denies: an array of bool over the x of one n -------------------------------------------------


def unclipped(method, n, level):
    return binomial_interval(np.arange(n + 1), n, level=level, method=method, clip=False)


def coverage(method, n, level, p):
    """Probability that the clipped interval holds p; an end that misses p by rounding alone counts as holding it."""
    lower, upper = binomial_interval(np.arange(n + 1), n, level=level, method=method)
    k = np.arange(n + 1)[:, np.newaxis]
    mass = special.xlogy(k, p) + special.xlog1py(n - k, -p) - special.betaln(k + 1, n - k + 1) - np.log(n + 1)
    return (np.exp(mass) * ((lower[:, None] <= p + TINY) & (p - TINY <= upper[:, None]))).sum(axis=0)


def not_nested(method, n, level, higher):
    inner, outer = unclipped(method, n, level), unclipped(method, n, higher)
    return (outer.lower > inner.lower + TINY) | (outer.upper < inner.upper - TINY)


def not_symmetric(method, n, level):
    lower, upper = unclipped(method, n, level)
    return abs(lower - (1 - upper[::-1])) > TINY


def not_monotone(method, n, level):
    lower, upper = unclipped(method, n, level)
    return (np.diff(lower) < -TINY) | (np.diff(upper) < -TINY)


def not_inside(method, n, level):
    lower, upper = unclipped(method, n, level)
    return (lower < -TINY) | (upper > 1 + TINY)


def not_contains_estimate(method, n, level):
    lower, upper = unclipped(method, n, level)
    p = np.arange(n + 1) / n
    return (p < lower - TINY) | (p > upper + TINY)


def not_conservative(method, n, level):
    """Over p just beyond each limit, where the coverage has its local minima, and the middle."""
    limits = np.concatenate([*binomial_interval(np.arange(n + 1), n, level=level, method=method)])
    p = np.concatenate([limits - 1e-8, limits + 1e-8, [0.5]])
    return coverage(method, n, level, p[(p > 0) & (p < 1)]) < level - 1e-6


DENIED = {
    "nested": not_nested,
    "symmetric": not_symmetric,
    "monotone": not_monotone,
    "inside": not_inside,
    "contains_estimate": not_contains_estimate,
    "conservative": not_conservative,
}

# (x, n, level) at which the property fails; for nested (x, n, level, higher level), for monotone from x to x + 1,
# for conservative (true proportion, n, level)
WITNESS = {
    ("wald", "monotone"): (0, 5, 0.95),
    ("wald", "inside"): (1, 5, 0.95),
    ("wald", "conservative"): (0.01, 5, 0.95),
    ("wald-cc", "monotone"): (0, 5, 0.95),
    ("wald-cc", "inside"): (0, 5, 0.95),
    ("wald-cc", "conservative"): (0.89, 5, 0.95),
    ("wald-t", "monotone"): (0, 5, 0.95),
    ("wald-t", "inside"): (1, 5, 0.95),
    ("wald-t", "conservative"): (0.01, 5, 0.95),
    ("wilson", "conservative"): (0.97, 5, 0.95),
    ("wilson-cc", "conservative"): (0.04, 5, 0.99),
    ("wilson-modified", "conservative"): (0.23, 5, 0.95),
    ("mid-p", "conservative"): (0.46, 5, 0.95),
    ("blyth-still-casella", "nested"): (6, 21, 0.9, 0.95),
    ("agresti-coull", "nested"): (0, 5, 0.95, 0.999),
    ("agresti-coull", "inside"): (0, 5, 0.95),
    ("agresti-coull", "conservative"): (0.11, 5, 0.95),
    ("add4", "monotone"): (0, 20, 0.9999),
    ("add4", "inside"): (0, 5, 0.95),
    ("add4", "contains_estimate"): (0, 1, 0.9),
    ("add4", "conservative"): (0.11, 5, 0.95),
    ("jeffreys", "contains_estimate"): (0, 5, 0.95),
    ("jeffreys", "conservative"): (0.38, 5, 0.95),
    ("jeffreys-boundary", "conservative"): (0.38, 5, 0.95),
    ("jeffreys-modified", "conservative"): (0.09, 5, 0.95),
    ("jeffreys-hpd", "conservative"): (0.31, 5, 0.95),
    ("uniform", "contains_estimate"): (0, 5, 0.95),
    ("uniform", "conservative"): (0.96, 5, 0.95),
    ("uniform-hpd", "conservative"): (0.6, 5, 0.95),
    ("arcsine", "conservative"): (0.81, 5, 0.95),
    ("arcsine-anscombe", "nested"): (0, 5, 0.95, 0.99),
    ("arcsine-anscombe", "monotone"): (0, 5, 0.95),
    ("arcsine-anscombe", "contains_estimate"): (0, 5, 0.95),
    ("arcsine-anscombe", "conservative"): (0.01, 5, 0.95),
    ("logit", "monotone"): (1, 30, 0.99),
    ("logit", "conservative"): (0.02, 5, 0.95),
    ("probit", "monotone"): (1, 30, 0.9999),
    ("probit", "conservative"): (0.08, 5, 0.95),
    ("cloglog", "symmetric"): (1, 5, 0.95),
    ("cloglog", "monotone"): (8, 10, 0.99),
    ("cloglog", "conservative"): (0.97, 5, 0.95),
    ("log", "symmetric"): (1, 5, 0.95),
    ("log", "monotone"): (4, 5, 0.95),
    ("log", "inside"): (1, 5, 0.95),
    ("log", "conservative"): (0.99, 5, 0.95),
    ("likelihood-ratio", "conservative"): (0.32, 5, 0.95),
    ("pratt", "symmetric"): (2, 5, 0.95),
    ("pratt", "monotone"): (8, 10, 0.9999),
    ("pratt", "contains_estimate"): (1, 1, 0.95),
    ("pratt", "conservative"): (0.53, 5, 0.95),
    ("scas", "conservative"): (0.58, 5, 0.95),
}

HELD = [(name, prop) for name, row in METHODS.items() for prop in PROPERTIES if getattr(row, prop)]
LEVELS = (0.5, 0.8, 0.9, 0.95, 0.99, 0.9999)


def hold(method, prop, totals, levels):
    for n in totals:
        if prop == "nested":
            for level, higher in pairwise(levels):
                assert not not_nested(method, n, level, higher).any(), (n, level, higher)
        else:
            for level in levels:
                assert not DENIED[prop](method, n, level).any(), (n, level)


@pytest.mark.parametrize(("method", "prop"), HELD)
def test_has_the_property(method, prop):
    hold(method, prop, (1, 2, 3, 4, 5, 10, 23, 51), LEVELS)


@pytest.mark.slow
@pytest.mark.parametrize(("method", "prop"), HELD)
def test_has_the_property_everywhere(method, prop):
    levels = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.92, 0.95, 0.975, 0.98, 0.99, 0.995, 0.999, 1 - 1e-6)
    hold(method, prop, (*range(1, 61), 100, 171, 1000), levels)


def test_every_property_denied_has_a_witness():
    denied = {(name, prop) for name, row in METHODS.items() for prop in PROPERTIES if not getattr(row, prop)}
    assert set(WITNESS) == denied


@pytest.mark.parametrize(("method", "prop"), WITNESS)
def test_lacks_the_property(method, prop):
    where, n, *levels = WITNESS[method, prop]
    assert min(levels) >= 0.5
    if prop == "conservative":
        assert coverage(method, n, *levels, np.array([where]))[0] < levels[0] - 1e-3
    else:
        assert DENIED[prop](method, n, *levels)[where]


# ---- shapes, input, menu -------------------------------------------------------------------------------------------

FEW = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
LEVEL = st.floats(0.01, 0.9999)


@settings(max_examples=40)
@given(st.sampled_from(sorted(METHODS)), st.lists(FEW, min_size=1, max_size=6), LEVEL)
def test_an_array_is_its_elements(method, counts, level):
    x, n = zip(*counts, strict=True)
    together = binomial_interval(x, n, level=level, method=method)
    alone = [binomial_interval(*count, level=level, method=method) for count in counts]
    np.testing.assert_allclose(together.lower, [a.lower for a in alone], rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(together.upper, [a.upper for a in alone], rtol=1e-12, atol=1e-14)
    assert together.estimate.tolist() == [a.estimate for a in alone]
    assert all(type(v) is float for a in alone for v in (a.lower, a.upper, a.estimate))


@settings(max_examples=60)
@given(st.sampled_from(sorted(METHODS)), st.integers(1, 1000), st.data(), LEVEL)
def test_limits_are_ordered_and_clipped(method, n, data, level):
    x = data.draw(st.integers(0, n))
    lower, upper = binomial_interval(x, n, level=level, method=method)
    assert 0 <= lower <= upper + 1e-15 <= 1 + 1e-15


@settings(max_examples=60)
@given(
    st.sampled_from([m for m in METHODS if METHODS[m].symmetric and METHODS[m].max_n > 1000]),
    st.integers(1, 100_000),
    st.data(),
    st.floats(0.5, 0.9999),
)
def test_successes_and_failures_are_mirror_images(method, n, data, level):
    x = data.draw(st.integers(0, n))
    lower, upper = binomial_interval([x, n - x], n, level=level, method=method)
    assert lower[0] == pytest.approx(1 - upper[1], abs=1e-11)


@pytest.mark.parametrize("method", METHODS)
def test_broadcasts(method):
    x, n = np.array([[0], [3]]), np.array([5, 10, 20])
    interval = binomial_interval(x, n, method=method)
    assert interval.lower.shape == interval.upper.shape == interval.estimate.shape == (2, 3)
    assert interval.lower.dtype == np.float64
    assert interval.lower[1, 2] == pytest.approx(binomial_interval(3, 20, method=method).lower, abs=1e-14)
    assert binomial_interval(np.array([], dtype=int), 5, method=method).lower.shape == (0,)


@pytest.mark.parametrize("method", METHODS)
def test_blocks_leave_no_seam(method):
    n = min(1000, METHODS[method].max_n)
    x = np.resize(np.arange(n + 1), 16_384 + 1002 if METHODS[method].max_n > 1000 else 1001)
    one = binomial_interval(np.arange(n + 1), n, method=method)
    many = binomial_interval(x, n, method=method)
    np.testing.assert_allclose(many.upper, one.upper[x], rtol=1e-13)
    np.testing.assert_allclose(many.lower, one.lower[x], rtol=1e-13)


@pytest.mark.parametrize("method", ["clopper-pearson", "wilson", "blaker"])
def test_recurring_counts_find_their_own_limits(method):
    rng = np.random.default_rng(5)
    n = rng.integers(3, 40, (200, 200))
    x = rng.integers(0, n + 1)
    by_pair = binomial_interval(x, n, method=method)
    one_by_one = binomial_interval(x.astype(float), n.astype(float), method=method)  # floats are not looked up
    np.testing.assert_array_equal(by_pair.lower, one_by_one.lower)
    np.testing.assert_array_equal(by_pair.upper, one_by_one.upper)
    np.testing.assert_array_equal(by_pair.estimate, x / n)
    with pytest.raises(InputError, match="x must not exceed n, got 41 of 3"):
        binomial_interval(np.where(np.arange(40_000) == 39_999, 41, 1), 3, method=method)


@pytest.mark.parametrize("level", [1e-18, 1e-9, 1e-3, 0.5, 1 - 1e-9, 1 - 1e-15])
@pytest.mark.parametrize("method", METHODS)
def test_any_level(method, level):
    for n in (1, 2, 4, 51):
        lower, upper = binomial_interval(np.arange(n + 1), n, level=level, method=method)
        assert (lower <= upper + 1e-12).all(), (n, lower, upper)


@pytest.mark.parametrize("method", METHODS)
def test_up_to_the_largest_n(method):
    n = METHODS[method].max_n
    assert n == {"sterne": 10**5, "blaker": 10**5, "blyth-still-casella": 1000}.get(method, 10**7)
    x = np.array([0, 1, 7, n // 100, n // 2, n - 1, n])
    lower, upper = binomial_interval(x, n, method=method)
    assert (lower <= upper).all()
    assert (abs(x / n - (lower + upper) / 2) <= 5 * np.sqrt(x * (n - x) / n**3) + 4 / n).all()
    with pytest.raises(InputError, match=f"n must be at most {n:,} for method '{method}', got {n + 1}."):
        binomial_interval(5, n + 1, method=method)


def test_imports_no_more_than_special_functions():
    code = """
import sys, trialstats.intervals.binomial
heavy = {"scipy.stats", "scipy.optimize", "statsmodels", "pandas", "matplotlib"} & set(sys.modules)
sys.exit(str(heavy) if heavy else 0)
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_unclipped_limits_only_on_request():
    assert binomial_interval(1, 5, method="wald").lower == 0.0
    assert binomial_interval(1, 5, method="wald", clip=False).lower < 0.0
    assert binomial_interval(10, 10, method="agresti-coull").upper == 1.0
    assert binomial_interval(10, 10, method="agresti-coull", clip=False).upper > 1.0


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        ({"method": "wilsn"}, UnknownNameError, "Unknown method 'wilsn'. Did you mean 'wilson'?"),
        ({"level": 95}, InputError, "level must lie strictly between 0 and 1, got 95. Did you mean 0.95?"),
        ({"level": "high"}, InputError, "level must be a number between 0 and 1"),
        ({"x": 33}, InputError, "x must not exceed n, got 33 of 32."),
        ({"x": -1}, InputError, "x must be at least 0, got -1."),
        ({"x": 0.5}, InputError, "x must be a whole number of patients, got 0.5."),
        ({"n": 0}, InputError, "n must be at least 1, got 0."),
        ({"x": [1, 2], "n": [3, 4, 5]}, InputError, "must be whole numbers of matching shapes"),
        ({"x": [1] * 20_000, "n": [3] * 20_001}, InputError, "must be whole numbers of matching shapes"),
        ({"x": "eight"}, InputError, "x must be a whole number of patients, got 'eight'."),
        ({"x": float("nan")}, InputError, "x must be a whole number"),
    ],
)
def test_bad_input_has_one_sentence(arguments, error, sentence):
    with pytest.raises(error, match=re.escape(sentence)):
        binomial_interval(**{"x": 8, "n": 32} | arguments)


MENU = """wald wald-cc wald-t wilson wilson-cc wilson-modified clopper-pearson mid-p blaker sterne blyth-still-casella
agresti-coull add4 jeffreys jeffreys-boundary jeffreys-modified jeffreys-hpd uniform uniform-hpd arcsine
arcsine-anscombe logit probit cloglog log likelihood-ratio pratt scas"""


def test_the_menu():
    assert " ".join(METHODS) == " ".join(BINOMIAL_METHODS) == MENU.replace("\n", " ")
    for name, row in METHODS.items():
        assert row is ts.intervals.binomial_method(name)
        assert (row.name, row.meaning) == (name, BINOMIAL_METHODS[name]) and "\n" not in row.meaning
        assert all(isinstance(getattr(row, one), bool) for one in PROPERTIES)
        assert row.source and row.computed_by and row.max_n >= 1000
    for menu in (BINOMIAL_METHODS, METHODS):
        with pytest.raises(TypeError):
            menu["new"] = menu["wald"]
    with pytest.raises(UnknownNameError, match="Did you mean 'blaker'"):
        ts.intervals.binomial_method("blakr")
