"""How probably posterior draws print a summary: against simulated draws, and where draws may explain a claim."""

from __future__ import annotations

import numpy as np
import pytest

from trialstats.errors import InputError
from trialstats.reported import Reported
from trialstats.search.posteriors.explain import explain_posterior
from trialstats.search.posteriors.simulation_error import (
    least_share,
    likeliest_probability,
    print_probability,
    proportion_print_probability,
)


@pytest.mark.parametrize("definition, share", [(6, 0.46), (7, 0.48)])
def test_alienors_bound_comes_out_as_55_in_46_per_cent_of_runs(definition, share):
    """By the definition of a quantile that leaves the limits where they are; in 48 % by the default of R and NumPy."""
    bound = {"lower": Reported("55%").range()}
    p = print_probability([24.0], [10.0], bound, draws=10_000, definition=definition)[0]
    assert p == pytest.approx(share, abs=0.005)
    with pytest.raises(InputError, match="definition must be one of 7, 6"):
        print_probability([24.0], [10.0], bound, draws=10_000, definition=5)


@pytest.mark.parametrize(
    "a, b, printed, point, draws",
    [
        (24, 10, ("71%", "55%", "84%"), "mean", 10_000),
        (24, 10, ("71%", "54%", "84%"), "mean", 1000),
        (21, 8, ("73%", "55%", "87%"), "median", 1000),
        (3, 18, ("14%", "3%", "32%"), "mean", 1000),
        (6, 50, ("11%", "4%", "20%"), "mean", 1000),
    ],
)
def test_the_normal_approximation_agrees_with_simulation(a, b, printed, point, draws):
    rng = np.random.default_rng(20201122)
    runs = 400 if draws == 10_000 else 4000
    sample = rng.beta(a, b, size=(runs, draws))
    estimate = sample.mean(axis=1) if point == "mean" else np.median(sample, axis=1)
    got = (estimate, *np.quantile(sample, [0.025, 0.975], axis=1))
    ranges = {name: Reported(text).range() for name, text in zip(("estimate", "lower", "upper"), printed, strict=True)}
    hit = np.logical_and.reduce([(value >= float(r.lower)) & (value <= float(r.upper))
                                 for value, r in zip(got, ranges.values(), strict=True)])  # fmt: skip
    p = float(print_probability([a], [b], ranges, draws=draws, point=point)[0])
    # Three binomial standard errors of the simulation, and 0.015 for the asymptotics at a thousand draws.
    assert p == pytest.approx(hit.mean(), abs=3 * np.sqrt(p * (1 - p) / runs) + 0.015)


def test_a_simulated_share_is_binomial():
    from scipy.stats import binom

    values = Reported("56%").range()
    want = binom.cdf(5650, 10_000, 0.5674) - binom.cdf(5549, 10_000, 0.5674)
    assert proportion_print_probability(0.5674, values, draws=10_000) == pytest.approx(want, abs=1e-9)
    assert proportion_print_probability(1.0, Reported(">0.999").range(), draws=1000) == pytest.approx(1.0)


@pytest.mark.parametrize("definition, method", [(7, "linear"), (6, "weibull")])
def test_the_definition_of_a_quantile_is_that_of_r_and_numpy(definition, method):
    """At 1,000 draws the definitions differ by 0.034 in probability; 8,000 runs have a standard error of 0.004."""
    sample = np.random.default_rng(20261121).beta(24, 10, size=(8000, 1000))
    got = (sample.mean(axis=1), *np.quantile(sample, [0.025, 0.975], axis=1, method=method))
    printed = {"estimate": "71%", "lower": "55%", "upper": "84%"}
    ranges = {name: Reported(text).range() for name, text in printed.items()}
    hit = [(value >= float(r.lower)) & (value <= float(r.upper)) for value, r in zip(got, ranges.values(), strict=True)]
    p = float(print_probability([24], [10], ranges, draws=1000, definition=definition)[0])
    assert p == pytest.approx(np.logical_and.reduce(hit).mean(), abs=0.013)
    if definition == 7:
        assert p == float(print_probability([24], [10], ranges, draws=1000)[0])


@pytest.mark.parametrize(
    ("x", "n", "printed", "probability"),
    [
        (25, 41, ("60%", "47%", "74%"), 0.0252),
        (16, 53, ("31%", "20%", "45%"), 0.0248),
        # The mean, 0.9074, lies 1.7 of its standard errors from what prints 91.0%.
        (48, 52, ("91.0%", "82%", "97%"), 0.0272),
        (12, 30, ("40.7%", "24.8%", "57.4%"), 0.0005),
        (12, 30, ("41.9%", "24.8%", "57.4%"), 0.0),
    ],
)
def test_draws_explain_what_is_not_rare_among_their_prints(x, n, printed, probability):
    """With many digits every print has a small probability: it is held against that of the likeliest one."""
    ranges = {name: Reported(text).range() for name, text in zip(("estimate", "lower", "upper"), printed, strict=True)}
    p = float(print_probability([x + 1.0], [n - x + 1.0], ranges, draws=1000)[0])
    assert p == pytest.approx(probability, abs=5e-5)  # a unit of the last digit given above
    found = explain_posterior(printed[0], printed[1:], n=n, x=x, priors=["uniform"], point="mean", kind="equal-tailed",
                              draws=1000)  # fmt: skip
    rare = p < least_share(3) * float(likeliest_probability([x + 1.0], [n - x + 1.0], ranges, draws=1000)[0])
    assert rare is (probability == 0.0)
    assert [one.draws for one in found if one.draws] == ([] if rare else [1000])


def test_prints_that_are_rare_among_those_of_their_draws_come_once_in_a_thousand_runs():
    """Of 2,000 runs about 2; the share is that of a normal density of three dimensions."""
    sample = np.random.default_rng(20261129).beta(13, 19, size=(2000, 1000))
    got = (sample.mean(axis=1), *np.quantile(sample, [0.025, 0.975], axis=1))
    rare = 0
    for row in zip(*got, strict=True):
        names = zip(("estimate", "lower", "upper"), row, strict=True)
        ranges = {name: Reported(f"{100 * value:.1f}%").range() for name, value in names}
        p = float(print_probability([13], [19], ranges, draws=1000)[0])
        rare += p < least_share(3) * float(likeliest_probability([13], [19], ranges, draws=1000)[0])
    assert rare <= 8


@pytest.mark.parametrize("draws", [1000, 4000])
def test_a_posterior_summarised_by_draws_is_among_the_explanations(draws):
    rng = np.random.default_rng(20261129)
    for _ in range(40):
        n = int(rng.integers(15, 60))
        x = int(rng.integers(1, n))
        sample = rng.beta(x + 1, n - x + 1, draws)
        texts = [f"{100 * value:.1f}%" for value in (sample.mean(), *np.quantile(sample, [0.025, 0.975]))]
        assert explain_posterior(
            texts[0], texts[1:], n=n, x=x, priors=["uniform"], point="mean", kind="equal-tailed"
        ), (x, n, texts)
