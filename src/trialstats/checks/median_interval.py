"""A median time and its own confidence interval are in order.

Brookmeyer and Crowley's interval for a median, and its variants by transform, read off where the
limits of the survival curve cross one half: the limits lie to either side of the median, the lower
limit is reached no later than the median, and the upper limit only if the median is. More can be
checked only with the curve: how far the limits lie apart depends on the transform, on which crossing
is taken (software takes the first or the last) and on the hazard near the median.

Why: Exchanged bounds, and a bound copied from another row of a table, can be seen without a model.

Formula:
    lower <= median <= upper, where `not reached` is later than any time

Agrees: 6.5 months (5.6 to 8.2); 6.5 (5.6 to not reached). Asks: not reached (5.6 to 8.2). Of 6.5 months
(7.1 to 8.2) the check of order asks.

Reference: Brookmeyer and Crowley (1982) Biometrics 38:29-41.
"""

from __future__ import annotations

from collections.abc import Iterator

from trialstats.checks.check import Check, Context, printed_numbers
from trialstats.checks.order import above
from trialstats.claims.model import Estimate
from trialstats.findings import Details, Finding, Verdict
from trialstats.reported import Reported
from trialstats.wording import as_printed


def _exceeds(first: Reported | None, second: Reported | None) -> bool:
    """Whether one printed number exceeds another, whatever both were rounded from; not reached is beyond all."""
    if first is None or second is None or second.is_missing:
        return False
    return first.is_missing or above(first, second)


def _judge(claim: Estimate) -> tuple[Verdict, str]:
    """Return the verdict, and in words how median and limits lie."""
    spread, value = claim.interval, claim.value
    assert spread is not None and value is not None
    if value.is_missing and spread.upper is not None and not spread.upper.is_missing:
        return Verdict.INCONSISTENT, "has an upper limit that is reached, which it can be only if the median is"
    if spread.lower is not None and spread.lower.is_missing and not value.is_missing:
        # A curve that falls to 0 at once has no limits there.
        words = "has a lower limit that is not reached, which happens where a curve drops to 0 at once"
        return Verdict.EXPLAINED, words
    if _exceeds(spread.lower, value) or _exceeds(value, spread.upper) or _exceeds(spread.lower, spread.upper):
        return Verdict.UNCHECKED, "lies outside its own interval, of which the check of order asks"
    return Verdict.CONSISTENT, "lies within its interval; without the curve no more can be checked"


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.estimates:
        spread = claim.interval
        if claim.measure != "median" or spread is None or claim.value is None:
            continue
        if spread.lower is None and spread.upper is None:
            continue
        verdict, words = _judge(claim)
        details = Details(
            sentence=f"The median {as_printed(claim)} {words}.",
            reported=printed_numbers(claim),
            recomputed={"order": "within its interval" if verdict is Verdict.CONSISTENT else words},
            how="order only",
            searched={"rules": ["limits on either side", "reached in order"]},
        )
        yield check.finding(claim, verdict, details)


CHECK = Check(
    "TS208",
    "a median time and its own interval are in order",
    _run,
    about=frozenset({"median"}),
    settled_by="the median and both bounds as they stand in your own output",
    serves=("INSPECT-SR 4.10",),
)
