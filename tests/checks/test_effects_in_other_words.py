"""Effects told in other words than ratio and difference, against the values of both arms; and what only looks so."""

from __future__ import annotations

import pytest

import trialstats as ts

PAIRS = [
    ("Median stay in the boathouse differed by {} days (4 days after rowing, 9 days after sailing).", "5", "8"),
    ("Median time to thirst was 4 hours with tea and 9 hours with milk; the medians differed by {} hours.", "5", "8"),
    ("Median time afloat was prolonged by {} months, from 10.2 months with oars to 13.6 months with poles.",
     "3.4", "6.4"),
    ("Tea lowered the risk of cramps by {}%, from 15.0% in the milk group to 9.0%.", "40", "60"),
    ("The rate was 1.2 falls per person-year with oars and 1.8 with poles ({}% reduction).", "33", "53"),
    ("The share who learnt to row rose to 43% in the tea group against 31% in the others (a {}% absolute increase).",
     "12", "22"),
    ("Cramps came back: tea 6/154 (3.9%); milk 20/152 (13.2%); ARR 9.3%; NNT {}.", "11", "21"),
    ("Rowing shortened the trip by 38 min (95% CI 12 to 64 min; p={}).", "0.004", "0.14"),
    ("The mean difference in stroke length was 96 mm (SE {} mm; 95% CI 35 to 157 mm).", "31", "13"),
    ("Cramps did not differ between the groups (38% [57/150] vs 34% [51/150]; P={}).", ".47", ".004"),
    ("Cramps were seen in 61% (110 of 180) of those who rowed for 48 weeks but in only 44% (80 of 181) of those "
     "treated for 24 weeks (P = {}).", ".001", ".21"),
    ("The trip took {} (25) min with oars and 131 (28) min with poles (mean (SD); n = 24 per group; Student's t test, "
     "p = 0.02).", "112", "132"),
    ("The 55 dogs fed tea had a mean (SD) score of 8.2 (1.9), whereas the 53 fed milk scored {} (2.0) (t test, "
     "P = 0.004).", "7.1", "8.1"),
    ("Deaths (n = 22) were due to storms ({}), thirst (7) and unknown causes (4).", "11", "17"),
    ("Twenty-two women died: of storms in {}, of thirst in 7 and of other causes in 4.", "11", "17"),
    ("Of 22 deaths, {} were due to storms, seven to thirst and four to unknown causes.", "11", "17"),
    ("There were 22 deaths, attributed to storms (n = {}), thirst (n = 7) and unknown causes (n = 4).", "11", "17"),
    ("Compared with milk, tea reduced the hazard of death by {}%; the hazard ratio was 0.68 (95% CI, 0.55 to 0.84).",
     "32", "23"),
    ("The risk of cramps was cut by {}% (HR 0.59; 95% CI 0.44 to 0.79).", "41", "14"),
    ("Cramps fell by {}%: 0.44 per patient per year with tea versus 0.80 with milk.", "45", "65"),
    ("Cramps within 30 days were reduced from 24% to 18%, a relative reduction of {}%.", "25", "52"),
    ("Cramps were {}% less frequent in the tea group (9.1% v 18.2%).", "50", "30"),
    ("Thirst stopped after a median of 52 hours with tea compared with 76 hours with milk, {} hours sooner.",
     "24", "42"),
    ("Tea extended median time afloat by {} months (8.7 v 5.6 months).", "3.1", "5.1"),
    ("Median survival was 11.8 months and 8.9 months, respectively, a gain of {} months.", "2.9", "4.9"),
    ("After 96 deaths (41 v 55), the hazard ratio was 0.71 (95% CI {}).", "0.47 to 1.06", "0.61 to 0.83"),
    ("In all 84 rowers were seen. Fifty-one responders were found, including {} complete responders.", "12", "52"),
    ("Of the 180 patients, 61 were seronegative, {} were seropositive, and 31 had unknown serostatus.", "88", "98"),
    ("Least-squares mean (SE) change in thirst was -3.10 (0.42) with tea (n = 88) and -1.60 (0.45) with milk (n = 86) "
     "(P = {}).", ".01", ".42"),
]  # fmt: skip


def asked(text):
    return [one.check for one in ts.check(text).findings if one.verdict.is_question]


@pytest.mark.parametrize(("text", "sound", "slip"), PAIRS)
def test_the_sound_number_is_left_alone_and_the_other_one_asked_about(text, sound, slip):
    assert asked(text.format(sound)) == []
    assert len(asked(text.format(slip))) == 1


@pytest.mark.parametrize("text", [
    "Stays differed by ward, with 8 days of rain (4 days after rowing, 9 days after sailing).",
    "Median stay was prolonged by at least 8 days (4 days after rowing, 9 days after sailing).",
    "Tea lowered weight by 60%, from 15.0% in the milk group to 9.0%.",
    "Cramps were seen in 31% with tea and 43% with milk (12% reduction).",
    "Cramps were seen in 43% with milk against 31% with tea (a 28% relative reduction).",
    "Deaths (n = 22) in the tea group were due to storms (17), thirst (7) and unknown causes (4).",
    "Deaths (n = 22) had several causes each: storms (17), thirst (7) and unknown causes (4).",
    "Of 22 deaths with more than one cause, 17 were due to storms, seven to thirst and four to unknown causes.",
    "The trip took 132 (25) min with oars and 131 (28) min with poles (median (IQR); n = 24 per group; p = 0.02).",
    "Tea lowered the risk of cramps by 6%, from 15.0% in the milk group to 9.0%.",
    "Median time afloat was 12 months and, 8 hours later, 3 months.",
    "Of the 180 patients, 101 were smokers, 98 had asthma, and 31 had unknown serostatus.",
    "Least-squares mean (SE) change in thirst was -3.10 (0.42) with tea (n = 88) and -1.60 (0.45) with milk (n = 86) "
    "(P = .42, Dunnett's test).",
    "Deaths (n = 22) were due to storms (12), thirst (9) and unknown causes (4), three rowers having two causes.",
    "Cramps were gone in 61% (110 of 180) but 44% (80 of 181) still limped (difference in mood, P = 0.21).",
    "Thirst was felt by 12% (12 of 100) but cramps in 30% (30 of 100), without a difference between arms (P = 0.41).",
    "Response rose to 43% with tea against 31% with milk, with a 20% absolute increase in patients under 40.",
    "Cramps came back in 6/154 (3.9%) v 20/152 (13.2%) (adjusted NNT 21).",
])  # fmt: skip
def test_neighbours_that_say_something_else(text):
    assert asked(text) == []


def test_values_behind_an_effect_with_its_own_with_are_of_it_and_not_of_the_next():
    text = (
        "In all, 18,000 adults were enrolled; 9,000 were assigned to receive the lumarin vaccine, and 9,000 to receive"
        " placebo. Vaccine efficacy in warding off grave gout was 95.0% (95% CI, 89.8 to 97.6), with 7 cases in the"
        " lumarin group and 141 in the placebo group, and the efficacy in warding off light gout was 58.0% (95% CI,"
        " 50.2 to 64.6), with 189 cases in the lumarin group and 450 in the placebo group."
    )
    found = [one for one in ts.check(text).findings if one.code == "TS221"]
    assert found and not any(one.verdict.is_question for one in found)
