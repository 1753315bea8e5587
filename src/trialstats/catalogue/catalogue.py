"""The catalogue: the ways in which printed numbers come to be printed, and what each costs.

Names and costs only; the functions live in the menus, and a test holds both lists equal. The
counts stand in one committed table for each version; old versions stay loadable.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from trialstats.errors import UnknownNameError, check_name
from trialstats.values import FrozenDict

VERSIONS = ("1", "2", "3")
LATEST = VERSIONS[-1]
ORDINARY_BITS = 4.0
"""A convention is ordinary if it costs at most this within its kind: about 1 in 16 printed results."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One part of a convention, and how often it was seen."""

    kind: str
    name: str
    """E.g. ``interval-method`` and ``clopper-pearson``."""
    count: float
    """How many of ``total`` printed results used it."""
    total: int
    cost: float
    """In bits: ``-log2((count + 0.5) / (total + 1))``."""
    ordinary: bool
    """Whether the cost is at most `ORDINARY_BITS`."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All parts of conventions of one version.

    A shipped one is pickled and copied as its version; the costs of others travel with them.

    Examples
    --------
    >>> catalogue = load_catalogue()
    >>> round(catalogue.cost("interval-method", "clopper-pearson"), 2)
    0.72
    >>> catalogue.is_ordinary("rounding", "twice")
    False
    """

    version: str
    kinds: Mapping[str, Mapping[str, Entry]]
    sources: Mapping[str, str]

    def __hash__(self) -> int:
        return hash(self.version)  # searches are looked up by their catalogue: its content need not be hashed

    def __reduce__(self) -> tuple[Any, ...]:
        if self.version in VERSIONS and self == load_catalogue(self.version):
            return load_catalogue, (self.version,)
        return Catalogue, (self.version, self.kinds, self.sources)

    def cost(self, kind: str, name: str) -> float:
        """Return the cost of an entry in bits."""
        return self._find(kind, name).cost

    def is_ordinary(self, kind: str, name: str) -> bool:
        """Return whether an entry is ordinary within its kind."""
        return self._find(kind, name).ordinary

    def names(self, kind: str) -> tuple[str, ...]:
        """Return the names of a kind, cheapest first."""
        return tuple(self.kinds[kind])

    def _find(self, kind: str, name: str) -> Entry:
        try:
            return self.kinds[kind][name]
        except KeyError:
            raise UnknownNameError(f"convention of kind {kind!r}", name, self.kinds.get(kind, ())) from None


def load_catalogue(version: str = LATEST) -> Catalogue:
    """Return the catalogue of a version.

    Parameters
    ----------
    version : str, optional
        One of `VERSIONS`; the latest by default.

    Raises
    ------
    UnknownNameError
        If there is no such version.
    """
    check_name("catalogue version", version, VERSIONS)
    return _load(version)


@cache
def _load(version: str) -> Catalogue:
    table = _table(version)
    kinds: dict[str, Mapping[str, Entry]] = {}
    sources: dict[str, str] = {}
    for kind, rows in table.items():
        total = rows.pop("total")
        sources[kind] = rows.pop("source")
        found = []
        for name, count in rows.items():
            cost = -math.log2((count + 0.5) / (total + 1))
            found.append(Entry(kind, name, count, total, cost, cost <= ORDINARY_BITS))
        found.sort(key=lambda entry: (entry.cost, entry.name))
        kinds[kind] = FrozenDict((entry.name, entry) for entry in found)
    return Catalogue(version, FrozenDict(kinds), FrozenDict(sources))


def _table(version: str) -> dict[str, dict[str, Any]]:
    """Return a version's kinds; those that it does not restate are the version's that it is based on."""
    text = (files("trialstats.catalogue") / f"{version}.toml").read_text(encoding="utf-8")
    table: dict[str, Any] = tomllib.loads(text)
    del table["version"]
    base = table.pop("based-on", None)
    return table if base is None else _table(base) | table
