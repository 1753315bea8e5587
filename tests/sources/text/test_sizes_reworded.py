"""How many patients an arm and the trial had, in other words: each rule meets several ways of saying it. Made up."""

from __future__ import annotations

import pytest

from trialstats.sources.text.reading import extract

BOTH = "Patients were randomised to receive lumarin or solvatan. "
HELPED = " Relief was 20% with lumarin and 30% with solvatan."


def sizes(text):
    return [{size.value.whole for size in arm.of.values()} for arm in extract(text).arms]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("14 000 women were randomized and 13 722 included in a modified analysis.", 13722),
        ("14 000 women were randomized and 13 722 were part of the modified analysis.", 13722),
        ("14 000 women were randomized and 13 722 entered the modified analysis.", 13722),
        ("14 000 women were randomized, of whom 13 722 contributed to the analysis.", 13722),
        ("14 000 women were randomized, and data of 13 722 were analysed.", 13722),
        ("Nine patients were excluded, thus 79 patients remained for evaluation.", 79),
        ("Eight left, and 112 adults remained in the analysis.", 112),
        ("Eight left, leaving 112 adults for analysis.", 112),
        ("Eight left, and 112 adults stayed in the analysis.", 112),
        ("Eight left, and 112 adults were left for the analysis.", 112),
        ("Eight left, so that 112 adults could be analysed.", 112),
        ("Data were available for 112 adults.", 112),
        ("Of the initial 120 cases, 8 were disqualified and the remaining 112 were used for evaluation.", 112),
        ("Eight left, and the remaining 112 adults were analysed.", 112),
        ("In all, 112 of the 131 women were evaluable.", 112),
        ("This study of 342 adolescent and adult patients compared lumarin with solvatan.", 342),
        ("There were 18 lean, mildly tired humans included in the study.", 18),
        ("Of the 118 intent-to-treat infants, 91 (77%) attended the visit.", 118),
        ("Adults with gout in the week before enrollment (N = 135) entered 4 weeks of rowing.", 135),
        ("Of 54 women with gout, 18 had cramps and 36 women with no cramps were randomized.", 36),
        ("This was a trial including 276 primigravidae.", 276),
        ("In all, 112 adults had data available.", 112),
        ("In all, 112 adults provided data.", 112),
        ("In all, 112 adults gave data for the analysis.", 112),
        ("In all, 112 adults contributed data.", 112),
        ("In all, 112 adults returned the forms.", 112),
        ("This trial was conducted on 62 rural women from the north.", 62),
        ("This trial was done with 62 rural women from the north.", 62),
        ("The study took place in 62 rural women from the north.", 62),
        ("The index was assessable in 877 patients (91%).", 877),
        ("Of 349 randomised, 348 received study drug.", 348),
        ("Of 349 randomised, 348 took at least one dose.", 348),
        ("Of 349 randomised adults, 348 were treated.", 348),
        ("The approval was based on a trial enrolling 163 patients with pain.", 163),
        ("The approval rested on a trial that enrolled 163 patients with pain.", 163),
        ("The approval rested on a trial with 163 patients with pain.", 163),
        ("Patients were randomised (n = 163).", 163),
        ("All randomised patients (n = 163) were analysed.", 163),
        ("The intention-to-treat population comprised 163 patients.", 163),
        ("The analysis set included 163 patients.", 163),
        ("The sample consisted of 163 adults.", 163),
        ("The cohort totalled 163 adults.", 163),
    ],
)
def test_the_number_of_all(text, count):
    assert count in {size.value.whole for size in extract(f"{text} {BOTH}{HELPED}").of.values()}


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("Thirty patients started with lumarin and 31 with solvatan.", 30, 31),
        ("Thirty patients began lumarin and 31 began solvatan.", 30, 31),
        ("Thirty patients took lumarin and 31 took solvatan.", 30, 31),
        ("In all, 56 patients received lumarin and 58 solvatan.", 56, 58),
        ("In all, 56 patients got lumarin and 58 solvatan.", 56, 58),
        ("In all, 56 patients were treated with lumarin and 58 with solvatan.", 56, 58),
        ("Lumarin was given to 56 patients and solvatan to 58.", 56, 58),
        ("Lumarin was administered to 56 patients and solvatan to 58 patients.", 56, 58),
        ("Lumarin was received by 56 patients and solvatan by 58 patients.", 56, 58),
        ("Lumarin was used in 56 patients and 58 had solvatan.", 56, 58),
        ("Lumarin was tried in 56 patients and solvatan in 58 patients.", 56, 58),
        ("The lumarin group had 56 patients and the solvatan group had 58.", 56, 58),
        ("The lumarin group numbered 56 patients and the solvatan group 58 patients.", 56, 58),
        ("There were 56 patients in the lumarin group and 58 in the solvatan group.", 56, 58),
        ("The 76 in the lumarin group had more pain than the 74 in the solvatan group.", 76, 74),
        ("The 76 given lumarin had more pain than the 74 given solvatan.", 76, 74),
        ("Both groups had 40 patients.", 40, 40),
        ("Each group had 40 patients.", 40, 40),
        ("Each arm comprised 40 patients.", 40, 40),
        ("There were 40 patients in each group.", 40, 40),
        ("There were 40 patients per arm.", 40, 40),
        ("Forty patients were assigned to each group.", 40, 40),
        ("Forty patients were put into each of the two groups.", 40, 40),
        ("The two groups were of 40 patients each.", 40, 40),
        ("Groups of 40 patients each were formed.", 40, 40),
        ("Of 97 patients, 76 were enrolled and treated (39 and 37 patients in each respective group).", 39, 37),
        ("Then 84 patients were enrolled: lumarin 44, and solvatan 40.", 44, 40),
        ("Then 84 patients were enrolled: 44 lumarin and 40 solvatan.", 44, 40),
        ("Then 84 patients were enrolled (lumarin: 44; solvatan: 40).", 44, 40),
        ("In patients with data available (n=46 for lumarin; n=41 for solvatan) pain fell.", 46, 41),
        ("In patients with data available (n=46 with lumarin and n=41 with solvatan) pain fell.", 46, 41),
        ("In patients with data available (lumarin n=46, solvatan n=41) pain fell.", 46, 41),
        ("Records were found for 652 patients: 360 (55.2%) given lumarin and 292 (44.8%) given solvatan.", 360, 292),
        ("Records were found for 652 patients: 360 on lumarin (55.2%) and 292 on solvatan (44.8%).", 360, 292),
        ("Seventy-four patients received 433 cycles of lumarin; 78 patients received 409 cycles of solvatan.", 74, 78),
        ("74 patients had 433 infusions of lumarin; 78 patients had 409 infusions of solvatan.", 74, 78),
        ("74 patients with 78 lesions received lumarin; 90 patients with 93 lesions received solvatan.", 74, 90),
        ("74 patients with 78 warts received lumarin; 90 patients with 93 warts received solvatan.", 74, 90),
        (
            (
                "Twenty-five patients in the lumarin group received advice too. Twenty-four patients in the solvatan "
                "group received none."
            ),
            25,
            24,
        ),
    ],
)
def test_the_sizes_of_two_arms(text, first, second):
    assert sizes(BOTH + text + HELPED) == [{first}, {second}]


