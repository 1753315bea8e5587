"""The search for Beta posteriors: nothing is missed, nothing is made up, and what it costs."""

from fractions import Fraction
from functools import cache
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trialstats.catalogue import Convention, load_catalogue
from trialstats.errors import InputError, NotTextError, UnknownNameError
from trialstats.explanations import Posterior
from trialstats.intervals.beta import Beta
from trialstats.press import print_claim, print_number, summarise
from trialstats.reported import ROUNDINGS, Reported
from trialstats.search.posteriors.candidates import Candidates
from trialstats.search.posteriors.explain import explain_posterior
from trialstats.search.posteriors.informative_prior import INFORMATIVE, AnyPriorSearch
from trialstats.search.posteriors.nearest import nearest_posterior
from trialstats.search.posteriors.priors import prior_grid, prior_mean_weight
from trialstats.search.posteriors.search import PosteriorSearch
from trialstats.search.posteriors.simulation_error import print_probability
from trialstats.search.printed import PrintedInterval, share

POINTS = ("mean", "median", "mode")
KINDS = ("equal-tailed", "hdi")
SIZES = [12, 27, 30]
MENU = {"uniform": (1.0, 1.0), "jeffreys": (0.5, 0.5), "haldane": (0.0, 0.0), "beta(2, 2)": (2.0, 2.0)}


def search(estimate, interval, n, **more):
    printed = PrintedInterval.of(estimate, interval, "a posterior")
    allowed = n if isinstance(n, dict) else {"stated": np.atleast_1d(np.array(n))}
    return PosteriorSearch(printed, allowed, **more)


def texts(claim):
    return claim.value.text, (claim.spread.lower.text, claim.spread.upper.text)


# --------------------------------------------------------------------------------------------------
# ALIENOR's two arms
# --------------------------------------------------------------------------------------------------
def test_readings_that_share_a_posterior_are_one_explanation():
    found = explain_posterior("71%", ("55%", "84%"), n=[30, 32], priors=["uniform", "beta(2, 2)"])
    assert found[0].readings == ("23/32 with a uniform prior", "22/30 with a beta(2, 2) prior")
    found = explain_posterior("72%", ("55%", "87%"), n=[25, 27], priors=["uniform", "beta(2, 2)"])
    assert (found[0].a, found[0].b) == (21.0, 8.0)
    assert found[0].readings == ("20/27 with a uniform prior", "19/25 with a beta(2, 2) prior")


def test_every_reading_leads_to_its_posterior():
    one = search("72%", ("55%", "87%"), [24, 25, 27], priors=prior_grid(4))
    priors = prior_grid(4)
    best = one.found[0]
    readings = one.readings_of(best)
    assert len(readings) > 5
    for reading in readings:
        a0, b0 = priors[reading.prior]
        assert (a0 + reading.x, b0 + reading.n - reading.x) == (best.a, best.b)
    assert [reading.cost for reading in readings] == sorted(reading.cost for reading in readings)


def test_sampling_error_comes_after_rounding_twice():
    found = explain_posterior("71%", ("55%", "84%"), n=32)
    kinds = [(one.rounding, one.draws) for one in found]
    assert kinds[0] == ("twice", None)
    simulated = next(one for one in found if one.draws is not None)
    assert (simulated.a, simulated.b, simulated.draws, simulated.ordinary) == (24.0, 10.0, 10_000, False)
    assert 0.2 < simulated.probability < 0.5
    assert found[0].cost < simulated.cost < found[0].cost + 2.0


def test_sampling_error_is_not_asked_for_where_something_ordinary_prints_the_claim():
    assert all(one.draws is None for one in explain_posterior("72%", ("55%", "87%"), n=27))


def test_a_stated_number_of_draws_costs_nothing_but_its_improbability():
    usual = explain_posterior("71%", ("55%", "84%"), n=32)
    stated = explain_posterior("71%", ("55%", "84%"), n=32, draws=10_000)
    assert {one.draws for one in stated} == {None, 10_000}

    def cheapest(found):
        return min(one.cost for one in found if one.draws == 10_000)

    assert cheapest(stated) == pytest.approx(cheapest(usual) - load_catalogue().cost("draws", "10000"))


# --------------------------------------------------------------------------------------------------
# Nothing missed, nothing made up
# --------------------------------------------------------------------------------------------------
priors = st.one_of(
    st.sampled_from([(0.0, 0.0), (0.5, 0.5), (1.0, 1.0), (2.0, 2.0)]),
    st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: (pair[0] / 2, pair[1] / 2)),
    st.tuples(st.floats(0.05, 0.95), st.floats(0.5, 30)).map(lambda pair: (pair[0] * pair[1], (1 - pair[0]) * pair[1])),
)


