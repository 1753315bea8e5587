"""Ratios, P values, curves and means as a stranger typed them in: what was said amiss once."""

from __future__ import annotations

import re

import pytest

from trialstats import (
    Arm,
    Comparison,
    Estimate,
    Paper,
    PValue,
    Reported,
    Size,
    Spread,
    check,
    odds_ratio_interval,
    reanalyse,
    risk_ratio_interval,
)

R = Reported
ARMS = ("new", "old")
FORBIDDEN = re.compile(r"\b(wrong|false|suspicious|fabricated|fails?|authors?)\b|(?<!standard )\berror\b")


def number(text):
    return None if text is None else R(text)


def claim(name, measure, value=None, low=None, high=None, *, p=None, sided=None, test=None, level="95%", **more):
    spread = more.pop("spread", None)
    if low is not None or high is not None:
        spread = Spread(more.pop("kind", "confidence"), number(low), number(high), level=number(level))
    return Estimate(id=name, measure=measure, value=number(value), spread=spread,
                    p=None if p is None else PValue(R(p), sided, test), **more)  # fmt: skip


def hazard(value, low, high, **more):
    return claim("hr", "hazard-ratio", value, low, high, **{"arms": ARMS, "outcome": "death", **more})


def paper(*claims, sizes=None):
    arms = tuple(Arm(name, name, {"randomised": Size(R(n))} if n else {}) for name, n in (sizes or {}).items())
    return Paper(id="own", arms=arms, claims=claims)


def judge(name, *claims, sizes=None, about=None):
    """Run one check through the whole path, and hold its words to those of the house."""
    found = reanalyse(paper(*claims, sizes=sizes), select=[name]).findings
    found = [one for one in found if about is None or one.claim == about]
    for one in found:
        assert not FORBIDDEN.search(one.message), one.message
    return found[0] if found else None


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
def test_a_signed_percentage_is_a_change(printed, ratio, verdict):
    found = judge("reduction", ratio, printed)
    assert found.verdict == verdict, found.message


def test_a_change_is_called_one():
    assert judge("reduction", hazard("0.54", "0.36", "0.81"), cut("-46%")).message == (
        "The change of -46% is 0.54 - 1."
    )
    assert "negative reduction" in judge("reduction", hazard("1.30", "1.02", "1.66"), cut("-30%")).message


# --------------------------------------------------------------------------------------------------
# Events that happen more than once, and events printed as shares
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("outcome", "verdict"), [
    ("recurrent hospitalisations for heart failure", "explained"),
    ("major bleeding", "explained"),
    (None, "explained"),
    ("death from any cause", "inconsistent"),
    ("overall survival", "inconsistent"),
    ("first hospitalisation for heart failure", "inconsistent"),
])  # fmt: skip
def test_only_an_event_that_happens_once_is_bounded_by_the_patients(outcome, verdict):
    found = judge("events", hazard("0.92", "0.86", "0.99", outcome=outcome), sizes={"new": "100", "old": "100"})
    assert found.verdict == verdict, found.message
    assert ("each with one event at most" in found.message) is (verdict == "inconsistent")
    assert ("Recurrent events" in found.message) is (verdict == "explained")


def shares(outcome, first, second, **more):
    return [claim(f"n.{arm}", "proportion", f"{x}%", x=R(str(x)), n=R("100"), arms=(arm,), outcome=outcome, **more)
            for arm, x in zip(ARMS, (first, second), strict=True)]  # fmt: skip


def test_events_are_found_where_the_ratio_names_them_and_in_shares_of_its_outcome():
    deaths = [
        claim(f"n.{arm}", "count", x, arms=(arm,), outcome="deaths") for arm, x in zip(ARMS, ("9", "12"), strict=True)
    ]
    linked = hazard("0.54", "0.36", "0.81", outcome="overall survival", of=("n.new", "n.old"))
    found = judge("events", *deaths, linked)
    assert found.verdict == "inconsistent" and "21 events are stated" in found.message
    assert found.others == ("n.new", "n.old")
    found = judge("events", *shares("death", 9, 12), hazard("0.54", "0.36", "0.81"))
    assert found.verdict == "inconsistent" and "21 events are stated" in found.message
    alive = judge(
        "events", *shares("overall survival", 9, 12), hazard("0.54", "0.36", "0.81", outcome="overall survival")
    )
    assert alive is None  # these are the patients without the event
    later = judge("events", *shares("death", 9, 12, time="1 year"), hazard("0.54", "0.36", "0.81"))
    assert later is None  # more events may follow


# --------------------------------------------------------------------------------------------------
# Rates at a time
# --------------------------------------------------------------------------------------------------
def at_a_time(outcome, first, second):
    return [claim(f"s.{arm}", "survival", value, arms=(arm,), outcome=outcome, time="18 months")
            for arm, value in zip(ARMS, (first, second), strict=True)]  # fmt: skip


@pytest.mark.parametrize(
    "outcome", ["cumulative incidence of relapse", "mortality", "death from any cause", "major bleeding"]
)
def test_cumulative_incidence_is_turned_before_it_implies_a_ratio(outcome):
    rates = at_a_time(outcome, "22%", "36%")
    found = judge(
        "landmark-ratio", *rates, hazard("0.56", "0.35", "0.90", outcome=outcome), sizes={"new": "120", "old": "118"}
    )
    assert found.verdict == "consistent", found.message
    assert "imply a hazard ratio of 0.557" in found.message and "cumulative incidence" in found.message
    assert found.reported["s.new"] == "22%"


def test_a_survival_rate_is_not_turned():
    rates = at_a_time("overall survival", "22%", "36%")
    found = judge("landmark-ratio", *rates, hazard("0.56", "0.35", "0.90", outcome="overall survival"),
                  sizes={"new": "120", "old": "118"})  # fmt: skip
    assert found.verdict == "explained" and "1.482" in found.message


def test_the_nearer_reading_is_taken_where_the_words_leave_it_open():
    found = judge("landmark-ratio", *at_a_time("death", "81%", "36%"), hazard("0.21", "0.10", "0.44"))
    assert found.verdict == "consistent" and "cumulative" not in found.message
