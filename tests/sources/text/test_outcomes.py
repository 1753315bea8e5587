"""What a result is of, and when. The sentences are made up."""

from __future__ import annotations

import pytest
from tests.sources.text.claims_shown import told


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Relief was reported by 41% of adults.", "relief"),
        ("41% of adults had a relapse.", "relapse"),
        ("Rash (12%) was seen.", "rash"),
        ("The mean score of pain was 3.1.", "score of pain"),
        ("Pain-free days rose to a mean of 4.2.", "pain-free"),
    ],
)
def test_words_for_an_outcome_stand_beside_its_number(text, outcome):
    ((_, said, _),) = told(text)
    assert said == outcome


def test_each_number_of_a_list_has_its_own_outcome():
    assert told("Rash (12%), cough (14%) and fever (3%) were seen.") == [
        ("12", "rash", None),
        ("14", "cough", None),
        ("3", "fever", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "In the zinc arm: relief: 48% v 31%; cough: 20% v 11%; and rash: 9% v 4%.",
        "Relief, 48% v 31%; cough, 20% v 11%; rash, 9% v 4%.",
    ],
)
def test_what_heads_its_values_in_a_list_is_their_outcome(text):
    assert [outcome for _, outcome, _ in told(text)] == ["relief"] * 2 + ["cough"] * 2 + ["rash"] * 2


def test_what_compares_a_row_is_of_its_outcome():
    text = "Relief was seen in 41% versus 36% of adults (odds ratio, 1.24; 95% CI, 0.90 to 1.71; P = .19)."
    assert [(outcome, time) for _, outcome, time in told(text)] == [("relief", None)] * 3


def test_a_ratio_that_names_its_outcome_is_of_that():
    text = "Relief was seen in 41% (hazard ratio for death, 0.71; 95% CI, 0.55 to 0.92)."
    assert [outcome for _, outcome, _ in told(text)] == ["relief", "death"]


def test_abbreviations_are_written_out():
    text = "Overall survival (OS) was 12.4 months. The HR for OS was 0.71 (95% CI 0.55 to 0.92)."
    assert {outcome for _, outcome, _ in told(text)} == {"overall survival (os)"}


def test_the_primary_end_point_is_what_the_text_says_it_was():
    text = "The primary end point was relief at 13 weeks. The primary end point was reached by 41%."
    assert told(text) == [("41", "primary end point (relief at 13 weeks)", "13 weeks")]


def test_results_of_the_primary_outcome_have_its_time_and_others_do_not():
    text = "The primary outcome was pain at 6 months. Pain was seen in 12%. Death occurred in 3%."
    assert told(text) == [("12", "pain", "6 months"), ("3", "death", None)]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Relief at week 12 was 41%.", "week 12"),
        ("Of the rowers 41% had relief at week nine.", "week 9"),
        ("Relief was seen in 41% after 8-12 weeks.", "8-12 weeks"),
        ("Relief was seen in 41% within four cycles.", "4 cycles"),
        ("Relief was seen in 41% of those who had four cycles (range, 2-12 weeks).", None),
        ("At 5 years, survival was 71%.", "5 years"),
        ("The 5-year survival was 71%.", "5 year"),
        ("After twelve weeks of treatment, sleep was good in 40%.", "12 weeks of treatment"),
        ("Nausea was seen in 41%, 2 years later.", "2 years later"),
        ("Relief was 41% at 12 and 24 weeks.", "12 and 24 weeks"),
    ],
)
def test_the_time_named_nearest_is_that_of_a_result(text, time):
    assert [when for *_, when in told(text)] == [time]


@pytest.mark.parametrize(
    "text",
    [
        "Relief came to 41% every 2 weeks.",
        "Relief was reported by 41% of those aged 12 years.",
        "The mean duration was 12 months, with relief in 41%.",
        "Relief came to 41% of boys 12 years old.",
    ],
)
def test_what_only_looks_like_a_time_is_none(text):
    assert all(when is None for number, _, when in told(text) if number == "41")


def test_a_time_goes_on_within_a_row():
    assert told("At 6 months, relief was 41% and at 12 months, it was 36%.") == [
        ("41", "relief", "6 months"),
        ("36", "relief", "12 months"),
    ]


