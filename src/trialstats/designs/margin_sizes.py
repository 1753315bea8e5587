"""Patients for noninferiority and equivalence: means and proportions within a margin. No rounding up.

Every formula gives the patients of the first arm. ``margin`` is positive; ``apart`` is by how much the new treatment is
expected to be worse, negative if it is better. Equivalence tests both sides at ``alpha``, each one-sided.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType

from scipy.special import ndtr, ndtri

from trialstats.designs.sample_sizes import TWO_MEANS, Asked

_HALVINGS = 50


def _both(asked: Asked, room: tuple[float, float], variance: float) -> float:
    """Return n at which both one-sided tests reject with the power; ``room`` is what is left to either margin."""
    near, far = sorted(room)
    if near <= 0:
        return math.inf

    def short(n: float) -> float:
        shifts = (math.sqrt(n / variance) * one - asked.z_alpha for one in (near, far))
        return sum(float(ndtr(shift)) for shift in shifts) - 1 - asked.power

    # One of them alone takes fewer, both with half of the type II error each take more.
    z = asked.z_alpha + float(ndtri((1 + asked.power) / 2))
    high = variance * (z / near) ** 2 * (1 + 1e-9)
    low = high / 100
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if short(middle) < 0 else (low, middle)
    return high


def means_within(asked: Asked, margin: float, apart: float = 0.0, *, both: bool = False) -> dict[str, float]:
    """Return sizes for means, everything in standard deviations: by the normal formula, and by the t test of one side.

    Julious (2004) Stat Med 23:1921-86, sections 5 and 6.
    """
    if both:
        return {"z": _both(asked, (margin - apart, margin + apart), 1 + 1 / asked.ratio)}
    room = margin - apart
    return {name: formula(asked, room) for name, formula in TWO_MEANS.items()} if room > 0 else {}


# ---- Proportions -----------------------------------------------------------------------------------------------------
def _blackwelder(asked: Asked, old: float, new: float, margin: float) -> float:
    return asked.z**2 * (old * (1 - old) + new * (1 - new) / asked.ratio) / (margin - (old - new)) ** 2


def _farrington_manning(asked: Asked, old: float, new: float, margin: float) -> float:
    k = asked.ratio
    null_new, null_old = restricted_rates(new, old, -margin, 1 / k)
    null = asked.z_alpha * math.sqrt(null_old * (1 - null_old) + null_new * (1 - null_new) / k)
    other = float(ndtri(asked.power)) * math.sqrt(old * (1 - old) + new * (1 - new) / k)
    return ((null + other) / (margin - (old - new))) ** 2


def restricted_rates(first: float, second: float, apart: float, ratio: float) -> tuple[float, float]:
    """Return the likeliest rates that are ``apart`` (first less second), with ``ratio`` of the second for each first.

    Farrington and Manning (1990) Stat Med 9:1447-54, the root of their cubic.
    """
    a = 1 + ratio
    b = -(1 + ratio + first + ratio * second + apart * (ratio + 2))
    c = apart**2 + apart * (2 * first + ratio + 1) + first + ratio * second
    d = -first * apart * (1 + apart)
    v = b**3 / (27 * a**3) - b * c / (6 * a**2) + d / (2 * a)
    u = math.copysign(1, v) * math.sqrt(max(b**2 / (9 * a**2) - c / (3 * a), 0.0))
    w = (math.pi + math.acos(min(1.0, max(-1.0, v / u**3)))) / 3 if u else math.pi / 2
    one = min(max(2 * u * math.cos(w) - b / (3 * a), max(apart, 0.0)), min(1.0, 1 + apart))
    return one, one - apart


NONINFERIOR: Mapping[str, Callable[[Asked, float, float, float], float]] = MappingProxyType(
    {"blackwelder": _blackwelder, "farrington-manning": _farrington_manning}
)
"""Patients of the first, the control arm, by its rate, the rate of the other and the margin, for rates of which more is
better. Blackwelder (1982) Control Clin Trials 3:345-53; Farrington and Manning (1990) Stat Med 9:1447-54."""


def rates_equivalent(asked: Asked, old: float, new: float, margin: float) -> float:
    """Return the size for two rates to be shown within a margin on both sides, each by a one-sided test at alpha."""
    apart = old - new
    return _both(asked, (margin - apart, margin + apart), old * (1 - old) + new * (1 - new) / asked.ratio)
