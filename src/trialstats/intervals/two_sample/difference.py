"""Confidence intervals for a difference of two proportions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from trialstats.errors import check_name
from trialstats.intervals.binomial.score import wilson, wilson_cc
from trialstats.intervals.interval import FloatArray, Interval, check_level, normal_quantile
from trialstats.intervals.two_sample.score import DIFFERENCE, score_interval
from trialstats.intervals.two_sample.tables import TwoArms, check_two_arms

_Limits = tuple[FloatArray, FloatArray]


def _wald(arms: TwoArms, level: float, correction: float = 0.0) -> _Limits:
    """Return p1 - p2 ± (z sqrt(p1 q1/n1 + p2 q2/n2) + c (1/n1 + 1/n2)), c = 1/2 with continuity correction, else 0."""
    variance = arms.p1 * (1.0 - arms.p1) / arms.n1 + arms.p2 * (1.0 - arms.p2) / arms.n2
    half = normal_quantile(level) * np.sqrt(variance) + correction * (1.0 / arms.n1 + 1.0 / arms.n2)
    return arms.difference - half, arms.difference + half


def _agresti_caffo(arms: TwoArms, level: float) -> _Limits:
    """Return the Wald interval of (x1 + 1)/(n1 + 2) and (x2 + 1)/(n2 + 2)."""
    return _wald(TwoArms(arms.x1 + 1.0, arms.n1 + 2.0, arms.x2 + 1.0, arms.n2 + 2.0), level)


def _newcombe(arms: TwoArms, level: float, single: Callable[[FloatArray, FloatArray, FloatArray], _Limits]) -> _Limits:
    """Return d - sqrt((p1 - l1)² + (u2 - p2)²), d + sqrt((u1 - p1)² + (p2 - l2)²), l and u each arm's own limits.

    Distances from each rate to its own limits are combined as independent standard errors are.
    """
    levels = np.asarray(level)
    (lower1, upper1), (lower2, upper2) = single(arms.x1, arms.n1, levels), single(arms.x2, arms.n2, levels)
    below = np.hypot(arms.p1 - lower1, upper2 - arms.p2)
    above = np.hypot(upper1 - arms.p1, arms.p2 - lower2)
    return arms.difference - below, arms.difference + above


def _score(arms: TwoArms, level: float, *, corrected: bool, skewness: bool = False) -> _Limits:
    """Return all differences that the score test does not reject.

    (p1 - p2 - d)² = z² V, V = k (p1~ q1~/n1 + p2~ q2~/n2), p1~ and p2~ the rates that are most likely where their
    difference is d; k = N/(N - 1) if corrected, else 1. With ``skewness`` the score is corrected for its own.
    """
    return score_interval(DIFFERENCE, arms, level, corrected=corrected, skewness=skewness)


_METHODS: dict[str, tuple[str, Callable[[TwoArms, float], _Limits]]] = {
    "wald": ("difference plus or minus z standard errors, unpooled", _wald),
    "wald-cc": ("Wald, widened by (1/n1 + 1/n2)/2", partial(_wald, correction=0.5)),
    "newcombe": ("hybrid of two Wilson intervals (Newcombe's method 10, MOVER)", partial(_newcombe, single=wilson)),
    "newcombe-cc": (
        "hybrid of two Wilson intervals with continuity correction (Newcombe's method 11)",
        partial(_newcombe, single=wilson_cc),
    ),
    "miettinen-nurminen": ("score interval, variance times N/(N - 1)", partial(_score, corrected=True)),
    "mee": ("score interval without that factor (Mee; Farrington and Manning)", partial(_score, corrected=False)),
    "agresti-caffo": ("Wald after one event and one failure are added to each arm", _agresti_caffo),
    "scas": (
        "score interval corrected for skewness, variance times N/(N - 1) (Laud)",
        partial(_score, corrected=True, skewness=True),
    ),
}
DIFFERENCE_METHODS: Mapping[str, str] = MappingProxyType({name: meaning for name, (meaning, _) in _METHODS.items()})
"""The menu: name of a method -> its meaning in one line; read-only."""


def difference_interval(
    x1: ArrayLike,
    n1: ArrayLike,
    x2: ArrayLike,
    n2: ArrayLike,
    *,
    level: float = 0.95,
    method: str = "newcombe",
    clip: bool = True,
) -> Interval:
    """Confidence interval for the first proportion minus the second.

    Parameters
    ----------
    x1, n1, x2, n2 : int or array_like
        Events and patients of the first and the second arm; arrays broadcast.
    level : float, default 0.95
        Confidence level, in (0, 1).
    method : str, default "newcombe"
        A name of `DIFFERENCE_METHODS`.
    clip : bool, default True
        Whether limits beyond -1 or 1 (``wald``, ``wald-cc``, ``agresti-caffo``) are cut off there.

    Returns
    -------
    Interval
        With ``.lower .upper .estimate .level .method``; unpacks as lower, upper. The estimate is the plain
        difference for every method.

    Raises
    ------
    InputError
        If counts are not counts or the level is none.
    UnknownNameError
        If the method is not on the menu.

    References
    ----------
    .. [1] Newcombe RG. Interval estimation for the difference between independent proportions: comparison of eleven
       methods. Stat Med 1998;17:873-90, methods 1, 2, 5, 6, 10 and 11.
    .. [2] Miettinen O, Nurminen M. Comparative analysis of two rates. Stat Med 1985;4:213-26.
    .. [3] Agresti A, Caffo B. Simple and effective confidence intervals for proportions and differences of
       proportions. Am Stat 2000;54:280-8.
    .. [4] Laud PJ. Equal-tailed confidence intervals for comparison of rates. Pharm Stat 2017;16:334-48.

    Examples
    --------
    Case (a) of Newcombe's comparison, 56/70 against 48/80, by his methods 10 and 5:

    >>> low, high = difference_interval(56, 70, 48, 80)
    >>> f"{low:.4f} to {high:.4f}"
    '0.0524 to 0.3339'
    >>> low, high = difference_interval(56, 70, 48, 80, method="mee")
    >>> f"{low:.4f} to {high:.4f}"
    '0.0533 to 0.3377'
    """
    check_name("method", method, DIFFERENCE_METHODS)
    level = check_level(level)
    arms = check_two_arms(x1, n1, x2, n2)
    lower, upper = _METHODS[method][1](arms, level)
    if clip:
        lower, upper = np.clip(lower, -1.0, 1.0), np.clip(upper, -1.0, 1.0)
    return Interval(arms.restore(lower), arms.restore(upper), arms.restore(arms.difference), level, method)