@settings(max_examples=150)
@given(
    st.integers(1, 120), st.data(), priors, st.sampled_from(POINTS), st.sampled_from(KINDS),
    st.sampled_from(sorted(ROUNDINGS)), st.integers(0, 2), st.sampled_from([0.8, 0.9, 0.95, 0.99]),
)  # fmt: skip
def test_the_truth_is_always_found(n, data, prior, point, kind, rounding, decimals, level):
    x = data.draw(st.integers(0, n))
    a, b = x + prior[0], n - x + prior[1]
    if a <= 0 or b <= 0 or (point == "mode" and max(a, b) <= 1):
        return
    how = Convention(kind=kind, level=level, rounding=rounding, point=point)
    estimate, bounds = texts(print_claim(Posterior(a, b), how, decimals=decimals))
    menu = {"its own": prior, "uniform": (1.0, 1.0), "jeffreys": (0.5, 0.5)}
    found = explain_posterior(estimate, bounds, n=n, priors=menu, level=level)
    assert any(
        one.a == pytest.approx(a, abs=1e-8) and (one.rounding, one.point, one.kind) == (rounding, point, kind)
        and one.draws is None and any(reading.startswith(f"{x}/{n} ") for reading in one.readings)
        for one in found
    )  # fmt: skip


def may_print(value, number, rounding):
    """Whether a value prints a number, a tie either way where the rule leaves it open."""
    decimals, unit = number.decimals, number.unit
    near = (value - 1e-9, value, value + 1e-9)  # a computed value may stand on either side of a tie
    texts = {print_number(max(v, 0.0), decimals, unit, rounding) for v in near}
    extra = {"twice": 1, "twice-2": 2}.get(rounding, 0)
    for v in near if extra else ():
        first = print_number(max(v, 0.0), decimals + extra, unit).removesuffix(unit)
        if first.endswith("50"[:extra]):  # a tie at the second step
            texts.add(print_number(Fraction(first) / (100 if unit else 1), decimals, unit, "truncated"))
    return number.text in texts


@settings(max_examples=60)
@given(st.integers(5, 60), st.data(), st.sampled_from(POINTS), st.sampled_from(KINDS), st.sampled_from([0, 1]))
def test_every_explanation_prints_the_claim(n, data, point, kind, decimals):
    x = data.draw(st.integers(1, n - 1))
    how = Convention(kind=kind, point=point)
    estimate, bounds = texts(print_claim(Posterior(x + 1.0, n - x + 1.0), how, decimals=decimals))
    for one in explain_posterior(estimate, bounds, n=n, priors=prior_grid(3)):
        if one.draws is None:
            values = summarise(one.witness, one.convention)[:3]
            for value, text in zip(values, (estimate, *bounds), strict=True):
                assert may_print(value, Reported(text), one.rounding), (one, value, text)


@pytest.mark.parametrize(
    "estimate, interval",
    [("72%", ("55%", "87%")), ("71%", ("55%", "84%")), ("12%", ("3%", "27%")), ("0%", ("0%", "9%")),
     (None, ("56%", "88%")), ("72%", None), ("74%", ("57%", None)), ("71.9%", ("55.4%", "85.8%"))],
)  # fmt: skip
def test_the_search_finds_what_plain_enumeration_finds(estimate, interval):
    printed = PrintedInterval.of(estimate, interval, "a posterior").parts
    slow = set()
    for a, b, point, kind, got in everything():
        for rounding in ROUNDINGS:
            if all(number.range(rounding).admits(got[name]) for name, number in printed):
                slow.add((a, b, point, kind, rounding))
    found = explain_posterior(estimate, interval, n=SIZES, priors=MENU)
    fast = {(one.a, one.b, one.point, one.kind, one.rounding) for one in found if one.draws is None}
    assert fast == slow and slow


@cache
def everything():
    """Every posterior of the menu summarised one by one, without the search."""
    found = []
    for n, prior in product(SIZES, MENU.values()):
        for a, b in ((x + prior[0], n - x + prior[1]) for x in range(n + 1)):
            if min(a, b) > 0:
                beta = Beta(a, b)
                limits = dict(zip(KINDS, (beta.interval(), beta.hdi()), strict=True))
                for point, kind in product(POINTS, KINDS):
                    value = getattr(beta, point)()
                    if not np.isnan(value):
                        lower, upper = limits[kind]
                        got = {"estimate": float(value), "lower": float(lower), "upper": float(upper)}
                        found.append((a, b, point, kind, got))
    return found


