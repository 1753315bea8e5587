"""The convention of a whole paper: what must be found on the five trials, and that no verdict hangs on it."""

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest
from click.testing import CliRunner

from trialstats.catalogue import Catalogue, Convention, load_catalogue
from trialstats.claims.model import Arm, Comparison, Estimate, Paper, PValue, Size, Spread
from trialstats.cli import cli
from trialstats.convention import read_convention
from trialstats.convention.tables import JUDGED
from trialstats.explanations import Counts
from trialstats.findings import PaperConvention, Under
from trialstats.intervals.two_sample import two_proportion_test
from trialstats.press import print_claim
from trialstats.reanalysis import reanalyse
from trialstats.report.evidence_words import evidence_in_words
from trialstats.reported import Reported
from trialstats.search.counts.ranges import fitting
from trialstats.search.joint.search import MOST_CLAIMS
from trialstats.search.joint.slips import slips, slips_of_number
from trialstats.sources.trial_file import SHIPPED_TRIALS, load_trial

R = Reported


@pytest.fixture(scope="module")
def reports():
    return {name: reanalyse(load_trial(name)) for name in SHIPPED_TRIALS}


@pytest.fixture(scope="module")
def conventions(reports):
    return {name: report.trials[0].convention for name, report in reports.items()}


def under(reports, trial):
    return {(one.claim, one.check): one.under for one in reports[trial].findings if one.under is not None}


def sizes(convention):
    return {arm: set(found.values()) for arm, found in convention.denominators.items()}


# --------------------------------------------------------------------------------------------------
# The five trials
# --------------------------------------------------------------------------------------------------
def test_alienor(reports, conventions):
    found = conventions["alienor"]
    assert found.rounding == {"percentages": "twice"}
    assert (found.binomial_method, found.prior, found.posterior_point) == ("clopper-pearson", "uniform", "mean")
    assert sizes(found) == {"paclitaxel": {32}, "combination": {27}}
    assert found.evidence["ties"] == {} and found.evidence["not_printed"] == ()
    told = found.evidence["inferred"]["rounding:percentages"]
    assert (
        sorted(told["printed"])
        == ["orr.combination", "orr.paclitaxel", "pf6.paclitaxel"]
        == sorted(told["discriminating"])
    )
    assert all(one.fits for one in under(reports, "alienor").values())
    # Each of the three would have been predicted from the others.
    assert all(under(reports, "alienor")[claim, check].predicted for claim, check in (
        ("orr.paclitaxel", "proportion-interval"), ("orr.combination", "proportion-interval"),
        ("pf6.paclitaxel", "posterior-summary")))  # fmt: skip
    assert any(
        "Three intervals" in sentence and "rounding twice, as through a table" in sentence
        for sentence in evidence_in_words(found)
    )


@pytest.mark.parametrize("trial", sorted(SHIPPED_TRIALS))
def test_the_convention_is_among_the_explanations_of_every_claim_that_fits(reports, trial):
    paper, catalogue = load_trial(trial), load_catalogue()
    reading = read_convention(paper, reports[trial].findings, catalogue)
    for position, finding in enumerate(reading.tables.findings):
        own = reading.explanation(finding)
        assert (own is not None) == reading.fits(position)
        if own is not None:
            assert own in list(finding.explanations[:20_000])


def percentages(trial, arm):
    return [
        claim.value
        for claim in load_trial(trial).claims
        if isinstance(claim, Estimate) and claim.arms == (arm,) and claim.measure == "proportion" and not claim.spread
    ]


def test_tamrad(conventions):
    n = np.arange(40, 61)

    def fits(arm, *roundings):
        every = [fitting(percentages("tamrad", arm), n, rounding).all(axis=0) for rounding in roundings]
        return set(n[np.logical_or.reduce(every)].tolist())

    # From the adverse events alone: 54 under plain rounding, and 46 joins it under rounding twice.
    assert fits("everolimus", "nearest") == {54}
    assert fits("everolimus", "nearest", "twice") == {46, 54}
    assert fits("tamoxifen", "nearest") == {45, 55, 57}
    found = conventions["tamrad"]
    assert sizes(found) == {"everolimus": {54}, "tamoxifen": {57}}
    assert (found.rounding["percentages"], found.binomial_method) == ("nearest", "clopper-pearson")
    assert found.evidence["printed"] == found.evidence["claims"] == 14
    ahead = found.evidence["inferred"]
    assert ahead["n:everolimus"]["bits_ahead"] > ahead["n:tamoxifen"]["bits_ahead"] > 0


