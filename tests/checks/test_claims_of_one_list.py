"""Numbers of one list or sentence against each other, in own sentences: crude effects, rests, third arms, ANOVA."""

from __future__ import annotations

import pytest

import trialstats as ts


def asked(text, check):
    return [one.verdict.value for one in ts.check(text).findings if one.check == check and one.verdict.is_question]


@pytest.mark.parametrize("check, text, right, slip", [
    # unadjusted effects without an interval
    ("ratio-of-arms", "We randomised 150 rowers to salt and 152 to water. Cramps came to 24 (16.0%) rowers in the salt "
     "group and 41 (27.0%) in the water group (unadjusted relative risk {}; p=0.03).", "0.59", "0.95"),
    ("ratio-of-arms", "Blisters were seen in 30 of 200 walkers in the wool group and in 60 of 200 in the cotton group "
     "(crude risk ratio {}; P<0.001).", "0.50", "0.80"),
    ("difference-of-arms", "A finish was reached by 84.0% of the rowers in the salt group (168 of 200) and by 72.0% of "
     "those in the water group (144 of 200), an unadjusted difference of {} percentage points (P=0.004).",
     "12.0", "21.0"),
    ("difference-of-arms", "The mean time on the water was 47.1 minutes in the salt group and 55.4 minutes in the "
     "water "
     "group (unadjusted difference, \u2212{} minutes; P=0.02).", "8.3", "3.8"),
    # a reduction, and a vaccine's efficacy, without a ratio
    ("ratio-of-arms", "Cramps came to 20 of 400 patients (5.0%) in the salt group and 50 of 400 (12.5%) in the water "
     "group, a "
     "relative risk reduction of {}% (P<0.001).", "60", "30"),
    ("ratio-of-arms", "Influenza was confirmed in 12 of 1000 participants in the vaccine group and 48 of 1000 in the "
     "placebo "
     "group (vaccine efficacy, {}%).", "75", "57"),
    # a difference of medians
    ("difference-of-arms", "Median time to a cramp was 9.4 months with salt and 6.1 months with water, an improvement "
     "in the median of {} months.", "3.3", "5.3"),
    ("difference-of-arms", "Median time to the finish was 14.2 months with wool and 11.1 months with cotton, a gain in "
     "median of {} months.", "3.1", "1.3"),
    # a number needed to treat in the next sentence
    ("needed-to-treat", "Cramps came to 20 of 200 rowers in the salt group and 40 of 200 in the water group (P=0.005). "
     "The number needed to treat to prevent one cramp was {}.", "10", "30"),
    ("needed-to-treat", "A blister was seen in 15.0% of the wool group and 40.0% of the cotton group (P<0.001). The "
     "number needed to treat was {}.", "4", "14"),
    # a number needed to treat behind the difference that it is made of
    ("needed-to-treat", "Salt lowered the risk of a cramp by an absolute 20.0 percentage points (number needed to "
     "treat, {}).", "5", "15"),
    ("needed-to-treat", "The risk difference for a blister was -8.0% (95% CI, -13.1 to -2.9), and the number needed to "
     "treat was {}.", "13", "31"),
    # a percentage of patients whose count does not fit
    ("percent-count", "A cramp troubled {} of rowers (42 of 88) on salt.", "48%", "61%"),
    ("percent-count", "Blisters came to {} of the rowers (19/64) on wool.", "29.7%", "39.7%"),
    # a later arm against the first
    ("ratio-of-arms", "302 rowers were randomly allocated to water (n=100), 5 g salt (n=101), or 10 g salt (n=101). 20 "
     "(20%) rowers on water, 30 (30%) rowers on 5 g salt (odds ratio 1.7; p=0.10), and 40 (40%) rowers on 10 g salt "
     "(odds ratio {}; p=0.002) reached the finish.", "2.6", "6.2"),
    # P values of three groups
    ("several-groups-p", "A fall was seen in 12 of 60 rowers on sugar, 21 of 61 on low zinc and 34 of 63 on high zinc "
     "(P {}, chi-square test across the three groups).", "< .001", "= .34"),
    ("several-groups-p", "A fall by day 28 was seen in 18 of 80 patients given sugar, 30 of 82 given zinc and 51 of 79 "
     "given both (P {}).", "< .001", "= .41"),
    ("means-p", "Mean (SD) speed was 12.4 (3.1) km/h in the wool group (n=40), 12.1 (2.9) km/h in the cotton group "
     "(n=42) and 12.6 (3.3) km/h in the silk group (n=41); one-way ANOVA, p={}.", "0.77", "0.007"),
    ("means-p", "The mean (SD) time was 55.2 (8.4) s in the salt group (n = 30), 47.1 (7.9) s in the zinc group (n = "
     "31) "
     "and 46.0 (8.8) s in the water group (n = 30) (P {} by one-way analysis of variance).", "< .001", "= .62"),
])  # fmt: skip
def test_an_effect_or_p_value_against_the_numbers_of_its_sentence(check, text, right, slip):
    assert asked(text.format(slip), check)
    assert not [one for one in ts.check(text.format(right)).findings if one.verdict.is_question]


