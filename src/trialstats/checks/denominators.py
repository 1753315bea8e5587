"""Several percentages of one arm share one denominator.

Each percentage of an arm must be a whole number of patients over the arm's size. Together they
narrow the denominator: 72, 56, 44, 43 and 39 % are all counts of 54, and of no other number below
60. Where no size is printed we list the sizes that fit. Where the printed size does not fit all of
them we say which rows do not, as rows may miss a patient.

Reference: the GRIM test (Brown and Heathers 2017) applied to several percentages at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np

from trialstats.checks.check import Check, Context
from trialstats.claims import Estimate
from trialstats.explanations import Block, Explanation, Explanations
from trialstats.findings import Finding, Verdict
from trialstats.inverse.counts.denominators import explain_denominators, fitting
from trialstats.inverse.counts.explain import allow, count_limits
from trialstats.inverse.printed import total_cost
from trialstats.reported import Reported
from trialstats.wording import joined

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


def _explanations(context: Context, values: list[Reported], allowed: dict[str, np.ndarray]) -> list[Block]:
    blocks = []
    for name, n_values in allowed.items():
        for rounding in context.catalogue.names("rounding"):
            fits = fitting(values, n_values, rounding).all(axis=0)
            cost, ordinary = total_cost(context.catalogue, ("allowed-n", name), ("rounding", rounding))
            for n in n_values[fits].tolist():
                low = [int(count_limits(value.range(rounding), np.array([n]))[0][0]) for value in values]
                counts = tuple(f"{x}/{n}" for x in low)
                blocks.append(
                    Block.single(
                        Explanation(cost=cost, ordinary=ordinary, allowed=name, n=n, rounding=rounding, readings=counts)
                    )
                )
    return blocks


def _all_but(values: list[Reported], most: int) -> str:
    """Return which denominator most rows agree on, where that says something, and which rows miss patients."""
    found = explain_denominators(values, n_max=most, misses=min(2, len(values) - 2)) if len(values) > 2 else ()
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
        explanations = Explanations(lambda values=values, allowed=allowed: _explanations(context, values, allowed))  # type: ignore[misc]
        plain = sorted({one.n for one in explanations if one.rounding == "nearest" and one.n is not None})
        best = explanations[0] if explanations else None
        if any(n in plain for n in sizes):
            verdict = Verdict.REPRODUCED
        elif best is None:
            # Complete denominators are an assumption: a row that misses a patient is no inconsistency.
            verdict = Verdict.UNCHECKED
        else:
            verdict = Verdict.EXPLAINED if not best.ordinary else Verdict.CONSISTENT
        yield Finding.later(
            partial(_details, context, group, values, allowed, explanations, plain),
            claim=group[0].id,
            others=tuple(claim.id for claim in group[1:]),
            check=check.name,
            code=check.code,
            verdict=verdict,
            where=group[0].where,
        )


def _details(
    context: Context,
    group: list[Estimate],
    values: list[Reported],
    allowed: dict[str, np.ndarray],
    explanations: Explanations,
    plain: list[int],
) -> Mapping[str, Any]:
    printed = joined(value.text for value in values)
    arm = context.paper.arm(group[0].arms[0])
    label = arm.label if arm is not None else group[0].arms[0]
    listed = joined([str(n) for n in plain[:_SHOWN]], "or") + (" or more" if len(plain) > _SHOWN else "")
    sizes = context.sizes(group[0])
    stated = [n for n in sizes if n in plain]
    best = explanations[0] if explanations else None
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
        message = (
            f"{printed} ({label}) are not all counts of the printed {joined(map(str, sizes), 'or')} patients; "
            f"they are counts of {listed or best.n}."
        )
    else:
        message = f"{printed} ({label}) are all counts of {listed or best.n} patients; the text prints no size."
    return {
        "message": message,
        "reported": {"estimate": values[0].text},
        "recomputed": {"n": joined(map(str, stated), "or") if stated else listed} if listed else {},
        "how": f"n = {best.n}" if best is not None else "",
        "searched": {"n": {name: [int(n.min()), int(n.max())] for name, n in allowed.items()}},
        "explanations": explanations,
    }


CHECK = Check(
    "TS105",
    "denominators",
    "several percentages of one arm share one denominator",
    _run,
    reference="Brown and Heathers (2017) Soc Psychol Personal Sci 8:363-369",
    about=frozenset({"proportion"}),
)
