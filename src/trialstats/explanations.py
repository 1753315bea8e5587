"""All explanations of a claim: held compactly, in blocks of equal convention and cost.

They are made one by one, cheapest first, only when somebody looks at them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import accumulate, count, islice
from numbers import Integral
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, overload

from trialstats.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ALLOWED", "EMPTY", "NO_EXPLANATIONS", "Block", "Explanation", "Explanations", "is_whole"]

EMPTY: Mapping[str, Any] = MappingProxyType({})

ALLOWED = ("stated", "derived", "near", "any")
"""Classes of the denominators that a text allows, from the one printed to any at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A witness with its convention: concrete data and the way of computing and printing them.

    Only the fields that the kind of claim needs are filled. Ranges are pairs of floats.

    Attributes
    ----------
    cost : float
        Bits; the sum over the convention's parts.
    ordinary : bool
        Whether every part of the convention is ordinary within its kind.
    allowed : str or None
        Class of the denominator: ``stated``, ``derived``, ``near`` or ``any``.
    x, n, x2, n2 : int or None
        Counts, of the second arm too where two are compared.
    method, rounding, bounds, level
        How an interval was computed and printed; ``bounds`` is ``halves`` for bounds put together
        from rounded parts.
    estimate, lower, upper, p : float or None
        What the convention gives before rounding, and before limits beyond 0 and 1 are cut off.
    scale, transform : str or None
        Link scale of a ratio; transform of a Kaplan-Meier interval.
    centre, se, effective_n : tuple of float or None
        Ranges on the link scale.
    a, b : float or None
        Parameters of a Beta posterior; ``prior``, ``point`` and ``kind`` say how it was made and summarised.
    test, sided
        Test and sides of a P value.
    readings : tuple of str
        Several readings of one witness, such as the priors and counts that share a posterior.
    draws : int or None
        Number of posterior draws whose sampling error the explanation needs.
    probability : float or None
        How probably that many draws print the claim.
    """

    cost: float
    ordinary: bool = True
    allowed: str | None = None
    x: int | None = None
    n: int | None = None
    x2: int | None = None
    n2: int | None = None
    method: str | None = None
    rounding: str | None = None
    bounds: str | None = None
    level: float | None = None
    estimate: float | None = None
    lower: float | None = None
    upper: float | None = None
    p: float | None = None
    scale: str | None = None
    transform: str | None = None
    centre: tuple[float, float] | None = None
    se: tuple[float, float] | None = None
    effective_n: tuple[float, float] | None = None
    a: float | None = None
    b: float | None = None
    prior: str | None = None
    point: str | None = None
    kind: str | None = None
    test: str | None = None
    sided: int | None = None
    readings: tuple[str, ...] = ()
    draws: int | None = None
    probability: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the filled fields, in order."""
        found = {f.name: getattr(self, f.name) for f in fields(self)}
        return {name: value for name, value in found.items() if value is not None and value != ()}


@dataclass(frozen=True, slots=True)
class Block:
    """Explanations of one convention and one cost, held compactly.

    Attributes
    ----------
    cost : float
    ordinary : bool
    allowed : str or None
    size : int
    item : callable
        ``item(i)`` makes the i-th explanation.
    method : str or None
    n_values : callable
        The distinct denominators of the block, ascending.
    """

    cost: float
    ordinary: bool
    allowed: str | None
    size: int
    item: Callable[[int], Explanation]
    method: str | None = None
    n_values: Callable[[], Sequence[int]] = tuple

    @classmethod
    def single(cls, explanation: Explanation) -> Block:
        """Return a block that holds one explanation."""
        n = () if explanation.n is None else (explanation.n,)
        return cls(
            explanation.cost,
            explanation.ordinary,
            explanation.allowed,
            1,
            lambda _: explanation,
            explanation.method,
            lambda: n,
        )


def is_whole(value: object) -> bool:
    """Whether a value is a whole number of any type, numpy's included."""
    return isinstance(value, Integral) and not isinstance(value, bool)


