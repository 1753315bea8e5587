"""Of arms whose sizes are known, how many went on: who completed the trial, and of whom a result is told. Made up."""

from __future__ import annotations

import pytest

from trialstats.sources.text.arms.found import find_groups
from trialstats.sources.text.reading import extract
from trialstats.sources.text.tokens.document import read_tokens

SIZED = "Rowers were randomly assigned to lumarin (n = 95) or solvatan (n = 93). "


def counted(text):
    return [[int(size.digits) for size in arm.sizes] for arm in find_groups(read_tokens(text)).arms]


@pytest.mark.parametrize(
    "text",
    [
        "Completion rates were 92/95 (97%) and 88/93 (95%), respectively.",
        "The study was completed by 92 of 95 on lumarin and 88 of 93 on solvatan.",
        "92/95 adults who took lumarin and 88/93 who took solvatan completed all courses.",
        "Ninety-two of the 95 adults on lumarin and eighty-eight of the 93 on solvatan finished the study.",
        "In the end 92 (97%) of 95 and 88 (95%) of 93 completed treatment.",
        "Survival was analysed in 92 and 88 adults with a mean time of 5.1 years.",
        "Relief was had by 40% and 16% in 92 and 88 evaluable adults.",
        "The mean fall was -27.4 mm Hg for 92 adults who received lumarin and -28 mm Hg for 88 who received solvatan.",
        "The score fell by 2.1 (SD 1.2) for the 92 adults on lumarin, and by 2.3 (SD 1.1) for the 88 on solvatan.",
    ],
)
def test_who_went_on(text):
    assert [sorted(of) for of in counted(SIZED + text)] == [[92, 95], [88, 93]]


@pytest.mark.parametrize(
    "text",
    [
        "A complete response was seen in 92 of 95 adults on lumarin and in 88 of 93 on solvatan.",
        "Of those with gout, 12/95 on lumarin and 8/93 on solvatan completed the study.",
        "Relief was had by 92 and 88 adults.",
        "Falls were analysed in 41 and 38 adults.",
        "Completion rates were 92/99 and 88/97.",
        "Rest was had by 40% and 16% in 92 and 88 adults.",
    ],
)
def test_what_befell_some_is_no_size(text):
    assert counted(SIZED + text) == [[95], [93]]


def test_two_arms_of_one_size_are_not_told_apart():
    text = "Adults were randomly assigned to lumarin (n = 95) or solvatan (n = 95). Completion was 92/95 and 88/95."
    assert counted(text) == [[95], [95]]


def test_a_group_that_serves_as_controls():
    text = "Half of the adults had lumarin (n = 101), whereas all others (n = 85) were followed as controls. "
    assert counted(f"Adults were assigned to lumarin or served as controls. {text}") == [[101], [85]]


def test_what_a_group_forms_is_none_of_its_names():
    text = (
        "Of 83 rowers, 44 formed the intervention group; the control group was formed by 39. The intervention helped."
    )
    assert not any("formed" in name for arm in extract(text).arms for name in (arm.label.lower(),))
    text = "Of 83 adults, 44 formed the intervention group, while 39 formed the control group. The intervention helped."
    assert counted(text) == [[44], [39]]


def test_all_of_a_pooled_result_are_no_arm():
    text = "Patients used lumarin or solvatan. Falls did not differ with lumarin (n = 430, RR 0.9, 95% CI 0.7 to 1.1)."
    assert [430] not in counted(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Adults were randomised to a simple watching strategy including tests or to an intensive strategy. In all, "
            "32 adults were assigned to the simple strategy and 27 adults to the intensive strategy.",
            [[32], [27]],
        ),
        (
            "This trial compared the effect of Tea-GMC (n = 59) with one rowing visit (n = 50) (care as usual).",
            [[59], [50]],
        ),
        (
            "Rash was rarer in those treated with zinc than with oral lumarin, 6% [95% CI: 3-9%]. For this, 35 adults "
            "were assigned to zinc and 37 were assigned to oral lumarin.",
            [[35], [37]],
        ),
        (
            "In the first part, a rash was seen in 25 of the 61 adults (41%) given lumarin and in 18 of the 64 adults "
            "(28%) given solvatan. Lumarin was better than solvatan. Falls were alike on lumarin and solvatan.",
            [[61], [64]],
        ),
    ],
)
def test_names_that_stand_with_sizes(text, expected):
    assert [[int(size.value.digits) for size in arm.of.values()] for arm in extract(text).arms] == expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Rashes were reported in 3 adults who took lumarin at first and in 6 adults later.", "6"),
        ("Over a year, 39 females received a boat and 45 received a bike.", "39"),
    ],
)
def test_some_are_not_all(text, number):
    assert number not in {size.value.digits for size in extract(text).of.values()}


def test_all_of_whom_fewer_received_more():
    whole = extract("Over a year, 60 females received a boat and 45 received a bike too.").of
    assert "60" in {size.value.digits for size in whole.values()}


@pytest.mark.parametrize(
    "text",
    [
        "In all, 35 adults between the ages of 38 and 66 were selected from the lumarin group and 37 from the solvatan "
        "group.",
        "Thirty-five MS patients using lumarin and 37 patients using solvatan underwent tests.",
        "We enrolled 35 adults aged 40 to 69 years on lumarin and 37 on solvatan.",
    ],
)
def test_ages_and_short_words_between_a_size_and_its_arm(text):
    assert counted("Rowers were randomly assigned to lumarin or solvatan. " + text) == [[35], [37]]


def test_clusters_stand_beside_the_patients_of_an_arm():
    text = (
        "Schools were randomised to lumarin or solvatan. Of the six chosen schools, three were randomly allocated to "
    )
    text += (
        "the lumarin group and three to the solvatan group. In all, 35 pupils were in the lumarin group and 37 in the "
    )
    text += "solvatan group. We enrolled 72 pupils."
    arms = find_groups(read_tokens(text)).arms
    assert [{size.population: size.digits for size in arm.sizes}.get("clusters") for arm in arms] == ["3", "3"]


@pytest.mark.parametrize(
    "text",
    [
        "Women between the ages of 38 and 66 were selected from the boat group.",
        "Women aged 40 to 69 were selected.",
        "Men aged between 40 and 69 were enrolled.",
        "We saw women and men from 14 gyms, ages from 40 to 69.",
    ],
)
def test_ages_count_nobody(text):
    paper = extract(text)
    assert not {"40", "69"} & {size.value.digits for size in paper.of.values()}
    assert not [claim for claim in paper.claims if claim.value.digits in ("40", "69")]


def test_sizes_that_were_crossed_in_print_are_those_told_first():
    text = "Falls were seen in 16 (17%) of 93 lumarin adults and in 30 (32%) of 95 solvatan adults. In all, 188 rowed."
    assert counted(SIZED + text) == [[95], [93]]
