"""Tests that condition on both margins: Fisher's exact test and the four ways to make it two-sided."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from trialstats.intervals.interval import FloatArray
from trialstats.intervals.two_sample.hypergeometric import TIE, Support, supports
from trialstats.intervals.two_sample.tables import TwoArms

Rule = Callable[[Support, FloatArray], FloatArray]


def conditional_pvalue(arms: TwoArms, rule: Rule) -> FloatArray:
    """Apply one rule to the null distribution of every table."""
    out = np.empty(len(arms))
    for support in supports(arms):
        out[support.rows] = rule(support, support.pmf())
    return np.minimum(out, 1.0)


def conditional_pvalues(arms: TwoArms) -> dict[tuple[str, int], FloatArray]:
    """Return the P values of all these tests from one null distribution: by name, and 2 or 1 for the sides.

    One-sided ones are in the direction of the table.
    """
    out = {(name, sided): np.empty(len(arms)) for name in TWO_SIDED for sided in (2, 1)}
    upwards = arms.cross > 0
    for support in supports(arms):
        pmf, up = support.pmf(), upwards[support.rows]
        for name, rule in TWO_SIDED.items():
            out[name, 2][support.rows] = rule(support, pmf)
        one_sided = np.where(up, greater(support, pmf), less(support, pmf))
        for name in TWO_SIDED:
            out[name, 1][support.rows] = one_sided
        out["fisher-mid-p", 1][support.rows] = np.where(up, mid_p_greater(support, pmf), mid_p_less(support, pmf))
    return {key: np.minimum(values, 1.0) for key, values in out.items()}


def _mass(pmf: FloatArray, where: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> FloatArray:
    mass: FloatArray = np.einsum("ij,ij->i", pmf, where)
    return mass


def less(support: Support, pmf: FloatArray) -> FloatArray:
    """Lower tail with the observed table."""
    return _mass(pmf, support.columns <= support.column)


def greater(support: Support, pmf: FloatArray) -> FloatArray:
    """Upper tail with the observed table."""
    return _mass(pmf, support.columns >= support.column)


def mid_p_less(support: Support, pmf: FloatArray) -> FloatArray:
    """Lower tail with half of the observed table."""
    return _mass(pmf, support.columns < support.column) + 0.5 * support.observed(pmf)[:, 0]


def mid_p_greater(support: Support, pmf: FloatArray) -> FloatArray:
    """Upper tail with half of the observed table."""
    return _mass(pmf, support.columns > support.column) + 0.5 * support.observed(pmf)[:, 0]


def minlike(support: Support, pmf: FloatArray) -> FloatArray:
    """All tables no more probable than the observed one."""
    return _mass(pmf, pmf <= support.observed(pmf) * TIE)


def central(support: Support, pmf: FloatArray) -> FloatArray:
    """Twice the smaller tail."""
    return 2.0 * np.minimum(less(support, pmf), greater(support, pmf))


def mid_p(support: Support, pmf: FloatArray) -> FloatArray:
    """Twice the smaller tail, with half of the observed table."""
    return 2.0 * np.minimum(mid_p_less(support, pmf), mid_p_greater(support, pmf))


def blaker(support: Support, pmf: FloatArray) -> FloatArray:
    """All tables whose smaller tail is no larger than that of the observed one."""
    tail = np.minimum(np.cumsum(pmf, axis=1), np.cumsum(pmf[:, ::-1], axis=1)[:, ::-1])
    return _mass(pmf, tail <= support.observed(tail) * TIE)


TWO_SIDED: Mapping[str, Rule] = MappingProxyType(
    {"fisher": minlike, "fisher-central": central, "fisher-mid-p": mid_p, "fisher-blaker": blaker}
)
"""The ways to make the test two-sided, by name."""
