"""Whose values are that no name stands beside: told in turn, in pairs, in lists. The sentences are made up."""

from __future__ import annotations

import pytest

from trialstats.sources.text.arms.found import find_groups
from trialstats.sources.text.reading import extract
from trialstats.sources.text.tokens.document import read_tokens

TWO = "We randomised 90 adults to receive lumarin or brimane. "
TO_PLACEBO = "We randomised 90 adults to receive placebo or lumarin. "


def values(text: str) -> list[tuple[str, list[str]]]:
    """Return each value with the labels of its arms."""
    paper = extract(text)
    label = {arm.id: arm.label for arm in paper.arms}
    return [
        (claim.value.digits, [label[arm] for arm in claim.arms])
        for claim in paper.claims
        if hasattr(claim, "measure") and claim.value is not None
    ]


def one_each(*pairs: tuple[str, str]) -> list[tuple[str, list[str]]]:
    return [(value, [arm] if arm else []) for value, arm in pairs]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Relief was seen in 44% and 31%, respectively.", [("44", "placebo"), ("31", "lumarin")]),
        ("Sleep was 7.2 versus 6.4 hours, respectively.", [("7.2", "placebo"), ("6.4", "lumarin")]),
    ],
)
def test_values_in_turn_keep_the_order_of_the_list(text: str, expected: list[tuple[str, str]]) -> None:
    assert values(TO_PLACEBO + text) == one_each(*expected)


@pytest.mark.parametrize(
    "text",
    [
        "The arms did not differ in sleep (7.2 v 6.4 hours, respectively) or relief (44% v 31%).",
        "The arms did not differ in sleep (7.2 v 6.4 hours) or relief (44% v 31%, respectively).",
    ],
)
def test_all_pairs_of_a_sentence_are_in_the_order_of_the_one_told_in_turn(text: str) -> None:
    assert values(TO_PLACEBO + text) == one_each(
        ("7.2", "placebo"), ("6.4", "lumarin"), ("44", "placebo"), ("31", "lumarin")
    )


def test_the_last_order_named_goes_before_that_of_the_list() -> None:
    told = "Rash was seen in 12% with lumarin and 9% with placebo. Relief was seen in 44% and 31%, respectively."
    assert values(TO_PLACEBO + told)[2:] == one_each(("44", "lumarin"), ("31", "placebo"))


@pytest.mark.parametrize(
    "text",
    [
        "Relief and relapse were seen in 44% and 31%, respectively.",
        "The rates of grade 3 and 4 rash were 44% and 31%, respectively.",
        "Sensitivity and specificity were 44% and 31%, respectively.",
    ],
)
def test_two_outcomes_in_turn_are_of_no_two_arms(text: str) -> None:
    assert values(TWO + text) == one_each(("44", ""), ("31", ""))


@pytest.mark.parametrize(
    "text",
    [
        "Nausea and vomiting was seen in 44% and 31%, respectively (P = 0.04).",
        "Sleep and mood in the two groups were better in 44% and 31%, respectively.",
    ],
)
def test_one_outcome_of_two_words_is_of_two_arms(text: str) -> None:
    assert values(TWO + text) == one_each(("44", "lumarin"), ("31", "brimane"))


@pytest.mark.parametrize(
    "text",
    [
        "Pain fell in the lumarin group (6.1 vs 3.2; P = 0.01) but not in the brimane group (6.0 vs 5.8; P = 0.6).",
        "Mean pain at baseline and week 8 changed (lumarin: 6.1 vs 3.2; brimane: 6.0 vs 5.8).",
        "Mean pain fell with lumarin (6.1 and 3.2 at week 8) and with brimane (6.0 and 5.8).",
    ],
)
def test_a_change_in_each_arm_is_its_own(text: str) -> None:
    assert values(TWO + text) == one_each(
        ("6.1", "lumarin"), ("3.2", "lumarin"), ("6.0", "brimane"), ("5.8", "brimane")
    )


def test_the_p_value_of_a_change_is_of_its_arm() -> None:
    paper = extract(TWO + "Pain fell with lumarin (6.1 vs 3.2; P = 0.01) but not with brimane (6.0 vs 5.8; P = 0.6).")
    assert [len(claim.arms) for claim in paper.claims] == [1] * len(paper.claims)


def test_pairs_held_against_each_other_are_of_two_arms() -> None:
    told = "Relief improved more with lumarin (44% vs 31%) than with brimane (39% vs 30%)."
    assert values(TWO + told)[:2] == one_each(("44", "lumarin"), ("31", "brimane"))


def test_a_pair_behind_the_last_name_keeps_the_order_before_it() -> None:
    told = (
        "Events were rash (22 [65%] in the lumarin group and one [1%] in the brimane group), flu (ten [3%] and three "
        "[2%]), and cough (nine [28%] and two [1%])."
    )
    assert [arms for _, arms in values(TWO + told)] == [["lumarin"], ["brimane"]] * 3


