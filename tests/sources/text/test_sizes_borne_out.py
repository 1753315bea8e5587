"""Sizes that other numbers bear out: what was read of results, sums of arms, parts of all who went on. Made up."""

from __future__ import annotations

import pytest

from trialstats.sources.text.reading import extract

ASSIGNED = "In all, 162 adults were randomly assigned to lumarin (n = 82) or solvatan (n = 80). "
NO_SIZES = "In all, 150 adults were randomly assigned to lumarin or solvatan. "


def arms(text):
    return [{size.value.digits for size in arm.of.values()} for arm in extract(text).arms]


def whole(text):
    return {name: size.value.digits for name, size in extract(text).of.items()}


@pytest.mark.parametrize(
    "words",
    [
        "Blisters were as frequent (17 [21%] of 81 adults assigned to lumarin and 9 [12%] of 78 assigned to solvatan).",
        "Blisters were seen in 17 (21%) of 81 adults assigned to lumarin and in 9 (12%) of 78 assigned to solvatan.",
        "With lumarin 17 of 81 (21%) and with solvatan nine of 78 (12%) had blisters.",
        "Blisters were seen in 17 of 81 (21%) and 9 of 78 (12%) adults on lumarin and solvatan, respectively.",
    ],
)
def test_the_totals_of_results_are_further_sizes(words):
    assert arms(ASSIGNED + words) == [{"82", "81"}, {"80", "78"}]


def test_one_arm_may_have_lost_nobody():
    words = "In the lumarin group, 40 (49%) of 81 treated adults had none, compared with two (3%) of 80 on solvatan."
    assert arms(ASSIGNED + words) == [{"82", "81"}, {"80"}]


@pytest.mark.parametrize(
    "words",
    [
        "Of those over forty, 17 of 51 (33%) on lumarin and nine of 48 (19%) on solvatan had blisters.",
        "Blisters were seen in 17 of 81 (21%) adults in the lumarin group.",
    ],
)
def test_the_totals_of_a_part_are_not(words):
    assert arms(ASSIGNED + words) == [{"82"}, {"80"}]


@pytest.mark.parametrize(
    ("words", "sizes"),
    [
        ("Blisters were seen in 7.8% (6/77) and 12.7% (9/71) with lumarin and solvatan, respectively.", ["77", "71"]),
        ("Six of 77 on lumarin and nine of 71 on solvatan had blisters.", ["77", "71"]),
    ],
)
def test_results_give_the_sizes_that_nothing_else_gives(words, sizes):
    assert arms(NO_SIZES + words) == [{one} for one in sizes]


def test_but_not_where_they_are_few_of_all():
    words = "Blisters were seen in 22% (6/27) and 43% (9/21) with lumarin and solvatan, respectively."
    assert arms(NO_SIZES + words) == [set(), set()]


@pytest.mark.parametrize(
    "words",
    [
        "We traced 143 participants (72 in the lumarin group and 71 in the solvatan group) in spring.",
        "Later, 143 of these participants (72 in the lumarin group and 71 in the solvatan group) got a boat.",
        "A further 143 met the criteria and were randomised to lumarin (n = 72) or solvatan (n = 71).",
        "Pulse was taken at the end in 143 completers (72 in the lumarin group and 71 in the solvatan group).",
    ],
)
def test_what_the_arms_of_a_sentence_add_up_to_is_all(words):
    assert "143" in whole("Adults were randomised to lumarin or solvatan. " + words).values()


@pytest.mark.parametrize(
    "words",
    ["There were 143 blisters (72 with lumarin and 71 with solvatan).", "Of 143 boats, 72 had oars and 71 sails."],
)
def test_what_is_no_people_is_not(words):
    assert "143" not in whole("Adults were randomised to lumarin or solvatan. " + words).values()


@pytest.mark.parametrize(
    "words",
    [
        "Of the randomised adults, 61 of 70 (87%) completed the trial.",
        "In all, 61/70 (87%) completed the intervention.",
        "Then 61 of the 70 adults (87%) completed all visits.",
    ],
)
def test_those_who_completed_of_all(words):
    assert whole("We randomised 70 adults to lumarin or solvatan. " + words)["completed"] == "61"


@pytest.mark.parametrize(
    "words",
    ["Of the others, 61 of 90 (68%) completed the trial.", "Then 11 of 70 (16%) completed all visits early."],
)
def test_a_part_of_others_or_a_small_one_did_not(words):
    assert "completed" not in whole("We randomised 70 adults to lumarin or solvatan. " + words)


@pytest.mark.parametrize("noun", ["pharmacies", "nursing homes", "schools"])
def test_arms_of_clusters(noun):
    text = f"Thirty-one {noun} were randomised to lumarin (n = 16) or solvatan (n = 15). We saw 900 adults there."
    paper = extract(text)
    assert [dict(arm.of).keys() for arm in paper.arms] == [{"clusters"}, {"clusters"}]
    assert whole(text)["clusters"] == "31"


def test_second_numbers_of_every_arm_have_a_second_name():
    text = (
        "Rowers were assigned to lumarin (n = 82) or solvatan (n = 80). Blisters came to 8 (10%) of 81 assigned to"
        " lumarin and 9 (12%) of 78 assigned to solvatan."
    )
    assert [sorted(arm.of) for arm in extract(text).arms] == [["analysed", "randomised"]] * 2


def test_the_arms_of_a_dose_with_dots():
    text = "Lumarin was tried. We randomised 41 adults to lumarin 160 mg q.d. (n = 20) or solvatan b.i.d. (n = 21)."
    assert arms(text) == [{"20"}, {"21"}]


def test_a_single_infusion():
    text = (
        "Adults were randomised to lumarin or solvatan. 61 adults were assigned to receive a single infusion of lumarin"
        " and 64 were assigned to receive solvatan."
    )
    assert [sorted(of) for of in arms(text)] == [["61"], ["64"]]
