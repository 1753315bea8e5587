"""Exact probability that one Beta-distributed rate exceeds another by more than a margin.

Two exact routes, each a sum of positive terms, so that the smaller of the two probabilities keeps its digits:

* a hypergeometric series (finite where a or b is an integer), for a margin of 0 and parameters up to thousands;
* quadrature elsewhere. With densities f, distribution functions F and survival functions S of X and Y, and any weight w
  that falls from 1 to 0,

  ``P(X > Y) = integral of w f_X F_Y + (1 - w) f_Y S_X - w' F_Y S_X``,

  which is the integral of f_X F_Y with its second part integrated by parts. On the axis of log odds the integrand is
  analytic wherever the imaginary part is within π of 0, and falls off exponentially on both sides: there the
  trapezoidal rule converges exponentially. w is a normal curve about the point that matters most.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from trialstats.errors import InputError
from trialstats.intervals.beta import Beta
from trialstats.intervals.beta_density import beta_cdf, log_kernel
from trialstats.intervals.beta_mixture import BetaMixture
from trialstats.intervals.interval import FloatArray, plain

_TERMS = 600  # longest series
_CHUNK = 4096  # pairs worked on together: their arrays stay in the processor's cache
_STEP = 0.3  # of the quadrature, in widths of the narrowest feature
_NODES = 8  # taken together on each side
_TINY = 1e-300


def prob_greater(first: Beta | BetaMixture, second: Beta | BetaMixture, margin: ArrayLike = 0.0) -> Any:
    """Return the exact probability that the first rate exceeds the second by more than a margin.

    Parameters
    ----------
    first, second : Beta or BetaMixture
        Independent distributions of two rates; arrays broadcast.
    margin : array_like, default 0
        Difference of rates, from -1 to 1.

    Returns
    -------
    float or ndarray
        P(first > second + margin); absolute error below 1e-12, and where it or its complement is small that one
        keeps its relative accuracy (ask for the complement by exchanging the two and the sign of the margin).

    Raises
    ------
    InputError
        If an argument is not a Beta or a mixture of them, or a margin is not a number from -1 to 1.

    References
    ----------
    .. [1] Cook JD. Exact calculation of beta inequalities. UT MD Anderson Cancer Center Department of Biostatistics
       Working Paper 54-05; 2005. Recurrence relations.
    .. [2] Miller E. Formulas for Bayesian A/B testing. 2015. Binary outcomes.
    .. [3] Trefethen LN, Weideman JAC. The exponentially convergent trapezoidal rule. SIAM Rev 2014;56:385-458.

    Examples
    --------
    >>> round(prob_greater(Beta(21, 8), Beta(24, 10)), 10)
    0.5674155594
    >>> round(prob_greater(Beta(21, 8), Beta(24, 10), margin=0.1), 6)
    0.234126
    >>> historical = BetaMixture([0.8, 0.2], [Beta(12, 28), Beta(1, 1)])
    >>> round(prob_greater(historical.update(20, 27), Beta(24, 10)), 4)
    0.5561
    """
    for value in (first, second):
        if not isinstance(value, (Beta, BetaMixture)):
            raise InputError(f"prob_greater compares two Beta distributions or mixtures of them, got {value!r}.")
    try:
        d = np.asarray(margin, dtype=np.float64)
    except (TypeError, ValueError):
        raise InputError(f"margin must be a difference of rates from -1 to 1 such as 0.1, got {margin!r}.") from None
    if isinstance(first, BetaMixture) or isinstance(second, BetaMixture):
        (weights, one), (others, other) = _components(first), _components(second)
        pairs = prob_greater(
            Beta(one.a[..., :, None], one.b[..., :, None]), Beta(other.a[..., None, :], other.b[..., None, :]),
            d[..., None, None],
        )  # fmt: skip
        return plain(np.einsum("i,j,...ij->...", weights, others, pairs))
    try:
        arrays = np.broadcast_arrays(first.a, first.b, second.a, second.b, d)
    except ValueError:
        shapes = ", ".join(str(np.shape(values)) for values in (first.a, second.a, d))
        raise InputError(f"Both distributions and the margin must have matching shapes, got {shapes}.") from None
    if (bad := ~(np.abs(d) <= 1.0)).any():
        raise InputError(f"margin must be a difference of rates from -1 to 1, got {d[bad].ravel()[0]:g}.")
    shape = arrays[0].shape
    pairs = np.stack([array.ravel() for array in arrays])
    out = np.empty(pairs.shape[1])
    with np.errstate(all="ignore"):
        for start in range(0, out.size, _CHUNK):
            part = slice(start, start + _CHUNK)
            out[part] = _chunk(pairs[:, part])
    return out.reshape(shape) if shape else float(out[0])


def _components(distribution: Beta | BetaMixture) -> tuple[FloatArray, Beta]:
    """Return weights and components, these on a last axis."""
    if isinstance(distribution, BetaMixture):
        return distribution.weights, distribution.components
    return np.ones(1), Beta(np.asarray(distribution.a)[..., None], np.asarray(distribution.b)[..., None])


def _chunk(pairs: FloatArray) -> FloatArray:
    # a negative margin asks for the complement of a positive one with the arms exchanged
    flip = pairs[4] < 0.0
    a1, b1, a2, b2 = np.where(flip, pairs[[2, 3, 0, 1]], pairs[:4])
    d = np.abs(pairs[4])
    # compute whichever is smaller, P(X > Y + d) or its complement, judged by the means
    above = (a1 / (a1 + b1) - a2 / (a2 + b2) <= d) | (d == 1.0)
    # without a margin the complement is the same question with the arms exchanged
    swap = (d == 0.0) & ~above
    a1, b1, a2, b2 = np.where(swap, (a2, b2, a1, b1), (a1, b1, a2, b2))
    small, todo = np.zeros(d.shape), d < 1.0
    index = np.flatnonzero(d == 0.0)
    if index.size:
        small[index], solved = _series(a1[index], b1[index], a2[index], b2[index])
        todo[index[solved]] = False
    for job, wanted in ((_direct, above | swap), (_complement, ~above & ~swap)):
        index = np.flatnonzero(todo & wanted)
        if index.size:
            small[index] = job(*(values[index] for values in (a1, b1, a2, b2, d)))
    small = np.clip(small, 0.0, 1.0)
    return np.where(above != flip, small, 1.0 - small)


def _series(p: FloatArray, q: FloatArray, r: FloatArray, s: FloatArray) -> tuple[FloatArray, NDArray[np.bool_]]:
    """P(X > Y) for X ~ Beta(p, q), Y ~ Beta(r, s) as a sum, and where that sum was short enough to be used."""
    # seen from 1, X > Y is 1 - Y > 1 - X: s takes the part of p, and r that of q
    whole_p, whole_s = p == np.floor(p), s == np.floor(s)
    mirror = whole_s & ~(whole_p & (p <= s))
    p, q, r, s = np.where(mirror, (s, r, q, p), (p, q, r, s))
    whole = whole_p | whole_s
    common = np.exp(_log_overlap(p, q, r, s))
    total, solved = np.zeros_like(common), np.zeros(common.shape, dtype=np.bool_)
    for wanted, terms in ((True, _falling_terms), (False, _diagonal_terms)):
        index = np.flatnonzero((whole == wanted) & (common > 1e-290))
        if index.size:
            total[index], solved[index] = _add_up(terms, *(values[index] for values in (common, p, q, r, s)))
    return total, solved


def _falling_terms(state: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return what P(X > Y) loses when an integer p falls by 1, down to 0 at p = 0, and the next term's ratio to it."""
    common, p, q, r, s = state
    pq, pr = p + q - 1.0, p + r - 1.0
    factor = (pq + r + s) / (pq * pr)
    term = common * factor
    ratio = (p - 1.0) * factor
    common *= ratio
    np.maximum(p - 1.0, 1.0, out=p)
    return term, ratio


