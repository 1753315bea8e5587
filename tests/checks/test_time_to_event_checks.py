"""Checks of curves, medians, events, means and differences: what they accept, explain, ask about and leave alone."""

from __future__ import annotations

import csv
import gzip
import io
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trialstats.catalogue import Convention, load_catalogue
from trialstats.checks import find_check
from trialstats.checks.check import Context
from trialstats.checks.implied_ratio import FLOORS, gap_sd
from trialstats.checks.median_landmark import months
from trialstats.claims.model import Arm, Comparison, Estimate, Paper, PValue, Size, Spread
from trialstats.explanations import SurvivalRate, Symmetric
from trialstats.findings import Verdict
from trialstats.intervals.mean_difference import t_test
from trialstats.intervals.two_sample import DIFFERENCE_METHODS, difference_interval
from trialstats.press import print_claim, print_number
from trialstats.reported import Reported

R = Reported
REFERENCE = Path(__file__).parents[1] / "reference"
AGREES, STRAINED, CONSISTENT, EXPLAINED, ASKS, UNCHECKED = (
    Verdict.REPRODUCED, Verdict.STRAINED, Verdict.CONSISTENT, Verdict.EXPLAINED, Verdict.INCONSISTENT,
    Verdict.UNCHECKED,
)  # fmt: skip
ARMS = ("new", "old")
FORBIDDEN = ("wrong", "false", "suspicious", "fabricat", "fails", "the authors")


def claim(
    name, measure, value=None, low=None, high=None, *, p=None, sided=None, sd=None, se=None, n=None, x=None, **more
):
    spread = None
    if sd or se:
        spread = Spread("sd" if sd else "se", value=R(sd or se))
    elif low or high:
        spread = Spread("confidence", R(low) if low else None, R(high) if high else None, level=R("95%"))
    return Estimate(
        id=name, measure=measure, value=R(value) if value else None, spread=spread, n=R(n) if n else None,
        x=R(x) if x else None, p=PValue(R(p), sided) if p else None, **more,
    )  # fmt: skip


def paper(*claims, sizes=None):
    arms = tuple(Arm(name, name, {"randomised": Size(R(n))}) for name, n in (sizes or {}).items())
    return Paper(id="own", arms=arms, claims=claims)


def findings(check, *claims, sizes=None):
    """Run one check."""
    rule = find_check(check)
    return list(rule.run(rule, Context(paper(*claims, sizes=sizes), load_catalogue())))


def judge(check, *claims, sizes=None):
    """Run one check, hold its message to the house's words, and return the one finding."""
    found = findings(check, *claims, sizes=sizes)
    for one in found:
        assert not any(word in one.message.lower() for word in FORBIDDEN), one.message
    assert len(found) == 1, found
    return found[0]


def hazard(value, low, high, **more):
    return claim("hr", "hazard-ratio", value, low, high, arms=ARMS, outcome="death-free survival", **more)


def two(measure, first, second, **more):
    numbers = (first, second)
    found = []
    for arm, values in zip(ARMS, numbers, strict=True):
        printed = values if isinstance(values, tuple) else (values,)
        found.append(claim(f"{measure}.{arm}", measure, *printed, arms=(arm,), outcome="death-free survival", **more))
    return found


# --------------------------------------------------------------------------------------------------
# Rates at a time
# --------------------------------------------------------------------------------------------------
@settings(max_examples=60)
@given(st.sampled_from(["plain", "log", "log-log"]), st.floats(0.05, 0.95), st.floats(15, 400), st.integers(0, 2))
def test_a_rate_by_a_usual_transform_is_consistent(transform, rate, n, decimals):
    witness = SurvivalRate(rate, math.sqrt(rate * (1 - rate) / n))
    printed = print_claim(witness, Convention(scale=transform), decimals=decimals, claim_id="s")
    assert judge("survival-interval", printed).verdict is CONSISTENT


def test_a_rate_by_a_method_of_no_scale_is_explained():
    found = judge("survival-interval", claim("s", "survival", "34.8%", "23.5%", "43.1%", outcome="overall survival"))
    assert found.verdict is EXPLAINED
    assert "likelihood-ratio" in found.message


