"""A posterior probability stands where the text says it stands against its printed threshold.

The threshold is a posterior probability printed as part of the design, for the same event or outcome.
A printed probability is a range: only one that lies wholly on the other side disagrees.

Why: The comparison with the threshold is the trial's conclusion.

Formula:
    probability < threshold where the text says missed,  >= where it says met

Agrees: 57% missed a threshold of 95%. Asks: 97% called below a threshold of 95%.

Reference: none; it is arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterator

from trialstats.checks.check import Check, Context
from trialstats.claims.model import Estimate
from trialstats.findings import Details, Finding, Verdict

_SIDES = {"below-threshold": "below", "above-threshold": "at or above"}


def _threshold(context: Context, claim: Estimate) -> Estimate | None:
    """Return the one threshold that is printed for a probability: tied to it, or of its event or outcome."""
    menu = [one for one, _ in context.printed("posterior-probability") if one.role == "design"]
    for same in (
        [one for one in menu if one.id in claim.of or claim.id in one.of],
        [one for one in menu if one.event is not None and one.event == claim.event and one.outcome == claim.outcome],
        [one for one in menu if one.outcome == claim.outcome and one.event in (None, claim.event)],
    ):
        if same:
            return same[0] if len(same) == 1 else None
    return None


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim, value in context.printed("posterior-probability"):
        if claim.role == "design" or claim.says not in _SIDES:
            continue
        threshold = _threshold(context, claim)
        if threshold is None or threshold.value is None:
            continue
        number = threshold.value
        # A threshold is a chosen number, exact as printed; only the probability was rounded.
        limit = number.value
        ranges = [value.range(rounding) for rounding in context.catalogue.names("rounding")]
        below, above = all(got.upper < limit for got in ranges), all(got.lower >= limit for got in ranges)
        side = "below" if below else "at or above" if above else None
        said = _SIDES[claim.says]
        agrees = side is None or side == said
        words = f"{value.text} is {side or 'as near as printed to'}{' the threshold of' if side else ''} {number.text}"
        details = Details(
            sentence=f"{words}, as the text says." if agrees else f"{words}; the text says that it is {said} it.",
            settle="" if agrees else "the unrounded probability, or which threshold is meant,",
            reported={"estimate": value.text, "threshold": number.text},
            how=f"{side or 'about'} {number.text}",
            searched={"threshold": float(limit), "catalogue": context.catalogue.version},
        )
        verdict = Verdict.CONSISTENT if agrees else Verdict.INCONSISTENT
        yield check.finding(claim, verdict, details, others=(threshold.id,), decision=not agrees)


CHECK = Check(
    "TS404",
    "a posterior probability stands where the text says against its printed threshold",
    _run,
    about=frozenset({"posterior-probability"}),
    settled_by="the posterior probability with one more digit, and the threshold as planned",
    serves=("INSPECT-SR 4.10",),
)
