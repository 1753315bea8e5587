"""Our two-group Cox model: against R's, against statsmodels on simulated trials, and against its own definitions."""

from __future__ import annotations

import csv
import gzip
import math
from pathlib import Path

import numpy as np
import pytest

from trialstats.errors import InputError, UnknownNameError
from trialstats.intervals.cox import TwoGroupCox, logrank_statistic

REFERENCE = Path(__file__).parents[1] / "reference"


def table(name):
    with gzip.open(REFERENCE / name, "rt", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


PATIENTS = table("cox_patients.csv.gz")
COX = [row for row in table("cox.csv.gz") if row["ties"] != "exact"]
LOGRANK = [row for row in table("logrank.csv.gz") if row["rho"] == "0"]
HELD = {row["dataset"] for row in PATIENTS}


def patients(row):
    own = [one for one in PATIENTS if one["dataset"] == row["dataset"]]
    time, status = ([float(one[name]) for one in own] for name in ("time", "status"))
    group = [float(one["group"] == row["other"]) for one in own]
    stratum = [one["stratum"] for one in own] if row["stratified"] == "1" else None
    return time, status, group, stratum


@pytest.mark.parametrize(
    "row", [one for one in COX if one["dataset"] in HELD], ids=lambda r: f"{r['dataset']}-{r['ties']}-{r['level']}"
)
def test_coxph_of_r(row):
    time, status, group, stratum = patients(row)
    fit = (model := TwoGroupCox.of(time, status, group, stratum=stratum, ties=row["ties"])).fit()
    half = (math.log(float(row["upper"])) - math.log(float(row["lower"]))) / 2
    z = half / float(row["se"])
    for ours, theirs in (
        (fit.estimate, row["coef"]),
        (fit.se, row["se"]),
        (fit.loglik, row["loglik1"]),
        (fit.loglik_null, row["loglik0"]),
        (fit.likelihood_ratio**2, row["lrt_chisq"]),
        (model.score_statistic() ** 2, row["score_chisq"]),
        (np.exp(fit.estimate - z * fit.se), row["lower"]),
    ):
        assert float(ours) == pytest.approx(float(theirs), rel=1e-7)


@pytest.mark.parametrize("row", [one for one in LOGRANK if one["dataset"] in HELD], ids=lambda r: r["dataset"])
def test_survdiff_of_r(row):
    time, status, group, stratum = patients(row)
    difference, variance = logrank_statistic(time, status, group, stratum=stratum)
    assert difference == pytest.approx(float(row["O_other"]) - float(row["E_other"]), rel=1e-10)
    assert difference**2 / variance == pytest.approx(float(row["chisq"]), rel=1e-10)


def simulated(rng, n):
    group = rng.permutation(np.arange(n) % 2).astype(float)
    time = rng.exponential(size=n) / np.where(group > 0, math.exp(rng.uniform(-1.2, 0.7)), 1.0)
    limit = rng.uniform(0.3, 2.5, size=n)
    stratum = rng.integers(3, size=n)
    return np.minimum(time, limit), (time <= limit).astype(float), group, stratum


def agrees_with_statsmodels(rng):
    from statsmodels.duration.hazard_regression import PHReg

    time, event, group, stratum = simulated(rng, int(rng.integers(60, 300)))
    strata = stratum if rng.random() < 0.5 else None
    fit = TwoGroupCox.of(time, event, group, stratum=strata).fit()
    theirs = PHReg(time, group[:, None], status=event, strata=strata).fit(disp=0)
    assert float(fit.estimate) == pytest.approx(theirs.params[0], rel=1e-5, abs=1e-7)
    assert float(fit.se) == pytest.approx(theirs.bse[0], rel=1e-5)


def test_statsmodels_on_50_trials():
    rng = np.random.default_rng(50)
    for _ in range(50):
        agrees_with_statsmodels(rng)


@pytest.mark.slow
def test_statsmodels_on_1000_trials():
    rng = np.random.default_rng(1000)
    for _ in range(1000):
        agrees_with_statsmodels(rng)


def test_many_trials_at_once_are_one_after_the_other():
    rng = np.random.default_rng(4)
    trials = [simulated(rng, 80) for _ in range(20)]
    columns = [np.array([one[k] for one in trials]) for k in range(4)]
    for stratum in (None, columns[3]):
        fit = TwoGroupCox.of_many(*columns[:3], stratum=stratum).fit()
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


def test_without_ties_the_score_test_is_the_logrank_test():
    time, event, group, _ = simulated(np.random.default_rng(9), 100)
    difference, variance = logrank_statistic(time, event, group)
    assert float(TwoGroupCox.of(time, event, group).score_statistic()) == pytest.approx(
        difference / math.sqrt(variance)
    )


def test_no_maximum_gives_no_estimate():
    fit = TwoGroupCox.of([1, 2, 3, 4], [1, 1, 0, 0], [0, 0, 1, 1]).fit()
    assert math.isnan(float(fit.estimate))


def test_columns_are_checked():
    with pytest.raises(InputError, match="one length"):
        TwoGroupCox.of([1, 2], [1], [0, 1])
    with pytest.raises(InputError, match="group must hold 0 and 1"):
        TwoGroupCox.of([1, 2], [1, 1], [1, 2])
    with pytest.raises(UnknownNameError, match="ties"):
        TwoGroupCox.of([1, 2], [1, 1], [0, 1], ties="exact")
