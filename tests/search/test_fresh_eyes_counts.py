"""What a reader who knew only the public names stumbled over in the searches for counts and denominators."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trialstats as ts
from trialstats.claims.model import Estimate, Paper, Spread
from trialstats.errors import InputError, UnknownNameError
from trialstats.intervals.binomial import METHODS
from trialstats.press import print_number
from trialstats.reported import Reported
from trialstats.search.counts.explain import CountSearch
from trialstats.search.printed import PrintedInterval


# ---- methods beyond their largest n ----------------------------------------------------------------------------------
def test_a_method_that_was_asked_for_and_cannot_be_computed_is_refused():
    with pytest.raises(InputError, match=r"at most 1,000 for method 'blyth-still-casella', got 1,001"):
        ts.explain_proportion("50.0%", ("46.8%", "53.3%"), n=1001, methods=["blyth-still-casella", "wald"])
    with pytest.raises(InputError, match="n must be at most 10,000,000 where an interval is printed, got 20,000,000"):
        ts.explain_proportion("25.000%", ("24.981%", "25.019%"), n=2 * 10**7, x=5 * 10**6)
    assert ts.explain_proportion("25.000%", n=2 * 10**7, x=5 * 10**6)  # no interval, no method


def test_what_a_general_search_left_out_is_said():
    some = ts.explain_proportion("50.0%", ("46.8%", "53.3%"), n=1001)
    assert some.not_searched == ("blyth-still-casella at n = 1,001 (computed up to 1,000)",)
    assert "not searched: blyth-still-casella at n = 1,001" in repr(some)
    up_to = ts.explain_proportion("50.0%", ("46.9%", "53.1%"), n_max=1200, methods=["blyth-still-casella"])
    assert "blyth-still-casella at n from" in up_to.not_searched[0]
    complete = ts.explain_proportion("25%", ("12%", "43%"), n=32)
    assert complete.not_searched == () and "not searched" not in repr(complete)


def test_too_many_counts_are_said_as_well(monkeypatch):
    monkeypatch.setattr("trialstats.search.counts.search.MOST_CANDIDATES", 10)
    found = CountSearch(PrintedInterval.of("50.0%", ("46.9%", "53.1%"), ""), {"any": np.arange(900, 1000)})
    assert "all methods at n from" in found.explanations().not_searched[0]


def test_a_finding_is_not_inconsistent_where_a_method_was_left_out():
    claim = Estimate(
        id="a", measure="proportion", value=Reported("25.000%"), n=Reported("20000000"),
        spread=Spread("confidence", Reported("24.981%"), Reported("25.019%"), level=Reported("95%")),
    )  # fmt: skip
    found = {one.check: one for one in ts.reanalyse(Paper(id="p", claims=(claim,))).findings}
    one = found["proportion-interval"]
    assert one.verdict is ts.Verdict.UNCHECKED
    assert any("at n = 20,000,000 (computed up to 10,000,000)" in left for left in one.searched["not_searched"])
    assert "Not searched: " in one.message


# ---- numbers that are no shares --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("25", ("12", "43")), "got '25': did you mean '25%'"),
        (("25", None), "got '25': did you mean '25%'"),
        ((None, ("12", "43")), "got '12': did you mean '12%'"),
        (("0.25", ("0.12", "43")), "got '43': did you mean '43%'"),
        (("140%", None), "at most 100%, got '140%'"),
        (("-3%", None), "at least 0, got '-3%'"),
        (("25%", ("43%", "12%")), "lower bound comes first, got '43%' and '12%'"),
        (("25%", ("-43%", "-12%")), "upper bound of a share is at least 0"),
        (("55%", ("12%", "43%")), "estimate '55%' lies outside its bounds, '12%' and '43%'"),
        (("5%", ("12%", None)), "estimate '5%' lies outside its bounds, '12%' and none"),
    ],
)
def test_what_is_no_share_is_refused_in_a_sentence(arguments, sentence):
    with pytest.raises(InputError) as refused:
        ts.explain_proportion(*arguments, n=32)
    assert sentence in str(refused.value) and str(refused.value).count("\n") == 0


def test_bounds_beyond_the_scale_are_for_methods_that_go_there():
    assert "wald" in ts.explain_proportion("97%", ("91%", "103%"), n=32).methods
    with pytest.raises(InputError, match="methods searched have no limits beyond 0 and 100%, got '103%'"):
        ts.explain_proportion("97%", ("91%", "103%"), n=32, methods=["wilson", "clopper-pearson"])


def test_what_looks_odd_and_can_be_printed_is_found():
    # An equal-tailed posterior leaves out an observed 0; limits printed with more decimals than the estimate too.
    assert ts.explain_proportion("0%", ("1%", "84%"), n=1).methods == ("uniform",)
    assert ts.explain_proportion("0%", ("0.003%", "0.556%"), n=1000)[0].x == 1


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 40), st.data(), st.sampled_from(sorted(METHODS)), st.booleans(), st.integers(0, 1))
def test_whatever_a_method_prints_is_accepted(n, data, method, clip, decimals):
    x = data.draw(st.integers(0, n))
    unit = data.draw(st.sampled_from(["", "%"]))
    low, high = ts.binomial_interval(x, n, method=method, clip=clip)
    texts = [print_number(value, decimals + (2 if not unit else 0), unit) for value in (x / n, low, high)]
    assert ts.explain_proportion(texts[0], (texts[1], texts[2]), n=n, methods=[method])


def test_claims_of_a_text_are_not_refused():
    wrong = [Estimate(id=f"c{k}", measure="proportion", value=Reported(text), arms=("a",), spread=spread)
             for k, (text, spread) in enumerate([
                 ("140%", None), ("72%", None), ("56%", None), ("44%", None),
                 ("25", Spread("confidence", Reported("43"), Reported("12"))),
                 ("55%", Spread("confidence", Reported("12%"), Reported("43%"))),
             ])]  # fmt: skip
    report = ts.reanalyse(Paper(id="p", arms=(ts.claims.Arm("a", "a"),), claims=tuple(wrong)))
    assert all(one.message for one in report.findings)


# ---- several percentages ---------------------------------------------------------------------------------------------
def test_percentages_without_their_sign_and_without_a_row_that_fits_are_refused():
    with pytest.raises(InputError, match="got '72': did you mean '72%'"):
        ts.infer_denominator(["72", "56", "44"])
    with pytest.raises(InputError, match="at most 100%, got '140%'"):
        ts.search.explain_denominators(["72%", "140%"])
    with pytest.raises(InputError, match="percentage is missing"):
        ts.infer_denominator(["72%", None])
    for misses in (-1, 2, 0.5, True):
        with pytest.raises(InputError, match="misses must be"):
            ts.infer_denominator(["72%", "56%"], misses=misses)
    with pytest.raises(InputError, match="misses must be"):
        ts.search.explain_denominators(["72%", "56%"], misses=-1)


def test_the_answer_with_a_missing_patient_is_public_and_pointed_to():
    rows = ["72.2%", "55.6%", "44.4%", "42.6%", "37.7%"]
    assert ts.infer_denominator(rows, n_max=60, n_min=50) == ()
    best = ts.search.explain_denominators(rows, n_max=60, n_min=50)[0]
    assert (best.n, best.missed, best.fewer) == (54, (4,), (53,))
    for name in ("explain_denominators", "infer_denominator_pairs"):
        assert name in (ts.infer_denominator.__doc__ or "")


def test_a_row_may_hold_its_interval():
    rows = [("33%", ("20%", "48%")), "73%", "67%"]
    beside = ts.infer_denominator(["33%", "73%", "67%"], intervals=[("20%", "48%"), None, None], n_max=87)
    assert ts.infer_denominator(rows, n_max=87) == beside != ts.infer_denominator(["33%", "73%", "67%"], n_max=87)
    with pytest.raises(InputError, match="with its interval once"):
        ts.infer_denominator(rows, intervals=[("20%", "48%"), None, None], n_max=87)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("84", "47", "<.001"), "got '84': did you mean '84%'"),
        (("84%", "47%", "17"), "P value lies between 0 and 1, got '17'"),
        (("84%", "47%", "1.7"), "P value lies between 0 and 1, got '1.7'"),
        (("8%", "0%", None), "P value of a row must be a printed number"),
        (("8%", None, ".017"), "percentage is missing"),
        (None, "two percentages and a P value, got None"),
    ],
)
def test_rows_of_two_arms_that_are_none_are_refused(row, sentence):
    with pytest.raises(InputError) as refused:
        ts.search.infer_denominator_pairs([row], first=97, second=74)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("sided", 3), ("sided", True), ("misses", -1), ("misses", 2), ("misses", 0.5), ("tests", "fisher"), ("tests", []),
     ("first", True), ("first", "97"), ("first", (1, 2, 3))],
)  # fmt: skip
def test_arguments_of_the_search_for_pairs_are_checked(name, value):
    rows = [("84%", "47%", "<.001"), ("8%", "0%", ".017")]
    with pytest.raises(InputError, match=f"{name} (must be|is empty)"):
        ts.search.infer_denominator_pairs(rows, **({"first": 97, "second": 74} | {name: value}))


# ---- an explanation prints its claim ---------------------------------------------------------------------------------
def test_limits_of_an_explanation_are_those_before_rounding():
    found = ts.explain_proportion("3%", ("-3%", "9%"), n=32)
    columns = found.arrays()
    for i, one in enumerate(found):
        assert (one.lower, one.upper) == (columns["lower"][i], columns["upper"][i])
    assert found[0].lower == pytest.approx(1 / 32 - 1.959963984540054 * np.sqrt(31) / 32**1.5, abs=1e-12)


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 60), st.data(), st.integers(0, 2))
def test_every_explanation_prints_its_claim(n, data, decimals):
    x = data.draw(st.integers(0, n))
    method = data.draw(st.sampled_from(["wald", "wilson", "clopper-pearson", "agresti-coull", "jeffreys", "blaker"]))
    claim = ts.press.print_claim(ts.press.Counts(x, n), ts.press.Printing(method, decimals=decimals))
    texts = [one.text for one in (claim.value, claim.spread.lower, claim.spread.upper)]
    found = ts.explain_proportion(texts[0], texts[1:], n=n)
    assert found
    for one in found.best(20):
        again = ts.press.print_claim(one, ts.press.Printing(decimals=decimals))
        again_texts = [again.value.text, again.spread.lower.text, again.spread.upper.text]
        if one.bounds == "direct":
            for text, value in zip(texts, (one.estimate, min(max(one.lower, 0), 1), min(one.upper, 1)), strict=True):
                assert Reported(text).range(one.rounding).admits(value) or float(value) in (0, 1)
        if one.rounding in ("truncated", "up", "half-up"):  # the others print a tie either way
            assert again_texts == texts
        assert all(
            abs(float(a[:-1]) - float(b[:-1])) < 1.5 * 10**-decimals for a, b in zip(again_texts, texts, strict=True)
        )


def test_an_explanation_without_an_interval_or_without_one_witness():
    assert ts.press.print_claim(ts.explain_proportion("25%", n=32)[0]).spread is None
    again = ts.press.print_claim(ts.explain_posterior("72%", ("55%", "87%"), n=27)[0])
    assert (again.value.text, again.spread.lower.text, again.spread.upper.text) == ("72%", "55%", "87%")
    with pytest.raises(InputError, match="this one holds ranges"):
        ts.press.print_claim(ts.explain_ratio("0.54", ("0.36", "0.81"))[0])
    with pytest.raises(InputError, match="got '25%' \\(str\\)"):
        ts.press.print_claim("25%")


# ---- the number of patients and its class ----------------------------------------------------------------------------
def test_denominators_may_be_given_by_class():
    rate, bounds = "44%", ("26%", "65%")
    alone, several = (ts.explain_proportion(rate, bounds, n=n) for n in (27, [32, 27]))
    assert [(one.x, one.n, one.cost) for one in alone] == [(one.x, one.n, one.cost) for one in several if one.n == 27]
    found = ts.explain_proportion(rate, bounds, n={"stated": 32, "derived": (27,), "near": True, "any": True})
    assert {one.n: one.allowed for one in found if one.n in (27, 32)} == {27: "derived"}
    near = {one.n for one in found if one.allowed == "near"}
    assert near <= {25, 26, 29, 30, 31}
    everything = {one.n for one in ts.explain_proportion(rate, bounds, n_max=32)}
    assert {one.n for one in found} == everything
    assert found[0].cost <= found[found.total - 1].cost
    given_near = ts.explain_proportion(rate, bounds, n={"near": [27, 26]})
    assert {one.allowed for one in given_near} == {"near"}


@pytest.mark.parametrize(
    ("n", "sentence"),
    [(True, "whole number"), ("32", "whole number"), (32.0, "whole number"), (0, "at least 1, got 0"),
     ([], "n is empty"), ({}, "n is empty"), ({"stated": [32, 1.5]}, "whole number such as 32, got 1.5"),
     ({"near": True}, "give one"), ({"statd": 32}, "Did you mean 'stated'")],
)  # fmt: skip
def test_what_is_no_number_of_patients_is_refused(n, sentence):
    with pytest.raises(InputError) as refused:
        ts.explain_proportion("44%", ("26%", "65%"), n=n)
    assert sentence in str(refused.value)


def test_lists_of_names_are_lists_and_not_empty():
    for names in ({"methods": "wilson"}, {"roundings": "nearest"}):
        with pytest.raises(InputError, match="must be a list of names such as"):
            ts.explain_proportion("44%", ("26%", "65%"), n=27, **names)
    with pytest.raises(InputError, match="methods is empty"):
        ts.explain_proportion("44%", ("26%", "65%"), n=27, methods=[])
    with pytest.raises(UnknownNameError, match="Did you mean 'clopper-pearson'"):
        ts.explain_proportion("44%", ("26%", "65%"), n=27, methods=["exact"])
    with pytest.raises(InputError, match="x must be a whole number"):
        ts.explain_proportion("44%", x=True)
    with pytest.raises(InputError, match="n_max must be at most 10,000,000"):
        ts.explain_proportion("44%", n_max=2 * 10**7)


def test_explanations_are_asked_for_properly():
    found = ts.explain_proportion("44%", ("26%", "65%"), n=27)
    with pytest.raises(InputError, match="k must be a whole number of at least 0, got -1"):
        found.best(-1)
    with pytest.raises(TypeError, match="picked by a whole number or a slice, got 'x'"):
        found["x"]
    assert found[np.int64(0)] == found[0] and found.best(0) == ()
