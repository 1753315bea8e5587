"""One claim makes no convention of a paper: two that need a less ordinary rule do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.convention.one_arm import intervals_of, paper_of

from trialstats.reanalysis import reanalyse
from trialstats.report.words import convention_in_words
from trialstats.reported import Reported
from trialstats.sources.trial_file import load_trial

R = Reported


# Percentages of 59 patients that come out one higher through a table with one decimal: 47.46 is 47.5, then 48.
TWICE = [f"{int(tenths / 10 + 0.5)}%" for x in range(60)
         if int((tenths := int(1000 * x / 59 + 0.5)) / 10 + 0.5) != int(100 * x / 59 + 0.5)]  # fmt: skip


def test_one_percentage_buys_no_rounding_for_the_paper():
    report = reanalyse(paper_of(["48%", "39%", "51%"], 59))
    convention = report.trials[0].convention
    assert convention.rounding == {"percentages": "nearest"}
    assert convention.evidence["not_printed"] == ("c0",)
    assert convention.evidence["alone"]["rounding:percentages"] == {
        "choice": "twice", "printed": ("c0",), "of": "percentage",
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
    paper = intervals_of(counts, 59, "clopper-pearson")
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
    assert convention.evidence["alone"]["rounding:percentages"]["printed"] == ("c5",)
    assert convention.evidence["not_printed"] == ("c5",)


def test_damaged_intervals_buy_no_common_transform():
    """Each may be of a curve or a model, off centre: that explains it alone, and says nothing of the paper."""
    paper = intervals_of([5, 12, 21, 33], 50, "clopper-pearson", decimals=1)
    damaged = [replace(paper.claims[k], value=R(text)) for k, text in ((1, "24.3%"), (2, "42.4%"))]
    report = reanalyse(replace(paper, claims=(paper.claims[0], *damaged, paper.claims[3])))
    convention = report.trials[0].convention
    assert (report["c1"].verdict.printed, report["c2"].verdict.printed) == ("hard to explain", "explained")
    assert convention.km_transform is None and convention.evidence["not_printed"] == ("c1", "c2")
    assert (convention.rounding, convention.binomial_method) == ({"percentages": "nearest"}, "clopper-pearson")


def test_what_rests_on_two_claims_is_not_predicted_by_the_other_one():
    """Without one of them the other would be alone, and no convention."""
    for some, predicted in ((2, False), (3, True)):
        report = reanalyse(paper_of([*TWICE[:some], "39%", "51%", "20%", "10%"], 59))
        assert report.trials[0].convention.rounding == {"percentages": "twice"}
        under = next(one.under for one in report.findings if (one.claim, one.check) == ("c0", "percent-count"))
        assert under.fits and under.predicted is predicted


def test_three_claims_that_need_it_are_still_alienors():
    convention = reanalyse(load_trial("alienor")).trials[0].convention
    assert convention.rounding == {"percentages": "twice"} and convention.evidence["alone"] == {}
