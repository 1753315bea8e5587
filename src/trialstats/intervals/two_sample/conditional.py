"""Tests that condition on both margins: Fisher's exact test and the four ways to make it two-sided."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from types import MappingProxyType

import numpy as np

from trialstats.intervals.interval import FloatArray
from trialstats.intervals.two_sample.hypergeometric import TIE, Support, supports
from trialstats.intervals.two_sample.tables import TwoArms


@dataclass(frozen=True)
class Null:
    """The null distribution of some tables given both margins, and its tails at the observed ones."""

    support: Support

    @cached_property
    def pmf(self) -> FloatArray:
        """The probability of every first cell."""
        return self.support.pmf()

    @cached_property
    def observed(self) -> FloatArray:
        """The probability of the observed table."""
        return self.support.observed(self.pmf)[:, 0]

    @cached_property
    def less(self) -> FloatArray:
        """Lower tail with the observed table."""
        return self.mass(self.support.columns <= self.support.column)

    @cached_property
    def greater(self) -> FloatArray:
        """Upper tail with the observed table."""
        return self.mass(self.support.columns >= self.support.column)

    @cached_property
    def mid_p_less(self) -> FloatArray:
        """Lower tail with half of the observed table."""
        return self.mass(self.support.columns < self.support.column) + 0.5 * self.observed

    @cached_property
    def mid_p_greater(self) -> FloatArray:
        """Upper tail with half of the observed table."""
        return self.mass(self.support.columns > self.support.column) + 0.5 * self.observed

    def mass(self, where: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> FloatArray:
        """Return the probability of some first cells of each table."""
        mass: FloatArray = np.einsum("ij,ij->i", self.pmf, where)
        return mass


Rule = Callable[[Null], FloatArray]

less: Rule = attrgetter("less")
greater: Rule = attrgetter("greater")
mid_p_less: Rule = attrgetter("mid_p_less")
mid_p_greater: Rule = attrgetter("mid_p_greater")


def conditional_pvalue(arms: TwoArms, rule: Rule) -> FloatArray:
    """Apply one rule to the null distribution of every table."""
    out = np.empty(len(arms))
    for support in supports(arms):
        out[support.rows] = rule(Null(support))
    return np.minimum(out, 1.0)


def conditional_pvalues(arms: TwoArms) -> dict[tuple[str, int], FloatArray]:
    """Return the P values of all these tests from one null distribution: by name, and 2 or 1 for the sides.

    One-sided ones are in the direction of the table.
    """
    out = {(name, sided): np.empty(len(arms)) for name in TWO_SIDED for sided in (2, 1)}
    upwards = arms.cross > 0
    for support in supports(arms):
        null, up = Null(support), upwards[support.rows]
        for name, rule in TWO_SIDED.items():
            out[name, 2][support.rows] = rule(null)
        one_sided = np.where(up, null.greater, null.less)
        for name in TWO_SIDED:
            out[name, 1][support.rows] = one_sided
        out["fisher-mid-p", 1][support.rows] = np.where(up, null.mid_p_greater, null.mid_p_less)
    return {key: np.minimum(values, 1.0) for key, values in out.items()}


def minlike(null: Null) -> FloatArray:
    """All tables no more probable than the observed one."""
    return null.mass(null.pmf <= null.observed[:, None] * TIE)


def central(null: Null) -> FloatArray:
    """Twice the smaller tail."""
    return 2.0 * np.minimum(null.less, null.greater)


def mid_p(null: Null) -> FloatArray:
    """Twice the smaller tail, with half of the observed table."""
    return 2.0 * np.minimum(null.mid_p_less, null.mid_p_greater)


def blaker(null: Null) -> FloatArray:
    """All tables whose smaller tail is no larger than that of the observed one."""
    tail = np.minimum(np.cumsum(null.pmf, axis=1), np.cumsum(null.pmf[:, ::-1], axis=1)[:, ::-1])
    return null.mass(tail <= null.support.observed(tail) * TIE)


TWO_SIDED: Mapping[str, Rule] = MappingProxyType(
    {"fisher": minlike, "fisher-central": central, "fisher-mid-p": mid_p, "fisher-blaker": blaker}
)
"""The ways to make the test two-sided, by name."""
