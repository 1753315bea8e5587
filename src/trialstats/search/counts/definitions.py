"""Which counts a slow method may print bounds for, told from its definition at the ends of the printed bounds.

The limits of these methods are roots that take an iteration each. Whether a root lies between two numbers takes the
equation at both, and no iteration: a tail that grows, a deviance that falls, the mass of a posterior between two ends.
Each condition here is necessary for the limits to lie in the given rooms, and used only to leave counts out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import special

from trialstats.intervals.interval import FloatArray, normal_quantile
from trialstats.search.counts.ranges import Room

BoolArray: TypeAlias = NDArray[np.bool_]
_Condition: TypeAlias = Callable[[FloatArray, FloatArray, float, Room, Room], BoolArray]
_SLACK = 1e-8
"""Relative slack of a probability: thousands of times what special functions are off by."""
_FAR = 1 - 1e-12


def _at_least(x: FloatArray, n: FloatArray, p: float) -> FloatArray:
    """Return P(X >= x), 1 at x = 0."""
    return np.where(x > 0, special.betainc(np.maximum(x, 1.0), n - x + 1.0, p), 1.0)


def _mid_tail(x: FloatArray, n: FloatArray, p: float) -> FloatArray:
    more = np.where(x < n, special.betainc(x + 1.0, np.maximum(n - x, 1.0), p), 0.0)
    return (_at_least(x, n, p) + more) / 2


def _mid_p(x: FloatArray, n: FloatArray, alpha: float, lower: Room, upper: Room) -> BoolArray:
    """Look at the mid-P tail: beyond a limit it is alpha/2, and it grows with the probability."""

    def side(count: FloatArray, room: Room) -> BoolArray:
        low, high = _mid_tail(count, n, room[0]), _mid_tail(count, n, room[1])
        return np.asarray((low <= alpha / 2 * (1 + _SLACK)) & (high >= alpha / 2 * (1 - _SLACK)))

    # At x = 0 the limit is 0, or what makes half the probability of none alpha/2: left to the method.
    inner = (x > 0) & (x < n)
    return np.asarray(~inner | (side(x, lower) & side(n - x, (1 - upper[1], 1 - upper[0]))))


def _deviance(x: FloatArray, n: FloatArray, p: float) -> FloatArray:
    with np.errstate(divide="ignore"):
        return np.asarray(2 * (special.xlogy(x, x / n) - special.xlogy(x, p)
                               + special.xlogy(n - x, 1 - x / n) - special.xlogy(n - x, 1 - p)))  # fmt: skip


def _likelihood_ratio(x: FloatArray, n: FloatArray, alpha: float, lower: Room, upper: Room) -> BoolArray:
    """Look at the deviance: at a limit it is z², and it falls towards the estimate."""
    z2 = float(normal_quantile(np.asarray(1 - alpha))) ** 2
    p = x / n

    def side(room: Room, away: BoolArray, near: BoolArray) -> BoolArray:
        # the end of the room that is the farther one from the estimate, and the nearer one
        far, close = room
        enough = ~away | (_deviance(x, n, far) >= z2 * (1 - _SLACK) - _SLACK)
        return np.asarray(enough & (~near | (_deviance(x, n, close) <= z2 * (1 + _SLACK) + _SLACK)))

    inner = (x > 0) & (x < n)
    below = side(lower, p >= lower[0], p >= lower[1]) & (p >= lower[0])
    above = side((upper[1], upper[0]), p <= upper[1], p <= upper[0]) & (p <= upper[1])
    return np.asarray(~inner | (below & above))


def _highest_density(prior: float) -> _Condition:
    def condition(x: FloatArray, n: FloatArray, alpha: float, lower: Room, upper: Room) -> BoolArray:
        """Look at the mass between the limits, which is the level, and at their densities, which are alike."""
        a, b = x + prior, n - x + prior

        def mass(low: float, high: float) -> FloatArray:
            return np.asarray(special.betainc(a, b, high) - special.betainc(a, b, low))

        level = 1 - alpha
        fits = (mass(lower[0], upper[1]) >= level - _SLACK) & (mass(lower[1], upper[0]) <= level + _SLACK)
        mode = (a - 1) / np.maximum(a + b - 2, 1e-300)

        def density(p: float) -> FloatArray:
            with np.errstate(divide="ignore", invalid="ignore"):
                return np.asarray(special.xlogy(a - 1, p) + special.xlogy(b - 1, 1 - p))

        # Below the mode the density rises, above it falls: each end of one room bounds what the other can have.
        inner = (x > 0) & (x < n) & (mode > lower[1]) & (mode < upper[0])
        alike = (density(lower[0]) <= density(upper[0]) + _SLACK) & (density(lower[1]) >= density(upper[1]) - _SLACK)
        return np.asarray(fits & (~inner | alike))

    return condition


def _acceptable(x: FloatArray, n: FloatArray, alpha: float, lower: Room, upper: Room) -> BoolArray:
    """Below the lower limit a count is not accepted: all that is as far out has at most alpha. So above the upper."""
    below = _at_least(x, n, lower[0]) <= alpha * (1 + _SLACK)
    above = _at_least(n - x, n, 1 - upper[1]) <= alpha * (1 + _SLACK)
    return np.asarray((below | (x == 0)) & (above | (x == n)))


def _blaker(x: FloatArray, n: FloatArray, alpha: float, lower: Room, upper: Room) -> BoolArray:
    """As for all exact regions; and at a limit the smaller tail, doubled, reaches alpha."""
    below = _at_least(x, n, lower[1]) >= alpha / 2 * (1 - _SLACK)
    above = _at_least(n - x, n, 1 - upper[0]) >= alpha / 2 * (1 - _SLACK)
    return np.asarray(_acceptable(x, n, alpha, lower, upper) & below & above)


_CONDITIONS: Mapping[str, _Condition] = MappingProxyType(
    {
        "mid-p": _mid_p,
        "likelihood-ratio": _likelihood_ratio,
        "jeffreys-hpd": _highest_density(0.5),
        "uniform-hpd": _highest_density(1.0),
        "sterne": _acceptable,
        "blaker": _blaker,
        "blyth-still-casella": _acceptable,
    }
)


def may_lie(method: str, x: FloatArray, n: FloatArray, level: float, lower: Room, upper: Room) -> BoolArray | None:
    """Return at which counts the limits of a method may lie in two rooms; None where its definition does not tell.

    The rooms are of limits that are cut off at 0 and 1.
    """
    condition = _CONDITIONS.get(method)
    if condition is None:
        return None
    # An end at 0 or 1 leaves everything beyond open.
    low = (lower[0] if lower[0] > 1 - _FAR else 0.0), lower[1]
    high = upper[0], (upper[1] if upper[1] < _FAR else 1.0)
    return condition(x, n, 1 - level, low, high)
