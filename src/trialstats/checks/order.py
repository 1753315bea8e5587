"""Every printed number lies where arithmetic allows it.

A lower bound does not exceed its upper bound, an estimate lies within its own interval, a
percentage of patients lies between 0 and 100 %, a count does not exceed its total, a P value lies
between 0 and 1. No statistics is involved, so this is the one check that may say *impossible*. What
statistics does print is left alone: limits of a plain interval beyond 0 and 100 %, a reduction
without the sign of its bounds (a minus sign that the bounds contradict is one to look at), and
bounds printed with the larger one first.

Why: Exchanged bounds and a digit too many are the simplest slips of copying, and need no assumption
to be seen. Numbers that are in order have no finding: that alone says little.

Formula:
    lower <= estimate <= upper
    0 <= x <= n,  n >= 1
    0 <= percentage of patients <= 100
    0 <= P <= 1

Agrees: 25% (12% to 43%). Impossible: 50% (12% to 43%); 9 of 8 patients.

Reference: none; it is arithmetic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from trialstats.checks.check import Check, Context, level_of, printed_numbers, unit_of_bounds
from trialstats.checks.off_centre import may_be_an_amount, mirrored
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import NEEDED_TO_TREAT, Claim, Comparison, Estimate, PValue
from trialstats.findings import Details, Finding, Verdict
from trialstats.reported import Reported, slack
from trialstats.search.centred import is_symmetric
from trialstats.search.printed import PrintedInterval
from trialstats.wording import as_printed, patients

SIGNED = frozenset({"difference", "other", "mean", "relative-reduction"})
_SHARES = frozenset({"proportion", "survival", "posterior-probability"})
_CROSSED, _OUTSIDE = "a lower bound above the upper one", "an estimate outside its own interval"
_OF_BOUNDS = frozenset({_CROSSED, _OUTSIDE})
"""Problems that rest on an estimate and its bounds alone."""


def above(first: Reported | None, second: Reported | None) -> bool:
    """Return whether the first number exceeds the second, whatever both were rounded from."""
    if first is None or second is None or first.is_missing or second.is_missing:
        return False
    # Floats decide unless they come near a tie; then exact fractions do.
    above = first.float_range()[0] - (limit := second.float_range()[1])
    if abs(above) > slack(float(limit)):
        return above > 0
    return first.range().lower > second.range().upper


def is_outside(printed: PrintedInterval) -> bool:
    """Return whether an estimate lies outside its interval, or the bounds are out of order: other checks ask that."""
    bounds = printed.lower, printed.upper
    return above(printed.lower, printed.estimate) or above(printed.estimate, printed.upper) or above(*bounds)


def _p_problem(p: PValue | None) -> str | None:
    if p is None or p.value.is_missing or 0 <= p.value.value <= 1:
        return None
    return f"a P value of {p.value.digits}"


def _without_sign(claim: Estimate) -> bool:
    """Whether an amount lies in its interval once it has the other sign: lower by 3.7 (-8.1 to 0.6)."""
    spread, value = claim.spread, claim.value
    signed = claim.measure in SIGNED or "measure" in claim.inferred
    if spread is None or value is None or value.is_missing or not signed:
        return False
    turned = mirrored(value)
    return not (above(spread.lower, turned) or above(turned, spread.upper))


def _sign_against_bounds(context: Context, claim: Estimate) -> bool:
    """Whether a printed minus sign puts an estimate outside its interval, and no word near it says why it may."""
    spread, value = claim.spread, claim.value
    if spread is None or value is None or value.is_missing or value.value >= 0 or not above(spread.lower, value):
        return False
    return _without_sign(claim) and not may_be_an_amount(context, claim)


def _larger_first(claim: Estimate) -> bool:
    """Whether the bounds are in order once the larger one, which is printed first, is put last."""
    spread = claim.spread
    if spread is None or not above(spread.lower, spread.upper):
        return False
    turned = replace(claim, spread=replace(spread, lower=spread.upper, upper=spread.lower))
    inside = not (above(spread.upper, claim.value) or above(claim.value, spread.lower))
    return inside or _without_sign(turned)  # "lost 7.3 kg (-5.8 to -8.8)"


def _by_size(claim: Estimate) -> bool:
    """Whether all three numbers are negative and stand by their size: -2.4 (-1.1 to -3.7)."""
    spread, value = claim.spread, claim.value
    numbers = [] if spread is None else [spread.lower, spread.upper]
    return all(one is not None and one.value < 0 for one in numbers) and (value is None or value.value < 0)


def _of_two_kinds(context: Context, claim: Estimate) -> bool:
    """Whether estimate and bounds are not of one kind: "1 min (30 sec to 2 min)", "> 4 h (161, > 4 h)"."""
    spread, value = claim.spread, claim.value
    if spread is None or spread.lower is None or spread.upper is None:
        return True
    numbers = [spread.lower, spread.upper, *([value] if value is not None else [])]
    if any(one.relation != "=" for one in numbers) or spread.lower.unit != spread.upper.unit:
        return True
    if value is not None and spread.lower.unit == "%" and value.unit != "%" and claim.measure in _SHARES:
        return True
    text, places = context.paper.text, {name: (start, end) for name, start, end in claim.where.numbers}
    if text is None or not {"lower", "upper"} <= places.keys():
        return False
    if any(text[max(0, places[name][0] - 2) : places[name][0]].strip() in _BEYOND for name in ("lower", "upper")):
        return True
    ends = [places[name][1] for name in ("lower", "upper")]
    ways = [_WAY.match(text, end) for end in ends]
    if all(ways) and len({way.lastgroup for way in ways if way is not None}) > 1:
        return True  # "20% increase to 5% reduction"
    units = [_UNIT.match(text, end) for end in ends]
    words = [one[1].lower() for one in units if one is not None]
    return len(words) == 2 and words[0][0] != words[1][0]


def _through_infinity(context: Context, claim: Estimate) -> bool:
    """Whether an interval of a number needed to treat leaves out 0, not infinity: it goes from 60 up, and on from -90.

    Its difference may be of either sign, so that the bound of the other sign stands last, smaller than the first.
    """
    spread, text, start = claim.spread, context.paper.text, claim.where.start
    if spread is None or spread.lower is None or spread.upper is None:
        return False
    if not spread.upper.value < 0 < spread.lower.value:
        return False
    if claim.unit == NEEDED_TO_TREAT or text is None or start is None:
        return claim.unit == NEEDED_TO_TREAT
    return _NEEDED.search(text, sentence_of(text, start)[0], start) is not None


_NEEDED = re.compile(r"\bnumbers? needed\b|\bneed(?:s|ed)? to (?:be )?[a-z]{3,12}\b|\bNN[A-Z]{1,2}\b")
_BEYOND = frozenset("<>≤≥")
_WAY = re.compile(
    r" ?(?:%|per ?cent)? ?(?:(?P<more>increase|higher|more|greater|gain|rise)|(?P<less>reduc|decreas|lower|fewer|less"
    r"|loss|declin|fall))",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r" ?(sec|min|h|hour|day|week|wk|month|mo|year|yr|[nmkµμ]?g|[mdkµμ]?l)(?:s|ond|onds|ute|utes)?\b", re.I
)


def _signs_turned(claim: Estimate) -> bool:
    """Whether an estimate off its centre is in it once both bounds have the other sign: -1.7 (5.2 to -1.8)."""
    spread, value = claim.spread, claim.value
    if claim.measure not in SIGNED or value is None or value.is_missing or value.value >= 0 or spread is None:
        return False
    if spread.lower is None or spread.upper is None or not (spread.upper.value < 0 < spread.lower.value):
        return False
    level = level_of(spread)
    as_it_stands = PrintedInterval(value, spread.upper, spread.lower)
    turned = PrintedInterval(value, mirrored(spread.lower), mirrored(spread.upper))
    return not is_symmetric(as_it_stands, level, "nearest") and is_symmetric(turned, level, "nearest")


def _at_an_end(claim: Estimate) -> bool:
    """Whether it is a share of 0 or 100 %, which posterior and approximate intervals may leave out."""
    value = claim.value
    if claim.measure not in _SHARES or value is None or value.is_missing:
        return False
    return value.value in ((0, 1) if value.unit else (0, 1, 100))


def _skewed(claim: Estimate) -> bool:
    """Whether it is a mean beside quartiles, which the mean of skewed values may exceed."""
    return claim.measure == "mean" and claim.spread is not None and claim.spread.kind == "iqr"


def _is_of_a_share(claim: Estimate) -> bool:
    """Whether a spread's limits are shares of patients that no method puts beyond 0 and 100 %."""
    assert claim.spread is not None
    return claim.spread.kind != "confidence" and claim.value is not None


