"""Every primary row of the R tables for one proportion; the rows that differ are known, explained and asserted."""

import csv
import gzip
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pytest

from trialstats.intervals.binomial import METHODS, binomial_interval

TABLE = Path(__file__).parents[1] / "reference" / "onesample_ci.csv.gz"
OURS = {
    "bayes-uniform-et": "uniform",
    "bayes-uniform-hpd": "uniform-hpd",
    "bayes-jeffreys-hpd": "jeffreys-hpd",
    "lrt": "likelihood-ratio",
    "arcsine-plain": "arcsine",
}
UNCLIPPED = {"wald", "agresti-coull"}  # the packages of these rows do not clip

# (method, x, n, level) -> our limits. Explained in docs/reference-differences.md, proved in test_binomial_definitions.
DIFFERENT = {
    ("blaker", 1, 10000, 0.8): (2.23141061684e-05, 3.54240204182e-04),
    ("blaker", 9999, 10000, 0.8): (0.999645759795818, 0.9999776858938),
}


def rows():
    with gzip.open(TABLE, "rt", encoding="utf-8", newline="") as file:
        by_method = defaultdict(list)
        for row in csv.DictReader(file):
            by_method[OURS.get(row["method"], row["method"])].append(row)
    return by_method


@pytest.fixture(scope="module")
def table():
    return rows()


def test_the_full_grid_is_there(table):
    assert sum(map(len, table.values())) == 16_792
    # wald-t is printed by no package of the tables
    assert set(table) == set(METHODS) - {"wald-t"}
    assert min(map(len, table.values())) == 474
    everything = [row for rows in table.values() for row in rows]
    assert Counter(row["level"] for row in everything).keys() == {"0.8", "0.9", "0.95", "0.99"}
    assert len({row["n"] for row in everything}) == 22
    assert all(row["package"] and row["func"] and row["version"] for row in everything)


@pytest.mark.parametrize("method", sorted(set(METHODS) - {"wald-t"}))
def test_agrees_with_r(table, method):
    by_level = defaultdict(list)
    for row in table[method]:
        by_level[row["level"]].append(row)
    different = set()
    for level, group in by_level.items():
        column = {k: np.array([float(row[k]) for row in group]) for k in ("x", "n", "lower", "upper", "tol")}
        interval = binomial_interval(
            column["x"], column["n"], level=float(level), method=method, clip=method not in UNCLIPPED
        )
        off = np.maximum(abs(interval.lower - column["lower"]), abs(interval.upper - column["upper"]))
        beyond = ~(off <= np.maximum(1e-9, column["tol"]))
        different |= {(method, int(group[i]["x"]), int(group[i]["n"]), float(level)) for i in np.flatnonzero(beyond)}
    assert different == {key for key in DIFFERENT if key[0] == method}


@pytest.mark.parametrize("key", DIFFERENT, ids=str)
def test_known_differences_are_what_they_were(key):
    method, x, n, level = key
    assert tuple(binomial_interval(x, n, level=level, method=method)) == pytest.approx(
        DIFFERENT[key], rel=1e-7, abs=1e-12
    )


def test_wald_t_prints_a_published_interval():
    # 34 of 106, printed 32.1 % (23.1 to 41.1): t with the Wald standard error; sqrt(p q/(n - 1)) would print 23.0
    lower, upper = binomial_interval(34, 106, method="wald-t")
    assert (f"{lower:.1%}", f"{upper:.1%}") == ("23.1%", "41.1%")
    p, t = 34 / 106, 1.982815274
    assert f"{p - t * (p * (1 - p) / 105) ** 0.5:.1%}" == "23.0%"
    plain = binomial_interval(34, 106, method="wald")
    assert (f"{plain.lower:.1%}", f"{plain.upper:.1%}") == ("23.2%", "41.0%")
