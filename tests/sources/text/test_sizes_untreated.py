"""How many of an arm were never treated, and what those who are counted did not do. Made up."""

from __future__ import annotations

import pytest

from trialstats.claims.populations import denominators
from trialstats.sources.text.reading import extract

ASSIGNED = "In all, 64 adults were randomly assigned to lumarin (n = 31) or solvatan (n = 33). "


def untreated(text):
    found = [arm.of.get("untreated") for arm in extract(text).arms]
    return [None if size is None else size.value.digits for size in found]


@pytest.mark.parametrize(
    "words",
    [
        "Three adults in the solvatan group did not receive any trial drug.",
        "Three women on solvatan never started the allocated treatment.",
        "In the solvatan group, three adults did not begin the planned therapy.",
        "Of the adults on solvatan, 3 could not start treatment.",
    ],
)
def test_those_never_treated_are_told_of_their_arm(words):
    assert untreated(ASSIGNED + words) == [None, "3"]


@pytest.mark.parametrize(
    "words",
    [
        "Three adults in the solvatan group did not receive treatment for headache.",
        "Three adults in the solvatan group did not receive a transplant.",
        "Three adults did not receive any trial drug.",
        "In the solvatan group, 3 of 20 women did not receive the trial drug.",
        "Sixty adults in the solvatan group did not receive the trial drug.",
    ],
)
def test_others_are_not_taken_for_untreated(words):
    assert untreated(ASSIGNED + words) == [None, None]


def test_the_untreated_may_be_left_out_of_the_denominator():
    paper = extract(
        "We assigned 31 adults to lumarin and 33 to solvatan (one did not receive treatment). "
        "Itching was rarer with solvatan (19%) than with lumarin (45%)."
    )
    (share,) = [claim for claim in paper.claims if claim.value is not None and claim.value.text == "19%"]
    assert denominators(paper, share) == {33: "stated", 32: "derived"}


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("Five adults did not finish the diary", "not finish the diary"),
        ("Twelve (39%) did not relapse", "not relapse"),
        ("Of the adults on lumarin, 12 (39%) did not sleep through", "not sleep through"),
    ],
)
def test_what_was_not_done_is_another_outcome_than_what_was(words, outcome):
    assert [claim.outcome for claim in extract(ASSIGNED + words + ".").claims] == [outcome]
