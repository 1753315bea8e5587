"""What a paper chooses once, and what each choice costs.

A *family* is named by what is chosen: ``rounding:percentages``, ``method``, ``n:`` with an arm and a population.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping
from types import MappingProxyType

from trialstats.catalogue import Catalogue
from trialstats.claims.model import Estimate, Paper
from trialstats.claims.populations import denominators, largest_size
from trialstats.search.counts.ranges import allow
from trialstats.search.posteriors.priors import PRIORS

DENOMINATOR = "n:"
"""How the families of denominators begin."""

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "rounding:percentages": "rounding",
        "rounding:ratios": "rounding",
        "rounding:p-values": "rounding",
        "method": "interval-method",
        "prior": "prior",
        "point": "point",
        "kind": "credible-kind",
        "transform": "km-transform",
        "test": "two-arm-test",
        "sides:ratios": "p-sided",
        "sides:comparisons": "p-sided",
    }
)
"""The families common to a whole paper, and their kinds in the catalogue."""

_LARGEST_N = 2000


def common_costs(catalogue: Catalogue) -> dict[str, dict[Hashable, float]]:
    """Return the bits of every choice of every common family."""
    costs: dict[str, dict[Hashable, float]] = {
        family: {name: catalogue.cost(kind, name) for name in catalogue.names(kind)} for family, kind in KINDS.items()
    }
    dearest = max(costs["prior"].values())
    costs["prior"].update({name: dearest for name in PRIORS if name not in costs["prior"]})
    if "km-other" in catalogue.kinds:
        names = catalogue.names("km-other")
        costs["transform"].update({name: catalogue.cost("km-other", name) for name in names})
    return costs


def group_of(paper: Paper, claim: Estimate) -> str | None:
    """Return the family of a claim's denominator: its arm and, where the text says so, its population.

    None where the claim prints its own n, which says nothing about the others.
    """
    if claim.n is not None:
        return None
    arm = "+".join(claim.arms) or (paper.arms[0].id if len(paper.arms) == 1 else "all")
    return f"{DENOMINATOR}{arm}/{claim.population or ''}"


class Denominators:
    """The families of denominators: which n each arm and population may have, and what each costs.

    The bits of a class (stated, derived, near, any) are those of the catalogue; naming one of its members costs the
    logarithm of their number besides, or a paper could fit any percentages by one of many unstated sizes.
    """

    def __init__(self, paper: Paper, claims: Iterable[Estimate], catalogue: Catalogue) -> None:
        self.costs: dict[str, dict[Hashable, float]] = {}
        """By family and n, in bits."""
        self.allowed: dict[str, dict[Hashable, str]] = {}
        """By family and n, the class."""
        for claim in claims:
            group = group_of(paper, claim)
            if group is None or group in self.costs:
                continue
            classes = allow(denominators(paper, claim), largest_size(paper) or _LARGEST_N)
            self.costs[group] = {
                n: catalogue.cost("allowed-n", name) + math.log2(values.size)
                for name, values in classes.items()
                for n in values.tolist()
            }
            self.allowed[group] = {n: name for name, values in classes.items() for n in values.tolist()}

    def printed(self, group: str) -> list[Hashable]:
        """Return the sizes that the text gives the group, or that follow from what it prints."""
        return [n for n, name in self.allowed[group].items() if name in ("stated", "derived")]

    def usual(self, group: str) -> bool:
        """Return whether the text gives the group a size."""
        return bool(self.printed(group))
