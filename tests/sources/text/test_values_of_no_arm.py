"""Values of all patients, of kinds of people and of whole studies, that are no arm's. The sentences are made up."""

from __future__ import annotations

import pytest

import trialstats as ts
from trialstats.sources.rows import rows_from_paper

TWO = (
    "Rowers were randomly assigned to lumarin (n = 60) or placebo (n = 58)."
    " Relief was seen in 40% with lumarin and 31% with placebo. "
)


def arms(sentence: str, before: str = TWO) -> list[tuple[str, str]]:
    """Return the values of a sentence behind others, with the arms they are given."""
    found = rows_from_paper(ts.extract(before + sentence), text=False)
    label = {arm["id"]: arm["label"].split()[0] for arm in found["arms"]}
    rows = [
        (min(place[0] for place in row["places"].values() if isinstance(place, list)), row) for row in found["rows"]
    ]
    return [
        (row["x"] or row["value"], "/".join(label[arm] for arm in row["arms"]))
        for start, row in rows
        if start >= len(before) and row["value"] is not None
    ]


def nobody(sentence: str) -> bool:
    found = arms(sentence)
    return bool(found) and all(not names for _, names in found)


@pytest.mark.parametrize(
    "sentence",
    [
        "Thirty percent were older than 60 years, and 45% had gout.",
        "At baseline, 70 (59%) rowers had more than three cramps and 41 (35%) had a lower body weight.",
        "Nearly half were smokers (49.2%) and 43.1% were younger than 35 years.",
        "Similar shares took tea: 31% were smokers, whereas 44% had gout.",
        "Sixty percent of rowers had less pain, whereas 48% of those evaluable had better sleep.",
        "Of the rowers, 21% were younger than 30 years and 33% had higher blood pressure.",
        "57% lived alone, while 22% were more than 80 years old.",
    ],
)
def test_two_things_told_of_all(sentence: str) -> None:
    assert nobody(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Relief was higher among those who slept eight hours (31%) than among those who did not (20%).",
        "Rowers seen at old clubs were not more likely to sleep than were adults treated at new clubs (16% v 15%).",
        "Regardless of treatment, adults with lower versus higher weight had a higher cramp rate (31% v 20%).",
        "Median survival was 37.1 months in the mutant subgroup compared with 25.6 months in the wild-type subgroup.",
        "Fever was seen in 83% of adults with gout versus 33% in adults with other ailments.",
        "The ZZ haplotype was associated with better sleep (31% v 20%).",
        "However, of 50 adults who had cramps, 21 (42%) had fever, whereas of 68 without cramps only 9 (13%) had it.",
        "Relief at one year differed: 44% of the women with gout compared with 31% of those without gout.",
    ],
)
def test_kinds_of_people_held_apart(sentence: str) -> None:
    assert nobody(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Relief was more frequent (45% versus 31%).",
        "Cramps fell to 45% and 31%, respectively.",
        "Cramps were less common, seen in 45% and 31% of the rowers in the two groups.",
        "Among rowers with gout relief was more frequent (45% versus 31%).",
        "More rowers slept: 45% slept, whereas 31% slept with placebo.",
        "More rowers had slept, 45% versus 31% of the adults.",
    ],
)
def test_two_values_of_the_arms(sentence: str) -> None:
    assert arms(sentence) == [("45", "lumarin"), ("31", "placebo")]


def test_kinds_of_people_may_be_the_arms() -> None:
    before = (
        "We compared rowers with gout (n = 60) and rowers without gout (n = 58)."
        " Relief was seen in 40% with gout and 31% without gout. "
    )
    told = arms("Sleep was worse in rowers who had gout than in those who did not (45% v 31%).", before)
    assert all(names for _, names in told)


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("Of 118 rowers, 110 (lumarin, n = 57; placebo, n = 53) completed the trial.", "110"),
        ("We randomised 118 rowers (lumarin, n = 60; placebo, n = 58) and 101 patients completed the study.", "101"),
        ("Of the rowers, 62 were lean (lumarin, n = 30; placebo, n = 32).", "62"),
        ("Between May and June 714 adults were screened for eligibility, of whom 118 were randomised.", "714"),
        ("A total of 94 cramps were treated by lumarin (n = 50) and placebo (n = 44).", "94"),
    ],
)
def test_a_number_of_all_is_no_arms(sentence: str, count: str) -> None:
    assert dict(arms(sentence)).get(count, "") == ""


