"""A search is a value: equal to another of the same numbers, hashed, pickled and copied; so is what it finds."""

import copy
import pickle

import numpy as np
import pytest

import trialstats as ts
from trialstats.catalogue import Catalogue, Convention, load_catalogue
from trialstats.explanations import Counts, Explanation, Explanations, TwoArmCounts
from trialstats.reported import Reported
from trialstats.search.centred import CentredSearch
from trialstats.search.counts.one_denominator import OneDenominatorSearch
from trialstats.search.counts.ranges import Allowed, allow
from trialstats.search.counts.search import CountSearch
from trialstats.search.counts.two_arm import TwoArmSearch
from trialstats.search.joint.search import Candidate, JointSearch
from trialstats.search.posteriors.informative_prior import AnyPriorSearch
from trialstats.search.posteriors.region import posterior_region
from trialstats.search.posteriors.search import PosteriorSearch
from trialstats.search.printed import PrintedInterval
from trialstats.search.ratios.search import RatioSearch
from trialstats.search.survival.complete_follow_up import CurveOrCount
from trialstats.search.survival.explain import SurvivalSearch

R = Reported


def printed(estimate, *bounds):
    return PrintedInterval.of(estimate, bounds, "a number")


def share():
    return CountSearch(printed("25%", "12%", "43%"), {"stated": np.array([32])})


def ratio():
    return RatioSearch(printed("2.67", "1.10", "6.45"), R("<.05"), counts=TwoArmCounts(12, 15, 4, 15))


SEARCHES = {
    "a proportion": share,
    "a proportion beside others": lambda: CountSearch(
        printed("25%", "12%", "43%"), allow({}, 60), beside=(R("72%"), R("44%"))
    ),
    "a percentage": lambda: CountSearch(PrintedInterval(R("25%"), None, None), allow({40: "stated"}, 40), level=None),
    "two arms": lambda: TwoArmSearch(
        R("54%"), R("46%"), allow({97: "stated"}, 97), allow({74: "stated"}, 74), R("0.30")
    ),
    "one denominator": lambda: OneDenominatorSearch((R("72%"), R("56%")), allow({54: "stated"}, 54)),
    "a ratio": ratio,
    "a mean": lambda: CentredSearch(printed("2.0", "1.0", "3.0"), 0.95, load_catalogue()),
    "a rate": lambda: SurvivalSearch(printed("81%", "69%", "96%"), n_max=40),
    "a rate or a count": lambda: CurveOrCount(SurvivalSearch(printed("25%", "12%", "43%")), share()),
    "a posterior": lambda: PosteriorSearch(printed("72%", "55%", "87%"), {"stated": np.array([27])}),
    "any prior": lambda: AnyPriorSearch(
        PosteriorSearch(printed("62%", "48%", "75%"), {"stated": np.array([27])})
    ),
}  # fmt: skip


@pytest.mark.parametrize("make", SEARCHES.values(), ids=list(SEARCHES))
def test_a_search_and_its_explanations_are_values(make):
    search, other = make(), make()
    found = search.explanations()
    assert found and found.total > 0
    first, methods = found[0], found.methods  # both keep what they worked out
    assert search == other and hash(search) == hash(other)
    assert found == other.explanations() and hash(found) == hash(other.explanations())
    for copied in (pickle.loads(pickle.dumps(found)), copy.deepcopy(found)):
        assert copied == found and copied.search == search
        assert set(vars(copied)) == {"search"}, "a copy carries no more than its fields"
        assert (copied[0], copied.total, copied.methods) == (first, found.total, methods)
    assert len(pickle.dumps(found)) == len(pickle.dumps(other.explanations()))
    assert [one.cost for one in found] == sorted(one.cost for one in found)


def test_searches_of_other_numbers_or_denominators_differ():
    one = share()
    for other in (
        CountSearch(printed("25%", "12%", "44%"), {"stated": np.array([32])}),
        CountSearch(printed("25%", "12%", "43%"), {"stated": np.array([33])}),
        CountSearch(printed("25%", "12%", "43%"), {"near": np.array([32])}),
        CountSearch(printed("25%", "12%", "43%"), {"stated": np.array([32])}, methods=("wald",)),
    ):
        assert other != one and other.explanations() != one.explanations()


def test_denominators_cannot_be_changed_and_are_compared_by_their_numbers():
    sizes = np.array([32, 30])
    allowed = Allowed(stated=sizes)
    sizes[0] = 99  # the caller's own array is its own
    assert allowed == Allowed(stated=[32, 30]) and hash(allowed) == hash(Allowed(stated=[32, 30]))
    with pytest.raises(ValueError, match="read-only"):
        allowed["stated"][0] = 99
    assert allow({28: "stated", 27: "derived"}, 28).only("derived") == Allowed(derived=[27])


def test_a_shipped_catalogue_is_pickled_as_its_version_and_another_with_its_costs():
    shipped = load_catalogue()
    assert pickle.loads(pickle.dumps(shipped)) is shipped and len(pickle.dumps(shipped)) < 200
    other = Catalogue(shipped.version, {**shipped.kinds, "rounding": {}}, shipped.sources)
    again = pickle.loads(pickle.dumps(other))
    assert again == other != shipped


def test_a_posterior_region_that_was_looked_at_is_pickled_like_one_that_was_not():
    region = posterior_region("72%", ("55%", "87%"))
    assert region.feasible and region.vertices.size
    assert pickle.loads(pickle.dumps(region)) == region == posterior_region("72%", ("55%", "87%"))


def test_a_joint_search_is_a_value():
    def make():
        once, twice = Candidate({"rounding": "nearest"}), Candidate({"rounding": "twice"})
        return JointSearch([[once, twice], [twice]], {"rounding": {"nearest": 0.1, "twice": 4.5}})

    search = make()
    assert search.best.explained == (0, 1) and not search.limited
    assert pickle.loads(pickle.dumps(search)) == search == make()


def test_explanations_that_are_known_are_equal_whatever_their_order():
    dear, cheap = (Explanation(Counts(8, 32), Convention(cost=cost)) for cost in (3.0, 1.0))
    assert Explanations.of([dear, cheap]) == Explanations.of([cheap, dear]) != Explanations.of([cheap])


def test_the_words_of_an_explanation_are_short_and_hold_what_its_kind_has():
    one = ts.explain_proportion("25%", ("12%", "43%"), n=32)[0]
    assert str(one) == "8 of 32: Clopper-Pearson, rounded twice, through one more decimal"
    assert "x=8, n=32" in repr(one) and "None" not in repr(one) and "transform" not in repr(one)
    ratio = ts.explain_ratio("0.54", ("0.36", "0.81"))[0]
    assert str(ratio).startswith("centre -0.62") and (ratio.x, ratio.prior, ratio.readings) == (None, None, ())
    with pytest.raises((AttributeError, TypeError)):
        one.x = 9
