"""Numbers that go on with a name by a hyphen are no results; dashes before a number are."""

from __future__ import annotations

import pytest

from trialstats.sources.text.reading import extract


def intervals(text):
    """Return value and bounds of the claims of a text that have an interval."""
    return [
        (one.value and one.value.digits, one.spread.lower.digits, one.spread.upper.digits)
        for one in extract(text).claims
        if getattr(one, "interval", None) is not None
    ]


@pytest.mark.parametrize("name", ["QX-1A", "IL-2", "MDX-10", "XR-3C"])
def test_a_number_in_a_name_is_no_estimate(name):
    assert intervals(f"Itching with {name} was rarer (95% CI for difference, -4.3 to 16.3).") == [
        (None, "-4.3", "16.3")
    ]


def test_a_dash_behind_a_plain_word_leaves_the_number():
    assert intervals("Weight change-12 kg (95% CI -20 to -4).") == [("12", "-20", "-4")]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("The number needed to treat was 45 (95% CI, 7 to 40).", ("45", "7", "40")),
        ("The fall rate was 11.5 per 1000 person-years (95% CI, 4.1 to 8.3).", ("11.5", "4.1", "8.3")),
        ("The cost was $950 (95% CI $300 to $700).", ("950", "300", "700")),
        ("Mean costs were US$ 9500 (95% CI US$ 3000 to US$ 7000) a head.", ("9500", "3000", "7000")),
        (
            "Median sleep was 22.5 hours (95% CI 15.1-31.0) with zinc and 14.2 (15.1-18.0) with sugar.",
            ("14.2", "15.1", "18.0"),
        ),
        ("Sleep fell with zinc (least-squares mean [SE], 95% CI: -5.0 [0.30] -2.6 to -1.4).", ("-5.0", "-2.6", "-1.4")),
    ],
)
def test_an_estimate_outside_its_bounds_is_kept(text, kept):
    assert intervals(text)[-1] == kept


@pytest.mark.parametrize(
    "text",
    [
        "The number needed to screen was 648 (95% CI 212 to -613).",
        "At visit 45 (95% CI for difference, 7 to 40) scores were told.",
    ],
)
def test_a_number_that_may_be_no_estimate_is_none(text):
    assert intervals(text)[-1][0] is None


ELSEWHERE = "Walking rose (mean 4.1 min/day, 95% CI 1.9 to 6.3). "


@pytest.mark.parametrize(
    ("bracket", "read"),
    [
        ("(3.2 min/day, 0.9 to 5.5)", True),
        ("(9.2 min/day, 0.9 to 5.5)", True),  # outside its bounds
        ("(52.1 years, 18.3 to 70.2)", False),  # ages and their range
        ("(52 kg, 18 to 70)", False),
    ],
)
def test_bounds_behind_a_unit_where_an_earlier_sentence_has_words_for_them(bracket, read):
    assert (len(intervals(ELSEWHERE + f"Sitting fell {bracket} after school.")) == 2) is read
