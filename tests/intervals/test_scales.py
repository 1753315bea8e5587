"""Every scale: inverse, derivative, ends of the domain, and the float and array entries as one function."""

from __future__ import annotations

import math
import timeit

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialstats.intervals.scales import SCALES

GRID = np.concatenate([np.linspace(0.001, 0.999, 401), [1e-12, 1e-300, 1 - 1e-12]])
EVERY = pytest.mark.parametrize("scale", SCALES.values(), ids=SCALES)


def test_menu_is_read_only_and_named():
    assert list(SCALES) == [
        "identity",
        "log",
        "logit",
        "log-log",
        "arcsine",
        "complement-log",
        "reciprocal",
    ]
    assert all(name == scale.name and scale.meaning for name, scale in SCALES.items())
    with pytest.raises(TypeError):
        SCALES["other"] = SCALES["log"]  # type: ignore[index]


@EVERY
def test_floats_and_arrays_agree(scale):
    values = [scale.forward(float(x)) for x in GRID]
    np.testing.assert_allclose(values, scale.forward_array(GRID), rtol=2e-13, atol=1e-15)
    edges = [x for x in (*scale.domain, -0.5, 1.5, math.nan) if not math.isinf(x)]
    np.testing.assert_array_equal([scale.forward(x) for x in edges], scale.forward_array(edges))
    y = [-800.0, -30.0, -1.2, 0.3, 1.1, 7.0, 800.0, math.nan]
    np.testing.assert_allclose([scale.inverse(value) for value in y], scale.inverse_array(y), rtol=1e-12, atol=1e-300)


@EVERY
@given(x=st.floats(0.001, 0.999))
def test_inverse_undoes_forward(scale, x):
    y = scale.forward(x)
    assert scale.inverse(y) == pytest.approx(x, rel=1e-12)
    assert scale.increasing == (scale.forward(x + 5e-4) > y)


@EVERY
@given(x=st.floats(0.01, 0.99))
def test_derivative_is_the_slope(scale, x):
    h = 1e-6
    slope = (scale.forward(x + h) - scale.forward(x - h)) / (2 * h)
    assert scale.derivative_array(x) == pytest.approx(slope, rel=1e-5)


@EVERY
def test_ends_map_to_limits_and_outside_to_nan(scale):
    for end in scale.domain:
        value = scale.forward(end)
        assert not math.isnan(value)
        assert scale.inverse(value) == end
        assert not np.isnan(scale.derivative_array(end)) or math.isinf(end)
    low, high = scale.domain
    for outside in (low - 1.0, high + 1.0):
        if math.isfinite(outside):
            assert math.isnan(scale.forward(outside))
            assert np.isnan(scale.forward_array(outside)) and np.isnan(scale.derivative_array(outside))
    assert math.isnan(scale.forward(math.nan)) and math.isnan(scale.inverse(math.nan))


def test_inverses_stay_in_their_domain():
    for name in ("logit", "log-log", "arcsine"):
        for y in (-1e4, -50.0, 50.0, 1e4, -math.inf, math.inf):
            assert 0.0 <= SCALES[name].inverse(y) <= 1.0
            assert 0.0 <= SCALES[name].inverse_array(y) <= 1.0


@EVERY
def test_floats_are_fast(scale):
    for function in (scale.forward, scale.inverse):
        best = min(timeit.repeat(lambda function=function: function(0.37), number=5000, repeat=5)) / 5000
        assert best < 2e-6  # 0.05 to 0.25 µs on an idle machine; the rest is room for a busy one