def test_a_weighted_curve_is_explained_not_asked_about():
    rate = claim("s", "survival", "81.0%", "78.1%", "84.0%", arms=("new",), outcome="overall survival")
    assert judge("survival-interval", rate, sizes={"new": "40"}).verdict is EXPLAINED
    assert judge("survival-interval", rate, sizes={"new": "900"}).verdict is CONSISTENT


def test_limits_that_are_not_cut_off_at_0_and_1_are_no_impossible_patients():
    beyond = claim("s", "survival", "95.0%", "85.4%", "104.6%", outcome="overall survival")
    assert judge("survival-interval", beyond).verdict is CONSISTENT
    assert not findings("order", beyond)
    assert judge("order", claim("s", "survival", "105.0%", "95.4%", "114.6%")).verdict is ASKS


def test_the_nearest_miss_is_named_in_units_of_the_last_digit():
    found = judge("survival-interval", claim("s", "survival", "81%", "71%", "92%", outcome="overall survival"))
    assert found.verdict is CONSISTENT
    found = judge("survival-interval", claim("s", "survival", "81%", "70%", "84%", outcome="overall survival"))
    assert found.verdict is ASKS
    assert found.nearest.steps >= 1 and "of the last digit away" in found.message
    near = judge(
        "survival-interval", claim("s", "survival", *found.nearest.prints.values(), outcome="overall survival")
    )
    assert near.verdict is CONSISTENT


def test_one_minus_the_rate_is_tried_where_the_wording_leaves_it_open():
    numbers = ("19.0%", "14.0%", "25.7%")  # log transform of 1 - F would be another interval
    plain = judge("survival-interval", claim("s", "survival", *numbers, outcome="overall survival"))
    either = judge("survival-interval", claim("s", "survival", *numbers, outcome="relapse"))
    assert not plain.searched["one_minus_rate"] and either.searched["one_minus_rate"]
    assert {one.kind for one in plain.explanations} == {None}


# --------------------------------------------------------------------------------------------------
# Ratios implied by rates and medians
# --------------------------------------------------------------------------------------------------
RATES = (("81%", "69%", "96%"), ("36%", "22%", "57%"))


def test_a_gap_inside_sampling_error_is_consistent_and_says_how_large():
    found = judge("landmark-ratio", *two("survival", *RATES, time="2 years"), hazard("0.13", "0.05", "0.31"))
    assert found.verdict is CONSISTENT
    assert (
        "0.206" in found.message
        and "outside rounding" in found.message
        and "inside its sampling error" in found.message
    )
    assert 1.5 < found.searched["gap_in_standard_deviations"] < 2


def test_a_gap_far_beyond_sampling_error_is_hard_to_explain_by_the_model():
    narrow = (("81%", "78%", "84%"), ("36%", "33%", "39%"))
    found = judge("landmark-ratio", *two("survival", *narrow, time="2 years"), hazard("0.13", "0.10", "0.17"))
    assert found.verdict is Verdict.STRAINED
    assert "adjusted or stratified" in found.message


def test_without_intervals_and_sizes_the_events_behind_the_printed_interval_decide():
    found = judge("landmark-ratio", *two("survival", "81%", "36%", time="2 years"), hazard("0.13", "0.05", "0.31"))
    assert found.verdict is CONSISTENT and "from the interval of the ratio" in found.message
    found = judge("medians-ratio", *two("median", "8.6", "4.5", unit="months"), hazard("0.54", None, None))
    assert found.verdict in (CONSISTENT, UNCHECKED)


def test_arm_sizes_stand_in_for_intervals():
    medians = two("median", "11.8", "7.6", unit="months")
    found = judge("medians-ratio", *medians, hazard("0.54", "0.37", "0.79"), sizes={"new": "97", "old": "74"})
    assert found.verdict is CONSISTENT and "arm sizes" in found.message
    assert not list(
        find_check("medians-ratio").run(
            find_check("medians-ratio"),
            Context(
                paper(*two("median", ">24", "7.6", unit="months"), hazard("0.54", "0.37", "0.79")), load_catalogue()
            ),
        )
    )


