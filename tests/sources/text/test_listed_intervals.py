"""Intervals listed in one bracket behind the estimates they belong to."""

from __future__ import annotations

import pytest
from tests.sources.text.intervals_read import intervals

import trialstats as ts

ARMS = "We randomised 121 rowers to velorine (n = 60) or water (n = 61). "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Cramp rates were 35% and 23% (95% CI, 23 to 48 and 13 to 35), respectively.",
            [("35%", "23", "48"), ("23%", "13", "35")],
        ),
        (
            "Sleep lasted a median of 7.1 v 6.4 hours (95% CI 6.5-7.7 v 5.9-6.9) on velorine v water.",
            [("7.1", "6.5", "7.7"), ("6.4", "5.9", "6.9")],
        ),
        (
            "Cramps struck 35% (21/60) on velorine and 23% (14/61) on water (95% CI 23% to 48% and 13% to 35%).",
            [("35%", "23%", "48%"), ("23%", "13%", "35%")],
        ),
        (
            "The hazard ratios for cramp, cough and falls were 0.53, 0.63 and 0.92 (95% CI 0.40-0.70, 0.50-0.80 and "
            "0.70-1.20).",
            [("0.53", "0.40", "0.70"), ("0.63", "0.50", "0.80"), ("0.92", "0.70", "1.20")],
        ),
        (
            "Weight changed by -2.1 and -0.9 kg (95% CI -3.0 to -1.2 and -1.6 to -0.2).",
            [("-2.1", "-3.0", "-1.2"), ("-0.9", "-1.6", "-0.2")],
        ),
    ],
)
def test_each_interval_goes_to_its_estimate(text, expected):
    assert [one[:3] for one in intervals(ARMS + text)] == expected


def test_each_estimate_keeps_its_arm():
    claims = ts.extract(ARMS + "Cramp rates were 35% v 23% (95% CI 23-48 v 13-35) with velorine v water.").claims
    assert [claim.arms for claim in claims if claim.measure == "proportion"] == [("velorine",), ("water",)]


def test_a_p_value_behind_them_compares_the_groups():
    text = ARMS + "Cramp rates were 35% v 23% (95% CI 23-48 v 13-35; P = .15) with velorine v water."
    paper = ts.extract(text)
    (compared,) = [claim for claim in paper.claims if not hasattr(claim, "measure")]
    assert [paper.claim(name).value.text for name in compared.of] == ["35%", "23%"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The hazard ratio was 0.53 (95% CI 0.40-0.70 and 99% CI 0.37-0.77).", ("0.53", "0.40", "0.70")),
        ("Of 40 rowers 30% slept (95% CI 17 to 47 and 2 to 9 in the dark).", ("30%", "17", "47")),
    ],
)
def test_one_estimate_keeps_the_first_of_two(text, expected):
    assert intervals(text)[0][:3] == expected
