"""The ways in which a ratio, its interval and its P value come to be printed, cheapest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from trialstats.catalogue import Catalogue
from trialstats.search.printed import total_cost

__all__ = ["ENVELOPE_SCALES", "LINK_SCALES", "NULLS", "Way", "Ways", "ratio_ways"]

LINK_SCALES = MappingProxyType(
    {"log": "log", "identity": "identity", "complement": "complement-log", "reciprocal": "reciprocal"}
)
"""Name in the catalogue -> name in ``SCALES``, for intervals that are symmetric on a scale."""

NULLS = MappingProxyType({"log": 0.0, "identity": 1.0, "reciprocal": 1.0})
"""Where a ratio of 1 lies on the scales that have a Wald test of it."""

ENVELOPE_SCALES = ("off-centre", "bootstrap")
"""Ways that say only how far an estimate may lie off the middle. They are searched under plain rounding."""

_ENVELOPE_BITS = 4.0
"""What an envelope pays for not saying which number would have been printed: it admits about sixteen where a scale
admits one."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way, with its cost.

    Attributes
    ----------
    cost : float
    ordinary : bool
    scale : str
        A name of the catalogue's kind ``scale``, or a two-sample method where counts are printed.
    rounding : str
    level : float or None
        Where it is not the one that the claim prints.
    test : str
        ``wald``, ``another-test`` (of the same data and model) or ``stratified-test``; empty without a P value.
    sided : int or None
    """

    cost: float
    ordinary: bool
    scale: str
    rounding: str
    level: float | None = None
    test: str = ""
    sided: int | None = None


@dataclass(frozen=True, slots=True)
class Ways:
    """Every way, cheapest first.

    Attributes
    ----------
    all : tuple of Way
    beside : mapping
        Those of one scale and rounding, by both.
    """

    all: tuple[Way, ...]
    beside: Mapping[tuple[str, str], tuple[Way, ...]]


_MADE: dict[tuple[int, bool, int | None, bool, bool], tuple[Catalogue, Ways]] = {}


def ratio_ways(
    catalogue: Catalogue, *, has_p: bool, sided: int | None = None, same_model: bool = False, any_level: bool = False
) -> Ways:
    """Return every way of the catalogue, cheapest first; made once for each combination of arguments.

    Parameters
    ----------
    catalogue : Catalogue
    has_p : bool
        Whether a P value, Z or chi-square is printed too.
    sided : int, optional
        Sides of P where the text states them; both are tried otherwise.
    same_model : bool, optional
        Whether the text ties the P value to the model of the interval.
    any_level : bool, optional
        Whether the level is not printed, so that the P value may tell it.
    """
    key = (id(catalogue), has_p, sided, same_model, any_level)
    held = _MADE.get(key)
    if held is None or held[0] is not catalogue:
        ways = _make(catalogue, has_p, sided, same_model, any_level)
        ordered = tuple(sorted(ways, key=lambda way: way.cost))
        groups: dict[tuple[str, str], list[Way]] = {}
        for way in ordered:
            groups.setdefault((way.scale, way.rounding), []).append(way)
        beside = MappingProxyType({key: tuple(group) for key, group in groups.items()})
        held = _MADE[key] = (catalogue, Ways(ordered, beside))
    return held[1]


def _make(catalogue: Catalogue, has_p: bool, sided: int | None, same_model: bool, any_level: bool) -> list[Way]:
    bases: list[tuple[float, bool, str, str]] = []
    for scale in catalogue.names("scale"):
        envelope = scale in ENVELOPE_SCALES
        for rounding in ("nearest",) if envelope else catalogue.names("rounding"):
            cost, ordinary = total_cost(catalogue, ("scale", scale), ("rounding", rounding))
            bases.append((cost + (_ENVELOPE_BITS if envelope else 0.0), ordinary, scale, rounding))
    if not has_p:
        return [Way(*base) for base in bases]
    tests = [test for test in catalogue.names("p-test") if not (same_model and test == "stratified-test")]
    sides: Sequence[tuple[int, list[tuple[str, str]]]] = (
        [(sided, [])] if sided else [(2, [("p-sided", "two")]), (1, [("p-sided", "one")])]
    )
    found = []
    for cost, ordinary, scale, rounding in bases:
        for test in tests:
            for number, parts in sides:
                more, usual = total_cost(catalogue, ("p-test", test), *parts)
                found.append(Way(cost + more, ordinary and usual, scale, rounding, None, test, number))
                if any_level and test == "wald":
                    for level, bits, common in _other_levels(catalogue):
                        found.append(
                            Way(cost + more + bits, ordinary and usual and common, scale, rounding, level, test, number)
                        )
    return found


def _other_levels(catalogue: Catalogue) -> list[tuple[float, float, bool]]:
    return [
        (float(name) / 100, *total_cost(catalogue, ("level", name)))
        for name in catalogue.names("level")
        if name != "95"
    ]
