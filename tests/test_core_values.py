"""Claims, catalogue, explanations, denominators, joint search and reanalysis: the values in the middle of the house."""

import dataclasses
import math

import pytest

from trialstats.catalogue import LATEST, ORDINARY_BITS, VERSIONS, Convention, load_catalogue
from trialstats.claims.model import Arm, Basis, Estimate, Expectation, Paper, Size, Spread
from trialstats.claims.populations import arm_size, denominators, largest_size
from trialstats.errors import InputError, UnknownNameError
from trialstats.explanations import Counts, Explanation, Explanations, Known
from trialstats.findings import Verdict
from trialstats.intervals.binomial import BINOMIAL_METHODS
from trialstats.intervals.survival import SURVIVAL_TRANSFORMS
from trialstats.intervals.two_sample import TWO_PROPORTION_TESTS
from trialstats.reanalysis import reanalyse
from trialstats.reported import ROUNDINGS, Reported
from trialstats.search.joint.search import Candidate, JointSearch
from trialstats.search.posteriors.priors import PRIORS

R = Reported


# --------------------------------------------------------------------------------------------------
# Claims
# --------------------------------------------------------------------------------------------------
def test_a_claim_can_hold_the_absurd_and_cannot_be_changed():
    claim = Estimate(id="a", measure="proportion", value=R("140%"), x=R("9"), n=R("5"))
    with pytest.raises(dataclasses.FrozenInstanceError):
        claim.value = R("14%")


def test_numbers_are_counted_once_each_and_a_level_is_none():
    spread = Spread("confidence", R("12%"), R("43%"), level=R("95%"))
    claim = Estimate(id="a", measure="proportion", value=R("25%"), spread=spread, x=R("8"), n=R("32"))
    assert [number.text for number in claim.numbers] == ["25%", "8", "32", "12%", "43%"]


def test_a_paper_finds_its_claims_and_arms():
    claim = Estimate(id="a", measure="count", value=R("3"))
    paper = Paper(id="p", claims=(claim,), arms=(Arm("x", "X"),))
    assert paper.claim("a") is claim and paper.arm("x").label == "X" and paper.arm("y") is None
    with pytest.raises(KeyError):
        paper.claim("b")


# --------------------------------------------------------------------------------------------------
# Catalogue
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("version", VERSIONS)
def test_costs_follow_from_the_committed_counts(version):
    catalogue = load_catalogue(version)
    for kind, names in catalogue.kinds.items():
        assert catalogue.sources[kind].strip(), kind
        for one in names.values():
            assert 0 <= one.count <= one.total
            assert one.cost == pytest.approx(-math.log2((one.count + 0.5) / (one.total + 1)))
            assert one.ordinary is (one.cost <= ORDINARY_BITS)
        assert list(names) == sorted(names, key=lambda name: (names[name].cost, name))


def test_the_catalogue_and_the_menus_name_the_same_things():
    catalogue = load_catalogue()
    assert set(catalogue.names("rounding")) == set(ROUNDINGS)
    assert set(catalogue.names("interval-method")) == set(BINOMIAL_METHODS)
    assert set(catalogue.names("km-transform")) == set(SURVIVAL_TRANSFORMS)
    assert set(catalogue.names("prior")) == set(PRIORS)
    assert set(catalogue.names("two-arm-test")) <= set(TWO_PROPORTION_TESTS)


def test_unknown_versions_and_names_are_refused():
    assert load_catalogue().version == LATEST
    with pytest.raises(UnknownNameError, match="catalogue version"):
        load_catalogue("0")
    with pytest.raises(UnknownNameError, match="Did you mean 'nearest'"):
        load_catalogue().cost("rounding", "nearst")


# --------------------------------------------------------------------------------------------------
# Explanations
# --------------------------------------------------------------------------------------------------
def one(cost, x, n, **more):
    computed = {name: more.pop(name) for name in ("lower", "upper") if name in more}
    return Explanation(Counts(x, n), Convention(cost=cost, **more), x / n, **computed)


def test_explanations_come_cheapest_first_and_only_when_looked_at():
    asked = []

    class Asked(Known):
        def blocks(self):
            asked.append(1)
            return super().blocks()

    found = Explanations(Asked((one(1.0, 1, 4, method="wald"), one(3.0, 2, 8))))
    assert not asked
    assert [item.cost for item in found] == [1.0, 3.0]
    assert (found.total, len(found), found[-1].n, found.methods, found.n_values) == (2, 2, 8, ("wald",), (4, 8))
    assert found.weight(0) + found.weight(1) == pytest.approx(1)
    assert found.weight(0) / found.weight(1) == pytest.approx(4)
    assert not found.unique and found[0:1] == found.best(1)
    assert asked == [1, 1]  # once for all of them, once for the methods alone
    with pytest.raises(IndexError, match="explanation 2 of 2"):
        _ = found[2]


def test_a_single_witness_is_unique_and_nothing_decides():
    found = Explanations.of([one(2.0, 1, 4, method="wilson"), one(1.0, 1, 4, method="wald")])
    assert found.unique and found.deciding_digit is None and found.methods == ("wald", "wilson")
    assert not Explanations.of(()).unique and not Explanations.of(())


