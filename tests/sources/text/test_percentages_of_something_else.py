"""Percentages that stand near a count and are no share of it, as articles write them."""

import pytest

import trialstats
from trialstats.findings import Verdict


def questions(text):
    return [one for one in trialstats.check(text).findings if one.verdict.is_question]


def shares(text):
    claims = [one for one in trialstats.extract(text).claims if one.measure == "proportion"]
    return [(one.value.text, one.x and one.x.text, one.n and one.n.text) for one in claims]


@pytest.mark.parametrize(
    "text",
    [
        "In the follow-up survey 25/39 schools had 100% coverage, and 11/39 schools had 80% or more.",
        "The players performed 3 sets of 10 repetitions at 70% of their best.",
        "Of the clinics, 21/40 clinics received 100% of their funds.",
        "HbA1c was 4.5 ± 0.3% (n = 11) and 4.5 ± 0.1% (n = 9).",
    ],
)
def test_a_percentage_that_a_verb_leads_to_is_no_share_of_the_count_before(text):
    assert all(x is None for _, x, _ in shares(text))
    assert not questions(text)


def test_a_percentage_before_the_parts_of_both_arms_is_of_both():
    text = "Four patients (17%, 3/14 with the drug and 1/10 with placebo) fell."
    assert ("17%", "3", "14") not in shares(text)
    assert not questions(text)
    assert ("21%", "3", "14") in shares("Falls were as many (21%, 3/14 with the drug and 10%, 1/10 with placebo).")


def test_a_percentage_without_a_count_is_looked_at_not_asked_about():
    text = "Patients were randomly assigned to lumarin (n = 12) or placebo (n = 12). With lumarin 0.5% were relieved."
    assert not questions(text)
    assert [one.code for one in trialstats.check(text).findings if one.look] == ["TS103"]


def test_a_number_in_brackets_behind_a_name_only_numbers_it():
    text = "The fit was good for scale (3) CI: 0.04-0.09 and scale (5) CI: 0.04-0.08."
    assert not questions(text)


def test_a_range_of_percentages_may_reach_beyond_a_hundred():
    assert not questions("Recoveries ranged from 98.4% to 101.2% in all samples.")
    assert not questions("The response was 120% of baseline in all.")
    found = questions("The response rate was 101.2% in all.")
    assert [(one.code, one.verdict) for one in found] == [("TS101", Verdict.INCONSISTENT)]


def test_one_repetition_maximum_is_no_range():
    assert not questions("They lifted 60% of 1 repetition maximum for 12-24 weeks.")


def test_no_difference_in_a_rate_leads_to_the_rates_of_both_arms():
    text = "There was no difference in the rate of relapse (33.3 v 23.5%, P = .21)."
    assert [one.measure for one in trialstats.extract(text).claims[:2]] == ["proportion"] * 2


def test_patients_counted_among_others_are_not_compared_with_them():
    text = "Of 33 given A and 32 given B, 31 had a response (96.9%), with 10 patients (31.3%) in remission (P = .08)."
    assert not questions(text)


def test_a_per_cent_sign_behind_a_deviation_is_that_of_the_mean_too():
    text = (
        "Patients were assigned to a coach (n = 15) or a leaflet (n = 17). Adherence was 89 ± 11% with the coach and "
        "71 ± 31% with the leaflet (P = .05)."
    )
    assert not questions(text)


@pytest.mark.parametrize(
    "text",
    [
        "Patients had performance status 0 (62%) or 1 (38%).",
        "Patients had ECOG 0 (61%), 1 (30%) or 2 (8%).",
        "The ECOG performance status was 0 (61%), 1 (30%), and 2 (8%).",
        "Performance status: 0 (62%), 1 (38%).",
        "Patients were in NYHA class 2 (62%) or 3 (38%).",
        "Of the tumours most were of type 1 (55%) or 2 (30%).",
        "ASA class was 1 (21%), 2 (60%), and 3 (19%) of 100 riders.",
        "Rash of grade 3 (11%) or 4 (7%) of 100 bakers.",
    ],
)
def test_a_level_of_a_scale_is_no_count(text):
    assert all(x is None for _, x, _ in shares(text))
    assert not questions(text)


@pytest.mark.parametrize(
    "text",
    [
        "A response was seen in 1 (5%) and 2 (10%) of 20 goats each.",
        "With the drug 3 (10%) and with placebo 4 (13%) of the goats fell.",
        "There were 0 (0%) deaths and 1 (5%) fall among 20 goats.",
        "Class 1 rash was seen in 4 (8%) and 6 (12%) of 50 riders.",
    ],
)
def test_a_small_count_is_one(text):
    assert all(x is not None for _, x, _ in shares(text))
