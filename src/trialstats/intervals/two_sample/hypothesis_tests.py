"""Tests of two proportions against each other: one function, one menu."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import erfc, ndtr, xlog1py

from trialstats.errors import check_name
from trialstats.intervals.interval import FloatArray
from trialstats.intervals.two_sample import conditional
from trialstats.intervals.two_sample.orderings import ORDERINGS
from trialstats.intervals.two_sample.tables import TwoArms, check_two_arms
from trialstats.intervals.two_sample.unconditional import exact_test

TWO_PROPORTION_TESTS: Mapping[str, str] = MappingProxyType(
    {
        "pearson": "Pearson's chi-square without correction (the pooled z test, squared)",
        "pearson-n-1": "Pearson's chi-square times (N - 1)/N (E. Pearson; Campbell)",
        "pearson-yates": "Pearson's chi-square with Yates's correction, at most |observed - expected|",
        "likelihood-ratio": "likelihood-ratio chi-square G",
        "fisher": "Fisher's exact test; two-sided: all tables no more probable than the observed (R, SAS, scipy)",
        "fisher-central": "Fisher's exact test; two-sided: twice the smaller tail",
        "fisher-mid-p": "Fisher's test with half the observed table; two-sided: twice the smaller tail",
        "fisher-blaker": "Fisher's exact test; two-sided: all tables with a smaller tail no larger than the observed",
        "barnard-pooled": "Barnard's unconditional exact test, tables ordered by the pooled z",
        "barnard-unpooled": "Barnard's unconditional exact test, tables ordered by the unpooled z",
        "boschloo": "Boschloo's unconditional exact test, tables ordered by the P of `fisher` (R Exact, exact2x2)",
        "boschloo-central": "Boschloo's test; two-sided: twice the smaller one-sided P (scipy)",
    }
)

_ALTERNATIVES = ("two-sided", "less", "greater")


@dataclass(frozen=True, slots=True)
class TestResult:
    """A test of two proportions; ``float(result)`` is its P value.

    Attributes
    ----------
    statistic : float or ndarray
        Chi-square for the four chi-square tests; the sample odds ratio for Fisher's tests; z for Barnard's; the
        Fisher P by which tables are ordered for Boschloo's.
    pvalue : float or ndarray
        The P value.
    method, alternative : str
        Names as asked for.

    Examples
    --------
    >>> float(TestResult(3.84, 0.05, "pearson", "two-sided"))
    0.05
    """

    __test__ = False  # the name starts with Test: keep pytest from collecting it

    statistic: Any
    pvalue: Any
    method: str
    alternative: str

    def __float__(self) -> float:
        return float(self.pvalue)


_Answer = tuple[FloatArray, FloatArray]


def _chi_square(arms: TwoArms, alternative: str, statistic: Callable[[TwoArms], FloatArray]) -> _Answer:
    chi2 = statistic(arms)
    if alternative == "two-sided":
        return chi2, erfc(np.sqrt(0.5 * chi2))
    z = np.copysign(np.sqrt(chi2), arms.cross)
    return chi2, ndtr(-z if alternative == "greater" else z)


def _pearson(arms: TwoArms, correction: float = 0.0) -> FloatArray:
    # sum (O - E)^2 / E = N (|x1 n2 - x2 n1| - correction N)^2 / (n1 n2 m (N - m)); 0 where a margin is empty
    gap = np.maximum(np.abs(arms.cross) - correction * arms.total, 0.0) / arms.n1 / arms.n2
    some = (arms.events > 0) & (arms.events < arms.total)
    return np.divide(gap**2, arms.pooled_variance, out=np.zeros_like(gap), where=some)


def _likelihood_ratio(arms: TwoArms) -> FloatArray:
    # sum O log(O/E) - O + E over the cells, with O = E (1 + d) and d from whole numbers: exactly 0 at equal shares
    g = np.zeros(len(arms))
    for side in (arms, arms.failures()):
        for n, cross in ((side.n1, side.cross), (side.n2, -side.cross)):
            d = np.divide(cross, n * side.events, out=np.zeros_like(n), where=side.events > 0)
            g += n * side.events / side.total * (xlog1py(1.0 + d, d) - d)
    return 2.0 * np.maximum(g, 0.0)


def _conditional(
    arms: TwoArms,
    alternative: str,
    two_sided: conditional.Rule,
    less: conditional.Rule = conditional.less,
    greater: conditional.Rule = conditional.greater,
) -> _Answer:
    rule = {"two-sided": two_sided, "less": less, "greater": greater}[alternative]
    return arms.odds_ratio, conditional.conditional_pvalue(arms, rule)


_TESTS: dict[str, Callable[[TwoArms, str], _Answer]] = {
    "pearson": partial(_chi_square, statistic=_pearson),
    "pearson-n-1": partial(_chi_square, statistic=lambda arms: _pearson(arms) * (arms.total - 1.0) / arms.total),
    "pearson-yates": partial(_chi_square, statistic=partial(_pearson, correction=0.5)),
    "likelihood-ratio": partial(_chi_square, statistic=_likelihood_ratio),
    "fisher": partial(_conditional, two_sided=conditional.minlike),
    "fisher-central": partial(_conditional, two_sided=conditional.central),
    "fisher-mid-p": partial(
        _conditional, two_sided=conditional.mid_p, less=conditional.mid_p_less, greater=conditional.mid_p_greater
    ),
    "fisher-blaker": partial(_conditional, two_sided=conditional.blaker),
    **{name: partial(exact_test, method=name) for name in ORDERINGS},
}


def p_values_of_arms(arms: TwoArms, method: str, alternative: str = "two-sided") -> FloatArray:
    """Return the P values of checked tables by one test, see `two_proportion_test`."""
    return _TESTS[method](arms, alternative)[1]


def two_proportion_test(
    x1: ArrayLike,
    n1: ArrayLike,
    x2: ArrayLike,
    n2: ArrayLike,
    *,
    method: str = "fisher",
    alternative: str = "two-sided",
) -> TestResult:
    """Test whether two arms share one proportion.

    Parameters
    ----------
    x1, n1, x2, n2 : int or array_like
        Events and patients of the first and the second arm; arrays broadcast.
    method : str, default "fisher"
        A name of `TWO_PROPORTION_TESTS`.
    alternative : {"two-sided", "less", "greater"}
        ``"greater"``: the first proportion is the greater one.

    Returns
    -------
    TestResult
        With ``.statistic .pvalue .method .alternative``; ``float()`` gives the P value. Where both arms have no
        events, or nothing else, no table is more extreme: P is 1.

    Raises
    ------
    InputError
        If counts are not counts, or an unconditional test has too many tables.
    UnknownNameError
        If the method or the alternative is not on its menu.

    Notes
    -----
    One-sided P values of the chi-square tests take the signed root of the statistic. One-sided, ``fisher``,
    ``fisher-central`` and ``fisher-blaker`` are the same test, and so are ``boschloo`` and ``boschloo-central``.

    References
    ----------
    .. [1] Campbell I. Chi-squared and Fisher-Irwin tests of two-by-two tables with small sample recommendations.
       Stat Med 2007;26:3661-75 (Pearson, N - 1, Yates, Fisher both ways, mid-P).
    .. [2] Fay MP. Confidence intervals that match Fisher's exact or Blaker's exact tests. Biostatistics
       2010;11:373-4 (central, minimum likelihood, Blaker).
    .. [3] Boschloo RD. Raised conditional level of significance for the 2x2-table when testing the equality of two
       probabilities. Stat Neerl 1970;24(1).

    Examples
    --------
    >>> result = two_proportion_test(8, 97, 0, 74)
    >>> f"{result.pvalue:.3f}"
    '0.010'
    >>> f"{float(two_proportion_test(8, 97, 0, 74, method='pearson')):.3f}"
    '0.011'
    >>> two_proportion_test([8, 12], [97, 27], [0, 8], [74, 32], method="fisher-central").pvalue.round(4)
    array([0.0188, 0.1951])
    """
    check_name("method", method, TWO_PROPORTION_TESTS)
    check_name("alternative", alternative, _ALTERNATIVES)
    arms = check_two_arms(x1, n1, x2, n2)
    statistic, pvalue = _TESTS[method](arms, alternative)
    return TestResult(arms.restore(statistic), arms.restore(pvalue), method, alternative)
