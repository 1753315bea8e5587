"""Intervals for one proportion: the menu, and one function for all of them.

Each method is a small function in a file of its family; this file names them, says where each is defined and what can
be relied on, and does what they share: checking input, clipping, scalars and arrays.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from trialstats.errors import InputError, UnknownNameError
from trialstats.intervals.binomial import (
    acceptability,
    bayes,
    casella,
    exact,
    likelihood,
    pratt,
    score,
    transformed,
    wald,
)
from trialstats.intervals.binomial.arrays import evaluate
from trialstats.intervals.binomial.method import COMMON_NAMES, PROPERTIES, BinomialMethod, IntervalFunction
from trialstats.intervals.interval import FloatArray, Interval, check_counts, check_level, check_no_mask

__all__ = ["BINOMIAL_METHODS", "COMMON_NAMES", "METHODS", "BinomialMethod", "binomial_interval", "binomial_method"]


def _row(
    function: IntervalFunction, meaning: str, properties: str, source: str, computed_by: str, max_n: int = 10_000_000
) -> BinomialMethod:
    """Return a row of the menu; a method bears the name of its function."""
    name = function.__name__.replace("_", "-")
    has = {name: name in properties.split() for name in (*PROPERTIES, "closed_form")}
    return BinomialMethod(name, meaning, function, source, computed_by, max_n, **has)


_ROWS = (
    _row(
        wald.wald,
        "estimate ± z standard errors",
        "nested symmetric contains_estimate closed_form",
        "Newcombe 1998, method 1",
        'SAS PROC FREQ (WALD); R binom 1.1-1.1 binom.confint("asymptotic")',
    ),
    _row(
        wald.wald_cc,
        "Wald with continuity correction 1/(2n)",
        "nested symmetric contains_estimate closed_form",
        "Newcombe 1998, method 2",
        'SAS PROC FREQ (WALD(CORRECT)); R DescTools 0.99.59 BinomCI("waldcc")',
    ),
    _row(
        wald.wald_t,
        "Wald with Student's t on n - 1 degrees of freedom",
        "nested symmetric contains_estimate",
        "formula x/n ± t sqrt(p q/n); a t interval of 0/1 data has p q/(n - 1) instead",
        "spreadsheets and general-purpose software; no R package of the reference tables",
    ),
    _row(
        score.wilson,
        "inverted score test",
        "nested symmetric monotone inside contains_estimate closed_form",
        "Wilson 1927; Newcombe 1998, method 3",
        "SAS PROC FREQ (WILSON); R 4.2.2 prop.test(correct=FALSE)",
    ),
    _row(
        score.wilson_cc,
        "inverted score test with continuity correction",
        "nested symmetric monotone inside contains_estimate closed_form",
        "Newcombe 1998, method 4",
        'SAS PROC FREQ (WILSON(CORRECT)); R DescTools 0.99.59 BinomCI("wilsoncc"); prop.test() except at x = n/2',
    ),
    _row(
        score.wilson_modified,
        "Wilson with Poisson limits for the first few counts at either end",
        "nested symmetric monotone inside contains_estimate",
        "Brown, Cai, DasGupta 2001 (there for n <= 100)",
        'R DescTools 0.99.59 BinomCI("modified wilson")',
    ),
    _row(
        exact.clopper_pearson,
        "exact: each tail has at most (1 - level)/2",
        "nested symmetric monotone inside contains_estimate conservative",
        "Clopper, Pearson 1934; Newcombe 1998, method 5",
        "SAS PROC FREQ (EXACT); R 4.2.2 binom.test",
    ),
    _row(
        exact.mid_p,
        "exact tails with half the probability of x itself",
        "nested symmetric monotone inside contains_estimate",
        "Berry, Armitage 1995; Newcombe 1998, method 6",
        "SAS PROC FREQ (MIDP); R exactci 1.4-5 binom.exact(midp=TRUE)",
    ),
    _row(
        acceptability.blaker,
        "exact: smaller tail plus the largest opposite tail not exceeding it",
        "nested symmetric monotone inside contains_estimate conservative",
        "Blaker 2000; hull of the set if it has holes",
        'SAS PROC FREQ (BLAKER); R BlakerCI 1.0-6, exactci 1.4-5 binom.exact("blaker")',
        max_n=100_000,
    ),
    _row(
        acceptability.sterne,
        "exact: total probability of outcomes no more probable than x",
        "nested symmetric monotone inside contains_estimate conservative",
        "Sterne 1954; hull of the set if it has holes",
        'R exactci 1.4-5 binom.exact("minlike")',
        max_n=100_000,
    ),
    _row(
        casella.blyth_still_casella,
        "exact: acceptance regions of the fewest outcomes",
        "symmetric monotone inside contains_estimate conservative",
        "Blyth, Still 1983; Casella 1986; coincident limits at the middle of their range",
        "StatXact; R BlythStillCasellaCI 1.1.0",
        max_n=1000,
    ),
    _row(
        wald.agresti_coull,
        "Wald after adding z²/2 successes and z²/2 failures",
        "symmetric monotone contains_estimate closed_form",
        "Agresti, Coull 1998; Brown, Cai, DasGupta 2001",
        'SAS PROC FREQ (AGRESTICOULL); R binom 1.1-1.1 binom.confint("ac")',
    ),
    _row(
        wald.add4,
        "Wald after adding two successes and two failures at any level",
        "nested symmetric closed_form",
        "Agresti, Coull 1998",
        "R PropCIs 0.3-0 add4ci",
    ),
    _row(
        bayes.jeffreys,
        "equal-tailed posterior, Beta(1/2, 1/2) prior",
        "nested symmetric monotone inside",
        "Brown, Cai, DasGupta 2001, without its rule for the ends",
        "SAS PROC FREQ (JEFFREYS) inside 0 < x < n; qbeta in R",
    ),
    _row(
        bayes.jeffreys_boundary,
        "Jeffreys, with 0 at x = 0 and 1 at x = n",
        "nested symmetric monotone inside contains_estimate",
        "Brown, Cai, DasGupta 2001",
        'SAS PROC FREQ (JEFFREYS); R DescTools 0.99.59 BinomCI("jeffreys")',
    ),
    _row(
        bayes.jeffreys_modified,
        "Jeffreys, with Clopper-Pearson at x = 0, n and an end at x = 1, n - 1",
        "nested symmetric monotone inside contains_estimate",
        "Brown, Cai, DasGupta 2001",
        'R DescTools 0.99.59 BinomCI("modified jeffreys")',
    ),
    _row(
        bayes.jeffreys_hpd,
        "highest posterior density, Beta(1/2, 1/2) prior",
        "nested symmetric monotone inside contains_estimate",
        "Brown, Cai, DasGupta 2001",
        'R binom 1.1-1.1 binom.bayes("highest")',
    ),
    _row(
        bayes.uniform,
        "equal-tailed posterior, uniform prior",
        "nested symmetric monotone inside",
        "Bayes 1763; Gelman et al. 2013",
        "qbeta in R",
    ),
    _row(
        bayes.uniform_hpd,
        "highest posterior density, uniform prior",
        "nested symmetric monotone inside contains_estimate",
        "Gelman et al. 2013",
        'R binom 1.1-1.1 binom.bayes("highest", 1, 1)',
    ),
    _row(
        transformed.arcsine,
        "Wald on asin(sqrt p), kept within the scale",
        "nested symmetric monotone inside contains_estimate closed_form",
        "Brown, Cai, DasGupta 2001, with p = x/n",
        'R survival 3.5-3 survfit(conf.type="arcsin") without censoring',
    ),
    _row(
        transformed.arcsine_anscombe,
        "Wald on asin(sqrt p) at (x + 3/8)/(n + 3/4), not kept within the scale",
        "symmetric inside closed_form",
        "Anscombe 1948; Brown, Cai, DasGupta 2001",
        'R DescTools 0.99.59 BinomCI("arcsine")',
    ),
    _row(
        transformed.logit,
        "Wald on log(p/q), Clopper-Pearson at x = 0, n",
        "nested symmetric inside contains_estimate closed_form",
        "Brown, Cai, DasGupta 2001",
        'SAS PROC FREQ (LOGIT); R binom 1.1-1.1 binom.confint("logit")',
    ),
    _row(
        transformed.probit,
        "Wald on the normal quantile of p, Clopper-Pearson at x = 0, n",
        "nested symmetric inside contains_estimate closed_form",
        "delta method",
        'R binom 1.1-1.1 binom.confint("probit")',
    ),
    _row(
        transformed.cloglog,
        "Wald on log(-log p), Clopper-Pearson at x = 0, n",
        "nested inside contains_estimate closed_form",
        "Kalbfleisch, Prentice 1980",
        'R binom 1.1-1.1 binom.confint("cloglog")',
    ),
    _row(
        transformed.log,
        "Wald on log p; the point 1 at x = n, Clopper-Pearson at x = 0",
        "nested contains_estimate closed_form",
        "delta method; the rule at x = 0 is ours",
        'R survival 3.5-3 survfit(conf.type="log") without censoring, x > 0',
    ),
    _row(
        likelihood.likelihood_ratio,
        "constant deviance",
        "nested symmetric monotone inside contains_estimate",
        "Newcombe 1998, method 7; Brown, Cai, DasGupta 2001",
        'SAS PROC FREQ (LIKELIHOODRATIO); R binom 1.1-1.1 binom.confint("lrt")',
    ),
    _row(
        pratt.pratt,
        "closed-form approximation to Clopper-Pearson",
        "nested inside closed_form",
        "Pratt 1968; Blyth 1986; lower limit as DescTools has it, from n - x - 1 failures",
        'R DescTools 0.99.59 BinomCI("pratt")',
    ),
    _row(
        score.scas,
        "score test corrected for skewness",
        "nested symmetric monotone inside contains_estimate closed_form",
        "Laud 2017",
        "R ratesci 1.0.0 rateci()$scas",
    ),
)

METHODS: Mapping[str, BinomialMethod] = MappingProxyType({row.name: row for row in _ROWS})
"""Every interval for one proportion, with its function, source and properties."""

BINOMIAL_METHODS: Mapping[str, str] = MappingProxyType({row.name: row.meaning for row in _ROWS})
"""Every interval for one proportion: name and one-line meaning."""


def binomial_method(name: str) -> BinomialMethod:
    """Return what is known of one interval for a proportion: its source, who computes it, and what can be relied on.

    Parameters
    ----------
    name : str
        A name of `BINOMIAL_METHODS`.

    Returns
    -------
    BinomialMethod
        ``.meaning .source .computed_by .max_n``, and the properties ``.nested .symmetric .monotone .inside
        .contains_estimate .conservative .closed_form``.

    Raises
    ------
    UnknownNameError
        If the method is not on the menu.

    Examples
    --------
    >>> row = binomial_method("blaker")
    >>> row.conservative, row.max_n
    (True, 100000)
    >>> [name for name in BINOMIAL_METHODS if not binomial_method(name).symmetric]
    ['cloglog', 'log', 'pratt']
    """
    if name not in METHODS:
        raise UnknownNameError("method", name, METHODS, COMMON_NAMES)
    return METHODS[name]


def binomial_interval(
    x: ArrayLike, n: ArrayLike, *, level: float = 0.95, method: str = "clopper-pearson", clip: bool = True
) -> Interval:
    """Interval for a proportion.

    Parameters
    ----------
    x, n : int or array_like of int
        Successes and total; arrays broadcast against each other.
    level : float, default 0.95
        Two-sided confidence level (or posterior probability), strictly between 0 and 1.
    method : str, default "clopper-pearson"
        A name of `BINOMIAL_METHODS`; `binomial_method` says what can be relied on.
    clip : bool, default True
        Cut limits to [0, 1]. Some methods (Wald, Agresti-Coull, log) can lie outside.

    Returns
    -------
    Interval
        Unpacks as ``lower, upper``. Floats for scalar input, else arrays; ``estimate`` is x/n.

    Raises
    ------
    InputError
        If counts or level are impossible or masked, or n is beyond what the method computes.
    UnknownNameError
        If the method is not on the menu.

    References
    ----------
    Each row of `METHODS` names its own source. Reviews: Newcombe RG (1998) Stat Med 17:857-872;
    Brown LD, Cai TT, DasGupta A (2001) Stat Sci 16:101-133.

    Examples
    --------
    >>> lower, upper = binomial_interval(8, 32)
    >>> round(lower, 4), round(upper, 4)
    (0.1146, 0.434)
    >>> binomial_interval([0, 8, 32], 32, method="wilson").upper.round(3)
    array([0.107, 0.421, 1.   ])
    """
    row, level = binomial_method(method), check_level(level)
    check_no_mask(x=x, n=n)

    def fill(x: ArrayLike, n: ArrayLike, out: FloatArray) -> None:
        xa, na = check_counts(x, n)
        if (largest := na.max(initial=0.0)) > row.max_n:
            raise InputError(f"n must be at most {row.max_n:,} for method {method!r}, got {largest:.0f}.")
        out[0], out[1] = row.function(xa, na, np.asarray(level))
        if clip:
            np.clip(out[:2], 0.0, 1.0, out=out[:2])
        np.divide(xa, na, out=out[2, ...])

    try:
        lower, upper, estimate = evaluate(fill, x, n, once=not row.closed_form)
    except ValueError as error:
        check_counts(x, n)  # which says what is wrong with the shapes
        raise error
    if not lower.ndim:
        return Interval(float(lower), float(upper), estimate=float(estimate), level=level, method=method)
    return Interval(lower, upper, estimate=estimate, level=level, method=method)
