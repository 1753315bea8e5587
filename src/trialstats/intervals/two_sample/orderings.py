"""How unconditional tests order tables: by a z or by Fisher's P, and by whole numbers where floats cannot decide."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trialstats.intervals.interval import FloatArray
from trialstats.intervals.two_sample import conditional
from trialstats.intervals.two_sample.hypergeometric import TIE, Support
from trialstats.intervals.two_sample.tables import TwoArms

Table = tuple[int, int, int, int]
Ordering = Callable[[Table, Support, FloatArray, str], NDArray[np.bool_]]
"""Observed table, all tables of some margins, their probabilities, alternative (two-sided, greater) -> as extreme?"""

_NEAR = 1e-9  # relative; values closer than this are compared as fractions


def _near(values: FloatArray, observed: float, support: Support) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Cells whose value is too near the observed one for floating point to order them."""
    inside = support.cells <= support.high[:, None]
    with np.errstate(invalid="ignore"):
        near = np.abs(values - observed) <= _NEAR * abs(observed)
    rows, columns = np.nonzero(near & inside & np.isfinite(values) & (values != 0.0))
    return rows, columns


def _by_z(table: Table, support: Support, pmf: FloatArray, alternative: str, *, pooled: bool) -> NDArray[np.bool_]:
    """Tables with a z at least as great as the observed one; z is 0 where numerator and variance are both 0."""
    _, n1, _, n2 = table
    signed = alternative != "two-sided"
    observed = _z_square(*table, signed, pooled)
    x1, x2 = support.cells, support.events[:, None] - support.cells
    cross, variance = x1 * n2 - x2 * n1, _variance(x1, n1, x2, n2, pooled)
    square = np.divide(cross**2, variance, out=np.full_like(cross, np.inf), where=variance > 0)
    square[cross == 0] = 0.0
    if signed:
        square = np.copysign(square, cross)
    extreme: NDArray[np.bool_] = square >= float(observed)
    if isinstance(observed, Fraction):
        for i, k in zip(*_near(square, float(observed), support), strict=True):
            extreme[i, k] = _z_square(int(x1[i, k]), n1, int(x2[i, k]), n2, signed, pooled) >= observed
    return extreme


def _variance(x1: Any, n1: Any, x2: Any, n2: Any, pooled: bool) -> Any:
    # of p1 - p2, up to a factor that all tables of one pair of arm sizes share
    if pooled:
        return (x1 + x2) * (n1 + n2 - x1 - x2)
    return x1 * (n1 - x1) * n2**3 + x2 * (n2 - x2) * n1**3


def _z_square(x1: int, n1: int, x2: int, n2: int, signed: bool, pooled: bool) -> Fraction | float:
    """Square z exactly: a fraction or infinity, with the sign of z if that matters."""
    cross, variance = x1 * n2 - x2 * n1, _variance(x1, n1, x2, n2, pooled)
    sign = -1 if signed and cross < 0 else 1
    if variance:
        return Fraction(sign * cross**2, variance)
    return sign * math.inf if cross else Fraction(0)


def _by_fisher(table: Table, support: Support, pmf: FloatArray, alternative: str) -> NDArray[np.bool_]:
    """Tables with a Fisher P no greater than the observed one."""
    x1, n1, x2, n2 = table
    observed = _fisher_fraction(x1, n1, n2, x1 + x2, alternative)
    pvalue = _fisher_of_all(pmf, alternative)
    extreme: NDArray[np.bool_] = pvalue <= float(observed)
    if observed == 1:
        extreme[:] = True
    else:
        for i, k in zip(*_near(pvalue, float(observed), support), strict=True):
            here = _fisher_fraction(int(support.low[i] + k), n1, n2, int(support.events[i]), alternative)
            extreme[i, k] = here <= observed
    return extreme


def _fisher_of_all(pmf: FloatArray, alternative: str) -> FloatArray:
    """Fisher's P of every table of every margin."""
    if alternative == "greater":
        return np.cumsum(pmf[:, ::-1], axis=1)[:, ::-1]
    order = np.argsort(pmf, axis=1)
    ranked = np.take_along_axis(pmf, order, axis=1)
    total = np.cumsum(ranked, axis=1)
    # the distribution rises and falls strictly, so at most two tables share a probability
    tied = ranked[:, 1:] <= ranked[:, :-1] * TIE
    total[:, :-1] = np.where(tied, total[:, 1:], total[:, :-1])
    pvalue = np.empty_like(pmf)
    np.put_along_axis(pvalue, order, total, axis=1)
    return pvalue


@lru_cache(maxsize=256)
def _fisher_fraction(x1: int, n1: int, n2: int, events: int, alternative: str) -> Fraction:
    """Fisher's P as a fraction, by whole numbers only."""
    low, high = max(0, events - n2), min(n1, events)
    weights = [math.comb(n1, low) * math.comb(n2, events - low)]
    for k in range(low, high):
        weights.append(weights[-1] * (n1 - k) * (events - k) // ((k + 1) * (n2 - events + k + 1)))
    observed = weights[x1 - low]
    tail = weights[x1 - low :] if alternative == "greater" else [weight for weight in weights if weight <= observed]
    return Fraction(sum(tail), sum(weights))


def _z(arms: TwoArms, alternative: str, *, pooled: bool) -> FloatArray:
    variance = _variance(arms.x1, arms.n1, arms.x2, arms.n2, pooled)
    scale = arms.n1 * arms.n2 / arms.total if pooled else 1.0 / (arms.n1 * arms.n2)
    with np.errstate(divide="ignore", invalid="ignore"):
        z: FloatArray = arms.cross / np.sqrt(variance * scale)
    return np.where(arms.cross == 0, 0.0, z)


def _fisher(arms: TwoArms, alternative: str, *, central: bool) -> FloatArray:
    if central and alternative == "two-sided":
        return np.minimum(*(_fisher(arms, side, central=True) for side in ("less", "greater")))
    rule = {"less": conditional.less, "greater": conditional.greater, "two-sided": conditional.minlike}[alternative]
    return conditional.conditional_pvalue(arms, rule)


ORDERINGS: Mapping[str, tuple[Ordering, Callable[[TwoArms, str], FloatArray]]] = {
    "barnard-pooled": (partial(_by_z, pooled=True), partial(_z, pooled=True)),
    "barnard-unpooled": (partial(_by_z, pooled=False), partial(_z, pooled=False)),
    "boschloo": (_by_fisher, partial(_fisher, central=False)),
    "boschloo-central": (_by_fisher, partial(_fisher, central=True)),
}
"""The ordering of each test, and the statistic it reports."""
