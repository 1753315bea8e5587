"""Lengths that name arms, and lists over times, outcomes and P values. The sentences are made up."""

from __future__ import annotations

import pytest
from tests.sources.text.claims_shown import told

from trialstats import extract


@pytest.mark.parametrize(
    "text",
    [
        "Relief was seen in 81% in the 4-day group and 84% in the 9-day group.",
        "Adults were assigned to a 4-week group (n = 60) or a 9-week group (n = 61). Relief was 81% with 4 weeks.",
        "Relief was seen in 31%, 42% and 51% in the 4-week, 9-week and 12-week groups, respectively.",
        "Relief was seen less often in the 4-month than in the 9-month arm (31% v 42%).",
    ],
)
def test_a_length_that_names_an_arm_is_no_time(text):
    assert {time for *_, time in told(text)} == {None}


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("At 31 days, relief was seen in 81% in the 4-day group and 84% in the 9-day group.", "31 days"),
        ("Relief was seen in 81% after a 9-day course of tea.", "9 day"),
        ("At the 4-month visit, relief was seen in 81% in the tea group.", "4 month"),
        ("The 31-day relapse rate was 8% in the tea group.", "31 day"),
    ],
)
def test_a_time_beside_an_arm_is_one(text, time):
    assert {one for *_, one in told(text)} == {time}


def test_the_time_behind_a_pair_is_of_both():
    text = "Relapse was 8% vs 11% at 1 year, 14% vs 19% at 2 years and 22% vs 28% at 4 years."
    assert [time for *_, time in told(text)] == ["1 year"] * 2 + ["2 years"] * 2 + ["4 years"] * 2
    text = "At 1 year relapse was 8% vs 11%, at 2 years 14% vs 19%."
    assert [time for *_, time in told(text)] == ["1 year"] * 2 + ["2 years"] * 2


def test_pairs_at_listed_times_have_one_each():
    text = "The relapse rates at 1, 2 and 4 years were 8% vs 11%, 14% vs 19% and 22% vs 28%, respectively."
    assert [time for *_, time in told(text)] == ["1 year"] * 2 + ["2 years"] * 2 + ["4 years"] * 2


def test_pairs_of_listed_outcomes_have_one_each():
    text = "Cough, gout and rash were less common with lumarin (8% v 11%, 14% v 19%, and 22% v 28%)."
    assert [outcome for _, outcome, _ in told(text)] == ["cough"] * 2 + ["gout"] * 2 + ["rash"] * 2
    text = "Cough, gout and rash were less common with lumarin (8% v 11% and 14% v 19%)."
    assert "gout" not in [outcome for _, outcome, _ in told(text)]


def _compared(text):
    paper = extract(text)
    value = {claim.id: str(claim.value) for claim in paper.claims if hasattr(claim, "value")}
    return [
        ([value[one] for one in claim.of], str(claim.p.value)) for claim in paper.claims if not hasattr(claim, "value")
    ]


@pytest.mark.parametrize("listed", ["P = .02, .003 and .41", "P = .02, P = .003, and P = .41, respectively"])
def test_p_values_listed_behind_as_many_pairs_are_of_one_each(listed):
    text = f"Relapse was 8% vs 11% at 1 year, 14% vs 19% at 2 years and 22% vs 28% at 4 years ({listed})."
    assert _compared(text) == [(["8%", "11%"], ".02"), (["14%", "19%"], ".003"), (["22%", "28%"], ".41")]
    paper = extract(text)
    assert [one.time for one in paper.claims if not hasattr(one, "value")] == ["1 year", "2 years", "4 years"]


def test_numbers_behind_a_p_value_need_not_be_more_of_them():
    text = "Relapse was 8% vs 11% (P = .02, 1.4 and 2.3)."
    assert [p for _, p in _compared(text)] == [".02"]
