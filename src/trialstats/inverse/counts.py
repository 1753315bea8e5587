"""Counts behind a printed proportion: every (x, n, method, level, rounding) that prints it.

The search is exact and complete within the catalogue. Counts are found with integers from the
printed percentage; the limits of each method at these counts are compared with the exact ranges
of the printed bounds, within the guard of `reported`. Combinations are tried cheapest first, so
that a verdict needs no more than the first one that prints the claim.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from trialstats.conventions import Catalogue, load_catalogue
from trialstats.errors import InputError, UnknownNameError
from trialstats.findings import ALLOWED, Block, Explanation, Explanations, Nearest
from trialstats.intervals.binomial import METHODS, binomial_interval
from trialstats.intervals.interval import FloatArray
from trialstats.inverse.printed import PrintedInterval, as_level, chance_of, total_cost
from trialstats.press import Counts, Printing, print_claim
from trialstats.reported import GUARD, ROUNDING_RULES, Range, Reported

__all__ = ["CountSearch", "allow", "count_limits", "explain_proportion"]

IntArray: TypeAlias = NDArray[np.int64]
BoolArray: TypeAlias = NDArray[np.bool_]
Limits: TypeAlias = tuple[FloatArray, FloatArray]

_SYMMETRIC_ABOUT_ESTIMATE = ("wald", "wald-t", "wald-cc")
"""Methods whose interval a paper may put together as estimate plus and minus a rounded half-width."""


def allow(sizes: Mapping[int, str], n_max: int) -> dict[str, IntArray]:
    """Return the denominators to search by class.

    Parameters
    ----------
    sizes : mapping of int to str
        Denominators that the text states or that follow from it, each ``stated`` or ``derived``.
    n_max : int
        Largest n to try where none is given.

    Returns
    -------
    dict of str to ndarray
        By class, each n once, in its strictest class: *near* is 0.9 n to n of a stated or derived
        one (patients not evaluable), *any* is every other n below the largest, or up to ``n_max``.
        Ascending; descending, so that the fewest patients go missing, below a printed size.
    """
    found: dict[str, list[int]] = {name: [] for name in ALLOWED}
    for n, name in sizes.items():
        found[name].append(n)
    near = {m for n in sizes for m in range(-(-9 * n // 10), n) if m >= 1} - sizes.keys()
    found["near"] += near
    largest = max(sizes, default=n_max)
    found["any"] += [n for n in range(1, largest + 1) if n not in near and n not in sizes]
    return {name: np.array(sorted(values, reverse=bool(sizes)), dtype=np.int64) for name, values in found.items() if values}


def count_limits(values: Range, n: IntArray) -> tuple[IntArray, IntArray]:
    """Return the smallest and largest x with x/n in an exact range, for each n, with integers only."""

    def floor_times(limit: Fraction) -> IntArray:
        exact = n if abs(limit.numerator) * int(n.max(initial=1)) < 2**62 else n.astype(object)
        return np.asarray(exact * limit.numerator // limit.denominator, dtype=np.int64)

    if isinstance(values.lower, Fraction):
        low = -floor_times(-values.lower) if values.lower_closed else floor_times(values.lower) + 1
    else:
        low = np.zeros_like(n)
    if isinstance(values.upper, Fraction):
        high = floor_times(values.upper) if values.upper_closed else -floor_times(-values.upper) - 1
    else:
        high = n
    return np.maximum(low, 0), np.minimum(high, n)


@dataclass(frozen=True, slots=True)
class _Combination:
    cost: float
    ordinary: bool
    allowed: str
    method: str
    rounding: str
    bounds: str


class CountSearch:
    """The search for the counts behind one printed proportion.

    Parameters
    ----------
    printed : PrintedInterval
    allowed : mapping of str to ndarray
        Denominators by class, see `allow`.
    x : int, optional
        The count, where it is known.
    level : float, optional
    catalogue : Catalogue, optional
    methods, roundings : sequence of str, optional
        Restrict the search to these.
    preferred : set of int, optional
        Denominators to name first among explanations of equal cost.
    """

    def __init__(
        self,
        printed: PrintedInterval,
        allowed: Mapping[str, IntArray],
        *,
        x: int | None = None,
        level: float = 0.95,
        catalogue: Catalogue | None = None,
        methods: Sequence[str] | None = None,
        roundings: Sequence[str] | None = None,
        preferred: frozenset[int] = frozenset(),
    ) -> None:
        self.printed = printed
        self.allowed = allowed
        self.x = x
        self.level = level
        self.catalogue = catalogue or load_catalogue()
        self.methods = tuple(methods or self.catalogue.names("interval-method"))
        self.roundings = tuple(roundings or self.catalogue.names("rounding"))
        self.preferred = preferred
        self._candidates: dict[str, tuple[IntArray, IntArray]] = {}
        self._limits: dict[tuple[str, str], Limits] = {}

    @property
    def has_interval(self) -> bool:
        """Whether a bound was printed; without one only the rounding of x/n is searched."""
        return self.printed.lower is not None or self.printed.upper is not None

    @cached_property
    def _ranges(self) -> dict[str, dict[str, Range]]:
        return {rounding: {name: number.range(rounding) for name, number in self.printed.parts}
                for rounding in self.roundings}  # fmt: skip

    @cached_property
    def combinations(self) -> list[_Combination]:
        """Every class of n, method, rounding and making of bounds, cheapest first."""
        found = []
        methods: Sequence[str] = self.methods if self.has_interval else ("",)
        for allowed in self.allowed:
            for method in methods:
                for rounding in self.roundings:
                    for bounds in ("direct", "halves") if method in _SYMMETRIC_ABOUT_ESTIMATE else ("direct",):
                        parts = [("allowed-n", allowed), ("rounding", rounding)]
                        if method:
                            parts += [("interval-method", method), ("bounds", bounds)]
                        cost, ordinary = total_cost(self.catalogue, *parts)
                        found.append(_Combination(cost, ordinary, allowed, method, rounding, bounds))
        return sorted(found, key=lambda one: one.cost)

    def candidates(self, allowed: str) -> tuple[IntArray, IntArray]:
        """Return all (x, n) of a class of n that print the estimate under some rounding rule."""
        if allowed not in self._candidates:
            n = self.allowed[allowed]
            if self.printed.estimate is None:
                # An interval alone: some methods leave x/n just outside, never by more than two patients.
                low, high = (_outer(self._ranges, name, side) for name, side in (("lower", min), ("upper", max)))
                first = np.maximum(np.floor(n * float(low)).astype(np.int64) - 2, 0)
                last = np.minimum(np.ceil(n * min(float(high), 1.0)).astype(np.int64) + 2, n)
            else:
                limits = [count_limits(ranges["estimate"], n) for ranges in self._ranges.values()]
                first = np.min([low for low, _ in limits], axis=0)
                last = np.max([high for _, high in limits], axis=0)
            if self.x is not None:
                first, last = np.maximum(first, self.x), np.minimum(last, self.x)
            sizes = np.maximum(last - first + 1, 0)
            starts = np.repeat(first - np.concatenate(([0], np.cumsum(sizes)[:-1])), sizes)
            self._candidates[allowed] = (starts + np.arange(sizes.sum(), dtype=np.int64), np.repeat(n, sizes))
        return self._candidates[allowed]

    def limits(self, allowed: str, method: str) -> Limits:
        """Return the unclipped limits of a method at all candidates of a class; NaN where n is beyond the method."""
        key = (allowed, method)
        if key not in self._limits:
            x, n = (counts.astype(np.float64) for counts in self.candidates(allowed))
            row = METHODS[method]
            within = n <= row.max_n
            if within.all():
                self._limits[key] = row.function(x, n, np.asarray(self.level))
            else:
                lower, upper = np.full(n.shape, np.nan), np.full(n.shape, np.nan)
                if within.any():
                    lower[within], upper[within] = row.function(x[within], n[within], np.asarray(self.level))
                self._limits[key] = lower, upper
        return self._limits[key]

    def printing(self, one: _Combination) -> BoolArray:
        """Return which candidates of the combination's class print exactly the claim."""
        x, n = self.candidates(one.allowed)
        ranges = self._ranges[one.rounding]
        ok = np.ones(x.shape, dtype=bool)
        if "estimate" in ranges:
            low, high = count_limits(ranges["estimate"], n)
            ok &= (low <= x) & (x <= high)
        if not one.method or not ok.any():
            return ok
        if one.bounds == "halves":
            half = self._half_range(one.rounding)
            if half is None:
                return np.zeros_like(ok)
            lower, upper = self.limits(one.allowed, one.method)
            return ok & _admitted(half, (upper - lower) / 2)
        for name, values in zip(("lower", "upper"), self.limits(one.allowed, one.method), strict=True):
            if name in ranges:
                # A limit outside [0, 1] may be printed as it is or cut off.
                ok &= _admitted(ranges[name], values) | _admitted(ranges[name], np.clip(values, 0.0, 1.0))
        return ok

    def _half_range(self, rounding: str) -> Range | None:
        """Return the range of a printed half-width that puts both bounds around the printed estimate, if one can."""
        estimate, lower, upper = self.printed.estimate, self.printed.lower, self.printed.upper
        if estimate is None or lower is None or upper is None or upper.is_missing or lower.is_missing:
            return None
        half = upper.value - estimate.value
        if half < 0 or estimate.value - lower.value != half or upper.step > half > 0:
            return None
        rule = ROUNDING_RULES[rounding]
        return Range(half - rule.below * upper.step, half + rule.above * upper.step)

    def blocks(self) -> Iterator[Block]:
        """Yield the explanations of each combination that prints the claim, cheapest first."""
        for one in self.combinations:
            ok = self.printing(one)
            if ok.any():
                yield self._block(one, ok)

    def _block(self, one: _Combination, ok: BoolArray) -> Block:
        x, n = (counts[ok] for counts in self.candidates(one.allowed))
        if self.preferred:
            first = np.argsort(~np.isin(n, list(self.preferred)), kind="stable")
            x, n = x[first], n[first]
        return _block(one, x, n, self.level)

    def cheapest(self, at_most: float = np.inf) -> Block | None:
        """Return the first block that costs no more than ``at_most``: all that a verdict needs."""
        for one in self.combinations:
            if one.cost > at_most + 1e-9:
                return None
            ok = self.printing(one)
            if ok.any():
                return self._block(one, ok)
        return None

    def chance(self) -> float | None:
        """Return the share of one-digit neighbours that have an explanation of no higher cost."""
        best = self.cheapest()
        if best is None:
            return None

        def explained(printed: PrintedInterval) -> bool:
            search = CountSearch(printed, self.allowed, x=self.x, level=self.level, catalogue=self.catalogue,
                                 methods=self.methods, roundings=self.roundings)  # fmt: skip
            return search.cheapest(best.cost) is not None

        return chance_of(self.printed.neighbours(), explained)

    def explanations(self) -> Explanations:
        """Return all explanations, enumerated when first looked at."""
        return Explanations(lambda: tuple(self.blocks()), chance=self.chance)

    def nearest(self) -> Nearest | None:
        """Return the nearest miss among ordinary methods at the strictest class of n."""
        allowed = next(iter(self.allowed), None)
        estimate = self.printed.estimate
        if allowed is None or estimate is None or estimate.is_missing or not self.has_interval:
            return None
        n = self.allowed[allowed]
        middle = np.rint(n * float(estimate.value)).astype(np.int64)
        x = np.concatenate([middle + step for step in (-1, 0, 1)])
        n = np.tile(n, 3)
        keep = (x >= 0) & (x <= n) if self.x is None else (x == self.x)
        x, n = x[keep], n[keep]
        if not x.size:
            return None
        best: tuple[float, str, int] | None = None
        for method in self.methods:
            if self.catalogue.is_ordinary("interval-method", method) and n.max() <= METHODS[method].max_n:
                lower, upper = METHODS[method].function(x.astype(float), n.astype(float), np.asarray(self.level))
                worst = np.zeros(x.shape)
                for number, values in ((estimate, x / n), (self.printed.lower, lower), (self.printed.upper, upper)):
                    if number is not None and not number.is_missing:
                        miss = np.abs(np.clip(values, 0, 1) - float(number.value)) / float(number.step)
                        worst = np.maximum(worst, miss)
                place = int(np.argmin(worst))
                if best is None or worst[place] < best[0] - 1e-12:
                    best = (float(worst[place]), method, place)
        if best is None:
            return None
        steps, method, place = best
        witness = Counts(int(x[place]), int(n[place]))
        bound = self.printed.lower or self.printed.upper or estimate
        claim = print_claim(
            witness,
            Printing(method, self.level, decimals=estimate.decimals, bound_decimals=bound.decimals, unit=estimate.unit),
        )
        assert claim.value is not None and claim.spread is not None
        assert claim.spread.lower is not None and claim.spread.upper is not None
        cost, ordinary = total_cost(self.catalogue, ("allowed-n", allowed), ("interval-method", method))
        return Nearest(
            _explain(witness.x, witness.n, _Combination(cost, ordinary, allowed, method, "nearest", "direct"), self.level),
            {"estimate": claim.value.text, "lower": claim.spread.lower.text, "upper": claim.spread.upper.text},
            steps,
        )  # fmt: skip


