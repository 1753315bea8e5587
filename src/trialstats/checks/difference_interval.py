"""A difference lies at the centre of its own confidence interval.

A Wald or t interval for a difference of means, of coefficients or of proportions is estimate ± a
half-width: the estimate is the mean of its bounds, up to rounding. Other intervals for a difference
of proportions (Newcombe, Miettinen-Nurminen) and bootstrap intervals are not symmetric, so an
estimate off centre is explained by them, never left as a question while it lies in its interval.

Agrees: -2.0 (-3.1 to -0.9). Explained: 19% (0.4% to 36%), off centre.
"""

from __future__ import annotations

from collections.abc import Iterator

from trialstats.checks.check import Check, Context, level_of, printed_numbers
from trialstats.findings import Block, Explanation, Explanations, Finding, Verdict
from trialstats.inverse.printed import PrintedInterval, total_cost
from trialstats.inverse.region import ratio_region
from trialstats.wording import as_printed, as_range


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.estimates:
        spread, value = claim.interval, claim.value
        if claim.measure != "difference" or spread is None or value is None or value.is_missing:
            continue
        if spread.lower is None or spread.upper is None or spread.lower.is_missing or spread.upper.is_missing:
            continue
        lower, upper = (bound.with_unit(value.unit) for bound in (spread.lower, spread.upper))
        found = []
        for rounding in context.catalogue.names("rounding"):
            region = ratio_region(PrintedInterval(value, lower, upper), scale="identity", level=level_of(spread),
                                  rounding=rounding)  # fmt: skip
            if region:
                cost, ordinary = total_cost(context.catalogue, ("rounding", rounding))
                found.append(Explanation(cost=cost, ordinary=ordinary, rounding=rounding, scale="identity",
                                         centre=region.centre, se=region.se))  # fmt: skip
        best = found[0] if found else None
        shown = as_printed(claim)
        if best is not None and best.se is not None:
            verdict = Verdict.CONSISTENT if best.ordinary else Verdict.EXPLAINED
            message = f"The printed difference {shown} is the centre of its interval: standard error {as_range(*best.se)}."
        else:
            verdict = Verdict.EXPLAINED
            message = (
                f"The printed difference {shown} is not the centre of its interval, as a Wald or t interval would have "
                "it; score, Newcombe and bootstrap intervals need not be symmetric. The name of the method would settle it."
            )
        yield Finding(
            claim=claim.id,
            check=check.name,
            code=check.code,
            verdict=verdict,
            message=message,
            reported=printed_numbers(claim),
            recomputed={"se": as_range(*best.se)} if best is not None and best.se is not None else {},
            how="symmetric on the natural scale" if best is not None else "an asymmetric method",
            searched={"scales": ["identity"], "roundings": list(context.catalogue.names("rounding"))},
            explanations=Explanations(lambda found=found: [Block.single(one) for one in found]),  # type: ignore[misc]
            where=claim.where,
        )


CHECK = Check("TS209", "difference-interval", "a difference lies at the centre of its own interval", _run)
