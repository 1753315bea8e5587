"""Counts and tests behind a P value that compares two percentages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from trialstats.catalogue import Catalogue, load_catalogue
from trialstats.explanations import ALLOWED, Block, Explanation
from trialstats.intervals.interval import FloatArray
from trialstats.intervals.two_sample import two_proportion_test
from trialstats.intervals.two_sample.conditional import TWO_SIDED, conditional_pvalues
from trialstats.intervals.two_sample.tables import check_two_arms
from trialstats.reported import GUARD, ROUNDINGS, Range, Reported
from trialstats.search.counts.explain import count_limits
from trialstats.search.printed import digit_neighbours, total_cost

__all__ = ["TwoArmSearch", "percentages_rounded"]

IntArray = NDArray[np.int64]
PERCENTAGE_ROUNDINGS = ("nearest", "twice", "truncated", "up")
"""Roundings of the percentages; the others print nothing that these do not."""


@dataclass(frozen=True)
class TwoArmSearch:
    """The search for the counts, test and sides behind one P value of two percentages.

    Attributes
    ----------
    first, second : Reported
        The percentages.
    allowed_first, allowed_second : mapping of str to ndarray
        Denominators of each arm by class, see ``counts.allow``; *any* is not searched, because
        some pair among so many prints almost any P value.
    p : Reported
    sided : int or None
        Sides where the text states them; both are tried otherwise.
    catalogue : Catalogue
    """

    first: Reported
    second: Reported
    allowed_first: Mapping[str, IntArray]
    allowed_second: Mapping[str, IntArray]
    p: Reported
    sided: int | None = None
    catalogue: Catalogue = load_catalogue()

    @cached_property
    def classes(self) -> tuple[tuple[str, str, str], ...]:
        """The classes of both n with the rounding of the percentages."""
        return tuple(
            (one, other, rounding)
            for one in self.allowed_first
            for other in self.allowed_second
            if "any" not in (one, other)
            for rounding in PERCENTAGE_ROUNDINGS
        )

    @cached_property
    def _tables(self) -> dict[tuple[str, str, str], tuple[IntArray, IntArray, IntArray, IntArray]]:
        return {}

    def tables(self, classes: tuple[str, str, str]) -> tuple[IntArray, IntArray, IntArray, IntArray]:
        """Return all (x1, n1, x2, n2) that print both percentages, by the classes of both n and their rounding."""
        if classes not in self._tables:
            one, other, rounding = classes
            (x1, n1), (x2, n2) = self._counts(0, one, rounding), self._counts(1, other, rounding)
            grids = np.meshgrid(np.arange(x1.size), np.arange(x2.size), indexing="ij")
            k1, k2 = (grid.ravel() for grid in grids)
            self._tables[classes] = x1[k1], n1[k1], x2[k2], n2[k2]
        return self._tables[classes]

    @cached_property
    def _known_counts(self) -> dict[tuple[int, str, str], tuple[IntArray, IntArray]]:
        return {}

    def _counts(self, arm: int, name: str, rounding: str) -> tuple[IntArray, IntArray]:
        key = (arm, name, rounding)
        if key not in self._known_counts:
            number, allowed = (self.second, self.allowed_second) if arm else (self.first, self.allowed_first)
            self._known_counts[key] = _printing(number.range(rounding), allowed[name])
        return self._known_counts[key]

    @cached_property
    def _sizes(self) -> dict[tuple[str, str, str], int]:
        return {}

    def _size(self, classes: tuple[str, str, str]) -> int:
        size = self._sizes.get(classes)
        if size is None:
            one, other, rounding = classes
            size = self._counts(0, one, rounding)[0].size * self._counts(1, other, rounding)[0].size
            self._sizes[classes] = size
        return size

    @cached_property
    def _p_values(self) -> dict[tuple[str, int], dict[tuple[str, str, str], FloatArray]]:
        return {}

    def p_values(self, classes: tuple[str, str, str], test: str, sided: int) -> FloatArray:
        """Return the P value of every table of two classes of n and one rounding, by one test."""
        known = self._p_values.setdefault((test, sided), {})
        if classes not in known:
            group = [classes]
            if known and self._size(classes) <= _TOGETHER:
                # The first class asked for often prints the P value; where it does not, all small ones are needed.
                group = [one for one in self.classes if one not in known and self._size(one) <= _TOGETHER]
            tables = [self.tables(one) for one in group]
            ends = np.cumsum([table[0].size for table in tables])[:-1]
            columns = tuple(np.concatenate(parts) for parts in zip(*tables, strict=True))
            if test in TWO_SIDED and any(classes in self._p_values.get((other, 2), ()) for other in TWO_SIDED):
                # Whoever asks for a second exact test of a table will ask for the others.
                found = _conditional(columns)
            else:
                found = {(test, sided): _p_of(columns, test, sided)}
            for which, values in found.items():
                self._p_values.setdefault(which, {}).update(zip(group, np.split(values, ends), strict=True))
        return known[classes]

    def z_range(self) -> tuple[float, float] | None:
        """Return the range of Pearson's z over all tables, in size: what an unstratified test of them can give."""
        found = [self.p_values(classes, "pearson", 2) for classes in self.classes if self._size(classes)]
        if not found:
            return None
        p = np.clip(np.concatenate(found), 1e-300, 1.0)
        z = -ndtri(p / 2)
        return float(z.min()), float(z.max())

    @property
    def combinations(self) -> list[_Combination]:
        """Every pair of classes with a rounding of percentages, test, sides and rounding of P, cheapest first."""
        key = id(self.catalogue), self.classes, self.sided, self.p.relation == "="
        held = _COMBINATIONS.get(key)
        if held is None or held[0] is not self.catalogue:
            held = _COMBINATIONS[key] = self.catalogue, _combine(self.catalogue, *key[1:])
        return held[1]

    def blocks(self, p: Reported | None = None, at_most: float = np.inf) -> Iterator[Block]:
        """Yield the explanations of each combination that prints the P value, cheapest first."""
        printed = p or self.p
        for cost, ordinary, classes, test, sided, rounding in self.combinations:
            if cost > at_most + 1e-9:
                return
            values = self.p_values(classes, test, sided)
            ok = _inside(printed.range(rounding), values)
            if ok.any():
                yield _block(cost, ordinary, classes, test, sided, rounding,
                             tuple(part[ok] for part in self.tables(classes)), values[ok])  # fmt: skip

    def cheapest_kind(self) -> tuple[bool, str] | None:
        """Return whether the cheapest explanation is ordinary, and its class of n; None where nothing prints P.

        A verdict depends on no more than these. So once a test that is soon computed prints the P value, of the
        cheaper combinations only those that would change the verdict need a look.
        """
        ways = self.combinations
        soon = next((at for at, way in enumerate(ways) if self._is_soon(way) and self._prints(way)), len(ways))
        same = _kind(ways[soon]) if soon < len(ways) else None
        for way in ways[:soon]:
            if (
                not self._is_soon(way)
                and (same is None or _verdict(_kind(way)) != _verdict(same))
                and self._prints(way)
            ):
                # Something cheaper changes the verdict, unless what was passed over is cheaper still.
                return next(_kind(one) for one in ways if self._prints(one))
        return same

    def _is_soon(self, way: _Combination) -> bool:
        return way[3] in _CLOSED_FORM or self._size(way[2]) <= _FEW

    @cached_property
    def _known_near(self) -> dict[tuple[object, ...], bool]:
        return {}

    @cached_property
    def _widest(self) -> Range:
        """What the P value can stand for under one rounding or another."""
        ranges = [self.p.range(rounding) for rounding in self.catalogue.names("rounding")]
        return Range(min(one.lower for one in ranges), max(one.upper for one in ranges))

    def _prints(self, way: _Combination) -> bool:
        _, _, classes, test, sided, rounding = way
        near = self._known_near.get(way[2:5])
        if near is None:
            near = bool(self._size(classes)) and bool(_inside(self._widest, self.p_values(classes, test, sided)).any())
            self._known_near[way[2:5]] = near
        return near and bool(_inside(self.p.range(rounding), self.p_values(classes, test, sided)).any())

    def chance(self) -> float | None:
        """Return the share of one-digit neighbours of the P value that something explains at no higher cost."""
        best = next(self.blocks(), None)
        if best is None:
            return None
        neighbours = [p for p in digit_neighbours(self.p) if p.value <= 1]
        hits = [next(self.blocks(p, best.cost), None) is not None for p in neighbours]
        return sum(hits) / len(hits) if hits else None


