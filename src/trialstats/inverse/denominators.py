"""Denominators behind several percentages of one arm."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from trialstats.errors import InputError
from trialstats.inverse.counts import count_limits
from trialstats.inverse.printed import as_reported
from trialstats.reported import DEFAULT_ROUNDING, Reported

__all__ = ["fitting", "infer_denominator"]


def fitting(percentages: Sequence[Reported], n: NDArray[np.int64], rounding: str) -> NDArray[np.bool_]:
    """Return which percentages some count prints at each n: shape (len(percentages), len(n))."""
    rows = []
    for percentage in percentages:
        low, high = count_limits(percentage.range(rounding), n)
        rows.append(low <= high)
    return np.array(rows, dtype=bool).reshape(len(percentages), n.size)


def infer_denominator(
    percentages: Sequence[str | Reported],
    *,
    n_min: int = 1,
    n_max: int = 200,
    rounding: str = DEFAULT_ROUNDING,
    misses: int = 0,
) -> tuple[int, ...]:
    """Find the denominators at which every one of several percentages is a count over n.

    Parameters
    ----------
    percentages : sequence of str or Reported
        Percentages of one arm as printed.
    n_min, n_max : int, optional
        Denominators to try.
    rounding : str, optional
        One rule for all of them, a name of ``ROUNDINGS``.
    misses : int, default 0
        Accept this many percentages that do not fit, as where a row misses a patient.

    Returns
    -------
    tuple of int
        Ascending.

    Raises
    ------
    InputError
        If there is no percentage or the limits of n are out of order.

    Examples
    --------
    >>> infer_denominator(["72%", "56%", "44%", "43%", "39%"], n_max=60)
    (54,)
    """
    if isinstance(percentages, str) or not percentages:
        raise InputError(f"Give at least one printed percentage in a list, got {percentages!r}.")
    if not 1 <= n_min <= n_max:
        raise InputError(f"Need 1 <= n_min <= n_max, got n_min={n_min} and n_max={n_max}.")
    printed = [number for text in percentages if (number := as_reported(text)) is not None]
    n = np.arange(n_min, n_max + 1, dtype=np.int64)
    enough = fitting(printed, n, rounding).sum(axis=0) >= len(printed) - misses
    return tuple(n[enough].tolist())
