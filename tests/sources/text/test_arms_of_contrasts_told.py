"""Contrasts that are told with both their arms, or by how much one arm has more than another: own sentences."""

from __future__ import annotations

import pytest

from trialstats.sources.rows import rows_from_paper
from trialstats.sources.text.reading import extract

TWO = "We randomly assigned 120 adults to receive lumarin (n = 60) or placebo (n = 60). "
THREE = "We randomly assigned 180 adults to lumarin (n = 60), solvatan (n = 60) or placebo (n = 60). "


def armed(text: str) -> list[tuple[str, str, str]]:
    """Return the measure and value of each row that has a value, and the labels of its arms."""
    told = rows_from_paper(extract(text))
    name = {arm["id"]: arm["label"] for arm in told["arms"]}
    rows = [row for row in told["rows"] if row["value"] is not None]
    return [(row["measure"], row["value"], "/".join(name[arm] for arm in row["arms"])) for row in rows]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The difference was 2.4 points (95% CI, 0.3 to 4.5; P = .03) for lumarin vs placebo and 3.1 points (95% CI,"
         " 1.0 to 5.2; P = .004) for solvatan vs placebo.",
         [("difference", "2.4", "lumarin/placebo"), ("difference", "3.1", "solvatan/placebo")]),
        ("The difference was 2.4 points (95% CI, 0.3 to 4.5) for lumarin tablets versus placebo and 3.1 points (95% CI,"
         " 1.0 to 5.2) for solvatan tablets versus placebo.",
         [("difference", "2.4", "lumarin/placebo"), ("difference", "3.1", "solvatan/placebo")]),
        ("Sleep was better at week 8 (lumarin vs placebo: mean difference 2.4, 95% CI 0.3 to 4.5; solvatan vs placebo:"
         " mean difference 3.1, 95% CI 1.0 to 5.2).",
         [("difference", "2.4", "lumarin/placebo"), ("difference", "3.1", "solvatan/placebo")]),
        # Changes side by side, each with one name, stay each arm's own.
        ("Pain fell by 2.4 points (95% CI, 0.3 to 4.5) with lumarin, by 3.1 points (95% CI, 1.0 to 5.2) with solvatan"
         " and by 1.9 points (95% CI, -0.2 to 4.0) with placebo.",
         [("mean", "2.4", "lumarin"), ("mean", "3.1", "solvatan"), ("mean", "1.9", "placebo")]),
    ],
)  # fmt: skip
def test_each_has_its_pair_behind_it(sentence: str, expected: list[tuple[str, str, str]]) -> None:
    assert armed(THREE + sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Relapse did not differ between lumarin and placebo (hazard ratio 0.94, 95% CI 0.80 to 1.10) or between"
         " solvatan and placebo (hazard ratio 1.02, 95% CI 0.88 to 1.18).",
         [("hazard-ratio", "0.94", "lumarin/placebo"), ("hazard-ratio", "1.02", "solvatan/placebo")]),
        ("Costs did not differ between the placebo and lumarin groups (mean difference 14, 95% CI -8 to 36) or the"
         " placebo and solvatan groups (mean difference 11, 95% CI -12 to 34).",
         [("difference", "14", "lumarin/placebo"), ("difference", "11", "solvatan/placebo")]),
    ],
)  # fmt: skip
def test_between_two_and_between_two_others(sentence: str, expected: list[tuple[str, str, str]]) -> None:
    assert armed(THREE + sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Weight and fat fell more in the lumarin group than in the placebo group, by 4.8 kg and 1.9 kg (P < .001"
         " for both).", [("difference", "4.8", "lumarin/placebo"), ("difference", "1.9", "lumarin/placebo")]),
        ("Weight fell more in the lumarin group than in the placebo group by 2.9 kg (95% CI, 0.2 to 5.6).",
         [("difference", "2.9", "lumarin/placebo")]),
        ("Mean weight was 3.2 kg lower with lumarin than with placebo.", [("difference", "3.2", "lumarin/placebo")]),
        ("Mean weight in the placebo group was 3.2 kg higher than in the lumarin group at week 8.",
         [("difference", "3.2", "lumarin/placebo")]),
        ("More yawning was seen with lumarin vs placebo (by 1.8 points [95% CI, 0.3 to 3.3]; P = .02), dry mouth (by"
         " 1.6 points [95% CI, 0.4 to 2.8]; P = .01), and cough (by 4.0 points [95% CI, 2.5 to 5.5]; P < .001).",
         [("difference", "1.8", "lumarin/placebo"), ("difference", "1.6", "lumarin/placebo"),
          ("difference", "4.0", "lumarin/placebo")]),
        ("Compared with placebo, mean pain fell by 2.1 points (95% CI 1.0 to 3.2) and stiffness by 3.0 points (95% CI"
         " 1.1 to 4.9) in the lumarin group.",
         [("difference", "2.1", "lumarin/placebo"), ("difference", "3.0", "lumarin/placebo")]),
        # A value of one arm, which is said to be lower.
        ("Mean weight was 73.2 kg with lumarin, lower than with placebo (78.1 kg).",
         [("mean", "73.2", "lumarin"), ("mean", "78.1", "placebo")]),
        ("Mean weight with lumarin was 3.2 kg lower than at baseline.", [("mean", "3.2", "lumarin")]),
    ],
)  # fmt: skip
def test_by_how_much_one_has_more(sentence: str, expected: list[tuple[str, str, str]]) -> None:
    assert armed(TWO + sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Comparing placebo with lumarin, the adjusted difference of 0.2 points at week 8 (95% CI -3.1 to 3.5) was"
         " small.", "placebo/lumarin"),
        ("When comparing lumarin and placebo, the difference at week 8 was 0.2 points (95% CI -3.1 to 3.5).",
         "lumarin/placebo"),
    ],
)  # fmt: skip
def test_comparing_one_with_another(sentence: str, expected: str) -> None:
    assert armed(TWO + sentence) == [("difference", "0.2", expected)]


