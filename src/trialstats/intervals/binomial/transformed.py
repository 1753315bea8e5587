"""Wald intervals on another scale, transformed back: arcsine, logit, probit, complementary log-log, log."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import numpy as np
from scipy import special

from trialstats.intervals.binomial.exact import clopper_pearson
from trialstats.intervals.binomial.method import Limits, in_order
from trialstats.intervals.interval import FloatArray, normal_quantile


def _angle_interval(successes: FloatArray, failures: FloatArray, n: FloatArray, level: FloatArray) -> Limits:
    angle = np.arctan2(np.sqrt(successes), np.sqrt(failures))
    half = normal_quantile(level) / (2.0 * np.sqrt(n))
    return angle - half, angle + half


def arcsine(x: FloatArray, n: FloatArray, level: FloatArray) -> Limits:
    """sin²(asin(sqrt p) ± z/(2 sqrt n)), the angle kept in [0, π/2]."""
    low, high = _angle_interval(x, n - x, n, level)
    return np.sin(np.maximum(low, 0.0)) ** 2, np.sin(np.minimum(high, np.pi / 2.0)) ** 2


def arcsine_anscombe(x: FloatArray, n: FloatArray, level: FloatArray) -> Limits:
    """Arcsine interval about (x + 3/8)/(n + 3/4), the angle *not* kept in range: limits turn back at 0 and 1."""
    low, high = _angle_interval(x + 0.375, n - x + 0.375, n, level)
    return in_order(np.sin(low) ** 2, np.sin(high) ** 2)


_Formula = Callable[[FloatArray, FloatArray, FloatArray], Limits]


def _exact_at_the_ends(formula: _Formula) -> _Formula:
    """From ``formula(p, n, z)`` for 0 < p < 1: Clopper-Pearson at x = 0 and x = n, where these scales are infinite."""

    @wraps(formula)
    def interval(x: FloatArray, n: FloatArray, level: FloatArray) -> Limits:
        end = (x == 0.0) | (x == n)
        # any inner p will do where the formula is not used
        lower, upper = formula(np.where(end, 0.5, x / n), n, normal_quantile(level))
        if not np.any(end):
            return lower, upper
        n, level = np.broadcast_to(n, end.shape), np.broadcast_to(level, end.shape)
        exact_lower, exact_upper = clopper_pearson(np.where(end, x, 0.0), n, level)
        return np.where(end, exact_lower, lower), np.where(end, exact_upper, upper)

    return interval


@_exact_at_the_ends
def logit(p: FloatArray, n: FloatArray, z: FloatArray) -> Limits:
    """Wald on log(p/q), standard error 1/sqrt(n p q)."""
    centre, half = special.logit(p), z / np.sqrt(n * p * (1.0 - p))
    return special.expit(centre - half), special.expit(centre + half)


@_exact_at_the_ends
def probit(p: FloatArray, n: FloatArray, z: FloatArray) -> Limits:
    """Wald on the normal quantile of p, standard error sqrt(p q/n) over the normal density there."""
    centre = special.ndtri(p)
    density = np.exp(-(centre**2) / 2.0) / np.sqrt(2.0 * np.pi)
    half = z * np.sqrt(p * (1.0 - p) / n) / density
    return special.ndtr(centre - half), special.ndtr(centre + half)


@_exact_at_the_ends
def cloglog(p: FloatArray, n: FloatArray, z: FloatArray) -> Limits:
    """Wald on log(-log p), standard error sqrt(q/(n p))/|log p|: p to the power exp(± z SE)."""
    log_p = np.log(p)
    half = z * np.sqrt((1.0 - p) / (n * p)) / -log_p
    return np.exp(log_p * np.exp(half)), np.exp(log_p * np.exp(-half))


@_exact_at_the_ends
def _log_inside(p: FloatArray, n: FloatArray, z: FloatArray) -> Limits:
    factor = np.exp(z * np.sqrt((1.0 - p) / (n * p)))
    return p / factor, p * factor


def log(x: FloatArray, n: FloatArray, level: FloatArray) -> Limits:
    """Wald on log p, standard error sqrt(q/(n p)); the point 1 at x = n, Clopper-Pearson at x = 0."""
    lower, upper = _log_inside(x, n, level)
    return np.where(x == n, 1.0, lower), upper
