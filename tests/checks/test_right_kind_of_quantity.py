"""What a number is comes first: which way a percentage goes, a rate, a rate by a time, pairs; then how it was made."""

from __future__ import annotations

import pytest

import trialstats as ts


def found(text, code):
    """Return the verdicts and the sentences of a check on a text."""
    return [(one.verdict.value, one.message) for one in ts.check(text).findings if one.code == code]


@pytest.mark.parametrize(
    ("said", "verdict", "words"),
    [
        ("Zincol reduced snoring by 24% (95% CI, 7 to 38%).", "consistent", "The printed reduction 24%"),
        ("There was a 24% (95% CI, 7 to 38%) reduction in snoring time.", "consistent", "The printed reduction 24%"),
        ("Zincol reduced snoring by 27% (95% CI, 7 to 38%).", "explained", "The printed reduction 27%"),
        ("The difference in snoring was 24% (95% CI, 7 to 38%).", "explained", "The printed difference 24%"),
        ("Snoring increased by 25% (95% CI, 1 to 57%).", "consistent", "The printed increase 25%"),
        ("Snoring was reduced by 25% (95% CI, 1 to 57%).", "explained", "The printed reduction 25%"),
    ],
)
def test_a_reduction_is_one_minus_a_ratio(said, verdict, words):
    ((judged, message),) = found(said, "TS209")
    assert judged == verdict and words in message


def test_a_credible_interval_needs_no_name_of_a_method():
    text = "The reduction of snoring needed was 125% (90% credible interval, 40 to 300%)."
    ((verdict, message),) = found(text, "TS209")
    assert verdict == "explained" and "a credible interval" in message and "would settle" not in message


@pytest.mark.parametrize(
    ("said", "way"),
    [("increase in the risk of a cough", "increase"), ("reduction in the risk of a cough", "reduction")],
)
def test_the_word_beside_a_percentage_tells_its_direction(said, way):
    ((verdict, message),) = found(f"There was a 31.48% (95% CI, 19.63 to 43.33) {said}.", "TS201")
    assert verdict == "explained" and f"relative {way}" in message


def test_a_number_behind_study_is_no_bound():
    text = (
        "Rowers' mean change in damp [95% confidence interval (CI)] from that of spring (study 1, 7.2%; study 2, 7.7%) "
        "was -2.4% (-2.6, -2.2) in study 1 and -2.0% (-2.3, -1.7) in study 2."
    )
    assert [verdict for verdict, _ in found(text, "TS209")] == ["consistent", "consistent"]


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("30.0% greater", "consistent"),
        ("34.0% greater", "unchecked"),
    ],
)
def test_a_percentage_beside_values_in_a_unit_is_relative(said, verdict):
    text = (
        "Of 44 patients, 22 received zincol and 22 placebo. In patients given zincol compared to placebo, mean nail "
        "length was 25.0% greater (500.0 v. 400.0 µm; 95% CI of difference 20.5–179.5 µm; P = 0.02), and mean nail "
        f"area was {said} (52000 v. 40000 µm2/100 µm; 95% CI of difference 1200–22800 µm2/100 µm; P = 0.03)."
    )
    assert [one for one, message in found(text, "TS222") if said[:5] in message] == [verdict]


@pytest.mark.parametrize(("unit", "verdict"), [("/patient-year", None), ("", "explained")])
def test_a_rate_over_time_is_no_mean_of_whole_numbers(unit, verdict):
    text = (
        "We randomised 34 rowers to zincol (n = 17) or ferrol (n = 17). "
        f"The average number of episodes of cough{unit} was lower in the zincol (0.50) than in the ferrol group (1.71)."
    )
    assert next((one for one, _ in found(text, "TS106")), None) == verdict


def test_a_unit_tells_what_was_measured():
    text = (
        "We randomised 34 rowers to zincol (n = 17) or ferrol (n = 17). The mean {} 0.50{} (SD 0.62) with zincol and "
        "0.71{} (SD 0.81) with ferrol."
    )
    verdicts = [one for one, _ in found(text.format("fluid lost during the course was", " mmol", " mmol"), "TS106")]
    assert "explained" not in verdicts
    assert found(text.format("number of episodes of cough was", "", ""), "TS106")[0][0] == "explained"