def _problems(claim: Estimate) -> Iterator[str]:
    spread = claim.spread
    if spread is not None:
        lower, upper = spread.lower, spread.upper
        outside = above(lower, claim.value) or above(claim.value, upper)
        if above(lower, upper):
            if not _larger_first(claim):
                yield _CROSSED
        elif outside and not (_without_sign(claim) or _at_an_end(claim) or _skewed(claim)):
            yield _OUTSIDE
    if claim.measure in _SHARES:
        # A plain interval may reach beyond 0 and 1 if its limits are not cut off there; other limits cannot.
        # A range without its estimate may be one of anything in per cent.
        cut = (spread.lower, spread.upper) if spread is not None and _is_of_a_share(claim) else ()
        for number in (claim.value, *cut):
            if number is not None and not number.is_missing and not 0 <= number.value <= (1 if number.unit else 100):
                yield f"{number.text} of patients"
    counted = claim.x is not None and claim.n is not None and not claim.n.is_missing and not claim.x.is_missing
    if counted and claim.measure != "rate":
        assert claim.x is not None and claim.n is not None
        if claim.n.value < 1:
            yield f"a total of {claim.n.text}{patients(claim, claim.n.whole)}"
        elif claim.x.value > claim.n.value:
            yield f"{claim.x.text} of {claim.n.text}{patients(claim, claim.n.whole)}"
    if (problem := _p_problem(claim.p)) is not None:
        yield problem


