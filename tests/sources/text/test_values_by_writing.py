"""Results without an interval in further forms of writing. The sentences are made up."""

from __future__ import annotations

import pytest

from trialstats.sources.rows import rows_from_paper
from trialstats.sources.text.reading import extract

SHOWN = ("measure", "value", "lower", "upper", "spread", "x", "n", "unit")


def shown(text):
    """Return the rows of a text in short, P values left out."""
    rows = rows_from_paper(extract(text))["rows"]
    return [" ".join(row[key] for key in SHOWN if row[key]) for row in rows if row["measure"] != "p-only"]


READ = {
    "rate told before its numbers": {
        "Rash was rare (IR/100 patient-exposure years 6.7 vs. 5.1).": ["rate 6.7", "rate 5.1"],
        "Falls per 100 person-years: 6.7 v 5.1.": ["rate 6.7 per 100 person-years", "rate 5.1 per 100 person-years"],
    },
    "median by its abbreviation": {
        "The median stay (MSY) was known. In boys MSY was 7.1 vs 4.8 months.": ["median 7.1", "median 4.8 months"],
        "There was no difference by age (mPFS 33.2 vs. 24.4 months).": ["mean 33.2", "mean 24.4 months"],
        "The median survival (MS) was known. Men were no worse (MS 33.2 vs. 24.4 months, P = .7).": [
            "median 33.2",
            "median 24.4 months",
        ],
    },
    "median of a response": {
        "Median duration of response (DOR) reached 5.3 months.": ["median 5.3 months"],
        "The median time to response was 2.1 weeks.": ["median 2.1 weeks"],
    },
    "pair behind what it changed by": {
        "The mean leaf area was 31.2% greater (18370 v. 14002 μm2/100 μm).": [
            "other 31.2 %",
            "mean 18370",
            "mean 14002",
        ],
        "The median leaf rim was 22.4% greater (311.5 v. 254.5 μm).": [
            "other 22.4 %",
            "median 311.5",
            "median 254.5 µm",
        ],
    },
    "range with a number in words": {
        "The mean number of visits was 7.9 (range, one to 44).": ["mean 7.9 1 44 range"],
        "The mean number of falls was 5.0 (range, two to 38).": ["mean 5.0 2 38 range"],
    },
    "percentages behind the counts of both arms": {
        "Rash was seen in 23 of 167 boys and 11 of 162 girls (13.8% vs. 6.8%).": [
            "proportion 13.8 23 167 %",
            "proportion 6.8 11 162 %",
        ],
        "Rash was seen in 18 and 37 patients, respectively (12.0% vs. 24.7%).": [
            "proportion 12.0 18 %",
            "proportion 24.7 37 %",
        ],
    },
    "volumes held against each other": {
        "There was less bleeding (317 mL vs. 615 mL) at home.": ["mean 317 ml", "mean 615 ml"],
        "There was more drainage (31.5 mL vs. 61.5 mL) at home.": ["mean 31.5 ml", "mean 61.5 ml"],
    },
    "alpha that is no level": {
        "Interferon alpha was tolerable; 29% of patients required a break.": ["proportion 29 %"],
        "TNF-alpha was low; 29% of patients had a rash.": ["proportion 29 %"],
    },
    "difference per so many": {
        "The difference from placebo in density was -2.7 cells per 100 cells (95% CI, -7.6 to 2.2).": [
            "difference -2.7 -7.6 2.2 confidence"
        ],
    },
}


@pytest.mark.parametrize("form", READ)
def test_what_a_form_says_is_read(form):
    assert {text: shown(text) for text in READ[form]} == READ[form]


@pytest.mark.parametrize(
    "text",
    [
        # A number that goes on a name.
        "Adults were stabilised on LUM 400 and then were assigned to LUM 400 or not.",
        "More patients on LUM 400 than on placebo had a rash; LUM 400 was safe.",
        # A power of ten.
        "Adults took the interferon (3 x 10(6) U in the evening).",
        # A dose by its isodose.
        "The dose was prescribed to the 80% isodose volume.",
        # What an interval had to lie within.
        "All areas (90% CI) lay inside 80 to 125%, as was required.",
        "All areas were within standard bounds (90% CI 0.80-1.25).",
        # Times of a list.
        "The mean change at six and 12 months was looked at.",
        # How many were looked at.
        "Pain was measured on a scale at follow-up (n = 96).",
        # A threshold.
        "The significance threshold for relief was p=0.0086 (one-sided) at the interim look.",
    ],
)
def test_what_only_looks_like_a_result_is_none(text):
    assert extract(text).claims == ()


def test_a_p_behind_a_ratio_is_not_that_of_the_rate_before():
    text = "Survival was 95% (95% CI, 93% to 97%) and 96% (95% CI, 94% to 98%; hazard ratio [HR], 0.81; P = .45)."
    assert [(one.measure, one.p and one.p.value.digits) for one in extract(text).claims][-2:] == [
        ("survival", None),
        ("hazard-ratio", "0.45"),
    ]


def test_a_unit_per_so_many_is_no_estimate():
    text = "Area was greater (276 v. 216 cells/100 mm; 95% CI of difference 16.3 to 146.2 mm)."
    assert all(one.value is None or one.value.digits != "100" for one in extract(text).claims)