def test_coefficients_of_two_arms() -> None:
    told = "Adults on lumarin compared with those on placebo told of more {} (β = 0.92; 95% CI, 0.02 to 1.82) and {}"
    of_two = told.format("sleep", "calm (β = 0.99; 95% CI, 0.07 to 1.91).")
    assert armed(TWO + of_two) == [("other", "0.92", "lumarin/placebo"), ("other", "0.99", "lumarin/placebo")]
    age = "Older age (β = 0.92; 95% CI, 0.02 to 1.82) foretold calm with lumarin."
    assert armed(TWO + age) == [("other", "0.92", "lumarin")]


@pytest.mark.parametrize(
    "words",
    ["The geometric mean ratio to baseline was", "Mean month 6 to baseline ratios were",
     "The ratio of week 8/baseline was"],
)  # fmt: skip
def test_a_ratio_to_baseline_is_one_arms_own(words: str) -> None:
    told = f"{words} 1.53 (95% CI 1.27 to 1.85) with lumarin and 0.97 (95% CI 0.82 to 1.16) with placebo."
    assert armed(TWO + told) == [("other", "1.53", "lumarin"), ("other", "0.97", "placebo")]


def test_a_ratio_of_two_arms() -> None:
    told = "The geometric mean ratio of lumarin to placebo was 1.53 (95% CI 1.27 to 1.85)."
    assert armed(TWO + told) == [("other", "1.53", "lumarin/placebo")]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Lumarin was tied to a rise in falls relative to treatment with placebo (HR = 1.09; 95% CI = 0.97 to 1.22).",
         [("hazard-ratio", "1.09", "lumarin/placebo")]),
        ("Lumarin led to fewer deaths than therapy with placebo (HR = 0.57; 95% CI = 0.43 to 0.75).",
         [("hazard-ratio", "0.57", "lumarin/placebo")]),
        ("There was a fall in death with lumarin (HR = 0.57; 95% CI = 0.43 to 0.75).",
         [("hazard-ratio", "0.57", "lumarin/placebo")]),
    ],
)  # fmt: skip
def test_the_arm_behind_relative_to_is_the_second(sentence: str, expected: list[tuple[str, str, str]]) -> None:
    assert armed(TWO + sentence) == expected


def test_changes_told_arm_by_arm() -> None:
    told = (
        "Iron rose in placebo by 14.2% (95% CI 3.9 to 25.5; P = .006) and fell by 15% (95% CI -24.1 to -4.8; P = .005)"
        " in the lumarin group and by 8.6% (95% CI -15.6 to -1.0; P = .03) in the solvatan group."
    )
    assert armed(THREE + told) == [
        ("mean", "14.2", "placebo"),
        ("mean", "15", "lumarin"),
        ("mean", "8.6", "solvatan"),
    ]


