"""Numbers beside an interval that only name something, and percentages that are no plain shares."""

import pytest

import trialstats


def questions(text):
    return [one.code for one in trialstats.check(text).findings if one.verdict.is_question]


@pytest.mark.parametrize(
    "text",
    [
        "The predicted rate was 12.4 (2.5, 97.5 percentiles: 1.9, 31.2) per 1,000 children.",
        "The score predicted relapse (HR per 1-percentage point increase, 0.96; 95% CI, 0.94-0.98; P = .001).",
        "Relapse was approximately 30% higher with older drugs (RR, 1.27; 95% CI, 0.90-1.79).",
        "Counts (with 3-y incidence) of patients with a stroke were 31/702 (5.91%) and 44/698 (8.63%), respectively.",
        "Differences exceeded 4 ms at all times, with all 90% CIs exceeding 4 ms from 2 to 18 h after the dose.",
    ],
)
def test_what_only_names_a_number_is_not_asked_about(text):
    assert not questions(text)


def test_the_step_of_a_ratio_is_no_difference():
    (ratio,) = trialstats.extract("The HR per 10-point increase was 0.90 (95% CI 0.84-0.97).").claims
    assert ratio.measure == "hazard-ratio"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("The mean change in weight to Period 1 end was small.", 0),
        ("Mean weight was lower in period 2 than in period 1.", 0),
        ("We randomised infants in blocks of 8 to milk or tea.", 0),
        ("In this period 9 died.", 1),
        ("Infants drank milk on 5 days per month.", 0),
        ("Cramps fell to 5 days per month.", 1),
        ("The prespecified difference deemed to be unimportant was 1.4.", 0),
    ],
)
def test_what_numbers_a_period_or_sizes_a_block_is_no_result(text, rows):
    assert len(trialstats.extract(text).claims) == rows


def test_an_effect_size_by_its_name_is_read():
    claims = trialstats.extract("Calves slept longer (P = .02, Cohen's d = 0.37), and drank more (Hedges' g = 0.41).")
    assert [one.value.digits for one in claims.claims if getattr(one, "measure", "") == "other"] == ["0.37", "0.41"]


def test_a_reduction_is_asked_about_where_nothing_calls_it_approximate():
    assert questions("A reduced the risk of relapse by 30% (hazard ratio, 0.67; 95% CI, 0.53 to 0.84).") == ["TS204"]
