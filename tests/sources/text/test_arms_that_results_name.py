"""Arms that no allocation names but the results do: in a row, by totals, by letters alone. Made up."""

from __future__ import annotations

import pytest
from tests.sources.text.claims_shown import told

from trialstats.sources.text.arms.found import find_groups
from trialstats.sources.text.reading import extract
from trialstats.sources.text.tokens.document import read_tokens


def arms(text: str) -> list[str]:
    return [arm.label for arm in extract(text).arms]


def whose(text: str) -> list[str]:
    paper = extract(text)
    of = {arm.id: arm.label for arm in paper.arms}
    return [" v ".join(of[arm] for arm in claim.arms) for claim in paper.claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Cramps in the low, medium and high salt groups were seen in 31%, 27% and 24%, respectively.",
            ["low", "medium", "high salt"],
        ),
        (
            "Falls were recorded in 12%, 15% and 22% of the early, intermediate and late rowing groups.",
            ["early", "intermediate", "late rowing"],
        ),
        ("Cramps in the short and long rowing groups were seen in 31% and 24%.", ["short rowing", "long rowing"]),
        ("Among 212 adults given lumarin, 33 died; among 208 given brimane, 51 died.", ["lumarin", "brimane"]),
        (
            "Of 129 adults who received lumarin, 107 (83%) had cramps, as did 50 (79%) of 63 adults who received tea.",
            ["lumarin", "tea"],
        ),
        ("Cramps followed 3/40 indoor and 8/41 outdoor races.", ["indoor", "outdoor"]),
        ("Cramps were seen in 42 of 300 in the school arm v 61 of 305 controls.", ["school", "controls"]),
    ],
)
def test_arms_are_those_that_results_name(text, expected):
    assert arms(text) == expected
    assert whose(text)[: len(expected)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Cramps in the low, medium and high salt groups were rare. Cramps were seen in 31% and 24%.",
        "Cramps were seen in 12 of 40 men and 5 of 42 women.",
        "Among 212 adults given lumarin, 33 died.",
        "Cramps were seen in 9/41 morning adults, 12/40 noon adults and 5/42 night adults.",
        "Cramps were seen in 33 of 60 rowers with a boat and 21 of 58 rowers without.",
    ],
)
def test_parts_of_all_and_rows_without_as_many_values_name_no_arms(text):
    assert arms(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Rowers were randomised to A (n = 50), B (n = 51) or C (n = 49). Cramps: 10%, 12% and 20% of A, B and C.",
            "ABC",
        ),
        ("Rowers were assigned to A (tea, n=40) or B (milk, n=42). Cramps were seen in 20% of A and 35% of B.", "AB"),
        ("Rowers received A (n = 12), B (n = 13) or C (n = 11) for 4 weeks. Cramps were seen in 8%, 9% and 4%.", "ABC"),
        ("Rowers were assigned to A (tea, n=9), B (milk, n=9), C (both, n=8) or D (neither, n=8).", "ABCD"),
    ],
)
def test_arms_may_be_letters_alone(text, expected):
    assert [arm.label for arm in find_groups(read_tokens(text)).arms] == list(expected)
    assert arms(text) == list(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rowers were randomised to vitamin A (n = 30) or vitamin B (n = 31).", ["vitamin A", "vitamin B"]),
        ("Rowers were randomised to arm A (tea, n = 33) or arm B (milk, n = 35).", ["arm A", "arm B"]),
    ],
)
def test_a_letter_behind_its_noun_is_no_arm_alone(text, expected):
    assert [label.lower() for label in arms(text)] == [label.lower() for label in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pain was 44.1 with lumarin (n = 61) and 51.0 with placebo (n = 60).", ["lumarin", "placebo"]),
        (
            "Rowers were assigned to resting and eating therapy (RET; n = 40) or a leaflet (n = 41).",
            ["resting and eating therapy", "leaflet"],
        ),
        ("Rowers were assigned to eating therapy (ET; n = 40) or a leaflet (n = 41).", ["eating therapy", "leaflet"]),
    ],
)
def test_a_label_swallows_no_value_and_loses_no_word(text, expected):
    groups = find_groups(read_tokens(text))
    assert [arm.label.split(" (")[0] for arm in groups.arms] == expected
    assert [[size.digits for size in arm.sizes] for arm in groups.arms] in ([["61"], ["60"]], [["40"], ["41"]])


def test_people_in_a_group_are_not_all():
    text = "Rowers had tea early or late. Seven rowers drank. Seven patients in the early group and none in the late "
    text += "group had cramps."
    assert find_groups(read_tokens(text)).whole == ()


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("The median overall survival was 9.1 months.", "overall survival"),
        ("Overall, cramps were seen in 12%.", "cramps"),
        ("Median OS: 8.1 vs 9.7 mo (HR 0.87; 95% CI 0.60-1.27).", "overall survival (os)"),
        ("Cramps were diagnosed in 12% of rowers.", "cramps"),
    ],
)
def test_what_of_all_is_meant_is_told_and_a_unit_is_no_outcome(text, outcome):
    assert {said for _, said, _ in told(text)} == {outcome}


def test_one_person_counted_is_no_outcome():
    text = "Cramps were seen in 1 woman in the early group and 9 women in the late group."
    assert {said for _, said, _ in told(text)} == {"cramps"}