def test_names_of_arms_are_no_outcome():
    text = "We randomly assigned 80 adults to receive lumarin or placebo. Relief with lumarin was 41%."
    (outcome,) = [outcome for number, outcome, _ in told(text) if number == "41"]
    assert outcome == "relief"


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        # What those who are counted did, or were, stands behind their number.
        ("Of 120 adults, 48 had stable pain and 29 had rising pain.", ["stable pain", "rising pain"]),
        ("Of 120 adults, 48% were smokers and 29% were taking a statin.", ["smokers", "taking a statin"]),
        ("The mean age was 61 years, and 34 of 80 (42%) were women.", ["age", "women"]),
        ("The mean age was 7 years, and 51% were boys.", ["age", "boys"]),
        # What changed stands behind the change.
        ("There was an 18% increase in weight and a 9% decrease in cholesterol.", ["weight", "cholesterol"]),
        ("We saw a 12% reduction in cost and a 4% rise in length of stay.", ["cost", "length of stay"]),
        # A clause of its own has an outcome of its own.
        (
            "Relief was 25% (8 of 32; 95% CI, 12 to 43); survival was longer (HR 0.54; 95% CI, 0.36 to 0.81).",
            ["relief", "survival"],
        ),
        (
            "Relapse was seen in 25% (8 of 32) and death was rarer (HR 0.54; 95% CI, 0.36 to 0.81).",
            ["relapse", "death was rarer"],
        ),
        # Words that only say where, or how it was tested, are no outcome.
        ("Relief was 31% for the leaflet, and 36% for the film.", ["relief", "relief"]),
        ("Falls were rarer (P = .02, Wilcoxon rank sum test) at home (0.5 a month).", ["falls were rarer"]),
        # Follow-up is what a median of it is of.
        ("Relief was 31% at a median follow-up of 2.6 years.", ["relief", "follow-up"]),
        ("Relief was 31%; adults were followed for a median of 2.6 years.", ["relief", "follow-up"]),
        # An abbreviation that the text defines is no ratio.
        ("The overall response rate (RR) was 12%. The RR was 9% in women.", ["response rate (rr)"] * 2),
        # What an effect is held against is not its outcome.
        (
            "Mortality was lower than usual practice (HR 0.54; 95% CI, 0.36 to 0.81).",
            ["mortality"],
        ),
    ],
)
def test_the_outcome_stands_where_the_clause_puts_it(text, outcomes):
    assert [outcome for _, outcome, _ in told(text)][: len(outcomes)] == outcomes


def test_what_patients_of_an_arm_had_stands_behind_its_name():
    text = (
        "We randomly assigned 80 adults to receive lumarin or placebo. 14 (35%) patients in the lumarin group had "
        "at least one fall versus 9 (22%) in the placebo group. 12 (30%) who took lumarin had a rash."
    )
    assert [outcome for number, outcome, _ in told(text) if number in ("35", "22")] == ["fall", "fall"]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        # Each of a list of times has its value.
        ("The 1-, 2-, and 3-year survival was 56%, 23%, and 17%.", ["1 year", "2 year", "3 year"]),
        ("Relief at 6 and 12 weeks was 34% and 30%, respectively.", ["6 weeks", "12 weeks"]),
        # Behind a semicolon stands another time.
        ("The median survival was 11.1 months; 1-year survival was 46%.", [None, "1 year"]),
        ("Relief was 11%; the 2-year survival was 46%.", [None, "2 year"]),
        # ... but not where only a bracket holds it.
        ("Relief at day 14 (n = 10; difference of means, 20.5; 95% CI, 2 to 38).", ["day 14"]),
        # Who patients were "at baseline" says nothing of when.
        ("Among adults who were not ventilated at baseline, death was seen in 30%.", [None]),
        ("Among those with pain in the arm at baseline, relief was seen in 41%.", [None]),
        ("At baseline, the mean score of pain was 5.1.", ["at baseline"]),
        # The whole course of a trial has no such time.
        ("At 5 years, survival was 71% (hazard ratio, 0.71; 95% CI, 0.55 to 0.92).", ["5 years", None]),
        ("After a median follow-up of 56 months, 3-year survival was 56%.", [None, "3 year"]),
        # The only time at which a trial measured is that of its means and their difference.
        ("We ran a 12-week trial. The mean difference in pain was 0.5 (95% CI, -0.3 to 1.3).", ["12 week"]),
        ("Adults took it for 12 weeks. The mean difference in pain was 0.5 (95% CI, -0.3 to 1.3).", ["12 weeks"]),
        ("Adults took it for 12 weeks, and for 6 months. The mean difference in pain was 0.5.", [None]),
        # The primary end point has its time, wherever it is told.
        ("The primary week 48 endpoint was relief or rest. Of the primary endpoint, 41% was rest.", ["week 48"]),
        ("Main outcome measure: an eye test within 90 days. Eye tests were 31% in all.", ["90 days"]),
    ],
)
def test_the_time_of_a_result_is_its_own(text, times):
    assert [when for *_, when in told(text)] == times
