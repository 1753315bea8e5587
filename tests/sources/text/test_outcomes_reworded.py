"""What a result is of, and when, in other words: each rule meets several ways of saying the same. All made up."""

from __future__ import annotations

import pytest
from tests.sources.text.claims_shown import outcomes, told

ARMS = "We randomly assigned 80 adults to receive lumarin or placebo. "


@pytest.mark.parametrize(
    "text",
    [
        "Any fall [rate per 1000 (ER/1000) patient-exposure years 41.2 vs. 38.7] was told.",
        "Any fall [rate per 100 patient follow-up years 41.2 vs. 38.7] was told.",
        "Any fall [rate per 100 person-years of follow-up 41.2 vs. 38.7] was told.",
        "Any fall [rate per 1000 years of exposure 41.2 vs. 38.7] was told.",
        "Any fall [rate per 1000 person-years at risk 41.2 vs. 38.7] was told.",
        "Any fall (rate per 100 years of observation, 41.2 vs. 38.7) was told.",
        "Any fall (incidence per 100 follow-up years 41.2 vs. 38.7) was told.",
        "Any fall (rate per 10,000 women-years, 41.2 vs. 38.7) was told.",
    ],
)
def test_what_a_rate_is_counted_per_is_no_outcome(text):
    assert set(outcomes(text)) == {"any fall"}


@pytest.mark.parametrize(
    "text",
    [
        "Rash was rare, although quality of evidence was low (RR 0.76, 95% CI 0.61 to 0.93).",
        "Rash was rare, although the quality of that evidence was poor (RR 0.76, 95% CI 0.61 to 0.93).",
        "Rash was rare, but the certainty of this evidence is very low (RR 0.76, 95% CI 0.61 to 0.93).",
        "Rash was rare, but the evidence was of low quality (RR 0.76, 95% CI 0.61 to 0.93).",
        "Rash was rare, but our confidence in this result is small (RR 0.76, 95% CI 0.61 to 0.93).",
        "Rash was rare, but we have little confidence in these results (RR 0.76, 95% CI 0.61 to 0.93).",
        "Rash was rare, though we are uncertain about this estimate (RR 0.76, 95% CI 0.61 to 0.93).",
        "Rash was rare, but the strength of the evidence was weak (RR 0.76, 95% CI 0.61 to 0.93).",
        "Rash was rare (low-certainty evidence; RR 0.76, 95% CI 0.61 to 0.93).",
        "Rash was rare, but the evidence is very uncertain (RR 0.76, 95% CI 0.61 to 0.93).",
        "Rash was rare, but confidence in the estimate was moderate (RR 0.76, 95% CI 0.61 to 0.93).",
    ],
)
def test_how_far_a_result_is_trusted_is_no_outcome(text):
    assert set(outcomes(text)) == {"rash was rare"}


@pytest.mark.parametrize(
    "text",
    [
        "Mean fatigue (assessed with a daily card) was less (MD 7.6, 95% CI 4.3 to 10.9).",
        "Mean fatigue (by a daily card) was less (MD 7.6, 95% CI 4.3 to 10.9).",
        "Mean fatigue (according to the Lund scale) was less (MD 7.6, 95% CI 4.3 to 10.9).",
        "Mean fatigue (on the Lund scale) was less (MD 7.6, 95% CI 4.3 to 10.9).",
        "Mean fatigue (quantified by a daily card) was less (MD 7.6, 95% CI 4.3 to 10.9).",
        "Mean fatigue (recorded with a diary) was less (MD 7.6, 95% CI 4.3 to 10.9).",
        "Mean fatigue (estimated from diaries) was less (MD 7.6, 95% CI 4.3 to 10.9).",
        "Mean fatigue (via a daily card) was less (MD 7.6, 95% CI 4.3 to 10.9).",
        "Mean fatigue (Lund scale) was less (MD 7.6, 95% CI 4.3 to 10.9).",
        "Mean fatigue (per the Lund scale) was less (MD 7.6, 95% CI 4.3 to 10.9).",
        "Mean fatigue (range, 0 to 10) was less (MD 7.6, 95% CI 4.3 to 10.9).",
    ],
)
def test_how_an_outcome_was_measured_is_no_outcome(text):
    assert set(outcomes(text)) == {"fatigue"}


@pytest.mark.parametrize(
    "text",
    [
        "Cure rates were 41% (12/29) and 52% (15/29) in the intention-to-treat population.",
        "Cure rates were 41% (12/29) and 52% (15/29) in the per-protocol analysis.",
        "Cure rates were 41% (12/29) and 52% (15/29) among the evaluable population.",
        "In the full analysis set, cure rates were 41% (12/29) and 52% (15/29).",
        "In the safety population, cure rates were 41% (12/29) and 52% (15/29).",
        "On intention-to-treat analysis, cure rates were 41% (12/29) and 52% (15/29).",
        "For the modified intention-to-treat set, cure rates were 41% (12/29) and 52% (15/29).",
    ],
)
def test_in_whom_it_was_seen_is_no_outcome(text):
    assert set(outcomes(text)) == {"cure"}


