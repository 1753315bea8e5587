"""Arms with numbers of their own, doses and "group 2", and what each of them was given: made-up sentences."""

from __future__ import annotations

import pytest

from trialstats.sources.text.arms.found import find_groups
from trialstats.sources.text.reading import extract
from trialstats.sources.text.tokens.document import read_tokens


def labels(text: str) -> list[str]:
    return sorted(arm.label.lower() for arm in find_groups(read_tokens(text)).arms)


def sizes(text: str) -> dict[str, set[int]]:
    return {arm.label.lower(): {size.value.whole for size in arm.of.values()} for arm in extract(text).arms}


def armed(text: str) -> dict[str, list[str]]:
    paper = extract(text)
    name = {arm.id: arm.label.lower() for arm in paper.arms}
    return {one.value.text: [name[arm] for arm in one.arms] for one in paper.claims if getattr(one, "value", None)}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            "group 1 (n = 43) received lumarin for 3 months, group 2 (n = 47) received brimane and group 3 (n = 52)"
            " received placebo",
            {"group 1 (lumarin)": {43}, "group 2 (brimane)": {47}, "group 3 (placebo)": {52}},
        ),
        (
            "group A (43 cases) who received lumarin, group B (47 patients) who were prescribed brimane and group C"
            " (52 patients) which received no drug",
            {"group a (lumarin)": {43}, "group b (brimane)": {47}, "group c (no drug)": {52}},
        ),
        (
            "group A (n = 43) was treated with lumarin and group B (n = 47) served as controls",
            {"group a (lumarin)": {43}, "group b (controls)": {47}},
        ),
    ],
)
def test_a_numbered_group_keeps_its_own_name_and_size(told: str, expected: dict[str, set[int]]) -> None:
    text = f"Women were divided at random: {told}. Relief was 21% in {next(iter(expected)).split(' (')[0]}."
    assert sizes(text) == expected
    assert armed(text)["21%"] == [next(iter(expected))]


def test_the_next_group_is_not_the_arm_before_it() -> None:
    text = (
        "Women were randomised. Group 1 (n = 43) received lumarin for 3 months, group 2 (n = 47) received brimane and"
        " group 3 (n = 52) received placebo. Relief was 21% in group 1, 29% in group 2 and 33% in group 3."
    )
    own = {"21%": ["group 1 (lumarin)"], "29%": ["group 2 (brimane)"], "33%": ["group 3 (placebo)"]}
    assert {value: arms for value, arms in armed(text).items() if value in own} == own


def test_the_number_of_groups_is_none_of_them() -> None:
    text = (
        "Rowers were put into 2 groups of one size. Group 1 received lumarin and group 2 was the placebo group."
        " Relief was 21% in group 1 and 33% in group 2. It was a randomised study."
    )
    assert labels(text) == ["group 1 (lumarin)", "group 2 (placebo)"]
    assert armed(text)["33%"] == ["group 2 (placebo)"]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("placebo (n = 43), 7 mg (n = 47) or 14 mg (n = 52) of lumarin", ["lumarin 14 mg", "lumarin 7 mg", "placebo"]),
        ("a placebo, 7 mg or 14 mg of lumarin once daily", ["lumarin 14 mg", "lumarin 7 mg", "placebo"]),
        ("matching placebo, 7 mg or 14 mg lumarin", ["lumarin 14 mg", "lumarin 7 mg", "matching placebo"]),
    ],
)
def test_doses_behind_a_placebo_are_none_of_it(told: str, expected: list[str]) -> None:
    text = f"Adults were randomly assigned to {told}. Relief was 21% with placebo, 29% with 7 mg and 33% with 14 mg."
    assert labels(text) == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            "lumarin 7 or 14 mg, brimane 7 or 14 mg, or placebo",
            ["brimane 14 mg", "brimane 7 mg", "lumarin 14 mg", "lumarin 7 mg", "placebo"],
        ),
        (
            "lumarin 7, 14 or 28 mg or brimane 3 or 6 mg once daily",
            ["brimane 3 mg", "brimane 6 mg", "lumarin 14 mg", "lumarin 28 mg", "lumarin 7 mg"],
        ),
    ],
)
def test_each_dose_of_each_drug_is_an_arm(told: str, expected: list[str]) -> None:
    text = f"Adults were randomised to receive {told}. Relief was 21% with lumarin 14 mg."
    assert labels(text) == expected


def test_solutions_are_arms_and_no_results() -> None:
    text = (
        "Thirty men were randomised to one of three solutions: 0.2% lumarin, 0.1% lumarin, or 0.05% lumarin."
        " Numbness came to 31% with the 0.2% lumarin solution."
    )
    assert labels(text) == ["0.05% lumarin", "0.1% lumarin", "0.2% lumarin"]
    assert list(armed(text)) == ["31%"]


def test_a_percentage_elsewhere_in_the_sentence_is_no_solution() -> None:
    text = (
        "In this study lumarin was compared with brimane. Adults were randomly assigned to oral lumarin 7 mg or to"
        " brimane per choice of tablet, syrup, or drops (60% cap for each). Relief was 21% with lumarin and 29% with"
        " brimane."
    )
    assert labels(text) == ["brimane", "lumarin"]
