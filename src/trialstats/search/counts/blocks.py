"""Explanations by counts, held as arrays: a block for each convention, single explanations made when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trialstats.explanations import Block, Counts, Explanation
from trialstats.intervals.interval import FloatArray
from trialstats.search.counts.ranges import IntArray, expand
from trialstats.search.counts.ways import added_by

__all__ = ["CountBlock", "RunsBlock"]


@dataclass(frozen=True, eq=False)
class CountBlock(Block):
    """The counts that print a proportion and its interval under one convention.

    Attributes
    ----------
    x, n : ndarray of int
    lower, upper : ndarray of float
        The limits at these, before rounding and unclipped.
    """

    x: IntArray
    n: IntArray
    lower: FloatArray
    upper: FloatArray

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
    """Every x from first to last at each n: the counts behind a percentage without an interval.

    Attributes
    ----------
    n, first, last : ndarray of int
    """

    n: IntArray
    first: IntArray
    last: IntArray

    @cached_property
    def _ends(self) -> IntArray:
        return np.cumsum(self.last - self.first + 1)

    @property
    def size(self) -> int:
        """How many."""
        return int(self._ends[-1])

    def item(self, i: int) -> Explanation:
        """Make the i-th explanation."""
        k = int(np.searchsorted(self._ends, i, side="right"))
        x, n = int(self.last[k] - (self._ends[k] - 1 - i)), int(self.n[k])
        return Explanation(Counts(x, n), self.convention, x / n)

    def columns(self) -> Mapping[str, NDArray[Any]]:
        """Return counts and estimates."""
        x, n = expand(self.first, self.last, self.n)
        return {"x": x, "n": n, "estimate": x / n}

    def n_values(self) -> list[int]:
        """Return the distinct denominators, ascending."""
        return [int(n) for n in np.unique(self.n)]
