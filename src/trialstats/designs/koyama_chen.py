"""Inference after a two-stage trial whose second stage did not have the planned number of patients."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from trialstats.designs.binomial_terms import binomial_pmf, binomial_tail, check_rates, check_whole
from trialstats.designs.two_stage import TwoStageDesign
from trialstats.errors import InputError
from trialstats.intervals.interval import FloatArray, Interval, check_level
from trialstats.intervals.roots import find_roots


@dataclass(frozen=True, slots=True)
class UnplannedSecondStage:
    """Inference for a second stage of another size than planned.

    Attributes
    ----------
    design : TwoStageDesign
        As planned.
    x1, x2, n2 : int
        Responses in the first stage, responses and patients in the second.
    p0 : float
        Null response rate.
    pvalue : float
        One-sided.
    median_unbiased : float
        Rate at which the P value is 1/2.
    interval : Interval
        Rates whose P value lies between alpha/2 and 1 - alpha/2, with the median-unbiased estimate.
    needed : int or None
        Fewest second-stage responses of these n2 patients with which the treatment is called promising, the conditional
        type I error rate kept; None if no number suffices.
    """

    design: TwoStageDesign
    x1: int
    x2: int
    n2: int
    p0: float
    pvalue: float
    median_unbiased: float
    interval: Interval
    needed: int | None


def unplanned_second_stage(
    design: TwoStageDesign, x1: int, x2: int, n2: int, *, p0: float, level: float = 0.95
) -> UnplannedSecondStage:
    """Return Koyama and Chen's inference where the second stage had other than the planned number of patients.

    Let ``A(x1, q) = P(X2 >= r + 1 - x1; q)`` be the planned second stage's probability of success at rate q. The
    observed second stage has the conditional P value ``P(X2 observed or more; p)``; with q(p) the rate at which
    ``A(x1, q(p))`` equals it, ::

        P(p) = sum over y > r1 of P(X1 = y; p) A(y, q(p))

    It is at most the design's type I error rate exactly where the conditional P value is at most ``A(x1, p0)``.
    With the planned n2 and a total of r + 1 responses it is the stagewise P value of `two_stage_pvalue`; with other
    totals the two order the outcomes differently. Once x1 exceeds r the planned second stage could no longer change
    the decision, A is 1 at every rate, and P is the probability of such a first stage, whatever x2 was.

    Parameters
    ----------
    design : TwoStageDesign
        As planned, without a stop for efficacy.
    x1 : int
        Responses in the first stage, more than r1.
    x2, n2 : int
        Responses and patients in the second stage.
    p0 : float
        Null response rate.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    UnplannedSecondStage

    Raises
    ------
    InputError
        If the counts do not fit the design, or p0 or the level is out of range.

    References
    ----------
    .. [1] Koyama T, Chen H. Proper inference from Simon's two-stage designs. Stat Med 2008;27:3145-54. Section 4, and
       the program that the authors publish with it (version of 2021), whose conventions for x1 > r are taken over.

    Examples
    --------
    >>> design = TwoStageDesign(r1=6, n1=19, r=16, n=39)
    >>> result = unplanned_second_stage(design, x1=7, x2=10, n2=23, p0=0.3, level=0.9)
    >>> result.needed, round(result.pvalue, 4)
    (12, 0.0828)
    """
    if not isinstance(design, TwoStageDesign) or design.efficacy1 is not None:
        raise InputError(f"design must be a TwoStageDesign without a stop for efficacy, got {design!r}.")
    x1 = check_whole("x1", x1, design.r1 + 1, design.n1)
    n2 = check_whole("n2", n2, 1)
    x2 = check_whole("x2", x2, 0, n2)
    p0, level = float(check_rates(p0, "p0")), check_level(level)
    if not 0.0 < p0 < 1.0:
        raise InputError(f"p0 must lie strictly between 0 and 1, got {p0:g}.")
    first = np.array(design.continuing)
    need = design.r + 1 - x1  # responses that the planned second stage had to bring

    def pvalues(p: FloatArray) -> FloatArray:
        if need <= 0:
            rate = np.zeros(p.shape)
        elif need > design.n2:
            rate = np.ones(p.shape)
        else:
            # from whichever tail of the observed second stage is smaller
            above, below = binomial_tail(x2, n2, p), binomial_tail(n2 + 1 - x2, n2, 1.0 - p)
            shape = float(need), design.n2 - need + 1.0
            rate = np.where(above < below, special.betaincinv(*shape, above), special.betainccinv(*shape, below))
        success = binomial_tail(design.r + 1 - first, design.n2, rate[:, None])
        return np.asarray((binomial_pmf(first, design.n1, p[:, None]) * success).sum(axis=1))

    tail = (1.0 - level) / 2.0
    target = np.array([tail, 0.5, 1.0 - tail])
    crossings = find_roots(lambda p, rows: pvalues(p) - target[rows], np.zeros(3), np.ones(3))
    low, middle, high = crossings.tolist()
    error = float(binomial_tail(need, design.n2, p0))
    enough = np.flatnonzero(binomial_tail(np.arange(n2 + 1), n2, p0) <= error * (1.0 + 1e-12))
    return UnplannedSecondStage(
        design,
        x1,
        x2,
        n2,
        p0,
        float(pvalues(np.array([p0]))[0]),
        middle,
        Interval(low, high, estimate=middle, level=level, method="koyama-chen"),
        int(enough[0]) if enough.size else None,
    )
