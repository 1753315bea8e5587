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
        "Sleep was good in 41% at 1 year (95% CI, 30% to 52%) and in 30% at 2 years (95% CI, 20% to 41%).",
        "Sleep was good in 41% (95% CI 30 to 52; n = 80) at 1 year, 30% (95% CI 20 to 41; n = 71) at 2 years.",
    ],
)
def test_the_time_behind_its_bracket_is_that_of_a_result(text):
    assert times(text) == ["1 year", "2 years"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The 8-month and 2-year fitness rates were 64% and 31%.", ["8 month", "2 year"]),
        ("At the end of 1 year, relief was seen in 41% of rowers.", ["1 year"]),
        ("The rate of cure by 30 d after calving was 29.4%.", ["30 d after calving"]),
        (
            "Relief was more common within the first week of life (risk ratio 1.3; 95% CI: 1.1-1.5).",
            ["first week of life"],
        ),
        ("Mean pain on the first postoperative day was 4.1 points.", ["first postoperative day"]),
        ("Relief was seen in 11%, 21% and 31% at weeks 4, 8 and 12.", ["week 4", "week 8", "week 12"]),
        ("Mean pain was milder at weeks 3, 6, and 9 (P < .01).", ["weeks 3, 6, and 9"]),
        ("At week 12 and 24 women relief was seen in 41%.", ["week 12"]),
    ],
)
def test_times_in_words_and_lists(text, expected):
    assert [time for *_, time in told(text) if time] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rowers had tea for 9 weeks. Mean mood was 31.5 points.", ["9 weeks"]),
        ("Mean mood was 31.5 points. The rest was 81 v 64 mm at 3 months.", [None, "3 months", "3 months"]),
        ("Rowers had tea over 30 minutes. Mean mood was 31.5 points.", [None]),
        ("Rowers had tea on day 2. Mean mood was 31.5 points.", [None]),
        ("Rowers had tea for 9 weeks. The mean stay was 3.1 vs 1.6 days.", [None, None]),
    ],
)
def test_the_only_time_of_a_text_is_that_of_what_was_measured(text, expected):
    assert times(text) == expected


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


@pytest.mark.parametrize(
    ("text", "time"),
    [
        # A dose that is numbered, or counted.
        ("Titres had risen in 41% of rowers five days after lumarin dose 2.", "5 days after lumarin dose 2"),
        ("At 5 days after the second dose, 41% of rowers had a fever.", "5 days after the second dose"),
        ("Fever was seen in 41% of rowers 5 days after a single injection.", "5 days after a single injection"),
        # A span of time behind what happened.
        ("Pulse differed between the crews 2-4 minutes after rowing (P < .05).", "2-4 minutes after rowing"),
        # An age at which children were seen.
        ("At 3 years of age, 41% of the children swam.", "3 years of age"),
        ("Swimming by 30 months of age was seen in 41%.", "30 months of age"),
        ("Of 90 rowers at least 50 years of age, 41% slept.", None),
        ("Of rowers 50 years of age, 41% slept.", None),
        # What only looks like a time.
        ("Rowers with the Q77H variant (41%) slept.", None),
        ("Of 90 rowers, 41% had at least one treatment-emergent rash.", None),
        ("Unrest in the past 36 hours was told by 41%.", None),
        ("Naps fell from 7.3 to 4.1 days (difference, 3.2; 95% CI, 1.1 to 5.3).", None),
    ],
)
def test_times_behind_doses_and_at_ages(text, time):
    assert times(text)[0] == time


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The lead of a sentence without a comma, and what stands far behind it.
        (
            "After 7 weeks there was no difference between the crews in sleep (-0.7 points, 95% CI -2.0 to 0.6), in the"
            " number of naps that were taken on the water by the cox of each boat (-1.1, 95% CI -2.4 to 0.2), or in the"
            " quality of meals (-0.4, 95% CI -1.1 to 0.3).",
            ["7 weeks"] * 3,
        ),
        # Events counted over a time that leads the sentence.
        ("Within the first 7 weeks, gout was less common with lumarin (hazard ratio, 0.52; 95% CI, 0.31 to 0.87).",
         ["7 weeks"]),
        ("During a median of 7 months of rest (maximum 19 months), the hazard ratio was 0.52 (95% CI, 0.31 to 0.87).",
         [None, None]),
        # How long something lasts is not seen at the time of another outcome.
        ("Median survival was 9.1 months and the 3-year survival rate was 22%.", [None, "3 year"]),
        # What leads a sentence in words alone holds for it alone.
        ("At study completion, 41% of rowers slept. Naps were taken by 22%.", ["at study completion", None]),
        # A baseline value, but not what it came to.
        ("It was told. Baseline nap rates by crew were 41% and 44%.", ["baseline", "baseline"]),
    ],
)  # fmt: skip
def test_what_leads_a_sentence_tells_when(text, expected):
    assert times(text) == expected


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("They rowed. Sleep and appetite were assessed at 13 weeks. Good sleep was reported by 41%.", "13 weeks"),
        ("They rowed. Sleep was also measured on land at baseline and at week 13. Sleep was good in 41%.", "week 13"),
        ("They rowed. Sleep was recorded at 3 and 13 weeks. Sleep was good in 41%.", None),
        ("They rowed. Appetite was assessed at 13 weeks. Sleep was good in 41%.", None),
        ("They rowed. Sleep was recorded within 13 minutes of rowing. Sleep was good in 41%.", None),
    ],
)
def test_what_was_measured_has_the_time_at_which_it_was(text, time):
    assert times(text)[-1] == time


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("The 24-h ambulatory blood pressure was 131 mm Hg (SD, 12).", None),
        ("The 24-hour urinary sodium was 131 mmol (SD, 12).", None),
        ("The 24-hour mortality was 12%.", "24 hour"),
        ("Lumarin was given on days 1 through 5. Mean sleep was 6.1 hours (SD, 1.2).", None),
        ("Sleep was seen on day 5. Mean sleep was 6.1 hours (SD, 1.2).", "day 5"),
        ("Mean (SD) baseline sleep was 6.1 (1.2) hours in all.", "baseline"),
    ],
)
def test_how_long_something_is_measured_is_no_time(text, time):
    assert times(text)[-1] == time


