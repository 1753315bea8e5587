"""A result that is printed twice: the same, or asked about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import trialstats as ts
from trialstats import Verdict

TOLD = "Overall survival was longer (hazard ratio, 0.66; 95% CI, 0.52 to 0.83)."


def of(text):
    return [one.verdict for one in ts.check(text).findings if one.check == "repeated"]


@pytest.mark.parametrize(
    "again, verdict",
    [
        ("In conclusion, zinc prolonged overall survival (hazard ratio, 0.66).", Verdict.REPRODUCED),
        ("In conclusion, zinc prolonged overall survival (hazard ratio, 0.7).", Verdict.REPRODUCED),
        ("In conclusion, zinc prolonged overall survival (hazard ratio, 0.73).", Verdict.INCONSISTENT),
        ("The hazard ratio for death was thus 0.69 (95% CI, 0.52 to 0.83).", Verdict.INCONSISTENT),
    ],
)
def test_a_ratio_that_is_said_again(again, verdict):
    assert of(f"{TOLD} {again}") == [verdict]


@pytest.mark.parametrize(
    "again",
    [
        "In conclusion, zinc prolonged progression-free survival (hazard ratio, 0.73).",
        "After adjustment overall survival was longer too (hazard ratio, 0.73).",
        "In the per-protocol population overall survival was longer (hazard ratio, 0.73).",
        "Among women overall survival was longer (hazard ratio, 0.73).",
        "In a final analysis overall survival was longer (hazard ratio, 0.73).",
        "Overall survival was longer with copper (hazard ratio, 0.73; 95% CI, 0.58 to 0.92).",
        "The trial was to detect a hazard ratio for death of 0.73.",
        "Overall survival was shorter (hazard ratio, 2.9).",
    ],
)
def test_what_may_be_another_result_is_left_alone(again):
    assert not {Verdict.INCONSISTENT, Verdict.STRAINED} & set(of(f"{TOLD} {again}"))


def test_other_numbers_are_compared_with_the_conclusion_alone():
    told = "The response rate was 45% (18 of 40)."
    assert of(f"{told} In conclusion, zinc led to a response rate of 54%.") == [Verdict.STRAINED]
    assert of(f"{told} In conclusion, zinc led to a response rate of 45%.") == [Verdict.REPRODUCED]
    assert of(f"{told} The response rate was 54% in the north.") == []


@given(value=st.floats(0.2, 4.0), decimals=st.integers(1, 2))
def test_a_number_that_is_rounded_again_is_never_asked_about(value, decimals):
    text = (
        f"Overall survival differed (hazard ratio, {value:.2f}; 95% CI, {value / 1.3:.2f} to {value * 1.3:.2f}). "
        f"In conclusion, zinc changed overall survival (hazard ratio, {float(f'{value:.2f}'):.{decimals}f})."
    )
    assert not {Verdict.INCONSISTENT, Verdict.STRAINED} & set(of(text))


FELL = (
    "Over 30 weeks cholesterol had fallen more with zinc than with copper (difference, -6.8 percentage points; "
    "95% CI, -8.9 to -4.7)."
)


@pytest.mark.parametrize(
    "again, verdict",
    [("6.8", [Verdict.REPRODUCED]), ("8.6", [Verdict.STRAINED]), ("7.8", [Verdict.STRAINED]), ("16.2", [])],
)
def test_a_difference_that_is_said_again_without_its_sign(again, verdict):
    assert (
        of(f"RESULTS: {FELL} CONCLUSIONS: Zinc lowered cholesterol by {again} percentage points more than copper.")
        == verdict
    )


@pytest.mark.parametrize(
    ("text", "right", "slip"),
    [
        (
            "Disease-free survival was longer with zinc than with placebo (hazard ratio, 0.73; 95% CI, 0.58 to 0.92). "
            "Adding zinc to rest lowered the risk of recurrence or death by {}%.",
            27,
            37,
        ),
        (
            "Vaccine efficacy was 74.2% (95% CI 61.0 to 83.4). In conclusion, the vaccine had an efficacy of {}%.",
            74,
            47,
        ),
        (
            "Median overall survival was 14.2 months with zinc and 10.8 months with placebo. Conclusions: Zinc "
            "prolonged median overall survival from 10.8 to {} months.",
            "14.2",
            "12.4",
        ),
        (
            "Relief was reported by 64% of patients given zinc and 41% given placebo (p<0.001). Interpretation: relief "
            "was more frequent with zinc ({}%) than with placebo (41%).",
            64,
            46,
        ),
    ],
)
def test_results_said_again_in_other_forms(text, right, slip):
    assert [one for one in of(text.format(right)) if one.is_question] == []
    assert [one for one in of(text.format(slip)) if one.is_question] == [Verdict.STRAINED]


def test_a_reduction_of_another_risk_in_the_next_sentence():
    text = TOLD + " Adding zinc lowered the risk of relapse by 12%."
    assert [one for one in of(text) if one.is_question] == []
