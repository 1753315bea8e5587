"""Estimate plus or minus a quantile times a standard error: Wald and the shrunken Wald intervals."""

from __future__ import annotations

import numpy as np
from scipy import special

from trialstats.intervals.binomial.method import Limits
from trialstats.intervals.interval import FloatArray, normal_quantile


def _half_width(p: FloatArray, n: FloatArray, quantile: FloatArray) -> FloatArray:
    return np.asarray(quantile * np.sqrt(p * (1.0 - p) / n))


def wald(x: FloatArray, n: FloatArray, level: FloatArray) -> Limits:
    """Return p ± z sqrt(p q / n)."""
    p = x / n
    half = _half_width(p, n, normal_quantile(level))
    return p - half, p + half


def wald_cc(x: FloatArray, n: FloatArray, level: FloatArray) -> Limits:
    """Return p ± (z sqrt(p q / n) + 1/(2n))."""
    p = x / n
    half = _half_width(p, n, normal_quantile(level)) + 0.5 / n
    return p - half, p + half


def wald_t(x: FloatArray, n: FloatArray, level: FloatArray) -> Limits:
    """Return p ± t sqrt(p q / n), Student's t on n - 1 degrees of freedom; the point x/n for n = 1, as Wald."""
    p = x / n
    t = -special.stdtrit(np.maximum(n - 1.0, 1.0), (1.0 - level) / 2.0)
    half = _half_width(p, n, t)
    return p - half, p + half


def agresti_coull(x: FloatArray, n: FloatArray, level: FloatArray) -> Limits:
    """Return p ± z sqrt(p q / m) for p = (x + z²/2)/m, m = n + z²: Wald after z²/2 successes and z²/2 failures more."""
    z2 = normal_quantile(level) ** 2
    return wald(x + z2 / 2.0, n + z2, level)


def add4(x: FloatArray, n: FloatArray, level: FloatArray) -> Limits:
    """Return p ± z sqrt(p q / m) for p = (x + 2)/m, m = n + 4: Wald after two successes and two failures more."""
    return wald(x + 2.0, n + 4.0, level)
