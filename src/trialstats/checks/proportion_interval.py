"""A proportion and its confidence interval come from one count by one method.

We look for every count, denominator, interval method and rounding that prints the percentage and
both bounds exactly. The denominators are those printed for the arm, those that follow from
printed numbers, up to a tenth fewer, and then any. Counts are found with integers; limits are
compared with the exact range of each printed bound.

Why: An interval fixes the count and the denominator far better than the percentage alone, so it shows
which patients a rate is of and how it was computed.

Formula:
    x/n                 in the range of the printed percentage
    L(x, n, level)      in the range of the printed lower bound
    U(x, n, level)      in the range of the printed upper bound
    for a method (L, U) of the menu: see the method reference

Agrees: 61% (95% CI, 47 to 74) of 54 patients is 33 of 54 by Clopper-Pearson. Explained: 25% (12 to
43) of 32 is 8 of 32 by Clopper-Pearson, 11.46 to 43.40, rounded twice. Asks: 25% (18 to 36) of 32.

Reference: Newcombe (1998) Stat Med 17:857-872 for the methods.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

from trialstats.checks.check import Check, Context, level_of, printed_numbers, verdict_of_kind
from trialstats.claims.model import Estimate
from trialstats.explanations import Block, Explanation, Explanations
from trialstats.findings import Finding, Nearest, Verdict
from trialstats.press import Counts, Printing, print_claim, print_like
from trialstats.reported import DEFAULT_ROUNDING, Reported
from trialstats.search.counts.denominators import common_denominators
from trialstats.search.counts.explain import CountSearch, allow
from trialstats.search.counts.verdict import certain_kind, cheapest_kind, never_ordinary
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
    method_words,
)

__all__ = ["CHECK", "count_search", "reprinted"]


def count_search(context: Context, claim: Estimate) -> CountSearch:
    """Return the search for the counts behind a claim with an interval."""
    sizes = context.sizes(claim)
    spread = claim.interval
    assert spread is not None
    unit = claim.value.unit if claim.value is not None else ""
    printed = PrintedInterval(
        claim.value,
        spread.lower.with_unit(unit) if spread.lower is not None else None,
        spread.upper.with_unit(unit) if spread.upper is not None else None,
    )
    x = claim.x.whole if claim.x is not None else None
    return CountSearch(
        printed,
        allow(sizes, context.n_max()),
        x=x,
        # Where no level is printed every level of the catalogue is tried; that of a rate at a time is the curve's.
        level=None if spread.level is None and claim.measure == "proportion" else level_of(spread),
        catalogue=context.catalogue,
        preferred=frozenset if sizes else partial(_shared_with_other_percentages, context, claim),
    )


def _shared_with_other_percentages(context: Context, claim: Estimate) -> frozenset[int]:
    """Return the denominators at which all other percentages of the claim's arm are counts: to be named first."""
    others = [
        one.value
        for one in context.estimates
        if one is not claim and one.measure == "proportion" and len(one.arms) == 1 and one.arms == claim.arms
        and one.population == claim.population and one.value is not None and one.value.unit == "%"
    ]  # fmt: skip
    if len(others) < 2:
        return frozenset()
    return frozenset(common_denominators(others, context.n_max()))


def reprinted(best: Explanation, estimate: Reported, bound: Reported) -> dict[str, str]:
    """Return what an explanation prints, in the claim's own decimals."""
    printing = Printing(
        best.method or "clopper-pearson",
        best.level or 0.95,
        best.rounding or "nearest",
        best.bounds or "direct",
        decimals=estimate.decimals,
        bound_decimals=bound.decimals,
        unit=estimate.unit,
        estimate=best.point or "x-over-n",
        clip=bound.value >= 0,
    )
    claim = print_claim(Counts(best.x or 0, best.n or 1), printing)
    assert claim.value is not None and claim.spread is not None
    assert claim.spread.lower is not None and claim.spread.upper is not None
    shown = claim.value.text
    if best.point in (None, "x-over-n"):
        shown = print_like(Fraction(best.x or 0, best.n or 1), estimate, best.rounding or "nearest")
    return {"estimate": shown, "lower": claim.spread.lower.text, "upper": claim.spread.upper.text}


