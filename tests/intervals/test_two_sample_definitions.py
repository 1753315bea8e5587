"""Two proportions: answers put back into their definitions, by other routes than the library takes."""

import time
from fractions import Fraction
from itertools import product
from math import comb

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from trialstats.intervals.two_sample import (
    DIFFERENCE_METHODS,
    ODDS_RATIO_METHODS,
    RISK_RATIO_METHODS,
    difference_interval,
    hypergeometric,
    odds_ratio_interval,
    risk_ratio_interval,
    two_proportion_test,
)
from trialstats.intervals.two_sample.unconditional import exact_difference

MENUS = {
    difference_interval: DIFFERENCE_METHODS,
    risk_ratio_interval: RISK_RATIO_METHODS,
    odds_ratio_interval: ODDS_RATIO_METHODS,
}
CONDITIONAL = ["fisher", "fisher-central", "fisher-mid-p", "fisher-blaker"]
UNCONDITIONAL = ["barnard-pooled", "barnard-unpooled", "boschloo", "boschloo-central"]
CHI_SQUARE = ["pearson", "pearson-n-1", "pearson-yates", "likelihood-ratio"]
TABLES = [(8, 97, 0, 74), (12, 27, 8, 32), (9, 10, 3, 10), (1, 20, 0, 20), (10, 10, 7, 10), (100, 1000, 130, 1000)]


@st.composite
def tables(draw, most=60):
    n1, n2 = draw(st.integers(1, most)), draw(st.integers(1, most))
    return draw(st.integers(0, n1)), n1, draw(st.integers(0, n2)), n2


def all_tables(sizes):
    return [(x1, n1, x2, n2) for n1, n2 in sizes for x1 in range(n1 + 1) for x2 in range(n2 + 1)]


# --- exact conditional limits ---------------------------------------------------------------------------------------


def tail_above(x1, n1, x2, n2, odds_ratio, share):
    """P(X > x1) + share P(X = x1) given the margins, in 40 digits."""
    m = x1 + x2
    weights = {
        k: comb(n1, k) * comb(n2, m - k) * mpmath.mpf(odds_ratio) ** k for k in range(max(0, m - n2), min(n1, m) + 1)
    }
    above = sum(w for k, w in weights.items() if k > x1)
    return (above + share * weights[x1]) / sum(weights.values())


@pytest.mark.parametrize(("method", "share"), [("fisher-exact", 1.0), ("mid-p", 0.5)])
@pytest.mark.parametrize("level", [0.5, 0.95, 0.9999])
def test_exact_odds_ratio_limits_leave_half_of_alpha_in_each_tail(method, share, level):
    half = (1 - mpmath.mpf(level)) / 2
    with mpmath.workdps(40):
        for x1, n1, x2, n2 in TABLES:
            lower, upper = odds_ratio_interval(x1, n1, x2, n2, level=level, method=method)
            if lower > 0:
                assert abs(tail_above(x1, n1, x2, n2, lower, share) - half) < 1e-12 * half + mpmath.mpf(1e-16)
            else:
                assert x1 == max(0, x1 + x2 - n2)
            if upper < np.inf:
                below = 1 - tail_above(x1, n1, x2, n2, upper, 1 - share)
                assert abs(below - half) < 1e-12 * half + mpmath.mpf(1e-16)
            else:
                assert x1 == min(n1, x1 + x2)


def test_conditional_estimates():
    with mpmath.workdps(40):
        for x1, n1, x2, n2 in TABLES[1:3]:
            ratio = mpmath.mpf(odds_ratio_interval(x1, n1, x2, n2, method="fisher-exact").estimate)
            m = x1 + x2
            weights = {k: comb(n1, k) * comb(n2, m - k) * ratio**k for k in range(max(0, m - n2), min(n1, m) + 1)}
            assert abs(sum(k * w for k, w in weights.items()) / sum(weights.values()) - x1) < 1e-12
            median = odds_ratio_interval(x1, n1, x2, n2, method="mid-p").estimate
            assert abs(tail_above(x1, n1, x2, n2, median, 0.5) - 0.5) < 1e-13
    ends = odds_ratio_interval([3, 0, 5], [9, 9, 5], [0, 3, 5], [9, 9, 5], method="mid-p").estimate
    np.testing.assert_array_equal(ends, [np.inf, 0.0, np.nan])