def test_counts_by_an_exact_method_come_before_a_rare_rounding():
    text = (
        "We randomised 532 rowers to zincol (n = 268) or ferrol (n = 264). A cough occurred in 12 of 268 (4.5%) with "
        "zincol and 22 of 264 (8.3%) with ferrol (odds ratio 0.52; 95% CI, 0.23-1.12)."
    )
    ((verdict, message),) = found(text, "TS201")
    assert verdict == "explained" and "Fisher's exact" in message


def test_a_risk_by_a_time_is_of_no_number_of_patients_that_we_made_up():
    text = "Of 3653 rowers, 2603 took zincol. {} their risk of a cough was 0.34% (95% CI, 0.11-0.57) on it."
    ((verdict, message),) = found(text.format("After 9 years,"), "TS104")
    assert verdict == "unchecked" and "a rate after 9 years" in message


def test_pairs_have_a_test_of_pairs():
    text = (
        "In an intrapatient randomized trial, 31 rowers had one arm treated with zincol. Healing occurred in 67% of "
        "arms given zincol and in 22% of those given ferrol (difference, 46 percentage points; 95% CI, 24 to 68; "
        "P = {})."
    )
    ((verdict, message),) = found(text.format("0.002"), "TS213")
    assert verdict == "explained" and "McNemar" in message
    ((verdict, message),) = found(text.format("<0.001"), "TS213")
    assert verdict == "consistent"


def test_a_rare_method_that_does_not_print_the_sister_is_only_possible():
    text = (
        "We randomised 69 rowers to zincol (n = 35) or ferrol (n = 34). The cough went in 16 of 35 rowers (46%, 95% "
        "CI = {} to {}%) with zincol and in 27 of 34 (79%, 95% CI = 65% to 94%) with ferrol."
    )
    assert "may be 27 of 34" in found(text.format(29, 64), "TS104")[1][1]
    assert "may be" not in found(text.format(29, 63), "TS104")[1][1]


def test_an_adjusted_ratio_beside_a_plain_test():
    text = "The adjusted hazard ratio for relapse was 1.10 (95% CI, 0.62 to 1.94; log-rank P = .686)."
    ((verdict, message),) = found(text, "TS202")
    assert verdict == "explained" and "plain log-rank test beside an adjusted ratio" in message


def test_cumulative_rates_are_not_rates_over_time():
    text = (
        "Rowers (n = 11,420) were randomly assigned to ferrol or zincol. By the end the {} of cough was reduced from "
        "38.5 per 1000 rowers with ferrol to 22.1 per 1000 rowers with zincol (risk ratio = 0.56, 95% CI = 0.45 to "
        "0.70)."
    )
    ((verdict, message),) = found(text.format("cumulative rate"), "TS221")
    assert verdict == "explained" and "cumulative rate" in message
    ((_, message),) = found(text.format("rate"), "TS221")
    assert "cumulative" not in message


def test_fewer_patients_with_a_value_are_said():
    text = (
        "We randomised 129 rowers to zincol (n = 38) or ferrol (n = 91). Sleep scores were lower with zincol (mean, "
        "82.6 [SD 17.5]) than with ferrol (96.7 [SD 21.4]; P = {})."
    )
    ((verdict, message),) = found(text.format(".003"), "TS302")
    assert verdict == "explained" and "If not all have a value, a t test of about 24 and 58" in message
    assert "not all have" not in found(text.format(".00015"), "TS302")[0][1]


def test_survivors_counted_at_no_time_were_not_censored():
    text = "Of 59 survivors of a storm, 27 survivors (45.8%; 95% confidence interval, 32.7-59.3%) slept worse."
    ((verdict, message),) = found(text, "TS207")
    assert verdict == "explained" and "censored" not in message
