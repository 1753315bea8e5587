"""Effects against the values of both arms, wherever a sentence puts them; results said again; rates of one curve."""

from __future__ import annotations

import pytest

import trialstats as ts


def asked(text, check):
    return [one.verdict.value for one in ts.check(text).findings if one.check == check and one.verdict.is_question]


RATIOS = [
    "The odds of a cramp were lower with salt (unadjusted odds ratio, {}; 95% CI, {}-{}), with 58 of 402 and "
    "93 of 398 rowers affected, respectively.",
    "The relative risk of a cramp was {} (95% CI, {} to {}) with salt compared with water (41 of 205 v 62 of 207).",
    "Cramps came to 79 rowers among the 212 on salt and 131 among the 209 on water (relative risk, {}; 95% CI, {} to "
    "{}).",
]


@pytest.mark.parametrize("text, right, slip", [
    (RATIOS[0], ("0.55", "0.38", "0.80"), ("0.33", "0.23", "0.48")),
    (RATIOS[1], ("0.67", "0.47", "0.94"), ("0.32", "0.22", "0.47")),
    (RATIOS[2], ("0.60", "0.48", "0.73"), ("0.32", "0.23", "0.45")),
])  # fmt: skip
def test_counts_behind_an_effect_or_in_other_words(text, right, slip):
    assert asked(text.format(*slip), "ratio-of-arms")
    assert asked(text.format(*right), "ratio-of-arms") == []


def test_a_rate_ratio_and_the_events_over_person_time():
    text = "There were 45 cramps in 1210 person-years with salt and 88 in 1195 person-years with water (rate ratio {})."
    assert asked(text.format("0.51; 95% CI, 0.35 to 0.72"), "ratio-of-arms") == []
    assert asked(text.format("0.83; 95% CI, 0.58 to 1.18"), "ratio-of-arms") == ["strained"]


def test_percentages_do_not_rest_on_sizes():
    text = (
        "A cramp came to 71.3% of rowers in the water group and 48.9% of those in the salt group, a difference of {}."
    )
    assert asked(text.format("22.4 percentage points (95% CI, 14.2 to 30.6)"), "difference-of-arms") == []
    assert asked(text.format("32.4 percentage points (95% CI, 24.2 to 40.6)"), "difference-of-arms") == ["strained"]


@pytest.mark.parametrize(
    "text",
    [
        "We used multilevel logistic regression. Salt was taken by 66% v 43% (OR 6.33, 95% CI 3.71 to 10.80).",
        "In this meta-analysis cramps were seen in 10.8% v 0.6% of rowers (OR 0.15, 95% CI 0.09 to 0.26).",
        "The score declined 55% with salt compared with 34.2% with water (effect, -0.7; 95% CI, -1.1 to -0.3).",
        "HbA1c was lower (difference -0.7%; 95% CI, -0.8 to -0.5) and more rowers reached the target (70 v 34%).",
        "428 of 93338 reports named cramps (202/2227 with salt (OR 40, 95% CI 33-48)).",
    ],
)
def test_what_is_of_another_analysis_or_scale(text):
    assert asked(text, "ratio-of-arms") == asked(text, "difference-of-arms") == []


def test_a_stratified_ratio_of_randomised_groups_is_asked_about_far_off_only():
    text = (
        "In a randomised trial, cramps were seen in 22 of 180 and 45 of 176 rowers (Mantel-Haenszel relative risk {})."
    )
    assert asked(text.format("0.51, 95% CI 0.32 to 0.81"), "ratio-of-arms") == []
    assert asked(text.format("0.98, 95% CI 0.62 to 1.55"), "ratio-of-arms") == ["strained"]


def test_events_of_another_outcome_are_not_a_ratios():
    text = "Response was 25% (8 of 32 patients); survival was longer (HR 0.54; 95% CI, 0.36 to 0.81)."
    assert [one for one in ts.check(text).findings if one.check == "events"] == []
    text = "A total of 39 deaths occurred (hazard ratio for death, 0.71; 95% CI, 0.62 to 0.81)."
    assert asked(text, "events") == ["inconsistent"]


