"""How far landmark rates and medians imply another hazard ratio than Cox's model by sampling error alone.

    python -m benchmarks.implied_ratio_simulation [trials per design]

Two-arm trials with exponential survival; censoring light, even or heavy. For each trial the log ratio that the two
rates (or medians) imply less the log hazard ratio of the Cox model, divided by the standard deviation that
`trialstats.checks.implied_ratio.gap_sd` gives; printed is the share of trials beyond 1.96 and 2.58 of it.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from benchmarks.cox import TwoGroupCox
from numpy.typing import NDArray

from trialstats.checks.implied_ratio import FLOORS, MEDIAN_VARIANCE, gap_sd

Floats = NDArray[np.float64]
SIZES = ((25, 25), (50, 35), (75, 75), (200, 100), (300, 300))
RATIOS = (0.15, 0.4, 0.7, 1.0, 1.5)
RATES = (0.85, 0.6, 0.36, 0.15)
CENSORING = {"light": (1.0, 2.0), "even": (0.4, 2.0), "heavy": (0.1, 1.6)}
FEWEST = 4


@dataclass(frozen=True)
class Arm:
    """Kaplan-Meier curves of many trials, a row each: times in order, the curve and its Greenwood sums."""

    time: Floats
    curve: Floats
    sums: Floats

    @classmethod
    def of(cls, time: Floats, event: Floats) -> Arm:
        order = np.argsort(time, axis=1)
        t, d = np.take_along_axis(time, order, 1), np.take_along_axis(event, order, 1)
        risk = np.arange(t.shape[1], 0, -1, dtype=float)
        with np.errstate(divide="ignore"):
            parts = np.where(d > 0, 1 / (risk * np.maximum(risk - 1, 0.0)), 0.0)
        return cls(t, np.cumprod(1 - d / risk, axis=1), np.cumsum(parts, axis=1))

    def at(self, when: float) -> tuple[Floats, Floats]:
        """Rate and Greenwood standard error of the rate, relative to the rate."""
        k = (self.time <= when).sum(axis=1) - 1
        rows = np.arange(len(k))
        rate = np.where(k < 0, 1.0, self.curve[rows, np.maximum(k, 0)])
        return rate, np.where(k < 0, np.nan, np.sqrt(self.sums[rows, np.maximum(k, 0)]))

    def median(self) -> Floats:
        reached = self.curve <= 0.5
        k = np.argmax(reached, axis=1)
        return np.where(reached.any(axis=1), self.time[np.arange(len(k)), k], np.nan)

    def median_interval(self) -> tuple[Floats, Floats]:
        """Brookmeyer and Crowley's limits on the log-log scale, R's conf.type = "log-log"."""
        with np.errstate(all="ignore"):
            middle, half = np.log(-np.log(self.curve)), 1.959964 * np.sqrt(self.sums) / -np.log(self.curve)
            found = []
            for limit in (np.exp(-np.exp(middle + half)), np.exp(-np.exp(middle - half))):
                reached = limit <= 0.5
                k = np.argmax(reached, axis=1)
                found.append(np.where(reached.any(axis=1), self.time[np.arange(len(k)), k], np.nan))
        return found[0], found[1]


def gaps(rng: np.random.Generator, count: int) -> Iterator[tuple[str, str, str, Floats, Floats, Floats]]:
    """Yield kind, source of the variance, censoring, gaps, variances of the implied log ratio, Cox's SE."""
    for (n1, n2), ratio, rate, (censoring, limits) in product(SIZES, RATIOS, RATES, CENSORING.items()):
        hazard = -math.log(rate)
        unit = rng.exponential(size=(count, n1 + n2))
        group = np.concatenate([np.ones(n1), np.zeros(n2)])
        event_time = unit / np.where(group > 0, hazard * ratio, hazard)
        censored = rng.uniform(*limits, size=unit.shape)
        time, event = np.minimum(event_time, censored), (event_time <= censored).astype(float)
        enough = (event[:, :n1].sum(axis=1) >= FEWEST) & (event[:, n1:].sum(axis=1) >= FEWEST)
        if enough.sum() < 20:
            continue
        time, event = time[enough], event[enough]
        fit = TwoGroupCox.of(time, event, np.broadcast_to(group, time.shape)).fit()
        arms = [Arm.of(time[:, :n1], event[:, :n1]), Arm.of(time[:, n1:], event[:, n1:])]
        cox, se = np.asarray(fit.estimate), np.asarray(fit.se)
        with np.errstate(all="ignore"):
            rates = [arm.at(1.0) for arm in arms]
            logs = [-np.log(s) for s, _ in rates]
            gap = np.log(logs[0] / logs[1]) - cox
            printed = sum((error / log) ** 2 for (_, error), log in zip(rates, logs, strict=True))
            by_size = sum((1 - s) / s / n / log**2 for (s, _), log, n in zip(rates, logs, (n1, n2), strict=True))
            yield "landmark", "intervals", censoring, gap, np.asarray(printed), se
            yield "landmark", "arm sizes", censoring, gap, np.asarray(by_size), se
            medians = [arm.median() for arm in arms]
            gap = np.log(medians[1] / medians[0]) - cox
            widths = [np.log(high / low) / (2 * 1.959964) for low, high in (arm.median_interval() for arm in arms)]
            yield "median", "intervals", censoring, gap, widths[0] ** 2 + widths[1] ** 2, se
            yield "median", "arm sizes", censoring, gap, np.full(len(gap), MEDIAN_VARIANCE * (1 / n1 + 1 / n2)), se


def main(count: int = 40) -> None:
    rng = np.random.default_rng(2007)
    found: dict[tuple[str, str, str], list[tuple[Floats, Floats, Floats]]] = {}
    for kind, source, censoring, *columns in gaps(rng, count):
        gap, variance, se = columns
        usable = np.isfinite(gap) & np.isfinite(variance) & np.isfinite(se) & (variance > 0) & (se < 2)
        for name in (censoring, "all"):
            found.setdefault((kind, source, name), []).append((gap[usable], variance[usable], se[usable]))
    print("| rates | variance from | censoring | trials | gap, median | beyond 1.96 sd | beyond 2.58 sd |")
    print("|---|---|---|---|---|---|---|")
    for (kind, source, censoring), parts in found.items():
        gap, variance, se = (np.concatenate(column) for column in zip(*parts, strict=True))
        sd = np.array([gap_sd(v, s, floor=FLOORS[kind, source]) for v, s in zip(variance, se, strict=True)])
        away = np.abs(gap) / sd
        print(f"| {kind} | {source} | {censoring} | {len(gap)} | {np.median(np.abs(gap)):.2f} "
              f"| {np.mean(away > 1.96):.3f} | {np.mean(away > 2.58):.3f} |")  # fmt: skip


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
