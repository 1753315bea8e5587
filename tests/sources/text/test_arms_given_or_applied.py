"""Arms behind what says that something is given, before it, or before what it does: made-up sentences."""

from __future__ import annotations

import pytest

from trialstats.sources.text.arms.found import find_groups
from trialstats.sources.text.groups.plausible import can_be_arms, no_arm
from trialstats.sources.text.groups.prose import Phrase
from trialstats.sources.text.tokens.document import read_tokens


def labels(text: str) -> list[str]:
    return sorted(arm.label.lower() for arm in find_groups(read_tokens(text)).arms)


@pytest.mark.parametrize(
    "told",
    [
        # Behind a noun or a preposition.
        "Weakness of 44 adults during treatment with lumarin or brimane was measured in a randomised study.",
        "In this randomised study women had labour induced using either lumarin or brimane.",
        "In this randomised study women were offered either lumarin or brimane.",
        # Before the verb.
        "Sixty women took part in a randomised study. At the end of surgery, either lumarin or brimane was injected.",
        "METHODS Lumarin or brimane was administered for 9 days in a randomised study.",
        # All have both, in turn.
        "In a randomised study volunteers underwent lumarin and brimane in a counterbalanced order.",
        "Adults were randomly assigned to one of two sequences to receive lumarin and brimane for 6 weeks.",
        # What the first does, compared with the second.
        "Lumarin shortens the stay compared with brimane in children with croup: a randomised trial.",
        "Lumarin significantly improves adherence compared to brimane after stroke. It was a randomised trial.",
        # How many kinds of a thing there were.
        "Two methods of closing wounds were compared in this randomised study: lumarin and brimane.",
        "Adults were randomised to 1 of 2 approaches (ie, lumarin or brimane).",
    ],
)
def test_what_is_given_are_the_arms(told: str) -> None:
    assert labels(f"{told} Relief was 21% with lumarin and 33% with brimane.") == ["brimane", "lumarin"]


@pytest.mark.parametrize(
    "told",
    [
        "Relapse increased by a third compared with brimane in a randomised trial of lumarin.",
        "One study found no gain that lumarin provides compared with brimane in a randomised trial.",
        "More patients achieved relief with lumarin compared with brimane in a randomised trial.",
    ],
)
def test_what_becomes_of_people_is_no_arm(told: str) -> None:
    found = labels(f"{told} Relief was 21% with lumarin and 33% with brimane.")
    assert not any(word in label for label in found for word in ("relapse", "study", "patients"))


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("lumarin", "lumarin in metastatic or recurrent kidney carcinoma"),
        ("lumarin", "lumarin in the prevention of colds"),
        ("lumarin", "lumarin up to a dose of 20 mg"),
        ("lumarin", "lumarin one week apart"),
        ("group counselling", "group counselling"),
    ],
)
def test_a_name_ends_before_whom_and_how_it_is_for(name: str, whole: str) -> None:
    text = f"Adults were randomised to brimane or {whole}. Relief was 21% with brimane and 33% with {name}."
    assert labels(text) == sorted(["brimane", name])


@pytest.mark.parametrize(
    "words",
    [
        "two equal",
        "three solutions",
        "several phase ii agents",
        "two lumarin",
        "lumarin shortens the stay",
        "32% reduction",
        "presence",
    ],
)
def test_a_number_of_things_or_what_one_does_is_no_arm(words: str) -> None:
    assert no_arm(words)


@pytest.mark.parametrize("words", ["two doses of lumarin", "two tablets", "four sessions", "three times daily lumarin"])
def test_how_much_is_given_may_be_an_arm(words: str) -> None:
    assert not no_arm(words)


def test_people_are_arms_only_beside_people() -> None:
    phrases = [Phrase(0, 4), Phrase(5, 9)]
    assert not can_be_arms(["counselling", "women"], phrases)
    assert can_be_arms(["men", "women"], phrases)


def test_one_name_spelt_in_two_ways_is_not_two_arms() -> None:
    text = (
        "Adults were randomised. Relief was 21% in the nurse-led group. Sleep was better in the nurse led group."
        " Pain fell in the nurse-led group and in the nurse led group."
    )
    assert labels(text) != ["nurse led", "nurse-led"]


def test_the_experimental_and_the_comparison_group_are_arms() -> None:
    text = (
        "Ninety children were randomised. The experimental group did stretching; the comparison group read books."
        " Reach rose by 3.2 cm in the experimental group and 1.1 cm in the comparison group."
    )
    assert labels(text) == ["comparison", "experimental"]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("24 weeks of lumarin or brimane", ["brimane", "lumarin"]),
        ("1 year of daily supplementation with lumarin, brimane, or placebo", ["brimane", "lumarin", "placebo"]),
        ("6 months of lumarin or 12 months of lumarin", ["12 months of lumarin", "6 months of lumarin"]),
    ],
)
def test_a_time_is_of_the_first_arm_only_where_the_others_have_one(told: str, expected: list[str]) -> None:
    text = f"Adults were randomly assigned to {told}. Relief was 21% with lumarin and 33% with {expected[-2]}."
    assert labels(text) == expected
