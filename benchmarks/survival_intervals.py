"""Kaplan-Meier rates: how often a legitimate interval outside the catalogue is left over, and a slip is caught.

    python -m benchmarks.survival_intervals [curves]

Soundness: percentile bootstrap intervals of simulated censored curves, printed in per cents with 0 and 1 decimals.
Power: intervals by the three usual transforms with one changed digit.
"""

from __future__ import annotations

import math
import sys
from collections import Counter

import numpy as np

from trialstats.intervals.survival import survival_interval
from trialstats.press import print_number
from trialstats.reported import Reported
from trialstats.search.printed import PrintedInterval
from trialstats.search.survival.explain import SurvivalSearch

RESAMPLES = 800
USUAL = ("plain", "log", "log-log")


def printed(numbers: tuple[float, float, float], decimals: int) -> PrintedInterval:
    return PrintedInterval(*(Reported(print_number(number, decimals, "%")) for number in numbers))


def tier(one: PrintedInterval) -> str:
    found = next(SurvivalSearch(one, incidence=False).explanations_in_order(), None)
    return "none" if found is None else "ordinary" if found.ordinary else "not ordinary"


def bootstrap_interval(rng: np.random.Generator) -> tuple[float, float, float] | None:
    """Draw a censored curve and return the rate at time 1 with its percentile bootstrap interval."""
    n = int(math.exp(rng.uniform(math.log(15), math.log(300))))
    hazard = -math.log(rng.uniform(0.1, 0.95))
    event_time, censored = rng.exponential(1 / hazard, n), rng.uniform(0.2, 2.5, n)
    time = np.minimum(event_time, censored)
    order = np.argsort(time)
    counts = (event_time <= censored)[order] & (time[order] <= 1)

    def rates(weights: np.ndarray) -> np.ndarray:
        risk = np.cumsum(weights[:, ::-1], axis=1)[:, ::-1]
        return np.prod(np.where(counts & (risk > 0), 1 - weights / np.maximum(risk, 1e-12), 1.0), axis=1)

    rate = float(rates(np.ones((1, n)))[0])
    if not 0 < rate < 1:
        return None
    resampled = rates(rng.multinomial(n, np.full(n, 1 / n), size=RESAMPLES).astype(float))
    low, high = np.quantile(resampled, [0.025, 0.975])
    return rate, float(low), float(high)


def with_a_slip(rng: np.random.Generator, decimals: int) -> PrintedInterval | None:
    """Print an interval by a usual transform and change one digit, bounds staying in order."""
    n, rate = math.exp(rng.uniform(math.log(20), math.log(400))), rng.uniform(0.1, 0.95)
    low, high = survival_interval(rate, math.sqrt(rate * (1 - rate) / n), transform=str(rng.choice(USUAL)))
    slips = [
        one
        for one in printed((rate, low, high), decimals).neighbours()
        if one.lower and one.estimate and one.upper
        and 0 <= one.lower.value <= one.estimate.value <= one.upper.value <= 1
    ]  # fmt: skip
    return slips[rng.integers(len(slips))] if slips else None


def main(curves: int = 1000) -> None:
    rng = np.random.default_rng(1982)
    print("| intervals | decimals | printed | ordinary | not ordinary | no explanation |\n|---|---|---|---|---|---|")
    for name in ("bootstrap", "one changed digit"):
        for decimals in (0, 1):
            seen: Counter[str] = Counter()
            for _ in range(curves):
                if name == "bootstrap":
                    numbers = bootstrap_interval(rng)
                    one = None if numbers is None else printed(numbers, decimals)
                else:
                    one = with_a_slip(rng, decimals)
                if one is not None:
                    seen[tier(one)] += 1
            total = sum(seen.values())
            shares = " | ".join(f"{seen[key] / total:.3f}" for key in ("ordinary", "not ordinary", "none"))
            print(f"| {name} | {decimals} | {total} | {shares} |")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
