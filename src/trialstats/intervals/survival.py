"""Intervals for a Kaplan-Meier survival rate at one time, from the rate and its Greenwood standard error."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from trialstats.errors import InputError, check_name
from trialstats.intervals.interval import FloatArray, Interval, check_level, normal_quantile, plain
from trialstats.intervals.scales import SCALES

SURVIVAL_TRANSFORMS: Mapping[str, str] = MappingProxyType(
    {
        "plain": "Wald interval on the rate itself, S ± z SE",
        "log": "symmetric on log S; default of R's survfit",
        "log-log": "symmetric on log(-log S) (Kalbfleisch and Prentice); default of SAS and Stata",
        "logit": "symmetric on the log odds of S",
        "arcsine": "symmetric on the angle whose squared sine is S (Thomas and Grunkemeier)",
        "rothman": "Wilson score interval with the effective number of patients for n (Rothman)",
    }
)
"""The menu: name of a transform -> its meaning in one line; read-only."""

_SCALE_OF = {"plain": "identity"}  # the other transforms bear the name of their scale


def survival_interval(
    survival: ArrayLike, se: ArrayLike, *, level: float = 0.95, transform: str = "log", clip: bool = True
) -> Interval:
    """Return the confidence interval of a Kaplan-Meier survival rate.

    The interval is symmetric on the transformed scale: with link g, its derivative g' and its inverse h it is
    ``h(g(S) ± z |g'(S)| SE)``, the delta method. ``rothman`` is the Wilson score interval
    of a proportion S among S (1 - S)/SE² patients, the effective n.

    Parameters
    ----------
    survival : array_like
        Survival rate(s) S, from 0 to 1.
    se : array_like
        Greenwood standard error(s) of S itself, not of log S (which R's ``survfit`` object holds; ``summary``
        prints the one meant here). NaN is accepted, as R gives it at S = 0.
    level : float, default 0.95
        Confidence level.
    transform : str, default "log"
        A name of :data:`SURVIVAL_TRANSFORMS`.
    clip : bool, default True
        Cut the limits of ``plain`` and ``log`` off at 0 and 1, as software prints them. The other transforms
        cannot leave that range.

    Returns
    -------
    Interval
        Limits as floats for scalars, else arrays. They are NaN where the transform defines none: at S = 0 for
        every transform, and at S = 1 for all but ``plain`` and ``log``, which have [1, 1] there.

    Raises
    ------
    InputError
        If a rate or standard error is out of range, or the transform is not on the menu.

    References
    ----------
    .. [1] Kalbfleisch JD, Prentice RL. The Statistical Analysis of Failure Time Data. 2nd ed. Wiley; 2002.
    .. [2] Borgan Ø, Liestøl K. A note on confidence intervals and bands for the survival function based on
       transformations. Scand J Stat 1990;17:35-41.
    .. [3] Rothman KJ. Estimation of confidence limits for the cumulative probability of survival in life table
       analysis. J Chronic Dis 1978;31:557-60.

    Examples
    --------
    >>> low, high = survival_interval(0.81, 0.07, transform="log-log")
    >>> round(low, 3), round(high, 3)
    (0.625, 0.91)
    >>> survival_interval([0.5, 0.9], 0.06, transform="plain").upper.round(3)
    array([0.618, 1.   ])
    """
    s, error = _checked(survival, se)
    level = check_level(level)
    check_name("survival transform", transform, SURVIVAL_TRANSFORMS)
    z = float(normal_quantile(level))
    with np.errstate(all="ignore"):
        if transform == "rothman":
            lower, upper = _rothman(s, error, z)
        else:
            scale = SCALES[_SCALE_OF.get(transform, transform)]
            middle, half = scale.forward_array(s), z * np.abs(scale.derivative_array(s)) * error
            ends = scale.inverse_array(middle - half), scale.inverse_array(middle + half)
            lower, upper = ends if scale.increasing else ends[::-1]
    lower, upper = (np.where(s > 0.0, limit, np.nan) for limit in (lower, upper))
    if clip:
        lower, upper = np.clip(lower, 0.0, 1.0), np.clip(upper, 0.0, 1.0)
    return Interval(plain(lower), plain(upper), estimate=plain(s), level=level, method=transform)


def _rothman(s: FloatArray, se: FloatArray, z: float) -> tuple[FloatArray, FloatArray]:
    t = z * z * se**2 / (s * (1.0 - s))  # z² over the effective n, finite also when SE = 0
    half = np.sqrt(t * (s * (1.0 - s) + 0.25 * t))
    return (s + 0.5 * t - half) / (1.0 + t), (s + 0.5 * t + half) / (1.0 + t)


def _checked(survival: ArrayLike, se: ArrayLike) -> tuple[FloatArray, FloatArray]:
    try:
        s, error = np.broadcast_arrays(np.asarray(survival, dtype=np.float64), np.asarray(se, dtype=np.float64))
    except (TypeError, ValueError):
        raise InputError(f"survival and se must be numbers of matching shapes, got {survival!r} and {se!r}.") from None
    if (bad := ~((s >= 0.0) & (s <= 1.0))).any():
        value = s[bad].ravel()[0]
        hint = f" Did you mean {value / 100:g}?" if 1.0 < value <= 100.0 else ""
        raise InputError(f"survival must lie between 0 and 1, got {value:g}.{hint}")
    if (bad := (error < 0.0) | np.isinf(error)).any():
        raise InputError(f"se must be a standard error of at least 0, got {error[bad].ravel()[0]:g}.")
    return s, error
