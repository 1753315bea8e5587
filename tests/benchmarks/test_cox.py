"""The benchmarks' two-group Cox model: against statsmodels on simulated trials, and against its own definitions."""

from __future__ import annotations

import math

import numpy as np
import pytest
from benchmarks.cox import TwoGroupCox
from statsmodels.duration.hazard_regression import PHReg
from statsmodels.duration.survfunc import survdiff


def simulated(rng, n):
    group = rng.permutation(np.arange(n) % 2).astype(float)
    time = rng.exponential(size=n) / np.where(group > 0, math.exp(rng.uniform(-1.2, 0.7)), 1.0)
    limit = rng.uniform(0.3, 2.5, size=n)
    stratum = rng.integers(3, size=n)
    return np.minimum(time, limit), (time <= limit).astype(float), group, stratum


@pytest.mark.parametrize("trials", [50, pytest.param(1000, marks=pytest.mark.slow)])
def test_estimates_are_those_of_statsmodels(trials):
    rng = np.random.default_rng(trials)
    for _ in range(trials):
        time, event, group, stratum = simulated(rng, int(rng.integers(60, 300)))
        strata = stratum if rng.random() < 0.5 else None
        model = TwoGroupCox.of(time, event, group, stratum=strata)
        fit = model.fit()
        theirs = PHReg(time, group[:, None], status=event, strata=strata)
        found = theirs.fit(disp=0)
        # its optimiser stops at a gradient of 1e-5
        assert float(fit.estimate) == pytest.approx(found.params[0], rel=1e-5, abs=1e-7)
        assert float(fit.se) == pytest.approx(found.bse[0], rel=1e-5)
        gain = theirs.loglike(found.params) - theirs.loglike(np.zeros(1))
        assert float(fit.likelihood_ratio) ** 2 == pytest.approx(2 * gain, rel=1e-5, abs=1e-7)


def test_the_score_test_is_the_logrank_test():
    rng = np.random.default_rng(9)
    for stratified in (False, True):
        time, event, group, stratum = simulated(rng, 100)
        strata = stratum if stratified else None
        chisq, _ = survdiff(time, event, group, strata=strata)
        assert float(TwoGroupCox.of(time, event, group, stratum=strata).score_statistic()) ** 2 == pytest.approx(chisq)


def test_many_trials_at_once_are_one_after_the_other():
    rng = np.random.default_rng(4)
    trials = [simulated(rng, 80) for _ in range(20)]
    columns = [np.array([one[k] for one in trials]) for k in range(4)]
    for stratum in (None, columns[3]):
        fit = TwoGroupCox.of(*columns[:3], stratum=stratum).fit()
        for place, (time, event, group, own) in enumerate(trials):
            one = TwoGroupCox.of(time, event, group, stratum=None if stratum is None else own).fit()
            assert fit.estimate[place] == pytest.approx(float(one.estimate), rel=1e-10, abs=1e-12)
            assert fit.se[place] == pytest.approx(float(one.se), rel=1e-10)


def test_limits_satisfy_their_definitions():
    rng = np.random.default_rng(8)
    model = TwoGroupCox.of(*simulated(rng, 120)[:3])
    fit = model.fit()
    for limit in model.profile_interval(0.9):
        assert 2 * float(fit.loglik - model.loglik(limit)) == pytest.approx(1.6448536269514722**2, rel=1e-9)
    for limit in model.score_interval(0.9):
        score, information = model.score(limit)
        assert float(score**2 / information) == pytest.approx(1.6448536269514722**2, rel=1e-9)


def test_no_maximum_gives_no_estimate():
    fit = TwoGroupCox.of([1, 2, 3, 4], [1, 1, 0, 0], [0, 0, 1, 1]).fit()
    assert math.isnan(float(fit.estimate))