def _message(
    claim: Estimate,
    block: Block | None,
    verdict: Verdict,
    nearest: Nearest | None,
    where: str,
    preferred: frozenset[int],
    not_searched: Sequence[str],
) -> str:
    printed = as_printed(claim)
    levelled = claim.spread is not None and claim.spread.level is not None
    best = block.item(0) if block is not None else None
    if verdict is Verdict.UNCHECKED and _of_a_model(claim):
        return (
            f"We did not check {printed} as a count: the text calls it adjusted, weighted, pooled or from a model, and "
            f"no count with {where} prints it. The count or the model would settle it."
        )
    if verdict is Verdict.UNCHECKED:
        return (
            f"We did not find a count with {where} that prints {printed}, but the search met its limit: some numbers "
            f"of patients are beyond what a method computes, or too many counts are left. Not searched: "
            f"{joined(not_searched)}. The count would settle it."
        )
    if best is None or block is None:
        message = f"No count with {where} prints {printed} by any method and rounding of the catalogue."
        if nearest is not None:
            low, high = nearest.prints["lower"], nearest.prints["upper"]
            closest = f"{count_words(nearest.explanation)} by {method_words(nearest.explanation.method or '')}"
            message += (
                f" Nearest: {closest} prints {nearest.prints['estimate']} ({low} to {high}), up to {nearest.steps:.1f} "
                f"units of the last digit away."
            )
        return f"{message} {_wanted(claim)} would settle it. {INNOCENT_REASONS}"
    data = count_words(best)
    full = _limits(claim, best)
    if verdict is Verdict.REPRODUCED:
        return f"{printed} is {data} with a {method_words(best.method or '')} interval ({full})."
    if verdict is Verdict.CONSISTENT:
        return (
            f"{printed} is {data} with a {method_words(best.method or '')} interval ({full}), if some patients of the "
            f"printed size could not be evaluated."
        )
    level = best.level or 0.95
    words = convention_words(best) + (f", {100 * level:g}% level" if not levelled and level != 0.95 else "")
    message = f"{printed} is {data}: {words} ({full})."
    if best.allowed == "any":
        message += f" The text does not give {best.n} patients for this claim"
        message += ", but its other percentages of this arm fit that number." if best.n in preferred else "."
    if block.size > 1:
        rivals = [count_words(block.item(i)) for i in range(1, min(block.size, 5))]
        message += f" By the same method and rounding: {joined(rivals, 'or')}{' and others' if block.size > 5 else ''}."
    return message


def _wanted(claim: Estimate) -> str:
    """Return what would settle a claim that nothing prints: what the text does not give already."""
    if claim.x is None:
        return "The count itself"
    return "The method of the interval" if claim.n is not None else "The number of patients that the count is of"


def _limits(claim: Estimate, best: Explanation) -> str:
    """Return the limits as percentages, cut off at 0 and 100 % as the printed ones are."""
    low, high = best.lower if best.lower is not None else 0.0, best.upper if best.upper is not None else 1.0
    spread, unit = claim.interval, claim.value.unit if claim.value is not None else ""
    bounds = (spread.lower, spread.upper) if spread is not None else ()
    printed = [bound.with_unit(unit).value for bound in bounds if bound is not None and not bound.is_missing]
    if min(printed, default=0) >= 0:
        low = max(low, 0.0)
    if max(printed, default=0) <= 1:
        high = min(high, 1.0)
    return f"{as_percent(low)} to {as_percent(high)}"


def _searched(search: CountSearch) -> dict[str, Any]:
    left_out = {"not_searched": list(search.not_searched)} if search.not_searched else {}
    return left_out | {
        "n": {name: [int(n.min()), int(n.max())] for name, n in search.allowed.items()},
        "methods": list(search.methods),
        "roundings": list(search.roundings),
        "level": search.level if len(search.levels) == 1 else list(search.levels),
        "catalogue": search.catalogue.version,
    }


def _places(search: CountSearch) -> str:
    sizes: Mapping[str, Any] = search.allowed
    stated = [str(n) for name in ("stated", "derived") for n in sizes.get(name, ())]
    largest = max(int(n.max()) for n in sizes.values())
    return f"{joined(stated, 'or')} patients or any fewer" if stated else f"up to {largest} patients"


