"""What results measure, and whose P values are, in several wordings each. The sentences are made up."""

from __future__ import annotations

import pytest

from trialstats.claims.model import Comparison
from trialstats.sources.rows import rows_from_paper
from trialstats.sources.text.reading import extract


def measured(text):
    """Return for each claim of a text its number and measure."""
    return [
        (None, "p-only") if isinstance(claim, Comparison) else (claim.value.digits, claim.measure)
        for claim in extract(text).claims
    ]


def with_p(text):
    """Return for each row of a text its value and its P value."""
    return [(row["value"], row["p"] and row["p"]["value"]) for row in rows_from_paper(extract(text))["rows"]]


@pytest.mark.parametrize(
    "text",
    [
        "The geometric mean titre was 412 (95% CI, 371 to 457).",
        "GMTs were 412 (95% CI, 371 to 457) with lumarin and 208 (95% CI, 190 to 228) with solvatan.",
        "The geometric mean fold-rise (GMFR) was 4.12 (95% CI, 3.71 to 4.57) in rowers.",
        "The anti-lumarin GMC was 412 IU/l (95% CI, 371 to 457).",
    ],
)
def test_a_geometric_mean_is_a_mean(text):
    assert {measure for _, measure in measured(text)} == {"mean"}


@pytest.mark.parametrize(
    "text",
    [
        "The geometric mean ratio was 0.91 (95% CI, 0.81 to 1.02).",
        "The ratio of geometric means was 0.91 (95% CI, 0.81 to 1.02).",
    ],
)
def test_a_ratio_of_geometric_means_is_none(text):
    assert {measure for _, measure in measured(text)} == {"other"}


def test_bounds_behind_two_geometric_means_are_of_neither():
    text = "Half-lives (geometric means: 117 minutes vs. 76 minutes; 95% CI (0.39, 1.08)) were looked at."
    assert [one.measure for one in extract(text).claims if not isinstance(one, Comparison) and one.spread] == ["other"]


@pytest.mark.parametrize(
    "text",
    [
        "At 3 years, 63% of the rowers were alive.",
        "At 3 years 63% were still free of relapse.",
        "Median survival was not reached, with 63% of rowers alive at 3 years.",
        "At 3 years, 63% (95% CI, 51% to 73%) of those given lumarin were free from relapse.",
        "Overall survival (OS, the second outcome) at 2 and 3 yr was not seen to differ with lumarin (63%).",
    ],
)
def test_who_is_alive_or_free_at_a_time_is_on_a_curve(text):
    assert measured(text)[-1] == ("63", "survival")


@pytest.mark.parametrize(
    "text",
    [
        "Of the rowers, 63% were free of pain.",
        "Pain was seen in 63% of rowers at 3 years.",
        "The share of symptom-free rowers was 63%.",
    ],
)
def test_who_is_free_at_no_time_is_a_proportion(text):
    assert measured(text) == [("63", "proportion")]


def test_percentages_beside_one_of_a_curve_are_of_it_too():
    text = "Overall survival at 2 and 3 years was alike after lumarin (31% and 22%) versus solvatan (32% and 18%)."
    assert measured(text) == [(number, "survival") for number in ("31", "22", "32", "18")]


@pytest.mark.parametrize(
    "text",
    [
        "Lumarin had good efficacy in rowers, with response rates of 61% and 51%.",
        "Many praised the effectiveness of lumarin in relieving morning pain (61%) and improving sleep (51%).",
        "The primary efficacy outcome was seen less often in young rowers (61% vs 51%).",
    ],
)
def test_words_for_efficacy_far_off_make_no_reduction(text):
    assert measured(text) == [("61", "proportion"), ("51", "proportion")]


@pytest.mark.parametrize("text", ["Vaccine efficacy was 61%.", "The efficacy of lumarin against colds was 61%."])
def test_words_for_efficacy_before_a_percentage_make_one(text):
    assert measured(text) == [("61", "relative-reduction")]


@pytest.mark.parametrize(
    "text",
    [
        "The median age was 70 years, 39% had pain.",
        "The median follow-up was 70 months, and 39% had pain.",
        "Median survival was not reached, 39% had pain.",
    ],
)
def test_a_median_of_something_else_does_not_govern_a_percentage(text):
    assert measured(text)[-1] == ("39", "proportion")


