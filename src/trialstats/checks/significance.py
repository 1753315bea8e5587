"""Interval and P value lead to the same decision.

An interval that leaves out the null value (1 for a ratio, 0 for a difference) and a P value below
alpha say the same. Alpha is one minus the interval's level, two-sided. A bound or P value that
touches the limit within rounding decides nothing. Two different decisions are marked only if the
gap in z is larger than what two ordinary methods differ by (about half a unit).

Agrees: 0.54 (0.36 to 0.81), P = .003. Asks: 0.54 (0.36 to 0.81), P = .30.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import NormalDist

from trialstats.checks.check import Check, Context, level_of, printed_numbers
from trialstats.claims import RATIO_MEASURES
from trialstats.findings import Finding, Verdict
from trialstats.inverse.region import z_range
from trialstats.reported import Reported
from trialstats.wording import INNOCENT_REASONS, as_printed, p_words

_ORDINARY_GAP = 0.5


def _side(number: Reported, null: int) -> int:
    values = number.range()
    return 1 if values.lower > null else -1 if values.upper < null else 0


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.estimates:
        spread = claim.interval
        if claim.p is None or spread is None or claim.p.value.is_missing or spread.lower is None or spread.upper is None:
            continue
        if claim.measure not in RATIO_MEASURES and claim.measure != "difference":
            continue
        null = 1 if claim.measure in RATIO_MEASURES else 0
        alpha = 1 - level_of(spread)
        low, high = (_side(bound, null) for bound in (spread.lower, spread.upper))
        values = claim.p.value.range()
        excludes = True if low == high != 0 else False if low < 0 < high else None
        below = True if values.upper <= alpha else False if values.lower > alpha else None
        common = {
            "claim": claim.id,
            "check": check.name,
            "code": check.code,
            "reported": {**printed_numbers(claim), "p": claim.p.value.text},
            "where": claim.where,
        }
        level = f"at two-sided {alpha:.2g}".replace("0.", ".")
        if excludes is None or below is None or claim.p.sided == 1:
            reason = "the P value is one-sided" if claim.p.sided == 1 else "a printed number touches the limit"
            yield Finding(
                **common,
                verdict=Verdict.UNCHECKED,
                message=f"We did not compare the decisions of {as_printed(claim)}: {reason}.",
            )
            continue
        if excludes == below:
            what = "both exclude" if excludes else "neither excludes"
            yield Finding(
                **common,
                verdict=Verdict.CONSISTENT,
                message=f"Interval and P value of {as_printed(claim)} agree: {what} {null} {level}.",
                how=f"{'excludes' if excludes else 'includes'} {null} {level}",
                recomputed={"decision": "significant" if excludes else "not significant"},
            )
            continue
        critical = -NormalDist().inv_cdf(alpha / 2)
        z = z_range(values, 2)
        gap = critical - z[1] if excludes else z[0] - critical
        marked = gap > _ORDINARY_GAP
        yield Finding(
            **common,
            verdict=Verdict.INCONSISTENT if marked else Verdict.EXPLAINED,
            decision=marked,
            message=(
                f"The interval of {as_printed(claim)} {'excludes' if excludes else 'includes'} {null} and {p_words(claim.p)} "
                f"is {'below' if below else 'above'} {alpha:.2g}, {level}. "
                + (INNOCENT_REASONS if marked else "Two ordinary methods, one for each, can differ by so little.")
            ),
            recomputed={"decision": "significant" if excludes else "not significant"},
        )


CHECK = Check("TS203", "significance", "interval and P value lead to the same decision", _run)
