"""Arms of a second allocation, of a placebo-controlled trial that lists none, of named schedules. All made up."""

from __future__ import annotations

import pytest

from trialstats.sources.text.reading import extract


def told(text: str) -> list[tuple[str, ...]]:
    """Return the labels of the arms of each result."""
    paper = extract(text)
    label = {arm.id: arm.label for arm in paper.arms}
    return [tuple(label[arm] for arm in claim.arms) for claim in paper.claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Women were randomised to lumarin or placebo. They were further randomised to kelp powder or no supplement."
            " Fracture was seen in 4% with lumarin and 7% with placebo. Falls were seen in 20% with kelp powder and 21%"
            " with no supplement.",
            ["lumarin", "placebo", "kelp powder", "no supplement"],
        ),
        (
            "Eligible men were allocated to radiotherapy or surgery, and were additionally randomised to zolvadin or"
            " observation. Relapse was 20% with radiotherapy and 22% with surgery. Relapse was 15% with zolvadin and"
            " 27% with observation.",
            ["radiotherapy", "surgery", "zolvadin", "observation"],
        ),
        (
            "Patients were randomly assigned to lumarin every 2 weeks or lumarin every 3 weeks, followed by either"
            " zolvadin or arbutine. Fatigue was seen in 58% with zolvadin and 50% with arbutine. Rash was seen in 5%"
            " with lumarin every 2 weeks and 6% with lumarin every 3 weeks.",
            ["zolvadin", "arbutine", "lumarin every 2 weeks", "lumarin every 3 weeks"],
        ),
        (
            "We allocated 900 villages to bed nets or wall spraying. Children were also randomly allocated to monthly"
            " lumarin or placebo. Fever was found in 12% with bed nets and 14% with wall spraying. Deaths were 1.2%"
            " with monthly lumarin and 1.5% with placebo.",
            ["bed nets", "wall spraying", "monthly lumarin", "placebo"],
        ),
    ],
)
def test_each_allocation_has_its_arms(text: str, expected: list[str]) -> None:
    assert told(text) == [(name,) for name in expected]


def test_arms_of_a_factorial_trial_are_kept_where_results_are_given_for_few() -> None:
    text = (
        "In this factorial trial, 800 sailors were randomly assigned to ginger tea or no ginger tea. They were also"
        " randomised to a long watch or a short watch of the sea. Sickness was less common in the ginger-tea group (HR"
        " 0.66; 95% CI, 0.45 to 0.93). Sleep was sound in 10% in the short-watch group and 14% in the long-watch group."
    )
    assert [arm.label for arm in extract(text).arms] == [
        "ginger tea",
        "no ginger tea",
        "long watch",
        "short watch of the sea",
    ]


@pytest.mark.parametrize(
    "text",
    [
        # The same drug again is a later part of the trial.
        "Adults were randomly assigned to lumarin or placebo. Those well were also randomised to lumarin or rest."
        " Response was 60% with lumarin and 12% with placebo.",
        "Adults were randomly assigned to lumarin or placebo. Those well were also randomised to lumarin or rest."
        " Response was 60% with lumarin and 12% with placebo. Relapse was 20% with rest.",
        # What all have besides.
        "Adults were randomly assigned to lumarin or placebo. All also received iron or zinc. Response was 60% with"
        " lumarin and 12% with placebo.",
    ],
)
def test_no_second_allocation(text: str) -> None:
    assert [arm.label for arm in extract(text).arms] == ["lumarin", "placebo"]


def test_each_of_two_factors_has_its_control() -> None:
    text = (
        "Women were randomised to lumarin or placebo. They were further randomised to kelp powder or no supplement."
        " Fracture was seen in 4% with lumarin and 7% with placebo. Falls were seen in 20% with kelp powder and 21%"
        " with no supplement."
    )
    assert [arm.role for arm in extract(text).arms] == ["experimental", "control", "experimental", "control"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Women joined a randomized, placebo-controlled, crossover study of kelpone cream (10 mg/day). Kelpone"
            " therapy led to gains in grip [+11.7 (95% CI, +3.2 to +20.2)] and in sleep [+14.1 (95% CI, +5.0 to +23.2)]"
            " compared with placebo. Kelpone was liked.",
            ["kelpone", "placebo"],
        ),
        (
            "In a placebo-controlled crossover study of 20 adults, sitting with naldotriptan was short. The flow fell"
            " by 12 ml (95% CI, 8 to 16) after naldotriptan. After placebo it fell by 3 ml (95% CI, 1 to 5)."
            " Naldotriptan was safe in this randomized trial.",
            ["naldotriptan", "placebo"],
        ),
    ],
)
def test_a_placebo_controlled_trial_of_one_drug(text: str, expected: list[str]) -> None:
    assert [arm.label.lower() for arm in extract(text).arms] == expected


@pytest.mark.parametrize(
    "text",
    [
        # Trials that were pooled are not one.
        "This meta-analysis has placebo-controlled randomised trials of naldotriptan. Naldotriptan cut attacks by 12%"
        " (95% CI, 8% to 16%) compared with placebo. Naldotriptan was safe.",
        # Of two drugs, neither is the one.
        "In this randomised placebo-controlled trial naldotriptan and lumaritinib were safe. Naldotriptan and"
        " lumaritinib were taken daily. Attacks fell by 12% (95% CI, 8% to 16%) after naldotriptan and lumaritinib, and"
        " after placebo by 2% (95% CI, 1% to 3%). Naldotriptan helps.",
    ],
)
def test_no_trial_of_one_drug(text: str) -> None:
    assert extract(text).arms == ()


def test_doses_behind_the_first_are_of_its_drug() -> None:
    text = (
        "Adults of this randomised study took i.v. naldotriptan 2 mg, 4 mg, and placebo on other days. The quotient was"
        " 102% (95% CI: 87-120%) for 2 mg and 97% (95% CI: 83-114%) for 4 mg. Harms were seen in 53% with placebo, 53%"
        " with i.v. naldotriptan 2 mg and 89% with 4 mg."
    )
    assert sorted(arm.label for arm in extract(text).arms) == ["naldotriptan 2 mg", "naldotriptan 4 mg", "placebo"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Adults were allocated to lumarin every 5 weeks (slow lumarin) or every 4 weeks with iron (swift lumarin),"
            " followed by either zolvadin or arbutine. Fatigue was seen in 58% with zolvadin and 50% with arbutine."
            " Rash was seen in 5% with slow lumarin and 6% with swift lumarin.",
            ["zolvadin", "arbutine", "lumarin every 5 weeks", "lumarin every 4 weeks"],
        ),
        # What the text says nowhere else is no name.
        (
            "Patients were randomly assigned to lumarin every 2 weeks (as before) or every 6 weeks (not before)."
            " Fatigue was seen in 5% with lumarin every 2 weeks and 6% with lumarin every 6 weeks.",
            ["lumarin every 2 weeks", "lumarin every 6 weeks"],
        ),
    ],
)
def test_a_schedule_has_the_name_of_its_bracket(text: str, expected: list[str]) -> None:
    assert told(text) == [(name,) for name in expected]
