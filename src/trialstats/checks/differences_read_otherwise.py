"""Differences that are central in their intervals if read otherwise: another scale, a lost sign, rounded shares.

Not a check: the check of a difference's interval asks it before it takes an asymmetry for that of a rare method.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import Any

from trialstats.checks.arm_values import Pair
from trialstats.checks.check import Context, both_bounds, level_of, printed_interval
from trialstats.checks.off_centre import mirrored, off_centre, other_scale
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import Estimate
from trialstats.findings import Details, Verdict
from trialstats.reported import Range
from trialstats.search.centred import is_symmetric
from trialstats.search.printed import PrintedInterval
from trialstats.search.ratios.polygon import critical
from trialstats.wording import as_percent

_FINE = 25
"""Units of the last digit in the width of an interval, below which a middle is met by chance."""
_USUAL_P = Fraction(1, 20)


def no_difference(context: Context, claim: Estimate) -> str:
    """Return why a number that was read as a difference is none; empty if it may be one."""
    text, start, end = context.paper.text, claim.where.start, claim.where.end
    if claim.x is not None and claim.n is not None:
        return "it counts patients of one group"
    if text is None or start is None or end is None:
        return ""
    places = {name: (first, last) for name, first, last in claim.where.numbers}
    first, last = places.get("value", (start, end))
    if text[max(0, first - 1) : first] == "/":
        return "the number is part of a unit"
    bound = places.get("lower", (end, end))[0]
    if _OF_A_DIFFERENCE.search(text, last, bound) and _ANOTHER_NUMBER.search(text, last, bound):
        return "the number is that of one group, and the interval is said to be that of a difference"
    of_some = claim.value is not None and claim.value.unit == "%" and _HAD_BY.search(text, max(0, first - 40), first)
    if of_some and not _DIRECTION_NEXT.match(text, end) and not _DIRECTION_NEXT.match(text, last):
        return "it may be the share of one group that had the outcome"
    return ""


_OF_A_DIFFERENCE = re.compile(
    r"\b(?:for|of) (?:the )?(?:mean |treatment |between-group )?differences?\b", re.IGNORECASE
)
_ANOTHER_NUMBER = re.compile(r"(?<![\w.-])\d+(?:\.\d+)?(?![\d.]*[%\d]? ?(?:CI|%? confidence))")
_HAD_BY = re.compile(
    r"\b(?:achieved|observed|seen|reached|reported|found|noted|obtained|present|occurred)"
    r"(?: [a-z]+ly)? (?:in|by)(?: only| about)? $"
    r"|\band in $",
    re.IGNORECASE,
)
_DIRECTION_NEXT = re.compile(
    r"[)\]]?,? ?(?:[a-z-]{1,12} ){0,2}(?:reduc|decreas|increas|declin|lower|higher|few|more|less|great|improv|differ"
    r"|relative|absolute)",
    re.IGNORECASE,
)


def lost_minus(claim: Estimate, printed: PrintedInterval, level: float) -> str:
    """Return the bound that makes a difference the middle of its interval if its sign is turned; empty if none does.

    Both bounds have one sign, so that the interval leaves 0 out; a P value below .05 says that it does.

    Examples
    --------
    >>> from trialstats.reported import Reported
    >>> one = PrintedInterval(Reported("0.480"), Reported("0.193"), Reported("1.154"))
    >>> lost_minus(Estimate(id="c1", measure="difference"), one, 0.95)
    '-0.193'
    """
    estimate, lower, upper = printed.estimate, printed.lower, printed.upper
    if estimate is None or lower is None or upper is None or lower.value * upper.value <= 0:
        return ""
    if claim.p is not None and not claim.p.value.is_missing and claim.p.value.range().upper <= _USUAL_P:
        return ""
    near, far = (lower, upper) if lower.value > 0 else (upper, lower)
    turned = mirrored(near)
    if abs(far.value - turned.value) < _FINE * max(estimate.step, near.step, far.step):
        return ""
    repaired = PrintedInterval(estimate, turned, far) if lower.value > 0 else PrintedInterval(estimate, far, turned)
    if not lower.value <= estimate.value <= upper.value or not is_symmetric(repaired, level, "nearest"):
        return ""
    return turned.text


def _as_fold(number: Fraction) -> float:
    return float(number) if number > 0 else float(-1 / number) if number < 0 else math.nan


def _is_fold(claim: Estimate) -> bool:
    """Whether a difference with its bounds is central on the log scale if -1.58 stands for 1/1.58."""
    bounds, value = both_bounds(claim.interval), claim.value
    if bounds is None or value is None or value.is_missing or value.relation != "=" or value.unit:
        return False
    numbers = (value, *bounds)
    if any(abs(number.value) < 1 for number in numbers) or all(number.value > 0 for number in numbers):
        return False
    spans = []
    for number in numbers:
        ends = [math.log(_as_fold(number.value + side * number.step / 2)) for side in (-1, 1)]
        spans.append((min(ends), max(ends)))
    (e0, e1), (l0, l1), (u0, u1) = spans
    return l0 < u1 and (l0 + u0) / 2 <= e1 and e0 <= (l1 + u1) / 2


def signed_folds(context: Context, claim: Estimate) -> str:
    """Return the other differences that are, like this one, central as signed fold changes only; empty if none is.

    ``-1.58 (-2.63 to 1.06)`` is 1/1.58 (1/2.63 to 1.06).
    """
    if not _is_fold(claim):
        return ""
    others = [
        one for one in context.estimates
        if one.id != claim.id and one.measure == claim.measure and _is_fold(one)
        and not is_symmetric(printed_interval(one), level_of(one.interval), "nearest")
    ]  # fmt: skip
    return next((one.value.text for one in others if one.value is not None), "")


def ratios_beside(context: Context, claim: Estimate) -> str:
    """Return a difference in per cent of the same sentence that is central as a ratio, 1 + x/100, and not else.

    Empty if there is none, or if another is central as it stands.
    """
    text, start, value = context.paper.text, claim.where.start, claim.value
    if text is None or start is None or value is None or value.unit != "%":
        return ""
    begin, end = sentence_of(text, start)
    told = ""
    for one in context.near(start, end - begin):
        if one.id == claim.id or one.measure != "difference" or not begin <= (one.where.start or -1) < end:
            continue
        if one.value is None or one.value.is_missing or one.value.unit != "%" or both_bounds(one.interval) is None:
            continue
        printed, level = printed_interval(one), level_of(one.interval)
        natural = is_symmetric(printed, level, "nearest")
        relative = other_scale(printed) in ("relative", "log")
        if natural and not relative and off_centre_as_ratio(printed, level) > 0:
            return ""
        if relative and not natural:
            told = one.value.text
    return told


def off_centre_as_ratio(printed: PrintedInterval, level: float) -> float:
    """Return by how many standard errors a change in per cent lies off the centre of its ratio, beyond rounding.

    Examples
    --------
    >>> from trialstats.reported import Reported
    >>> one = PrintedInterval(Reported("-6%"), Reported("-11%"), Reported("2%"))
    >>> print(f"{off_centre_as_ratio(one, 0.95):.2f}")
    0.08
    """
    spans = []
    for _, number in printed.parts:
        low, high = number.float_range()
        if low <= -1:
            return off_centre(printed, level)
        spans.append((math.log1p(low), math.log1p(high)))
    (e0, e1), (l0, l1), (u0, u1) = spans
    half = (u0 + u1 - l0 - l1) / 4
    off = max(e0 - (l1 + u1) / 2, (l0 + u0) / 2 - e1, 0.0)
    return critical(level) * off / half if half > 0 else 0.0


def judged_as_ratio(
    printed: PrintedInterval, shown: str, beside: str, level: float, common: dict[str, Any]
) -> tuple[Verdict, Details]:
    """Judge a change in per cent beside others that are central as ratios: it is one too."""
    off = off_centre_as_ratio(printed, level)
    if not off:
        sentence = f"The printed difference {shown} is central as a ratio, 1 + x/100, as {beside} beside it is."
        return Verdict.EXPLAINED, Details(sentence=sentence, how="symmetric as a ratio", **common)
    return Verdict.STRAINED, Details(
        sentence=f"The printed difference {shown} is the centre of its interval neither as it stands nor as a ratio, "
        f"1 + x/100, as {beside} beside it is.",
        miss=f"As a ratio it lies {off:.2g} standard errors off the centre.",
        settle="one more decimal of the difference and both bounds",
        how="a ratio off its centre",
        **common,
    )


def less_as_printed(pair: Pair) -> Fraction | None:
    """Return the difference of two percentages as they are printed."""
    first, second = pair.first.value, pair.second.value
    for value in (first, second):
        if value is None or value.is_missing or value.relation != "=" or value.unit != "%":
            return None
    assert first is not None and second is not None
    return first.value - second.value


def of_rounded_shares(
    claim: Estimate, pair: Pair | None, printed: PrintedInterval, tables: list[tuple[int, int, int, int, str]]
) -> str:
    """Say that a difference is that of two percentages as they are printed, with Wald limits; empty if it is not."""
    if pair is None or len(tables) != 1 or printed.estimate is None:
        return ""
    if printed.lower is None or printed.upper is None or (found := less_as_printed(pair)) is None:
        return ""
    sign = 1 if printed.estimate.value >= 0 else -1
    if abs(found) != abs(printed.estimate.value):
        return ""
    x1, n1, x2, n2, _ = tables[0]
    first, second = (pair.first, pair.second) if found * sign >= 0 else (pair.second, pair.first)
    assert first.value is not None and second.value is not None
    z, middle = critical(level_of(claim.interval)), float(printed.estimate.value)
    for p, q in ((x1 / n1, x2 / n2), (float(first.value.value), float(second.value.value))):
        half = z * math.sqrt(p * (1 - p) / n1 + q * (1 - q) / n2)
        ends = middle - half, middle + half
        if printed.lower.range().admits(ends[0]) and printed.upper.range().admits(ends[1]):
            return (
                f"is {first.value.text} less {second.value.text}, the percentages as they are printed, with Wald "
                f"limits about it ({as_percent(ends[0])} to {as_percent(ends[1])})"
            )
    return ""


def holds(values: Range, found: Fraction) -> bool:
    """Return whether a printed difference is another, with or without its sign."""
    return found in values or -found in values


def turned_words(claim: Estimate) -> str:
    """Say that a difference was read with the sign of its bounds."""
    if claim.value is not None and claim.value.value < 0:
        return "It is printed with a minus sign that its interval has not; we read it with the sign of its bounds."
    return "It is printed without its sign; we read it with the sign of its bounds."
