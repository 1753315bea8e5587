"""Posterior and predictive probabilities of success on the grid of all counts, and the walk of a trial over it.

One arm or two: the grid has an axis per arm. A trial is a walk from look to look; the probability of every state that
still goes on is carried along, so that each decision's probability is an exact finite sum.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trialstats.designs.binomial_terms import SLACK, binomial_pmf
from trialstats.errors import InputError, check_name
from trialstats.intervals.beta import Beta
from trialstats.intervals.beta_binomial import BetaBinomial
from trialstats.intervals.beta_mixture import BetaMixture
from trialstats.intervals.interval import FloatArray
from trialstats.intervals.superiority import prob_greater
from trialstats.intervals.superiority_table import prob_greater_table

SCALES = ("posterior", "predictive")
UNIFORM = Beta(1.0, 1.0)

Decisions = NDArray[np.int8]  # 1: stop for efficacy, -1: stop for futility, 0: go on


@dataclass(frozen=True, slots=True)
class StoppingRule:
    """When an interim look stops the trial.

    A rule for efficacy stops where the probability is at least the threshold, one for futility where it is below.

    Parameters
    ----------
    scale : {"posterior", "predictive"}
        Posterior probability that the rate (or difference of rates) exceeds the reference now, or predictive
        probability that the final analysis will be a success.
    threshold : float
        Probability, above 0 and at most 1.
    reference : float, optional
        Another rate, or margin, than the design's, as in "futile if P(rate > target) < 5 %"; posterior scale only.

    Raises
    ------
    InputError
        If there is no such scale, or the threshold is no probability.

    References
    ----------
    .. [1] Thall PF, Simon R. Practical Bayesian guidelines for phase IIB clinical trials. Biometrics 1994;50:337-49.
    .. [2] Lee JJ, Liu DD. A predictive probability design for phase II cancer clinical trials. Clin Trials
       2008;5:93-106.

    Examples
    --------
    >>> StoppingRule("predictive", 0.05)
    StoppingRule(scale='predictive', threshold=0.05, reference=None)
    """

    scale: str
    threshold: float
    reference: float | None = None

    def __post_init__(self) -> None:
        check_name("scale of a stopping rule", self.scale, SCALES)
        object.__setattr__(self, "threshold", check_threshold("threshold", self.threshold))
        if self.reference is not None:
            if self.scale == "predictive":
                raise InputError("A predictive rule looks ahead to the design's own final analysis; give no reference.")
            check_margin("reference", self.reference)


def check_threshold(name: str, value: float) -> float:
    """Return a probability as a float; refuse what is not above 0 and at most 1."""
    try:
        probability = float(value)
    except (TypeError, ValueError):
        raise InputError(f"{name} must be a probability above 0 and at most 1, got {value!r}.") from None
    if not 0.0 < probability <= 1.0:
        raise InputError(f"{name} must be a probability above 0 and at most 1, got {value!r}.")
    return probability


def check_margin(name: str, value: float) -> None:
    """Refuse a rate, or a difference of rates, that is no number between -1 and 1."""
    try:
        fits = -1.0 < float(value) < 1.0
    except (TypeError, ValueError):
        fits = False
    if not fits:
        raise InputError(f"{name} must be a rate or a difference of rates between -1 and 1, got {value!r}.")


def check_rules(efficacy: object, futility: object) -> None:
    """Refuse a stopping rule that is neither a StoppingRule nor None."""
    for name, rule in (("efficacy", efficacy), ("futility", futility)):
        if rule is not None and not isinstance(rule, StoppingRule):
            raise InputError(f"{name} must be a StoppingRule such as StoppingRule('posterior', 0.05), got {rule!r}.")


@dataclass(frozen=True, slots=True, eq=False)
class Arm:
    """One arm's prior as a mixture of Betas."""

    weights: FloatArray
    a: FloatArray
    b: FloatArray

    @classmethod
    def of(cls, prior: Beta | BetaMixture) -> Arm:
        """Take a prior apart."""
        if isinstance(prior, BetaMixture):
            return cls(prior.weights, np.atleast_1d(prior.components.a), np.atleast_1d(prior.components.b))
        if isinstance(prior, Beta) and np.ndim(prior.a) == 0:
            return cls(np.ones(1), np.atleast_1d(prior.a), np.atleast_1d(prior.b))
        raise InputError(f"A prior must be one Beta or a BetaMixture, got {prior!r}.")

    def posterior(self, n: int) -> tuple[FloatArray, Beta]:
        """Weights and components (axis 1) after each count 0 to n (axis 0)."""
        x = np.arange(n + 1.0)[:, None]
        weights = np.broadcast_to(self.weights, (n + 1, self.weights.size))
        if self.weights.size > 1:
            weights = weights * np.asarray(BetaBinomial(n, self.a, self.b).pmf(x))
            weights = weights / weights.sum(axis=1, keepdims=True)
        return weights, Beta(self.a + x, self.b + n - x)

    def forecast(self, n: int, total: int) -> FloatArray:
        """Predictive probability of each final count (axis 1) after each count among n (axis 0)."""
        weights, posterior = self.posterior(n)
        more = np.arange(total + 1.0) - np.arange(n + 1.0)[:, None]
        ahead = BetaBinomial(total - n, posterior.a[..., None], posterior.b[..., None])
        return np.asarray(np.einsum("xi,xiz->xz", weights, np.asarray(ahead.pmf(more[:, None, :]))))


