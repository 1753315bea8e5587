"""The search behind a Kaplan-Meier rate: against R's curves, against its own definition, and its ranges."""

from __future__ import annotations

import csv
import gzip
import io
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trialstats.catalogue import Convention
from trialstats.errors import InputError, NotTextError
from trialstats.explanations import SurvivalRate
from trialstats.intervals.survival import SURVIVAL_TRANSFORMS, survival_interval
from trialstats.press import print_claim, print_number
from trialstats.reported import Reported
from trialstats.search.printed import PrintedInterval
from trialstats.search.ratios.polygon import Region
from trialstats.search.survival.explain import SurvivalSearch, explain_survival
from trialstats.search.survival.greenwood import NATURAL_SCALES, natural_ranges

REFERENCE = Path(__file__).parents[1] / "reference"
NAMES = {"arcsin": "arcsine"}


def rows(name: str) -> list[dict[str, str]]:
    data = (REFERENCE / name).read_bytes()
    text = gzip.decompress(data).decode() if name.endswith(".gz") else data.decode()
    return list(csv.DictReader(io.StringIO(text)))


SIZES = {(row["dataset"], row["group"]): int(row["n"]) for row in rows("km_group_sizes.csv")}
LANDMARKS, ROTHMAN, OTHERS = rows("km_landmark.csv.gz"), rows("km_rothman.csv.gz"), rows("km_other.csv.gz")


def as_printed(value: str, decimals: int) -> Reported:
    return Reported("NE" if value in ("NA", "NaN", "Inf") else print_number(float(value), decimals))


def search_of(row: dict[str, str], decimals: int, n: int | None = None) -> SurvivalSearch:
    numbers = (as_printed(row[name], decimals) for name in ("surv", "lower", "upper"))
    return SurvivalSearch(PrintedInterval(*numbers), float(row["level"]), n)


def check_landmark(row: dict[str, str]) -> None:
    """Printed at 1, 2 and 3 decimals its transform is found, with R's standard error, and needs no more patients."""
    name = NAMES.get(row["conf_type"], row["conf_type"])
    for decimals in (1, 2, 3):
        found = search_of(row, decimals, SIZES[row["dataset"], row["group"]]).by(name)
        assert found is not None, (row, decimals)
        assert found.allowed is None, (row, decimals, found.effective_n)
        if row["std_err"] not in ("NA", "NaN"):
            low, high = found.se
            # 1e-9: the polygon's corners are accurate to 1e-10 of the printed numbers
            assert low - 1e-9 <= float(row["std_err"]) <= high + 1e-9, (row, decimals)


def test_the_tables_are_complete():
    assert (len(LANDMARKS), len(ROTHMAN), len(OTHERS), len(SIZES)) == (7365, 351, 715, 48)


def test_every_transform_of_r_is_found_in_a_sample():
    for row in LANDMARKS[::6]:
        check_landmark(row)


@pytest.mark.slow
def test_every_transform_of_r_is_found_in_all_rows():
    for row in LANDMARKS:
        check_landmark(row)


def test_rothman_intervals_are_found():
    for row in ROTHMAN:
        for decimals in (1, 2, 3):
            assert search_of(row, decimals).by("rothman") is not None, (row, decimals)


def test_intervals_by_methods_we_do_not_have_are_never_left_over():
    """Likelihood-ratio (grunkemeier) and Peto intervals have some explanation; Peto's is a plain interval."""
    for row in OTHERS:
        for decimals in (1, 2, 3):
            search = search_of(row, decimals)
            assert next(search.explanations_in_order(), None) is not None, (row, decimals)
            if row["method"] == "peto":
                assert search.by("plain") is not None, (row, decimals)


@settings(max_examples=300)
@given(
    st.sampled_from(sorted(SURVIVAL_TRANSFORMS)),
    st.floats(0.03, 0.97),
    st.floats(8, 600),
    st.sampled_from([0.8, 0.9, 0.95, 0.99]),
    st.integers(0, 2),
    st.sampled_from(["nearest", "truncated", "twice", "up"]),
)
def test_whatever_is_printed_is_found_with_its_standard_error(transform, rate, n, level, decimals, rounding):
    error = math.sqrt(rate * (1 - rate) / n)
    how = Convention(transform=transform, level=level, rounding=rounding)
    claim = print_claim(SurvivalRate(rate, error), how, decimals=decimals)
    search = SurvivalSearch(PrintedInterval(claim.value, claim.spread.lower, claim.spread.upper), level)
    found = search.by(transform, rounding)
    assert found is not None
    for value, (low, high) in ((rate, found.centre), (error, found.se), (n, found.effective_n)):
        assert low * (1 - 1e-6) <= value <= high * (1 + 1e-6)
    assert any(one.transform == transform and one.rounding == rounding for one in search.explanations_in_order())


