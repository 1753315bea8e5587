"""Exact intervals that share the error between the tails by the data: Blaker's and Sterne's.

Both keep every proportion whose P value is at least 1 - level. The P value at p is P(X >= x) plus a lower tail
P(X <= k) of outcomes that count as no less extreme; k rises in steps as p rises. Between two steps the sum of both
tails falls and then rises, so it crosses 1 - level upwards at most once: the lower limit is such a crossing or a step.
The set of kept proportions can have holes; the limits are its least and greatest members.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import special

from trialstats.intervals.binomial.method import Limits
from trialstats.intervals.binomial.tails import (
    at_least,
    at_most,
    log_choose_ratio,
    log_odds,
    mirrored,
    reflected_count,
    tail_slope,
    widest,
)
from trialstats.intervals.interval import FloatArray
from trialstats.intervals.roots import least, newton_roots


def two_tails(t: FloatArray, k: FloatArray, x: FloatArray, n: FloatArray) -> FloatArray:
    """P(X <= k) + P(X >= x) at log-odds ``t``."""
    return at_most(k, n, t) + at_least(x, n, t)


def log_two_tails(
    t: FloatArray, k: FloatArray, x: FloatArray, n: FloatArray, alpha: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Log of both tails over ``alpha``, and its slope, as `newton_roots` asks for."""
    tails = two_tails(t, k, x, n)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(tails / alpha), (tail_slope(x, n, t) - tail_slope(k + 1.0, n, t)) / tails


def blaker(x: FloatArray, n: FloatArray, level: FloatArray) -> Limits:
    """P value: the smaller tail of x plus the largest opposite tail that does not exceed it."""
    return mirrored(_blaker_log_odds, x, n, level)


def _blaker_log_odds(x: FloatArray, n: FloatArray, alpha: FloatArray) -> FloatArray:
    # at the Clopper-Pearson limit P(X >= x) is alpha/2 and so the P value at most alpha
    start = log_odds(special.betaincinv(x, n - x + 1.0, alpha / 2.0))
    p, z = special.expit(start), special.ndtri(alpha / 2.0)
    guess = n * p + z * np.sqrt(n * p * (1.0 - p)) + (z * z - 1.0) * (1.0 - 2.0 * p) / 6.0
    k = least(_exceeds_half, guess, np.full_like(x, -1.0), x - 1.0, n, start, alpha)
    # from the next step on, where P(X <= k) falls to P(X >= x), the P value is twice P(X >= x) > alpha
    limit = newton_roots(_log_tail_ratio, start, start, np.full_like(x, widest), k, x, n)
    # it may have reached alpha before
    earlier = two_tails(limit, k - 1.0, x, n) > alpha
    data = (k[earlier] - 1.0, x[earlier], n[earlier], alpha[earlier])
    limit[earlier] = newton_roots(log_two_tails, limit[earlier], start[earlier], limit[earlier], *data)
    return limit


def _exceeds_half(k: FloatArray, n: FloatArray, t: FloatArray, alpha: FloatArray) -> NDArray[np.bool_]:
    return np.asarray(at_most(k, n, t) > alpha / 2.0)


def _log_tail_ratio(t: FloatArray, k: FloatArray, x: FloatArray, n: FloatArray) -> tuple[FloatArray, FloatArray]:
    upper, lower = at_least(x, n, t), at_most(k, n, t)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(upper / lower), tail_slope(x, n, t) / upper + tail_slope(k + 1.0, n, t) / lower


def sterne(x: FloatArray, n: FloatArray, level: FloatArray) -> Limits:
    """P value: the probability of all outcomes no more probable than x."""
    return mirrored(_sterne_log_odds, x, n, level)


def _sterne_log_odds(x: FloatArray, n: FloatArray, alpha: FloatArray) -> FloatArray:
    # the first step of k that lifts the P value above alpha; with k = x - 1 it is 1
    guess = n - reflected_count(n - x, n, alpha)
    k = least(_sterne_exceeds, guess, np.full_like(x, -1.0), x - 1.0, x, n, alpha)
    limit = _sterne_step(k, x, n)
    # it may have reached alpha before
    earlier = two_tails(limit, k - 1.0, x, n) > alpha
    data = (k[earlier] - 1.0, x[earlier], n[earlier], alpha[earlier])
    high, low = limit[earlier], _sterne_step(*data[:3])
    limit[earlier] = newton_roots(log_two_tails, high, low, high, *data)
    return limit


def _sterne_step(k: FloatArray, x: FloatArray, n: FloatArray) -> FloatArray:
    """Log-odds at which k becomes as probable as x; they rise with k, as log C(n, k) is concave."""
    inside = np.maximum(k, 0.0)
    return np.where(k < 0.0, -widest, log_choose_ratio(n, inside, x) / (x - inside))


def _sterne_exceeds(k: FloatArray, x: FloatArray, n: FloatArray, alpha: FloatArray) -> NDArray[np.bool_]:
    return np.asarray(two_tails(_sterne_step(k, x, n), k, x, n) > alpha)
