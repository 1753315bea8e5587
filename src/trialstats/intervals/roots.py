"""Roots of many monotone functions at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from trialstats.intervals.interval import FloatArray

__all__ = ["IndexArray", "increasing_root"]

IndexArray: TypeAlias = NDArray[np.intp]


def increasing_root(
    function: Callable[[FloatArray, IndexArray], tuple[FloatArray, FloatArray]],
    low: FloatArray,
    high: FloatArray,
    start: FloatArray,
) -> FloatArray:
    """Roots of increasing functions: Newton steps, bisection where they leave the bracket.

    `function` is given values and the indices they belong to, and returns values and slopes.
    """
    low, high, x = np.array(low), np.array(high), np.clip(start, low, high)
    active = np.arange(x.size)
    for _ in range(100):
        old = x[active]
        value, slope = function(old, active)
        left, right = np.where(value <= 0.0, old, low[active]), np.where(value >= 0.0, old, high[active])
        newton = old - value / slope
        taken = (newton >= left) & (newton <= right)
        new = np.where(taken, newton, 0.5 * (left + right))
        low[active], high[active], x[active] = left, right, new
        # a short Newton step squares the error; bisection has to close its bracket
        close = np.where(taken, np.abs(new - old) <= 1e-9 * np.abs(old), right - left <= 4e-16 * np.abs(old))
        active = active[~(close | (value == 0.0))]
        if not active.size:
            break
    return x
