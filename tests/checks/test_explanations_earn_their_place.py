"""What explains a number must earn its place: what we made up ourselves, or two odd things together, do not."""

from __future__ import annotations

import pytest

import trialstats as ts


def found(text, code):
    """Return the verdicts and the sentences of a check on a text."""
    return [(one.verdict.value, one.message) for one in ts.check(text).findings if one.code == code]


def verdicts(text, code):
    """Return the verdicts of a check on a text."""
    return [verdict for verdict, _ in found(text, code)]


ARMS = "We randomised 180 rowers to zincol (n = 92) or ferrol (n = 88). "


def test_a_percentage_of_a_number_that_we_made_up_is_not_explained():
    text = ARMS + "At one year 20.3% of those given zincol had a cough."
    ((verdict, message),) = found(text, "TS103")
    assert verdict == "unchecked"
    assert "no count of 92 patients, or of up to a tenth fewer, prints it" in message
    assert verdicts(text.replace("20.3", "32.6"), "TS103") == ["reproduced"]  # 30 of 92


def test_a_count_may_be_of_a_number_that_the_text_prints():
    text = ARMS + "Of all, 47 rowers had a fall, {} (66%) with zincol and 16 (34%) with ferrol."
    assert [verdict for verdict, _ in found(text.format("31"), "TS103")] == ["explained", "explained"]


def test_no_rounding_and_size_that_we_made_up_explain_a_count():
    ((verdict, message),) = found("There were 45 deaths (29.3%).", "TS103")
    assert verdict == "unchecked" and "no number of patients prints it for 45" in message


def test_an_interval_of_none_of_the_printed_sizes():
    text = ARMS + "A response was seen in 31% (95% CI, 21 to {}) of the rowers with a low titre given zincol."
    ((verdict, message),) = found(text.format(43), "TS104")
    assert verdict == "unchecked" and "does not say that it is of so many" in message


def test_odd_rounding_of_a_list_needs_a_printed_size():
    shown = "rash was seen in 41.1%, fever in 23.5% and cough in 11.7% of those given zincol."
    with_size = "We gave 51 rowers zincol and 50 ferrol. With zincol " + shown
    assert "explained" not in verdicts("Rowers took zincol or ferrol. With zincol " + shown, "TS105")
    assert all("cut off" in message for verdict, message in found(with_size, "TS105") if verdict == "explained")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The hazard ratio was 0.611 (95% CI, 0.455 to 0.822; P = .0010).", "consistent"),
        ("The hazard ratio was 0.611 (95% CI, 0.455 to 0.822; P < .001).", "explained"),
        ("The hazard ratio was 0.611 (95% CI, 0.455 to 0.822; P = .002).", "explained"),
    ],
)
def test_a_p_value_next_to_that_of_its_interval_agrees(text, expected):
    assert verdicts(text, "TS202") == [expected]


def test_a_p_value_of_a_difference_next_to_that_of_its_interval_agrees():
    text = "The mean difference was 3.0 kg (95% CI, 0.2 to 5.8; P = {})."
    assert verdicts(text.format(".043"), "TS213") == ["consistent"]
    assert verdicts(text.format(".06"), "TS213") == ["unchecked"]
    text += " Groups were compared by the Mann-Whitney test."
    assert verdicts(text.format(".06"), "TS213") == ["explained"]


def test_few_degrees_of_freedom_take_few_patients():
    text = "We treated {} patients. The mean difference was 31 ml (95% CI, 11 to 51; P = {})."
    ((verdict, message),) = found(text.format(9, ".02"), "TS213")
    assert verdict == "consistent" and "3 to 7 degrees of freedom as of 9 patients" in message
    for patients in (40, 640):
        ((verdict, message),) = found(text.format(patients, ".02"), "TS213")
        assert verdict == "unchecked" and "the text tells of more patients" in message
    ((verdict, message),) = found(text.replace("{} patients", "patients").format(".02"), "TS213")
    assert verdict == "explained" and "few degrees of freedom" in message


def test_the_p_value_of_a_relative_change_may_be_of_its_own_scale():
    text = "The percent difference was -25% (95% CI, -37 to -11; P = {})."
    ((verdict, message),) = found(text.format(".001"), "TS213")
    assert verdict == "explained" and "scale of a relative change" in message