def test_desmoid(reports, conventions):
    plain = fitting(percentages("desmoid", "sorafenib"), np.arange(30, 61), "nearest").all(axis=0)
    assert np.arange(30, 61)[plain].tolist() == [49, 51, 55]
    found = conventions["desmoid"]
    assert sizes(found)["sorafenib"] == {49}
    assert (found.km_transform, found.binomial_method, found.rounding["percentages"]) == (
        "log", "clopper-pearson", "nearest",
    )  # fmt: skip
    assert found.evidence["inferred"]["n:sorafenib"]["printed"] == ("orr.sorafenib",)
    # Without the response interval the three sizes tie; the paper's convention names all of them.
    findings = [one for one in reports["desmoid"].findings if one.claim != "orr.sorafenib"]
    alone = read_convention(load_trial("desmoid"), findings, load_catalogue()).convention
    assert set(alone.evidence["ties"]["n:sorafenib"]) >= {49, 51, 55}
    assert under(reports, "desmoid")["orr.sorafenib", "proportion-interval"].fits
    # The table adds what each percentage is under that convention.
    assert "by the paper's convention 33 of 49" in reports["desmoid"].to_text()


def test_a021202(conventions):
    found = conventions["a021202"]
    (pairs,) = found.evidence["pairs"]
    assert pairs["families"] == ("n:pazopanib/", "n:placebo/") and pairs["searched"] == 80
    fisher = [tuple(pair) for pair in pairs["pairs"]["fisher, two-sided"]]
    assert (92, 74) in fisher and (97, 74) not in fisher
    assert found.two_arm_test == "fisher"
    assert found.evidence["ties"]["n:pazopanib"] == (92, 91, 90)
    # How little it says: many pairs print the P value by one test or another.
    assert len({tuple(pair) for some in pairs["pairs"].values() for pair in some}) > 15
    assert any("say little about the denominators" in sentence for sentence in evidence_in_words(found))


def test_lms03(conventions):
    found = conventions["lms03"]
    needs = found.evidence["needs"]["n:combination"]
    assert needs["best-response"] == (105, 101) and needs["ecog0"] == (104, 96)
    assert 106 in needs["uterus"] and 106 not in needs["best-response"]
    assert found.km_transform == "plain"
    assert found.evidence["not_printed"] and found.evidence["printed"] == 3


@pytest.mark.slow
def test_alienor_against_slips():
    evidence = reanalyse(load_trial("alienor"), evidence=True).trials[0].convention.evidence["inferred"]
    told = evidence["rounding:percentages"]
    assert told["copies"] == 200 and told["as_cheap"] <= 2


@pytest.mark.slow
def test_a021202_against_slips_says_little():
    report = reanalyse(load_trial("a021202"), evidence=True, select=["percent-count", "two-arm-p"])
    told = report.trials[0].convention.evidence["inferred"]["n:pazopanib"]
    assert told["copies"] == 200 and told["as_cheap"] > 100
    assert "copies with random slips" in report.to_text()
    again = reanalyse(load_trial("a021202"), evidence=True, select=["percent-count", "two-arm-p"])
    assert again.trials[0].convention == report.trials[0].convention


def test_the_command_line_asks_for_evidence():
    path = str(Path(__file__).parents[2] / "seeds" / "lms03.toml")
    plain, asked = (CliRunner().invoke(cli, ["reproduce", path, *more]) for more in ((), ("--evidence",)))
    assert plain.exit_code == asked.exit_code == 0
    assert "of 200 copies" in " ".join(asked.output.split()) and "copies" not in plain.output
    # The convention stands before the claims.
    assert asked.output.index("Convention of the paper") < asked.output.index("as reported")


