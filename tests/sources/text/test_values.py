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
        "The absolute difference was 5 percentage points.": ["difference 5 percentage points"],
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
        "Relief lasted a median of 4.2 and 4.0 months.": ["median 4.2 months", "median 4.0 months"],
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


# Classes of writing, with two sentences each.
CLASSES = {
    "events by arm behind all of them": {
        "A total of 301 deaths had occurred (134 in the one group and 167 in the other).": [
            "count 301", "count 134", "count 167",
        ],
        "There were 69 relapses (33 with care and 36 without).": ["count 69", "count 33", "count 36"],
    },
    "number of events": {
        "The number of second cancers was 168 in the ward and 190 at home.": ["count 168", "count 190"],
        "The number of new falls was 12 in spring.": ["count 12"],
    },
    "counts among": {
        "There were 79 fallers among the 212 women.": ["count 79 212"],
        "We saw 31 relapses among 88 children.": ["count 31 88"],
    },
    "both counts before both percentages": {
        "It was seen in 163 adults at home and 169 at work (2.04% vs 2.12%).": [
            "proportion 2.04 163 %", "proportion 2.12 169 %",
        ],
        "It was seen in 12 boys and 24 girls (24% v 48%).": ["proportion 24 12 %", "proportion 48 24 %"],
    },
    "rate behind its events": {
        "336 falls (22.4 per 100 patient-years) were seen.": ["rate 22.4 336 per 100 patient-years"],
        "We saw 40 strokes (1.2 per 1000 person-years).": ["rate 1.2 40 per 1000 person-years"],
    },
    "rate by its name": {
        "The annualized relapse rate was 0.11 with it and 0.24 without.": ["rate 0.11", "rate 0.24"],
        "A fracture rate of 1.3 was seen.": ["rate 1.3"],
    },
    "list with one unit": {
        "Duration of pain was 0.9, 1.6, 1.1, and 0.9 days, respectively.": [
            "mean 0.9 days", "mean 1.6 days", "mean 1.1 days", "mean 0.9 days",
        ],
        "Time to relapse was 16 and 25 months.": ["median 16 months", "median 25 months"],
    },
    "by how much": {
        "It gave an 8-point reduction in the score.": ["difference 8"],
        "A 2.3-kg increase was seen.": ["difference 2.3"],
    },
    "fewer": {
        "They had 4.2, 4.8, and 25.0 fewer deaths, respectively.": [
            "difference 4.2", "difference 4.8", "difference 25.0",
        ],
        "It caused 1.5 and 2.5 additional falls.": ["difference 1.5", "difference 2.5"],
    },
    "change in brackets": {
        "Flow was higher than with water (+28.7 l/min; P < .001).": ["difference 28.7 l"],
        "Weight was lower than at home (-2.1 kg).": ["difference -2.1 kg"],
    },
    "mean over a bracket": {
        "Mean changes in haemoglobin (Hb) were similar at 1.9 g/dL.": ["mean 1.9 g"],
        "The mean score (at night) was 3.1.": ["mean 3.1"],
    },
    "percentages of a median": {
        "Median changes in the marker (PINP) were 52.6% and 74.5%.": ["median 52.6 %", "median 74.5 %"],
        "The median loss (of weight) was 12%.": ["median 12 %"],
    },
    "follow-up behind its number": {
        "At 21.5 months median follow-up, 12% had a relapse.": ["median 21.5 months", "proportion 12 %"],
        "At 3 years of mean follow-up, 12% had a relapse.": ["mean 3 years", "proportion 12 %"],
    },
    "ratio relative to an arm": {
        "Relief was seen (odds ratio relative to placebo 1.7).": ["odds-ratio 1.7"],
        "Relief was seen (hazard ratio versus placebo 0.7).": ["hazard-ratio 0.7"],
    },
    "number behind versus": {
        "Relapse was seen in 17% vs.4%.": ["proportion 17 %", "proportion 4 %"],
        "Relapse was seen in 1.4%vs.6.4%.": ["proportion 1.4 %", "proportion 6.4 %"],
    },
    "number behind a name": {
        "Relapse was seen in 12 (3.4%) in arm 1 and 16 (4.4%) in arm 2.": [
            "proportion 3.4 12 %", "proportion 4.4 16 %",
        ],
        "18 (20%) had grade 3 and 63 (68%) grade 4 events.": ["proportion 20 18 %", "proportion 68 63 %"],
    },
    "results of a sentence on a plan": {
        "In a planned interim analysis, relief was seen in 41%.": ["proportion 41 %"],
        "Relief was seen in 41%, as would be expected.": ["proportion 41 %"],
        "Relapse was 8% versus 15%, which lay well within the predefined margin of 10%.": [
            "proportion 8 %", "proportion 15 %",
        ],
    },
    "ratios between two": {
        "It reduced stroke (ORs between 0.24 and 0.42).": ["odds-ratio 0.24 0.42 range"],
        "Odds ratios (ORs) ranging between 0.41 and 0.72 were seen.": ["odds-ratio 0.41 0.72 range"],
    },
    "percentage points": {
        "There was a small excess of deaths (0.4 percentage points).": ["difference 0.4 percentage points"],
        "Relief was rarer, by 3 percentage points.": ["difference 3 percentage points"],
    },
    "each with its P": {
        "Increases were seen: 104.2/mm3 (P = .008) and 128.4 cells (P = .002).": ["mean 104.2", "mean 128.4"],
        "Decreases were seen: 3.5 mm (P = .008) and 2.5 mm (P = .002).": ["mean 3.5 mm", "mean 2.5 mm"],
    },
    "one of several": {
        "Four events led to death (one in the ward and three at home).": ["count 4", "count 1", "count 3"],
        "Two falls occurred (one in spring and one in autumn).": ["count 2", "count 1", "count 1"],
    },
}  # fmt: skip


