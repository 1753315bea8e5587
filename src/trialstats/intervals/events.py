"""How many events lie behind a log hazard ratio, and what a discrepancy does to it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

from trialstats.errors import InputError
from trialstats.intervals.interval import check_level
from trialstats.reported import Reported

_NORMAL = NormalDist()


def events_at_least(se: float) -> float:
    """Return the fewest events, in both arms together, that a log hazard ratio with this standard error can rest on.

    In a Cox fit by model-based variance 1/d1 + 1/d2 <= SE^2: the information is the sum over events of p (1 - p), p the
    fitted chance that the event is the first arm's; p sums to d1, and p (1 - p) is concave. So d1 + d2 >= 4/SE^2.
    Strata and covariates only enlarge SE; weights and robust variances can break the bound. An SE not above 0 is
    refused.

    Examples
    --------
    >>> round(events_at_least(0.2), 6)
    100.0
    """
    if not se > 0:
        raise InputError(f"se must be a standard error above 0, got {se!r}.")
    return 4 / se**2


def se_at_least(events: Sequence[float] | float) -> float:
    """Return the smallest standard error of a log hazard ratio with these events, in total or of the two arms.

    That is ``2/sqrt(d)``, or ``sqrt(1/d1 + 1/d2)``; a number of events that is not above 0 is refused.

    Examples
    --------
    >>> se_at_least(100), round(se_at_least((20, 80)), 3)
    (0.2, 0.25)
    """
    counts = [events / 2, events / 2] if isinstance(events, (int, float)) else [float(d) for d in events]
    if len(counts) != 2 or not all(d > 0 for d in counts):
        raise InputError(f"events must be a total or a pair above 0, got {events!r}.")
    return math.sqrt(1 / counts[0] + 1 / counts[1])


def schoenfeld_events(
    hr: float, *, power: float = 0.8, alpha: float = 0.05, sided: int = 2, allocation: float = 1.0
) -> float:
    """Return the events that a log-rank test needs.

    Parameters
    ----------
    hr : float
        Hazard ratio to be detected.
    power : float, default 0.8
    alpha : float, default 0.05
    sided : {2, 1}, default 2
    allocation : float, default 1
        Patients of the first arm for each patient of the second.

    Returns
    -------
    float

    Raises
    ------
    InputError
        If an argument is outside what it accepts.

    References
    ----------
    .. [1] Schoenfeld DA. Sample-size formula for the proportional-hazards regression model. Biometrics 1983;39:499-503.

    Examples
    --------
    >>> round(schoenfeld_events(0.7), 1)
    246.8
    """
    if not (hr > 0 and hr != 1 and allocation > 0 and sided in (1, 2)):
        raise InputError(f"hr must be above 0 and not 1, allocation above 0, sided 1 or 2; got {hr!r}, {allocation!r}, "
                         f"{sided!r}.")  # fmt: skip
    z = _NORMAL.inv_cdf(1 - check_level(alpha) / sided) + _NORMAL.inv_cdf(check_level(power))
    return (1 + allocation) ** 2 / allocation * (z / math.log(hr)) ** 2


@dataclass(frozen=True, slots=True)
class RivalReading:
    """The log hazard ratio and standard error if some of the printed numbers are taken as right.

    Attributes
    ----------
    right : tuple of str
        The printed numbers that this reading rests on.
    log_hr, se : float
    shift : float
        Change of the log hazard ratio from the reading by the two bounds, in that reading's standard errors.
    se_ratio : float
        Standard error over that of the reading by the two bounds.
    """

    right: tuple[str, ...]
    log_hr: float
    se: float
    shift: float
    se_ratio: float


def _number(printed: str | Reported | float) -> float:
    if isinstance(printed, (str, Reported)):
        number = printed if isinstance(printed, Reported) else Reported(printed)
        if number.is_missing:
            raise InputError(f"{number.text!r} is not a printed number that materiality can take.")
        return float(number.value)
    return printed


def materiality(
    hr: str | Reported | float,
    interval: Sequence[str | Reported | float],
    *,
    p: str | Reported | float | None = None,
    sided: int = 2,
    level: float = 0.95,
) -> tuple[RivalReading, ...]:
    """Return what a hazard ratio and its standard error are if either of two disagreeing numbers is right.

    Parameters
    ----------
    hr : str or float
        Printed hazard ratio.
    interval : pair of str or float
        Printed limits.
    p : str or float, optional
        Printed P value; of one with a relation (``<.001``) its bound is taken.
    sided : {2, 1}, default 2
        Of the P value.
    level : float, default 0.95

    Returns
    -------
    tuple of RivalReading
        By both bounds; by the estimate and either bound; and by the estimate and P where P is given.

    Raises
    ------
    InputError
        If a number is not above 0, the limits are not in order, or P is not strictly between 0 and 1.

    Examples
    --------
    An upper limit of 0.91 where 0.81 fits: if the lower limit is right nothing much is lost, if the upper one is, a
    third of the precision.

    >>> for one in materiality("0.54", ("0.36", "0.91")):
    ...     print(one.right, round(one.log_hr, 3), round(one.se, 3), round(one.se_ratio, 2))
    ('lower', 'upper') -0.558 0.237 1.0
    ('estimate', 'lower') -0.616 0.207 0.87
    ('estimate', 'upper') -0.616 0.266 1.13
    """
    z = _NORMAL.inv_cdf((1 + check_level(level)) / 2)
    ratio, limits = _number(hr), [_number(limit) for limit in interval]
    tail_area = None if p is None else _number(p)
    if len(limits) != 2 or not 0 < limits[0] < limits[1] or not ratio > 0:
        raise InputError(f"hr and interval must be above 0 and in order, got {hr!r} and {interval!r}.")
    if tail_area is not None and not 0 < tail_area < 1:
        raise InputError(f"p must lie strictly between 0 and 1, got {p!r}.")
    low, middle, high = math.log(limits[0]), math.log(ratio), math.log(limits[1])
    base = (low + high) / 2, (high - low) / (2 * z)
    readings = [(("lower", "upper"), *base)]
    if low < middle < high:
        readings.append((("estimate", "lower"), middle, (middle - low) / z))
        readings.append((("estimate", "upper"), middle, (high - middle) / z))
    if tail_area is not None and middle != 0 and (tail := -_NORMAL.inv_cdf(tail_area / sided)) > 0:
        readings.append((("estimate", "p"), middle, abs(middle) / tail))
    return tuple(RivalReading(right, b, se, (b - base[0]) / base[1], se / base[1]) for right, b, se in readings)
