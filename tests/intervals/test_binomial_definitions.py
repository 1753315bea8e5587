"""Limits put back into the equations that define them, in 40-digit arithmetic that shares no code with ours."""

import mpmath as mp
import numpy as np
import pytest
from mpmath import mpf

from trialstats.intervals.binomial import binomial_interval

COUNTS = [(0, 1), (1, 1), (1, 2), (0, 10), (2, 7), (8, 32), (16, 32), (27, 28), (34, 106), (3, 1000), (977, 1000)]
LEVELS = [0.5, 0.8, 0.95, 0.999]
CASES = [(x, n, level) for x, n in COUNTS for level in LEVELS]
LARGE = [(3, 10**5, 0.95), (40_123, 10**5, 0.95), (99_990, 10**5, 0.9)]
every_case = pytest.mark.parametrize(("x", "n", "level"), CASES + LARGE)
HUGE = [(3, 10**7, 0.95), (5_000_001, 10**7, 0.99), (9_999_000, 10**7, 0.95)]
up_to_ten_million = pytest.mark.parametrize(("x", "n", "level"), CASES + LARGE + HUGE)
TAIL = 1e-12


@pytest.fixture(autouse=True)
def _forty_digits():
    with mp.workdps(40):
        yield


def alpha(level):
    return 1 - mpf(level)  # as the library sees it: the double nearest to .95


def z(level):
    return mp.sqrt(2) * mp.erfinv(mpf(level))


def at_least(k, n, p):
    """P(X >= k) by summing the shorter tail."""
    if k <= 0:
        return mpf(1)
    if k > n:
        return mpf(0)
    if k > n * p:
        return _sum(k, n, n, p)
    return 1 - _sum(k - 1, 0, n, p)


def _sum(start, end, n, p):
    """P of start..end, summed outwards from the largest term until nothing is added."""
    if p in (0, 1):
        return mpf((start if p == 0 else n - start) == 0)
    step = 1 if end >= start else -1
    term = mp.binomial(n, start) * p**start * (1 - p) ** (n - start)
    total, k = mpf(0), start
    while True:
        total += term
        if k == end or term < total * mpf(10) ** -38:
            return total
        odds = p / (1 - p)
        term *= odds * (n - k) / (k + 1) if step == 1 else k / (odds * (n - k + 1))
        k += step


def at_most(k, n, p):
    return 1 - at_least(k + 1, n, p)


def limits(x, n, level, method):
    lower, upper = binomial_interval(x, n, level=level, method=method)
    return mpf(lower), mpf(upper)


def spacing(n, p):
    """What a change of p by one unit in its last place can do to a tail: the best a double can be asked for."""
    p = float(p)
    return np.spacing(p) * np.sqrt(n / max(p * (1 - p), 1e-300)) if 0 < p < 1 else 0.0


def assert_tail(value, wanted, n, p):
    assert abs(value - wanted) <= TAIL + spacing(n, p), (float(value), float(wanted))


@up_to_ten_million
def test_clopper_pearson(x, n, level):
    lower, upper = limits(x, n, level, "clopper-pearson")
    assert_tail(at_least(x, n, lower), alpha(level) / 2, n, lower) if x else lower == 0
    assert_tail(at_most(x, n, upper), alpha(level) / 2, n, upper) if x < n else upper == 1


@up_to_ten_million
def test_mid_p(x, n, level):
    lower, upper = limits(x, n, level, "mid-p")
    if x:
        assert_tail((at_least(x, n, lower) + at_least(x + 1, n, lower)) / 2, alpha(level) / 2, n, lower)
    else:
        assert lower == 0
    if x < n:
        assert_tail((at_most(x, n, upper) + at_most(x - 1, n, upper)) / 2, alpha(level) / 2, n, upper)
    else:
        assert upper == 1


def blaker_p(x, n, p):
    """P value of x: its smaller tail and the largest opposite tail that is no larger."""
    down, up = at_most(x, n, p), at_least(x, n, p)
    if down > up:
        return blaker_p(n - x, n, 1 - p)
    # least k > x with P(X >= k) <= P(X <= x)
    low, high = x, n + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if at_least(middle, n, p) <= down else (middle, high)
    return min(mpf(1), down + at_least(high, n, p))


def sterne_p(x, n, p):
    """P value of x: the outcomes no more probable than x."""
    if x > n * p:
        return sterne_p(n - x, n, 1 - p)

    def log_mass(k):
        return mp.log(mp.binomial(n, k)) + k * mp.log(p) + (n - k) * mp.log(1 - p)

    mode = int(mp.floor((n + 1) * p))
    if x >= mode:
        return mpf(1)
    low, high = mode, n + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if log_mass(middle) <= log_mass(x) else (middle, high)
    return at_most(x, n, p) + at_least(high, n, p)


