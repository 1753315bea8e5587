"""Values in further wordings: in words, behind a sign, over person-time, in order. The sentences are made up."""

from __future__ import annotations

import pytest

from trialstats.claims.model import Comparison
from trialstats.sources.text.reading import extract


def values(text):
    """Return the measure and value of each claim of a text, but not of P values alone."""
    return [
        (claim.measure, claim.value.digits if claim.value is not None else claim.x.digits)
        for claim in extract(text).claims
        if not isinstance(claim, Comparison)
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Seventy-two percent of patients had relief.", ("proportion", "72")),
        ("Forty per cent of rowers slept well.", ("proportion", "40")),
        ("Relief was seen in thirty percent of rowers.", ("proportion", "30")),
        ("Of 212 patients randomised, all came back. Fifteen patients had a rash.", ("count", "15")),
        ("We enrolled 212 patients. Forty patients in the north group started dialysis.", ("count", "40")),
        ("Eighteen had received no lumarin.", ("count", "18")),
        ("Deaths per 100 patient-years were 2.2 in all.", ("rate", "2.2")),
        ("The rate of stroke per 1000 person-years was 8.08 overall.", ("rate", "8.08")),
        ("The expected toxic effects of lumarin, as rash (81%), were rare.", ("proportion", "81")),
        ("The mean peak was 14.2 mL/kg/min (SD, 1.1).", ("mean", "14.2")),
        ("The median peak was 14.2 mL/kg/min (IQR, 11.6-17.4).", ("median", "14.2")),
        ("Relief was alike (zinc group 16.6%; P = .47).", ("proportion", "16.6")),
    ],
)
def test_a_value_is_read(text, value):
    assert values(text)[0] == value


@pytest.mark.parametrize(
    "text", ["Ten percent or greater loss of weight was sought by all.", "We expected relief in 40%."]
)
def test_a_limit_or_a_plan_is_none(text):
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (
            "Sleep improved by a least squares mean (SE) of - 22.8 (0.8) points with lumarin and - 18.3 (1.0) points.",
            "-18.3",
        ),
        ("Relief did not differ (89.3% vs 90.5%; difference - 1.1%; 95% CI - 4.4 to 2.2).", "-1.1"),
        ("The change was - 3.1 points (95% CI - 4.4 to - 2.2).", "-3.1"),
    ],
)
def test_a_sign_with_a_space_behind_it_is_one(text, value):
    claim = extract(text).claims[-1] if "Relief" not in text else extract(text).claims[2]
    assert claim.value.digits == value


def test_a_dash_between_two_clauses_is_none():
    assert values("Relief was good in both groups - 12% had none.") == [("proportion", "12")]


def test_a_second_pair_in_the_order_of_the_first():
    text = (
        "The relapse rate was 0.13 and 0.12, respectively, at home (rate ratio, 1.06; 95% CI, 0.81 to 1.39) and"
        " 0.11 and 0.10, respectively, at sea (rate ratio, 1.00; 95% CI, 0.75 to 1.32)."
    )
    assert [value for measure, value in values(text) if measure == "rate"] == ["0.13", "0.12", "0.11", "0.10"]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Stay was 6.2 days with tea and 8.1 days with milk (mean difference, 1.9 days; p=0.002).", "difference"),
        ("Mean stay was 6.2 days with tea and 8.1 days with milk, a mean difference of 1.9 days.", "difference"),
        ("Naps came to 14% with tea and 26% with milk (absolute risk reduction, 12%).", "difference"),
        ("Naps came to 14% with tea and 26% with milk (ARR 12%).", "difference"),
        ("Naps came to 14% with tea and 26% with milk (relative risk reduction, 46%).", "relative-reduction"),
        ("Mean stay was 6.2 days with tea and 8.1 days with milk.", "mean"),
    ],
)
def test_differences_named_right_before_them(text, measure):
    assert extract(text).claims[-1].measure == measure
