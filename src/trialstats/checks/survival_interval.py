"""A Kaplan-Meier rate and its interval come from one standard error by one transform.

On the scale of its transform (plain, log, log-log, logit, arcsine) the interval is symmetric, and
Rothman's is a score interval; each leaves an exact range for the standard error and for the effective
sample size, which by Greenwood's formula cannot exceed the patients of the arm (a weighted curve may
seem to). A rate whose wording does not say survival may be a cumulative incidence, so the transforms
of one minus the rate are tried too. Likelihood-ratio and bootstrap intervals are on no such scale: an
interval no further off centre than theirs is explained by them. If every patient was followed up, the
rate is a count over the arm's size, so we also look for those.

Why: Software differs in its transform, and a rate between asymmetric bounds is often taken for a slip
that it is not.

Formula:
    2 g(S) = g(lower) + g(upper),  SE = |g(upper) - g(lower)|/(2 z |g'(S)|)
    g: S, ln S, ln(-ln S), ln(S/(1 - S)), asin(sqrt S)
    effective n = S(1 - S)/SE^2 <= patients of the arm

Agrees: 81% (69 to 96) on the log transform only. Asks: 81% (60 to 84).

Reference: Kalbfleisch and Prentice (2002) The Statistical Analysis of Failure Time Data; Rothman
(1978) J Chronic Dis 31:557-560; Thomas and Grunkemeier (1975) J Am Stat Assoc 70:865-871.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from trialstats.checks.check import Check, Context, level_of, printed_numbers
from trialstats.checks.outcomes import counts_survivors
from trialstats.checks.proportion_interval import count_search
from trialstats.claims.model import Estimate
from trialstats.explanations import Block, Explanation, Explanations
from trialstats.findings import Finding, Nearest, Verdict
from trialstats.search.counts.search import CountSearch
from trialstats.search.printed import PrintedInterval, total_cost
from trialstats.search.survival.explain import SurvivalSearch
from trialstats.wording import (
    INNOCENT_REASONS,
    as_percent,
    as_printed,
    as_range,
    convention_words,
    count_words,
    joined,
)


def _transform_words(one: Explanation) -> str:
    name = one.transform or "no"
    return f"{name} (of one minus the rate)" if one.kind == "incidence" else name


def _miss_words(nearest: Nearest) -> str:
    """Return the nearest miss in words."""
    prints = nearest.prints
    numbers = f"{prints['estimate']} ({prints.get('lower', '')} to {prints.get('upper', '')})"
    steps = f"{nearest.steps:g} unit{'s' if nearest.steps > 1 else ''} of the last digit away"
    return f"The nearest miss is {numbers}, {steps}, by the {nearest.explanation.transform} transform."


def _blocks(curves: Iterable[Explanation], counts: list[Block]) -> list[Block]:
    return [*(Block.single(one) for one in curves), *counts]


def _dearer(block: Block, bits: float) -> Block:
    """Add the cost of complete follow-up to explanations by counts."""
    return replace(
        block,
        cost=block.cost + bits,
        ordinary=False,
        item=lambda i: replace(block.item(i), cost=block.cost + bits, ordinary=False),
    )


def _how(best: Explanation | None, counts: list[Block]) -> str:
    """Return the cheapest explanation in words, and beside it the count that prints the same without censoring."""
    words = [convention_words(best)] if best is not None else []
    exact = next((one for block in counts if (one := block.item(0)).rounding == "nearest"), None)
    if exact is not None and exact != best:
        words.append(f"or {count_words(exact)}, {convention_words(exact)}")
    return "; ".join(words)


def _se_words(low: float, high: float) -> str:
    """Return a range of standard errors of a rate; none is above 1."""
    return f"{as_percent(low)} to {as_percent(high)}" if high <= 1 else f"at least {as_percent(low)}"


def _has_bound(claim: Estimate) -> bool:
    spread = claim.interval
    return spread is not None and any(one is not None and not one.is_missing for one in (spread.lower, spread.upper))


def _search(context: Context, claim: Estimate) -> SurvivalSearch:
    spread, value = claim.interval, claim.value
    assert spread is not None and value is not None
    bounds = [bound.with_unit(value.unit) if bound is not None else None for bound in (spread.lower, spread.upper)]
    return SurvivalSearch(
        PrintedInterval(value, *bounds),
        level_of(spread),
        max(context.sizes(claim), default=None),
        context.catalogue,
        incidence=not counts_survivors(claim.outcome),
    )


def _by_count(context: Context, claim: Estimate) -> CountSearch | None:
    """Return the search for a count over the arm's size, as of a curve without censoring."""
    if not context.sizes(claim):
        return None
    search = count_search(context, claim)
    search.allowed = {name: n for name, n in search.allowed.items() if name in ("stated", "derived")}
    return search


