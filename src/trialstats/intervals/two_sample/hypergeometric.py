"""The (noncentral) hypergeometric distribution of a 2x2 table with fixed margins, many tables at once.

Given both margins, the events of the first arm are the only free cell. Its distribution depends on the odds ratio:
``P(k) ~ C(n1, k) C(n2, m - k) odds_ratio^k``. Each table is one row of a matrix that holds its whole support, padded
with zeros, so that tails, two-sided P values and limits are sums along rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trialstats.intervals.interval import FloatArray
from trialstats.intervals.two_sample.tables import TwoArms

# Probabilities of two tables are exact rationals; computed ones within this factor are the same number. R uses 1e-7,
# which joins a few tables that differ; the recurrence below is good to about 1e-12.
TIE = 1.0 + 1e-10

_CELLS = 1 << 14  # cells of a matrix held at once: 128 kB, so that a pass over it stays in the processor's cache


@dataclass(frozen=True, slots=True)
class Support:
    """Some tables with all first cells that their margins allow."""

    rows: NDArray[np.intp]
    """Which of the caller's tables these are."""
    events: FloatArray
    """The margin of all events."""
    low: FloatArray
    high: FloatArray
    """Smallest and largest first cell of each table."""
    column: NDArray[np.intp]
    """Column of the observed table."""
    ratio: FloatArray
    """``P(k + 1) / P(k)`` at an odds ratio of 1; decreasing along a row, 0 beyond ``high``."""

    def __getitem__(self, index: NDArray[np.intp]) -> Support:
        return Support(*(getattr(self, field.name)[index] for field in fields(self)))

    @property
    def columns(self) -> NDArray[np.intp]:
        """Column numbers, to compare with ``column``."""
        return np.arange(self.ratio.shape[1] + 1)

    @property
    def cells(self) -> FloatArray:
        """First cell of every column."""
        return self.low[:, None] + self.columns

    def pmf(self, odds_ratio: FloatArray | float = 1.0) -> FloatArray:
        """Return the probability of every first cell at the given odds ratio (one each, or one for all).

        Products of ratios run outwards from the mode, where all are at most 1: no logarithms, no overflow, and an
        error of a few units in the last place per step.
        """
        ratio = self.ratio * np.reshape(odds_ratio, (-1, 1))
        falling = ratio < 1.0
        weights = np.ones((ratio.shape[0], ratio.shape[1] + 1))
        np.cumprod(np.where(falling, ratio, 1.0), axis=1, out=weights[:, 1:])
        rising = np.divide(1.0, ratio, out=np.ones_like(ratio), where=~falling)
        weights[:, :-1] *= np.cumprod(rising[:, ::-1], axis=1)[:, ::-1]
        weights /= weights.sum(axis=1, keepdims=True)
        return weights

    def observed(self, matrix: FloatArray) -> FloatArray:
        """Return the observed table's entry of each row, as a column."""
        return np.take_along_axis(matrix, self.column, axis=1)


def supports(arms: TwoArms) -> Iterator[Support]:
    """Yield supports that together cover all tables, tables of like width together, about 128 kB at a time."""
    low = np.maximum(0.0, arms.events - arms.n2)
    high = np.minimum(arms.n1, arms.events)
    width = (high - low).astype(np.intp) + 1
    order = np.argsort(width, kind="stable")
    start = 0
    while start < len(order):
        # widths ascend: the last row of a chunk sets its width, so grow from a guess that holds for the first row
        stop = min(len(order), start + max(1, _CELLS // int(width[order[start]])))
        while stop > start + 1 and (stop - start) * int(width[order[stop - 1]]) > 2 * _CELLS:
            stop = start + max(1, (stop - start) // 2)
        yield _support(arms, order[start:stop], low, high, int(width[order[stop - 1]]))
        start = stop


def _support(arms: TwoArms, rows: NDArray[Any], low: FloatArray, high: FloatArray, width: int) -> Support:
    low, high = low[rows], high[rows]
    x1, n1, n2, events = (values[rows][:, None] for values in (arms.x1, arms.n1, arms.n2, arms.events))
    k = low[:, None] + np.arange(width - 1)
    ratio = np.maximum(n1 - k, 0.0) * np.maximum(events - k, 0.0)
    ratio /= (k + 1.0) * (n2 - events + k + 1.0)
    return Support(rows, events[:, 0], low, high, (x1 - low[:, None]).astype(np.intp), ratio)
