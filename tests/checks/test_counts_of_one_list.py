"""Counts without a total, held against the number of patients that all others of their list are of."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trialstats as ts

ROWERS = "We randomised 400 rowers: 200 to the salt group and 200 to the water group. "
LIST = (
    "Cramps came to 41 of 150 rowers (27%), blisters to 33 ({blisters}), {noted}thirst to 27 (18%) and sunburn to "
    "14 (9%)."
)


def verdicts(text, check="percent-count"):
    """Return the verdict on each count of a text by its words."""
    return {one.where.quote: one.verdict.value for one in ts.check(text).findings if one.check == check}


def asked(text, check="percent-count"):
    """Return the words of a text that are asked about."""
    return [words for words, verdict in verdicts(text, check).items() if verdict in ("strained", "inconsistent")]


def test_one_of_a_list_is_of_fewer_patients_than_all_others():
    assert asked(LIST.format(blisters="22%", noted="")) == []
    # 33 of 141 would be 23.4%, within a tenth fewer, by one unit; 33 of 137 is 24%, and no number here is 137.
    assert asked(LIST.format(blisters="23%", noted="")) == []
    assert asked(LIST.format(blisters="24%", noted="")) == ["33 (24%)"]
    assert asked(LIST.format(blisters="28%", noted="")) == ["33 (28%)"]


def test_the_number_of_patients_that_prints_it_stands_in_the_list():
    assert asked(LIST.format(blisters="24%", noted="among 137 who wore gloves, ")) == []


def test_a_short_list_may_be_of_a_number_of_another_sentence():
    short = "Cramps came to 41 of 150 rowers (27%) and blisters to 33 (24%)."
    assert asked(short) == ["33 (24%)"]
    assert asked(short + " Gloves were worn by 137 rowers.") == []


def test_where_another_count_is_of_fewer_patients_none_is_asked_about():
    # 27 of 150 is 18.0%, and 20% is printed: the list is not of one number of patients.
    text = LIST.format(blisters="24%", noted="").replace("27 (18%)", "27 (20%)")
    assert "33 (24%)" not in asked(text)


def test_the_other_arm_does_not_tell_how_many_could_be_evaluated():
    text = ROWERS + "Cramps came to 42 rowers (21.0%) in the salt group and to {} in the water group."
    assert asked(text.format("61 (30.5%)")) == []
    assert asked(text.format("61 (33.5%)")) == []  # 61 of 182, as if 18 had not been seen again
    assert asked(text.format("61 (40.5%)")) == ["61 (40.5%)"]


def test_an_arm_that_was_analysed_has_nobody_missing():
    sizes = "All 400 rowers were analysed (200 in the salt group and 200 in the water group). "
    text = sizes + "Cramps came to 42 rowers (21.0%) in the salt group and to {} in the water group."
    assert asked(text.format("61 (30.5%)")) == []
    assert asked(text.format("61 (33.5%)")) == ["61 (33.5%)"]


def test_the_total_of_each_arm_is_carried_through_its_sentence():
    text = (
        "Patients were randomised to salt (n = 165) or water (n = 164). Pain was felt by 94 [56%] of 167 rowers with "
        "salt and 25 [16%] of 160 with water, and cramps by 58 [{}] with salt and 19 [12%] with water."
    )
    assert asked(text.format("35%")) == []
    assert asked(text.format("39%")) == ["58 [39%]"]


def test_groups_that_are_counts_of_all_are_no_arms_of_a_list():
    text = (
        "In all, 2395 patients were included, including 1287 ({}) with head injury, 587 (25%) with bleeding and 521 "
        "(22%) with stroke."
    )
    assert asked(text.format("54%")) == []
    assert asked(text.format("51%")) == ["1287 (51%)"]


@settings(max_examples=60, deadline=None)
@given(
    n=st.integers(40, 900),
    counts=st.lists(st.integers(1, 30), min_size=3, max_size=6, unique=True),
    decimals=st.integers(0, 1),
)
def test_no_list_of_one_total_is_ever_asked_about(n, counts, decimals):
    named = zip(("cramps", "blisters", "thirst", "sunburn", "fever", "cough"), counts, strict=False)
    printed = ", ".join(f"{symptom} in {x} ({100 * x / n:.{decimals}f}%)" for symptom, x in named)
    assert asked(f"Of the {n} rowers at the start, symptoms were {printed} by the end of the race.") == []


@pytest.mark.parametrize("words, none", [("5 ({}) after salt", "37%"), ("9 ({}) after salt", "55%")])
def test_a_count_that_is_its_percentage_of_no_number_needs_no_size(words, none):
    text = "In 19 rowers nothing hurt in 13 (68%) after water and in " + words + "."
    found = asked(text.format(none))
    assert len(found) == 1
    assert none in found[0]