# --- score limits ---------------------------------------------------------------------------------------------------


def rate1(measure, p2, effect):
    if measure == "RD":
        return p2 + effect
    if measure == "RR":
        return p2 * effect
    return p2 * effect / (1 - p2 + p2 * effect)


def restricted_fit(measure, x1, n1, x2, n2, effect):
    """Restricted maximum likelihood by bisection on the slope of the likelihood in p2."""
    low, high = mpmath.mpf(0), mpmath.mpf(1)
    if measure == "RD":
        low, high = max(low, -effect), min(high, 1 - effect)
    elif measure == "RR":
        high = min(high, 1 / effect)
    width = high - low

    def likelihood(p2):
        p1 = rate1(measure, p2, effect)
        terms = [(x1, p1), (n1 - x1, 1 - p1), (x2, p2), (n2 - x2, 1 - p2)]
        return sum(k * mpmath.log(p) for k, p in terms if k)

    step = width * mpmath.mpf(10) ** -25
    a, b = low + 2 * step, high - 2 * step
    for _ in range(75):
        middle = (a + b) / 2
        if likelihood(middle + step) > likelihood(middle - step):
            a = middle
        else:
            b = middle
    return rate1(measure, a, effect), a


def score(measure, table, effect, corrected, skewness, z):
    """Textbook score with its variance, and with the skewness of the statistic if asked for."""
    x1, n1, x2, n2 = table
    p1, p2 = restricted_fit(measure, *table, effect)
    hat1, hat2 = mpmath.mpf(x1) / n1, mpmath.mpf(x2) / n2
    factor = mpmath.mpf(n1 + n2) / (n1 + n2 - 1) if corrected else 1
    v1, v2 = p1 * (1 - p1) / n1, p2 * (1 - p2) / n2
    if measure == "OR":
        s, variance = (hat1 - p1) / (v1 * n1) - (hat2 - p2) / (v2 * n2), 1 / (v1 * n1**2) + 1 / (v2 * n2**2)
    else:
        slope = effect if measure == "RR" else 1
        s = hat1 - slope * hat2 - (effect if measure == "RD" else 0)
        variance = v1 + slope**2 * v2
    variance *= factor
    value = s / mpmath.sqrt(variance)
    if skewness:
        third = v1 * (1 - 2 * p1) / n1 - slope**3 * v2 * (1 - 2 * p2) / n2
        value -= (z**2 - 1) * third / (6 * variance ** mpmath.mpf(1.5))
    return value


SCORES = [
    (difference_interval, "RD", "mee", False, False),
    (difference_interval, "RD", "miettinen-nurminen", True, False),
    (difference_interval, "RD", "scas", True, True),
    (risk_ratio_interval, "RR", "koopman", False, False),
    (risk_ratio_interval, "RR", "miettinen-nurminen", True, False),
    (risk_ratio_interval, "RR", "scas", True, True),
    (odds_ratio_interval, "OR", "miettinen-nurminen", True, False),
]


@pytest.mark.parametrize(("function", "measure", "method", "corrected", "skewness"), SCORES)
def test_score_limits_satisfy_the_score_equation(function, measure, method, corrected, skewness):
    with mpmath.workdps(50):
        z = mpmath.mpf("1.959963984540054235524594430520551527955550")
        for table in [*TABLES, (7, 34, 1, 34), (3, 500, 9, 497), (10, 10, 10, 10)]:
            lower, upper = function(*table, method=method)
            for limit, sign in ((lower, 1), (upper, -1)):
                if limit in (-1.0, 0.0, 1.0, np.inf):
                    continue
                value = score(measure, table, mpmath.mpf(limit), corrected, skewness, z)
                assert abs(value - sign * z) < 1e-10


