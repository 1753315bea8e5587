"""Two survival rates at one time agree with their hazard ratio, if hazards are proportional.

Under proportional hazards the hazard ratio is the ratio of the log survival rates. Hazards need not
be proportional and all numbers carry sampling error, so a difference never makes a claim
inconsistent: we show the implied ratio and say whether the gap lies within the sampling error of two
numbers from the same patients. Where the outcome's words do not say survival, the rates may be
cumulative incidences: then one minus the rate is tried too, and the nearer reading is shown.

Why: Rates at a time and hazard ratio are two summaries of one pair of curves; far apart, one of them
may be of other patients or another outcome.

Formula:
    implied ratio = ln(S1)/ln(S2),  or ln(1 - F1)/ln(1 - F2) of cumulative incidences
    gap z = |ln(implied) - ln(printed)|/sd,  sd^2 = var(ln implied) - SE^2, not below a share of the former

Agrees: 81 % (69 to 96) and 36 % (22 to 57) at 2 years imply 0.21, within the sampling error of 0.13
(0.05 to 0.31). Explained: 81 % and 79 % beside 0.13 (0.11 to 0.15).

Reference: Hausman (1978) Econometrica 46:1251-1271 for the variance of the gap.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from trialstats.checks.check import Check, Context
from trialstats.checks.implied_ratio import implied_ratio_finding
from trialstats.checks.outcomes import counts_survivors
from trialstats.claims.model import Estimate
from trialstats.findings import Finding
from trialstats.search.printed import one_minus


def _survivors(rate: Estimate) -> Estimate:
    """Return the share without the event, from the share with it."""
    spread = rate.interval
    assert rate.value is not None
    if spread is not None:
        upper, lower = (None if bound is None else one_minus(bound.with_unit(rate.value.unit))
                        for bound in (spread.lower, spread.upper))  # fmt: skip
        spread = replace(spread, lower=lower, upper=upper)
    return replace(rate, value=one_minus(rate.value), spread=spread)


def _log_survival(rate: Estimate) -> tuple[float, float] | None:
    assert rate.value is not None
    values = rate.value.range()
    if values.lower <= 0 or values.upper >= 1:
        return None
    return -math.log(values.upper), -math.log(values.lower)


def _implied(rates: tuple[Estimate, Estimate]) -> tuple[tuple[float, float], float] | None:
    """Return the range of the ratio that two survival rates imply, and that of the numbers as printed."""
    first, second = (_log_survival(rate) for rate in rates)
    if first is None or second is None:
        return None
    one, other = (math.log(float(rate.value.value)) for rate in rates if rate.value is not None)
    return (first[0] / second[1], first[1] / second[0]), one / other


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim, value in context.printed("hazard-ratio"):
        rates = context.beside(claim, "survival")
        if value.value <= 0 or rates is None or any(one.value is None or one.value.is_missing for one in rates):
            continue
        readings = [("proportional hazards", rates)]
        if not counts_survivors(claim.outcome):
            turned = _survivors(rates[0]), _survivors(rates[1])
            readings.append(("proportional hazards, read as cumulative incidence", turned))
        found = [(model, read_as, implied) for model, read_as in readings if (implied := _implied(read_as)) is not None]
        if not found:
            continue
        # The words leave open which of the two is printed: the one that lies nearer the ratio is meant.
        printed = math.log(float(value.value))
        model, read_as, (span, point) = min(found, key=lambda one: abs(math.log(one[2][1]) - printed))
        yield implied_ratio_finding(check, context, claim, rates, span, model, point, read_as)


CHECK = Check(
    "TS206",
    "two survival rates at one time agree with their hazard ratio, if hazards are proportional",
    _run,
    assumes=("proportional hazards", "an unadjusted hazard ratio"),
    about=frozenset({"hazard-ratio"}),
    settled_by="the rates with one more decimal, and whether the hazards are proportional",
    serves=("INSPECT-SR 4.10",),
)
