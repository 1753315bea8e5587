"""Intervals that invert a score test: Wilson, with continuity or skewness correction, and its boundary repair."""

from __future__ import annotations

import numpy as np
from scipy import special

from trialstats.intervals.binomial.method import Limits, in_order
from trialstats.intervals.interval import FloatArray, normal_quantile


def _span(x: FloatArray, n: FloatArray, z2: FloatArray) -> FloatArray:
    """Return s such that the larger root of (x/n - θ)² = z² θ(1 - θ)/n is (x + s)/(n + z²)."""
    return np.asarray(z2 / 2.0 + np.sqrt(z2 * (x * (n - x) / n + z2 / 4.0)))


def _lower_root(x: FloatArray, n: FloatArray, span: FloatArray) -> FloatArray:
    """Return the smaller root, as product of both over the larger: nothing cancels."""
    return np.asarray(x * x / (n * (x + span)))


def wilson(x: FloatArray, n: FloatArray, level: FloatArray) -> Limits:
    """Return (x + z²/2 ± z sqrt(x (n - x)/n + z²/4)) / (n + z²).

    There the score test of the proportion has P = 1 - level.
    """
    span = _span(x, n, normal_quantile(level) ** 2)  # the same for successes and failures
    return _lower_root(x, n, span), 1.0 - _lower_root(n - x, n, span)


def wilson_cc(x: FloatArray, n: FloatArray, level: FloatArray) -> Limits:
    """Return the lower Wilson limit of x - 1/2 and the upper one of x + 1/2 (Newcombe's method 4).

    A count is not moved beyond 0 or n.
    """
    z2 = normal_quantile(level) ** 2
    fewer, less_failed = np.maximum(x - 0.5, 0.0), np.maximum(n - x - 0.5, 0.0)
    lower = _lower_root(fewer, n, _span(fewer, n, z2))
    return lower, 1.0 - _lower_root(less_failed, n, _span(less_failed, n, z2))


def wilson_modified(x: FloatArray, n: FloatArray, level: FloatArray) -> Limits:
    """Wilson, its inner limit near the ends replaced by a one-sided Poisson limit: x <= 2, or <= 3 above n = 50.

    For x of them the lower limit is the (1 - level) quantile of the Gamma(x) distribution, divided by n.
    """
    lower, upper = wilson(x, n, level)
    few = np.where(n <= 50.0, 2.0, 3.0)

    def poisson(count: FloatArray, wilsons: FloatArray) -> FloatArray:
        limit = special.gammaincinv(np.maximum(count, 1.0), 1.0 - level) / n
        return np.where((count >= 1.0) & (count <= few), limit, wilsons)

    return in_order(poisson(x, lower), 1.0 - poisson(n - x, 1.0 - upper))


def scas(x: FloatArray, n: FloatArray, level: FloatArray) -> Limits:
    """Score interval with the skewness of x corrected: (p - s - (1 - 2s) θ)² = a θ(1 - θ), s = (z² - 1)/(6n)."""
    z2 = normal_quantile(level) ** 2
    p, q, a, shift = x / n, (n - x) / n, z2 / n, (z2 - 1.0) / (6.0 * n)

    def lower(p: FloatArray, q: FloatArray) -> FloatArray:
        # p <= s: the corrected score stays below z down to θ = 0, and the root belongs to the other sign
        p, q, some = p - shift, q - shift, (p > 0.0) & (p > shift)
        larger = a / 2.0 + p * (1.0 - 2.0 * shift) + np.sqrt(np.maximum(a * (a / 4.0 + p * q), 0.0))
        return np.where(some, p * p / np.where(some, larger, 1.0), 0.0)

    return lower(p, q), 1.0 - lower(q, p)
