"""Which posteriors a search looks at: none that matters is left out, and there are never too many."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trialstats as ts
from trialstats.catalogue import Convention
from trialstats.errors import InputError
from trialstats.explanations import Posterior
from trialstats.intervals.beta import Beta
from trialstats.press import print_claim
from trialstats.reported import Reported
from trialstats.search.posteriors.search import PosteriorSearch
from trialstats.search.printed import PrintedInterval

R = Reported


@settings(max_examples=25)
@given(
    x=st.integers(0, 60), more=st.integers(0, 60), prior=st.sampled_from([(1.0, 1.0), (0.5, 0.5), (2.0, 2.0)]),
    point=st.sampled_from(["mean", "median", "mode"]), kind=st.sampled_from(["equal-tailed", "hdi"]),
    level=st.sampled_from([0.5, 0.8, 0.95]), changed=st.sampled_from(["estimate", "lower", "upper", None]),
)  # fmt: skip
def test_no_posterior_that_prints_all_numbers_but_one_is_left_out(x, more, prior, point, kind, level, changed):
    a, b = x + prior[0], more + prior[1]
    if x + more == 0 or (point == "mode" and np.isnan(Beta(a, b).mode())):
        return
    shown = print_claim(Posterior(a, b), Convention(kind=kind, level=level, point=point), decimals=0)
    parts = {"estimate": shown.value, "lower": shown.spread.lower, "upper": shown.spread.upper}
    if changed is not None:
        parts[changed] = R("50%")
    search = PosteriorSearch(
        PrintedInterval(**parts), {"stated": np.array([x + more])}, level=level, priors={"one": prior}
    )
    assert search.candidates.position(a, b) is not None
    assert search.every_candidate.a.size == x + more + 1
    near = [
        search.every_candidate.position(*pair) for pair in zip(search.candidates.a, search.candidates.b, strict=True)
    ]
    assert None not in near


def test_a_search_without_n_is_bounded():
    with pytest.raises(InputError, match=r"combinations of prior, x and n .* give n or x, a smaller n_max"):
        bool(ts.explain_posterior("99%", ("98%", "100%"), n_max=10_000))
    # An interval too wide for many patients needs no look at them.
    assert {one.n for one in ts.explain_posterior("72%", ("55%", "87%"), n_max=2000)} == {
        one.n for one in ts.explain_posterior("72%", ("55%", "87%"), n_max=200)
    }
