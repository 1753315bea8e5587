"""What a printed proportion allows: denominators by class, counts at each n, and the room of each bound.

Counts are found with integers. Computed limits are floats and are compared with the exact range of a printed bound
within the guard of `reported`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property, lru_cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from trialstats.explanations import ALLOWED
from trialstats.intervals.binomial.score import wilson
from trialstats.press import print_number
from trialstats.reported import ROUNDING_RULES, Range, Reported, Span, guarded
from trialstats.search.limits import LARGEST_N
from trialstats.search.printed import PrintedInterval
from trialstats.values import FrozenDict, kept

IntArray: TypeAlias = NDArray[np.int64]
Room: TypeAlias = Span
"""The floats between which a computed limit prints a bound, guard included; infinite where anything does."""

Family: TypeAlias = tuple[float, float]

_NOISE = 6e-13
_DOUBT = 1e-9
_ANYWHERE: Room = (-math.inf, math.inf)


class Allowed(FrozenDict[str, IntArray]):
    """The denominators to search by class, strictest first: a value, whose arrays cannot be changed.

    Examples
    --------
    >>> Allowed(stated=[32], near=[31, 30]) == Allowed(stated=[32], near=[31, 30]) != Allowed(stated=[32])
    True
    """

    __slots__ = ()

    def __init__(self, *classes: Any, **more: Any) -> None:
        super().__init__((name, _unchangeable(sizes)) for name, sizes in dict(*classes, **more).items())

    @classmethod
    def of(cls, classes: Mapping[str, Any]) -> Allowed:
        """Return denominators by class as a value."""
        return classes if isinstance(classes, cls) else cls(classes)

    def only(self, *names: str) -> Allowed:
        """Return some of the classes."""
        return Allowed((name, sizes) for name, sizes in self.items() if name in names)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Mapping) or list(self) != list(other):
            return False
        return self is other or all(np.array_equal(sizes, other[name]) for name, sizes in self.items())

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple((name, sizes.tobytes()) for name, sizes in self.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return Allowed, (dict(self),)


def _unchangeable(sizes: Any) -> IntArray:
    found = np.asarray(sizes, dtype=np.int64)
    if found.flags.writeable:
        found = found.copy() if found is sizes else found
        found.flags.writeable = False
    return found


def allow(sizes: Mapping[int, str], n_max: int) -> Allowed:
    """Return the denominators to search by class, each n once, in its strictest class.

    ``sizes`` are those that the text states or that follow from it, each ``stated`` or ``derived``. *near* is 0.9 n to
    n of one of them (patients not evaluable), *any* is every other n below the largest, or up to ``n_max``. Ascending;
    descending, so that the fewest patients go missing, below a printed size.
    """
    return _allow(tuple(sizes.items()), n_max)


@lru_cache(maxsize=256)
def _allow(printed: tuple[tuple[int, str], ...], n_max: int) -> Allowed:
    sizes = dict(printed)
    largest = max(sizes, default=n_max)
    if largest > LARGEST_N:  # beyond it only the printed sizes themselves are searched
        return Allowed({name: [n for n, of in sizes.items() if of == name] for name in sizes.values()})
    free = np.ones(largest + 1, dtype=bool)
    free[[0, *sizes]] = False
    near = np.zeros_like(free)
    for n in sizes:
        near[max(-(-9 * n // 10), 1) : n] = True
    near &= free
    found = {name: np.array(sorted((n for n, of in sizes.items() if of == name), reverse=True), dtype=np.int64)
             for name in ALLOWED}  # fmt: skip
    found["near"], found["any"] = (np.flatnonzero(some)[:: -1 if sizes else 1] for some in (near, free & ~near))
    for values in found.values():
        values.flags.writeable = False
    return Allowed({name: values for name, values in found.items() if values.size})


def count_limits(values: Range, n: IntArray, added: Fraction | float = 0) -> tuple[IntArray, IntArray]:
    """Return the smallest and largest x, from 0 to n, whose estimate lies in an exact range, for each n.

    The first exceeds the second where no count prints the estimate, which is (x + a)/(n + 2a) with a ``added``; with a
    fraction only integers are used.

    Examples
    --------
    >>> low, high = count_limits(Reported("25%").range(), np.array([32, 100, 3]))
    >>> low.tolist(), high.tolist()
    ([8, 25, 1], [8, 25, 0])
    """
    ends = []
    largest = int(n.max()) if n.size else 0
    for limit, closed, side in ((values.lower, values.lower_closed, -1), (values.upper, values.upper_closed, 1)):
        if not isinstance(limit, Fraction):
            ends.append(n if side > 0 else np.zeros_like(n))
        elif isinstance(added, float):
            end = float(limit)
            end = guarded((end, end))[side > 0] if closed else end - side * _NOISE * abs(end)
            x = end * (n + 2 * added) - added
            ends.append(np.asarray(np.floor(x) if side > 0 else np.ceil(x), dtype=np.int64))
        else:
            # x = limit (n + 2a) - a as one fraction: top / bottom
            factor, offset, bottom = limit.numerator, 0, limit.denominator
            if added:
                constant = (2 * limit - 1) * added
                bottom = math.lcm(limit.denominator, constant.denominator)
                factor = limit.numerator * (bottom // limit.denominator)
                offset = constant.numerator * (bottom // constant.denominator)
            is_small = abs(factor) < 2**31 and abs(offset) < 2**61 and largest < 2**30
            top = (n if is_small else n.astype(object)) * factor
            if offset:
                top = top + offset
            ends.append(np.asarray(_whole(top, bottom, closed, side), dtype=np.int64))
    return np.maximum(ends[0], 0), np.minimum(ends[1], n)


def _whole(top: IntArray, bottom: int, closed: bool, side: int) -> IntArray:
    """Largest whole number not above (side 1) or smallest not below (side -1) top/bottom; strictly where open."""
    if side > 0:
        return top // bottom if closed else -(-top // bottom) - 1
    return -(-top // bottom) if closed else top // bottom + 1


def fitting(percentages: Sequence[Reported], n: IntArray, rounding: str) -> NDArray[np.bool_]:
    """Return which percentages some count prints at each n: shape (len(percentages), len(n))."""
    rows = []
    for percentage in percentages:
        low, high = count_limits(percentage.range(rounding), n)
        rows.append(low <= high)
    return np.array(rows, dtype=bool).reshape(len(percentages), n.size)


def counts_between(hull: Room, n: IntArray, added: float) -> tuple[IntArray, IntArray]:
    """Return x that enclose all whose estimate (x + a)/(n + 2a) lies in a range; floats, for leaving out the others."""
    total = n + 2 * added
    first = np.ceil(np.maximum(hull[0], -1.0) * total - (added + 1e-6)).astype(np.int64)
    last = np.floor(np.minimum(hull[1], 2.0) * total - (added - 1e-6)).astype(np.int64)
    return np.maximum(first, 0), np.minimum(last, n)


def clipped(room: Room) -> Room:
    """Return the part of a room between 0 and 1."""
    return min(max(room[0], 0.0), 1.0), min(max(room[1], 0.0), 1.0)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Counts with the limits of a method at them."""

    x: IntArray
    n: IntArray
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]

    def __getitem__(self, keep: NDArray[np.bool_] | IntArray) -> Candidates:
        return Candidates(self.x[keep], self.n[keep], self.lower[keep], self.upper[keep])


