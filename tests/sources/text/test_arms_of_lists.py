"""Arms of lists in several forms: orders, what is given or not, one of these, letters. The sentences are made up."""

from __future__ import annotations

import pytest

from trialstats.sources.text.arms.found import find_groups
from trialstats.sources.text.groups.heads import heads_of
from trialstats.sources.text.groups.model import Groups
from trialstats.sources.text.tokens.document import read_tokens


def groups(text: str) -> Groups:
    return find_groups(read_tokens(text))


def labels(text: str) -> list[str]:
    return [arm.label for arm in groups(text).arms]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Adults were randomised to lumarin daily (arm A) vs. brimane with food (arm B) vs. placebo (arm C).",
            ["lumarin", "brimane with food", "placebo"],
        ),
        (
            "In this randomised trial treatments tested were zinc 20 mg/tea 1 g, zinc 40 mg/tea 1 g, and placebo.",
            ["zinc 20 mg/tea 1 g", "zinc 40 mg/tea 1 g", "placebo"],
        ),
        (
            "Adults were randomised (1:1:1) to one of these reminder types: plain letter, text message, or email.",
            ["plain letter", "text message", "email"],
        ),
        (
            "Adults were randomly assigned to lumarin followed by brimane or vice versa. Pain was 3 with lumarin.",
            ["lumarin", "brimane"],
        ),
        (
            "Adults were randomised to lumarin for two weeks, then one week of washout and brimane, or the reverse "
            "order.",
            ["lumarin", "brimane"],
        ),
        (
            "Adults were randomised to be examined by touch alone, scans alone, or by both methods each year.",
            ["touch alone", "scans alone", "both methods"],
        ),
        (
            "Adults were randomised to the use of Sealex or to plain sutures. Sealex users bled less (3% vs 9%).",
            ["Sealex", "plain sutures"],
        ),
        (
            "Ninety adults were divided into three groups. Group 1 received soap, group 2 received lumarin and group 3 "
            "similarly received brimane.",
            ["Group 1 (soap)", "group 2 (lumarin)", "group 3 (brimane)"],
        ),
    ],
)
def test_arms_of_a_list(text: str, expected: list[str]) -> None:
    assert sorted(labels(text)) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        "Adults were randomised to undergo (12 women) or not undergo (11 women) sinus lavage.",
        "Adults were randomised to receive or not to receive sinus lavage before surgery.",
        "Sixty adults were randomised. One group consisted of 30 people who were treated with sinus lavage, the other "
        "group consisted of 30 people who were not treated with sinus lavage.",
        "Sixty adults were randomised; half received sinus lavage, whereas the other half received no treatment.",
    ],
)
def test_who_is_not_given_something_is_the_control(text: str) -> None:
    arms = groups(text).arms
    assert [arm.role for arm in sorted(arms, key=lambda arm: arm.role or "")] == ["control", "experimental"]
    assert "sinus lavage" in {arm.label for arm in arms}


def test_with_it_or_without_has_abbreviations() -> None:
    found = groups("Adults were randomised to repair with a mesh (RM) or without (no-RM). Pain was 3% in RM patients.")
    assert ["rm" in arm.names for arm in found.arms] == [True, False]
    assert "no-rm" in found.arms[1].names


def test_orders_called_groups_are_the_arms() -> None:
    text = "Adults were randomised to lumarin followed by brimane (group A) or the reverse order (group B)."
    assert [any(name in arm.names for name in ("group a", "group b")) for arm in groups(text).arms] == [True, True]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Adults were randomised to lumarin (L; n = 30) or brimane (B; n = 31). Pain was similar with L (3%).", "l"),
        ("Adults were randomised to yoga (n = 30) or usual care (control group, UCO, n = 31). UCO helped.", "uco"),
        (
            "Adults were randomised to brimane (30 people) or lumarin for 4 weeks and then brimane for 6 weeks "
            "(4LUM-6BR) (31 patients). 4LUM-6BR helped.",
            "4lum-6br",
        ),
    ],
)
def test_names_in_brackets_with_a_size(text: str, name: str) -> None:
    found = groups(text)
    assert [name in arm.names for arm in found.arms].count(True) == 1


def test_limits_of_age_or_size_are_no_arms() -> None:
    text = (
        "The randomised trial recruited adults of age over 45 years, tumour ≤2 cm, to assess the importance of lumarin "
        "versus no lumarin. Relapse was seen in 1% with lumarin and 7% with no lumarin."
    )
    assert not any("cm" in label for label in labels(text))


def test_arms_of_one_label_are_told_apart_by_their_letters() -> None:
    text = (
        "Adults joined two groups: one receiving yoga in addition to usual care (group B) and a control group, "
        "receiving usual care (group C). Pain was 3% in group B and 4% in group C."
    )
    assert len(set(labels(text))) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # What is added to two is told with both.
        (
            "A randomised trial evaluated lumarin plus zinc and tin (LZT, n = 40) versus placebo (n = 41).",
            ["lumarin plus zinc and tin", "placebo"],
        ),
        (
            "Adults were randomised to lumarin plus zinc and tin (n = 40), lumarin alone (n = 39), or zinc and tin"
            " (n = 41).",
            ["lumarin plus zinc and tin", "lumarin alone", "zinc and tin"],
        ),
        # Two that are counted apart stay two.
        ("Adults were randomised to lumarin plus zinc (n = 40) and tin (n = 41).", ["lumarin plus zinc", "tin"]),
    ],
)
def test_two_that_something_is_added_to(text: str, expected: list[str]) -> None:
    assert sorted(labels(text)) == sorted(expected)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("in a 3-way crossover study to receive lumarin, brimane, and placebo", ["lumarin", "brimane", "placebo"]),
        ("to receive lumarin and placebo in random order", ["lumarin", "placebo"]),
        # Not in turn: given together.
        ("to receive lumarin and brimane or placebo", ["lumarin and brimane", "placebo"]),
    ],
)
def test_what_all_have_in_turn(told: str, expected: list[str]) -> None:
    assert sorted(labels(f"Fifteen adults were randomised {told} for 7 days.")) == sorted(expected)


