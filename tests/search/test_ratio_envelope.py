"""The envelopes: what is proved is proved again, and simulated analyses lie inside."""

from __future__ import annotations

import csv
import gzip
import math
from pathlib import Path

import numpy as np
import pytest
from benchmarks.cox import TwoGroupCox
from hypothesis import given
from hypothesis import strategies as st

from trialstats.press import print_number
from trialstats.reported import Reported
from trialstats.search.printed import PrintedInterval
from trialstats.search.ratios.envelope import ENVELOPES, same_data_statistic, stratified_statistic
from trialstats.search.ratios.search import RatioSearch

REFERENCE = Path(__file__).parents[1] / "reference"
Z = 1.959963984540054


def table(name):
    with gzip.open(REFERENCE / name, "rt", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def trials(rng, count, n, strata=1):
    """Exponential survival, censored at random; some trials two to one."""
    share = rng.choice([1 / 2, 2 / 3, 1 / 3])
    group = rng.permuted((np.arange(n) < n * share) * np.ones((count, n)), axis=1)
    stratum = rng.integers(strata, size=(count, n))
    risk = np.where(group > 0, math.exp(rng.uniform(-1.6, 0.7)), 1.0) * np.exp(stratum * rng.uniform(0, 0.8))
    time, limit = rng.exponential(size=(count, n)) / risk, rng.uniform(0.2, 3.0, size=(count, n))
    event = (time <= limit).astype(float)
    ones, zeros = (event * group).sum(axis=1), (event * (1 - group)).sum(axis=1)
    keep = (ones >= 3) & (zeros >= 3) & (ones + zeros >= 8)
    return tuple(column[keep] for column in (np.minimum(time, limit), event, group, stratum))


def inconsistent(b, low, high, p=None, sided=None, decimals=2, level="95%", same_model=False):
    texts = [print_number(math.exp(end), decimals) for end in (b, low, high)]
    search = RatioSearch(PrintedInterval(*map(Reported, texts)), p=p, sided=sided, same_model=same_model)
    return search.first() is None


def p_value(z):
    p = math.erfc(abs(z) / math.sqrt(2))
    return Reported("<.001" if p < 0.001 else f"{p:.3f}")


def run(seconds_of_trials, seed):
    """Count, by generator, how many simulated and printed trials nothing explains."""
    rng = np.random.default_rng(seed)
    asked = dict.fromkeys(("profile", "score", "log-rank", "likelihood ratio", "stratified"), 0)
    total = 0
    for _ in range(seconds_of_trials):
        n = round(math.exp(rng.uniform(math.log(30), math.log(400))))
        time, event, group, stratum = trials(rng, 25, n, strata=int(rng.choice([1, 2, 4])))
        if not len(time):
            continue
        model = TwoGroupCox.of(time, event, group)
        fit = model.fit()
        profile, score = model.profile_interval(), model.score_interval()
        logrank = model.score_statistic()
        stratified = TwoGroupCox.of(time, event, group, stratum=stratum).score_statistic()
        for k in range(len(time)):
            b, se = fit.estimate[k], fit.se[k]
            wald = (b, b - Z * se, b + Z * se)
            total += 1
            asked["profile"] += inconsistent(b, profile[0][k], profile[1][k])
            asked["score"] += inconsistent(b, score[0][k], score[1][k])
            asked["log-rank"] += inconsistent(*wald, p_value(logrank[k]), 2, same_model=True)
            asked["likelihood ratio"] += inconsistent(*wald, p_value(fit.likelihood_ratio[k]), 2, same_model=True)
            asked["stratified"] += inconsistent(*wald, p_value(stratified[k]))
    return asked, total


def test_simulated_analyses_are_explained():
    asked, total = run(24, seed=1)
    assert total > 450
    assert asked["profile"] <= 2
    assert all(count == 0 for name, count in asked.items() if name != "profile")


@pytest.mark.slow
def test_fewer_than_one_in_a_thousand_simulated_analyses_is_inconsistent():
    asked, total = run(600, seed=2)
    assert total > 10_000
    assert all(count < total / 1000 for count in asked.values()), asked


@pytest.mark.parametrize("decimals", [1, 2, 3])
def test_hazard_ratios_of_r_are_never_inconsistent(decimals):
    for row in table("cox.csv.gz"):
        level = float(row["level"])
        texts = [print_number(float(row[name]), decimals) for name in ("hr", "lower", "upper")]
        if Reported(texts[0]).value == 0:
            continue
        numbers = PrintedInterval(*map(Reported, texts))
        for name in ("wald_p", "score_p", "lrt_p"):
            p = float(row[name])
            shown = Reported("<.001" if p < 0.001 else f"{p:.{max(decimals, 2)}f}")
            for sided in (None, 2):
                assert RatioSearch(numbers, shown, sided, level, same_model=True).first() is not None, (row, name)
        best = RatioSearch(numbers, Reported(f"{float(row['wald_p']):.4f}"), level=level).first()
        assert best is not None and best.ordinary, row


@pytest.mark.parametrize("decimals", [1, 2, 3])
def test_log_rank_tests_of_r_beside_their_cox_models(decimals):
    seen = 0
    for test in (row for row in table("logrank.csv.gz") if row["rho"] == "0"):
        for model in table("cox.csv.gz"):
            same = all(model[name] == test[name] for name in ("dataset", "stratified", "ref", "other"))
            if same and model["level"] == "0.95":
                texts = [print_number(float(model[name]), decimals) for name in ("hr", "lower", "upper")]
                search = RatioSearch(PrintedInterval(*map(Reported, texts)), p_value(math.sqrt(float(test["chisq"]))),
                                     2, same_model=True)  # fmt: skip
                seen += 1
                assert search.first() is not None, (test, model)
    assert seen > 15


def test_the_log_rank_statistic_lies_between_the_wald_statistic_and_its_stretch():
    rng = np.random.default_rng(3)
    for n in (40, 80, 160, 320):
        time, event, group, _ = trials(rng, 300, n)
        model = TwoGroupCox.of(time, event, group)
        fit = model.fit()
        quotient = model.score_statistic() / fit.wald
        x = np.maximum(np.abs(fit.estimate), 1e-6)
        assert (quotient > 1 - 1e-9).all()  # seen always, proved only where the information is log-concave
        assert (quotient <= np.sinh(x / 2) / (x / 2) + 1e-9).all()
        root = fit.likelihood_ratio / fit.wald
        assert (root >= np.sqrt(2 * (np.expm1(-x) + x)) / x - 1e-6).all()
        assert (root <= np.sqrt(2 * (np.expm1(x) - x)) / x + 1e-6).all()


@given(st.floats(0, 6), st.floats(0, 2), st.floats(0, 4))
def test_bounds_on_statistics_hold_the_wald_statistic(low, width, largest):
    wald = (low, low + width)
    for first, last in (same_data_statistic(wald, largest), stratified_statistic(wald)):
        assert first <= wald[0] and wald[1] <= last


@given(st.sampled_from(sorted(ENVELOPES)), st.floats(0.05, 3), st.floats(-3, 3), st.floats(1.01, 2))
def test_envelopes_hold_the_centre_mirror_and_grow_with_the_width(name, half, estimate, factor):
    low, high = ENVELOPES[name].reach(half, estimate)
    assert low <= 0 <= high
    wider = ENVELOPES[name].reach(half * factor, estimate)
    assert wider[0] <= low and high <= wider[1]
    if estimate:
        assert ENVELOPES[name].reach(half, -estimate) == pytest.approx((-high, -low))


def test_profile_limits_of_few_events_lie_off_centre_by_the_first_order_term():
    # Poisson likelihood of d events: the information's slope is 1, the extreme of any two-group model.
    for events in (400, 1600):
        drop = Z * Z / 2 / events
        ends = []
        for inside, outside in ((0.0, -1.0), (0.0, 1.0)):
            for _ in range(200):
                middle = (inside + outside) / 2
                if math.expm1(middle) - middle > drop:
                    outside = middle
                else:
                    inside = middle
            ends.append(inside)
        half, off = (ends[1] - ends[0]) / 2, (ends[0] + ends[1]) / 2
        assert off == pytest.approx(-half * half / 6, rel=0.02)
