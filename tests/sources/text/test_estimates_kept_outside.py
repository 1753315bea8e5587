"""Estimates outside their bounds in forms that do not say at each place that the bounds are an interval."""

from __future__ import annotations

import pytest

import trialstats as ts

FORMS = [
    ("The hazard ratio was 0.74 (95% CI 0.66-0.83). Fewer died ({}, 0.70-0.96, p=0.02).",
     "0.82", "1.14"),
    ("The hazard ratio for relapse was 0.74 (95% CI 0.66-0.83). Deaths fell too ({}, 0.61 to 0.85).", "0.72", "0.98"),
    ("Median survival was not reached, versus {} months in the other arm (95% CI, 58.4 to 77.3 months).",
     "66.7", "86.7"),
    ("Median (95% confidence interval) times to recovery were {} hours (81-117 hours) with it.", "96", "129"),
    ("Pain fell (difference of means = {} IU/ml; 95% CI 24,300 to 382,100).", "203,200", "503,200"),
    ("Decline was slower, for a between-group difference of {} ml per year (95% CI, 63.2 to 147.0).", "105.1", "705.1"),
    ("The mean difference (SE) at week 6 was {} (0.31) (95% CI, -1.8 to -0.6).", "-1.2", "-3.2"),
    ("Activity rose (mean 3.6 min/day, 95% CI 1.4 to 5.8) and sitting fell ({} min/day, 0.2 to 9.4).", "4.8", "9.8"),
]  # fmt: skip


def outside(text):
    """Return the checks that ask about an estimate outside its interval."""
    words = ("outside its own interval", "outside its interval")
    return [
        one.check
        for one in ts.check(text).findings
        if (one.verdict.is_question or one.look) and any(word in one.message for word in words)
    ]


@pytest.mark.parametrize(("form", "right", "wrong"), FORMS)
def test_a_misprinted_estimate_is_asked_about_once(form, right, wrong):
    assert outside(form.format(right)) == []
    assert len(outside(form.format(wrong))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The odds ratio was 0.74 (95% CI 0.66-0.83). Three scores were used (1.2, 0.4-0.9, and 0.3).",
        "The hazard ratio was 0.74 (95% CI 0.66-0.83). Levels were higher (12, 3-5 of them twice).",
        "Drug levels were 4.1 mg/l (dose 2.0, 5.0 to 9.0).",
    ],
)
def test_other_numbers_in_brackets_are_no_estimates(text):
    assert outside(text) == []


@pytest.mark.parametrize(
    ("form", "right", "wrong"),
    [
        ("Rowing helped (NNT {}; 95% CI, 7 to 40).", "15", "45"),
        ("Rowing helped (NNT of {} (95% CI, 7 to 40)).", "15", "45"),
        ("The gain was large, mean difference {} (95% CI, 7 to 40).", "24", "46"),
    ],
)
def test_a_whole_number_behind_its_name_is_kept(form, right, wrong):
    assert outside(form.format(right)) == []
    assert len(outside(form.format(wrong))) == 1


def estimated(text):
    """Return the estimates of the intervals of a text."""
    return [one.value and one.value.text for one in ts.extract(text).claims if getattr(one, "interval", None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The difference between the ratios for lumarin (1.42) and solvatan (1.95) was clear (95% CI, 1.05, 1.84).",
            None,
        ),
        ("Intake was lower (1.35 ± 0.31 vs 2.97 ± 0.58 L; 95% CI for the difference, 1.27 to 1.97 L).", None),
        ("Pain was 4.5 v 3.2 points, 95% CI for difference 1.0 to 5.0.", None),
        ("The difference between lumarin (24%) and solvatan (20%) was 4% (95% CI, 1 to 7).", "4%"),
    ],
)
def test_a_value_of_a_group_is_no_difference_that_lies_in_the_interval(text, expected):
    assert estimated(text) == [expected]