def test_rates_at_several_times():
    listed = "The 1-, 2- and 5-year disease-free survival rates were 84%, 71% and {}, respectively."
    told = "Overall survival was 78% at 1 year, 59% at 2 years and {} at 3 years."
    for text, right, slip in ((listed, "58%", "78%"), (told, "46%", "64%")):
        assert asked(text.format(right), "survival-order") == []
        assert asked(text.format(slip), "survival-order") == ["inconsistent"]
    times = [claim.time for claim in ts.extract(listed.format("58%")).claims]
    assert times == ["1 year", "2 year", "5 year"]


def test_landmark_rates_without_sizes():
    text = "Three-year overall survival was {} in the salt and 58% in the water group (HR 0.97, 95% CI 0.85 to 1.11)."
    assert asked(text.format("79%"), "landmark-ratio") == ["strained"]
    assert asked(text.format("60%"), "landmark-ratio") == []


def test_a_reduction_in_the_conclusion_is_that_of_the_ratio():
    told = "RESULTS: Falls were fewer with rowing (rate ratio 0.68, 95% CI 0.54 to 0.86)."
    text = told + " CONCLUSIONS: Rowing reduced falls by {}."
    assert asked(text.format("32%"), "repeated") == []
    assert asked(text.format("23%"), "repeated") == ["strained"]


def test_a_rate_over_device_days():
    text = "There were 31 infections over 7352 catheter-days, a rate of {} per 1000 catheter-days."
    assert asked(text.format("4.2"), "person-time") == []
    assert asked(text.format("6.2"), "person-time") == ["inconsistent"]


@pytest.mark.parametrize(
    ("ratio", "verdict"), [("0.99 (95% CI 0.45 to 2.20)", "consistent"), ("0.60 (95% CI 0.42 to 0.86)", "unchecked")]
)
def test_a_hazard_ratio_near_that_of_the_counts_is_as_expected(ratio, verdict):
    text = f"Falls were seen in 12/226 rowers with oars and 12/226 with sails (hazard ratio, {ratio})."
    found = [one for one in ts.check(text).findings if one.code == "TS221"]
    assert [one.verdict.value for one in found] == [verdict]


@pytest.mark.parametrize(
    ("text", "check", "right", "slip"),
    [
        (
            "Cramps were reported in 54 (13.4%) of 402 rowers on salt and in 81 (20.4%) of 398 on "
            "water (risk difference "
            "-6.9 percentage points, 95% CI {}).",
            "difference-interval",
            "-12.1 to -1.7",
            "-8.2 to -5.6",
        ),
        (
            "Cramps occurred in 14% with salt and 26% with water (absolute risk reduction, {}%).",
            "difference-of-arms",
            12,
            23,
        ),
        (
            "The percentage without a cramp was 24.1% in the salt group, {} percentage points higher than in the water "
            "group (10.2%).",
            "difference-of-arms",
            "13.9",
            "7.9",
        ),
        ("Cramps fell from 26% with water to 14% with salt, a {}% relative risk reduction.", "ratio-of-arms", 46, 68),
        (
            "Cramps occurred in 42 of 300 patients on salt and 78 of 297 on water (number needed to "
            "treat to prevent one "
            "cramp, {}).",
            "needed-to-treat",
            9,
            19,
        ),
    ],
)
def test_differences_and_reductions_in_more_forms(text, check, right, slip):
    assert asked(text.format(right), check) == []
    assert asked(text.format(slip), check) == ["strained"]


def test_a_value_of_another_group_behind_a_difference():
    text = "Cramps came to 24.1% in the salt group, 7.9 percentage points higher than in 2019, with 10.2% on water."
    assert asked(text, "difference-of-arms") == []
