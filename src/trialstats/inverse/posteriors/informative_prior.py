"""Some informative prior that prints a posterior summary which no prior of the menu prints."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from trialstats.explanations import Explanation
from trialstats.inverse.posteriors.region import PosteriorRegion
from trialstats.inverse.posteriors.search import PosteriorSearch, SummaryConvention

__all__ = ["INFORMATIVE", "least_informative_cost", "weakest_informative_prior"]

INFORMATIVE = "informative"
_ROUNDING = "nearest"
_SIZES = 9


def weakest_informative_prior(search: PosteriorSearch) -> Explanation | None:
    """Return an explanation by a prior of any parameters, worth as few patients as possible.

    Under plain rounding, for the cheapest summary and the strictest class of denominators that has one. Its cost is
    that of a prior which nobody was seen to use.

    Parameters
    ----------
    search : PosteriorSearch

    Returns
    -------
    Explanation or None
    """
    ranges = {name: number.range(_ROUNDING) for name, number in search.printed.parts}
    for convention in _conventions(search):
        region = PosteriorRegion(ranges, convention.point, convention.kind, _ROUNDING, search.level, 1e5)
        if region.feasible:
            found = _within(search, region, convention)
            if found is not None:
                return found
    return None


def least_informative_cost(search: PosteriorSearch) -> float:
    """Return the bits below which no explanation by such a prior can lie, whatever is printed.

    Parameters
    ----------
    search : PosteriorSearch
    """
    return _cost(search, next(_conventions(search)), next(iter(search.allowed)))


def _conventions(search: PosteriorSearch) -> Iterator[SummaryConvention]:
    return (one for one in search.conventions if one.rounding == _ROUNDING and one.ordinary)


def _cost(search: PosteriorSearch, convention: SummaryConvention, allowed: str) -> float:
    prior_costs = [one.cost for one in search.catalogue.kinds["prior"].values()]
    return convention.cost + max(prior_costs) + search.catalogue.cost("allowed-n", allowed)


def _within(search: PosteriorSearch, region: PosteriorRegion, convention: SummaryConvention) -> Explanation | None:
    assert region.size is not None
    smallest, largest = region.size
    for allowed, menu in search.allowed.items():
        reached = menu[menu <= largest]
        if not reached.size:
            continue
        sizes = np.linspace(max(smallest, float(reached.min())), largest, _SIZES)
        sizes = np.unique(np.concatenate([sizes, reached[reached > smallest].astype(np.float64)]))
        low, high = region.means_at(sizes)
        places = [
            place for place in zip(sizes.tolist(), low.tolist(), high.tolist(), strict=True) if place[1] <= place[2]
        ]
        found = [one for n in reached.tolist() if (one := _weakest(n, search.x, places)) is not None]
        if found:
            return _explanation(search, convention, allowed, min(found))
    return None


def _weakest(
    n: int, given: int | None, places: list[tuple[float, float, float]]
) -> tuple[float, int, int, float, float] | None:
    """Return the patients that the weakest prior is worth, x, n, and a + b and mean of its posterior."""
    for s, mean_low, mean_high in places:
        room = s - n
        # The prior's own a and b, m s - x and s - n less that, must both be at least 0.
        x = min(n, math.floor(mean_high * s + 1e-9)) if given is None else given
        least, most = max(mean_low, x / s), min(mean_high, (x + room) / s)
        if room >= 0 and 0 <= x <= n and least <= most:
            return room, x, n, s, 0.5 * (least + most)
    return None


def _explanation(
    search: PosteriorSearch,
    convention: SummaryConvention,
    allowed: str,
    best: tuple[float, int, int, float, float],
) -> Explanation:
    _, x, n, s, mean = best
    a, b = mean * s, (1.0 - mean) * s
    return Explanation(
        cost=_cost(search, convention, allowed),
        ordinary=False,
        allowed=allowed,
        x=x,
        n=n,
        rounding=_ROUNDING,
        level=search.level,
        a=a,
        b=b,
        prior=INFORMATIVE,
        point=convention.point,
        kind=convention.kind,
        readings=(f"{x}/{n} with a beta({max(a - x, 0.0):.3g}, {max(b - (n - x), 0.0):.3g}) prior",),
    )
