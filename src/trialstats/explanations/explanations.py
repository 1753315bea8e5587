"""All explanations of a claim, made one by one, cheapest first, only when somebody looks at them.

`Explanations` is the same for every search; a search says how they are found (`Search`).
"""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any, overload

from trialstats.errors import InputError
from trialstats.explanations.blocks import Block
from trialstats.explanations.explanation import Explanation, is_whole
from trialstats.reported import Span
from trialstats.values import EMPTY, Kept

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

MOST_LISTED = 1_500_000
"""Explanations that are listed, or compared with each other, at once: their columns take some hundred megabytes."""
_COMPUTED = ("estimate", "lower", "upper", "p")
_CONVENTION = ("method", "rounding", "bounds", "point", "level", "test", "sided", "allowed", "cost")


class Search(Kept):
    """What a search answers: a frozen dataclass of what is printed and what is searched.

    A search gives its blocks, and overrides what it knows sooner, or besides.
    """

    @abstractmethod
    def blocks(self) -> Iterator[Block]:
        """Yield the explanations of each convention that prints the claim, cheapest first."""

    def some(self) -> bool:
        """Return whether anything prints the claim."""
        return any(block.size for block in self.blocks())

    def chance(self) -> float | None:
        """Return the share of one-digit neighbours that have an explanation of no higher cost."""
        return None

    def ranges(self) -> Mapping[str, Any]:
        """Return ranges that hold for the claim as a whole, by name."""
        return EMPTY

    def printing_methods(self) -> tuple[str, ...]:
        """Return the methods that print the claim, cheapest first."""
        return tuple(dict.fromkeys(block.method for block in self.blocks() if block.method is not None))

    @property
    def not_searched(self) -> tuple[str, ...]:
        """What was left out so far, in words: all of it once every explanation was asked for."""
        return ()

    @property
    def limited(self) -> bool:
        """Whether something that might print the claim was left out so far."""
        return bool(self.not_searched)

    def explanations(self) -> Explanations:
        """Return all explanations, made when they are looked at."""
        return Explanations(self)


@dataclass(frozen=True)
class Known(Search):
    """Explanations that are known already."""

    found: tuple[Explanation, ...] = ()
    """Cheapest first."""

    def blocks(self) -> Iterator[Block]:
        """Yield each as a block of its own."""
        return map(Block.single, self.found)

    def some(self) -> bool:
        """Return whether there is any."""
        return bool(self.found)


