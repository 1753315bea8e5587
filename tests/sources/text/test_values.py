"""Results without an interval: what is one, what is none, and how it is measured. The sentences are made up."""

from __future__ import annotations

import pytest

from trialstats.claims.model import Comparison
from trialstats.sources.rows import rows_from_paper
from trialstats.sources.text.reading import extract

SHOWN = ("measure", "value", "lower", "upper", "spread", "x", "n", "unit")


def shown(text):
    """Return the rows of a text in short, P values left out."""
    rows = rows_from_paper(extract(text))["rows"]
    return [" ".join(row[key] for key in SHOWN if row[key]) for row in rows if row["measure"] != "p-only"]


READ = {
    "spread behind ±": {
        "Mean pain scores were 31.4 ± 8.2 at night.": ["mean 31.4 8.2 sd"],
        "The mean score was 3.1 ± 0.4 (SEM).": ["mean 3.1 0.4 se"],
    },
    "spread with its name": {
        "The mean weight was 71.2 (SD 9.4) kg at entry.": ["mean 71.2 9.4 sd"],
        "The mean weight was 71.2 kg (SE 0.4) at entry.": ["mean 71.2 0.4 se kg"],
        "Median sleep was 6.5 hours (IQR 5.5 to 7.0) on quiet wards.": ["median 6.5 5.5 7.0 iqr hours"],
        "The median stay was 4 days (range 2 to 19) at home.": ["median 4 2 19 range days"],
    },
    "spread named before": {
        "Mean (SD) weight was 71.2 (9.4) kg.": ["mean 71.2 9.4 sd kg"],
        "Median (IQR) stay was 4 (3-6) days.": ["median 4 3 6 iqr"],
    },
    "range of results": {
        "Relapse rates ranged from 12% to 30%.": ["proportion 12 30 range"],
    },
    "count of": {
        "Pain was rare in 5 of 40 knees.": ["count 5 40"],
        "Of these, 12/30 eyes were dry.": ["count 12 30"],
        "Wheezing was heard in 14 of 52 children.": ["count 14 52"],
    },
    "pair": {
        "In summer 47 versus 32 falls occurred.": ["count 47", "count 32"],
        "Scores were 4.2 v 5.1 points on the scale.": ["mean 4.2", "mean 5.1 points"],
        "More children needed a tube (21 v 8).": ["count 21", "count 8"],
    },
    "percentage": {
        "Relief was reported by 41% of patients.": ["proportion 41 %"],
        "Relapse-free survival at 2 years was 71%.": ["survival 71 %"],
        "The median HbA1c was 7.2%.": ["median 7.2 %"],
        "The mean ejection fraction rose to 48%.": ["mean 48 %"],
    },
    "change": {
        "Costs were reduced by 14% in spring.": ["relative-reduction 14 %"],
        "The absolute difference was 5 percentage points.": ["difference 5 percentage"],
    },
    "word that governs": {
        "Median survival was 12.4 months.": ["median 12.4 months"],
        "The mean score was 3.1 in spring.": ["mean 3.1"],
        "The hazard ratio was 0.71.": ["hazard-ratio 0.71"],
        "Falls occurred at 3.1 per 100 person-years.": ["rate 3.1 per 100 person-years"],
    },
    "count of what follows": {
        "There were 24 deaths and 9 strokes.": ["count 24", "count 9"],
        "One woman died.": ["count 1"],
    },
    "beside a result": {
        "Relief lasted a median of 4.2 and 4.0 months.": ["median 4.2", "median 4.0 months"],
        "Deaths were rare, and none died; 24 deaths and 19 in spring.": ["count 0", "count 24", "count 19"],
    },
}


@pytest.mark.parametrize(("text", "lines"), [pair for kind in READ.values() for pair in kind.items()])
def test_a_result_without_interval_is_read(text, lines):
    assert shown(text) == lines


@pytest.mark.parametrize(
    "text",
    [
        "We planned to find a 20% drop with 90% power.",
        "The hazard ratio to be detected was 0.71 with 90% power.",
        "Inclusion criteria were a score of 12 and 3 attacks.",
        "Patients took 20 mg daily for 12 weeks.",
        "In 2012 the ward had 30 beds.",
        "Women aged 40 years were seen at week 12.",
        "Eligible patients had less than 40% stenosis.",
        "The ward had 3 phases, SF-36 scores and grade 3 events.",
        "The margin was 12%.",
        "A p value below 5% was considered significant.",
        "Registration number 12345678; doi:10.1000/182.",
        "It was diluted in 5% dextrose.",
    ],
)
def test_what_is_no_result_is_none(text):
    assert shown(text) == []


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Lumarin helped at once. Lumarin 20 mg, in 40% dextrose, gave relief in 12%.", ["proportion 12 %"]),
        ("At 12 months 41% slept well.", ["proportion 41 %"]),
        ("In grade 3 sprains there were 9 falls.", ["count 9"]),
    ],
)
def test_a_result_is_told_from_other_numbers_of_its_sentence(text, read):
    assert shown(text) == read


def test_numbers_beside_the_name_of_an_arm_are_measured_as_the_result_before_them():
    text = (
        "We randomly assigned 80 adults to lumarin (n = 40) or placebo (n = 40). The mean score was 33.1 for lumarin, "
        "with a good sleep, and 36.2 for placebo."
    )
    assert shown(text) == ["mean 33.1", "mean 36.2"]


def test_a_number_belongs_to_one_claim():
    text = "Mean (SD) scores were 31.4 (8.2), 14 of 52 children slept, and 41% (5 of 12) of girls (hazard ratio 0.71)."
    rows = rows_from_paper(extract(text))["rows"]
    starts = [place[0] for row in rows for place in row["places"].values() if place is not None]
    assert len(starts) == len(set(starts)) == 8


def test_comparisons_are_of_the_values_read():
    paper = extract("The mean score was 61.2 versus 58.9 (P = .30).")
    (comparison,) = [claim for claim in paper.claims if isinstance(claim, Comparison)]
    assert [str(claim.value) for claim in paper.claims if claim.id in comparison.of] == ["61.2", "58.9"]
