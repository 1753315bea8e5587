"""Where monotone functions cross: roots of many at once, with and without slopes, and the integers between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from trialstats.intervals.interval import FloatArray

Equation: TypeAlias = Callable[..., tuple[FloatArray, FloatArray]]
Predicate: TypeAlias = Callable[..., NDArray[np.bool_]]

_PRECISION = 4.0 * np.finfo(np.float64).eps


def newton_roots(
    equation: Equation,
    start: FloatArray,
    low: FloatArray,
    high: FloatArray,
    *data: FloatArray,
    smallest: float = 1.0,
) -> FloatArray:
    """Roots of an increasing equation, one per element, by Newton steps kept inside a shrinking bracket.

    ``equation(t, *data)`` returns value and slope, not above 0 at ``low``, not below 0 at ``high``; ``data`` are cut to
    the elements that still move. First guess and bracket are finite, of one dimension. Roots nearer 0 than ``smallest``
    need not keep all their digits; log-odds about 0 have none to keep.
    """
    root = np.clip(start, low, high)
    moving: NDArray[np.intp] = np.arange(root.size)
    t, low, high = root.copy(), low.copy(), high.copy()
    for _ in range(200):
        if not moving.size:
            break
        value, slope = equation(t, *data)
        np.copyto(high, t, where=value >= 0.0)
        np.copyto(low, t, where=value <= 0.0)
        with np.errstate(all="ignore"):
            step = t - value / slope
        newton = (step >= low) & (step <= high)
        new = np.where(newton, step, (low + high) / 2.0)
        root[moving] = new
        # Newton squares its error, so a short step leaves nothing; a bisection must go on to the last digit
        go = np.abs(new - t) > np.where(newton, 1e-10, 4e-16) * np.maximum(smallest, np.abs(t))
        moving, t, low, high = moving[go], new[go], low[go], high[go]
        data = tuple(column[go] for column in data)
    return root


def find_roots(
    function: Callable[[FloatArray, NDArray[np.intp]], FloatArray], low: FloatArray, high: FloatArray
) -> FloatArray:
    """Return where each function crosses zero between its ``low`` and ``high``, to a few units in the last place.

    Inverse quadratic interpolation where Chandrupatla's criterion trusts it, else bisection. ``function(points, rows)``
    gives the values at one point of each of the functions numbered ``rows``. One that is positive at ``low`` already,
    or negative at ``high`` still, has that end as root.

    References
    ----------
    .. [1] Chandrupatla TR. A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function
       without using derivatives. Adv Eng Softw 1997;28:145-9.
    """
    rows = np.arange(len(low))
    roots = low.copy()
    a, b = high.copy(), low.copy()
    fa, fb = function(a, rows), function(b, rows)
    roots[fa <= 0.0] = high[fa <= 0.0]
    open_ = (fa > 0.0) & (fb < 0.0)
    state: tuple[NDArray[Any], ...] = tuple(v[open_] for v in (rows, a, fa, b, fb, a, fa, np.full(len(low), 0.5)))
    for _ in range(200):
        rows, a, fa, b, fb, c, fc, t = state
        if not len(rows):
            break
        x = a + t * (b - a)
        fx = function(x, rows)
        same = np.sign(fx) == np.sign(fa)
        c, fc = np.where(same, a, b), np.where(same, fa, fb)
        b, fb = np.where(same, b, a), np.where(same, fb, fa)
        a, fa = x, fx
        best = np.where(np.abs(fa) < np.abs(fb), a, b)
        roots[rows] = best
        width = np.abs(b - a)
        precision = _PRECISION * np.abs(best) + 1e-290
        with np.errstate(all="ignore"):
            xi, phi = (a - b) / (c - b), (fa - fb) / (fc - fb)
            quadratic = fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
            trusted = (phi**2 < xi) & ((1.0 - phi) ** 2 < 1.0 - xi) & np.isfinite(quadratic)
            least = np.minimum(0.5, 0.5 * precision / width)
        t = np.clip(np.where(trusted, quadratic, 0.5), least, 1.0 - least)
        moving = (width > precision) & (fx != 0.0)
        state = tuple(v[moving] for v in (rows, a, fa, b, fb, c, fc, t))
    return roots


def least(predicate: Predicate, guess: FloatArray, low: FloatArray, high: FloatArray, *data: FloatArray) -> FloatArray:
    """Least whole number in (low, high] from which a predicate holds, one per element.

    It is taken to fail at ``low`` and to hold at ``high`` without being asked. The search walks away from the guess in
    doubling strides, never past the middle of what is left.
    """
    answer = high.copy()
    moving: NDArray[np.intp] = np.flatnonzero(high - low > 1.0)
    low, high, k = low[moving], high[moving], np.floor(guess[moving])
    data = tuple(column[moving] for column in data)
    k = np.clip(k, low + 1.0, high - 1.0)
    stride = 1.0
    while moving.size:
        holds = predicate(k, *data)
        low, high = np.where(holds, low, k), np.where(holds, k, high)
        answer[moving] = high
        middle = np.floor((low + high) / 2.0)
        k = np.where(holds, np.maximum(high - stride, middle), np.minimum(low + stride, middle))
        stride *= 2.0
        go = high - low > 1.0
        moving, low, high, k = moving[go], low[go], high[go], k[go]
        data = tuple(column[go] for column in data)
    return answer
