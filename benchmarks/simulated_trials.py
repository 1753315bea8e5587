"""Simulated two-arm trials with survival times, and the analyses that papers print of them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from benchmarks.cox import TwoGroupCox
from scipy import special

from trialstats.intervals.interval import FloatArray

HAZARDS = ("exponential", "weibull", "delayed")
FEWEST_EVENTS = 8
FEWEST_IN_AN_ARM = 3


@dataclass(frozen=True)
class Trials:
    """Many trials of one design, a row each."""

    hazard: str
    time: FloatArray
    event: FloatArray
    group: FloatArray
    stratum: FloatArray
    covariate: FloatArray

    def kept(self) -> Trials:
        """Return those with enough events to be analysed by a Cox model at all."""
        ones = (self.event * self.group).sum(axis=1)
        zeros = (self.event * (1 - self.group)).sum(axis=1)
        keep = (ones >= FEWEST_IN_AN_ARM) & (zeros >= FEWEST_IN_AN_ARM) & (ones + zeros >= FEWEST_EVENTS)
        columns = (self.time, self.event, self.group, self.stratum, self.covariate)
        return Trials(self.hazard, *(column[keep] for column in columns))

    def model(self) -> TwoGroupCox:
        return TwoGroupCox.of(self.time, self.event, self.group)

    def stratified_model(self) -> TwoGroupCox:
        return TwoGroupCox.of(self.time, self.event, self.group, stratum=self.stratum)

    def __len__(self) -> int:
        return len(self.time)


def simulate(rng: np.random.Generator, count: int, *, strength: float = 1.0) -> Trials:
    """Draw trials of one design: 30 to 1,000 patients, one to eight strata, a covariate, censoring.

    ``strength`` is the largest standard deviation of the log hazards of the strata and of the covariate.
    """
    hazard = HAZARDS[rng.integers(len(HAZARDS))]
    n = round(math.exp(rng.uniform(math.log(30), math.log(1000))))
    effect = rng.uniform(math.log(0.2), math.log(2.0))
    share = rng.choice([1 / 2, 1 / 2, 1 / 2, 2 / 3, 1 / 3])
    group = np.zeros((count, n))
    group[:, : max(3, round(n * share))] = 1
    group = rng.permuted(group, axis=1)
    strata = int(rng.choice([1, 2, 2, 4, 4, 8]))
    stratum = rng.integers(strata, size=(count, n)).astype(float)
    levels = rng.normal(size=strata) * rng.uniform(0, strength)
    covariate = rng.normal(size=(count, n))
    risk = np.exp(levels[stratum.astype(int)] + covariate * rng.uniform(0, strength))
    unit = rng.exponential(size=(count, n)) / risk
    ratio = np.where(group > 0, math.exp(effect), 1.0)
    if hazard == "exponential":
        time = unit / ratio
    elif hazard == "weibull":
        time = (unit / ratio) ** (1 / rng.uniform(0.6, 2.0))
    else:
        start = rng.uniform(0.1, 0.7)
        time = np.where(unit < start, unit, start + (unit - start) / ratio)
    # staggered entry, then one closing date; a few are lost before it
    wanted = rng.uniform(0.2, 0.98)
    middle = np.quantile(time, wanted)
    entry = rng.uniform(0, middle * rng.uniform(0, 0.8), size=(count, n))
    lost = rng.exponential(size=(count, n)) * middle * rng.uniform(3, 30)
    limit = np.minimum(np.maximum(middle * 1.2 - entry, 0.05 * middle), lost)
    return Trials(hazard, np.minimum(time, limit), (time <= limit).astype(float), group, stratum, covariate).kept()


def bootstrap_limits(
    rng: np.random.Generator, trials: Trials, level: float, resamples: int, estimates: FloatArray | None = None
) -> Iterator[tuple[float, float]]:
    """Yield the percentile limits of the log hazard ratio of each trial, by resampling patients.

    Bias-corrected ones (Efron 1981) where the estimates are given.
    """
    for place, (t, d, g) in enumerate(zip(trials.time, trials.event, trials.group, strict=True)):
        order = np.argsort(t)
        d, g = d[order], g[order]
        n = len(t)
        weight = rng.multinomial(n, np.full(n, 1 / n), size=resamples).astype(float)
        ones = np.cumsum((weight * g)[:, ::-1], axis=1)[:, ::-1][:, d > 0]
        zeros = np.cumsum((weight * (1 - g))[:, ::-1], axis=1)[:, ::-1][:, d > 0]
        w = weight[:, d > 0]
        total = (w * g[d > 0]).sum(axis=1)
        b = np.zeros(resamples)
        for _ in range(25):  # a patient drawn twice is a tie, which Breslow's weights leave where it is
            odds = ones * np.exp(b)[:, None]
            with np.errstate(invalid="ignore"):
                p = np.where(w > 0, odds / (odds + zeros), 0.0)
            step = np.clip((total - (w * p).sum(axis=1)) / np.maximum((w * p * (1 - p)).sum(axis=1), 1e-12), -1, 1)
            b = np.clip(b + step, -12, 12)
            if np.abs(step).max() < 1e-6:
                break
        tails = np.array([(1 - level) / 2, (1 + level) / 2])
        if estimates is not None:
            below = (b < estimates[place]).mean()
            shift = special.ndtri(min(max(below, 0.5 / resamples), 1 - 0.5 / resamples))
            tails = special.ndtr(2 * shift + special.ndtri(tails))
        low, high = np.quantile(b, tails)
        yield float(low), float(high)


def adjusted_wald(trials: Trials, rounds: int = 12) -> tuple[FloatArray, FloatArray]:
    """Return the log hazard ratio adjusted for the covariate, and its standard error."""
    order = np.argsort(trials.time, axis=1)
    d, g, v = (np.take_along_axis(a, order, 1) for a in (trials.event, trials.group, trials.covariate))
    b = np.zeros((len(d), 2))
    covariates = (g, v)
    for _ in range(rounds):
        w = np.exp(np.clip(b[:, :1] * g + b[:, 1:] * v, -30, 30))

        def behind(a: FloatArray) -> FloatArray:
            return np.cumsum(a[:, ::-1], axis=1)[:, ::-1]

        whole = behind(w)
        means = [behind(w * x) / whole for x in covariates]
        score = np.stack([(d * (x - m)).sum(axis=1) for x, m in zip(covariates, means, strict=True)], axis=1)
        information = np.empty((len(d), 2, 2))
        for i in range(2):
            for j in range(2):
                second = behind(w * covariates[i] * covariates[j]) / whole
                information[:, i, j] = (d * (second - means[i] * means[j])).sum(axis=1)
        b = b + np.clip(np.linalg.solve(information + 1e-9 * np.eye(2), score[..., None])[..., 0], -1, 1)
    variance = np.linalg.inv(information)[:, 0, 0]
    return b[:, 0], np.sqrt(np.maximum(variance, 0))
