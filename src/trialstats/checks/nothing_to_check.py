"""A printed figure that nothing else in the text ties to anything.

Every claim that was read has a finding. Where no other check concerns a claim this one says why: a
count alone, a median without an interval, a design figure, a statement without a figure. A P value
beside one result has a finding of its own where no check is about it. Figures of a text that were
not read are in no finding; only the coverage line counts them.

Why: A reader must be able to tell what was checked and agrees from what nobody looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from trialstats.checks.check import Check, Context, both_bounds, not_checked, printed_numbers
from trialstats.claims.model import Claim, Comparison, Estimate, Place, Reading
from trialstats.findings import Details, Finding, Verdict
from trialstats.wording import as_printed, p_words

_REASONS = {
    "count": "a count alone has nothing to agree with",
    "mean": "a mean without its standard deviation and size has nothing to agree with",
    "median": "a median can be checked against its interval or the curve, and neither is printed",
    "survival": "a rate at a time can be checked against its interval, and none is printed",
    "proportion": "no denominator is printed for it",
    "difference": "a difference needs its interval",
    "rate": "a rate needs its events and person-time",
}


def _reason(claim: Claim) -> tuple[str, str]:
    """Return what was not checked, and why."""
    if isinstance(claim, Comparison):
        if claim.p is None:
            return "a comparison", "it has no P value"
        return p_words(claim.p), "the numbers it compares do not give a test"
    shown = as_printed(claim)
    if claim.value is None and claim.says is None and claim.spread is not None:
        return "an interval alone", "no estimate stands with it"
    if claim.value is None and claim.x is not None and claim.measure == "proportion":
        return shown, "no percentage is printed with it, and nothing else that it is held against"
    if claim.value is None and claim.says is None and claim.p is not None and claim.x is None:
        return p_words(claim.p), "what it compares is not printed with it"
    if claim.value is None and claim.x is not None:
        return shown, "no rate is printed with the events and their person-time"
    if claim.value is None:
        words = (claim.says or "a statement").replace("-", " ")
        return f"a statement without a figure ({words})", "there is no number to recompute"
    if claim.role == "design":
        return shown, "a design figure is a choice, not a result"
    if claim.value.relation != "=":
        return shown, "a bound without a number has nothing to agree with"
    if claim.spread is not None and not claim.spread.is_interval:
        return shown, "the individual data would be needed"
    if claim.interval is not None and both_bounds(claim.interval) is None:
        return shown, "one bound alone has no centre to hold the estimate against"
    return shown, _REASONS.get(claim.measure, "nothing printed is tied to it")


def _judge(claim: Claim) -> tuple[Verdict, Details]:
    shown, reason = _reason(claim)
    reported = {"p": claim.p.value.text} if claim.p is not None else {}
    if claim.says is not None:
        reported["statement"] = claim.says.replace("-", " ")
    return not_checked(shown, reason, reported if isinstance(claim, Comparison) else printed_numbers(claim) | reported)


def unchecked(claims: Iterable[Claim]) -> Iterator[Finding]:
    """Yield for each claim that it was not checked, and why."""
    for claim in claims:
        yield CHECK.finding(claim, *_judge(claim))


def unchecked_p(claims: Iterable[Estimate]) -> Iterator[Finding]:
    """Yield for each estimate of one group that nothing was held against the P value beside it.

    The finding is called after the claim, with ``.p`` behind: the claim's other numbers have findings of their own.
    """
    for claim in claims:
        if claim.p is not None:
            reason = "it stands beside one result, and what it compares that with is not printed there"
            said = not_checked(p_words(claim.p), reason, {"p": claim.p.value.text})
            yield CHECK.finding(f"{claim.id}.p", *said, others=(claim.id,), where=_place_of_p(claim.where))


def unclear(readings: Iterable[Reading]) -> Iterator[Finding]:
    """Yield for each stretch of text that can be read in more than one way that it was not checked."""
    for k, reading in enumerate(readings, start=1):
        reported = {"estimate": reading.where.quote} if reading.where.quote else {}
        said = not_checked("a stretch of text", f"it can be read in more than one way ({reading.reason})", reported)
        yield CHECK.finding(f"unclear-{k}", *said, where=reading.where)


def unread(told: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """Yield for what nobody understands of a table that it was not checked, and why."""
    for name, reason in told:
        yield CHECK.finding(name, *not_checked(f"all {name} of the table", reason))


_P = re.compile(r"\bP(?:[ -]?values?)?\s{0,3}[=<>≤≥]", re.IGNORECASE)


def _place_of_p(where: Place) -> Place:
    """Return where the P value stands in the words of its claim, as far as they are known."""
    found = list(_P.finditer(where.quote or ""))
    if not found or where.start is None or where.end is None or where.quote is None:
        return replace(where, start=None, end=None, quote=None)
    at = found[-1].start()
    return replace(where, start=where.start + at, quote=where.quote[at:])


def _run(_: Check, context: Context) -> Iterator[Finding]:
    return unchecked(context.paper.claims)


CHECK = Check(
    "TS000",
    "a printed figure that nothing else in the text is tied to",
    _run,
    settled_by="a figure to hold it against: its count, its denominator, its interval or its P value",
)
