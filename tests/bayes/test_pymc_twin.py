"""The PyMC twin against exact posteriors; collected where PyMC is installed (see conftest.py)."""

import warnings

import numpy as np
import pytest

with warnings.catch_warnings():
    # Importing PyMC and ArviZ warns of their own changes to come; that is no matter of ours.
    warnings.simplefilter("ignore")
    import arviz as az
    import pymc as pm

from scipy import special

from trialstats.bayes import (
    ArmCounts,
    agreement,
    conjugate_model,
    exact_posteriors,
    hierarchical_model,
    mcmc_column,
    posterior_draws,
    power_prior,
    robust_model,
    sample,
)
from trialstats.catalogue import load_catalogue
from trialstats.checks import Context, find_check
from trialstats.claims.model import Estimate, Paper, Spread
from trialstats.errors import InputError
from trialstats.intervals.beta import Beta
from trialstats.intervals.beta_mixture import BetaMixture
from trialstats.reported import Reported

pytestmark = pytest.mark.filterwarnings("ignore")  # what PyMC, PyTensor and Numba warn of each other


@pytest.fixture(scope="module")
def two_arms():
    arms = {"new": ArmCounts(20, 27), "old": ArmCounts(23, 32)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return arms, sample(conjugate_model(arms))


def test_the_container_is_arvizs_own(two_arms):
    _, container = two_arms
    wanted = "InferenceData" if int(az.__version__.split(".")[0]) < 1 else "DataTree"
    assert type(container).__name__ == wanted
    assert list(posterior_draws(container)) == ["new", "old"]


def test_the_conjugate_twin_agrees_with_the_exact_posteriors(two_arms):
    arms, container = two_arms
    found = agreement(container, exact_posteriors(arms), pairs=[("new", "old")])
    assert found.ok, str(found)
    assert max(found.rhat.values()) < 1.01


def test_seeded_runs_are_the_same(two_arms):
    arms, container = two_arms
    again = sample(conjugate_model(arms))
    for arm, draws in posterior_draws(container).items():
        assert (posterior_draws(again)[arm] == draws).all()


def test_an_improper_prior_and_a_power_prior():
    arms = {"haldane": ArmCounts(20, 27, (0.0, 0.0)), "history": ArmCounts(23, 32, power_prior(10, 40, 0.5))}
    assert agreement(sample(conjugate_model(arms)), exact_posteriors(arms)).ok


def test_the_robust_prior_agrees_with_the_exact_mixture():
    history = BetaMixture([0.8, 0.2], [Beta(12, 28), Beta(1, 1)])
    arms = {"new": ArmCounts(20, 27), "control": ArmCounts(10, 20)}
    container = sample(robust_model(arms, {"control": history}))
    assert agreement(container, {"new": Beta(21, 8), "control": history.update(10, 20)}).ok
    with pytest.raises(InputError, match="History"):
        robust_model(arms, {"third": history})


def test_the_hierarchical_twin_agrees_with_quadrature():
    counts = {"a": (3, 20), "b": (5, 20), "c": (9, 20), "d": (4, 20)}
    draws = posterior_draws(sample(hierarchical_model({k: ArmCounts(*v) for k, v in counts.items()})))
    # The rates integrate out: a grid over the common mean and size is exact to about 1e-4.
    mean, size = np.linspace(0.001, 0.999, 999)[:, None], np.exp(np.linspace(-7, 6, 1301))
    a, b = mean * size, (1 - mean) * size
    log = np.log(size) + np.log(size) - 0.1 * size  # Gamma(2, 0.1), and the step of a logarithmic grid
    for x, n in counts.values():
        log = log + special.betaln(a + x, b + n - x) - special.betaln(a, b)
    weight = np.exp(log - log.max())
    for arm, (x, n) in counts.items():
        want = float((weight * (a + x) / (size + n)).sum() / weight.sum())
        values = draws[arm]
        assert az.rhat(values) < 1.01
        mcse = values.std() / np.sqrt(az.ess(values, method="mean"))
        assert values.mean() == pytest.approx(want, abs=4 * mcse + 2e-4)


def test_a_report_gets_its_column():
    def rate(name, value, lower, upper, n):
        spread = Spread("credible", Reported(lower), Reported(upper), level=Reported("95%"))
        return Estimate(
            id=name, measure="proportion", value=Reported(value), n=Reported(n), spread=spread, arms=(name,)
        )

    above = Estimate(id="above", measure="posterior-probability", value=Reported("57%"), of=("new", "old"),
                     event="new > old")  # fmt: skip
    claims = (rate("new", "72%", "55%", "87%", "27"), rate("old", "71%", "54%", "84%", "32"), above)
    context = Context(Paper(id="p", claims=claims), load_catalogue())
    findings = [
        finding
        for name in ("posterior-summary", "posterior-superiority")
        for finding in find_check(name).run(find_check(name), context)
    ]
    column = mcmc_column(findings)
    assert set(column) == {
        ("new", "posterior-summary"),
        ("old", "posterior-summary"),
        ("above", "posterior-superiority"),
    }
    assert all(cell.agreement.ok for cell in column.values())
    assert column["new", "posterior-summary"].text.startswith("72.")
    assert "MCMC" in str(column["above", "posterior-superiority"])
    assert pm.__version__
