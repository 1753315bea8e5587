"""Beta summaries, comparisons and predictions against R (tests/reference/README-beta.md)."""

from __future__ import annotations

import csv
import gzip
import io
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from trialstats.intervals.beta import Beta
from trialstats.intervals.superiority import prob_greater

REFERENCE = Path(__file__).parents[1] / "reference"


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(gzip.decompress((REFERENCE / name).read_bytes()).decode())))


POSTERIOR, COMPARE, PREDICTIVE = (
    rows(f"{name}.csv.gz") for name in ("beta_posterior", "beta_compare", "betabinom_predictive")
)
# differences 1 and 2 of docs/reference-differences-beta.md: (a, b, level) whose shortest interval is not unique
NOT_UNIQUE = {("1", "1", "0.8"), ("1", "1", "0.9"), ("1", "1", "0.95"), ("1", "1", "0.99"), ("0.5", "0.5", "0.8")}


def half_unit(value: float) -> float:
    """Half a unit of the fifteenth digit, to which the reference is printed."""
    return 0.0 if value == 0.0 else 0.5 * 10.0 ** (np.floor(np.log10(abs(value))) - 14)


def summary(row: dict[str, str]) -> float:
    beta, stat = Beta(float(row["a"]), float(row["b"])), row["stat"]
    if stat in ("mean", "sd", "mode"):
        return getattr(beta, stat)()
    arg = float(row["arg"])
    if stat.startswith("hpd_"):
        return getattr(beta.hdi(arg), stat[4:])
    return getattr(beta, {"quantile": "ppf"}.get(stat, stat))(arg)


def test_the_grid_is_complete():
    assert Counter(row["stat"] for row in POSTERIOR) == {
        "quantile": 369,
        "cdf": 271,
        "sf": 265,
        "logpdf": 258,
        "hpd_lower": 102,
        "hpd_upper": 84,
        "sd": 23,
        "mean": 20,
        "mode": 15,
    }
    assert len({(row["a"], row["b"]) for row in POSTERIOR}) == 40
    assert Counter(row["stat"] for row in COMPARE) == {
        "P(p1-p2>d)": 114,
        "quantile(p1-p2)": 173,
        "mean(p1-p2)": 21,
        "sd(p1-p2)": 18,
    }
    assert len(PREDICTIVE) == 134


@pytest.mark.parametrize("stat", ["mean", "sd", "mode", "quantile", "cdf", "sf", "logpdf", "hpd_lower", "hpd_upper"])
def test_posterior(stat):
    for row in POSTERIOR:
        if row["stat"] != stat or (stat.startswith("hpd") and (row["a"], row["b"], row["arg"]) in NOT_UNIQUE):
            continue
        expected = float(row["value"])
        got = summary(row)
        assert got == expected or abs(got - expected) <= float(row["tol"]) + half_unit(expected), (row, got)


@pytest.mark.parametrize(("a", "b", "level"), sorted(NOT_UNIQUE))
def test_where_the_shortest_interval_is_not_unique_both_answers_are_equally_short(a, b, level):
    mine = Beta(float(a), float(b)).hdi(float(level))
    theirs = {
        row["stat"]: float(row["value"])
        for row in POSTERIOR
        if (row["a"], row["b"], row["arg"]) == (a, b, level) and row["stat"].startswith("hpd")
    }
    assert theirs  # the rows are there, one end or both
    if len(theirs) == 2:
        assert theirs["hpd_upper"] - theirs["hpd_lower"] == pytest.approx(mine.upper - mine.lower, abs=1e-8)
    beta = Beta(float(a), float(b))
    for end, value in theirs.items():  # each end belongs to an interval of the same length and content
        other = beta.ppf(beta.cdf(value) + float(level) * (1 if end == "hpd_lower" else -1))
        if not np.isnan(other):
            assert abs(value - other) == pytest.approx(mine.upper - mine.lower, abs=1e-7)


def test_comparison_probabilities():
    for row in COMPARE:
        first, second = Beta(float(row["a1"]), float(row["b1"])), Beta(float(row["a2"]), float(row["b2"]))
        expected = float(row["value"])
        if row["stat"] == "P(p1-p2>d)":
            got = prob_greater(first, second, float(row["arg"]))
            assert got == pytest.approx(expected, abs=float(row["integrate_abs_err"]) + 1e-14), row
        elif row["stat"] == "mean(p1-p2)":
            assert first.mean() - second.mean() == pytest.approx(expected, abs=1e-14), row
        elif row["stat"] == "sd(p1-p2)":
            assert np.hypot(first.sd(), second.sd()) == pytest.approx(expected, abs=1e-12), row
        else:  # a quantile: the reference is a root good to 1e-11 in the difference, so in P to that times the density
            below, at, above = prob_greater(first, second, expected + np.array([-1e-6, 0.0, 1e-6]))
            density = (below - above) / 2e-6
            assert 1.0 - at == pytest.approx(float(row["arg"]), abs=2e-11 * density + 1e-12), row


def test_predictive():
    a, b, m, k, pmf, cdf = (
        np.array([float(row[name]) for row in PREDICTIVE]) for name in ("a", "b", "m", "k", "pmf", "cdf")
    )
    future = Beta(a, b).predictive(m)
    np.testing.assert_allclose(future.pmf(k), pmf, rtol=0, atol=1e-12)
    np.testing.assert_allclose(future.cdf(k), cdf, rtol=0, atol=1e-12)
    np.testing.assert_allclose(future.sf(k), 1 - cdf, rtol=0, atol=1e-12)
