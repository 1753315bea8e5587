"""Posteriors of several arms under one prior, and the probability that one rate exceeds the other."""

from __future__ import annotations

import numpy as np
import pytest

import trialstats as ts
from trialstats.errors import InputError
from trialstats.intervals.beta import Beta
from trialstats.search.limits import MOST_PAIRS
from trialstats.search.posteriors.search import PosteriorSearch
from trialstats.search.posteriors.superiority import joint_posteriors, superiority
from trialstats.search.printed import PrintedInterval

FIRST, SECOND = ("72%", ("55%", "87%")), ("71%", ("55%", "84%"))


def test_superiority_from_printed_summaries():
    found = ts.search.explain_superiority(FIRST, SECOND, n=(27, 32))
    best = found[0]
    assert (best.first.x, best.second.x, best.first.prior) == (20, 23, "uniform")
    assert best.probability == pytest.approx(0.5674155594, abs=1e-10)
    assert [pair.cost for pair in found] == sorted(pair.cost for pair in found)
    for pair in found:
        one, other = (Beta(arm.a, arm.b) for arm in (pair.first, pair.second))
        assert pair.probability == pytest.approx(ts.prob_greater(one, other), abs=1e-12)
        assert pair.first.prior == pair.second.prior
    low, high = found.range
    assert low == min(pair.probability for pair in found) and high == max(pair.probability for pair in found)
    wide = found.any_priors
    assert wide[0] <= best.probability <= wide[1]
    exchanged = ts.search.explain_superiority(SECOND, FIRST, n=(32, 27))
    assert exchanged[0].probability == pytest.approx(1 - best.probability, abs=1e-12)
    assert [round(1 - p, 3) for p in exchanged.any_priors[::-1]] == [round(p, 3) for p in wide]
    none = ts.search.explain_superiority(FIRST, ("10%", ("55%", "84%")), n=(27, 32))
    assert len(none) == 0 and none.range is None and none.any_priors is None


def test_posteriors_and_priors_of_several_arms():
    first, second = ts.search.explain_posteriors([FIRST, SECOND], n=[27, 32])[0]
    assert (first.x, second.x) == (20, 23)
    regions = [ts.search.posterior_region(*FIRST), ts.search.posterior_region("72%", ("55%", "84%"))]
    by_region = ts.search.joint_prior_regions(regions, [27, 32])
    by_text = ts.search.joint_prior_regions([FIRST, ("72%", ("55%", "84%"))], [27, 32])
    assert [(one.x, one.size) for one in by_region] == [(one.x, one.size) for one in by_text]


@pytest.mark.parametrize(
    "call, says",
    [
        (lambda: ts.search.explain_superiority("72%", SECOND), "An arm is an estimate and its bounds"),
        (lambda: ts.search.explain_superiority(FIRST, SECOND, n=27), "n needs a number or None for each of the 2 arms"),
        (
            lambda: ts.search.explain_posteriors([FIRST, SECOND], x=[20]),
            "x needs a number or None for each of the 2 arms",
        ),
    ],
)
def test_odd_arms_are_refused_in_a_sentence(call, says):
    with pytest.raises(InputError, match=says):
        call()


def search(estimate, interval, n, **more):
    printed = PrintedInterval.of(estimate, interval, "a posterior")
    allowed = n if isinstance(n, dict) else {"stated": np.atleast_1d(np.array(n))}
    return PosteriorSearch(printed, allowed, **more)


def test_alienors_pair():
    first, second = search("72%", ("55%", "87%"), 27), search("71%", ("55%", "84%"), 32)
    pairs = superiority(first, second)
    left, right, p = pairs[0]
    assert (left.a, left.b, right.a, right.b) == (21, 8, 24, 10)
    assert p == pytest.approx(0.5674155594, abs=1e-10)  # closed form, beta_compare reference
    for left, right, _ in pairs:
        assert left.prior == right.prior and left.point == right.point and left.kind == right.kind


def test_a_common_prior_may_be_one_that_neither_arm_would_choose_first():
    menu = {"uniform": (1.0, 1.0), "beta(2, 2)": (2.0, 2.0)}
    first = search("72%", ("55%", "87%"), [25, 27], priors=menu)
    second = search("71%", ("55%", "84%"), [30], priors=menu)
    pairs = joint_posteriors(first, second)
    assert pairs
    left, right = pairs[0]
    assert left.prior == right.prior == "beta(2, 2)"
    assert (left.x, left.n, right.x, right.n) == (19, 25, 22, 30)
    assert left.cost > first.found[0].cost


def test_three_arms_share_one_prior():
    arms = [search("72%", ("55%", "87%"), 27), search("71%", ("55%", "84%"), 32), search("50%", ("30%", "70%"), 20)]
    found = joint_posteriors(*arms)
    assert found and all(len({one.prior for one in arms}) == 1 for arms in found)
    assert not joint_posteriors() and not superiority(arms[0], search("72%", ("65%", "75%"), 27))


def test_very_many_pairs_are_not_all_compared_and_that_is_said():
    found = ts.search.explain_superiority(("98%", None), ("98%", None), n_max=100)
    assert 0 < len(found) <= MOST_PAIRS and "combinations" in found.not_searched[0]
    assert found[0].cost == min(pair.cost for pair in found)
    assert not ts.search.explain_superiority(("72%", ("55%", "87%")), ("71%", ("55%", "84%")), n=(27, 32)).not_searched