def _verdict(context: Context, claim: Estimate, search: CountSearch) -> Verdict:
    """Judge a claim by what is soon seen first: a usual method, then a curve, then everything."""
    kind = certain_kind(search)
    if kind is None:
        # Where no explanation by a count can be ordinary, one by a curve is worth the same.
        if never_ordinary(search) and _other_estimate(context, claim, search) is not None:
            return Verdict.EXPLAINED
        kind = cheapest_kind(search)
    if kind is None and _other_estimate(context, claim, search) is not None:
        return Verdict.EXPLAINED
    if kind is None and (search.limited or _of_a_model(claim)):
        return Verdict.UNCHECKED
    return verdict_of_kind(kind)


def _of_a_model(claim: Estimate) -> bool:
    """Whether the text calls a rate adjusted, weighted, pooled or standardised, and prints no count: it has none."""
    return bool(claim.adjusted) and claim.x is None and claim.n is None


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.estimates:
        spread = claim.interval
        if claim.measure != "proportion" or spread is None or spread.kind != "confidence" or claim.value is None:
            continue
        search = count_search(context, claim)
        verdict = _verdict(context, claim, search)
        yield Finding.later(
            partial(_details, context, claim, verdict, search),
            claim=claim.id,
            check=check.name,
            code=check.code,
            verdict=verdict,
            where=claim.where,
            assumes=check.assumes,
        )


def _other_estimate(context: Context, claim: Estimate, search: CountSearch) -> Explanation | None:
    """Return how a rate that need not be a count over patients prints its interval, if nothing says that it is one.

    A text's rate may come from a larger study than was searched, from a curve, a model or weighted data.
    """
    if claim.x is not None or claim.n is not None or context.paper.arms_complete:
        return None
    curve = SurvivalSearch(search.printed, level_of(claim.interval), None, context.catalogue)
    if any(not number.is_missing and not 0 <= number.value <= 1 for _, number in search.printed.parts):
        # Only a plain interval goes beyond 0 and 100 %.
        cost, ordinary = total_cost(context.catalogue, ("km-transform", "plain"), ("rounding", DEFAULT_ROUNDING))
        return curve.explain("plain", DEFAULT_ROUNDING, cost, ordinary)
    return curve.cheapest()


def _curve_words(one: Explanation) -> str:
    return f"an interval by the {one.transform} transform" if one.transform else "an interval that is off centre"


def _details(context: Context, claim: Estimate, verdict: Verdict, search: CountSearch) -> Mapping[str, Any]:
    spread, value = claim.interval, claim.value
    assert spread is not None and value is not None
    block = search.cheapest() if verdict not in (Verdict.INCONSISTENT, Verdict.UNCHECKED) else None
    best = block.item(0) if block is not None else None
    curve = _other_estimate(context, claim, search) if best is None else None
    if curve is not None:
        size = f", as of {as_range(*curve.effective_n, 0)} patients" if curve.effective_n is not None else ""
        return {
            "message": f"No count with {_places(search)} prints {as_printed(claim)}, but {_curve_words(curve)} does"
            f"{size}: a larger study, or a rate from a survival curve, a model or weighted data, would print it. The "
            f"count would settle it.",
            "reported": printed_numbers(claim),
            "how": convention_words(curve),
            "searched": _searched(search),
            "explanations": Explanations(lambda: [Block.single(curve)]),
        }
    nearest = search.nearest() if verdict is Verdict.INCONSISTENT else None
    bound = spread.lower if spread.lower is not None and not spread.lower.is_missing else spread.upper
    return {
        "message": _message(claim, block, verdict, nearest, _places(search), search.preferred, search.not_searched),
        "reported": printed_numbers(claim),
        "recomputed": reprinted(best, value, bound) if best is not None and bound is not None else {},
        "how": f"{count_words(best)}, {convention_words(best)}" if best is not None else "",
        "searched": _searched(search),
        "explanations": search.explanations() if best is not None else Explanations(tuple),
        "nearest": nearest,
    }


CHECK = Check(
    "TS104",
    "proportion-interval",
    "a proportion and its interval come from one count by one method",
    _run,
    reference="Newcombe (1998) Stat Med 17:857-872",
    assumes=("independent patients", "unweighted and unstratified analysis"),
    about=frozenset({"proportion"}),
    settled_by="the number of patients with the event and assessed, and the method of the interval",
    serves=("INSPECT-SR 4.9",),
)
