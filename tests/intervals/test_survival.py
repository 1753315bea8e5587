"""Kaplan-Meier landmark intervals against R's survfit and km.ci (tests/reference/README-beta.md)."""

from __future__ import annotations

import csv
import gzip
import io
import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialstats.errors import InputError, UnknownNameError
from trialstats.intervals.survival import SURVIVAL_TRANSFORMS, survival_interval

REFERENCE = Path(__file__).parents[1] / "reference"
Z = 1.959963984540054


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(gzip.decompress((REFERENCE / name).read_bytes()).decode())))


LANDMARK, ROTHMAN = rows("km_landmark.csv.gz"), rows("km_rothman.csv.gz")


def number(text: str) -> float:
    return math.nan if text == "NA" else float(text)


def name(row: dict[str, str]) -> str:
    return "arcsine" if row["conf_type"] == "arcsin" else row["conf_type"]


def untouched(row: dict[str, str]) -> bool:
    """A row at a time before anyone was observed: R prints [1, 1] there without using a transform."""
    return row["surv"] == "1" and name(row) not in ("plain", "log") and row["lower"] == row["upper"] == "1"


def test_the_grid_is_complete():
    assert Counter(map(name, LANDMARK)) == dict.fromkeys(["plain", "log", "log-log", "logit", "arcsine"], 1473)
    assert Counter(row["level"] for row in LANDMARK) == dict.fromkeys(["0.9", "0.95", "0.99"], 2455)
    assert len({(row["dataset"], row["group"]) for row in LANDMARK}) >= 25
    assert len(ROTHMAN) == 351
    assert set(map(name, LANDMARK)) | {"rothman"} == set(SURVIVAL_TRANSFORMS)


@pytest.mark.parametrize("transform", ["plain", "log", "log-log", "logit", "arcsine"])
@pytest.mark.parametrize("level", ["0.9", "0.95", "0.99"])
def test_survfit(transform, level):
    chosen = [row for row in LANDMARK if name(row) == transform and row["level"] == level and not untouched(row)]
    s, se, lower, upper = (
        np.array([number(row[key]) for row in chosen]) for key in ("surv", "std_err", "lower", "upper")
    )
    interval = survival_interval(s, se, level=float(level), transform=transform)
    np.testing.assert_allclose(interval.lower, lower, rtol=0, atol=2e-14)  # NaN where R has NA or NaN
    np.testing.assert_allclose(interval.upper, upper, rtol=0, atol=2e-14)


def test_before_anyone_is_observed_r_applies_no_transform():
    special = [row for row in LANDMARK if untouched(row)]
    assert Counter(map(name, special)) == {"log-log": 168, "logit": 168, "arcsine": 168}
    for row in special:
        assert number(row["std_err"]) == 0.0
        low, high = survival_interval(1.0, 0.0, level=float(row["level"]), transform=name(row))
        assert math.isnan(low) and math.isnan(high)


def test_at_one_and_at_zero():
    for transform in SURVIVAL_TRANSFORMS:
        assert all(map(math.isnan, survival_interval(0.0, 0.0, transform=transform)))
        assert all(map(math.isnan, survival_interval(0.0, math.nan, transform=transform)))
        ends = tuple(survival_interval(1.0, 0.0, transform=transform))
        assert ends == (1.0, 1.0) if transform in ("plain", "log") else all(map(math.isnan, ends))


def test_rothman_against_km_ci():
    """With the standard error of survfit, where both tables have the time.

    One package only, whose accuracy the oracles did not check; it agrees with the formula to its 15 printed digits,
    so the tolerance is that of the print and of the standard error's own print.
    """
    errors = {(row["dataset"], row["group"], row["time"]): row for row in LANDMARK}
    both = [(row, errors[key]) for row in ROTHMAN if (key := (row["dataset"], row["group"], row["time"])) in errors]
    assert len(both) == 224
    for row, error in both:
        assert row["surv"] == error["surv"]
        low, high = survival_interval(float(row["surv"]), float(error["std_err"]), transform="rothman")
        assert low == pytest.approx(float(row["lower"]), abs=1e-13)
        assert high == pytest.approx(float(row["upper"]), abs=1e-13)


def test_rothman_upper_limit_from_the_lower_in_every_row():
    """All rows: the lower limit gives the effective n, which gives the upper limit."""
    for row in ROTHMAN:
        s, lower = float(row["surv"]), float(row["lower"])
        n = Z * Z * lower * (1 - lower) / (s - lower) ** 2
        se = math.sqrt(s * (1 - s) / n)
        low, high = survival_interval(s, se, transform="rothman")
        assert low == pytest.approx(lower, abs=1e-13)
        assert high == pytest.approx(float(row["upper"]), abs=1e-12)


RATE, ERROR = st.floats(0.01, 0.99), st.floats(0.001, 0.3)


@given(RATE, ERROR)
def test_every_interval_holds_its_estimate(s, se):
    for transform in SURVIVAL_TRANSFORMS:
        interval = survival_interval(s, se, transform=transform)
        assert 0.0 <= interval.lower <= s <= interval.upper <= 1.0
        assert (interval.estimate, interval.level, interval.method) == (s, 0.95, transform)
        wider = survival_interval(s, se, transform=transform, level=0.99)
        assert wider.lower <= interval.lower and wider.upper >= interval.upper


@given(RATE, ERROR)
def test_symmetry_of_death_and_survival(s, se):
    for transform in ("plain", "logit", "arcsine", "rothman"):
        low, high = survival_interval(s, se, transform=transform)
        mirrored = survival_interval(1 - s, se, transform=transform)
        assert mirrored.lower == pytest.approx(1 - high, abs=1e-12)
        assert mirrored.upper == pytest.approx(1 - low, abs=1e-12)


def test_clipping_is_optional():
    assert survival_interval(0.9, 0.1, transform="plain", clip=False).upper == pytest.approx(0.9 + 0.1 * Z)
    assert survival_interval(0.9, 0.1, transform="log", clip=False).upper > 1.0
    assert survival_interval(0.05, 0.1, transform="plain").lower == 0.0


def test_arrays_broadcast():
    interval = survival_interval([[0.5], [0.8]], [0.05, 0.1, 0.0])
    assert interval.lower.shape == interval.estimate.shape == (2, 3)
    assert interval.lower[1, 1] == survival_interval(0.8, 0.1).lower


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: survival_interval(81, 0.07), "Did you mean 0.81"),
        (lambda: survival_interval(-0.1, 0.07), "between 0 and 1"),
        (lambda: survival_interval(math.nan, 0.07), "between 0 and 1"),
        (lambda: survival_interval(0.8, -0.07), "at least 0"),
        (lambda: survival_interval("a", 0.07), "numbers"),
        (lambda: survival_interval(0.8, 0.07, level=95), "Did you mean 0.95"),
    ],
)
def test_refusals(call, words):
    with pytest.raises(InputError, match=words):
        call()


def test_unknown_transform_suggests():
    with pytest.raises(UnknownNameError, match="Did you mean 'log-log'"):
        survival_interval(0.8, 0.07, transform="loglog")
