"""Whether the three numbers of a ratio fit one way of making an interval, and the region they leave.

Whether an estimate can be the centre of its bounds on a link scale takes no logarithm: on the log
scale it is a comparison of the estimate's square with the product of the bounds, on the other scales
something as simple. Floats decide it unless they come within 1e-9 of a tie; then exact fractions do,
with closed and open ends.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np
from scipy import special

from trialstats.intervals.interval import FloatArray
from trialstats.intervals.scales import SCALES
from trialstats.reported import Range, Span
from trialstats.search.printed import PrintedInterval
from trialstats.search.ratios.envelope import ENVELOPES
from trialstats.search.ratios.polygon import Region, critical
from trialstats.search.ratios.ways import LINK_SCALES

Ends: TypeAlias = tuple[Span, Span, Span]
"""Ranges of estimate, lower and upper bound."""

_NEAR = 1e-9

# Each grows with the estimate and falls with either bound, and is 0 where the estimate is the centre.
_EXCESS: Mapping[str, Callable[[Any, Any, Any], Any]] = MappingProxyType(
    {
        "log": lambda e, low, high: e * e - low * high,
        "identity": lambda e, low, high: 2 * e - low - high,
        "complement": lambda e, low, high: (1 - low) * (1 - high) - (1 - e) * (1 - e),
        # multiplied out; the reciprocal of a bound at 0 has no limit
        "reciprocal": lambda e, low, high: e * (low + high) - 2 * low * high if low * high else e,
    }
)
_DOMAIN = {
    "log": (0, math.inf),
    "identity": (-math.inf, math.inf),
    "complement": (-math.inf, 1),
    "reciprocal": (0, math.inf),
}


def float_ends(printed: PrintedInterval, rounding: str) -> Ends:
    """Return what estimate, lower and upper bound can stand for; all three are printed."""
    estimate, lower, upper = printed.estimate, printed.lower, printed.upper
    assert estimate is not None and lower is not None and upper is not None
    return estimate.float_range(rounding), lower.float_range(rounding), upper.float_range(rounding)


def centre_fits(printed: PrintedInterval, ends: Ends, scale: str, rounding: str) -> bool:
    """Return whether an estimate and two bounds, each printed as a plain number, can be symmetric on a scale."""
    side = _side(ends, scale)
    return side is True or (side is None and _exactly(printed, scale, rounding))


def may_be_centred(ends: Ends, scale: str) -> bool:
    """Return whether numbers in these ranges, wider than what each stands for, leave a scale possible."""
    return _side(ends, scale) is not False


def _side(ends: Ends, scale: str) -> bool | None:
    """Return whether the middle of the bounds can be the estimate; None where they just touch."""
    excess = _EXCESS[scale]
    low, high = _DOMAIN[scale]
    (e0, e1), (l0, l1), (u0, u1) = ends
    if l0 < low:
        l0, e0, u0 = low, max(e0, low), max(u0, low)
        l1, e1, u1 = max(l1, low), max(e1, low), max(u1, low)
    if u1 > high:
        if u0 > high or e0 > high:
            return False
        u1, e1, l1 = high, min(e1, high), min(l1, high)
    if l0 > u1:
        return False
    size = max(e1 * e1, u1 * u1, 1.0) * _NEAR
    below, above = excess(e0, l1, u1), excess(e1, l0, u0)
    if below < -size and above > size:
        return True
    return False if below > size or above < -size else None


def _exactly(printed: PrintedInterval, scale: str, rounding: str) -> bool:
    """Decide a touching claim with fractions: ends that must meet have to be closed."""
    first, last = (Fraction(end) if math.isfinite(end) else end for end in _DOMAIN[scale])
    domain = Range(first, last, False, False)
    assert printed.estimate is not None and printed.lower is not None and printed.upper is not None
    ranges = [number.range(rounding).intersect(domain) for number in (printed.estimate, printed.lower, printed.upper)]
    if any(span.is_empty for span in ranges):
        return False
    e, low, high = ranges
    excess = _EXCESS[scale]
    below = excess(e.lower, low.upper, high.upper)
    above = excess(e.upper, low.lower, high.lower)
    if below > 0 or above < 0:
        return False
    if below == 0 and not (e.lower_closed and low.upper_closed and high.upper_closed):
        return False
    return above > 0 or (e.upper_closed and low.lower_closed and high.lower_closed)


def _log_ends(ends: Ends) -> Ends | None:
    """Return estimate, lower and upper on the log scale; None where a number leaves nothing above 0."""
    if min(ends[0][1], ends[1][1], ends[2][1]) <= 0:
        return None
    estimate, lower, upper = (
        (math.log(low) if low > 0 else -math.inf, math.log(high) if high < math.inf else math.inf) for low, high in ends
    )
    return estimate, lower, upper


def off_centre_fits(ends: Ends, envelope: str) -> bool:
    """Return whether the estimate lies off the middle of its bounds by no more than an envelope has it."""
    spans = _log_ends(ends)
    if spans is None:
        return False
    (e0, e1), (l0, l1), (u0, u1) = spans
    if u1 < l0 or l0 > e1 or e0 > u1:
        return False
    # The middle lies least above the estimate where both bounds are least, and least below it where both are largest:
    # a wider interval moves it further than the envelope grows.
    reach = ENVELOPES[envelope].reach
    if l0 > -math.inf and (l0 + u0) / 2 - e1 > reach(max((u0 - l0) / 2, 0.0), e1)[1] + _NEAR:
        return False
    return u1 == math.inf or (l1 + u1) / 2 - e0 >= reach(max((u1 - l1) / 2, 0.0), e0)[0] - _NEAR


@cache
def _poisson_limits(level: float) -> tuple[FloatArray, FloatArray, list[float]]:
    """Return the exact limits of a Poisson mean over its count, for 1 to 5,000 events (Garwood 1936).

    And minus their quotients, which rise with the count.
    """
    events = np.arange(1.0, 5001.0)
    tail = (1 - level) / 2
    low, high = special.gammaincinv(events, tail) / events, special.gammaincinv(events + 1, 1 - tail) / events
    return low, high, (-high / low).tolist()


def poisson_counts(ends: Ends, level: float) -> tuple[int, int] | None:
    """Return the fewest and the most events whose exact Poisson limits, over some expected number, print the claim."""
    (e0, e1), (l0, l1), (u0, u1) = ends
    if u1 <= 0 or l1 <= 0:
        return None
    if e0 <= 0 and l0 <= 0:
        return (0, 0)  # no events: 0, from 0 to anything
    low, high, quotients = _poisson_limits(level)
    first = bisect_left(quotients, -u1 / l0 * (1 + _NEAR)) if l0 > 0 else 0
    last = bisect_right(quotients, -max(u0, 0.0) / l1 * (1 - _NEAR))
    if first >= last:
        return None
    low, high = low[first:last], high[first:last]
    most = np.minimum(np.minimum(l1 / low, u1 / high), e1)
    least = np.maximum(np.maximum(l0 / low, u0 / high), e0)
    events = np.flatnonzero(least <= most * (1 + 1e-12))
    return (first + int(events[0]) + 1, first + int(events[-1]) + 1) if events.size else None


def polygon(ends: Ends, scale: str, level: float) -> Region:
    """Return the polygon of three plainly printed numbers on a link scale."""
    link = SCALES[LINK_SCALES[scale]]
    low, high = link.domain
    spans = []
    for span in ends:
        first, last = link.forward(min(max(span[0], low), high)), link.forward(min(max(span[1], low), high))
        spans.append((first, last) if first <= last else (last, first))
    estimate, lower, upper = spans if link.increasing else (spans[0], spans[2], spans[1])
    z = critical(level)
    far = 50.0  # a bound printed as 0 leaves its end open: far beyond any ratio that is printed
    lower, upper, estimate = ((max(a, -far), min(b, far)) for a, b in (lower, upper, estimate))
    return Region.of_bounds(lower, upper, estimate, z)


def rectangle(ends: Ends, level: float) -> Region:
    """Return estimate times standard error on the log scale, for intervals that are symmetric on no scale."""
    spans = _log_ends(ends)
    if spans is None:
        return Region(())
    (e0, e1), (l0, l1), (u0, u1) = (tuple(min(max(end, -50.0), 50.0) for end in span) for span in spans)
    z = critical(level)
    s0, s1 = max((u0 - l1) / (2 * z), 0.0), (u1 - l0) / (2 * z)
    return Region(((e0, s0), (e1, s0), (e1, s1), (e0, s1)))
