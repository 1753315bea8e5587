"""A rate from a curve, or a plain count of an arm that was followed up completely."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from heapq import merge

from trialstats.explanations import Block, Explanation, Search
from trialstats.reported import DEFAULT_ROUNDING
from trialstats.search.counts.search import CountSearch
from trialstats.search.printed import total_cost
from trialstats.search.survival.explain import SurvivalSearch


@dataclass(frozen=True)
class CurveOrCount(Search):
    """The search for what prints a survival rate: a transform of the curve, or a count if nobody was censored."""

    curve: SurvivalSearch
    count: CountSearch | None
    """None where no size of the arm is printed."""

    @cached_property
    def _bits(self) -> float:
        return total_cost(self.curve.catalogue, ("survival-rate", "complete-follow-up"))[0]

    def counts(self) -> Iterator[Block]:
        """Yield the explanations by counts, cheapest first; complete follow-up has its cost."""
        if self.count is not None:
            yield from (self._dearer(block) for block in self.count.blocks())

    def _dearer(self, block: Block) -> Block:
        dearer = replace(block.convention, cost=block.cost + self._bits, ordinary=False)
        return replace(block, convention=dearer)

    @cached_property
    def cheapest(self) -> Explanation | None:
        """The cheapest explanation of either kind; a count is never ordinary."""
        curve = self.curve.cheapest()
        if curve is not None and curve.ordinary and (self.count is None or not self._may_cost_less(curve)):
            return curve
        first = next(self.counts(), None)
        return first.item(0) if first is not None and (curve is None or first.cost < curve.cost) else curve

    def _may_cost_less(self, curve: Explanation) -> bool:
        assert self.count is not None
        conventions = self.count.conventions
        return bool(conventions) and conventions[0].cost + self._bits < curve.cost

    @cached_property
    def plain_count(self) -> Explanation | None:
        """The cheapest count that prints the claim plainly rounded."""
        if self.count is None:
            return None
        block = replace(self.count, roundings=(DEFAULT_ROUNDING,)).cheapest()
        return None if block is None else self._dearer(block).item(0)

    @property
    def not_searched(self) -> tuple[str, ...]:
        """The counts that might print the claim and were not looked at; known once the counts were searched."""
        return () if self.count is None else self.count.not_searched

    def blocks(self) -> Iterator[Block]:
        """Yield all explanations, cheapest first."""
        return merge(self.curve.blocks(), self.counts(), key=lambda block: block.cost)

    def chance(self) -> float | None:
        """Return the share of one-digit neighbours that a curve explains at no higher cost."""
        return self.curve.chance()
