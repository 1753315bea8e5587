"""Where the words for an arm begin and end in its sentence. The sentences are made up."""

from __future__ import annotations

import pytest

from trialstats.sources.text.arms.found import find_groups
from trialstats.sources.text.tokens.document import read_tokens


def labels(text: str) -> list[str]:
    return sorted(arm.label for arm in find_groups(read_tokens(text)).arms)


BEHIND = " Cramps were rarer with lumarin than with brimane (12% vs 18%), and rash was as rare (3% vs 4%)."


@pytest.mark.parametrize(
    "told",
    [
        "We gave 40 men lumarin at random; 41 were assigned to receive brimane at baseline and 40 to receive lumarin.",
        "This randomised trial of lumarin versus brimane at 14 clinics enrolled 310 men.",
        "This randomised trial of lumarin versus brimane at twelve rural practices enrolled 310 men.",
        "Men were randomised to lumarin titrated from 2 mg upwards or brimane titrated to 8 mg.",
        "Men were randomised to lumarin or brimane and instructed to note each bout of mild or fierce cramp.",
        "Men were randomised to lumarin or brimane and asked to walk or cycle for an hour.",
        "In this randomised trial, men improved faster on lumarin versus brimane at weeks 3, 6 and 9.",
        "We enrolled 96 men, of whom 93 received tablets: 47 with lumarin and 46 with brimane, at random.",
        "Men were randomised (lumarin, n=52, brimane n=49).",
        "Men were allotted at random. When comparing lumarin with brimane, no difference in sleep was noted.",
        "When lumarin was set beside it in a randomised trial comparing brimane with lumarin, there was more sleep.",
    ],
)
def test_what_follows_an_arm_is_no_part_of_it(told: str) -> None:
    assert labels(told + BEHIND) == ["brimane", "lumarin"]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("60 men were randomised to lumarin, intravenously, brimane, orally, or placebo.", ["lumarin", "placebo"]),
        ("60 men were randomised to rope skipping (RS), 4 sessions a week, brimane, or placebo.", ["placebo"]),
        (
            "60 girls were randomised to 3 lumarin doses (L group), on a 0, 1, 8-month schedule or brimane.",
            ["brimane", "lumarin doses (L group)"],
        ),
    ],
)
def test_how_an_arm_is_given_is_no_other_arm(told: str, expected: list[str]) -> None:
    found = labels(told + BEHIND)
    assert set(expected) <= set(found)
    assert not any(word in label for label in found for word in ("ly", "sessions", "schedule"))


@pytest.mark.parametrize(
    "whom",
    [
        "a ratio of the upper to the lower pressure of 80 mm or less",
        "a protein to creatinine ratio of 20 to 250 mg/g",
        "a score of 7 points or more",
    ],
)
def test_limits_of_who_takes_part_are_no_part_of_an_arm(whom: str) -> None:
    assert labels(f"We assigned men with {whom} to lumarin or brimane at random.{BEHIND}") == ["brimane", "lumarin"]


def test_what_people_had_before_is_no_arm() -> None:
    told = "We randomised men who had not received any salves or baths for their cramps to receive lumarin or brimane."
    assert labels(told + BEHIND) == ["brimane", "lumarin"]


@pytest.mark.parametrize(
    "told",
    [
        "Men were randomised to the study group in which a belt was worn or in the control group without one.",
        "Men were randomly allocated to the study group where a belt was worn or the control group.",
    ],
)
def test_a_study_group_is_a_group(told: str) -> None:
    behind = " Falls were 12% in the study group and 18% in the control group."
    assert labels(told + behind) == ["control", "study"]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("a single session of true or sham cupping", ["sham cupping", "true cupping"]),
        ("a course of real or dummy cupping", ["dummy cupping", "real cupping"]),
    ],
)
def test_true_and_sham_share_a_noun(told: str, expected: list[str]) -> None:
    text = f"Men were randomised to {told} in addition to baths. Cramps were 12% with true and 18% with sham cupping."
    assert labels(text) == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("lumarin alone or combined with zinc or tin", ["lumarin alone", "lumarin plus tin", "lumarin plus zinc"]),
        ("lumarin alone or together with zinc", ["lumarin alone", "lumarin with zinc"]),
        ("lumarin either alone or with added zinc", ["lumarin alone", "lumarin with added zinc"]),
        (
            "lumarin alone (arm A: 80 mg a day) or in combination with zinc (arm B: 5 mg a day)",
            ["lumarin alone", "lumarin plus zinc"],
        ),
    ],
)
def test_alone_or_with_something(told: str, expected: list[str]) -> None:
    assert labels(f"Men were randomised to {told} for a year. Cramps were 12% and 18%, respectively.") == expected


@pytest.mark.parametrize("behind", ["in addition to their baths", "for six weeks", "until spring"])
def test_or_not_ends_where_the_sentence_goes_on(behind: str) -> None:
    text = f"Men were randomised to receive lumarin or not {behind}. Cramps were 12% with lumarin and 18% without."
    assert labels(text) == ["lumarin", "no lumarin"]


@pytest.mark.parametrize("joint", ["and to receive", "and to", "and then to receive"])
def test_the_arms_of_two_factors(joint: str) -> None:
    text = (
        f"In a factorial trial, men were randomised to receive lumarin or brimane {joint} doravan or placebo. "
        "Cramps were 12% in the lumarin group, 14% in the brimane group, 11% in the doravan group and 15% "
        "in the placebo group."
    )
    assert labels(text) == ["brimane", "doravan", "lumarin", "placebo"]


def test_without_two_factors_what_follows_is_no_arm() -> None:
    text = "Men were randomised to lumarin or brimane and to be watched for gout or stones."
    assert labels(text + BEHIND) == ["brimane", "lumarin"]
