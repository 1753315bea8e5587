"""The Blyth-Still-Casella limits of a few counts, without those of all other counts of the same n.

The regions of `casella` move up outcome by outcome. Just before outcome b enters, the region is the shortest one with
top b - 1 that can have the level at all, because it gives up outcomes below as soon as it can: so it need not be
followed from the start. What is left of its history is the time of the last change without a choice before b enters; it
is looked for among the few outcomes before b. The tests compare with the full table.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from trialstats.intervals.binomial.casella import can_have_level, last_with_level, middle_of_exchange
from trialstats.intervals.binomial.method import Limits
from trialstats.intervals.binomial.tails import reflected_count
from trialstats.intervals.interval import FloatArray
from trialstats.intervals.roots import least

_BEFORE = 6
"""How many outcomes before b are looked at."""


class _Entry(NamedTuple):
    """When an outcome enters, and which one it replaces (-1: none)."""

    at: FloatArray
    leaving: FloatArray


def blyth_still_casella_of_few(x: FloatArray, n: FloatArray, level: FloatArray) -> Limits:
    """Return the limits of `casella.blyth_still_casella`; faster where an n has few counts."""
    x, n, level = np.broadcast_arrays(x, n, level)
    counts = np.concatenate([x.ravel(), (n - x).ravel()])
    sizes, alpha = np.tile(n.ravel(), 2), np.tile(1.0 - level.ravel(), 2)
    lower = np.zeros(counts.shape)
    some = counts > 0
    lower[some] = _lower(counts[some], sizes[some], alpha[some])
    half = x.size
    return lower[:half].reshape(x.shape), 1.0 - lower[half:].reshape(x.shape)


def _lower(b: FloatArray, n: FloatArray, alpha: FloatArray) -> FloatArray:
    entry = _enter(b, n, alpha)
    lower = entry.at.copy()
    (swapped,) = np.nonzero(entry.leaving >= 0)
    if swapped.size:
        into, out, n, alpha = b[swapped], entry.leaving[swapped], n[swapped], alpha[swapped]
        # The latest time of an exchange is the mirror image of the earliest time of the mirrored exchange.
        soonest, last = lower[swapped], 1.0 - _enter(n - out, n, alpha).at
        lower[swapped] = middle_of_exchange(into, out, n, soonest, last)
    return lower


def _enter(b: FloatArray, n: FloatArray, alpha: FloatArray) -> _Entry:
    """Follow the region through the outcomes just before b; b >= 1."""
    tops = b - 1.0 - np.arange(_BEFORE, -1, -1.0)[:, np.newaxis]
    real = tops >= 0.0
    top, sizes, alphas = np.maximum(tops, 0.0), np.broadcast_to(n, tops.shape), np.broadcast_to(alpha, tops.shape)
    # Neighbouring counts share most of their stages: each is computed once.
    _, levels = np.unique(alphas.ravel(), return_inverse=True)
    base = int(n.max(initial=0)) + 1
    key = (levels * base + sizes.ravel().astype(np.int64)) * base + top.ravel().astype(np.int64)
    _, first, place = np.unique(key, return_index=True, return_inverse=True)
    each = (top.ravel()[first], sizes.ravel()[first], alphas.ravel()[first])
    start, ends, begins, swaps = (part[place.ravel()].reshape(top.shape) for part in _stages(*each))

    fixed, at = np.zeros(b.shape), np.zeros(b.shape)
    swapped = np.zeros(b.shape, dtype=bool)
    for k in range(len(tops)):
        if k > 0:
            dropped = real[k - 1] & (start[k] > start[k - 1] + swapped)
            fixed = np.where(dropped, np.maximum(fixed, begins[k]), fixed)
        soonest = np.maximum(swaps[k], fixed)
        swapped = real[k] & (soonest <= ends[k])
        at = np.where(swapped, soonest, np.maximum(fixed, ends[k]))
        fixed = np.where(real[k] & ~swapped, np.maximum(fixed, ends[k]), fixed)
    return _Entry(at, np.where(swapped, start[-1], -1.0))


def _stages(top: FloatArray, n: FloatArray, alpha: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Start, last and first time of the shortest region that ends at ``top``, and when it can move up by one."""
    start, one_up = _shortest_start(top, n, alpha), _shortest_start(top + 1.0, n, alpha)
    swaps = np.full(top.shape, 2.0)
    can = one_up >= start + 1.0
    swaps[can] = _first(start[can] + 1.0, top[can] + 1.0, n[can], alpha[can])
    return start, last_with_level(start, top, n, alpha), _first(start, top, n, alpha), swaps


def _shortest_start(top: FloatArray, n: FloatArray, alpha: FloatArray) -> FloatArray:
    """Return where the shortest region starts that ends at ``top`` and can have the level."""
    bottom = n - top
    guess = reflected_count(bottom, n, alpha)
    return n - least(can_have_level, guess, bottom - 1.0, n, bottom, n, alpha)


def _first(a: FloatArray, b: FloatArray, n: FloatArray, alpha: FloatArray) -> FloatArray:
    """Smallest p at which a..b has the level."""
    return 1.0 - last_with_level(n - b, n - a, n, alpha)