@pytest.mark.parametrize(
    "text",
    [
        "Boys with 0, 1 and 3 flags had 4.2, 4.8, and 53.9 fewer falls.",
        "Lumarin led to a mean of 2.1 more falls.",
        "Lumarin led to a mean of 2.1 additional falls.",
        "Lumarin led to a mean of 2.1 extra falls.",
        "Lumarin led to an average of 2.1 further falls.",
        "On average, there were 2.1 fewer falls.",
    ],
)
def test_of_what_there_was_more_or_less(text):
    assert set(outcomes(text)) == {"falls"}


@pytest.mark.parametrize(
    "text",
    [
        "There was an 18% increase in weight.",
        "We saw a 12% reduction in weight.",
        "Lumarin gave an 18% drop in weight.",
        "An 18% improvement of weight was seen.",
        "There was an 18% lowering of weight.",
        "There was an 18% relative fall in mean weight.",
        "We found an 18% growth in weight.",
        "An 18% shift in weight was seen.",
    ],
)
def test_of_what_the_change_is(text):
    assert set(outcomes(text)) == {"weight"}


@pytest.mark.parametrize(
    ("verb", "outcome"),
    [
        ("had a relapse", "relapse"),
        ("sustained a relapse", "relapse"),
        ("complained of nausea", "nausea"),
        ("encountered nausea", "nausea"),
        ("exhibited nausea", "nausea"),
        ("displayed nausea", "nausea"),
        ("noticed nausea", "nausea"),
        ("quit smoking", "quit smoking"),
        ("gained weight", "gained weight"),
        ("chose surgery", "surgery"),
        ("preferred surgery", "surgery"),
        ("needed surgery", "surgery"),
        ("dropped out", "out"),
        ("were hospitalised", "hospitalised"),
        ("expressed regret", "regret"),
        ("acquired malaria", "malaria"),
        ("contracted malaria", "malaria"),
        ("carried malaria", "malaria"),
        ("maintained remission", "remission"),
    ],
)
def test_what_patients_did_or_had(verb, outcome):
    assert outcomes(f"41% of adults {verb}.") == [outcome]


@pytest.mark.parametrize(
    "words",
    [
        "improved sleep",
        "probably lengthened sleep",
        "enhanced sleep",
        "may have reduced sleep",
        "disturbed sleep",
        "prevented sleep",
        "slightly lessened sleep",
        "did not affect sleep",
        "had no effect on sleep",
        "shortened sleep",
        "worsened sleep",
        "can extend sleep",
        "substantially cut sleep",
    ],
)
def test_what_one_arm_did_to_an_outcome(words):
    text = f"{ARMS}Lumarin versus placebo {words} (HR 0.74, 95% CI 0.63 to 0.87)."
    assert outcomes(text)[-1] == "sleep"


@pytest.mark.parametrize(
    "words",
    [
        "the corresponding proportions were",
        "the corresponding rates came to",
        "the respective figures were",
        "the equivalent percentages were",
        "the analogous shares were",
        "the corresponding values reached",
        "these figures were",
        "the same proportions were",
        "the comparable numbers were",
        "the corresponding prevalences were",
    ],
)
def test_results_of_the_outcome_before(words):
    text = f"Among nurses, 78% had slept well. Among porters, {words} 84% and 69%."
    assert outcomes(text) == ["slept well"] * 3


@pytest.mark.parametrize(
    "words",
    [
        "deaths",
        "relapses",
        "hospital admissions",
        "hypoglycaemic episodes",
        "progression events",
        "bleeds",
        "fractures",
    ],
)
def test_events_that_are_counted_before_their_shares(words):
    text = f"{ARMS}After 212 {words} (lumarin, 64%; placebo, 73%), we stopped."
    assert outcomes(text)[-3:] == [words] * 3


@pytest.mark.parametrize(
    "text",
    [
        "At a median of 34.5 months, relapse was seen in 12%.",
        "After a mean of 2.5 years, relapse was seen in 12%.",
        "At a median follow-up of 34.5 months, relapse was seen in 12%.",
        "With a median of 34.5 months of follow-up, relapse was seen in 12%.",
        "With 34.5 months of median follow-up, relapse was seen in 12%.",
        "After 34.5 months' median follow-up, relapse was seen in 12%.",
        "The median follow-up time was 34.5 months; relapse was seen in 12%.",
        "Follow-up lasted a median of 34.5 months; relapse was seen in 12%.",
        "Adults were observed for a median of 34.5 months; relapse was seen in 12%.",
        "Median observation time was 34.5 months; relapse was seen in 12%.",
        "Median duration of follow-up was 34.5 months; relapse was seen in 12%.",
    ],
)
def test_how_long_patients_were_followed(text):
    assert outcomes(text) == ["follow-up", "relapse"]


