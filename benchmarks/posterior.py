"""Time the search behind a printed posterior against plain enumeration, and its region against a grid of its own.

    python -m benchmarks.posterior

Plain enumeration is what one would write with SciPy: every prior and count, the interval of each, compared with what is
printed. The outline of the continuous region is compared with testing a 200 x 200 grid point by point. Medians of
several runs, in processor time.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from trialstats.reported import Reported
from trialstats.search.posteriors.explain import explain_posterior
from trialstats.search.posteriors.prior_region import joint_prior_regions
from trialstats.search.posteriors.priors import prior_grid
from trialstats.search.posteriors.region import posterior_region, superiority_range

CLAIMS = ((27, "72%", ("55%", "87%")), (32, "71%", ("55%", "84%")))


def seconds(function: Callable[[], object], runs: int = 5) -> float:
    times = []
    for _ in range(runs):
        start = time.process_time()
        function()
        times.append(time.process_time() - start)
    return float(np.median(times))


def plainly(n: int, estimate: str, interval: tuple[str, str], menu: dict[str, tuple[float, float]]) -> int:
    """Return how many (prior, x) print the claim as mean and equal-tailed interval, one by one with SciPy."""
    from scipy import stats

    e, low, high = (Reported(text).range() for text in (estimate, *interval))
    found = 0
    for a0, b0 in menu.values():
        for x in range(n + 1):
            a, b = x + a0, n - x + b0
            if a > 0 and b > 0:
                lower, upper = stats.beta.interval(0.95, a, b)
                found += e.admits(a / (a + b)) and low.admits(lower) and high.admits(upper)
    return found


def main() -> None:
    grid = prior_grid(20)
    plainly(2, "50%", ("10%", "90%"), {"uniform": (1.0, 1.0)})  # imports SciPy's distributions, untimed
    for n, estimate, interval in CLAIMS:
        search = seconds(lambda n=n, e=estimate, i=interval: len(explain_posterior(e, i, n=n)))
        both = seconds(lambda n=n, e=estimate, i=interval: explain_posterior(e, i, n=n).chance)
        print(f"n = {n}: explain_posterior {1e3 * search:.1f} ms, with chance {1e3 * both:.1f} ms (at most 60)")
        wide = seconds(lambda n=n, e=estimate, i=interval: len(explain_posterior(e, i, n=n, priors=grid)), 3)
        small = {name: grid[name] for name in list(grid)[:: len(grid) // 20]}
        peer = seconds(lambda n=n, e=estimate, i=interval, m=small: plainly(n, e, i, m), 1) * len(grid) / len(small)
        print(
            f"n = {n}, {len(grid):,} priors: {1e3 * wide:.0f} ms (at most 1,000) for 3 summaries, 2 kinds of interval "
            f"and 7 roundings; enumeration with SciPy of one of these 42 {peer:.1f} s, {peer / wide:.0f} times as long"
        )
    region = seconds(lambda: posterior_region(*CLAIMS[0][1:]).vertices, 3)
    traced = posterior_region(*CLAIMS[0][1:])
    points = np.random.default_rng(1).uniform(5, 30, size=(200, 2))
    peer = seconds(lambda: [traced.contains(a, b) for a, b in points], 1) * 200
    print(f"region: outline with {len(traced.vertices)} vertices {1e3 * region:.0f} ms; 200 x 200 grid {peer:.1f} s, "
          f"{peer / region:.0f} times as long")  # fmt: skip
    hdi = seconds(lambda: posterior_region(*CLAIMS[0][1:], kind="hdi").vertices, 1)
    print(f"region of highest-density intervals {1e3 * hdi:.0f} ms")
    other = posterior_region(*CLAIMS[1][1:], rounding="twice")
    span = superiority_range(traced, other)
    joint = joint_prior_regions([traced, other], [27, 32])
    assert span is not None
    low, high = min(one.superiority[0] for one in joint), max(one.superiority[1] for one in joint)  # type: ignore[index]
    print(f"P(first > second): any two posteriors {span[0]:.4f} to {span[1]:.4f}; one prior, n = 27 and 32 "
          f"{low:.4f} to {high:.4f} over x = {[one.x for one in joint]}")  # fmt: skip


if __name__ == "__main__":
    main()