_CLOSED_FORM = frozenset({"pearson", "pearson-n-1", "pearson-yates", "likelihood-ratio"})
_FEW = 500
"""Tables whose exact tests take no longer than asking for them."""
_TOGETHER = 2_000
"""Up to so many tables of two classes it pays to work them out with those of other classes."""


def _conditional(columns: tuple[IntArray, ...]) -> dict[tuple[str, int], FloatArray]:
    """Return the P values of all exact tests given both margins, by test and sides."""
    if not columns[0].size:
        return {(test, sided): np.empty(0) for test in TWO_SIDED for sided in (2, 1)}
    return conditional_pvalues(check_two_arms(*columns))


def _p_of(columns: tuple[IntArray, ...], test: str, sided: int) -> FloatArray:
    """Return P values, one-sided ones in the direction of the tables."""
    x1, n1, x2, n2 = columns
    if not x1.size:
        return np.empty(0)
    if sided == 2:
        return np.asarray(two_proportion_test(x1, n1, x2, n2, method=test).pvalue)
    if test in _CLOSED_FORM:
        # Half the two-sided P value of a chi-square test is its one-sided one.
        return np.asarray(two_proportion_test(x1, n1, x2, n2, method=test).pvalue) / 2
    return np.where(
        x1 * n2 > x2 * n1,
        np.asarray(two_proportion_test(x1, n1, x2, n2, method=test, alternative="greater").pvalue),
        np.asarray(two_proportion_test(x1, n1, x2, n2, method=test, alternative="less").pvalue),
    )


