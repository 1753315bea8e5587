"""Roots of many increasing functions at once, without derivatives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trialstats.intervals.interval import FloatArray

__all__ = ["find_roots"]

_PRECISION = 4.0 * np.finfo(np.float64).eps


def find_roots(
    function: Callable[[FloatArray, NDArray[np.intp]], FloatArray], low: FloatArray, high: FloatArray
) -> FloatArray:
    """Return where each function crosses zero between its ``low`` and ``high``, to a few units in the last place.

    Inverse quadratic interpolation where Chandrupatla's criterion trusts it, else bisection.

    Parameters
    ----------
    function : callable
        ``function(points, rows)`` gives the values at one point of each of the functions numbered ``rows``.
    low, high : ndarray
        Brackets. A function that is positive at ``low`` already, or negative at ``high`` still, has that end as root.

    Returns
    -------
    ndarray
        The roots.

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
