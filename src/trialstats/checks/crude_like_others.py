"""Whether the other differences of shares of a text are crude, where one is not: then no analysis accounts for it."""

from __future__ import annotations

from collections.abc import Callable

from trialstats.checks.arm_values import SHARE, SHARES, Pair, values_of
from trialstats.checks.both_arms import pair_of
from trialstats.checks.check import Context
from trialstats.checks.said_adjusted import said_adjusted
from trialstats.checks.sister_p import another_analysis
from trialstats.claims.model import Estimate
from trialstats.findings import Details, Verdict
from trialstats.reported import Range

Judge = Callable[[Context, Estimate, Pair, Range, Range], tuple[Verdict, Details]]
_A_POINT = 0.01


def crude_like_others(context: Context, claim: Estimate, pair: Pair, details: Details, judge: Judge) -> str:
    """Say that the others with an interval are crude, where one is more than a point off the crude difference.

    Empty where another one is not crude either, or the text speaks of another analysis.
    """
    gap = float((details.searched or {}).get("gap", 0.0))
    if pair.first.measure not in SHARES or gap <= _A_POINT or not pair.together:
        return ""
    if claim.adjusted or said_adjusted(context, claim) or another_analysis(context):
        return ""
    found = 0
    for one in context.estimates:
        if one.id == claim.id or one.measure != "difference" or one.interval is None or one.value is None:
            continue
        beside = pair_of(context, one, SHARE)
        values = None if beside is None else values_of(context, beside)
        if beside is None or values is None or one.value.is_missing:
            continue
        if judge(context, one, beside, *values)[0] is not Verdict.REPRODUCED:
            return ""
        found += 1
    if not found:
        return ""
    which = "The other difference" if found == 1 else f"The other {found} differences"
    are = "is the crude one" if found == 1 else "are crude"
    return f"{which} with an interval {are}, and the text names no other analysis."
