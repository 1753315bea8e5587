"""Binomial tails on whole arrays and on log-odds.

Log-odds keep full relative precision of p near 0 *and* of 1 - p near 1, and make the upper limit of x the mirror
image of the lower limit of n - x without a cancelling ``1 - p``.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from trialstats.intervals.beta_density import stirling
from trialstats.intervals.binomial.method import Limits
from trialstats.intervals.interval import FloatArray

widest = 744.0
"""Log-odds beyond which the smaller of p and 1 - p is no longer a float."""


def log_odds(p: ArrayLike) -> FloatArray:
    """Log-odds of ``p``, finite also where p is rounded to 0 or 1."""
    return np.clip(special.logit(np.asarray(p, dtype=np.float64)), -widest, widest)


def at_least(k: FloatArray, n: FloatArray, t: FloatArray) -> FloatArray:
    """P(X >= k) at log-odds ``t``; 1 for k <= 0 and 0 for k > n."""
    k, n, t = np.broadcast_arrays(k, n, t)
    tail = np.where(k <= 0.0, 1.0, 0.0)
    real = (k > 0.0) & (k <= n)
    # the complementary function is eight times slower: keep it for p so near 1 that only 1 - p has the digits
    near_one = real & (t > 6.0)
    special.betainc(k, n - k + 1.0, special.expit(t), out=tail, where=real & ~near_one)
    special.betaincc(n - k + 1.0, k, special.expit(-t), out=tail, where=near_one)
    return tail


def at_most(k: FloatArray, n: FloatArray, t: FloatArray) -> FloatArray:
    """P(X <= k) at log-odds ``t``."""
    return at_least(n - k, n, -t)


def tail_slope(k: FloatArray, n: FloatArray, t: FloatArray) -> FloatArray:
    """Return the derivative by ``t`` of P(X >= k), good for Newton steps; 0 outside 1..n, where log B is infinite."""
    log_p, log_q = -np.logaddexp(0.0, -t), -np.logaddexp(0.0, t)
    return np.asarray(np.exp(k * log_p + (n - k + 1.0) * log_q - special.betaln(k, n - k + 1.0)))


def mirrored(
    lower_log_odds: Callable[[FloatArray, FloatArray, FloatArray], FloatArray],
    x: FloatArray,
    n: FloatArray,
    level: FloatArray,
) -> Limits:
    """Both limits of an equivariant method from the log-odds of its lower limit, which is asked for x >= 1 only."""
    x, n, level = np.broadcast_arrays(x, n, level)
    alpha = (1.0 - level).ravel()

    def side(count: FloatArray) -> FloatArray:
        t = lower_log_odds(np.maximum(count, 1.0).ravel(), n.ravel(), alpha)
        return np.where(count > 0.0, t.reshape(count.shape), -np.inf)

    return np.asarray(special.expit(side(x))), np.asarray(special.expit(-side(n - x)))


def reflected_count(x: FloatArray, n: FloatArray, alpha: FloatArray) -> FloatArray:
    """About where the other tail begins if x is in the lower tail: x reflected about its upper Wilson limit."""
    z2 = special.ndtri(alpha / 2.0) ** 2
    p = (x + z2 / 2.0 + np.sqrt(z2 * (x * (n - x) / n + z2 / 4.0))) / (n + z2)
    return np.asarray(np.clip(np.floor(2.0 * n * p - x), x, n))


def log_choose_ratio(n: FloatArray, k: FloatArray, x: FloatArray) -> FloatArray:
    """Log of C(n, k) / C(n, x) for k <= x, without the cancellation of large log-gamma values."""
    return _log_factorial_ratio(x, k) - _log_factorial_ratio(n - k, n - x)


def _log_factorial_ratio(a: FloatArray, b: FloatArray) -> FloatArray:
    """Log of a! / b! for a >= b by Stirling's formula at a + 1 and b + 1, its large terms combined first."""
    gap = a - b
    growth = (b + 0.5) * np.log1p(gap / (b + 1.0)) + gap * (np.log(a + 1.0) - 1.0)
    return np.asarray(growth + stirling(a + 1.0) - stirling(b + 1.0))
