"""Posteriors where a reader with fresh eyes stumbled: worth of an explanation, bounds on size, arguments, words."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import trialstats as ts
from trialstats.bayes import Agreement, AgreementRow, McmcCell
from trialstats.claims.model import Arm, Estimate, Paper, Size, Spread
from trialstats.cli import cli
from trialstats.errors import InputError
from trialstats.intervals.beta import Beta
from trialstats.press import Counts, Posterior, Printing, print_claim, print_like
from trialstats.reanalysis import reanalyse
from trialstats.reported import Reported
from trialstats.search.posteriors.candidates import MOST_ROWS
from trialstats.search.posteriors.informative_prior import INFORMATIVE, weakest_informative_prior
from trialstats.search.posteriors.search import PosteriorSearch
from trialstats.search.posteriors.simulation_error import print_probability
from trialstats.search.printed import PrintedInterval, digit_neighbours

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
    near = [
        search.every_candidate.position(*pair) for pair in zip(search.candidates.a, search.candidates.b, strict=True)
    ]
    assert None not in near


def test_a_search_without_n_is_bounded():
    with pytest.raises(InputError, match=r"combinations of prior, x and n .* give n or x, a smaller n_max"):
        bool(ts.explain_posterior("99%", ("98%", "100%"), n_max=10_000))
    assert MOST_ROWS <= 1_000_000
    # An interval too wide for many patients needs no look at them.
    assert {one.n for one in ts.explain_posterior("72%", ("55%", "87%"), n_max=2000)} == {
        one.n for one in ts.explain_posterior("72%", ("55%", "87%"), n_max=200)
    }


# --------------------------------------------------------------------------------------------------
# Posterior draws
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("definition, method", [(7, "linear"), (6, "weibull")])
def test_the_definition_of_a_quantile_is_that_of_r_and_numpy(definition, method):
    """At 1,000 draws the definitions differ by 0.034 in probability; 8,000 runs have a standard error of 0.004."""
    sample = np.random.default_rng(20261121).beta(24, 10, size=(8000, 1000))
    got = (sample.mean(axis=1), *np.quantile(sample, [0.025, 0.975], axis=1, method=method))
    ranges = {
        name: R(text).range() for name, text in zip(("estimate", "lower", "upper"), ("71%", "55%", "84%"), strict=True)
    }
    hit = [(value >= float(r.lower)) & (value <= float(r.upper)) for value, r in zip(got, ranges.values(), strict=True)]
    p = float(print_probability([24], [10], ranges, draws=1000, definition=definition)[0])
    assert p == pytest.approx(np.logical_and.reduce(hit).mean(), abs=0.013)
    if definition == 7:
        assert p == float(print_probability([24], [10], ranges, draws=1000)[0])


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


# --------------------------------------------------------------------------------------------------
# Several arms, from printed text
# --------------------------------------------------------------------------------------------------
FIRST, SECOND = ("72%", ("55%", "87%")), ("71%", ("55%", "84%"))


def test_superiority_from_printed_summaries():
    found = ts.search.explain_superiority(FIRST, SECOND, n=(27, 32))
    best = found[0]
    assert (best.first.x, best.second.x, best.first.prior) == (20, 23, "uniform")
    assert best.probability == pytest.approx(0.5674155594, abs=1e-10)
    assert [pair.cost for pair in found] == sorted(pair.cost for pair in found)
    for pair in found:
        one, other = (Beta(arm.a, arm.b) for arm in (pair.first, pair.second))
        assert pair.probability == pytest.approx(ts.prob_greater(one, other), abs=1e-12)
        assert pair.first.prior == pair.second.prior
    low, high = found.range
    assert low == min(pair.probability for pair in found) and high == max(pair.probability for pair in found)
    wide = found.any_priors
    assert wide[0] <= best.probability <= wide[1]
    exchanged = ts.search.explain_superiority(SECOND, FIRST, n=(32, 27))
    assert exchanged[0].probability == pytest.approx(1 - best.probability, abs=1e-12)
    assert [round(1 - p, 3) for p in exchanged.any_priors[::-1]] == [round(p, 3) for p in wide]
    none = ts.search.explain_superiority(FIRST, ("10%", ("55%", "84%")), n=(27, 32))
    assert len(none) == 0 and none.range is None and none.any_priors is None


def test_posteriors_and_priors_of_several_arms():
    first, second = ts.search.explain_posteriors([FIRST, SECOND], n=[27, 32])[0]
    assert (first.x, second.x) == (20, 23)
    regions = [ts.search.posterior_region(*FIRST), ts.search.posterior_region("72%", ("55%", "84%"))]
    by_region = ts.search.joint_prior_regions(regions, [27, 32])
    by_text = ts.search.joint_prior_regions([FIRST, ("72%", ("55%", "84%"))], [27, 32])
    assert [(one.x, one.size) for one in by_region] == [(one.x, one.size) for one in by_text]


@pytest.mark.parametrize(
    "call, says",
    [
        (lambda: ts.search.explain_superiority("72%", SECOND), "An arm is an estimate and its bounds"),
        (lambda: ts.search.explain_superiority(FIRST, SECOND, n=27), "n needs a number or None for each of the 2 arms"),
        (
            lambda: ts.search.explain_posteriors([FIRST, SECOND], x=[20]),
            "x needs a number or None for each of the 2 arms",
        ),
        (lambda: ts.search.explain_superiority(("98%", None), ("98%", None)), "give n for each arm"),
    ],
)
def test_odd_arms_are_refused_in_a_sentence(call, says):
    with pytest.raises(InputError, match=says):
        call()


def test_figures_and_samplers_are_reached_from_the_face_and_cost_nothing():
    code = (
        "import sys, trialstats as ts; ts.figures.plot_posteriors; ts.designs.StoppingRule; ts.bayes.mcmc_column;"
        "print('matplotlib' in sys.modules, 'pymc' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


# --------------------------------------------------------------------------------------------------
# Reports
# --------------------------------------------------------------------------------------------------
def test_a_report_can_be_gone_through():
    report = reanalyse(ts.load_trial("alienor"))
    assert tuple(report) == report.findings and len(report) == len(report.findings)
    assert "orr.paclitaxel" in report and "alienor:orr.paclitaxel" in report and "orr" not in report
    assert report.findings[0] in report and 3 not in report and bool(ts.Report(()))
    with pytest.raises(InputError, match=r"such as report\['orr'\], got 0"):
        report[0]


@pytest.mark.parametrize(
    "printed, x, n",
    [("31.2%", 30, 96), ("31.3%", 30, 96), ("12%", 1, 8), ("13%", 1, 8), ("0.5", 9, 20), ("0.4", 9, 20)],
)
def test_a_tie_is_recomputed_on_the_side_on_which_it_was_printed(printed, x, n):
    assert print_like(Fraction(x, n), R(printed)) == printed
    arm = Arm("a", "A", {"randomised": Size(R(str(n)))})
    claim = Estimate(id="rate", measure="proportion", value=R(printed), x=R(str(x)), n=R(str(n)), arms=("a",))
    (found,) = [one for one in reanalyse(Paper(id="p", arms=(arm,), claims=(claim,))) if one.check == "percent-count"]
    assert found.recomputed["estimate"] == printed
    interval = print_claim(Counts(x, n), Printing(decimals=R(printed).decimals, bound_decimals=1, unit=R(printed).unit))
    interval = replace(interval, id="rate", value=R(printed), x=None, n=R(str(n)), arms=("a",))
    (found,) = [
        one for one in reanalyse(Paper(id="p", arms=(arm,), claims=(interval,))) if one.check == "proportion-interval"
    ]
    assert found.recomputed["estimate"] == printed


def test_a_probability_that_no_pair_gives_is_told_which_they_give():
    def rate(name, value, lower, upper, n):
        spread = Spread("credible", R(lower), R(upper), level=R("95%"))
        return Estimate(id=name, measure="proportion", value=R(value), n=R(n), spread=spread, arms=(name,))

    above = Estimate(
        id="above", measure="posterior-probability", value=R("40%"), of=("new", "old"), event="new > old"
    )  # fmt: skip
    claims = (rate("new", "72.4%", "55.1%", "86.7%", "27"), rate("old", "70.6%", "54.5%", "84.4%", "32"), above)
    (found,) = [one for one in reanalyse(Paper(id="p", claims=claims)) if one.check == "posterior-superiority"]
    assert found.verdict.printed == "no explanation found"
    assert "this one value, 56." in found.message


def test_sampling_says_where_there_is_nothing_to_sample():
    path = str(Path(ts.__file__).parents[2] / "seeds" / "tamrad.toml")
    done = CliRunner().invoke(cli, ["reproduce", path, "--mcmc"])
    assert done.exit_code == 0
    assert "Nothing to sample in tamrad: no finding rests on a Beta posterior." in done.output
    quiet = CliRunner().invoke(cli, ["reproduce", path, "--mcmc", "--quiet"])
    assert "Nothing to sample" not in quiet.output


def test_a_sampled_cell_shows_how_well_the_chains_mixed():
    rows = (AgreementRow("a", "mean", 0.72, 0.721, 0.001, 3912.0), AgreementRow("a", "lower", 0.5, 0.5, 0.001, 1800.0))
    cell = McmcCell("72.1% (55.0% to 87.0%)", Agreement(rows, {"a": 1.0012}))
    assert str(cell) == (
        "72.1% (55.0% to 87.0%) (MCMC: largest z-score 1.0, R-hat at most 1.001, at least 1,800 effective draws)"
    )


@pytest.mark.parametrize(
    "given, says",
    [
        ({}, "Give posteriors by label"),
        ([Beta(1, 2)], "Give posteriors by label"),
        ({"a": Beta([1, 2], 3)}, "The posterior of 'a' must be one Beta"),
        ({"a": "Beta(1, 2)"}, "The posterior of 'a' must be one Beta"),
    ],
)
def test_a_figure_says_what_it_takes(given, says):
    with pytest.raises(InputError, match=says):
        ts.figures.plot_posteriors(given)