def posterior_grid(arms: tuple[Arm, ...], sizes: tuple[int, ...], reference: float) -> FloatArray:
    """Posterior probability, for every count, that the rate (first minus second, of two) exceeds the reference."""
    weights, first = arms[0].posterior(sizes[0])
    if len(arms) == 1:
        return np.asarray(np.minimum((weights * first.sf(reference)).sum(axis=1), 1.0))
    others, second = arms[1].posterior(sizes[1])
    if reference:
        arm, other = (Beta(one.a.ravel(), one.b.ravel()) for one in (first, second))
        table = prob_greater_table(arm, other, reference)
        pairs = table.reshape(*first.a.shape, *second.a.shape).transpose(0, 2, 1, 3)
    else:
        pairs = prob_greater(
            Beta(first.a[:, None, :, None], first.b[:, None, :, None]),
            Beta(second.a[None, :, None, :], second.b[None, :, None, :]),
        )
    return np.asarray(np.minimum(np.einsum("xi,yj,xyij->xy", weights, others, np.asarray(pairs)), 1.0))


def predictive_grid(arms: tuple[Arm, ...], sizes: tuple[int, ...], success: FloatArray) -> FloatArray:
    """Predictive probability, for every count, that the final counts fall where `success` is 1."""
    ahead = [arm.forecast(n, total - 1) for arm, n, total in zip(arms, sizes, success.shape, strict=True)]
    reached = ahead[0] @ success
    return np.minimum(reached if len(arms) == 1 else reached @ ahead[1].T, 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """One look: patients per arm, posterior probability of every count, and what is decided there."""

    sizes: tuple[int, ...]
    posterior: FloatArray
    decisions: Decisions


def decide(
    arms: tuple[Arm, ...],
    looks: tuple[tuple[int, ...], ...],
    reference: float,
    success: float,
    efficacy: StoppingRule | None,
    futility: StoppingRule | None,
) -> tuple[Grid, ...]:
    """Decisions of a design at every look and every count; where both rules hold, efficacy goes first."""
    final = posterior_grid(arms, looks[-1], reference)
    succeeds = final >= success - SLACK
    grids = []
    for sizes in looks[:-1]:
        now = posterior_grid(arms, sizes, reference)

        def held(rule: StoppingRule, sizes: tuple[int, ...] = sizes, now: FloatArray = now) -> NDArray[np.bool_]:
            if rule.scale == "predictive":
                probability = predictive_grid(arms, sizes, succeeds.astype(np.float64))
            elif rule.reference is None:
                probability = now
            else:
                probability = posterior_grid(arms, sizes, rule.reference)
            return np.asarray(probability >= rule.threshold - SLACK)

        decisions = np.zeros(now.shape, dtype=np.int8)
        if futility is not None:
            decisions[~held(futility)] = -1
        if efficacy is not None:
            decisions[held(efficacy)] = 1
        grids.append(Grid(sizes, now, decisions))
    grids.append(Grid(looks[-1], final, np.where(succeeds, 1, -1).astype(np.int8)))
    return tuple(grids)


def walk(grids: tuple[Grid, ...], rates: tuple[float, ...]) -> list[FloatArray]:
    """Probability of every count at each look, among trials that have not stopped before."""
    state = np.ones((1,) * len(rates))
    reached = []
    for grid in grids:
        for axis, rate in enumerate(rates):
            old, new = state.shape[axis], grid.sizes[axis] + 1
            step = binomial_pmf(np.arange(new) - np.arange(old)[:, None], new - old, rate)
            state = np.moveaxis(np.tensordot(state, step, axes=(axis, 0)), -1, axis)
        reached.append(state)
        state = np.where(grid.decisions == 0, state, 0.0)
    return reached
