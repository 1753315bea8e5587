"""What stands beside a number says what it is: the question is about that, or none is asked."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

import trialstats as ts
from trialstats.checks.off_centre import percent_like_others
from trialstats.checks.size_words import stands_in_text
from trialstats.claims.model import Estimate, Place, Spread
from trialstats.reported import Reported


def found(text, code, number):
    """Return the verdict and the message of a check on the claim that has a number in its message."""
    one = next(f for f in ts.check(text).findings if f.code == code and number in f.message)
    return one.verdict.value, one.message


def difference(numbers):
    value, lower, upper = map(Reported, numbers)
    return Estimate(id="-".join(numbers), measure="difference", value=value, spread=Spread("confidence", lower, upper))


@pytest.mark.parametrize("said, like", [("% change", True), ("units", False)])
def test_numbers_without_a_unit_are_relative_changes_as_others_of_the_text_are(said, like):
    text = f"Changes ({said}; 95% CI) were seen in ferritin (21.0; 8.0 to 35.6) and iron (30.2; 11.1 to 52.6)."
    others = [
        replace(difference(("21.0", "8.0", "35.6")), where=Place(start=55, end=74)),
        replace(difference(("30.2", "11.1", "52.6")), where=Place(start=80, end=100)),
    ]
    own = difference(("-12.4", "-21.6", "-2.1"))
    context = SimpleNamespace(paper=SimpleNamespace(text=text), estimates=[*others, own])
    assert percent_like_others(context, own) is like
    assert not percent_like_others(context, replace(own, unit="kg"))


@pytest.mark.parametrize("floor", [".001", ".0001"])
def test_a_floor_is_a_floor_however_many_digits_it_has(floor):
    text = f"Relapse was rarer with zinc (hazard ratio 0.35; 95% CI 0.25 to 0.49; P = {floor})."
    verdict, message = found(text, "TS202", "0.35")
    assert verdict == "explained" and "for anything below it" in message


def test_a_larger_p_is_no_floor():
    text = "Relapse was rarer with zinc (hazard ratio 0.35; 95% CI 0.25 to 0.49; P = .004)."
    assert found(text, "TS202", "0.35")[0] == "strained"


@pytest.mark.parametrize(
    "statistic, told",
    [("chi(2) = 5.40", True), ("χ2 = 5.40", True), ("chi-square = 5.40", True), ("chi(2) = 9.21", False)],
)
def test_the_chi_square_before_a_p_value_says_whose_it_is(statistic, told):
    text = f"With age adjusted for, tea made falls common (risk ratio, 1.30; 95% CI, 1.08-1.55; {statistic}; P = .02)."
    message = found(text, "TS202", "1.30")[1]
    assert ("chi-square printed before it" in message) is told


@pytest.mark.parametrize("df, kept", [("5", False), ("1", True)])
def test_a_chi_square_of_several_studies_has_its_own_p_value(df, kept):
    text = (
        f"In this meta-analysis pulse fell with tea (weighted mean difference, -5.10; 95% CI, -7.20 to -3.00; chi(2), "
        f"4.35; df, {df}; p = 0.5)."
    )
    (claim,) = [one for one in ts.extract(text).claims if getattr(one, "measure", "") == "difference"]
    assert (claim.p is not None) is kept


BEHIND = (
    "Sleep was worse (30% v 44%; OR = {}; 95% CI: {}) or so was mood (40% v 58%; OR = 0.4; 95% CI: 0.1 to 1.1) "
    "but {} (p=0.19)."
)


@pytest.mark.parametrize(
    "first, interval, verdict",
    [("0.5", "0.2 to 1.4", "unchecked"), ("0.5", "0.4 to 0.6", "explained")],
)
def test_a_p_value_behind_two_ratios_may_be_that_of_the_first(first, interval, verdict):
    text = BEHIND.format(first, interval, "these differences were not significant")
    assert found(text, "TS202", ".19")[0] == verdict


def test_the_p_value_of_the_interval_stands_beside_another():
    text = (
        "Pain was seen in 8.0% of patients with tea and 12.5% with zinc (P = 0.17), a 4.5% absolute risk reduction "
        "(95% CI -1.9 to 10.9; P = {})."
    )
    assert found(text.format("0.96"), "TS213", ".96")[0] == "unchecked"
    alone = text.format("0.96").replace(" (P = 0.17)", "")
    assert found(alone, "TS213", ".96")[0] == "strained"


def test_one_question_is_asked_of_a_list_of_p_values():
    text = (
        "Weight was tied to larger size (HR, 2.20; 95% CI, 1.75-2.77; P = .03), positive nodes (HR, 1.95; 95% CI, "
        "1.52-2.50; P = .04), and distant stage (HR, 1.90; 95% CI, 1.50-2.41; P = .07)."
    )
    asked = [f for f in ts.check(text).findings if f.verdict.is_question]
    assert [f.code for f in asked] == ["TS202"]
    assert "2 other ratios" in asked[0].message


WALD = "Healing was seen in {} with tea, 24/40 (60%, 95% CI 45-75%) with zinc and 30/40 (75%, 95% CI 62-88%) with iron."


def test_the_question_is_about_the_one_bound_that_the_sisters_method_does_not_print():
    message = found(WALD.format("37/40 (93%, 95% CI 84-99%)"), "TS104", "37/40")[1]
    assert "but for its upper bound: that of 37 of 40 is 100.66%, which is cut off at 100%" in message
    assert "hpd" not in message and "of 39" not in message


@pytest.mark.parametrize(
    "age, told", [("age > or =70", False), ("70 years", False), ("70 mg", False), ("70 women", True)]
)
def test_an_age_is_no_number_of_patients(age, told):
    context = SimpleNamespace(paper=SimpleNamespace(text=f"Factors were {age} and stage. Relief was seen in 20%."))
    assert stands_in_text(context, 70) is told


@pytest.mark.parametrize("upper, verdict", [("3.9", "explained"), ("4.3", "strained")])
def test_a_unit_of_the_last_digit_is_rounding_on_the_way(upper, verdict):
    text = f"The mean difference in pressure was 1.6 mmHg (95% CI -0.3 to {upper})."
    assert found(text, "TS209", "1.6")[0] == verdict


def test_a_rate_in_the_bracket_of_another_hazard_ratio_is_of_that():
    text = (
        "We assigned patients to tea (n=200) or zinc (n=200). Overall survival was worse with tea than with zinc "
        "(HR 1.90, 95% CI 1.40-2.58; 5-year overall survival 60.0% vs 75.0%), and relapse was more common "
        "(HR 3.05, 95% CI 1.95-4.77)."
    )
    assert not [f for f in ts.check(text).findings if f.code == "TS206" and "3.05" in f.message]
