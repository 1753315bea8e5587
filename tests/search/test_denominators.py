"""Denominators behind several percentages of one arm, and pairs of them behind several two-arm rows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trialstats as ts
from trialstats.errors import InputError, UnknownNameError
from trialstats.intervals.two_sample import two_proportion_test
from trialstats.press import print_number
from trialstats.reported import Reported
from trialstats.search.counts.denominator_pairs import infer_denominator_pairs
from trialstats.search.counts.denominators import explain_denominators, infer_denominator

ROWS = [("84%", "47%", "<.001"), ("8%", "0%", ".017")]


# ---- one arm ---------------------------------------------------------------------------------------------------------
def test_five_percentages_leave_one_denominator_below_60():
    assert infer_denominator(["72%", "56%", "44%", "43%", "39%"], n_max=60) == (54,)


@settings(max_examples=60)
@given(st.integers(5, 150), st.data(), st.integers(0, 1))
def test_the_denominator_is_among_those_found(n, data, decimals):
    counts = data.draw(st.lists(st.integers(0, n), min_size=2, max_size=8))
    texts = [print_number(x / n, decimals, "%") for x in counts]
    assert n in infer_denominator(texts, n_max=150)
    fits = {one.n: one for one in explain_denominators(texts, n_max=150, misses=0)}
    assert set(fits) == set(infer_denominator(texts, n_max=150))
    assert all(low <= x <= high for x, (low, high) in zip(counts, fits[n].counts, strict=True))
    assert 0 < fits[n].chance <= 1


@settings(max_examples=40)
@given(st.integers(30, 80), st.data())
def test_a_row_that_misses_a_patient_is_named(n, data):
    counts = data.draw(st.lists(st.integers(1, n - 2), min_size=4, max_size=6))
    texts = [print_number(x / n, 1, "%") for x in counts[:-1]] + [print_number(counts[-1] / (n - 1), 1, "%")]
    found = {one.n: one for one in explain_denominators(texts, n_max=90, misses=1)}
    assert n in found
    if found[n].missed:
        assert found[n].missed == (len(texts) - 1,)
        assert found[n].fewer == (n - 1,)
        assert found[n].counts[-1] is None


def test_an_interval_narrows_the_denominator():
    percentages = ["33%", "73%", "67%"]
    alone = infer_denominator(percentages, n_max=87)
    with_interval = infer_denominator(percentages, intervals=[("20%", "48%"), None, None], n_max=87)
    assert set(with_interval) < set(alone) and 49 in with_interval


def test_fewest_missed_rows_come_first_and_the_chance_falls_with_more_rows():
    few, many = (explain_denominators(texts, n_min=54, n_max=54)[0] for texts in (["72%"], ["72%", "56%", "44%"]))
    assert many.chance < few.chance < 1
    found = explain_denominators(["72.2%", "55.6%", "44.4%", "42.6%", "37.7%"], n_max=60)
    assert [len(one.missed) for one in found] == sorted(len(one.missed) for one in found)


def test_bad_lists_are_refused():
    for bad in ([], "72%"):
        with pytest.raises(InputError, match="at least one printed percentage"):
            infer_denominator(bad)
    with pytest.raises(InputError, match="n_min <= n_max"):
        infer_denominator(["72%"], n_min=9, n_max=4)
    with pytest.raises(InputError, match="one interval or None for each of 2"):
        infer_denominator(["72%", "50%"], intervals=[None])
    with pytest.raises(UnknownNameError):
        infer_denominator(["72%"], rounding="bankers")


# ---- two arms --------------------------------------------------------------------------------------------------------
def test_no_test_prints_the_second_row_at_the_randomised_sizes():
    for sided in (2, 1, None):
        found = infer_denominator_pairs(ROWS[1:], first=(97, 97), second=(74, 74), sided=sided)
        assert len(found) == 0 and found.searched == 1
    one = infer_denominator_pairs(ROWS, first=(97, 97), second=(74, 74), misses=1)
    assert {pair.missed for pair in one} == {(1,)}


def test_pairs_with_missing_patients_print_both_rows_and_the_chance_weighs_them():
    found = infer_denominator_pairs(ROWS, first=97, second=74)
    assert found.searched == 10 * 8 and found.complete == found[:]
    for pair in found:
        for (p1, p2, p), (x1, x2), computed in zip(ROWS, pair.counts, pair.p, strict=True):
            assert print_number(x1 / pair.n1, 0, "%") == p1 and print_number(x2 / pair.n2, 0, "%") == p2
            again = float(two_proportion_test(x1, pair.n1, x2, pair.n2, method=pair.test))
            assert again == pytest.approx(computed) and again in Reported(p).range()
    assert 0 < found.row_chances[0] < found.row_chances[1] < 0.1
    assert found.chance <= min(found.row_chances)


@settings(max_examples=25)
@given(st.integers(20, 60), st.integers(20, 60), st.data(), st.sampled_from(["fisher", "pearson", "pearson-yates"]))
def test_the_pair_behind_printed_rows_is_found(n1, n2, data, test):
    rows, counts = [], []
    for _ in range(data.draw(st.integers(1, 3))):
        x1, x2 = data.draw(st.integers(1, n1 - 1)), data.draw(st.integers(1, n2 - 1))
        p = float(two_proportion_test(x1, n1, x2, n2, method=test))
        text = print_number(p, 3)
        rows.append((print_number(x1 / n1, 0, "%"), print_number(x2 / n2, 0, "%"), text if float(text) else "<.001"))
        counts.append((x1, x2))
    found = infer_denominator_pairs(rows, first=n1, second=n2)
    mine = [pair for pair in found if (pair.n1, pair.n2, pair.test) == (n1, n2, test)]
    assert len(mine) == 1 and not mine[0].missed
    assert all(share > 0 for share in found.row_chances) and found.chance > 0


def test_a_row_with_a_missing_patient_is_named_with_the_sizes_that_fit():
    p = float(two_proportion_test(20, 49, 11, 52, method="fisher"))
    q = float(two_proportion_test(31, 50, 17, 52, method="fisher"))
    rows = [
        ("62.0%", "32.7%", print_number(q, 4)),
        (print_number(20 / 49, 1, "%"), print_number(11 / 52, 1, "%"), print_number(p, 4)),
    ]
    found = infer_denominator_pairs(rows, first=(50, 50), second=(52, 52), misses=1, tests=["fisher"])
    assert (found[0].missed, found[0].fewer) == ((1,), ((49, 52),))
    assert not infer_denominator_pairs(rows, first=(50, 50), second=(52, 52), tests=["fisher"])


def test_the_share_of_p_values_is_that_of_a_full_count():
    """One pair and one test: count the printable P values by hand."""
    found = infer_denominator_pairs([("50%", "25%", ".08")], first=(20, 20), second=(20, 20), tests=["pearson"])
    p = float(two_proportion_test(10, 20, 5, 20, method="pearson"))
    assert found.row_chances == (1 / 101,) and found.chance == 1 / 101
    assert bool(found) == (print_number(p, 2) == "0.08")


def test_bad_rows_are_refused():
    with pytest.raises(InputError, match="at least one row"):
        infer_denominator_pairs([], first=10, second=10)
    with pytest.raises(InputError, match="two percentages and a P value"):
        infer_denominator_pairs([("1%", "2%")], first=10, second=10)
    with pytest.raises(InputError, match="must be a printed number such as"):
        infer_denominator_pairs([("1%", "2%", "5%")], first=10, second=10)
    with pytest.raises(InputError, match="first must be a size"):
        infer_denominator_pairs(ROWS, first=(9, 4), second=10)
    with pytest.raises(UnknownNameError, match="Did you mean 'fisher'"):
        infer_denominator_pairs(ROWS, first=97, second=74, tests=["fischer"])
    assert np.isfinite(infer_denominator_pairs(ROWS, first=3, second=3).chance)


# --------------------------------------------------------------------------------------------------
# Arguments
# --------------------------------------------------------------------------------------------------
def test_percentages_without_their_sign_and_without_a_row_that_fits_are_refused():
    with pytest.raises(InputError, match="got '72': did you mean '72%'"):
        ts.infer_denominator(["72", "56", "44"])
    with pytest.raises(InputError, match="at most 100%, got '140%'"):
        ts.search.explain_denominators(["72%", "140%"])
    with pytest.raises(InputError, match="percentage is missing"):
        ts.infer_denominator(["72%", None])
    for misses in (-1, 2, 0.5, True):
        with pytest.raises(InputError, match="misses must be"):
            ts.infer_denominator(["72%", "56%"], misses=misses)
    with pytest.raises(InputError, match="misses must be"):
        ts.search.explain_denominators(["72%", "56%"], misses=-1)


def test_the_answer_with_a_missing_patient_is_public_and_pointed_to():
    rows = ["72.2%", "55.6%", "44.4%", "42.6%", "37.7%"]
    assert ts.infer_denominator(rows, n_max=60, n_min=50) == ()
    best = ts.search.explain_denominators(rows, n_max=60, n_min=50)[0]
    assert (best.n, best.missed, best.fewer) == (54, (4,), (53,))
    for name in ("explain_denominators", "infer_denominator_pairs"):
        assert name in (ts.infer_denominator.__doc__ or "")


def test_a_row_may_hold_its_interval():
    rows = [("33%", ("20%", "48%")), "73%", "67%"]
    beside = ts.infer_denominator(["33%", "73%", "67%"], intervals=[("20%", "48%"), None, None], n_max=87)
    assert ts.infer_denominator(rows, n_max=87) == beside != ts.infer_denominator(["33%", "73%", "67%"], n_max=87)
    with pytest.raises(InputError, match="with its interval once"):
        ts.infer_denominator(rows, intervals=[("20%", "48%"), None, None], n_max=87)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("84", "47", "<.001"), "got '84': did you mean '84%'"),
        (("84%", "47%", "17"), "P value lies between 0 and 1, got '17'"),
        (("84%", "47%", "1.7"), "P value lies between 0 and 1, got '1.7'"),
        (("8%", "0%", None), "P value of a row must be a printed number"),
        (("8%", None, ".017"), "percentage is missing"),
        (None, "two percentages and a P value, got None"),
    ],
)
def test_rows_of_two_arms_that_are_none_are_refused(row, sentence):
    with pytest.raises(InputError) as refused:
        ts.search.infer_denominator_pairs([row], first=97, second=74)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("sided", 3), ("sided", True), ("misses", -1), ("misses", 2), ("misses", 0.5), ("tests", "fisher"), ("tests", []),
     ("first", True), ("first", "97"), ("first", (1, 2, 3))],
)  # fmt: skip
def test_arguments_of_the_search_for_pairs_are_checked(name, value):
    rows = [("84%", "47%", "<.001"), ("8%", "0%", ".017")]
    with pytest.raises(InputError, match=f"{name} (must be|is empty)"):
        ts.search.infer_denominator_pairs(rows, **({"first": 97, "second": 74} | {name: value}))


def test_an_interval_of_too_many_counts_excludes_no_denominator(monkeypatch):
    rows = [("33%", ("26%", "41%")), "66%"]
    assert infer_denominator(rows, n_min=100, n_max=200)
    monkeypatch.setattr("trialstats.search.counts.search.MOST_COUNTS", 50)
    with pytest.raises(InputError, match="up to 200 patients, too many to look at; give a smaller n_max"):
        infer_denominator(rows, n_min=100, n_max=200)