@pytest.mark.parametrize(
    "text",
    [
        "Compared with brimane, lumarin gave a higher rate of relief (31% vs 44%).",
        "Compared with the brimane group, the lumarin group had fewer falls (44% v 31%).",
    ],
)
def test_who_has_more_by_the_words_has_the_larger_value(text: str) -> None:
    of = dict(values(TWO + text))
    assert of == (
        {"31": ["brimane"], "44": ["lumarin"]} if "higher" in text else {"44": ["brimane"], "31": ["lumarin"]}
    )


@pytest.mark.parametrize(
    "text",
    [
        "Sleep was better in 21 (63%) and worse in 12 (36%) in the lumarin group, while sleep in the brimane group was "
        "better in 13 (39%) and worse in 20 (60%).",
        "Relief was seen in 21 adults (63%) and relapse in 12 (36%) in the lumarin group, whereas in the brimane group "
        "relief was seen in 13 (39%) and relapse in 20 (60%).",
    ],
)
def test_single_values_of_a_list_have_one_arm(text: str) -> None:
    assert values(TWO + text) == one_each(("63", "lumarin"), ("36", "lumarin"), ("39", "brimane"), ("60", "brimane"))


def test_a_value_that_two_arms_have_is_of_neither() -> None:
    assert values(TWO + "The rate of relief was the same in the lumarin and brimane groups (44%).") == [("44", [])]


def test_a_name_behind_an_equals_sign_is_of_the_value_before_it() -> None:
    text = "We randomised 90 adults to an intervention or control group. Follow-up was high (89% = control and 77% = "
    assert values(text + "intervention group).") == one_each(("89", "control"), ("77", "intervention"))


def test_the_letters_of_two_arms_stand_behind_one_word() -> None:
    text = (
        "We randomised 86 adults to lumarin 50 mg (arm A) or 75 mg (arm B). Rash was seen in arm A vs B, 38% and 54%, "
    )
    of = values(text + "respectively.")
    assert [label.split()[1] for _, (label,) in of] == ["50", "75"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Nobody survives once before and once after: the first is of those without it.
        ("Lumarin raised 5-year survival from 41% to 49%.", [("41", "placebo"), ("49", "lumarin")]),
        ("Lumarin lowered the gout rate from 13.4% to 10.1% (relative risk, 0.75).",
         [("13.4", "placebo"), ("10.1", "lumarin")]),
        ("Lumarin reduced scores from 11.5 to 9.0 points (P = 0.02).", [("11.5", "lumarin"), ("9.0", "lumarin")]),
        # The pair is of the arm in which nothing changed.
        ("Weight rose with lumarin by 3 kg but did not change with placebo (71 v 72 kg).",
         [("71", "placebo"), ("72", "placebo")]),
        ("Weight did not change with lumarin compared with placebo (71 v 72 kg).",
         [("71", "lumarin"), ("72", "placebo")]),
        # In men and women, whatever the P value compares.
        ("Cure rates in men and women were 83% and 91%, respectively (P = 0.05).", [("83", ""), ("91", "")]),
        ("Cure rates in the two groups were 83% and 91%, respectively (P = 0.05).",
         [("83", "placebo"), ("91", "lumarin")]),
        # The second has the measure of the first, however much higher that was.
        ("With lumarin, the cure rate was 97%, much higher than that of the placebo group, which was 90%.",
         [("97", "lumarin"), ("90", "placebo")]),
    ],
)  # fmt: skip
def test_values_of_two_arms_or_of_one(text: str, expected: list[tuple[str, str]]) -> None:
    wanted = {value for value, _ in expected}
    assert [one for one in values(TO_PLACEBO + text) if one[0] in wanted] == one_each(*expected)


@pytest.mark.parametrize(
    ("text", "name", "arm"),
    [
        # Of two letters that are told together one is known.
        ("Adults received a plain dose (P) of zinc or one tailored to their weight (T), each with tea. Rash was seen in"
         " 12% and 15% in the P and T arms.", "t", 1),
        ("Those assigned to the Experimental Group (EG) were 107 and to the Control Group (CG) 120.", "eg", 0),
    ],
)  # fmt: skip
def test_short_names_of_arms(text: str, name: str, arm: int) -> None:
    found = find_groups(read_tokens(text)).arms
    assert [number for number, one in enumerate(found) if name in one.names] == [arm]


def test_a_letter_beside_that_of_no_arm_names_none() -> None:
    text = "Adults were randomised to lumarin (L) or zinc. Rash was seen in 12% and 15% in the H and K groups."
    assert not any({"h", "k"} & set(arm.names) for arm in find_groups(read_tokens(text)).arms)


