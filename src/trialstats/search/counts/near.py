"""Which counts lie so near to the printed bounds that the limits of some method at them may print these.

Wilson's limits stand for all: `envelope` says how far those of each method can lie from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from trialstats.intervals.interval import FloatArray
from trialstats.search.counts.envelope import FROM_N
from trialstats.search.counts.kept_limits import Reach, reach_of_few
from trialstats.search.counts.ranges import Candidates, Room

BoolArray: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Needs:
    """How far from Wilson's limits those at each candidate must lie, in patients; `envelope` knows who goes so far."""

    small: BoolArray
    """Candidates below the n that the envelope speaks of; their limits are known one by one."""
    some_small: bool
    direct: list[tuple[FloatArray, FloatArray]]
    """Outwards and inwards, by family of roundings."""
    halves: tuple[FloatArray, FloatArray] | None
    """The same for half-widths."""

    def __getitem__(self, keep: BoolArray) -> Needs:
        small = self.small[keep]
        direct = [(outwards[keep], inwards[keep]) for outwards, inwards in self.direct]
        halves = None if self.halves is None else (self.halves[0][keep], self.halves[1][keep])
        return Needs(small, self.some_small and bool(small.any()), direct, halves)


def needs_of(
    found: Candidates,
    bounds: Sequence[tuple[Room, Room]],
    boxes: Sequence[BoolArray | bool],
    half_hull: Room | None,
) -> Needs:
    """Return how far from Wilson's the limits at each count must lie to print the bounds.

    By family of roundings, ``bounds`` are the rooms of the lower and of the upper bound, ``boxes`` which counts print
    the estimate. ``half_hull`` is the room of half the interval, where bounds can come from it.
    """
    direct: list[tuple[FloatArray, FloatArray]] = []
    for (low, high), box in zip(bounds, boxes, strict=True):
        outwards: FloatArray = np.maximum(found.lower - low[1], high[0] - found.upper) * found.n
        inwards: FloatArray = np.maximum(low[0] - found.lower, found.upper - high[1]) * found.n
        direct.append((outwards if box is True else np.where(box, outwards, np.inf), inwards))
    halves = None
    if half_hull is not None:
        half = (found.upper - found.lower) / 2
        halves = (half_hull[0] - half) * found.n, (half - half_hull[1]) * found.n
    small = found.n < FROM_N
    return Needs(small, bool(small.any()), direct, halves)


def near(methods: tuple[str, ...], reach: Reach, level: float, needs: Needs, *, halves: bool) -> BoolArray:
    """Return at which counts limits within reach of Wilson's may print the bounds.

    ``reach`` is how far the methods' limits can lie from Wilson's, of `FROM_N` patients or more; with ``halves`` the
    bounds may come from a rounded half-width.
    """
    most_out: FloatArray | float = reach[0]
    most_in: FloatArray | float = reach[1]
    if needs.some_small:
        few = reach_of_few(methods, level)
        most_out, most_in = np.where(needs.small, few[0], reach[0]), np.where(needs.small, few[1], reach[1])
    found = np.zeros(needs.small.shape, dtype=bool)
    for outwards, inwards in needs.direct:
        found |= (outwards <= most_out) & (inwards <= most_in)
    if halves and needs.halves is not None:
        outwards, inwards = needs.halves
        found |= needs.small | ((outwards <= reach[0]) & (inwards <= reach[1]))
    return found