def test_each_of_several_primary_outcomes_has_its_time():
    text = (
        "The primary outcome was rowing without a severe cramp at 9 weeks, and the main safety outcome was rowing"
        " without a severe blister at 30 weeks. Rowing without severe blister was seen in 41%. Rowing without severe"
        " cramp was seen in 22%."
    )
    assert times(text) == ["30 weeks", "9 weeks"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The primary end point was sleep at 9 weeks. Primary end-point data were available for 41% of the women.",
            [None],
        ),
        ("The primary outcome was sleep at 9 weeks of age. The mean age was 61.2 years (SD, 7.1).", [None]),
    ],
)
def test_no_time_for_an_age_or_for_data_that_were_there(text, expected):
    assert times(text) == expected


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Sleep in the late phase (31-90 h after rowing) was the aim. Sleep in the late phase was good in 41%.",
         "late phase (31-90 h after rowing)"),
        ("They napped in an early (days 2 to 9) and a late stage (days 10 to 31). 41% slept during the late stage.",
         "late stage (days 10 to 31)"),
        ("The tables of Smith (31-90) tell the late phase. Sleep in the late phase was good in 41%.", None),
    ],
)  # fmt: skip
def test_a_phase_has_the_times_told_behind_its_name(text, time):
    assert times(text)[-1] == time


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("The 2-year and 5-year cramp-free survival rates were 74% and 61%.", ["2 year", "5 year"]),
        ("One-, two-, and three-year survival was 70%, 52%, and 41%.", ["1 year", "2 year", "3 year"]),
        ("Survival at one, two and three years was 70%, 52%, and 41%.", ["1 year", "2 years", "3 years"]),
        ("Survival was 70% at 1 year and 52% at 3 years.", ["1 year", "3 years"]),
    ],
)
def test_times_of_a_list_in_words_or_with_their_units(text, known):
    assert times(text) == known


@pytest.mark.parametrize(
    "text",
    [
        "In boys, mean lipase was 105 ± 12 U/L before treatment and 91 ± 11 U/L after treatment. All were well.",
        "In boys, mean lipase was 105 U/L before treatment, and 91 U/L after treatment. All were well.",
    ],
)
def test_a_time_right_behind_a_unit(text):
    assert times(text) == ["before treatment", "after treatment"]
