"""Every convention under which counts may have been printed, cheapest first, listed once for a catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from trialstats.catalogue import Catalogue
from trialstats.press import ESTIMATE_RULES, added_counts
from trialstats.search.printed import total_cost

__all__ = ["HALVES", "SLOW", "Way", "by_group", "ways"]

HALVES = frozenset(
    {("wald", "x-over-n"), ("wald-t", "x-over-n"), ("wald-cc", "x-over-n"), ("wilson", "midpoint"),
     ("agresti-coull", "midpoint"), ("add4", "midpoint")}
)  # fmt: skip
"""Methods and estimates whose interval a paper may put together as estimate plus and minus a rounded half-width."""


SLOW = frozenset(
    {"mid-p", "blaker", "sterne", "blyth-still-casella", "jeffreys-hpd", "uniform-hpd", "likelihood-ratio", "pratt"}
)
"""Methods that take much more than tens of microseconds for a few counts; among equally cheap ones they come last."""


@dataclass(frozen=True)
class Way:
    """A class of denominators and a convention of computing and printing.

    Attributes
    ----------
    cost : float
        Bits.
    ordinary : bool
        Whether every part is ordinary within its kind.
    allowed, level, method, rounding, bounds, point
        As of an explanation; ``method`` is empty where no interval is printed, ``point`` a name of ``ESTIMATE_RULES``.
    """

    cost: float
    ordinary: bool
    allowed: str
    level: float
    method: str
    rounding: str
    bounds: str = "direct"
    point: str = "x-over-n"

    @cached_property
    def group(self) -> tuple[str, float, str, str]:
        """What the limits depend on: class, level, method, estimate."""
        return self.allowed, self.level, self.method, self.point


_KNOWN: dict[tuple[Any, ...], tuple[Catalogue, tuple[Way, ...]]] = {}
_MOST_KNOWN = 64


def ways(
    catalogue: Catalogue,
    classes: tuple[str, ...],
    levels: tuple[float, ...],
    methods: tuple[str, ...],
    roundings: tuple[str, ...],
) -> tuple[Way, ...]:
    """Return every combination, cheapest first.

    Parameters
    ----------
    catalogue : Catalogue
    classes : tuple of str
        Classes of denominators.
    levels : tuple of float
        One level costs nothing: it is printed. Several cost what the catalogue says.
    methods : tuple of str
        Empty where no interval is printed.
    roundings : tuple of str

    Returns
    -------
    tuple of Way
    """
    key = (id(catalogue), classes, levels, methods, roundings)
    kept = _KNOWN.get(key)
    if kept is not None and kept[0] is catalogue:
        return kept[1]
    found = []
    for allowed in classes:
        for level in levels:
            outer = [("allowed-n", allowed)]
            if len(levels) > 1:
                outer.append(("level", f"{100 * level:g}"))
            for method, point, bounds in _computations(catalogue, methods, level):
                inner = list(outer)
                if method:
                    inner += [("interval-method", method), ("bounds", bounds)]
                    if "estimate-rule" in catalogue.kinds:
                        inner.append(("estimate-rule", point))
                for rounding in roundings:
                    cost, ordinary = total_cost(catalogue, *inner, ("rounding", rounding))
                    found.append(Way(cost, ordinary, allowed, level, method, rounding, bounds, point))
    found.sort(key=lambda way: (round(way.cost, 9), way.method in SLOW))
    if len(_KNOWN) >= _MOST_KNOWN:
        _KNOWN.clear()
    _KNOWN[key] = catalogue, tuple(found)
    return _KNOWN[key][1]


_Groups = tuple[tuple[tuple[str, float, str, str], tuple[Way, ...]], ...]
_GROUPED: dict[int, tuple[tuple[Way, ...], _Groups]] = {}


def by_group(some: tuple[Way, ...]) -> _Groups:
    """Return ways by what their limits depend on (`Way.group`), those of slow methods last.

    Parameters
    ----------
    some : tuple of Way
        As `ways` returns it.
    """
    held = _GROUPED.get(id(some))
    if held is None or held[0] is not some:
        groups: dict[tuple[str, float, str, str], list[Way]] = {}
        for way in some:
            groups.setdefault(way.group, []).append(way)
        ordered = sorted(groups.items(), key=lambda item: (item[0][2] in SLOW, item[0][2] == "blyth-still-casella"))
        if len(_GROUPED) >= _MOST_KNOWN:
            _GROUPED.clear()
        held = _GROUPED[id(some)] = some, tuple((group, tuple(found)) for group, found in ordered)
    return held[1]


def _computations(catalogue: Catalogue, methods: tuple[str, ...], level: float) -> list[tuple[str, str, str]]:
    """Return method, estimate rule and making of bounds of every way to compute."""
    if not methods:
        return [("", "x-over-n", "direct")]
    points = [point for point in ESTIMATE_RULES if point in catalogue.kinds.get("estimate-rule", ("x-over-n",))]
    found = []
    for method in methods:
        for point in points:
            if added_counts(point, method, level) is not None:
                found.append((method, point, "direct"))
                if (method, point) in HALVES:
                    found.append((method, point, "halves"))
    return found
