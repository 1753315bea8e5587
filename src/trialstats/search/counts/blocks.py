"""Explanations by counts, held as arrays: a block for each convention, single explanations made when asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from trialstats.explanations import Block, Counts, Explanation
from trialstats.intervals.interval import FloatArray
from trialstats.reported import Range
from trialstats.search.counts.ranges import IntArray, count_limits, expand
from trialstats.search.counts.ways import added_by

_Runs: TypeAlias = tuple[IntArray, IntArray, IntArray, IntArray]
"""First and last x at each n, these n, and how many counts there are up to the end of each."""
_PIECE = 500_000
"""Numbers of patients whose counts are worked out together: a few megabytes."""


@dataclass(frozen=True, eq=False)
class CountBlock(Block):
    """The counts that print a proportion and its interval under one convention."""

    x: IntArray
    n: IntArray
    lower: FloatArray
    upper: FloatArray
    """The limits at these, before rounding and unclipped."""

    @property
    def size(self) -> int:
        """How many."""
        return int(self.x.size)

    @cached_property
    def _added(self) -> float:
        convention = self.convention
        return added_by(convention.point, convention.method or "", convention.level or 0.95)

    def item(self, i: int) -> Explanation:
        """Make the i-th explanation."""
        x, n, added = int(self.x[i]), int(self.n[i]), self._added
        estimate = (x + added) / (n + 2 * added)
        return Explanation(Counts(x, n), self.convention, estimate, float(self.lower[i]), float(self.upper[i]))

    def columns(self) -> Mapping[str, NDArray[Any]]:
        """Return counts, estimates and limits."""
        estimate = (self.x + self._added) / (self.n + 2 * self._added)
        return {"x": self.x, "n": self.n, "estimate": estimate, "lower": self.lower, "upper": self.upper}


@dataclass(frozen=True, eq=False)
class RunsBlock(Block):
    """The counts behind a percentage without an interval: a run of them at each n."""

    n: IntArray
    values: Range
    """What the percentage stands for."""
    x: int | None = None
    """The count, where it is known."""

    def _runs(self, piece: int) -> _Runs:
        """Return the runs at each n of a piece of them that has any."""
        n = self.n[piece * _PIECE : (piece + 1) * _PIECE]
        first, last = count_limits(self.values, n)
        if self.x is not None:
            first, last = np.maximum(first, self.x), np.minimum(last, self.x)
        some = first <= last
        first, last = first[some], last[some]
        return first, last, n[some], np.cumsum(last - first + 1)

    @cached_property
    def _first(self) -> _Runs:
        return self._runs(0)

    def _pieces(self) -> Iterator[_Runs]:
        yield self._first
        yield from map(self._runs, range(1, -(-self.n.size // _PIECE)))

    @cached_property
    def _ends(self) -> list[int]:
        """How many there are up to the end of each piece."""
        return list(accumulate(int(ends[-1]) if ends.size else 0 for *_, ends in self._pieces()))

    @property
    def size(self) -> int:
        """How many."""
        return self._ends[-1]

    def item(self, i: int) -> Explanation:
        """Make the i-th explanation."""
        piece = bisect_right(self._ends, i)
        _, last, sizes, ends = self._runs(piece) if piece else self._first
        at = i - (self._ends[piece] - int(ends[-1]))
        k = int(np.searchsorted(ends, at, side="right"))
        x, n = int(last[k] - (ends[k] - 1 - at)), int(sizes[k])
        return Explanation(Counts(x, n), self.convention, x / n)

    def columns(self) -> Mapping[str, NDArray[Any]]:
        """Return counts and estimates."""
        pairs = [expand(*piece[:3]) for piece in self._pieces()]
        x, n = (np.concatenate(part) for part in zip(*pairs, strict=True))
        return {"x": x, "n": n, "estimate": x / n}

    def n_values(self) -> list[int]:
        """Return the distinct denominators, ascending."""
        return [int(n) for n in np.unique(np.concatenate([n for _, _, n, _ in self._pieces()]))]