def test_adverbs_are_no_names_of_an_arm() -> None:
    text = TO_PLACEBO + "Of the lumarin group, 83% were receiving exclusively zinc. Sleep was good with lumarin (12%)."
    assert ("83", ["placebo"]) not in values(text)


DOSES = "Adults were randomised to solvatan 10 mg (n = 30), solvatan 25 mg (n = 31) or placebo (n = 30). "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The unit stands behind the last of two doses.
        ("Rash was rarer with placebo than with solvatan 10 and 25 mg (8%, 12% and 14%, respectively).",
         [("8", "placebo"), ("12", "solvatan 10 mg"), ("14", "solvatan 25 mg")]),
        ("Rash was seen in 8% with placebo and 14% with solvatan 25 mg within 10 and 25 days.",
         [("8", "placebo"), ("14", "solvatan 25 mg")]),
    ],
)  # fmt: skip
def test_doses_in_turn(text: str, expected: list[tuple[str, str]]) -> None:
    assert [one for one in values(DOSES + text) if one[0] != "25"] == one_each(*expected)


def test_an_interval_alone_is_no_value_of_a_pair() -> None:
    text = "Relief was 68% (lumarin) and 70% (placebo) at week 16 (95% CI: -14%, 9%), and 75% and 72%, at week 24."
    assert [one for one in values(TO_PLACEBO + text) if one[0] in ("68", "70", "75", "72")] == one_each(
        ("68", "lumarin"), ("70", "placebo"), ("75", "lumarin"), ("72", "placebo")
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # One named before its value, the other behind.
        ("Rash in the solvatan 10 mg group was seen in 60%, compared to 18% for placebo (odds ratio, 0.1; 95% CI, 0.05"
         " to 0.2).", [("60", "solvatan 10 mg"), ("18", "placebo")]),
        # A dose without a blank before its unit.
        ("Rash was seen with solvatan 10mg (52%), solvatan 25mg (48%) and placebo (46%).",
         [("52", "solvatan 10 mg"), ("48", "solvatan 25 mg"), ("46", "placebo")]),
    ],
)  # fmt: skip
def test_several_arms_named_around_their_values(text: str, expected: list[tuple[str, str]]) -> None:
    wanted = {value for value, _ in expected}
    assert [one for one in values(DOSES + text) if one[0] in wanted] == one_each(*expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Two times of all are no two arms, whatever was compared before.
        ("In the whole sample, 17 adults (71%) at week 1 and 16 (70%) at week 4 had relief.", [("71", ""), ("70", "")]),
        ("Of all, 17 adults (71%) versus 16 (70%) had relief.", [("71", "placebo"), ("70", "lumarin")]),
        ("Relief was 71% at week 1 and 70% at week 4 with lumarin.", [("71", "lumarin"), ("70", "lumarin")]),
    ],
)  # fmt: skip
def test_two_times_are_no_two_arms(text: str, expected: list[tuple[str, str]]) -> None:
    found = values(TO_PLACEBO + "Sleep was good in 5% with placebo and 6% with lumarin. " + text)
    assert found[2:] == one_each(*expected)


def test_an_abbreviation_with_a_bracket_of_its_own() -> None:
    text = "Adults were randomised to rest plus honey (REHO [honey 165 g daily]) or rest alone (RE)."
    found = find_groups(read_tokens(text)).arms
    assert ["reho" in one.names for one in found] == [True, False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A bracket lists the values of each arm.
        (
            "Adults were randomly assigned to lumarin or solvatan. More had rash and itch with lumarin (lumarin, 80%"
            " and 44%, respectively; solvatan, 68% and 26%).",
            [("80", "lumarin"), ("44", "lumarin"), ("68", "solvatan"), ("26", "solvatan")],
        ),
        # A value each stays a value each.
        (
            "Adults were randomly assigned to lumarin or solvatan. More had rash with lumarin (lumarin, 80%; solvatan,"
            " 68%).",
            [("80", "lumarin"), ("68", "solvatan")],
        ),
        # Doses a day are those of the arms.
        (
            "Adults were randomized to lumarin 25 mg (n = 19) or 50 mg (n = 23)."
            " Relief was seen in 4 (21%) and 6 (26%) of the adults receiving 25 and 50 mg/d of lumarin, respectively.",
            [("21", "25 mg"), ("26", "50 mg")],
        ),
    ],
)
def test_values_of_each_arm_in_a_list(text: str, expected: list[tuple[str, str]]) -> None:
    paper = extract(text)
    name = {arm.id: arm.label for arm in paper.arms}
    found = [(claim.value.text.rstrip("%"), [name[arm] for arm in claim.arms]) for claim in paper.claims if claim.value]
    assert len(found) == len(expected)
    for (value, arms), (wanted, label) in zip(found, expected, strict=True):
        assert value == wanted
        assert len(arms) == 1
        assert arms[0].endswith(label)
