"""What explains a number is the likeliest account of how it was printed, and the rest of the text is heard first."""

from __future__ import annotations

import pytest

import trialstats as ts

TRIAL = "In this randomised trial 180 rowers took zincol (n = 92) or ferrol (n = 88). "
REVIEW = "We did a meta-analysis; 14 trials were included. "


def found(text, code):
    """Return the verdicts and the sentences of a check on a text."""
    return [(one.verdict.value, str(one.message)) for one in ts.check(text).findings if one.code == code]


def of(text, code, number):
    """Return the verdict and the sentence of the finding that shows a number."""
    ((verdict, message),) = [one for one in found(text, code) if number in one[1]]
    return verdict, message


@pytest.mark.parametrize(
    "text",
    [
        "The number needed to treat for one cure was 84 (95% CI 31 to -117).",
        "For cough the number needed to screen was 410 (95% CI, 150 to -560).",
        "The number needed to harm with zincol was 52 (95% CI 19 to -70).",
        "The NNT for a fall was 36 (95% CI 14 to -66) in the oldest.",
        "Eighty rowers would need to be treated to spare one fall (NNT 80; 95% CI 33 to -190).",
    ],
)
def test_a_number_needed_to_treat_goes_through_infinity(text):
    assert not [one for one in found(TRIAL + text, "TS101") if "larger one" in one[1]]


def test_bounds_that_are_only_turned_are_still_said_to_be():
    text = TRIAL + "The mean fall in pulse was 8.4 beats/min (95% CI 12.1 to 4.7) with zincol."
    assert "the larger one is printed first" in of(text, "TS101", "8.4")[1]
    text = TRIAL + "Costs fell by 84 (95% CI 131 to -17) pounds with zincol; P < .30."
    assert "the larger one is printed first" in of(text, "TS101", "131 to -17")[1]


@pytest.mark.parametrize(
    "bounds",
    [
        "64% increase to 9% reduction",
        "41% increase to 12% decrease",
        "52% higher to 3% lower",
        "38% more to 6% fewer",
    ],
)
def test_bounds_told_as_a_rise_and_a_fall_are_in_order(bounds):
    text = TRIAL + f"With zincol cramps rose by about 24% (95% confidence interval {bounds})."
    assert not [one for one in found(text, "TS101") if "larger one" in one[1]]


def test_a_ratio_turned_over_may_have_had_three_decimals():
    text = TRIAL + "The odds ratio for a cramp was 45.5 (95% CI 5.3 to 333)."
    verdict, message = of(text, "TS201", "45.5")
    assert verdict == "explained" and "0.022 (0.003 to 0.189) turned over" in message
    assert "turned over" not in of(text.replace("333", "350"), "TS201", "45.5")[1]


POOLED = "The number needed to treat was 14. The risk ratio for cramp was {} (95% CI {}; 6 trials)."


@pytest.mark.parametrize(
    ("ratio", "bounds"), [("0.79", "0.58 to 0.90"), ("2.6", "1.2 to 17"), ("0.86", "0.74 to 1.06")]
)
def test_a_pooled_ratio_off_its_centre_is_asked_about_though_a_number_needed_is_told(ratio, bounds):
    assert of(REVIEW + POOLED.format(ratio, bounds), "TS201", ratio)[0] == "strained"


@pytest.mark.parametrize(
    "text",
    [
        "One trial of ferrol gave none; another gave a risk ratio for cramp of 3.9 (95% CI 1.3 to 9.1).",
        "For cramp the odds ratio was 0.31 (95% CI 0.11 to 0.86); risk ratio 0.49 (95% CI 0.22 to 0.94).",
        "One study alone found a risk ratio for cramp of 0.49 (95% CI 0.22 to 0.94).",
    ],
)
def test_a_ratio_of_one_study_of_a_review_is_not(text):
    assert "strained" not in [verdict for verdict, _ in found(REVIEW + text, "TS201")]


def test_a_difference_pooled_over_studies_is_not_one_of_all_their_patients():
    text = "{} 46 of 130 rowers given zincol and 27 of 128 given ferrol had a cough (risk difference {}%; 95% CI {})."
    pooled = text.format("We did a meta-analysis of 6 trials.", "14.2", "3.5 to 25.1")
    assert "explained" not in [verdict for verdict, _ in found(pooled, "TS209")]
    alone = text.format("We ran a trial.", "14.2", "3.5 to 25.1")
    assert "pooled" not in " ".join(message for _, message in found(alone, "TS209"))


BESIDE = TRIAL + "Cure was seen in {} of rowers in the north{}."


def test_the_method_that_prints_the_others_of_the_sentence_comes_first():
    south = " and in 8 of 31 (26%, 13 to 43) in the south"
    beside = BESIDE.format("17 of 60 (28%, 95% CI 18 to 41)", south)
    assert "Agresti-Coull" in of(beside, "TS104", "17/60")[1]
    alone = BESIDE.format("17 of 60 (28%, 95% CI 18 to 41)", "")
    assert "rounded twice" in of(alone, "TS104", "17/60")[1]


