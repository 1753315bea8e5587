"""What `explain_proportion` says beside its list: uniqueness, rivals, the deciding digit, weights, chance, limits."""

from __future__ import annotations

import numpy as np
import pytest

import trialstats as ts
from trialstats.errors import InputError, UnknownNameError
from trialstats.intervals.binomial import METHODS
from trialstats.press import added_counts
from trialstats.reported import ROUNDINGS, Reported
from trialstats.search.counts import search as count_search
from trialstats.search.counts.denominators import prints_percentage
from trialstats.search.counts.explain import explain_proportion
from trialstats.search.counts.ranges import count_limits
from trialstats.search.counts.search import CountSearch
from trialstats.search.printed import PrintedInterval


def test_the_response_rates_of_the_brief_are_clopper_pearson_rounded_twice():
    for estimate, bounds, x, n in (("25%", ("12%", "43%"), 8, 32), ("44%", ("26%", "65%"), 12, 27)):
        best = explain_proportion(estimate, bounds, n=n)[0]
        assert (best.x, best.n, best.method, best.rounding, best.ordinary) == (x, n, "clopper-pearson", "twice", False)
    for estimate, bounds, x, n in (("61%", ("47%", "74%"), 33, 54), ("42%", ("29%", "56%"), 24, 57)):
        best = explain_proportion(estimate, bounds, n=n)[0]
        assert (best.x, best.n, best.method, best.rounding, best.ordinary) == (x, n, "clopper-pearson", "nearest", True)


def test_lazy_answers_agree_with_the_full_list():
    for estimate, bounds, n_max in (("33%", ("20%", "48%"), 87), ("50%", ("20%", "80%"), 40), ("7%", ("0%", "9%"), 60)):
        lazy, full = (explain_proportion(estimate, bounds, n_max=n_max) for _ in range(2))
        blocks = full.blocks
        assert full.total == sum(block.size for block in blocks) == len(full.arrays()["x"])
        assert bool(lazy) == lazy.feasible == (full.total > 0)
        assert set(lazy.methods) == {block.method for block in blocks}
        assert lazy.methods == full.methods
        assert lazy.best(7) == full[:7]
        if full:
            assert lazy[3] == full[3]
            assert [one.cost for one in full] == sorted(one.cost for one in full)
            assert sum(full.weight(i) for i in range(full.total)) == pytest.approx(1)
            assert full.n_values == tuple(sorted({one.n for one in full}))


def test_columns_hold_what_the_items_hold():
    found = explain_proportion("20%", ("8%", "38%"), n_max=40)
    columns = found.arrays()
    for i in range(0, found.total, 17):
        one = found[i]
        assert (one.x, one.n, one.method, one.rounding) == tuple(
            columns[name][i] for name in ("x", "n", "method", "rounding")
        )
        assert one.estimate == pytest.approx(columns["estimate"][i])
        assert one.lower == columns["lower"][i]
        assert columns["point"][i] == one.point
    frame = found.to_frame(limit=5)
    assert frame.shape[0] == 5 and frame["x"].tolist() == columns["x"][:5].tolist()


def test_one_pair_of_counts_is_unique_and_nothing_decides():
    found = explain_proportion("25%", ("12%", "43%"), n=32)
    assert found.unique and found.rivals == 1 and found.deciding_digit is None


def test_a_further_digit_would_tell_rivals_apart():
    found = explain_proportion("33%", ("20%", "48%"), n_max=87, methods=["clopper-pearson"], roundings=["nearest"])
    assert (
        {(one.x, one.n) for one in found} == {(15, 46), (16, 48), (16, 49)} and found.rivals == 3 and not found.unique
    )
    # 32.6, 33.3 and 32.7 %; 19.5, 20.4 and 20.0 %; 48.0, 48.4 and 47.5 %: each would do.
    assert found.deciding_digit in ("estimate", "lower", "upper")
    same = explain_proportion("50.0%", ("1.3%", "98.7%"), n_max=2)
    assert same.rivals == 1 and same.deciding_digit is None


def test_a_percentage_alone_is_held_as_runs():
    found = explain_proportion("50%", n_max=100_000, roundings=["nearest"])
    n = np.arange(1, 100_001)
    low, high = count_limits(Reported("50%").range(), n)
    assert found.total == int(np.maximum(high - low + 1, 0).sum())
    assert found[0].n == 2 and found[found.total - 1].x == high[-1]
    assert found.methods == ()


def test_x_alone_finds_its_n():
    found = explain_proportion("25%", ("12%", "43%"), x=8, n_max=500)
    assert found.n_values and 32 in found.n_values and {one.x for one in found} == {8}


def test_the_chance_is_the_share_of_neighbours_explained_as_cheaply():
    found = explain_proportion("61%", ("47%", "74%"), n=54)
    neighbours = list(PrintedInterval.of("61%", ("47%", "74%"), "a proportion").neighbours())
    explained = [CountSearch(one, {"stated": np.array([54])}).cheapest(found[0].cost) is not None for one in neighbours]
    assert found.chance == pytest.approx(sum(explained) / len(neighbours))
    assert explain_proportion("61%", ("60%", "62%"), n=54).chance is None


