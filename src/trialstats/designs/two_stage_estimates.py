"""Estimates, intervals and P values after a two-stage trial, from its exact sample space."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from trialstats.designs.binomial_terms import check_rates
from trialstats.designs.sample_space import TWO_STAGE_ORDERINGS, SampleSpace, sample_space
from trialstats.designs.two_stage import TwoStageDesign
from trialstats.errors import InputError, check_name
from trialstats.intervals.binomial import binomial_interval
from trialstats.intervals.interval import FloatArray, Interval, check_level, plain

TWO_STAGE_ESTIMATES: Mapping[str, str] = MappingProxyType(
    {
        "plain": "share of responses: maximum likelihood, as if the number of patients had been fixed",
        "umvue": "uniformly minimum-variance unbiased (Girshick, Mosteller and Savage 1946; Jung and Kim 2004)",
        "umvcue": "the same, unbiased given that the second stage was reached; NaN without it (Pepe 2009)",
        "bias-adjusted": "the rate at which the expected plain estimate is the observed one (Whitehead 1986; Chang, "
        "Wieand and Chang 1989)",
        "bias-reduced": "plain less its bias at the plain estimate (Guo and Liu 2005)",
        "median-unbiased": "the rate at which an outcome at least as high has probability 1/2 (Koyama and Chen 2008)",
    }
)
"""The menu: name of an estimate -> its meaning in one line; read-only."""

TWO_STAGE_INTERVALS: Mapping[str, str] = MappingProxyType(
    {
        "clopper-pearson": "as if the number of patients had been fixed: not exact after two stages",
        "jennison-turnbull": "equal tails, stagewise ordering (Jennison and Turnbull 1983)",
        "atkinson-brown": "equal tails, ordering by responses (Atkinson and Brown 1985)",
        "mle-ordering": "equal tails, ordering by share of responses",
        "umvue-ordering": "equal tails, ordering by the unbiased estimate (Jung 2006)",
        "mid-p": "as jennison-turnbull with half the probability of the outcome itself in each tail",
        "koyama-chen": "rates whose stagewise P value lies between alpha/2 and 1 - alpha/2 (Koyama and Chen 2008)",
    }
)
"""The menu: name of an interval -> its meaning in one line; read-only."""

_ORDERING_OF = {"atkinson-brown": "responses", "mle-ordering": "mle", "umvue-ordering": "umvue"}


def two_stage_estimate(
    design: TwoStageDesign, responses: ArrayLike, *, stage: int | None = None, method: str = "umvue"
) -> Any:
    """Return an estimate of the response rate after a two-stage trial.

    With s the plain share of responses, and m(p) its mean over the sample space at a rate p: ``bias-adjusted`` solves
    ``m(p) = s``; ``bias-reduced`` is ``2 s - m(s)``; ``median-unbiased`` solves ``P(at least as high; p) = 1/2`` in
    the stagewise ordering, and is 0 with no response; ``umvue`` is the expected share among the first n1 patients
    given the responses in all.

    Parameters
    ----------
    design : TwoStageDesign
    responses : array_like of int
        Responses in all.
    stage : {1, 2}, optional
        Stage at which the trial stopped; needed only where the design can end with these responses at either.
    method : str, default "umvue"
        A name of `TWO_STAGE_ESTIMATES`.

    Returns
    -------
    float or ndarray

    Raises
    ------
    InputError
        If the design cannot end so, or there is no such estimate.

    References
    ----------
    .. [1] Jung SH, Kim KM. On the estimation of the binomial probability in multistage clinical trials. Stat Med
       2004;23:881-96.
    .. [2] Whitehead J. On the bias of maximum likelihood estimation following a sequential test. Biometrika
       1986;73:573-81.
    .. [3] Chang MN, Wieand HS, Chang VT. The bias of the sample proportion following a group sequential phase II
       clinical trial. Stat Med 1989;8:563-70.
    .. [4] Guo HY, Liu A. A simple and efficient bias-reduced estimator of response probability following a group
       sequential phase II trial. J Biopharm Stat 2005;15:773-81.
    .. [5] Pepe MS, Feng Z, Longton G, Koopmeiners J. Conditional estimation of sensitivity and specificity from a
       phase 2 biomarker study allowing early termination for futility. Stat Med 2009;28:762-79.
    .. [6] Koyama T, Chen H. Proper inference from Simon's two-stage designs. Stat Med 2008;27:3145-54.

    Examples
    --------
    >>> two_stage_estimate(TwoStageDesign(0, 3, 2, 6), [0, 1, 3]).round(4)
    array([0.    , 0.3333, 0.5263])
    """
    space, i = _outcomes(design, responses, stage)
    check_name("estimate after two stages", method, TWO_STAGE_ESTIMATES)
    value = space.plain[i]
    if method == "umvue":
        value = np.array([float(space.umvue[k]) for k in i.ravel()])
    elif method == "umvcue":
        value = np.array([float(v) if (v := space.umvcue[k]) is not None else np.nan for k in i.ravel()])
    elif method == "bias-reduced":
        value = 2.0 * value - space.probabilities(value) @ space.plain
    elif method == "bias-adjusted":
        flat = value.ravel()
        value = space.crossing(np.broadcast_to(space.plain, (flat.size, space.plain.size)), flat, rising=True)
        value = np.where(flat == 1.0, 1.0, value)  # only a rate of 1 makes every patient respond
    elif method == "median-unbiased":
        ranks = space.ranks("stagewise")
        value = space.crossing((ranks >= ranks[i.ravel(), None]).astype(np.float64), np.full(i.size, 0.5), rising=True)
    return plain(np.reshape(value, i.shape))


def two_stage_interval(
    design: TwoStageDesign,
    responses: ArrayLike,
    *,
    stage: int | None = None,
    level: float = 0.95,
    method: str = "jennison-turnbull",
) -> Interval:
    """Return a confidence interval of the response rate after a two-stage trial.

    With 1 - level = alpha, the limits of an equal-tailed interval solve ::

        P(at least as high; lower limit) = alpha/2,  P(at most as high; upper limit) = alpha/2

    in an ordering of the sample space. Koyama and Chen take the rates whose one-sided P value lies between
    alpha/2 and 1 - alpha/2: the lower limit is the same, the upper one lower, for it solves
    ``P(less high; upper limit) = alpha/2`` and leaves the outcome itself out of its tail. After a design
    without a stop for efficacy the stagewise ordering and those by responses and by the unbiased estimate are one.

    Parameters
    ----------
    design, responses, stage
        As `two_stage_estimate` takes them.
    level : float, default 0.95
        Confidence level. Koyama and Chen advise 1 - 2 alpha for a design with one-sided alpha.
    method : str, default "jennison-turnbull"
        A name of `TWO_STAGE_INTERVALS`.

    Returns
    -------
    Interval
        With the plain estimate. A limit is NaN where no rate solves its equation: the upper limit of ``koyama-chen``
        with no response, and limits of ``atkinson-brown`` and ``mle-ordering`` for outcomes that a stop for efficacy
        makes improbable at every rate.

    Raises
    ------
    InputError
        If the design cannot end so, the level is out of range, or there is no such interval.

    References
    ----------
    .. [1] Jennison C, Turnbull BW. Confidence intervals for a binomial parameter following a multistage test with
       application to MIL-STD 105D and medical trials. Technometrics 1983;25:49-58.
    .. [2] Atkinson EN, Brown BW. Confidence limits for probability of response in multistage phase II clinical trials.
       Biometrics 1985;41:741-4.
    .. [3] Koyama T, Chen H. Proper inference from Simon's two-stage designs. Stat Med 2008;27:3145-54.
    .. [4] Porcher R, Desseaux K. What inference for two-stage phase II trials? BMC Med Res Methodol 2012;12:117.

    Examples
    --------
    >>> design = TwoStageDesign(1, 10, 5, 29)
    >>> low, high = two_stage_interval(design, 6)
    >>> round(low, 4), round(high, 4)
    (0.0859, 0.4548)
    >>> low, high = two_stage_interval(design, 6, method="koyama-chen")
    >>> round(low, 4), round(high, 4)
    (0.0859, 0.4477)
    """
    space, i = _outcomes(design, responses, stage)
    level = check_level(level)
    check_name("interval after two stages", method, TWO_STAGE_INTERVALS)
    estimate = space.plain[i]
    if method == "clopper-pearson":
        found = binomial_interval(space.responses[i], space.patients[i], level=level, method=method)
        lower, upper = np.asarray(found.lower), np.asarray(found.upper)
    else:
        lower, upper = _limits(space, i.ravel(), level, method)
    shaped = (plain(np.reshape(limit, i.shape)) for limit in (lower, upper, estimate))
    low, high, middle = shaped
    return Interval(low, high, estimate=middle, level=level, method=method)


def two_stage_pvalue(
    design: TwoStageDesign, responses: ArrayLike, p0: float, *, stage: int | None = None, ordering: str = "stagewise"
) -> Any:
    """Return the one-sided P value after a two-stage trial: the probability at p0 of an outcome at least as high.

    Parameters
    ----------
    design, responses, stage
        As `two_stage_estimate` takes them.
    p0 : float
        Null response rate.
    ordering : str, default "stagewise"
        A name of `TWO_STAGE_ORDERINGS`.

    Returns
    -------
    float or ndarray

    Raises
    ------
    InputError
        If the design cannot end so, p0 is out of range, or there is no such ordering.

    References
    ----------
    .. [1] Koyama T, Chen H. Proper inference from Simon's two-stage designs. Stat Med 2008;27:3145-54.
    .. [2] Jung SH, Owzar K, George SL, Lee T. P-value calculation for multistage phase II cancer clinical trials.
       J Biopharm Stat 2006;16:765-75.

    Examples
    --------
    >>> round(two_stage_pvalue(TwoStageDesign(1, 10, 5, 29), 6, 0.1), 4)
    0.0471
    """
    space, i = _outcomes(design, responses, stage)
    check_name("ordering", ordering, TWO_STAGE_ORDERINGS)
    ranks = space.ranks(ordering)
    at_least = ranks >= ranks[i.ravel(), None]
    pvalue = at_least @ space.probabilities(check_rates(p0, "p0"))
    return plain(np.minimum(np.reshape(pvalue, i.shape), 1.0))


def two_stage_coverage(
    design: TwoStageDesign, p: ArrayLike, *, level: float = 0.95, method: str = "jennison-turnbull"
) -> Any:
    """Return the exact probability that an interval contains the true response rate.

    Parameters
    ----------
    design : TwoStageDesign
    p : array_like
        True response rate(s).
    level : float, default 0.95
        Nominal level.
    method : str, default "jennison-turnbull"
        A name of `TWO_STAGE_INTERVALS`.

    Returns
    -------
    float or ndarray

    Raises
    ------
    InputError
        If an argument is out of range, or there is no such interval.

    Examples
    --------
    >>> round(two_stage_coverage(TwoStageDesign(1, 10, 5, 29), 0.3), 4)
    0.9884
    """
    rates = check_rates(p)
    space = sample_space(design)
    limits = [np.empty(space.stage.size), np.empty(space.stage.size)]
    for stage in (1, 2):
        at = space.stage == stage
        found = two_stage_interval(design, space.responses[at].astype(int), stage=stage, level=level, method=method)
        limits[0][at], limits[1][at] = found.lower, found.upper
    inside = (limits[0] <= rates[..., None]) & (rates[..., None] <= limits[1])
    return plain(np.sum(space.probabilities(rates) * inside, axis=-1))


def _limits(space: SampleSpace, i: NDArray[np.int64], level: float, method: str) -> tuple[FloatArray, FloatArray]:
    ranks = space.ranks(_ORDERING_OF.get(method, "stagewise"))
    own = ranks[i, None]
    higher, same, below = (np.asarray(part, dtype=np.float64) for part in (ranks > own, ranks == own, ranks < own))
    tail = np.full(i.size, (1.0 - level) / 2.0)
    if method == "mid-p":
        return (
            space.crossing(higher + same / 2.0, tail, rising=True),
            space.crossing(below + same / 2.0, tail, rising=False),
        )
    lower = space.crossing(higher + same, tail, rising=True)
    if method == "koyama-chen":
        return lower, space.crossing(below, tail, rising=False)
    return lower, space.crossing(below + same, tail, rising=False)


def _outcomes(design: TwoStageDesign, responses: ArrayLike, stage: int | None) -> tuple[SampleSpace, NDArray[np.int64]]:
    if not isinstance(design, TwoStageDesign):
        raise InputError(f"design must be a TwoStageDesign, got {design!r}.")
    space = sample_space(design)
    counts = np.asarray(responses)
    if counts.dtype.kind not in "iu":
        raise InputError(f"responses must be whole numbers, got {responses!r}.")
    index = [space.index(int(count), stage) for count in counts.ravel()]
    return space, np.array(index, dtype=np.int64).reshape(counts.shape)
