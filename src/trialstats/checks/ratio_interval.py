"""A ratio lies at the centre of its own confidence interval, on some scale.

A Wald interval for a hazard, odds or risk ratio is symmetric on the log scale: the estimate is the
geometric mean of its bounds, up to rounding. We clip the polygon of all (log ratio, standard error)
that print the three numbers; if it is empty, no Wald interval on the log scale prints them. We then
try the natural scale, and estimates off centre by no more than profile-likelihood, exact and score
methods put them (0.35 standard errors).

Agrees: 0.54 (0.36 to 0.81). Explained: 2.00 (1.00 to 3.00), symmetric on the natural scale. Asks:
0.50 (0.36 to 0.81).

Reference: Altman and Bland (2011) BMJ 343:d2090 for the arithmetic without rounding.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from trialstats.checks.check import Check, Context, level_of, printed_numbers
from trialstats.claims import RATIO_MEASURES, Estimate
from trialstats.findings import Explanations, Finding, Verdict
from trialstats.inverse.printed import PrintedInterval
from trialstats.inverse.region import RatioSearch
from trialstats.wording import INNOCENT_REASONS, MEASURE_WORDS, as_printed, as_range, convention_words

__all__ = ["CHECK", "ratio_search"]


def ratio_search(context: Context, claim: Estimate) -> RatioSearch | None:
    """Return the search behind a ratio with an interval; None if the claim has no finite bound."""
    spread = claim.interval
    if spread is None or claim.value is None or claim.value.is_missing:
        return None
    bounds = [bound if bound is not None and not bound.is_missing else None for bound in (spread.lower, spread.upper)]
    if all(bound is None for bound in bounds):
        return None
    printed = PrintedInterval(claim.value, *bounds)
    return RatioSearch(printed, level=level_of(spread), catalogue=context.catalogue)


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.estimates:
        if claim.measure not in RATIO_MEASURES or claim.interval is None:
            continue
        search = ratio_search(context, claim)
        words = MEASURE_WORDS.get(claim.measure, claim.measure)
        shown = f"{words} {as_printed(Estimate(id='', measure=claim.measure, value=claim.value, spread=claim.spread))}"
        spread = claim.interval
        common = {
            "claim": claim.id,
            "check": check.name,
            "code": check.code,
            "reported": {k: v for k, v in printed_numbers(claim).items() if k in ("estimate", "lower", "upper")},
            "where": claim.where,
        }
        if search is None or len(search.printed.parts) < 3:
            yield Finding(
                **common,
                verdict=Verdict.UNCHECKED,
                message=f"We did not check the {shown}: it takes an estimate and two bounds.",
            )
            continue
        best = search.cheapest()
        recomputed: dict[str, str] = {}
        if best is None:
            verdict = Verdict.INCONSISTENT
            assert spread.lower is not None and spread.upper is not None and claim.value is not None
            low, high = float(spread.lower.value), float(spread.upper.value)
            centre = math.sqrt(low * high) if low > 0 and high > 0 else math.nan
            if not math.isnan(centre):
                recomputed = {"estimate": f"{centre:.{claim.value.decimals + 1}f}"}
            message = (
                f"The printed {shown} is not the centre of its interval on the log or the natural scale"
                + (f"; the geometric mean of the bounds is {recomputed['estimate']}. " if recomputed else ". ")
                + f"One more decimal of each bound would settle it. {INNOCENT_REASONS}"
            )
        else:
            verdict = Verdict.CONSISTENT if best.ordinary else Verdict.EXPLAINED
            assert best.centre is not None and best.se is not None
            to_natural = (lambda value: value) if best.scale == "identity" else math.exp
            centre_words = as_range(to_natural(best.centre[0]), to_natural(best.centre[1]))
            recomputed = {"estimate": centre_words, "se": as_range(*best.se)}
            scale = "standard error" if best.scale == "identity" else "standard error of the log"
            if verdict is Verdict.CONSISTENT:
                message = (
                    f"The printed {shown} is symmetric on the log scale within rounding: centre {centre_words}, "
                    f"{scale} {recomputed['se']}."
                )
            else:
                message = f"The printed {shown} is explained as {convention_words(best)}: {scale} {recomputed['se']}."
        yield Finding(
            **common,
            verdict=verdict,
            message=message,
            recomputed=recomputed,
            how=f"{convention_words(best)}, SE {recomputed['se']}" if best is not None else "",
            searched={
                "scales": [*search.SCALES, "off-centre"],
                "roundings": list(context.catalogue.names("rounding")),
                "level": search.level,
                "catalogue": context.catalogue.version,
            },
            explanations=search.explanations() if best is not None else Explanations(tuple),
        )


CHECK = Check(
    "TS201",
    "ratio-interval",
    "a ratio lies at the centre of its own interval on some scale",
    _run,
    reference="Altman and Bland (2011) BMJ 343:d2090",
)
