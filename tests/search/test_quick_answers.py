"""What is told from a definition, or by floats, without the whole search is what the whole search gives."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest

from trialstats.catalogue import load_catalogue
from trialstats.intervals.binomial import METHODS
from trialstats.press import print_number
from trialstats.reported import ROUNDINGS, Reported
from trialstats.search.centred import is_symmetric
from trialstats.search.counts.definitions import may_lie
from trialstats.search.counts.nearest import nearest_count
from trialstats.search.counts.ranges import allow
from trialstats.search.counts.search import CountSearch
from trialstats.search.printed import PrintedInterval
from trialstats.search.ratios.polygon import ratio_region
from trialstats.search.survival.complete_follow_up import CurveOrCount
from trialstats.search.survival.explain import SurvivalSearch


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


RATES = [
    ("25%", "12%", "43%", {32: "stated"}), ("38.9%", "31.8%", "45.8%", {}), ("81%", "69%", "96%", {40: "stated"}),
    ("4.2%", "1%", "13%", {75: "stated", 71: "derived"}), ("46%", "29.5%", "57.7%", {50: "stated"}),
]  # fmt: skip


@pytest.mark.parametrize(("rate", "lower", "upper", "sizes"), RATES)
def test_what_is_asked_of_some_conventions_is_what_all_of_them_give(rate, lower, upper, sizes):
    printed = PrintedInterval.of(rate, (lower, upper), "a rate")

    def search() -> CountSearch:
        return CountSearch(printed, allow(sizes, 200))

    def shown(blocks):
        return [(block.convention, block.size, block.item(0)) for block in blocks]

    assert shown(search().blocks(ordinary=True)) == shown(block for block in search().blocks() if block.ordinary)
    either = CurveOrCount(SurvivalSearch(printed), search())
    items = (block.item(0) for block in either.counts())
    assert either.plain_count == next((one for one in items if one.rounding == "nearest"), None)


@pytest.mark.parametrize("x", [None, 9])
@pytest.mark.parametrize("numbers", [("18%", "8%", "20%"), ("82%", "75%", "97%"), ("6%", "5.1%", "26.8%")])
def test_the_nearest_count_is_that_of_all_methods_one_by_one(numbers, x):
    rate, *bounds = numbers
    printed, catalogue = PrintedInterval.of(rate, bounds, "a rate"), load_catalogue()

    def ask(*methods: str):
        n = np.arange(10, 160, dtype=np.int64)
        return nearest_count(printed, "any", n, x=x, level=0.95, methods=methods, catalogue=catalogue)

    every = catalogue.names("interval-method")
    alone = [found for method in every if method != "wilson" and (found := ask(method)) is not None]
    least = min((found.steps for found in [*alone, ask("wilson")]), default=None)
    assert ask(*every).steps == pytest.approx(least, rel=1e-12)
