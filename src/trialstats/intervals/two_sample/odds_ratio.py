"""Confidence intervals for an odds ratio of two proportions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from trialstats.errors import check_name
from trialstats.intervals.interval import FloatArray, Interval, check_level, normal_quantile
from trialstats.intervals.roots import find_roots
from trialstats.intervals.two_sample.hypergeometric import Support, supports
from trialstats.intervals.two_sample.score import ODDS_RATIO, score_interval
from trialstats.intervals.two_sample.tables import TwoArms, check_two_arms

_Answer = tuple[FloatArray, FloatArray, FloatArray]


def _woolf(arms: TwoArms, level: float) -> _Answer:
    """Return exp(log(a d/(b c)) ± z sqrt(1/a + 1/b + 1/c + 1/d)); 1/2 is added to all four cells if one is 0."""
    cells = np.array([arms.x1, arms.n1 - arms.x1, arms.x2, arms.n2 - arms.x2])
    cells += np.where((cells == 0).any(axis=0), 0.5, 0.0)
    centre = np.log(cells[0] * cells[3] / (cells[1] * cells[2]))
    half = normal_quantile(level) * np.sqrt((1.0 / cells).sum(axis=0))
    return np.exp(centre - half), np.exp(centre + half), np.exp(centre)


def _miettinen_nurminen(arms: TwoArms, level: float) -> _Answer:
    """Return all odds ratios that the score test does not reject.

    (x1 - n1 p1~)² (1/(n1 p1~ q1~) + 1/(n2 p2~ q2~)) = z² N/(N - 1), p1~ and p2~ the rates that are most likely where
    their odds ratio has the value asked about.
    """
    lower, upper = score_interval(ODDS_RATIO, arms, level, corrected=True)
    return lower, upper, arms.odds_ratio


def _fisher_exact(arms: TwoArms, level: float) -> _Answer:
    """Solve P(X >= x1; lower) = P(X <= x1; upper) = (1 - level)/2, X hypergeometric given both margins.

    The hypergeometric distribution is the noncentral one of Fisher, whose parameter is the odds ratio.
    """
    lower = _tail_limit(arms, (1.0 - level) / 2.0, 1.0)
    return lower, ODDS_RATIO.mirror(_tail_limit(arms.swap(), (1.0 - level) / 2.0, 1.0)), _conditional_mle(arms)


def _mid_p(arms: TwoArms, level: float) -> _Answer:
    """Solve the equations of Fisher's limits with half the probability of x1 itself taken out of each tail."""
    lower = _tail_limit(arms, (1.0 - level) / 2.0, 0.5)
    # the estimate leaves half in each tail
    median = _at_ends(arms, _tail_limit(arms, 0.5, 0.5))
    return lower, ODDS_RATIO.mirror(_tail_limit(arms.swap(), (1.0 - level) / 2.0, 0.5)), median


def _tail_limit(arms: TwoArms, tail: float, share: float) -> FloatArray:
    """Odds ratio at which P(X > x1) + share P(X = x1) equals ``tail``; 0 if none does."""

    def excess(support: Support, pmf: FloatArray) -> FloatArray:
        weight = np.where(support.columns == support.column, share, support.columns > support.column)
        # on the log scale a tail is concave and nearly a straight line
        mass: FloatArray = np.einsum("ij,ij->i", pmf, weight)
        with np.errstate(divide="ignore"):
            return np.log(mass / tail)

    return _solve(arms, excess, lambda support, x1: x1 > support.low)


def _conditional_mle(arms: TwoArms) -> FloatArray:
    """Odds ratio at which the expected first cell is the observed one."""

    def excess(support: Support, pmf: FloatArray) -> FloatArray:
        mean: FloatArray = np.einsum("ij,ij->i", pmf, support.columns.astype(np.float64)[None, :])
        return mean - support.column[:, 0]

    return _at_ends(arms, _solve(arms, excess, lambda support, x1: (x1 > support.low) & (x1 < support.high)))


def _at_ends(arms: TwoArms, estimate: FloatArray) -> FloatArray:
    """Put 0 and infinity where the observed table is an end of its support, nan where it is all of it."""
    low, high = np.maximum(0.0, arms.events - arms.n2), np.minimum(arms.n1, arms.events)
    estimate[arms.x1 == high] = np.inf
    estimate[arms.x1 == low] = 0.0
    estimate[low == high] = np.nan
    return estimate


