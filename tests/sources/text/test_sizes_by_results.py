"""Sizes of arms and of all that stand with results, in sets, or behind more of them. The sentences are made up."""

from __future__ import annotations

import pytest

from trialstats.sources.text.reading import extract

ASSIGNED = "Rowers were randomly assigned to lumarin or solvatan. "


def sizes(text):
    """Return the sizes of the arms of a text, and those of all."""
    paper = extract(text)
    arms = [[size.value.digits for size in arm.of.values()] for arm in paper.arms]
    return arms, {name: size.value.digits for name, size in paper.of.items()}


@pytest.mark.parametrize(
    "text",
    [
        "Relief was seen in 12 of 71 rowers given lumarin and in 9 of 73 given solvatan.",
        "Relief was seen in 12/71 (17%) on lumarin and 9/73 (12%) on solvatan.",
        "Relief was seen with lumarin (12/71) and with solvatan (9/73).",
        "Relief was seen in the lumarin group (17%, 12/71) and the solvatan group (12%, 9/73).",
        "Relief was seen in 12 (17%) of 71 rowers given lumarin and in 9 (12%) of 73 given solvatan.",
        "Fatigue (12 [17%]) of the 71 rowers given lumarin, and fatigue (9 [12%]) of the 73 given solvatan, was seen.",
    ],
)
def test_arms_without_a_size_have_that_of_their_results(text):
    assert sizes(ASSIGNED + text)[0] == [["71"], ["73"]]


@pytest.mark.parametrize(
    "text",
    [
        "Relief was seen in 12 of 71 rowers given lumarin.",
        "Relief was seen in 12 of 71 rowers given lumarin. Nausea was seen in 9 of 73 given solvatan.",
        "Relief was seen in 2/4 (50%) on lumarin and 1/3 (33%) on solvatan.",
        "Relief was seen in 12/712 (1.7%) on lumarin and 9/73 (12%) on solvatan.",
        "Relief was seen in 12/71 on lumarin and 9/73 on solvatan. Rash was seen in 30 (20%) on lumarin.",
    ],
)
def test_results_of_one_arm_or_of_parts_give_no_size(text):
    assert sizes(ASSIGNED + text)[0] == [[], []]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("In all, 68 (62%) of 109 patients with backache were recruited.", {"enrolled": "68"}),
        ("The trial closed after 58 of the planned 80 women were enrolled.", {"enrolled": "58"}),
        ("Over a year, 31 of 322 eligible women agreed to take part.", {"enrolled": "31"}),
        ("Then 191 of the 350 targeted adults were randomly assigned.", {"randomised": "191"}),
    ],
)
def test_of_more_of_them_those_are_all_who_took_part(text, whole):
    assert whole.items() <= sizes(text)[1].items()
    assert not {"92", "350"} & set(sizes(text)[1].values())


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("We assigned 145 adults, and 141 in the modified intention-to-treat population were infused.",
         {"randomised": "145", "analysed": "141"}),
        ("We enrolled 145 adults; 141 were included in the safety analysis.", {"enrolled": "145", "treated": "141"}),
        ("Lumarin or solvatan was given to 145 adults in one town.", {"included": "145"}),
        ("The study tracked 145 adolescents over a year.", {"included": "145"}),
        ("An experiment with 72 intensive care professionals was done.", {"included": "72"}),
        ("Twenty-seven elderly (age 71.3 years) survivors of stroke were randomised.", {"randomised": "27"}),
        ("We randomized 145 adults and treated 141 (70 lumarin, 71 solvatan).", {"treated": "141"}),
    ],
)  # fmt: skip
def test_all_patients_in_further_wordings(text, whole):
    assert whole.items() <= sizes(text)[1].items()


def test_who_stays_on_randomised_therapy_was_not_randomised_there():
    text = "The trial goes on, with 55 patients on randomised therapy. Of 457 patients screened, 402 were randomised."
    assert sizes(text)[1]["randomised"] == "402"


@pytest.mark.parametrize(
    ("text", "arms"),
    [
        (ASSIGNED + "Of all, 402 were randomly allocated-195 (49%) to lumarin and 207 (51%) to solvatan.",
         [["195"], ["207"]]),
        (ASSIGNED + "In the lumarin group 42 patients were eligible and in the solvatan group 38 patients.",
         [["42"], ["38"]]),
        ("Patients were assigned to lumarin (n = 254) or solvatan (n = 132). Of the 225 patients who got lumarin and"
         " slept, few had a rash.", [["254"], ["132"]]),
        ("Patients were assigned to lumarin (n = 254) or solvatan (n = 132). Of the 225 patients who received lumarin,"
         " few had a rash.", [["225", "254"], ["132"]]),
        (ASSIGNED + "The analysis was of 92 and 88 patients who filled in the whole diary in the lumarin and solvatan"
         " groups, respectively.", [["92"], ["88"]]),
    ],
)  # fmt: skip
def test_sizes_of_arms_in_further_wordings(text, arms):
    assert [sorted(arm) for arm in sizes(text)[0]] == arms


def test_two_trials_in_order_are_no_arms():
    text = ASSIGNED + "In all 1561 and 1617 adults were randomised in the two trials, respectively."
    assert sizes(text)[0] == [[], []]


KNOWN = "Rowers were randomly assigned to lumarin (n = 60) or solvatan (n = 62). "


@pytest.mark.parametrize(
    "text",
    [
        "Per protocol, relief was had by 20/41 (49%) with lumarin and 11/44 (25%) with solvatan.",
        "In the per-protocol analysis 20 of 41 rowers (49%) on lumarin and 11 of 44 (25%) on solvatan had relief.",
        "Among completers, relief was had by 20/41 (49%) with lumarin and 11/44 (25%) with solvatan.",
    ],
)
def test_who_kept_to_the_protocol(text):
    assert [set(of) for of in sizes(KNOWN + text)[0]] == [{"60", "41"}, {"62", "44"}]


@pytest.mark.parametrize(
    "text",
    [
        "Among smokers, relief was had by 20/41 (49%) with lumarin and 11/44 (25%) with solvatan.",
        "Per protocol, relief was had by 6/18 (33%) with lumarin and 4/21 (19%) with solvatan.",
        "Per protocol, relief was had by 20/81 (25%) with lumarin and 11/84 (13%) with solvatan.",
    ],
)
def test_other_parts_are_no_sizes(text):
    assert sizes(KNOWN + text)[0] == [["60"], ["62"]]
