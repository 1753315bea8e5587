"""A median time lies within its own confidence interval.

Intervals for a median by Brookmeyer and Crowley and their variants contain the estimate. What else
such an interval leaves to check needs the curve. Reference: Brookmeyer and Crowley (1982)
Biometrics 38:29-41.

Agrees: 6.5 months (5.6 to 8.2). Asks: 6.5 months (7.1 to 8.2).
"""

from __future__ import annotations

from collections.abc import Iterator

from trialstats.checks.check import Check, Context, printed_numbers
from trialstats.findings import Finding, Verdict
from trialstats.wording import INNOCENT_REASONS, as_printed


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.estimates:
        spread, value = claim.interval, claim.value
        if claim.measure != "median" or spread is None or value is None:
            continue
        bounds = [bound for bound in (spread.lower, spread.upper) if bound is not None]
        if not bounds:
            continue
        above = spread.lower is not None and not spread.lower.is_missing and not value.is_missing and (
            spread.lower.range().lower > value.range().upper)  # fmt: skip
        below = spread.upper is not None and not spread.upper.is_missing and not value.is_missing and (
            value.range().lower > spread.upper.range().upper)  # fmt: skip
        inside = not above and not below
        shown = as_printed(claim)
        yield Finding(
            claim=claim.id,
            check=check.name,
            code=check.code,
            verdict=Verdict.CONSISTENT if inside else Verdict.INCONSISTENT,
            message=(
                f"The median {shown} lies within its interval; without the curve no more can be checked."
                if inside
                else f"The median {shown} lies outside its own interval. {INNOCENT_REASONS}"
            ),
            reported=printed_numbers(claim),
            recomputed={"order": "within its interval" if inside else "outside its interval"},
            how="order only",
            where=claim.where,
        )


CHECK = Check(
    "TS208",
    "median-interval",
    "a median time lies within its own interval",
    _run,
    reference="Brookmeyer and Crowley (1982) Biometrics 38:29-41",
)
