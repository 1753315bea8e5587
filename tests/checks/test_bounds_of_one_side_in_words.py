"""The level or the limit of a one-sided interval, told in words: neither is read as the effect itself."""

import pytest

import trialstats as ts

EFFICACY = "Influenza occurred in 1.4% v 3.4%; vaccine efficacy was {} ({}, 41%)."
POINTS = "Response was 45% v 33%, difference {} percentage points ({} 3 percentage points)."
BOUND = "Response was 45% with lumarin v 43% with placebo; the upper {} {} the difference was 4.1 percentage points."


def asked(text):
    return [one.check for one in ts.check(text).findings if one.verdict.is_question]


def effects(text):
    return [
        (one.value.text, one.spread is not None and one.spread.lower is not None and one.spread.lower.text)
        for one in ts.extract(text).claims
        if one.measure in ("relative-reduction", "difference") and one.value is not None
    ]


@pytest.mark.parametrize(
    "words",
    [
        "97.5% one-sided lower bound",
        "95% one-sided lower limit",
        "one-sided 97.5% lower bound",
        "1-sided 95% lower bound",
        "one-sided lower bound",
    ],
)
def test_a_level_is_no_value_and_a_bound_no_estimate(words):
    assert asked(EFFICACY.format("59%", words)) == []
    assert [value.rstrip("%") for value, _ in effects(EFFICACY.format("59%", words))] == ["59"]
    assert asked(POINTS.format("12", words)) == []
    ((value, lower),) = effects(POINTS.format("12", words))
    assert (value, lower) == ("12", "3")


@pytest.mark.parametrize("words", ["97.5% one-sided lower bound", "one-sided 97.5% lower bound"])
def test_an_effect_that_is_not_that_of_the_arms_is_asked_about_once(words):
    assert asked(EFFICACY.format("89%", words)) == ["ratio-of-arms"]
    assert asked(POINTS.format("22", words)) == ["difference-of-arms"]


@pytest.mark.parametrize(
    ("side", "interval"),
    [
        ("bound", "of the one-sided 95% CI of"),
        ("bound", "of the one-sided 95% CI for"),
        ("limit", "of the one-sided 97.5% confidence interval of"),
        ("limit", "of the 95% CI of"),
    ],
)
def test_the_bound_of_an_interval_of_a_difference_is_not_the_difference(side, interval):
    text = BOUND.format(side, interval)
    assert asked(text) == []
    assert effects(text) == []
    (one,) = (one for one in ts.extract(text).claims if one.measure == "difference")
    assert one.spread.upper.text == "4.1"
    assert one.spread.lower is None


def test_a_difference_with_its_interval_before_it_is_still_read():
    text = "Response was 45% with lumarin v 23% with placebo; the difference was 4.1 percentage points."
    assert asked(text) == ["difference-of-arms"]
    assert effects(
        "The upper bound of the range was 7 points; the difference was 4.1 points (95% CI, 2.0 to 6.2)."
    ) == [("4.1", "2.0")]


def test_what_a_bound_lies_above_is_no_bound():
    text = "Lumarin helped in all strata (lower limit of the 95% CI for the odds ratio always > 1)."
    assert [one for one in ts.extract(text).claims if one.measure == "odds-ratio"] == []
