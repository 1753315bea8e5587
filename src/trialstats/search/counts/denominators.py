"""Denominators behind several percentages of one arm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from trialstats.catalogue import Catalogue, load_catalogue
from trialstats.errors import InputError, check_name
from trialstats.reported import DEFAULT_ROUNDING, ROUNDING_RULES, Reported
from trialstats.search.counts.arguments import check_largest, check_misses, check_shares, read_share
from trialstats.search.counts.ranges import Allowed, count_limits, fitting
from trialstats.search.counts.search import CountSearch
from trialstats.search.limits import MOST_COUNTS
from trialstats.search.printed import PrintedInterval, as_level, as_reported, check_whole

IntervalText: TypeAlias = Sequence[str | Reported | None]
PercentageText: TypeAlias = str | Reported | tuple[str | Reported, IntervalText | None]
"""A percentage, or one with its interval."""


def prints_percentage(
    x: NDArray[np.int64] | Sequence[int],
    n: NDArray[np.int64] | Sequence[int],
    percentages: Sequence[str | Reported],
    *,
    rounding: str = DEFAULT_ROUNDING,
) -> NDArray[np.bool_]:
    """Return which counts print the percentages beside them: whole columns at once, in integers.

    Parameters
    ----------
    x, n : array_like of int
        Counts and totals; n must be positive.
    percentages : sequence of str or Reported
        As printed, one for each count.
    rounding : str, optional
        A name of ``ROUNDINGS``.

    Returns
    -------
    ndarray of bool
        True where x/n lies in the exact range of the percentage.

    Raises
    ------
    InputError
        If the columns differ in length or an n is not positive.

    References
    ----------
    Brown NJL, Heathers JAJ (2017) Soc Psychol Personal Sci 8:363-369, for means of whole numbers.

    Examples
    --------
    >>> prints_percentage([317, 317], [349, 349], ["91%", "90%"])
    array([ True, False])
    """
    counts, totals = np.asarray(x, dtype=np.int64), np.asarray(n, dtype=np.int64)
    if not len(counts) == len(totals) == len(percentages):
        sizes = f"{len(counts)}, {len(totals)} and {len(percentages)}"
        raise InputError(f"x, n and percentages must be equally many, got {sizes}.")
    if (totals < 1).any():
        raise InputError(f"n must be at least 1, got {int(totals[totals < 1][0])}.")
    check_name("rounding", rounding, ROUNDING_RULES)
    found = np.zeros(counts.shape, dtype=bool)
    places: dict[str | Reported, list[int]] = {}
    for place, text in enumerate(percentages):  # the same few hundred percentages come again and again
        places.setdefault(text, []).append(place)
    for text, at in places.items():
        number = as_reported(text)
        assert number is not None
        low, high = count_limits(number.range(rounding), totals[at])
        # An impossible count (x < 0 or x > n) prints nothing: the limits keep to 0 and n.
        found[at] = (low <= counts[at]) & (counts[at] <= high)
    return found


@dataclass(frozen=True, slots=True)
class Denominator:
    """A number of patients under which most printed percentages of an arm are counts.

    Attributes
    ----------
    n : int
    counts : tuple
        For each percentage the smallest and largest count that print it, or None where none does.
    missed : tuple of int
        Positions of the percentages that do not fit.
    fewer : tuple of int or None
        For each missed percentage the largest smaller n, down to 0.9 n, at which some count prints it: the others could
        not be evaluated for the row. None where there is none.
    chance : float
        Share of all lists of percentages, printed with the same decimals, that would fit this n as well. It says what
        the fit is worth: 1 where every percentage can be printed.
    """

    n: int
    counts: tuple[tuple[int, int] | None, ...]
    missed: tuple[int, ...]
    fewer: tuple[int | None, ...]
    chance: float


def infer_denominator(
    percentages: Sequence[PercentageText],
    *,
    intervals: Sequence[IntervalText | None] | None = None,
    n_min: int = 1,
    n_max: int = 200,
    rounding: str = DEFAULT_ROUNDING,
    misses: int = 0,
    level: str | float | None = None,
    catalogue: Catalogue | None = None,
) -> tuple[int, ...]:
    """Find the denominators at which every one of several percentages is a count over n.

    Where a row misses a patient there may be none: `explain_denominators` then says which rows fit what, and with how
    many patients fewer the others do. P values compare two arms: `infer_denominator_pairs`.

    Parameters
    ----------
    percentages : sequence of str or Reported
        Percentages of one arm as printed; a row may also be a percentage with its interval,
        ``("33%", ("20%", "48%"))``.
    intervals : sequence of pairs or None, optional
        The confidence interval of each percentage, None where none is printed. Then some method of the catalogue must
        print percentage and interval of one count; methods are searched up to the largest n they are computed for.
    n_min, n_max : int, optional
        Denominators to try.
    rounding : str, optional
        One rule for all of them, a name of ``ROUNDINGS``.
    misses : int, default 0
        Accept this many percentages that do not fit, as where a row misses a patient; fewer than there are.
    level : str or float, optional
        Of the intervals, ``"95%"`` by default.
    catalogue : Catalogue, optional
        By default the latest.

    Returns
    -------
    tuple of int
        Ascending.

    Raises
    ------
    InputError
        If there is no percentage, one is no share (a percentage without its sign), the intervals are not as many, the
        limits of n are out of order, no row would have to fit, or an interval may be that of too many counts.

    See Also
    --------
    explain_denominators : Which rows fit, the counts, and what the fit is worth.
    infer_denominator_pairs : Rows of two arms with a P value.

    Examples
    --------
    >>> infer_denominator(["72%", "56%", "44%", "43%", "39%"], n_max=60)
    (54,)
    >>> infer_denominator([("33%", ("20%", "48%")), "73%", "67%"], n_max=87)
    (40, 45, 48, 49)
    """
    printed, n, fits = _rows(percentages, intervals, n_min, n_max, rounding, level, catalogue)
    check_misses(misses, len(printed))
    return tuple(n[fits.sum(axis=0) >= len(printed) - misses].tolist())


def explain_denominators(
    percentages: Sequence[PercentageText],
    *,
    intervals: Sequence[IntervalText | None] | None = None,
    n_min: int = 1,
    n_max: int = 200,
    rounding: str = DEFAULT_ROUNDING,
    misses: int = 2,
    level: str | float | None = None,
    catalogue: Catalogue | None = None,
) -> tuple[Denominator, ...]:
    """Find the denominators that fit all or nearly all percentages of an arm, and say which rows do not fit.

    Parameters
    ----------
    percentages, intervals, n_min, n_max, rounding, level, catalogue
        As for `infer_denominator`.
    misses : int, default 2
        Most percentages that need not fit; at least one must, however few there are.

    Returns
    -------
    tuple of Denominator
        Fewest missed first, then those whose fit says most, then ascending.

    Raises
    ------
    InputError
        As for `infer_denominator`.

    See Also
    --------
    infer_denominator : The denominators that fit every row.
    infer_denominator_pairs : Rows of two arms with a P value.

    Examples
    --------
    >>> infer_denominator(["72.2%", "55.6%", "44.4%", "42.6%", "37.7%"], n_min=50, n_max=60)
    ()
    >>> best = explain_denominators(["72.2%", "55.6%", "44.4%", "42.6%", "37.7%"], n_min=50, n_max=60)[0]
    >>> best.n, best.missed, best.fewer
    (54, (4,), (53,))
    """
    printed, n, fits = _rows(percentages, intervals, n_min, n_max, rounding, level, catalogue)
    most = min(misses, len(printed) - 1)
    check_misses(most, len(printed))
    return _nearly(printed, n, fits, rounding, most)


def nearly_common_denominators(printed: Sequence[Reported], n_max: int, misses: int) -> tuple[Denominator, ...]:
    """Return what `explain_denominators` does under plain rounding, of whatever is printed."""
    n = np.arange(1, n_max + 1, dtype=np.int64)
    return _nearly(printed, n, fitting(printed, n, DEFAULT_ROUNDING), DEFAULT_ROUNDING, misses)


def _nearly(
    printed: Sequence[Reported], n: NDArray[np.int64], fits: NDArray[np.bool_], rounding: str, most: int
) -> tuple[Denominator, ...]:
    found = []
    for column in np.flatnonzero(fits.sum(axis=0) >= len(printed) - most).tolist():
        size = int(n[column])
        missed = tuple(np.flatnonzero(~fits[:, column]).tolist())
        limits = [count_limits(number.range(rounding), n[[column]]) for number in printed]
        counts = tuple(None if row in missed else (int(low[0]), int(high[0])) for row, (low, high) in enumerate(limits))
        fewer = tuple(_largest_below(printed[row], size, rounding) for row in missed)
        kept = [number for row, number in enumerate(printed) if row not in missed]
        found.append(Denominator(size, counts, missed, fewer, _chance(kept, size)))
    return tuple(sorted(found, key=lambda one: (len(one.missed), one.chance, one.n)))


def _rows(
    percentages: Sequence[PercentageText],
    intervals: Sequence[IntervalText | None] | None,
    n_min: int,
    n_max: int,
    rounding: str,
    level: str | float | None,
    catalogue: Catalogue | None,
) -> tuple[list[Reported], NDArray[np.int64], NDArray[np.bool_]]:
    """Return the percentages, the denominators, and which fit which."""
    if isinstance(percentages, str) or not percentages:
        raise InputError(f"Give at least one printed percentage in a list, got {percentages!r}.")
    check_whole("n_min", n_min)
    check_whole("n_max", n_max)
    if not 1 <= n_min <= n_max:
        raise InputError(f"Need 1 <= n_min <= n_max, got n_min={n_min} and n_max={n_max}.")
    check_largest(n_max)
    if intervals is not None and len(intervals) != len(percentages):
        raise InputError(f"Give one interval or None for each of {len(percentages)} percentages, got {len(intervals)}.")
    check_name("rounding", rounding, ROUNDING_RULES)
    rows = [_row(*row) for row in zip(percentages, intervals or [None] * len(percentages), strict=True)]
    printed = [read_share(text) for text, _ in rows]
    n = np.arange(n_min, n_max + 1, dtype=np.int64)
    fits = fitting(printed, n, rounding)
    for row, (_, interval) in enumerate(rows):
        if interval is not None:
            both = PrintedInterval.of(printed[row], interval, "a proportion")
            check_shares(both)
            search = CountSearch(both, Allowed(any=n), level=as_level(level), catalogue=catalogue or load_catalogue(),
                                 roundings=(rounding,))  # fmt: skip
            if search.has_too_many_counts:
                raise InputError(
                    f"{printed[row].text} with its interval may be more than {MOST_COUNTS:,} counts with up to {n_max} "
                    "patients, too many to look at; give a smaller n_max, or a larger n_min."
                )
            fits[row] &= np.isin(n, search.explanations().n_values)
    return printed, n, fits


def _row(given: PercentageText, interval: IntervalText | None) -> tuple[str | Reported, IntervalText | None]:
    """Return a percentage and its interval, given as one or beside each other."""
    if not isinstance(given, (tuple, list)):
        return given, interval
    if len(given) != 2 or interval is not None:
        raise InputError(f"A row is a percentage, or one with its interval once, got {given!r}.")
    return given


def _largest_below(number: Reported, n: int, rounding: str) -> int | None:
    smaller = np.arange(n - 1, -(-9 * n // 10) - 1, -1, dtype=np.int64)
    smaller = smaller[smaller >= 1]
    if not smaller.size:
        return None
    fits = fitting([number], smaller, rounding)[0]
    return int(smaller[int(np.argmax(fits))]) if fits.any() else None


def _chance(printed: Sequence[Reported], n: int) -> float:
    """Return the share of all lists of percentages with these decimals, from 0 to 100 %, that are counts of n."""
    share = 1.0
    for number in printed:
        # Distinct percentages among the n + 1 counts, of all that can be printed with these decimals.
        steps = round(1 / number.step)
        distinct = np.unique((2 * np.arange(n + 1, dtype=np.int64) * steps + n) // (2 * n)).size
        share *= min(1.0, distinct / (steps + 1))
    return share
