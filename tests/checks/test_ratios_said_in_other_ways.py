"""A ratio said in other words: as a reduction or a change, turned over, or by the counts it was made of."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.checks.claims_in_short import ARMS, R, claim, hazard

from trialstats import Paper, check, odds_ratio_interval, reanalyse, risk_ratio_interval
from trialstats.claims.model import Arm, Estimate, Size


def paper(*claims, sizes=None):
    arms = tuple(Arm(name, name, {"randomised": Size(R(n))} if n else {}) for name, n in (sizes or {}).items())
    return Paper(id="own", arms=arms, claims=claims)


# --------------------------------------------------------------------------------------------------
# Reductions and changes
# --------------------------------------------------------------------------------------------------
def cut(value, low=None, high=None, **more):
    return claim("cut", "relative-reduction", value, low, high, of=("hr",), **more)


@pytest.mark.parametrize(("printed", "ratio", "verdict"), [
    (cut("46%"), hazard("0.54", "0.36", "0.81"), "reproduced"),
    (cut("-46%"), hazard("0.54", "0.36", "0.81"), "reproduced"),  # a change with its sign
    (cut("-46%", "-64%", "-19%"), hazard("0.54", "0.36", "0.81"), "reproduced"),
    (cut("-46%", "-64%", "-17%"), hazard("0.54", "0.36", "0.81"), "inconsistent"),
    (cut("46%", "-64%", "-19%"), hazard("0.54", "0.36", "0.81"), "explained"),  # only the bounds bear a sign
    (cut("-48%"), hazard("0.54", "0.36", "0.81"), "inconsistent"),
    (cut("30%"), hazard("1.30", "1.02", "1.66"), "reproduced"),
    (cut("30%", "2%", "66%"), hazard("1.30", "1.02", "1.66"), "reproduced"),
    (cut("-30%"), hazard("1.30", "1.02", "1.66"), "explained"),  # literally 1 - 1.30: a reader may take it otherwise
    (cut("-30%", "-66%", "-2%"), hazard("1.30", "1.02", "1.66"), "explained"),
])  # fmt: skip
def test_a_signed_percentage_is_a_change(judge, printed, ratio, verdict):
    found = judge("reduction", ratio, printed)
    assert found.verdict == verdict, found.message


def test_a_change_is_called_one(judge):
    assert judge("reduction", hazard("0.54", "0.36", "0.81"), cut("-46%")).message == (
        "The change of -46% is 0.54 - 1."
    )
    assert "negative reduction" in judge("reduction", hazard("1.30", "1.02", "1.66"), cut("-30%")).message


@pytest.mark.parametrize(("numbers", "verdict"), [
    (("94.1%", "89.3%", "96.8%"), "consistent"),
    (("95%", "90%", "97%"), "consistent"),
    (("46%", "19%", "64%"), "consistent"),
    (("-46%", "-64%", "-19%"), "consistent"),  # a change with its sign
    (("-30%", "-66%", "-2%"), "consistent"),  # a negative efficacy
    (("94.1%", "69.3%", "94.8%"), "inconsistent"),
    (("46%", "42%", "64%"), "inconsistent"),
    (("100%", "45%", "100%"), "consistent"),
    (("46%", "0.19", "0.64"), "consistent"),  # bounds as shares of 1
])  # fmt: skip
def test_a_reduction_is_judged_by_its_own_interval(judge, numbers, verdict):
    found = judge("ratio-interval", claim("ve", "relative-reduction", *numbers))
    assert found.verdict == verdict, found.message


def test_a_reduction_is_judged_by_its_p_value(judge):
    found = judge("ratio-p", claim("ve", "relative-reduction", "46%", "19%", "64%", p=".003"))
    assert found.verdict == "consistent", found.message
    assert judge("ratio-p", claim("ve", "relative-reduction", "46%", "19%", "64%", p=".20")).verdict == "strained"
    assert (
        judge("significance", claim("ve", "relative-reduction", "46%", "19%", "64%", p=".003")).verdict == "consistent"
    )
    assert (
        judge("significance", claim("ve", "relative-reduction", "20%", "-9%", "41%", p=".16")).verdict == "consistent"
    )


def read(text, code):
    return next(one for one in check(text).findings if one.code == code)


def test_a_reduction_beside_its_ratio_is_read_from_text():
    text = "There was a {}% reduction in the risk of death (hazard ratio, 0.54; 95% CI, 0.36 to 0.81; P = .003)."
    assert read(text.format(46), "TS204").verdict == "reproduced"
    assert read(text.format(36), "TS204").verdict == "inconsistent"
    text = "Treatment reduced the risk of progression by {}% (HR 0.54; 95% CI, 0.36 to 0.81)."
    assert read(text.format(46), "TS204").verdict == "reproduced"
    for other in (
        "an absolute reduction in risk of 5%",
        "each 10% decrease in the risk score",
        "a 20% reduction in dose",
    ):
        text = f"There was {other} (hazard ratio, 0.54; 95% CI, 0.36 to 0.81)."
        assert all(one.code != "TS204" or one.verdict == "unchecked" for one in check(text).findings), other


# --------------------------------------------------------------------------------------------------
# A ratio turned over
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("numbers", "verdict"), [
    (("1.85", "1.23", "2.78"), "reproduced"),
    (("1.85", None, "2.78"), "reproduced"),
    (("1.85", "1.36", "2.78"), "inconsistent"),
    (("1.54", "1.23", "2.78"), "inconsistent"),
    (("1.84", "1.23", "2.78"), "reproduced"),
    (("1.83", "1.22", "2.73"), "explained"),  # 1/.5499 to 1/.54: both cut off
])  # fmt: skip
def test_a_ratio_turned_over(judge, numbers, verdict):
    other = claim("turned", "hazard-ratio", *numbers, arms=ARMS[::-1], outcome="death")
    found = judge("reciprocal", hazard("0.54", "0.36", "0.81"), other)
    assert found.verdict == verdict, found.message


def test_ratios_of_two_analyses_are_not_turned_over(judge):
    other = claim("turned", "hazard-ratio", "1.54", "1.23", "2.78", arms=ARMS[::-1], outcome="death")
    assert judge("reciprocal", hazard("0.54", "0.36", "0.81"), replace(other, adjusted=True)) is None
    assert judge("reciprocal", hazard("0.54", "0.36", "0.81"), replace(other, time="2 years")) is None
    assert judge("reciprocal", hazard("0.54", "0.36", "0.81"), replace(other, arms=ARMS)) is None


# --------------------------------------------------------------------------------------------------
# A ratio beside its own counts
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("measure", "interval", "method"), [
    ("odds-ratio", odds_ratio_interval, "woolf"),
    ("odds-ratio", odds_ratio_interval, "fisher-exact"),
    ("risk-ratio", risk_ratio_interval, "katz"),
    ("risk-ratio", risk_ratio_interval, "koopman"),
])  # fmt: skip
def test_counts_that_print_the_ratio_leave_a_convention_of_the_paper(measure, interval, method):
    x1, n1, x2, n2 = 40, 100, 25, 100
    one = interval(x1, n1, x2, n2, method=method)
    rates = [Estimate(id=f"r.{arm}", measure="proportion", value=R(f"{x}%"), x=R(str(x)), n=R("100"), arms=(arm,))
             for arm, x in zip(ARMS, (x1, x2), strict=True)]  # fmt: skip
    text = [f"{float(value):.2f}" for value in (one.estimate, one.lower, one.upper)]
    report = reanalyse(paper(*rates, claim("ratio", measure, *text, arms=ARMS), sizes={"new": "100", "old": "100"}))
    (trial,) = report.trials
    assert trial.convention.rounding
    assert report["ratio"].under is not None
