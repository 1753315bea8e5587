"""A ratio or a difference far from that of both arms, in a text that says in any sentence how it was analysed."""

import pytest

import trialstats as ts

FRAME = "Death occurred in 60 of 310 with the drug and 70 of 280 without it (odds ratio 0.55, 0.36 to 0.84{})."
POINTS = "Relief was seen in 40% with lumarin and 30% with placebo, a difference of {} percentage points."


def asked(text):
    return [one.check for one in ts.check(text).findings if one.verdict.is_question]


ANALYSES = [
    "Analyses were adjusted for age and sex.",
    "Adjustment was made for age and 12 other covariates.",
    "The primary analysis was by multivariable logistic regression.",
    "Groups were matched by propensity score.",
    "Outcomes were compared with Cox models stratified by centre.",
    "Outcomes were weighted by IPTW.",
    "Inverse-probability weighting was used.",
    "Estimates were corrected for age.",
    "We used conditional logistic regression.",
    "Mantel-Haenszel methods were used.",
    "Analysis was done with stratification by centre.",
    "Baseline severity was taken into account.",
]


@pytest.mark.parametrize("said", ANALYSES)
def test_an_analysis_told_in_another_sentence_is_not_said_to_be_silent(said):
    for text in (f"{FRAME.format('')} {said}", f"{said} {FRAME.format('')}"):
        assert asked(text) == []
        (found,) = (one for one in ts.check(text).findings if one.check == "ratio-of-arms")
        assert found.verdict is ts.Verdict.UNCHECKED
        assert "speaks of an analysis that moves a ratio" in found.message
    assert asked(f"{said} {POINTS.format(24)}") == []


@pytest.mark.parametrize(
    "said",
    [
        "corrected for age",
        "conditional logistic regression",
        "Mantel-Haenszel",
        "with stratification by centre",
        "within strata of age",
        "allowing for age",
        "after accounting for age",
        "taking into account age",
        "taking age into account",
        "net of age",
        "by IPTW",
        "with inverse-probability weighting",
    ],
)
def test_an_analysis_told_beside_the_ratio_is_known_in_all_its_words(said):
    assert asked(FRAME.format(f", {said}")) == []
    assert asked(FRAME.replace("(odds", f"({said}, odds").format("")) == []


@pytest.mark.parametrize(
    "said",
    [
        "",
        "Analyses were not adjusted for age.",
        "No adjustment for age was made.",
        "P values were adjusted for multiple comparisons.",
        "Doses were adjusted for toxicity.",
        "The sample was increased, allowing for 10% who withdrew.",
        "Randomisation was done with stratification by centre.",
        "Patients were randomised within strata of age.",
        "The placebo was matched in taste.",
        "Stroke accounted for most deaths.",
        "Net weight was recorded.",
    ],
)
def test_no_other_words_excuse_a_ratio(said):
    assert asked(f"{said} {FRAME.format('')}") == ["ratio-of-arms"]
    assert asked(f"{said} {POINTS.format(24)}") == ["difference-of-arms"]


def test_a_crude_ratio_is_asked_about_whatever_else_was_done():
    text = "Analyses were adjusted for age. " + FRAME.replace("(odds", "(crude odds").format("")
    assert asked(text) == ["ratio-of-arms"]
    twin = "Analyses were adjusted for age. " + FRAME.format("; adjusted odds ratio 0.70, 0.45 to 1.09")
    assert asked(twin) == ["ratio-of-arms"]


def test_strata_alone_move_no_ratio_of_randomised_groups_so_far():
    far = "Death occurred in 60 of 310 with the drug and 70 of 280 without it (odds ratio 0.25, 0.16 to 0.39)."
    said = "Patients were randomised. Mantel-Haenszel methods were used. "
    assert asked(said + far) == ["ratio-of-arms"]
    assert asked(said + FRAME.format("")) == []