# --- conditional tests against whole numbers ------------------------------------------------------------------------


def fisher_by_counting(x1, n1, x2, n2):
    """All conditional P values of one table as fractions."""
    m = x1 + x2
    weight = {k: comb(n1, k) * comb(n2, m - k) for k in range(max(0, m - n2), min(n1, m) + 1)}
    total = comb(n1 + n2, m)
    below = {k: sum(w for j, w in weight.items() if j <= k) for k in weight}
    above = {k: sum(w for j, w in weight.items() if j >= k) for k in weight}
    smaller = {k: min(below[k], above[k]) for k in weight}
    mid_less, mid_greater = (Fraction(2 * tail[x1] - weight[x1], 2 * total) for tail in (below, above))
    return {
        ("fisher", "less"): Fraction(below[x1], total),
        ("fisher", "greater"): Fraction(above[x1], total),
        ("fisher", "two-sided"): Fraction(sum(w for w in weight.values() if w <= weight[x1]), total),
        ("fisher-central", "two-sided"): min(Fraction(1), Fraction(2 * smaller[x1], total)),
        ("fisher-blaker", "two-sided"): Fraction(sum(weight[k] for k in weight if smaller[k] <= smaller[x1]), total),
        ("fisher-mid-p", "less"): mid_less,
        ("fisher-mid-p", "greater"): mid_greater,
        ("fisher-mid-p", "two-sided"): min(Fraction(1), 2 * min(mid_less, mid_greater)),
    }


def test_conditional_tests_agree_with_counting_on_every_small_table():
    cases = all_tables(product(range(1, 8), range(1, 8))) + all_tables([(12, 12), (10, 15), (30, 6)])
    exact = [fisher_by_counting(*case) for case in cases]
    for method, alternative in exact[0]:
        result = two_proportion_test(*np.array(cases).T, method=method, alternative=alternative)
        expected = [float(answers[method, alternative]) for answers in exact]
        np.testing.assert_allclose(result.pvalue, expected, rtol=1e-13, atol=0.0)


def test_conditional_tests_of_large_arms():
    for table in [(700, 10_000, 800, 10_000), (40, 200_000, 61, 100_000)]:
        for (method, alternative), expected in fisher_by_counting_fast(*table).items():
            value = float(two_proportion_test(*table, method=method, alternative=alternative))
            assert value == pytest.approx(expected, rel=1e-10)


def fisher_by_counting_fast(x1, n1, x2, n2):
    """Both tails by the recurrence in whole numbers (a common factor cancels)."""
    m = x1 + x2
    weight, weights = comb(n1, 0) * comb(n2, m), []
    for k in range(min(n1, m) + 1):
        weights.append(weight)
        weight = weight * (n1 - k) * (m - k) // ((k + 1) * (n2 - m + k + 1))
    total = sum(weights)
    return {
        ("fisher", "less"): float(Fraction(sum(weights[: x1 + 1]), total)),
        ("fisher", "greater"): float(Fraction(sum(weights[x1:]), total)),
        ("fisher", "two-sided"): float(Fraction(sum(w for w in weights if w <= weights[x1]), total)),
    }


def test_chunks_do_not_show(monkeypatch):
    rng = np.random.default_rng(7)
    n1, n2 = rng.integers(1, 90, (2, 300))
    table = rng.integers(0, n1 + 1), n1, rng.integers(0, n2 + 1), n2
    whole = [two_proportion_test(*table, method=method).pvalue for method in CONDITIONAL]
    limits = odds_ratio_interval(*table, method="fisher-exact")
    monkeypatch.setattr(hypergeometric, "_CELLS", 40)
    for method, pvalue in zip(CONDITIONAL, whole, strict=True):
        np.testing.assert_allclose(two_proportion_test(*table, method=method).pvalue, pvalue, rtol=1e-13)
    for again, limit in zip(odds_ratio_interval(*table, method="fisher-exact"), limits, strict=True):
        np.testing.assert_allclose(again, limit, rtol=1e-12)


