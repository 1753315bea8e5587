"""How far every method's limits lie from Wilson's: the table of `search.counts.envelope`, measured anew.

Run with ``python -m benchmarks.envelope [LEVEL ...]``. Every count of every n from 10 to 300, of 40 larger n up to
2,000 (up to 1,000 where a method ends there, and 60 of them), and 20,000 random counts of n up to 10^5.
"""

from __future__ import annotations

import sys

import numpy as np

from trialstats.intervals.binomial import METHODS
from trialstats.intervals.binomial.score import wilson
from trialstats.search.counts.envelope import FROM_N, LEVELS


def every_count(sizes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    x = np.concatenate([np.arange(n + 1.0) for n in sizes])
    return x, np.repeat(sizes, sizes + 1).astype(float)


def farthest(method: str, level: float, seed: int = 20261121) -> tuple[float, float]:
    """Largest distance outwards and inwards of Wilson's limits, in patients."""
    rng = np.random.default_rng(seed)
    row = METHODS[method]
    small = np.arange(FROM_N, 301)
    many = rng.integers(301, 1 + min(row.max_n, 2000), 40 if row.max_n > 1000 else 60)
    x, n = every_count(np.concatenate([small, many]))
    if row.max_n > 1000:
        large = np.floor(10 ** rng.uniform(3.3, 5, 20_000))
        middle = np.floor(rng.beta(0.5, 0.5, large.size) * (large + 1))
        x, n = np.concatenate([x, np.minimum(middle, large)]), np.concatenate([n, large])
    lower, upper = row.function(x, n, np.asarray(level))
    wilson_lower, wilson_upper = wilson(x, n, np.asarray(level))
    low, high = (lower - wilson_lower) * n, (upper - wilson_upper) * n
    return float(max(-low.min(), high.max())), float(max(low.max(), -high.min()))


def main(levels: list[float]) -> None:
    print(f"{'method':22s}" + "".join(f"{100 * level:>9g}%  out   in" for level in levels))
    for method in METHODS:
        cells = [farthest(method, level) for level in levels]
        print(f"{method:22s}" + "".join(f"{outwards:12.3f}{inwards:7.3f}" for outwards, inwards in cells), flush=True)


if __name__ == "__main__":
    main([float(text) for text in sys.argv[1:]] or list(LEVELS))
