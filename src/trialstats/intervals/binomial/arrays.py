"""How long arrays of counts are filled: in cache-sized blocks, and each distinct pair once where that pays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from trialstats.intervals.interval import FloatArray

BLOCK = 16_384
"""Counts in one call: their temporaries stay in the processor's cache, four times faster on a million counts."""

Filler: TypeAlias = Callable[[ArrayLike, ArrayLike, FloatArray], None]


def evaluate(fill: Filler, x: ArrayLike, n: ArrayLike, *, once: bool) -> FloatArray:
    """Return an array of three numbers per element on the first axis, which ``fill(x, n, out)`` writes.

    ``fill`` works on any broadcastable shapes. ``once``: an element costs so much that it pays to find the distinct
    pairs first.
    """
    xa, na = np.broadcast_arrays(x, n)
    result = np.empty((3, *xa.shape))
    if xa.size <= BLOCK:
        fill(x, n, result)
        return result
    recurring = _distinct(xa, na) if once else None
    if recurring is not None:
        *pair, place = recurring
        return evaluate(fill, *pair, once=False)[:, place].reshape(result.shape)
    flat_x, flat_n, flat = xa.ravel(), na.ravel(), result.reshape(3, -1)
    for start in range(0, xa.size, BLOCK):
        piece = slice(start, start + BLOCK)
        fill(flat_x[piece], flat_n[piece], flat[:, piece])
    return result


def _distinct(x: NDArray[Any], n: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any], NDArray[np.intp]] | None:
    """Distinct pairs and where each element finds its own; None unless fewer pairs are possible than elements."""
    if x.dtype.kind not in "iu" or n.dtype.kind not in "iu":
        return None
    least_x, least_n = int(x.min()), int(n.min())
    width, height = int(x.max()) - least_x + 1, int(n.max()) - least_n + 1
    if width * height > x.size // 2:
        return None
    key = ((n - least_n).astype(np.intp) * width + (x - least_x).astype(np.intp)).ravel()
    place = np.zeros(width * height, dtype=np.intp)
    place[key] = 1
    distinct = np.flatnonzero(place)
    place[distinct] = np.arange(distinct.size)
    return distinct % width + least_x, distinct // width + least_n, place[key]
