"""Intervals from exact binomial tails: Clopper-Pearson and mid-P."""

from __future__ import annotations

import numpy as np
from scipy import special

from trialstats.intervals.binomial.method import Limits
from trialstats.intervals.binomial.score import wilson_cc
from trialstats.intervals.binomial.tails import at_least, log_odds, mirrored, tail_slope, widest
from trialstats.intervals.interval import FloatArray
from trialstats.intervals.roots import newton_roots


def clopper_pearson(x: FloatArray, n: FloatArray, level: FloatArray) -> Limits:
    """Solve P(X >= x; lower) = P(X <= x; upper) = (1 - level)/2.

    The limits are the (1 - level)/2 quantile of Beta(x, n - x + 1) and the (1 + level)/2 quantile of
    Beta(x + 1, n - x); 0 at x = 0 and 1 at x = n.
    """
    x, n, level = np.broadcast_arrays(x, n, level)
    tail = (1.0 - level) / 2.0
    lower, upper = np.zeros(x.shape), np.ones(x.shape)
    large = n > _TRUSTED
    special.betaincinv(x, n - x + 1.0, tail, out=lower, where=(x > 0.0) & ~large)
    special.betainccinv(x + 1.0, n - x, tail, out=upper, where=(x < n) & ~large)
    if large.any():
        lower[large], upper[large] = mirrored(_tail_log_odds, x[large], n[large], level[large])
    return lower, upper


_TRUSTED = 10_000
"""Up to this n scipy's Beta quantiles give the tails to 1e-12; at 10**7 they are off by up to 3e-9."""


def _tail_log_odds(x: FloatArray, n: FloatArray, alpha: FloatArray) -> FloatArray:
    start = log_odds(wilson_cc(x, n, 1.0 - alpha)[0])
    wall = np.full_like(start, widest)
    return newton_roots(_tail_equation, start, -wall, wall, x, n, alpha / 2.0)


def _tail_equation(t: FloatArray, x: FloatArray, n: FloatArray, tail: FloatArray) -> tuple[FloatArray, FloatArray]:
    above = at_least(x, n, t)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(above / tail), tail_slope(x, n, t) / above


def mid_p(x: FloatArray, n: FloatArray, level: FloatArray) -> Limits:
    """Solve P(X > x; lower) + P(X = x; lower)/2 = P(X < x; upper) + P(X = x; upper)/2 = (1 - level)/2.

    Clopper-Pearson with half the probability of x itself taken out of each tail.
    """
    return mirrored(_mid_p_log_odds, x, n, level)


def _mid_p_log_odds(x: FloatArray, n: FloatArray, alpha: FloatArray) -> FloatArray:
    # the Jeffreys quantile agrees with mid-P to a higher order in 1/n
    start = log_odds(special.betaincinv(x + 0.5, n - x + 0.5, alpha / 2.0))
    wall = np.full_like(start, widest)
    return newton_roots(_mid_p_equation, start, -wall, wall, x, n, alpha / 2.0)


def _mid_p_equation(t: FloatArray, x: FloatArray, n: FloatArray, tail: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Log of mid-P tail over wanted tail: concave in the log-odds, so Newton cannot overshoot twice."""
    with_x, beyond_x = at_least(x, n, t), at_least(x + 1.0, n, t)
    mid = (with_x + beyond_x) / 2.0
    p = special.expit(t)
    slope = (with_x - beyond_x) * (x * (1.0 - p) + (n - x) * p) / 2.0
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(mid / tail), slope / mid
