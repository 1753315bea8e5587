"""What in a trial file is rather a slip of the typist than of the paper.

A claim can hold whatever can be printed. Someone who types a trial file, though, swaps bounds and
drops per cent signs; such rows are refused unless they say ``sic = true``: printed like this.
"""

from __future__ import annotations

from collections.abc import Iterator

from trialstats.claims.model import RATIO_MEASURES, Estimate, PValue, Size
from trialstats.reported import Reported

Slip = tuple[str, str]
"""The key that holds it, and a sentence without its full stop."""

_SHARES = frozenset({"proportion", "survival", "posterior-probability"})
_NEVER_NEGATIVE = _SHARES | RATIO_MEASURES | {"count", "rate"}


def _has_value(number: Reported | None) -> bool:
    return number is not None and not number.is_missing


def _slips_of_count(key: str, what: str, number: Reported) -> Iterator[Slip]:
    if number.is_missing or number.unit or number.value.denominator != 1 or number.value < 0:
        yield key, f"{what} {number.text!r} is not a count; accepted is a whole number such as '27'"


def slips_of_p(p: PValue) -> Iterator[Slip]:
    """Yield what is absurd about a P value."""
    if p.value.is_missing or not 0 <= p.value.value <= 1:
        yield "p", f"the P value {p.value.text!r} is not between 0 and 1"


def slips_of_size(population: str, size: Size) -> Iterator[Slip]:
    """Yield what is absurd about a printed size."""
    yield from _slips_of_count(population, f"the size {population!r}", size.value)
    # Nobody at all can be untreated; but an arm of nobody is no arm.
    if size.value.whole == 0 and population != "untreated":
        yield population, f"the size {population!r} is '0'; accepted is at least '1'"


def slips_of_estimate(claim: Estimate) -> Iterator[Slip]:
    """Yield what is absurd about an estimate."""
    yield from _slips_of_measure(claim)
    yield from _slips_of_order(claim)
    x, n = claim.x, claim.n
    for name, number in (("x", x), ("n", n)):
        if number is not None:
            yield from _slips_of_count(name, name, number)
    if n is not None and _has_value(n) and n.value == 0:
        yield "n", "n is '0'; accepted is at least '1'"
    if x is not None and n is not None and _has_value(x) and _has_value(n) and x.value > n.value:
        yield "x", f"x is larger than n: {x.text!r} of {n.text!r}"
    if claim.p is not None:
        yield from slips_of_p(claim.p)


def _slips_of_measure(claim: Estimate) -> Iterator[Slip]:
    spread = claim.spread
    around = () if spread is None else (spread.lower, spread.upper)
    for number in (claim.value, *around):
        if number is None or number.is_missing:
            continue
        if not any(character.isdigit() for character in number.text):
            yield "value", f"{number.text!r} stands for a P value above .05, and is no {claim.measure}"
            continue
        if claim.measure == "count":
            yield from _slips_of_count("value", "the count", number)
        elif claim.measure in _NEVER_NEGATIVE and number.value < 0:
            yield "value", f"{number.text!r} is negative, which no {claim.measure} can be"
        elif claim.measure in _SHARES | {"relative-reduction"} and number.value > 1:
            sign = "" if number.unit else f", that is without its per cent sign {100 * number.value} %"
            yield "value", f"{number.text!r} is more than 100 % of what a {claim.measure} is of{sign}"
    if spread is not None and spread.value is not None and _has_value(spread.value) and spread.value.value < 0:
        yield "value", f"{spread.value.text!r} is negative, which no {spread.kind} can be"


def _slips_of_order(claim: Estimate) -> Iterator[Slip]:
    value, spread = claim.value, claim.spread
    if spread is None:
        return
    lower, upper = (
        bound.value if bound is not None and not bound.is_missing and bound.relation == "=" else None
        for bound in (spread.lower, spread.upper)
    )
    if lower is not None and upper is not None and lower > upper:
        yield "value", f"the bounds are swapped: {spread.lower} is above {spread.upper}"
        return
    if value is None or value.is_missing or value.relation != "=":
        return
    # A mean may well lie outside the quartiles of a skewed distribution.
    if spread.kind == "iqr" and claim.measure != "median":
        return
    # Posterior and approximate intervals may leave out a share of 0 or 100 %.
    if claim.measure in ("proportion", "survival") and value.value in (0, 1):
        return
    if (lower is not None and value.value < lower) or (upper is not None and value.value > upper):
        shown = " to ".join(str(bound) for bound in (spread.lower, spread.upper) if bound is not None)
        yield "value", f"the estimate {value} lies outside {shown}"
