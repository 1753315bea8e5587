"""Sound numbers of analyses that a check does not assume: what a text names excuses them."""

from __future__ import annotations

import pytest

import trialstats as ts

START = "In this randomized trial, 120 patients were assigned to salt (n = 60) or water (n = 60). "
COUNTS = "Cramp occurred in 12 of 60 with salt and in 26 of 60 with water"


def verdicts(text, check, start=START):
    return [one.verdict.value for one in ts.check(start + text).findings if one.check == check]


@pytest.mark.parametrize("words", ["per-protocol analysis, ", "as-treated analysis: "])
def test_a_p_value_of_other_patients_is_not_held_against_the_counts(words):
    assert verdicts(f"{COUNTS} ({words}P = .11).", "two-arm-p") == ["unchecked"]
    assert verdicts(f"{COUNTS} (P = .11).", "two-arm-p") == ["strained"]


def test_counts_that_are_themselves_per_protocol_are_judged():
    assert verdicts(f"In the per-protocol population, {COUNTS.lower()} (P = .11).", "two-arm-p") == ["strained"]


@pytest.mark.parametrize("words", ["Multiple imputation was used.", "Missing outcomes were multiply imputed."])
def test_multiple_imputation_excuses_a_p_value_and_a_difference(words):
    assert verdicts(f"{words} {COUNTS} (P = .11).", "two-arm-p") == ["unchecked"]
    said = "The cramp rate was 20.0% with salt and 43.3% with water (difference, -2.0 percentage points; 95% CI, "
    said += "-18.1 to 14.1)."
    assert verdicts(f"{words} {said}", "difference-of-arms") == ["unchecked"]
    assert verdicts(said, "difference-of-arms") == ["strained"]


def test_a_test_of_ranks_named_elsewhere_excuses_means():
    said = (
        "The mean score was 31.0 (SD 8.0) in 60 patients on salt and 35.5 (SD 8.5) in 60 patients on water (P = .72)."
    )
    assert verdicts(f"Groups were compared by Wilcoxon rank-sum tests. {said}", "means-p") == ["unchecked"]
    assert verdicts(said, "means-p") == ["strained"]


def test_a_stratified_test_named_in_the_methods_is_that_of_the_p_value():
    said = "Deaths were fewer (hazard ratio, 0.70; 95% CI, 0.49 to 1.00; P = .004)."
    assert verdicts(said, "ratio-p") == ["strained"]
    assert verdicts(f"P values are from stratified log-rank tests. {said}", "ratio-p") == ["explained"]
    both = "Hazard ratios and P values are from models that were stratified by club."
    assert verdicts(f"{both} {said}", "ratio-p") == ["strained"]


def test_too_few_events_for_an_interval_with_a_robust_variance():
    said = "Death occurred in 20 of 60 patients with salt and in 22 of 60 with water "
    said += "(hazard ratio, 0.70; 95% CI, {} to {})."
    assert verdicts(said.format("0.49", "1.00"), "events") == ["strained"]
    assert verdicts(said.format("0.60", "0.82"), "events") == ["inconsistent"]
    robust = "Standard errors were robust to clustering by club. " + said
    assert verdicts(robust.format("0.49", "1.00"), "events") == ["explained"]
    assert verdicts(robust.format("0.60", "0.82"), "events") == ["explained"]


def test_where_nearly_all_died_their_number_tells_nothing_of_when():
    said = "Death occurred in {} of 60 patients with salt and in {} of 60 with water "
    said += "(hazard ratio, 0.31; 95% CI, 0.21 to 0.45)."
    assert verdicts(said.format(58, 60), "ratio-of-arms") == ["explained"]
    assert verdicts(said.format(40, 38), "ratio-of-arms") == ["strained"]


def test_medians_of_curves_that_are_not_exponential():
    said = "Median overall survival was {} months with salt and 6.0 months with water "
    said += "(hazard ratio, 0.45; 95% CI, 0.40 to 0.51)."
    large = START.replace("120", "1800").replace("60", "900")
    assert verdicts(said.format("19.0"), "medians-ratio", large) == ["explained"]  # shape .7
    assert verdicts(said.format("6.5"), "medians-ratio", large) == ["strained"]
