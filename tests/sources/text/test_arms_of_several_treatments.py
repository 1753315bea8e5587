"""Arms of both treatments, of doses in a bracket, of groups told in turn, and what both have. All made up."""

from __future__ import annotations

import pytest

from trialstats.sources.text.reading import extract


def labels(text: str) -> list[str]:
    return [arm.label for arm in extract(text).arms]


def armed(text: str) -> dict[str, list[str]]:
    """Return by the printed value of each result the labels of its arms."""
    paper = extract(text)
    name = {arm.id: arm.label for arm in paper.arms}
    return {claim.value.text.rstrip("%"): [name[arm] for arm in claim.arms] for claim in paper.claims if claim.value}


@pytest.mark.parametrize(
    ("given", "third"),
    [
        ("lumarin, zolvadin, or both", "both"),
        ("lumarin, zolvadin, or both drugs for 3 weeks", "both drugs"),
        ("lumarin, zolvadin, or both treatments", "both treatments"),
    ],
)
def test_both(given: str, third: str) -> None:
    text = f"Adults were randomly assigned to {given}. Relief was 41% with lumarin and 36% with zolvadin."
    assert labels(text) == ["lumarin", "zolvadin", third]


def test_both_illnesses_are_no_arm() -> None:
    text = (
        "Adults with gout, arthritis, or both were randomly assigned to lumarin or placebo. Relief was 41% with lumarin"
        " and 36% with placebo."
    )
    assert labels(text) == ["lumarin", "placebo"]


@pytest.mark.parametrize(
    "doses",
    [
        "(20 mg/day, 2 mg twice daily, 4 mg twice daily, or 12 mg twice daily)",
        "(2 mg twice daily, 4 mg twice daily, 12 mg twice daily, or 20 mg/d)",
    ],
)
def test_doses_in_a_bracket(doses: str) -> None:
    text = (
        f"Adults were randomised to receive placebo or lumarin {doses}. Relief with more (47.9% for 4 mg twice daily,"
        " 51.2% for 12 mg twice daily) was higher than with placebo (29.3%)."
    )
    assert len(labels(text)) == 5
    told = armed(text)
    assert told["47.9"] == ["lumarin 4 mg"]
    assert told["51.2"] == ["lumarin 12 mg"]
    assert told["29.3"] == ["placebo"]


def test_a_unit_of_two_words() -> None:
    text = (
        "Adults were randomised to lumarin 4 micro g/kg/day (n = 47, group A) or 12 micro g/kg/day (n = 45, group B)."
        " Relief was 41% in group A and 36% in group B."
    )
    assert labels(text) == ["lumarin 4 micro g/kg/day", "lumarin 12 micro g/kg/day"]
    assert armed(text)["36"] == ["lumarin 12 micro g/kg/day"]


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (
            "Group I received saline, group II received lumarin 40 mg, and groups III and IV received zolvadin 0.25"
            " mg/kg and 0.5 mg/kg, respectively. Pain was seen in 71% of group I and 33% of group IV.",
            [
                "Group I (saline)",
                "group II (lumarin 40 mg)",
                "group III (zolvadin 0.25 mg/kg)",
                "group IV (zolvadin 0.5 mg/kg)",
            ],
        ),
        (
            "Group 1 received saline, and groups 2 and 3 received lumarin and zolvadin, respectively. Pain was seen in"
            " 71% of group 1 and 33% of group 3.",
            ["Group 1 (saline)", "group 2 (lumarin)", "group 3 (zolvadin)"],
        ),
    ],
)
def test_groups_told_in_turn(groups: str, expected: list[str]) -> None:
    text = f"Adults were randomised. {groups}"
    assert labels(text) == expected
    assert armed(text)["33"] == [expected[-1]]


@pytest.mark.parametrize("joint", ["in combination with", "combined with", "together with"])
def test_in_combination_with_a_drug_or_placebo(joint: str) -> None:
    text = (
        f"Adults were randomised to solvatan {joint} lumarin or placebo. Relief was 41% with lumarin and 36% with"
        " placebo."
    )
    assert labels(text) == ["solvatan plus lumarin", "solvatan plus placebo"]
    assert armed(text) == {"41": ["solvatan plus lumarin"], "36": ["solvatan plus placebo"]}


def test_placebo_with_its_own_partner() -> None:
    text = (
        "Adults were randomised to receive lumarin in combination with zolvadin or placebo plus zolvadin. Relief was"
        " 41% with lumarin and 36% with placebo."
    )
    assert labels(text) == ["lumarin plus zolvadin", "placebo plus zolvadin"]


def test_names_of_two_results() -> None:
    text = (
        "It was a randomised trial of 44 adults. Scores changed in both, by -3.1% for lumarin and -5.4% for placebo"
        " (95% confidence interval = -1.7% to +6.3% for the difference)."
    )
    assert labels(text) == ["lumarin", "placebo"]


def test_risk_counselling_is_given() -> None:
    text = (
        "This randomised trial compared tailored risk counselling with plain health counselling. Women who had risk"
        " counselling knew more (odds ratio 3.1; 95% CI 1.3 to 7.4) than women with health counselling."
    )
    assert labels(text) == ["tailored risk counselling", "plain health counselling"]


def test_one_after_the_other_are_no_arms() -> None:
    text = "Adults were randomised. Each underwent an initial glucose clamp and a second clamp. Weight fell by 4%."
    assert labels(text) == []


def test_placebo_of_other_trials() -> None:
    text = (
        "The safety of lumarin was studied. Lumarin (4 mg) was administered every 3 weeks. Of 90 adults enrolled, 31%"
        " had a relapse. Relapse was rare under lumarin beside that of patients who received placebo in large"
        " trials."
    )
    assert labels(text) == ["lumarin"]