def percentages_rounded(rounding: str) -> str:
    """Return what an explanation says where its percentages need a rounding of their own."""
    return f"percentages {ROUNDINGS[rounding]}"


def _kind(way: _Combination) -> tuple[bool, str]:
    return way[1], max(way[2][:2], key=ALLOWED.index)


def _verdict(kind: tuple[bool, str]) -> tuple[bool, bool]:
    """Return what a verdict tells apart."""
    return kind[0], kind[0] and kind[1] == "near"


_Combination: TypeAlias = tuple[float, bool, tuple[str, str, str], str, int, str]
"""Cost, whether ordinary, classes of n and rounding of the percentages, test, sides and rounding of P."""
_COMBINATIONS: dict[tuple[Any, ...], tuple[Catalogue, list[_Combination]]] = {}


def _combine(
    catalogue: Catalogue, classes: tuple[tuple[str, str, str], ...], stated: int | None, exact: bool
) -> list[_Combination]:
    found = []
    for one in classes:
        for test in catalogue.names("two-arm-test"):
            for sided in (stated,) if stated else (2, 1):
                for rounding in catalogue.names("rounding") if exact else ("nearest",):
                    parts = [("two-arm-test", test), ("rounding", rounding), *(("allowed-n", name) for name in one[:2])]
                    if one[2] != "nearest":
                        parts.append(("rounding", one[2]))
                    if stated is None:
                        parts.append(("p-sided", "two" if sided == 2 else "one"))
                    found.append((*total_cost(catalogue, *parts), one, test, sided, rounding))
    return sorted(found, key=lambda combination: combination[0])


def _printing(values: Range, n: IntArray) -> tuple[IntArray, IntArray]:
    low, high = count_limits(values, n)
    sizes = np.maximum(high - low + 1, 0)
    starts = np.repeat(low - (np.cumsum(sizes) - sizes), sizes)
    return starts + np.arange(sizes.sum(), dtype=np.int64), np.repeat(n, sizes)


def _inside(values: Range, p: FloatArray) -> NDArray[np.bool_]:
    # P values are small: the guard is relative to them, so that it never reaches the next printed digit.
    low = p >= float(values.lower) * (1 - GUARD) - 1e-15
    high = p <= float(values.upper) * (1 + GUARD) if values.upper_closed else p < float(values.upper) * (1 + GUARD)
    return np.asarray(low & high)


def _block(
    cost: float,
    ordinary: bool,
    classes: tuple[str, str, str],
    test: str,
    sided: int,
    rounding: str,
    table: tuple[IntArray, ...],
    p: FloatArray,
) -> Block:
    x1, n1, x2, n2 = table
    allowed = max(classes[:2], key=ALLOWED.index)

    def item(i: int) -> Explanation:
        return Explanation(
            cost=cost,
            ordinary=ordinary,
            allowed=allowed,
            x=int(x1[i]),
            n=int(n1[i]),
            x2=int(x2[i]),
            n2=int(n2[i]),
            test=test,
            sided=sided,
            rounding=rounding,
            p=float(p[i]),
            readings=() if classes[2] == "nearest" else (percentages_rounded(classes[2]),),
        )

    return Block(cost, ordinary, allowed, int(x1.size), item, test, lambda: np.unique(n1).tolist())
