"""The last resort: some informative prior that prints a posterior summary which no prior of the menu prints."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from trialstats.catalogue import Convention
from trialstats.explanations import Block, Explanation, Posterior, Search
from trialstats.intervals.beta import Beta
from trialstats.reported import Range, Reported
from trialstats.search.posteriors.region import PosteriorRegion
from trialstats.search.posteriors.search import PosteriorSearch, chance_by_number
from trialstats.values import FrozenDict

INFORMATIVE = "informative"
_ROUNDING = "nearest"
_SIZES = 9
_LARGEST = 1e5
"""Largest a + b looked at."""


@dataclass(frozen=True)
class AnyPriorSearch(Search):
    """The search of the menus, and where nothing of them prints the claim, of a prior of any parameters.

    Examples
    --------
    >>> import trialstats as ts
    >>> menus = ts.explain_posterior("72%", ("62%", "81%"), n=27).search
    >>> menus.found, AnyPriorSearch(menus).found[0].readings
    ((), ('27/27 with a beta(27.6, 21.2) prior',))
    """

    menus: PosteriorSearch

    @cached_property
    def found(self) -> tuple[Explanation, ...]:
        """Every explanation, cheapest first."""
        other = None if self.menus.found else weakest_informative_prior(self.menus)
        return self.menus.found if other is None else (other,)

    def blocks(self) -> Iterator[Block]:
        """Yield every explanation, cheapest first."""
        return map(Block.single, self.found)

    def chance(self) -> float | None:
        """Return the share of one-digit neighbours that have an explanation of no higher cost.

        By the menus or by an informative prior, at every class of n of the menus: it is larger than that of an
        `explain_posterior` which was given one n and looks at no other prior.
        """
        return chance_by_number(self.menus.printed, self.found, self._neighbours_explained)

    def _neighbours_explained(self, name: str, neighbours: Sequence[Reported], budget: float) -> list[bool]:
        explained = self.menus.neighbours_explained(name, neighbours, budget)
        left = [one for one, done in zip(neighbours, explained, strict=True) if not done]
        others = iter(_neighbours_with_a_prior(self.menus, name, left, budget))
        return [done or next(others) for done in explained]


def weakest_informative_prior(search: PosteriorSearch, at_most: float = math.inf) -> Explanation | None:
    """Return an explanation by a prior of any parameters, worth as few patients as possible, or None.

    Under plain rounding, for the cheapest summary and the strictest class of denominators that has one. Its cost is
    that of a prior which nobody was seen to use; above ``at_most`` it is not looked for.
    """
    ranges = {name: number.range(_ROUNDING) for name, number in search.printed.parts}
    for convention in _conventions(search, at_most):
        region = _region(ranges, convention, search.level)
        if region.feasible:
            found = _within(search, region, convention)
            if found is not None:
                return found if found.cost <= at_most else None
    return None


def _region(ranges: Mapping[str, Range], convention: Convention, level: float) -> PosteriorRegion:
    point, kind = convention.point or "", convention.kind or ""
    return PosteriorRegion(FrozenDict(ranges), point, kind, _ROUNDING, level, _LARGEST)


def _neighbours_with_a_prior(
    search: PosteriorSearch, name: str, neighbours: Sequence[Reported], at_most: float
) -> list[bool]:
    """Return which changed copies of one printed number some prior explains, beside the others as printed."""
    spans = [_reached(search, name, one) for one in _conventions(search, at_most)]
    found = []
    for neighbour in neighbours:
        values, step = neighbour.range(_ROUNDING), float(neighbour.step)
        near = any(float(values.upper) >= low - step and float(values.lower) <= high + step for low, high in spans)
        changed = replace(search, printed=replace(search.printed, **{name: neighbour})) if near else None
        found.append(changed is not None and weakest_informative_prior(changed, at_most) is not None)
    return found


def _reached(search: PosteriorSearch, name: str, convention: Convention) -> tuple[float, float]:
    """Return what a number can be, about, in the posteriors that print all others: from their outline."""
    ranges = {other: number.range(_ROUNDING) for other, number in search.printed.parts if other != name}
    region = _region(ranges, convention, search.level)
    if not ranges or not region.feasible:
        return (0.0, 1.0) if not ranges else (math.inf, -math.inf)
    sizes, low, high = region.outline
    means = np.clip(np.concatenate([low, high]), 1e-9, 1.0 - 1e-9)
    beta = Beta(np.tile(sizes, 2) * means, np.tile(sizes, 2) * (1.0 - means))
    if name == "estimate":
        values = np.asarray(getattr(beta, convention.point or "mean")())
        values = values[~np.isnan(values)]
    else:
        limits = beta.interval(search.level) if convention.kind == "equal-tailed" else beta.hdi(search.level)
        values = np.asarray(getattr(limits, name))
    return float(values.min(initial=math.inf)), float(values.max(initial=-math.inf))


def _conventions(search: PosteriorSearch, at_most: float = math.inf) -> Iterator[Convention]:
    """Yield the ways of summarising that are looked at, cheapest first."""
    strictest = next(iter(search.allowed))
    for one in search.conventions:
        if one.rounding == _ROUNDING and one.ordinary and _cost(search, one, strictest) <= at_most:
            yield one


def _cost(search: PosteriorSearch, convention: Convention, allowed: str) -> float:
    dearest = max(one.cost for one in search.catalogue.kinds["prior"].values())
    return convention.cost + dearest + search.catalogue.cost("allowed-n", allowed)


def _within(search: PosteriorSearch, region: PosteriorRegion, convention: Convention) -> Explanation | None:
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
    convention: Convention,
    allowed: str,
    best: tuple[float, int, int, float, float],
) -> Explanation:
    _, x, n, s, mean = best
    a, b = mean * s, (1.0 - mean) * s
    reading = f"{x}/{n} with a beta({max(a - x, 0.0):.3g}, {max(b - (n - x), 0.0):.3g}) prior"
    cost = _cost(search, convention, allowed)
    return Explanation(
        Posterior(a, b, x, n, (reading,)),
        replace(convention, prior=INFORMATIVE, allowed=allowed, cost=cost, ordinary=False),
    )
