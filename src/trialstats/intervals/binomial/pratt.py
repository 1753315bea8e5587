"""Pratt's closed-form approximation to the exact limits, as DescTools computes it."""

from __future__ import annotations

import numpy as np

from trialstats.intervals.binomial.method import Limits, in_order
from trialstats.intervals.interval import FloatArray, normal_quantile


def pratt(x: FloatArray, n: FloatArray, level: FloatArray) -> Limits:
    """Approximate exact limits for 2 <= x <= n - 2, exact ones nearer the ends, one-sided at x = 0 and x = n."""
    x, n, level = np.broadcast_arrays(x, n, level)
    alpha = 1.0 - level

    def no_success_above(tail: FloatArray) -> FloatArray:
        """Return the p at which all n fail with probability ``tail``."""
        return np.asarray(-np.expm1(np.log(tail) / n))

    narrow, wide = no_success_above(1.0 - alpha / 2.0), no_success_above(alpha / 2.0)
    one_sided = no_success_above(alpha)
    # first match wins: 1 of 1 is taken as x = 1, not as x = n
    cases = [x == 0.0, x == 1.0, x == n - 1.0, x == n]
    lower = np.select(cases, [np.zeros_like(n), narrow, 1.0 - wide, 1.0 - one_sided], np.nan)
    upper = np.select(cases, [one_sided, wide, 1.0 - narrow, np.ones_like(n)], np.nan)
    inner = np.isnan(lower)
    lower[inner], upper[inner] = _approximation(x[inner], n[inner], normal_quantile(level[inner]))
    return in_order(lower, upper)


def _approximation(x: FloatArray, n: FloatArray, z: FloatArray) -> Limits:
    def terms(k: FloatArray, m: FloatArray) -> tuple[FloatArray, FloatArray]:
        b = 81.0 * k * m - 9.0 * n - 8.0
        return b, 3.0 * z * np.sqrt(np.maximum(9.0 * k * m * (9.0 * n + 5.0 - z * z) + n + 1.0, 0.0))

    def denominator(k: FloatArray) -> FloatArray:
        return 81.0 * k * k - 9.0 * k * (2.0 + z * z) + 1.0

    # DescTools takes n - x - 1 failures where the mirror image of the upper limit has n - x + 1
    k, m = x, n - x - 1.0
    b, c = terms(k, m)
    d = denominator(k)
    # d <= 0: few successes at a very high level, the limit is 0
    cube = np.where(d > 0.0, (b + c) / np.where(d > 0.0, d, 1.0), np.inf)
    lower = 1.0 / (1.0 + (k / m) ** 2 * cube**3)
    # (b - c)/d of the upper limit, multiplied out so that d = 0 does no harm
    k, m = x + 1.0, n - x
    b, c = terms(k, m)
    upper = 1.0 / (1.0 + (k / m) ** 2 * (np.maximum(denominator(m), 0.0) / (b + c)) ** 3)
    return lower, upper
