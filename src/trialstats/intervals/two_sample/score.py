"""Score limits of a difference, a risk ratio or an odds ratio: one equation for all three.

Under the hypothesis that the effect has a given value, the restricted maximum likelihood rates p1 and p2 satisfy, with
one multiplier m,

    n1 (x1/n1 - p1) =  m w(p1)
    n2 (x2/n2 - p2) = -m w(p2)

where w(p) is p(1 - p) for a difference, 1 - p for a risk ratio and 1 for an odds ratio. The score statistic is then
``z = m sqrt(w(p1)^2 / (n1 p1 q1) + w(p2)^2 / (n2 p2 q2))``. So instead of a search over the effect, with a cubic
equation inside, we search over m, where p1 and p2 have closed forms that do not cancel, and read the effect off them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from trialstats.intervals.interval import FloatArray, normal_quantile
from trialstats.intervals.roots import find_roots
from trialstats.intervals.two_sample.tables import TwoArms


@dataclass(frozen=True, slots=True)
class Fit:
    """Restricted maximum likelihood rates (p) and their complements (q) at a multiplier."""

    multiplier: FloatArray
    p1: FloatArray
    q1: FloatArray
    p2: FloatArray
    q2: FloatArray


class Scale(ABC):
    """What an effect measure contributes to the score equation."""

    floor: ClassVar[float]

    @abstractmethod
    def fit(self, arms: TwoArms, u: FloatArray) -> Fit:
        """Restricted rates as the effect falls from the estimate (u = 0) to its smallest value (u = 1)."""

    @abstractmethod
    def weight(self, p: FloatArray, q: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return w(p) and w(p) / (p q)."""

    @abstractmethod
    def effect(self, fit: Fit) -> FloatArray:
        """Effect of the first rate against the second."""

    @abstractmethod
    def mirror(self, effect: FloatArray) -> FloatArray:
        """Effect of the second against the first."""

    def bounded(self, arms: TwoArms) -> NDArray[np.bool_]:
        """Whether the data put any lower bound above the floor on the effect."""
        return np.ones(len(arms), dtype=np.bool_)


class _Difference(Scale):
    floor = -1.0

    def fit(self, arms: TwoArms, u: FloatArray) -> Fit:
        m = arms.total * u / (1.0 - u)

        def less(x: FloatArray, n: FloatArray) -> FloatArray:
            # smaller root of m p^2 - (n + m) p + x = 0
            rate: FloatArray = 2.0 * x / (n + m + np.sqrt((n - m) ** 2 + 4.0 * m * (n - x)))
            return rate

        p1, q2 = less(arms.x1, arms.n1), less(arms.n2 - arms.x2, arms.n2)
        return Fit(m, p1, 1.0 - p1, 1.0 - q2, q2)

    def weight(self, p: FloatArray, q: FloatArray) -> tuple[FloatArray, FloatArray]:
        return p * q, np.ones_like(p)

    def effect(self, fit: Fit) -> FloatArray:
        return fit.p1 - fit.p2

    def mirror(self, effect: FloatArray) -> FloatArray:
        return -effect


class _Ratio(Scale):
    floor = 0.0

    def mirror(self, effect: FloatArray) -> FloatArray:
        return np.divide(1.0, effect, out=np.full_like(effect, np.inf), where=effect > 0)


class _RiskRatio(_Ratio):
    def fit(self, arms: TwoArms, u: FloatArray) -> Fit:
        x1, n1, x2, n2 = arms.x1, arms.n1, arms.x2, arms.n2
        # if all of the first arm have the event, p1 stays 1 until m = n1, then m stays and p1 falls
        full = x1 == n1
        m = np.where(full, n1 * np.minimum(1.0, 2.0 * u), x1 * u)
        rest = np.where(full, 1.0, n1 - m)
        p1 = np.where(full, np.minimum(1.0, 2.0 - 2.0 * u), (x1 - m) / rest)
        q1 = np.where(full, np.maximum(0.0, 2.0 * u - 1.0), (n1 - x1) / rest)
        return Fit(m, p1, q1, (x2 + m) / (n2 + m), (n2 - x2) / (n2 + m))

    def weight(self, p: FloatArray, q: FloatArray) -> tuple[FloatArray, FloatArray]:
        return q, 1.0 / p

    def effect(self, fit: Fit) -> FloatArray:
        return fit.p1 / fit.p2

    def bounded(self, arms: TwoArms) -> NDArray[np.bool_]:
        return arms.x1 > 0


