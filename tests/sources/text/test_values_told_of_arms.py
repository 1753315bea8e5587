"""Values of arms without the word mean, intervals without their estimate, statistics of tests. All is made up."""

from __future__ import annotations

import pytest

from trialstats.sources.rows import rows_from_paper
from trialstats.sources.text.reading import extract

ALLOCATED = "We randomly assigned 90 adults to milk (n = 44) or tea (n = 46). "
OF_THREE = "We randomly assigned 90 adults to milk (n = 30), tea (n = 30) or cocoa (n = 30). "


def rows(text):
    """Return the measure, value and arms of each row of a text."""
    found = rows_from_paper(extract(text), text=False)["rows"]
    return [(row["measure"], row["value"], "+".join(row["arms"])) for row in found]


@pytest.mark.parametrize("text", [
    "Cough was 44.1 with milk and 51.0 with tea.",
    "Serum zinc was 44.1 mg/dL in adults given milk and 51.0 mg/dL in those given tea.",
    "Sputum was 44.1 mL with milk versus 51.0 mL with tea.",
    "The walking distance was 44.1 m with milk, but 51.0 m with tea.",
    "Vital capacity was 44.1 mL/kg in the milk group compared with 51.0 mL/kg in the tea group.",
])  # fmt: skip
def test_values_of_two_arms_without_the_word_mean(text):
    assert rows(ALLOCATED + text) == [("mean", "44.1", "a1"), ("mean", "51.0", "a2")]


@pytest.mark.parametrize("text", [
    "Sleep scores were 61 with milk and 55 with tea.", "Blood loss was 61 mL with milk vs 55 mL with tea.",
])  # fmt: skip
def test_whole_numbers_of_two_arms(text):
    assert rows(ALLOCATED + text) == [("mean", "61", "a1"), ("mean", "55", "a2")]


def test_values_of_three_arms():
    text = OF_THREE + "Cough was 3.1 with milk, 3.9 with tea and 5.2 with cocoa."
    assert rows(text) == [("mean", "3.1", "a1"), ("mean", "3.9", "a2"), ("mean", "5.2", "a3")]


@pytest.mark.parametrize("text", [
    "The dose was 20 mg with milk and 10 mg with tea.", "There were 12 with milk and 14 with tea.",
    "Deaths were 12 in the milk group and 14 in the tea group.", "The odds were 2.1 with milk and 1.4 with tea.",
])  # fmt: skip
def test_doses_and_counts_are_no_means(text):
    assert "mean" not in [row[0] for row in rows(ALLOCATED + text)]


@pytest.mark.parametrize("text", [
    "At 1 year, {} (95% CI for the difference, -2.1 to 3.1).",
    "At 3 months, {} (95% CI, -2.1 to 7.4).",
    "After 12 hours, {} (95% confidence interval of the difference, 2.1 to 17.4).",
    "By 9 weeks, {} (90% CI of the difference, -2.1 to 17.4).",
])  # fmt: skip
def test_a_time_is_no_estimate(text):
    said = "cough was 9.4 points with milk and 8.9 points with tea"
    found = rows_from_paper(extract(ALLOCATED + text.format(said)), text=False)["rows"]
    assert [(row["measure"], row["value"]) for row in found] in (
        [("mean", "9.4"), ("mean", "8.9"), ("difference", None)],
    )
    assert {row["time"] for row in found} <= {"1 year", "3 months", "12 hours", "9 weeks"}


def test_a_time_right_before_its_interval_is_an_estimate():
    text = ALLOCATED + "Relief was reached at 14 days (95% CI, 11 to 18) with milk."
    assert "14" in [row[1] for row in rows(text)]


def test_counts_are_no_estimates_of_a_difference():
    text = "Falls occurred in 12 of 44 adults and 22 of 46 adults (95% CI of the difference, -16.9% to 20.2%)."
    assert [row[1] for row in rows(ALLOCATED + text) if row[0] == "difference"] == [None]


@pytest.mark.parametrize("statistic", [
    "F(2, 87) = 16.2", "F[2,87] = 16.2", "t(58) = 2.41", "t (58) = 2.41", "chi2(2) = 9.9", "Wald χ²(2) = 9.9",
    "F2,87 = 16.2",
])  # fmt: skip
def test_degrees_of_freedom_are_no_means_and_statistics_no_outcomes(statistic):
    text = f"{OF_THREE}Mean cough was 3.1 with milk, 3.9 with tea and 5.2 with cocoa, {statistic}, p = .003."
    assert [row[1] for row in rows(text) if row[0] == "mean"] == ["3.1", "3.9", "5.2"]
    alone = f"{OF_THREE}The groups differed in mean cough, {statistic}, p = .003."
    assert [(row["measure"], row["outcome"]) for row in rows_from_paper(extract(alone), text=False)["rows"]] == [
        ("p-only", "cough")
    ]


@pytest.mark.parametrize(("free", "arms"), [(2, "a1+a2+a3"), (1, "a2+a3")])
def test_an_f_test_of_as_many_degrees_compares_all_arms(free, arms):
    text = (
        "Cough was less with milk (M = 3.1, SD = 1.2) and tea (M = 3.9, SD = 1.4) than with cocoa (M = 5.2, SD = 1.5)"
    )
    text = f"{OF_THREE}{text}, F({free}, 87) = 16.2, p < .001."
    assert [row[2] for row in rows(text) if row[0] == "p-only"] == [arms]


@pytest.mark.parametrize(("said", "measure"), [
    ("d = 0.17", "other"), ("g = 0.17", "other"), ("mean difference 0.17", "difference"),
])  # fmt: skip
def test_a_standardised_difference_is_no_difference(said, measure):
    text = f"{ALLOCATED}Milk did not differ from tea ({said}, 95% CI -0.24 to 0.58)."
    assert rows(text) == [(measure, "0.17", "a1+a2")]
