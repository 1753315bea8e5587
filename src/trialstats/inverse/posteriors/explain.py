"""Beta posteriors behind a printed posterior estimate and credible interval.

Prior and data are confounded: (prior, x, n) that share a posterior are one explanation with
several readings, the cheapest first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from trialstats.conventions import Catalogue, load_catalogue
from trialstats.errors import InputError, UnknownNameError
from trialstats.explanations import Explanations
from trialstats.inverse.posteriors.candidates import KINDS, POINTS
from trialstats.inverse.posteriors.priors import PRIORS, as_priors, prior_grid, prior_mean_weight
from trialstats.inverse.posteriors.search import PosteriorSearch
from trialstats.inverse.posteriors.superiority import joint_posteriors, superiority
from trialstats.inverse.printed import PrintedInterval, as_level
from trialstats.reported import Reported

__all__ = [
    "KINDS",
    "POINTS",
    "PRIORS",
    "PosteriorSearch",
    "explain_posterior",
    "joint_posteriors",
    "prior_grid",
    "prior_mean_weight",
    "search_posterior",
    "superiority",
]


def explain_posterior(
    estimate: str | Reported | None,
    interval: Sequence[str | Reported | None] | None = None,
    *,
    n: int | Sequence[int] | None = None,
    x: int | None = None,
    n_max: int = 200,
    priors: Mapping[str, tuple[float, float]] | Sequence[str] | None = None,
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
    n : int or sequence of int, optional
        Denominator where known, or several to choose from.
    x : int, optional
        Count where known.
    n_max : int, default 200
        Largest denominator to try where ``n`` is not given.
    priors : mapping of str to (a, b), or sequence of names of `PRIORS`, optional
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
        posterior draws ``.draws .probability``.

    Raises
    ------
    NotTextError
        If a printed number is not given as text.
    InputError
        If n < 1, a prior parameter is negative, draws < 100, or the level is no level.
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
    return search_posterior(
        estimate,
        interval,
        n=n,
        x=x,
        n_max=n_max,
        priors=priors,
        point=point,
        kind=kind,
        level=level,
        draws=draws,
        catalogue=catalogue,
    ).explanations()


def search_posterior(
    estimate: str | Reported | None,
    interval: Sequence[str | Reported | None] | None = None,
    *,
    n: int | Sequence[int] | None = None,
    x: int | None = None,
    n_max: int = 200,
    priors: Mapping[str, tuple[float, float]] | Sequence[str] | None = None,
    point: str = "any",
    kind: str = "any",
    level: str | float | None = None,
    draws: int | Sequence[int] | None = None,
    catalogue: Catalogue | None = None,
) -> PosteriorSearch:
    """Return the search that `explain_posterior` makes, for `joint_posteriors` and `superiority` of several arms.

    Parameters
    ----------
    estimate, interval, n, x, n_max, priors, point, kind, level, draws, catalogue
        As `explain_posterior` takes them.

    Returns
    -------
    PosteriorSearch

    Raises
    ------
    NotTextError, InputError, UnknownNameError
        As `explain_posterior` does.

    Examples
    --------
    >>> arms = [search_posterior("72%", ("55%", "87%"), n=27), search_posterior("71%", ("55%", "84%"), n=32)]
    >>> first, second, p = superiority(*arms)[0]
    >>> first.a, first.b, second.a, second.b, round(p, 4)
    (21.0, 8.0, 24.0, 10.0, 0.5674)
    """
    printed = PrintedInterval.of(estimate, interval, "a posterior")
    sizes = [n] if isinstance(n, int) else list(n) if n is not None else []
    if any(size < 1 for size in sizes) or n_max < 1:
        raise InputError(f"n must be at least 1, got {n if sizes else n_max}.")
    if x is not None and (x < 0 or (sizes and x > max(sizes))):
        raise InputError(f"x must be between 0 and n, got {x}.")
    for what, given, menu in (("point", point, POINTS), ("kind", kind, KINDS)):
        if given != "any" and given not in menu:
            raise UnknownNameError(what, given, (*menu, "any"))
    counts = (draws,) if isinstance(draws, int) else tuple(draws) if draws is not None else None
    if counts is not None and any(count < 100 for count in counts):
        raise InputError(f"draws must be at least 100, got {min(counts)}.")
    return PosteriorSearch(
        printed,
        {"stated": np.array(sorted(set(sizes)))} if sizes else {"any": np.arange(1, n_max + 1)},
        x=x,
        level=as_level(level),
        priors=as_priors(priors),
        points=POINTS if point == "any" else (point,),
        kinds=KINDS if kind == "any" else (kind,),
        draws=counts,
        catalogue=catalogue or load_catalogue(),
    )