@pytest.mark.parametrize(("method", "p_value"), [("blaker", blaker_p), ("sterne", sterne_p)])
@every_case
def test_p_value_passes_alpha_at_the_limits(method, p_value, x, n, level):
    """Below alpha just outside a limit; at alpha in it if continuous there, else above alpha just inside."""
    wanted = alpha(level)
    for limit, outwards, end in zip(limits(x, n, level, method), (-1, 1), (x == 0, x == n), strict=True):
        if end:
            assert limit == (outwards + 1) / 2
            continue
        nudge = outwards * max(mpf("1e-13") * limit, 4 * mpf(np.spacing(float(limit))))
        if not 0 < limit + nudge < 1:
            continue
        outside, inside = p_value(x, n, limit + nudge), p_value(x, n, limit - nudge)
        slack = TAIL + 10 * abs(nudge) * mp.sqrt(n / (limit * (1 - limit)))
        assert outside <= wanted + slack
        assert inside >= wanted - slack
        continuous = abs(outside - inside) < slack
        assert not continuous or abs(inside - wanted) <= slack


@pytest.mark.parametrize("method", ["blaker", "sterne"])
def test_no_proportion_is_kept_outside(method):
    """The limits are the ends of the set {p: P value >= alpha}, holes or not: a dense grid finds nothing beyond."""
    p_value = {"blaker": blaker_p, "sterne": sterne_p}[method]
    with mp.workdps(16):
        for x, n, level in [(3, 9, 0.95), (0, 18, 0.9), (5, 23, 0.8), (2, 11, 0.3)]:
            lower, upper = limits(x, n, level, method)
            steps = [mpf(k) / 150 for k in range(1, 150)]
            outside = [lower * k for k in steps if lower > 0] + [1 - (1 - upper) * k for k in steps if upper < 1]
            assert all(p_value(x, n, mpf(p)) <= alpha(level) + 1e-9 for p in outside)


def test_blaker_where_the_reference_differs():
    """1 of 10,000 at 80 %: BlakerCI ends at Clopper-Pearson's 3.89e-4, but no p beyond 3.5425e-4 has P >= .2."""
    upper = limits(1, 10_000, 0.8, "blaker")[1]
    assert blaker_p(1, 10_000, upper * (1 - mpf("1e-9"))) > 0.2
    for p in np.linspace(3.5425e-4, 3.9e-4, 60):
        assert blaker_p(1, 10_000, mpf(float(p))) < 0.2


@up_to_ten_million
def test_likelihood_ratio(x, n, level):
    def deviance(p):
        inside = (x * mp.log(x / (n * p)) if x else 0) + ((n - x) * mp.log((n - x) / (n * (1 - p))) if x < n else 0)
        return 2 * inside

    for limit, end in zip(limits(x, n, level, "likelihood-ratio"), (x == 0, x == n), strict=True):
        if end:
            assert limit in (0, 1)
        else:
            # P value by the chi-square distribution on one degree of freedom
            assert_tail(mp.erfc(mp.sqrt(deviance(limit) / 2)), alpha(level), n, limit)


@every_case
def test_wilson_and_scas_solve_their_score_equations(x, n, level):
    p, critical = mpf(x) / n, z(level)
    for method in ("wilson", "wilson-cc", "scas"):
        for limit, sign in zip(limits(x, n, level, method), (1, -1), strict=True):
            if limit in (0, 1):
                # scas: with z² - 1 > 6 successes (or failures) the skewness outweighs them
                few = max(0, critical**2 - 1) / 6 if method == "scas" else 0
                assert (x if limit == 0 else n - x) <= few
                continue
            shift = sign * mpf("0.5") / n if method == "wilson-cc" else 0
            skew = (1 - 2 * limit) * (critical**2 - 1) / (6 * n) if method == "scas" else 0
            score = (p - shift - limit - skew) / mp.sqrt(limit * (1 - limit) / n)
            assert abs(score - sign * critical) < 1e-11 + 10 * spacing(n, limit)


