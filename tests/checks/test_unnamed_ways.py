"""What only a method that a text would have to name prints is hard to explain."""

import pytest

import trialstats as ts


def verdicts(text, code):
    return [finding.verdict.value for finding in ts.check(text).findings if finding.code == code]


def looks(text):
    return [finding.code for finding in ts.check(text).findings if finding.look]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The mean difference in weight was 2.9 kg (95% CI, 0.2 to 6.0).", "strained"),
        ("The mean difference in weight was 2.9 kg (bootstrap 95% CI, 0.2 to 6.0).", "explained"),
        ("The mean difference in weight was 3.1 kg (95% CI, 0.2 to 6.0).", "consistent"),
        ("The percent change differed, a mean difference of 16.7 (95% CI, 7.9 to 26.2).", "explained"),
        ("The mean difference (SE) in score was -1.1 (0.46) (95% CI, -2.6 to -0.2; P = .019).", "strained"),
        ("The mean difference was 0.5 points [95% confidence interval (95% CI) -0.3, 4.3] in pain.", "strained"),
        ("The difference in intake was 218 kJ (95% confidence interval -54 kJ, 690 kJ).", "strained"),
    ],
)
def test_a_difference_of_means_is_central(text, verdict):
    assert verdicts(text, "TS209") == [verdict]


def test_both_orders_of_the_arms_are_tried():
    counts = "Pain was seen in 8 (2%) of 381 patients in the first group and 13 (3%) of 384 in the second group "
    assert verdicts(counts + "(absolute difference 1.3% [95% CI -1.3 to 4.6]).", "TS209") == ["strained"]


def test_a_ratio_is_central_unless_an_odd_method_is_named():
    text = "The hazard ratio for relapse was 0.70 (95% CI 0.45 to 1.26){}."
    assert verdicts(text.format(""), "TS201") == ["strained"]
    assert verdicts(text.format(", by a bootstrap"), "TS201") == ["explained"]


def test_a_share_that_takes_two_odd_things_is_hard_to_explain():
    text = "A cure was seen in 32 of 35 patients (91%; 95% CI, 82 to 99%)."
    assert verdicts(text, "TS104") == ["strained"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("After a follow-up of 76 months, median survival was 106.1 months (95% CI 47.9-88.5).", "106.1"),
        ("Death was 3 times as frequent (adjusted hazard ratio, 11.53; 95% CI, 1.1-7.23).", "11.53"),
    ],
)
def test_what_is_led_to_right_before_its_bounds_is_asked_about(text, value):
    (found,) = [one for one in ts.check(text).findings if one.code == "TS101"]
    assert found.verdict == "inconsistent"
    assert found.reported["estimate"] == value


TRIAL = "We randomised 840 patients, 420 to the drug group and 420 to the placebo group. "


def test_a_count_alone_is_held_against_what_the_others_are_of():
    list_of_all = "301 ({}%) patients had stage I disease, 203 (24%) had stage II disease and 325 (39%) stage III."
    assert verdicts(TRIAL + list_of_all.format(16), "TS103")[0] == "strained"
    assert verdicts(TRIAL + list_of_all.format(36), "TS103")[0] != "strained"


def test_a_count_alone_is_held_against_the_other_arm():
    deaths = "Death occurred in 121 patients ({}%) in the drug group and in 105 patients (25.0%) in the placebo group."
    assert verdicts(TRIAL + deaths.format("28.8"), "TS103") == ["reproduced", "reproduced"]
    assert verdicts(TRIAL + deaths.format("21.8"), "TS103") == ["strained", "reproduced"]


def test_of_a_printed_count_its_own_share_is_said():
    deaths = "Death occurred in 121 patients (30%) in the drug group and in 105 patients (25.0%) in the placebo group."
    (found, _) = [one for one in ts.check(TRIAL + deaths).findings if one.code == "TS103"]
    assert found.message.startswith("121 of 420 is 29%; 121 of 4")