def test_groups_named_by_how_often_a_thing_is_done() -> None:
    text = (
        "At random, 150 babies joined (52, 50, and 48 in the single-bathing, multiple-bathing, and dry care groups)."
        " Rash was 22% in the single-bathing group, 26% in the multiple-bathing group and 28% in the dry care group."
    )
    assert labels(text) == ["single-bathing", "multiple-bathing", "dry care"]
    assert set(heads_of("in the single-bathing group, the low-dose group")) == {"single-bathing", "low-dose"}
    assert not heads_of("in the single-centre group, the low-risk group, the high group")


def test_a_letter_right_before_its_percentage() -> None:
    text = (
        "Adults were randomised to lumarin with brimane (LB) or lumarin once daily (L). Cure was LB 79% (95% CI, 65 to"
        " 90) and L 4% (0 to 14)."
    )
    found = groups(text)
    assert [text[one.start : one.end] for one in found.mentions][-2:] == ["LB", "L"]


def test_a_form_of_a_drug_is_called_by_its_abbreviation() -> None:
    text = (
        "Adults were randomised to lumarin SR 20 mg, lumarin SR 40 mg or lumarin XL 40 mg. Rash was rarer with SR 40"
        " mg than with XL 40 mg."
    )
    found = groups(text)
    told = [(found.arms[one.group].label, text[one.start : one.end]) for one in found.mentions[-2:]]
    assert told == [("lumarin SR 40 mg", "SR 40 mg"), ("lumarin XL 40 mg", "XL 40 mg")]
    # An abbreviation of something else is no name.
    other = groups("Adults were randomised to lumarin ABC or brimane. ABC was measured at week 4.")
    assert all("abc" not in arm.names for arm in other.arms)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("usual lumarin or brimane or tea vs high-dose zinc", ["usual lumarin or brimane or tea", "high-dose zinc"]),
        ("lumarin, brimane or tea vs placebo", ["lumarin", "brimane", "tea", "placebo"]),
        ("lumarin or usual care or placebo", ["lumarin", "usual care", "placebo"]),
    ],
)
def test_a_choice_of_usual_care_is_one_side_of_versus(told: str, expected: list[str]) -> None:
    assert sorted(labels(f"Adults were randomised to {told}.")) == sorted(expected)


def test_an_arm_told_by_the_letter_of_another() -> None:
    text = (
        "Men were assigned at random to one of four groups: (A) lumarin and zinc; (B) same treatment as (A) plus tin;"
        " (C) zinc alone; (D) same treatment as (C) plus tin. Rash was 12% in group A and 13% in group B."
    )
    told = sorted(labels(text))
    assert told[1:3] == ["same treatment as (A) plus tin", "same treatment as (C) plus tin"]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        # One abbreviation for both: they are given together.
        (
            "lumarin (0.6 mg) and zinc (2 mg) (Lum/Zn) with tea",
            ["lumarin (0.6 mg) and zinc (2 mg) (Lum/Zn)", "tea"],
        ),
        # Of one combination no other side is told.
        ("lumarin (0.6 mg) and zinc (2 mg)", []),
    ],
)
def test_two_drugs_under_one_abbreviation(told: str, expected: list[str]) -> None:
    text = f"The aim was to compare the calming effects of the combination {told} in randomised adults with gout."
    assert sorted(label.removeprefix("combination ") for label in labels(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We randomised 60 men to drug A, drug B or placebo (20 men per group).", ["drug A", "drug B", "placebo"]),
        ("We assigned 60 men to vaccine A, vaccine B or saline (20 per arm).", ["vaccine A", "vaccine B", "saline"]),
        ("Men were randomised to diet A (n=30), diet B (n=31) or rest (n=29).", ["diet A", "diet B", "rest"]),
        ("We randomised 60 men to method A, method B, or no device (20 each).", ["method A", "method B", "no device"]),
        ("We randomised 60 men to treatment A or treatment B (30 each).", ["treatment A", "treatment B"]),
        ("In total, 60 men were randomised to A, B or C (n = 20 each). Sleep was 9% in A.", ["A", "B", "C"]),
        # An article is none.
        ("We randomised 60 men to exercise in a gym or a pool (30 each).", ["exercise", "pool"]),
        ("We randomised 60 men to lumarin with a meal or solvatan (30 each).", ["lumarin with a meal", "solvatan"]),
    ],
)
def test_a_letter_a_is_no_article(text, expected):
    assert sorted(labels(text)) == sorted(expected)


def test_each_is_no_arm():
    assert "each" not in labels("Women (n = 120) took lumarin, solvatan, both or neither (30 in each). Falls were few.")