def test_an_odd_rounding_that_prints_no_other_is_said_to_be_possible_only():
    text = BESIDE.format("12 of 27 (44%, 95% CI 26 to 65)", " and in {} in the south")
    denied = found(text.format("26 of 40 (65%, 49 to 81)"), "TS104")
    assert "may be 12 of 27" in denied[0][1] and "does not print 26/40" in denied[0][1]
    borne_out = found(text.format("26 of 40 (65%, 48 to 79)"), "TS104")
    assert "may be" not in borne_out[0][1]


def test_shares_cut_off_are_held_against_a_count_of_an_arm():
    text = TRIAL + "With zincol 17 (18.4%) had a cough and with ferrol {} had."
    assert "a slip is as likely" in of(text.format("18 (20.5%)"), "TS103", "18.4%")[1]
    assert "a slip" not in of(text.format("11 (12.5%)"), "TS103", "18.4%")[1]


def test_a_least_p_value_is_nearer_at_hand_than_another_scale():
    text = TRIAL + "The ejection fraction rose by 4.1% (95% CI 2.4 to 6.0; P = .0001) more with zincol."
    assert "often written for anything below it" in of(text, "TS213", ".0001")[1]


def test_one_side_is_named_where_a_trial_of_noninferiority_has_it():
    text = "We tested zincol for noninferiority in 180 rowers. The difference was -6.10 mg/dL (95% CI, {}; P = {})."
    assert "A test of one side" in of(text.format("-10.05 to -2.15", ".001"), "TS213", "-6.10")[1]
    assert "A test of one side" not in of(text.format("-10.05 to -2.15", ".004"), "TS213", "-6.10")[1]


def test_an_adjusted_p_value_far_from_its_interval_is_not_judged():
    text = TRIAL + "More rowed daily with zincol (difference, 31%; 95% CI, 18% to 44%; adjusted P = .02)."
    verdict, message = of(text, "TS213", "31%")
    assert verdict == "unchecked" and "the text says adjusted" in message


def test_no_side_is_guessed_for_a_predictor():
    text = "In 140 rowers age was the only predictor of death (hazard ratio, 2.9; 95% CI, 1.1 to 7.9; P = .02)."
    assert "one-sided" not in of(text, "TS202", "2.9")[1]
    plain = TRIAL + "Death was later with zincol (hazard ratio, 0.77; 95% CI, 0.61 to 0.98; P = .017)."
    assert "one-sided" in of(plain, "TS202", "0.77")[1]


def test_tests_of_the_printed_counts_are_not_named_where_they_give_another_p_value():
    text = (
        TRIAL + "Cure was seen in 64 of 92 with zincol and 48 of 88 with ferrol (odds ratio 1.90; 95% CI 1.04 to 3.50; "
        "P = {})."
    )
    assert "Pearson" in of(text.format(".021"), "TS202", ".021")[1]
    assert "such as an exact" not in of(text.format(".021"), "TS202", ".021")[1]


def test_a_p_value_below_a_limit_agrees_with_tests_of_the_counts():
    text = TRIAL + "A cough was seen in 9 (9.8%) with zincol and 27 (30.6%) with ferrol (P < {})."
    assert [verdict for verdict, _ in found(text.format(".001"), "TS301")] == ["consistent"]
    assert [verdict for verdict, _ in found(text.format(".0002"), "TS301")] != ["consistent"]


def test_a_number_needed_with_decimals_is_one_over_both_shares():
    text = TRIAL + "Cough stopped in 30.4% with zincol and 12.5% with ferrol (number needed to treat {})."
    assert of(text.format("5.6"), "TS223", "30.4%")[0] == "reproduced"
    assert of(text.format("5.3"), "TS223", "30.4%")[0] == "strained"
    adjusted = "All results were adjusted for age. " + text.format("5.3")
    assert of(adjusted, "TS223", "30.4%")[0] in ("explained", "unchecked")


def test_medians_of_a_score_imply_no_hazard():
    text = (
        "The median score was 14 (IQR 11 to 17) with zincol and 8 (IQR 6 to 11) with ferrol; death "
        "was rarer by point (hazard ratio 0.91, 95% CI 0.86 to 0.96)."
    )
    assert not found(text, "TS205")


def test_the_difference_of_two_shares_is_no_ratio_in_per_cent():
    text = (
        "We used exact tests in 180 rowers. A cough was seen in 41.2% and in 25.1% (difference = "
        "16.1%; 95% CI = 0.4% to 29.3%)."
    )
    message = of(text, "TS209", "16.1%")[1]
    assert "a ratio in per cent" not in message
