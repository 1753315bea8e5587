"""Patients behind a hazard ratio: events, and who has one by the end of accrual and follow-up. No rounding up.

Survival is exponential in both arms, patients enter evenly over the accrual and are then followed until the trial ends.
Each function gives the patients of both arms as a real number; the second arm of `Asked` is the experimental one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from scipy.special import ndtri

from trialstats.designs.sample_sizes import EVENTS, Asked, share_with_event

_STEPS = 400
"""Steps of time of Lakatos's sum; twice as many change a size by less than 1 in 10,000."""


@dataclass(frozen=True, slots=True)
class Course:
    """How the patients of a trial come and stay.

    Attributes
    ----------
    control : float
        Hazard of the control arm, in the unit of the times.
    ratio : float
        Hazard ratio, experimental over control.
    accrual : float
        How long patients are recruited; 0 if all are followed equally long.
    follow_up : float
        How long they are followed from then on.
    """

    control: float
    ratio: float
    accrual: float
    follow_up: float

    @property
    def hazards(self) -> tuple[float, float]:
        """Of the control and of the experimental arm."""
        return self.control, self.control * self.ratio

    def share(self, hazard: float) -> float:
        """Return the share of patients with an event under a hazard."""
        return share_with_event(hazard, self.accrual, self.follow_up)


def _parts(asked: Asked) -> tuple[float, float]:
    """Return the share of the patients in the control and in the experimental arm."""
    return 1 / (1 + asked.ratio), asked.ratio / (1 + asked.ratio)


def _z_power(asked: Asked) -> float:
    return float(ndtri(asked.power))


def events_share(asked: Asked, course: Course) -> float:
    """Return the share of all patients with an event."""
    return sum(q * course.share(hazard) for q, hazard in zip(_parts(asked), course.hazards, strict=True))


def _schoenfeld(asked: Asked, course: Course) -> float:
    return EVENTS["schoenfeld"](asked, course.ratio) / events_share(asked, course)


def _freedman(asked: Asked, course: Course) -> float:
    return EVENTS["freedman"](asked, course.ratio) / events_share(asked, course)


def _variance(asked: Asked, hazards: tuple[float, float], course: Course, scale: float) -> float:
    """Return N times the variance of a difference of hazards (``scale`` 2) or of their logarithms (0)."""
    parts = zip(_parts(asked), hazards, strict=True)
    return sum(float(hazard**scale) / (q * course.share(hazard)) for q, hazard in parts)


def _of_hazards(asked: Asked, course: Course, scale: float) -> float:
    old, new = course.hazards
    q_old, q_new = _parts(asked)
    mean = q_old * old + q_new * new
    apart = new - old if scale else math.log(course.ratio)
    null, other = (_variance(asked, both, course, scale) for both in ((mean, mean), (old, new)))
    return ((asked.z_alpha * math.sqrt(null) + _z_power(asked) * math.sqrt(other)) / apart) ** 2


def _lachin_foulkes(asked: Asked, course: Course) -> float:
    return _of_hazards(asked, course, 2.0)


def _log_hazards(asked: Asked, course: Course) -> float:
    return _of_hazards(asked, course, 0.0)


def _rubinstein(asked: Asked, course: Course) -> float:
    return asked.z**2 * _variance(asked, course.hazards, course, 0.0) / math.log(course.ratio) ** 2


def _lakatos(asked: Asked, course: Course) -> float:
    end, step = course.accrual + course.follow_up, (course.accrual + course.follow_up) / _STEPS
    t = (np.arange(_STEPS) + 0.5) * step
    # Who entered at least t before the end.
    here = np.minimum(end - t, course.accrual) / course.accrual if course.accrual > 0 else np.ones(_STEPS)
    (q_old, q_new), (old, new) = _parts(asked), course.hazards
    at_risk_old, at_risk_new = q_old * np.exp(-old * t) * here, q_new * np.exp(-new * t) * here
    deaths = (at_risk_old * old + at_risk_new * new) * step
    phi = at_risk_new / at_risk_old
    drift = float(np.sum(deaths * (phi * course.ratio / (1 + phi * course.ratio) - phi / (1 + phi))))
    spread = float(np.sum(deaths * phi / (1 + phi) ** 2))
    return asked.z**2 * spread / drift**2


SURVIVAL: Mapping[str, Callable[[Asked, Course], float]] = MappingProxyType(
    {
        "schoenfeld": _schoenfeld,
        "freedman": _freedman,
        "lachin-foulkes": _lachin_foulkes,
        "log-hazards": _log_hazards,
        "rubinstein": _rubinstein,
        "lakatos": _lakatos,
    }
)
"""Patients of both arms.

Schoenfeld and Richter (1982) Biometrics 38:163-70 and Freedman (1982) Stat Med 1:121-9: events over the share that has
one. Lachin and Foulkes (1986) Biometrics 42:507-19, equation 2.4, and its form for log hazards (Lachin 2000,
Biostatistical Methods, section 9.5). Rubinstein, Gail and Santner (1981) J Chronic Dis 34:469-79. Lakatos (1988)
Biometrics 44:229-41 for the log-rank test, of constant hazards.
"""
