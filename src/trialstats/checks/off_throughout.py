"""Whether the means, or the differences, of a text lie a little off the centres of their intervals throughout.

One that does alone is a slip; where several others do, each by a little, they were made by a method whose intervals
are not symmetric, be it named or not: by resampling, or from a transformed scale.
"""

from __future__ import annotations

from trialstats.checks.check import Context, both_bounds, level_of, printed_interval
from trialstats.checks.off_centre import MOST_OFF_OF_ONE, off_centre
from trialstats.claims.model import Estimate

OFF_THROUGHOUT = "Others of the text lie a little off their centres too, as by resampling or on a transformed scale."
_ENOUGH = 3
_LEAST = 0.01
"""Standard errors off the centre that tell."""


def are_off_throughout(context: Context, claim: Estimate) -> bool:
    """Return whether at least three others of a claim's measure lie a little off the centres of their intervals."""
    return sum(_is_a_little_off(one) for one in context.estimates if _is_another(one, claim)) >= _ENOUGH


def _is_another(one: Estimate, claim: Estimate) -> bool:
    return one.measure == claim.measure and one.where != claim.where and both_bounds(one.interval) is not None


def _is_a_little_off(one: Estimate) -> bool:
    if one.value is None or one.value.is_missing or one.value.relation != "=":
        return False
    return _LEAST < off_centre(printed_interval(one), level_of(one.interval)) <= MOST_OFF_OF_ONE
