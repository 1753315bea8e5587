"""Every printed number lies where arithmetic allows it.

A lower bound does not exceed its upper bound, an estimate lies within its own interval, a
percentage of patients lies between 0 and 100 %, a count does not exceed its total, a P value lies
between 0 and 1. No statistics is involved, so this is the one check that may say *impossible*. What
statistics does print is left alone: limits of a plain interval beyond 0 and 100 %, and a reduction
without the sign of its bounds.

Agrees: 25% (12% to 43%). Impossible: 25% (43% to 12%); 9 of 8 patients.
"""

from __future__ import annotations

from collections.abc import Iterator

from trialstats.checks.check import Check, Context, printed_numbers
from trialstats.checks.difference_interval import printed_difference
from trialstats.claims import Comparison, Estimate, PValue
from trialstats.findings import Finding, Verdict
from trialstats.reported import Reported
from trialstats.wording import as_printed

_SHARES = frozenset({"proportion", "survival", "posterior-probability"})


def _above(first: Reported | None, second: Reported | None) -> bool:
    """Whether the first number exceeds the second, whatever both were rounded from."""
    if first is None or second is None or first.is_missing or second.is_missing:
        return False
    return first.range().lower > second.range().upper


def _p_problem(p: PValue | None) -> str | None:
    if p is None or p.value.is_missing or 0 <= p.value.value <= 1:
        return None
    return f"a P value of {p.value.digits}"


def _without_sign(claim: Estimate) -> bool:
    """Whether a difference is printed as an amount and lies in its interval once it has the bounds' sign."""
    read = printed_difference(claim) if claim.measure == "difference" else None
    if read is None or not read[1]:
        return False
    printed = read[0]
    return not (_above(printed.lower, printed.estimate) or _above(printed.estimate, printed.upper))


def _at_an_end(claim: Estimate) -> bool:
    """Whether it is a share of 0 or 100 %, which posterior and approximate intervals may leave out."""
    value = claim.value
    if claim.measure not in _SHARES or value is None or value.is_missing:
        return False
    return value.value in ((0, 1) if value.unit else (0, 1, 100))


def _problems(claim: Estimate) -> Iterator[str]:
    spread = claim.spread
    if spread is not None:
        lower, upper = spread.lower, spread.upper
        if _above(lower, upper):
            yield "a lower bound above the upper one"
        elif (
            (_above(lower, claim.value) or _above(claim.value, upper))
            and not _without_sign(claim)
            and not _at_an_end(claim)
        ):
            yield "an estimate outside its own interval"
    if claim.measure in _SHARES:
        # A plain interval may reach beyond 0 and 1 if its limits are not cut off there; other limits cannot.
        cut = spread is not None and spread.kind != "confidence"
        for number in (claim.value, spread.lower if spread and cut else None, spread.upper if spread and cut else None):
            if number is not None and not number.is_missing and not 0 <= number.value <= (1 if number.unit else 100):
                yield f"{number.text} of patients"
    if claim.x is not None and claim.n is not None and not claim.n.is_missing and not claim.x.is_missing:
        if claim.n.value < 1:
            yield f"a total of {claim.n.text} patients"
        elif claim.x.value > claim.n.value:
            yield f"{claim.x.text} of {claim.n.text} patients"
    if (problem := _p_problem(claim.p)) is not None:
        yield problem


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.paper.claims:
        if isinstance(claim, Comparison):
            problems = [problem] if (problem := _p_problem(claim.p)) else []
            if not problems:
                continue
            words, reported = "", {"p": claim.p.value.text} if claim.p else {}
        else:
            problems = list(_problems(claim))
            spread = claim.spread
            has_bounds = spread is not None and (spread.lower is not None or spread.upper is not None)
            if not problems and not (has_bounds or (claim.x is not None and claim.n is not None)):
                continue
            words, reported = as_printed(claim), printed_numbers(claim)
        if problems:
            message = f"The printed numbers {words} state {' and '.join(problems)}, which is impossible as printed."
        else:
            message = f"The printed numbers {words} are in order."
        yield Finding(
            claim=claim.id,
            check=check.name,
            code=check.code,
            verdict=Verdict.INCONSISTENT if problems else Verdict.REPRODUCED,
            message=message,
            reported=reported,
            where=claim.where,
        )


CHECK = Check("TS101", "order", "bounds, percentages, counts and P values lie where arithmetic allows them", _run)