def with_wilson(x: IntArray, n: IntArray, level: float) -> Candidates:
    """Return counts with Wilson's limits."""
    return Candidates(x, n, *wilson(x.astype(np.float64), n.astype(np.float64), np.asarray(level)))


def expand(first: IntArray, last: IntArray, n: IntArray) -> tuple[IntArray, IntArray]:
    """Return every x from first to last beside its n."""
    sizes = np.maximum(last - first + 1, 0)
    starts = np.repeat(first - (np.cumsum(sizes) - sizes), sizes)
    return starts + np.arange(sizes.sum(), dtype=np.int64), np.repeat(n, sizes)


def _ends(values: Range) -> Room:
    """Return the floats that count as inside: the guard beyond a closed end, not the end itself where it is open.

    Limits that are ties are common (0, 1, 0.025), and the printer takes floats within its noise of a tie for the tie.
    """
    ends = float(values.lower), float(values.upper)
    low, high = guarded(ends)
    if not values.lower_closed and math.isfinite(low):
        low = ends[0] + max(_NOISE * abs(ends[0]), 5e-324)
    if not values.upper_closed and math.isfinite(high):
        high = ends[1] - max(_NOISE * abs(ends[1]), 5e-324)
    return low, high


def _room(values: Range) -> Room:
    """Return the room of a bound; a limit outside [0, 1] may be printed as it is or cut off."""
    low, high = _ends(values)
    return (
        -math.inf if low <= 0 and Fraction(0) in values else low,
        math.inf if high >= 1 and Fraction(1) in values else high,
    )


@cache
def _reaches(roundings: tuple[str, ...]) -> tuple[tuple[Family, ...], Family]:
    """Return the widest reaches of some rounding rules, and the reach that holds all."""
    all_of = {(float(rule.below), float(rule.above)) for rule in (ROUNDING_RULES[name] for name in roundings)}
    widest = [one for one in all_of if not any(one != o and one[0] <= o[0] and one[1] <= o[1] for o in all_of)]
    return tuple(sorted(widest)), (max(below for below, _ in all_of), max(above for _, above in all_of))


