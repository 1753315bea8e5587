"""Measure anew what ``trialstats.search.ratios.envelope`` commits to.

    python -m benchmarks.ratio_envelope [SECONDS]

Simulated two-arm trials (benchmarks.simulated_trials), and 2 x 2 tables with three or more patients in every cell. For
each generator of intervals: how far the middle lies off the estimate, outwards and inwards, as a share of what the
envelope allows (99.9 % and the largest; below 1 is inside). For each test: the statistic less the Wald statistic, and
the share of the allowance.
"""

from __future__ import annotations

import math
import sys
import time
from collections import defaultdict

import numpy as np
from benchmarks.simulated_trials import adjusted_wald, bootstrap_limits, simulate

from trialstats.intervals.two_sample import odds_ratio_interval, risk_ratio_interval
from trialstats.search.ratios.envelope import ENVELOPES, same_data_statistic, stratified_statistic

LEVEL = 0.95


def share(envelope: str, estimate: float, lower: float, upper: float) -> float:
    """Return how much of the allowance on its side an interval's middle takes up."""
    low, high = ENVELOPES[envelope].reach((upper - lower) / 2, estimate)
    off = (lower + upper) / 2 - estimate
    allowed = high if off > 0 else -low
    return abs(off) / max(allowed, 1e-4)


def survival(seconds: float, seed: int = 11) -> tuple[dict[str, list[float]], dict[str, list[tuple[float, float]]]]:
    rng = np.random.default_rng(seed)
    intervals: dict[str, list[float]] = defaultdict(list)
    tests: dict[str, list[tuple[float, float]]] = defaultdict(list)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        trials = simulate(rng, 40)
        if not len(trials):
            continue
        model = trials.model()
        fit, wald = model.fit(), model.fit().wald
        bounds = {"profile likelihood": model.profile_interval(LEVEL), "score": model.score_interval(LEVEL)}
        for name, (lower, upper) in bounds.items():
            intervals[name] += map(share, ["hazard-ratio"] * len(wald), fit.estimate, lower, upper)
        for place, (lower, upper) in enumerate(bootstrap_limits(rng, trials, LEVEL, 1000)):
            if place >= 8:
                break
            intervals["percentile bootstrap"].append(share("bootstrap", fit.estimate[place], lower, upper))
        for place, (lower, upper) in enumerate(bootstrap_limits(rng, trials, LEVEL, 1000, fit.estimate)):
            if place >= 8:
                break
            intervals["bias-corrected bootstrap"].append(share("bootstrap", fit.estimate[place], lower, upper))
        adjusted, error = adjusted_wald(trials)
        stratified = trials.stratified_model()
        for name, statistic in (
            ("log-rank", model.score_statistic()),
            ("likelihood ratio", fit.likelihood_ratio),
            ("stratified log-rank", stratified.score_statistic()),
            ("stratified Wald", stratified.fit().wald),
            ("adjusted Wald", adjusted / error),
        ):
            same = name in ("log-rank", "likelihood ratio")
            for b, w, other in zip(fit.estimate, wald, statistic, strict=True):
                size, signed = abs(w), other * math.copysign(1.0, w)
                low, high = same_data_statistic((size, size), abs(b)) if same else stratified_statistic((size, size))
                used = (signed - size) / (high - size) if signed > size else (size - signed) / (size - low)
                tests[name].append((abs(signed - size), used))
    return intervals, tests


def tables(seed: int = 3, count: int = 6000) -> dict[str, list[float]]:
    rng = np.random.default_rng(seed)
    n1 = np.exp(rng.uniform(math.log(8), math.log(600), count)).astype(int)
    n2 = np.maximum(8, n1 * rng.choice([1, 1, 1, 0.5, 2], count)).astype(int)
    first = rng.uniform(0.02, 0.95, count)
    second = 1 / (1 + np.exp(-(np.log(first / (1 - first)) + rng.normal(0, 0.8, count))))
    x1, x2 = rng.binomial(n1, first), rng.binomial(n2, second)
    keep = (np.minimum(x1, x2) >= 3) & (np.minimum(n1 - x1, n2 - x2) >= 3)
    x1, n1, x2, n2 = (column[keep] for column in (x1, n1, x2, n2))
    found: dict[str, list[float]] = {}
    for measure, interval, methods in (
        ("odds-ratio", odds_ratio_interval, ("fisher-exact", "mid-p", "miettinen-nurminen")),
        ("risk-ratio", risk_ratio_interval, ("koopman", "miettinen-nurminen", "adjusted-log", "scas")),
    ):
        for method in methods:
            one = interval(x1, n1, x2, n2, level=LEVEL, method=method)
            plain = x1 / n1 / (x2 / n2) if measure == "risk-ratio" else x1 * (n2 - x2) / (x2 * (n1 - x1))
            b, low, high = np.log(plain), np.log(one.lower), np.log(one.upper)
            usable = np.isfinite(low) & np.isfinite(high) & (high - low < 6)
            found[f"{measure} {method}"] = [
                share(measure, *row) for row in zip(b[usable], low[usable], high[usable], strict=True)
            ]
    return found


def main(seconds: float) -> None:
    intervals, tests = survival(seconds)
    print(f"{'intervals':<36}{'n':>8}{'99 %':>8}{'99.9 %':>8}{'largest':>9}{'outside':>9}  (shares of the allowance)")
    for name, used in (intervals | tables()).items():
        values = np.array(used)
        values = values[np.isfinite(values)]
        q = np.quantile(values, [0.99, 0.999, 1.0])
        print(f"{name:<36}{len(values):>8}{q[0]:>8.2f}{q[1]:>8.2f}{q[2]:>9.2f}{100 * (values > 1).mean():>8.2f}%")
    print(f"\n{'tests beside the Wald statistic':<36}{'n':>8}{'99.9 % gap':>12}{'largest':>9}{'share':>8}")
    for name, rows in tests.items():
        gap, part = np.array(rows).T
        print(f"{name:<36}{len(gap):>8}{np.quantile(gap, 0.999):>12.2f}{gap.max():>9.2f}{part.max():>8.2f}")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 60.0)
