"""The likelihood-ratio interval."""

from __future__ import annotations

import numpy as np
from scipy import special

from trialstats.intervals.binomial.method import Limits
from trialstats.intervals.binomial.tails import widest
from trialstats.intervals.interval import FloatArray, normal_quantile
from trialstats.intervals.roots import newton_roots


def likelihood_ratio(x: FloatArray, n: FloatArray, level: FloatArray) -> Limits:
    """Solve 2 (x log(x/(n p)) + (n - x) log((n - x)/(n q))) = z².

    There twice the log likelihood lies z² below its maximum.
    """
    x, n, root = np.broadcast_arrays(x, n, normal_quantile(level))

    def side(count: FloatArray) -> FloatArray:
        inner = (count > 0.0) & (count < n)
        t = _lower_log_odds(np.where(inner, count, n / 2.0).ravel(), n.ravel(), root.ravel()).reshape(n.shape)
        # at x = n the deviance is -2 n log p
        with np.errstate(divide="ignore"):
            end = -np.log(np.expm1(root**2 / (2.0 * n)))
        return np.where(inner, t, np.where(count > 0.0, end, -np.inf))

    return np.asarray(special.expit(side(x))), np.asarray(special.expit(-side(n - x)))


def _lower_log_odds(x: FloatArray, n: FloatArray, root: FloatArray) -> FloatArray:
    estimate = np.log(x / (n - x))
    # the failures' part of the deviance is least at p = 0, which bounds log p, hence the log-odds, from below
    low = np.maximum(np.log(x / n) - (root**2 / 2.0 + (n - x) * np.log(n / (n - x))) / x, -widest)
    spread = root * np.sqrt(n / (x * (n - x)))  # Wald on the log-odds lies close
    return newton_roots(_signed_root, estimate - spread, np.minimum(low, estimate), estimate, x, n, root)


def _signed_root(t: FloatArray, x: FloatArray, n: FloatArray, root: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Value of ``root`` minus the signed root of the deviance at log-odds ``t``, and its slope."""
    p, q = special.expit(t), special.expit(-t)
    gap = (x * q - (n - x) * p) / n
    # log(x/n/p) and log((n-x)/n/q) by log1p of the relative gap: exact near the estimate
    deviance = 2.0 * (x * np.log1p(gap / p) + (n - x) * np.log1p(-gap / q))
    distance = np.sqrt(np.maximum(deviance, 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = n * gap / distance
    return root - distance, slope