@dataclass(frozen=True)
class PrintedRanges:
    """The ranges of a printed proportion and its bounds under each rounding rule, and of all rules together."""

    printed: PrintedInterval
    roundings: Sequence[str]

    def range(self, part: str, rounding: str) -> Range | None:
        """Return the exact range of ``estimate``, ``lower`` or ``upper``; None where it is not printed."""
        number: Reported | None = getattr(self.printed, part)
        return None if number is None else number.range(rounding)

    @kept
    def room(self, part: str, rounding: str) -> Room:
        """Return where a computed limit prints a bound."""
        values = self.range(part, rounding)
        return _ANYWHERE if values is None else _room(values)

    def prints_estimate(self, rounding: str, x: IntArray, n: IntArray, added: Fraction | float) -> NDArray[np.bool_]:
        """Return which counts print the estimate: floats where these leave no doubt, integers near the ends."""
        printed = self.printed.estimate
        if printed is None:
            return np.ones(x.shape, dtype=bool)
        shift = float(added)
        estimate = (x + shift) / (n + 2 * shift)
        low, high = printed.float_range(rounding)
        ok = (low < estimate) & (estimate < high)
        doubt = (np.abs(estimate - low) < _DOUBT) | (np.abs(estimate - high) < _DOUBT)
        if doubt.any():
            first, last = count_limits(printed.range(rounding), n[doubt], added)
            ok[doubt] = (first <= x[doubt]) & (x[doubt] <= last)
        return np.asarray(ok)

    @property
    def families(self) -> tuple[Family, ...]:
        """How far rounding rules reach below and above a number, in units of its last digit; only the widest."""
        return _reaches(tuple(self.roundings))[0]

    @property
    def _everything(self) -> Family:
        return _reaches(tuple(self.roundings))[1]

    @cached_property
    def _floats(self) -> dict[str, tuple[float, float]]:
        return {part: (float(one.value), float(one.step)) for part, one in self.printed.parts if not one.is_missing}

    def hull(self, part: str, family: Family | None = None) -> Room | None:
        """Return floats that enclose the ranges of a family of rounding rules, or of all; None where not printed."""
        number: Reported | None = getattr(self.printed, part)
        if number is None:
            return None
        if number.is_missing or number.relation != "=":
            return number.range().guarded()
        below, above = family or self._everything
        value, step = self._floats[part]
        if value <= 0:
            below, above = (above, below) if value < 0 else (max(below, above), max(below, above))
        return guarded(guarded((value - below * step, value + above * step)))

    def hull_room(self, part: str, family: Family | None = None) -> Room:
        """Return floats between which a limit may print a bound under some rounding rule of a family, or of all."""
        hull = self.hull(part, family)
        if hull is None:
            return _ANYWHERE
        return (-math.inf if hull[0] <= 0 else hull[0]), (math.inf if hull[1] >= 1 else hull[1])

    @cached_property
    def halves(self) -> tuple[Reported, ...]:
        """The printed half-widths that put the printed bounds around the printed estimate; empty if none does.

        Where every printed bound is cut off at 0 or 1 it is the smallest: larger ones would do as well.
        """
        centre, bounds = self.printed.estimate, self._bounds
        numbers = [number for _, number in self.printed.parts]
        if centre is None or not bounds or any(one.is_missing or one.relation != "=" for one in numbers):
            return ()
        lower, upper = self.printed.lower, self.printed.upper
        if lower is not None and upper is not None and lower.value != 0 and upper.value != 1:
            off_centre = abs(2 * centre.value - lower.value - upper.value)
            if 2 * off_centre > lower.step + upper.step:
                return ()  # no half-width reaches both bounds, each within half a digit
        finest = max((bound for _, bound in bounds), key=lambda bound: bound.decimals)
        near = {
            (side * (bound.value - centre.value) // finest.step + k) * finest.step
            for side, bound in bounds
            for k in range(-1, 3)
        }
        fitting = sorted(
            half for half in near if half >= 0 and all(_prints(centre, half, side, bound) for side, bound in bounds)
        )
        halves = tuple(Reported(print_number(half, finest.decimals, finest.unit)) for half in fitting)
        return halves[:1] if self._cut_off else halves

    @property
    def _bounds(self) -> list[tuple[int, Reported]]:
        pairs = ((-1, self.printed.lower), (1, self.printed.upper))
        return [(side, bound) for side, bound in pairs if bound is not None]

    @property
    def _cut_off(self) -> bool:
        return all(bound.value == (0 if side < 0 else 1) for side, bound in self._bounds)

    def half_rooms(self, rounding: str) -> list[Room]:
        """Return where a computed half-width prints one of the halves."""
        found = []
        for half in self.halves:
            low, high = _ends(half.range(rounding))
            found.append((low, math.inf if self._cut_off else high))
        return found


def _prints(centre: Reported, half: Fraction, side: int, bound: Reported) -> bool:
    """Whether centre ± half prints a bound, a tie away from zero, as it is or cut off."""
    end, values = centre.value + side * half, bound.range("half-up")
    return end in values or min(max(end, Fraction(0)), Fraction(1)) in values
