"""Times that stand behind brackets, in what a text set out to measure, or only in words. The sentences are made up."""

from __future__ import annotations

import pytest
from tests.sources.text.claims_shown import told


def times(text):
    """Return the time of each claim of a text."""
    return [time for *_, time in told(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Sleep was good in 41% (95% CI, 30% to 52%) at 1 year and in 30% (95% CI, 20% to 41%) at 2 years.",
        "Sleep was good in 41% (95% CI 30 to 52; n = 80) at 1 year, 30% (95% CI 20 to 41; n = 71) at 2 years.",
    ],
)
def test_the_time_behind_its_bracket_is_that_of_a_result(text):
    assert times(text) == ["1 year", "2 years"]


def test_what_stands_in_a_bracket_has_the_time_behind_it():
    text = "Sleep differed by 3.1% (44.2% vs 41.1%; P = .31) at week 2 and 5.2% (47.3% vs 42.1%; P = .12) at week 6."
    assert [time for number, _, time in told(text) if number != "P"] == ["week 2"] * 3 + ["week 6"] * 3


@pytest.mark.parametrize(
    "text",
    [
        "The secondary outcomes were sleep and fatigue at 13 weeks. Good sleep was reported by 41% of rowers.",
        "The primary end point of this study was good sleep on day 13. Sleep was good in 41%.",
        "The aim was to compare sleep quality within 13 days. Sleep was good in 41%.",
        "Outcomes at 13 days were sleep and fatigue. Sleep was good in 41%.",
    ],
)
def test_a_result_without_a_time_has_the_one_at_which_it_was_to_be_measured(text):
    ((_, _, time),) = told(text)
    assert time is not None and "13" in time


@pytest.mark.parametrize(
    "text",
    [
        "Secondary outcomes were fatigue at 13 weeks and appetite. Sleep was good in 41%.",
        "Secondary outcomes were fatigue at 13 weeks, and sleep. Sleep was good in 41%.",
        "The aim was to test 13 days of rest. Sleep was good in 41%.",
        "The secondary outcomes were sleep at 3 and 9 weeks. Sleep was good in 41%.",
    ],
)
def test_the_time_of_another_outcome_is_not_taken(text):
    assert times(text) == [None]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("The rowers had a 90-day follow-up. At follow-up, sleep was good in 41%.", "at follow-up (90 day)"),
        ("All were followed for 9 months. At follow-up, sleep was good in 41%.", "at follow-up (9 month)"),
        (
            "They rowed for 12 weeks. 41% slept well at the end of the study.",
            "at the end of the study (12 weeks)",
        ),
        ("They had 3-month and 9-month follow-ups, at 3 and 9 months. At follow-up 41% slept.", "at follow-up"),
        ("The median follow-up was 9 months. At follow-up, sleep was good in 41%.", "at follow-up"),
    ],
)
def test_words_for_a_time_are_put_in_numbers_where_the_text_says_one(text, time):
    assert times(text)[-1] == time


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("The mean baseline weight was 81.2 kg (SD 9.1).", "baseline"),
        ("The median baseline score was 12 (IQR, 9 to 15).", "baseline"),
        ("Baseline mean (SD) weight was 81.2 (9.1) kg.", "baseline"),
        ("The median score was 12 (IQR, 9 to 15) in those without baseline pain.", None),
        ("The mean age was 61.2 years, and the mean baseline weight was 81.2 kg.", None),
    ],
)
def test_a_baseline_value_is_of_baseline(text, time):
    assert times(text)[0] == time


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("At the second interim analysis, the hazard ratio for death was 0.71 (95% CI, 0.52 to 0.97).",
         "at the second interim analysis"),
        ("Seven-day abstinence was seen in 41% at 6 months.", "6 months"),
        ("The odds ratio for 30-day point prevalence abstinence was 1.71 (95% CI, 1.12 to 2.61).", None),
    ],
)  # fmt: skip
def test_an_analysis_is_a_time_and_the_length_of_a_habit_is_none(text, time):
    assert times(text) == [time]