FOUR = "We randomly assigned 200 adults to lumarin 10 mg, solvatan 20 mg, tea, or water. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FOUR + "The difference in pain between lumarin and tea was 1.0 (95% CI 0.2 to 1.8) compared with -3.8 (95% CI"
         " -5.0 to -2.6) between solvatan and water.",
         [("difference", "1.0", "lumarin 10 mg/tea"), ("difference", "-3.8", "solvatan 20 mg/water")]),
        (THREE + "Relief was more frequent (difference between the lumarin regimen and placebo, 31 percentage points"
         " [95% CI, 18 to 44]; difference between the solvatan regimen and placebo, 22 percentage points [95% CI, 9 to"
         " 35]).",
         [("difference", "31", "lumarin/placebo"), ("difference", "22", "solvatan/placebo")]),
        # Each arm's own change, though the next clause holds the arms against each other.
        (THREE + "Weight fell by 1.0 kg (95% CI 0.2 to 1.8) with lumarin compared with 3.8 kg (95% CI 2.6 to 5.0) with"
         " solvatan.",
         [("mean", "1.0", "lumarin"), ("mean", "3.8", "solvatan")]),
    ],
)  # fmt: skip
def test_a_difference_between_two_named_arms_is_no_arms_own(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert armed(text) == expected


@pytest.mark.parametrize(
    "told", ["The placebo-adjusted increase", "The placebo-corrected gain", "The increase adjusted for placebo"]
)
def test_changes_adjusted_for_placebo_are_held_against_it(told: str) -> None:
    sentence = (
        f"{told} in rowing time at week 10 was 48 s (95% CI, -17 to 113 s; P = 0.15) with lumarin and 29 s (95% CI,"
        " -34 to 92 s; P = 0.37) with solvatan."
    )
    pairs = [(value, arms) for _, value, arms in armed(THREE + sentence)]
    assert pairs == [("48", "lumarin/placebo"), ("29", "solvatan/placebo")]


@pytest.mark.parametrize("adjusted", ["age-adjusted", "adjusted"])
def test_changes_adjusted_for_something_else_are_not(adjusted: str) -> None:
    sentence = (
        f"The {adjusted} increase in rowing time at week 10 was 48 s (95% CI, 22 to 74 s) with lumarin and 29 s"
        " (95% CI, 5 to 53 s) with solvatan."
    )
    assert not any("placebo" in arms for _, _, arms in armed(THREE + sentence))


REVIEW = (
    "This systematic review is of trials in which adults were randomised to lumarin (n = 400) or placebo (n = 390)."
    " Lumarin lowered the risk of waking compared with placebo (RR 0.80, 95% CI 0.66 to 0.97). Sleep was longer with"
    " lumarin than with placebo (52% vs 43%). "
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Rash was less frequent with chalk than with clay (RR 0.50, 95% CI 0.31 to 0.81).",
        "Warm rooms compared with cold rooms shortened the nights (RR 0.50, 95% CI 0.31 to 0.81).",
        "Lumarin did not lower the risk of waking compared with warm milk (RR 0.50, 95% CI 0.31 to 0.81).",
    ],
)
def test_a_review_compares_things_that_are_no_arms(sentence: str) -> None:
    assert [arms for _, value, arms in armed(REVIEW + sentence) if value == "0.50"] == [""]


@pytest.mark.parametrize(
    "sentence",
    [
        "Rash was less frequent than with placebo (RR 0.50, 95% CI 0.31 to 0.81).",
        "Rash was less frequent than in controls (RR 0.50, 95% CI 0.31 to 0.81).",
        "Rash fell as well (12% vs 24%; RR 0.50, 95% CI 0.31 to 0.81).",
    ],
)
def test_a_review_compares_its_arms(sentence: str) -> None:
    assert [arms for _, value, arms in armed(REVIEW + sentence) if value == "0.50"] == ["lumarin/placebo"]


def test_a_trial_may_call_its_second_arm_by_a_name_unknown() -> None:
    sentence = "Fewer had rash with lumarin than with the dummy capsules (RR 0.50, 95% CI 0.31 to 0.81)."
    assert [arms.split("/")[0] for _, _, arms in armed(TWO + sentence)] == ["lumarin"]


@pytest.mark.parametrize(
    ("told", "arms"),
    [("allocated to lumarin", "lumarin/solvatan"), ("randomised to lumarin", "lumarin/solvatan"),
     ("assigned to solvatan", "solvatan/lumarin")],
)  # fmt: skip
def test_who_was_allocated_to_an_arm_comes_first(told: str, arms: str) -> None:
    text = (
        "We randomly assigned 120 adults to receive lumarin (n = 60) or solvatan (n = 60). A lower risk of rash was"
        f" observed among adults {told} (odds ratio 0.86, 95% CI 0.78 to 0.95)."
    )
    assert armed(text) == [("odds-ratio", "0.86", arms)]