@pytest.mark.parametrize(("method", "prior"), [("jeffreys-hpd", "0.5"), ("uniform-hpd", "1")])
@every_case
def test_highest_density(method, prior, x, n, level):
    lower, upper = limits(x, n, level, method)
    a, b = x + mpf(prior), n - x + mpf(prior)

    def below(p):
        if n <= 1000:
            return mp.betainc(a, b, 0, p, regularized=True)
        # mpmath's series is slow here: Beta(a, b) is a normal quantile away; integrate the density about its mode
        mode, sd = (a - 1) / (a + b - 2), mp.sqrt(a * b / ((a + b) ** 2 * (a + b + 1)))
        start = max(mpf(0), mode - 14 * sd)
        with mp.workdps(25):
            scale = mp.loggamma(a + b) - mp.loggamma(a) - mp.loggamma(b)

            def density(q):
                return mp.exp((a - 1) * mp.log(q) + (b - 1) * mp.log(1 - q) + scale)

            return mp.quad(density, mp.linspace(start, p, 12))

    assert abs(below(upper) - below(lower) - mpf(level)) < TAIL + spacing(n, upper)
    if 0 < x < n:
        log_density = [(a - 1) * mp.log(p) + (b - 1) * mp.log(1 - p) for p in (lower, upper)]
        spare = 1 - float(upper)
        assert abs(log_density[0] - log_density[1]) < 1e-11 + 4 * (n - x) * np.spacing(1 - spare) / spare
    else:
        assert lower == 0 if x == 0 else upper == 1  # one-sided


@pytest.mark.parametrize(("x", "n", "level"), CASES)  # larger n: the equation is Clopper-Pearson's
def test_equal_tailed_posterior(x, n, level):
    for method, prior in (("jeffreys", "0.5"), ("uniform", "1")):
        lower, upper = limits(x, n, level, method)
        a, b = x + mpf(prior), n - x + mpf(prior)
        assert_tail(mp.betainc(a, b, 0, lower, regularized=True), alpha(level) / 2, n, lower)
        assert_tail(mp.betainc(a, b, upper, 1, regularized=True), alpha(level) / 2, n, upper)


@every_case
def test_wald_t(x, n, level):
    lower, upper = binomial_interval(x, n, level=level, method="wald-t", clip=False)
    assert lower + upper == pytest.approx(2 * x / n, abs=1e-14)
    if 0 < x < n:
        t = (mpf(upper) - mpf(lower)) / 2 / mp.sqrt(mpf(x) * (n - x) / mpf(n) ** 3)
        df = n - 1
        if n > 1000:
            assert abs(t / z(level) - 1) < 1e-4
        else:
            outside = mp.betainc(mpf(df) / 2, mpf("0.5"), 0, df / (df + t * t), regularized=True)
            assert abs(outside - alpha(level)) < TAIL
    else:
        assert lower == upper == x / n


@pytest.mark.parametrize("method", ["logit", "probit", "cloglog", "log"])
@every_case
def test_wald_on_another_scale(method, x, n, level):
    """Both limits are as far from x/n on the link scale: z times the delta-method standard error."""
    link = {
        "logit": lambda p: mp.log(p / (1 - p)),
        "probit": lambda p: mp.sqrt(2) * mp.erfinv(2 * p - 1),
        "cloglog": lambda p: mp.log(-mp.log(p)),
        "log": mp.log,
    }[method]
    lower, upper = binomial_interval(x, n, level=level, method=method, clip=False)
    if x in (0, n):
        ends = (1, 1) if method == "log" and x == n else binomial_interval(x, n, level=level)
        assert (lower, upper) == tuple(ends)
        return
    p = mpf(x) / n
    step = z(level) * mp.sqrt(p * (1 - p) / n) * abs(mp.diff(link, p))
    for limit in (lower, upper):
        assert abs(abs(link(mpf(limit)) - link(p)) - step) < 1e-9


def test_blyth_still_casella_regions_are_shortest():
    """At every p the outcomes whose interval holds p have the level, and no shorter run of outcomes does."""
    for n, level in [(10, 0.8), (10, 0.95), (17, 0.9), (32, 0.95), (41, 0.5)]:
        lower, upper = binomial_interval(np.arange(n + 1), n, level=level, method="blyth-still-casella")
        for p in np.linspace(0.0037, 0.9963, 101):
            if min(abs(np.concatenate([lower, upper]) - p)) < 1e-9:
                continue
            held = np.flatnonzero((lower <= p) & (p <= upper))
            mass = [float(mp.binomial(n, k)) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]
            assert sum(mass[k] for k in held) >= level - 1e-12
            assert held.tolist() == list(range(held[0], held[-1] + 1))
            size = len(held) - 1
            assert max(sum(mass[k : k + size]) for k in range(n + 2 - size)) < level + 1e-12