@pytest.mark.parametrize(
    "text",
    [
        "There were 16 patients in the lumarin group and 18 in the solvatan group with rash.",
        "There were 16 patients in the lumarin group and 18 in the solvatan group who died.",
        "Each group had 4 deaths.",
        "Both groups had 4 patients with falls.",
        "The groups lost 3 patients each.",
        "In both groups, 3 patients each died.",
        "Lumarin was stopped in 6 patients and solvatan in 8 patients.",
        "The lumarin group had 6 patients with rash and the solvatan group 8.",
        "The lumarin group had 6 patients, and the solvatan group 8, with rash.",
        (
            "Of 97 patients, 31 (34%) with 58 events in the lumarin group and 14 (31%) with 27 events in the solvatan "
            "group fell."
        ),
    ],
)
def test_those_something_happened_to_are_no_size(text):
    assert sizes(BOTH + text + HELPED) == [set(), set()]


@pytest.mark.parametrize(
    "words",
    [
        "to take lumarin for 14 or 7 months",
        "to lumarin for 14 or 7 months",
        "to receive 14 versus 7 months of lumarin",
        "to either 14 or 7 months of lumarin",
        "to a 14-month or a 7-month course of lumarin",
        "to get lumarin for either 14 or 7 months",
        "to use lumarin over 14 or 7 months",
        "to continue lumarin for 14 or 7 months",
    ],
)
def test_arms_that_differ_by_how_long(words):
    text = f"Adults were randomized {words}. Relief was 20% and 30% in the 14- and 7-month groups, respectively."
    first, second = extract(text).arms
    assert "14 months" in first.label and "7 months" in second.label
    assert [claim.arms for claim in extract(text).claims] == [(first.id,), (second.id,)]


