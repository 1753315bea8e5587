"""Explanations by counts, held as arrays: a block for each convention, single explanations made when asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, overload

import numpy as np
from numpy.typing import NDArray

from trialstats.explanations import Block, Explanation, Explanations, is_whole
from trialstats.intervals.interval import FloatArray
from trialstats.press import added_counts
from trialstats.search.counts.ranges import IntArray, expand
from trialstats.search.counts.ways import Way
from trialstats.search.printed import PrintedInterval

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CountBlock", "CountExplanations", "counts_block", "runs_block"]

_NO_COUNTS: tuple[IntArray, IntArray] = (np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))


@dataclass(frozen=True, slots=True)
class CountBlock(Block):
    """The counts that print a claim under one convention.

    Attributes
    ----------
    way : Way or None
    counts : callable
        All x and n as arrays.
    limits : callable
        The lower and upper limits at these, before rounding and unclipped; None where no interval is printed.
    """

    way: Way | None = None
    counts: Callable[[], tuple[IntArray, IntArray]] = lambda: _NO_COUNTS
    limits: Callable[[], tuple[FloatArray, FloatArray]] | None = None


def counts_block(way: Way, x: IntArray, n: IntArray, lower: FloatArray, upper: FloatArray) -> CountBlock:
    """Return the block of some counts with their limits."""
    added = added_counts(way.point, way.method, way.level)
    assert added is not None

    def item(i: int) -> Explanation:
        return Explanation(
            cost=way.cost,
            ordinary=way.ordinary,
            allowed=way.allowed,
            x=int(x[i]),
            n=int(n[i]),
            method=way.method,
            rounding=way.rounding,
            bounds=way.bounds,
            level=way.level,
            estimate=float((int(x[i]) + added) / (int(n[i]) + 2 * added)),
            lower=float(lower[i]),
            upper=float(upper[i]),
            point=None if way.point == "x-over-n" else way.point,
        )

    return CountBlock(
        way.cost, way.ordinary, way.allowed, int(x.size), item, way.method, lambda: np.unique(n).tolist(),
        way, lambda: (x, n), lambda: (lower, upper),
    )  # fmt: skip


def runs_block(way: Way, n: IntArray, first: IntArray, last: IntArray) -> CountBlock:
    """Return the block of every x from first to last at each n: counts behind a percentage without an interval."""
    ends = np.cumsum(last - first + 1)

    def item(i: int) -> Explanation:
        k = int(np.searchsorted(ends, i, side="right"))
        x, size = int(last[k] - (ends[k] - 1 - i)), int(n[k])
        return Explanation(
            cost=way.cost,
            ordinary=way.ordinary,
            allowed=way.allowed,
            x=x,
            n=size,
            rounding=way.rounding,
            estimate=x / size,
        )

    return CountBlock(
        way.cost, way.ordinary, way.allowed, int(ends[-1]), item, None, lambda: np.unique(n).tolist(),
        way, lambda: expand(first, last, n),
    )  # fmt: skip


class _Search(Protocol):
    printed: PrintedInterval

    def blocks(self) -> Iterator[CountBlock]: ...
    def cheapest(self) -> CountBlock | None: ...
    def printing_methods(self) -> tuple[str, ...]: ...
    @property
    def not_searched(self) -> tuple[str, ...]: ...
    def chance(self) -> float | None: ...


class CountExplanations(Explanations):
    """All counts and conventions that print a proportion, cheapest first.

    Whether there is any, by which methods, and the first few are found without listing the rest.

    Parameters
    ----------
    search : CountSearch
    some : callable, optional
        Says whether there is any, where that is known sooner than by the search.

    Examples
    --------
    >>> from trialstats.search.counts.explain import explain_proportion
    >>> found = explain_proportion("25%", ("12%", "43%"), n=32)
    >>> bool(found), found[0].x, found.arrays()["n"][:3].tolist()
    (True, 8, [32, 32, 32])
    """

    def __init__(self, search: _Search, some: Callable[[], bool] | None = None) -> None:
        super().__init__(lambda: tuple(search.blocks()), chance=search.chance)
        self._search = search
        self._some = some

    @cached_property
    def _any(self) -> bool:
        return self._search.cheapest() is not None if self._some is None else self._some()

    def __bool__(self) -> bool:
        return self._any

    @property
    def feasible(self) -> bool:
        """Whether anything in the catalogue prints the claim."""
        return self._any

    @cached_property
    def _methods(self) -> tuple[str, ...]:
        return self._search.printing_methods()

    @property
    def methods(self) -> tuple[str, ...]:
        """Names of the interval methods that print the claim, cheapest first."""
        return self._methods

    def _in_order(self) -> Iterator[Block]:
        return iter(self.blocks if "blocks" in self.__dict__ else self._search.blocks())

    def __iter__(self) -> Iterator[Explanation]:
        return (block.item(i) for block in self._in_order() for i in range(block.size))

    @overload
    def __getitem__(self, index: int) -> Explanation: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Explanation, ...]: ...
    def __getitem__(self, index: int | slice) -> Explanation | tuple[Explanation, ...]:
        if isinstance(index, slice) or not is_whole(index) or index < 0 or "blocks" in self.__dict__:
            return super().__getitem__(index)
        passed = 0
        for block in self._search.blocks():
            if index < passed + block.size:
                return block.item(index - passed)
            passed += block.size
        raise IndexError(f"explanation {index} of {passed}")

    @property
    def not_searched(self) -> tuple[str, ...]:
        """What was left out of the search: methods at an n beyond what they are computed for, or too many counts."""
        _ = self.blocks  # the search knows once everything was asked for
        return self._search.not_searched

    @property
    def _count_blocks(self) -> list[CountBlock]:
        return [block for block in self.blocks if isinstance(block, CountBlock)]

    @cached_property
    def _data(self) -> set[tuple[int, int]]:
        pairs: set[tuple[int, int]] = set()
        for block in self._count_blocks:
            x, n = block.counts()
            pairs.update(zip(x.tolist(), n.tolist(), strict=True))
        return pairs

    @property
    def unique(self) -> bool:
        """Whether all explanations rest on the same data, however computed and printed."""
        return len(self._data) == 1

    @property
    def rivals(self) -> int:
        """How many different pairs of x and n print the claim."""
        return len(self._data)

    @property
    def deciding_digit(self) -> str | None:
        """Which printed number, given one more decimal, would leave the fewest rivals; None if none would help.

        One of ``estimate``, ``lower``, ``upper``. Each explanation counts as often as its cost says.
        """
        if len(self._data) < 2:
            return None
        weight = np.concatenate([np.full(block.size, 2.0**-block.cost) for block in self._count_blocks])
        pairs = [np.concatenate(part) for part in zip(*(block.counts() for block in self._count_blocks), strict=True)]
        _, which = np.unique(np.stack(pairs), axis=1, return_inverse=True)
        columns = self.arrays()
        left = {}
        for name, number in self._search.printed.parts:
            if name in columns and not number.is_missing:
                digit = np.rint(columns[name] / float(number.step / 10)).astype(np.int64)
                left[name] = _expected_rivals(digit, which.ravel(), weight)
        best = min(left, key=lambda name: left[name], default=None)
        return best if best is not None and left[best] < len(self._data) - 1e-9 else None

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return all explanations as columns: ``x n method rounding bounds level allowed cost estimate lower upper``.

        Returns
        -------
        dict of str to ndarray
            Cheapest first, all of one length; limits unrounded and unclipped, and only where an interval is printed.
        """
        blocks = self._count_blocks
        sizes = [block.size for block in blocks]
        ways = [block.way for block in blocks if block.way is not None]

        def repeated(values: list[Any]) -> NDArray[Any]:
            return np.repeat(np.array(values), sizes)

        pairs = [block.counts() for block in blocks]
        x = np.concatenate([_NO_COUNTS[0], *(x for x, _ in pairs)])
        n = np.concatenate([_NO_COUNTS[1], *(n for _, n in pairs)])
        added = repeated([float(added_counts(way.point, way.method, way.level) or 0.0) for way in ways])
        found = {
            "x": x,
            "n": n,
            "method": repeated([way.method for way in ways]),
            "rounding": repeated([way.rounding for way in ways]),
            "bounds": repeated([way.bounds for way in ways]),
            "point": repeated([way.point for way in ways]),
            "level": repeated([way.level for way in ways]),
            "allowed": repeated([way.allowed for way in ways]),
            "cost": repeated([block.cost for block in blocks]),
            "estimate": (x + added) / (n + 2 * added),
        }
        limits = [block.limits() for block in blocks if block.limits is not None]
        if limits:
            found["lower"], found["upper"] = (np.concatenate(part) for part in zip(*limits, strict=True))
        return found

    def to_frame(self, limit: int | None = 10_000) -> pd.DataFrame:
        """Return the cheapest ``limit`` explanations as a pandas frame, one row each."""
        import pandas as pd

        return pd.DataFrame({name: values[:limit] for name, values in self.arrays().items()})


def _expected_rivals(digit: NDArray[np.int64], which: NDArray[np.intp], weight: FloatArray) -> float:
    """Return how many pairs of counts are left on average once the digit is known."""
    pairs = Counter(value for value, _ in set(zip(digit.tolist(), which.tolist(), strict=True)))
    values, place = np.unique(digit, return_inverse=True)
    share = np.bincount(place.ravel(), weights=weight) / weight.sum()
    return float(sum(part * pairs[value] for value, part in zip(values.tolist(), share.tolist(), strict=True)))