@pytest.mark.parametrize(
    "text",
    [
        "The rash was gone in 23 of 167 on lumarin and 11 of 162 on placebo (13.8% vs. 6.8%).",
        "The rash was gone for 23 of 167 given lumarin and 11 of 162 given placebo (13.8% vs. 6.8%).",
        (
            "The rash was gone in 23 of the 167 lumarin recipients versus 11 of the 162 placebo recipients (13.8% vs. "
            "6.8%)."
        ),
        "The rash was gone in 23/167 on lumarin and 11/162 on placebo (13.8% vs. 6.8%).",
        (
            "The rash was gone in 23 out of 167 adults with lumarin and in 11 out of 162 adults with placebo (13.8% "
            "vs. 6.8%)."
        ),
    ],
)
def test_counts_of_both_arms_before_their_percentages(text):
    assert outcomes(ARMS + text)[-2:] == ["rash was gone"] * 2


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Cure at the test of cure (TOC) was 41%.", "at the test of cure"),
        ("Cure at the end of treatment was 41%.", "at the end of treatment"),
        ("Cure at end of therapy was 41%.", "at end of therapy"),
        ("Cure at the close of treatment was 41%.", "at the close of treatment"),
        ("Cure at the late follow-up visit was 41%.", "at the late follow-up visit"),
        ("Cure at the test-of-cure visit was 41%.", "at the test-of-cure visit"),
        ("Cure at the end-of-treatment visit was 41%.", "at the end-of-treatment visit"),
        ("Cure at study exit was 41%.", "at study exit"),
        ("Cure at the final visit was 41%.", "at the final visit"),
        ("Cure at the last assessment was 41%.", "at the last assessment"),
        ("Cure at hospital discharge was 41%.", "at hospital discharge"),
        ("Cure at trial completion was 41%.", "at trial completion"),
        ("Relief in the last 5 weeks of the blinded phase was 41%.", "last 5 weeks of the blinded phase"),
        ("Relief over the final two weeks of treatment was 41%.", "final two weeks of treatment"),
        ("Relief in the first 4 weeks of treatment was 41%.", "4 weeks of treatment"),
        ("Relief during the first 3 days of the open phase was 41%.", "3 days"),
        ("Relief over the last month of the trial was 41%.", "last month of the trial"),
        ("Relief in the closing 2 weeks of the study was 41%.", "2 weeks"),
        ("The 3-y survival was 41%.", "3 year"),
        ("3yOS was 41%.", "3 year"),
        ("3-y relapse-free survival was 41%.", "3 year"),
        ("The 3-y overall survival was 41%.", "3 year"),
        ("The 3y PFS rate was 41%.", "3 year"),
        ("The 3-y mortality was 41%.", "3 year"),
        ("The 3-y event-free survival was 41%.", "3 year"),
        ("Adults received 6 weeks of lumarin or placebo. The mean leaf height was 24.1 mm.", "6 weeks"),
        ("Adults were given 6 weeks of lumarin. The mean leaf height was 24.1 mm.", "6 weeks"),
        ("Adults took 6 weeks of lumarin. The mean leaf height was 24.1 mm.", "6 weeks"),
        ("Adults underwent 6 weeks of training. The mean leaf height was 24.1 mm.", "6 weeks"),
        ("Adults completed 6 weeks of training. The mean leaf height was 24.1 mm.", "6 weeks"),
        ("Adults were treated with 6 weeks of lumarin. The mean leaf height was 24.1 mm.", "6 weeks"),
        ("Adults were assigned to 6 weeks of lumarin or placebo. The mean leaf height was 24.1 mm.", "6 weeks"),
    ],
)
def test_when_a_result_was_seen(text, time):
    assert told(text)[-1][2] == time


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("The primary end point was relief at 13 weeks. The primary end point was reached by 41%.", "13 weeks"),
        ("The primary outcome, relief at 13 weeks, was reached by 41%.", "13 weeks"),
        ("The main outcome was relief at 13 weeks. The main outcome was reached by 41%.", "13 weeks"),
        ("The primary week 48 endpoint was relief or rest. Of the primary endpoint, 41% was rest.", "week 48"),
        ("The 48-week primary endpoint was relief or rest. The primary endpoint was met by 41%.", "48-week"),
        ("Our primary measure was relief at 13 weeks. The primary measure was reached by 41%.", "13 weeks"),
        ("Relief at 13 weeks was the primary end point. The primary end point was reached by 41%.", "13 weeks"),
        (
            "The primary efficacy variable was relief at 13 weeks. The primary efficacy variable was reached by 41%.",
            "13 weeks",
        ),
    ],
)
def test_the_time_of_the_primary_outcome(text, time):
    assert told(text)[-1][2] == time