def _diagonal_terms(state: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return what P(X > Y) loses when q and r, which lower X and raise Y, rise by 1; such terms fall like 4 ** -i."""
    common, p, q, r, s = state
    pq, rs, pr, qs = p + q, r + s, p + r, q + s
    n = pq + rs
    term = common * (1.0 + rs * pr / (n * q)) / r
    ratio = (pr * qs) * (pq * rs) / (n * (n + 1.0) * q * r)
    common *= ratio
    q += 1.0
    r += 1.0
    return term, ratio


def _add_up(
    terms: Callable[[FloatArray], tuple[FloatArray, FloatArray]], *parameters: FloatArray
) -> tuple[FloatArray, NDArray[np.bool_]]:
    """Return sums of terms that rise at most once and then fall, and which of them have ended."""
    state = np.stack(parameters)
    total, ended = np.zeros(state.shape[1]), np.zeros(state.shape[1], dtype=np.bool_)
    active = np.arange(total.size)
    for _ in range(0, _TERMS, 16):
        part = np.zeros(active.size)
        for _ in range(16):
            term, ratio = terms(state)
            part += term
        total[active] += part
        go = ~((term <= 1e-17 * (1.0 - ratio) * total[active]) | (state[0] == 0.0))
        ended[active[~go]] = True
        active, state = active[go], state[:, go]
        if not active.size:
            break
    return total, ended


def _log_overlap(a1: FloatArray, b1: FloatArray, a2: FloatArray, b2: FloatArray) -> Any:
    """Return the log of B(a1 + a2, b1 + b2) / (B(a1, b1) B(a2, b2)), which every term of the recurrences contains."""
    a, b = a1 + a2, b1 + b2
    x, y = a / (a + b), b / (a + b)
    return log_kernel(a1, b1, x, y) + log_kernel(a2, b2, x, y) - log_kernel(a, b, x, y)


@dataclass(frozen=True, slots=True)
class _Axis:
    """The axis of integration: log odds of where X stands between d and 1, and where Y + d does."""

    a1: FloatArray
    b1: FloatArray
    a2: FloatArray
    b2: FloatArray
    d: FloatArray

    def take(self, index: Any) -> _Axis:
        return _Axis(self.a1[index], self.b1[index], self.a2[index], self.b2[index], self.d[index])

    def rates(self, v: FloatArray) -> tuple[FloatArray, ...]:
        """X and Y, each with its complement, and the position between the ends with its complement."""
        p, q, width = special.expit(v), special.expit(-v), 1.0 - self.d
        return self.d + width * p, width * q, width * p, self.d + width * q, p, q

    def slopes(self, v: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Slopes of the logarithms of both densities on the axis."""
        x, x1, y, y1, p, q = self.rates(v)
        slope1 = q * (y * (self.a1 - 1.0) / x + 1.0) - self.b1 * p
        slope2 = self.a2 * q - p * (x1 * (self.b2 - 1.0) / y1 + 1.0)
        return slope1, slope2


# at v: density and survival function of the upper variable, density and distribution function of the lower
_Functions = Callable[[_Axis, FloatArray], tuple[FloatArray, FloatArray, FloatArray, FloatArray]]


def _direct(a1: FloatArray, b1: FloatArray, a2: FloatArray, b2: FloatArray, d: FloatArray) -> FloatArray:
    """P(X > Y + d)."""
    # without a margin the fall-off is that of a1 + a2 and b1 + b2; two steps of the recurrence raise both by 1
    zero = np.where(d == 0.0, 1.0, 0.0)
    common = np.exp(_log_overlap(a1, b1, a2, b2))
    extra = zero * common * (1.0 + (a2 + b2) * (a1 + a2) / ((a1 + a2 + b1 + b2) * b1)) / a2

    def functions(axis: _Axis, v: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        x, x1, y, y1, p, q = axis.rates(v)
        f1, f2 = _densities(axis, x, x1, y, y1, p, q)
        return f1, beta_cdf(axis.b1, axis.a1, x1, x), f2, beta_cdf(axis.a2, axis.b2, y, y1)

    inside = _integrate(_Axis(a1, b1 + zero, a2 + zero, b2, d), functions, first_above=True)
    return np.asarray(extra + inside)


def _complement(a1: FloatArray, b1: FloatArray, a2: FloatArray, b2: FloatArray, d: FloatArray) -> FloatArray:
    """P(X < Y + d) for d > 0: certain where X < d or Y > 1 - d, else the same integral with Y above X."""
    below, above = beta_cdf(a1, b1, d, 1.0 - d), beta_cdf(b2, a2, d, 1.0 - d)

    def functions(axis: _Axis, v: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        x, x1, y, y1, p, q = axis.rates(v)
        f1, f2 = _densities(axis, x, x1, y, y1, p, q)
        s2 = beta_cdf(axis.b2, axis.a2, y1, y) - beta_cdf(axis.b2, axis.a2, axis.d, 1.0 - axis.d)
        return (
            f2,
            s2,
            f1,
            beta_cdf(axis.a1, axis.b1, x, x1) - beta_cdf(axis.a1, axis.b1, axis.d, 1.0 - axis.d),
        )

    inside = _integrate(_Axis(a1, b1, a2, b2, d), functions, first_above=False)
    return np.asarray(below + above * (1.0 - below) + inside)


def _densities(axis: _Axis, *rates: FloatArray) -> tuple[FloatArray, FloatArray]:
    x, x1, y, y1, p, q = rates
    f1 = np.exp(log_kernel(axis.a1, axis.b1, x, x1)) * (p / x)
    return f1, np.exp(log_kernel(axis.a2, axis.b2, y, y1)) * (q / y1)


def _integrate(axis: _Axis, functions: _Functions, *, first_above: bool) -> FloatArray:
    """Trapezoidal rule on the log-odds axis, outwards from where S of the upper times F of the lower is largest."""
    centre, scale = _centre(axis, functions, first_above=first_above)
    step = _STEP * scale
    total = np.zeros(centre.shape)
    block = np.arange(float(_NODES))
    for side in (1.0, -1.0):
        active, done = np.arange(centre.size), 0.0 if side > 0 else 1.0
        for _ in range(400):
            part = axis.take((active, None))
            k = side * (done + block)
            v = centre[active, None] + step[active, None] * k
            f_up, s_up, f_low, f_below = functions(part, v)
            z = _STEP * k
            w, fall = special.ndtr(-z), np.exp(-0.5 * z * z) / np.sqrt(2.0 * np.pi) / scale[active, None]
            values = w * f_up * f_below + (1.0 - w) * f_low * s_up + fall * f_below * s_up
            total[active] += step[active] * values.sum(axis=1)
            done += block.size
            active = active[step[active] * values[:, -1] * 100.0 > 1e-17 * total[active]]
            if not active.size:
                break
    return total


def _centre(axis: _Axis, functions: _Functions, *, first_above: bool) -> tuple[FloatArray, FloatArray]:
    """Where S of the upper times F of the lower is largest, roughly, and the width of the narrowest feature."""
    mean1, mean2 = axis.a1 / (axis.a1 + axis.b1), axis.a2 / (axis.a2 + axis.b2)
    width = 1.0 - axis.d
    p1, p2 = np.clip((mean1 - axis.d) / width, 1e-12, 1 - 1e-12), np.clip(mean2 / width, 1e-12, 1 - 1e-12)
    v1, v2 = special.logit(p1), special.logit(p2)
    low, high = np.full(v1.shape, -60.0), np.full(v1.shape, 60.0)
    centre = 0.5 * (v1 + v2)
    curvatures = np.ones(centre.shape)
    active = np.arange(centre.size)
    for _ in range(60):
        part, v = axis.take(active), centre[active]
        f_up, s_up, f_low, f_below = functions(part, v)
        slope1, slope2 = part.slopes(v)
        up, low_slope = (slope1, slope2) if first_above else (slope2, slope1)
        # where a tail has underflowed, the maximum lies towards its other side
        hazard = np.where(s_up > _TINY, f_up / s_up, np.inf)
        reverse = np.where(f_below > _TINY, f_low / f_below, np.inf)
        gradient = reverse - hazard
        curvature = hazard * (hazard + up) + reverse * (reverse - low_slope)
        rising = gradient > 0.0
        left, right = np.where(rising, v, low[active]), np.where(rising, high[active], v)
        low[active], high[active] = left, right
        newton = v + gradient / curvature
        good = (curvature > 0.0) & (newton > left) & (newton < right)
        close = good & (gradient * gradient <= 0.25 * curvature)
        centre[active] = np.where(close, v, np.where(good, newton, 0.5 * (left + right)))
        curvatures[active] = curvature
        active = active[~(close | (right - left < 1e-6))]
        if not active.size:
            break
    # standard deviations on the axis, where each variable has its mean
    sd1, sd2 = (np.sqrt(m * (1.0 - m) / (n + 1.0)) for m, n in ((mean1, axis.a1 + axis.b1), (mean2, axis.a2 + axis.b2)))
    narrow = np.minimum(sd1 / (width * p1 * (1.0 - p1)), sd2 / (width * p2 * (1.0 - p2)))
    local = np.where((curvatures > 0.0) & np.isfinite(curvatures), curvatures**-0.5, np.inf)
    return centre, np.minimum(np.minimum(local, narrow), 0.6)
