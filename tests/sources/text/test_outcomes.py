"""What a result is of, and when. The sentences are made up."""

from __future__ import annotations

import pytest

from trialstats.claims.model import Comparison
from trialstats.sources.text.reading import extract


def told(text):
    """Return for each claim its number, its outcome and its time."""
    claims = extract(text).claims
    return [("P" if isinstance(one, Comparison) else one.value.digits, one.outcome, one.time) for one in claims]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Relief was reported by 41% of adults.", "relief"),
        ("41% of adults had a relapse.", "relapse"),
        ("Rash (12%) was seen.", "rash"),
        ("The mean score of pain was 3.1.", "score of pain"),
        ("Pain-free days rose to a mean of 4.2.", "pain-free days rose"),
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
    text = "The primary end point was relief at 12 weeks. The primary end point was reached by 41%."
    assert told(text) == [("41", "primary end point was reached (relief at 12 weeks)", "12 weeks")]


def test_results_of_the_primary_outcome_have_its_time_and_others_do_not():
    text = "The primary outcome was pain at 6 months. Pain was seen in 12%. Death occurred in 3%."
    assert told(text) == [("12", "pain", "6 months"), ("3", "death", None)]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Relief at week 12 was 41%.", "week 12"),
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