def test_whom_they_are_compared_to_comes_second() -> None:
    text = (
        "We randomly assigned 120 adults to receive lumarin (n = 60) or solvatan (n = 60). Compared to those randomised"
        " to solvatan, lumarin recipients had less pain (mean difference 1.2, 95% CI 0.3 to 2.1)."
    )
    assert armed(text) == [("difference", "1.2", "lumarin/solvatan")]


@pytest.mark.parametrize(
    ("sentence", "arms"),
    [
        ("The ratio of mean zinc levels of lumarin to placebo was 0.96 (90% CI 0.90 to 1.01).", "lumarin/placebo"),
        ("The ratio of zinc levels with placebo versus lumarin after 7 days was 0.96 (90% CI 0.90 to 1.01).",
         "placebo/lumarin"),
    ],
)  # fmt: skip
def test_a_ratio_of_what_two_arms_have(sentence: str, arms: str) -> None:
    assert [found for _, value, found in armed(TWO + sentence) if value == "0.96"] == [arms]


def test_efficacies_in_a_list_are_of_both_arms() -> None:
    text = (
        "We randomly assigned 400 adults to the tea vaccine or placebo. Vaccine efficacy was 22% (95% CI, -31% to 53%)"
        " for rash, 12% (95% CI, -44% to 41%) for flu and 88% (95% CI, 2% to 98%) for preventing lasting cough, but was"
        " 32% (95% CI, -80% to 74%) for any cough."
    )
    assert {arms.count("/") for _, _, arms in armed(text)} == {1}


@pytest.mark.parametrize(
    ("sentence", "arms"),
    [
        ("In the lumarin group, rash was less frequent (P = .03) in comparison with the placebo group.",
         ["lumarin", "placebo"]),
        ("The effect of solvatan on sleep was greater (P < .05), relative to placebo, for all scores.",
         ["solvatan", "placebo"]),
        # Of which of three it is held against, nobody can say.
        ("Rash was less frequent with lumarin and solvatan (P = .03) than with placebo.", None),
        ("Sleep was longer with lumarin (P = .03), relative to before.", None),
    ],
)  # fmt: skip
def test_a_p_value_before_the_arm_it_is_held_against(sentence: str, arms: list[str] | None) -> None:
    told = rows_from_paper(extract(THREE + sentence))
    name = {arm["id"]: arm["label"] for arm in told["arms"]}
    found = [[name[arm] for arm in row["arms"]] for row in told["rows"] if row["measure"] == "p-only"]
    assert len(found) == 1
    assert found[0] == arms if arms else len(found[0]) != 2


def test_ratios_of_arms_named_before_them_against_one_behind() -> None:
    sentence = (
        "The risk of fever among adults treated with lumarin was 0.33 (95% CI, 0.12-0.91) and with solvatan 0.52 (95%"
        " CI, 0.23-1.18), in comparison with the placebo group."
    )
    assert [arms for _, _, arms in armed(THREE + sentence)] == ["lumarin/placebo", "solvatan/placebo"]


@pytest.mark.parametrize(
    "told",
    [
        "Adults with gout more often had relief than those without",
        "Women older than 50 years had relief more often than younger women",
        "Relief was more frequent in adults with gout compared with those without it",
    ],
)
def test_people_told_apart_by_something_else_are_no_arms(told: str) -> None:
    text = f"{TWO}{told} (68% vs 37%; OR 0.28, 95% CI 0.10 to 0.78; P = .02)."
    assert {arms for _, _, arms in armed(text)} == {""}


@pytest.mark.parametrize(
    "told", ["Relief was more frequent than in those who were given placebo", "Relief was more frequent"]
)
def test_people_told_apart_by_what_they_had_are_arms(told: str) -> None:
    text = f"{TWO}{told} (68% vs 37%; OR 0.28, 95% CI 0.10 to 0.78; P = .02)."
    assert {"lumarin", "placebo"} <= {arms for _, _, arms in armed(text)}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("lumarin versus active controls and 0.69 (95% CI, 0.48-0.99) for lumarin versus placebo",
         ["lumarin/active controls", "lumarin/placebo"]),
        # A dose behind "and" ends no name.
        ("lumarin versus placebo and 0.69 (95% CI, 0.48-0.99) for brimane versus placebo",
         ["lumarin/placebo", "/"]),
    ],
)  # fmt: skip
def test_one_treatment_against_several_controls(told: str, expected: list[str]) -> None:
    text = (
        f"In a meta-analysis of randomised trials, for cramps the odds ratio was 1.34 (95% CI, 0.71-2.53) for {told}."
    )
    found = [arms for _, _, arms in armed(text)]
    assert found[0] == expected[0]
    assert expected[1] == "/" or found == expected
