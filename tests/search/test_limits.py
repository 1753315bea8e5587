"""A search stops at its stated bounds, in time and memory, and says so; it never says that nothing prints the claim.

Time is measured by what is counted (tables, work, cells), memory by what Python and numpy allocate at most.
"""

import tracemalloc

import numpy as np
import pytest

import trialstats as ts
from trialstats.claims.model import Arm, Comparison, Estimate, Paper, PValue, Size
from trialstats.errors import InputError
from trialstats.explanations import explanations as listing
from trialstats.findings import Verdict
from trialstats.intervals.two_sample import odds_ratio_interval
from trialstats.reported import Reported
from trialstats.search import limits
from trialstats.search.counts import two_arm
from trialstats.search.counts.ranges import Allowed, allow
from trialstats.search.counts.search import CountSearch
from trialstats.search.counts.two_arm import CLOSED_FORM, TwoArmSearch, p_values_of, reach_of_exact
from trialstats.search.joint import search as joint
from trialstats.search.joint.search import Candidate, JointSearch
from trialstats.search.printed import PrintedInterval

R = Reported
MEGABYTE = 1_000_000


def peak(work):
    """The most memory that a piece of work holds at once, in megabytes, and its answer."""
    tracemalloc.start()
    answer = work()
    most = tracemalloc.get_traced_memory()[1] / MEGABYTE
    tracemalloc.stop()
    return most, answer


def arms(n1, n2, p, first="54%", second="46%"):
    return TwoArmSearch(R(first), R(second), allow({n1: "stated"}, n1), allow({n2: "stated"}, n2), R(p))


# ---- two arms ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("n", [300, 1500, 20_000, 3_000_000])
def test_two_arms_of_thousands_take_little_and_what_is_left_out_is_said(n):
    search = arms(n, n, "<.9", "5%", "5%")
    most, _ = peak(search.some)
    assert most < 200
    tables = sum(search.tables(one)[0].size for one in search.classes)
    assert tables <= limits.MOST_TABLES
    assert search.limited
    if n > 1500:
        assert any(left.startswith("all tests at near numbers of patients") for left in search.not_searched)


def test_a_wide_percentage_cannot_ask_for_gigabytes():
    """Whole tens of per cents at sizes of thousands: 10**9 tables."""
    search = TwoArmSearch(R("<50%"), R("<50%"), allow({3000: "stated"}, 3000), allow({3000: "stated"}, 3000), R(".5"))
    most, _ = peak(lambda: list(search.blocks()))
    assert most < 50 and not search.classes and search.limited


def test_exact_tests_are_left_out_only_where_they_cannot_print_the_p_value(monkeypatch):
    full = arms(97, 74, ".35")
    wanted = {(one.test, one.rounding, one.x, one.n, one.x2, one.n2) for one in full.explanations()}
    assert any(test not in CLOSED_FORM for test, *_ in wanted)
    monkeypatch.setattr(TwoArmSearch, "_exact", frozenset())  # nothing is tested exactly as a whole
    some = arms(97, 74, ".35")
    assert {(one.test, one.rounding, one.x, one.n, one.x2, one.n2) for one in some.explanations()} == wanted
    assert not any(places.size for places in arms(97, 74, ".000001")._some.values())


def test_no_exact_test_lies_beyond_the_reach_of_pearsons():
    """Tables of rare, frequent and middling events in arms of 10 to 1,500, alike and not: the worst comes to .86."""
    from scipy.special import ndtri

    draw = np.random.default_rng(20261129)
    n1 = np.exp(draw.uniform(np.log(20), np.log(1500), 500)).astype(np.int64)
    n2 = np.maximum(n1 * np.exp(draw.uniform(-2, 2, 500)), 10).astype(np.int64)
    p = np.where(draw.random(500) < 0.4, draw.uniform(0, 0.05, 500), draw.uniform(0, 1, 500))
    away = draw.uniform(-6, 6, 500) * np.sqrt(p * (1 - p) * (1 / n1 + 1 / n2))
    tables = np.rint(p * n1).astype(np.int64), n1, np.rint(np.clip(p + away, 0, 1) * n2).astype(np.int64), n2
    z = -ndtri(np.clip(p_values_of(tables, "pearson", 2), 1e-300, 1) / 2)
    reach = reach_of_exact(tables, z)
    some = np.isfinite(reach)
    assert some.sum() > 400
    for (test, sided), values in two_arm._conditional(two_arm._as_arms(*tables)).items():
        exact = -ndtri(np.clip(values, 1e-300, 1) / sided)
        assert (np.abs(exact - z) <= reach)[some].all(), (test, sided)


def test_a_p_value_that_was_not_searched_for_everywhere_is_not_inconsistent():
    def paper(n, p):
        rows = tuple(
            Estimate(id=name, measure="proportion", value=R(text), arms=(name,))
            for name, text in (("a", "54%"), ("b", "46%"))
        )
        sizes = tuple(Arm(name, name, {"randomised": Size(R(n))}) for name in "ab")
        return Paper(id="p", arms=sizes, claims=(*rows, Comparison(id="c", of=("a", "b"), p=PValue(R(p)))))

    found = ts.reanalyse(paper("30000", ".9"), select=["two-arm-p"])["c"]
    assert found.verdict is Verdict.UNCHECKED and "search limit reached" in found.message
    assert "search limit" not in ts.reanalyse(paper("100", ".9"), select=["two-arm-p"])["c"].message


