"""Beta posteriors behind a printed posterior estimate and credible interval.

Prior and data are confounded: (prior, x, n) that share a posterior are one explanation with
several readings, the cheapest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from trialstats.catalogue import Catalogue, load_catalogue
from trialstats.errors import InputError, check_name
from trialstats.explanations import Explanations, is_whole
from trialstats.intervals.beta import Beta
from trialstats.reported import Reported
from trialstats.search.counts.arguments import Denominators, check_largest, check_shares, read_denominators
from trialstats.search.counts.ranges import Allowed
from trialstats.search.posteriors.candidates import KINDS, POINTS
from trialstats.search.posteriors.priors import as_priors
from trialstats.search.posteriors.search import PosteriorSearch
from trialstats.search.printed import PrintedInterval, as_level, check_whole


def explain_posterior(
    estimate: str | Reported | None,
    interval: Sequence[str | Reported | None] | None = None,
    *,
    n: Denominators | None = None,
    x: int | None = None,
    n_max: int = 200,
    priors: Mapping[str, tuple[float, float] | Beta] | Sequence[str] | None = None,
    point: str = "any",
    kind: str = "any",
    level: str | float | None = None,
    draws: int | Sequence[int] | None = None,
    catalogue: Catalogue | None = None,
) -> Explanations:
    """Find all counts and priors whose Beta posterior prints an estimate and its credible interval.

    Parameters
    ----------
    estimate : str or Reported or None
        Posterior mean, median or mode as printed.
    interval : pair of str or Reported, optional
        Credible bounds as printed; either may be None.
    n : int, sequence of int, or mapping, optional
        Denominator where known, several to choose from, or several by class, as `explain_proportion` takes them.
    x : int, optional
        Count where known.
    n_max : int, default 200
        Largest denominator to try where ``n`` is not given. Time and memory grow with the number of combinations of
        prior, x and n near the printed numbers, at worst with the square of ``n_max``: give n or x if known.
    priors : mapping of str to (a, b) or Beta, or sequence of names of `PRIORS`, optional
        Priors to try; by default all of `PRIORS`. `prior_grid` and `prior_mean_weight` make menus.
    point : {"any", "mean", "median", "mode"}
    kind : {"any", "equal-tailed", "hdi"}
    level : str or float, optional
        Credible level, ``"95%"`` by default.
    draws : int or sequence of int, optional
        Number of posterior draws where it is stated; by default the usual numbers. Their sampling error is
        considered only where nothing ordinary prints the claim, for equal-tailed intervals about a mean or median.
    catalogue : Catalogue, optional
        By default the latest.

    Returns
    -------
    Explanations
        Items have ``.a .b .x .n .prior .point .kind .readings .cost``, and where they need the sampling error of
        posterior draws ``.draws .probability``. Their ``.chance`` is over what is searched here; the check
        *posterior-summary* also looks at patients missing and informative priors, and so gives a larger one.

    Raises
    ------
    NotTextError
        If a printed number is not given as text.
    InputError
        If a share lies beyond 0 or 1, n < 1, a prior parameter is negative, draws < 100, the level is no level, or
        more than 700,000 combinations of prior, x and n come near the printed numbers.
    UnknownNameError
        If a prior, point or kind is not on its menu.

    Examples
    --------
    >>> best = explain_posterior("72%", ("55%", "87%"), n=27)[0]
    >>> best.a, best.b, best.x, best.prior
    (21.0, 8.0, 20, 'uniform')
    >>> best = explain_posterior("72%", ("55%", "87%"), n=[24, 25, 27], priors=["uniform", "beta(2, 2)"])[0]
    >>> best.readings
    ('20/27 with a uniform prior', '19/25 with a beta(2, 2) prior')
    """
    printed = PrintedInterval.of(estimate, interval, "a posterior")
    check_shares(printed)
    check_whole("n_max", n_max)
    check_whole("x", x)
    check_largest(n_max)
    if n_max < 1:
        raise InputError(f"n_max must be at least 1, got {n_max}.")
    allowed = Allowed({name: np.sort(sizes) for name, sizes in read_denominators(n, n_max).items()})
    largest = max(int(sizes.max()) for sizes in allowed.values())
    if x is not None and not 0 <= x <= largest:
        raise InputError(f"x must be between 0 and n, got {x} with n up to {largest}.")
    for what, given, menu in (("point", point, POINTS), ("kind", kind, KINDS)):
        check_name(what, given, (*menu, "any"))
    search = PosteriorSearch(
        printed,
        allowed,
        x=x,
        level=as_level(level),
        priors=as_priors(priors),
        points=POINTS if point == "any" else (point,),
        kinds=KINDS if kind == "any" else (kind,),
        draws=None if draws is None else _draws(draws),
        catalogue=catalogue or load_catalogue(),
    )
    return search.explanations()


def _draws(given: object) -> tuple[int, ...]:
    values: list[Any] = [given] if is_whole(given) else list(given) if isinstance(given, Iterable) else []
    if not values or isinstance(given, str) or not all(map(is_whole, values)):
        raise InputError(f"draws must be a whole number such as 10000, or several, got {given!r}.")
    counts = tuple(map(int, values))
    if min(counts) < 100:
        raise InputError(f"draws must be at least 100, got {min(counts)}.")
    return counts
