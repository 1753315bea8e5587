"""The other numbers of a text, and its words, say whether an unusual way may explain one of them."""

from __future__ import annotations

import pytest

import trialstats as ts
from trialstats.checks.derived_ratio import without_padding
from trialstats.search.printed import PrintedInterval


def found(text, code, number):
    """Return the verdict and the sentence of a check on the claim that has a number in its message."""
    (one,) = [f for f in ts.check(text).findings if f.code == code and number in f.message]
    return one.verdict.value, one.message


CENTRAL = (
    "Falls were rarer with zinc (odds ratio 0.52, 95% CI 0.36 to 0.75), as were rash (odds ratio 2.40, 95% CI 1.21 to "
    "4.76) and cough (odds ratio 3.10, 95% CI 1.43 to 6.72). "
)


@pytest.mark.parametrize(
    "start, verdict",
    [
        (CENTRAL, "strained"),
        ("", "explained"),
        (CENTRAL + "Intervals were by profile likelihood. ", "explained"),
        (CENTRAL.replace("1.21 to 4.76", "1.24 to 5.09"), "explained"),
    ],
)
def test_a_lone_ratio_off_its_centre_is_not_explained_where_the_others_could_tell(start, verdict):
    text = start + "Of sleepers fewer snored (odds ratio 2.60, 95% CI 1.33 to 5.53)."
    assert found(text, "TS201", "2.60")[0] == verdict


@pytest.mark.parametrize(
    "start, verdict",
    [
        ("This meta-analysis pooled nine trials of tea. ", "strained"),
        ("This trial was of tea. ", "explained"),
        ("This meta-analysis found nine trials of tea, one study of which was large. ", "explained"),
        ("A meta-analysis of tea was unclear. We randomised 90 people to tea or zinc. ", "explained"),
        ("This Bayesian network meta-analysis pooled nine trials of tea. ", "explained"),
    ],
)
def test_a_pooled_ratio_lies_at_the_centre_of_its_interval(start, verdict):
    text = start + "Sleep was better with tea (odds ratio 2.60, 95% CI 1.33 to 5.53)."
    assert found(text, "TS201", "2.60")[0] == verdict


@pytest.mark.parametrize(
    "numbers, digits",
    [
        (("1.40", "0.66", "2.90"), "1.4 (0.66 to 2.9)"),
        (("1.41", "0.66", "2.90"), ""),  # one zero may be a digit like any other
        (("1.40", "0.66", "3.90"), ""),
        (("2.19", "1.40", "3.60"), ""),  # nobody pads the bounds alone
    ],
)
def test_last_zeros_may_be_padding(numbers, digits):
    assert without_padding(PrintedInterval.of(numbers[0], numbers[1:], "a ratio"), 0.95) == digits


SHARP = (
    "Falls (rate ratio 0.62, 95% CI 0.45 to 0.85; P = .0034) and rash (rate ratio 1.36, 95% CI 1.12 to 1.65; P = "
    ".0019) differed. "
)


@pytest.mark.parametrize(
    "start, p, verdict",
    [
        (SHARP, ".003", "strained"),
        ("", ".003", "unchecked"),
        (SHARP + "Results were adjusted for sex. ", ".003", "explained"),
        (SHARP + "The gain was 0.2 quality-adjusted years. ", ".003", "strained"),
        (SHARP, ".0055", "explained"),  # so near lie a likelihood-ratio and a Wald test
        (SHARP, ".009", "consistent"),
    ],
)
def test_tests_of_the_same_data_lie_only_so_far_apart(start, p, verdict):
    text = start + f"Ulcers came back less often (rate ratio 0.658, 95% CI 0.480 to 0.898; P = {p})."
    assert found(text, "TS202", "0.658")[0] == verdict