def test_the_number_that_would_tell_rivals_apart_is_named():
    rivals = [one(1.0, 16, 49, lower=0.1995, upper=0.4754), one(1.0, 15, 46, lower=0.1953, upper=0.4802),
              one(1.0, 17, 51, lower=0.1995, upper=0.4799)]  # fmt: skip
    found = Explanations.of(rivals)
    assert found.deciding_digit in ("estimate", "upper")
    assert list(found.to_frame()["n"]) == [49, 46, 51]


# --------------------------------------------------------------------------------------------------
# Denominators
# --------------------------------------------------------------------------------------------------
def sizes(**counts):
    return {name: Size(R(text)) for name, text in counts.items()}


def test_allowed_denominators():
    arms = (Arm("a", "A", sizes(randomised="28", untreated="1")), Arm("b", "B", sizes(randomised="32")))
    paper = Paper(id="p", arms=arms, basis=Basis.TYPED)

    def allowed(**more):
        return denominators(paper, Estimate(id="e", measure="proportion", **more))

    assert allowed(arms=("a",)) == {28: "stated", 27: "derived"}
    assert allowed(arms=("a",), population="randomised") == {28: "stated"}
    assert allowed(arms=("b",), n=R("30")) == {30: "stated"}
    assert allowed() == {60: "derived"}
    assert denominators(Paper(id="p", arms=arms), Estimate(id="e", measure="proportion")) == {}
    assert allowed(arms=("c",)) == {} and allowed(arms=("a", "b")) == {}
    assert (arm_size(paper, "a"), arm_size(paper, "c"), largest_size(paper)) == (28, None, 32)
    assert largest_size(Paper(id="q")) is None


# --------------------------------------------------------------------------------------------------
# Joint convention
# --------------------------------------------------------------------------------------------------
def test_the_most_claims_win_then_the_fewest_bits():
    once, twice, cut = (Candidate({"rounding": name}) for name in ("nearest", "twice", "truncated"))
    costs = {"rounding": {"nearest": 0.1, "twice": 4.5, "truncated": 5.0}}
    assert JointSearch([[once, twice]], costs).best.choices == {"rounding": "nearest"}
    assert JointSearch([[once, twice], [twice, cut], [cut]], costs).best.cost == pytest.approx(4.5)
    assert JointSearch([], {}).best.explained == ()


def test_ties_are_reported_as_ties():
    pair = [Candidate({"method": "a"}), Candidate({"method": "b"})]
    found = JointSearch([pair], {"method": {"a": 1.0, "b": 1.0}}).ties
    assert [dict(joint.choices) for joint in found] == [{"method": "a"}, {"method": "b"}]


def test_local_choices_are_settled_arm_by_arm():
    def rate(n, arm, rounding="nearest"):
        return Candidate({"rounding": rounding, arm: n})

    claims = [
        [rate(49, "x"), rate(51, "x")],
        [rate(49, "x")],
        [rate(30, "y"), rate(31, "y", "twice")],
        [rate(31, "y", "twice")],
    ]
    local = {"x": {49: 4.0, 51: 4.0}, "y": {30: 1.0, 31: 1.0}}
    found = JointSearch(claims, {"rounding": {"nearest": 0.1, "twice": 4.5}, **local}).ties
    assert dict(found[0].choices) == {"rounding": "nearest", "x": 49, "y": 30}
    assert found[0].explained == (0, 1, 2)


# --------------------------------------------------------------------------------------------------
# Reanalysis
# --------------------------------------------------------------------------------------------------
def rate(**more):
    spread = Spread("confidence", R("18%"), R("36%"), level=R("95%"))
    return Estimate(id="orr", measure="proportion", value=R("25%"), n=R("32"), spread=spread, **more)


def test_expected_verdicts_are_honoured():
    surprise = reanalyse(Paper(id="p", claims=(rate(),)))
    assert surprise["orr"].verdict is Verdict.INCONSISTENT and not surprise.as_expected
    known = reanalyse(Paper(id="p", claims=(rate(expect=Expectation("inconsistent", "printed like this")),)))
    assert known["orr"].expected == "inconsistent" and known.as_expected
    gone = reanalyse(Paper(id="p", claims=(rate(expect=Expectation("explained", "a guess", "proportion-interval")),)))
    assert not gone.as_expected


def test_checks_can_be_selected_and_ignored_by_code_or_name():
    paper = Paper(id="p", claims=(rate(),))
    assert {one.check for one in reanalyse(paper, select=["TS104"]).findings} == {"proportion-interval"}
    assert "order" not in {one.check for one in reanalyse(paper, ignore=["order"]).findings}
    with pytest.raises(UnknownNameError, match="check"):
        reanalyse(paper, select=["TS999"])


def test_two_papers_with_one_id_are_refused():
    with pytest.raises(InputError, match="Two trials have the id 'p'"):
        reanalyse([Paper(id="p", source="one.toml"), Paper(id="p", source="two.toml")])


def test_coverage_counts_figures_and_an_empty_paper_is_no_problem():
    report = reanalyse(Paper(id="p", claims=(rate(),)))
    coverage = report.trials[0].coverage
    assert (coverage.printed, coverage.checked, coverage.unchecked) == (4, 4, 0)
    assert reanalyse(Paper(id="q")).findings == ()
