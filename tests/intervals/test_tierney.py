"""The eleven routes to a log hazard ratio: against R, a published trial, and their definitions."""

from __future__ import annotations

import math
from itertools import product
from statistics import NormalDist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trialstats.errors import InputError, NotTextError, UnknownNameError
from trialstats.intervals.curve_intervals import at_risk_and_events
from trialstats.intervals.events import events_at_least, materiality, schoenfeld_events, se_at_least
from trialstats.intervals.mean_difference import MEAN_TESTS, t_test
from trialstats.intervals.tierney import P_HALVED, TIERNEY_ROUTES, log_hazard_ratio
from trialstats.press import print_number
from trialstats.reported import Reported

# Neoadjuvant chemotherapy in bladder cancer (Lancet 1999;354:533): 229 against 256 deaths of 491 and 485 patients,
# hazard ratio 0.85 (0.71 to 1.02), log-rank P = 0.075. Every route must come near the others.
TRIAL = {
    "hr-interval": {"hr": "0.85", "interval": ("0.71", "1.02")},
    "hr-events-by-arm": {"hr": "0.85", "events": (229, 256)},
    "hr-events": {"hr": "0.85", "events": 485},
    "hr-events-patients": {"hr": "0.85", "events": 485, "patients": (491, 485)},
    "p-events-by-arm": {"p": "0.075", "events": (229, 256), "favours": "first"},
    "p-events": {"p": "0.075", "events": 485, "favours": "first"},
    "p-events-patients": {"p": "0.075", "events": 485, "patients": (491, 485), "favours": "first"},
    "o-e-v": {"o_minus_e": "-19.6", "variance": "121"},
    "observed-expected": {"observed": ("229", "256"), "expected": ("248.5", "236.5")},
}
CURVES = {
    "times": [0, 6, 12, 18, 24],
    "survival": (["1", "0.80", "0.64", "0.51", "0.41"], ["1", "0.70", "0.49", "0.34", "0.24"]),
}


def test_the_menu_holds_the_eleven_routes_in_the_article_s_order():
    assert [route.number for route in TIERNEY_ROUTES.values()] == list(range(1, 12))
    assert all(route.source and route.formula and route.needs for route in TIERNEY_ROUTES.values())
    assert set(TIERNEY_ROUTES) == set(TRIAL) | {"curve-follow-up", "curve-at-risk"}
    assert "equation 14" in TIERNEY_ROUTES["p-events-by-arm"].source and "P value that is halved" in P_HALVED


@pytest.mark.parametrize("route", sorted(TRIAL))
def test_the_routes_agree_on_one_trial(route):
    found = log_hazard_ratio(route, **TRIAL[route])
    # the published ratio within its rounding of half a hundredth, and V within what the routes' assumptions differ by
    assert math.exp(found.log_hr) == pytest.approx(0.85, abs=0.006)
    assert found.variance == pytest.approx(121, abs=4)
    low, high = found.log_hr_range
    assert low <= found.log_hr <= high
    assert found.se_range[0] <= found.se <= found.se_range[1]


def test_the_p_value_is_halved_not_its_z():
    """The answer put back: z = (O - E)/sqrt(V) has the P value it came from."""
    for p, sided in (("0.075", 2), ("0.0375", 1)):
        found = log_hazard_ratio("p-events-by-arm", p=p, sided=sided, events=(229, 256), favours="first")
        z = found.o_minus_e / math.sqrt(found.variance)
        assert NormalDist().cdf(z) * sided == pytest.approx(float(p), rel=1e-12)
        assert round(z, 2) == -1.78


def test_answers_put_back_into_their_definitions():
    found = log_hazard_ratio("hr-interval", hr="0.54", interval=("0.36", "0.81"))
    z = NormalDist().inv_cdf(0.975)
    assert math.exp(math.log(0.81) - 2 * z * found.se) == pytest.approx(0.36, rel=1e-12)
    assert found.variance == pytest.approx((2 * z / math.log(0.81 / 0.36)) ** 2, rel=1e-12)
    assert found.as_metafor() == {"yi": math.log(0.54), "sei": found.se, "vi": found.se**2}
    revman = found.as_revman()
    assert revman["O-E"] / revman["Variance"] == pytest.approx(revman["log[Hazard Ratio]"], rel=1e-12)
    assert revman["SE"] == found.se


# R 4.2.2, survival 3.5-3: coxph(ties = "exact") beside survdiff on the lung data, male the reference. The one-step Peto
# estimate (O - E)/V is close to Cox's at this effect: 0.02 in the log.
LUNG = {"coef": -0.531, "observed": ("53", "112"), "expected": ("73.4", "91.6")}


