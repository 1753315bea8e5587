"""How many patients each arm has, in several wordings, and numbers beside arms that are no patients. Made up."""

from __future__ import annotations

import pytest

from trialstats.sources.text.arms.found import find_groups
from trialstats.sources.text.reading import extract
from trialstats.sources.text.tokens.document import read_tokens

BOTH = "Rowers were randomised to receive lumarin or solvatan. "


def sizes(text):
    arms = find_groups(read_tokens(text)).arms
    return [[(size.population, int(size.digits)) for size in arm.sizes] for arm in arms]


def counted(text):
    return [[count for _, count in of] for of in sizes(text)]


@pytest.mark.parametrize(
    "words",
    [
        "Sixty-one adults were assigned 5 mg of lumarin daily and 64 were assigned solvatan.",
        "61 received a daily dose of 0.5 mg/kg of lumarin and 64 received a dose of 2 g of solvatan.",
        "Of all, 61 were to switch to lumarin and 64 to continue to receive solvatan.",
        "61 formed the lumarin group, and 64 formed the solvatan group.",
        "61 adults served as the lumarin group and 64 as the solvatan group.",
        "61 adults (mean age, 45 years) were assigned to lumarin and 64 (mean age, 47 years) to solvatan.",
        "The lumarin group (61 adults) had longer rows than the solvatan group (64 adults).",
        "Those given lumarin (61 analysed) or solvatan (64 analysed) rowed well.",
        "Blisters healed in 25 of the 61 adults (41%) in the lumarin group and 18 of the 64 adults (28%) on solvatan.",
        "In the lumarin group (12-month incidence, 25 of 61 [41%]) and the solvatan group (18 of 64 [28%]) some rowed.",
    ],
)
def test_patients_of_each_arm(words):
    assert counted(BOTH + words) == [[61], [64]]


@pytest.mark.parametrize(
    "words",
    [
        "Blisters were seen in the lumarin group (15 adults) and in the solvatan group (9 adults).",
        "Lumarin was as effective as 50 to 70 mg/kg of solvatan.",
        "Those who had tried one or two drugs were assigned to lumarin.",
        "Adults were assigned in a 1 : 1 ratio to lumarin or solvatan.",
        "We wanted trials in which 1) adults had lumarin; 2) adults had solvatan, and 3) rows were timed.",
        "The median pain score was 4 in both groups.",
        "More than a hundred rowed in each of six treatment groups.",
        "Lumarin was given with carboplatin (AUC = 5).",
    ],
)
def test_numbers_beside_arms_that_are_nobody(words):
    assert counted(BOTH + words) == [[], []]


@pytest.mark.parametrize(
    "words",
    [
        "Itching was seen in 11 adults (7 in the lumarin and 4 in the solvatan group).",
        "Three in the lumarin group and two in the solvatan group were enrolled in another study.",
    ],
)
def test_few_beside_many_are_no_arms(words):
    assert counted("We enrolled 142 rowers. " + BOTH + words) == [[], []]


def test_small_arms_of_a_small_trial():
    assert counted("We enrolled 14 adults. " + BOTH + "Eight were assigned to lumarin and six to solvatan.") == [
        [8],
        [6],
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Thirteen clinics were randomised to lumarin and 13 to solvatan.",
        "Of 26 villages, 13 villages were allocated to lumarin and 13 villages to solvatan.",
    ],
)
def test_clusters_of_each_arm(words):
    assert sizes(BOTH + words) == [[("clusters", 13)], [("clusters", 13)]]


def test_clusters_beside_their_patients():
    text = "Clinics were randomised to lumarin (3 sites, n = 144 adults) or solvatan (3 sites, n = 139 adults)."
    assert sizes(text) == [[("randomised", 144), ("clusters", 3)], [("randomised", 139), ("clusters", 3)]]


def test_the_trial_behind_the_last_arm():
    groups = find_groups(
        read_tokens("Rowers were randomised to lumarin or solvatan 40 mg in two large trials (N = 2130).")
    )
    assert [arm.sizes for arm in groups.arms] == [(), ()]
    assert [size.digits for size in groups.whole] == ["2130"]


def test_an_arm_whose_size_stands_with_its_results_only():
    text = (
        "Rowers were assigned to the lumarin group (n = 250) or the solvatan group. Blisters were seen in 147 (59%)"
        " of 250 adults in the lumarin group and 120 (49%) of 246 adults in the solvatan group."
    )
    assert counted(text) == [[250], [246]]
    assert counted(text.replace("of 250 adults", "of 90 adults")) == [[250], []]


def test_those_said_to_be_evaluable_stand_against_other_counts():
    text = BOTH + "In all, 57 rowed and 45 (79%) were evaluable (n = 28 lumarin, n = 17 solvatan)."
    assert [[size.value.whole for size in arm.of.values()] for arm in extract(text).arms] == [[28], [17]]


@pytest.mark.parametrize(
    "text",
    [
        "In the lumarin group (n = 61) 9 patients (14.8%) responded and in the solvatan group (n = 64) 7 did.",
        "In the lumarin group (n = 61), 9 (14.8%) relapsed, and in the solvatan group (n = 64), 7 (10.9%).",
        "In the lumarin group (n = 61) 9 died but in the solvatan group (n = 64) only 7 did.",
    ],
)
def test_the_next_clause_opens_with_the_size_of_its_group(text):
    assert counted(text) == [[61], [64]]


