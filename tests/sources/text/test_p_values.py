"""P values in texts: what each is of, and what it is not of."""

from __future__ import annotations

import pytest
from tests.sources.text.intervals_read import intervals

from trialstats import check, extract
from trialstats.claims.model import Estimate
from trialstats.sources.labels import labels_from_paper


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


def compared(text):
    """Return the values and P of each comparison of a text."""
    labels = labels_from_paper(extract(text))["claims"]
    return [(label["values"], label["p"]["value"]) for label in labels if label["kind"] == "comparison"]


@pytest.mark.parametrize(
    "text",
    [
        "Death was as common (OR 1.03, 95% CI 0.95 to 1.12), with strong evidence of heterogeneity (P <.0001).",
        "The gain was 18.5% (95% CI, 11.1 to 25.9) (P<0.001 for the superiority of each dose to sugar).",
        "Death was rarer (RR 0.80, 95% CI 0.66 to 0.97), without any sign of a trend (P = .04).",
    ],
)
def test_p_values_of_something_else_belong_to_no_interval(text):
    assert [one[3] for one in intervals(text)] == [None]


@pytest.mark.parametrize(
    "text, found",
    [
        ("Fever was seen in eight [16%] vs none, p=0.02.", [(["16", "0"], "0.02")]),
        ("Fever was seen in 14 [4%] vs 0 (p=0.01).", [(["4", "0"], "0.01")]),
        ("Scores were higher with zinc (3.5, s.d. 0.6) than with sugar (3.0, s.d. 0.9) (p=0.003).",
         [(["3.5", "3.0"], "0.003")]),
        ("The gap was significant at 5 and 9 hours (P < 0.001).", []),
        ("It differed at 1, 3, and 6 minutes (p<0.05).", []),
        (
            "In all, 90 (21.0%) sailors with a lamp versus 61 (14.9%) without one slept (relative risk 1.41; P=0.02).",
            [(["21.0", "14.9"], "0.02")],
        ),
    ],
)  # fmt: skip
def test_a_p_value_compares_two_groups(text, found):
    assert compared(text) == found


@pytest.mark.parametrize(("words", "found"), [(0, True), (100, True), (120, False)])
def test_a_p_value_compares_numbers_of_its_neighbourhood(words, found):
    text = "Sleep was better in 41% v 12%" + " then" * words + " (P = .03)."
    assert compared(text) == ([(["41", "12"], "0.03")] if found else [])


@pytest.mark.parametrize(
    ("interval", "words", "own"),
    [
        ("Relapse was rarer (HR 0.61; 95% CI 0.44 to 0.85)", 10, True),
        ("Relapse was rarer (HR 0.61; 95% CI 0.44 to 0.85)", 20, False),
        ("Cure was seen in 61% (95% CI, 54 to 68)", 5, True),  # the result of a group needs it nearer
        ("Cure was seen in 61% (95% CI, 54 to 68)", 8, False),
    ],
)
def test_a_p_value_belongs_to_the_interval_right_before_it(interval, words, own):
    ((*_, p),) = intervals(interval + " then" * words + " (P = .004).")
    assert p == (".004" if own else None)


def test_a_number_right_before_a_p_value_is_not_passed_over():
    assert compared("Sleep was better in 41% v 12%; 30 men (P = .03).") == []
    farther = "Sleep was better in 41% v 12%, and in 30 men who were at sea that day it was so again (P = .03)."
    assert compared(farther) == [(["41", "12"], "0.03")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Both were better than milk; P = .003, 95% CI (13%, 65%) for tea and P = .002, 95% CI (15%, 70%) for zinc.",
            [(None, "0.003"), (None, "0.002")],
        ),
        # Behind two values it compares them.
        ("Sleep was longer (mean 6.1 v 5.2 h, P = .004, 95% CI 0.2 to 1.6).", [("6.1", None), ("5.2", None)]),
    ],
)
def test_a_p_that_leads_a_clause_is_of_the_interval_behind_it(text, expected):
    read = [(one.value and one.value.digits, one.p and one.p.value.digits) for one in extract(text).claims]
    assert read[: len(expected)] == expected
