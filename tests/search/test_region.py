"""The polygon of (centre, SE): exact at its vertices, and the inverse of the press."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trialstats.catalogue import Convention
from trialstats.explanations import Symmetric
from trialstats.intervals.scales import SCALES
from trialstats.press import print_claim
from trialstats.reported import ROUNDINGS, Range, Reported
from trialstats.search.printed import PrintedInterval
from trialstats.search.ratios.polygon import (
    Region,
    critical,
    p_regions,
    ratio_region,
    symmetric_half_planes,
    symmetric_region,
    z_range,
)
from trialstats.search.ratios.search import RatioSearch
from trialstats.search.ratios.shape import centre_fits, float_ends

LEVELS = (0.9, 0.95, 0.951, 0.975, 0.9898)
centres = st.floats(math.log(0.1), math.log(8))
errors = st.floats(0.05, 1.2)


def printed(estimate, lower, upper):
    return PrintedInterval(*(None if text is None else Reported(text) for text in (estimate, lower, upper)))


def of_claim(claim):
    return PrintedInterval(claim.value, claim.spread.lower, claim.spread.upper)


@given(
    centres, errors, st.sampled_from(LEVELS), st.sampled_from(sorted(ROUNDINGS)), st.integers(1, 3), st.integers(1, 3)
)
@settings(max_examples=150)
def test_what_is_printed_lies_in_its_region(centre, se, level, rounding, decimals, bound_decimals):
    how = Convention(scale="log", level=level, rounding=rounding)
    claim = print_claim(Symmetric(centre, se), how, decimals=decimals, bound_decimals=bound_decimals, unit="")
    region = ratio_region(of_claim(claim), level=level, rounding=rounding)
    assert region
    assert region.centre[0] - 1e-9 <= centre <= region.centre[1] + 1e-9
    assert region.se[0] - 1e-9 <= se <= region.se[1] + 1e-9
    z = centre / se
    assert region.z[0] - 1e-9 <= z <= region.z[1] + 1e-9


@given(centres, errors)
@settings(max_examples=60)
def test_every_point_of_a_region_prints_the_claim(centre, se):
    claim = print_claim(Symmetric(centre, se), Convention(scale="log"), decimals=2, unit="")
    numbers = of_claim(claim)
    region = ratio_region(numbers)
    middle = [sum(point[k] for point in region.vertices) / len(region.vertices) for k in (0, 1)]
    for share in (0.0, 0.5, 0.99):
        for c, s in region.vertices:
            inside = middle[0] + share * (c - middle[0]), middle[1] + share * (s - middle[1])
            ends = (inside[0], inside[0] - critical(0.95) * inside[1], inside[0] + critical(0.95) * inside[1])
            for (_, number), end in zip(numbers.parts, ends, strict=True):
                assert number.range().admits(math.exp(end))


def test_two_ways_to_the_same_polygon():
    numbers = printed("0.54", "0.36", "0.81")
    ranges = {name: number.range() for name, number in numbers.parts}
    clipped = Region.of(symmetric_half_planes(SCALES["log"], critical(0.95), **ranges), (-3, 2), 2)
    direct = symmetric_region(SCALES["log"], 0.95, ranges)
    assert direct.centre == pytest.approx(clipped.centre, abs=1e-12)
    assert direct.se == pytest.approx(clipped.se, abs=1e-12)
    # by hand: SE is largest from 0.355 to 0.815 and smallest from 0.365 to 0.805
    assert direct.se[1] == pytest.approx(math.log(0.815 / 0.355) / 2 / 1.959963984540054, abs=1e-12)
    assert direct.se[0] == pytest.approx(math.log(0.805 / 0.365) / 2 / 1.959963984540054, abs=1e-12)


@pytest.mark.parametrize(
    "numbers", [("0.54", None, "0.81"), ("0.54", "0.36", None), (None, "0.36", "0.81"), ("0.54", None, None)]
)
def test_any_subset_of_numbers_holds_the_whole(numbers):
    part, whole = ratio_region(printed(*numbers)), ratio_region(printed("0.54", "0.36", "0.81"))
    assert part.centre[0] <= whole.centre[0] + 1e-12 and whole.centre[1] <= part.centre[1] + 1e-12
    assert part.se[0] <= whole.se[0] + 1e-12 and whole.se[1] <= part.se[1] + 1e-12


@given(st.integers(1, 400), st.integers(1, 400), st.integers(1, 400), st.sampled_from(sorted(ROUNDINGS)))
@settings(max_examples=300)
def test_the_closed_form_and_the_polygon_agree(e, low, high, rounding):
    low, high = sorted((low, high))
    numbers = printed(*(f"{k // 100}.{k % 100:02d}" for k in (e, low, high)))
    for scale in ("log", "identity", "reciprocal"):
        region = ratio_region(numbers, scale=scale, rounding=rounding)
        fits = centre_fits(numbers, float_ends(numbers, rounding), scale, rounding)
        # They may differ only where the ranges touch in a point: there the polygon has no width.
        if fits is not bool(region):
            assert region
            assert region.centre[1] - region.centre[0] < 1e-6 or region.se[1] - region.se[0] < 1e-6


@pytest.mark.parametrize(
    ("rounding", "numbers", "fits"),
    [
        # 2 e = lower + upper exactly at the ends: 2 x 1.05 = 0.95 + 1.15
        ("nearest", ("1.1", "0.9", "1.1"), True),  # closed at 1.05, 0.95 and 1.15
        ("half-up", ("1.1", "0.9", "1.1"), False),  # 0.95 and 1.15 print upwards
        ("half-up", ("1.0", "0.9", "1.1"), True),
        ("half-even", ("1.1", "0.9", "1.1"), False),  # 1.05 goes to 1.0
        ("half-even", ("1.2", "1.0", "1.2"), True),  # 1.15 to 1.2, 1.05 to 1.0, 1.25 to 1.2
        ("truncated", ("1.2", "1.0", "1.2"), False),  # 1.1 and 1.3 excluded
    ],
)
def test_ties_are_decided_by_closed_and_open_ends(rounding, numbers, fits):
    claim = printed(*numbers)
    assert centre_fits(claim, float_ends(claim, rounding), "identity", rounding) is fits


def test_exact_ties_on_the_log_scale_need_no_tolerance():
    # 0.6 squared is 0.36 = 0.4 x 0.9: closed ends meet in that one point under truncation only from one side.
    claim = printed("0.6", "0.4", "0.9")
    assert centre_fits(claim, float_ends(claim, "truncated"), "log", "truncated")
    below = printed("0.5", "0.4", "0.9")  # 0.6 is excluded above
    assert not centre_fits(below, float_ends(below, "truncated"), "log", "truncated")
    assert Fraction("0.6") ** 2 == Fraction("0.4") * Fraction("0.9")


@given(centres, errors, st.sampled_from((1, 2)), st.integers(2, 4))
@settings(max_examples=100)
def test_a_wald_p_value_cuts_a_wedge_that_holds_its_point(centre, se, sided, decimals):
    region = ratio_region(of_claim(print_claim(Symmetric(centre, se), Convention(scale="log"), decimals=2, unit="")))
    z = centre / se
    tail = 0.5 * math.erfc((abs(z) if sided == 2 else z) / math.sqrt(2))
    p = Reported(f"{sided * tail:.{decimals}f}").range()
    parts = list(p_regions(region, z_range(p, sided), sided))
    assert parts
    assert min(part.se[0] for part in parts) - 1e-9 <= se <= max(part.se[1] for part in parts) + 1e-9
    for part in parts:
        ends = z_range(p, sided)
        assert all(ends[0] - 1e-6 <= abs(c / s) or sided == 1 for c, s in part.vertices if s > 0)


def test_p_ranges_of_an_interval():
    region = ratio_region(printed("0.54", "0.37", "0.79"))
    assert [round(end, 4) for end in region.p_two_sided] == [0.0012, 0.0018]
    assert region.p_one_sided[1] == pytest.approx(region.p_two_sided[1] / 2)
    assert region.events_at_least == pytest.approx(4 / region.se[1] ** 2)


def test_a_region_of_equal_bounds_has_no_width():
    region = ratio_region(printed("0.50", "0.50", "0.50"))
    assert region.se[0] == 0.0
    assert region.z[0] == -math.inf


def test_z_of_absurd_p_values():
    assert z_range(Range(0.0, 0.001), 2)[1] == math.inf
    assert z_range(Range(0.99, 2.0), 2)[0] == 0.0
    low, high = z_range(Range(0.9, 1.0), 1)
    assert low == -math.inf and high == pytest.approx(-1.2815515655446004)


def test_search_is_importable_from_here():
    assert RatioSearch(printed("0.54", "0.36", "0.81")).first().scale == "log"
