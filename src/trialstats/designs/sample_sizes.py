"""Textbook sample sizes: events behind a hazard ratio, patients behind two proportions or means. No rounding up.

Each menu holds formulas of one kind; every formula gives the events, or the patients of the *first* arm, as a real
number. ``alpha`` is the area in the tails that a result must reach: of both tails where the test is two-sided.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from scipy.special import nctdtr, ndtri, stdtrit

_TALLEST = 1_000_000
"""Patients of an arm beyond which no size is looked for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a design is asked for.

    Attributes
    ----------
    alpha, power : float
    sides : int
        Of the test.
    ratio : float
        Patients of the second arm for each of the first.
    """

    alpha: float
    power: float
    sides: int = 2
    ratio: float = 1.0

    @property
    def z_alpha(self) -> float:
        """Normal quantile that a result must reach."""
        return float(ndtri(1.0 - self.alpha / self.sides))

    @property
    def z(self) -> float:
        """Sum of the normal quantiles of alpha and of the power."""
        return self.z_alpha + float(ndtri(self.power))


# ---- Events behind a hazard ratio ------------------------------------------------------------------------------------
def _schoenfeld(asked: Asked, hazard: float) -> float:
    share = 1.0 / (1.0 + asked.ratio)
    return asked.z**2 / (share * (1.0 - share) * math.log(hazard) ** 2)


def _freedman(asked: Asked, hazard: float) -> float:
    return (asked.z * (1.0 + asked.ratio * hazard) / (1.0 - hazard)) ** 2 / asked.ratio


EVENTS: Mapping[str, Callable[[Asked, float], float]] = MappingProxyType(
    {"schoenfeld": _schoenfeld, "freedman": _freedman}
)
"""Events of both arms; Schoenfeld (1981) Biometrika 68:316-9, Freedman (1982) Stat Med 1:121-9."""


def share_with_event(hazard: float, accrual: float, follow_up: float) -> float:
    """Return the share of patients with an event: uniform accrual, then follow-up, and one constant hazard.

    Lachin and Foulkes (1986) Biometrics 42:507-19, without losses.

    Examples
    --------
    >>> round(share_with_event(math.log(2) / 12, accrual=24, follow_up=12), 3)
    0.729
    """
    during = hazard * accrual
    # The mean over those who come evenly; 1 where accrual is none, or too short for its share to be told.
    survived = -math.expm1(-during) / during if during > 0 else 1.0
    return 1.0 - survived * math.exp(-hazard * follow_up)


# ---- Two proportions -------------------------------------------------------------------------------------------------
def _unpooled(asked: Asked, p1: float, p2: float) -> float:
    return asked.z**2 * (p1 * (1 - p1) + p2 * (1 - p2) / asked.ratio) / (p1 - p2) ** 2


def _pooled(asked: Asked, p1: float, p2: float) -> float:
    k = asked.ratio
    mean = (p1 + k * p2) / (1 + k)
    null = asked.z_alpha * math.sqrt((1 + 1 / k) * mean * (1 - mean))
    other = float(ndtri(asked.power)) * math.sqrt(p1 * (1 - p1) + p2 * (1 - p2) / k)
    return ((null + other) / (p1 - p2)) ** 2


def _continuity(asked: Asked, p1: float, p2: float) -> float:
    k, n = asked.ratio, _pooled(asked, p1, p2)
    return n / 4 * (1 + math.sqrt(1 + 2 * (1 + k) / (k * n * abs(p1 - p2)))) ** 2


def _arcsine(asked: Asked, p1: float, p2: float) -> float:
    width = 2 * (math.asin(math.sqrt(p1)) - math.asin(math.sqrt(p2)))
    return asked.z**2 * (1 + 1 / asked.ratio) / width**2


def _log_odds(asked: Asked, p1: float, p2: float) -> float:
    odds = math.log(p1 / (1 - p1)) - math.log(p2 / (1 - p2))
    return asked.z**2 * (1 / (p1 * (1 - p1)) + 1 / (asked.ratio * p2 * (1 - p2))) / odds**2


TWO_PROPORTIONS: Mapping[str, Callable[[Asked, float, float], float]] = MappingProxyType(
    {
        "pooled": _pooled,
        "unpooled": _unpooled,
        "continuity": _continuity,
        "arcsine": _arcsine,
        "log-odds": _log_odds,
    }
)
"""Patients of the first arm; Fleiss, Levin and Paik (2003) Statistical Methods for Rates and Proportions, chapter 4.

The continuity-corrected size is what Fisher's exact test needs, to within a patient or two: Casagrande, Pike and Smith
(1978) Biometrics 34:483-6."""


# ---- Two means, or one mean of differences ---------------------------------------------------------------------------
def _z_of_means(asked: Asked, effect: float) -> float:
    return asked.z**2 * (1 + 1 / asked.ratio) / effect**2


def _t_of_means(asked: Asked, effect: float) -> float:
    k = asked.ratio
    return _smallest(
        asked, lambda n: ((1 + k) * n - 2, effect * math.sqrt(n * k / (1 + k))), _z_of_means(asked, effect)
    )


def _z_of_pairs(asked: Asked, effect: float) -> float:
    return asked.z**2 / effect**2


def _t_of_pairs(asked: Asked, effect: float) -> float:
    return _smallest(asked, lambda n: (n - 1, effect * math.sqrt(n)), _z_of_pairs(asked, effect))


def _smallest(asked: Asked, at: Callable[[int], tuple[float, float]], about: float) -> float:
    """Return the smallest n at which a t test with given degrees of freedom and noncentrality has the power."""
    if about > _TALLEST:
        return about
    n = max(2, math.ceil(about) - 1)
    while _t_power(asked, *at(n)) < asked.power and n < about + 50:
        n += 1
    return float(n)


def _t_power(asked: Asked, df: float, shift: float) -> float:
    if df < 1:
        return 0.0
    edge = float(stdtrit(df, 1.0 - asked.alpha / asked.sides))
    power = 1.0 - float(nctdtr(df, shift, edge))
    return power + (float(nctdtr(df, shift, -edge)) if asked.sides == 2 else 0.0)


TWO_MEANS: Mapping[str, Callable[[Asked, float], float]] = MappingProxyType({"t": _t_of_means, "z": _z_of_means})
"""Patients of the first arm, by the difference in standard deviations; the t test's is a whole number."""
PAIRED_MEANS: Mapping[str, Callable[[Asked, float], float]] = MappingProxyType({"t": _t_of_pairs, "z": _z_of_pairs})
"""Pairs, or patients of one group."""
