"""The people of whom a mean, a count or a list is told: its n, and no size, total or result of their own. Made up."""

from __future__ import annotations

import pytest

import trialstats as ts
from trialstats.sources.text.reading import extract

BOTH = "Rowers were randomised to receive lumarin or solvatan. "


def values(text):
    return [(one.measure, one.value.text, one.n and one.n.whole) for one in extract(text).claims if hasattr(one, "n")]


def counts(text):
    return [(one.x.whole, one.n and one.n.whole) for one in extract(text).claims if hasattr(one, "n") and one.x]


def sizes(text):
    paper = extract(text)
    return [sorted(size.value.whole for size in arm.of.values()) for arm in paper.arms]


# --------------------------------------------------------------------------------------------------
# Means
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    [
        "Mean (SD) speed was 31.2 (8.4) for 52 completers of the course and 36.9 (8.1) for 47 controls, p = .41.",
        "Mean speed was 31.2 ± 8.4 km/h in the 52 sitters and 36.9 ± 8.1 km/h in the 47 women who took lumarin.",
        "Mean speed was 31.2 +- 8.4 mm Hg in the 52 sitters and 36.9 + or - 8.1 mm Hg in the 47 rowers (P = .41).",
        "Speed grew by 31.2 knots (SD 8.4) in the 52 women sleeping late and by 36.9 knots (SD 8.1) in the 47 rising.",
        "Among the 52 women in the early group, speed was 31.2 ± 8.4, and among the 47 in the late group, 36.9 ± 8.1.",
        "The 52 women who rowed had a mean score of 31.2 ± 8.4 and the 47 controls a score of 36.9 ± 8.1.",
    ],
)  # fmt: skip
def test_the_people_beside_a_mean_are_its_n(text):
    found = [one for one in values(text) if one[0] == "mean"]
    assert found == [("mean", "31.2", 52), ("mean", "36.9", 47)]
    assert not {52, 47} & {size.value.whole for size in extract(text).of.values()}


@pytest.mark.parametrize(
    "text",
    [
        "Mean speed was 31.2 ± 8.4 in 52 weeks and 36.9 ± 8.1 in 47 weeks.",
        "Speed grew by 31.2 knots (SD 8.4) in 12 sessions and by 36.9 knots (SD 8.1) in 24 sessions.",
        "At 12 months the mean speed was 31.2 ± 8.4, and at 24 months 36.9 ± 8.1.",
    ],
)
def test_times_and_courses_are_nobody(text):
    assert [n for measure, _, n in values(text) if measure == "mean"] == [None, None]


def test_a_p_value_against_means_with_their_people():
    text = "The 52 women who rowed had a mean age of 31.2 ± 8.4 and the 47 controls an age of 46.9 ± 8.1 (P = {})."
    asked = [
        [one.verdict.is_question for one in ts.check(text.format(p)).findings if one.check == "means-p"]
        for p in (".91", ".001")
    ]
    assert asked == [[True], [False]]


def test_the_size_behind_a_mean_and_before_its_arm():
    text = f"{BOTH}Mean speed was 31.2 ± 8.4 (n = 52) with lumarin and 36.9 ± 8.1 (n = 47) with solvatan."
    assert sizes(text) == [[52], [47]]


# --------------------------------------------------------------------------------------------------
# Counts and totals in turn
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    [
        "A blister was found in 33 (65%) and 21 (47%) of the 51 and 45 rowers, respectively, who had no gloves.",
        "A blister was found in 65% (33) and 47% (21) of 51 and 45 rowers.",
        "A blister was found in 33 and 21 of the 51 and 45 patients (65% and 47%), respectively.",
        "A blister was found in 33 and 21 of the 51 and 45 patients given lumarin and solvatan.",
        "Of the 51 and 45 rowers who took off their gloves, 33 (65%) and 21 (47%), respectively, had a blister.",
    ],
)
def test_totals_in_the_order_of_their_counts(text):
    assert counts(text) == [(33, 51), (21, 45)]
    assert not {51, 45} & {size.value.whole for size in extract(text).of.values()}