@pytest.mark.parametrize("n, estimate, interval", [(27, "72%", ("55%", "87%")), (32, "71%", ("55%", "84%"))])
def test_chance_is_the_share_of_neighbours_with_an_explanation_as_cheap(n, estimate, interval):
    one = search(estimate, interval, n)

    def explained(neighbour):
        other = PosteriorSearch(neighbour, one.allowed)
        # The sampling error of draws counts too, wherever it is cheap enough.
        both = [*other._exact(), *other._simulated()]
        return any(found.cost <= one.found[0].cost + 1e-9 for found in both)

    assert one.chance() == pytest.approx(share(map(explained, one.printed.neighbours())))


def test_haldanes_prior_needs_a_response_and_a_failure():
    table = Candidates.of({"stated": np.array([5])}, None, {"haldane": (0.0, 0.0)}, 0.95)
    assert sorted(table.x.tolist()) == [1, 2, 3, 4]


# --------------------------------------------------------------------------------------------------
# Menus of priors, and what is refused
# --------------------------------------------------------------------------------------------------
def test_menus_of_priors():
    assert len(prior_grid(20)) == 41 * 41
    assert prior_grid(1, 0.5) == {
        "haldane": (0.0, 0.0), "beta(0, 0.5)": (0.0, 0.5), "beta(0, 1)": (0.0, 1.0), "beta(0.5, 0)": (0.5, 0.0),
        "jeffreys": (0.5, 0.5), "beta(0.5, 1)": (0.5, 1.0), "beta(1, 0)": (1.0, 0.0), "beta(1, 0.5)": (1.0, 0.5),
        "uniform": (1.0, 1.0),
    }  # fmt: skip
    for name, (a, b) in prior_mean_weight(0.45, [1, 5, 20]).items():
        assert a / (a + b) == pytest.approx(0.45, abs=1e-12) and name.startswith("beta(")
    best = explain_posterior("44%", ("27%", "61%"), n=27, priors=prior_mean_weight(0.45, 2))
    assert all(one.prior == "beta(0.9, 1.1)" for one in best)


@pytest.mark.parametrize(
    "call, error",
    [
        (lambda: explain_posterior(0.72, ("55%", "87%")), NotTextError),
        (lambda: explain_posterior("72%", ("55%", "87%"), n=0), InputError),
        (lambda: explain_posterior("72%", ("55%", "87%"), n=27, x=28), InputError),
        (lambda: explain_posterior("72%", ("55%", "87%"), n=27, draws=50), InputError),
        (lambda: explain_posterior("72%", ("55%", "87%"), priors=["unifrom"]), UnknownNameError),
        (lambda: explain_posterior("72%", ("55%", "87%"), priors={"bad": (-1, 1)}), InputError),
        (lambda: explain_posterior("72%", ("55%", "87%"), priors={}), InputError),
        (lambda: explain_posterior("72%", ("55%", "87%"), point="centre"), UnknownNameError),
        (lambda: explain_posterior("72%", ("55%", "87%"), kind="hpd"), UnknownNameError),
        (lambda: prior_grid(5, 0), InputError),
        (lambda: prior_grid(1e6), InputError),
        (lambda: prior_mean_weight(1.0, 3), InputError),
        (lambda: prior_mean_weight(0.5, 0), InputError),
        (lambda: print_probability([2.0], [2.0], {}, draws=10), InputError),
        (lambda: print_probability([2.0], [2.0], {}, draws=1000, point="mode"), UnknownNameError),
    ],
)
def test_what_is_refused(call, error):
    with pytest.raises(error):
        call()


# --------------------------------------------------------------------------------------------------
# Beyond the menu
# --------------------------------------------------------------------------------------------------
def test_some_informative_prior_may_print_what_no_usual_one_does():
    one = AnyPriorSearch(search("62%", ("48%", "75%"), 27))
    best = one.found[0]
    assert best.prior == INFORMATIVE and not best.ordinary
    assert best.a >= best.x - 1e-9 and best.b >= best.n - best.x - 1e-9
    printed = print_claim(
        Posterior(best.a, best.b), Convention(kind=best.kind, rounding=best.rounding, point=best.point)
    )
    assert texts(printed) == ("62%", ("48%", "75%"))
    assert not search("62%", ("48%", "75%"), 27).found


def test_no_posterior_has_this_shape():
    one = search("72%", ("65%", "75%"), 27)
    assert not AnyPriorSearch(one).found
    miss = nearest_posterior(one)
    assert miss.explanation.n == 27 and miss.steps > 5
    assert set(miss.prints) == {"estimate", "lower", "upper"}
