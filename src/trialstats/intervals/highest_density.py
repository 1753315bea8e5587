"""The shortest interval that holds a probability of a Beta distribution."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from trialstats.intervals.beta_density import beta_isf, beta_ppf, log_density
from trialstats.intervals.interval import FloatArray
from trialstats.intervals.roots import newton_roots


def highest_density(a: ArrayLike, b: ArrayLike, level: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return the limits for parameters and levels that broadcast.

    One limit is 0 or 1 where the density has no inner peak. For a, b < 1 the region of highest density is two pieces:
    then it is the shortest single interval, the upper of two equally short ones. For the uniform distribution, all of
    whose intervals are equally short, it is the equal-tailed one.

    References
    ----------
    .. [1] Box GEP, Tiao GC. Bayesian Inference in Statistical Analysis. Addison-Wesley; 1973.

    Examples
    --------
    >>> low, high = highest_density([9, 0.5], [25, 8], 0.95)
    >>> low.round(3), high.round(3)
    (array([0.125, 0.   ]), array([0.412, 0.219]))
    """
    a, b, level = np.broadcast_arrays(*(np.asarray(value, dtype=np.float64) for value in (a, b, level)))
    from_0, to_1 = beta_ppf(a, b, level), beta_isf(a, b, level)
    low, high = np.zeros(a.shape), np.ones(a.shape)
    even = (a == b) & (a >= 1.0)  # symmetric, or flat: the equal-tailed interval
    peaked = (a > 1.0) & (b > 1.0) & ~even
    left = np.where((a < 1.0) & (b < 1.0), (from_0 < 1.0 - to_1) & (a != b), a < b)
    np.copyto(high, from_0, where=left)
    np.copyto(low, to_1, where=~left)
    low[even] = special.betaincinv(a[even], b[even], (1.0 - level[even]) / 2.0)
    high[even] = 1.0 - low[even]
    low[peaked], high[peaked] = _peaked(a[peaked], b[peaked], 1.0 - level[peaked])
    return low, high


def _peaked(a: FloatArray, b: FloatArray, outside: FloatArray) -> tuple[FloatArray, FloatArray]:
    """For a, b > 1: equal log densities at both ends, solved for the log of one end."""
    mirrored = a > b  # the end nearer its boundary is the one to solve for: near 0 it keeps its digits
    a, b = np.where(mirrored, b, a), np.where(mirrored, a, b)
    top = np.minimum((a - 1.0) / ((a - 1.0) + (b - 1.0)), special.betaincinv(a, b, outside))
    with np.errstate(all="ignore"):
        start = np.log(special.betaincinv(a, b, outside / 2.0))
        low = np.exp(newton_roots(_height, start, np.full(a.shape, -745.0), np.log(top), a, b, outside))
    low = np.where(low < 1e-300, 0.0, low)
    high = _other_end(low, a, b, outside)
    return np.where(mirrored, 1.0 - high, low), np.where(mirrored, 1.0 - low, high)


def _other_end(x: FloatArray, a: FloatArray, b: FloatArray, outside: FloatArray) -> FloatArray:
    return np.asarray(special.betainccinv(a, b, np.maximum(outside - special.betainc(a, b, x), 0.0)))


def _height(log_x: FloatArray, a: FloatArray, b: FloatArray, outside: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Log density at one end less that at the other, and its slope."""
    x = np.exp(log_x)
    y = _other_end(x, a, b, outside)
    gap = log_density(a, b, x) - log_density(a, b, y)
    slope_x, slope_y = ((a - 1.0) / t - (b - 1.0) / (1.0 - t) for t in (x, y))
    return gap, x * (slope_x - slope_y * np.exp(gap))
