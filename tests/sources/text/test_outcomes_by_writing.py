"""Outcomes and times in further forms of writing. The sentences are made up."""

from __future__ import annotations

import pytest
from tests.sources.text.claims_shown import outcomes, told

ARMS = "We randomly assigned 80 adults to receive lumarin or placebo. "


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        # A unit, or events by time.
        ("The mean leaf height was higher (293.3 v 236.6 μm; P = .01).", "leaf height"),
        ("Any fall [rate per 1000 (ER/1000) patient-years 41.2 vs. 38.7] was told.", "any fall"),
        # A word that compares.
        ("Waking time (WT) was shorter (14.1 vs. 18.2 minutes).", "waking time (wt)"),
        ("Mean night rest was slightly better (14.1 vs. 18.2 points).", "night rest"),
        # A word that says how results were put together.
        ("Pooled relief was more likely (41% vs 28%).", "relief"),
        ("The risk of relapse fell (typical relative risk 0.71, 95% CI 0.58 to 0.87).", "relapse"),
    ],
)
def test_what_measures_or_compares_is_no_outcome(text, outcome):
    assert set(outcomes(text)) == {outcome}


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        # A remark on the evidence.
        (
            "The film may improve sleep, although quality of evidence was low (HR 0.70, 95% CI 0.55 to 0.89).",
            "film may improve sleep",
        ),
        (
            "Rash was rare, but our confidence in this result is small (RR 0.76, 95% CI 0.61 to 0.93).",
            "rash was rare",
        ),
        # A bracket that says how it was measured.
        (
            "Mean change in pain (measured on the Lund scale) was smaller (MD 7.6, 95% CI 4.3 to 10.9).",
            "change in pain",
        ),
        ("Mean fatigue (assessed with a daily card) was less (MD 7.6, 95% CI 4.3 to 10.9).", "fatigue"),
        # The population in which it was seen.
        ("Cure rates were 41% (12/29) and 52% (15/29) in the intention-to-treat population.", "cure"),
        ("In the evaluable population, relapse was seen in 41%.", "relapse"),
    ],
)
def test_what_is_said_about_a_result_is_no_outcome(text, outcome):
    assert set(outcomes(text)) == {outcome}


def test_a_measure_with_its_abbreviation_is_no_outcome():
    text = "Relief was rare (risk ratio (RR) 0.84, 95% CI 0.66 to 1.07), and sleep good (RR 1.12, 95% CI 0.93 to 1.35)."
    assert outcomes(text) == ["relief was rare", "sleep good"]


def test_an_abbreviation_defined_with_more_behind_it_is_written_out():
    text = "Time to first fall (TFF; in days) was measured. The median TFF was 12.4 days."
    assert outcomes(text)[-1] == "time to first fall (tff)"


def test_of_two_arms_held_against_each_other_what_they_changed_is_the_outcome():
    text = ARMS + "Lumarin versus placebo improved sleep (HR 0.74, 95% CI 0.63 to 0.87)."
    assert outcomes(text)[-1] == "sleep"
    text = ARMS + "Lumarin versus placebo probably reduced falls (HR 0.74, 95% CI 0.63 to 0.87)."
    assert outcomes(text)[-1] == "falls"


def test_corresponding_results_are_of_the_outcome_before():
    text = "Among nurses, 78% had slept well. Among porters, the corresponding proportions were 84% and 69%."
    assert outcomes(text) == ["slept well"] * 3
    text = "Among nurses, 78% had slept well. For porters the corresponding figures were 84% and 69%."
    assert outcomes(text) == ["slept well"] * 3


def test_events_counted_are_the_outcome_of_the_shares_in_their_bracket():
    text = ARMS + "After 212 deaths (lumarin, 64%; placebo, 73%) at a median follow-up of 29.4 months, we stopped."
    assert outcomes(text)[-4:] == ["deaths", "deaths", "deaths", "follow-up"]


def test_a_time_that_leads_a_sentence_with_a_median_is_follow_up():
    text = "At a median of 34.5 months, survival was longer. The 3-year survival was 83%."
    assert outcomes(text) == ["follow-up", "survival"]
    assert outcomes("After a mean of 2.5 years, relapse was seen in 12%.") == ["follow-up", "relapse"]


def test_counts_of_both_arms_before_their_percentages_are_no_outcome():
    text = ARMS + "The rash was gone in 23 of 167 on lumarin and 11 of 162 on placebo (13.8% vs. 6.8%)."
    assert outcomes(text)[-2:] == ["rash was gone"] * 2


@pytest.mark.parametrize(
    ("text", "time"),
    [
        # A visit named by words or by their abbreviation.
        ("Cure at the test of cure (TOC) was 41%.", "at the test of cure"),
        ("The test of cure (TOC) was planned. Cure was 41% at TOC.", "at the test of cure (toc)"),
        # The close of a treatment.
        ("Relief in the last 5 weeks of the blinded phase was 41%.", "last 5 weeks of the blinded phase"),
        ("Over the final two weeks of treatment, relief was 41%.", "final two weeks of treatment"),
        # A time glued to its outcome.
        ("1yOS was 41%.", "1 year"),
        ("The 3-y survival was 41%.", "3 year"),
    ],
)
def test_times_are_named_in_other_ways_than_at(text, time):
    assert [when for number, _, when in told(text) if number == "41"] == [time]


def test_a_time_glued_to_an_outcome_is_that_of_no_other():
    text = "1yOS (RR 0.89, 95% CI 0.82 to 0.96) and cure (RR 1.57, 95% CI 1.32 to 1.85) were better."
    assert [time for *_, time in told(text)] == ["1 year", None]


def test_what_was_measured_was_measured_at_the_end_of_what_was_given():
    text = "Adults received 6 weeks of lumarin or placebo. The mean leaf height was 24.1 mm."
    assert told(text)[-1][2] == "6 weeks"
    text = "Adults were given 8 weeks of lumarin. The median score was 24."
    assert told(text)[-1][2] == "8 weeks"


def test_decimals_behind_years_are_no_year():
    assert all(time is None for *_, time in told("Falls (per 100 patient-years 6.7 vs. 5.1) were rare."))


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        # What there was more or less of.
        ("Boys with 0, 1 and 3 flags had 4.2, 4.8, and 53.9 fewer falls.", "falls"),
        ("Lumarin led to a mean of 2.1 more waking hours.", "waking hours"),
        # Behind an adverb.
        ("One patient subsequently withdrew consent.", "withdrew consent"),
        ("9 patients (12%) later had a rash.", "rash"),
        # Months are of a date.
        ("Between Oct 9 and Jan 25, 2021, 41% of adults slept well.", "slept well"),
        ("Between June 1999 and July 2001, 41% of adults slept well.", "slept well"),
    ],
)
def test_the_outcome_is_found_past_what_stands_between(text, outcome):
    assert set(outcomes(text)) == {outcome}


def test_a_primary_analysis_is_of_the_primary_end_point():
    text = "The primary end point was relief at night. The primary analysis showed 41% versus 21%."
    assert outcomes(text) == ["primary (relief at night)"] * 2
    text = "The primary outcome was sleep in spring. The primary analysis favoured the film (P = .02)."
    assert "sleep in spring" in outcomes(text)[0]


def test_those_who_had_something_at_baseline_are_not_seen_then():
    text = "At week 9, relief was good. Boys with pain at baseline had 41% relief."
    assert told(text)[-1][2] != "at baseline"
    assert told("Girls with pain at baseline had a mean score of 3.1.")[-1][2] is None