def test_observed_and_expected_events_of_r_s_lung_data():
    found = log_hazard_ratio("observed-expected", observed=LUNG["observed"], expected=LUNG["expected"])
    assert found.log_hr == pytest.approx(LUNG["coef"], abs=0.02)
    assert found.se == pytest.approx(0.167, abs=0.015)


@settings(max_examples=200)
@given(st.floats(-1.5, 0.5), st.floats(0.08, 0.6), st.integers(1, 3))
def test_the_range_holds_whatever_printed_the_numbers(log_hr, se, decimals):
    z = NormalDist().inv_cdf(0.975)
    hr, low, high = (math.exp(log_hr + side * z * se) for side in (0, -1, 1))
    texts = [print_number(value, decimals) for value in (hr, low, high)]
    if Reported(texts[1]).value <= 0 or texts[1] == texts[2]:
        return
    found = log_hazard_ratio("hr-interval", hr=texts[0], interval=texts[1:])
    assert found.log_hr_range[0] - 1e-9 <= log_hr <= found.log_hr_range[1] + 1e-9
    assert found.se_range[0] - 1e-9 <= se <= found.se_range[1] + 1e-9
    p = 2 * NormalDist().cdf(-abs(log_hr) / se)
    text = print_number(p, 4)
    if 0.0002 < p < 0.999 and abs(log_hr) > 0.01:
        favours = "first" if log_hr < 0 else "second"
        by_p = log_hazard_ratio("p-events", p=text, events=200, favours=favours)
        half = math.copysign(NormalDist().inv_cdf(1 - p / 2), log_hr) / math.sqrt(200) * 2
        assert by_p.log_hr_range[0] - 1e-9 <= half <= by_p.log_hr_range[1] + 1e-9


@pytest.mark.parametrize("route", ["hr-interval", "o-e-v", "observed-expected", "p-events-by-arm"])
def test_ranges_are_those_of_a_grid_over_the_printed_numbers(route):
    """A dense grid over what each number can stand for never leaves the range, and comes within 1e-9 of its ends."""
    found, given = log_hazard_ratio(route, **TRIAL[route]), TRIAL[route]
    z = NormalDist().inv_cdf(0.975)

    def grid(text, count=41):
        span = Reported(str(text)).range()
        low, high = float(span.lower), float(span.upper)
        return [low + (high - low) * k / (count - 1) for k in range(count)]

    if route == "hr-interval":
        values = []
        for low, high in product(grid("0.71"), grid("1.02")):
            centre, error = math.log(low * high) / 2, math.log(high / low) / (2 * z)
            if math.exp(centre) in Reported("0.85").range():
                values.append((centre, error))
    elif route == "o-e-v":
        values = [(oe / v, v**-0.5) for oe, v in product(grid("-19.6"), grid("121"))]
    elif route == "observed-expected":
        values = [
            (math.log(a / c) - math.log(b / d), math.sqrt(1 / c + 1 / d))
            for a, b, c, d in product(grid("229", 5), grid("256", 5), grid("248.5", 5), grid("236.5", 5))
        ]
    else:
        v = 229 * 256 / 485
        values = [(NormalDist().inv_cdf(p / 2) / math.sqrt(v), v**-0.5) for p in grid(given["p"])]
    for part, span in ((0, found.log_hr_range), (1, found.se_range)):
        column = [value[part] for value in values]
        assert span[0] - 1e-12 <= min(column) and max(column) <= span[1] + 1e-12
        # the grid of an interval is cut to the printed ratio: its own step is the tolerance there
        assert min(column) <= span[0] + 1e-3 * (1 + abs(span[0])) and max(column) >= span[1] - 1e-3 * (1 + abs(span[1]))


def test_a_p_value_printed_as_a_bound_leaves_the_range_open():
    found = log_hazard_ratio("p-events", p="<0.001", events=200, favours="first")
    assert found.log_hr_range[0] == -math.inf
    assert found.log_hr == found.log_hr_range[1] == pytest.approx(-3.2905 / math.sqrt(50), abs=1e-4)


def test_curves_without_censoring_give_the_events_that_made_them():
    risks = at_risk_and_events([0, 1, 2], [1.0, 0.8, 0.5], patients=100)
    assert [(round(r, 9), round(d, 9)) for r, d in risks] == [(100, 20), (80, 30)]
    by_risk = at_risk_and_events([0, 1, 2], [1.0, 0.8, 0.5], at_risk=[100, 80, 50])
    assert [value for pair in by_risk for value in pair] == pytest.approx([100, 20, 80, 30])


