"""Counts and percentages that conflict are asked about, whatever their layout; sound neighbours are not."""

from __future__ import annotations

import pytest

import trialstats as ts
from trialstats.sources.text.reading import extract

ARMS = "We randomised 419 rowers to salt (n = 211) or water (n = 208). "


def asked(text, check="percent-count"):
    """Return the words of a text that are asked about."""
    found = ts.check(text).findings
    return [one.where.quote for one in found if one.check == check and one.verdict.is_question]


@pytest.mark.parametrize(
    "said",
    [
        "In the salt group {x} rowers ({q}%) cramped, and in the water group 40 rowers (19.2%) cramped.",
        "Cramps came to {x} rowers ({q}%) in the salt group and to 40 (19.2%) in the water group.",
        "Cramps were seen in {x} ({q}%) v 40 (19.2%) rowers.",
    ],
)
def test_the_count_of_one_arm_conflicts_with_its_percentage(said):
    assert asked(ARMS + said.format(x=45, q="21.3")) == []
    for x, q in ((95, "21.3"), (45, "41.3")):
        assert len(asked(ARMS + said.format(x=x, q=q))) == 1, (x, q)


def test_percentages_behind_both_counts_in_turn_are_asked_about():
    said = ARMS + "A cramp was seen in 45 rowers in the salt group and 40 in the water group ({}% v 19.2%)."
    assert asked(said.format("21.3")) == [] and len(asked(said.format("61.3"))) == 1


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("In the laser group 24 women (31.2%) fell.", ["24"]),
        ("In the laser (L) arm 24 (31.2%) fell.", ["24"]),
        ("In group 2 women (31%) fell.", [None]),
        ("Falls came with the laser group 2 (31%).", [None]),
        ("The most frequent grade 3-4 event was itching in six people (11%).", ["6"]),
        ("The most frequent grade was 3 (11%).", [None]),
        ("Itching came with XR-3 (33%).", [None]),
    ],
)
def test_a_number_behind_a_named_group_or_a_grade_is_a_count(text, counts):
    found = [one.x and one.x.text for one in extract(text).claims if one.measure == "proportion"]
    assert found == counts


def test_more_patients_than_any_number_of_the_text():
    text = "Three hundred rowers were enrolled. A cramp came to {} ({}%) and left none behind."
    assert asked(text.format(9, 3)) == []
    assert asked(text.format(9, 1)) == ["9 (1%)"]
    # Others than patients are counted, several studies are told of, or a number of patients is large enough.
    assert asked("Three hundred rowers were enrolled, who made 9 (1%) calls.") == []
    assert asked("Two trials were found. " + text.format(9, 1)) == []
    assert asked(text.format(9, 1) + " Of 512 asked, 300 came.") == []
    assert asked("In 2011, three hundred rowers were enrolled. A cramp came to 9 (1%).") == ["9 (1%)"]


def test_another_number_of_a_long_list_is_no_total_of_one_item():
    text = (
        "Of 57 rowers, 33 (58%) complained: cramps came to 9 (16%), blisters to 3 (5%), thirst to 2 (4%), {}burns to 2 "
        "({}%)."
    )
    assert asked(text.format("", 4)) == []
    assert asked(text.format("", 6)) == ["2 (6%)"]
    assert asked(text.format("among 33 who complained, ", 6)) == []


def test_a_percentage_of_several_counts_is_not_that_of_the_first():
    said = "About 90% of rowers had a cramp (n = 30){} left early."
    first, second = (
        next(one for one in extract(said.format(more)).claims if one.measure == "proportion")
        for more in (" or a blister (n = 24) and", " and")
    )
    assert first.x is None and second.x is not None