@given(st.floats(0.01, 2), st.floats(0.01, 2), st.sampled_from(sorted(FLOORS.values())))
def test_the_gap_is_never_taken_for_surer_than_its_floor(variance, se, floor):
    sd = gap_sd(variance, se, floor=floor)
    assert floor * variance - 1e-12 <= sd**2 <= max(variance, floor * variance) + 1e-12


@pytest.mark.slow
def test_sampling_error_covers_simulated_trials_as_the_documentation_says():
    """Exponential trials without censoring, from arm sizes and from intervals: at most 7 % beyond 1.96."""
    rng = np.random.default_rng(7)
    beyond = []
    for _ in range(400):
        n = 60
        times = [rng.exponential(1 / hazard_rate, n) for hazard_rate in (0.5, 1.0)]
        rates = [float(np.mean(t > 0.7)) for t in times]
        if not all(0 < rate < 1 for rate in rates):
            continue
        order = np.argsort(np.concatenate(times))
        group = np.repeat([1.0, 0.0], n)[order]
        at_risk = [np.cumsum((group == g)[::-1])[::-1] for g in (0, 1)]
        b = 0.0
        for _ in range(30):
            share = at_risk[1] * math.exp(b) / (at_risk[1] * math.exp(b) + at_risk[0])
            information = float(np.sum(share * (1 - share)))
            b += float(np.sum(group - share)) / information
        variance = sum((1 - s) / s / n / math.log(s) ** 2 for s in rates)
        gap = math.log(math.log(rates[0]) / math.log(rates[1])) - b
        beyond.append(abs(gap) > 1.96 * gap_sd(variance, information**-0.5, floor=FLOORS["landmark", "intervals"]))
    assert np.mean(beyond) < 0.07


# --------------------------------------------------------------------------------------------------
# Medians
# --------------------------------------------------------------------------------------------------
def quantiles():
    text = gzip.decompress((REFERENCE / "km_quantile.csv.gz").read_bytes()).decode()
    return list(csv.DictReader(io.StringIO(text)))


def printed_time(text, unit, decimals):
    return "not reached" if text in ("NA", "NaN", "Inf") else print_number(float(text) / unit, decimals)


@pytest.mark.parametrize("decimals", [0, 1, 2])
def test_no_median_interval_of_r_is_asked_about(decimals):
    rule, context = find_check("median-interval"), Context(paper(), load_catalogue())
    rows = quantiles()
    assert len(rows) == 1296
    for row in rows:
        for names in (("quantile", "lower", "upper"), ("table_median", "table_lower", "table_upper")):
            if names[0] == "table_median" and row["prob"] != "0.5":
                continue
            for unit in (1.0, 30.4375):
                numbers = [printed_time(row[name], unit, decimals) for name in names]
                one = claim("m", "median", *numbers, unit="months")
                (found,) = rule.run(rule, Context(paper(one), context.catalogue))
                assert found.verdict is not ASKS, (row, numbers)


@pytest.mark.parametrize(
    "numbers, verdict",
    [
        (("6.5", "5.6", "8.2"), CONSISTENT),
        (("6.5", "5.6", "not reached"), CONSISTENT),
        (("not reached", "5.6", "not reached"), CONSISTENT),
        (("not reached", "5.6", "8.2"), ASKS),
        (("6.5", "not reached", "not reached"), EXPLAINED),
        (("6.5", "7.1", "8.2"), Verdict.UNCHECKED),
        (("6.5", "6.5", "6.5"), CONSISTENT),
    ],
)
def test_medians_and_their_limits(numbers, verdict):
    assert judge("median-interval", claim("m", "median", *numbers)).verdict is verdict


def on_one_curve(median, rate, time, unit="months", outcome="progression-free survival"):
    return judge("median-landmark", claim("m", "median", median, arms=("new",), unit=unit, outcome=outcome),
                 claim("s", "survival", rate, arms=("new",), time=time, outcome=outcome))  # fmt: skip


