"""P values beside numbers of which no plain test of two groups of patients is meant, though no word near says so."""

from __future__ import annotations

import numpy as np
import pytest

import trialstats as ts

QUESTIONS = ("inconsistent", "strained")


def asked(text, code):
    return [one.verdict for one in ts.check(text).findings if one.code == code and one.verdict in QUESTIONS] != []


@pytest.mark.parametrize(
    "text",
    [
        "Mean muscle mass share was 34% on tolmezine (n=52) and 39% on water (n=50) (P<0.001).",
        "Gastric emptying at 2 hours was 61% with ravolide (n=36) and 49% with placebo (n=35) (P=0.001).",
        "Fractional shortening reached 31% in the gel group (n = 44) against 26% in the sham group (n = 45; P = .002).",
        "The average test result was 78% after the workshop (n=58) and 70% after the leaflet (n=60) (P=0.003).",
        "Peak flow was 81% of predicted on tolmezine (n=66) and 74% with placebo (n=64) (P = 0.004).",
        "Sperm motility was 46% with zinc (n=70) and 39% with placebo (n=68) (P=0.002).",
        "Bleeding on probing fell to 14% with the gel (n=30) and 22% with the rinse (n=31) (P=0.001).",
    ],
)
def test_a_percentage_that_is_measured_in_each_patient_is_no_share(text):
    assert not asked(text, "TS301")


@pytest.mark.parametrize(
    "text",
    [
        "Relapse was seen in 40% on tolmezine (n=40) and 45% on placebo (n=41) (P<0.001).",
        "Mortality was 12% in the gel group (n=60) and 17% in the sham group (n=60) (P<0.001).",
        "The proportion of women with cramps was 34% on tolmezine (n=52) and 39% on water (n=50) (P<0.001).",
        "Muscle cramps were 34% on tolmezine (n=52) and 39% on water (n=50) (P<0.001, chi-square test).",
    ],
)
def test_a_percentage_of_what_happens_to_patients_is_a_share(text):
    assert asked(text, "TS301")


@pytest.mark.parametrize(
    "text",
    [
        "Decay was found in 44 of 310 molars sealed with resin and 71 of 305 sealed with cement (P=0.12).",
        "The dressing stayed in place at 150 of 420 puncture sites with film and 205 of 418 with gauze (P=0.06).",
        "Advice was given at 205 of 640 visits with the reminder and 130 of 622 without it (P=0.05).",
        "Bed nets hung in 260 of 400 households with talks and 190 of 402 households without (P=0.09).",
        "Latrines were used by 130 of 260 in intervention villages and 85 of 255 in control villages (P=0.20).",
        "We placed 640 implants. Failure was seen in 12 of 320 with the coat and 32 of 320 without it (P=0.15).",
        "Oocytes: 310 of 480 were ripe with the medium and 255 of 470 with the standard one (P=0.08).",
        "In all, 400 twins took part. Relief was seen in 60 of 200 with oil and 100 of 200 with water (P=0.04).",
    ],
)
def test_things_of_which_a_patient_may_have_several_are_not_patients(text):
    assert not asked(text, "TS301")


@pytest.mark.parametrize(
    "text",
    [
        "Decay was found in 44 of 310 children given resin and 71 of 305 given cement (P=0.72).",
        "Wounds healed in 60 of 100 patients given foam and 31 of 102 given gauze (P=0.66).",
        "Within 60 days, 12 of 60 men on tolmezine and 30 of 61 on placebo relapsed (P=0.55).",
        "Decay was found in 44 of 310 molars with resin and 71 of 305 with cement (chi-square test, P=0.72).",
    ],
)
def test_patients_beside_words_for_things_are_patients(text):
    assert asked(text, "TS301")


STRATA = "Relief was felt by {} of 150 adults on tolmezine and 83 of 150 on placebo ({})."


