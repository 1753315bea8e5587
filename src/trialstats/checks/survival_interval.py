"""A Kaplan-Meier rate and its interval come from one standard error by one transform.

On the scale of its transform (plain, log, log-log, logit, arcsine) the interval is symmetric, and
Rothman's is a score interval; each leaves an exact range for the standard error and for the
effective sample size, which by Greenwood's formula cannot exceed the patients of the arm. If every
patient was followed up, the rate is a count over the arm's size, so we also look for those.

Agrees: 81% (69 to 96) on the log transform only. References: Kalbfleisch and Prentice (2002)
section 1.4; Rothman (1978) J Chronic Dis 31:557-560.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from trialstats.checks.check import Check, Context, level_of, printed_numbers
from trialstats.checks.proportion_interval import count_search
from trialstats.findings import Block, Explanation, Explanations, Finding, Verdict
from trialstats.inverse.printed import PrintedInterval, total_cost
from trialstats.inverse.survival import SurvivalSearch
from trialstats.wording import (
    INNOCENT_REASONS,
    as_percent,
    as_printed,
    as_range,
    convention_words,
    count_words,
    joined,
)


def _blocks(curves: list[Explanation], counts: list[Block]) -> list[Block]:
    return [*(Block.single(one) for one in curves), *counts]


def _dearer(block: Block, bits: float) -> Block:
    """Add the cost of complete follow-up to explanations by counts."""
    return replace(
        block,
        cost=block.cost + bits,
        ordinary=False,
        item=lambda i: replace(block.item(i), cost=block.cost + bits, ordinary=False),
    )


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.estimates:
        spread, value = claim.interval, claim.value
        if claim.measure != "survival" or spread is None or value is None or value.is_missing:
            continue
        sizes = context.sizes(claim)
        bounds = [bound.with_unit(value.unit) if bound is not None else None for bound in (spread.lower, spread.upper)]
        search = SurvivalSearch(PrintedInterval(value, *bounds), level_of(spread), max(sizes, default=None),
                                context.catalogue)  # fmt: skip
        curves = list(search.explanations_in_order())
        counts: list[Block] = []
        if sizes:
            by_count = count_search(context, claim)
            by_count.allowed = {name: n for name, n in by_count.allowed.items() if name in ("stated", "derived")}
            bits, _ = total_cost(context.catalogue, ("survival-rate", "complete-follow-up"))
            counts = [_dearer(block, bits) for block in by_count.blocks()]
        blocks = sorted(_blocks(curves, counts), key=lambda block: block.cost)
        best = blocks[0].item(0) if blocks else None
        shown = as_printed(claim)
        recomputed: dict[str, str] = {}
        if best is None:
            verdict = Verdict.INCONSISTENT
            message = f"No transform of the catalogue prints {shown} from one standard error. {INNOCENT_REASONS}"
        else:
            verdict = Verdict.CONSISTENT if best.ordinary else Verdict.EXPLAINED
            transforms = tuple(dict.fromkeys(one.transform or "" for one in curves if one.rounding == best.rounding))
            if best.transform and best.se is not None and best.effective_n is not None:
                recomputed = {
                    "se": f"{as_percent(best.se[0])} to {as_percent(best.se[1])}",
                    "effective n": as_range(*best.effective_n, 1),
                }
                message = (
                    f"{shown} fits {'only ' if len(transforms) == 1 else ''}the {joined(transforms)} transform"
                    f"{'s' if len(transforms) > 1 else ''}: standard error {recomputed['se']}, as of "
                    f"{recomputed['effective n']} patients without censoring."
                )
            else:
                message = f"{shown} fits no transform of a Kaplan-Meier rate."
            exact = [block.item(0) for block in counts if block.item(0).rounding == "nearest"]
            if exact:
                one = exact[0]
                message += (
                    f" {count_words(one)} by {convention_words(one)} ({as_percent(one.lower or 0)} to "
                    f"{as_percent(one.upper or 1)}) prints it too, if nobody was censored."
                )
        yield Finding(
            claim=claim.id,
            check=check.name,
            code=check.code,
            verdict=verdict,
            message=message,
            assumes=check.assumes,
            reported=printed_numbers(claim),
            recomputed=recomputed,
            how=convention_words(best) if best is not None else "",
            searched={
                "transforms": list(context.catalogue.names("km-transform")),
                "roundings": list(context.catalogue.names("rounding")),
                "level": search.level,
                "largest_effective_n": search.n_max,
                "catalogue": context.catalogue.version,
            },
            explanations=Explanations(lambda blocks=blocks: blocks, chance=search.chance),  # type: ignore[misc]
            where=claim.where,
        )


CHECK = Check(
    "TS207",
    "survival-interval",
    "a Kaplan-Meier rate and its interval come from one standard error by one transform",
    _run,
    reference="Kalbfleisch and Prentice (2002) The Statistical Analysis of Failure Time Data, section 1.4",
    assumes=("Greenwood's variance", "unweighted curve"),
)
