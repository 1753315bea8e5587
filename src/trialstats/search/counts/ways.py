"""Every convention under which counts may have been printed, cheapest first, listed once for a catalogue."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeAlias

from trialstats.catalogue import Catalogue, Convention
from trialstats.press import ESTIMATE_RULES, added_counts
from trialstats.search.printed import priced

HALVES = frozenset(
    {("wald", None), ("wald-t", None), ("wald-cc", None), ("wilson", "midpoint"), ("agresti-coull", "midpoint"),
     ("add4", "midpoint")}
)  # fmt: skip
"""Methods and estimates whose interval a paper may put together as estimate plus and minus a rounded half-width."""

SLOW = frozenset(
    {"mid-p", "blaker", "sterne", "blyth-still-casella", "jeffreys-hpd", "uniform-hpd", "likelihood-ratio", "pratt"}
)
"""Methods that take much more than tens of microseconds for a few counts; among equally cheap ones they come last."""

Group: TypeAlias = tuple[str, float, str, str | None]
"""What the limits depend on: class of denominators, level, method, estimate rule."""


def group_of(convention: Convention) -> Group:
    """Return what the limits of a convention with an interval depend on."""
    allowed, level, method = convention.allowed, convention.level, convention.method
    assert allowed is not None and level is not None and method is not None
    return allowed, level, method, convention.point


@lru_cache(maxsize=256)
def added_by(point: str | None, method: str, level: float) -> float:
    """Return the a of an estimate (x + a)/(n + 2a), as a float."""
    added = added_counts(point or "x-over-n", method, level)
    assert added is not None
    return float(added)


@lru_cache(maxsize=64)
def conventions_of_counts(
    catalogue: Catalogue,
    classes: tuple[str, ...],
    levels: tuple[float, ...],
    methods: tuple[str, ...],
    roundings: tuple[str, ...],
) -> tuple[Convention, ...]:
    """Return every combination, cheapest first.

    One level costs nothing: it is printed; several cost what the catalogue says. Without an interval there are no
    methods.
    """
    found = []
    for allowed in classes:
        for level in levels:
            outer = [("allowed-n", allowed)]
            if len(levels) > 1:
                outer.append(("level", f"{100 * level:g}"))
            for method, point, bounds in _computations(catalogue, methods, level):
                inner = list(outer)
                if method is not None and bounds is not None:
                    inner += [("interval-method", method), ("bounds", bounds)]
                    if "estimate-rule" in catalogue.kinds:
                        inner.append(("estimate-rule", point or "x-over-n"))
                said = {"method": method, "bounds": bounds, "point": point, "level": level if methods else None}
                found += [priced(catalogue, *inner, ("rounding", one), rounding=one, allowed=allowed, **said)
                          for one in roundings]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.cost, one.method in SLOW)))


@lru_cache(maxsize=64)
def with_groups(*searched: Any) -> tuple[tuple[Convention, Group], ...]:
    """Return what `conventions_of_counts` gives, each with what its limits depend on."""
    return tuple((one, group_of(one)) for one in conventions_of_counts(*searched))


@lru_cache(maxsize=64)
def by_group(*searched: Any) -> tuple[tuple[Group, tuple[Convention, ...]], ...]:
    """Return what `conventions_of_counts` gives by what the limits depend on, slow methods last."""
    groups: dict[Group, list[Convention]] = {}
    for one, group in with_groups(*searched):
        groups.setdefault(group, []).append(one)
    ordered = sorted(groups.items(), key=lambda item: (item[0][2] in SLOW, item[0][2] == "blyth-still-casella"))
    return tuple((group, tuple(found)) for group, found in ordered)


def _computations(
    catalogue: Catalogue, methods: tuple[str, ...], level: float
) -> list[tuple[str | None, str | None, str | None]]:
    """Return method, estimate rule (None for x/n) and making of bounds of every way to compute."""
    if not methods:
        return [(None, None, None)]
    points = [point for point in ESTIMATE_RULES if point in catalogue.kinds.get("estimate-rule", ("x-over-n",))]
    found: list[tuple[str | None, str | None, str | None]] = []
    for method in methods:
        for rule in points:
            if added_counts(rule, method, level) is not None:
                point = None if rule == "x-over-n" else rule
                found.append((method, point, "direct"))
                if (method, point) in HALVES:
                    found.append((method, point, "halves"))
    return found
