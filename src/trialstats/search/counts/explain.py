"""Counts behind a printed proportion: every (x, n, method, level, rounding) that prints it."""

from __future__ import annotations

from collections.abc import Sequence

from trialstats.catalogue import Catalogue, load_catalogue
from trialstats.errors import InputError
from trialstats.explanations import Explanations
from trialstats.intervals.binomial import METHODS
from trialstats.reported import ROUNDING_RULES, Reported
from trialstats.search.counts.arguments import (
    Denominators,
    check_largest,
    check_methods_reach,
    check_names,
    check_shares,
    odd_numbers,
    read_denominators,
)
from trialstats.search.counts.search import CountSearch
from trialstats.search.printed import PrintedInterval, as_level, check_whole


def explain_proportion(
    estimate: str | Reported | None,
    interval: Sequence[str | Reported | None] | None = None,
    *,
    n: Denominators | None = None,
    x: int | None = None,
    n_max: int = 2000,
    level: str | float | None = "95%",
    methods: Sequence[str] | None = None,
    roundings: Sequence[str] | None = None,
    catalogue: Catalogue | None = None,
) -> Explanations:
    """Find all counts, interval methods and roundings that print a proportion and its interval.

    Parameters
    ----------
    estimate : str or Reported or None
        The proportion as printed, e.g. ``"25%"`` or ``"0.25"``; None where only an interval is.
    interval : pair of str or Reported, optional
        The bounds as printed; either may be None. A bound without ``%`` takes the estimate's.
    n : int, iterable of int or mapping, optional
        The denominator where it is known, or several that the text states. A mapping gives them by class, the
        strictest (and cheapest) first: ``stated``, ``derived`` (28 less 1 untreated), ``near`` and ``any``. The last
        two may be numbers, or True for what they mean in reports: 0.9 n to n of a stated or derived one, and every
        other n below the largest (up to `n_max` where none is stated).
    x : int, optional
        The count where it is known.
    n_max : int, default 2000
        Largest denominator to try where ``n`` is not given.
    level : str or float, optional
        Confidence level, ``"95%"`` by default; None where it is not printed, and every level of the catalogue is tried.
    methods, roundings : sequence of str, optional
        Restrict the search; by default all that the catalogue holds. A method is searched up to the largest n that it
        is computed for.
    catalogue : Catalogue, optional
        By default the latest.

    Returns
    -------
    Explanations
        Cheapest first. Items have ``.x .n .method .rounding .level .lower .upper .cost .allowed``. ``.arrays()`` has
        all as columns. An estimate that is not x/n (``.point``) is found beside the methods that are built on it.
        ``.not_searched`` says what was left out, such as methods at an n beyond what they are computed for.

    Raises
    ------
    NotTextError
        If a printed number is not given as text.
    InputError
        If n < 1, x is not a count of n, n is beyond a method that was asked for, the level is no level, or the printed
        numbers are no shares: a percentage without its sign, an estimate beyond 100%, bounds in reversed order.
    UnknownNameError
        If a method, a rounding or a class of n is not on the menu.

    Notes
    -----
    A percentage that is printed without an interval is taken for x/n; the middle of an interval or a posterior mean
    is recognised beside its interval only. Data of a two-stage design print other estimates and intervals, which have
    functions of their own: ``two_stage_inference``. Several percentages of one arm: ``infer_denominator``.

    Examples
    --------
    >>> found = explain_proportion("25%", ("12%", "43%"), n=32)
    >>> found[0].x, found[0].method, found[0].rounding
    (8, 'clopper-pearson', 'twice')
    >>> explain_proportion("61%", ("47%", "74%"), n=54)[0].rounding
    'nearest'
    >>> explain_proportion("26%", ("11%", "46%"), n={"stated": 28, "derived": 27, "near": True})[0].allowed
    'derived'
    """
    printed = PrintedInterval.of(estimate, interval, "a proportion")
    check_shares(printed)
    for name, count in (("x", x), ("n_max", n_max)):
        check_whole(name, count)
    if n_max < 1:
        raise InputError(f"n_max must be at least 1, got {n_max}.")
    if n is None:
        check_largest(n_max)
    check_names("method", methods, METHODS)
    check_names("rounding", roundings, ROUNDING_RULES)
    allowed = read_denominators(n, n_max)
    sizes = [size for of in allowed.values() for size in (int(of.min()), int(of.max()))]
    if x is not None and not 0 <= x <= max(sizes):
        raise InputError(f"x must be between 0 and n, got {x}{'' if n is None else f' of {max(sizes)}'}.")
    search = CountSearch(
        printed,
        allowed,
        x=x,
        level=None if level is None else as_level(level),
        catalogue=catalogue or load_catalogue(),
        methods=tuple(methods or ()),
        roundings=tuple(roundings or ()),
    )
    if search.has_interval:
        check_methods_reach(min(sizes), methods, search.methods)
    found = search.explanations()
    odd = odd_numbers(printed, search.methods)
    if odd is not None and not found and not found.not_searched:
        raise InputError(odd)
    return found