def _outer(ranges: Mapping[str, Mapping[str, Range]], name: str, side: Callable[..., float]) -> float:
    ends = [getattr(by_name[name], name) for by_name in ranges.values() if name in by_name]
    if ends:
        return side(ends)
    return 0.0 if name == "lower" else 1.0


def _admitted(values: Range, computed: FloatArray) -> BoolArray:
    return np.asarray((computed >= float(values.lower) - GUARD) & (computed <= float(values.upper) + GUARD))


def _explain(x: int, n: int, one: _Combination, level: float) -> Explanation:
    if not one.method:
        return Explanation(cost=one.cost, ordinary=one.ordinary, allowed=one.allowed, x=x, n=n,
                           rounding=one.rounding, estimate=x / n)  # fmt: skip
    lower, upper = binomial_interval(x, n, level=level, method=one.method)
    return Explanation(
        cost=one.cost,
        ordinary=one.ordinary,
        allowed=one.allowed,
        x=x,
        n=n,
        method=one.method,
        rounding=one.rounding,
        bounds=one.bounds,
        level=level,
        estimate=x / n,
        lower=lower,
        upper=upper,
    )


def _block(one: _Combination, x: IntArray, n: IntArray, level: float) -> Block:
    return Block(
        one.cost,
        one.ordinary,
        one.allowed,
        int(x.size),
        lambda i: _explain(int(x[i]), int(n[i]), one, level),
        one.method or None,
        lambda: np.unique(n).tolist(),
    )