@dataclass(frozen=True, repr=False)
class Explanations(Kept, Sequence[Explanation]):
    """All explanations of a claim, cheapest first; enumerated when first looked at.

    Two are equal if their searches are.

    Attributes
    ----------
    search : Search

    Examples
    --------
    >>> from trialstats.catalogue import Convention
    >>> from trialstats.explanations import Counts
    >>> found = Explanations.of([Explanation(Counts(8, 32), Convention(cost=1.0))])
    >>> bool(found), found.total, found[0].x, found.unique
    (True, 1, 8, True)
    """

    search: Search

    @classmethod
    def of(cls, found: Iterable[Explanation]) -> Explanations:
        """Return explanations that are known already, given in any order."""
        return cls(Known(tuple(sorted(found, key=lambda one: one.cost))))

    # ---- how many, and which -----------------------------------------------------------------------------------------
    @cached_property
    def _drawn(self) -> tuple[list[Block], Iterator[Block]]:
        return [], iter(self.search.blocks())

    def _in_order(self) -> Iterator[Block]:
        """Yield the blocks, cheapest first, making no more of them than are asked for."""
        made, rest = self._drawn
        at = 0
        while True:
            if at == len(made):
                block = next(rest, None)
                if block is None:
                    return
                made.append(block)
            yield made[at]
            at += 1

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks, cheapest first."""
        return tuple(self._in_order())

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate(block.size for block in self.blocks))

    @property
    def total(self) -> int:
        """How many explanations there are."""
        return self._ends[-1] if self._ends else 0

    def __len__(self) -> int:
        return self.total

    @cached_property
    def feasible(self) -> bool:
        """Whether anything in the catalogue prints the claim."""
        return self.search.some()

    def __bool__(self) -> bool:
        return self.feasible

    @overload
    def __getitem__(self, index: int) -> Explanation: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Explanation, ...]: ...
    def __getitem__(self, index: int | slice) -> Explanation | tuple[Explanation, ...]:
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(self.total)))
        if not is_whole(index):
            raise TypeError(f"Explanations are picked by a whole number or a slice, got {index!r}.")
        passed = 0
        if index >= 0 and "blocks" not in self.__dict__:
            for block in self._in_order():
                if index < passed + block.size:
                    return block.item(index - passed)
                passed += block.size
        position = index + self.total if index < 0 else index
        if not 0 <= position < self.total:
            raise IndexError(f"explanation {index} of {self.total}")
        k = bisect_right(self._ends, position)
        block = self.blocks[k]
        return block.item(position - (self._ends[k] - block.size))

    def __iter__(self) -> Iterator[Explanation]:
        for block in self._in_order():
            for i in range(block.size):
                yield block.item(i)

    def __repr__(self) -> str:
        found = f"{self.total}, cheapest {self[0]}" if self else "none"
        left_out = f"; not searched: {', '.join(self.not_searched)}" if self.not_searched else ""
        beside = f"; {self.counts}" if self.counts is not None else ""
        return f"<Explanations: {found}{left_out}{beside}>"

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

    @property
    def not_searched(self) -> tuple[str, ...]:
        """What might print the claim and was left out of the search; empty where the search is complete."""
        _ = self.blocks  # the search knows once everything was asked for
        return self.search.not_searched

    # ---- what they are worth -----------------------------------------------------------------------------------------
    def weight(self, i: int) -> float:
        """Return the share of explanation i among all, each counted 2 to the minus its cost."""
        cost = self[i].cost
        return float(1.0 / sum(block.size * 2.0 ** (cost - block.cost) for block in self.blocks))

    @cached_property
    def chance(self) -> float | None:
        """Share of the claims that differ by one changed digit and would have been explained at no higher cost."""
        return self.search.chance() if self else None

    # ---- what they have in common ------------------------------------------------------------------------------------
    @cached_property
    def methods(self) -> tuple[str, ...]:
        """Names of the methods that print the claim, cheapest first."""
        return self.search.printing_methods()

    @property
    def n_values(self) -> tuple[int, ...]:
        """The denominators under which something prints the claim, ascending."""
        return tuple(sorted({n for block in self.blocks for n in block.n_values()}))

    def _listed(self) -> tuple[Block, ...]:
        """Return the blocks, where not too many explanations are in them."""
        if self.total > MOST_LISTED:
            raise InputError(
                f"{self.total:,} explanations are more than can be listed, {MOST_LISTED:,}: look at best(k), or give n."
            )
        return self.blocks

    @cached_property
    def _data(self) -> frozenset[Any]:
        return frozenset(data for block in self._listed() for data in block.data())

    @property
    def unique(self) -> bool:
        """Whether all explanations rest on the same data, however computed and printed."""
        return not any(block.size > 1 for block in self.blocks) and len(self._data) == 1

    @property
    def rivals(self) -> int:
        """How many different data, such as pairs of x and n, print the claim."""
        return len(self._data)

    @property
    def deciding_digit(self) -> str | None:
        """Which printed number, given one more decimal, would leave the fewest rivals; None if none would help.

        One of ``estimate``, ``lower``, ``upper``. Each explanation counts as often as its cost says.
        """
        if self.rivals < 2:
            return None
        which = [data for block in self.blocks for data in block.data()]
        weights = [2.0**-block.cost for block in self.blocks for _ in range(block.size)]
        left = {}
        for name in _COMPUTED[:3]:
            values = self._computed(name)
            if values is not None:
                step = self._step(name)
                left[name] = _expected_rivals([round(value / step) for value in values], which, weights)
        best = min(left, key=lambda name: left[name], default=None)
        return best if best is not None and left[best] < self.rivals - 1e-9 else None

    def _computed(self, name: str) -> list[float] | None:
        found: list[float] = []
        for block in self.blocks:
            columns = block.columns()
            some = columns[name].tolist() if name in columns else [getattr(one, name) for one in _items(block)]
            if None in some:
                return None
            found += some
        return found

    def _step(self, name: str) -> float:
        """Return one unit of the next digit of a printed number, or .0001 where none is known."""
        number = getattr(getattr(self.search, "printed", None), name, None)
        return 1e-4 if number is None or number.is_missing else float(number.step) / 10

    # ---- ranges that hold for the whole claim ------------------------------------------------------------------------
    @cached_property
    def extra(self) -> Mapping[str, Any]:
        """Ranges that hold for the claim as a whole, by name."""
        return self.search.ranges()

    @property
    def centre(self) -> Span | None:
        """Range of the centre on the link scale."""
        return self.extra.get("centre")

    @property
    def se(self) -> Span | None:
        """Range of the standard error on the link scale."""
        return self.extra.get("se")

    @property
    def p_two_sided(self) -> Span | None:
        """Range of the two-sided Wald P value."""
        return self.extra.get("p_two_sided")

    @property
    def p_one_sided(self) -> Span | None:
        """Range of the one-sided Wald P value in the direction of the estimate."""
        return self.extra.get("p_one_sided")

    @property
    def events(self) -> Span | None:
        """Range of the number of events, as (at least, None or at most)."""
        return self.extra.get("events")

    @property
    def counts(self) -> Any:
        """What the counts of both arms say of a ratio, its interval and its P value; None where none were given."""
        return getattr(self.search, "against_counts", None)

    # ---- tables ------------------------------------------------------------------------------------------------------
    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return explanations by counts as columns: ``x n method rounding bounds level allowed cost estimate ...``.

        Returns
        -------
        dict of str to ndarray
            Cheapest first, all of one length; what is computed is unrounded and unclipped, and only there where an
            interval or a P value is printed. Empty for explanations by ranges.
        """
        import numpy as np

        tables = [block.columns() for block in self._listed()]
        if not tables:
            return {name: np.empty(0, dtype=np.int64) for name in ("x", "n")}
        if not all(tables):
            return {}
        sizes, names = [block.size for block in self.blocks], tuple(tables[0])
        data = [name for name in names if name not in _COMPUTED]
        found: dict[str, NDArray[Any]] = {name: np.concatenate([table[name] for table in tables]) for name in data}
        for name in _CONVENTION:
            values = [getattr(block.convention, name) for block in self.blocks]
            if any(value is not None for value in values):
                found[name] = np.repeat(np.array(values), sizes)
        return found | {name: np.concatenate([table[name] for table in tables]) for name in names if name in _COMPUTED}

    def to_frame(self, limit: int | None = 10_000) -> pd.DataFrame:
        """Return the cheapest ``limit`` explanations as a pandas frame, one row each."""
        import pandas as pd

        columns = self.arrays() if self.total <= MOST_LISTED else {}
        if columns:
            return pd.DataFrame({name: values[:limit] for name, values in columns.items()})
        return pd.DataFrame([one.as_dict() for one in islice(self, limit)])


def _items(block: Block) -> Iterator[Explanation]:
    return map(block.item, range(block.size))


def _expected_rivals(digits: list[int], which: list[Any], weights: list[float]) -> float:
    """Return how many different data are left on average once the digit is known."""
    left = Counter(digit for digit, _ in set(zip(digits, which, strict=True)))
    total = sum(weights)
    return sum(left[digit] * weight for digit, weight in zip(digits, weights, strict=True)) / total


NO_EXPLANATIONS = Explanations.of(())