@settings(max_examples=100)
@given(st.sampled_from(["log", "log-log"]), st.floats(0.05, 0.95), st.floats(10, 400), st.integers(0, 1))
def test_a_cumulative_incidence_is_found_on_one_minus_the_rate(transform, incidence, n, decimals):
    error = math.sqrt(incidence * (1 - incidence) / n)
    lower, upper = survival_interval(1 - incidence, error, transform=transform)
    numbers = [Reported(print_number(value, decimals, "%")) for value in (incidence, 1 - upper, 1 - lower)]
    search = SurvivalSearch(PrintedInterval(*numbers))
    found = [one for one in search.explanations_in_order() if one.kind == "incidence" and one.transform == transform]
    assert found and found[0].centre[0] - 1e-9 <= incidence <= found[0].centre[1] + 1e-9


@settings(max_examples=200)
@given(st.sampled_from(sorted(NATURAL_SCALES)), st.data())
def test_ranges_over_a_polygon_are_those_of_the_definition(transform, data):
    """No inner point lies outside the ranges, and points along the edges come within 1e-4 of every end."""
    scale = NATURAL_SCALES[transform]
    low, high = max(scale.ends[0], -3.0), min(scale.ends[1], 2.0)
    centres = st.floats(low + 0.02 * (high - low), high - 0.02 * (high - low))
    points = [(data.draw(centres), data.draw(st.floats(0.02, 0.6))) for _ in range(3)]
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, [*points[1:], points[0]], strict=True))
    if abs(area) < 1e-4:
        return
    rates, errors, sizes = natural_ranges(Region(tuple(points)), transform)
    t = np.linspace(0, 1, 4001)
    ends = zip(points, [*points[1:], points[0]], strict=True)
    c, s = (np.concatenate(part) for part in zip(*(
        ((1 - t) * a[0] + t * b[0], (1 - t) * a[1] + t * b[1]) for a, b in ends), strict=True))  # fmt: skip
    if transform == "rothman":
        rate, size = c, 1 / s**2
        error = np.sqrt(rate * (1 - rate) / size)
    else:
        from trialstats.intervals.scales import SCALES
        from trialstats.search.survival.explain import TRANSFORM_SCALES

        link = SCALES[TRANSFORM_SCALES[transform]]
        rate = link.inverse_array(c)
        error = s / np.abs(link.derivative_array(rate))
        size = rate * (1 - rate) / error**2
    # 1e-7: the size is a small difference of numbers near 1 where the rate is
    for values, (low, high) in ((rate, rates), (error, errors), (size, sizes)):
        assert values.min() >= low * (1 - 1e-7) and values.max() <= high * (1 + 1e-7)
        assert values.min() <= low * (1 + 1e-4) and values.max() >= high * (1 - 1e-4)


def test_more_patients_than_the_arm_has_are_never_ordinary():
    few = explain_survival("81.0%", ("78.0%", "83.6%"), n=40)
    enough = explain_survival("81.0%", ("78.0%", "83.6%"), n=2000)
    assert all(not one.ordinary and one.allowed == "any" for one in few)
    assert "more than 40 patients" in few[0].readings
    assert enough[0].ordinary and few[0].cost > enough[0].cost
    cut = explain_survival("81%", ("69%", "96%"), n=32)
    assert cut[0].effective_n[1] == 32.0


def test_an_interval_of_no_curve_has_no_explanation():
    assert explain_survival("81%", ("80%", "96%")).total == 0
    assert explain_survival("50.0%", ("20.0%", "55.0%")).total == 0


def test_explanations_come_cheapest_first_and_have_a_chance():
    found = explain_survival("32.1%", ("23.1", "41.1"))
    costs = [one.cost for one in found]
    assert costs == sorted(costs)
    assert found[0].transform == "plain"
    assert found[0].effective_n == pytest.approx((102.2, 104.5), abs=0.1)
    assert 0 < found.chance < 0.5


def test_bounds_at_0_and_1_stand_for_what_was_cut_off():
    assert explain_survival("95%", ("88%", "100%"))[0].transform in ("plain", "log")
    assert {one.transform for one in explain_survival("96.2%", ("81.1%", "100.0%"), level=0.99)} >= {"arcsine"}


def test_arguments_are_checked():
    with pytest.raises(NotTextError, match=r"0\.81"):
        explain_survival(0.81, ("0.69", "0.96"))
    with pytest.raises(InputError, match="between 0 and 100 %"):
        explain_survival("140%")
    with pytest.raises(InputError, match="level"):
        explain_survival("81%", ("69%", "96%"), level=95)