@pytest.mark.parametrize(
    "text",
    [
        "The number needed to treat was 8.",
        "The number needed to treat to cure one of pain was 8.",
        "The number of women needed to treat was 8.",
        "The number needed to treat for one more cure was 8.",
        "The number needed to treat in order to avoid a relapse came to 8.",
        "The number needed to be treated was 8.",
        "The number of adults who need to be treated to prevent one relapse was 8.",
        "The number needed to operate was 8.",
        "Eight adults had pain; 8 adults would need to be treated to prevent one fall.",
        "We would have to treat 8 adults to prevent one fall.",
        "Treating 8 adults would prevent one fall.",
        "To prevent one fall, 8 adults would need to be treated.",
        "The NNT was 8.",
        "The NNT to prevent one fall was 8.",
        "An NNT of 8 was found.",
    ],
)
def test_the_number_needed_to_treat(text):
    (claim,) = [one for one in extract(text).claims if getattr(one, "unit", None) == "needed to treat"]
    assert claim.value.digits == "8"


@pytest.mark.parametrize(
    "text",
    [
        "Flu was seen in 19 of 12 310 lumarin recipients and in 41 of 12 298 solvatan recipients.",
        "There were 19 cases of flu among 12,310 lumarin recipients and 41 cases among 12,298 solvatan recipients.",
        "There were 19 cases in 12,310 lumarin recipients, versus 41 in 12,298 solvatan recipients.",
        "Sprains came in 19/12310 rowers on lumarin and 41/12298 rowers on solvatan.",
    ],
)
def test_of_whom_a_part_is_told_of_each_arm_is_not_all(text):
    assert not {size.value.whole for size in extract(BOTH + text).of.values()} & {12310, 12298}


def test_one_number_of_whom_a_part_is_told_may_be_all():
    paper = extract(BOTH + "In all, 171 of 187 randomised patients came back, but only 52 of 85 had relief.")
    assert 187 in {size.value.whole for size in paper.of.values()}


@pytest.mark.parametrize(
    "words",
    [
        "Eighty-eight per cent of patients received lumarin.",
        "In all, 88 per cent of patients received lumarin.",
        "Eleven cases were disqualified from the evaluation.",
        "Eleven patients in the lumarin group were excluded from the analysis.",
        "Sixty patients were treated (slow rowers, 49 patients; fast ones, 11 patients).",
    ],
)
def test_shares_and_those_left_out_are_no_numbers_of_all(words):
    assert not {size.value.whole for size in extract(f"{BOTH}{words}{HELPED}").of.values()} & {88, 11}


@pytest.mark.parametrize(
    "words",
    [
        "In each arm 26 people were available for assessment.",
        "Equal numbers (n = 26) were allocated to lumarin and solvatan.",
    ],
)
def test_the_size_of_each_arm_may_stand_behind_the_words_for_it(words):
    assert sizes(f"{BOTH}{words}{HELPED}") == [{26}, {26}]


def test_the_number_beside_a_value_is_of_the_arm_of_the_value():
    text = "Median zinc was 0.84 (IQR 0.61-1.02, n=58) with lumarin versus 0.66 (0.43-0.97, n=54) with solvatan."
    assert sizes(f"{BOTH}{text}") == [{58}, {54}]


def test_days_before_a_bracket_are_no_value():
    text = "Patients received lumarin on days 1 and 8 (n = 63) or solvatan on day 1 (n = 62)."
    assert sizes(f"{text} Relief was 20% with lumarin and 30% with solvatan.") == [{63}, {62}]
