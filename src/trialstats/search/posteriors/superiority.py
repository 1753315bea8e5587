"""Several arms under one prior, and the probability of superiority over all pairs that print two summaries."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import product

import numpy as np

from trialstats.explanations import Explanation
from trialstats.intervals.beta import Beta
from trialstats.intervals.superiority import prob_greater
from trialstats.search.posteriors.search import PosteriorSearch

__all__ = ["joint_posteriors", "superiority"]


def joint_posteriors(
    *searches: PosteriorSearch, allowed: Collection[str] | None = None
) -> list[tuple[Explanation, ...]]:
    """Return all combinations of posteriors, one per arm, made under one prior, summary and kind of interval.

    Prior and data are confounded within an arm; a prior common to the arms is one that some reading of each has.

    Parameters
    ----------
    *searches : PosteriorSearch
        Of the printed summaries, one per arm.
    allowed : collection of str, optional
        Classes of denominators to take; by default all.

    Returns
    -------
    list of tuple of Explanation
        One explanation per arm, with the x, n and cost of the reading under the common prior; cheapest combination
        first, each combination of posteriors once.
    """
    tables = [_by_prior(search, allowed) for search in searches]
    keys = set(tables[0]).intersection(*tables[1:]) if tables else set()
    best: dict[tuple[object, ...], tuple[Explanation, ...]] = {}
    for key in keys:
        for arms in product(*(table[key].values() for table in tables)):
            same = (key[1:], *((one.a, one.b) for one in arms))
            if same not in best or _cost(arms) < _cost(best[same]):
                best[same] = arms
    return sorted(best.values(), key=lambda arms: (_cost(arms), *((one.a or 0.0, one.b or 0.0) for one in arms)))


def superiority(
    first: PosteriorSearch, second: PosteriorSearch, *, allowed: Collection[str] | None = None
) -> list[tuple[Explanation, Explanation, float]]:
    """Return P(first > second) for every pair of posteriors made under one prior, summary and kind of interval.

    Parameters
    ----------
    first, second : PosteriorSearch
        Of the two printed summaries.
    allowed : collection of str, optional
        Classes of denominators to take; by default all.

    Returns
    -------
    list of (Explanation, Explanation, float)
        Cheapest pair first; each pair of posteriors once.
    """
    pairs = joint_posteriors(first, second, allowed=allowed)
    if not pairs:
        return []
    lefts, rights = (Beta([one.a for one in side], [one.b for one in side]) for side in zip(*pairs, strict=True))
    chances = np.atleast_1d(prob_greater(lefts, rights))
    return [(left, right, float(p)) for (left, right), p in zip(pairs, chances, strict=True)]


def _by_prior(
    search: PosteriorSearch, allowed: Collection[str] | None
) -> dict[tuple[str, str | None, str | None], dict[tuple[float, float], Explanation]]:
    """Return the posteriors of an arm by prior, summary and kind of interval, each with its cheapest reading."""
    table: dict[tuple[str, str | None, str | None], dict[tuple[float, float], Explanation]] = {}
    for one in search.found:
        assert one.a is not None and one.b is not None
        readings = search.readings_of(one)
        for reading in readings:
            if allowed is None or reading.allowed in allowed:
                posteriors = table.setdefault((reading.prior, one.point, one.kind), {})
                cost = one.cost - readings[0].cost + reading.cost
                if (one.a, one.b) not in posteriors or cost < posteriors[one.a, one.b].cost:
                    posteriors[one.a, one.b] = replace(
                        one, cost=cost, prior=reading.prior, x=reading.x, n=reading.n, allowed=reading.allowed
                    )
    return table


def _cost(arms: tuple[Explanation, ...]) -> float:
    return sum(one.cost for one in arms)