def test_people_told_with_their_arm_are_its_own() -> None:
    assert dict(arms("Later 41 patients on placebo had a cramp, and 30 had one on lumarin."))["41"] == "placebo"


@pytest.mark.parametrize(
    "sentence",
    [
        "Relief was seen in 40% of adults (lumarin, 48%; placebo, 31%).",
        "Relief was seen in 40% of patients (lumarin, 48%; placebo, 31%).",
        "Relief was seen in 40% (lumarin 48%, placebo 31%).",
        "Overall, 39.5% of the adults slept (lumarin, 48%, and placebo, 31%).",
    ],
)
def test_a_share_of_all_before_those_of_the_arms(sentence: str) -> None:
    (_, first), *others = arms(sentence)
    assert first == ""
    assert others == [("48", "lumarin"), ("31", "placebo")]


def test_shares_with_an_arm_in_a_bracket_each() -> None:
    assert arms("Response was 48% (lumarin) and 31% (placebo).") == [("48", "lumarin"), ("31", "placebo")]


REVIEW = "Lumarin versus placebo for cramps: a review. "
RESULT = " Relief was more frequent with lumarin than with placebo (RR 1.3, 95% CI 1.1 to 1.6)."


@pytest.mark.parametrize(
    "sentence",
    [
        "Eleven studies (1429 adults) met the inclusion criteria.",
        "Six RCTs (n = 1429), with eight to 16 weeks of follow-up, met our inclusion criteria.",
        "We identified 5 studies (1429 participants).",
        "32 trials were included, totalling 1429 participants.",
        "Twenty-one studies (1429 women) are included.",
        "Nine added reports bring the included studies to 14 (1429 participants).",
        "Of 61 trials, we could use one, with 1429 infants.",
        "We included four randomised trials (1429 adults with gout).",
    ],
)
def test_how_many_took_part_in_all_trials(sentence: str) -> None:
    found = rows_from_paper(ts.extract(REVIEW + sentence + RESULT), text=False)
    assert set(found["of"].values()) == {"1429"}
    assert not any(arm["sizes"] for arm in found["arms"])


@pytest.mark.parametrize(
    "sentence",
    [
        "Lumarin was better than placebo in two trials (85 adults; RR 1.3, 95% CI 1.1 to 1.6).",
        "We found two trials (85 adults) of tea and three trials (71 adults) of milk.",
        "The remaining 40 trials (1529 adults) were small.",
    ],
)
def test_how_many_took_part_in_some_trials(sentence: str) -> None:
    assert not rows_from_paper(ts.extract(REVIEW + sentence + RESULT), text=False)["of"]


@pytest.mark.parametrize(
    "sentence",
    [
        "After five years, 21 of 84 adults and 33 of 81 had cramps with lumarin and placebo, respectively.",
        "Cramps were seen in 21 of 84 and 33 of 81 adults in the lumarin and placebo groups, respectively.",
        "At week 8, 21/84 (25%) and 33/81 (41%) of the adults in the lumarin and placebo groups had cramps.",
        "At week 8, 21 (25%) of 84 adults and 33 (41%) of 81 had cramps with lumarin and placebo, respectively.",
        "In the lumarin and placebo groups, 21 of 84 and 33 of 81 adults had cramps, respectively.",
    ],
)
def test_sizes_that_stand_only_under_results_in_turn(sentence: str) -> None:
    found = rows_from_paper(ts.extract("Rowers were randomised to lumarin or placebo. " + sentence), text=False)
    assert [[*arm["sizes"].values()] for arm in found["arms"]] == [["84"], ["81"]]


@pytest.mark.parametrize(
    "sentence",
    [
        "Cramps were seen in 2 of 7 and 3 of 8 adults in the lumarin and placebo groups, respectively.",
        "We enrolled 300 rowers. Cramps were seen in 21 of 184 with lumarin and 33 of 181 with placebo.",
    ],
)
def test_totals_that_can_be_no_sizes(sentence: str) -> None:
    found = rows_from_paper(ts.extract("Rowers were randomised to lumarin or placebo. " + sentence), text=False)
    assert not any(arm["sizes"] for arm in found["arms"])