def test_a_median_and_a_rate_lie_on_one_curve():
    assert on_one_curve("6.5", "32.1%", "9 months").verdict is CONSISTENT
    assert on_one_curve("6.5", "62.1%", "9 months").verdict is ASKS
    assert on_one_curve("20", "45%", "1 year").verdict is ASKS
    assert on_one_curve("not reached", "45%", "1 year").verdict is ASKS
    assert on_one_curve("12.0", "55%", "52 weeks").verdict is CONSISTENT  # the two times are too close to tell
    found = on_one_curve("6.5", "32.1%", "9 months")
    low, high = (float(end.rstrip("%")) for end in found.recomputed["exponential rate"].split(" to "))
    assert low <= 100 * 2 ** (-9 / 6.5) <= high
    low, high = map(float, found.recomputed["Weibull shape"].split(" to "))
    assert low <= math.log(math.log(0.321) / math.log(0.5)) / math.log(9 / 6.5) <= high


@given(st.floats(0.3, 3), st.floats(2, 40), st.floats(1, 60), st.integers(0, 2))
def test_no_point_of_a_weibull_curve_is_asked_about(shape, median, time, decimals):
    rate = 0.5 ** ((time / median) ** shape)
    assert (
        on_one_curve(print_number(median, 1), print_number(rate, decimals, "%"), f"{time:.1f} months").verdict
        is CONSISTENT
    )


def test_times_in_words():
    assert months("18-month") == 18 and months("2.5 years") == 30
    assert months("52 weeks") == pytest.approx(11.96, abs=0.01)
    assert months(None) is None


# --------------------------------------------------------------------------------------------------
# Events
# --------------------------------------------------------------------------------------------------
def with_events(events, **more):
    counts = (
        [claim("d", "count", events, outcome="death-free survival")]
        if isinstance(events, str)
        else two("count", *events)
    )
    return judge("events", hazard("0.54", "0.36", "0.81"), *counts, **more)


def test_stated_events_against_the_interval():
    assert with_events("130").verdict is CONSISTENT
    assert with_events(("50", "60")).verdict is CONSISTENT
    assert with_events("70").verdict is EXPLAINED
    assert with_events("35").verdict is STRAINED  # a robust variance of few clusters may be as small
    found = with_events("25")
    assert found.verdict is ASKS
    assert "at least 89 events" in found.message  # 4 / 0.2125 squared
    assert "standard error" in found.message and "at least 0.400" in found.message


def test_patients_bound_the_events():
    found = judge("events", hazard("0.54", "0.36", "0.81"), sizes={"new": "97", "old": "74"})
    assert found.verdict is CONSISTENT and "171 patients" in found.message
    assert judge("events", hazard("0.54", "0.36", "0.81"), sizes={"new": "12", "old": "12"}).verdict is ASKS


@settings(max_examples=100)
@given(st.integers(3, 300), st.integers(3, 300), st.floats(1.0, 3.0), st.floats(-1.5, 1.0), st.integers(1, 3))
def test_a_model_based_interval_is_never_asked_about(d1, d2, inflation, log_hr, decimals):
    se = inflation * math.sqrt(1 / d1 + 1 / d2)
    printed = print_claim(Symmetric(log_hr, se), Convention(scale="log"), decimals=decimals, unit="", claim_id="hr")
    if printed.spread.lower.value <= 0:
        return
    one = hazard(printed.value.text, printed.spread.lower.text, printed.spread.upper.text)
    assert judge("events", one, *two("count", str(d1), str(d2))).verdict is CONSISTENT


# --------------------------------------------------------------------------------------------------
# Differences
# --------------------------------------------------------------------------------------------------
def difference(value, low, high, **more):
    return claim("d", "difference", value, low, high, arms=ARMS, outcome="response", **more)


def responses(first, second):
    return [claim(f"r.{arm}", "proportion", value, x=x, n=n, arms=(arm,), outcome="response")
            for arm, (value, x, n) in zip(ARMS, (first, second), strict=True)]  # fmt: skip


@pytest.mark.parametrize("method", sorted(DIFFERENCE_METHODS))
@pytest.mark.parametrize("table", [(56, 70, 48, 80), (9, 10, 3, 10), (15, 132, 30, 128)])
def test_every_method_for_a_difference_is_found_from_counts(method, table):
    x1, n1, x2, n2 = table
    lower, upper = difference_interval(x1, n1, x2, n2, method=method)
    numbers = [print_number(float(value), 1, "%") for value in (x1 / n1 - x2 / n2, lower, upper)]
    arms = responses(*((print_number(x / n, 1, "%"), str(x), str(n)) for x, n in ((x1, n1), (x2, n2))))
    found = judge("difference-interval", difference(*numbers), *arms)
    assert any(one.method == method for one in found.explanations)
    assert found.verdict in (AGREES, EXPLAINED)


