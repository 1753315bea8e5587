"""A percentage that says again what a ratio says is held against it, whether it fits or not."""

from __future__ import annotations

import pytest

import trialstats as ts


def told(text):
    """Return the verdicts on reductions."""
    return [one.verdict.value for one in ts.check(text).findings if one.check == "reduction"]


FORMS = [
    "The drug reduced the risk of relapse by {}% (HR 0.72, 95% CI 0.58 to 0.89).",
    "There was a {}% reduction in the hazard of relapse with the drug (hazard ratio, 0.72; 95% CI, 0.58 to 0.89).",
    "The risk of stroke was {}% lower with the drug (relative risk 0.72, 95% CI 0.58 to 0.89).",
    "Mortality was reduced by {}% (RR 0.72; 95% CI 0.58-0.89).",
    "Admissions were decreased by {}% in the treated group (rate ratio 0.72; 95% CI 0.58-0.89).",
    "The hazard ratio for death was 0.72 (95% CI, 0.58 to 0.89), a {}% reduction in risk.",
    "The hazard ratio for death was 0.72 (95% CI, 0.58 to 0.89), corresponding to a {}% reduction in risk.",
    "The hazard ratio was 0.72 (95% CI 0.58 to 0.89), representing a {}% lower risk of death.",
    "The odds ratio was 0.72 (95% CI 0.58 to 0.89), which translates into a {}% decrease in the odds of falling.",
]


@pytest.mark.parametrize("form", FORMS)
def test_a_change_is_held_against_its_ratio(form):
    assert told(form.format("28")) == ["reproduced"]
    assert told(form.format("43")) == ["inconsistent"]


@pytest.mark.parametrize(
    ("form", "verdict"),
    [
        ("Mortality was reduced by {}% (RR 0.72; 95% CI 0.58-0.89).", "strained"),
        ("The risk of falls was {}% lower (risk ratio 0.72; 95% CI 0.58-0.89).", "strained"),
        ("The hazard of falls was {}% lower (hazard ratio 0.72; 95% CI 0.58-0.89).", "inconsistent"),
        ("A relative risk reduction of {}% was seen in falls (RR 0.72; 95% CI 0.58-0.89).", "inconsistent"),
    ],
)
def test_a_smaller_percentage_may_be_absolute_unless_a_word_says_otherwise(form, verdict):
    assert told(form.format("12")) == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        "Mortality was reduced by 12% with the drug (10% v 22%; HR 0.45, 95% CI 0.30 to 0.68).",
        "Pain scores decreased by 43% in responders (HR for response 0.72, 95% CI 0.58 to 0.89).",
        "The end point was met in 52 (41% with a clot, 25% who died) v 37 (11% with a clot, 19% who died) on the drug "
        "(relative risk [RR], 0.72; 95% CI, 0.58-0.89).",
        "For each 10% increase in fibre the risk fell (HR 0.72, 95% CI 0.58 to 0.89).",
        "The hazard ratio was 0.72 (95% CI 0.58 to 0.89), and weight fell by 43%.",
        "The hazard ratio was 0.72 (95% CI 0.58 to 0.89), a 43% reduction in tumour size being seen too.",
    ],
)
def test_other_percentages_are_not_tied(text):
    assert "inconsistent" not in told(text) and "strained" not in told(text)