@pytest.mark.parametrize(("text", "lines"), [pair for kind in CLASSES.values() for pair in kind.items()])
def test_a_class_of_writing_is_read(text, lines):
    assert shown(text) == lines


@pytest.mark.parametrize(
    "text",
    [
        # A schedule, a unit, a ratio of allocation, a date, a year, a name.
        "It was given on days 1, 8, and 15 of a 28-day cycle.",
        "They received 75 mg/m(2) on day 1.",
        "Adults were randomised 2:2:1 with care.",
        "It ran from May 8, 2020, to May 14, 2021.",
        "© 2023 Made-up Press and the authors.",
        "LUMAR 2 was a trial.",
        # Limits and shares that are no result.
        "Weight loss (5% or more v less) was a stratum.",
        "The lower limit was to be greater than -5%.",
        "They ate a diet of 39%E fat and 25% protein.",
        "They received 0.5% hypobaric ropivacaine.",
        "The accrual goal was 360 patients.",
        "It would close if seven patients progressed.",
        "They were given one of these: 1) lumarin in the morning or 2) water.",
    ],
)
def test_what_only_looks_like_a_class_is_none(text):
    assert shown(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "P < .05 was considered significant.",
        "Significance was set at P < .05.",
        "All P values are nominal (one-sided P < .025).",
    ],
)
def test_a_level_of_significance_tests_nothing(text):
    assert rows_from_paper(extract(text))["rows"] == []


def test_a_p_value_behind_a_subgroup_is_of_its_ratio():
    text = "The hazard ratio was 0.54 for the northern subgroup (P < .001) and 0.50 for the southern one."
    (row, *_) = rows_from_paper(extract(text))["rows"]
    assert (row["value"], row["p"]["value"]) == ("0.54", ".001")


def test_doses_beside_results_are_not_compared():
    text = "Relief was seen with vortix 10 mg (n = 170/573; OR 1.7, P < .001) and vortix 20 mg (n = 144/447; OR 1.6)."
    assert shown(text) == ["count 170 573", "odds-ratio 1.7", "count 144 447", "odds-ratio 1.6"]
