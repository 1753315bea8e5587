"""What a percentage, its bounds and its number of patients must be known to be before they are asked about."""

from __future__ import annotations

import pytest

import trialstats as ts


def found(text, check):
    """Return the verdicts of a check on a text, with whether somebody is asked to look."""
    return [(one.verdict.value, one.look) for one in ts.check(text).findings if one.check == check]


ARMS = "We randomised 64 rowers to salt (n = 30) or water (n = 34). "


@pytest.mark.parametrize(
    ("behind", "known"),
    [
        ("of those in the salt group", True),
        ("of the boats in the salt group", False),
        ("with salt", False),
    ],
)
def test_a_share_of_people_is_told_by_the_words_behind_it(behind, known):
    text = ARMS + f"The primary event was seen in 23% (95% CI, 18 to 42) {behind}."
    assert found(text, "proportion-interval") == [("inconsistent", False) if known else ("unchecked", True)]


def test_bounds_that_crossed_need_no_number_of_patients():
    text = ARMS + "The response rate was {} in the salt group."
    assert found(text.format("47.8% (95% CI, 60.9% to 54.8%)"), "order") == [("inconsistent", False)]
    assert found(text.format("47.8% (95% CI, 40.9% to 54.8%)"), "order") == []


def test_a_rare_method_at_a_number_that_the_arm_has_not():
    text = "We randomised 222 rowers to salt (n = 112) or water (n = 110). With 8 months of median follow-up the "
    text += "response rate was 54% (97.5% CI, 43% to {}) in the water group."
    assert found(text.format("65%"), "proportion-interval") == [("consistent", False)]
    # 43 of 79 on the log scale
    assert found(text.format("69%"), "proportion-interval") == [("strained", False)]


def test_a_percentage_that_may_be_no_share_is_not_explained():
    text = "The salt to water ratio was 102% (95% CI: 87-120%) for 1 g and 92% (95% CI: 79-108%) for 10 g."
    assert {verdict for verdict, _ in found(text, "proportion-interval")} <= {"unchecked"}
    assert found("The response rate was 25% (95% CI, 12 to 43%).", "proportion-interval")[0][0] != "unchecked"


def test_a_number_that_the_size_contradicts_explains_no_list():
    text = ARMS + "Cramps came to 11% and thirst to 6% of the rowers in the salt group."
    assert ("explained", False) not in found(text, "denominators")


@pytest.mark.parametrize(
    ("ratio", "verdict"),
    [("1.40; 95% CI, 1.27 to 1.54", "reproduced"), ("1.33; 95% CI, 1.21 to 1.47", "explained"),
     ("1.14; 95% CI, 1.03 to 1.27", "strained")],
)  # fmt: skip
def test_chance_alone_leaves_randomised_groups_near_their_crude_ratio(ratio, verdict):
    text = "We {} 4716 rowers. Blisters were more frequent with salt than with water (37.7% vs. 26.9%; risk ratio, {})."
    assert found(text.format("randomly assigned", ratio), "ratio-of-arms")[0][0] == verdict
    # Of groups that were not randomised adjustment may move it so far.
    assert found(text.format("followed", ratio), "ratio-of-arms")[0][0] == verdict.replace("strained", "explained")


def test_an_adjusted_ratio_of_randomised_groups_is_not_judged():
    text = "We randomly assigned 4716 rowers. Blisters were more frequent with salt than with water (37.7% vs. 26.9%; "
    text += "adjusted risk ratio, 1.14; 95% CI, 1.03 to 1.27)."
    assert found(text, "ratio-of-arms")[0][0] == "unchecked"


@pytest.mark.parametrize(
    "text",
    [
        "Twelve (95% CI: 8, 32) rowers would need to be treated to avoid one blister.",
        "The risk difference was 0.21, or 5 (95% CI, 3.4 to 8.1) rowers who need to be treated to save one foot.",
    ],
)
def test_a_number_needed_to_treat_before_its_words(text):
    claims = [one for one in ts.extract(text).claims if getattr(one, "interval", None) is not None]
    assert [one.unit for one in claims] == ["needed to treat"]


def test_an_interval_of_far_more_patients_than_the_text_has():
    text = "We randomised 263 patients to salt or water. The response rate was 27.9% (95% CI, {}) with salt{}."
    assert found(text.format("27.6% to 28.2%", ""), "proportion-interval") == [("strained", False)]
    unsized = text.replace("We randomised 263 patients to salt or water. ", "")
    assert found(unsized.format("27.6% to 28.2%", ""), "proportion-interval")[0][0] != "strained"
    assert found(text.format("20.1% to 36.8%", ""), "proportion-interval")[0][0] != "strained"
    assert found(text.format("27.6% to 28.2%", ", by a model"), "proportion-interval")[0][0] != "strained"
