"""The checks of ratios: verdicts, words, and decisions."""

from __future__ import annotations

import re

import pytest

from trialstats import Paper, Reported, load_trial, odds_ratio_interval, reanalyse
from trialstats.catalogue import load_catalogue
from trialstats.checks.check import Context
from trialstats.checks.ratio_interval import CHECK as RATIO_INTERVAL
from trialstats.checks.ratio_p import CHECK as RATIO_P
from trialstats.checks.reduction import CHECK as REDUCTION
from trialstats.checks.significance import CHECK as SIGNIFICANCE
from trialstats.claims.model import Arm, Basis, Estimate, PValue, Size, Spread

FORBIDDEN = re.compile(r"\b(wrong|false|suspicious|fabricated|fails?|impossible|authors?)\b|(?<!standard )\berror\b")


def ratio(estimate, lower, upper, p=None, *, sided=None, test=None, level="95%", measure="hazard-ratio", **more):
    bounds = (None if text is None else Reported(text) for text in (lower, upper))
    sides = more.pop("sides", 2)
    spread = Spread("confidence", *bounds, level=None if level is None else Reported(level), sides=sides)
    p_value = None if p is None else PValue(Reported(p), sided, test)
    return Estimate(id="hr", measure=measure, value=Reported(estimate), spread=spread, p=p_value, **more)


def judge(check, *claims, arms=()):
    found = list(check.run(check, Context(Paper(id="x", claims=claims, arms=arms), load_catalogue())))
    for one in found:
        assert not FORBIDDEN.search(one.message), one.message
    return found[0] if found else None


# --------------------------------------------------------------------------------------------------
# Interval
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("numbers", "verdict", "words"),
    [
        (("0.54", "0.36", "0.81"), "consistent", "symmetric on the log scale"),
        (("2.00", "1.00", "3.00"), "explained", "symmetric on the natural scale"),
        (("1.11", "0.48", "2.19"), "strained", "names no such method"),
        (("0.74", "0.48", "1.32"), "strained", "bootstrap intervals of small trials"),
        (("1.96", "1.14", "6.87"), "strained", "natural scale of the reciprocal only"),
        (("4.95", "1.35", "22.37"), "explained", "profile-likelihood"),
        (("0.50", "0.38", "0.81"), "inconsistent", "geometric mean of the bounds is 0.55"),
        (("1.38", "1.11", "2.10"), "inconsistent", "further from it"),
    ],
)
def test_intervals(numbers, verdict, words):
    finding = judge(RATIO_INTERVAL, ratio(*numbers))
    assert finding.verdict == verdict
    assert words in finding.message
    assert (finding.nearest is not None) is (verdict == "inconsistent")
    assert finding.explanations.feasible is (verdict != "inconsistent")


def test_what_is_odd_of_a_hazard_ratio_is_known_practice_of_rates():
    finding = judge(RATIO_INTERVAL, ratio("1.11", "0.48", "2.19", measure="risk-ratio"))
    assert finding.verdict == "explained"
    assert "exact Poisson interval of 8 events" in finding.message


def test_a_risk_ratio_lies_no_further_off_than_others_unless_a_score_interval_is_named():
    claim = ratio("0.97", "0.69", "1.57", measure="risk-ratio")
    assert judge(RATIO_INTERVAL, claim).verdict == "strained"
    for words, verdict in (("Limits are by Koopman's method.", "explained"), ("Limits are given.", "strained")):
        paper = Paper(id="x", claims=(claim,), text=words)
        (found,) = RATIO_INTERVAL.run(RATIO_INTERVAL, Context(paper, load_catalogue()))
        assert found.verdict == verdict


def test_the_nearest_miss_is_counted_in_the_last_digit():
    finding = judge(RATIO_INTERVAL, ratio("0.50", "0.38", "0.81"))
    assert finding.nearest.prints == {"estimate": "0.55", "lower": "0.38", "upper": "0.81"}
    assert finding.nearest.steps == pytest.approx(5.48, abs=0.01)
    assert "log" in finding.searched["scales"] and finding.searched["catalogue"] == load_catalogue().version


def test_one_bound_is_not_checked():
    finding = judge(RATIO_INTERVAL, ratio("0.54", None, "0.81"))
    assert finding.verdict == "unchecked"


