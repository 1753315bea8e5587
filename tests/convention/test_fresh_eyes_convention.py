"""The convention of a paper where a reader with fresh eyes stumbled: what one claim may say of all the others."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

import trialstats as ts
from trialstats.claims.model import Arm, Comparison, Estimate, Paper, PValue, Size
from trialstats.findings import PaperConvention
from trialstats.press import Counts, Printing, print_claim
from trialstats.reanalysis import reanalyse
from trialstats.report.evidence_words import evidence_in_words
from trialstats.report.words import convention_in_words
from trialstats.reported import Reported
from trialstats.search.counts.two_arm import PERCENTAGE_ROUNDINGS, percentages_rounded
from trialstats.search.joint.search import Candidate, JointSearch
from trialstats.sources.trial_file import load_trial

R = Reported
# Percentages of 59 patients that come out one higher through a table with one decimal: 47.46 is 47.5, then 48.
TWICE = [f"{int(tenths / 10 + 0.5)}%" for x in range(60)
         if int((tenths := int(1000 * x / 59 + 0.5)) / 10 + 0.5) != int(100 * x / 59 + 0.5)]  # fmt: skip


def paper_of(percentages, n):
    arm = Arm("a", "A", {"randomised": Size(R(str(n)))})
    rows = [
        Estimate(id=f"c{k}", measure="proportion", value=R(text), arms=("a",)) for k, text in enumerate(percentages)
    ]
    return Paper(id="rows", arms=(arm,), claims=tuple(rows))


def intervals_of(counts, n, printing, printed=None):
    arm = Arm("a", "A", {"randomised": Size(R(str(printed or n)))})
    claims = [replace(print_claim(Counts(x, n), printing, claim_id=f"c{k}"), arms=("a",)) for k, x in enumerate(counts)]
    return Paper(id="intervals", arms=(arm,), claims=tuple(claims))


# --------------------------------------------------------------------------------------------------
# One claim makes no convention
# --------------------------------------------------------------------------------------------------
def test_one_percentage_buys_no_rounding_for_the_paper():
    report = reanalyse(paper_of(["48%", "39%", "51%"], 59))
    convention = report.trials[0].convention
    assert convention.rounding == {"percentages": "nearest"}
    assert convention.evidence["not_printed"] == ["c0"]
    assert convention.evidence["alone"]["rounding:percentages"] == {
        "choice": "twice", "printed": ["c0"], "of": "percentage",
    }  # fmt: skip
    words = convention_in_words(convention)
    assert "One percentage (c0) would need rounding twice" in words
    assert "one result makes no convention" in words
    assert "c0 needs 54, 56 or 58" in words


def test_two_percentages_are_enough():
    convention = reanalyse(paper_of([*TWICE[:2], "39%", "51%", "20%", "10%"], 59)).trials[0].convention
    assert convention.rounding == {"percentages": "twice"}
    assert convention.evidence["alone"] == {}


@pytest.mark.parametrize("digit", range(10))
def test_a_slip_of_one_digit_turns_no_convention(digit):
    counts = [3, 8, 12, 17, 23, 29, 34, 40, 47, 52]
    paper = intervals_of(counts, 59, Printing("clopper-pearson"))
    old = paper.claims[3].value.text
    slipped = replace(paper.claims[3], value=R(f"{old[:-2]}{digit}%"))
    paper = replace(paper, claims=(*paper.claims[:3], slipped, *paper.claims[4:]))
    convention = reanalyse(paper, select=["proportion-interval"]).trials[0].convention
    assert (convention.rounding, convention.binomial_method) == ({"percentages": "nearest"}, "clopper-pearson")


def test_a_slip_among_ten_percentages_turns_no_convention():
    counts = [3, 8, 12, 17, 23, 28, 34, 40, 47, 55]
    rows = [f"{int(100 * x / 59 + 0.5)}%" for x in counts]
    assert reanalyse(paper_of(rows, 59)).trials[0].convention.rounding == {"percentages": "nearest"}
    rows[5] = "48%"  # 28 of 59 is 47.46 %, which a table with one decimal would have made 48
    convention = reanalyse(paper_of(rows, 59)).trials[0].convention
    assert convention.rounding == {"percentages": "nearest"}
    assert convention.evidence["alone"]["rounding:percentages"]["printed"] == ["c5"]
    assert convention.evidence["not_printed"] == ["c5"]


def test_damaged_intervals_buy_no_common_transform():
    """Each may be of a curve or a model, off centre: that explains it alone, and says nothing of the paper."""
    paper = intervals_of([5, 12, 21, 33], 50, Printing("clopper-pearson", decimals=1))
    damaged = [replace(paper.claims[k], value=R(text)) for k, text in ((1, "24.3%"), (2, "42.4%"))]
    report = reanalyse(replace(paper, claims=(paper.claims[0], *damaged, paper.claims[3])))
    convention = report.trials[0].convention
    assert report["c1"].verdict.printed == report["c2"].verdict.printed == "explained"
    assert convention.km_transform is None and convention.evidence["not_printed"] == ["c1", "c2"]
    assert (convention.rounding, convention.binomial_method) == ({"percentages": "nearest"}, "clopper-pearson")


def test_what_rests_on_two_claims_is_not_predicted_by_the_other_one():
    """Without one of them the other would be alone, and no convention."""
    for some, predicted in ((2, False), (3, True)):
        report = reanalyse(paper_of([*TWICE[:some], "39%", "51%", "20%", "10%"], 59))
        assert report.trials[0].convention.rounding == {"percentages": "twice"}
        under = next(one.under for one in report.findings if (one.claim, one.check) == ("c0", "percent-count"))
        assert under["fits"] and under["predicted"] is predicted


def test_three_claims_that_need_it_are_still_alienors():
    convention = reanalyse(load_trial("alienor")).trials[0].convention
    assert convention.rounding == {"percentages": "twice"} and convention.evidence["alone"] == {}


# --------------------------------------------------------------------------------------------------
# What it says of denominators
# --------------------------------------------------------------------------------------------------
def test_what_would_do_as_well_prints_the_same_claim():
    convention = reanalyse(load_trial("lms03")).trials[0].convention
    assert set(convention.evidence["ties"]["n:combination"]) == {105, 104, 101, 96}
    (sentence,) = [one for one in evidence_in_words(convention) if one.startswith("One percentage (best-response)")]
    assert "(101 would do as well; 104 or 96 cost no more, but print other results instead)" in sentence
    value = next(claim for claim in load_trial("lms03").claims if claim.id == "best-response").value
    prints = [n for n in (105, 104, 101, 96) if any(value.range().admits(x / n) for x in range(n + 1))]
    assert prints == [105, 101]


def test_alternatives_that_print_a_claim():
    families = {"n": {10: 1.0, 20: 1.0}}
    search = JointSearch([[Candidate({"n": 10})], [Candidate({"n": 20})]], families, 8.0)
    assert search.alternatives == {"n": (10, 20)}
    assert search.alternatives_printing((1,)) == {"n": (20,)}
    assert search.alternatives_printing((0, 1)) == {}


def two_arms(rows, sizes):
    arms = tuple(Arm(name, name, {"randomised": Size(R(str(n)))}) for name, n in zip("ab", sizes, strict=True))
    claims = []
    for k, (first, second, p) in enumerate(rows):
        claims += [
            Estimate(id=f"r{k}{arm}", measure="proportion", value=R(text), arms=(arm,))
            for arm, text in zip("ab", (first, second), strict=True)
        ]
        claims.append(Comparison(id=f"p{k}", of=(f"r{k}a", f"r{k}b"), p=PValue(R(p))))
    return Paper(id="arms", arms=arms, claims=tuple(claims))


def test_pairs_of_denominators_are_those_of_the_public_search():
    (pairs,) = reanalyse(load_trial("a021202")).trials[0].convention.evidence["pairs"]
    by_convention = {tuple(pair) for some in pairs["pairs"].values() for pair in some}
    rows = [("84%", "47%", "<.001"), ("8%", "0%", ".017")]
    public = ts.search.infer_denominator_pairs(rows, first=97, second=74, sided=None)
    assert by_convention == {(pair.n1, pair.n2) for pair in public}
    assert len(by_convention) == 21 and pairs["searched"] == public.searched == 80
    assert public.share == pytest.approx(21 / 80)


def test_words_for_percentages_of_another_rounding_are_one_to_one():
    assert len({percentages_rounded(name) for name in PERCENTAGE_ROUNDINGS}) == len(PERCENTAGE_ROUNDINGS)


@pytest.mark.parametrize(
    "pairs, says",
    [
        ({"fisher, two-sided": [[9, 9]]}, "1 prints all their percentages and P values by some test or other"),
        ({"fisher, two-sided": [[9, 9], [9, 8]]}, "2 print all their"),
        ({"fisher, two-sided": [[9, n] for n in range(11)]}, "these P values say little about the denominators"),
    ],
)
def test_how_much_pairs_say_depends_on_how_many_there_are(pairs, says):
    inferred = {"n:a": {"ordinary": False, "discriminating": [], "printed": []}}
    evidence = {
        "claims": 1, "printed": 1, "not_printed": [], "inferred": inferred,
        "pairs": [{"families": ["n:a/", "n:b/"], "searched": 100, "pairs": pairs}],
    }  # fmt: skip
    (sentence,) = evidence_in_words(PaperConvention(two_arm_test="fisher", evidence=evidence))
    assert says in sentence
    assert ("say little" in sentence) == (len(pairs["fisher, two-sided"]) > 10)


# --------------------------------------------------------------------------------------------------
# Length, and the paper's own explanation
# --------------------------------------------------------------------------------------------------
def test_the_paragraph_of_a_long_paper_names_three_and_counts_the_rest():
    counts = [2 * k + 1 for k in range(30)]
    rows = [f"{100 * x / 83:.1f}%" for x in counts]
    convention = reanalyse(paper_of(rows, 90)).trials[0].convention
    for sentence in evidence_in_words(convention):
        assert len(re.findall(r"\bc\d+\b", sentence)) <= 3, sentence
        assert len(sentence) < 330, sentence
    assert any("others" in sentence for sentence in evidence_in_words(convention))


def test_the_papers_own_explanation_is_shown_first_where_it_costs_the_same():
    report = reanalyse(intervals_of((43, 20, 61), 83, Printing("jeffreys"), printed=90))
    assert report.trials[0].convention.denominators["a"] == {"inferred": 83}
    for finding in report.findings:
        own = (finding.under or {}).get("explanation")
        if own is None:
            continue
        (row,) = [
            one for one in report.table.trials[0].rows if (one.claim, one.check) == (finding.claim, finding.check)
        ]
        shown = f"{own.x} of {own.n}"
        assert shown in row.how
        if own.cost <= finding.explanations[0].cost + 1e-9:
            assert row.how.startswith(shown) and f"as cheap: {finding.how}" in row.how
        else:
            assert row.how.startswith(finding.how) and "by the paper's convention" in row.how


# --------------------------------------------------------------------------------------------------
# The check of several percentages
# --------------------------------------------------------------------------------------------------
def test_percentages_that_need_another_rounding_are_said_to():
    report = reanalyse(paper_of(["48%", "39%", "51%"], 59), select=["denominators"])
    (finding,) = [one for one in report.findings if one.check == "denominators"]
    assert "rounded twice, through one more decimal" in finding.message
    assert "under plain rounding" in finding.message
    assert "rounded twice" in finding.how
