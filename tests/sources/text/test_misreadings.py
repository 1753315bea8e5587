"""Forms that look like a claim and are not one, or not the one they look like; and what follows for the verdicts."""

from __future__ import annotations

import pytest

from trialstats.claims.model import Estimate
from trialstats.reanalysis import check
from trialstats.sources.text.reading import extract


def estimates(text):
    return [claim for claim in extract(text).claims if isinstance(claim, Estimate)]


@pytest.mark.parametrize(
    "text",
    [
        "The risk fell by two steps (99% confidence interval given elsewhere).",
        "Clearance was lower by 0.4 l h-1 (95% CI not shown).",
        "In 2011/2012 that 14.5% of adults smoked was new.",
        "Cure was seen in three out of four (75%) patients.",
    ],
)
def test_what_is_no_count_is_not_read_as_one(text):
    assert not [claim for claim in estimates(text) if claim.x is not None]


def test_a_number_in_words_beside_a_percentage_it_cannot_be_is_no_count():
    found = estimates("More of them made at least one visit (93.2% v 51.7%; P = .01).")
    assert [claim.x for claim in found] == [None, None]
    (tight,) = [claim for claim in estimates("Harm was seen in 6 (41%) of them.") if claim.x is not None]
    assert tight.x.text == "6"


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("The time was 7.9 +/- 0.7 min (95% CI -1.12 to 0.61) with the drug.", ("-1.12", "0.61")),
        ("Pain fell more (4.9 vs. 3.1, respectively; 95% CI, -3.3 to -0.7).", ("-3.3", "-0.7")),
        ("Response was better (A 81.2% vs. B 50.3%, 95% CI 16.2-43.1).", ("16.2", "43.1")),
    ],
)
def test_an_interval_of_something_else_takes_no_number_for_its_estimate(text, bounds):
    (claim,) = [one for one in estimates(text) if one.interval is not None]
    assert claim.value is None
    assert (claim.spread.lower.text, claim.spread.upper.text) == bounds


@pytest.mark.parametrize(
    "text",
    [
        "The difference in survival was -3.1% (95% CI, -15 to +9).",
        "The difference between groups in response was 4.2% (95% CI -4.4 to 12.8).",
        "Response was rare in both (3.4% difference, 95% CI -2.9 to 9.7).",
    ],
)
def test_differences_of_shares_are_differences(text):
    (claim,) = [one for one in estimates(text) if one.interval is not None]
    assert claim.measure == "difference"


def test_per_cent_signs_behind_the_bounds_of_a_ratio_belong_to_nobody():
    (claim,) = estimates("Older age mattered (odds ratio [OR], 2.2; 95% CI, 1.7%-3.1%).")
    assert (claim.measure, claim.spread.lower.text, claim.spread.upper.text) == ("odds-ratio", "1.7", "3.1")


def verdicts(text):
    return {(finding.code, finding.verdict.value) for finding in check(text).findings}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Of all these people, 691 (24%) died.", ("TS103", "unchecked")),
        ("Of all these people, 11 (90%) died.", ("TS103", "inconsistent")),
        ("Harm was seen in 6 (41.5%) of 14 women.", ("TS103", "inconsistent")),
        ("Mass fell (mean difference -0.91 kg, 95% CI -0.45 to -1.38).", ("TS209", "consistent")),
        ("The response rate was 27.3% (95% CI, 26.5% to 28.2%).", ("TS104", "consistent")),
        ("The response rate was 56.1% (95% CI, 54.8% to 66.4%).", ("TS104", "inconsistent")),
        ("Response was seen in 2 of 5 (40%; 95% CI, 7.5 to 84.6%).", ("TS104", "strained")),
    ],
)
def test_verdicts_on_texts_whose_denominators_are_not_printed(text, expected):
    assert expected in verdicts(text)


def test_the_size_of_another_arm_is_not_taken_for_a_counts_denominator():
    text = "We enrolled 300 patients (150 in each arm). There were 44 (28%) deaths and 1672 (22.9%) calls."
    assert {finding.verdict.value for finding in check(text).findings if finding.code == "TS103"} == {"unchecked"}


def test_a_number_of_patients_elsewhere_in_the_text_is_no_reason_to_question_a_p_value():
    text = "We enrolled 88 patients. Harm was seen in 1.7% with the drug and 0.3% with placebo (P = .001)."
    assert not check(text).inconsistent


def test_a_difference_is_not_held_against_the_values_of_the_next_clause():
    text = (
        "Nurse calls led to better mood (mood scale difference: 3.1 points; 95% CI, 1.3-4.9); and adults were more "
        "likely to have a decline on the mood scale (50.0% vs 29.6%)."
    )
    assert not [finding for finding in check(text).findings if finding.code == "TS222"]
