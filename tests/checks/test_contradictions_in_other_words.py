"""Contradictions of which one number was not read, or not held against the other: each with a sound twin."""

from __future__ import annotations

import pytest

import trialstats as ts


def asked(text, check):
    return [one.verdict.value for one in ts.check(text).findings if one.check == check and one.verdict.is_question]


TWINS = {
    "counts of the other arm, whatever stands behind them": ("ratio-of-arms", [
        ("Moss grew on {} of 318 walls built of flint and on 51 of 322 built of brick (risk ratio 0.58, 95% CI 0.38 to "
         "0.89).", "29", "92"),
        ("Rot was seen in {} of 240 boats tarred yearly, versus 66 of 236 tarred never (relative risk 0.50, 95% "
         "CI 0.34 "
         "to 0.72).", "34", "74"),
    ]),
    "cases among people": ("ratio-of-arms", [
        ("There were {} cases of proven acute summer gout among 3,140 vaccinees and 62 among 3,118 placebo recipients, "
         "for a vaccine efficacy of 62%.", "24", "42"),
    ]),
    "arms whose names count something": ("ratio-of-arms", [
        ("Moss went from 64% of walls with two-coat lime (80/125) and from 41% of those with one-coat lime "
         "(50/122), risk "
         "ratio {}.", "1.56 (95% CI 1.22 to 2.00)", "2.16 (95% CI 1.69 to 2.77)"),
    ]),
    "means of percentages with sizes": ("difference-of-arms", [
        ("The mean change in sugar was -1.41% with zoltamine (n = 130) and -0.62% with water (n = 128), a "
         "difference of "
         "{}).", "-0.79 percentage points (95% CI -1.02 to -0.56", "-1.19 percentage points (95% CI -1.42 to -0.96"),
    ]),
    "means of so many of anything": ("difference-of-arms", [
        ("Mean (SD) sailing time was 71.4 (18.2) minutes in the 52 northern races compared with 83.9 (20.3) minutes in "
         "the 54 southern races, i.e. {}).", "12.5 minutes shorter (95% CI 5.0 to 20.0",
         "21.5 minutes shorter (95% CI 14.0 to "
         "29.0"),
    ]),
    "an overall P value is of no trend": ("several-groups-p", [
        ("Moss was as common on flint (14 of 61), brick ({} of 63) and slate (13 of 60) (overall P = 0.{}).",
         "15|98", "43|86"),
    ]),
    "the state at the start": ("categories", [
        ("Baseline performance status was 0 in {}, 1 in 41% and 2 in 13% of the rowers.", "46%", "64%"),
        ("The 81 fractures were classified as type A in {}, type B in 29 and type C in 16.", "36", "63"),
    ]),
    "names before their numbers, up to those that remain": ("categories", [
        ("A single tree was found in each of 152 gardens: an oak in {}, an elm in 33, a beech in 21, and "
         "another tree in "
         "the remaining 17.", "81", "18"),
        ("In the 94 children, the way home was by boat in {}, by train in 14 and on foot in the other 49.", "31", "13"),
    ]),
    "brackets with several numbers": ("direction", [
        ("Use of salt was lower in the oars group (mean {} mg, SD 8.2; n=41) than in the poles group (mean 24.6 mg, SD "
         "9.1; n=43).", "17.3", "37.3"),
        ("More babies slept at four months in the song arm ({}) than in the silence arm (58%).", "73%", "37%"),
    ]),
    "shares that are said not to differ": ("direction", [
        ("Cramps were similar with oars (41 of 90) and poles ({} of 88).", "35", "5"),
        ("Cramps were as common with oars (41 of 90) as with poles ({} of 88).", "35", "5"),
        ("Cramps did not differ significantly between oars (41 of 90) and poles ({} of 88).", "31", "5"),
        ("The trial enrolled 240 men: 120 had tea and 120 had milk. Gout was rare and comparable for tea (9.2%) "
         "and milk ({}%).", "12.4",
         "72.4"),
    ]),
    "by how much one arm did more": ("repeated", [
        ("Sleep came later with tea than with milk (mean difference in night score, -2.7 points; 95% CI, -3.9 "
         "to -1.5). "
         "CONCLUSIONS: Tea lowered the night score by a mean of {} points relative to milk.", "2.7", "3.7"),
        ("Full bloom by day 40 was reached by 104 of 119 roses (87.4%). CONCLUSION: Ash led to full bloom in {} "
         "of roses "
         "by day 40.", "87.4%", "84.7%"),
    ]),
    "a standard error beside a unit with a figure": ("standard-error", [
        ("The fall in eGFR was slower with zoltamine by 1.31 ml/min/1.73 m² a year (SE, {}; 95% CI, 0.53 to "
         "2.09).", "0.40",
         "0.90"),
    ]),
    "patients told with each mean": ("means-p", [
        ("Pain at noon was 2.4 (SD 1.3) in 60 rowers with oars and 3.7 (SD 1.5) in 60 rowers without (P {}).",
         "< 0.001",
         "= 0.41"),
    ]),
}  # fmt: skip


@pytest.mark.parametrize(
    "check, text, right, slip", [(check, *twin) for check, twins in TWINS.values() for twin in twins]
)
def test_one_of_two_twins_is_asked_about(check, text, right, slip):
    right, slip = (text.format(*one.split("|")) for one in (right, slip))
    assert [one.message for one in ts.check(right).findings if one.verdict.is_question] == []
    assert asked(slip, check)


@pytest.mark.parametrize("text", [
    # a trend may be meant where nobody calls the P value overall
    "Moss was found on 14 of 61 flints, 43 of 63 bricks and 13 of 60 slates (P = 0.86).",
    # what nobody has closes no list
    "Of 60 rowers, fever was seen in 22, a cough in 31, and no signs in the remaining 15.",
    # a change within one arm is no difference of two
    "The night score was lower with tea (mean difference, -2.4 points; 95% CI, -3.7 to -1.1). CONCLUSIONS: Tea lowered "
    "the night score by a mean of 3.4 points compared with baseline.",
    # similar to what was told before
    "Per protocol results were similar with oars (41 of 90) and poles (5 of 88).",
    "Cramps were similar at week 9 (46% v 6%).",
    "Cramps were similar with oars (41 of 90) and poles (5 of 88) but not with sails.",
    # an analysis that the text names makes an interval wide
    "By logistic regression, moss grew on 92 of 318 walls of flint and on 51 of 322 of brick (odds ratio 2.40, 95% CI "
    "1.25 to 4.61).",
])  # fmt: skip
def test_what_looks_like_it(text):
    assert [one.message for one in ts.check(text).findings if one.verdict.is_question] == []


def test_an_overall_p_value_is_held_against_the_tests_of_all_groups():
    text = "Moss was as common on flint (14 of 61), brick (43 of 63) and slate (13 of 60) (overall P = 0.86)."
    (message,) = (one.message for one in ts.check(text).findings if one.check == "several-groups-p")
    assert "from the tests of all groups;" in message
    assert "trend" not in message
