"""Equal-tailed and highest-density intervals of the Beta posterior under Jeffreys and uniform priors."""

from __future__ import annotations

import numpy as np
from scipy import special

from trialstats.intervals.binomial.exact import clopper_pearson
from trialstats.intervals.binomial.likelihood import deviance_limits
from trialstats.intervals.binomial.method import Limits
from trialstats.intervals.interval import FloatArray, normal_quantile
from trialstats.intervals.roots import newton_roots

__all__ = ["jeffreys", "jeffreys_boundary", "jeffreys_hpd", "jeffreys_modified", "uniform", "uniform_hpd"]


def _equal_tailed(x: FloatArray, n: FloatArray, level: FloatArray, prior: float) -> Limits:
    a, b, tail = x + prior, n - x + prior, (1.0 - level) / 2.0
    return np.asarray(special.betaincinv(a, b, tail)), np.asarray(special.betainccinv(a, b, tail))


def jeffreys(x: FloatArray, n: FloatArray, level: FloatArray) -> Limits:
    """Equal-tailed interval of Beta(x + 1/2, n - x + 1/2)."""
    return _equal_tailed(x, n, level, 0.5)


def jeffreys_boundary(x: FloatArray, n: FloatArray, level: FloatArray) -> Limits:
    """Jeffreys, with lower limit 0 at x = 0 and upper limit 1 at x = n."""
    lower, upper = jeffreys(x, n, level)
    return np.where(x == 0.0, 0.0, lower), np.where(x == n, 1.0, upper)


def jeffreys_modified(x: FloatArray, n: FloatArray, level: FloatArray) -> Limits:
    """Jeffreys; Clopper-Pearson at x = 0 and x = n; 0 below at x = 1 and 1 above at x = n - 1."""
    lower, upper = jeffreys(x, n, level)
    exact_lower, exact_upper = clopper_pearson(x, n, level)
    end = (x == 0.0) | (x == n)
    lower = np.where(end, exact_lower, np.where(x == 1.0, 0.0, lower))
    return lower, np.where(end, exact_upper, np.where(x == n - 1.0, 1.0, upper))


def uniform(x: FloatArray, n: FloatArray, level: FloatArray) -> Limits:
    """Equal-tailed interval of Beta(x + 1, n - x + 1)."""
    return _equal_tailed(x, n, level, 1.0)


def _highest_density(x: FloatArray, n: FloatArray, level: FloatArray, prior: float) -> Limits:
    """Points of equal density of Beta(a, b) that enclose ``level``; one-sided where the density is monotone.

    Equal density is equal deviance of a - 1 successes in a + b - 2: these are likelihood-ratio limits whose critical
    value is not z but, close to it, the one that makes the mass right.
    """
    x, n, level = np.broadcast_arrays(x, n, level)
    a, b = x + prior, n - x + prior
    lower = np.where(x == 0.0, 0.0, special.betainccinv(a, b, level))
    upper = np.where(x == n, 1.0, special.betaincinv(a, b, level))
    inner = (x > 0.0) & (x < n)
    lower[inner], upper[inner] = _two_sided(a[inner], b[inner], level[inner])
    return lower, upper


def _two_sided(a: FloatArray, b: FloatArray, level: FloatArray) -> Limits:
    z = normal_quantile(level)
    root = newton_roots(_log_enclosed, z, np.zeros_like(z), z + 40.0, a, b, 1.0 - level)
    return deviance_limits(a - 1.0, a + b - 2.0, root)


def _log_enclosed(root: FloatArray, a: FloatArray, b: FloatArray, alpha: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Log of ``alpha`` over the mass outside the limits of deviance ``root**2``, and its slope."""
    total = a + b - 2.0
    limits = deviance_limits(a - 1.0, total, root)
    outside = special.betainc(a, b, limits[0]) + special.betainc(b, a, 1.0 - limits[1])
    with np.errstate(divide="ignore", invalid="ignore"):
        # a limit moves by root / (total |p - mode|) on the log-odds, where the density is p^a q^b / B(a, b)
        slope = sum(
            np.exp(special.xlogy(a, p) + special.xlog1py(b, -p) - special.betaln(a, b)) / np.abs(p - (a - 1.0) / total)
            for p in limits
        )
        return np.log(alpha / outside), slope * root / (total * outside)


def jeffreys_hpd(x: FloatArray, n: FloatArray, level: FloatArray) -> Limits:
    """Highest-density interval of Beta(x + 1/2, n - x + 1/2)."""
    return _highest_density(x, n, level, 0.5)


def uniform_hpd(x: FloatArray, n: FloatArray, level: FloatArray) -> Limits:
    """Highest-density interval of Beta(x + 1, n - x + 1)."""
    return _highest_density(x, n, level, 1.0)
