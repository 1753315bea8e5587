"""The search behind a ratio: whatever the catalogue prints is found, and what no way prints is not."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import special

from trialstats import explain_ratio
from trialstats.catalogue import Convention, load_catalogue
from trialstats.errors import InputError, NotTextError
from trialstats.explanations import Symmetric, TwoArmCounts
from trialstats.intervals.scales import SCALES
from trialstats.intervals.two_sample import odds_ratio_interval, risk_ratio_interval
from trialstats.press import print_claim, print_number
from trialstats.reported import ROUNDINGS, Reported
from trialstats.search.printed import PrintedInterval
from trialstats.search.ratios.search import RatioSearch
from trialstats.search.ratios.ways import ENVELOPE_SCALES, LINK_SCALES, ratio_conventions

CATALOGUE = load_catalogue()
roundings = st.sampled_from(sorted(ROUNDINGS))


def search(*texts, **more):
    return RatioSearch(PrintedInterval(*(None if text is None else Reported(text) for text in texts)), **more)


def names(found):
    return {(one.scale, one.rounding) for one in found}


# --------------------------------------------------------------------------------------------------
# Soundness inside the catalogue
# --------------------------------------------------------------------------------------------------
@given(st.sampled_from(sorted(LINK_SCALES)), roundings, st.floats(0.15, 6), st.floats(0.05, 0.45), st.integers(1, 3))
@settings(max_examples=250)
def test_every_scale_and_rounding_is_found(scale, rounding, estimate, relative, decimals):
    assume(scale != "complement" or estimate < 0.9)
    link = SCALES[LINK_SCALES[scale]]
    se = relative * abs(float(link.derivative_array(estimate))) * estimate
    witness = Symmetric(link.forward(estimate), se)
    ends = [link.inverse(witness.centre + side * 1.96 * se) for side in (-1, 1)]
    assume(all(0.02 < end < 50 for end in ends))
    claim = print_claim(witness, Convention(scale=link.name, rounding=rounding), decimals=decimals, unit="")
    numbers = (claim.value.text, claim.spread.lower.text, claim.spread.upper.text)
    assume(Reported(numbers[0]).value > 0 and Reported(numbers[1]).value > 0)
    assert (scale, rounding) in names(search(*numbers).found())


@given(st.integers(1, 400), st.floats(0.02, 500), st.integers(1, 3), roundings)
@settings(max_examples=150)
def test_every_exact_poisson_interval_is_found(events, expected, decimals, rounding):
    ends = (events, special.gammaincinv(events, 0.025), special.gammaincinv(events + 1, 0.975))
    numbers = [print_number(float(end / expected), decimals, rounding=rounding) for end in ends]
    assume(all(Reported(text).value > 0 for text in numbers))
    found = [one for one in search(*numbers).explanations() if (one.scale, one.rounding) == ("exact-poisson", rounding)]
    assert found and found[0].x <= events


def test_no_events_print_nought():
    # rule of three: 0 events, 3.69 expected at most
    assert "exact-poisson" in {way.scale for way in search("0.00", "0.00", "1.84").found()}


@given(st.floats(-1.5, 1.5), st.floats(0.1, 0.6), st.sampled_from((1, 2)), st.sampled_from((0.9, 0.95, 0.975, 0.99)))
@settings(max_examples=100)
def test_a_wald_p_value_of_either_side_and_any_level_is_found(centre, se, sided, level):
    claim = print_claim(Symmetric(centre, se), Convention(scale="log", level=level), decimals=2, unit="")
    tail = 0.5 * math.erfc((abs(centre) if sided == 2 else centre) / se / math.sqrt(2))
    found = explain_ratio(claim.value, (claim.spread.lower, claim.spread.upper), p=f"{sided * tail:.3f}")
    assert any(
        one.scale == "log" and one.rounding == "nearest" and one.test == "wald" and one.sided == sided
        and one.level == level and one.se[0] - 1e-9 <= se <= one.se[1] + 1e-9
        for one in found
    )  # fmt: skip


@pytest.mark.parametrize("method", ["koopman", "miettinen-nurminen", "adjusted-log", "scas", "katz"])
def test_risk_ratios_from_counts(method):
    one = risk_ratio_interval(9, 10, 24, 40, method=method)
    numbers = [f"{value:.2f}" for value in (float(one.estimate), float(one.lower), float(one.upper))]
    found = explain_ratio(numbers[0], numbers[1:], measure="risk-ratio", counts=(9, 10, 24, 40))
    assert method in found.methods


@pytest.mark.parametrize("method", ["fisher-exact", "mid-p", "miettinen-nurminen", "woolf"])
def test_odds_ratios_from_counts(method):
    one = odds_ratio_interval(7, 12, 3, 14, method=method)
    numbers = [f"{value:.2f}" for value in (float(one.estimate), float(one.lower), float(one.upper))]
    found = explain_ratio(numbers[0], numbers[1:], measure="odds-ratio", counts=(7, 12, 3, 14))
    assert method in found.methods
    assert found.feasible


# --------------------------------------------------------------------------------------------------
# Order and costs
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("p", [None, "0.003"])
def test_cheapest_first_and_the_verdict_is_the_first_explanation(p):
    found = explain_ratio("0.54", ("0.36", "0.81"), p=p)
    costs = [one.cost for one in found]
    assert costs == sorted(costs)
    assert found[0].ordinary and found[0].scale == "log"
    assert found.total == len(list(found)) and found.feasible and bool(found)


def test_conventions_are_made_once_and_in_the_order_of_the_catalogue():
    every = ratio_conventions(CATALOGUE, has_p=False).all
    assert every is ratio_conventions(CATALOGUE, has_p=False).all
    plain = [one.scale for one in every if one.rounding == "nearest"]
    assert plain[0] == "log" and plain[1] == "identity"
    assert set(plain[-2:]) == set(ENVELOPE_SCALES)
    assert {one.rounding for one in every if one.scale in ENVELOPE_SCALES} == {"nearest"}


def test_a_level_is_asked_for_only_where_a_p_value_can_tell_it():
    assert {one.level for one in explain_ratio("0.54", ("0.36", "0.81"))} == {0.95}
    # SE of a 90 % interval is larger, and so is its P value
    assert 0.9 in {one.level for one in explain_ratio("0.54", ("0.36", "0.81"), p="0.012")}
    assert {one.level for one in explain_ratio("0.54", ("0.36", "0.81"), p="0.012", level="95%")} == {0.95}


# --------------------------------------------------------------------------------------------------
# Single claims
# --------------------------------------------------------------------------------------------------
def test_the_natural_scale_is_named():
    best = search("2.00", "1.00", "3.00").cheapest()
    assert best.scale == "identity" and not best.ordinary


def test_far_off_centre_nothing_prints_it():
    found = explain_ratio("0.50", ("0.38", "0.81"))
    assert not found.feasible and not found and found.total == 0 and found.best() == ()


def test_a_profile_likelihood_interval_is_off_centre():
    # log bounds b - 1.9 s and b + 1.75 s lie where the likelihood of few events puts them
    found = explain_ratio("0.40", ("0.13", "1.04"))
    assert found.feasible
    assert found[0].scale == "off-centre" and not found[0].ordinary


def test_one_sided_p_values_above_a_half_are_found():
    ways = {(one.test, one.sided) for one in explain_ratio("1.30", ("0.90", "1.88"), p="0.92", level="95%")}
    assert ("wald", 1) in ways and ("wald", 2) not in ways


def test_p_above_a_bound_and_p_of_nought():
    assert explain_ratio("1.00", ("0.70", "1.43"), p=">.99")[0].test == "wald"
    assert explain_ratio("0.30", ("0.20", "0.45"), p="0.000")[0].ordinary
    assert explain_ratio("0.30", ("0.20", "0.45"), p="<.0001")[0].ordinary
    assert explain_ratio("0.70", ("0.49", "1.00"), p=".05")[0].ordinary


def test_z_and_chi_square_in_the_place_of_p():
    by_z = explain_ratio("0.54", ("0.36", "0.81"), z="-2.98")
    by_square = explain_ratio("0.54", ("0.36", "0.81"), chi_square="8.88")
    assert by_z[0].test == by_square[0].test == "wald"
    assert by_z.se[0] == pytest.approx(by_square.se[0], abs=0.002)
    assert by_z.se[1] - by_z.se[0] < 0.01


def test_an_estimate_and_its_p_value_alone_give_the_standard_error():
    found = explain_ratio("0.54", p="0.003", sided=2)
    z = [-special.ndtri(p / 2) for p in (0.0035, 0.0025)]
    logs = [-math.log(0.545), -math.log(0.535)]
    assert found.se == pytest.approx((logs[0] / z[1], logs[1] / z[0]), abs=1e-6)


def test_one_bound_and_a_p_value():
    found = explain_ratio("0.54", (None, "0.81"), p="0.003")
    assert found.feasible and found.se[0] < 0.207 < found.se[1]


def test_bounds_not_reached_are_left_out():
    assert explain_ratio("2.10", ("1.20", "NE")).feasible


def test_the_chance_is_a_share():
    assert 0.05 < explain_ratio("0.54", ("0.36", "0.81")).chance < 0.4


def test_same_model_leaves_out_the_stratified_test():
    loose = search("0.54", "0.37", "0.79", p=Reported("0.20"), sided=2)
    assert {way.test for way in loose.found()} == {"stratified-test"}
    tied = search("0.54", "0.37", "0.79", p=Reported("0.20"), sided=2, same_model=True)
    assert tied.first() is None


def test_counts_name_the_method_before_an_envelope_does():
    one = odds_ratio_interval(12, 15, 4, 15, method="fisher-exact")
    numbers = [f"{value:.2f}" for value in (float(one.estimate), float(one.lower), float(one.upper))]
    counts = TwoArmCounts(12, 15, 4, 15)
    assert search(*numbers, measure="odds-ratio").cheapest().scale in ENVELOPE_SCALES
    assert search(*numbers, measure="odds-ratio", counts=counts).cheapest().method == "fisher-exact"


def test_arguments_are_checked():
    with pytest.raises(NotTextError):
        explain_ratio(0.54, ("0.36", "0.81"))
    with pytest.raises(InputError, match="sided"):
        explain_ratio("0.54", ("0.36", "0.81"), sided=3)
    with pytest.raises(InputError, match="say the same"):
        explain_ratio("0.54", ("0.36", "0.81"), p="0.01", z="2.6")
    with pytest.raises(InputError, match="measure"):
        explain_ratio("0.54", ("0.36", "0.81"), measure="ratio")
    with pytest.raises(InputError, match="Nothing to explain"):
        explain_ratio(None)


def test_without_an_interval_the_ranges_of_p_are_those_of_the_printed_p_value():
    found = explain_ratio("0.54", None, p=".0015")
    assert found.p_two_sided == pytest.approx((0.00145, 0.00155), abs=1e-9)
    assert found.p_one_sided == pytest.approx((0.000725, 0.000775), abs=1e-9)
