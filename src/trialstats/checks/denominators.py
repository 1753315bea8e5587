"""Several percentages of one arm share one denominator.

Each percentage of an arm must be a whole number of patients over the arm's size. Together they
narrow the denominator: 72, 56, 44, 43 and 39 % are all counts of 54, and of no other number below
60. Where no size is printed we list the sizes that fit. Where the printed size does not fit all of
them we say which rows do not, as rows may miss a patient.

Why: Patients drop out of a percentage without the text saying so. Several percentages together tell
what each alone cannot.

Formula:
    for every row i some whole x_i has 100 x_i/n in the range of percentage i,
    with one n for all rows

Agrees: 72, 56 and 43 % in an arm of 54 patients. Consistent: the same in an arm of 55, with one
patient fewer. Explained: the same where no size is printed, with the sizes that fit.

Reference: Brown and Heathers (2017) Soc Psychol Personal Sci 8:363-369 (GRIM), applied to several
percentages at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trialstats.catalogue import Catalogue
from trialstats.checks.check import Check, Context
from trialstats.claims.model import Estimate
from trialstats.explanations import Block, Explanation, Explanations
from trialstats.findings import Finding, Verdict
from trialstats.reported import Reported
from trialstats.search.counts.denominators import fitting, nearly_common_denominators
from trialstats.search.counts.explain import allow, count_limits
from trialstats.search.printed import total_cost
from trialstats.wording import convention_words, joined

_SHOWN = 8
_WORTH_SAYING = 0.05
"""Largest share of other percentages that fit a denominator as well for it to be named."""


def _groups(context: Context) -> Iterator[list[Estimate]]:
    found: dict[tuple[str, ...], list[Estimate]] = defaultdict(list)
    for claim in context.estimates:
        value = claim.value
        if claim.measure != "proportion" or len(claim.arms) != 1 or value is None or claim.role == "design":
            continue
        if value.unit == "%" and value.relation == "=" and claim.n is None and claim.spread is None:
            found[(*claim.arms, claim.population or "")].append(claim)
    return (group for group in found.values() if len(group) > 1)


@dataclass(frozen=True)
class _Search:
    """The search for one denominator of several percentages, by class of n and rounding; each looked at once."""

    values: list[Reported]
    allowed: dict[str, NDArray[np.int64]]
    catalogue: Catalogue

    @cached_property
    def ways(self) -> list[tuple[float, bool, str, str]]:
        """Cost, whether ordinary, class and rounding of every way, cheapest first."""
        found = []
        for name in self.allowed:
            for rounding in self.catalogue.names("rounding"):
                cost, ordinary = total_cost(self.catalogue, ("allowed-n", name), ("rounding", rounding))
                found.append((cost, ordinary, name, rounding))
        return sorted(found, key=lambda way: way[0])

    @cached_property
    def _found(self) -> dict[tuple[str, str], NDArray[np.int64]]:
        return {}

    def fitting(self, name: str, rounding: str) -> NDArray[np.int64]:
        """Return the denominators of a class of which every percentage is a count."""
        if (name, rounding) not in self._found:
            n_values = self.allowed[name]
            self._found[name, rounding] = n_values[fitting(self.values, n_values, rounding).all(axis=0)]
        return self._found[name, rounding]

    def cheapest(self) -> tuple[bool, int, str] | None:
        """Return whether the cheapest explanation is ordinary, its n and its rounding; None where there is none."""
        for _, ordinary, name, rounding in self.ways:
            some = self.fitting(name, rounding)
            if some.size:
                return ordinary, int(some[0]), rounding
        return None

    def plain(self) -> list[int]:
        """Return every denominator under plain rounding, ascending."""
        return sorted(n for name in self.allowed for n in self.fitting(name, "nearest").tolist())

    def blocks(self) -> list[Block]:
        """Return all explanations, by class and rounding."""
        return [self._block(*way) for way in self.ways if self.fitting(*way[2:]).size]

    def _block(self, cost: float, ordinary: bool, name: str, rounding: str) -> Block:
        some = self.fitting(name, rounding)

        def item(i: int) -> Explanation:
            n = int(some[i])
            low = [int(count_limits(value.range(rounding), some[i : i + 1])[0][0]) for value in self.values]
            counts = tuple(f"{x}/{n}" for x in low)
            return Explanation(cost=cost, ordinary=ordinary, allowed=name, n=n, rounding=rounding, readings=counts)

        return Block(cost, ordinary, name, int(some.size), item, None, some.tolist)


def _all_but(values: list[Reported], most: int) -> str:
    """Return which denominator most rows agree on, where that says something, and which rows miss patients."""
    found = nearly_common_denominators(values, most, min(2, len(values) - 2)) if len(values) > 2 else ()
    if not found or found[0].chance > _WORTH_SAYING:
        return " A row may miss a patient."
    odd = joined(values[row].text for row in found[0].missed)
    fewer = [str(n) for n in found[0].fewer if n is not None]
    end = f", and counts of {joined(fewer)} print the rest" if len(fewer) == len(found[0].missed) else ""
    return f" All but {odd} are counts of {found[0].n}{end}: a row may miss a patient."


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for group in _groups(context):
        values = [claim.value for claim in group if claim.value is not None]
        sizes = context.sizes(group[0])
        allowed = allow(sizes, context.n_max(200))
        search = _Search(values, allowed, context.catalogue)
        stated = [name for name in ("stated", "derived") if name in allowed]
        if any(search.fitting(name, "nearest").size for name in stated):
            verdict = Verdict.REPRODUCED
        elif (best := search.cheapest()) is None:
            # Complete denominators are an assumption: a row that misses a patient is no inconsistency.
            verdict = Verdict.UNCHECKED
        else:
            verdict = Verdict.CONSISTENT if best[0] else Verdict.EXPLAINED
        yield Finding.later(
            partial(_details, context, group, search),
            claim=group[0].id,
            others=tuple(claim.id for claim in group[1:]),
            check=check.name,
            code=check.code,
            verdict=verdict,
            where=group[0].where,
        )


def _details(context: Context, group: list[Estimate], search: _Search) -> Mapping[str, Any]:
    values, allowed, plain, best = search.values, search.allowed, search.plain(), search.cheapest()
    printed = joined(value.text for value in values)
    arm = context.paper.arm(group[0].arms[0])
    label = arm.label if arm is not None else group[0].arms[0]
    listed = joined([str(n) for n in plain[:_SHOWN]], "or") + (" or more" if len(plain) > _SHOWN else "")
    sizes = context.sizes(group[0])
    stated = [n for n in sizes if n in plain]
    # How it is rounded belongs to the number where plain rounding prints none of them.
    rounded = "" if best is None or listed else convention_words(Explanation(cost=0, rounding=best[2]))
    only = "" if best is None else f"{best[1]} patients{f', {rounded}' if rounded else ''}"
    if stated:
        others = len(plain) - len(stated)
        message = f"{printed} ({label}) are all counts of the printed {joined(map(str, stated), 'or')} patients"
        message += "." if others else f", and of no other number up to {max(stated)}."
    elif best is None:
        most = max(int(n.max()) for n in allowed.values())
        message = f"{printed} ({label}) are not all counts of one number of patients up to {most}."
        if sizes:
            alone: list[bool] = np.any(fitting(values, np.array(list(sizes)), "nearest"), axis=1).tolist()
            odd = joined(value.text for value, fits in zip(values, alone, strict=True) if not fits)
            message += f" No count of {joined(map(str, sizes), 'or')} prints {odd}."
        message += _all_but(values, most)
    elif sizes:
        message = f"{printed} ({label}) are not all counts of the printed {joined(map(str, sizes), 'or')} patients" + (
            f"; they are counts of {listed}." if listed else f" under plain rounding; they are counts of {only}."
        )
    else:
        sizes_words = f"{listed} patients" if listed else only
        message = f"{printed} ({label}) are all counts of {sizes_words}; the text prints no size."
    return {
        "message": message,
        "reported": {"estimate": values[0].text},
        "recomputed": {"n": joined(map(str, stated), "or") if stated else listed} if listed else {},
        "how": f"n = {best[1]}{f', {rounded}' if rounded else ''}" if best is not None else "",
        "searched": {"n": {name: [int(n.min()), int(n.max())] for name, n in allowed.items()}},
        "explanations": Explanations(search.blocks),
    }


CHECK = Check(
    "TS105",
    "denominators",
    "several percentages of one arm share one denominator",
    _run,
    reference="Brown and Heathers (2017) Soc Psychol Personal Sci 8:363-369",
    about=frozenset({"proportion"}),
    settled_by="how many patients of this arm were assessed",
    serves=("INSPECT-SR 4.6",),
)