def _solve(
    arms: TwoArms,
    equation: Callable[[Support, FloatArray], FloatArray],
    inner: Callable[[Support, FloatArray], NDArray[np.bool_]],
) -> FloatArray:
    """Odds ratios that solve an equation rising in the odds ratio; 0 for tables that are not ``inner``."""
    out = np.zeros(len(arms))
    for support in supports(arms):
        inside = np.flatnonzero(inner(support, arms.x1[support.rows]))
        some = support[inside]
        rows = support.rows[inside]
        centre, spread = _start(arms[rows])

        def function(log_ratio: FloatArray, which: NDArray[np.intp], some: Support = some) -> FloatArray:
            part = some if len(which) == len(some.rows) else some[which]
            return equation(part, part.pmf(np.exp(log_ratio)))

        out[rows] = np.exp(find_roots(function, *_bracket(function, centre, spread)))
    return out


def _start(arms: TwoArms) -> tuple[FloatArray, FloatArray]:
    cells = np.array([arms.x1, arms.n1 - arms.x1, arms.x2, arms.n2 - arms.x2]) + 0.5
    return np.log(cells[0] * cells[3] / (cells[1] * cells[2])), 2.0 * np.sqrt((1.0 / cells).sum(axis=0))


def _bracket(
    function: Callable[[FloatArray, NDArray[np.intp]], FloatArray], centre: FloatArray, spread: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Step away from ``centre`` in doubling strides until the root lies between two steps."""
    low, high = centre.copy(), centre.copy()
    everyone = np.arange(len(centre))
    start = function(centre, everyone) if len(centre) else centre
    for end, wrong, sign in ((low, start > 0.0, -1.0), (high, start < 0.0, 1.0)):
        rows, stride = everyone[wrong], spread[wrong].copy()
        while len(rows):
            end[rows] += sign * stride
            stride *= 2.0
            on = sign * function(end[rows], rows) < 0.0
            rows, stride = rows[on], stride[on]
    return low, high


_METHODS: dict[str, tuple[str, Callable[[TwoArms, float], _Answer]]] = {
    "woolf": ("log odds ratio plus or minus z standard errors; 0.5 is added to every cell if one is 0", _woolf),
    "fisher-exact": ("exact conditional limits, half of alpha in each tail (Cornfield; fisher.test)", _fisher_exact),
    "mid-p": ("exact conditional limits with half of the observed table in each tail", _mid_p),
    "miettinen-nurminen": ("score interval, variance times N/(N - 1)", _miettinen_nurminen),
}
ODDS_RATIO_METHODS: Mapping[str, str] = MappingProxyType({name: meaning for name, (meaning, _) in _METHODS.items()})
"""The menu: name of a method -> its meaning in one line; read-only."""


def odds_ratio_interval(
    x1: ArrayLike,
    n1: ArrayLike,
    x2: ArrayLike,
    n2: ArrayLike,
    *,
    level: float = 0.95,
    method: str = "woolf",
) -> Interval:
    """Confidence interval for the odds of the first arm over those of the second.

    Parameters
    ----------
    x1, n1, x2, n2, level
        As `difference_interval` takes them.
    method : str, default "woolf"
        A name of `ODDS_RATIO_METHODS`.

    Returns
    -------
    Interval
        With ``.lower .upper .estimate .level .method``; unpacks as lower, upper. The estimate is the method's own:
        the sample odds ratio (``woolf``: of the cells as used; ``miettinen-nurminen``), the conditional maximum
        likelihood estimate (``fisher-exact``), the median unbiased estimate (``mid-p``).

    Raises
    ------
    InputError, UnknownNameError
        As `difference_interval`.

    References
    ----------
    .. [1] Woolf B. On estimating the relation between blood group and disease. Ann Hum Genet 1955;19:251-3.
    .. [2] Cornfield J. A statistical problem arising from retrospective studies. Proc 3rd Berkeley Symp 1956;4:135-48.
    .. [3] Miettinen O, Nurminen M. Comparative analysis of two rates. Stat Med 1985;4:213-26.
    .. [4] Rothman KJ, Greenland S, Lash TL. Modern Epidemiology, 3rd ed. (mid-P).

    Examples
    --------
    >>> low, high = odds_ratio_interval(12, 27, 8, 32)
    >>> f"{low:.2f} to {high:.2f}"
    '0.80 to 7.23'
    >>> low, high = odds_ratio_interval(8, 97, 0, 74, method="fisher-exact")
    >>> f"{low:.2f} to {high:.2f}"
    '1.36 to inf'
    """
    check_name("method", method, ODDS_RATIO_METHODS)
    level = check_level(level)
    arms = check_two_arms(x1, n1, x2, n2)
    lower, upper, estimate = _METHODS[method][1](arms, level)
    return Interval(arms.restore(lower), arms.restore(upper), arms.restore(estimate), level, method)
