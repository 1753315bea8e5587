"""The limits of every method lie within the envelope, and the quick Blyth-Still-Casella is the slow one."""

from __future__ import annotations

import numpy as np
import pytest

from trialstats.intervals.binomial import BINOMIAL_METHODS, METHODS
from trialstats.intervals.binomial.casella_local import blyth_still_casella_of_few
from trialstats.intervals.binomial.score import wilson
from trialstats.search.counts.envelope import FROM_N, LEVELS, OUTWARDS_INWARDS, distances

SLOW_TABLE = "blyth-still-casella"


def every_count(sizes) -> tuple[np.ndarray, np.ndarray]:
    sizes = np.asarray(sizes)
    return np.concatenate([np.arange(n + 1.0) for n in sizes]), np.repeat(sizes, sizes + 1).astype(float)


def check(method: str, level: float, x: np.ndarray, n: np.ndarray) -> None:
    lower, upper = METHODS[method].function(x, n, np.asarray(level))
    wilson_lower, wilson_upper = wilson(x, n, np.asarray(level))
    outwards, inwards = distances(method, level)
    low, high = (lower - wilson_lower) * n, (upper - wilson_upper) * n
    assert low.min() >= -outwards and high.max() <= outwards
    assert low.max() <= inwards and high.min() >= -inwards


def test_the_table_names_every_method_and_level():
    assert set(OUTWARDS_INWARDS) == set(BINOMIAL_METHODS)
    assert all(tuple(row) == LEVELS for row in OUTWARDS_INWARDS.values())
    assert distances("wald", 0.951) is None


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("method", BINOMIAL_METHODS)
def test_limits_lie_within_reach_of_wilsons(method, level):
    rng = np.random.default_rng(round(1000 * level))
    few = method == SLOW_TABLE
    check(method, level, *every_count(np.arange(FROM_N, 30 if few else 75)))
    check(method, level, *every_count(rng.integers(75, 500 if few else 2000, 2)))


@pytest.mark.slow
@pytest.mark.parametrize("method", BINOMIAL_METHODS)
def test_limits_up_to_2000_lie_within_reach_of_wilsons(method):
    largest = min(METHODS[method].max_n, 2000)
    step = 5 if method == SLOW_TABLE else 7
    for start in range(FROM_N, largest + 1, 10 * step):
        check(method, 0.95, *every_count(np.arange(start, min(start + 10 * step, largest + 1), step)))


@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
def test_the_quick_blyth_still_casella_is_the_slow_one(level):
    for n in (*range(1, 24), 60, 151):
        x, sizes = every_count([n])
        table = METHODS[SLOW_TABLE].function(x, sizes, np.asarray(level))
        few = blyth_still_casella_of_few(x, sizes, np.asarray(level))
        # Both solve the same equations; a root found twice agrees to a few units of the last digit.
        np.testing.assert_allclose(few, table, rtol=0, atol=1e-12)


@pytest.mark.slow
def test_the_quick_blyth_still_casella_is_the_slow_one_up_to_1000():
    rng = np.random.default_rng(6)
    for n in rng.integers(150, 1001, 40):
        x, sizes = every_count([n])
        level = np.asarray(rng.choice([0.8, 0.9, 0.95, 0.975, 0.99]))
        table = METHODS[SLOW_TABLE].function(x, sizes, level)
        np.testing.assert_allclose(blyth_still_casella_of_few(x, sizes, level), table, rtol=0, atol=1e-12)
