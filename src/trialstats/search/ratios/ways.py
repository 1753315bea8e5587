"""The ways in which a ratio, its interval and its P value come to be printed, cheapest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from trialstats.catalogue import Catalogue, Convention
from trialstats.search.printed import total_cost
from trialstats.values import FrozenDict

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
class RatioConventions:
    """Every convention of a ratio, cheapest first."""

    all: tuple[Convention, ...]
    """Its ``scale`` is a name of the catalogue's kind ``scale``; ``level`` is None where it is the printed one;
    ``test`` is ``wald``, ``another-test`` (of the same data and model) or ``stratified-test``, None without a P
    value."""
    beside: Mapping[tuple[str, str], tuple[Convention, ...]]
    """Those of one scale and rounding, by both."""


def making_of(one: Convention) -> tuple[str, str]:
    """Return how an interval was made: its scale and rounding."""
    return one.scale or "", one.rounding or ""


@lru_cache(maxsize=64)
def ratio_conventions(
    catalogue: Catalogue, *, has_p: bool, sided: int | None = None, same_model: bool = False, any_level: bool = False
) -> RatioConventions:
    """Return every convention of the catalogue, cheapest first; made once for each combination of arguments.

    ``has_p``: a P value, Z or chi-square is printed too, with ``sided`` sides where the text states them; both are
    tried otherwise. ``same_model``: the text ties the P value to the model of the interval. ``any_level``: the level is
    not printed, so that the P value may tell it.
    """
    ordered = sorted(_every(catalogue, has_p, sided, same_model, any_level), key=lambda one: one.cost)
    groups: dict[tuple[str, str], list[Convention]] = {}
    for one in ordered:
        groups.setdefault(making_of(one), []).append(one)
    return RatioConventions(tuple(ordered), FrozenDict((key, tuple(group)) for key, group in groups.items()))


def _every(
    catalogue: Catalogue, has_p: bool, sided: int | None, same_model: bool, any_level: bool
) -> Iterator[Convention]:
    for scale in catalogue.names("scale"):
        envelope = scale in ENVELOPE_SCALES
        for rounding in ("nearest",) if envelope else catalogue.names("rounding"):
            cost, ordinary = total_cost(catalogue, ("scale", scale), ("rounding", rounding))
            base = Convention(
                scale=scale, rounding=rounding, cost=cost + (_ENVELOPE_BITS if envelope else 0.0), ordinary=ordinary
            )
            if not has_p:
                yield base
                continue
            for test, number, level, parts in _tests(catalogue, sided, same_model, any_level):
                more, usual = total_cost(catalogue, *parts)
                yield replace(base, test=test, sided=number, level=level, cost=base.cost + more,
                              ordinary=ordinary and usual)  # fmt: skip


def _tests(
    catalogue: Catalogue, sided: int | None, same_model: bool, any_level: bool
) -> Iterator[tuple[str, int, float | None, list[tuple[str, str]]]]:
    """Yield test, sides and level of a P value (None for the printed one) with their entries in the catalogue."""
    for test in catalogue.names("p-test"):
        if same_model and test == "stratified-test":
            continue
        for number in (sided,) if sided else (2, 1):
            parts = [("p-test", test)] + ([] if sided else [("p-sided", "two" if number == 2 else "one")])
            yield test, number, None, parts
            if any_level and test == "wald":
                for name in catalogue.names("level"):
                    if name != "95":
                        yield test, number, float(name) / 100, [*parts, ("level", name)]
