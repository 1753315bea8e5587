"""Several arms under one prior, and the probability of superiority over all pairs that print two summaries."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Generic, TypeVar, overload

import numpy as np

from trialstats.explanations import Explanation, Posterior
from trialstats.intervals.beta import Beta
from trialstats.intervals.superiority import prob_greater
from trialstats.search.limits import MOST_PAIRS
from trialstats.search.posteriors.search import PosteriorSearch

T = TypeVar("T")
_Key = tuple[str, str | None, str | None]
"""Prior, summary and kind of interval."""


@dataclass(frozen=True)
class Combinations(Sequence[T], Generic[T]):
    """Combinations of posteriors, one for each arm, cheapest first."""

    all: tuple[T, ...] = ()
    not_searched: tuple[str, ...] = ()
    """What was left out, in words: dearer posteriors, where there are very many combinations."""

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        return self.all[index]

    def __len__(self) -> int:
        return len(self.all)

    def __iter__(self) -> Iterator[T]:
        return iter(self.all)


def joint_posteriors(
    *searches: PosteriorSearch, allowed: Collection[str] | None = None
) -> Combinations[tuple[Explanation, ...]]:
    """Return all combinations of posteriors, one per arm, made under one prior, summary and kind of interval.

    Prior and data are confounded within an arm; a prior common to the arms is one that some reading of each has, and x,
    n and cost are of that reading. The cheapest combination comes first, each combination of posteriors once; of very
    many those of the cheapest posteriors. ``allowed`` are the classes of denominators to take, by default all.
    """
    tables = [_by_prior(search, allowed) for search in searches]
    keys = sorted(set(tables[0]).intersection(*tables[1:]), key=str) if tables else []
    menus, left_out = _affordable([[list(table[key].values()) for table in tables] for key in keys])
    best: dict[tuple[object, ...], tuple[Explanation, ...]] = {}
    for key, menu in zip(keys, menus, strict=True):
        for arms in product(*menu):
            same = (key[1:], *((one.a, one.b) for one in arms))
            if same not in best or _cost(arms) < _cost(best[same]):
                best[same] = arms
    found = sorted(best.values(), key=lambda arms: (_cost(arms), *((one.a or 0.0, one.b or 0.0) for one in arms)))
    return Combinations(tuple(found), left_out)


def _affordable(menus: list[list[list[Explanation]]]) -> tuple[list[list[list[Explanation]]], tuple[str, ...]]:
    """Return as many of each arm's posteriors, the cheapest, as can be combined; and what that leaves out."""
    totals = [int(np.prod([len(arm) for arm in menu], dtype=object)) for menu in menus]
    if sum(totals) <= MOST_PAIRS:
        return menus, ()
    most = MOST_PAIRS // len(menus)
    kept = []
    for menu, total in zip(menus, totals, strict=True):
        share = min((most / total) ** (1 / len(menu)), 1.0)
        kept.append([sorted(arm, key=lambda one: one.cost)[: max(int(len(arm) * share), 1)] for arm in menu])
    return kept, (f"dearer posteriors, of {sum(totals):,} combinations",)


def superiority(
    first: PosteriorSearch, second: PosteriorSearch, *, allowed: Collection[str] | None = None
) -> Combinations[tuple[Explanation, Explanation, float]]:
    """Return P(first > second) for every pair of posteriors made under one prior, summary and kind of interval.

    As `joint_posteriors`, for two printed summaries.
    """
    pairs = joint_posteriors(first, second, allowed=allowed)
    if not pairs:
        return Combinations()
    lefts, rights = (Beta([one.a for one in side], [one.b for one in side]) for side in zip(*pairs, strict=True))
    chances = np.atleast_1d(prob_greater(lefts, rights))
    found = ((left, right, float(p)) for (left, right), p in zip(pairs, chances, strict=True))
    return Combinations(tuple(found), pairs.not_searched)


def _by_prior(
    search: PosteriorSearch, allowed: Collection[str] | None
) -> Mapping[_Key, dict[tuple[float, float], Explanation]]:
    """Return the posteriors of an arm by prior, summary and kind of interval, each with its cheapest reading."""
    table: dict[_Key, dict[tuple[float, float], Explanation]] = {}
    for one in search.found:
        assert isinstance(one.witness, Posterior)
        a, b = one.witness.a, one.witness.b
        readings = search.readings_of(one)
        for reading in readings:
            if allowed is None or reading.allowed in allowed:
                posteriors = table.setdefault((reading.prior, one.point, one.kind), {})
                cost = one.cost - readings[0].cost + reading.cost
                if (a, b) not in posteriors or cost < posteriors[a, b].cost:
                    posteriors[a, b] = replace(
                        one,
                        witness=replace(one.witness, x=reading.x, n=reading.n),
                        convention=replace(one.convention, cost=cost, prior=reading.prior, allowed=reading.allowed),
                    )
    return table


def _cost(arms: tuple[Explanation, ...]) -> float:
    return sum(one.cost for one in arms)