def test_a_level_that_is_not_printed_is_searched():
    found = explain_proportion("25%", ("13.1%", "40.6%"), n=32, level=None)
    assert {one.level for one in found} == {0.9} and not found[0].ordinary
    assert not explain_proportion("25%", ("13.1%", "40.6%"), n=32)


def test_bounds_from_a_rounded_half_width_are_found_and_cut_off():
    # 9/49 by Wald: 18.4 ± 10.8 printed as 7.6 and 29.2, where the upper limit itself is 29.21 and the lower 7.53
    found = explain_proportion("18.4%", ("7.6%", "29.2%"), x=9, n=49)
    assert (found[0].method, found[0].bounds, found[0].rounding) == ("wald", "halves", "nearest")
    cut = explain_proportion("5%", ("0%", "15%"), n=20, methods=["wald"])
    assert {one.bounds for one in cut} == {"direct", "halves"}


def test_estimates_that_are_not_x_over_n():
    # DescTools with std_est = FALSE and binom.bayes print these beside the interval.
    middle = explain_proportion("27.7%", ("13.0%", "42.4%"), n=32)
    assert {(one.x, one.method, one.point) for one in middle} >= {(8, "agresti-coull", "midpoint")}
    mean = explain_proportion("25.8%", ("12.6%", "41.7%"), n=32, methods=["jeffreys"], roundings=["nearest"])
    assert [(one.x, one.point) for one in mean] == [(8, "posterior-mean")]
    assert mean[0].estimate == pytest.approx(8.5 / 33)
    assert added_counts("posterior-mean", "wald", 0.95) is None


def test_a_search_that_meets_its_limit_says_so(monkeypatch):
    printed = PrintedInterval.of("50.0%", ("46.9%", "53.1%"), "a proportion")
    wide = {"any": np.arange(900, 1200)}
    search = CountSearch(printed, wide, methods=["blyth-still-casella"])
    search.cheapest()
    assert search.limited and METHODS["blyth-still-casella"].max_n == 1000
    search = CountSearch(printed, wide, methods=["wilson"])
    search.cheapest()
    assert not search.limited
    monkeypatch.setattr(count_search, "MOST_COUNTS", 10)
    search = CountSearch(printed, wide, methods=["wilson"])
    list(search.blocks())
    assert search.limited


def test_bad_input_is_refused():
    with pytest.raises(InputError, match="n must be at least 1"):
        explain_proportion("25%", n=0)
    with pytest.raises(InputError, match="x must be between 0 and n, got 33 of 32"):
        explain_proportion("25%", x=33, n=32)
    with pytest.raises(UnknownNameError, match="Did you mean 'wilson'"):
        explain_proportion("25%", n=4, methods=["wilsn"])
    with pytest.raises(InputError, match=r"Did you mean 0\.95"):
        explain_proportion("25%", n=4, level=95)


# ---- percentages and counts, column by column ----------------------------------------------------------------------
@pytest.mark.parametrize("rounding", ROUNDINGS)
def test_columns_of_counts_against_percentages(rounding):
    rng = np.random.default_rng(8)
    n = rng.integers(1, 10_000_000, 400)
    x = (n * rng.random(400)).astype(np.int64)
    texts = [f"{int(1000 * a / b) / 10:.1f}%" for a, b in zip(x.tolist(), n.tolist(), strict=True)]
    expected = [
        Reported(text).range(rounding).lower <= 1 and (a * Reported("1").value / b) in Reported(text).range(rounding)
        for text, a, b in zip(texts, x.tolist(), n.tolist(), strict=True)
    ]
    assert prints_percentage(x, n, texts, rounding=rounding).tolist() == expected
    if rounding == "truncated":
        assert all(expected)


def test_ties_need_no_nudge_and_impossible_counts_print_nothing():
    assert prints_percentage([1, 1], [8, 8], ["12%", "13%"]).tolist() == [True, True]
    assert prints_percentage([1, 1], [8, 8], ["12%", "13%"], rounding="half-even").tolist() == [True, False]
    assert prints_percentage([12, -1], [10, 10], ["120%", "-10%"]).tolist() == [False, False]
    with pytest.raises(InputError, match="equally many"):
        prints_percentage([1], [2, 3], ["50%"])
    with pytest.raises(InputError, match="n must be at least 1, got 0"):
        prints_percentage([0], [0], ["0%"])


def test_limits_of_an_explanation_are_those_before_rounding():
    found = ts.explain_proportion("3%", ("-3%", "9%"), n=32)
    columns = found.arrays()
    for i, one in enumerate(found):
        assert (one.lower, one.upper) == (columns["lower"][i], columns["upper"][i])
    assert found[0].lower == pytest.approx(1 / 32 - 1.959963984540054 * np.sqrt(31) / 32**1.5, abs=1e-12)