def test_twenty_thousand_tables_take_less_than_a_second():
    rng = np.random.default_rng(1)
    n1, n2 = rng.integers(80, 121, (2, 20_000))
    table = rng.integers(0, n1 + 1), n1, rng.integers(0, n2 + 1), n2
    for method in CONDITIONAL:
        start = time.process_time()
        two_proportion_test(*table, method=method)
        assert time.process_time() - start < 1.0


# --- chi-square tests -----------------------------------------------------------------------------------------------


@given(tables())
def test_chi_square_statistics_by_their_cells(table):
    x1, n1, x2, n2 = table
    total, events = n1 + n2, x1 + x2
    if events in (0, total):
        for method in CHI_SQUARE:
            result = two_proportion_test(*table, method=method)
            assert (result.statistic, result.pvalue) == (0.0, 1.0)
        return
    observed = [x1, n1 - x1, x2, n2 - x2]
    expected = [n * e / total for n in (n1, n2) for e in (events, total - events)]
    cells = list(zip(observed, expected, strict=True))
    pearson = sum((o - e) ** 2 / e for o, e in cells)
    answers = {
        "pearson": pearson,
        "pearson-n-1": pearson * (total - 1) / total,
        "pearson-yates": sum((abs(o - e) - min(0.5, abs(o - e))) ** 2 / e for o, e in cells),
        "likelihood-ratio": 2 * sum(o * np.log(o / e) for o, e in cells if o),
    }
    for method, statistic in answers.items():
        result = two_proportion_test(*table, method=method)
        assert result.statistic == pytest.approx(statistic, rel=1e-10, abs=1e-10)
        assert result.pvalue == pytest.approx(float(mpmath.erfc(mpmath.sqrt(result.statistic / 2))), rel=1e-12)
        less, greater = (float(two_proportion_test(*table, method=method, alternative=a)) for a in ("less", "greater"))
        assert less + greater == pytest.approx(1.0)
        assert 2 * min(less, greater) == pytest.approx(result.pvalue, rel=1e-12)


# --- unconditional tests against their definition -------------------------------------------------------------------


def statistics(method, alternative, n1, n2):
    """Exact ordering of all tables: the greater, the more extreme."""
    answer = {}
    for x1, x2 in product(range(n1 + 1), range(n2 + 1)):
        if method.startswith("boschloo"):
            answer[x1, x2] = -fisher_by_counting(x1, n1, x2, n2)["fisher", alternative]
            continue
        gap = Fraction(x1, n1) - Fraction(x2, n2)
        p1, p2, p = Fraction(x1, n1), Fraction(x2, n2), Fraction(x1 + x2, n1 + n2)
        if method == "barnard-pooled":
            variance = p * (1 - p) * (Fraction(1, n1) + Fraction(1, n2))
        else:
            variance = p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2
        square = gap**2 / variance if variance else (10**9 if gap else 0)
        sign = 1 if gap >= 0 or alternative == "two-sided" else -1
        answer[x1, x2] = square * sign * (-1 if alternative == "less" else 1)
    return answer


def unconditional_by_definition(method, alternative, x1, n1, x2, n2):
    """Largest probability over a fine grid of rates; a lower bound within about 1e-6 of the supremum."""
    if (method, alternative) == ("boschloo-central", "two-sided"):
        both = (unconditional_by_definition(method, side, x1, n1, x2, n2) for side in ("less", "greater"))
        return min(1.0, 2.0 * min(both))
    order = statistics(method, alternative, n1, n2)
    rate = np.sin(np.linspace(np.arcsin(1e-5**0.5), np.pi / 2 - np.arcsin(1e-5**0.5), 4001)) ** 2
    power = np.zeros_like(rate)
    for (k1, k2), value in order.items():
        if value >= order[x1, x2]:
            power += comb(n1, k1) * comb(n2, k2) * rate ** (k1 + k2) * (1 - rate) ** (n1 + n2 - k1 - k2)
    return min(1.0, power.max())


