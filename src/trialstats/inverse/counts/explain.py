"""Counts behind a printed proportion: every (x, n, method, level, rounding) that prints it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from trialstats.conventions import Catalogue
from trialstats.errors import InputError, UnknownNameError
from trialstats.intervals.binomial import METHODS
from trialstats.inverse.counts.blocks import CountExplanations
from trialstats.inverse.counts.ranges import allow, count_limits
from trialstats.inverse.counts.search import CountSearch
from trialstats.inverse.printed import PrintedInterval, as_level, check_whole
from trialstats.reported import ROUNDING_RULES, Reported

__all__ = ["CountSearch", "allow", "count_limits", "explain_proportion"]


def explain_proportion(
    estimate: str | Reported | None,
    interval: Sequence[str | Reported | None] | None = None,
    *,
    n: int | None = None,
    x: int | None = None,
    n_max: int = 2000,
    level: str | float | None = "95%",
    methods: Sequence[str] | None = None,
    roundings: Sequence[str] | None = None,
    catalogue: Catalogue | None = None,
) -> CountExplanations:
    """Find all counts, interval methods and roundings that print a proportion and its interval.

    Parameters
    ----------
    estimate : str or Reported or None
        The proportion as printed, e.g. ``"25%"`` or ``"0.25"``; None where only an interval is.
    interval : pair of str or Reported, optional
        The bounds as printed; either may be None. A bound without ``%`` takes the estimate's.
    n, x : int, optional
        Denominator and count where known.
    n_max : int, default 2000
        Largest denominator to try where ``n`` is not given.
    level : str or float, optional
        Confidence level, ``"95%"`` by default; None where it is not printed, and every level of the catalogue is tried.
    methods, roundings : sequence of str, optional
        Restrict the search; by default all that the catalogue holds.
    catalogue : Catalogue, optional
        By default the latest.

    Returns
    -------
    CountExplanations
        Cheapest first. Items have ``.x .n .method .rounding .level .lower .upper .cost .allowed``. ``.arrays()`` has
        all as columns. An estimate that is not x/n (``.point``) is found beside the methods that are built on it.

    Raises
    ------
    NotTextError
        If a printed number is not given as text.
    InputError
        If n < 1, x is not a count of n, or the level is no level.
    UnknownNameError
        If a method or rounding is not on the menu.

    Examples
    --------
    >>> found = explain_proportion("25%", ("12%", "43%"), n=32)
    >>> found[0].x, found[0].method, found[0].rounding
    (8, 'clopper-pearson', 'twice')
    >>> explain_proportion("61%", ("47%", "74%"), n=54)[0].rounding
    'nearest'
    """
    printed = PrintedInterval.of(estimate, interval, "a proportion")
    for name, count in (("n", n), ("x", x), ("n_max", n_max)):
        check_whole(name, count)
    if n is not None and n < 1:
        raise InputError(f"n must be at least 1, got {n}.")
    if n is None and n_max < 1:
        raise InputError(f"n_max must be at least 1, got {n_max}.")
    if x is not None and (x < 0 or (n is not None and x > n)):
        raise InputError(f"x must be between 0 and n, got {x}{'' if n is None else f' of {n}'}.")
    _check_names("method", methods, METHODS)
    _check_names("rounding", roundings, ROUNDING_RULES)
    allowed = {"stated": np.array([n], dtype=np.int64)} if n is not None else {"any": np.arange(1, n_max + 1)}
    search = CountSearch(
        printed,
        allowed,
        x=x,
        level=None if level is None else as_level(level),
        catalogue=catalogue,
        methods=methods,
        roundings=roundings,
    )
    return search.explanations()


def _check_names(what: str, names: Sequence[str] | None, menu: Iterable[str]) -> None:
    for name in names or ():
        if name not in menu:
            raise UnknownNameError(what, name, tuple(menu))
