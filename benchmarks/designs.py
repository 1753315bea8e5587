"""Designs against the plain way to compute them: ratios measured side by side in one run.

Run with ``python -m benchmarks.designs``; above 1 we are faster. No other Python package computes these, so the rivals
are a loop over scipy's binomial, a loop over its root finder, and simulated trials.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from scipy import optimize, stats

from trialstats.designs import (
    BayesianTwoArmDesign,
    StoppingRule,
    TwoStageDesign,
    simon_designs,
    two_stage_interval,
)

RNG = np.random.default_rng(20261121)


def seconds(function: Callable[[], object], repeats: int = 3) -> float:
    best = np.inf
    for _ in range(repeats):
        start = time.perf_counter()
        function()
        best = min(best, time.perf_counter() - start)
    return best


def plain_simon(p0: float, p1: float, alpha: float, power: float, n_max: int) -> tuple[float, tuple[int, ...]]:
    """Every n, n1 and r with all r1 at once: smallest EN."""
    best: tuple[float, tuple[int, ...]] = (np.inf, ())
    for n in range(2, n_max + 1):
        for n1 in range(1, n):
            x1 = np.arange(n1 + 1)
            f0, f1 = stats.binom.pmf(x1, n1, p0), stats.binom.pmf(x1, n1, p1)
            for r in range(n):
                s0, s1 = stats.binom.sf(r - x1, n - n1, p0), stats.binom.sf(r - x1, n - n1, p1)
                error, reached = (np.cumsum((f * s)[::-1])[::-1] for f, s in ((f0, s0), (f1, s1)))
                for r1 in np.flatnonzero((error[1:] <= alpha) & (reached[1:] >= power)):
                    best = min(best, (n1 + (n - n1) * stats.binom.sf(r1, n1, p0), (int(r1), n1, r, n)))
    return best


def interval_loop(design: TwoStageDesign) -> list[tuple[float, float]]:
    """Jennison-Turnbull limits of the second stage by scipy's root finder."""
    x1 = np.array(design.continuing)
    limits = []
    for s in range(design.r1 + 1, design.n):

        def above(p: float, s: int = s) -> float:
            return stats.binom.pmf(x1, design.n1, p) @ stats.binom.sf(s - x1 - 1, design.n2, p)

        low = optimize.brentq(lambda p, f=above: f(p) - 0.025, 0, 1, xtol=1e-12)
        high = optimize.brentq(lambda p, f=above, s=s: f(p, s + 1) - 0.975, 0, 1, xtol=1e-12)
        limits.append((low, high))
    return limits


def simulate(design: BayesianTwoArmDesign, rates: tuple[float, float], trials: int) -> tuple[float, float]:
    """Simulated trials whose posterior probabilities are looked up, not simulated: the friendliest rival."""
    counts, alive, success = np.zeros((2, trials), dtype=int), np.ones(trials, dtype=bool), np.zeros(trials)
    before = (0, 0)
    for look, n in enumerate(design.looks):
        for arm in (0, 1):
            counts[arm] += RNG.binomial(n[arm] - before[arm], rates[arm], trials)
        verdict = design.decisions(look)[counts[0], counts[1]] * alive
        success += verdict > 0
        alive &= verdict == 0
        before = n
    return float(success.mean()), float(success.std() / np.sqrt(trials))


def main() -> None:
    asked = (0.1, 0.4, 0.05, 0.8)
    n_max = 30
    ours = seconds(lambda: simon_designs(*asked[:2], alpha=asked[2], power=asked[3], n_max=n_max))
    plain = seconds(lambda: plain_simon(*asked, n_max), repeats=1)
    same = simon_designs(*asked[:2], alpha=asked[2], power=asked[3], n_max=n_max).optimal.expected_n
    print(f"Simon, 10 v 40 %, n to {n_max}: {ours * 1e3:7.1f} ms   plain search {plain * 1e3:8.0f} ms", end="")
    print(f"   ratio {plain / ours:6.0f}   EN apart {abs(same - plain_simon(*asked, n_max)[0]):.1e}")
    print("Simon, complete search (cost grows with the optimal n)")
    for p0, p1, alpha, power in (
        (0.2, 0.4, 0.05, 0.8),
        (0.3, 0.45, 0.05, 0.9),
        (0.32, 0.44, 0.05, 0.8),
        (0.5, 0.6, 0.05, 0.9),
        (0.3, 0.35, 0.05, 0.8),
    ):
        took = seconds(lambda a=(p0, p1), k={"alpha": alpha, "power": power}: simon_designs(*a, **k), repeats=1)
        found = simon_designs(p0, p1, alpha=alpha, power=power)
        print(f"  {p0:.2f} v {p1:.2f}, {alpha}, {power}: n = {found.optimal.design.n:4}  {took * 1e3:8.0f} ms")

    design = TwoStageDesign(5, 15, 18, 46)
    s = np.arange(design.r1 + 1, design.n)

    fresh = iter(range(19, 40))  # another final r has the same limits but is not in the cache

    def cold() -> object:
        return two_stage_interval(TwoStageDesign(5, 15, next(fresh), 46), s)

    ours, loop = seconds(cold), seconds(lambda: interval_loop(design), repeats=1)
    apart = np.abs(np.array(interval_loop(design)).T - np.array(list(two_stage_interval(design, s)))).max()
    print(
        f"Jennison-Turnbull, {s.size} outcomes of {design}: {ours * 1e3:6.1f} ms   scipy loop {loop * 1e3:7.0f} ms",
        end="",
    )
    print(f"   ratio {loop / ours:6.0f}   limits apart {apart:.1e}")

    rules = {"efficacy": StoppingRule("posterior", 0.99), "futility": StoppingRule("predictive", 0.05)}
    trial = BayesianTwoArmDesign([(20, 20), (40, 40), (60, 60)], 0.95, **rules)
    start = time.perf_counter()
    exact = trial.operating_characteristics(0.5, 0.3).success
    first = time.perf_counter() - start
    ours = seconds(lambda: trial.operating_characteristics(0.5, 0.3))
    start = time.perf_counter()
    simulated, se = simulate(trial, (0.5, 0.3), 1_000_000)
    took = time.perf_counter() - start
    print(f"Two arms, three looks, 120 patients: {first * 1e3:.0f} ms with decisions, then {ours * 1e3:.1f} ms")
    print(f"  exact success {exact:.6f}; 10^6 trials {simulated:.6f} (SE {se:.6f}) in {took * 1e3:.0f} ms", end="")
    print(f"   ratio {took / ours:6.0f}   apart {abs(simulated - exact) / se:.1f} SE")


if __name__ == "__main__":
    main()
