"""Contradictions between two numbers told in passing: in lists, in words, by a method's name, again at the end."""

from __future__ import annotations

import pytest

import trialstats as ts


def asked(text, check=None):
    return [
        one.message for one in ts.check(text).findings if one.verdict.is_question and check in (None, one.check)
    ]  # fmt: skip


TWINS = {
    "the width of a crude ratio's interval": ("ratio-of-arms", [
        ("Rust was found on 120 of 300 oiled gates and on 90 of 305 dry gates (relative risk 1.36, 95% CI {}).",
         "1.09 to 1.69", "0.83 to 2.22"),
        ("Rust was found on 40 of 400 gates oiled weekly and on 64 of 396 gates never oiled, an unadjusted odds ratio "
         "of 0.58 (95% CI, {}).", "0.38 to 0.88", "0.27 to 1.24"),
    ]),
    "the width of a difference's interval, or its level": ("difference-interval", [
        ("Peace was found by 75 of 150 and 51 of 148 women, respectively, a difference of 15.5 points (95% confidence "
         "interval {}).", "4.4 to 26.6", "0.5 to 30.5"),
        ("Rust went: 88 of 200 v 60 of 198; difference 13.7 percentage points ({}% CI, 1.4 to 26.0).", "99", "90"),
    ]),
    "an interval named by its method": ("difference-interval", [
        ("Knots held in 61 of 150 in the wax group and 40 of 148 in the tar group (difference 13.6 percentage points; "
         "95% Wald interval, {}).", "3.0 to 24.3", "9.2 to 18.0"),
    ]),
    "counts with the name of their group behind": ("ratio-of-arms", [
        ("Mutiny: 17/96 oarsmen, 38/101 deckhands; crude OR {}.", "0.36 [0.18, 0.69]", "0.78 [0.41, 1.52]"),
        ("Mutiny (31/120 oarsmen, 54/118 deckhands; unadjusted OR {}).", "0.41, 95% CI 0.24 to 0.71",
         "0.84, 95% CI 0.50 to 1.41"),
    ]),
    "counts behind a grade, and the second led by of": ("two-arm-p", [
        ("Grade 3 rust spoilt the hinges of 9 of 84 gates using the oil and of 27 of 81 using a dummy oil (P = {}; "
         "Fisher's exact test).", "0.0006", "0.23"),
    ]),
    "a P value of three doses": ("several-groups-p", [
        ("Rust went from 38 of 120 gates (32%) at 30 mg, 51 of 118 (43%) at 60 mg and 74 of 121 (61%) at 120 mg (P{} "
         "for the comparison of the three groups by the chi-square test).", "<0.001", "=0.31"),
        ("Peace reached 14 of 80, 22 of 79 and 38 of 82 women at 50 mg, 100 mg and 200 mg, respectively (chi-square "
         "with 2 degrees of freedom, p{}).", "<0.001", "=0.35"),
        ("Peace was found by 41/98, 29/97 and 15/99 women receiving placebo, 5 mg and 10 mg, respectively (chi-square, "
         "df = 2; P{}).", "<0.001", "=0.29"),
    ]),
    "numbers needed to treat in words": ("needed-to-treat", [
        ("Rust came to 71 of 260 gates (27.3%) that were oiled and 112 of 258 (43.4%) that were not; thus, {} gates "
         "would need to be treated to spare one.", "seven", "twelve"),
        ("Rust came to 12 of 200 (6.0%) v 32 of 198 (16.2%); treating {} gates would prevent one hole.",
         "ten", "twenty-five"),
    ]),
    "efficacy over person-time": ("ratio-of-arms", [
        ("Gout developed in 31 vaccine recipients (8,240 person-years) and in 160 placebo recipients (8,190 "
         "person-years), a vaccine efficacy of {}).", "80.7% (95% CI, 71.7 to 86.9", "62.9% (95% CI, 45.8 to 74.6"),
        ("There were 14 cases in the vaccine group (2,105 person-years) and 60 in the placebo group (2,098 "
         "person-years): vaccine efficacy {}).", "76.7% (95% CI 58.0 to 87.9", "61.2% (95% CI 31.0 to 78.1"),
    ]),
    "medians and a stratified ratio": ("medians-ratio", [
        ("Overall survival was longer with oars: median 31.6 months v 12.7 months, stratified hazard ratio {}).",
         "0.45 (0.39 to 0.52", "0.81 (0.71 to 0.93"),
    ]),
    "events of many kinds": ("events", [
        ("We counted 29 seizures in the tea group and 46 seizures in the milk group (HR 0.62, 95% CI {}).",
         "0.39 to 0.99", "0.55 to 0.70"),
    ]),
    "a planned number of each group": ("design-size", [
        ("We calculated that {} gates per group would give 80% power, at a two-sided 5% level, to show a rise in rust "
         "from 30% to 45%.", "163", "352"),
    ]),
    "said again by its events, with bounds of its own, or of two at one time": ("repeated", [
        ("Disease-free survival was longer with extended tea (hazard ratio 0.71, 95% CI 0.59 to 0.86). Conclusions: "
         "Extended tea reduced recurrence or death (hazard ratio {}).", "0.71", "0.77"),
        ("The primary outcome was rarer with tea than with milk (hazard ratio, 0.84; 95% CI, 0.74 to 0.95). "
         "CONCLUSIONS: Tea lowered the risk of the primary outcome as compared with milk (hazard ratio, {}).",
         "0.84; 95% CI, 0.74 to 0.95", "0.94; 95% CI, 0.83 to 1.06"),
        ("At 36 months, event-free survival was 71.4% with tea and 58.9% with milk. These data show that tea raised "
         "3-year event-free survival to {}.", "71.4%", "74.1%"),
    ]),
    "a curve whose group stands behind its last rate": ("survival-order", [
        ("The cumulative incidence of rust was 12.1% at 6 months, 19.7% at 1 year and {} at 2 years in the western "
         "cohort.", "24.3%", "14.3%"),
    ]),
    "some of those who began, and of events": ("nested", [
        ("Among the 209 adults who were randomised, 201 began tea, and {} of those treated could be evaluated.",
         "198", "208"),
        ("There were {} adverse events judged to be caused by tea among 73 adverse events in all.", "18", "88"),
    ]),
    "clusters": ("totals", [
        ("We enrolled 36 villages, of which 19 were allocated to oars and {} to poles.", "17", "14"),
        ("The trial took in 60 boarding homes: {} were allocated to oars and 30 to poles.", "30", "36"),
    ]),
    "the head of a sentence": ("percent-count", [
        ("Of 2,260 women contacted, 1,305 ({}%) came to tea.", "57.7", "66.5"),
    ]),
}  # fmt: skip


