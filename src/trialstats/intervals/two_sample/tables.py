"""Two arms, checked and broadcast once, and the way back from flat arrays to the caller's shape."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from trialstats.errors import InputError
from trialstats.intervals.interval import FloatArray, check_counts


@dataclass(frozen=True)
class TwoArms:
    """Checked counts of two arms as flat float arrays of one length, and the shape they came in."""

    x1: FloatArray
    n1: FloatArray
    x2: FloatArray
    n2: FloatArray
    """Events and patients of the first and the second arm."""
    shape: tuple[int, ...] = ()
    """The broadcast shape; ``()`` where all four were scalars."""

    @property
    def p1(self) -> FloatArray:
        """Share of the first arm."""
        return self.x1 / self.n1

    @property
    def p2(self) -> FloatArray:
        """Share of the second arm."""
        return self.x2 / self.n2

    @cached_property
    def events(self) -> FloatArray:
        """Events of both arms together: the margin on which conditional tests condition."""
        return self.x1 + self.x2

    @cached_property
    def total(self) -> FloatArray:
        """Patients of both arms together."""
        return self.n1 + self.n2

    @cached_property
    def cross(self) -> FloatArray:
        """``x1 n2 - x2 n1``: a whole number, so its sign and size are exact."""
        return self.x1 * self.n2 - self.x2 * self.n1

    @cached_property
    def pooled_variance(self) -> FloatArray:
        """Variance of the difference of the shares where both arms have that of all patients."""
        share = self.events / self.total
        return share * (1.0 - share) * (1.0 / self.n1 + 1.0 / self.n2)

    @property
    def difference(self) -> FloatArray:
        """Share of the first arm less that of the second."""
        return self.cross / (self.n1 * self.n2)

    @property
    def odds_ratio(self) -> FloatArray:
        """Odds of the first arm over those of the second."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return self.x1 * (self.n2 - self.x2) / (self.x2 * (self.n1 - self.x1))

    def __len__(self) -> int:
        return len(self.x1)

    def __getitem__(self, index: NDArray[Any] | slice) -> TwoArms:
        x1, n1, x2, n2 = (values[index] for values in (self.x1, self.n1, self.x2, self.n2))
        return TwoArms(x1, n1, x2, n2, (len(x1),))

    def swap(self) -> TwoArms:
        """Return the second arm first."""
        return TwoArms(self.x2, self.n2, self.x1, self.n1, self.shape)

    def both_ways(self) -> TwoArms:
        """Return all tables, and after them all with the second arm first."""
        first, second = np.concatenate([self.x1, self.x2]), np.concatenate([self.n1, self.n2])
        return TwoArms(first, second, np.roll(first, len(self)), np.roll(second, len(self)), first.shape)

    def failures(self) -> TwoArms:
        """Return patients without the event in place of those with it."""
        return TwoArms(self.n1 - self.x1, self.n1, self.n2 - self.x2, self.n2, self.shape)

    def restore(self, values: FloatArray) -> Any:
        """Give flat results the caller's shape: a float where all counts were scalars."""
        return values.reshape(self.shape) if self.shape else float(values[0])


def check_two_arms(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike) -> TwoArms:
    """Return checked arms; refuse what is no count of x in n, and shapes that do not match."""
    first = check_counts(x1, n1, ("x1", "n1"))
    second = check_counts(x2, n2, ("x2", "n2"))
    try:
        arms = np.broadcast_arrays(*first, *second)
    except ValueError:
        raise InputError(
            f"The counts of both arms must have matching shapes, got {first[0].shape} and {second[0].shape}."
        ) from None
    shape = arms[0].shape
    flat = [np.ravel(values) for values in arms]
    return TwoArms(flat[0], flat[1], flat[2], flat[3], shape)
