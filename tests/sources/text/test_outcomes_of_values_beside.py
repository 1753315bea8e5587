"""Outcomes that a value has from the one before it, and words that tell none. The sentences are made up."""

from __future__ import annotations

import pytest
from tests.sources.text.claims_shown import outcomes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cough was reduced in the mild (22.2%) vs deep (43.6%) sleep group.", ["cough"] * 2),
        (
            "The change in lung size was better in glad rowers (121.8 mL) vs. sad rowers (37.9 mL).",
            ["change in lung size"] * 2,
        ),
        ("Clearance was found for 97.3% of S. aureus and for 85.1% of H. pylori.", ["clearance"] * 2),
        ("Mean noise fell from 6.4 at entry to 3.1 at week 8.", ["noise"] * 2),
        (
            "Overall survival rates at 2, 4 and 6 years were 91%, 82% and 74%, respectively, in the tea group.",
            ["overall survival"] * 3,
        ),
        ("Rowers (77%) had a cough as compared with 39%, 32%, and 3% in the groups drenched with tea.", ["cough"] * 4),
    ],
)
def test_values_held_against_one_another_are_of_one_outcome(text, expected):
    assert outcomes(text) == expected


def test_of_what_is_said_behind_is_not_taken_for_a_list():
    text = "97.9% of doors and 63.8% of windows were intact."
    assert outcomes(text)[1] == "windows were intact"


@pytest.mark.parametrize(
    "text",
    [
        "Mean iron loss was 3.11 mg. In the milk group, it was 2.22 and 0.95 mg, respectively (P = .01).",
        "Iron loss was 3.11 mg in the tea group. The median in the milk group was 2.22 mg at onset.",
        "Iron loss was 3.1%. In rowers who drank milk, it was 2.2%.",
    ],
)
def test_a_pronoun_is_of_the_outcome_before(text):
    assert set(outcomes(text)) == {"iron loss"}


def test_a_pronoun_behind_an_outcome_is_of_that():
    text = "The hazard ratio for cough was 0.71 (95% CI, 0.60 to 0.84), and for death, it was 0.90 (0.70 to 1.16)."
    assert outcomes(text) == ["cough", "death"]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("The primary outcome (i.e., calm sleep) was seen in 41%.", "calm sleep"),
        ("Calm sleep, measured by a watch of steel, was seen in 41%.", "calm sleep"),
        ("The analysis of tests showed a mean sleep of 7.11 h.", "sleep"),
        ("Local control was 41%.", "local control"),
        ("The disease control rate was 41%.", "disease control"),
        ("Toxic effects were seen in 41%.", "toxic effects"),
        ("The treatment yielded 41% full sleep.", "full sleep"),
        ("About half (45%) of rowers were recruited at one club.", "rowers were recruited at one club"),
    ],
)
def test_words_beside_an_outcome_that_tell_none(text, outcome):
    assert outcomes(text) == [outcome]


def test_how_often_a_dose_is_taken_is_no_outcome():
    text = "Sleep was good in 52.9% on 3 mg twice daily, 50.7% on 5 mg twice daily."
    assert outcomes(text) == ["sleep was good"] * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mean mood was 3.11 points. The percentage with relief was 41%.", ["mood", "relief"]),
        ("Relief was seen in 12%. The percentage in the other group was 41%.", ["relief", "relief"]),
    ],
)
def test_a_word_for_a_share_may_name_its_own_outcome(text, expected):
    assert outcomes(text) == expected