class Explanations(Sequence[Explanation]):
    """All explanations of a claim, cheapest first; enumerated when first looked at.

    Parameters
    ----------
    blocks : callable
        Makes the blocks, in any order.
    ordered : bool, default False
        Whether ``blocks`` makes them cheapest first, one by one: then only those are made that somebody looks at.
    chance : callable, optional
        Computes the share of one-digit neighbours that have an explanation of no higher cost.
    extra : callable, optional
        Computes further ranges (``centre``, ``se``, ``events`` ...) by name.

    Examples
    --------
    >>> found = Explanations(lambda: [Block.single(Explanation(cost=1.0, x=8, n=32))])
    >>> bool(found), found.total, found[0].x, found.unique
    (True, 1, 8, True)
    """

    def __init__(
        self,
        blocks: Callable[[], Iterable[Block]],
        *,
        ordered: bool = False,
        chance: Callable[[], float | None] | None = None,
        extra: Callable[[], Mapping[str, Any]] | None = None,
    ) -> None:
        self._make = blocks
        self._ordered = ordered
        self._chance = chance
        self._extra = extra

    @classmethod
    def of(cls, found: Iterable[Explanation]) -> Explanations:
        """Return explanations that are known already, in any order."""
        known = tuple(found)
        return Explanations(lambda: map(Block.single, known))

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks, cheapest first."""
        return tuple(self._drawn() if self._ordered else sorted(self._make(), key=lambda block: block.cost))

    @cached_property
    def _made(self) -> tuple[list[Block], Iterator[Block]]:
        return [], iter(self._make())

    def _drawn(self) -> Iterator[Block]:
        """Yield the blocks, cheapest first, making no more of them than are asked for."""
        if not self._ordered:
            yield from self.blocks
            return
        made, rest = self._made
        for k in count():
            if k == len(made):
                block = next(rest, None)
                if block is None:
                    return
                made.append(block)
            yield made[k]

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate(block.size for block in self.blocks))

    @property
    def total(self) -> int:
        """How many explanations there are."""
        return self._ends[-1] if self._ends else 0

    def __len__(self) -> int:
        return self.total

    def __bool__(self) -> bool:
        return any(block.size for block in self._drawn())

    @property
    def feasible(self) -> bool:
        """Whether anything in the catalogue prints the claim."""
        return bool(self)

    @overload
    def __getitem__(self, index: int) -> Explanation: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Explanation, ...]: ...
    def __getitem__(self, index: int | slice) -> Explanation | tuple[Explanation, ...]:
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(self.total)))
        if not is_whole(index):
            raise TypeError(f"Explanations are picked by a whole number or a slice, got {index!r}.")
        if index == 0 and self:
            return next(iter(self))
        position = index + self.total if index < 0 else index
        if not 0 <= position < self.total:
            raise IndexError(f"explanation {index} of {self.total}")
        k = bisect_right(self._ends, position)
        block = self.blocks[k]
        return block.item(position - (self._ends[k] - block.size))

    def __iter__(self) -> Iterator[Explanation]:
        for block in self._drawn():
            for i in range(block.size):
                yield block.item(i)

    def __repr__(self) -> str:
        found = f"{self.total}, cheapest {self[0].as_dict()}" if self else "none"
        left_out = f"; not searched: {', '.join(self.not_searched)}" if self.not_searched else ""
        return f"<Explanations: {found}{left_out}>"

    @property
    def not_searched(self) -> tuple[str, ...]:
        """What might print the claim and was left out of the search; empty where the search is complete."""
        return ()

    def best(self, k: int = 5) -> tuple[Explanation, ...]:
        """Return the k cheapest.

        Raises
        ------
        InputError
            If k is not a whole number of at least 0.
        """
        if not is_whole(k) or k < 0:
            raise InputError(f"k must be a whole number of at least 0, got {k!r}.")
        return tuple(islice(self, k))

    def weight(self, i: int) -> float:
        """Return the share of explanation i among all, each counted 2 to the minus its cost."""
        cost = self[i].cost
        return float(1.0 / sum(block.size * 2.0 ** (cost - block.cost) for block in self.blocks))

    @property
    def methods(self) -> tuple[str, ...]:
        """Names of the interval methods that print the claim, cheapest first."""
        return tuple(dict.fromkeys(block.method for block in self.blocks if block.method is not None))

    @property
    def n_values(self) -> tuple[int, ...]:
        """The denominators under which something prints the claim, ascending."""
        return tuple(sorted({n for block in self.blocks for n in block.n_values()}))

    @property
    def unique(self) -> bool:
        """Whether all explanations rest on the same data, however computed and printed."""
        return self.total > 0 and len({_witness(one) for one in islice(self, 2000)}) == 1

    @property
    def deciding_digit(self) -> str | None:
        """Which printed number, given one more decimal, would best tell the data apart; None if nothing would.

        One of ``estimate``, ``lower``, ``upper``; judged on the 500 cheapest explanations.
        """
        rivals = self.best(500)
        if len({_witness(one) for one in rivals}) < 2:
            return None
        spread = {
            name: len({round(value, 4) for one in rivals if (value := getattr(one, name)) is not None})
            for name in ("estimate", "lower", "upper")
        }
        name = max(spread, key=lambda key: spread[key])
        return name if spread[name] > 1 else None

    @cached_property
    def chance(self) -> float | None:
        """Share of the claims that differ by one changed digit and would have been explained at no higher cost."""
        return None if self._chance is None or not self else self._chance()

    @cached_property
    def extra(self) -> Mapping[str, Any]:
        """Ranges that hold for the claim as a whole, by name."""
        return EMPTY if self._extra is None else MappingProxyType(dict(self._extra()))

    @property
    def centre(self) -> tuple[float, float] | None:
        """Range of the centre on the link scale."""
        return self.extra.get("centre")

    @property
    def se(self) -> tuple[float, float] | None:
        """Range of the standard error on the link scale."""
        return self.extra.get("se")

    @property
    def p_two_sided(self) -> tuple[float, float] | None:
        """Range of the two-sided Wald P value."""
        return self.extra.get("p_two_sided")

    @property
    def p_one_sided(self) -> tuple[float, float] | None:
        """Range of the one-sided Wald P value in the direction of the estimate."""
        return self.extra.get("p_one_sided")

    @property
    def events(self) -> tuple[float, float] | None:
        """Range of the number of events, as (at least, None or at most)."""
        return self.extra.get("events")

    def to_frame(self, limit: int | None = 10_000) -> pd.DataFrame:
        """Return the cheapest ``limit`` explanations as a pandas frame, one row each."""
        import pandas as pd

        return pd.DataFrame([one.as_dict() for one in islice(self, limit)])


def _witness(one: Explanation) -> tuple[Any, ...]:
    return (one.x, one.n, one.x2, one.n2, one.a, one.b, one.centre, one.se)


NO_EXPLANATIONS = Explanations(tuple)