# --------------------------------------------------------------------------------------------------
# No verdict hangs on it, and no answer on the exact costs
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("trial", sorted(SHIPPED_TRIALS))
def test_no_verdict_is_changed(reports, trial):
    alone = reanalyse(load_trial(trial), convention=False)
    assert alone.trials[0].convention == PaperConvention()
    for one, other in zip(reports[trial].findings, alone.findings, strict=True):
        assert other.under is None
        same = ("claim", "check", "verdict", "message", "how", "recomputed", "decision", "expected")
        assert all(getattr(one, name) == getattr(other, name) for name in same)
        assert one.explanations.total == other.explanations.total
        assert one.under is None or isinstance(one.under, Under)


def priced(catalogue, kind, name, bits):
    menu = catalogue.kinds[kind]
    one = replace(menu[name], cost=max(menu[name].cost + bits, 0.0))
    kinds = MappingProxyType({**catalogue.kinds, kind: MappingProxyType({**menu, name: one})})
    return Catalogue(catalogue.version, kinds, catalogue.sources)


def answer(convention):
    return (dict(convention.rounding), convention.binomial_method, convention.prior, convention.posterior_point,
            convention.km_transform, convention.two_arm_test, sizes(convention))  # fmt: skip


COSTS = [
    ("rounding", "nearest"), ("rounding", "twice"), ("interval-method", "clopper-pearson"),
    ("allowed-n", "stated"), ("allowed-n", "derived"), ("allowed-n", "near"), ("prior", "uniform"), ("point", "mean"),
]  # fmt: skip


@pytest.mark.parametrize("kind, name", COSTS)
def test_the_answers_do_not_hang_on_one_bit(conventions, kind, name):
    """All costs of all trials are moved in benchmarks/joint_costs.py."""
    for bits in (-1.0, 1.0):
        moved = reanalyse(load_trial("alienor"), catalogue=priced(load_catalogue(), kind, name, bits), select=JUDGED)
        assert answer(moved.trials[0].convention) == answer(conventions["alienor"])


@pytest.mark.parametrize("departure", [6.0, 7.0, 9.0, 12.0])
@pytest.mark.parametrize("trial", sorted(SHIPPED_TRIALS))
def test_the_answers_do_not_hang_on_the_price_of_a_departure(reports, conventions, trial, departure):
    paper, catalogue = load_trial(trial), load_catalogue()
    moved = read_convention(paper, reports[trial].findings, catalogue, departure=departure).convention
    assert answer(moved) == answer(conventions[trial])


# --------------------------------------------------------------------------------------------------
# Made-up papers
# --------------------------------------------------------------------------------------------------
def paper_of(counts, method=None, decimals=0, n=50, more=()):
    arm = Arm("a", "A", {"randomised": Size(R(str(n)))})
    claims = [
        replace(
            print_claim(Counts(x, size), Convention(method=method), decimals=decimals, claim_id=f"c{k}"), arms=("a",)
        )
        for k, (x, size) in enumerate(counts)
    ]
    return Paper(id="made-up", arms=(arm,), claims=(*claims, *more))


def test_a_wilson_paper_with_a_patient_missing_in_one_row():
    counts = [(5, 50), (12, 50), (21, 50), (33, 50), (45, 49)]
    report = reanalyse(paper_of(counts, "wilson", 1))
    convention = report.trials[0].convention
    assert convention.binomial_method == "wilson"
    assert sizes(convention) == {"a": {50}}
    assert convention.evidence["not_printed"] == ("c4",)
    assert report["c4"].under == Under(False, False)
    assert report["c4"].verdict.printed == "consistent"
    assert [report[f"c{k}"].under.fits for k in range(4)] == [True] * 4
    assert report["c0"].under.predicted is True


def test_a_damaged_claim_buys_no_convention():
    paper = paper_of([(5, 50), (12, 50), (21, 50), (33, 50)], "clopper-pearson", 1)
    damaged = replace(paper.claims[1], value=R("24.3%"))
    paper = replace(paper, claims=(paper.claims[0], damaged, *paper.claims[2:]))
    convention = reanalyse(paper).trials[0].convention
    assert (convention.binomial_method, convention.rounding) == ("clopper-pearson", {"percentages": "nearest"})
    assert convention.evidence["not_printed"] == ("c1",)