@pytest.mark.parametrize("p, said", [(".001", "often written for anything below it"), (".002", "could print it")])
def test_a_last_place_of_one_may_stand_for_anything_below(p, said):
    text = f"Sleep was better with tea (rate ratio 0.450, 95% CI 0.289 to 0.700; P = {p})."
    assert said in found(text, "TS202", p)[1]


@pytest.mark.parametrize(
    "words, said",
    [
        ("The age of the sleepers moderated the effect of tea", "likelihood-ratio test of the same model"),
        ("Those with moderate pain slept better with tea", "log-rank"),
    ],
)
def test_no_log_rank_test_is_of_an_interaction(words, said):
    text = words + " (hazard ratio 5.98, 95% CI 2.29 to 15.6; P = .0008)."
    verdict, message = found(text, "TS202", ".0008")
    assert verdict == "explained" and said in message


@pytest.mark.parametrize(
    "end, judged", [("", False), (" Tests were one-sided.", True), (" All tests were two-sided.", False)]
)
def test_one_side_needs_a_word(end, judged):
    text = "The mean difference in weight was -0.52 kg (95% CI, -0.96 to -0.08; P = .01)." + end
    assert (found(text, "TS213", "-0.52")[0] != "unchecked") is judged
    counts = "Of 70 given tea 39 slept, and of 80 given zinc 32 did (39/70 v 32/80; P = .03)." + end
    assert (found(counts, "TS301", ".03")[0] != "unchecked") is judged


def test_a_t_test_may_be_of_the_patients_that_the_text_counts():
    text = "We randomised 74 patients. The mean difference in sleep was 11.76 (95% CI, 4.65 to 18.86; P = .002)."
    assert found(text, "TS213", "11.76")[0] == "consistent"


def test_a_seldom_method_needs_a_word_and_a_usual_one_comes_first():
    text = "Sleep was good in 22/34 (65%; 95% CI, 47 to 80)."
    assert "Clopper-Pearson, rounded twice" in found(text, "TS104", "22/34")[1]
    assert "Sterne" in found(text + " Intervals are by the method of Sterne.", "TS104", "22/34")[1]


@pytest.mark.parametrize(
    "interval, said", [("24% to 58%", "around the percentage as it is printed"), ("25% to 59%", "Clopper")]
)
def test_limits_may_be_about_a_rounded_percentage(interval, said):
    text = f"Rash went in 14 of 34 (41%; 95% CI, {interval}) with lumarin."
    assert said in found(text, "TS104", "14")[1]


CURVES = "Survival at two years was 61.0% (95% CI, 50.2 to 71.8) with tea and 47.5% (95% CI, 36.5 to 58.5) with zinc. "


@pytest.mark.parametrize(
    "text, verdict",
    [
        (CURVES, "strained"),
        ("", "unchecked"),
        (CURVES + "Intervals were by the bootstrap. ", "explained"),
    ],
)
def test_a_rate_off_every_transform_is_no_fit_beside_others_that_are(text, verdict):
    text += "Survival at five years was 33.0% (95% CI, {}) with lumarin."
    assert found(text.format("13 to 48"), "TS207", "33.0")[0] == verdict
    # One in the last digit of one bound is nothing to ask about.
    assert found(text.format("15 to 49"), "TS207", "33.0")[0] in ("unchecked", "explained")


@pytest.mark.parametrize(
    "other, said", [("19 (68%) of 28", True), ("19 (67%) of 28", False), ("14 (50%) of 28", False)]
)
def test_a_lone_percentage_that_was_cut_off_may_be_a_slip(other, said):
    text = f"Rash was seen in 1 (3%) of 28 with tea, and sleep in {other} with zinc."
    assert ("a slip is as likely" in found(text, "TS103", "3% is 1 of 28")[1]) is said


def test_a_share_of_one_group_is_no_difference():
    text = "The sign had a sensitivity for large loss of {}% (95% CI, 6% to 48%)."
    assert [
        f for f in ts.check(text.format("only 22")).findings if f.code == "TS209" and f.verdict == "explained"
    ] == []
