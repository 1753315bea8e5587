"""How far a planned size may lie from every formula before it is asked about: counted, not chosen."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from trialstats.claims.model import Plan

ABOVE, BELOW = 1.35, 0.9
"""By what factor a planned number may lie beyond what the formulas give for rounding up, losses and their like."""
FAR = 2.0
"""By what factor it lies beyond them where it is hard to explain, whatever the statement leaves out."""
FULLY_STATED: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "events": (0.9, 1.4),
        "hazard-ratio": (0.75, 2.0),
        "proportions": (0.9, 1.6),
        "means": (0.75, 1.6),
        "one-proportion": (0.9, 1.6),
    }
)
"""Of what the formulas give, the least and the most that is left alone where effect, level and power are all printed.

Counted in ``docs/validation-designs.md``: no statement whose numbers agree lies beyond. Fewer patients than any formula
gives have a lower power than is printed; of means adjustment for baseline, which nobody need mention, saves a quarter
at a correlation of a half. Events are not enlarged for losses. Of patients behind a hazard ratio the texts held no
statement: how patients enter and whether survival levels off is seldom printed."""
WITH_LOSSES = 1.4
"""The most beside losses that are printed: there are no others to think of."""
_SETTLED_BY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "clusters": ("icc", "cluster-size"),
        "a margin": ("margin",),
        "a model": ("correlation",),
        "accrual and follow-up": ("accrual",),
    }
)


def unsettled(plan: Plan) -> list[str]:
    """Return what a text says of a design that plain formulas do not know, and whose numbers it does not print."""
    names = plan.numbers.keys()
    return [one for one in plan.says if one not in _SETTLED_BY or not names >= set(_SETTLED_BY[one])]


def limits(plan: Plan, *, events: bool = False) -> tuple[float, float]:
    """Return the factors below and above the formulas within which a size, or a number of events, is left alone."""
    names = plan.numbers.keys()
    if "alpha" in names and names & {"power", "beta"}:
        below, above = FULLY_STATED["events" if events or "events" in names else plan.effect]
        return below, min(above, WITH_LOSSES) if "lost" in names else above
    return 1 / FAR, FAR