def test_numbers_at_risk_put_back_those_censored():
    """At risk less events less censored is the next number at risk."""
    ((risk, events),) = at_risk_and_events([0, 1], [1.0, 0.7], at_risk=[100, 52])
    censored = 2 * (100 - risk)
    assert 100 - events - censored == pytest.approx(52, abs=1e-9)


def test_both_curve_routes_find_a_constant_hazard_ratio():
    by_curve = log_hazard_ratio("curve-follow-up", **CURVES, patients=(200, 200), follow_up=(24, 36))
    risks = [[round(200 * float(s)) for s in curve] for curve in CURVES["survival"]]
    by_risk = log_hazard_ratio("curve-at-risk", **CURVES, at_risk=risks)
    truth = math.log(0.2 / 0.3)  # risks of each interval: 20 against 30 of 100
    for found in (by_curve, by_risk):
        assert found.log_hr == pytest.approx(truth, abs=0.02)
        assert found.log_hr_range[0] < found.log_hr < found.log_hr_range[1]
        assert found.se_range[0] < found.se < found.se_range[1]
        assert not found.exact
    assert by_risk.log_hr == pytest.approx(by_curve.log_hr, abs=0.01)
    censored = log_hazard_ratio("curve-follow-up", **CURVES, patients=(200, 200), follow_up=(3, 30))
    assert censored.se > by_curve.se


def test_arguments_are_checked():
    with pytest.raises(UnknownNameError, match="Did you mean 'hr-events'"):
        log_hazard_ratio("hr-event")
    with pytest.raises(InputError, match="needs interval"):
        log_hazard_ratio("hr-interval", hr="0.5")
    with pytest.raises(NotTextError, match="as text"):
        log_hazard_ratio("hr-interval", hr=0.5, interval=("0.4", "0.6"))
    with pytest.raises(InputError, match="favours must be"):
        log_hazard_ratio("p-events", p="0.03", events=100, favours="new")
    with pytest.raises(InputError, match="must be a pair"):
        log_hazard_ratio("hr-events-by-arm", hr="0.5", events=100)
    with pytest.raises(InputError, match="whole numbers"):
        log_hazard_ratio("hr-events", hr="0.5", events="10.5")
    with pytest.raises(InputError, match="cannot rise"):
        log_hazard_ratio("curve-at-risk", times=[0, 1], survival=(["0.9", "1"], ["1", "0.9"]), at_risk=([9, 8], [9, 8]))
    with pytest.raises(InputError, match="lower limit must lie below"):
        log_hazard_ratio("hr-interval", hr="0.5", interval=("0.6", "0.4"))


@given(st.integers(1, 400), st.integers(1, 400))
def test_events_and_standard_error_bound_each_other(d1, d2):
    se = se_at_least((d1, d2))
    assert events_at_least(se) <= d1 + d2 + 1e-9
    assert se_at_least(d1 + d2) <= se + 1e-12
    assert events_at_least(se_at_least(d1 + d2)) == pytest.approx(d1 + d2)


def test_schoenfeld_events_of_a_textbook_trial():
    # Schoenfeld (1983): 90 % power at two-sided .05 for a ratio of 1.5 takes 256 events
    assert math.ceil(schoenfeld_events(1.5, power=0.9)) == 256
    assert schoenfeld_events(0.7, allocation=2) == pytest.approx(schoenfeld_events(0.7) * 9 / 8)
    with pytest.raises(InputError, match="hr must be above 0"):
        schoenfeld_events(1.0)


def test_materiality_of_a_bound_that_does_not_fit():
    readings = {one.right: one for one in materiality(0.54, (0.36, 0.91), p=0.003)}
    assert readings["lower", "upper"].shift == 0 and readings["lower", "upper"].se_ratio == 1
    z = NormalDist().inv_cdf(0.975)
    one = readings["estimate", "upper"]
    assert math.exp(one.log_hr + z * one.se) == pytest.approx(0.91, rel=1e-12)
    by_p = readings["estimate", "p"]
    assert 2 * NormalDist().cdf(by_p.log_hr / by_p.se) == pytest.approx(0.003, rel=1e-9)
    with pytest.raises(InputError, match="in order"):
        materiality(0.5, (0.9, 0.4))


