"""Rates against their events and person-time: sound ones are never asked, slips are, and methods are named."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.rates import confint_poisson
from tests.checks.claims_in_short import claim

import trialstats as ts
from trialstats import Reported, Verdict
from trialstats.checks.person_time import per_how_many
from trialstats.claims.model import Paper
from trialstats.intervals.rates import RATE_METHODS, rate_limits

OTHERS = {"exact": "exact-c", "mid-p": "midp-c", "score": "score", "wald": "wald", "sqrt": "sqrt", "jeffreys": "jeff",
          "anscombe": "sqrt-a"}  # fmt: skip


def rate(value, x, n, low=None, high=None, unit="per 100 person-years", **more):
    return claim("r", "rate", value, low, high, x=Reported(x), n=Reported(n), unit=unit, **more)


def judged(one):
    (found,) = ts.reanalyse(Paper(id="own", claims=(one,)), select=["person-time"]).findings
    return found


@pytest.mark.parametrize("x", [1, 4, 19, 250])
@pytest.mark.parametrize("method", sorted({"exact", "mid-p", "score", "wald", "jeffreys"}))
def test_limits_are_those_of_statsmodels(method, x):
    theirs = confint_poisson(x, 1, method=OTHERS[method], alpha=0.05)
    # Theirs cuts off below 0.
    assert [max(limit, 0) for limit in rate_limits(x, method)] == pytest.approx(theirs, rel=1e-6)


def test_limits_of_nothing_are_finite_but_for_the_log():
    assert rate_limits(0)[0] == 0 and rate_limits(0)[1] == pytest.approx(3.6889, abs=1e-4)
    assert all(limits[0] <= limits[1] for limits in (rate_limits(0, method) for method in RATE_METHODS))


@given(
    x=st.integers(0, 3000),
    time=st.floats(20.0, 200_000.0),
    power=st.sampled_from([1, 100, 1000, 100_000]),
    decimals=st.integers(1, 3),
    in_tenths=st.booleans(),
    method=st.sampled_from(["", *RATE_METHODS]),
)
def test_a_true_rate_is_never_asked_about(x, time, power, decimals, in_tenths, method):
    value = f"{power * x / time:.{decimals}f}"
    bounds = [None, None]
    if method and not (method == "log" and x == 0):
        bounds = [f"{max(power * limit / time, 0):.{decimals}f}" for limit in rate_limits(x, method)]
    unit = f"per {power} person-years" if power > 1 else "per person-year"
    found = judged(rate(value, str(x), f"{time:.{1 if in_tenths else 0}f}", *bounds, unit=unit))
    assert not found.verdict.is_question, found.message


def test_a_rate_that_its_events_do_not_print_is_asked_about():
    assert judged(rate("2.0", "19", "965")).verdict is Verdict.REPRODUCED
    found = judged(rate("2.3", "19", "965"))
    assert found.verdict is Verdict.INCONSISTENT
    assert found.message.startswith(
        "The printed rate is 2.3, and 19 events in 965 of person-time are 2.0 per 100 person-years."
    )
    assert judged(rate("1.9", "19", "965")).verdict is Verdict.EXPLAINED  # cut off: 1.969
    assert judged(rate("2.0", "19", "965", adjusted=True)).verdict is Verdict.UNCHECKED


def test_a_rate_in_another_unit_is_hard_to_explain():
    found = judged(rate("19.7", "19", "965"))
    assert found.verdict is Verdict.STRAINED and "a unit 10 times" in found.message


def test_the_method_of_the_interval_is_named():
    def how(low, high):
        return judged(rate("1.97", "19", "965", low, high))

    assert "exact Poisson (Garwood)" in how("1.19", "3.07").message
    assert "log of the rate" in how("1.26", "3.09").message
    assert how("1.22", "3.02").verdict is Verdict.EXPLAINED  # mid-P
    assert how("1.70", "2.28").verdict is Verdict.STRAINED
    wide = how("0.97", "4.00")
    assert wide.verdict is Verdict.EXPLAINED and "robust variance" in wide.message


def test_a_text_with_a_slip_is_asked_about():
    sound = "The rate of falls was 3.1 per 1000 patient-days (47 falls in 15,210 patient-days; 95% CI, 2.3 to 4.1)."
    assert not [one for one in ts.check(sound).findings if one.verdict.is_question]
    (found,) = [one for one in ts.check(sound.replace("3.1", "3.7")).findings if one.verdict.is_question]
    assert found.code == "TS240"


def test_each_rate_has_the_events_before_its_bracket():
    text = (
        "Falls were seen in 64 rowers over 2318 person-years on 3RX (27.6 per 1000 person-years) and in 89 over 2274"
        " person-years on land (39.1 per 1000 person-years)."
    )
    verdicts = [one.verdict for one in ts.check(text).findings if one.check == "person-time"]
    assert verdicts == [Verdict.REPRODUCED, Verdict.REPRODUCED]


def test_what_the_unit_counts():
    assert [per_how_many(unit) for unit in ("per 100,000 person-years", "per patient-day", "events", None)] == [
        100_000, 1, None, None,
    ]  # fmt: skip
    assert judged(rate("2.0", "19", "965", unit=None)).verdict is Verdict.REPRODUCED
    assert judged(rate("2.3", "19", "965", unit=None)).verdict is Verdict.UNCHECKED
    assert math.isclose(rate_limits(19, "byar")[0], 11.44, rel_tol=0.01)


ARMS = "We randomly assigned 3,960 rowers to lumarin (n = 1980) or solvatan (n = 1980). "


def questions(text):
    return [one.code for one in ts.check(ARMS + text).findings if one.verdict.is_question]


@pytest.mark.parametrize(
    ("sound", "slip"),
    [
        ("Sixty-two sprains occurred during 2,114 patient-months with lumarin, i.e. 0.35 per patient-year.",
         "0.95 per patient-year"),
        ("There were 62 sprains over 64,310 patient-days (0.35 per patient-year) with lumarin.", "0.95 per"),
        ("Over 4,120 person-years in the lumarin arm, 83 rowers had a first sprain, an incidence of 20.1 per 1,000"
         " person-years (95% CI, 16.0 to 25.0).", "29.1 per"),
        ("The rate was 2.9 per 100 patient-months (62 sprains in 176.2 patient-years) with lumarin.", "4.9 per"),
    ],
)  # fmt: skip
def test_person_time_is_counted_in_the_unit_of_the_rate(sound, slip):
    assert "TS240" not in questions(sound)
    value = slip.partition(" ")[0]
    before = {"0.95": "0.35", "29.1": "20.1", "4.9": "2.9"}[value]
    assert "TS240" in questions(sound.replace(f"{before} per", f"{value} per"))


@pytest.mark.parametrize(
    "text",
    [
        "There were 61 falls in 1310.5 patient years with lumarin and 92 falls in 1288.3 patient years with solvatan;"
        " rate ratio {} (95% CI {}).",
        "Falls numbered 61 per 1310 patient-years with lumarin and 92 per 1288 patient-years with solvatan (rate ratio,"
        " {}; 95% CI, {}).",
        "During 1310 patient-years in the lumarin group 61 falls were seen, and during 1288 patient-years in the"
        " solvatan group 92 falls (rate ratio, {}; 95% CI, {}).",
        "Falls came at rates of 4.66 per 100 person-years (61 events) with lumarin and 7.14 per 100 person-years (92"
        " events) with solvatan (rate ratio, {}; 95% CI, {}).",
        "Falls were seen in 61 of 13 100 adults on lumarin and in 92 of 12 880 on solvatan (relative risk, {}; 95% CI,"
        " {}).",
        "Falls were seen in 61 rowers among 13,100 lumarin recipients and in 92 among 12,880 solvatan recipients"
        " (relative risk, {}; 95% CI, {}).",
    ],
)
def test_a_ratio_is_held_against_events_over_time(text):
    assert "TS221" not in questions(text.format("0.65", "0.47 to 0.90"))
    assert "TS221" in questions(text.format("0.31", "0.22 to 0.43"))


def test_more_events_than_person_years_are_none_too_many():
    assert not questions("There were 310 colds over 140 person-years with lumarin.")
    assert not questions("The rate was 2.2 per person-year (310 colds over 140 person-years) with lumarin.")


def test_efficacy_is_held_against_its_counts():
    text = "Flu was seen in 19 of 12 310 lumarin recipients and in 41 of 12 298 solvatan recipients, corresponding to a"
    assert "TS221" not in questions(f"{text} vaccine efficacy of 53.7% (95% CI, 20.3 to 73.1).")
    assert "TS221" in questions(f"{text} vaccine efficacy of 83.7% (95% CI, 71.9 to 90.5).")


@pytest.mark.parametrize(
    ("text", "right", "slip"),
    [
        (
            "A fall occurred in 27 rowers over 2214 person-years in the salt group (incidence, {} "
            "per 100 person-years) and in "
            "49 over 2190 person-years in the placebo group (2.2 per 100 person-years).",
            "1.2",
            "2.9",
        ),
        (
            "Bleeding was observed in 58 participants in the salt group ({} per 100 person-years; 4120 person-years of "
            "follow-up) and 97 in the water group (2.39 per 100 person-years; 4055 person-years of follow-up).",
            "1.41",
            "0.41",
        ),
    ],
)
def test_rates_of_two_groups_with_people_and_time(text, right, slip):
    def asked(rate):
        return [one for one in ts.check(text.format(rate)).findings if one.code == "TS240" and one.verdict.is_question]

    assert asked(right) == []
    assert len(asked(slip)) == 1
