"""Equal-tailed and highest-density intervals of the Beta posterior under Jeffreys and uniform priors."""

from __future__ import annotations

import numpy as np
from scipy import special

from trialstats.intervals.binomial.exact import clopper_pearson
from trialstats.intervals.binomial.method import Limits
from trialstats.intervals.highest_density import highest_density
from trialstats.intervals.interval import FloatArray


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


def jeffreys_hpd(x: FloatArray, n: FloatArray, level: FloatArray) -> Limits:
    """Highest-density interval of Beta(x + 1/2, n - x + 1/2)."""
    return highest_density(x + 0.5, n - x + 0.5, level)


def uniform_hpd(x: FloatArray, n: FloatArray, level: FloatArray) -> Limits:
    """Highest-density interval of Beta(x + 1, n - x + 1)."""
    return highest_density(x + 1.0, n - x + 1.0, level)
