"""Continuous regions of posteriors and priors: their outlines by definition, and what follows from them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trialstats.catalogue import Convention
from trialstats.errors import InputError, UnknownNameError
from trialstats.explanations import Posterior
from trialstats.intervals.beta import Beta
from trialstats.intervals.superiority import prob_greater
from trialstats.press import print_claim
from trialstats.reported import ROUNDINGS
from trialstats.search.posteriors.explain import explain_posterior
from trialstats.search.posteriors.prior_region import joint_prior_regions
from trialstats.search.posteriors.priors import prior_grid
from trialstats.search.posteriors.region import posterior_region, superiority_range

FIRST = ("72%", ("55%", "87%"))
SECOND = ("71%", ("55%", "84%"))


def within(polygon, point):
    """Even-odd rule."""
    x, y = point
    inside = False
    for k in range(len(polygon)):
        (x1, y1), (x2, y2) = polygon[k - 1], polygon[k]
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            inside = not inside
    return inside


@pytest.mark.parametrize(
    "claim, options",
    [
        (FIRST, {}),
        (FIRST, {"kind": "hdi"}),
        (FIRST, {"point": "median"}),
        (("74%", ("57%", "88%")), {"kind": "hdi", "point": "mode"}),
        (SECOND, {"rounding": "twice"}),
        (("2%", ("0%", "9%")), {"kind": "hdi"}),
        (("12.2%", ("5.1%", "21.4%")), {"level": 0.9}),
    ],
)
def test_the_polygon_holds_exactly_the_posteriors_that_print_the_claim(claim, options):
    region = posterior_region(*claim, **options)
    assert region.feasible and region.bounded
    polygon = region.vertices
    rng = np.random.default_rng(7)
    low, high = polygon.min(axis=0), polygon.max(axis=0)
    margin = 0.1 * (high - low)
    points = rng.uniform(np.maximum(low - margin, 1e-6), high + margin, size=(150, 2))
    for point in points:
        assert within(polygon, point) == region.contains(*point)


@pytest.mark.parametrize("options", [{}, {"kind": "hdi"}, {"point": "median"}])
def test_each_vertex_lies_on_the_boundary(options):
    region = posterior_region(*FIRST, **options)
    centre = region.vertices.mean(axis=0)
    for vertex in region.vertices[::5]:
        assert region.contains(*(vertex + 1e-4 * (centre - vertex)))
        assert not region.contains(*(vertex - 1e-2 * (centre - vertex)))


@settings(max_examples=40)
@given(
    st.floats(1.2, 60),
    st.floats(1.2, 60),
    st.sampled_from(["mean", "median", "mode"]),
    st.sampled_from(sorted(ROUNDINGS)),
    st.integers(0, 1),
)
def test_the_region_holds_the_posterior_that_printed_the_claim(a, b, point, rounding, decimals):
    claim = print_claim(Posterior(a, b), Convention(rounding=rounding, point=point), decimals=decimals)
    region = posterior_region(
        claim.value, (claim.spread.lower, claim.spread.upper), point=point, rounding=rounding
    )  # fmt: skip
    assert region.contains(a, b)
    low, high = region.size
    assert low - 1e-6 <= a + b <= high + 1e-6
    first, last = region.means_at(np.array([a + b]))
    assert first[0] - 1e-9 <= a / (a + b) <= last[0] + 1e-9


def test_no_posterior_prints_bounds_of_the_wrong_shape():
    region = posterior_region("72%", ("65%", "75%"))
    assert not region.feasible and region.size is None and region.vertices.size == 0
    assert region.a is None and region.b is None and not region.bounded
    assert superiority_range(region, posterior_region(*FIRST)) is None
    assert joint_prior_regions([region, posterior_region(*FIRST)], [27, 32]) == ()


def test_without_an_interval_the_region_goes_on():
    region = posterior_region("72%", None)
    assert region.feasible and not region.bounded


def test_summaries_rise_with_the_mean_at_every_size():
    # What the outline rests on: means closely spaced, sizes from under 1 to 1,000.
    means = np.linspace(0.01, 0.99, 197)
    for size in (0.7, 2.5, 6.0, 40.0, 1000.0):
        beta = Beta(size * means, size * (1 - means))
        for values in (beta.median(), *beta.interval(), *beta.hdi()):
            assert (np.diff(values) >= -1e-12).all()


def test_the_range_of_superiority_holds_every_pair():
    one, other = posterior_region(*FIRST), posterior_region(*SECOND, rounding="twice")
    low, high = superiority_range(one, other)
    assert (low, high) == pytest.approx((0.53177, 0.57973), abs=2e-5)
    backwards = superiority_range(other, one)
    assert backwards == pytest.approx((1 - high, 1 - low), abs=1e-12)
    rng = np.random.default_rng(3)
    for _ in range(40):
        pair = []
        for region in (one, other):
            sizes, bottom, top = region.outline
            k = rng.integers(len(sizes))
            mean = rng.uniform(bottom[k], top[k])
            pair.append(Beta(sizes[k] * mean, sizes[k] * (1 - mean)))
        assert low - 1e-6 <= prob_greater(*pair) <= high + 1e-6


def test_one_prior_for_both_arms_leaves_little_room():
    arms = [posterior_region(*FIRST), posterior_region(*SECOND, rounding="twice")]
    found = joint_prior_regions(arms, [27, 32])
    assert [one.x for one in found] == [(20, 23), (19, 22), (21, 24)]
    uniform = found[0]
    assert within(uniform.vertices, (1.0, 1.0))
    assert 0.5656 < uniform.superiority[0] < prob_greater(Beta(21, 8), Beta(24, 10)) < uniform.superiority[1] < 0.5684
    # Rounded once a prior a little off the uniform one prints both arms.
    plain = joint_prior_regions([arms[0], posterior_region(*SECOND)], [27, 32], x=[20, 23])
    assert len(plain) == 1 and not within(plain[0].vertices, (1.0, 1.0))
    a0, b0 = plain[0].vertices.mean(axis=0)
    assert arms[0].contains(20 + a0, 7 + b0) and posterior_region(*SECOND).contains(23 + a0, 9 + b0)


def test_grid_posteriors_lie_in_the_region():
    region = posterior_region(*FIRST)
    found = explain_posterior(*FIRST, n=27, priors=prior_grid(10), point="mean", kind="equal-tailed")
    plain = [one for one in found if one.rounding == "nearest"]
    assert plain and all(region.contains(one.a, one.b) for one in plain)


def test_what_is_refused():
    with pytest.raises(UnknownNameError, match="point"):
        posterior_region(*FIRST, point="centre")
    with pytest.raises(UnknownNameError, match="rounding"):
        posterior_region(*FIRST, rounding="thrice")
    with pytest.raises(InputError, match="largest"):
        posterior_region(*FIRST, largest=0.0)
    with pytest.raises(InputError, match="largest must be a number"):
        posterior_region(*FIRST, largest="x")
    with pytest.raises(InputError, match="did you mean '72%'"):
        posterior_region("72", ("55", "87"))
    with pytest.raises(InputError, match="per arm"):
        joint_prior_regions([posterior_region(*FIRST)], [27, 32])