def test_a_small_p_value_beside_a_margin_is_not_judged():
    text = "{} The difference was -0.39 mmol (95% CI, -1.15 to 0.37; P < .001)."
    for code in ("TS203", "TS213"):
        assert verdicts(text.format("The aim was to show non-inferiority of zincol."), code) == ["unchecked"]


def test_a_test_of_one_side_and_missing_patients_are_too_much_together():
    text = "We randomised 61 rowers to zincol and 68 to ferrol. A cough was seen in 41 v 43% (P = .47), respectively."
    assert "explained" not in verdicts(text, "TS301")


def test_survivors_who_are_counted_are_a_plain_share():
    ((verdict, message),) = found("Survival at 5 years was 23 (53.5%; 95% CI, 37.7 to 68.8).", "TS207")
    assert verdict == "consistent" and "23 of 43 by Clopper-Pearson" in message


def test_an_interval_of_counts_over_expected_ones_takes_words_for_them():
    text = "The {} was 1.7 (95% CI, 0.8 to 3.0)."
    ((_, message),) = found(text.format("odds ratio of a fall"), "TS201")
    assert "Poisson" not in message
    ((_, message),) = found(text.format("standardised mortality ratio (SMR), a rate ratio,"), "TS201") or [("", "")]
    assert not message or "Poisson" in message or "symmetric" in message


def test_exact_is_a_method_only_beside_words_for_one():
    text = "{} The mean difference was 130 ml (95% CI, 50 to 140)."
    assert verdicts(text.format("The exact dose is unknown."), "TS209") == ["strained"]
    assert verdicts(text.format("Exact confidence intervals were computed."), "TS209") == ["explained"]


CENTRAL = "RESULTS: The relative risk of gout was 0.91 (95% CI, 0.71 to 1.17), of rash 0.82 (95% CI, 0.58 to 1.16) and "
CENTRAL += "of sneezing 0.64 (95% CI, 0.42 to 0.98). "


@pytest.mark.parametrize(
    ("ratio", "verdict", "words"),
    [
        ("0.66 (95% CI, 0.38 to 1.27)", "strained", "towards the arm with more events"),
        ("0.66 (95% CI, 0.33 to 1.20)", "explained", "profile-likelihood"),  # longer towards the fewer events
        ("0.66 (95% CI, 0.35 to 1.21)", "consistent", "symmetric"),
        ("2.50 (95% CI, 1.35 to 4.77)", "consistent", "next to the centre of the log scale"),
    ],
)
def test_the_longer_side_of_an_interval_points_to_the_arm_with_fewer_events(ratio, verdict, words):
    text = "We randomised 9000 rowers to zincol or ferrol. " + CENTRAL + f"The relative risk of hiccups was {ratio}."
    told, message = found(text, "TS201")[-1]
    assert told == verdict and words in message


def test_no_ratio_is_symmetric_on_the_scale_of_its_reciprocal():
    ((verdict, message),) = found("The hazard ratio for a fall was 0.96 (95% CI, 0.79 to 1.20).", "TS201")
    assert verdict == "consistent" and "reciprocal" not in message


def test_no_log_is_taken_of_an_amount_in_a_unit_over_another():
    text = "The dose was lower with zincol, with a difference of 90 {0}; 95% CI 55 to 147 {0}."
    ((verdict, message),) = found(text.format("µg/h"), "TS209")
    assert verdict == "strained" and "log scale" not in message


MODEL = (
    "{} infants of mothers given zincol had a reduction of 10 ml in one volume (95% CI 3 to 17; p=0.005), of 12 ml in "
)
MODEL += "another (95% CI 4 to 20; p={}) and of 26 ml in a third (95% CI 6 to 46; p={})."


@pytest.mark.parametrize(
    ("lead", "own", "verdict"),
    [
        ("After adjusting for weight,", "0.04", "strained"),
        ("After adjusting for weight,", "0.01", "consistent"),
        ("With multiple imputation and after adjusting for weight,", "0.04", "explained"),
    ],
)
def test_p_and_interval_of_one_model_are_of_one_test(lead, own, verdict):
    assert verdicts(MODEL.format(lead, "0.003", own), "TS213")[-1:] == [verdict]