@pytest.mark.parametrize(
    "said",
    [
        "The Cochran-Mantel-Haenszel test was used. ",
        "Analyses were stratified according to smoking. ",
        "A stratified exact test compared the groups. ",
        "Adults were randomised, and randomisation was stratified by centre. ",
        "Adults were randomised with stratification for age. ",
    ],
)
def test_strata_said_anywhere_move_a_p_value_a_little(said):
    assert not asked(said + STRATA.format(70, "P=0.007"), "TS301")
    assert asked(STRATA.format(70, "P=0.007"), "TS301")
    if "randomised" in said:
        assert asked(said + STRATA.format(30, "P=0.62"), "TS301")
        assert asked(said + STRATA.format(70, "chi-square test, P=0.007"), "TS301")


@pytest.mark.parametrize(
    "text",
    [
        "At week 10 mean grip was 31.2 (SD 7.0) kg with tolmezine (n=50) and 28.6 (SD 7.3) kg with water (n=50) {}.",
        "Scores after the course were 9.1 (SD 3.4) in 44 students given yoga and 10.2 (SD 3.6) in 45 given talks {}.",
    ],
)
def test_a_p_value_of_means_at_follow_up_may_be_adjusted_for_baseline(text):
    assert not asked(text.format("(P < .001)"), "TS302")
    assert not asked(text.format("(P = .81)"), "TS302")
    assert asked(text.format("(t test, P < .001)"), "TS302")
    assert asked("A t test was used. " + text.format("(P < .001)"), "TS302")
    assert asked(text.format("(unadjusted P < .001)"), "TS302")


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Walking speed was 1.3 (SD 0.25) m/s in 70 men on oil and 1.0 (SD 0.26) m/s in 72 on water (P=0.71).", True),
        ("Surgical time was 91 (SD 20) min in 50 men with clips and 92 (SD 21) in 50 with thread (P<0.001).", True),
        ("Mean reduction in pain was 3.1 (SD 2.0) with oil (n=50) and 3.0 (SD 2.1) with water (n=50) (P<0.001).", True),
        ("Gait was 1.3 (SD 0.3) in 70 men on oil and 1.0 (SD 0.3) in 72 on water (RM-ANOVA, P=0.71).", False),
        ("Gait was 1.3 (SD 0.3) in 70 men on oil and 1.0 (SD 0.3) in 72 on water (two-way ANOVA, P=0.71).", False),
        ("Gait was 1.3 (SD 0.3) in 70 twins on oil and 1.0 (SD 0.3) in 72 on water (P=0.71).", False),
        ("An analysis of covariance was used. Gait was 1.3 (SD 0.3) in 70 men on oil and 1.0 (SD 0.3) in 72 on water "
         "(P=0.71).", False),
    ],
)  # fmt: skip
def test_means_whose_p_value_adjustment_does_not_account_for(text, question):
    assert asked(text, "TS302") is question


@pytest.mark.parametrize("r", [0.5, 0.7, 0.9])
def test_honest_p_values_of_an_analysis_of_covariance_are_not_questioned(r):
    from statsmodels.api import OLS, add_constant

    rng = np.random.default_rng(round(10 * r))
    for effect in (0, 1, 2, 3) * 6:
        n = int(rng.integers(20, 120))
        before, drug = rng.normal(50, 10, 2 * n), np.repeat([1, 0], n)
        after = (
            50 + r * (before - 50) + rng.normal(0, 10 * (1 - r * r) ** 0.5, 2 * n) - effect * 10 * (2 / n) ** 0.5 * drug
        )
        p = OLS(after, add_constant(np.c_[drug, before])).fit().pvalues[1]
        one, other = (f"{a.mean():.1f} (SD {a.std(ddof=1):.1f})" for a in (after[:n], after[n:]))
        said = "P<0.001" if p < 0.001 else f"P={p:.3f}"
        assert not asked(
            f"At week 9 mean unrest was {one} on oil (n={n}) and {other} on water (n={n}) ({said}).", "TS302"
        )


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Tolmezine was non-inferior to ravolide (t(88) = 0.61, P = 0.002).", False),
        ("Equivalence was shown (z = 0.30, P<0.001).", False),
        ("Tolmezine eased pain (t(88) = 0.61, P = 0.002). It was noninferior in other trials.", True),
    ],
)
def test_the_p_value_of_a_margin_is_not_that_of_the_statistic_beside_it(text, question):
    assert asked(text, "TS303") is question
