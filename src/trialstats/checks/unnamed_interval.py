"""An estimate of an unnamed kind lies at the centre of its interval.

Of a coefficient, a rate per person-time or an estimate whose measure the text does not name we know only
that most intervals are symmetric, on the natural or on the log scale. Where the estimate is the centre on
one of them the numbers are consistent. Where it is not, nothing is judged: we do not know what it is.

Why: An estimate and bounds copied from two rows of a table are seldom central by chance.

Formula:
    natural scale:  2 estimate = lower + upper
    log scale:      estimate^2 = lower * upper
    each printed number standing for its whole range

Agrees: 1.50 (1.20 to 1.80). Not judged: 1.50 (1.45 to 2.60).

Reference: Altman and Bland (2011) BMJ 343:d2090 for the arithmetic without rounding.
"""

from __future__ import annotations

from collections.abc import Iterator

from trialstats.catalogue import Convention
from trialstats.checks.check import Check, Context, level_of, not_checked, printed_numbers
from trialstats.checks.difference_interval import printed_difference
from trialstats.checks.order import OUTSIDE, lies_outside
from trialstats.claims.model import Estimate
from trialstats.explanations import Explanation, Explanations, Symmetric
from trialstats.findings import Details, Finding, Verdict
from trialstats.search.printed import PrintedInterval
from trialstats.search.ratios.polygon import ratio_region
from trialstats.wording import as_printed, as_range

_SCALES = {"identity": "natural", "log": "log"}


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.estimates:
        if claim.measure in ("other", "rate") and (read := printed_difference(context, claim)) is not None:
            yield check.finding(claim, *_judge(claim, read[0]))


def _judge(claim: Estimate, printed: PrintedInterval) -> tuple[Verdict, Details]:
    positive = all(number.value > 0 for _, number in printed.parts)
    scales = tuple(_SCALES) if positive else ("identity",)
    level, shown = level_of(claim.interval), as_printed(claim)
    regions = {scale: region for scale in scales if (region := ratio_region(printed, scale=scale, level=level))}
    if not regions and lies_outside(claim):
        return not_checked(shown, OUTSIDE, printed_numbers(claim), searched={"scales": scales})
    if not regions:
        return Verdict.UNCHECKED, Details(
            sentence=f"We did not judge {shown}",
            reason="it is central on neither the natural nor the log scale, and the text does not say what it is",
            reported=printed_numbers(claim),
            searched={"scales": scales},
        )
    where = " and the ".join(_SCALES[scale] for scale in regions)
    return Verdict.CONSISTENT, Details(
        sentence=f"The printed {shown} is the centre of its interval on the {where} scale, within rounding.",
        reported=printed_numbers(claim),
        recomputed={"se": as_range(*next(iter(regions.values())).se)},
        how=f"symmetric on the {where} scale",
        searched={"scales": scales},
        explanations=Explanations.of(
            Explanation(Symmetric(region.centre, region.se), Convention(scale=scale, rounding="nearest"))
            for scale, region in regions.items()
        ),
    )


CHECK = Check(
    "TS216",
    "an estimate of an unnamed kind lies at the centre of its interval",
    _run,
    about=frozenset({"other", "rate"}),
    settled_by="what was estimated, and how its interval was computed",
    serves=("INSPECT-SR 4.9",),
)
