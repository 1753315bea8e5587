"""The search for the counts behind one printed proportion.

Exact and complete within the catalogue. The estimate leaves few counts at each n; most of these are left out because
Wilson's limits at them are farther from the printed bounds than any method's can be (`envelope`); the limits of each
method at the others are compared with the room of the printed bounds. Conventions are tried cheapest first, so that a
verdict needs no more than the first one that prints the claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trialstats.catalogue import Catalogue, Convention, load_catalogue
from trialstats.explanations import Block
from trialstats.findings import Nearest
from trialstats.intervals.binomial import METHODS
from trialstats.intervals.binomial.casella_local import blyth_still_casella_of_few
from trialstats.intervals.interval import FloatArray, normal_quantile
from trialstats.press import added_counts
from trialstats.reported import DEFAULT_ROUNDING, Reported, within
from trialstats.search.counts.blocks import CountBlock, RunsBlock
from trialstats.search.counts.definitions import may_lie
from trialstats.search.counts.envelope import FROM_N, distances, farthest
from trialstats.search.counts.kept_limits import BLOCK, Reach, kept_below, limits_of_block
from trialstats.search.counts.near import BoolArray, Needs, near, needs_of
from trialstats.search.counts.nearest import nearest_count
from trialstats.search.counts.ranges import (
    Allowed,
    Candidates,
    IntArray,
    PrintedRanges,
    Room,
    clipped,
    counts_between,
    expand,
    fitting,
    with_wilson,
)
from trialstats.search.counts.ways import HALVES, SLOW, Group, added_by, by_group, conventions_of_counts, with_groups
from trialstats.search.limits import MOST_COUNTS
from trialstats.search.printed import PrintedSearch
from trialstats.values import kept

_FEW = 24
"""Up to so many denominators, or counts, it takes longer to leave some out than to look at all."""
_MOST_ADDED = 2.0
"""The largest a of an estimate (x + a)/(n + 2a), but for half the square of a quantile."""
_FIRST_LOOK = 24
"""Candidates looked at first where it is asked only whether a method prints the claim."""


_NO_COUNT, _NO_LIMIT = np.empty(0, dtype=np.int64), np.empty(0)
_NONE = Candidates(_NO_COUNT, _NO_COUNT, _NO_LIMIT, _NO_LIMIT)


@dataclass(frozen=True)
class CountSearch(PrintedSearch):
    """The search for the counts behind one printed proportion."""

    allowed: Mapping[str, IntArray]
    """Denominators by class, see `allow`."""
    x: int | None = None
    """The count, where it is known."""
    level: float | None = 0.95
    """None where it is not printed: every level of the catalogue is tried."""
    catalogue: Catalogue = load_catalogue()
    methods: tuple[str, ...] = ()
    roundings: tuple[str, ...] = ()
    """Those searched; by default all of the catalogue."""
    beside: tuple[Reported, ...] = ()
    """Other percentages of the same patients: denominators of which all are counts are named first among explanations
    of equal cost."""

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "allowed", Allowed.of(self.allowed))
        put(self, "methods", tuple(self.methods or self.catalogue.names("interval-method")))
        put(self, "roundings", tuple(self.roundings or self.catalogue.names("rounding")))

    # ---- what is kept while searching --------------------------------------------------------------------------------
    @cached_property
    def ranges_printed(self) -> PrintedRanges:
        """What the printed numbers stand for under each rounding."""
        return PrintedRanges(self.printed, self.roundings)

    @cached_property
    def _left_out(self) -> dict[str, tuple[int, int]]:
        return {}

    @cached_property
    def _groups(self) -> dict[Group, Candidates]:
        return {}

    # ---- what is searched --------------------------------------------------------------------------------------------
    @cached_property
    def levels(self) -> tuple[float, ...]:
        """The levels tried, the likeliest first."""
        if self.level is not None:
            return (self.level,)
        return tuple(float(name) / 100 for name in self.catalogue.names("level"))

    @cached_property
    def preferred(self) -> frozenset[int]:
        """The denominators to name first among explanations of equal cost."""
        if len(self.beside) < 2 or not self.allowed:  # one percentage fits most numbers of patients
            return frozenset()
        n = np.arange(1, max(int(sizes.max()) for sizes in self.allowed.values()) + 1, dtype=np.int64)
        return frozenset(n[fitting(self.beside, n, DEFAULT_ROUNDING).all(axis=0)].tolist())

    @property
    def has_interval(self) -> bool:
        """Whether a bound was printed; without one only the rounding of x/n is searched."""
        return self.printed.lower is not None or self.printed.upper is not None

    @cached_property
    def conventions(self) -> tuple[Convention, ...]:
        """Every class of n and convention, cheapest first."""
        return conventions_of_counts(*self._ways)

    @cached_property
    def _ways(self) -> tuple[Any, ...]:
        """What the conventions are made of: the lists of them are kept by it."""
        methods = self.methods if self.has_interval else ()
        levels = self.levels if self.has_interval else self.levels[:1]
        return self.catalogue, tuple(self.allowed), levels, methods, self.roundings

    # ---- membership: the one definition ------------------------------------------------------------------------------
    def _printing(self, one: Convention, counts: Candidates) -> BoolArray:
        """Return which counts print exactly the claim."""
        assert one.method is not None and one.level is not None and one.rounding is not None
        added = added_counts(one.point or "x-over-n", one.method, one.level)
        assert added is not None
        ok = np.zeros(counts.x.shape, dtype=bool)
        if one.bounds == "halves":
            half = (counts.upper - counts.lower) / 2
            for room in self.ranges_printed.half_rooms(one.rounding):
                ok |= within(half, room)
        else:
            ok |= within(counts.lower, self.ranges_printed.room("lower", one.rounding))
            ok &= within(counts.upper, self.ranges_printed.room("upper", one.rounding))
        if ok.any():
            ok &= self.ranges_printed.prints_estimate(one.rounding, counts.x, counts.n, added)
        return ok

    def _may_print(self, halves: bool, lower: FloatArray, upper: FloatArray) -> BoolArray:
        """Return which limits may print the bounds under some rounding."""
        ok = within(lower, self._hulls["lower"]) & within(upper, self._hulls["upper"])
        if halves and self._half_hull is not None:
            ok |= within((upper - lower) / 2, self._half_hull)
        return ok

    @cached_property
    def _hulls(self) -> dict[str, Room]:
        return {part: self.ranges_printed.hull_room(part) for part in ("lower", "upper")}

    @cached_property
    def _clipped_hulls(self) -> tuple[Room, Room]:
        """The rooms of limits that are cut off at 0 and 1."""
        return clipped(self._hulls["lower"]), clipped(self._hulls["upper"])

    @cached_property
    def _boxes(self) -> list[tuple[Room | None, Room, Room]]:
        """Estimate, lower and upper bound under each family of roundings: a claim is printed under one of them."""
        return [
            (
                self.ranges_printed.hull("estimate", family),
                clipped(self.ranges_printed.hull_room("lower", family)),
                clipped(self.ranges_printed.hull_room("upper", family)),
            )
            for family in self.ranges_printed.families
        ]

    @cached_property
    def _half_hull(self) -> Room | None:
        rooms = [room for rounding in self.roundings for room in self.ranges_printed.half_rooms(rounding)]
        return (min(low for low, _ in rooms), max(high for _, high in rooms)) if rooms else None

    # ---- candidates --------------------------------------------------------------------------------------------------
    @kept
    def _candidates(self, allowed: str, level: float, added: float) -> tuple[Candidates, Needs]:
        """Return the counts of a class of n that may print the claim, with Wilson's limits, and what they need."""
        hull = self.ranges_printed.hull("estimate")
        n = self.allowed[allowed] if hull is None else self._likely(allowed, level, hull)
        first, last = self._from_bounds(n, level) if hull is None else counts_between(hull, n, added)
        if self.x is not None:
            first, last = np.maximum(first, self.x), np.minimum(last, self.x)
        if n.size > _FEW:
            keep = (first <= last) & self._width_fits(n, first, last, level)
            n, first, last = n[keep], first[keep], last[keep]
        sizes = np.maximum(last - first + 1, 0)
        if sizes.sum() > MOST_COUNTS:
            kept = np.cumsum(sizes) <= MOST_COUNTS
            self._leave_out("", n[~kept])
            n, first, last = n[kept], first[kept], last[kept]
        x, n = expand(first, last, n)
        found = with_wilson(x, n, level)
        boxes: list[BoolArray | bool] = [True] * len(self.ranges_printed.families)
        for k, (estimate, _, _) in enumerate(self._boxes):
            if estimate is not None:
                low, high = counts_between(estimate, found.n, added)
                boxes[k] = (low <= found.x) & (found.x <= high)
        needs, reach = self._needs(found, boxes), self._reach(level)
        if reach is None or found.x.size <= _FEW:
            return found, needs
        keep = near(self.methods, reach, level, needs, halves=True)
        return found[keep], needs[keep]

    def _reach(self, level: float) -> Reach | None:
        """Return how far the limits of any method can lie outwards and inwards of Wilson's; None if not known."""
        return farthest(self.methods, level)

    @cached_property
    def _is_beyond(self) -> bool:
        """Whether a bound lies outside 0 to 1, where limits that keep inside cannot print it."""
        return self._hulls["lower"][1] < 0 or self._hulls["upper"][0] > 1

    def _needs(self, found: Candidates, boxes: Sequence[BoolArray | bool]) -> Needs:
        """Return how far from Wilson's the limits at each count must lie to print the bounds, in patients.

        Outwards and inwards, under each family of roundings, and for bounds from a rounded half-width.
        """
        return needs_of(found, [(low, high) for _, low, high in self._boxes], boxes, self._half_hull)

    def _from_bounds(self, n: IntArray, level: float) -> tuple[IntArray, IntArray]:
        """Return the first and last x that an interval without an estimate allows."""
        reach = self._reach(level)
        if reach is None:
            return np.zeros_like(n), n
        inwards = reach[1]
        (low, _), (_, high) = self._clipped_hulls
        # Wilson's limits hold x/n, and no method's limit lies farther inwards than that.
        first = np.where(n < FROM_N, 0, np.maximum(np.ceil(n * low - inwards), 0)).astype(np.int64)
        last = np.where(n < FROM_N, n, np.minimum(np.floor(n * high + inwards), n)).astype(np.int64)
        return first, last

    @kept
    def _likely(self, allowed: str, level: float, hull: Room) -> IntArray:
        """Return the denominators of a class at which some count, with anything added to it, can print the claim."""
        n = self.allowed[allowed]
        if n.size <= _FEW:
            return n
        most = max(_MOST_ADDED, float(normal_quantile(np.asarray(level))) ** 2 / 2)
        (first, last), (first_of_more, last_of_more) = (counts_between(hull, n, added) for added in (0.0, most))
        first, last = np.minimum(first, first_of_more), np.maximum(last, last_of_more)
        if self.x is not None:
            first, last = np.maximum(first, self.x), np.minimum(last, self.x)
        keep = first <= last
        n, first, last = n[keep], first[keep], last[keep]
        return n[self._width_fits(n, first, last, level)] if n.size else n

    def _width_fits(self, n: IntArray, first: IntArray, last: IntArray, level: float) -> BoolArray:
        """Return at which n the width of Wilson's interval is near enough to that of the printed one."""
        reach = self._reach(level)
        if reach is None:
            return np.ones(n.shape, dtype=bool)
        outwards, inwards = reach
        (low_from, low_to), (high_from, high_to) = self._clipped_hulls
        narrowest, widest = high_from - low_to, high_to - low_from
        if self._half_hull is not None and any(method == name for method in self.methods for name, _ in HALVES):
            narrowest, widest = min(narrowest, 2 * self._half_hull[0]), max(widest, 2 * self._half_hull[1])
        ends = [np.clip(x / n, 0.0, 1.0) for x in (first, last)]
        spread = [p * (1.0 - p) for p in ends]
        most = np.where((ends[0] <= 0.5) & (ends[1] >= 0.5), 0.25, np.maximum(*spread))
        z2 = float(normal_quantile(np.asarray(level))) ** 2

        def width(pq: FloatArray) -> FloatArray:
            return np.asarray(2.0 * np.sqrt(z2 * (n * pq + z2 / 4.0)) / (n + z2))

        fits = (width(np.minimum(*spread)) - 2 * inwards / n <= widest) & (width(most) + 2 * outwards / n >= narrowest)
        return np.asarray(fits | (n < FROM_N))

    def _nearby(self, group: Group) -> Candidates:
        """Return the candidates of a group at which the method's limits may print the bounds, with Wilson's limits."""
        allowed, level, method, point = group
        if METHODS[method].inside and (method, point) not in HALVES and self._is_beyond:
            return _NONE
        found, needs = self._candidates(allowed, level, added_by(point, method, level))
        reach = distances(method, level)
        if found.x.size and reach is not None:
            found = found[near((method,), reach, level, needs, halves=(method, point) in HALVES)]
        if found.x.size and method in SLOW:
            may = may_lie(method, found.x.astype(np.float64), found.n.astype(np.float64), level, *self._clipped_hulls)
            if may is not None:
                found = found[may]
        beyond = found.n > METHODS[method].max_n
        if beyond.any():
            self._leave_out(method, found.n[beyond])
            found = found[~beyond]
        return found

    def _leave_out(self, method: str, n: IntArray) -> None:
        """Remember that denominators are not looked at, by one method or (without a name) by all."""
        low, high = self._left_out.get(method, (int(n.min()), int(n.max())))
        self._left_out[method] = min(low, int(n.min())), max(high, int(n.max()))

    @property
    def has_too_many_counts(self) -> bool:
        """Whether denominators are left out by every method, as their counts are too many to look at."""
        for allowed, level, method, point in {group for _, group in with_groups(*self._ways)}:
            self._candidates(allowed, level, added_by(point, method, level))
        return "" in self._left_out

    @property
    def not_searched(self) -> tuple[str, ...]:
        """What was left out so far, in words: all of it once every explanation was asked for."""
        alike: dict[tuple[int, int, int], list[str]] = {}
        for method, span in self._left_out.items():
            alike.setdefault((*span, METHODS[method].max_n if method else 0), []).append(method or "all methods")
        found = []
        for (low, high, most), names in alike.items():
            who = ", ".join(names[:2]) + (f" and {len(names) - 2} more" if len(names) > 2 else "")
            where = f"n = {low:,}" if low == high else f"n from {low:,} to {high:,}"
            found.append(f"{who} at {where} ({f'computed up to {most:,}' if most else 'too many counts'})")
        return tuple(found)

    def _computed(self, group: Group, at: Candidates) -> Candidates:
        """Return the counts with the method's own limits in place of Wilson's."""
        _, level, method, _ = group
        if not at.x.size:
            return at
        if (kept := at.n < kept_below(method)).any():
            lower, upper = np.empty(at.x.shape), np.empty(at.x.shape)
            for block in np.unique(at.n[kept] // BLOCK).tolist():
                inside_it = kept & (at.n // BLOCK == block)
                place = at.n[inside_it] - block * BLOCK, at.x[inside_it]
                table = limits_of_block(method, level, block)
                lower[inside_it], upper[inside_it] = table[0][place], table[1][place]
            if not kept.all():
                rest = self._computed(group, at[~kept])
                lower[~kept], upper[~kept] = rest.lower, rest.upper
            return Candidates(at.x, at.n, lower, upper)
        function = METHODS[method].function
        if method == "blyth-still-casella" and 3 * at.x.size < np.unique(at.n).sum():
            function = blyth_still_casella_of_few
        lower, upper = function(at.x.astype(np.float64), at.n.astype(np.float64), np.asarray(level))
        return Candidates(at.x, at.n, lower, upper)

    def _kept(self, group: Group, counts: Candidates) -> Candidates:
        """Leave out the counts whose limits print the bounds under no rounding."""
        return counts[self._may_print((group[2], group[3]) in HALVES, counts.lower, counts.upper)]

    def _group(self, group: Group) -> Candidates:
        if group not in self._groups:
            self._groups[group] = self._computed(group, self._nearby(group))
        return self._groups[group]

    # ---- answers -----------------------------------------------------------------------------------------------------
    def blocks(self, at_most: float = np.inf, *, ordinary: bool = False) -> Iterator[Block]:
        """Yield the explanations of each convention that prints the claim and costs no more than ``at_most``.

        Only of the ordinary ones, if asked.
        """
        if not self.has_interval:
            yield from self._blocks_of_estimate(at_most)
            return
        for one, group in with_groups(*self._ways):
            if one.cost > at_most + 1e-9:
                return
            if ordinary and not one.ordinary:
                continue
            known = self._groups.get(group)
            fresh = known is None
            counts = known if known is not None else self._group(group)
            if counts.x.size:
                ok = self._printing(one, counts)
                if ok.any():
                    yield self._block(one, counts[ok])
                if fresh:  # the first convention often prints the claim, and then no other is asked for
                    self._groups[group] = self._kept(group, counts)

    def _blocks_of_estimate(self, at_most: float) -> Iterator[Block]:
        for one in self.conventions:
            if one.cost > at_most + 1e-9:
                return
            runs = self._runs(one)
            if runs is not None:
                yield runs

    def _block(self, one: Convention, found: Candidates) -> CountBlock:
        if self.preferred:
            found = found[np.argsort(~np.isin(found.n, list(self.preferred)), kind="stable")]
        return CountBlock(one, found.x, found.n, found.lower, found.upper)

    def _runs(self, one: Convention) -> RunsBlock | None:
        assert one.allowed is not None and one.rounding is not None
        values = self.ranges_printed.range("estimate", one.rounding)
        assert values is not None
        block = RunsBlock(one, self.allowed[one.allowed], values, self.x)
        return block if block.size else None

    def cheapest(self, at_most: float = np.inf) -> Block | None:
        """Return the first block that costs no more than ``at_most``: all that a verdict needs."""
        return next(self.blocks(at_most), None)

    def some(self) -> bool:
        """Return whether anything prints the claim: `cheapest` without asking what is the cheapest."""
        if not self.has_interval:
            return self.cheapest() is not None
        return any(self._prints_one({group: some}) for group, some in by_group(*self._ways))

    def printing_methods(self) -> tuple[str, ...]:
        """Return the interval methods that print the claim at some allowed n under some rounding."""
        if not self.has_interval:
            return ()
        by_method: dict[str, dict[Group, list[Convention]]] = {name: {} for name in self.methods}
        for one, group in with_groups(*self._ways):
            by_method[group[2]].setdefault(group, []).append(one)
        return tuple(name for name, groups in by_method.items() if self._prints_one(groups))

    def _prints_one(self, groups: Mapping[Group, Sequence[Convention]]) -> bool:
        for group, some in groups.items():
            if group not in self._groups:
                found = self._nearby(group)
                # The most central candidates first: where many print the claim, these do.
                order = self._central_first(found) if found.x.size > 2 * _FIRST_LOOK else np.arange(0)
                done, look = 0, _FIRST_LOOK
                while done + look < order.size:
                    likely = self._kept(group, self._computed(group, found[order[done : done + look]]))
                    if likely.x.size and any(self._printing(one, likely).any() for one in some):
                        return True
                    done, look = done + look, 4 * look
                self._groups[group] = self._kept(group, self._computed(group, found))
            counts = self._groups[group]
            if counts.x.size and any(self._printing(one, counts).any() for one in some):
                return True
        return False

    def _central_first(self, at: Candidates) -> NDArray[np.intp]:
        """Return the order of candidates by how far Wilson's limits at them lie from the printed bounds."""
        away = np.zeros(at.x.shape)
        for number, limit in ((self.printed.lower, at.lower), (self.printed.upper, at.upper)):
            if number is not None and not number.is_missing:
                away = np.maximum(away, np.abs(limit - float(number.value)))
        return np.argsort(away, kind="stable")

    def nearest(self) -> Nearest | None:
        """Return the nearest miss among ordinary methods at the strictest class of n."""
        allowed = next(iter(self.allowed), None)
        if allowed is None:
            return None
        return nearest_count(self.printed, allowed, self.allowed[allowed], x=self.x, level=self.levels[0],
                             methods=self.methods, catalogue=self.catalogue)  # fmt: skip
