"""Events behind a hazard ratio, rates at a time, and that the rates of one curve go one way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.checks.claims_in_short import ARMS, R, claim, hazard

from trialstats import check


# --------------------------------------------------------------------------------------------------
# Events behind a hazard ratio
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("outcome", "verdict"), [
    ("recurrent hospitalisations for heart failure", "explained"),
    ("major bleeding", "explained"),
    (None, "explained"),
    ("death from any cause", "inconsistent"),
    ("overall survival", "inconsistent"),
    ("first hospitalisation for heart failure", "inconsistent"),
])  # fmt: skip
def test_only_an_event_that_happens_once_is_bounded_by_the_patients(judge, outcome, verdict):
    found = judge("events", hazard("0.92", "0.86", "0.99", outcome=outcome), sizes={"new": "100", "old": "100"})
    assert found.verdict == verdict, found.message
    assert ("each with one event at most" in found.message) is (verdict == "inconsistent")
    assert ("Recurrent events" in found.message) is (verdict == "explained")


def shares(outcome, first, second, **more):
    return [claim(f"n.{arm}", "proportion", f"{x}%", x=R(str(x)), n=R("100"), arms=(arm,), outcome=outcome, **more)
            for arm, x in zip(ARMS, (first, second), strict=True)]  # fmt: skip


def test_events_are_found_where_the_ratio_names_them_and_in_shares_of_its_outcome(judge):
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


@pytest.mark.parametrize(
    "text, verdicts",
    [
        ("The final analysis was done after 88 deaths. Overall survival was longer with lumarin than with zinc (hazard"
         " ratio, 0.70; 95% CI, 0.57 to 0.86).", ["strained"]),
        ("The final analysis was done after 388 deaths. Overall survival was longer with lumarin than with zinc (hazard"
         " ratio, 0.70; 95% CI, 0.57 to 0.86).", ["consistent"]),
        # Of whom these are we do not know.
        ("There were 88 deaths on the ward. Overall survival was longer with lumarin than with zinc (hazard ratio,"
         " 0.70; 95% CI, 0.57 to 0.86).", []),
    ],
)  # fmt: skip
def test_events_at_the_analysis_are_those_of_its_ratio(text, verdicts):
    assert [one.verdict for one in check(text).findings if one.check == "events"] == verdicts


def test_an_informative_prior_adds_to_the_events(judge):
    found = judge("events", hazard("0.80", "0.66", "0.97", kind="credible"), sizes={"new": "20", "old": "20"})
    assert found.verdict == "explained" and "prior" in found.message


# --------------------------------------------------------------------------------------------------
# Rates at a time
# --------------------------------------------------------------------------------------------------
def at_a_time(outcome, first, second):
    return [claim(f"s.{arm}", "survival", value, arms=(arm,), outcome=outcome, time="18 months")
            for arm, value in zip(ARMS, (first, second), strict=True)]  # fmt: skip


@pytest.mark.parametrize(
    "outcome", ["cumulative incidence of relapse", "mortality", "death from any cause", "major bleeding"]
)
def test_cumulative_incidence_is_turned_before_it_implies_a_ratio(judge, outcome):
    rates = at_a_time(outcome, "22%", "36%")
    found = judge(
        "landmark-ratio", *rates, hazard("0.56", "0.35", "0.90", outcome=outcome), sizes={"new": "120", "old": "118"}
    )
    assert found.verdict == "consistent", found.message
    assert "imply a hazard ratio of 0.557" in found.message and "cumulative incidence" in found.message
    assert found.reported["s.new"] == "22%"


def test_a_survival_rate_is_not_turned(judge):
    rates = at_a_time("overall survival", "22%", "36%")
    found = judge("landmark-ratio", *rates, hazard("0.56", "0.35", "0.90", outcome="overall survival"),
                  sizes={"new": "120", "old": "118"})  # fmt: skip
    assert found.verdict == "strained" and "1.482" in found.message


def test_the_nearer_reading_is_taken_where_the_words_leave_it_open(judge):
    found = judge("landmark-ratio", *at_a_time("death", "81%", "36%"), hazard("0.21", "0.10", "0.44"))
    assert found.verdict == "consistent" and "cumulative" not in found.message


def test_a_curve_at_0_or_at_100_per_cent(judge):
    found = judge("survival-interval", claim("s", "survival", "0%", "0%", "0%", n=R("100"), outcome="overall survival"))
    assert "0.00% to 100.00%" not in found.message
    found = judge(
        "survival-interval", claim("s", "survival", "100%", "NA", "NA", n=R("20"), outcome="overall survival")
    )
    assert found.verdict == "unchecked" and "neither bound is a number" in found.message
    found = judge(
        "survival-interval", claim("s", "survival", "100%", "85%", "NA", n=R("20"), outcome="overall survival")
    )
    assert "inf" not in found.message and "1000000" not in found.message


# --------------------------------------------------------------------------------------------------
# One curve
# --------------------------------------------------------------------------------------------------
def along(outcome, *values, arm="new", **more):
    return [claim(f"s{year}", "survival", value, arms=(arm,), outcome=outcome, time=f"{year} years", **more)
            for year, value in enumerate(values, start=1)]  # fmt: skip


@pytest.mark.parametrize(("outcome", "values", "verdict"), [
    ("overall survival", ("81%", "66%", "52%"), "consistent"),
    ("overall survival", ("81%", "81%", "52%"), "consistent"),
    ("overall survival", ("66%", "81%"), "inconsistent"),
    ("overall survival", ("81%", "66%", "67.4%"), "inconsistent"),
    ("overall survival", ("81%", "66%", "66.4%"), "consistent"),  # within rounding
    ("relapse", ("12%", "18%", "25%"), "consistent"),  # an incidence rises
    ("relapse", ("12%", "25%", "18%"), "inconsistent"),  # and a curve does not turn round
    ("relapse", ("12%", "25%"), None),
])  # fmt: skip
def test_the_rates_of_one_curve_go_one_way(judge, outcome, values, verdict):
    found = judge("survival-order", *along(outcome, *values))
    assert (found and found.verdict) == verdict


def test_rates_of_other_patients_are_on_another_curve(judge):
    first, second = along("overall survival", "66%", "81%")
    assert judge("survival-order", first, replace(second, population="evaluable")) is None
    assert judge("survival-order", first, replace(second, arms=("old",))) is None
    assert judge("survival-order", first, replace(second, time="52 weeks")) is None


def asked(text, name):
    return [one.verdict.value for one in check(text).findings if one.check == name and one.verdict.is_question]


@pytest.mark.parametrize(
    ("text", "enough", "few", "verdict"),
    [
        (
            "At the final analysis, {} patients had died, and survival did not differ significantly "
            "(hazard ratio, 0.84; 95% CI, "
            "0.69 to 1.02).",
            402,
            102,
            "strained",
        ),
        ("After {} primary outcome events, the hazard ratio was 0.86 (95% CI 0.72 to 1.02).", 512, 52, "inconsistent"),
        (
            "Analysis after {} relapses showed a hazard ratio for relapse of 0.72 (95% CI 0.58 to 0.89).",
            334,
            64,
            "strained",
        ),
    ],
)
def test_events_of_all_at_an_analysis(text, enough, few, verdict):
    assert asked(text.format(enough), "events") == []
    assert asked(text.format(few), "events") == [verdict]


def test_patients_with_a_cramp_of_both_arms():
    told = (
        "Cramp was reported in 61 (20%) of 302 patients on salt and 99 (33%) of 300 on water (hazard "
        "ratio 0.57, 95% CI {})."
    )
    assert asked(told.format("0.41 to 0.79"), "events") == []
    assert asked(told.format("0.53 to 0.61"), "events") == ["strained"]
    assert asked("Recurrent attacks were counted. " + told.format("0.53 to 0.61"), "events") == []


@pytest.mark.parametrize(
    ("text", "right", "slip"),
    [
        ("The cumulative incidence of cramp was 18% at 1 year and {}% at 3 years.", 27, 12),
        ("The 2-year and 5-year cramp-free survival rates were 74% and {}%.", 61, 81),
        ("One-, two-, and three-year survival was 70%, {}%, and 41%, respectively.", 52, 82),
        ("Cramp-free survival was 61% (95% CI 52-70) at 2 years and {}) at 4 years.", "48% (39-57", "78% (69-87"),
    ],
)
def test_rates_of_one_curve_in_more_forms(text, right, slip):
    assert asked(text.format(right), "survival-order") == []
    assert asked(text.format(slip), "survival-order") == ["inconsistent"]
