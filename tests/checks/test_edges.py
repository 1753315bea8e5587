"""Claims at the edge of what is ordinary, each once judged too harshly or for a reason that was not true."""

import pytest

from trialstats.claims.model import Arm, Comparison, Estimate, Paper, PValue, Size, Spread
from trialstats.findings import Verdict
from trialstats.reanalysis import reanalyse
from trialstats.reported import Reported


def compared(first, second, p, sizes):
    arms = tuple(Arm(name, name, {"randomised": Size(Reported(n))}) for name, n in zip("ab", sizes, strict=True))
    pair = [
        Estimate(id=f"r.{arm}", measure="proportion", value=Reported(value), arms=(arm,))
        for arm, value in (("a", first), ("b", second))
    ]
    claims = (*pair, Comparison(id="cmp", of=("r.a", "r.b"), p=PValue(Reported(p))))
    return Paper(id="own", arms=arms, claims=claims, arms_complete=True)


@pytest.mark.parametrize(
    "first, second, p, sizes, words",
    [
        ("100.0%", "23.0%", "<.001", ("18", "39"), "cut off"),  # 9 of 39 is 23.08
        ("50%", "97%", "<.001", ("40", "57"), "rounded twice"),  # 55 of 57 is 96.49
    ],
)
def test_a_p_value_beside_percentages_that_are_not_plainly_rounded(first, second, p, sizes, words):
    found = reanalyse(compared(first, second, p, sizes), select=["two-arm-p"])["cmp"]
    assert found.verdict is Verdict.EXPLAINED
    assert any(words in reading for reading in found.explanations[0].readings) and words in found.message


def test_a_p_value_of_an_unconditional_test_is_not_left_as_a_question():
    """Barnard's test gives P = .2258 for 26 of 90 v 13 of 32; the catalogue does not hold it."""
    found = reanalyse(compared("28.9%", "40.6%", ".2258", ("90", "32")), select=["two-arm-p"])["cmp"]
    assert found.verdict is Verdict.EXPLAINED and "unconditional" in found.message


def test_an_estimate_of_no_responses_may_lie_outside_a_posterior_interval():
    """0 of 8 under a uniform prior: 0.3 to 33.6 %, with the raw rate printed as estimate."""
    spread = Spread("credible", Reported("0.3%"), Reported("33.6%"))
    claim = Estimate(id="r", measure="proportion", value=Reported("0.0%"), spread=spread)
    assert reanalyse(Paper(id="own", claims=(claim,)), select=["order"])["r"].verdict is Verdict.REPRODUCED
    inside = Estimate(id="r", measure="proportion", value=Reported("0.1%"), spread=spread)
    assert reanalyse(Paper(id="own", claims=(inside,)), select=["order"])["r"].verdict is Verdict.INCONSISTENT


def test_one_sided_levels_count_alike_in_every_check():
    def paper(level, sides):
        spread = Spread("confidence", Reported("0.73"), Reported("0.88"), level=Reported(level), sides=sides)
        claim = Estimate(id="hr", measure="hazard-ratio", value=Reported("0.80"), spread=spread, arms=("a", "b"))
        arms = tuple(Arm(name, name, {"randomised": Size(Reported("190"))}) for name in "ab")
        return Paper(id="own", arms=arms, claims=(claim,), arms_complete=True)

    one, two = (reanalyse(paper(*way), select=["events", "ratio-interval"]) for way in (("80%", 1), ("60%", 2)))
    assert [finding.recomputed for finding in one.findings] == [finding.recomputed for finding in two.findings]
    assert one.findings[-1].verdict is two.findings[-1].verdict


def test_a_count_that_is_another_percentage_says_which():
    arm = Arm("a", "A", {"randomised": Size(Reported("32"))})
    claim = Estimate(id="r", measure="proportion", value=Reported("25%"), x=Reported("9"), arms=("a",))
    found = reanalyse(Paper(id="own", arms=(arm,), claims=(claim,)), select=["percent-count"])["r"]
    assert found.verdict is Verdict.INCONSISTENT and found.message.startswith("9 of 32 is 28%")


def test_a_check_left_out_is_the_reason_given():
    claim = Estimate(
        id="r", measure="proportion", value=Reported("25%"), n=Reported("32"),
        spread=Spread("confidence", Reported("12%"), Reported("43%")),
    )  # fmt: skip
    found = reanalyse(Paper(id="own", claims=(claim,)), ignore=["proportion-interval"])["r"]
    assert "some were left out" in found.message


def test_sizes_without_a_total_have_a_row():
    arms = tuple(Arm(name, name, {"randomised": Size(Reported(n))}) for name, n in (("a", "54"), ("b", "57")))
    found = reanalyse(Paper(id="own", arms=arms))["total.randomised"]
    assert found.verdict is Verdict.UNCHECKED and "54 and 57" in found.message
