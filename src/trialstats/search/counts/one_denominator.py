"""One number of patients behind several percentages, by class of n and rounding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from trialstats.catalogue import Catalogue, Convention, load_catalogue
from trialstats.explanations import Block, Explanation, Patients, Search
from trialstats.reported import Reported
from trialstats.search.counts.ranges import Allowed, IntArray, count_limits
from trialstats.search.printed import priced
from trialstats.values import kept


@dataclass(frozen=True, eq=False)
class _PatientsBlock(Block):
    """The denominators of which every percentage is a count, with the fewest patients that print each."""

    values: tuple[Reported, ...]
    n: IntArray

    @property
    def size(self) -> int:
        return int(self.n.size)

    def item(self, i: int) -> Explanation:
        n, rounding = int(self.n[i]), self.convention.rounding or ""
        fewest = (int(count_limits(value.range(rounding), self.n[i : i + 1])[0][0]) for value in self.values)
        return Explanation(Patients(n, tuple(f"{x}/{n}" for x in fewest)), self.convention)


@dataclass(frozen=True)
class OneDenominatorSearch(Search):
    """The search for one denominator of several percentages.

    Examples
    --------
    >>> percentages = tuple(map(Reported, ("72%", "56%", "44%", "43%", "39%")))
    >>> found = OneDenominatorSearch(percentages, Allowed(any=range(1, 61))).explanations()
    >>> found[0].n, found[0].readings[:2]
    (54, ('39/54', '30/54'))
    """

    values: tuple[Reported, ...]
    allowed: Mapping[str, IntArray]
    """Denominators by class."""
    catalogue: Catalogue = load_catalogue()

    def __post_init__(self) -> None:
        object.__setattr__(self, "allowed", Allowed.of(self.allowed))

    @property
    def conventions(self) -> tuple[Convention, ...]:
        """Every class of n with every rounding, cheapest first."""
        return _conventions(self.catalogue, tuple(self.allowed))

    @kept
    def fitting(self, allowed: str, rounding: str) -> IntArray:
        """Return the denominators of a class of which every percentage is a count."""
        n = self.allowed[allowed]
        for value in self.values:
            if not n.size:
                break
            low, high = count_limits(value.range(rounding), n)
            n = n[low <= high]
        return n

    @cached_property
    def plain(self) -> IntArray:
        """Return every denominator under plain rounding, ascending."""
        none = np.empty(0, dtype=np.int64)
        return np.sort(np.concatenate([none, *(self.fitting(name, "nearest") for name in self.allowed)]))

    def blocks(self) -> Iterator[Block]:
        """Yield all explanations by class and rounding, cheapest first."""
        for one in self.conventions:
            n = self.fitting(one.allowed or "", one.rounding or "")
            if n.size:
                yield _PatientsBlock(one, self.values, n)

    def cheapest(self) -> Explanation | None:
        """Return the cheapest explanation."""
        block = next(self.blocks(), None)
        return None if block is None else block.item(0)


@lru_cache(maxsize=64)
def _conventions(catalogue: Catalogue, classes: tuple[str, ...]) -> tuple[Convention, ...]:
    found = []
    for allowed in classes:
        for rounding in catalogue.names("rounding"):
            parts = ("allowed-n", allowed), ("rounding", rounding)
            found.append(priced(catalogue, *parts, rounding=rounding, allowed=allowed))
    return tuple(sorted(found, key=lambda one: one.cost))
