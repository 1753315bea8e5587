"""Cox's model for two groups, for thousands of simulated trials without ties at once.

With one binary covariate the partial likelihood needs no more of the data than how many patients of each group were at
risk at each event. A stratified model has the risk sets of its strata side by side.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from trialstats.intervals.interval import FloatArray

_STEPS = 60
_FLAT = 15.0
"""A log ratio beyond this means that the likelihood has no maximum: one group has no events while at risk."""


@dataclass(frozen=True, slots=True)
class CoxFit:
    """A fitted two-group model: log hazard ratio of group 1 over group 0, its standard error, and log likelihoods.

    Attributes
    ----------
    estimate, se : ndarray
        NaN where the likelihood has no maximum.
    loglik, loglik_null : ndarray
        At the estimate, and at a hazard ratio of 1.
    """

    estimate: FloatArray
    se: FloatArray
    loglik: FloatArray
    loglik_null: FloatArray

    @property
    def wald(self) -> FloatArray:
        """Signed Wald statistic."""
        return np.asarray(self.estimate / self.se)

    @property
    def likelihood_ratio(self) -> FloatArray:
        """Signed root of the likelihood-ratio statistic."""
        return np.asarray(np.sign(self.estimate) * np.sqrt(np.maximum(2 * (self.loglik - self.loglik_null), 0.0)))


@dataclass(frozen=True, slots=True)
class TwoGroupCox:
    """The partial likelihood of a two-group proportional-hazards model.

    Attributes
    ----------
    events : ndarray
        Events in group 1, one number for each trial.
    at_risk_0, at_risk_1 : ndarray
        Numbers at risk in each group at each event, one more axis than ``events``; a place that
        holds no event has 1 and 0.

    References
    ----------
    .. [1] Cox DR. Regression models and life-tables. J R Stat Soc B 1972;34:187-220.
    """

    events: FloatArray
    at_risk_0: FloatArray
    at_risk_1: FloatArray

    @classmethod
    def of(
        cls, time: ArrayLike, event: ArrayLike, group: ArrayLike, *, stratum: ArrayLike | None = None
    ) -> TwoGroupCox:
        """Read trials of one size, a row each, without tied times; events and groups are 0 and 1."""
        t = np.asarray(time, dtype=np.float64)
        order = np.argsort(t, axis=-1)
        d, g = (np.take_along_axis(np.asarray(a, dtype=np.float64), order, -1) for a in (event, group))
        s = np.zeros(t.shape) if stratum is None else np.take_along_axis(np.asarray(stratum), order, -1)
        r0, r1 = np.ones(t.shape), np.zeros(t.shape)
        for one in np.unique(s):
            own = s == one
            for target, member in ((r0, 1 - g), (r1, g)):
                at_risk = np.cumsum((own * member)[..., ::-1], axis=-1)[..., ::-1]
                np.copyto(target, at_risk, where=own & (d > 0))
        return cls(np.asarray(np.sum(d * g, axis=-1)), r0, r1)

    def _share(self, b: FloatArray) -> FloatArray:
        weight = self.at_risk_1 * np.exp(b)[..., None]
        return np.asarray(weight / (self.at_risk_0 + weight))

    def loglik(self, b: ArrayLike) -> FloatArray:
        """Return the log partial likelihood at log hazard ratios."""
        at = np.broadcast_to(np.asarray(b, dtype=np.float64), self.events.shape)
        return np.asarray(
            self.events * at - np.sum(np.log(self.at_risk_0 + self.at_risk_1 * np.exp(at)[..., None]), axis=-1)
        )

    def score(self, b: ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Return the score and the information at log hazard ratios."""
        at = np.broadcast_to(np.asarray(b, dtype=np.float64), self.events.shape)
        p = self._share(at)
        return np.asarray(self.events - p.sum(axis=-1)), np.asarray((p * (1 - p)).sum(axis=-1))

    def score_statistic(self) -> FloatArray:
        """Return the signed root of the score statistic; without ties this is the log-rank test."""
        u, information = self.score(0.0)
        return np.asarray(u / np.sqrt(information))

    def fit(self) -> CoxFit:
        """Maximise the partial likelihood by Newton's method."""
        b = np.zeros(self.events.shape)
        for _ in range(_STEPS):
            u, information = self.score(b)
            step = np.clip(u / np.maximum(information, 1e-12), -1.0, 1.0)
            b = np.clip(b + step, -2 * _FLAT, 2 * _FLAT)
            if np.all((np.abs(step) < 1e-11) | (np.abs(b) > _FLAT)):
                break
        b = np.where(np.abs(b) > _FLAT, np.nan, b)
        _, information = self.score(b)
        return CoxFit(b, np.asarray(1 / np.sqrt(information)), self.loglik(b), self.loglik(0.0))

    def profile_interval(self, level: float = 0.95) -> tuple[FloatArray, FloatArray]:
        """Return the log hazard ratios where twice the log likelihood is a chi-square quantile below its maximum."""
        fit = self.fit()
        drop = float(special.ndtri((1 + level) / 2)) ** 2 / 2
        return self._limits(fit, lambda b: np.asarray(fit.loglik - self.loglik(b) - drop), level)

    def score_interval(self, level: float = 0.95) -> tuple[FloatArray, FloatArray]:
        """Return the log hazard ratios that the score test does not reject."""
        square = float(special.ndtri((1 + level) / 2)) ** 2

        def excess(b: FloatArray) -> FloatArray:
            u, information = self.score(b)
            return np.asarray(u**2 - square * information)

        return self._limits(self.fit(), excess, level)

    def _limits(
        self, fit: CoxFit, excess: Callable[[FloatArray], FloatArray], level: float
    ) -> tuple[FloatArray, FloatArray]:
        z = float(special.ndtri((1 + level) / 2))
        ends = []
        for sign in (-1.0, 1.0):
            inside, outside = fit.estimate, fit.estimate + sign * 6 * z * fit.se
            for _ in range(60):
                middle = (inside + outside) / 2
                beyond = excess(middle) > 0
                outside = np.where(beyond, middle, outside)
                inside = np.where(beyond, inside, middle)
            ends.append(np.asarray((inside + outside) / 2))
        return ends[0], ends[1]