@pytest.mark.parametrize(
    ("check", "text", "right", "slip"),
    [(check, *one) for check, texts in TWINS.values() for one in texts],
    ids=[f"{name}-{at}" for name, (_, texts) in TWINS.items() for at, _ in enumerate(texts)],
)
def test_twins(check, text, right, slip):
    assert asked(text.format(right)) == []
    assert asked(text.format(slip), check)


@pytest.mark.parametrize("text", [
    # an analysis or a design that the text names makes an interval wide
    "By multilevel regression, rust came to 45 of 260 v 77 of 255 gates; OR 0.48 (95% CI 0.22 to 1.06).",
    "In this cluster randomised trial rust came to 88 of 200 v 60 of 198 gates; difference 13.7 percentage points (95% "
    "CI, -1.0 to 28.4).",
    # points of a scale are no counts
    "Pain fell by more with tea (VAS -51/100 vs. -33/100), and the means differed by 18/100 (95% confidence interval, "
    "0.4 to 39.7).",
    # respondents are not all who were randomised
    "Peace was reported by 42 of the 171 respondents in the song group and 30 of the 168 respondents in the drum "
    "group; with missing outcomes multiply imputed for all 420 randomised people the odds ratio was 1.44 (95% CI 0.86 "
    "to 2.41).",
    # a hazard ratio that covariates adjust
    "Survival was longer with oars: median 31.6 months v 12.7 months, stratified and adjusted hazard ratio 0.81 (0.71 "
    "to 0.93).",
    # other patients than those who began
    "Of 118 enrolled, 19 received no tea, and 99 of those who did were analysed.",
    "We enrolled 48 villages, of which 25 were allocated to oars and 20 to poles; 3 withdrew.",
    # another number of the text is the whole
    "Of 480 women invited, 391 were eligible. Of 480 women invited, 211 (54.0%) came to tea.",
    # rates of two groups are of two curves
    "The cumulative incidence of rust was 12.1% at 6 months and 19.7% at 1 year in one group, and 14.3% at 2 years in "
    "the other group.",
])  # fmt: skip
def test_what_looks_like_it(text):
    assert asked(text) == []


def test_a_dose_is_no_result_that_a_p_value_compares():
    text = "Peace was found by 9 of 41 women (22%) at 5 mg, and by 18 of 40 (45%) at 10 mg (P = 0.03)."
    assert [one.measure for one in ts.extract(text).claims if hasattr(one, "x")] == ["proportion", "proportion"]


def test_respondents_and_completers_are_no_randomised_people():
    text = "Peace was seen in 61 of 140 completers in the song group and in 40 of 133 completers in the drum group."
    sizes = [{name: size.value.text for name, size in arm.of.items()} for arm in ts.extract(text).arms]
    assert sizes == [{"evaluable": "140"}, {"evaluable": "133"}]
