"""Which groups are arms, as the results bear them out. The sentences are made up."""

from __future__ import annotations

import pytest

from trialstats.sources.text.reading import extract

ALLOCATED = "We randomly assigned 80 adults to receive {} (n = 40) or {} (n = 40). "


def arms(text):
    return [arm.label for arm in extract(text).arms]


def owners(text):
    """Return whose each percentage is, by number of the arm."""
    paper = extract(text)
    number = {arm.id: at for at, arm in enumerate(paper.arms)}
    return {claim.value.digits: [number[arm] for arm in claim.arms] for claim in paper.claims if claim.value}


def test_a_drug_alone_stands_for_its_arm():
    text = ALLOCATED.format("sorafenib tosylate 400 mg", "placebo")
    assert owners(text + "Relief was 41% with sorafenib and 36% with placebo.") == {"41": [0], "36": [1]}


def test_the_combination_is_the_arm_of_two_drugs_and_monotherapy_the_other():
    text = ALLOCATED.format("zinc", "lumarin plus zinc")
    assert owners(text + "Relief was 41% with the combination and 36% with monotherapy.") == {"41": [1], "36": [0]}


def test_a_part_of_a_name_that_no_other_arm_has_stands_for_it():
    text = ALLOCATED.format("intravenous lumarin", "oral lumarin")
    read = owners(text + "Relief was 41% in the oral group and 36% in the intravenous group.")
    assert read == {"41": [1], "36": [0]}


def test_a_name_that_stands_beside_results_is_the_arm_left_over():
    text = (
        "Eighty adults were randomised to training (n = 40) or usual care (n = 40). Relief was 41% in the exercise "
        "group and 36% in the usual care group. Sleep was good in 12% in the exercise group and 11% in the usual care "
        "group."
    )
    assert owners(text) == {"41": [0], "36": [1], "12": [0], "11": [1]}


def test_names_of_results_are_the_arms_where_nothing_tells_of_an_allocation():
    text = (
        "Relief was 41% in the walking group and 36% in the swimming group. Sleep was good in 12% of the walking group "
        "and 10% of the swimming group. Walking was liked more than swimming."
    )
    assert arms(text) == ["walking", "swimming"]
    assert owners(text) == {"41": [0], "36": [1], "12": [0], "10": [1]}


def test_three_arms_that_results_are_given_for_stay_three():
    text = (
        "Adults were randomly assigned to receive slow lumarin, fast lumarin, or placebo. Relief was 41% in the slow "
        "lumarin group, 40% in the fast lumarin group and 36% in the placebo group."
    )
    assert arms(text) == ["slow lumarin", "fast lumarin", "placebo"]
    assert owners(text) == {"41": [0], "40": [1], "36": [2]}


def test_the_arm_of_a_trial_without_control_is_what_all_were_given():
    text = "In this single-arm phase 2 trial, 40 patients received lumarin weekly. Response was 41%. Lumarin was liked."
    assert arms(text) == ["lumarin"] and owners(text) == {"41": [0]}


@pytest.mark.parametrize(
    "text",
    [
        "Relief was 41% in women and 36% in men.",
        "Relief was 41% in spring.",
        "Adults (n = 80) were randomised to three diets. Relief was 41%.",
        "",
    ],
)
def test_what_is_no_arm_is_none(text):
    assert arms(text) == []


def test_the_no_drug_group_has_no_drug():
    text = (
        "Children were randomly assigned to five courses of care without zinc or the same courses with one dose of "
        "zinc (6 mg) during each. Relief was seen in 41% in the zinc group v 36% in the no-zinc group."
    )
    assert arms(text) == ["five courses of care without zinc", "same courses with one dose of zinc (6 mg)"]
    assert owners(text) == {"41": [1], "36": [0]}
