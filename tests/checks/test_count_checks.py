"""Checks of proportions where the text leaves something open: the level, the size, a row with a missing patient."""

from __future__ import annotations

from trialstats.claims.model import Arm, Estimate, Paper, Size, Spread
from trialstats.findings import Verdict
from trialstats.reanalysis import reanalyse
from trialstats.reported import Reported

R = Reported


def rate(value, lower, upper, *, n=None, level="95%", x=None):
    spread = Spread("confidence", R(lower), R(upper), level=None if level is None else R(level))
    return Estimate(id="rate", measure="proportion", value=R(value), spread=spread, n=n and R(n), x=x and R(x))


def finding(claim):
    report = reanalyse(Paper(id="p", claims=(claim,)), select=["proportion-interval"])
    return report.findings[0]


def test_an_interval_whose_level_is_not_printed_may_be_of_another():
    found = finding(rate("25%", "13.1%", "40.6%", n="32", level=None))
    assert found.verdict is Verdict.EXPLAINED and "90% level" in found.message
    assert finding(rate("25%", "13.1%", "40.6%", n="32")).verdict is Verdict.INCONSISTENT
    assert finding(rate("25%", "11.5%", "43.4%", n="32", level=None)).verdict is Verdict.REPRODUCED


def test_a_size_beyond_a_method_is_no_inconsistency():
    beyond = finding(rate("50.00%", "46.93%", "53.10%", n="1030"))
    assert beyond.verdict in (Verdict.UNCHECKED, Verdict.EXPLAINED)
    if beyond.verdict is Verdict.UNCHECKED:
        assert "met its limit" in beyond.message


def test_bounds_from_a_rounded_half_width_are_named():
    found = finding(rate("18.4%", "7.6%", "29.2%", n="49", x="9"))
    assert found.verdict is Verdict.EXPLAINED
    assert "bounds from a rounded half-width" in found.message and found.recomputed["upper"] == "29.2%"


def test_rows_that_share_no_denominator_are_not_called_inconsistent():
    texts = ["72.2%", "55.6%", "44.4%", "42.6%", "37.7%", "11.1%"]
    rows = tuple(Estimate(id=f"r{i}", measure="proportion", value=R(text), arms=("a",)) for i, text in enumerate(texts))
    arm = Arm("a", "A", {"randomised": Size(R("54"))})
    report = reanalyse(Paper(id="p", arms=(arm,), claims=rows), select=["denominators"])
    (found,) = report.findings
    assert found.verdict is Verdict.UNCHECKED
    assert "All but 37.7% are counts of 54, and counts of 53 print the rest" in found.message