def assert_by_definition(method, alternative, case):
    expected = unconditional_by_definition(method, alternative, *case)
    value = float(two_proportion_test(*case, method=method, alternative=alternative))
    assert expected - 1e-11 <= value <= expected + 2e-6, (method, alternative, case)


ODD_CASES = [(9, 10, 3, 10), (12, 15, 12, 30), (35, 54, 5, 6), (0, 6, 2, 7), (14, 19, 5, 9)]


@pytest.mark.parametrize("method", UNCONDITIONAL)
def test_unconditional_tests_follow_their_definition(method):
    for case in ODD_CASES:
        assert_by_definition(method, "two-sided", case)
    for alternative in ("less", "greater"):
        assert_by_definition(method, alternative, (3, 8, 1, 9))
    for case in all_tables([(1, 1), (2, 3), (3, 3)]):
        assert_by_definition(method, "two-sided", case)


@pytest.mark.slow
@pytest.mark.parametrize("alternative", ["two-sided", "less", "greater"])
@pytest.mark.parametrize("method", UNCONDITIONAL)
def test_unconditional_tests_follow_their_definition_on_many_tables(method, alternative):
    for case in all_tables([(4, 4), (5, 3), (6, 8), (10, 10)]):
        assert_by_definition(method, alternative, case)


def test_unconditional_test_of_usual_trial_sizes_is_quick():
    start = time.process_time()
    for method in UNCONDITIONAL:
        assert 0.0 < float(two_proportion_test(190, 400, 160, 390, method=method)) < 0.1
    assert time.process_time() - start < 10.0


# --------------------------------------------------------------------------------------------------
# Exact unconditional limits of a difference
# --------------------------------------------------------------------------------------------------
def tail_by_hand(table, difference, rates=2001):
    """The largest probability of a difference as large as the observed one, every table counted, with scipy's pmf."""
    x1, n1, x2, n2 = table
    first, second = np.meshgrid(np.arange(n1 + 1), np.arange(n2 + 1), indexing="ij")
    as_large = first / n1 - second / n2 >= x1 / n1 - x2 / n2 - 1e-12
    found = []
    for rate in np.linspace(max(0, -difference), min(1, 1 - difference), rates):
        both = np.outer(binom.pmf(np.arange(n1 + 1), n1, rate + difference), binom.pmf(np.arange(n2 + 1), n2, rate))
        found.append(both[as_large].sum())
    return max(found)


@pytest.mark.parametrize("table", [(9, 12, 4, 11), (17, 23, 6, 20), (2, 30, 9, 31)])
@pytest.mark.parametrize("level", [0.9, 0.95])
def test_exact_limits_of_a_difference_leave_their_tails(table, level):
    x1, n1, x2, n2 = table
    low, high = exact_difference(table, level)
    assert tail_by_hand(table, low) == pytest.approx((1 - level) / 2, abs=2e-4)
    assert tail_by_hand((x2, n2, x1, n1), -high) == pytest.approx((1 - level) / 2, abs=2e-4)
    assert low < x1 / n1 - x2 / n2 < high


def test_exact_limits_turn_with_the_arms_and_are_wider_than_wilson_scores():
    table = (17, 23, 6, 20)
    low, high = exact_difference(table, 0.95)
    assert exact_difference((6, 20, 17, 23), 0.95) == pytest.approx((-high, -low))
    newcombe = difference_interval(*table, level=0.95, method="newcombe")
    assert low < newcombe.lower and newcombe.upper < high
