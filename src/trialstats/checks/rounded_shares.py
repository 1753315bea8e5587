"""Shares that were rounded on the way to their intervals, by methods that papers use every day.

Not a check: the check of a proportion's interval asks it before it names a method that few papers use. An interval may
be put around the percentage as it is printed, 15% plus and minus 19.4% for 2 of 13; or a limit of 46.49% may have been
46.5% before it was printed as 47%.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from trialstats.catalogue.words import method_words
from trialstats.checks.check import Context, level_of, printed_interval
from trialstats.checks.guessed_size import ORDINARY
from trialstats.claims.model import Estimate
from trialstats.explanations import Explanation
from trialstats.findings import Details
from trialstats.press import print_number
from trialstats.reported import Reported
from trialstats.search.counts.ranges import Allowed
from trialstats.search.counts.search import CountSearch
from trialstats.search.ratios.polygon import critical
from trialstats.wording import as_percent, as_printed, count_words, joined


def common_rounding(context: Context, claim: Estimate, x: int, n: int) -> Details | None:
    """Say by which everyday method, rounded on the way, a count prints its interval; None if by none."""
    value = claim.value
    if value is None or value.is_missing or value.relation != "=" or not n or Fraction(x, n) not in value.range():
        return None
    return _around_printed(claim, x, n) or _twice(context, claim, x, n)


def _around_printed(claim: Estimate, x: int, n: int) -> Details | None:
    """Say that an interval is Wald's around the percentage as it is printed."""
    printed, share = printed_interval(claim), claim.value
    if share is None or printed.lower is None or printed.upper is None:
        return None
    if printed.lower.is_missing or printed.upper.is_missing or share.value == Fraction(x, n):
        return None
    middle = float(share.value)
    half = critical(level_of(claim.interval)) * math.sqrt(max(middle * (1 - middle), 0.0) / n)
    low, high = middle - half, middle + half
    if printed.lower.value >= 0:
        low = max(low, 0.0)
    if printed.upper.value <= 1:
        high = min(high, 1.0)
    if not (printed.lower.range().admits(low) and printed.upper.range().admits(high)):
        return None
    shown = as_printed(claim)
    return Details(
        sentence=f"{shown} is {x} of {n} by Wald around the percentage as it is printed: {share.text} \u00b1 "
        f"{as_percent(half)} ({as_percent(low)} to {as_percent(high)}).",
        settle="the interval with one more decimal",
        recomputed={"estimate": share.text, "lower": as_percent(low), "upper": as_percent(high)},
        how=f"{x} of {n}, Wald around the rounded percentage",
    )


def around_cut_off(context: Context, claim: Estimate) -> Details | None:
    """Say that an interval is Wald's around a printed percentage that its count gives only if cut off; None if not."""
    value, x = claim.value, claim.x.whole if claim.x is not None else None
    if x is None or value is None or value.is_missing or value.relation != "=":
        return None
    for n, how in context.sizes(claim).items():
        if how != "stated" or not 0 < x <= n or Fraction(x, n) not in value.range("truncated"):
            continue
        if (found := _around_printed(claim, x, n)) is not None:
            own = print_number(Fraction(x, n), value.decimals, value.unit)
            return replace(found, more=f"{x} of {n} is {own}, rounded: the percentage was cut off, or it is a slip.")
    return None


def _twice(context: Context, claim: Estimate, x: int, n: int) -> Details | None:
    """Say that an interval is one of an everyday method whose numbers were rounded twice."""
    catalogue = context.catalogue
    every = catalogue.names("interval-method")
    methods = tuple(name for name in every if catalogue.cost("interval-method", name) <= ORDINARY)
    search = CountSearch(printed_interval(claim), Allowed(stated=[n]), x=x, level=level_of(claim.interval),
                         catalogue=catalogue, methods=methods, roundings=("twice",))  # fmt: skip
    block = search.cheapest()
    best = block.item(0) if block is not None else None
    if best is None or best.point is not None or best.bounds == "halves" or not (steps := steps_words(claim, best)):
        return None
    method = method_words(best.method or "")
    return Details(
        sentence=f"{as_printed(claim)} is {count_words(best)} by {method}, rounded twice: {steps}.",
        settle="the interval with one more decimal",
        recomputed={
            "estimate": as_percent(x / n),
            "lower": as_percent(best.lower or 0.0),
            "upper": as_percent(best.upper or 1.0),
        },
        how=f"{count_words(best)}, {method}, rounded twice, through one more decimal",
        explanations=search.explanations(),
    )


def steps_words(claim: Estimate, best: Explanation) -> str:
    """Return the steps by which numbers were rounded twice: ``46.49% through 46.5% to 47%``."""
    return joined(_steps(claim, best))


def _steps(claim: Estimate, best: Explanation) -> Iterator[str]:
    printed = printed_interval(claim)
    share = Fraction(best.x or 0, best.n or 1)
    for number, computed in ((printed.estimate, share), (printed.lower, best.lower), (printed.upper, best.upper)):
        if not isinstance(number, Reported) or number.is_missing or computed is None:
            continue
        computed = min(max(computed, 0), 1) if 0 <= number.value <= 1 else computed
        if number.range().admits(float(computed)):
            continue
        first = print_number(Fraction(computed), number.decimals + 1, number.unit)
        longer = print_number(Fraction(computed), number.decimals + 2, number.unit)
        yield f"{longer} through {first} to {number.text}"
