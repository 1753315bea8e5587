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
    "means before and after, with words for when": {
        "The mean number of colds per pupil fell from 2.4 in the year before training to 1.1 in the year after.": [
            "mean 2.4",
            "mean 1.1",
        ],
        "Mean pain fell from 6.4 at entry to 3.1 at week 8.": ["mean 6.4", "mean 3.1"],
    },
    "number of patients beside a median": {
        "Median zinc was 0.84 (IQR 0.61-1.02, n=58) in boys and 0.66 (0.43-0.97, n=54) in girls.": [
            "median 0.84 0.61 1.02 iqr 58",
            "median 0.66 0.43 0.97 iqr 54",
        ],
        "Mean weight was 72 kg (n=41; SD 9) with milk.": ["mean 72 9 sd 41 kg"],
    },
    "quartiles with their short form and unit": {
        "Median reach was 14 cm (interquartile range [IQR] 12-17 cm).": ["median 14 12 17 iqr cm"],
        "Median stay was 4 days (interquartile range [IQR] 2-9 days).": ["median 4 2 9 iqr days"],
    },
    "two means with their SD in brackets": {
        "Mean onset was 36 (SD 13) s. Rest was shorter in boys (93 (24) vs 128 (51) s, P < 0.001).": [
            "mean 36 13 sd",
            "mean 93 24 sd",
            "mean 128 51 sd s",
        ],
        "Mean onset was 42 (SD 11) s. Falls were as rare in boys (12 (20) vs 15 (25), P = 0.7).": [
            "mean 42 11 sd",
            "count 12",
            "count 15",
        ],
    },
    "two values told in turn": {
        "Sensitivity and specificity of tea were 0.83 and 0.79, respectively.": ["mean 0.83", "mean 0.79"],
        "Titers were alike (727.4 and 834.4 units/ml, respectively).": ["mean 727.4", "mean 834.4"],
        "The rowers were 2 and 3, respectively.": [],
    },
    "changes within groups": {
        "With tea twice daily, zinc decreased by 44% from baseline.": ["mean 44 %"],
        "Walking was prolonged by 109% in the tea group and by 12% in the milk group.": ["mean 109 %", "mean 12 %"],
        "There was a fall of 71% in the tea group versus 6% in the milk group.": ["mean 71 %", "mean 6 %"],
        "The small group had a 31% reduction in mortality and a 42% decrease in deaths.": [
            "relative-reduction 31 %",
            "relative-reduction 42 %",
        ],
        "The improvement rate was 49% at week 6.": ["proportion 49 %"],
        "Tea reduced the risk of gout by 31% in men and by 22% in women.": [
            "relative-reduction 31 %",
            "relative-reduction 22 %",
        ],
        "Rates of loss at follow up were 17% and 13%.": ["proportion 17 %", "proportion 13 %"],
    },
    "shares that could be had": {
        "In all, 32% of the women could restore their sleep.": ["proportion 32 %"],
        "Some 50% of the women could be cured.": [],
    },
    "rate told before its numbers": {
        "Rash was rare (IR/100 patient-exposure years 7.3 vs. 4.6).": [
            "rate 7.3 per 100 patient-years",
            "rate 4.6 per 100 patient-years",
        ],
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
    "second ratio without an interval": {
        "The hazard ratio (HR) for tea versus milk was 0.63 for the young (P < .001) and 0.57 for the old (P = .02).": [
            "hazard-ratio 0.63",
            "hazard-ratio 0.57",
        ],
        "The odds ratio was 0.54 for stroke (P = .03) and 0.60 for death (P = .02).": [
            "odds-ratio 0.54",
            "odds-ratio 0.60",
        ],
        # Other decimals are of something else.
        "The odds ratio was 0.54 for stroke (P = .03) and 60.1 for weight (P = .02).": ["odds-ratio 0.54"],
    },
    "ratio behind a limit with its unit": {
        "Tea was better (relative risk for water loss greater than 750 ml 0.62; 95% CI 0.53 to 0.73).": [
            "risk-ratio 0.62 0.53 0.73 confidence"
        ],
        "The relative risk of water loss was 0.62 (95% CI 0.53 to 0.73).": ["risk-ratio 0.62 0.53 0.73 confidence"],
    },
    "spread in a bracket as the one before, behind a longer unit": {
        "Median zinc was 83 pg/mL (IQR 64-107) at first and rose by 512 pg/mL (291-768).": [
            "median 83 64 107 iqr pg",
            "median 512 291 768 iqr pg",
        ],
        "Mean zinc was 6.6 mmol/L (SD 1.1) with tea and 7.2 mmol/L (1.4) with milk.": [
            "mean 6.6 1.1 sd mmol",
            "mean 7.2 1.4 sd mmol",
        ],
    },
    "interval of two means told with their SD": {
        "Mean zinc was 0.86 mmol/L (±0.8) with tea and 0.82 mmol/L (±0.7) with milk (P = .86, 95% CI -0.08 to 1.10).": [
            "mean 0.86 0.8 sd mmol",
            "mean 0.82 0.7 sd mmol",
            "difference -0.08 1.10 confidence",
        ],
        # Behind one mean alone the interval is its own.
        "The mean change was 0.86 mmol/L (±0.8) (95% CI -0.08 to 1.10).": [
            "difference 0.86 -0.08 1.10 confidence mmol/L"
        ],
    },
    "spread with two signs, and without a word behind another": {
        "Mean age was 47.2 (SD±4.1) years.": ["mean 47.2 4.1 sd"],
        "Sleep filled 65.6% [SD 8.1] with tea vs 76.2% [6.4] with milk.": ["mean 65.6 8.1 sd %", "mean 76.2 6.4 sd %"],
        # Other decimals, and another unit.
        "Sleep filled 65.6% [SD 8.1] with tea vs 76.2% [6] with milk.": ["mean 65.6 8.1 sd %", "proportion 76.2 6 %"],
        "Sleep filled 65.6% [SD 8.1] with tea and a median of 8 days [6.4].": ["mean 65.6 8.1 sd %", "median 8 days"],
    },
    "effect size, and what an effect costs": {
        "The effect size was 0.36 (P < 0.001).": ["other 0.36"],
        "The incremental cost-effectiveness ratio was $15,212 per QALY gained.": ["other 15212"],
        "Effect sizes were looked at in 36 adults.": [],
    },
    "those of whom some are told": {
        "Of 25 rowing patients with gout, 19 had slept.": ["count 19"],
        "Of 25 patients screened, 19 had slept.": ["count 25", "count 19"],
    },
    "part by rank": {
        "Rowers in the top 30% by dose slept (24% vs 12%).": ["proportion 24 %", "proportion 12 %"],
        "Relief was highest with tea: 30% of rowers.": ["proportion 30 %"],
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
        # A few, and one of a few.
        "Rowers had one to four prevalent fractures.",
        "They received one of two drugs.",
        # A dose, beside people.
        "Adults received 40 mg once daily and had a rest.",
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


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Recovery to the entry threshold was seen in 41% of rowers.", 1),
        ("A rise above the pain threshold was seen in 41% of rowers.", 1),
        ("Relief was seen in 41% of rowers and no formal hypothesis testing was done.", 1),
        ("Relief was seen in 41% of rowers in these hypothesis-generating analyses.", 1),
        ("The threshold for relief was 41%.", 0),
        ("We hypothesised relief in 41% of rowers.", 0),
    ],
)
def test_a_limit_that_was_reached_and_a_test_that_was_not_made(text, rows):
    assert len(shown(text)) == rows


def test_the_width_of_a_spread_is_no_value():
    text = "The median stay was 26.5 months (interquartile range, 40), and rowers slept for a median of 7.2 hours."
    assert shown(text) == ["median 26.5 months", "median 7.2 hours"]
