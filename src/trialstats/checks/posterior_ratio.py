"""A posterior probability that a ratio lies on one side of 1 goes with the ratio's own credible interval.

If the posterior of the log ratio is normal, estimate and interval give its centre and standard
deviation, and these the probability. Ranges for both come from the same polygon as in ratio-interval.
Posteriors need not be normal: where the numbers differ we show ours and judge nothing.

Why: The probability that a treatment helps is printed beside the ratio, and follows from it if the
posterior is normal.

Formula:
    m = ln(estimate), s = ln(upper/lower)/(2 z)
    P(ratio < 1) = Phi(-m/s)

Agrees: a hazard ratio of 0.65 (95% credible interval, 0.46 to 0.92) and a probability of 99.2%.

Reference: Spiegelhalter, Abrams and Myles (2004) Bayesian Approaches to Clinical Trials and
Health-Care Evaluation, on normal posteriors of log ratios.
"""

from __future__ import annotations

from collections.abc import Iterator

from trialstats.checks.check import Check, Context, both_bounds, level_of
from trialstats.checks.ratio_interval import ratio_words
from trialstats.claims.model import RATIO_MEASURES, Estimate
from trialstats.findings import Details, Finding, Verdict
from trialstats.search.ratios.explain import explain_ratio
from trialstats.wording import as_percent


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim, value in context.printed("posterior-probability"):
        members = context.members(claim)
        ratio = members[0] if len(members) == 1 and claim.role != "design" else None
        if ratio is None or ratio.measure not in RATIO_MEASURES or (span := _probability(ratio)) is None:
            continue
        low, high = span
        values = value.range("nearest")
        # Which side of 1 the event is on the text may leave open.
        fits = any(values.lower <= top and values.upper >= bottom for bottom, top in ((low, high), (1 - high, 1 - low)))
        shown = ratio_words(ratio)
        words = f"{as_percent(low)} to {as_percent(high)}"
        sentence = f"{value.text} goes with the {shown}: a normal posterior of the log ratio gives {words}."
        reason = (
            f"a normal posterior of the log ratio with the {shown} gives {words}, but the posterior may have another "
            "shape, or the probability may be of another event"
        )
        details = Details(
            sentence=sentence if fits else f"We did not check {value.text}",
            reason="" if fits else reason,
            reported={"estimate": value.text},
            recomputed={"estimate": words},
            how=f"normal posterior of the log ratio, {words}",
            searched={"range": [low, high], "catalogue": context.catalogue.version},
        )
        yield check.finding(claim, Verdict.CONSISTENT if fits else Verdict.UNCHECKED, details, others=(ratio.id,))


def _probability(ratio: Estimate) -> tuple[float, float] | None:
    """Return the range of the probability that the ratio lies on its estimate's side of 1."""
    spread, value = ratio.interval, ratio.value
    if spread is None or spread.kind != "credible" or value is None or value.is_missing:
        return None
    if (bounds := both_bounds(spread)) is None:
        return None
    p = explain_ratio(value, bounds, level=level_of(spread)).p_one_sided
    return (1.0 - p[1], 1.0 - p[0]) if p is not None else None


CHECK = Check(
    "TS405",
    "a posterior probability about a ratio goes with its credible interval",
    _run,
    assumes=("a normal posterior of the log ratio",),
    about=frozenset({"posterior-probability"}),
    settled_by="the posterior probability with one more digit, and the value it is a probability about",
    serves=("INSPECT-SR 4.10",),
)
