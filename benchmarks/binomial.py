"""Intervals for one proportion against statsmodels and scipy: ratios measured side by side in one run.

Run with ``python benchmarks/binomial.py``; above 1 we are faster.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from scipy import optimize, stats
from statsmodels.stats.proportion import proportion_confint

from trialstats.intervals.binomial import METHODS, binomial_interval

RNG = np.random.default_rng(20261121)


def counts(size: int) -> tuple[np.ndarray, np.ndarray]:
    n = RNG.integers(10, 500, size)
    return RNG.binomial(n, RNG.uniform(0.02, 0.98, size)), n


def seconds(*functions: Callable[[], object], repeats: int) -> list[float]:
    """Best time of each, the functions taking turns so that a busy machine slows all alike."""
    best = [np.inf] * len(functions)
    for _ in range(repeats):
        for i, function in enumerate(functions):
            start = time.perf_counter()
            function()
            best[i] = min(best[i], time.perf_counter() - start)
    return best


def mid_p_loop(x: int, n: int) -> tuple[float, float]:
    def lower(p: float) -> float:
        return stats.binom.sf(x, n, p) + stats.binom.pmf(x, n, p) / 2 - 0.025

    def upper(p: float) -> float:
        return stats.binom.cdf(x, n, p) - stats.binom.pmf(x, n, p) / 2 - 0.025

    return optimize.brentq(lower, 1e-12, 1 - 1e-12), optimize.brentq(upper, 1e-12, 1 - 1e-12)


def likelihood_ratio_loop(x: int, n: int) -> tuple[float, float]:
    critical = stats.chi2.ppf(0.95, 1)

    def excess(p: float) -> float:
        return 2 * (stats.binom.logpmf(x, n, x / n) - stats.binom.logpmf(x, n, p)) - critical

    return optimize.brentq(excess, 1e-12, x / n), optimize.brentq(excess, x / n, 1 - 1e-12)


def blaker_loop(x: int, n: int) -> tuple[float, float]:
    def excess(p: float) -> float:
        k = np.arange(n + 1)
        tail = np.minimum(stats.binom.cdf(k, n, p), stats.binom.sf(k - 1, n, p))
        return stats.binom.pmf(k, n, p)[tail <= tail[x] * (1 + 1e-9)].sum() - 0.05

    return optimize.brentq(excess, 1e-12, x / n), optimize.brentq(excess, x / n, 1 - 1e-12)


def proportion_ci_loop(method: str) -> Callable[[int, int], object]:
    return lambda x, n: stats.binomtest(x, n).proportion_ci(method=method)


def main() -> None:
    x, n = counts(1_000_000)
    print("a million counts, arrays against arrays (statsmodels.proportion_confint; scipy.stats.beta)")
    for method, theirs in (("clopper-pearson", "beta"), ("wilson", "wilson"), ("jeffreys", "jeffreys")):
        ours, model = seconds(
            lambda method=method: binomial_interval(x, n, method=method),
            lambda theirs=theirs: proportion_confint(x, n, 0.05, theirs),
            repeats=3,
        )
        line = f"  {method:16}{ours * 1e3:8.0f} ms   statsmodels / ours {model / ours:6.2f}"
        if method != "wilson":
            add = 0.5 if method == "jeffreys" else 0.0
            a, b = (x + 0.5, n - x + 0.5) if add else (x, n - x + 1)
            c, d = (a, b) if add else (x + 1, n - x)
            (scipy_time,) = seconds(
                lambda a=a, b=b, c=c, d=d: (stats.beta.ppf(0.025, a, b), stats.beta.isf(0.025, c, d)), repeats=2
            )
            line += f"   scipy / ours {scipy_time / ours:6.2f}"
        print(line)

    loop_x, loop_n = counts(200)
    inner = (loop_x > 0) & (loop_x < loop_n)
    loop_x, loop_n = loop_x[inner].tolist(), loop_n[inner].tolist()
    x, n = x[:200_000], n[:200_000]
    print("per interval, array against a Python loop over scipy")
    loops = {
        "clopper-pearson": proportion_ci_loop("exact"),
        "wilson": proportion_ci_loop("wilson"),
        "mid-p": mid_p_loop,
        "blaker": blaker_loop,
        "likelihood-ratio": likelihood_ratio_loop,
    }
    for method, loop in loops.items():
        ours, scipys = seconds(
            lambda method=method: binomial_interval(x, n, method=method),
            lambda loop=loop: [loop(*pair) for pair in zip(loop_x, loop_n, strict=True)],
            repeats=2,
        )
        ours, scipys = ours / len(x), scipys / len(loop_x)
        print(f"  {method:16}{ours * 1e6:8.2f} µs   scipy loop {scipys * 1e6:8.0f} µs   ratio {scipys / ours:8.0f}")

    print("per interval, every method, 20,000 counts (Blyth-Still-Casella: n = 100, its table included)")
    for method in METHODS:
        if method == "blyth-still-casella":
            from trialstats.intervals.binomial import casella

            casella._lower_limits.cache_clear()
            (ours,) = seconds(lambda: binomial_interval(np.arange(101), 100, method="blyth-still-casella"), repeats=1)
            print(f"  {method:20}{ours / 101 * 1e6:8.2f} µs")
            continue
        (ours,) = seconds(lambda method=method: binomial_interval(x[:20_000], n[:20_000], method=method), repeats=2)
        print(f"  {method:20}{ours / 20_000 * 1e6:8.2f} µs")


if __name__ == "__main__":
    main()