def test_those_of_whom_something_became_are_no_size():
    assert counted(
        BOTH + "Sixteen relapsed and died in the lumarin group (n = 9) and in the solvatan group (n = 7)."
    ) == [
        [],
        [],
    ]


@pytest.mark.parametrize(
    "words", ["40 Danish adults were included in each arm", "40 older adults were put in each group"]
)
def test_those_of_each_arm_with_a_word_for_them(words):
    assert counted(BOTH + f"A total of {words}.") == [[40], [40]]


def test_a_dose_written_in_two_ways():
    text = (
        "Adults were assigned to placebo, lumarin 3.0 mg/kg, or lumarin 4.5 mg/kg. In all, 91 adults were randomised"
        " (placebo: n = 29; 3 mg/kg lumarin: n = 30; 4.5 mg/kg lumarin: n = 32)."
    )
    assert counted(text) == [[29], [30], [32]]


@pytest.mark.parametrize("times", ["3 sessions per week", "24 sessions each", "45 minutes twice weekly"])
def test_all_who_were_assigned_to_what_is_given_so_often(times):
    text = f"Sixty adults were randomised to rowing therapy (RT), {times}, or a control group (CG)."
    groups = find_groups(read_tokens(text))
    assert [arm.sizes for arm in groups.arms] == [(), ()]
    assert [size.digits for size in groups.whole] == ["60"]


@pytest.mark.parametrize(
    "words",
    [
        "Twins were born to 12 per 61 women in the lumarin group and to 14 per 64 women in the solvatan group.",
        "There were 30 falls in 5 years: 16 (27%) in the lumarin group and 14 (19%) in the solvatan group.",
        "There were 41 and 38 admissions in the lumarin and solvatan groups, respectively.",
        "A total of 41 and 38 adults, respectively, had a minor fall.",
        "More moved house [lumarin n = 14 (28.0%), solvatan n = 17 (34.0%)].",
        "By May, 35 adults had had an event (18 in the lumarin group and 17 in the solvatan group).",
        "Lumarin (RR 1.20, 95% CI 0.90 to 1.60; n = 61) was like solvatan (RR 1.10, 95% CI 0.80 to 1.51; n = 64).",
        "Lumarin (4 studies, 61 adults) and solvatan (5 studies, 64 adults) were studied.",
        "The lumarin group (61 adults) was said to be like the solvatan group: lumarin (5, 15, or 45 mg) is old.",
        "The lumarin group had 18 rowers (4 women, 14 men), and the solvatan group 21 rowers (4 women, 17 men).",
    ],
)
def test_what_is_counted_beside_arms_is_no_size(words):
    assert not {5, 14, 16, 17, 18, 38, 41, 64} & {count for of in counted(BOTH + words) for count in of}


def test_few_beside_all_are_no_size():
    text = "We randomised 4100 adults to lumarin or solvatan. Fewer fell on lumarin (n = 31) than solvatan (n = 44)."
    assert counted(text) == [[], []]


def test_a_number_behind_the_last_arm_is_that_of_all():
    text = (
        "Rowers were randomised to receive lumarin or solvatan once daily (n = 124)."
        " In all, 61 had lumarin and 63 solvatan."
    )
    groups = find_groups(read_tokens(text))
    assert [[size.digits for size in arm.sizes] for arm in groups.arms] == [["61"], ["63"]]
    assert [(size.digits, size.population) for size in groups.whole] == [("124", "randomised")]


def test_who_of_each_arm_completed_the_study():
    words = "Forty-one adults (82%) in the lumarin group and 39 (80%) in the solvatan group completed the study."
    assert sizes(BOTH + words) == [[("completed", 41)], [("completed", 39)]]
    words = "Forty-one adults (82%) in the lumarin group and 39 (80%) in the solvatan group slept well."
    assert sizes(BOTH + words) == [[], []]


def test_radionuclides_count_nobody():
    text = "Rowers had (90)Y-lumarin or solvatan. We allocated 31 adults to (90)Y-lumarin and 29 to solvatan."
    assert {count for of in counted(text) for count in of} <= {31, 29}


@pytest.mark.parametrize("who", ["cases", "old cases"])
def test_cases_and_controls_side_by_side(who):
    text = f"Gout was compared between cases and controls. We enrolled 71 {who} and 69 hospital controls."
    assert sorted(count for of in counted(text) for count in of) == [69, 71]


def test_those_of_one_of_two_kinds_are_no_size_of_controls():
    text = "Gout was compared between cases and controls. We enrolled 71 cases, and 69 teas were drunk by controls."
    assert 69 not in {count for of in counted(text) for count in of}


def test_those_who_were_assigned_of_those_enrolled():
    words = "Of 130 rowers who were enrolled, 61 were assigned to lumarin and 64 to solvatan."
    assert sizes(BOTH + words) == [[("randomised", 61)], [("randomised", 64)]]
    words = "Of 130 rowers who were enrolled, 61 were on lumarin and 64 on solvatan."
    assert sizes(BOTH + words) == [[("enrolled", 61)], [("enrolled", 64)]]


def test_a_mean_in_a_bracket_counts_nobody():
    words = "Breath was like with lumarin (LSM = 412 mL; n = 61) and solvatan (LSM = 418 mL; n = 64)."
    assert not {412, 418} & {count for of in counted(BOTH + words) for count in of}