def lies_outside(claim: Estimate) -> bool:
    """Return whether this check asks of an estimate outside its own interval: then no other check asks that again.

    Examples
    --------
    >>> from trialstats.claims.model import Spread
    >>> spread = Spread("confidence", Reported("70%"), Reported("82%"))
    >>> lies_outside(Estimate(id="c1", measure="survival", value=Reported("65%"), spread=spread))
    True
    """
    spread = claim.spread
    if spread is None:
        return False
    lower, upper = (bound and bound.with_unit(unit_of_bounds(claim)) for bound in (spread.lower, spread.upper))
    return any(one in _OF_BOUNDS for one in _problems(replace(claim, spread=replace(spread, lower=lower, upper=upper))))


OUTSIDE = "the estimate lies outside its own interval"
"""Why a check does not judge what `lies_outside`."""


def _details(claim: Claim, problems: Sequence[str]) -> Details:
    numbers = "The printed numbers" if isinstance(claim, Comparison) else f"The printed numbers {as_printed(claim)}"
    reported = printed_numbers(claim) if isinstance(claim, Estimate) else {"p": claim.p.value.text} if claim.p else {}
    if problems:
        sentence = f"{numbers} state {' and '.join(problems)}, which is impossible as printed."
    else:
        sentence = f"{numbers} are in order once the bounds are turned: the larger one is printed first."
    return Details(sentence=sentence, reported=reported)


def _of_turned(claim: Estimate) -> tuple[Verdict, Details]:
    """Judge numbers whose larger bound is printed first."""
    details = _details(claim, ())
    if not _signs_turned(claim):
        return Verdict.EXPLAINED, details
    more = "The estimate is their centre only if both had the other sign: the signs may have changed places."
    return Verdict.STRAINED, replace(
        details,
        sentence=f"The printed numbers {as_printed(claim)} have the larger bound first.",
        more=more,
        settle="the signs of the bounds",
        rests_on=frozenset({"value"}),
    )


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.paper.claims:
        if isinstance(claim, Comparison):
            problems = [problem] if (problem := _p_problem(claim.p)) else []
        else:
            problems = list(_problems(claim))
        if problems:
            details = _details(claim, problems)
            if isinstance(claim, Estimate) and not _without_sign(claim) and all(one in _OF_BOUNDS for one in problems):
                details = replace(details, rests_on=frozenset({"value"}))
            yield check.finding(claim, Verdict.INCONSISTENT, details)
        elif isinstance(claim, Estimate) and _larger_first(claim):
            if not (_by_size(claim) or _of_two_kinds(context, claim) or _through_infinity(context, claim)):
                yield check.finding(claim, *_of_turned(claim))
        elif isinstance(claim, Estimate) and _sign_against_bounds(context, claim):
            details = Details(
                sentence=f"Please look at {as_printed(claim)}",
                reason="with its minus sign the estimate lies outside its own interval, and without it inside",
                reported=printed_numbers(claim),
            )
            yield replace(check.finding(claim, Verdict.UNCHECKED, details), look=True)


CHECK = Check(
    "TS101",
    "bounds, percentages, counts and P values lie where arithmetic allows them",
    _run,
    rests_on=frozenset({"value", "n"}),
    silent_if_right=True,
    settled_by="these numbers as they stand in your own output",
    serves=("INSPECT-SR 4.9", "INSPECT-SR 4.10"),
)
