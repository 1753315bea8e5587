"""Draws that are exact, and draws that are not, against exact posteriors; needs ArviZ (see conftest.py)."""

import numpy as np
import pytest
import xarray as xr

from trialstats.bayes import agreement
from trialstats.errors import InputError
from trialstats.intervals.beta import Beta
from trialstats.intervals.beta_mixture import BetaMixture

RNG = np.random.default_rng(11)


def container(**arms):
    values, names = np.stack(list(arms.values()), axis=-1), list(arms)
    return {"posterior": {"rate": xr.DataArray(values, dims=("chain", "draw", "arm"), coords={"arm": names})}}


def test_agreement_of_exact_draws_and_of_others():
    exact = {"new": Beta(21, 8), "old": Beta(24, 10)}
    draws = {"new": RNG.beta(21, 8, size=(4, 2000)), "old": RNG.beta(24, 10, size=(4, 2000))}
    found = agreement(container(**draws), exact, pairs=[("new", "old")])
    assert found.ok and "agree within Monte Carlo error" in str(found)
    assert [row.quantity for row in found.rows if row.arm == "new"] == ["mean", "lower", "upper", "> old"]
    assert found.rows[-1].exact == pytest.approx(0.5674155594, abs=1e-10)
    other = agreement(container(**draws), {"new": Beta(22, 8), "old": Beta(24, 10)})
    assert not other.ok and other.largest_z > 4 and "do not agree" in str(other)
    with pytest.raises(InputError, match="no draws of arm"):
        agreement(container(**draws), {"third": Beta(1, 1)})


def test_z_scores_are_standard_normal():
    # 300 runs of 4 x 500 exact draws: the share beyond 1.96 has a binomial error of 0.013.
    beyond = []
    for _ in range(300):
        x = RNG.beta(9, 25, size=(4, 500))
        rows = agreement({"posterior": {"rate": x}}, {"rate": Beta(9, 25)}).rows
        beyond.append([abs(row.z) > 1.96 for row in rows])
    assert np.mean(beyond, axis=0) == pytest.approx([0.05] * 3, abs=0.05)


def test_mixtures_are_compared_too_but_not_their_superiority():
    mixture = BetaMixture([0.8, 0.2], [Beta(12, 28), Beta(1, 1)])
    pick = RNG.random((4, 2000)) < 0.8
    draws = np.where(pick, RNG.beta(12, 28, size=pick.shape), RNG.beta(1, 1, size=pick.shape))
    both = container(a=draws, b=RNG.beta(2, 2, size=pick.shape))
    assert agreement(both, {"a": mixture}).ok
    with pytest.raises(InputError, match="two Beta posteriors"):
        agreement(both, {"a": mixture, "b": Beta(2, 2)}, pairs=[("a", "b")])


def test_chains_that_do_not_mix_are_seen():
    x = RNG.beta(21, 8, size=(4, 1000))
    apart, slow = x.copy(), np.repeat(RNG.beta(21, 8, size=(4, 50)), 20, axis=1)
    apart[0] += 0.1
    exact = {"rate": Beta(21, 8)}
    found = agreement({"posterior": {"rate": apart}}, exact)
    assert found.rhat["rate"] > 1.05 and not found.ok
    # twenty draws the same: the mean is worth 200 of 4,000, within the error of an estimate from 200
    assert agreement({"posterior": {"rate": slow}}, exact).rows[0].size == pytest.approx(200, rel=0.3)
