"""The density of a Beta distribution on the log-odds axis, accurate for parameters of any size."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from trialstats.intervals.interval import FloatArray

__all__ = ["log_kernel"]

_HALF_LOG_2PI = 0.9189385332046727


def log_kernel(a: ArrayLike, b: ArrayLike, x: ArrayLike, y: ArrayLike) -> Any:
    """Return log of ``x^a y^b / B(a, b)``, the density of a Beta in the log odds of x, where y = 1 - x.

    The powers and B(a, b) are each huge for large parameters; taken together as deviances from the mean and remainders
    of Stirling's formula nothing cancels.

    Parameters
    ----------
    a, b : array_like
        Parameters.
    x, y : array_like
        Rates strictly between 0 and 1, and their complements.

    Returns
    -------
    float or ndarray

    References
    ----------
    .. [1] Loader C. Fast and accurate computation of binomial probabilities. 2000.

    Examples
    --------
    >>> round(float(np.exp(log_kernel(2.0, 1.0, 0.5, 0.5))), 12)
    0.25
    """
    a, b, x, y = (np.asarray(value, dtype=np.float64) for value in (a, b, x, y))
    n = a + b
    scale = 0.5 * np.log(a / n * b) - _HALF_LOG_2PI + _stirling(n) - _stirling(a) - _stirling(b)
    return scale - _deviance(a, n * x) - _deviance(b, n * y)


def _deviance(count: FloatArray, expected: FloatArray) -> Any:
    """Half a Poisson deviance, count log(count / expected) + expected - count."""
    with np.errstate(all="ignore"):
        t = (count - expected) / expected
        far = count * (np.log(count) - np.log(expected)) + (expected - count)
        return np.where(np.abs(t) < 1.0, expected * ((1.0 + t) * np.log1p(t) - t), far)


def _stirling(z: FloatArray) -> Any:
    """Remainder of Stirling's formula for log gamma."""
    w = 1.0 / np.maximum(z, 10.0) ** 2
    series = 1 / 156 + w * (-3617 / 122400)
    for coefficient in (-691 / 360360, 1 / 1188, -1 / 1680, 1 / 1260, -1 / 360, 1 / 12):
        series = coefficient + w * series
    direct = special.gammaln(z) - (z - 0.5) * np.log(z) + z - _HALF_LOG_2PI
    return np.where(z < 10.0, direct, series / np.maximum(z, 10.0))
