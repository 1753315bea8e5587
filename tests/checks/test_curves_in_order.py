"""Medians and rates of a curve in the order that the words for both arms tell."""

import pytest

from trialstats.reanalysis import check
from trialstats.sources.text.reading import extract


def asked(text):
    names = ("medians-ratio", "landmark-ratio", "ratio-of-arms")
    return [found.verdict.value for found in check(text).findings if found.check in names and found.verdict.is_question]


@pytest.mark.parametrize("text, first, second", [
    ("Median survival was {} months with brine plus salt and {} months with brine alone (hazard ratio 0.63, "
     "95% CI 0.52 "
     "to 0.75).", "14.6", "9.9"),
    ("Survival at 3 years was {}% (brine plus salt) versus {}% (brine alone); hazard ratio for death, 0.56 "
     "(95% CI, 0.44 "
     "to 0.71).", "78.4", "62.2"),
    ("Five-year disease-free survival was {}% in the salt group and {}% in the placebo group (hazard ratio "
     "for relapse, "
     "0.60; 95% CI 0.49 to 0.73).", "81.3", "70.0"),
    ("After a median follow-up of 38 months, median survival was {} months with salt and {} months with observation "
     "(hazard ratio 0.55, 95% CI 0.45 to 0.67).", "16.1", "9.0"),
])  # fmt: skip
def test_the_arm_on_trial_first(text, first, second):
    assert asked(text.format(first, second)) == []
    assert asked(text.format(second, first)) == ["strained"]


@pytest.mark.parametrize("text", [
    "Median progression-free survival was 6.9 months with brine plus salt and 7.0 months with brine alone "
    "(hazard ratio 0.62, 95% CI 0.50 "
    "to 0.77).",
    "Median survival was 9.1 months with brine plus salt and 12.6 months with brine alone (hazard ratio 1.45, 95% CI "
    "1.14 to 1.85).",
    "The cumulative incidence of relapse at 3 years was 22% with brine plus salt and 41% with brine alone "
    "(hazard ratio "
    "0.47, 95% CI 0.33 to 0.67).",
    "Survival was 67.3% with brine and 78.4% with salt, and local failure was more common with brine (hazard "
    "ratio 2.05, "
    "95% CI 1.35 to 3.10).",
])  # fmt: skip
def test_curves_that_say_nothing_against_it(text):
    assert asked(text) == []


def test_a_group_that_is_named_by_a_part_of_its_arm():
    text = (
        "We randomised 200 cooks to brine plus salt (n = 100) or brine alone (n = 100). Survival at 3 years "
        "was 75.5% with "
        "brine plus salt and 60.2% with brine alone (hazard ratio for the salt group, 0.53; 95% CI, 0.34 to 0.84)."
    )
    ratio = next(claim for claim in extract(text).claims if claim.measure == "hazard-ratio")
    assert ratio.order_said
    assert ratio.outcome == "survival"


@pytest.mark.parametrize(
    "text, first, second",
    [
        (
            "Median survival, {} months (brine) and {} months (placebo); hazard ratio, 0.60; 95% CI, 0.48 to 0.75.",
            "14.6",
            "9.1",
        ),
        (
            "Median survival was {} months in the saltumab arm and {} months in the chemotherapy "
            "arm (HR, 0.60; 95% CI, 0.48 "
            "to 0.75; P < .001).",
            "14.6",
            "9.1",
        ),
        (
            "Sailors in the brine arm lived for a median of {} months as compared with {} months in the best-care arm "
            "(hazard ratio 0.68 [95% CI 0.55-0.84]).",
            "9.9",
            "7.0",
        ),
        (
            "Over 2.4 years the primary outcome occurred in {}% of those receiving brine and {}% of "
            "those receiving placebo "
            "(hazard ratio 0.78, 95% CI 0.65 to 0.93).",
            "10.0",
            "12.8",
        ),
        (
            "By 5 years, {}% of the 200 sailors on standard rations had relapsed. Of the 200 who "
            "also received brine, {}% had "
            "relapsed, for a hazard ratio of 0.60 (95% CI 0.42-0.86).",
            "22",
            "14",
        ),
    ],
)
def test_the_control_is_named_in_more_ways(text, first, second):
    assert asked(text.format(first, second)) == []
    assert asked(text.format(second, first)) == ["strained"]


def test_the_control_first_is_no_question():
    text = "Median survival, 9.1 months (placebo) and 14.6 months (brine); hazard ratio, 0.60; 95% CI, 0.48 to 0.75."
    assert asked(text) == []
    # Arms that were only read from words far off are not believed against the usual order.
    text = (
        "Brine plus salt resulted in longer survival than did salt monotherapy (n = 171; median 21.4 months v 15.2 "
        "months; hazard ratio 0.66 [95% CI 0.49-0.89])."
    )
    assert asked(text) == []
    # Curves that cross leave two medians alike.
    text = "Median survival was 9.0 months with salt and 9.5 months with placebo (hazard ratio 0.80, 0.66 to 0.97)."
    assert asked(text) == []
