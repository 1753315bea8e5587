"""Density, distribution and quantiles of Beta distributions, accurate for parameters of any size."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from trialstats.errors import InputError
from trialstats.intervals.interval import FloatArray, plain

_HALF_LOG_2PI = 0.9189385332046727


def check_parameters(a: ArrayLike, b: ArrayLike) -> tuple[Any, Any]:
    """Return the parameters of Beta distributions as floats or arrays of one shape.

    Refuse one that is not positive and finite, and shapes that do not match.
    """
    try:
        both = np.broadcast_arrays(np.array(a, dtype=np.float64), np.array(b, dtype=np.float64))
    except (TypeError, ValueError):
        raise InputError(f"a and b must be positive numbers of matching shapes, got {a!r} and {b!r}.") from None
    for name, values in zip("ab", both, strict=True):
        if (bad := ~((values > 0.0) & (values < np.inf))).any():
            raise InputError(f"{name} must be a positive number, got {values[bad].ravel()[0]:g}.")
    return plain(both[0]), plain(both[1])


def log_kernel(a: ArrayLike, b: ArrayLike, x: ArrayLike, y: ArrayLike) -> Any:
    """Return log of ``x^a y^b / B(a, b)``, the density of a Beta in the log odds of x, where y = 1 - x.

    The powers and B(a, b) are each huge for large parameters; taken together as deviances from the mean and remainders
    of Stirling's formula nothing cancels. x and y lie strictly between 0 and 1; all four broadcast.

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
    scale = 0.5 * np.log(a / n * b) - _HALF_LOG_2PI + stirling(n) - stirling(a) - stirling(b)
    return scale - _deviance(a, n * x) - _deviance(b, n * y)


def log_density(a: ArrayLike, b: ArrayLike, x: FloatArray) -> Any:
    """Return the log density at rates strictly between 0 and 1."""
    return log_kernel(a, b, x, 1.0 - x) - np.log(x) - np.log1p(-x)


def beta_cdf(a: FloatArray, b: FloatArray, x: FloatArray, y: FloatArray) -> FloatArray:
    """P(rate < x), from whichever of x and y = 1 - x has the digits."""
    left = x <= 0.5
    below = np.empty(np.broadcast_shapes(np.shape(a), np.shape(x)))
    special.betainc(a, b, x, out=below, where=left)
    special.betaincc(b, a, y, out=below, where=~left)
    return below


def beta_ppf(a: ArrayLike, b: ArrayLike, q: ArrayLike) -> FloatArray:
    """Rate below which the probability is `q`."""
    return _quantile(special.betaincinv, a, b, q)


def beta_isf(a: ArrayLike, b: ArrayLike, q: ArrayLike) -> FloatArray:
    """Rate above which the probability is `q`."""
    return _quantile(special.betainccinv, a, b, q)


def _quantile(inverse: np.ufunc, *values: ArrayLike) -> FloatArray:
    """Return scipy's inverse, which may miss the middle of a symmetric distribution by 2e-8: there it is 1/2."""
    a, b, q = (np.asarray(value, dtype=np.float64) for value in values)
    return np.where((q == 0.5) & (np.abs(a - b) <= 1e-15 * a), 0.5, inverse(a, b, q))


def _deviance(count: FloatArray, expected: FloatArray) -> Any:
    """Half a Poisson deviance, count log(count / expected) + expected - count."""
    with np.errstate(all="ignore"):
        t = (count - expected) / expected
        far = count * (np.log(count) - np.log(expected)) + (expected - count)
        return np.where(np.abs(t) < 1.0, expected * ((1.0 + t) * np.log1p(t) - t), far)


def stirling(z: FloatArray) -> Any:
    """Log gamma of z less Stirling's (z - 1/2) log z - z + log(2 pi) / 2."""
    w = 1.0 / np.maximum(z, 10.0) ** 2
    series = 1 / 156 + w * (-3617 / 122400)
    for coefficient in (-691 / 360360, 1 / 1188, -1 / 1680, 1 / 1260, -1 / 360, 1 / 12):
        series = coefficient + w * series
    direct = special.gammaln(z) - (z - 0.5) * np.log(z) + z - _HALF_LOG_2PI
    return np.where(z < 10.0, direct, series / np.maximum(z, 10.0))
