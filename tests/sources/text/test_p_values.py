"""P values in texts: what each is of, and what it is not of."""

from __future__ import annotations

from trialstats import Estimate, check, extract


def read(text, code):
    return next(one for one in check(text).findings if one.code == code)


def test_the_sides_of_the_next_p_value_are_not_those_of_this_one():
    text = "Survival was longer (HR 0.72; 95% CI, 0.52 to 0.99; P = .0433, one-sided P = .0217)."
    assert read(text, "TS202").verdict == "consistent"
    first = extract(text).claims[0].p
    assert (first.value.text, first.sided) == (".0433", None)
    assert extract("It was longer (HR 0.72; 95% CI, 0.52 to 0.99; P = .0217, one-sided).").claims[0].p.sided == 1


def test_a_p_value_behind_the_second_group_of_two_sentences_is_not_that_group_s_own():
    text = "Response was 36% (95% CI, 29 to 43) with drug. With placebo it was 31% (95% CI, 24 to 38), P = .06."
    assert all(one.p is None for one in extract(text).claims if isinstance(one, Estimate))
