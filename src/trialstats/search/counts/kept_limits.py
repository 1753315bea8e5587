"""Limits that are worked out for whole blocks of counts at once, and kept for other claims."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TypeAlias

import numpy as np

from trialstats.intervals.binomial import METHODS
from trialstats.intervals.binomial.casella_local import blyth_still_casella_of_few
from trialstats.intervals.interval import FloatArray

Reach: TypeAlias = tuple[float, float]
"""How far limits can lie from Wilson's, outwards and inwards, in patients."""

_DOUBT = 1e-6
BLOCK = 10
"""Numbers of patients whose limits are worked out together where they are kept."""


def kept_below(method: str) -> int:
    """Return below which n a method's limits are kept for other claims.

    Of very few patients nothing is left out by the envelope, so that every claim asks for them; and the regions of
    Blyth, Still and Casella cost as much for one count as for a hundred.
    """
    return 160 if method == "blyth-still-casella" else BLOCK


@lru_cache(maxsize=512)
def limits_of_block(method: str, level: float, block: int) -> tuple[FloatArray, FloatArray]:
    """Return the limits of a method at every count of ten successive numbers of patients, by place of n and x."""
    first = block * BLOCK
    n, x = (grid.ravel() for grid in np.indices((BLOCK, first + BLOCK)))
    n = n + first
    real = (x <= n) & (n > 0)
    lower, upper = np.full(n.size, np.nan), np.full(n.size, np.nan)
    sizes = n[real].astype(np.float64)
    function = blyth_still_casella_of_few if method == "blyth-still-casella" else METHODS[method].function
    lower[real], upper[real] = function(x[real].astype(np.float64), sizes, np.asarray(level))
    shape = BLOCK, first + BLOCK
    return lower.reshape(shape), upper.reshape(shape)


@cache
def reach_of_few(methods: tuple[str, ...], level: float) -> Reach:
    """Return how far the limits of some methods lie from Wilson's at any count of fewer than `FROM_N` patients."""
    wilson = limits_of_block("wilson", level, 0)
    n = np.arange(BLOCK)[:, np.newaxis]
    found = [(0.0, 0.0)]
    for method in methods:
        lower, upper = (np.clip(limit, 0.0, 1.0) for limit in limits_of_block(method, level, 0))
        inwards = np.fmax(lower - wilson[0], wilson[1] - upper) * n
        outwards = np.fmax(wilson[0] - lower, upper - wilson[1]) * n
        found.append((float(np.nanmax(outwards)), float(np.nanmax(inwards))))
    return max(one[0] for one in found) + _DOUBT, max(one[1] for one in found) + _DOUBT
