"""Some informative prior that prints a posterior summary which no prior of the menu prints."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from trialstats.explanations import Explanation
from trialstats.intervals.beta import Beta
from trialstats.reported import Reported
from trialstats.search.posteriors.region import PosteriorRegion
from trialstats.search.posteriors.search import PosteriorSearch, SummaryConvention

__all__ = ["INFORMATIVE", "neighbours_with_a_prior", "weakest_informative_prior"]

INFORMATIVE = "informative"
_ROUNDING = "nearest"
_SIZES = 9


def weakest_informative_prior(search: PosteriorSearch, at_most: float = math.inf) -> Explanation | None:
    """Return an explanation by a prior of any parameters, worth as few patients as possible.

    Under plain rounding, for the cheapest summary and the strictest class of denominators that has one. Its cost is
    that of a prior which nobody was seen to use.

    Parameters
    ----------
    search : PosteriorSearch
    at_most : float, optional
        Bits that the explanation may cost.

    Returns
    -------
    Explanation or None
    """
    ranges = {name: number.range(_ROUNDING) for name, number in search.printed.parts}
    for convention in _conventions(search, at_most):
        region = PosteriorRegion(ranges, convention.point, convention.kind, _ROUNDING, search.level, 1e5)
        if region.feasible:
            found = _within(search, region, convention)
            if found is not None:
                return found if found.cost <= at_most else None
    return None


def neighbours_with_a_prior(
    search: PosteriorSearch, name: str, neighbours: Sequence[Reported], at_most: float
) -> list[bool]:
    """Return which changed copies of one printed number such a prior explains, beside the others as printed.

    Parameters
    ----------
    search : PosteriorSearch
    name : str
        ``estimate``, ``lower`` or ``upper``.
    neighbours : sequence of Reported
        The changed copies.
    at_most : float
        Bits that an explanation may cost.

    Returns
    -------
    list of bool
    """
    spans = [_reached(search, name, one) for one in _conventions(search, at_most)]
    found = []
    for neighbour in neighbours:
        values, step = neighbour.range(_ROUNDING), float(neighbour.step)
        near = any(float(values.upper) >= low - step and float(values.lower) <= high + step for low, high in spans)
        changed = replace(search, printed=replace(search.printed, **{name: neighbour})) if near else None
        found.append(changed is not None and weakest_informative_prior(changed, at_most) is not None)
    return found


def _reached(search: PosteriorSearch, name: str, convention: SummaryConvention) -> tuple[float, float]:
    """Return what a number can be, about, in the posteriors that print all others: from their outline."""
    ranges = {other: number.range(_ROUNDING) for other, number in search.printed.parts if other != name}
    region = PosteriorRegion(ranges, convention.point, convention.kind, _ROUNDING, search.level, 1e5)
    if not ranges or not region.feasible:
        return (0.0, 1.0) if not ranges else (math.inf, -math.inf)
    sizes, low, high = region.outline
    means = np.clip(np.concatenate([low, high]), 1e-9, 1.0 - 1e-9)
    beta = Beta(np.tile(sizes, 2) * means, np.tile(sizes, 2) * (1.0 - means))
    if name == "estimate":
        values = np.asarray(getattr(beta, convention.point)())
        values = values[~np.isnan(values)]
    else:
        limits = beta.interval(search.level) if convention.kind == "equal-tailed" else beta.hdi(search.level)
        values = np.asarray(getattr(limits, name))
    return float(values.min(initial=math.inf)), float(values.max(initial=-math.inf))


def _conventions(search: PosteriorSearch, at_most: float = math.inf) -> Iterator[SummaryConvention]:
    """Yield the ways of summarising that are looked at, cheapest first."""
    strictest = next(iter(search.allowed))
    for one in search.conventions:
        if one.rounding == _ROUNDING and one.ordinary and _cost(search, one, strictest) <= at_most:
            yield one


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