def test_the_counts_of_both_arms_name_the_method():
    arms = tuple(Arm(name, name, {"randomised": Size(Reported(n))}) for name, n in (("a", "15"), ("b", "15")))
    rates = tuple(
        Estimate(
            id=f"r.{arm}", measure="proportion", value=Reported(value), x=Reported(x), n=Reported("15"), arms=(arm,)
        )
        for arm, value, x in (("a", "80%", "12"), ("b", "27%", "4"))
    )
    one = odds_ratio_interval(12, 15, 4, 15, method="fisher-exact")
    numbers = ("11.00", f"{float(one.lower):.2f}", f"{float(one.upper):.2f}")
    claim = ratio(*numbers, measure="odds-ratio", arms=("a", "b"))
    finding = judge(RATIO_INTERVAL, *rates, claim, arms=arms)
    assert finding.verdict == "explained"
    assert "12 of 15 v 4 of 15" in finding.message
    claim = ratio(*numbers, measure="odds-ratio", arms=("a", "b"), adjusted=True)
    assert "12 of 15" not in judge(RATIO_INTERVAL, *rates, claim, arms=arms).message


# --------------------------------------------------------------------------------------------------
# P value
# --------------------------------------------------------------------------------------------------
def test_a021202_shows_both_and_chooses_neither():
    report = reanalyse(load_trial("a021202"))
    finding = next(one for one in report.findings if one.check == "ratio-p")
    assert finding.verdict == "explained"
    assert "is not the two-sided Wald P value of the hazard ratio 0.54 (0.37 to 0.79), which is .0012 to .0018" in (
        finding.message
    )
    assert "one-sided Wald test" in finding.message and "stratified log-rank test" in finding.message
    assert "the numbers cannot tell which" in finding.message
    assert {(one.test, one.sided) for one in finding.explanations} >= {("wald", 1), ("another-test", 2)}


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (ratio("0.54", "0.36", "0.81", ".003"), "consistent"),
        (ratio("0.54", "0.36", "0.81", ".0015", sided=1), "consistent"),
        (ratio("0.54", "0.36", "0.81", ".003", sided=1), "explained"),
        (ratio("1.30", "0.90", "1.88", ".92", sided=1), "consistent"),  # the other tail
        (ratio("1.30", "0.90", "1.88", ".92"), "explained"),
        (ratio("0.54", "0.37", "0.79", ".09"), "strained"),
        (ratio("0.54", "0.37", "0.79", ".003"), "explained"),
        (ratio("0.54", "0.37", "0.79", ".09", test="log-rank"), "strained"),  # the same data as a crude ratio's
        (ratio("0.54", "0.37", "0.79", ".09", test="Cox model"), "inconsistent"),
        (ratio("0.54", "0.37", "0.79", ".09", test="stratified Cox model"), "explained"),
        (ratio("0.10", "0.07", "0.15", ".90"), "inconsistent"),
        (ratio("0.54", "0.36", "0.81", ".40", test="noninferiority"), "unchecked"),
        (ratio("0.54", "0.36", "0.81", ".40", test="P for interaction"), "unchecked"),
        (ratio("0.50", "0.38", "0.81", ".01"), "unchecked"),  # no interval gives a standard error
        (ratio("0.54", None, "0.81", ".003"), "consistent"),
        (ratio("0.70", "0.49", "1.00", ".05"), "consistent"),
        (ratio("0.30", "0.20", "0.45", ".000"), "consistent"),
        (ratio("2.00", "1.00", "3.00", ".05"), "consistent"),  # a Wald test on the natural scale
    ],
)
def test_p_values(claim, verdict):
    assert judge(RATIO_P, claim).verdict == verdict


def test_a_level_that_is_not_printed_may_explain_a_p_value():
    claim = ratio("0.54", "0.36", "0.81", ".012", level=None)
    finding = judge(RATIO_P, claim)
    assert finding.verdict == "explained" and "90% interval" in finding.message
    assert "90%" not in judge(RATIO_P, ratio("0.54", "0.36", "0.81", ".012")).message


