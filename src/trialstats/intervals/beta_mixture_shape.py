"""Mode and shortest interval of a mixture of Beta distributions, which may have several peaks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from trialstats.intervals.interval import FloatArray

if TYPE_CHECKING:
    from trialstats.intervals.beta_mixture import BetaMixture

__all__ = ["mixture_mode", "shortest_interval"]

_PLACES = 801
_NARROWER = 60


def mixture_mode(mixture: BetaMixture) -> float:
    """Return the value of highest density; NaN where it is not one value.

    Parameters
    ----------
    mixture : BetaMixture

    Returns
    -------
    float
    """
    used = mixture.weights > 0.0
    a, b, weights = mixture.components.a[used], mixture.components.b[used], mixture.weights[used]
    infinite = [bool((values < 1.0).any()) for values in (a, b)]
    if any(infinite):
        return float("nan") if all(infinite) else float(infinite[1])

    def slope(x: float) -> float:
        log_each = np.asarray(mixture.components.logpdf(x))[used] + np.log(weights)
        share = np.exp(log_each - log_each.max())
        return float(share @ ((a - 1.0) / x - (b - 1.0) / (1.0 - x)))

    grid = _places(mixture)
    height = np.asarray(mixture.logpdf(grid))
    found: list[tuple[float, float]] = []
    for k in np.flatnonzero((height >= np.r_[-np.inf, height[:-1]]) & (height >= np.r_[height[1:], -np.inf])).tolist():
        low, high = float(grid[max(k - 1, 0)]), float(grid[min(k + 1, grid.size - 1)])
        inner = low > 0.0 and high < 1.0 and slope(low) > 0.0 > slope(high)
        place = _bisected(lambda x: -slope(x), low, high) if inner else float(grid[k])
        found.append((float(mixture.logpdf(place)), place))
    top, mode = max(found)
    rivals = [place for value, place in found if value >= top - 1e-12 and abs(place - mode) > 1e-6]
    return float("nan") if rivals else mode


def shortest_interval(mixture: BetaMixture, level: float) -> tuple[float, float]:
    """Return the shortest interval that holds a probability.

    Parameters
    ----------
    mixture : BetaMixture
    level : float

    Returns
    -------
    (float, float)
    """
    tails = np.linspace(0.0, 1.0 - level, _PLACES)
    lower, upper = np.split(np.asarray(mixture.ppf(np.concatenate([tails, np.minimum(tails + level, 1.0)]))), 2)
    k = int((upper - lower).argmin())
    low, high = float(tails[max(k - 1, 0)]), float(tails[min(k + 1, tails.size - 1)])

    def ends(tail: float) -> tuple[float, float]:
        return float(mixture.ppf(tail)), float(mixture.ppf(min(tail + level, 1.0)))

    def gain(tail: float) -> float:
        """Difference of the log densities at both ends: where it is 0 no shift makes the interval shorter."""
        at = ends(tail)
        return float(mixture.logpdf(at[0])) - float(mixture.logpdf(at[1]))

    if gain(low) < 0.0 < gain(high):
        return ends(_bisected(gain, low, high))
    return float(lower[k]), float(upper[k])


def _bisected(increasing: Callable[[float], float], low: float, high: float) -> float:
    for _ in range(_NARROWER):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if increasing(middle) < 0.0 else (low, middle)
    return 0.5 * (low + high)


def _places(mixture: BetaMixture) -> FloatArray:
    """Return rates at which a density is looked at: more of them where a component is narrow."""
    every = np.asarray(mixture.components.ppf(np.linspace(0.0, 1.0, _PLACES)[:, None]))
    return np.unique(np.clip(np.r_[every.ravel(), np.linspace(0.0, 1.0, _PLACES)], 0.0, 1.0))
