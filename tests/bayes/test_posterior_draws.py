"""Draws out of containers, priors and exact posteriors: all of it without the extra."""

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
    exact_posteriors,
    mcmc_column,
    posterior_draws,
    power_prior,
)
from trialstats.cli import cli
from trialstats.errors import InputError, TrialstatsError
from trialstats.intervals.beta import Beta

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


def test_power_priors_and_counts():
    assert power_prior(10, 40, 0.0) == (1.0, 1.0)
    assert power_prior(10, 40, 1.0, (0.5, 0.5)) == (10.5, 30.5)
    assert exact_posteriors({"new": ArmCounts(20, 27, power_prior(10, 40, 0.25))}) == {"new": Beta(23.5, 15.5)}
    for bad in (lambda: power_prior(10, 40, 1.5), lambda: ArmCounts(5, 4), lambda: ArmCounts(0, 4, (0.0, 1.0))):
        with pytest.raises(InputError):
            bad()


@pytest.mark.parametrize(
    "module, call",
    [
        ("pymc", lambda: conjugate_model({"new": ArmCounts(20, 27)})),
        ("arviz", lambda: agreement({"posterior": {"rate": RNG.beta(21, 8, size=(4, 50))}}, {"rate": Beta(21, 8)})),
    ],
)
def test_without_the_extra_one_sentence_says_what_to_install(monkeypatch, module, call):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(TrialstatsError, match=rf"need {module}, .* pip install 'trialstats\[bayes\]'"):
        call()
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
