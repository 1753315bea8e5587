"""Posteriors where a reader with fresh eyes stumbled: worth of an explanation, bounds on size, arguments, words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trialstats as ts
from trialstats.claims import Arm, Estimate, Paper, Size, Spread
from trialstats.errors import InputError
from trialstats.intervals.beta import Beta
from trialstats.inverse.posteriors.candidates import MOST_ROWS
from trialstats.inverse.posteriors.informative_prior import INFORMATIVE, weakest_informative_prior
from trialstats.inverse.posteriors.search import PosteriorSearch
from trialstats.inverse.printed import PrintedInterval, digit_neighbours
from trialstats.press import Posterior, Printing, print_claim
from trialstats.reanalysis import reanalyse
from trialstats.reported import Reported

R = Reported


def search_of(estimate, lower, upper, n):
    return PosteriorSearch(
        PrintedInterval.of(estimate, (lower, upper), "a posterior"), {"stated": np.array([n])}, beyond=True
    )


# --------------------------------------------------------------------------------------------------
# What an explanation by an informative prior is worth
# --------------------------------------------------------------------------------------------------
def test_the_chance_of_an_informative_prior_counts_informative_priors():
    search = search_of("40.5%", "26.5%", "55.4%", 40)
    assert search.found[0].prior == INFORMATIVE
    budget = search.found[0].cost + 1e-9
    hits = []
    for name, number in search.printed.parts:
        for neighbour in digit_neighbours(number):
            changed = replace(search, beyond=False, printed=replace(search.printed, **{name: neighbour}))
            on_the_menu = bool(changed.found) and changed.found[0].cost <= budget
            hits.append(on_the_menu or weakest_informative_prior(changed, budget) is not None)
    assert search.chance() == pytest.approx(np.mean(hits)) and sum(hits) >= 5
    arm = Arm("a", "A", {"randomised": Size(R("40"))})
    spread = Spread("credible", R("26.5%"), R("55.4%"), level=R("95%"))
    claim = Estimate(id="orr", measure="proportion", value=R("40.5%"), spread=spread, arms=("a",))
    report = reanalyse(Paper(id="p", arms=(arm,), claims=(claim,)))
    assert report["orr"].chance == search.chance()
    assert "0 in 100" not in report.to_text()


def test_an_informative_prior_may_be_asked_for_within_bits():
    search = search_of("40.5%", "26.5%", "55.4%", 40)
    found = weakest_informative_prior(search)
    assert weakest_informative_prior(search, found.cost) == found
    assert weakest_informative_prior(search, found.cost - 0.1) is None


# --------------------------------------------------------------------------------------------------
# Bounds on time and memory
# --------------------------------------------------------------------------------------------------
@settings(max_examples=25, deadline=None)
@given(
    x=st.integers(0, 60), more=st.integers(0, 60), prior=st.sampled_from([(1.0, 1.0), (0.5, 0.5), (2.0, 2.0)]),
    point=st.sampled_from(["mean", "median", "mode"]), kind=st.sampled_from(["equal-tailed", "hdi"]),
    level=st.sampled_from([0.5, 0.8, 0.95]), changed=st.sampled_from(["estimate", "lower", "upper", None]),
)  # fmt: skip
def test_no_posterior_that_prints_all_numbers_but_one_is_left_out(x, more, prior, point, kind, level, changed):
    a, b = x + prior[0], more + prior[1]
    if x + more == 0 or (point == "mode" and np.isnan(Beta(a, b).mode())):
        return
    shown = print_claim(Posterior(a, b), Printing(kind, level, point=point, decimals=0))
    parts = {"estimate": shown.value, "lower": shown.spread.lower, "upper": shown.spread.upper}
    if changed is not None:
        parts[changed] = R("50%")
    search = PosteriorSearch(
        PrintedInterval(**parts), {"stated": np.array([x + more])}, level=level, priors={"one": prior}
    )
    assert search.candidates.position(a, b) is not None
    assert search.every_candidate.a.size == x + more + 1
    near = [search.every_candidate.position(*pair) for pair in zip(search.candidates.a, search.candidates.b, strict=True)]
    assert None not in near


def test_a_search_without_n_is_bounded():
    with pytest.raises(InputError, match="combinations of prior, x and n .* give n or x, a smaller n_max"):
        ts.explain_posterior("99%", ("98%", "100%"), n_max=10_000).total
    assert MOST_ROWS <= 1_000_000
    # An interval too wide for many patients needs no look at them.
    assert {one.n for one in ts.explain_posterior("72%", ("55%", "87%"), n_max=2000)} == {
        one.n for one in ts.explain_posterior("72%", ("55%", "87%"), n_max=200)
    }


# --------------------------------------------------------------------------------------------------
# Arguments
# --------------------------------------------------------------------------------------------------
def test_a_percent_sign_on_the_estimate_is_enough():
    signed, bare = (
        ts.explain_posterior("72%", bounds, n=27) for bounds in (("55%", "87%"), ("55", "87"))
    )  # fmt: skip
    assert [one.as_dict() for one in signed] == [one.as_dict() for one in bare] != []


@pytest.mark.parametrize(
    "numbers, arguments, says",
    [
        (("72", ("55", "87")), {}, "A share is at most 1, got '72': did you mean '72%'?"),
        (("72%", ("87%", "55%")), {}, "The lower bound comes first"),
        (("72%", None), {"n": 27.5}, "n must be a whole number .* got 27.5"),
        (("72%", None), {"n": "27"}, "n must be a whole number .* got '27'"),
        (("72%", None), {"n": True}, "n must be a whole number .* got True"),
        (("72%", None), {"n": []}, "n is empty"),
        (("72%", None), {"n": 20, "n_max": -1}, "n_max must be at least 1, got -1"),
        (("72%", None), {"n_max": 2.5}, "n_max must be a whole number"),
        (("72%", None), {"n": 27, "x": 28}, "x must be between 0 and n, got 28 with n up to 27"),
        (("72%", None), {"n": 27, "x": 2.5}, "x must be a whole number"),
        (("72%", None), {"n": 27, "draws": "10000"}, "draws must be a whole number"),
        (("72%", None), {"n": 27, "draws": 99}, "draws must be at least 100, got 99"),
        (("72%", None), {"n": 27, "priors": Beta(2, 2)}, "mapping of names to .*got Beta"),
        (("72%", None), {"n": 27, "priors": {"mine": (1,)}}, "Prior 'mine' must be a pair"),
        (("72%", None), {"n": 27, "priors": {"mine": ("a", 1)}}, "Prior 'mine' must be a pair"),
    ],
)
def test_odd_arguments_are_refused_in_a_sentence(numbers, arguments, says):
    with pytest.raises(InputError, match=says):
        ts.explain_posterior(*numbers, **arguments)


def test_a_prior_may_be_given_as_a_beta():
    pair, beta = (
        ts.explain_posterior("72%", ("55%", "87%"), n=25, priors={"mine": prior}) for prior in ((2, 2), Beta(2, 2))
    )
    assert pair.total == beta.total > 0 and pair[0] == beta[0]
