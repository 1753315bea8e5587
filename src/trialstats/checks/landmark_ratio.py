"""Two survival rates at one time agree with their hazard ratio, if hazards are proportional.

Under proportional hazards the hazard ratio is the ratio of the log survival rates. Hazards need not
be proportional and all numbers carry sampling error, so a difference never makes a claim
inconsistent: we show the implied ratio and say whether the gap lies within the sampling error of two
numbers from the same patients.

Why: Rates at a time and hazard ratio are two summaries of one pair of curves; far apart, one of them
may be of other patients or another outcome.

Formula:
    implied ratio = ln(S1)/ln(S2)
    gap z = |ln(implied) - ln(printed)|/sd,  sd^2 = var(ln implied) - SE^2, not below a share of the former

Agrees: 81 % (69 to 96) and 36 % (22 to 57) at 2 years imply 0.21, within the sampling error of 0.13
(0.05 to 0.31). Explained: 81 % and 79 % beside 0.13 (0.11 to 0.15).

Reference: Hausman (1978) Econometrica 46:1251-1271 for the variance of the gap.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from trialstats.checks.check import Check, Context
from trialstats.checks.implied_ratio import implied_ratio_finding
from trialstats.claims import Estimate
from trialstats.findings import Finding


def _log_survival(rate: Estimate) -> tuple[float, float] | None:
    assert rate.value is not None
    values = rate.value.range()
    if values.lower <= 0 or values.upper >= 1:
        return None
    return -math.log(values.upper), -math.log(values.lower)


def _printed(rate: Estimate) -> float:
    assert rate.value is not None
    return float(rate.value.value)


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.estimates:
        if claim.measure != "hazard-ratio" or claim.value is None or claim.value.is_missing:
            continue
        rates = context.beside(claim, "survival")
        if rates is None:
            continue
        first, second = (_log_survival(rate) for rate in rates)
        if first is None or second is None:
            continue
        implied = (first[0] / second[1], first[1] / second[0])
        point = math.log(_printed(rates[0])) / math.log(_printed(rates[1]))
        yield implied_ratio_finding(check, context, claim, rates, implied, "proportional hazards", point)


CHECK = Check(
    "TS206",
    "landmark-ratio",
    "two survival rates at one time agree with their hazard ratio, if hazards are proportional",
    _run,
    assumes=("proportional hazards", "an unadjusted hazard ratio"),
)
