"""Confidence intervals for a ratio of two proportions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from trialstats.errors import check_name
from trialstats.intervals.interval import FloatArray, Interval, check_level, normal_quantile
from trialstats.intervals.two_sample.score import RISK_RATIO, score_interval
from trialstats.intervals.two_sample.tables import TwoArms, check_two_arms

_Limits = tuple[FloatArray, FloatArray]


def _katz(arms: TwoArms, level: float) -> _Limits:
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = np.log(arms.p1 / arms.p2)
        # 1/x - 1/n, as one fraction: exactly 0 at x = n
        variance = (arms.n1 - arms.x1) / (arms.x1 * arms.n1) + (arms.n2 - arms.x2) / (arms.x2 * arms.n2)
        half = normal_quantile(level) * np.sqrt(variance)
        return np.exp(centre - half), np.exp(centre + half)


def _katz_if_events(arms: TwoArms, level: float) -> _Limits:
    """Return exp(log(p1/p2) ± z sqrt(1/x1 - 1/n1 + 1/x2 - 1/n2)); nan where an arm has no event."""
    events = (arms.x1 > 0) & (arms.x2 > 0)
    lower, upper = (np.where(events, limit, np.nan) for limit in _katz(arms, level))
    return lower, upper


def _adjusted_log(arms: TwoArms, level: float) -> _Limits:
    """Return Katz's interval of (x1 + 1/2)/(n1 + 1/2) and (x2 + 1/2)/(n2 + 1/2); (0, inf) without any event."""
    # where all patients have the event it stays at n, not n + 0.5, in n + 0.5: else the interval has no width
    added = np.where((arms.x1 == arms.n1) & (arms.x2 == arms.n2), 0.0, 0.5)
    lower, upper = _katz(TwoArms(arms.x1 + added, arms.n1 + 0.5, arms.x2 + added, arms.n2 + 0.5), level)
    empty = arms.events == 0
    return np.where(empty, 0.0, lower), np.where(empty, np.inf, upper)


def _score(arms: TwoArms, level: float, *, corrected: bool, skewness: bool = False) -> _Limits:
    """Return all ratios that the score test does not reject.

    (p1 - r p2)² = z² V, V = k (p1~ q1~/n1 + r² p2~ q2~/n2), p1~ and p2~ the rates that are most likely where their
    ratio is r; k = N/(N - 1) if corrected, else 1. With ``skewness`` the score is corrected for its own.
    """
    return score_interval(RISK_RATIO, arms, level, corrected=corrected, skewness=skewness)


_METHODS: dict[str, tuple[str, Callable[[TwoArms, float], _Limits]]] = {
    "katz": ("log ratio plus or minus z standard errors; none (nan) if a count is 0", _katz_if_events),
    "koopman": ("score interval (Koopman; Gart and Nam)", partial(_score, corrected=False)),
    "miettinen-nurminen": ("score interval, variance times N/(N - 1)", partial(_score, corrected=True)),
    "adjusted-log": (
        "Katz after half an event and half a patient are added to each arm (Walter; Pettigrew)",
        _adjusted_log,
    ),
    "scas": (
        "score interval corrected for skewness, variance times N/(N - 1) (Laud)",
        partial(_score, corrected=True, skewness=True),
    ),
}
RISK_RATIO_METHODS: Mapping[str, str] = MappingProxyType({name: meaning for name, (meaning, _) in _METHODS.items()})
"""The menu: name of a method -> its meaning in one line; read-only."""


def risk_ratio_interval(
    x1: ArrayLike,
    n1: ArrayLike,
    x2: ArrayLike,
    n2: ArrayLike,
    *,
    level: float = 0.95,
    method: str = "katz",
) -> Interval:
    """Confidence interval for the first proportion over the second.

    Parameters
    ----------
    x1, n1, x2, n2, level
        As `difference_interval` takes them.
    method : str, default "katz"
        A name of `RISK_RATIO_METHODS`.

    Returns
    -------
    Interval
        With ``.lower .upper .estimate .level .method``; unpacks as lower, upper. The estimate is the plain ratio:
        inf if only the second arm is without events, nan if both are.

    Raises
    ------
    InputError, UnknownNameError
        As `difference_interval`.

    Notes
    -----
    Without events in either arm the data say nothing of the ratio: the interval is (0, inf), or nan for ``katz``.
    ``adjusted-log`` follows asbio and DescTools where all patients of both arms have the event: n in n + 0.5.

    References
    ----------
    .. [1] Katz D, Baptista J, Azen SP, Pike MC. Obtaining confidence intervals for the risk ratio in cohort studies.
       Biometrics 1978;34:469-74.
    .. [2] Koopman PAR. Confidence intervals for the ratio of two binomial proportions. Biometrics 1984;40:513-7.
    .. [3] Miettinen O, Nurminen M. Comparative analysis of two rates. Stat Med 1985;4:213-26.
    .. [4] Walter SD. The distribution of Levin's measure of attributable risk. Biometrika 1975;62:371-4.
    .. [5] Laud PJ. Equal-tailed confidence intervals for comparison of rates. Pharm Stat 2017;16:334-48.

    Examples
    --------
    Koopman's own example, 36/40 against 16/80, gives 2.94 to 7.15:

    >>> low, high = risk_ratio_interval(36, 40, 16, 80, method="koopman")
    >>> f"{low:.2f} to {high:.2f}"
    '2.94 to 7.15'
    """
    check_name("method", method, RISK_RATIO_METHODS)
    level = check_level(level)
    arms = check_two_arms(x1, n1, x2, n2)
    lower, upper = _METHODS[method][1](arms, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        estimate = (arms.x1 * arms.n2) / (arms.x2 * arms.n1)
    return Interval(arms.restore(lower), arms.restore(upper), arms.restore(estimate), level, method)