# ---- several denominators ------------------------------------------------------------------------------------------
def test_pairs_of_denominators_are_bounded():
    rows = [("84%", "47%", "<.001"), ("8%", "0%", ".017")]
    with pytest.raises(InputError, match="at most 250,000 are looked at: give narrower sizes"):
        ts.search.infer_denominator_pairs(rows, first=(1, 1000), second=(1, 1000))
    most, found = peak(lambda: ts.search.infer_denominator_pairs(rows[:1], first=(250, 300), second=(250, 300)))
    assert most < 200
    assert found and found.not_searched and "fisher" in found.not_searched[0]
    assert {pair.test for pair in found} <= CLOSED_FORM


def test_the_chance_of_many_rows_is_at_most_what_is_said(monkeypatch):
    rows = [("84%", "47%", "<.001"), ("8%", "0%", ".017"), ("50%", "40%", ".2")]
    exact = ts.search.infer_denominator_pairs(rows, first=(90, 97), second=(70, 74))
    monkeypatch.setattr("trialstats.search.counts.denominator_pairs.MOST_LISTS", 1000)
    bound = ts.search.infer_denominator_pairs(rows, first=(90, 97), second=(70, 74))
    assert exact.row_chances == bound.row_chances and exact.chance <= bound.chance <= min(bound.row_chances)


# ---- counts and posteriors -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "estimate, interval, n",
    [("50%", ("49%", "51%"), np.arange(1, 1_000_000)), ("50%", ("49%", "51%"), np.array([10_000_000])),
     (None, ("10%", "90%"), np.arange(1, 200_000))],
)  # fmt: skip
def test_counts_of_any_number_of_patients_take_little(estimate, interval, n):
    search = CountSearch(PrintedInterval.of(estimate, interval, "a share"), Allowed(any=n))
    most, found = peak(search.some)
    assert most < 200 and found


def test_more_explanations_than_can_be_listed_are_not_listed(monkeypatch):
    found = ts.explain_proportion("25%", n_max=500)
    monkeypatch.setattr(listing, "MOST_LISTED", 1000)
    assert found.total > 1000 and not found.unique and found.best(2)[0].x is not None
    for ask in (found.arrays, lambda: found.rivals, lambda: found.deciding_digit):
        with pytest.raises(InputError, match="more than can be listed"):
            ask()
    assert len(found.to_frame(10)) == 10


def test_very_many_posteriors_are_not_all_made_into_explanations():
    most, found = peak(lambda: ts.explain_posterior("98%", n_max=150))
    assert most < 200
    most, total = peak(lambda: found.total)
    assert most < 200 and total <= limits.MOST_FOUND
    assert any("less usual summaries" in left for left in found.not_searched)


# ---- conventions of a whole paper ----------------------------------------------------------------------------------
def test_a_joint_search_stops_while_choices_are_enumerated_and_says_so(monkeypatch):
    """Five families of eight choices, every pair of which some claim ties together."""
    names = "abcde"
    families = {name: {k: 1.0 + k for k in range(8)} for name in names}
    claims = [
        [Candidate({one: i, other: j}, cost=float((3 * i + 5 * j) % 7)) for i in range(8) for j in range(8)]
        for one in names for other in names if one < other
    ]  # fmt: skip
    whole = JointSearch(claims, families)
    assert whole.least and not whole.limited
    monkeypatch.setattr(joint, "MOST_CELLS", 100)
    assert JointSearch(claims, families).least == pytest.approx(whole.least)
    monkeypatch.setattr(joint, "MOST_ENUMERATED", 300_000)
    stopped = JointSearch(claims, families)
    assert stopped.least >= whole.least - 1e-9 and stopped.limited
    assert stopped.best.explained and stopped.by_choice("a")


# ---- ratios --------------------------------------------------------------------------------------------------------
def test_exact_limits_of_very_many_events_are_left_out_and_that_is_said(monkeypatch):
    monkeypatch.setattr("trialstats.search.ratios.two_arm.MOST_EVENTS", 60)

    def printed(counts):
        """What prints the exact limits of these counts."""
        exact = odds_ratio_interval(*counts, method="fisher-exact")
        estimate, *limits = (f"{number:.2f}" for number in (exact.estimate, exact.lower, exact.upper))
        return ts.explain_ratio(estimate, limits, measure="odds-ratio", counts=counts)

    within, beyond = printed((40, 100, 20, 100)), printed((41, 100, 20, 100))
    assert "fisher-exact" in {one.method for one in within} and not within.not_searched
    assert "fisher-exact" not in {one.method for one in beyond}
    assert beyond.not_searched == ("exact limits of an odds ratio of 61 patients with the event",)
