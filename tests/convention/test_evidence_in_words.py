"""What is said of a paper's convention: which claims speak for it, what would do as well, and how much that says."""

from __future__ import annotations

import re

import pytest
from tests.convention.one_arm import intervals_of, paper_of

import trialstats as ts
from trialstats.findings import PaperConvention
from trialstats.reanalysis import reanalyse
from trialstats.report.evidence_words import evidence_in_words
from trialstats.reported import Reported
from trialstats.sources.trial_file import load_trial

R = Reported


# --------------------------------------------------------------------------------------------------
# Denominators
# --------------------------------------------------------------------------------------------------
def test_what_would_do_as_well_prints_the_same_claim():
    convention = reanalyse(load_trial("lms03")).trials[0].convention
    assert set(convention.evidence["ties"]["n:combination"]) == {105, 104, 101, 96}
    (sentence,) = [one for one in evidence_in_words(convention) if one.startswith("One percentage (best-response)")]
    assert "(101 would do as well; 104 or 96 cost no more, but print other results instead)" in sentence
    value = next(claim for claim in load_trial("lms03").claims if claim.id == "best-response").value
    prints = [n for n in (105, 104, 101, 96) if any(value.range().admits(x / n) for x in range(n + 1))]
    assert prints == [105, 101]


def test_pairs_of_denominators_are_those_of_the_public_search():
    (pairs,) = reanalyse(load_trial("a021202")).trials[0].convention.evidence["pairs"]
    by_convention = {tuple(pair) for some in pairs["pairs"].values() for pair in some}
    rows = [("84%", "47%", "<.001"), ("8%", "0%", ".017")]
    public = ts.search.infer_denominator_pairs(rows, first=97, second=74, sided=None)
    assert by_convention == {(pair.n1, pair.n2) for pair in public}
    assert len(by_convention) == 21 and pairs["searched"] == public.searched == 80
    assert public.share == pytest.approx(21 / 80)


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
    report = reanalyse(intervals_of((43, 20, 61), 83, "jeffreys", printed=90))
    assert report.trials[0].convention.denominators["a"] == {"inferred": 83}
    for finding in report.findings:
        own = finding.under and finding.under.explanation
        if own is None:
            continue
        (row,) = [
            one for one in report.table.trials[0].records if (one.claim, one.check) == (finding.claim, finding.check)
        ]
        shown = f"{own.x} of {own.n}"
        assert shown in row.how
        if own.cost <= finding.explanations[0].cost + 1e-9:
            assert row.how.startswith(shown) and f"as cheap: {finding.how}" in row.how
        else:
            assert row.how.startswith(finding.how) and "by the paper's convention" in row.how