class _OddsRatio(_Ratio):
    def fit(self, arms: TwoArms, u: FloatArray) -> Fit:
        x1, n1, x2, n2 = arms.x1, arms.n1, arms.x2, arms.n2
        m = u * np.minimum(x1, n2 - x2)
        return Fit(m, (x1 - m) / n1, (n1 - x1 + m) / n1, (x2 + m) / n2, (n2 - x2 - m) / n2)

    def weight(self, p: FloatArray, q: FloatArray) -> tuple[FloatArray, FloatArray]:
        return np.ones_like(p), 1.0 / (p * q)

    def effect(self, fit: Fit) -> FloatArray:
        return fit.p1 * fit.q2 / (fit.q1 * fit.p2)

    def bounded(self, arms: TwoArms) -> NDArray[np.bool_]:
        return (arms.x1 > 0) & (arms.x2 < arms.n2)


DIFFERENCE: Scale = _Difference()
RISK_RATIO: Scale = _RiskRatio()
ODDS_RATIO: Scale = _OddsRatio()


def score_interval(
    scale: Scale, arms: TwoArms, level: float, *, corrected: bool, skewness: bool = False
) -> tuple[FloatArray, FloatArray]:
    """Both limits: where the score is plus or minus the normal critical value.

    ``corrected``: the variance carries Miettinen and Nurminen's factor N/(N - 1). ``skewness``: the score is corrected
    for its own (Laud).
    """
    # Both sides at once: few tables cost as many steps as many do.
    limits = _lower(scale, arms.both_ways(), normal_quantile(level), corrected, skewness)
    return limits[: len(arms)], scale.mirror(limits[len(arms) :])


def _lower(scale: Scale, arms: TwoArms, z: float, corrected: bool, skewness: bool) -> FloatArray:
    limit = np.full(len(arms), scale.floor)
    bounded = np.flatnonzero(scale.bounded(arms))
    some = arms[bounded]
    least, most = np.full(len(some), 1e-60), np.full(len(some), 1.0 - 1e-12)
    with np.errstate(divide="ignore", invalid="ignore"):
        u = find_roots(lambda u, rows: _score(scale, some[rows], u, corrected, skewness) - z, least, most)
        effect = scale.effect(scale.fit(some, u))
    limit[bounded] = np.where(u == most, scale.floor, effect)
    return limit


def _score(scale: Scale, arms: TwoArms, u: FloatArray, corrected: bool, skewness: bool) -> FloatArray:
    fit = scale.fit(arms, u)
    (w1, gain1), (w2, gain2) = scale.weight(fit.p1, fit.q1), scale.weight(fit.p2, fit.q2)
    factor = arms.total / (arms.total - 1.0) if corrected else 1.0
    information = w1 * gain1 / arms.n1 + w2 * gain2 / arms.n2
    z = fit.multiplier * np.sqrt(information / factor)
    if not skewness:
        return z
    third = w1 * gain1**2 * (1.0 - 2.0 * fit.p1) / arms.n1**2 - w2 * gain2**2 * (1.0 - 2.0 * fit.p2) / arms.n2**2
    skew = np.where(third == 0.0, 0.0, third / (6.0 * (factor * information) ** 1.5))
    # the z that solves z = score - skew (z^2 - 1), written so that it does not cancel as the skewness vanishes
    corrected_z: FloatArray = 2.0 * (z + skew) / (1.0 + np.sqrt(np.maximum(0.0, 1.0 + 4.0 * skew * (z + skew))))
    return corrected_z
