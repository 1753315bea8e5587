"""What may be given to the search for counts: shares, numbers of patients by class, names; the rest is refused."""

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


# --------------------------------------------------------------------------------------------------
# Numbers that are no shares
# --------------------------------------------------------------------------------------------------
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


@settings(max_examples=60)
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


# --------------------------------------------------------------------------------------------------
# The number of patients and its class
# --------------------------------------------------------------------------------------------------
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


# --------------------------------------------------------------------------------------------------
# Names, and what is asked of an answer
# --------------------------------------------------------------------------------------------------
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
