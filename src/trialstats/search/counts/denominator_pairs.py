"""Pairs of denominators behind several two-arm rows, each two percentages and the P value of their comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from trialstats.catalogue import Catalogue, load_catalogue
from trialstats.errors import InputError
from trialstats.explanations import is_whole
from trialstats.intervals.two_sample import TWO_PROPORTION_TESTS
from trialstats.reported import Reported
from trialstats.search.counts.arguments import check_misses, check_names, read_p_value, read_share
from trialstats.search.counts.ranges import IntArray, count_limits, expand
from trialstats.search.counts.two_arm import CLOSED_FORM, Tables, p_in_range, p_values_of, pairs_of
from trialstats.search.limits import MOST_EXACT_WORK, MOST_LISTS, MOST_TABLES
from trialstats.search.printed import total_cost

Row = tuple[str | Reported, str | Reported, str | Reported]
_KEY = 1 << 31
"""Makes one number of two sizes."""


@dataclass(frozen=True, slots=True)
class DenominatorPair:
    """Two denominators and a test under which most rows come out.

    Attributes
    ----------
    n1, n2 : int
    test : str
    sided : int
    cost : float
        Bits of test and sides.
    counts : tuple
        For each row the counts of both arms, or None where no count prints percentages and P value.
    p : tuple of float or None
        The P values of these counts.
    missed : tuple of int
        Positions of the rows that do not come out.
    fewer : tuple
        For each missed row the nearest ``(n1, n2)`` with one or two patients fewer, in all, that make it come out under
        the same test; None where there is none.
    """

    n1: int
    n2: int
    test: str
    sided: int
    cost: float
    counts: tuple[tuple[int, int] | None, ...]
    p: tuple[float | None, ...]
    missed: tuple[int, ...]
    fewer: tuple[tuple[int, int] | None, ...]


@dataclass(frozen=True)
class DenominatorPairs(Sequence[DenominatorPair]):
    """All pairs that make the rows come out: fewest missed rows first, then cheapest, then fewest patients missing.

    Attributes
    ----------
    pairs : tuple of DenominatorPair
    searched : int
        How many pairs of denominators were tried, each under every test.
    row_chances : tuple of float
        For each row the share of all P values printed with its decimals (between the smallest and 1) that some pair and
        test would have explained.
    chance : float
        The share of all lists of P values, one for each row, that one pair and test would have explained together: what
        a hit is worth as a sign that these P values belong to these percentages. It says nothing about *which* pair:
        that is `share`.
    not_searched : tuple of str
        What was left out, in words: exact tests of very many tables.
    """

    pairs: tuple[DenominatorPair, ...]
    searched: int
    row_chances: tuple[float, ...]
    chance: float
    not_searched: tuple[str, ...] = ()

    @overload
    def __getitem__(self, index: int) -> DenominatorPair: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[DenominatorPair, ...]: ...
    def __getitem__(self, index: int | slice) -> DenominatorPair | tuple[DenominatorPair, ...]:
        return self.pairs[index]

    def __len__(self) -> int:
        return len(self.pairs)

    @property
    def share(self) -> float:
        """Share of the pairs of denominators searched that are left: near 1 the rows say little about them.

        Examples
        --------
        >>> rows = [("84%", "47%", "<.001"), ("8%", "0%", ".017")]
        >>> found = infer_denominator_pairs(rows, first=97, second=74)
        >>> f"{found.chance:.0e}", found.share
        ('5e-05', 0.225)
        """
        return len({(pair.n1, pair.n2) for pair in self.pairs}) / self.searched

    @property
    def complete(self) -> tuple[DenominatorPair, ...]:
        """The pairs that make every row come out."""
        return tuple(pair for pair in self.pairs if not pair.missed)


def infer_denominator_pairs(
    rows: Sequence[Row],
    *,
    first: int | tuple[int, int],
    second: int | tuple[int, int],
    misses: int = 0,
    tests: Sequence[str] | None = None,
    sided: int | None = 2,
    catalogue: Catalogue | None = None,
) -> DenominatorPairs:
    """Find the pairs of denominators at which one test makes several two-arm rows come out.

    Parameters
    ----------
    rows : sequence of (percentage, percentage, P value)
        As printed, the first arm first; a P value may be ``"<.001"``.
    first, second : int or pair of int
        The size of each arm, searched down to nine tenths of it, as patients may be missing; or the smallest and the
        largest n.
    misses : int, default 0
        Accept this many rows that do not come out, as where patients of a row are missing.
    tests : sequence of str, optional
        Names of ``TWO_PROPORTION_TESTS``; by default those of the catalogue.
    sided : {2, 1, None}, default 2
        Sides of the P values; None tries both.
    catalogue : Catalogue, optional
        By default the latest.

    Returns
    -------
    DenominatorPairs
        With the share of all P values that the same search would have explained.

    Raises
    ------
    InputError
        If there is no row, a row is not two percentages and a P value, the sizes are out of order, no row would have to
        come out, the sides are not 1, 2 or None, or there are more than 250,000 tables to look at.
    UnknownNameError
        If a test is not on the menu.

    Examples
    --------
    >>> rows = [("84%", "47%", "<.001"), ("8%", "0%", ".017")]
    >>> len(infer_denominator_pairs(rows, first=(97, 97), second=(74, 74)))
    0
    >>> found = infer_denominator_pairs(rows, first=97, second=74)
    >>> found[0].n1, found[0].n2, found[0].test, found[0].counts[1]
    (92, 74, 'fisher', (7, 0))
    """
    if not rows:
        raise InputError(f"Give at least one row of two percentages and a P value, got {rows!r}.")
    printed = [_read(row) for row in rows]
    used = catalogue or load_catalogue()
    check_misses(misses, len(rows))
    check_names("test", tests, TWO_PROPORTION_TESTS)
    if sided is not None and (not is_whole(sided) or sided not in (1, 2)):
        raise InputError(f"sided must be 1, 2, or None for both, got {sided!r}.")
    names = tuple(tests or used.names("two-arm-test"))
    sizes = _sizes(first, "first"), _sizes(second, "second")
    search = _PairSearch(printed, *sizes, names, (sided,) if sided else (2, 1), used, sided is None)
    if search.tables > MOST_TABLES:
        raise InputError(
            f"{search.tables:,} tables print the percentages of the rows, and at most {MOST_TABLES:,} are looked at: "
            "give narrower sizes, or fewer rows."
        )
    pairs = search.pairs(misses)
    return DenominatorPairs(pairs, sizes[0].size * sizes[1].size, *search.chances(), search.not_searched)


def _read(row: Row) -> tuple[Reported, Reported, Reported]:
    if not isinstance(row, (tuple, list)) or len(row) != 3:
        raise InputError(f"A row is two percentages and a P value, got {row!r}.")
    one, other, p = row
    return read_share(one), read_share(other), read_p_value(p)


def _sizes(size: int | tuple[int, int], what: str) -> IntArray:
    ends: list[Any] = [size] if is_whole(size) else list(size) if isinstance(size, (tuple, list)) else []
    if len(ends) not in (1, 2) or not all(map(is_whole, ends)):
        raise InputError(f"{what} must be a size or (smallest, largest), got {size!r}.")
    low, high = ends if len(ends) == 2 else (max(-(-9 * ends[0] // 10), 1), ends[0])
    if not 1 <= low <= high:
        raise InputError(f"{what} must be a size of at least 1 or (smallest, largest), got {size!r}.")
    return np.arange(low, high + 1, dtype=np.int64)


@dataclass(frozen=True)
class _PairSearch:
    rows: Sequence[tuple[Reported, Reported, Reported]]
    first: IntArray
    second: IntArray
    tests: tuple[str, ...]
    sides: tuple[int, ...]
    catalogue: Catalogue
    sides_cost: bool

    @cached_property
    def tables(self) -> int:
        """How many tables print the percentages of the rows, all together."""
        total = 0
        for one, other, _ in self.rows:
            runs = (count_limits(number.range(), n) for number, n in ((one, self.first), (other, self.second)))
            first, second = (int(np.maximum(high - low + 1, 0).sum()) for low, high in runs)
            total += first * second
        return total

    @cached_property
    def _left_out(self) -> tuple[str, ...]:
        """The tests that take too long for so many tables."""
        exact = [test for test in self.tests if test not in CLOSED_FORM]
        work = self.tables * int(self.first.max() + self.second.max())
        return tuple(exact) if work > MOST_EXACT_WORK else ()

    @property
    def not_searched(self) -> tuple[str, ...]:
        """The tests left out, in words."""
        return (f"{', '.join(self._left_out)} ({self.tables:,} tables)",) if self._left_out else ()

    @cached_property
    def _conventions(self) -> list[tuple[float, str, int]]:
        """Cost, test and sides, cheapest first."""
        found = []
        for test in (one for one in self.tests if one not in self._left_out):
            for sided in self.sides:
                parts = [("two-arm-test", test)] if test in self.catalogue.kinds["two-arm-test"] else []
                if self.sides_cost:
                    parts.append(("p-sided", "two" if sided == 2 else "one"))
                bits, _ = total_cost(self.catalogue, *parts)
                found.append((bits, test, sided))
        return sorted(found)

    def _tables(self, row: int, first: IntArray, second: IntArray) -> Tables:
        """Every (x1, n1, x2, n2) that prints both percentages of a row."""
        one, other, _ = self.rows[row]
        counts = (expand(*count_limits(number.range(), n), n) for number, n in ((one, first), (other, second)))
        return pairs_of(*counts)

    @cached_property
    def _p_values(self) -> Mapping[tuple[int, str, int], NDArray[np.float64]]:
        return {
            (row, test, sided): p_values_of(self._everything[row], test, sided)
            for row in range(len(self.rows))
            for _, test, sided in self._conventions
        }

    @cached_property
    def _keys(self) -> list[IntArray]:
        """The pair of sizes of every table as one number, row by row."""
        return [n1 * _KEY + n2 for _, n1, _, n2 in self._everything]

    @cached_property
    def _everything(self) -> list[Tables]:
        return [self._tables(row, self.first, self.second) for row in range(len(self.rows))]

    def pairs(self, misses: int) -> tuple[DenominatorPair, ...]:
        """Return the pairs in order."""
        found = []
        for cost, test, sided in self._conventions:
            # the first table of each pair of sizes that prints the P value, row by row
            first = [
                inside[np.unique(self._keys[row][inside], return_index=True)[1]]
                for row, (_, _, p) in enumerate(self.rows)
                for inside in [np.flatnonzero(p_in_range(p.range(), self._p_values[row, test, sided]))]
            ]
            keys = [self._keys[row][places] for row, places in enumerate(first)]
            pairs, rows_hit = np.unique(np.concatenate(keys), return_counts=True)
            for key in pairs[rows_hit >= len(self.rows) - misses].tolist():
                by_row: dict[int, tuple[int, int, float]] = {}
                for row, places in enumerate(first):
                    k = int(np.searchsorted(keys[row], key))
                    if k < keys[row].size and keys[row][k] == key:
                        x1, _, x2, _ = self._everything[row]
                        at = places[k]
                        by_row[row] = int(x1[at]), int(x2[at]), float(self._p_values[row, test, sided][at])
                missed = tuple(row for row in range(len(self.rows)) if row not in by_row)
                n1, n2 = divmod(key, _KEY)
                found.append(self._pair(n1, n2, test, sided, cost, by_row, missed))
        largest = int(self.first.max()) + int(self.second.max())
        found.sort(key=lambda pair: (len(pair.missed), pair.cost, largest - pair.n1 - pair.n2, -pair.n1))
        return tuple(found)

    def _pair(
        self,
        n1: int,
        n2: int,
        test: str,
        sided: int,
        cost: float,
        by_row: Mapping[int, tuple[int, int, float]],
        missed: tuple[int, ...],
    ) -> DenominatorPair:
        rows = range(len(self.rows))
        counts = tuple((by_row[row][0], by_row[row][1]) if row in by_row else None for row in rows)
        p = tuple(by_row[row][2] if row in by_row else None for row in rows)
        fewer = tuple(self._fewer(row, n1, n2, test, sided) for row in missed)
        return DenominatorPair(n1, n2, test, sided, cost, counts, p, missed, fewer)

    def _fewer(self, row: int, n1: int, n2: int, test: str, sided: int) -> tuple[int, int] | None:
        """Return the sizes, one or two patients fewer in all, at which a row comes out."""
        for less1, less2 in ((0, 1), (1, 0), (1, 1), (0, 2), (2, 0)):
            if n1 > less1 and n2 > less2:
                table = self._tables(row, np.array([n1 - less1]), np.array([n2 - less2]))
                if p_in_range(self.rows[row][2].range(), p_values_of(table, test, sided)).any():
                    return n1 - less1, n2 - less2
        return None

    def chances(self) -> tuple[tuple[float, ...], float]:
        """Return the share of P values explained, row by row and of all rows together.

        Where the lists of all rows are too many to count, the share of the first rows times those of the others: at
        least as large as that of all.
        """
        if not self._conventions:
            return (0.0,) * len(self.rows), 0.0
        possible = [float(_possible(p)) for _, _, p in self.rows]
        by_row: list[list[IntArray]] = [[] for _ in self.rows]
        every = []
        for _, test, sided in self._conventions:
            printed = [_tokens(p, self._p_values[row, test, sided]) for row, (_, _, p) in enumerate(self.rows)]
            for row, tokens in enumerate(printed):
                by_row[row].append(np.unique(tokens))
            every.append([_distinct(np.stack(pair, axis=1)) for pair in zip(self._keys, printed, strict=True)])
        shares = tuple(np.unique(np.concatenate(one)).size / size for one, size in zip(by_row, possible, strict=True))
        rows, lists = len(self.rows), None
        while lists is None:
            lists = self._lists_of([tables[:rows] for tables in every])
            rows -= lists is None
        counted = len(_distinct(np.concatenate(lists))) / float(np.prod(possible[:rows]))
        return shares, counted * float(np.prod(shares[rows:]))

    def _lists_of(self, every: list[list[IntArray]]) -> list[IntArray] | None:
        """Return the lists of P values, one for each row, that one pair of sizes explains; None if too many."""
        found, total = [], 0
        for tables in every:
            pairs = np.unique(self._keys[0])
            lists = np.empty((pairs.size, 0), dtype=np.int64)
            for mine in tables:
                # every list so far with every P value that this row can have at the same pair of sizes
                start, end = (np.searchsorted(mine[:, 0], pairs, side) for side in ("left", "right"))
                total += int((end - start).sum())
                if total > MOST_LISTS and len(tables) > 1:
                    return None
                at, of = expand(start, end - 1, np.arange(pairs.size))
                pairs, lists = pairs[of], np.concatenate([lists[of], mine[at, 1:]], axis=1)
            found.append(_distinct(lists))
        return found


def _distinct(lists: IntArray) -> IntArray:
    """Return the different rows of a table of non-negative whole numbers, sorted."""
    sizes = lists.max(axis=0, initial=0) + 1
    if np.prod(sizes.astype(np.float64)) >= 2**62:
        return np.unique(lists, axis=0)
    weights = np.cumprod(np.concatenate([sizes[1:], [1]])[::-1])[::-1]
    codes = np.unique(lists @ weights)
    return np.asarray(codes[:, None] // weights % sizes, dtype=np.int64)


def _possible(p: Reported) -> int:
    """Return how many P values can be printed in this form: one ``<``, and every other up to 1."""
    return round(1 / p.step) + 1


def _tokens(p: Reported, values: NDArray[np.float64]) -> NDArray[np.int64]:
    step = float(p.step)
    if p.relation != "=":  # below the printed bound, or printed with its decimals
        return np.where(values < float(p.value), 0, np.maximum(np.rint(values / step), 1)).astype(np.int64)
    return np.rint(values / step).astype(np.int64)
