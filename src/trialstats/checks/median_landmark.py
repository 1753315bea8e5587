"""A median and a rate at a time lie on one curve.

A survival curve never rises: later than its median it is at most one half, before it at least one
half, and where the median is not reached it is above. That takes no model. Beyond it we show the rate
that the median implies if survival is exponential, and the shape of the Weibull curve through both; a
difference from either never makes a claim inconsistent.

Why: A curve is often summarised twice, by its median and by rates at fixed times, from different
tables.

Formula:
    time > median:  S(time) <= 1/2;  time < median:  S(time) >= 1/2
    exponential:    S(time) = 2^(-time/median)
    Weibull shape:  ln(ln S(time)/ln(1/2))/ln(time/median)

Agrees: median 6.5 months and 32.1% at 9 months (exponential: 38%, Weibull shape 1.5). Asks: median
6.5 months and 62.1% at 9 months.

Reference: Kaplan and Meier (1958) J Am Stat Assoc 53:457-481 for the curve.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from trialstats.checks.check import Check, Context, printed_numbers
from trialstats.checks.outcomes import counts_survivors, of_curve
from trialstats.claims.model import Estimate
from trialstats.explanations import Explanation, Explanations
from trialstats.findings import Details, Finding, Verdict
from trialstats.reported import Span
from trialstats.wording import as_percent, as_printed, as_range

_MONTHS = {"y": 12.0, "m": 1.0, "w": 7 / 30.4375, "d": 1 / 30.4375}
_TIME = re.compile(r"(\d+(?:\.\d+)?)[\s-]*(year|yr|month|mo|week|wk|day)", re.IGNORECASE)
_SEVERAL = re.compile(r"\d,? and \d")
_CALENDAR = 0.03
"""How far units of time may disagree: a month has 28 to 31 days, and 12 months may be 52 weeks."""


def months(time: str | None) -> float | None:
    """Return a time such as ``2 years`` in months, or None if it is not one.

    Examples
    --------
    >>> months("2 years"), months("9-month"), months("end of treatment"), months("1 and 2 years")
    (24.0, 9.0, None, None)
    """
    found = None if time is None or _SEVERAL.search(time) else _TIME.search(time)
    return float(found[1]) * _MONTHS[found[2][0].lower()] if found else None


def _medians(context: Context, rate: Estimate) -> list[Estimate]:
    return [one for one in context.estimates
            if one.measure == "median" and of_curve(one.outcome) == of_curve(rate.outcome) and one.arms == rate.arms
            and one.population == rate.population and one.role == rate.role and one.value is not None
            and one.value.relation == "="]  # fmt: skip


def _span_in_months(median: Estimate) -> Span | None:
    assert median.value is not None
    if median.value.is_missing:
        return math.inf, math.inf
    unit = months(f"1 {median.unit or ''}")
    values = median.value.range()
    return None if unit is None or values.lower <= 0 else (float(values.lower) * unit, float(values.upper) * unit)


def _has_rival(context: Context, rate: Estimate) -> bool:
    """Whether a text gives another rate at the same time, and does not say that it is of another arm: of two curves."""
    return context.paper.text is not None and any(
        one.id != rate.id and one.time == rate.time and one.arms == rate.arms and one.value is not None
        and rate.value is not None and one.value.digits != rate.value.digits
        and of_curve(one.outcome) == of_curve(rate.outcome)
        for one in context.estimates if one.measure == "survival"
    )  # fmt: skip


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim, value in context.printed("survival"):
        time, medians = months(claim.time), _medians(context, claim)
        if value.relation != "=" or time is None or len(medians) != 1 or not counts_survivors(claim.outcome):
            continue
        if _has_rival(context, claim):
            continue
        median, span, values = medians[0], _span_in_months(medians[0]), value.range()
        if span is None:
            continue
        later, earlier = time > span[1] * (1 + _CALENDAR), time * (1 + _CALENDAR) < span[0]
        problem = (later and values.lower > 0.5) or (earlier and values.upper < 0.5)
        shown = f"{as_printed(claim)} at {claim.time} and a median of {as_printed(median)}"
        recomputed: dict[str, str] = {}
        if problem:
            side = "later than its median a curve is at most" if later else "before its median a curve is at least"
            sentence = f"{shown} do not lie on one curve: {side} one half."
        else:
            models = _models(time, span, value.float_range(), recomputed)
            sentence = f"{shown} can lie on one curve{models}."
        details = Details(
            sentence=sentence,
            reported=printed_numbers(claim),
            recomputed=recomputed,
            how="a curve never rises",
            explanations=Explanations.of([] if problem else [Explanation()]),
        )
        verdict = Verdict.INCONSISTENT if problem else Verdict.CONSISTENT
        yield check.finding(claim, verdict, details, others=(median.id,))


def _models(time: float, span: Span, rate: Span, recomputed: dict[str, str]) -> str:
    """Return what exponential and Weibull survival say of a median and a rate, and note it."""
    if math.isinf(span[0]) or not 0 < rate[0] < rate[1] < 1:
        return ""
    low, high = (2 ** (-time / end) for end in span)
    first, last = as_percent(low, 1), as_percent(high, 1)
    recomputed["exponential rate"] = first if first == last else f"{first} to {last}"
    words = f"; exponential survival with this median would give {recomputed['exponential rate']}"
    logs = [math.log(time / end) for end in span]
    if min(abs(end) for end in logs) > 0.1 and logs[0] * logs[1] > 0:
        ratios = [math.log(-math.log(s) / math.log(2)) for s in rate]
        shapes = [ratio / end for ratio in ratios for end in logs]
        recomputed["Weibull shape"] = as_range(min(shapes), max(shapes), 2)
        words += f", and a Weibull curve of shape {recomputed['Weibull shape']} goes through both"
    return words


CHECK = Check(
    "TS211",
    "a median and a rate at a time lie on one curve",
    _run,
    assumes=("exponential or Weibull survival, for the values shown",),
    about=frozenset({"survival"}),
    settled_by="the survival curve, and the rate and median with one more decimal",
    serves=("INSPECT-SR 4.10",),
)
