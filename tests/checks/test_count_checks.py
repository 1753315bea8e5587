"""Checks of proportions where the text leaves something open: the level, the size, a row with a missing patient."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from trialstats.claims.model import Arm, Estimate, Paper, Size, Spread
from trialstats.explanations import Counts
from trialstats.findings import Verdict
from trialstats.press import print_claim, print_like
from trialstats.reanalysis import check, reanalyse
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
        assert "search limit reached" in beyond.message


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


def paper_of(percentages, n):
    arm = Arm("a", "A", {"randomised": Size(R(str(n)))})
    rows = [
        Estimate(id=f"c{k}", measure="proportion", value=R(text), arms=("a",)) for k, text in enumerate(percentages)
    ]
    return Paper(id="rows", arms=(arm,), claims=tuple(rows))


def test_percentages_that_need_another_rounding_are_said_to():
    report = reanalyse(paper_of(["48%", "39%", "51%"], 59), select=["denominators"])
    (finding,) = [one for one in report.findings if one.check == "denominators"]
    assert "rounded twice, through one more decimal" in finding.message
    assert "under plain rounding" in finding.message
    assert "rounded twice" in finding.how


@pytest.mark.parametrize(
    "printed, x, n",
    [("31.2%", 30, 96), ("31.3%", 30, 96), ("12%", 1, 8), ("13%", 1, 8), ("0.5", 9, 20), ("0.4", 9, 20)],
)
def test_a_tie_is_recomputed_on_the_side_on_which_it_was_printed(printed, x, n):
    assert print_like(Fraction(x, n), R(printed)) == printed
    arm = Arm("a", "A", {"randomised": Size(R(str(n)))})
    claim = Estimate(id="rate", measure="proportion", value=R(printed), x=R(str(x)), n=R(str(n)), arms=("a",))
    (found,) = [one for one in reanalyse(Paper(id="p", arms=(arm,), claims=(claim,))) if one.check == "percent-count"]
    assert found.recomputed["estimate"] == printed
    interval = print_claim(Counts(x, n), decimals=R(printed).decimals, bound_decimals=1, unit=R(printed).unit)
    interval = replace(interval, id="rate", value=R(printed), x=None, n=R(str(n)), arms=("a",))
    (found,) = [
        one for one in reanalyse(Paper(id="p", arms=(arm,), claims=(interval,))) if one.check == "proportion-interval"
    ]
    assert found.recomputed["estimate"] == printed


def test_an_estimate_of_no_responses_may_lie_outside_a_posterior_interval():
    """0 of 8 under a uniform prior: 0.3 to 33.6 %, with the raw rate printed as estimate."""
    spread = Spread("credible", Reported("0.3%"), Reported("33.6%"))
    claim = Estimate(id="r", measure="proportion", value=Reported("0.0%"), spread=spread)
    assert not reanalyse(Paper(id="own", claims=(claim,)), select=["order"]).findings
    inside = Estimate(id="r", measure="proportion", value=Reported("0.1%"), spread=spread)
    assert reanalyse(Paper(id="own", claims=(inside,)), select=["order"])["r"].verdict is Verdict.INCONSISTENT


def test_a_count_that_is_another_percentage_says_which():
    arm = Arm("a", "A", {"randomised": Size(Reported("32"))})
    claim = Estimate(id="r", measure="proportion", value=Reported("25%"), x=Reported("9"), arms=("a",))
    found = reanalyse(Paper(id="own", arms=(arm,), claims=(claim,)), select=["percent-count"])["r"]
    assert found.verdict is Verdict.INCONSISTENT and found.message.startswith("9 of 32 is 28%")


def test_sizes_without_a_total_have_a_row():
    arms = tuple(Arm(name, name, {"randomised": Size(Reported(n))}) for name, n in (("a", "54"), ("b", "57")))
    found = reanalyse(Paper(id="own", arms=arms))["total.randomised"]
    assert found.verdict is Verdict.UNCHECKED and "54 and 57" in found.message


def test_an_arm_of_which_all_are_taken_away_leaves_no_denominator_of_nobody():
    arm = Arm("a", "A", {"randomised": Size(R("28")), "excluded": Size(R("28"))})
    claim = Estimate(id="r", measure="proportion", value=R("33%"), arms=("a",))
    found = reanalyse(Paper(id="own", arms=(arm,), claims=(claim,)), select=["percent-count"])["r"]
    assert found.verdict is Verdict.CONSISTENT and "No count of 28 prints 33%" in found.message
    some = Arm("a", "A", {"randomised": Size(R("28")), "excluded": Size(R("27"))})
    alone = Estimate(id="r", measure="proportion", value=R("100%"), x=R("1"), arms=("a",))
    found = reanalyse(Paper(id="own", arms=(some,), claims=(alone,)), select=["percent-count"])["r"]
    assert found.verdict is Verdict.REPRODUCED and "1 of 1" in found.message


def test_bounds_of_a_percentage_may_be_printed_as_shares(judge):
    for low, high, agrees in (("0.66", "0.93", True), ("0.61", "0.93", False)):
        found = judge("proportion-interval", rate("83%", low, high, n="35", x="29"))
        assert found.verdict.is_question is not agrees, found.message


def test_a_difference_in_per_cent_may_have_bounds_printed_as_shares(judge):
    spread = Spread("confidence", R("0.05"), R("0.19"), level=R("95%"))
    found = judge("difference-interval", Estimate(id="d", measure="difference", value=R("12%"), spread=spread))
    assert found.verdict is Verdict.CONSISTENT


def test_a_percentage_with_decimals_of_the_patients_named_first():
    def asked(share):
        report = check(f"Of 188 participants, 129 ({share}) rested.")
        return [one.verdict for one in report.findings if one.check == "percent-count" and one.verdict.is_question]

    assert asked("68.6%") == []
    assert asked("66.8%") == [Verdict.STRAINED]
    assert asked("71.3%") == []  # some may be missing
