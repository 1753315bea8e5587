"""What is told from a definition, or by floats, without the whole search is what the whole search gives."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest

from trialstats.intervals.binomial import METHODS
from trialstats.press import print_number
from trialstats.reported import ROUNDINGS, Reported
from trialstats.search.centred import is_symmetric
from trialstats.search.counts.definitions import may_lie
from trialstats.search.printed import PrintedInterval
from trialstats.search.ratios.polygon import ratio_region


@pytest.mark.parametrize(
    "method", ["mid-p", "likelihood-ratio", "jeffreys-hpd", "uniform-hpd", "sterne", "blaker", "blyth-still-casella"]
)
@pytest.mark.parametrize("level", [0.9, 0.95, 0.99])
def test_no_count_that_prints_is_left_out(method: str, level: float) -> None:
    """Rooms about a method's own limits, wide and narrow, and with the limit at an end, always keep the count."""
    draw = np.random.default_rng(7)
    n = np.concatenate([np.arange(1, 25), draw.integers(25, 300, 60)])
    x = draw.integers(0, n + 1)
    lower, upper = METHODS[method].function(x.astype(float), n.astype(float), np.asarray(level))
    for k in range(n.size):
        for width in (0.0, 1e-12, 0.003, 0.05):
            share = draw.uniform(0, 1, 2)
            rooms = [
                (max(limit - part * width, 0.0), min(limit + (1 - part) * width, 1.0))
                for limit, part in zip((lower[k], upper[k]), share, strict=True)
            ]
            one = slice(k, k + 1)
            kept = may_lie(method, x[one].astype(float), n[one].astype(float), level, rooms[0], rooms[1])
            assert kept is not None
            assert kept.all(), (method, x[k], n[k], rooms)


def test_symmetry() -> None:
    draw = random.Random(5)
    for _ in range(2000):
        decimals = draw.choice((0, 1, 2))
        numbers = sorted(draw.randint(-60, 60) for _ in range(3))
        if draw.random() < 0.5:
            numbers[1] = (numbers[0] + numbers[2]) // 2 + draw.choice((-1, 0, 1))
        low, middle, high = (Reported(print_number(Fraction(k, 10**decimals), decimals)) for k in numbers)
        printed = PrintedInterval(middle, low, high)
        for rounding in ROUNDINGS:
            region = ratio_region(printed, scale="identity", rounding=rounding)
            assert is_symmetric(printed, 0.95, rounding) == bool(region)
