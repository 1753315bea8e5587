"""A quick look at a proportion and its interval: whether some method for counts may print them."""

from __future__ import annotations

import math

from trialstats.checks.check import printed_interval
from trialstats.checks.order import is_outside
from trialstats.claims.model import Estimate

_STEPS = 2.0
"""Units of the last digit by which no rounding moves a percentage."""
_WAY, _LOGIT_WAY = (0.3, 0.7), (0.2, 0.8)
"""Where an estimate may lie between its bounds, of the way from one to the other, on the natural or the logit scale."""


def may_be_printed(claim: Estimate) -> bool:
    """Return whether some method for a count may print a claim, as its numbers look; false saves a long search.

    Examples
    --------
    >>> from trialstats.claims.model import Spread
    >>> from trialstats.reported import Reported
    >>> def share(value, lower, upper):
    ...     spread = Spread("confidence", Reported(lower), Reported(upper))
    ...     return Estimate(id="r", measure="proportion", value=Reported(value), spread=spread)
    >>> may_be_printed(share("50.0%", "39.7%", "60.3%")), may_be_printed(share("50.0%", "19.7%", "53.3%"))
    (True, False)
    """
    printed = printed_interval(claim)
    if printed.estimate is None or is_outside(printed):
        return False
    x, n = (number.whole if number is not None else None for number in (claim.x, claim.n))
    value, step = float(printed.estimate.value), float(printed.estimate.step)
    if x is not None and n and (x > n or abs(x / n - value) > _STEPS * step):
        return False
    if printed.lower is None or printed.upper is None or printed.lower.is_missing or printed.upper.is_missing:
        return True
    low, high = float(printed.lower.value), float(printed.upper.value)
    if not low < value < high:
        return True
    if _WAY[0] <= (value - low) / (high - low) <= _WAY[1] or not 0 < low < high < 1:
        return True
    ends = [math.log(share / (1 - share)) for share in (low, value, high)]
    return _LOGIT_WAY[0] <= (ends[1] - ends[0]) / (ends[2] - ends[0]) <= _LOGIT_WAY[1]
