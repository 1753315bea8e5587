"""What a row measures, of how many, and its bounds, in further forms of writing. The sentences are made up."""

from __future__ import annotations

import pytest

from trialstats.sources.rows import rows_from_paper
from trialstats.sources.text.reading import extract

SHOWN = ("measure", "value", "lower", "upper", "spread", "x", "n")


def shown(text: str) -> list[str]:
    """Return the rows of a text in short, P values left out."""
    rows = rows_from_paper(extract(text))["rows"]
    return [" ".join(row[key] for key in SHOWN if row[key]) for row in rows if row["measure"] != "p-only"]


READ = {
    "a total before its first count": {
        "Of the 64 sailors who came back, 16 (25%) had scurvy and 8 (13%) were deaf.": [
            "proportion 25 16 64",
            "proportion 13 8",
        ],
        "Results: Among 210 nurses, 84 (40%) were vaccinated.": ["proportion 40 84 210"],
        "Of 75 infants enrolled at birth, nine (12%) had jaundice.": ["proportion 12 9 75"],
        "Of the 40 women treated, 25% (n = 10) were cured.": ["proportion 25 10 40"],
        "Of the 90 men on lumarin who were seen, most slept; 18 (20%) of 90 fell.": ["proportion 20 18 90"],
    },
    "a total behind a list of counts": {
        (
            "The most frequent events were chills (24 [30%]), rash (12 "
            "[15%]) and gout (4 [5%]) of the 80 adults given lumarin."
        ): ["proportion 30 24 80", "proportion 15 12 80", "proportion 5 4 80"],
        "Chills (24 [30%]) and thirst (eight [10%]) in the 80 adults given lumarin were mild.": [
            "proportion 30 24 80",
            "proportion 10 8 80",
        ],
        "Vomiting (15 [25%]), nausea (nine [15%]) and hiccups (six [10%]) among 60 children on zinc settled.": [
            "proportion 25 15 60",
            "proportion 15 9 60",
            "proportion 10 6 60",
        ],
        "Cramps (24 [30%]) and thirst (20 [40%]) of the 80 adults given lumarin were mild.": [
            "proportion 30 24",
            "proportion 40 20",
        ],
    },
    "nobody beside a count": {
        "Gout was seen only with lumarin (9 [12%] vs none).": ["proportion 12 9", "count 0"],
        "Falls: seven (14%) v 0 in the sugar group.": ["proportion 14 7", "count 0"],
        "Gout occurred in 12% v 0 of the adults.": ["proportion 12", "proportion 0"],
    },
    "rates by person-time": {
        "The bleeding rate was lower (0.42 vs 0.91 joint bleeds/patient-year).": ["rate 0.42", "rate 0.91"],
        "Falls were fewer (1.4 v 2.2 events per person-year; P = .01).": ["rate 1.4", "rate 2.2"],
        "Relapses were rarer with zinc (0.21 vs 0.43/100 women-years).": ["rate 0.21", "rate 0.43"],
        "The mean number of attacks per patient-year was 3.1 with zinc and 4.6 with sugar.": ["rate 3.1", "rate 4.6"],
        "The average number of attacks/patient-month was lower with zinc (0.31) than with sugar (0.85).": [
            "rate 0.31",
            "rate 0.85",
        ],
        "The mean weight per patient was lower with zinc (61.1) than with sugar (64.2).": ["mean 61.1", "mean 64.2"],
        "The rate of strokes was 0.25 per 1000 person-years.": ["rate 0.25"],
    },
    "shares of those with a score": {
        "Independence (a Barthel score of 95 or more) was commoner with zinc (61% vs 44%).": [
            "proportion 61",
            "proportion 44",
        ],
        "More women had a good outcome (pain score below 3, 55% v 31%).": ["proportion 55", "proportion 31"],
        "A cough score of 0 or 1 was seen in 40.1% of the zinc group.": ["proportion 40.1"],
        "A score of at least 4 points (22.0% vs 35.5%) was a failure.": ["proportion 22.0", "proportion 35.5"],
        "The cough score fell with zinc (by 21% vs 9%).": ["mean 21", "mean 9"],
    },
    "pairs that go on": {
        "The median number of calls was 3 versus 5 (P=.04) and of letters was 1.5 versus 2.5 (P=.20).": [
            "median 3",
            "median 5",
            "median 1.5",
            "median 2.5",
        ],
        "The median cost visits were 4 v 6 and house calls were 2 v 3.": [
            "median 4",
            "median 6",
            "median 2",
            "median 3",
        ],
        "Mean numbers of naps were 2.1 versus 3.4 (p=.01), and of meals 3.0 versus 3.2.": [
            "mean 2.1",
            "mean 3.4",
            "mean 3.0",
            "mean 3.2",
        ],
    },
    "survival": {
        "Eight-year rates: after surgery the 12-year rates were 71% (95% CI, 64-77) and 66% (95% CI, 59-73).": [
            "survival 71 64 77 confidence",
            "survival 66 59 73 confidence",
        ],
        ("At 3 years, 72.1% (95% CI 66.0-77.4) of those on zinc and 60.0% (54.1-66.2) of those on sugar were alive."): [
            "survival 72.1 66.0 77.4 confidence",
            "survival 60.0 54.1 66.2 confidence",
        ],
        (
            "At 2 years, 91% (95% CI 86-95) of women given zinc versus 84% (95% "
            "CI 78-89) of women given sugar remained free from recurrence."
        ): ["survival 91 86 95 confidence", "survival 84 78 89 confidence"],
        "More of those on zinc were alive without relapse at 6 months (71% [95% CI 60-80] vs 52% [41-63]).": [
            "survival 71 60 80 confidence",
            "survival 52 41 63 confidence",
        ],
        "Adults were alive and well after 2 years (64%; 95% CI 55 to 72).": ["survival 64 55 72 confidence"],
        "Fewer were discharged alive within 28 days (60%; 95% CI 55 to 65).": ["proportion 60 55 65 confidence"],
        (
            "Five-year overall survival (OS) was better with zinc (0.81; 95% "
            "CI, 0.74 to 0.86) than with sugar (0.70; 95% CI, 0.62 to 0.77)."
        ): ["survival 0.81 0.74 0.86 confidence", "survival 0.70 0.62 0.77 confidence"],
        "Event-free survival at 3 years was 0.62 (95% CI 0.54-0.69) with zinc.": ["survival 0.62 0.54 0.69 confidence"],
        "Overall survival was better with zinc (0.64; 95% CI 0.45-0.91).": ["other 0.64 0.45 0.91 confidence"],
        "EFS events were mostly relapse (61%) or death (39%) at 3 years.": ["proportion 61", "proportion 39"],
        "EFS was 61% at 3 years.": ["survival 61"],
    },
    "changes within one group": {
        "Women had an average weight loss of 5.2 kg (95% CI 3.9 to 6.5 kg) over 16 weeks.": [
            "mean 5.2 3.9 6.5 confidence"
        ],
        "The mean decrease in pain from baseline was 2.1 points (95% CI 1.4 to 2.8).": ["mean 2.1 1.4 2.8 confidence"],
        "An average gain of 3.3 points (95% CI 2.2 to 4.4) was seen after 6 months.": ["mean 3.3 2.2 4.4 confidence"],
        "The mean decrease in pain from baseline was 2.1 points (95% CI 1.4 to 2.8) more than with sugar.": [
            "difference 2.1 1.4 2.8 confidence"
        ],
        "Compared with sugar, zinc gave a mean weight loss of 5.2 kg (95% CI 3.9 to 6.5 kg) over 16 weeks.": [
            "difference 5.2 3.9 6.5 confidence"
        ],
    },
    "what lies as no ratio does": {
        (
            "The hazard ratio was 0.71 (95% CI 0.55-0.92). Well-being differed "
            "between the groups in favour of zinc (0.052, 95% CI 0.003-0.10)."
        ): ["hazard-ratio 0.71 0.55 0.92 confidence", "difference 0.052 0.003 0.10 confidence"],
        "The relative risk was 0.71 (95% CI 0.55-0.92). Stroke favoured zinc (0.62, 95% CI 0.40-0.96).": [
            "risk-ratio 0.71 0.55 0.92 confidence",
            "risk-ratio 0.62 0.40 0.96 confidence",
        ],
    },
    "effectiveness and probability": {
        (
            "Vaccine effectiveness against admission with the delta variant "
            "was high and later fell to 61.2% (95% CI, 58.1 to 64.1)."
        ): ["relative-reduction 61.2 58.1 64.1 confidence"],
        (
            "The predicted probability of zinc having a longer survival than sugar was 4.2%, and the trial was stopped."
        ): ["posterior-probability 4.2"],
        "The predicted probability of death was 4.2% with zinc.": ["proportion 4.2"],
    },
    "reductions with bounds alone": {
        "Zinc lowered the risk of falls by 30% (12% to 44%).": ["relative-reduction 30 12 44 confidence"],
        "Zinc reduced the hazard of death by 45% (28%-58%).": ["relative-reduction 45 28 58 confidence"],
        "Zinc reduced the rate of falls in ten trials by 30% (10%-80%).": ["relative-reduction 30"],
    },
    "bounds of shares with their counts": {
        "Mortality was 2 (5%) of 40 (95% CI 1-17).": ["proportion 5 1 17 confidence 2 40"],
        "Deaths were 0 (0%) of 25 (95% CI 0-13.7).": ["proportion 0 0 13.7 confidence 0 25"],
        "There were no relapses (0 of 15; 95% CI, 0-22%).": ["proportion 0 22 confidence 0 15"],
        "Relief was seen in 31% (95% CI, 15 to 51) with zinc and in none (95% CI, 0 to 12) with sugar.": [
            "proportion 31 15 51 confidence",
            "proportion 0 0 12 confidence",
        ],
        (
            "Sensitivities were 81.1% (95% CI 70.0 to 89.2), 44.2% (95% CI "
            "33.1 to 55.3) and 2.4 (95% CI 0.3 to 8.1), respectively."
        ): [
            "proportion 81.1 70.0 89.2 confidence",
            "proportion 44.2 33.1 55.3 confidence",
            "proportion 2.4 0.3 8.1 confidence",
        ],
        "Cure was 44.2% (95% CI 33.1 to 55.3), and 2.4 (95% CI 1.3 to 4.1).": [
            "proportion 44.2 33.1 55.3 confidence",
            "other 2.4 1.3 4.1 confidence",
        ],
        "The difference between zinc and sugar was 3.1% (44.2% v 41.1%; 1-sided 97.5% CI, -2.2 to ∞).": [
            "difference 3.1 -2.2 NE confidence",
            "proportion 44.2",
            "proportion 41.1",
        ],
    },
    "coefficients and ranges": {
        "Smoking fell more with zinc (b = -4.1, SE = 1.6, P = .01).": ["difference -4.1 1.6 se"],
        "The slope in women was flat (b = -4.1, SE = 1.6, P = .01).": ["mean -4.1 1.6 se"],
        "The median response was 8.4 months (range, from 2.1+ to 20.2+ months).": ["median 8.4 2.1 20.2 range"],
    },
}


@pytest.mark.parametrize(
    ("text", "expected"), [pair for group in READ.values() for pair in group.items()], ids=lambda one: str(one)[:40]
)
def test_rows_are_read(text: str, expected: list[str]) -> None:
    assert shown(text) == expected
