"""Exact probability of superiority against Monte Carlo, in one run: time for each pair and error of both.

    python benchmarks/superiority.py

The standard of truth is exact counting in integers (P(X > Y) for integer parameters is a ratio of binomial
coefficients).
"""

from __future__ import annotations

import time
from fractions import Fraction
from math import comb

import numpy as np

from trialstats.intervals.beta import Beta
from trialstats.intervals.superiority import prob_greater

PAIRS, DRAWS, SIZE = 100_000, 1_000_000, 50


def exact(a1: int, b1: int, a2: int, b2: int) -> float:
    n1, n2 = a1 + b1 - 1, a2 + b2 - 1
    ways = sum(comb(a1 - 1 + k, k) * comb(n1 - a1 + n2 - k, n2 - k) for k in range(a2, n2 + 1))
    return float(Fraction(ways, comb(n1 + n2, n1)))


def main() -> None:
    rng = np.random.default_rng(1)
    counts = rng.integers(1, SIZE, (4, PAIRS))
    truth = np.array([exact(*(int(v) for v in counts[:, i])) for i in range(1000)])
    for label, shift in (("integers", 0.0), ("half steps (Jeffreys)", 0.5)):
        a1, b1, a2, b2 = counts + shift
        best = np.inf
        for _ in range(3):
            start = time.perf_counter()
            p = prob_greater(Beta(a1, b1), Beta(a2, b2))
            best = min(best, time.perf_counter() - start)
        each = best / PAIRS
        some = 5
        start = time.perf_counter()
        drawn = [np.mean(rng.beta(a1[i], b1[i], DRAWS) > rng.beta(a2[i], b2[i], DRAWS)) for i in range(some)]
        simulated = (time.perf_counter() - start) / some
        error = f"{np.abs(p[:1000] - truth).max():.1e}" if shift == 0.0 else "see tests (no counting formula)"
        off = np.abs(np.array(drawn) - (truth[:some] if shift == 0.0 else p[:some])).max()
        print(f"{label}: exact {each * 1e6:.2f} µs a pair, largest error {error} ({PAIRS} pairs of size {SIZE})")
        print(f"    Monte Carlo, {DRAWS} draws: {simulated * 1e3:.1f} ms a pair, largest error {off:.1e}")
        print(f"    ratio {simulated / each:.0f}")
    some = 200
    start = time.perf_counter()
    prob_greater(Beta(*counts[:2, :some]), Beta(*counts[2:, :some]), 0.1)
    print(f"with a margin of 0.1 (quadrature): {(time.perf_counter() - start) / some * 1e6:.0f} µs a pair")


if __name__ == "__main__":
    main()
