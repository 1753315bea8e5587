"""Draws out of containers, R-hat, effective sizes and agreement: all of it without PyMC."""

import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from click.testing import CliRunner

import trialstats as ts
from trialstats.bayes import (
    Agreement,
    AgreementRow,
    ArmCounts,
    McmcCell,
    agreement,
    conjugate_model,
    effective_size,
    exact_posteriors,
    mcmc_column,
    posterior_draws,
    power_prior,
    split_rhat,
)
from trialstats.cli import cli
from trialstats.errors import InputError, TrialstatsError
from trialstats.intervals.beta import Beta
from trialstats.intervals.beta_mixture import BetaMixture

RNG = np.random.default_rng(11)


def container(**arms):
    """A mapping like xarray's: a variable with dimensions, coordinates and values."""
    values = np.stack(list(arms.values()), axis=-1)
    rate = SimpleNamespace(values=values, dims=("chain", "draw", "arm"), coords={"arm": np.array(list(arms))})
    return {"posterior": {"rate": rate}}


def test_draws_are_read_by_label():
    new, old = RNG.beta(21, 8, size=(2, 4, 50))
    found = posterior_draws(container(new=new, old=old))
    assert list(found) == ["new", "old"] and (found["old"] == old).all()
    assert list(posterior_draws(SimpleNamespace(posterior={"rate": new}))) == ["rate"]


@pytest.mark.parametrize(
    "given, words",
    [
        ({}, "posterior group"),
        (7, "posterior group"),
        ({"posterior": {"p": np.zeros((2, 5))}}, "no variable 'rate'"),
        ({"posterior": {"rate": np.zeros(5)}}, "chains, draws"),
    ],
)
def test_what_is_no_container_is_refused(given, words):
    with pytest.raises(InputError, match=words):
        posterior_draws(given)


def test_independent_draws_are_worth_their_number():
    x = RNG.normal(size=(4, 2000))
    assert effective_size(x) == pytest.approx(8000, rel=0.15)
    assert split_rhat(x) == pytest.approx(1.0, abs=0.005)


def test_a_first_order_autoregression_is_worth_its_known_share():
    # Effective share (1 - rho) / (1 + rho).
    for rho in (0.5, 0.9, -0.3):
        x = np.empty((4, 20_000))
        x[:, 0] = RNG.normal(size=4) / np.sqrt(1 - rho**2)
        for k in range(1, x.shape[1]):
            x[:, k] = rho * x[:, k - 1] + RNG.normal(size=4)
        assert effective_size(x) / x.size == pytest.approx((1 - rho) / (1 + rho), rel=0.1)


def test_chains_that_disagree_are_seen():
    x = RNG.normal(size=(4, 1000))
    apart, wider = x.copy(), x.copy()
    apart[0] += 1.0
    wider[0] *= 3.0
    assert split_rhat(apart) > 1.05 and split_rhat(wider) > 1.05
    assert effective_size(apart) < 400
    assert split_rhat(np.zeros((2, 10))) == 1.0 and effective_size(np.zeros((2, 10))) == 20
    with pytest.raises(InputError, match="shape"):
        split_rhat(np.zeros(10))


def test_agreement_of_exact_draws_and_of_others():
    exact = {"new": Beta(21, 8), "old": Beta(24, 10)}
    draws = {"new": RNG.beta(21, 8, size=(4, 2000)), "old": RNG.beta(24, 10, size=(4, 2000))}
    found = agreement(container(**draws), exact, pairs=[("new", "old")])
    assert found.ok and "agree within Monte Carlo error" in str(found)
    assert [row.quantity for row in found.rows if row.arm == "new"] == ["mean", "lower", "upper", "> old"]
    assert found.rows[-1].exact == pytest.approx(0.5674155594, abs=1e-10)
    other = agreement(container(**draws), {"new": Beta(22, 8), "old": Beta(24, 10)})
    assert not other.ok and other.largest_z > 4 and "do not agree" in str(other)
    with pytest.raises(InputError, match="no draws of arm"):
        agreement(container(**draws), {"third": Beta(1, 1)})


def test_z_scores_are_standard_normal():
    # 300 runs of 4 x 500 exact draws: the share beyond 1.96 has a binomial error of 0.013.
    beyond = []
    for _ in range(300):
        x = RNG.beta(9, 25, size=(4, 500))
        rows = agreement({"posterior": {"rate": x}}, {"rate": Beta(9, 25)}).rows
        beyond.append([abs(row.z) > 1.96 for row in rows])
    assert np.mean(beyond, axis=0) == pytest.approx([0.05] * 3, abs=0.05)


def test_mixtures_are_compared_too_but_not_their_superiority():
    mixture = BetaMixture([0.8, 0.2], [Beta(12, 28), Beta(1, 1)])
    pick = RNG.random((4, 2000)) < 0.8
    draws = np.where(pick, RNG.beta(12, 28, size=pick.shape), RNG.beta(1, 1, size=pick.shape))
    both = container(a=draws, b=RNG.beta(2, 2, size=pick.shape))
    assert agreement(both, {"a": mixture}).ok
    with pytest.raises(InputError, match="two Beta posteriors"):
        agreement(both, {"a": mixture, "b": Beta(2, 2)}, pairs=[("a", "b")])


def test_power_priors_and_counts():
    assert power_prior(10, 40, 0.0) == (1.0, 1.0)
    assert power_prior(10, 40, 1.0, (0.5, 0.5)) == (10.5, 30.5)
    assert exact_posteriors({"new": ArmCounts(20, 27, power_prior(10, 40, 0.25))}) == {"new": Beta(23.5, 15.5)}
    for bad in (lambda: power_prior(10, 40, 1.5), lambda: ArmCounts(5, 4), lambda: ArmCounts(0, 4, (0.0, 1.0))):
        with pytest.raises(InputError):
            bad()


def test_without_pymc_one_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pymc", None)
    with pytest.raises(TrialstatsError, match=r"pip install 'trialstats\[bayes\]'"):
        conjugate_model({"new": ArmCounts(20, 27)})
    assert mcmc_column([]) == {}


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
