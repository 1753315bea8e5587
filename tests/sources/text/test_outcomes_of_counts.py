"""Outcomes of those counted by sex or events, of second rows, and behind a follow-up. The sentences are made up."""

from __future__ import annotations

import pytest
from tests.sources.text.claims_shown import outcomes

from trialstats import extract


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Of 300 adults asked, 39 were enrolled (18 men, 21 women).", ["men", "women"]),
        ("All rowers (median age, 56 years; women, 61.9%) were kept.", ["age", "women"]),
        ("All rowers (mean age, 56 years; 61.9% women) were kept.", ["age", "women"]),
        ("All rowers (mean age, 56 years; 503 [61.9%] men) were kept.", ["age", "men"]),
        ("All rowers (mean age, 56 years; 42 women [15%]) were kept.", ["age", "women"]),
        ("Rowers (61% female), of whom 335 (82%) completed the course, came.", ["female", "completed the course came"]),
    ],
)
def test_the_sex_of_those_counted(text, said):
    assert outcomes(text) == said


@pytest.mark.parametrize(
    "text",
    ["Of all rowers, 42 women (15%) slept badly.", "In all, 15% of women slept badly.", "A total of 15% slept badly."],
)
def test_of_what_women_did_that_is_said(text):
    assert outcomes(text) == ["slept badly"] or "slept" in outcomes(text)[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("There were 31 deaths (55%) with lumarin and 28 deaths (50%) with solvatan.", ["deaths", "deaths"]),
        ("We saw 31 fractures (5.5%) and 28 falls (5.0%).", ["fractures", "falls"]),
    ],
)
def test_the_events_counted_before_their_percentage(text, said):
    assert outcomes(text) == said


def test_a_ratio_behind_a_follow_up_is_not_of_it():
    text = "After a median follow-up of 30 months, there was no difference in relapse (HR, 0.98; 95% CI, 0.63 to 1.51)."
    assert outcomes(text) == ["follow-up", "relapse"]


def test_names_with_figures_only_say_where():
    text = "Survival was 27 months in those with low LUM1 levels, 18 months in those with high LUM1 levels."
    assert outcomes(text) == ["survival", "survival"]


def test_a_second_row_in_order_is_of_the_first_ones_outcome():
    text = (
        "The relapse rate was 0.13 and 0.12, respectively, at home (rate ratio, 1.06; 95% CI, 0.81 to 1.39) and"
        " 0.11 and 0.10, respectively, at sea (rate ratio, 1.00; 95% CI, 0.75 to 1.32)."
    )
    assert set(outcomes(text)) == {"relapse"}


def test_where_something_occurred_is_no_outcome():
    assert outcomes("The effects seen were cough (occurring in 81% of rowers) and rash (48%).") == ["cough", "rash"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("In poor sleep, 10 trials were found.", ["trials"]),
        ("Falls were rarer (12 randomised controlled trials).", ["randomised controlled trials"]),
        ("Rash was rarer (RR 0.72, 95% CI 0.66 to 0.79, 37 trials).", ["rash was rarer", "trials"]),
        ("With tea, 12 (31%) of 39 women in trials slept badly.", ["slept badly"]),
    ],
)
def test_studies_counted_are_named_after_what_they_are(text, said):
    assert outcomes(text) == said


def test_a_number_of_studies_is_no_number_of_patients_of_a_ratio():
    ratio, _ = extract("Rash was rarer (RR 0.72, 95% CI 0.66 to 0.79, 37 trials).").claims
    assert ratio.n is None


@pytest.mark.parametrize(
    ("text", "x"),
    [
        ("Lumarin was better than tea in falls, 11 v 24 falls (54%; P = .02).", None),
        ("There were none with lumarin and 24 falls (31%) with tea.", "24"),
        ("Falls were 0 v 24 (31%).", "24"),
    ],
)
def test_a_percentage_behind_two_counts_is_no_share_of_the_second(text, x):
    last = next(
        one
        for one in extract(text).claims
        if getattr(one, "value", None) and one.value.unit == "%" and one.value.digits != "0"
    )
    assert (last.x and last.x.digits) == x


def test_two_shares_with_one_sign_are_no_times_like_those_before():
    text = "Median sleep was 9 v 7 days with lumarin and tea and relief was better (22 v 8 %)."
    assert [one.measure for one in extract(text).claims] == ["median", "median", "proportion", "proportion"]