def test_a_stray_word_names_no_analysis():
    text = (
        "{} We randomised 400 rowers to zincol or ferrol. Hiccups occurred in 20 of 200 on zincol and in 36 of 200 on "
    )
    text += "ferrol (risk ratio, 0.58; 95% CI, 0.34 to 0.97)."
    ((_, message),) = found(text.format("Boats pose logistical challenges."), "TS221")
    assert "logistic" not in message and "names no other analysis" in message
    ((_, message),) = found(text.format("We used logistic regression."), "TS221")
    assert "the text says “logistic regression”" in message


def test_a_ratio_is_not_tied_to_values_that_give_another_one_beside_them():
    text = (
        "Gout was rarer with zincol than with ferrol (HR, 0.48; 95% CI, 0.37 to 0.63). In old rowers gout was seen at "
    )
    text += "1.6 vs 5.0 events per 100 patient-years (HR, {}; 95% CI, 0.17 to 0.60)."
    assert not any("0.48" in message for _, message in found(text.format("0.32"), "TS221"))


def test_a_ratio_of_a_duration_is_none_of_two_shares():
    text = ARMS + "A response was seen in 80 (87%) of 92 with zincol and 61 (69%) of 88 with ferrol, {}"
    text += "(HR 0.25, 95% CI 0.14 to 0.45; p<0.0001)."
    assert found(text.format("with a longer duration of response for zincol than ferrol "), "TS221") == []
    assert [one for one in verdicts(text.format(""), "TS221") if one == "explained"] == []


def test_a_p_value_may_be_of_the_pair_before_its_own():
    text = ARMS.replace("92", "95").replace("88", "95").replace("180", "190")
    text += "A cough was alike with zincol compared with ferrol (all grades, 70/95 [74%] vs 62/95 [65%]; grade 3/4, "
    text += "7/95 [7%] vs 3/95 [3%]; P = {})."
    assert verdicts(text.format(".27"), "TS301") in (["reproduced"], ["consistent"])
    assert verdicts(text.format(".33"), "TS301") == ["reproduced"]  # Fisher's exact test of its own pair


def test_a_ratio_with_its_own_number_of_patients_is_not_held_against_the_arms():
    text = ARMS + "Updating the review suggests longer survival ({}HR 0.88, 95% CI 0.76 to 1.01)."
    assert verdicts(text.format("1507 patients, "), "TS210") == []
    assert verdicts(text.format(""), "TS210") != ["consistent"]


def test_percentages_are_no_times():
    text = (
        ARMS + "The median share was 42.8% (range 41.3 to 45.0) with zincol and 39.4% (range 38.0 to 42.6) with ferrol "
    )
    text += "(hazard ratio, 0.08; 95% CI, 0.04 to 0.17)."
    assert verdicts(text, "TS205") == []


def test_two_ratios_that_changed_places():
    text = "We randomised 474 rowers. Gout came back in 60.3% with ferrol, 17.6% with zincol (odds ratio, {}; 95% CI, "
    text += "0.06 to 0.25) and 13.9% with tin (odds ratio, {}; 95% CI, 0.06 to 0.25)."
    wrong = found(text.format("0.106", "0.140"), "TS221")
    assert not any(verdict == "explained" for verdict, _ in wrong)
    right = verdicts(text.format("0.140", "0.106"), "TS221")
    assert set(right) <= {"reproduced", "consistent"}


@pytest.mark.parametrize(
    ("lead", "verdict"),
    [("", "unchecked"), ("Rowers lost weight. ", "unchecked"), ("By inverse probability weighting: ", "explained")],
)
def test_so_few_events_are_not_those_of_the_ratio(lead, verdict):
    text = (
        ARMS + lead + "There were 3 hospitalizations in the zincol group and 4 hospitalizations in the ferrol group. "
    )
    text += "The hazard ratio for hospitalizations was 2.12 (95% CI, 1.67 to 2.69)."
    assert verdicts(text, "TS210") == [verdict]
