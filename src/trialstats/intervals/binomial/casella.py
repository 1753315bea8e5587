"""The Blyth-Still-Casella interval: acceptance regions of the fewest outcomes, found for all x of one n together.

As p rises from 0 to 1 the region [a, b] moves right. It gives up a as soon as the rest has probability >= level, takes
in b + 1 only when it must, and does both at once wherever both [a, b] and [a + 1, b + 1] have the level: there the
upper limit of a and the lower limit of b + 1 coincide, at the middle of the range of p in which they can be exchanged.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

from trialstats.intervals.binomial.acceptability import log_two_tails, two_tails
from trialstats.intervals.binomial.method import Limits
from trialstats.intervals.binomial.tails import log_odds, reflected_count, widest
from trialstats.intervals.interval import FloatArray
from trialstats.intervals.roots import least, newton_roots


def blyth_still_casella(x: FloatArray, n: FloatArray, level: FloatArray) -> Limits:
    """Shortest acceptance regions that move monotonically; coincident limits at the middle of their range."""
    x, n, level = np.broadcast_arrays(x, n, level)
    pairs, which = np.unique(np.stack([n.ravel(), level.ravel()]), axis=1, return_inverse=True)
    tables = [_lower_limits(int(n_), float(level_)) for n_, level_ in pairs.T]
    starts = np.cumsum([0] + [table.size for table in tables[:-1]]) if tables else np.zeros(0)
    every = np.concatenate([np.empty(0), *tables])
    first = starts[which.ravel()].reshape(x.shape).astype(np.intp)
    return every[first + x.astype(np.intp)], 1.0 - every[first + (n - x).astype(np.intp)]


@lru_cache(maxsize=4096)
def _lower_limits(n: int, level: float) -> FloatArray:
    """Lower limits of x = 0..n; the upper limits are their mirror image."""
    regions = _Regions(n, 1.0 - level)
    lower = np.zeros(n + 1)
    leaving = np.full(n + 1, -1)  # the outcome given up in exchange for another
    a = b = 0
    fixed = 0.0  # when the region last changed without a choice
    while b < n:
        drop, expire = regions.first(a + 1, b), regions.last(a, b)
        if drop <= expire:
            fixed = max(fixed, drop)
            a += 1
            continue
        b += 1
        earliest = max(regions.first(a + 1, b), fixed)
        if earliest <= expire:
            lower[b], leaving[b] = earliest, a
            a += 1
        else:
            fixed = max(fixed, expire)
            lower[b] = fixed

    # the latest time of an exchange is the mirror image of the earliest time of the mirrored exchange, and 1/2 lies
    # between the two
    (into,) = np.nonzero(leaving >= 0)
    out = leaving[into]
    lower[into] = middle_of_exchange(into, out, n, lower[into], 1.0 - lower[n - out])
    return lower


def middle_of_exchange(into: Any, out: Any, n: Any, soonest: FloatArray, last: FloatArray) -> FloatArray:
    """Middle of the range of p in which one outcome can be exchanged for another, cut at 1/2 on its own side."""
    from_ = np.where(into + out > n, np.maximum(soonest, 0.5), soonest)
    until = np.where(into + out < n, np.minimum(last, 0.5), last)
    return np.asarray((from_ + until) / 2.0)


class _Regions:
    """Where the outcomes a..b have at least the level: from ``first(a, b)`` to ``last(a, b)`` on the scale of p.

    Only regions at most a few outcomes longer than the shortest possible one from each a are ever asked for; they are
    computed for all a at once.
    """

    def __init__(self, n: int, alpha: float) -> None:
        self.a = np.arange(n + 1.0)
        self.n, self.alpha = np.full_like(self.a, n), np.full_like(self.a, alpha)
        guess = reflected_count(self.a, self.n, self.alpha)
        shortest = least(can_have_level, guess, self.a - 1.0, self.n, self.a, self.n, self.alpha)
        self.shortest: list[int] = shortest.astype(int).tolist()
        self.ends: list[list[float]] = []

    def last(self, a: int, b: int) -> float:
        """Largest p at which a..b has the level; -1 if there is none."""
        extra = b - self.shortest[a]
        if extra < 0:
            return -1.0
        while len(self.ends) <= extra:
            self._extend()
        return self.ends[extra][a]

    def first(self, a: int, b: int) -> float:
        """Smallest p at which a..b has the level; 2 if there is none."""
        n = len(self.a) - 1
        return 2.0 if a > b else 1.0 - self.last(n - b, n - a)

    def _extend(self) -> None:
        """Find where the regions end that have one outcome more than those found so far."""
        b = np.minimum(np.array(self.shortest, dtype=np.float64) + len(self.ends), self.n)
        self.ends.append(last_with_level(self.a, b, self.n, self.alpha).tolist())


def last_with_level(a: FloatArray, b: FloatArray, n: FloatArray, alpha: FloatArray) -> FloatArray:
    """Largest p at which a..b has the level; it must be able to have it."""
    full = b == n
    low = _most_probable(a, b, n)
    # beyond here P(X > b) alone exceeds alpha
    high = log_odds(special.betaincinv(b + 1.0, np.maximum(n - b, 1.0), alpha))
    high = np.where(full, low, np.maximum(high, low))
    root = newton_roots(log_two_tails, high, low, high, a - 1.0, b + 1.0, n, alpha)
    return np.where(full, 1.0, special.expit(root))


def _most_probable(a: FloatArray, b: FloatArray, n: FloatArray) -> FloatArray:
    """Log-odds at which a..b has its greatest probability."""
    with np.errstate(invalid="ignore"):  # a = 0 and b = n
        ratio = special.betaln(b + 1.0, n - b) - special.betaln(a, n - a + 1.0)
    return np.clip(np.nan_to_num(ratio, nan=0.0) / (b - a + 1.0), -widest, widest)


def can_have_level(b: FloatArray, a: FloatArray, n: FloatArray, alpha: FloatArray) -> NDArray[np.bool_]:
    """Whether a..b has the level at some p."""
    return np.asarray(two_tails(_most_probable(a, b, n), a - 1.0, b + 1.0, n) <= alpha)
