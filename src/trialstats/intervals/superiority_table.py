"""Probabilities that each of some rates exceeds each of some others by a margin: one quadrature for a whole table."""

from __future__ import annotations

import numpy as np
from scipy import special

from trialstats.intervals.beta import Beta
from trialstats.intervals.beta_density import beta_cdf, log_kernel
from trialstats.intervals.interval import FloatArray
from trialstats.intervals.superiority import prob_greater

_STEP = 0.35  # of the quadrature, in standard deviations of the narrowest distribution
_NOTHING = 1e-17
_SMALLEST = 0.1
_NODES = 512  # taken together


def prob_greater_table(first: Beta, second: Beta, margin: float) -> FloatArray:
    """Return the probability that each first rate exceeds each second one by more than a margin, first by second.

    All pairs share the nodes of one trapezoidal rule on the axis of log odds, so that densities and distribution
    functions are computed once for each distribution (of one dimension) and not once for each pair. The absolute error
    is below 1e-12; `prob_greater` keeps the relative accuracy of small probabilities besides.

    References
    ----------
    .. [1] Trefethen LN, Weideman JAC. The exponentially convergent trapezoidal rule. SIAM Rev 2014;56:385-458.

    Examples
    --------
    >>> table = prob_greater_table(Beta([21, 22], [8, 7]), Beta([24], [10]), 0.1)
    >>> table.round(6).ravel().tolist()
    [0.234126, 0.335459]
    """
    if margin < 0.0:
        return np.asarray(1.0 - prob_greater_table(second, first, -margin).T)
    a1, b1, a2, b2 = (np.asarray(values, dtype=np.float64) for values in (first.a, first.b, second.a, second.b))
    if min(float(values.min()) for values in (a1, b1, a2, b2)) < _SMALLEST:  # the ends of the axis are too far off
        return np.asarray(prob_greater(Beta(a1[:, None], b1[:, None]), Beta(a2, b2), margin))
    # x stands at d + (1 - d) p: beyond these ends one distribution has nothing left.
    width = 1.0 - margin
    low = float(np.log(special.betaincinv(a2, b2, _NOTHING)).min())
    high = -float(np.log(special.betaincinv(b1, a1, _NOTHING)).min())
    step = _STEP * min(_narrowest(a1, b1, margin, width), _narrowest(a2, b2, 0.0, width), 0.7)
    nodes = np.arange(np.floor(low / step), np.ceil(high / step) + 1.0) * step
    total = np.zeros((a1.size, a2.size))
    for start in range(0, nodes.size, _NODES):
        v = nodes[start : start + _NODES]
        p, q = special.expit(v), special.expit(-v)
        x, x1, y = margin + width * p, width * q, width * p
        density = np.exp(log_kernel(a1[:, None], b1[:, None], x, x1)) * (p / x)
        total += density @ beta_cdf(a2[:, None], b2[:, None], y, margin + width * q).T
    return np.clip(step * total, 0.0, 1.0)


def _narrowest(a: FloatArray, b: FloatArray, shift: float, width: float) -> float:
    """Return the least standard deviation on the axis, where each distribution has its mean."""
    mean = a / (a + b)
    sd = np.sqrt(mean * (1.0 - mean) / (a + b + 1.0))
    p = np.clip((mean - shift) / width, 0.0, 1.0)
    # Beyond the ends of the axis it has no feature; near them the axis is stretched.
    return float(np.min(sd / (width * np.maximum(p * (1.0 - p), 1e-3 * sd))))
