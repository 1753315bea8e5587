"""Two medians agree with their hazard ratio, if survival is exponential.

Under exponential survival the hazard ratio is the inverse ratio of the medians. Real curves are not
exponential and both numbers carry sampling error, so a difference never makes a claim inconsistent:
we show the implied ratio beside the printed one and say whether it lies within the printed interval.

Agrees: medians 8.6 and 4.5 months imply 0.52 beside 0.54 (0.36 to 0.81).
"""

from __future__ import annotations

from collections.abc import Iterator

from trialstats.checks.check import Check, Context
from trialstats.checks.implied_ratio import implied_ratio_finding
from trialstats.findings import Finding


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.estimates:
        if claim.measure != "hazard-ratio" or claim.value is None or claim.value.is_missing:
            continue
        medians = context.beside(claim, "median")
        if medians is None:
            continue
        first, second = (median.value.range() if median.value is not None else None for median in medians)
        if first is None or second is None or first.lower <= 0 or second.lower <= 0:
            continue
        low, high = float(second.lower) / float(first.upper), float(second.upper) / float(first.lower)
        yield implied_ratio_finding(check, context, claim, medians, (low, high), "exponential survival")


CHECK = Check(
    "TS205",
    "medians-ratio",
    "two medians agree with their hazard ratio, if survival is exponential",
    _run,
    assumes=("exponential survival", "proportional hazards", "an unadjusted hazard ratio"),
)
