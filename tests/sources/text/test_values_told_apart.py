"""Numbers that are told apart from the value before them: limits, doses, spreads, other measures. Made-up sentences."""

from __future__ import annotations

import pytest
from tests.sources.text.test_values_by_writing import shown

READ = {
    "counts of the other arm": {
        "Gout came to 29 of 318 mothers whose tea was hot and to 51 of 322 whose tea was cold.": [
            "count 29 318",
            "count 51 322",
        ],
    },
    "cases among people": {
        "We saw 24 cases of proven acute summer gout among 3,140 adults.": ["count 24 3140"],
    },
    "means of percentages with the sizes of their arms": {
        "The mean change in sugar was -1.41% with tea (n = 130) and -0.62% with milk (n = 128).": [
            "mean -1.41 %",
            "mean -0.62 %",
        ],
        "Sugar fell by a mean of 21.4% on tea (n = 96) and 3.1% on milk (n = 94).": ["mean 21.4 96 %", "mean 3.1 94 %"],
    },
    "means of so many of anything": {
        "Mean (SD) sailing time was 71.4 (18.2) minutes in the 52 northern races.": ["mean 71.4 18.2 sd 52 minutes"],
    },
    "by how much one arm did more": {
        "Tea lowered the score by a mean of 3.7 points relative to milk.": ["difference 3.7 points"],
        "Tea lowered the score by a mean of 3.7 points compared with baseline.": ["mean 3.7 points"],
    },
    "percentages with a verb of their own behind a median or mean": {
        "Among 80 owners, the median age was 58, 45% were tall, 70% had a dog, and 15% had a cat.": [
            "median 58",
            "proportion 45 %",
            "proportion 70 %",
            "proportion 15 %",
        ],
        "The mean weight was 71 kg, 40% of them were smokers, and 28% received tea.": [
            "mean 71 kg",
            "proportion 40 %",
            "proportion 28 %",
        ],
        "The median share of wet days was 30% in May and 46% in June.": ["median 30 %", "median 46 %"],
    },
    "spread behind what all have": {
        "The median age was 71 years in both groups (range, 48 to 90).": ["median 71 48 90 range years"],
        "Mean night rest was 7.2 hours for all owners (SD 1.4).": ["mean 7.2 1.4 sd hours"],
        "They had owned a median of 4 wild birds (range, 1-7 birds).": ["median 4 1 7 range"],
        "They had a mean of 3 earlier courses of tea (range 1 to 6).": ["mean 3 1 6 range"],
    },
    "spreads of two means that no word names": {
        "Mood scores were lower with tea than with milk (4.1 (1.3) v 5.6 (1.4); P = .01).": [
            "mean 4.1 1.3 sd",
            "mean 5.6 1.4 sd",
        ],
        "Mean height was 2.91 (0.52) m with tea and 3.21 (0.44) m with milk.": [
            "mean 2.91 0.52 sd m",
            "mean 3.21 0.44 sd m",
        ],
    },
    "times of two units": {
        "The walk took less time with tea (15 min 33 s v 16 min 39 s; P = .02).": [],
    },
    "pressures in centimetres of water": {
        "The pressure that was needed was higher with tea (8 v 5 cmH2O; P = .02).": ["mean 8", "mean 5 cmh2o"],
    },
    "spread of what is not told beside it": {
        "The median age is known and alike in towns (range, 31 to 80).": [],
        "The median number of walks was told (IQR, 3 to 9).": [],
    },
    "limits written out": {
        "Gains (> or = 25%) were seen with lumarin (22%) and placebo (9%).": ["proportion 22 %", "proportion 9 %"],
        "Falls in weight (< or =5%) were seen in 12% of adults.": ["proportion 12 %"],
        "The median score was 12.1 and 13.2, mood >= 13 in few.": ["median 12.1", "median 13.2"],
    },
    "doses of which one has a unit": {
        "Adults were randomly assigned to lumarin (100 or 150 mg/d orally) or placebo.": [],
        "Adults with colds received lumarin (30 or 45 mg daily) plus tea.": [],
    },
    "shares of those who met a limit": {
        "Weight loss ≥ 5% (31.2% and 40.6% vs. 14.7%) was seen.": [
            "proportion 31.2 %",
            "proportion 40.6 %",
            "proportion 14.7 %",
        ],
        "The mean time in light > 80% (9.0% v 3.5%) was told.": ["mean 9.0 %", "mean 3.5 %"],
    },
    "goals of those counted": {
        "A total of 19.6% of the adults on lumarin achieved a 6% weight loss.": ["proportion 19.6 %"],
        "We counted the proportion of owners who reached 20% improvement in mood.": [],
        "The adults on lumarin achieved 81% cover.": ["proportion 81 %"],
    },
    "nothing against a percentage": {
        "Rash (5% versus 2%), cramps (3% versus 0), and thirst (4% versus 0.5%) were told.": [
            "proportion 5 %",
            "proportion 2 %",
            "proportion 3 %",
            "proportion 0 %",
            "proportion 4 %",
            "proportion 0.5 %",
        ],
    },
    "a second pair of times": {
        "Median stay was 7.6 and 5.6 months in towns and 7.5 and 5.1 months in villages.": [
            "median 7.6 months",
            "median 5.6 months",
            "median 7.5 months",
            "median 5.1 months",
        ],
        "Median stay was 7.6 and 5.6 months in towns and was told at 9 and 15 months.": [
            "median 7.6 months",
            "median 5.6 months",
        ],
    },
    "time before overall": {
        "Median follow-up was 52 months, and overall 40% of owners slept.": ["median 52 months", "proportion 40 %"],
        "Patients 18 years and over slept well.": [],
    },
    "half of an interval behind a plus-minus": {
        "Mean heights (± 95% CI) were 7.9 ± 0.3 and 9.1 ± 0.2.": ["mean 7.9", "mean 9.1"],
        "Mean heights were 7.9 ± 0.3 and 9.1 ± 0.2.": ["mean 7.9 0.3 sd", "mean 9.1 0.2 sd"],
    },
    "a second number needed to treat": {
        "The numbers needed to treat were 34 for lumarin and 43 for tea.": [
            "other 34 needed to treat",
            "other 43 needed to treat",
        ],
        "The number needed to treat was 12 with lumarin, and 23 boys fell.": ["other 12 needed to treat"],
    },
    "shares and numbers in words": {
        "One in six women has a garden, and two in five men do.": [],
        "Four-hundred three women were seen.": [],
        "Six women had a garden.": ["count 6"],
    },
    "changes told in words": {
        "The change in mean mood was a 10% decrease for tea and a 1% increase for milk.": ["mean 10 %", "mean 1 %"],
        "There was a 10% decrease in the risk of a fall.": ["relative-reduction 10 %"],
    },
    "annual rates": {
        "The annualized rate of falls was 0.93 (95% CI, 0.80 to 1.07).": ["rate 0.93 0.80 1.07 confidence"],
    },
}


@pytest.mark.parametrize(
    ("text", "expected"), [(text, expected) for kind in READ.values() for text, expected in kind.items()]
)
def test_what_a_number_is(text, expected):
    assert shown(text) == expected