def test_three_totals_in_turn():
    text = "Blisters grew in 33 (65%), 21 (47%) and 30 (60%) of the 51, 45 and 50 patients, respectively."
    assert counts(text) == [(33, 51), (21, 45), (30, 50)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A blister was found in 33 (65%) of 51 and 21 (47%) of 45 rowers.", [(33, 51), (21, 45)]),
        ("A blister was seen by day 14 in 33 of 51 patients.", [(33, 51)]),
        ("A blister was found in 33 (65%) and 21 of 45 and 47 patients.", [(33, None), (21, 45)]),
    ],
)
def test_other_counts_are_not_in_turn(text, found):
    assert counts(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "A blister was found in 33 of 51 patients with lumarin and 21 of 45 with solvatan.",
        "A blister was found in 33 (65%) of 51 patients on lumarin and in 21 (47%) of 45 patients on solvatan.",
        "Speed was 3.1 ± 0.4 in 51 patients on lumarin and 3.3 ± 0.5 in 45 patients on solvatan.",
    ],
)
def test_totals_of_two_groups_are_none_of_the_whole(text):
    assert extract(text).of == {}


def test_a_total_of_one_group_may_be_of_all():
    assert [size.value.whole for size in extract("A blister was found in 33 of 51 patients.").of.values()] == [51]


# --------------------------------------------------------------------------------------------------
# People of whom something is told
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "words",
    [
        "A total of 33 rowers treated with lumarin had a blister, as did 21 given solvatan.",
        "Thirty-three rowers receiving lumarin withdrew, compared with 21 receiving solvatan.",
        "A blister occurred in 33 rowers assigned to lumarin and in 21 rowers assigned to solvatan.",
        "In all, 33 rowers on lumarin and 21 on solvatan died.",
        "A blister was reported by 33 rowers in the lumarin group and 21 in the solvatan group.",
    ],
)
def test_people_counted_for_what_became_of_them(words):
    text = f"We randomly assigned patients to lumarin or solvatan. {words}".replace("rowers", "patients")
    assert sizes(text) == [[], []]
    assert extract(text).of == {}
    assert [(one.value.whole, one.arms) for one in extract(text).claims] == [(33, ("lumarin",)), (21, ("solvatan",))]


@pytest.mark.parametrize(
    "words",
    [
        "In all, 33 patients were treated with lumarin and 31 with solvatan.",
        "The 33 patients treated with lumarin and the 31 treated with solvatan had a blister each.",
        "Data were available for 33 patients treated with lumarin and 31 treated with solvatan.",
    ],
)
def test_people_who_are_all_of_an_arm(words):
    assert sizes(f"Patients were randomised to lumarin or solvatan. {words}") == [[33], [31]]


# --------------------------------------------------------------------------------------------------
# Lists of arms with their people
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    [
        "612 rowers underwent randomization: 203 were assigned to 20 mg of lumarin, 208 to 40 mg, and 201 to placebo.",
        "A total of 612 women underwent randomization; 203 received lumarin at a dose of 20 mg, 208 at a dose of 40 mg"
        ", and 201 received placebo.",
        "Of 612 rowers, 203 received lumarin 20 mg, 208 lumarin 40 mg, and 201 placebo.",
        "We randomised 612 rowers: 203 received lumarin, 208 solvatan, and 201 placebo.",
        "Of 612 rowers, 203 were given lumarin, 208 solvatan, and 201 placebo.",
    ],
)
def test_a_list_that_leaves_out_verb_or_drug(text):
    assert sizes(text) == [[203], [208], [201]]


@pytest.mark.parametrize("both", ["both vitamins", "both", "both supplements"])
def test_both_and_neither(both):
    text = f"We enrolled 812 rowers: 203 received vitamin A, 199 zinc, 206 {both}, and 204 neither."
    assert [arm.label for arm in extract(text).arms] == ["vitamin A", "zinc", both, "neither"]
    assert sizes(text) == [[203], [199], [206], [204]]


@pytest.mark.parametrize(
    "text",
    [
        "We randomised 612 rowers: 203 received lumarin, 208 boys and 201 girls.",
        "We followed 612 rowers: 203 received lumarin, 40 left the club, and 12 won.",
        "Of 612 rowers, 20 received lumarin, 31 oranges and 12 tea.",
    ],
)
def test_lists_that_are_none_of_arms(text):
    assert sizes(text) == []


def test_three_arms_that_do_not_make_the_total():
    text = (
        "621 adults underwent randomization: 203 were assigned to 20 mg of lumarin, 208 to 40 mg, and 201 to placebo."
    )
    asked = [one.verdict.value for one in ts.check(text).findings if one.check == "totals" and one.verdict.is_question]
    assert asked == ["inconsistent"]
