"""Ratios and P values that the text says were made or corrected in another way than their neighbours."""

import pytest

import trialstats as ts


def verdicts(text):
    return {one.check: one.verdict.value for one in ts.check(text).findings}


def asked(text):
    return [one.check for one in ts.check(text).findings if one.verdict.is_question]


@pytest.mark.parametrize(
    "interval",
    [
        "multiplicity-adjusted 95% CI, 0.52 to 1.08; P = .03",
        "95% CI adjusted for multiple comparisons, 0.52 to 1.08; P = .03",
        "Bonferroni-corrected 95% CI, 0.52 to 1.08; P = .03",
        "simultaneous 95% CI, 0.52 to 1.08; P = .03",
        "Dunnett-adjusted 95% confidence interval, 0.52 to 1.08; P = .03",
    ],
)
def test_an_interval_for_several_comparisons_is_not_held_against_a_p_value(interval):
    text = f"The hazard ratio was 0.75 ({interval})."
    assert asked(text) == []
    found = {one.check: one for one in ts.check(text).findings}
    assert found["ratio-p"].verdict is found["significance"].verdict is ts.Verdict.UNCHECKED
    assert "different numbers of comparisons" in found["ratio-p"].message


@pytest.mark.parametrize(
    ("said", "p", "check"),
    [
        ("Simultaneous 95% confidence intervals were computed.", ".003", None),
        ("Confidence intervals were adjusted for multiplicity.", ".003", None),
        ("P values were adjusted for multiple comparisons.", ".20", None),
        ("Hochberg corrections were made.", ".20", None),
        ("P values were not adjusted for multiple comparisons.", ".20", "difference-p"),
        ("Intervals were not adjusted for multiplicity.", ".0002", "difference-p"),
        ("P values were adjusted for multiple comparisons.", ".0002", "difference-p"),
        ("P values were adjusted for multiple comparisons.", ".90", "difference-p"),
    ],
)
def test_what_a_text_says_of_all_its_intervals_or_p_values(said, p, check):
    text = f"{said} The mean difference was 3.0 points (95% CI, 0.6 to 5.4; P = {p})."
    assert asked(text) == ([check] if check else [])


def test_an_interval_and_p_value_that_agree_are_said_to():
    text = "The hazard ratio was 0.75 (simultaneous 95% CI, 0.52 to 1.08; P = .12)."
    assert verdicts(text)["ratio-p"] == "consistent"


def test_a_p_value_that_alone_is_called_adjusted_is_not_that_of_the_interval():
    text = "More leaflets were read with the new plan (difference, 22%; 95% CI, 12% to 32%; {}P = .04)."
    assert asked(text.format("adjusted ")) == []
    assert asked(text.format("")) == ["difference-p"]


@pytest.mark.parametrize(
    "words",
    [
        "per 10 mm Hg",
        "for each 10-unit increase",
        "for every 10% increase",
        "per 10-year increment",
    ],
)
def test_a_ratio_of_several_units_may_be_made_of_a_rounded_one(words):
    text = f"The hazard ratio {words} was 1.48 (95% CI, 1.22 to 1.63)."
    (found,) = (one for one in ts.check(text).findings if one.check == "ratio-interval")
    assert found.verdict is ts.Verdict.EXPLAINED
    assert "1.04 (1.02 to 1.05)" in found.message


@pytest.mark.parametrize(
    "text",
    [
        "The hazard ratio was 1.48 (95% CI, 1.22 to 1.63) in 10 patients.",
        "The hazard ratio per 10 mm Hg was 1.52 (95% CI, 1.22 to 1.63).",
        "The hazard ratio per standard deviation was 1.48 (95% CI, 1.22 to 1.63).",
    ],
)
def test_no_other_ratio_is_excused_so(text):
    assert asked(text) == ["ratio-interval"]


@pytest.mark.parametrize(
    "said",
    [
        "Relative risks were estimated from odds ratios by the method of Zhang and Yu.",
        "Odds ratios were converted to risk ratios.",
        "We used the formula of Zhang & Yu.",
    ],
)
def test_a_risk_ratio_worked_out_from_an_odds_ratio_is_central_as_that(said):
    text = f"{said} The relative risk was 1.68 (95% CI, 1.23 to 2.04; P = .0004)."
    assert asked(text) == []
    (found,) = (one for one in ts.check(text).findings if one.check == "ratio-interval")
    assert "worked out from" in found.message
    assert asked("The relative risk was 1.68 (95% CI, 1.23 to 2.04).") == ["ratio-interval"]
    assert asked(f"{said} The relative risk was 1.26 (95% CI, 1.23 to 2.04).") == ["ratio-interval"]


@pytest.mark.parametrize("prior", ["posterior response rate with the RBesT prior", "prior response rate"])
def test_a_credible_interval_of_the_whole_scale_says_nothing(prior):
    text = f"The {prior} was 12% (95% credible interval, 0% to 100%)."
    assert verdicts(text)["posterior-summary"] == "unchecked"