# R 4.2.2, stats::t.test on the sleep data, means and standard deviations to 15 digits; agreement to 6 digits.
SLEEP = ((0.75, 2.33), (1.78901009570786, 2.00224873579117), (10, 10))
T_TESTS = {"student": (0.0791867, -3.363874, 0.203874, 18), "welch": (0.0793941, -3.365483, 0.205483, 17.776474)}


@pytest.mark.parametrize("test", sorted(T_TESTS))
def test_t_tests_against_r(test):
    means, sds, sizes = SLEEP
    found = t_test(tuple((m, m) for m in means), tuple((s, s) for s in sds), sizes, test=test)
    p, lower, upper, freedom = T_TESTS[test]
    assert found.p == pytest.approx((p, p), abs=1e-6)
    assert found.lower[0] == pytest.approx(lower, abs=1e-6)
    assert found.upper[1] == pytest.approx(upper, abs=1e-6)
    assert found.freedom[0] == pytest.approx(freedom, abs=1e-6)


@settings(max_examples=150)
@given(st.sampled_from(sorted(MEAN_TESTS)), st.floats(-5, 5), st.floats(0.4, 6), st.floats(0.4, 6), st.integers(3, 60),
       st.integers(3, 60), st.integers(0, 2))  # fmt: skip
def test_ranges_of_a_t_test_hold_the_unrounded_answer(test, mean, s1, s2, n1, n2, decimals):
    def around(value):
        span = Reported(print_number(value, decimals)).range()
        return max(float(span.lower), -99.0), float(span.upper)

    exact = t_test(((mean, mean), (0.0, 0.0)), ((s1, s1), (s2, s2)), (n1, n2), test=test)
    sds = tuple((max(low, 0.0), high) for low, high in (around(s1), around(s2)))
    found = t_test((around(mean), around(0.0)), sds, (n1, n2), test=test)
    for name in ("difference", "se", "lower", "upper", "p"):
        low, high = getattr(found, name)
        assert low - 1e-9 <= getattr(exact, name)[0] and getattr(exact, name)[1] <= high + 1e-9, name


# --------------------------------------------------------------------------------------------------
# Coarse curves, lengths of follow-up, and what cannot be
# --------------------------------------------------------------------------------------------------
def exponential(rate, times):
    return [f"{math.exp(-rate * t):.3f}" for t in times]


@pytest.mark.parametrize(("step", "coarse"), [(3.0, True), pytest.param(0.25, False, marks=pytest.mark.slow)])
def test_long_intervals_are_marked_and_their_range_holds_the_truth(step, coarse):
    times = [k * step for k in range(round(24 / step) + 1)]
    curves = exponential(0.05, times), exponential(0.10, times)
    found = log_hazard_ratio("curve-follow-up", times=times, survival=curves, patients=(200, 200), follow_up=(24, 24))
    assert found.coarse is coarse
    assert found.log_hr_range[0] <= math.log(0.5) <= found.log_hr_range[1]
    assert found.log_hr == pytest.approx(math.log(0.5), abs=0.1 if coarse else 0.02)


def test_one_length_of_follow_up_censors_nobody_before_it():
    same = log_hazard_ratio("curve-follow-up", **CURVES, patients=(200, 200), follow_up=(60, 60))
    later = log_hazard_ratio("curve-follow-up", **CURVES, patients=(200, 200), follow_up=(60, 90))
    assert (same.log_hr, same.se) == pytest.approx((later.log_hr, later.se))
    with pytest.raises(InputError, match="the shortest follow-up and the longest, which may be equal"):
        log_hazard_ratio("curve-follow-up", **CURVES, patients=(200, 200), follow_up=(24, 12))
    with pytest.raises(InputError, match="nobody is at risk there"):
        log_hazard_ratio("curve-follow-up", **CURVES, patients=(200, 200), follow_up=(1, 2))


def test_the_sign_is_that_of_the_arm_favoured_whichever_tail_is_printed():
    near = log_hazard_ratio("p-events", p="0.10", sided=1, events=200, favours="first")
    other = log_hazard_ratio("p-events", p="0.90", sided=1, events=200, favours="first")
    assert other.log_hr == pytest.approx(near.log_hr) and other.log_hr < 0
    assert other.log_hr_range == pytest.approx(near.log_hr_range)


def test_what_cannot_be_is_refused():
    with pytest.raises(InputError, match="more events than patients, 500 of 200"):
        log_hazard_ratio("hr-events-patients", hr="0.54", events=500, patients=(100, 100))
    with pytest.raises(InputError, match="must lie between its limits"):
        log_hazard_ratio("hr-interval", hr="0.94", interval=("0.37", "0.79"))