def _is_ordinary(context: Context, claim: Estimate, search: SurvivalSearch) -> bool | None:
    """Return whether the cheapest explanation is ordinary; None where there is none."""
    curve, by_count = search.cheapest(), _by_count(context, claim)
    if by_count is None:
        return None if curve is None else curve.ordinary
    bits, _ = total_cost(context.catalogue, ("survival-rate", "complete-follow-up"))
    if curve is not None:
        # An explanation by a count is never ordinary: only one that costs less matters.
        least = by_count.ways[0].cost if by_count.ways else math.inf
        if not curve.ordinary or least + bits >= curve.cost:
            return curve.ordinary
        block = by_count.cheapest()
        return curve.ordinary and (block is None or block.cost + bits >= curve.cost)
    return None if by_count.cheapest() is None else False


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.estimates:
        if claim.measure != "survival" or claim.interval is None or claim.value is None or claim.value.is_missing:
            continue
        if not _has_bound(claim):
            yield Finding.later(
                partial(_why_not, claim),
                claim=claim.id,
                check=check.name,
                code=check.code,
                verdict=Verdict.UNCHECKED,
                where=claim.where,
            )
            continue
        search = _search(context, claim)
        ordinary = _is_ordinary(context, claim, search)
        verdict = Verdict.INCONSISTENT
        if ordinary is not None:
            verdict = Verdict.CONSISTENT if ordinary else Verdict.EXPLAINED
        elif (by_count := _by_count(context, claim)) is not None and not by_count.cheapest() and by_count.limited:
            verdict = Verdict.UNCHECKED  # a method was not searched at so many patients
        yield Finding.later(
            partial(_details, context, claim, search),
            claim=claim.id,
            check=check.name,
            code=check.code,
            verdict=verdict,
            where=claim.where,
            assumes=check.assumes,
        )


def _why_not(claim: Estimate) -> Mapping[str, Any]:
    message = f"We did not check {as_printed(claim)}: neither bound is a number."
    return {"message": message, "reported": printed_numbers(claim)}


def _details(context: Context, claim: Estimate, search: SurvivalSearch) -> Mapping[str, Any]:
    curve = search.cheapest()
    counts: list[Block] = []
    if (by_count := _by_count(context, claim)) is not None:
        bits, _ = total_cost(context.catalogue, ("survival-rate", "complete-follow-up"))
        counts = [_dearer(block, bits) for block in by_count.blocks()]
    best = curve
    if counts and (curve is None or counts[0].cost < curve.cost):
        best = counts[0].item(0)
    shown = as_printed(claim)
    recomputed: dict[str, str] = {}
    nearest = None
    if best is None:
        nearest = search.nearest()
        message = (
            f"No transform of the catalogue prints {shown} from one standard error."
            + (f" {_miss_words(nearest)}" if nearest is not None else "")
            + f" A further decimal, or the name of the method, would settle it. {INNOCENT_REASONS}"
        )
    else:
        alike = [
            one
            for one in search.explanations_in_order(best.rounding)
            if one.rounding == best.rounding and one.allowed == best.allowed and one.transform
        ]
        transforms = tuple(dict.fromkeys(_transform_words(one) for one in alike))
        if best.transform and best.se is not None and best.effective_n is not None:
            recomputed = {"se": _se_words(*best.se), "effective n": as_range(max(best.effective_n[0], 0.0),
                                                                               best.effective_n[1], 1)}  # fmt: skip
            which = f"only the {transforms[0]} one prints" if len(transforms) == 1 else f"{joined(transforms)} print"
            message = (
                f"Of the Kaplan-Meier transforms, {which} {shown}: standard error {recomputed['se']}, as of "
                f"{recomputed['effective n']} patients without censoring."
            )
            if best.allowed is not None:
                message += (
                    f" That is {best.readings[0]}, the most that the text prints here: a weighted curve or another "
                    "population would account for it."
                )
        elif best.method == "asymmetric" and best.transform is None and best.effective_n is not None:
            message = (
                f"{shown} fits no transform of a Kaplan-Meier rate; a likelihood-ratio (Thomas and Grunkemeier) or "
                "bootstrap interval can be as far off centre. The name of the method would settle it."
            )
        else:
            message = f"{shown} fits no transform of a Kaplan-Meier rate."
        exact = [block.item(0) for block in counts if block.item(0).rounding == "nearest"]
        if exact:
            one = exact[0]
            message += (
                f" {count_words(one)} by {convention_words(one)} ({as_percent(max(one.lower or 0.0, 0.0))} to "
                f"{as_percent(1.0 if one.upper is None else min(one.upper, 1.0))}) prints it too, if nobody was "
                "censored."
            )
    return {
        "message": message,
        "reported": printed_numbers(claim),
        "recomputed": recomputed,
        "how": _how(best, counts),
        "searched": {
            "transforms": list(context.catalogue.names("km-transform")),
            "roundings": list(context.catalogue.names("rounding")),
            "level": search.level,
            "largest_effective_n": search.n_max,
            "one_minus_rate": search.incidence,
            "catalogue": context.catalogue.version,
        },
        "explanations": Explanations(lambda: _blocks(search.explanations_in_order(), counts), chance=search.chance)
        if counts
        else search.explanations(),
        "nearest": nearest,
    }


CHECK = Check(
    "TS207",
    "survival-interval",
    "a Kaplan-Meier rate and its interval come from one standard error by one transform",
    _run,
    reference="Kalbfleisch and Prentice (2002) The Statistical Analysis of Failure Time Data",
    assumes=("Greenwood's variance", "unweighted curve"),
    about=frozenset({"survival"}),
    settled_by="the rate and both bounds with one more decimal, and the transform of the interval",
    serves=("INSPECT-SR 4.9",),
)