def test_one_sided_bounds_use_their_own_level():
    # an upper 97.5 % bound is the end of a 95 % interval
    assert judge(RATIO_P, ratio("0.54", None, "0.81", ".003", level="97.5%", sides=1)).verdict == "consistent"


# --------------------------------------------------------------------------------------------------
# Decisions
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("claim", "verdict", "decision"),
    [
        (ratio("0.54", "0.36", "0.81", ".003"), "consistent", False),
        (ratio("0.80", "0.60", "1.07", ".13"), "consistent", False),
        (ratio("0.80", "0.60", "1.07", ".04"), "unchecked", False),  # ratio-p asks
        (ratio("0.80", "0.63", "1.02", ".04"), "explained", False),
        (ratio("0.54", "0.36", "0.81", ".06"), "unchecked", False),  # ratio-p asks
        (ratio("0.54", "0.36", "0.81", ".06", test="stratified log-rank"), "explained", False),
        (ratio("0.87", "0.56", "1.63", ".027"), "strained", False),  # no interval that ratio-p can use,
        (ratio("0.10", "0.05", "0.20", ".50"), "inconsistent", True),
        (ratio("0.70", "0.49", "1.00", ".05"), "unchecked", False),
        (ratio("0.54", "0.36", "0.81", ".06", sided=1), "unchecked", False),
        (ratio("0.54", "0.36", "0.81", ".06", test="trend"), "unchecked", False),
        (ratio("0.54", "0.36", "0.81", says="significant"), "consistent", False),
        (ratio("0.80", "0.60", "1.07", says="not-significant"), "consistent", False),
        (ratio("0.10", "0.05", "0.20", says="not-significant"), "strained", False),
    ],
)
def test_decisions(claim, verdict, decision):
    finding = judge(SIGNIFICANCE, claim)
    assert (finding.verdict, finding.decision) == (verdict, decision)


def test_nothing_to_decide():
    assert judge(SIGNIFICANCE, ratio("0.54", "0.36", "0.81")) is None


# --------------------------------------------------------------------------------------------------
# Reductions
# --------------------------------------------------------------------------------------------------
def reduction(value, lower=None, upper=None):
    spread = None
    if lower is not None:
        spread = Spread("confidence", Reported(lower), Reported(upper), level=Reported("95%"))
    return Estimate(id="cut", measure="relative-reduction", value=Reported(value), spread=spread, of=("hr",))


@pytest.mark.parametrize(
    ("cut", "of", "verdict"),
    [
        (reduction("46%"), ratio("0.54", "0.36", "0.81"), "reproduced"),
        (reduction("46%", "19%", "64%"), ratio("0.54", "0.36", "0.81"), "reproduced"),
        (reduction("46%", "36%", "81%"), ratio("0.54", "0.36", "0.81"), "inconsistent"),
        (reduction("48%"), ratio("0.54", "0.36", "0.81"), "inconsistent"),
        (reduction("46%"), ratio("1.46", "1.10", "1.94"), "reproduced"),  # an increase
        (reduction("46%"), ratio("1.85", "1.23", "2.78"), "explained"),  # the ratio turned over
        (reduction("45%"), ratio("0.546", "0.36", "0.81"), "reproduced"),
    ],
)
def test_reductions(cut, of, verdict):
    assert judge(REDUCTION, of, cut).verdict == verdict


def test_a_reduction_of_nothing_is_not_checked():
    assert judge(REDUCTION, reduction("46%")).verdict == "unchecked"


def test_one_sided_levels_count_alike_in_every_check():
    def paper(level, sides):
        spread = Spread("confidence", Reported("0.73"), Reported("0.88"), level=Reported(level), sides=sides)
        claim = Estimate(id="hr", measure="hazard-ratio", value=Reported("0.80"), spread=spread, arms=("a", "b"))
        arms = tuple(Arm(name, name, {"randomised": Size(Reported("190"))}) for name in "ab")
        return Paper(id="own", arms=arms, claims=(claim,), basis=Basis.TYPED)

    one, two = (reanalyse(paper(*way), select=["events", "ratio-interval"]) for way in (("80%", 1), ("60%", 2)))
    assert [finding.recomputed for finding in one.findings] == [finding.recomputed for finding in two.findings]
    assert one.findings[-1].verdict is two.findings[-1].verdict