@pytest.mark.parametrize("text, verdict", [
    ("All 120 tumours were read. Of the 120 patients with a reading, 61 had a ductal tumour, 30 had a lobular tumour "
     "and "
     "{} had other histologies.", "strained"),
    ("Among the 120 boats in the race, 61 rowers kept left, 30 kept right, and the remaining {} turned.", ""),
    ("Among the 120 children in the race, 61 carried salt only, 30 sugar only, 9 both, and the remaining {} neither.",
     "inconsistent"),
    ("Of the 120 children in the race, 61 came on foot, 30 by boat, 9 by bus, and the remaining {} by bicycle.",
     "strained"),
])  # fmt: skip
def test_a_list_that_its_last_entry_closes(text, verdict):
    rest = "29" if "histologies" in text else "20"
    assert asked(text.format(49), "categories") == ([verdict] if verdict else [])
    assert asked(text.format(rest), "categories") == []


@pytest.mark.parametrize("text", [
    "Of the 120 children in the race, 61 had a cold, 50 a cough, 20 a fever, and the remaining 30 had none of these.",
    "Of the 120 patients in the race, 61 had asthma, 50 had eczema and 40 had other allergies.",
    "Of the 120 children in the race, 61 had a cold, 50 a cough, 20 both, and the remaining 29 neither.",
])  # fmt: skip
def test_lists_of_what_one_may_have_together(text):
    assert asked(text, "categories") == []


@pytest.mark.parametrize("text, right, slip", [
    ("Two hundred seventy rowers were enrolled (salt, n = 180; water, n = {}). Time was the primary end point.",
     "90", "120"),
    ("From Feb 10 to Sept 30, 2018, 900 rowers were randomly assigned: 301 to receive 5 mg zinc, 299 to receive 10 mg "
     "zinc, and {} to receive placebo.", "300", "340"),
])  # fmt: skip
def test_sizes_of_arms_behind_their_total(text, right, slip):
    assert asked(text.format(slip), "totals") == ["inconsistent"]
    assert asked(text.format(right), "totals") == []


@pytest.mark.parametrize("part, verdicts", [("12", []), ("52", ["inconsistent"])])
def test_complete_responses_are_some_of_all(part, verdicts):
    text = f"In the zinc arm, 40 of 90 patients had an objective response, including {part} complete responses."
    assert asked(text, "nested") == verdicts


@pytest.mark.parametrize("again, verdicts", [
    ("41.2% vs. 25.1%", []),
    ("42.1% vs. 25.1%", ["strained"]),
    ("41.2% vs. 28.1%", ["strained"]),
    ("36.7% vs. 25.1%", []),
])  # fmt: skip
def test_percentages_of_both_arms_said_again(again, verdicts):
    text = (
        "RESULTS: At week 12, 70 of 170 rowers (41.2%) in the zinc group and 43 of 171 rowers (25.1%) in the sugar "
        "group "
        "had reached the finish (P=0.002). CONCLUSIONS: More rowers with cramps arrived at week 12 with zinc than with "
        f"sugar ({again})."
    )
    assert asked(text, "repeated") == verdicts


def test_a_third_count_that_is_no_claim_makes_no_pair_of_the_others():
    text = (
        "A fall by day 28 was seen in 18 of 72 patients given sugar, 33 of 74 patients given zinc and 45 of 71 given "
        "both (P < .001)."
    )
    assert not [one for one in ts.check(text).findings if one.verdict.is_question]


def test_medians_the_other_way_round_than_the_ratio():
    text = (
        "Median overall survival was {} months with zinc and {} months with placebo (hazard ratio, 0.58; 95% CI, 0.50 "
        "to "
        "0.67)."
    )
    assert asked(text.format("19.2", "11.6"), "medians-ratio") == []
    assert asked(text.format("11.6", "19.2"), "medians-ratio")