def test_percentages_and_arm_sizes_give_the_counts():
    arms = responses(("80%", None, None), ("60%", None, None))
    lower, upper = difference_interval(56, 70, 48, 80, method="newcombe")
    one = difference("20%", print_number(lower, 0, "%"), print_number(upper, 0, "%"))
    found = judge("difference-interval", one, *arms, sizes={"new": "70", "old": "80"})
    assert found.verdict is AGREES and (found.explanations[0].x, found.explanations[0].x2) == (56, 48)


def test_a_difference_that_the_counts_do_not_print_may_be_adjusted():
    arms = responses(("80%", "56", "70"), ("60%", "48", "80"))
    assert judge("difference-interval", difference("15%", "2%", "24%"), *arms).verdict is UNCHECKED
    assert judge("difference-interval", difference("15%", "2%", "24%", adjusted=False), *arms).verdict is ASKS
    centred = judge("difference-interval", difference("15%", "2%", "28%"), *arms)
    assert centred.verdict is CONSISTENT and "may be adjusted" in centred.message


def test_a_reduction_without_its_sign_is_mirrored():
    found = judge("difference-interval", difference("2.0", "-3.1", "-0.9"))
    assert found.verdict is CONSISTENT and "without its sign" in found.message
    assert judge("difference-interval", difference("-2.0", "-3.1", "-0.9")).verdict is CONSISTENT
    assert not findings("order", difference("2.0", "-3.1", "-0.9"))
    assert judge("order", difference("4.0", "-3.1", "-0.9")).verdict is ASKS


def test_estimates_of_an_unnamed_measure_are_judged_by_their_centre_alone():
    assert judge("unnamed-interval", claim("b", "other", "0.23", "0.10", "0.36")).verdict is CONSISTENT
    assert "log scale" in judge("unnamed-interval", claim("r", "rate", "4.0", "2.0", "8.0")).message
    assert judge("unnamed-interval", claim("r", "rate", "4.0", "3.9", "8.0")).verdict is UNCHECKED


def test_student_s_t_where_it_matters():
    found = judge("difference-interval", difference("-2.0", "-3.1", "-0.9"), sizes={"new": "12", "old": "13"})
    assert "23 degrees of freedom" in found.message


@settings(max_examples=100)
@given(
    st.floats(-5, 5),
    st.floats(0.3, 3),
    st.integers(4, 60),
    st.integers(4, 60),
    st.sampled_from(["student", "welch", "z"]),
)
def test_p_and_interval_of_one_test_always_agree(mean, sd, n1, n2, test):
    exact = t_test(((mean, mean), (0.0, 0.0)), ((sd, sd), (1.0, 1.0)), (n1, n2), test=test)
    numbers = [print_number(value, 2) for value in (exact.difference[0], exact.lower[0], exact.upper[1])]
    p = exact.p[0]
    text = print_number(p, 3) if p >= 0.001 else "<0.001"
    found = judge("difference-p", difference(*numbers, p=text), sizes={"new": str(n1), "old": str(n2)})
    assert found.verdict is CONSISTENT


def test_a_p_value_of_another_test_is_explained():
    def named(test, p):
        return replace(difference("-2.0", "-3.1", "-0.9"), p=PValue(R(p), test=test))

    found = judge("difference-p", difference("-2.0", "-3.1", "-0.9", p=".00005"))
    assert found.verdict is EXPLAINED and "gap of" in found.message
    assert judge("difference-p", difference("-2.0", "-3.1", "-0.9", p=".02")).verdict is STRAINED
    assert judge("difference-p", named("Wilcoxon", ".02")).verdict is EXPLAINED
    assert judge("difference-p", named("interaction", ".2")).verdict is UNCHECKED
    assert judge("difference-p", difference("-2.0", "-3.1", "-0.9", p="<.001")).verdict is CONSISTENT
    assert judge("difference-p", difference("19%", "0.4%", "36%", p=".04")).verdict in (CONSISTENT, UNCHECKED)


