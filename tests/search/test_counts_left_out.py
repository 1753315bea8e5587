"""Methods and counts beyond what can be computed: refused where they were asked for, said where they were left out."""

from __future__ import annotations

import numpy as np
import pytest

import trialstats as ts
from trialstats.claims.model import Estimate, Paper, Spread
from trialstats.errors import InputError
from trialstats.reported import Reported
from trialstats.search.counts.search import CountSearch
from trialstats.search.printed import PrintedInterval


def test_a_method_that_was_asked_for_and_cannot_be_computed_is_refused():
    with pytest.raises(InputError, match=r"at most 1,000 for method 'blyth-still-casella', got 1,001"):
        ts.explain_proportion("50.0%", ("46.8%", "53.3%"), n=1001, methods=["blyth-still-casella", "wald"])
    with pytest.raises(InputError, match="n must be at most 10,000,000 where an interval is printed, got 20,000,000"):
        ts.explain_proportion("25.000%", ("24.981%", "25.019%"), n=2 * 10**7, x=5 * 10**6)
    assert ts.explain_proportion("25.000%", n=2 * 10**7, x=5 * 10**6)  # no interval, no method


def test_what_a_general_search_left_out_is_said():
    some = ts.explain_proportion("50.0%", ("46.8%", "53.3%"), n=1001)
    assert some.not_searched == ("blyth-still-casella at n = 1,001 (computed up to 1,000)",)
    assert "not searched: blyth-still-casella at n = 1,001" in repr(some)
    up_to = ts.explain_proportion("50.0%", ("46.9%", "53.1%"), n_max=1200, methods=["blyth-still-casella"])
    assert "blyth-still-casella at n from" in up_to.not_searched[0]
    complete = ts.explain_proportion("25%", ("12%", "43%"), n=32)
    assert complete.not_searched == () and "not searched" not in repr(complete)


def test_too_many_counts_are_said_as_well(monkeypatch):
    monkeypatch.setattr("trialstats.search.counts.search.MOST_COUNTS", 10)
    found = CountSearch(PrintedInterval.of("50.0%", ("46.9%", "53.1%"), ""), {"any": np.arange(900, 1000)})
    assert "all methods at n from" in found.explanations().not_searched[0]


def test_a_finding_is_not_inconsistent_where_a_method_was_left_out():
    claim = Estimate(
        id="a", measure="proportion", value=Reported("25.000%"), n=Reported("20000000"),
        spread=Spread("confidence", Reported("24.981%"), Reported("25.019%"), level=Reported("95%")),
    )  # fmt: skip
    found = {one.check: one for one in ts.reanalyse(Paper(id="p", claims=(claim,))).findings}
    one = found["proportion-interval"]
    assert one.verdict is ts.Verdict.UNCHECKED
    assert any("at n = 20,000,000 (computed up to 10,000,000)" in left for left in one.searched["not_searched"])
    assert "Not searched: " in one.message
