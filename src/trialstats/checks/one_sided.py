"""Intervals of one side: the bound at the end of the scale was not computed, and says nothing."""

from __future__ import annotations

from dataclasses import replace

from trialstats.claims.model import RATIO_MEASURES, Estimate
from trialstats.reported import Reported

_SHARES = frozenset({"proportion", "survival"})
_FROM_ZERO = _SHARES | RATIO_MEASURES | {"rate"}
"""Measures that lie above 0."""
UNSURE_LEVEL = "an interval called one-sided with two bounds may have its level on one side or on both"


def open_side(claim: Estimate) -> str:
    """Return which bound of an interval is the end of its scale, or none at all: ``lower``, ``upper`` or nothing.

    Where both bounds or the estimate itself stand at an end, an interval of two sides may be printed so.

    Examples
    --------
    >>> from trialstats.claims.model import Spread
    >>> spread = Spread("confidence", Reported("70.6%"), Reported("100%"))
    >>> open_side(Estimate(id="c1", measure="proportion", value=Reported("81.0%"), spread=spread))
    'upper'
    """
    spread, value = claim.interval, claim.value
    if spread is None or spread.lower is None or spread.upper is None or value is None or value.is_missing:
        return ""
    lower, upper = (bound.with_unit(value.unit) for bound in (spread.lower, spread.upper))
    ends = [_is_end(claim, number, side) for number, side in ((lower, "lower"), (upper, "upper"))]
    if ends[0] == ends[1]:
        return ""
    side = "lower" if ends[0] else "upper"
    end = lower if ends[0] else upper
    return "" if not end.is_missing and end.value == value.value else side


def end_of(claim: Estimate) -> str:
    """Return the bound of an interval that is the end of its scale, as printed; empty if there is none."""
    side, spread = open_side(claim), claim.interval
    bound = getattr(spread, side) if side else None
    return bound.text if bound is not None else ""


def _is_end(claim: Estimate, bound: Reported, side: str) -> bool:
    """Whether a printed bound is the end of a scale on its side."""
    measure = claim.measure
    if bound.is_missing:
        return True
    if measure in _SHARES:
        return bound.value == (0 if side == "lower" else 1)
    if measure == "difference":
        whole = 1 if bound.unit else 100 if "percent" in (claim.unit or "") else 0
        return bool(whole) and abs(bound.value) == whole
    if measure == "relative-reduction":
        return side == "upper" and bool(bound.unit) and bound.value == 1
    return measure in _FROM_ZERO and side == "lower" and bound.value == 0


def without_end(claim: Estimate, side: str) -> Estimate:
    """Return a claim with the bound of one side only."""
    assert claim.spread is not None
    spread = replace(claim.spread, sides=1)
    return replace(claim, spread=replace(spread, lower=None) if side == "lower" else replace(spread, upper=None))


def as_labelled(claim: Estimate) -> Estimate:
    """Return a claim without the bound that its interval, called one-sided, did not compute; others as they are."""
    spread = claim.spread
    if spread is None or spread.sides != 1 or spread.lower is None or spread.upper is None:
        return claim
    side = open_side(claim)
    return without_end(claim, side) if side else claim


def has_unsure_level(claim: Estimate) -> bool:
    """Whether an interval is called one-sided and has two bounds: its level may be that of one side or of both."""
    spread = claim.spread
    return spread is not None and spread.sides == 1 and spread.lower is not None and spread.upper is not None