def test_a_claim_with_its_own_n_says_nothing_about_the_others():
    own = Estimate(id="own", measure="proportion", value=R("30%"), n=R("10"), arms=("a",))
    found = reanalyse(paper_of([(12, 50), (21, 50)], more=(own,)))
    assert sizes(found.trials[0].convention) == {"a": {50}}
    assert found["own"].under.fits


def test_one_sided_p_values_are_named():
    def ratio(name, value, low, high, p):
        spread = Spread("confidence", R(low), R(high), level=R("95%"))
        return Estimate(id=name, measure="hazard-ratio", value=R(value), spread=spread, p=PValue(R(p)), arms=("a", "b"))

    claims = (ratio("one", "0.76", "0.57", "1.01", ".03"), ratio("two", "0.74", "0.55", "0.99", ".02"))
    convention = reanalyse(Paper(id="sides", claims=claims)).trials[0].convention
    assert convention.p_sided == 1
    assert convention.evidence["inferred"]["sides:ratios"]["bits_ahead"] > 0


def test_the_test_of_two_arm_comparisons_is_inferred():
    arms = tuple(Arm(name, name, {"randomised": Size(R("60"))}) for name in "ab")
    claims = []
    for k, (x1, x2) in enumerate(((30, 20), (12, 25), (41, 33))):
        p = f"{float(two_proportion_test(x1, 60, x2, 60, method='pearson')):.3f}"
        rates = [
            Estimate(id=f"r{k}{arm}", measure="proportion", value=R(f"{100 * x / 60:.1f}%"), arms=(arm,))
            for arm, x in zip("ab", (x1, x2), strict=True)
        ]
        claims += [*rates, Comparison(id=f"p{k}", of=(f"r{k}a", f"r{k}b"), p=PValue(R(p)))]
    convention = reanalyse(Paper(id="tests", arms=arms, claims=tuple(claims))).trials[0].convention
    assert convention.two_arm_test == "pearson"
    assert sizes(convention) == {"a": {60}, "b": {60}}


def test_comparisons_of_large_arms_are_left_out():
    """With hundreds of patients an arm some pair of denominators prints almost any P value."""
    arms = tuple(Arm(name, name, {"randomised": Size(R("600"))}) for name in "ab")
    rates = [Estimate(id=f"r{arm}", measure="proportion", value=R("12%"), arms=(arm,)) for arm in "ab"]
    paper = Paper(id="large", arms=arms, claims=(*rates, Comparison(id="p", of=("ra", "rb"), p=PValue(R(".03")))))
    found = reanalyse(paper)
    assert found.trials[0].convention.evidence["left_out"] == ("p",)
    assert found.trials[0].convention.evidence["claims"] == 2
    assert found["p"].under is None


def test_a_paper_without_explanations_has_no_convention():
    assert read_convention(Paper(id="empty"), (), load_catalogue()).convention == PaperConvention()
    assert evidence_in_words(PaperConvention()) == ()


def test_the_most_claims_may_be_asked_for_whatever_they_cost():
    paper = load_trial("desmoid")
    findings = reanalyse(paper).findings
    dear = read_convention(paper, findings, load_catalogue(), departure=MOST_CLAIMS)
    assert len(dear.best.explained) >= len(read_convention(paper, findings, load_catalogue()).best.explained)


# --------------------------------------------------------------------------------------------------
# Slips
# --------------------------------------------------------------------------------------------------
def test_slips_change_one_last_digit():
    spread = Spread("confidence", R("12%"), R("43%"))
    claim = Estimate(id="orr", measure="proportion", value=R("25%"), spread=spread, p=PValue(R("<.001")))
    found = slips(claim, ("estimate", "lower", "upper", "p"))
    assert len(found) == len(set(found)) == 36 and claim not in found
    for slip in found:
        pairs = [(slip.value, claim.value), (slip.spread.lower, spread.lower), (slip.spread.upper, spread.upper),
                 (slip.p.value, claim.p.value)]  # fmt: skip
        changed = [(one.text, other.text) for one, other in pairs if one.text != other.text]
        assert len(changed) == 1
        one, other = changed[0]
        assert len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
    assert slips_of_number(R("not reached")) == () and len(slips_of_number(R("-1.25"))) == 9
    assert slips(Comparison(id="p", of=("a", "b"), p=PValue(R(".017"))), ("estimate", "p")) != ()
