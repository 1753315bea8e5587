"""P values behind estimates side by side: in order where there are as many, of what compares them if only one."""

from __future__ import annotations

import pytest
from tests.sources.text.intervals_read import intervals

import trialstats as ts

ARMS = "We randomised 121 rowers to velorine (n = 60) or water (n = 61). "


def p_values(text):
    return [p for *_, p in intervals(text)]


def compared(text):
    """Return the numbers that each P value compares that is of no estimate alone."""
    paper = ts.extract(text)
    free = [claim for claim in paper.claims if not hasattr(claim, "measure")]
    return [[paper.claim(name).value.text for name in claim.of] for claim in free]


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        (
            "Stride changed by -8.0 cm (95% CI, -9.9 to -6.1) with velorine and -1.5 cm (95% CI, -3.4 to 0.4) with "
            "water (P < .001).",
            ["-8.0", "-1.5"],
        ),
        (
            "Stride rose by 6.2% (95% CI, 4.1 to 8.3) with velorine and by 5.9% (95% CI, 3.8 to 8.0) with water; "
            "P = .84.",
            ["6.2%", "5.9%"],
        ),
    ],
)
def test_one_p_value_behind_the_changes_of_two_groups_compares_them(text, pair):
    assert p_values(ARMS + text) == [None, None]
    assert compared(ARMS + text) == [pair]
    assert not any(one.verdict.is_question or one.look for one in ts.check(ARMS + text).findings)


@pytest.mark.parametrize(
    "text",
    [
        "Cramps were rarer in juniors (OR 0.42, 95% CI 0.27 to 0.65) than in seniors (OR 1.04, 95% CI 0.74 to 1.46; "
        "P = .001).",
        "The risk ratio was 0.42 (95% CI 0.27 to 0.65) at sea and 1.04 (95% CI 0.74 to 1.46) on land (P = .001).",
        "Stride changed by -8.0 cm (95% CI -9.9 to -6.1) with velorine, -5.0 cm (95% CI -6.9 to -3.1) with cola, and "
        "-0.5 cm (95% CI -2.4 to 1.4) with water (P < .001).",
    ],
)
def test_one_p_value_of_subgroups_or_of_three_groups_is_not_the_last_ones(text):
    assert set(p_values(text)) == {None}
    assert not any(one.verdict.is_question or one.look for one in ts.check(text).findings)


@pytest.mark.parametrize(
    ("text", "p"),
    [
        # What fits the last interval is its own.
        (
            "The odds ratio was 0.42 (95% CI 0.27 to 0.65) at sea and 0.71 (95% CI 0.51 to 0.99) on land (P = .04).",
            ".04",
        ),
        (
            "The odds ratio was 0.42 (95% CI 0.27 to 0.65) at sea and 3.11 (95% CI 1.51 to 1.99) on land (P = .00).",
            ".00",
        ),
        # So is what stands in the bracket of a clause with a verb, whether it fits or not.
        (
            "Cramps were rarer (OR 0.42; 95% CI 0.27 to 0.65), but falls were not (OR 1.04; 95% CI 0.74 to 1.46; "
            "P = .001).",
            ".001",
        ),
    ],
)
def test_a_p_value_that_may_be_the_last_ones_stays_there(text, p):
    assert p_values(text) == [None, p]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The hazard ratios for cramps and falls were 0.88 (95% CI 0.69-1.12) and 0.61 (95% CI 0.47-0.79), "
            "respectively (P = .30 and P < .001).",
            [".30", "<.001"],
        ),
        (
            "Odds ratios were 0.55 (95% CI 0.41-0.74), 0.80 (0.60-1.07), and 1.02 (0.76-1.37); P < .001, P = .13, and "
            "P = .90.",
            ["<.001", ".13", ".90"],
        ),
        (
            "The hazard ratios for cramps and falls were 0.88 and 0.61 (95% CI 0.69-1.12 and 0.47-0.79; P = .30 and "
            "P < .001).",
            [".30", "<.001"],
        ),
        (
            "The risk ratio was 0.55 (95% CI 0.41-0.74) at 6 weeks and 0.90 (95% CI 0.70-1.16) at 12 weeks (P < .001 "
            "and P = .42, respectively).",
            ["<.001", ".42"],
        ),
    ],
)
def test_p_values_listed_behind_as_many_estimates_are_theirs_in_order(text, expected):
    assert p_values(text) == expected
    assert not any(one.verdict.is_question or one.look for one in ts.check(text).findings)


def test_two_p_values_of_the_last_estimate_alone_are_not_spread():
    text = "Cramps were rare (HR 0.80; 95% CI 0.60-1.07) and falls too (HR 0.61; 95% CI 0.47-0.79; P < .001, P = .002)."
    assert p_values(text)[0] is None
