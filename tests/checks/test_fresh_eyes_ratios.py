"""Ratios, P values, curves and means as a stranger typed them in: what was said amiss once."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from fractions import Fraction

import pytest

from trialstats import (
    Paper,
    Reported,
    check,
    explain_ratio,
    extract,
    odds_ratio_interval,
    read_trial,
    reanalyse,
    risk_ratio_interval,
)
from trialstats.claims import Arm, Comparison, Estimate, PValue, Size, Spread
from trialstats.errors import InputError, TrialFileError
from trialstats.intervals import materiality
from trialstats.wording import as_printed, method_words

R = Reported
ARMS = ("new", "old")
FORBIDDEN = re.compile(
    r"\b(wrong|false|suspicious|fabricated|fails?|authors?)\b|(?<!standard )(?<!sampling )(?<!Monte Carlo )\berror\b"
)


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


# --------------------------------------------------------------------------------------------------
# P values of ratios
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["ratio-p", "significance"])
def test_a_p_value_above_1_is_compared_with_nothing(name):
    found = judge(name, hazard("0.54", "0.36", "0.81", p="1.2"))
    assert found.verdict == "unchecked" and "lies between 0 and 1" in found.message
    assert not explain_ratio("0.54", ("0.36", "0.81"), p="1.2").feasible
    difference = claim("d", "difference", "-2.0", "-3.1", "-0.9", p="1.2")
    assert judge("difference-p", difference).verdict == "unchecked"


def test_the_other_tail_is_named_with_its_own_range():
    found = judge("ratio-p", hazard("1.25", "0.90", "1.74", p=".91", sided=1))
    assert found.verdict == "consistent"
    assert "the one-sided Wald P value is .90 to .91, against the direction of the estimate" in found.message
    found = judge("ratio-p", hazard("1.25", "0.90", "1.74", p=".10", sided=1))
    assert "against" not in found.message


def test_a_p_value_in_per_cent_keeps_its_sign():
    assert "P = 0.7% agrees" in judge("ratio-p", hazard("0.54", "0.35", "0.84", p="0.7%")).message


def test_another_test_could_print_it_and_a_log_rank_test_belongs_to_hazards():
    found = judge("ratio-p", hazard("0.54", "0.37", "0.79", p="<.001"))
    assert "would print it and another test" in found.message
    assert "log-rank test, could (a gap of " in found.message
    odds = claim("or", "odds-ratio", "0.54", "0.37", "0.79", p=".0005")
    assert "log-rank" not in judge("ratio-p", odds).message
    assert "chi-square" in judge("ratio-p", odds).message
    odds = claim("or", "odds-ratio", "0.54", "0.37", "0.79", p=".0005", test="Fisher's exact")
    assert "test that the text names (Fisher's exact) could" in judge("ratio-p", odds).message


def test_what_a_p_value_apart_from_its_interval_does_to_the_standard_error():
    found = judge("ratio-p", hazard("0.54", "0.36", "0.81", p=".03"))
    assert "the log of the ratio has standard error 0.202 to 0.212" in found.message
    assert "if the P value is a two-sided Wald test's, 0.275 to 0.292" in found.message
    numbers = judge("ratio-interval", hazard("0.50", "0.38", "0.81")).message
    assert "-0.693 with standard error 0.140 if the estimate and the lower bound are right" in numbers
    assert "-0.693 with standard error 0.246 if the estimate and the upper bound are right" in numbers


def test_materiality_takes_printed_text():
    printed, computed = materiality("0.54", ("0.37", "0.79"), p=".003"), materiality(0.54, (0.37, 0.79), p=0.003)
    assert printed == computed and len(printed) == 4
    with pytest.raises(InputError, match="printed number"):
        materiality("0.54", ("0.37", "not reached"))


# --------------------------------------------------------------------------------------------------
# Ratios that are none, and ratios at 0
# --------------------------------------------------------------------------------------------------
def test_a_ratio_below_0_has_no_explanation():
    assert judge("ratio-interval", hazard("-0.54", "0.37", "0.79")).verdict == "inconsistent"
    assert not explain_ratio("-0.54", ("0.37", "0.79")).feasible
    assert not explain_ratio("-0.54", ("0.37", None)).feasible
    assert explain_ratio("2.00", ("-0.50", "4.50")).feasible  # an interval on the natural scale may pass 0


@pytest.mark.parametrize(("numbers", "p"), [(("0.83", "0.50", "0.30"), ".03"), (("0.83", "0.30", "0.50"), ".60")])
def test_no_decision_is_read_from_an_interval_that_leaves_out_its_estimate(numbers, p):
    found = judge("significance", hazard(*numbers, p=p))
    assert found.verdict == "unchecked" and "outside its own interval" in found.message


def test_a_difference_without_its_sign_still_decides():
    assert judge("significance", claim("d", "difference", "2.0", "-3.1", "-0.9", p=".001")).verdict == "consistent"


def test_a_bound_printed_as_0_leaves_the_standard_error_open():
    found = judge("ratio-interval", hazard("0.00", "0.00", "0.83"))
    assert found.verdict == "consistent" and "standard error of the log at least 2.605." in found.message
    assert math.isinf(next(iter(found.explanations)).se[1])
    found = judge("ratio-interval", hazard("0", "0", "0"))
    assert found.verdict == "unchecked" and "three zeros" in found.message


def test_the_standard_error_of_a_large_ratio_on_the_natural_scale_is_not_open():
    found = judge("ratio-interval", hazard("50.0", "1.0", "99.0"))
    assert all(math.isfinite(one.se[1]) for one in found.explanations if one.scale == "identity")


# --------------------------------------------------------------------------------------------------
# Credible intervals, and reductions with intervals of their own
# --------------------------------------------------------------------------------------------------
def test_a_credible_interval_may_be_skewed_and_comes_from_no_count_of_events():
    found = judge("ratio-interval", hazard("0.75", "0.50", "1.09", kind="credible"))
    assert found.verdict == "consistent" or "Poisson" not in found.message
    found = judge("ratio-interval", hazard("0.78", "0.50", "1.09", kind="credible"))
    assert found.verdict == "explained" and "median 0.738 and mean 0.753" in found.message
    assert all(one.scale != "exact-poisson" for one in found.explanations)


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
def test_a_reduction_is_judged_by_its_own_interval(numbers, verdict):
    found = judge("ratio-interval", claim("ve", "relative-reduction", *numbers))
    assert found.verdict == verdict, found.message


def test_a_reduction_is_judged_by_its_p_value():
    found = judge("ratio-p", claim("ve", "relative-reduction", "46%", "19%", "64%", p=".003"))
    assert found.verdict == "consistent", found.message
    assert judge("ratio-p", claim("ve", "relative-reduction", "46%", "19%", "64%", p=".20")).verdict == "explained"
    assert (
        judge("significance", claim("ve", "relative-reduction", "46%", "19%", "64%", p=".003")).verdict == "consistent"
    )
    assert (
        judge("significance", claim("ve", "relative-reduction", "20%", "-9%", "41%", p=".16")).verdict == "consistent"
    )


def test_one_arm_with_its_interval_decides_nothing():
    assert judge("significance", claim("r", "proportion", "25%", "12%", "43%", p=".03", arms=("new",))) is None


# --------------------------------------------------------------------------------------------------
# Words
# --------------------------------------------------------------------------------------------------
def test_words_of_decisions():
    said = judge("significance", hazard("0.54", "0.36", "0.81", says="not-significant")).message
    assert "excludes 1 at two-sided .05, and the text calls it not significant" in said
    level = judge("significance", hazard("0.80", "0.60", "1.07", p=".04", level="98.98%")).message
    assert "two-sided .0102" in level


def test_words_of_numbers():
    difference = claim("d", "difference", "-2.3", "-3.9", "-0.7", p=".005")
    assert judge("difference-p", difference).message.count("P = .005") == 1
    assert as_printed(claim("m", "median", "not reached", unit="months")) == "not reached"
    assert as_printed(claim("m", "median", "6.5", unit="mm hg")) == "6.5 mm Hg"
    assert as_printed(hazard("0.92", None, "1.06")) == "0.92 (upper bound 1.06)"
    assert method_words("newcombe") == "Newcombe"


# --------------------------------------------------------------------------------------------------
# Curves at their ends, and two arms
# --------------------------------------------------------------------------------------------------
def test_a_curve_at_0_or_at_100_per_cent():
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


@pytest.mark.parametrize("p", [".47", ".90", ".0001"])
def test_another_test_of_two_arms_is_named_with_what_it_is_worth(p):
    pair = [
        claim(f"r.{arm}", "proportion", value, arms=(arm,)) for arm, value in zip(ARMS, ("40%", "25%"), strict=True)
    ]
    found = judge("two-arm-p", *pair, Comparison(id="cmp", of=("r.new", "r.old"), p=PValue(R(p))),
                  sizes={"new": "100", "old": "100"})  # fmt: skip
    assert found.verdict == "explained"
    assert "stratified, adjusted or unconditional exact one, or one of the times to the event" in found.message
    assert re.search(r"\d\.\d away in z from every usual one", found.message)
    assert re.search(r"\d+% of all P values could be explained so", found.message)
    assert found.chance is not None


# --------------------------------------------------------------------------------------------------
# Means with standard deviations
# --------------------------------------------------------------------------------------------------
def two_means():
    return [claim(f"m.{arm}", "mean", value, arms=(arm,), n=R("40"), spread=Spread("sd", value=R(sd)))
            for arm, value, sd in zip(ARMS, ("5.20", "6.40"), ("2.00", "2.20"), strict=True)]  # fmt: skip


def test_a_narrow_interval_beside_two_means_says_what_would_make_it():
    narrow = claim("d", "difference", "-1.20", "-1.80", "-0.60", arms=ARMS)
    found = judge("mean-interval", *two_means(), narrow, about="d")
    assert found.verdict == "unchecked"
    assert "lower -2.1" in found.message and "by Welch's" in found.message
    assert "0.64 times as wide as the crude one, as adjustment for a covariate of correlation 0.77" in found.message
    wide = claim("d", "difference", "-1.20", "-2.60", "0.20", arms=ARMS)
    assert "1.50 times as wide" in judge("mean-interval", *two_means(), wide, about="d").message
    other = claim("d", "difference", "-1.90", "-2.50", "-1.30", arms=ARMS)
    assert "about another difference" in judge("mean-interval", *two_means(), other, about="d").message


@pytest.mark.parametrize("adjusted", [None, False])
def test_a_p_value_of_ranks_beside_an_interval_that_follows_from_the_means(adjusted):
    both = claim("d", "difference", "-1.20", "-2.14", "-0.26", arms=ARMS, p=".04", adjusted=adjusted)
    found = judge("mean-interval", *two_means(), both, about="d")
    assert found.verdict == "explained" and "test of ranks" in found.message
    both = claim("d", "difference", "-1.20", "-2.14", "-0.26", arms=ARMS, p=".013", adjusted=adjusted)
    assert judge("mean-interval", *two_means(), both, about="d").verdict == "reproduced"


# --------------------------------------------------------------------------------------------------
# In texts
# --------------------------------------------------------------------------------------------------
def read(text, code):
    return next(one for one in check(text).findings if one.code == code)


def test_the_sides_of_the_next_p_value_are_not_those_of_this_one():
    text = "Survival was longer (HR 0.72; 95% CI, 0.52 to 0.99; P = .0433, one-sided P = .0217)."
    assert read(text, "TS202").verdict == "consistent"
    first = extract(text).claims[0].p
    assert (first.value.text, first.sided) == (".0433", None)
    assert extract("It was longer (HR 0.72; 95% CI, 0.52 to 0.99; P = .0217, one-sided).").claims[0].p.sided == 1


def test_a_p_value_in_a_sentence_about_a_margin_is_about_the_margin():
    text = "The HR was 0.95 (95% CI, 0.75 to 1.20; P = .004), meeting the noninferiority margin of 1.25."
    assert read(text, "TS202").verdict == "unchecked" and "another null" in read(text, "TS203").message


@pytest.mark.parametrize("words", ["P = NS", "p=n.s.", "p not significant", "p: ns"])
def test_not_significant_is_a_p_value_above_the_level(words):
    text = f"Survival did not differ (HR 0.92; 95% CI, 0.70 to 1.21; {words})."
    assert read(text, "TS203").verdict == "consistent"
    assert read(text, "TS202").verdict == "consistent"
    text = f"Survival did differ (HR 0.54; 95% CI, 0.36 to 0.81; {words})."
    assert read(text, "TS203").verdict == "explained"


def test_ns_stands_in_a_claim_and_keeps_its_words():
    value = R("NS")
    assert value == R(">.05") and value.text == "NS" and 0.06 in value.range() and Fraction(1, 20) not in value.range()
    found = judge("significance", hazard("0.92", "0.70", "1.21", p="NS"))
    assert found.verdict == "consistent" and "P = NS" in found.message


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
        assert all(one.code != "TS204" for one in check(text).findings), other


def test_a_p_value_behind_the_second_group_of_two_sentences_is_not_that_group_s_own():
    text = "Response was 36% (95% CI, 29 to 43) with drug. With placebo it was 31% (95% CI, 24 to 38), P = .06."
    assert all(one.p is None for one in extract(text).claims if isinstance(one, Estimate))


# --------------------------------------------------------------------------------------------------
# One curve, and a ratio turned over
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
def test_the_rates_of_one_curve_go_one_way(outcome, values, verdict):
    found = judge("survival-order", *along(outcome, *values))
    assert (found and found.verdict) == verdict


def test_rates_of_other_patients_are_on_another_curve():
    first, second = along("overall survival", "66%", "81%")
    assert judge("survival-order", first, replace(second, population="evaluable")) is None
    assert judge("survival-order", first, replace(second, arms=("old",))) is None
    assert judge("survival-order", first, replace(second, time="52 weeks")) is None


@pytest.mark.parametrize(("numbers", "verdict"), [
    (("1.85", "1.23", "2.78"), "reproduced"),
    (("1.85", None, "2.78"), "reproduced"),
    (("1.85", "1.36", "2.78"), "inconsistent"),
    (("1.54", "1.23", "2.78"), "inconsistent"),
    (("1.84", "1.23", "2.78"), "reproduced"),
    (("1.83", "1.22", "2.73"), "explained"),  # 1/.5499 to 1/.54: both cut off
])  # fmt: skip
def test_a_ratio_turned_over(numbers, verdict):
    other = claim("turned", "hazard-ratio", *numbers, arms=ARMS[::-1], outcome="death")
    found = judge("reciprocal", hazard("0.54", "0.36", "0.81"), other)
    assert found.verdict == verdict, found.message


def test_ratios_of_two_analyses_are_not_turned_over():
    other = claim("turned", "hazard-ratio", "1.54", "1.23", "2.78", arms=ARMS[::-1], outcome="death")
    assert judge("reciprocal", hazard("0.54", "0.36", "0.81"), replace(other, adjusted=True)) is None
    assert judge("reciprocal", hazard("0.54", "0.36", "0.81"), replace(other, time="2 years")) is None
    assert judge("reciprocal", hazard("0.54", "0.36", "0.81"), replace(other, arms=ARMS)) is None


def test_an_informative_prior_adds_to_the_events():
    found = judge("events", hazard("0.80", "0.66", "0.97", kind="credible"), sizes={"new": "20", "old": "20"})
    assert found.verdict == "explained" and "prior" in found.message


@pytest.mark.parametrize("numbers", [("1.04", "0.68", "1.45"), ("0.73", "0.26", "3.39"), ("0.78", "0.29", "4.15")])
def test_bias_corrected_bootstraps_of_simulated_trials_are_explained(numbers):
    found = judge("ratio-interval", hazard(*numbers))
    assert found.verdict == "explained" and "bias-corrected" in found.message


def test_ns_is_a_p_value_in_a_trial_file_and_nothing_else(tmp_path):
    start = 'schema = 1\n[trial]\nid = "own"\ntitle = "Own"\n[[rows]]\nid = "hr"\nmeasure = "hazard-ratio"\n'
    file = tmp_path / "own.toml"
    file.write_text(start + 'value = ["0.92", "0.70", "1.21"]\nspread = "confidence"\nlevel = "95%"\np = "NS"\n')
    assert reanalyse(read_trial(file), select=["significance"])["hr"].verdict == "consistent"
    file.write_text(start + 'value = "NS"\n')
    with pytest.raises(TrialFileError, match="stands for a P value above"):
        read_trial(file)