def explain_proportion(
    estimate: str | Reported | None,
    interval: Sequence[str | Reported | None] | None = None,
    *,
    n: int | None = None,
    x: int | None = None,
    n_max: int = 2000,
    level: str | float | None = None,
    methods: Sequence[str] | None = None,
    roundings: Sequence[str] | None = None,
    catalogue: Catalogue | None = None,
) -> Explanations:
    """Find all counts, interval methods and roundings that print a proportion and its interval.

    Parameters
    ----------
    estimate : str or Reported or None
        The proportion as printed, e.g. ``"25%"`` or ``"0.25"``; None where only an interval is.
    interval : pair of str or Reported, optional
        The bounds as printed; either may be None. A bound without ``%`` takes the estimate's.
    n, x : int, optional
        Denominator and count where known.
    n_max : int, default 2000
        Largest denominator to try where ``n`` is not given.
    level : str or float, optional
        Confidence level, ``"95%"`` by default.
    methods, roundings : sequence of str, optional
        Restrict the search; by default all that the catalogue holds.
    catalogue : Catalogue, optional
        By default the latest.

    Returns
    -------
    Explanations
        Cheapest first. Items have ``.x .n .method .rounding .level .lower .upper .cost .allowed``.

    Raises
    ------
    NotTextError
        If a printed number is not given as text.
    InputError
        If n < 1, x is not a count of n, or the level is no level.
    UnknownNameError
        If a method or rounding is not on the menu.

    Examples
    --------
    >>> found = explain_proportion("25%", ("12%", "43%"), n=32)
    >>> found[0].x, found[0].method, found[0].rounding
    (8, 'clopper-pearson', 'twice')
    >>> explain_proportion("61%", ("47%", "74%"), n=54)[0].rounding
    'nearest'
    """
    printed = PrintedInterval.of(estimate, interval, "a proportion")
    if n is not None and n < 1:
        raise InputError(f"n must be at least 1, got {n}.")
    if n is None and n_max < 1:
        raise InputError(f"n_max must be at least 1, got {n_max}.")
    if x is not None and (x < 0 or (n is not None and x > n)):
        raise InputError(f"x must be between 0 and n, got {x}{'' if n is None else f' of {n}'}.")
    for what, given, menu in (("method", methods, METHODS), ("rounding", roundings, ROUNDING_RULES)):
        for name in given or ():
            if name not in menu:
                raise UnknownNameError(what, name, menu)  # type: ignore[arg-type]
    allowed = {"stated": np.array([n], dtype=np.int64)} if n is not None else {"any": np.arange(1, n_max + 1)}
    search = CountSearch(
        printed,
        allowed,
        x=x,
        level=as_level(level),
        catalogue=catalogue,
        methods=methods,
        roundings=roundings,
    )
    return search.explanations()
