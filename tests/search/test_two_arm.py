"""The counts, test and sides behind one P value of two percentages."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from trialstats.catalogue import load_catalogue
from trialstats.intervals.two_sample import two_proportion_test
from trialstats.press import print_number
from trialstats.reported import Reported
from trialstats.search.counts.ranges import allow
from trialstats.search.counts.two_arm import TwoArmSearch

TESTS = load_catalogue().names("two-arm-test")


def search(first, second, n1, n2, p, sided=None):
    sizes = (allow({n1: "stated"}, n1), allow({n2: "stated"}, n2))
    return TwoArmSearch(Reported(first), Reported(second), *sizes, Reported(p), sided)


def test_a_p_value_of_the_printed_sizes_is_ordinary():
    best = next(search("84%", "47%", 97, 74, "<.001").blocks()).item(0)
    assert (best.n, best.n2, best.allowed, best.ordinary, best.sided) == (97, 74, "stated", True, 2)


def test_a_p_value_that_needs_missing_patients_says_so_and_is_weighed():
    found = search("8%", "0%", 97, 74, ".017")
    blocks = list(found.blocks())
    assert blocks and all(block.allowed == "near" or block.item(0).readings for block in blocks)
    best = blocks[0].item(0)
    assert (best.x2, best.n2) == (0, 74) and best.n < 97
    assert 0 < found.chance() < 1
    costs = [block.cost for block in blocks]
    assert costs == sorted(costs)


def test_stated_sides_are_kept_to():
    assert {block.item(0).sided for block in search("8%", "0%", 97, 74, ".017", 1).blocks()} == {1}


@settings(max_examples=60)
@given(st.integers(12, 60), st.integers(12, 60), st.data(), st.sampled_from(TESTS))
def test_what_a_test_prints_is_found_and_what_is_found_prints(n1, n2, data, test):
    x1, x2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    p = float(two_proportion_test(x1, n1, x2, n2, method=test))
    text = print_number(p, 3)
    assume(0 < float(text) < 1)
    found = search(print_number(x1 / n1, 0, "%"), print_number(x2 / n2, 0, "%"), n1, n2, text)
    stated = [block for block in found.blocks() if block.allowed == "stated" and block.method == test]
    items = [block.item(i) for block in stated for i in range(block.size)]
    assert any((one.x, one.x2, one.sided, one.rounding) == (x1, x2, 2, "nearest") for one in items)
    for one in items[:20]:
        if one.sided == 2:
            again = float(two_proportion_test(one.x, one.n, one.x2, one.n2, method=one.test))
            assert again == pytest.approx(one.p) and Reported(text).range(one.rounding).admits(again)


def test_sizes_that_print_no_such_percentage_explain_nothing():
    assert not list(search("33.39%", "50%", 20, 20, ".5").blocks())
    assert search("33.39%", "50%", 20, 20, ".5").chance() is None
