"""How far named methods excuse a difference or a mean that is not the centre of its interval."""

from __future__ import annotations

import pytest

import trialstats as ts


def verdict(text, code):
    """Return the one finding of a check on a text."""
    (found,) = (one for one in ts.check(text).findings if one.code == code)
    return found


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("The median difference was 4.0 days (95% CI, 1.0 to 5.0).", False),
        ("Median difference 4.9 days (95% CI, 1.0 to 5.0).", True),
        ("By the Hodges-Lehmann method the difference was 4.9 kg (95% CI, 1.0 to 5.0).", True),
        ("The median difference was 0 days (95% CI, 0 to 2).", False),  # one of few different values
        ("The adjusted between-group difference was 6.58 (95% CI, 4.38 to 9.88).", True),
        ("The difference of log counts was 6.58 (95% CI, 4.38 to 9.88).", False),
    ],
)
def test_a_named_method_excuses_within_its_reach(text, asks):
    assert verdict(text, "TS209").verdict.is_question is asks


def test_the_words_that_excuse_are_whole():
    assert (
        "The text says median difference:"
        in verdict("The median difference was 4.0 days (95% CI, 1.0 to 5.0).", "TS209").message
    )


def test_a_mean_off_its_centre_needs_a_reason_that_the_text_gives():
    found = verdict("The mean score was 3.2 (95% CI, 1.0 to 5.0).", "TS212")
    assert found.verdict == "strained" and "bootstrap" not in found.message
    found = verdict("The mean score was 3.2 (95% bootstrap CI, 1.0 to 5.0).", "TS212")
    assert found.verdict == "explained" and "The text says bootstrap" in found.message
    assert verdict("The mean score was 3.0 (95% CI, 1.0 to 5.0).", "TS212").verdict == "consistent"


def test_a_mean_outside_its_interval_is_asked_about_once():
    text = "The mean score was 9.9 points (95% CI, 1.0 to 5.0)."
    assert [one.code for one in ts.check(text).findings if one.verdict.is_question] == ["TS101"]
    assert "lies outside its own interval" in verdict(text, "TS212").message


def test_a_measured_unit_is_no_share_whatever_percentages_stand_before():
    text = "With 0.3% gel (12% of doses) flow changed; difference 107 ml (95% CI, 16 to 215)."
    assert verdict(text, "TS209").verdict == "strained"
    assert verdict(text.replace("107", "115"), "TS209").verdict == "consistent"


@pytest.mark.parametrize(
    "text",
    [
        "Median mood rose by 8.9 points vs 2.03 (P = .01, 95% CI 1.60 to 12.32).",
        "The median differed by 0.1 (95% CI -1.24, 1.07; per protocol 95% CI -1.42, 1.09).",
    ],
)
def test_a_number_of_another_group_or_interval_is_not_asked_about(text):
    assert not [one for one in ts.check(text).findings if one.verdict.is_question]
