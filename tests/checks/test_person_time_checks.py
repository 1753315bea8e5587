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
