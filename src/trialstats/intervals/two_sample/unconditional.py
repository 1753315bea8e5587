"""Unconditional exact tests (Barnard, Boschloo): exact ordering of tables, refined maximum over the nuisance rate.

Both fix only the arm sizes. Tables are ordered by a statistic, and P is the largest probability, over the common rate,
of a table at least as extreme as the observed one. Grouped by the margin m of all events, that probability is
``sum_m h(m) Binomial(m; N, rate)`` with ``h(m)`` the conditional probability of rejection given m: a polynomial in
Bernstein form, cheap to evaluate however many tables there are.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.special import bdtr, gammaln, xlog1py, xlogy

from trialstats.errors import InputError
from trialstats.intervals.interval import FloatArray
from trialstats.intervals.two_sample.hypergeometric import supports
from trialstats.intervals.two_sample.orderings import ORDERINGS, Ordering, Table
from trialstats.intervals.two_sample.tables import TwoArms

MOST_TABLES = 10**7

# At a rate of 0 or 1 there is one table only, without a z. As in R's Exact the common rate stays this far inside;
# only P values that would be 1 notice (one-sided, against the observed direction).
_EDGE = 1e-5


def exact_test(arms: TwoArms, alternative: str, method: str) -> tuple[FloatArray, FloatArray]:
    """Return the ordering statistic and the P value of every table."""
    if (many := (arms.n1 + 1) * (arms.n2 + 1) > MOST_TABLES).any():
        n1, n2 = int(arms.n1[many][0]), int(arms.n2[many][0])
        raise InputError(
            f"{method} orders all (n1 + 1)(n2 + 1) tables and accepts at most {MOST_TABLES} of them, "
            f"got n1 = {n1} and n2 = {n2}."
        )
    ordering, statistic = ORDERINGS[method]
    tables = zip(*(map(int, values) for values in (arms.x1, arms.n1, arms.x2, arms.n2)), strict=True)
    pvalue = np.array([_pvalue(table, alternative, ordering, method == "boschloo-central") for table in tables])
    return statistic(arms, alternative), pvalue


def _pvalue(table: Table, alternative: str, ordering: Ordering, central: bool) -> float:
    x1, n1, x2, n2 = table
    if alternative == "two-sided" and central:
        return min(1.0, 2.0 * min(_pvalue(table, side, ordering, True) for side in ("less", "greater")))
    if alternative == "less":
        table, alternative = (x2, n2, x1, n1), "greater"
    return _nuisance_maximum(_conditional_rejection(table, alternative, ordering))


def _conditional_rejection(table: Table, alternative: str, ordering: Ordering) -> FloatArray:
    """Probability of a table at least as extreme, given each possible margin 0..N."""
    _, n1, _, n2 = table
    margins = np.arange(n1 + n2 + 1.0)
    first = np.maximum(0.0, margins - n2)
    every = TwoArms(first, np.full_like(margins, n1), margins - first, np.full_like(margins, n2), margins.shape)
    rejection = np.empty_like(margins)
    for support in supports(every):
        pmf = support.pmf()
        rejection[support.rows] = np.einsum("ij,ij->i", pmf, ordering(table, support, pmf, alternative))
    return np.minimum(rejection, 1.0)


def _nuisance_maximum(rejection: FloatArray) -> float:
    """Largest value of ``sum_m rejection[m] Binomial(m; N, rate)`` over all rates.

    On the angle ``asin(sqrt(rate))`` the polynomial varies on the scale ``1 / (2 sqrt(N))`` everywhere. A grid of a
    fifth of that finds every hump; each is then enlarged 16 times, five times over.
    """
    size = len(rejection) - 1
    m = np.arange(size + 1.0)
    log_comb = -gammaln(m + 1.0) - gammaln(size - m + 1.0)

    def power(angle: FloatArray) -> FloatArray:
        rate = np.sin(angle)[..., None] ** 2
        log_pmf = log_comb + xlogy(m, rate) + xlog1py(size - m, -rate)
        pmf = np.exp(log_pmf - log_pmf.max(axis=-1, keepdims=True))
        value: FloatArray = (pmf @ rejection) / pmf.sum(axis=-1)
        return value

    edge = np.arcsin(np.sqrt(_EDGE))
    grid, step = np.linspace(edge, np.pi / 2.0 - edge, 32 + int(16.0 * np.sqrt(size)), retstep=True)
    values = np.concatenate([power(part) for part in np.array_split(grid, 1 + len(grid) * size // 10**6)])
    padded = np.pad(values, 1, constant_values=-np.inf)
    humps = np.flatnonzero((values >= padded[:-2]) & (values >= padded[2:]))
    centre = grid[humps[np.argsort(values[humps])[-16:]]]
    best = float(values.max())
    for _ in range(5):
        points = np.clip(centre[:, None] + float(step) * np.linspace(-1.0, 1.0, 33), grid[0], grid[-1])
        values, step = power(points), step / 16.0
        top = values.argmax(axis=1)
        centre = points[np.arange(len(points)), top]
        best = max(best, float(values.max()))
    return min(best, 1.0)


MOST_PATIENTS = 200
"""Patients of one arm up to which exact limits of a difference are worked out."""


@lru_cache(maxsize=64)
def exact_difference(table: Table, level: float) -> tuple[float, float]:
    """Return the exact unconditional limits of a difference of proportions, two tails of the difference itself.

    The limits that SAS prints by default where exact ones are asked for: each is the difference at which tables with
    a difference as large as the observed one, or larger, have half of what the level leaves, at the worst rate.

    Parameters
    ----------
    table : tuple of int
        Counts and sizes of both arms: x1, n1, x2, n2.
    level : float

    References
    ----------
    .. [1] Santner TJ, Snell MK. Small-sample confidence intervals for p1 - p2 and p1/p2 in 2 x 2 contingency tables.
       J Am Stat Assoc 1980;75:386-94.

    Examples
    --------
    >>> low, high = exact_difference((9, 12, 4, 11), 0.95)
    >>> print(f"{low:.4f} {high:.4f}")
    -0.0497 0.7208
    """
    x1, n1, x2, n2 = table
    low = _limit(table, (1 - level) / 2)
    return low, -_limit((x2, n2, x1, n1), (1 - level) / 2)


def _limit(table: Table, tail: float) -> float:
    """Return the least difference at which one as large as the observed has a probability of a tail."""
    x1, n1, x2, n2 = table
    observed = x1 / n1 - x2 / n2
    first = np.arange(n1 + 1.0)
    # All tables with so many events in the first arm and at most so many in the second.
    most = np.floor(n2 * (first / n1 - observed) + _TIE)
    low, high = -1.0, observed
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _worst(most, n1, n2, middle) < tail else (low, middle)
    return (low + high) / 2


_TIE = 1e-9
_HALVINGS = 30
_RATES = 201


def _worst(most: FloatArray, n1: int, n2: int, difference: float) -> float:
    """Return the largest probability of the tables, over the rate of the second arm."""
    low, high = max(0.0, -difference), min(1.0, 1.0 - difference)
    best = 0.0
    for _ in range(2):
        rates = np.linspace(low, high, _RATES)
        values = _probability(most, n1, n2, rates + difference, rates)
        at = int(values.argmax())
        best = max(best, float(values[at]))
        low, high = rates[max(at - 1, 0)], rates[min(at + 1, _RATES - 1)]
    return best


def _probability(most: FloatArray, n1: int, n2: int, first: FloatArray, second: FloatArray) -> FloatArray:
    x = np.arange(n1 + 1.0)
    log_comb = gammaln(n1 + 1.0) - gammaln(x + 1.0) - gammaln(n1 - x + 1.0)
    rate = np.clip(first, 0.0, 1.0)[:, None]
    pmf = np.exp(log_comb + xlogy(x, rate) + xlog1py(n1 - x, -rate))
    below = np.where(most < 0, 0.0, bdtr(np.clip(most, 0, n2), n2, np.clip(second, 0.0, 1.0)[:, None]))
    total: FloatArray = (pmf * below).sum(axis=1)
    return total
