"""Sizes that a printed total bears out, whatever the words between, and one that stands alone for no arm. Made up."""

from __future__ import annotations

import pytest

from trialstats.sources.text.arms.found import find_groups
from trialstats.sources.text.tokens.document import read_tokens

BOTH = "Rowers were randomised to lumarin or solvatan. "


def sizes(text):
    return [sorted(int(size.digits) for size in arm.sizes) for arm in find_groups(read_tokens(text)).arms]


def whole(text):
    return {(size.population, int(size.digits)) for size in find_groups(read_tokens(text)).whole}


@pytest.mark.parametrize(
    "text",
    [
        "We enrolled 72 women. By lot 38 drew the lumarin and 34 solvatan.",
        "Seventy-two women were enrolled. Thirty-eight chewed lumarin gum for a week, and 34 solvatan.",
        "Of 72 women enrolled, 38 ended up on lumarin and 34 wound up on solvatan.",
        "We enrolled 72 women. The lumarin arm finished with 38 women, and the one on solvatan with 34.",
        "We enrolled 72 women; 38 were switched over to lumarin while 34 were kept on solvatan.",
        "In all, 72 women were enrolled. Tablets with lumarin went to 38, those with solvatan to 34.",
        "We enrolled 72 women: lumarin 38, solvatan 34.",
        "We enrolled 72 women. Thirty-eight of them chose lumarin. Another 34 chose solvatan.",
        "We enrolled 72 women, of whom the first 38 were offered lumarin and the next 34 solvatan.",
        "We enrolled 72 women. With lumarin went on 38, with solvatan 34.",
    ],
)
def test_parts_that_add_up_to_all(text):
    assert sizes(BOTH + text) == [[38], [34]]


@pytest.mark.parametrize(
    "text",
    [
        "We enrolled 72 women. A rash was seen in 9 on lumarin and 7 on solvatan.",
        "We enrolled 72 women. Blisters were seen in 16 women (9 with lumarin and 7 with solvatan).",
        "We enrolled 72 women. There were 12 falls with lumarin and 60 with solvatan.",
        "We enrolled 72 women (38 men and 34 women) and gave lumarin or solvatan.",
        "We enrolled 72 women. Time to relief was 38 min with lumarin and 34 min with solvatan.",
        "We enrolled 72 women. After 70 on lumarin, 2 went on to solvatan.",
    ],
)
def test_what_adds_up_but_counts_no_arm(text):
    assert sizes(BOTH + text) == [[], []]


def test_one_who_is_said_to_be_a_control():
    text = "We enrolled 72 women, randomised to lumarin or no lumarin: 38 took tablets and 34 served as controls."
    assert sizes(text) == [[38], [34]]


def test_the_rest_of_all():
    text = "We randomised 157 women to lumarin (n = 78) or to a talk and a leaflet by post (usual care, 79)."
    assert sizes(text) == [[78], [79]]


@pytest.mark.parametrize(
    "text",
    [
        "Rowers were randomised to lumarin for six weeks or solvatan, by lot, twice daily (n = 509).",
        "Rowers were randomised to lumarin, 20 mg daily, or solvatan, who had been ill for a year (n = 509).",
    ],
)
def test_a_number_behind_two_arms_is_of_no_one_arm(text):
    assert sizes(text) == [[], []]


def test_events_of_one_arm_are_no_size():
    text = "We enrolled 9297 women. In all 826 women were assigned to solvatan and had a stroke. "
    assert sizes(BOTH + text) == [[], []]


def test_the_group_that_has_its_size_keeps_it():
    assert sizes(BOTH + "In the solvatan group (n = 18) blisters healed.") == [[], [18]]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Sixty women had lumarin or solvatan (n = 30 of each).", [[30], [30]]),
        ("Of 81 women, 41 received adjuvant lumarin and 40 received adjuvant solvatan.", [[41], [40]]),
        (
            "We traced 812 women, 401 belonging to clinics of the lumarin group and 411 belonging to "
            "clinics of the solvatan group.",
            [[401], [411]],
        ),
        ("In total 41 women were examined with lumarin and 44 women were examined with solvatan.", [[41], [44]]),
        ("A total of 16 lumarin (10 men, aged 60) and 15 solvatan (8 men, aged 55) women completed.", [[16], [15]]),
        (
            "The lumarin group consisted of 18 adults (4 women), and the solvatan group had 21 adults (5 women).",
            [[18], [21]],
        ),
    ],
)
def test_sizes_in_other_words(text, told):
    assert sizes(BOTH + text) == told


@pytest.mark.parametrize(
    "text",
    [
        "Thirteen offices with 53 doctors were randomised to lumarin, and 14 offices with 66 doctors to solvatan.",
        "There were 53 doctors in 13 offices.",
    ],
)
def test_people_of_clusters_are_not_all(text):
    assert {count for _, count in whole(BOTH + text)} <= {13, 53} and 66 not in {c for _, c in whole(BOTH + text)}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("221 H. pylori-positive women with blisters were randomised.", {("randomised", 221)}),
        (
            "A nurse invited 250 women to be randomised. Seventy accepted and were randomised.",
            {("randomised", 70)},
        ),
        ("Each sleepy subject (N = 14) received both.", {("treated", 14)}),
        (
            "The study included 51 women; results for the remaining 48 women are presented.",
            {("included", 51), ("analysed", 48)},
        ),
        ("In all, 873 Latinas with blisters were recruited.", {("enrolled", 873)}),
        ("Eight-thousand four-hundred twenty-two women were randomly assigned.", {("randomised", 8422)}),
        ("We selected 843 women with blisters.", {("included", 843)}),
    ],
)
def test_all_in_other_words(text, told):
    assert whole(BOTH + text) == told


@pytest.mark.parametrize(
    "text",
    [
        "Thirty women with no blisters formed the comparison group.",
        "There were three drug classes.",
        "Visits at 1, 3 and 6 months were completed by 148, 131, and 117 women, respectively.",
    ],
)
def test_no_number_of_all(text):
    assert whole(BOTH + text) == set()


def test_a_plan_is_not_all_where_the_arms_are_counted():
    text = "It was planned to include 2000 women. Of these, 170 were assigned to lumarin and 173 to solvatan."
    assert whole(BOTH + text) == set()
    assert whole(BOTH + "It was planned to include 2000 women.") == {("included", 2000)}
