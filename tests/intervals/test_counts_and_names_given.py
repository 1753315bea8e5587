"""What may be given to an interval or a design: what is a count, which names are answered, what is a rate."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

import trialstats as ts
from trialstats.errors import InputError, UnknownNameError
from trialstats.intervals.binomial import COMMON_NAMES, METHODS


# --------------------------------------------------------------------------------------------------
# Counts
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("size", [3, 40_000])
def test_masked_counts_are_refused_because_their_mask_would_be_lost(size):
    x = np.ma.array(np.ones(size, dtype=int), mask=np.arange(size) == 2)
    with pytest.raises(InputError, match=rf"x has 1 masked of {size} values"):
        ts.binomial_interval(x, 4)
    with pytest.raises(InputError, match="x2 has 1 masked"):
        ts.difference_interval(1, 4, x, 4)
    assert ts.binomial_interval(x[~x.mask], 4).lower.shape == (size - 1,)
    whole = np.ma.array([1, 2], mask=[False, False])
    assert ts.binomial_interval(whole, 4).upper.tolist() == ts.binomial_interval([1, 2], 4).upper.tolist()


@pytest.mark.parametrize(
    "x", ["3", ["1", "2"], True, [True, False], np.datetime64("2020-01-01"), None, 1j, [None, 1], np.ones(20_000, bool)]
)
def test_what_is_no_count_is_refused(x):
    with pytest.raises(InputError, match="whole number"):
        ts.binomial_interval(x, 4)
    with pytest.raises(InputError, match="whole number"):
        ts.two_proportion_test(x, 4, 1, 4)


def test_every_kind_of_whole_number_is_a_count():
    expected = ts.binomial_interval(3, 4).lower
    for x in (3.0, np.uint8(3), Fraction(3), np.array([3], dtype=object), np.float32(3)):
        assert np.all(np.asarray(ts.binomial_interval(x, 4).lower) == expected)
    assert ts.binomial_interval([], 4).lower.size == 0


# --------------------------------------------------------------------------------------------------
# Names and rates
# --------------------------------------------------------------------------------------------------
def test_common_names_are_answered_with_ours():
    for given, name in (("exact", "clopper-pearson"), ("score", "wilson"), ("AC", "agresti-coull")):
        with pytest.raises(UnknownNameError, match=f"Did you mean '{name}'"):
            ts.binomial_interval(8, 32, method=given)
    assert set(COMMON_NAMES.values()) <= set(METHODS) and not set(COMMON_NAMES) & set(METHODS)


def test_a_rate_just_above_one_is_not_taken_for_a_percentage():
    design = ts.designs.TwoStageDesign(3, 13, 12, 43)
    with pytest.raises(InputError, match=r"got 1\.2\.$"):
        design.power(1.2)
    with pytest.raises(InputError, match=r"Did you mean 0\.2\?"):
        design.power(20)
    with pytest.raises(InputError, match=r"got 1\.5\.$"):
        ts.binomial_interval(8, 32, level=1.5)
