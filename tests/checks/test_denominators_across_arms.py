"""A total less the printed sizes of the other arms bounds a denominator; an inferred size is only said."""

import pytest

from trialstats.claims.model import Arm, Basis, Estimate, Paper, Size, Spread
from trialstats.claims.populations import denominators, left_beside
from trialstats.findings import Verdict
from trialstats.reanalysis import reanalyse
from trialstats.reported import Reported

R = Reported


def rate(name, arm, value, low=None, high=None):
    spread = Spread("confidence", R(low), R(high), level=R("95%")) if low else None
    return Estimate(id=f"{name}.{arm}", measure="proportion", value=R(value), spread=spread, arms=(arm,), outcome=name)


def trial(*claims, sizes, total="87", population="randomised"):
    arms = tuple(Arm(name, name, {population: Size(R(n))} if n else {}) for name, n in sizes.items())
    of = {"randomised": Size(R(total))} if total else {}
    return Paper(id="own", arms=arms, claims=claims, of=of, basis=Basis.TYPED)


def judged(paper, claim):
    return next(one for one in reanalyse(paper, convention=False).findings if one.claim == claim)


def test_what_the_other_arm_leaves_is_a_derived_size():
    paper = trial(rate("relief", "old", "21%", "10%", "37%"), sizes={"new": "49", "old": None})
    assert denominators(paper, paper.claims[0]) == {38: "derived"}
    found = judged(paper, "relief.old")
    assert found.verdict is Verdict.REPRODUCED and "8 of 38" in found.message


def test_a_count_of_more_patients_than_are_left_explains_nothing():
    claim = rate("relief", "old", "30%", "20%", "42%")  # 21 of 70 by several methods
    assert judged(trial(claim, sizes={"new": None, "old": None}), "relief.old").verdict is Verdict.EXPLAINED
    assert judged(trial(claim, sizes={"new": "49", "old": None}), "relief.old").verdict is Verdict.INCONSISTENT


def test_of_three_arms_one_size_only_bounds_the_others():
    claim = rate("relief", "b", "21%", "10%", "37%")
    paper = trial(claim, sizes={"a": "49", "b": None, "c": None})
    assert left_beside(paper, "b") == (38, False) and denominators(paper, claim) == {}
    found = judged(paper, "relief.b")
    assert found.verdict is Verdict.EXPLAINED and found.searched["n"]["any"] == (1, 38)


@pytest.mark.parametrize("population", ["treated", "evaluable"])
def test_patients_who_may_stand_in_two_arms_leave_no_size(population):
    paper = trial(rate("relief", "old", "21%"), sizes={"new": "49", "old": None}, population=population)
    assert left_beside(paper, "old") is None


def test_an_arm_as_large_as_the_whole_leaves_no_size():
    assert left_beside(trial(sizes={"new": "87", "old": None}), "old") is None


# ---- what the other arm's figures need -------------------------------------------------------------------------------
NEW = (rate("relief", "new", "33%", "20%", "48%"),
       *(rate(f"ae{k}", "new", value) for k, value in enumerate(("73%", "67%", "55%", "51%"))))  # fmt: skip


def test_an_inferred_size_leads_the_words_and_leaves_the_verdict():
    claim = rate("relief", "old", "20%", "8%", "38%")
    found = judged(trial(*NEW, claim, sizes={"new": None, "old": None}), "relief.old")
    assert found.verdict is Verdict.EXPLAINED
    assert found.message.startswith("Of the 87 patients 38 are left beside the 49 that the figures of new need")
    assert "at 35 to 38 patients Clopper-Pearson, by which 33% (20% to 48%) prints, does not print" in found.message
    assert "7 of 35 is 20% (8% to 37%)" in found.message and "5 of 25: Jeffreys" in found.message
    assert found.how.startswith("not by Clopper-Pearson at 35 to 38 patients")


def test_that_the_same_method_prints_it_there_is_said_too():
    claim = rate("relief", "old", "21%", "10%", "37%")
    found = judged(trial(*NEW, claim, sizes={"new": None, "old": None}), "relief.old")
    assert "Clopper-Pearson, by which 33% (20% to 48%) prints, prints 21% (10% to 37%) too: 8 of 38." in found.message


def test_figures_that_several_sizes_print_leave_nothing_to_say():
    claim = rate("relief", "old", "20%", "8%", "38%")
    found = judged(trial(NEW[0], claim, sizes={"new": None, "old": None}), "relief.old")
    assert "are left" not in found.message


def test_without_a_total_nothing_is_left():
    claim = rate("relief", "old", "20%", "8%", "38%")
    found = judged(trial(*NEW, claim, sizes={"new": None, "old": None}, total=None), "relief.old")
    assert "are left" not in found.message


def test_a_curve_of_the_arm_says_how_few_it_can_be():
    claim = rate("relief", "old", "20%", "8%", "38%")
    curve = Estimate(
        id="pfs", measure="survival", value=R("36%"), arms=("old",), time="2 years",
        spread=Spread("confidence", R("22%"), R("57%"), level=R("95%")),
    )  # fmt: skip
    found = judged(trial(*NEW, curve, claim, sizes={"new": None, "old": None}), "relief.old")
    assert "at 30 to 38 patients" in found.message and "6 of 30 is 20% (8% to 39%)" in found.message