@pytest.mark.parametrize(
    "text",
    [
        "Lumarin changed the serum lumins (-12.3% vs. 4.2%).",
        "Lumins were 4.2% and -12.3% off the start.",
    ],
)
def test_a_percentage_held_against_a_negative_one_is_a_change_too(text):
    assert [measure for _, measure in measured(text)] == ["mean", "mean"]


@pytest.mark.parametrize(
    "text",
    [
        "Relief was seen in 61% with lumarin and 42% with solvatan (odds ratio, 2.16; P = .021).",
        "Relief was seen in 61% v 42% (relative risk 1.45; P = .021).",
        "Survival was 12.4 months with lumarin and 8.1 months with solvatan (hazard ratio for death, 0.62; P = .021).",
        "Relief (61% vs 42%; OR, 2.16, P = .021) was seen.",
    ],
)
def test_a_p_value_behind_a_ratio_is_of_it_and_stands_in_one_row(text):
    rows = with_p(text)
    assert len(rows) == 3 and [p for _, p in rows] == [None, None, ".021"]


def test_the_values_that_it_compares_too_keep_it_for_checks():
    claims = extract("Relief was seen in 61% v 42% (relative risk 1.45; P = .021).").claims
    (comparison,) = (claim for claim in claims if isinstance(claim, Comparison))
    assert len(comparison.of) == 2


def test_a_p_value_before_a_ratio_is_of_the_values():
    assert with_p("Relief was seen in 61% v 42% (P = .021; odds ratio, 2.16).")[-2:] in (
        [("2.16", None), (None, ".021")],
        [(None, ".021"), ("2.16", None)],
    )


@pytest.mark.parametrize(
    "text",
    [
        "Sleep was better (hazard ratio, 0.62; 95% CI, 0.45 to 0.85; P < .001), representing a 38% reduction.",
        "The ratio was better (hazard ratio, 0.62; 95% CI, 0.45 to 0.85; P < .001), indicating that lumarin works.",
    ],
)
def test_what_a_p_value_is_said_to_mean_makes_it_no_level(text):
    assert with_p(text)[0] == ("0.62", ".001")


def test_a_level_of_significance_is_still_one():
    assert with_p("P < .05 indicated statistical significance. Relief was seen in 61%.") == [("61", None)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Lumins did not move (-2.6%; P = .68).", "-2.6"),
        ("The mean weight fell by 4.1 kg (P = .68).", "4.1"),
        ("Mean changes of lumins were 15.1 ± 30.2 (P = .68) in the lumarin group.", "15.1"),
    ],
)
def test_a_p_value_that_stands_with_one_value_is_of_that(text, value):
    ((number, p),) = with_p(text)
    assert number.lstrip("-") == value.lstrip("-") and p == ".68"


@pytest.mark.parametrize(
    "text",
    [
        "Weight fell from 84.1 kg to 80.2 kg (P = .68).",
        "Mean weight was 4.1 kg lower than with solvatan, a mean of 80.2 kg v 84.3 kg (P = .68).",
    ],
)
def test_a_p_value_behind_two_values_compares_them(text):
    assert [p for number, p in with_p(text) if number is None] == [".68"]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("The relative risk (derived from the odds ratio) was 1.68 (95% CI, 1.23 to 2.04).", "risk-ratio"),
        ("The relative risk, converted from the odds ratio, was 1.68 (95% CI, 1.23 to 2.04).", "risk-ratio"),
        ("The risk was estimated from the odds ratio of 1.68 (95% CI, 1.23 to 2.29).", "odds-ratio"),
        ("We took the annual percentage change (APC). In rowers the APC was 6.2% (95% CI, 1.1 to 11.3).", "difference"),
        ("With APC of 6.2% (95% CI, 1.1 to 11.3) of the rowers bled.", "proportion"),
    ],
)
def test_what_a_ratio_was_made_from_and_what_changes_each_year(text, measure):
    assert [kind for value, kind in measured(text) if value in ("1.68", "6.2")] == [measure]
