"""How the other percentages of a text with their counts are rounded, where one alone takes another rounding."""

from __future__ import annotations

from fractions import Fraction

from trialstats.checks.check import Context
from trialstats.claims.model import Estimate
from trialstats.explanations import Explanation

OF_HANDS = frozenset({"truncated", "up"})
"""Roundings that are made by hand."""


def slip_of_cutting(context: Context, claim: Estimate, best: Explanation) -> str:
    """Say that other percentages of a text are rounded where this one would be cut off or rounded up; or nothing."""
    if best.rounding not in OF_HANDS:
        return ""
    told = []
    for one in context.estimates:
        x, n = (number.whole if number is not None else None for number in (one.x, one.n))
        if (
            n is None
            and x is not None
            and len(sizes := [n for n, how in context.sizes(one).items() if how == "stated"]) == 1
        ):
            n = sizes[0]
        value = one.value
        if one.id == claim.id or one.measure != "proportion" or value is None or value.is_missing or not n or x is None:
            continue
        share = Fraction(x, n)
        if value.relation != "=" or share in value.range(best.rounding):
            if value.relation == "=" and share not in value.range("nearest"):
                return ""  # another one takes it too
            continue
        if share in value.range("nearest"):
            told.append(f"{x} of {n} ({value.text})")
    return f"Others are rounded, {told[0]} among them: a slip is as likely." if told else ""