# --------------------------------------------------------------------------------------------------
# Means
# --------------------------------------------------------------------------------------------------
def test_means_of_whole_numbers():
    assert judge("means", claim("m", "mean", "5.18", n="28", unit="episodes")).verdict is CONSISTENT
    found = judge("means", claim("m", "mean", "5.19", n="28", unit="episodes"))
    assert found.verdict is EXPLAINED and "27 do" in found.message
    assert judge("means", claim("m", "mean", "5.19", n="28", unit="mmol/L")).verdict is UNCHECKED
    assert "every mean" in judge("means", claim("m", "mean", "5.2", n="28", unit="episodes")).message
    assert judge("means", claim("m", "mean", "2.60", sd="0.55", n="5", unit="visits")).verdict is CONSISTENT
    assert judge("means", claim("m", "mean", "2.60", sd="0.60", n="5", unit="visits")).verdict is EXPLAINED
    assert "zeros and ones" in judge("means", claim("m", "mean", "0.30", sd="0.48", n="10")).message


def two_means(first, second, n=("40", "40")):
    return [claim(f"m.{arm}", "mean", value, sd=sd, n=size, arms=(arm,), outcome="response")
            for arm, (value, sd), size in zip(ARMS, (first, second), n, strict=True)]  # fmt: skip


MEANS = two_means(("5.2", "2.0"), ("6.4", "2.2"))


def test_a_difference_of_means_from_standard_deviations_and_sizes():
    found = judge("mean-interval", difference("-1.2", "-2.1", "-0.3", p=".013"), *MEANS)
    assert found.verdict is AGREES and "Welch" in found.message
    other = difference("-1.2", "-1.6", "-0.8", p=".013")
    assert judge("mean-interval", other, *MEANS).verdict is UNCHECKED
    unadjusted = difference("-1.2", "-1.6", "-0.8", p=".013", adjusted=False)
    assert judge("mean-interval", unadjusted, *MEANS).verdict is ASKS


def test_a_comparison_of_means_and_a_mean_with_its_interval():
    assert judge("means-p", Comparison(id="c", of=("m.new", "m.old"), p=PValue(R(".013"))), *MEANS).verdict is AGREES
    assert judge("means-p", Comparison(id="c", of=("m.new", "m.old"), p=PValue(R(".93"))), *MEANS).verdict is STRAINED
    found = judge("mean-interval", claim("m", "mean", "5.20", "4.56", "5.84", n="40"))
    assert found.verdict is CONSISTENT and found.recomputed["sd"].startswith("1.9")
    assert judge("mean-interval", claim("m", "mean", "5.0", "2.5", "10.0", n="40")).verdict is EXPLAINED  # log scale
    pair = [
        claim("i", "mean", "5.20", "4.56", "5.84", n="40", arms=("new",)),
        claim("s", "mean", "5.20", sd="4.0", n="40", arms=("new",)),
    ]
    assert judge("mean-interval", *pair).verdict is EXPLAINED


@settings(max_examples=100)
@given(st.floats(-9, 9), st.floats(0.3, 4), st.floats(0.3, 4), st.integers(3, 90), st.integers(3, 90),
       st.sampled_from(["student", "welch", "z"]), st.integers(0, 2))  # fmt: skip
def test_whatever_a_t_test_prints_is_reproduced(mean, s1, s2, n1, n2, test, decimals):
    exact = t_test(((mean, mean), (0.5, 0.5)), ((s1, s1), (s2, s2)), (n1, n2), test=test)
    numbers = [print_number(value, decimals) for value in (exact.difference[0], exact.lower[0], exact.upper[1])]
    p = print_number(exact.p[0], 3) if exact.p[0] >= 0.001 else "<0.001"
    arms = two_means(*((print_number(m, decimals), print_number(s, decimals)) for m, s in ((mean, s1), (0.5, s2))),
                     n=(str(n1), str(n2)))  # fmt: skip
    assert judge("mean-interval", difference(*numbers, p=p), *arms).verdict is AGREES
