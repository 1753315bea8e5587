"""Outcomes beside words of circumstance: in whom, given what, held against whom. The sentences are made up."""

from __future__ import annotations

import pytest
from tests.sources.text.claims_shown import outcomes, told

ARMS = "We randomly assigned 400 adults to lumarin (n = 200) or placebo (n = 200). "


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        (
            "Among infants born early, the rate of colic was higher with lumarin (22%, 12 of 55) than placebo (9%).",
            "colic",
        ),
        (
            "In the reduced salt group, duration of fever was shorter (MD -11.2, 95% CI -17.1 to -5.3).",
            "duration of fever",
        ),
        ("In adults with gout, stones developed in 12% with lumarin and 19% with placebo.", "stones"),
        ("For those who had slept, dizziness was less common with lumarin (8.1% v 12.4%; P = .02).", "dizziness"),
        # Nothing but the people is told: they are what is counted.
        ("In adults with gout (31%).", "gout"),
    ],
)
def test_in_whom_it_was_seen_is_no_outcome(text, outcome):
    assert set(outcomes(ARMS + text)) <= {outcome, None}
    assert outcome in outcomes(ARMS + text)


def test_rates_alone_behind_who_they_are_of_are_of_the_outcome_before():
    text = "Sleep was good in 51% v 40%. For those with gout, the 5-week rates were 44% and 38%, respectively."
    assert set(outcomes(ARMS + text)) == {"sleep was good"}
    text = "Sleep was good in 51% v 40%. For those with gout, the 5-week stone rates were 44% and 38%, respectively."
    assert outcomes(ARMS + text)[2:] == ["stone"] * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Twenty-one adults sustained a fall (14%), 9 with lumarin (12%) and 12 with placebo (16%).", ["fall"] * 3),
        ("We saw that 31 adults had nausea (16%) and 12 reported headache (6%).", ["nausea", "headache"]),
        ("A total of 18 adults withdrew (9%).", ["withdrew"]),
        ("At entry, 90 (24%) of 380 adults (lumarin 41 [22%] of 190; placebo 49 [26%] of 190) had gout.", ["gout"] * 3),
        ("In all, 61 (15%) of 400 adults (31 [16%] on lumarin and 30 [15%] on placebo) had a rash.", ["rash"] * 3),
        ("98 adults had had an event.", ["event"]),
        ("98 adults had had an event of gout.", ["gout"]),
    ],
)
def test_what_people_did_stands_before_their_share_or_behind_a_bracket(text, expected):
    assert outcomes(text) == expected


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Adults who kept on rowing had a 48% (95% CI, 31-70%) increase in risk of gout.", "gout"),
        ("Lumarin led to a 21% (95% CI, 9 to 31) reduction in clinic stays.", "clinic stays"),
        ("Those with all three signs would have a 9% risk of a broken rib.", "broken rib"),
        ("Rowers had a 22% (95% CI, 14 to 31%) probability of relapse.", "relapse"),
        # What stands behind is no outcome of the number.
        ("Relapse was seen in 22% (95% CI, 14 to 31%), and risk of gout was low.", "relapse"),
    ],
)
def test_what_changed_stands_behind_a_number_with_its_bracket(text, outcome):
    assert outcomes(text) == [outcome]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ill events befell six (3%) adults with lumarin (stones [n=2, 1%] and gout [n=4, 2%]) and nine (5%) with"
            " placebo.",
            ["ill events befell", "stones", "gout", "ill events befell"],
        ),
        (
            "Deaths were seen in five (4%) adults with lumarin (two strokes and two falls) and one (<1%) adult with"
            " placebo (drowning).",
            ["deaths", "strokes", "falls", "deaths"],
        ),
        # Things of their own are counted behind it.
        (
            "Ill ends were 7 deaths (2 strokes and 5 falls) and 2 late relapses.",
            ["deaths", "strokes", "falls", "late relapses"],
        ),
        # A bracket of one number is of that itself.
        ("Rash was seen in 14 (7%) with lumarin and nausea in 22 (11%) with placebo.", ["rash", "nausea"]),
        ("Five adults had gout (12.5%) and 6 grade 2-3 lung toxicity (15.0%).", ["gout", "grade 2-3 lung toxicity"]),
    ],
)
def test_a_list_in_a_bracket_leaves_the_outcome_before_it(text, expected):
    found = outcomes(ARMS + text)
    assert [one for at, one in enumerate(found) if not at or one != found[at - 1]] == expected


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Relief was seen in 31% v 12% (difference between lumarin and placebo, 19% [95% CI, 11 to 27]).", "relief"),
        ("Relief was seen in 41% v 30% (lumarin-placebo difference 10.9%; 95% CI: 1.1 to 20.3).", "relief"),
        ("Glucose was lower (12.1 vs 14.3, least-squares-mean-difference [95% CI]: -2.2 [-4.0, -0.4]).", "glucose"),
        ("Relief was 41% with lumarin and remained unchanged at 29% with placebo.", "relief"),
        ("Mortality was 4% (3 of 75), which was lower than the predefined 9% rate (p=0.03).", "mortality"),
        ("Unrest on the card fell with lumarin (ES 1.21, p < 0.001).", "unrest on the card"),
        ("Toxicity was seen in 18 of 144 adults (all grades, 12%; grade ≥ 3, 4%).", "toxicity"),
        (
            "Sleep was 22.1 hours (95% CI, 13.7 to 30.2) with lumarin and 20.5 hours (95% CI, 15 to 26) across arms.",
            "sleep",
        ),
        ("Cough fell to 31% (95% CI, 22 to 40) with lumarin and to 44% (95% CI, 35 to 53) with placebo.", "cough"),
        ("Cough was 35.0% (84/240) among those given a card and 25.0% (63/252) in those without.", "cough"),
        ("Relapse was 31% in the late group (no tea) and 22% in the early group (with tea).", "relapse"),
    ],
)
def test_which_contrast_or_arm_it_is_of_is_no_outcome(text, outcome):
    assert set(outcomes(ARMS + text)) == {outcome}


def test_a_word_that_tells_nothing_alone_is_kept_with_others():
    assert outcomes("Freedom from grade 3 toxicity was seen in 31%.") == ["freedom from grade 3 toxicity"]
    assert outcomes("Of 120 adults, 29% were taking a pill.") == ["taking a pill"]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("More adults taking lumarin than those taking placebo had a gain of weight (58% vs 50%).", "gain of weight"),
        (
            "More adults taking tea than those taking cocoa had a marked loss of hair (31% v 22%).",
            "marked loss of hair",
        ),
        (
            "Despite pauses in tea, tea plus milk versus milk showed a sleep benefit (HR 0.61 [95% CI 0.45-0.82]).",
            "sleep benefit",
        ),
        # Those who had something are only what it is held against.
        ("Falls were more common than in adults who had gout (31% v 22%).", "falls"),
    ],
)
def test_what_more_of_one_arm_than_of_another_had_is_the_outcome(text, outcome):
    assert set(outcomes(ARMS + text)) == {outcome}


def test_what_follows_the_time_of_follow_up_is_not_of_it():
    assert outcomes("Median follow-up was 41 months (IQR, 30 to 50). In all, 88 adults had an event.") == [
        "follow-up",
        "event",
    ]
    text = "Unrest was bad at baseline (median 0.13; 95% CI 0.11 to 0.16) and at follow-up (0.19; 95% CI 0.14 to 0.23)."
    assert [outcome for _, outcome, _ in told(text)] == ["unrest was bad"] * 2
    assert outcomes("Unrest was rare. The median follow-up (IQR) was 0.5 years (0.3 to 0.6).") == ["follow-up"]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Invasive yeast infections (IYIs) are rife. The rate of IYI was 5.1%.", "invasive yeast infection (iyi)"),
        ("Mean haemoglobin (Hb) level was 12.9 ± 1.4 g/dL.", "haemoglobin level"),
        ("Mean urinary albumin (UA) excretion was 41 mg.", "urinary albumin excretion"),
        ("Mean urinary albumin (UA) was 41 mg.", "urinary albumin (ua)"),
        (
            "The risk of falls was told by hazard ratios (HRs). Gout was rarer (HR 0.71, 95% CI 0.55 to 0.92).",
            "gout was rarer",
        ),
    ],
)
def test_an_abbreviation_within_an_outcome(text, outcome):
    assert outcomes(text) == [outcome]


def test_the_primary_outcome_by_its_abbreviation_has_its_time():
    text = "Primary end point was the rate of serum response (SR) at 6 months. SR was seen in 64.2% of adults."
    assert told(text) == [("64.2", "serum response (sr)", "6 months")]
    text = "Primary end point was the rate of serum response (SR) at 6 months. Gout was seen in 64.2% of adults."
    assert told(text) == [("64.2", "gout", None)]
    text = "The primary composite endpoint was gangrene or loss of a leg. There were 140 primary events."
    assert outcomes(text) == ["primary events (gangrene or loss of a leg)"]


def test_cycles_lead_a_sentence_as_its_time():
    text = "In cycles 5-8, ill events were nausea (244 [28%]) and cramps (87 [10%]), and far behind them stood, in"
    text += " adults given lumarin and seen at home or in the clinic, gout (129 [12%]) and late diarrhoea (67 [6%])."
    assert {time for *_, time in told(ARMS + text)} == {"cycle 5-8"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In all, 134 admissions occurred with lumarin compared with 112 with placebo.", ["admissions"] * 2),
        ("Four shingles cases and one vein occlusion were reported.", ["shingles cases", "vein occlusion"]),
        ("There were four shingles cases with lumarin and one with placebo.", ["shingles cases"] * 2),
        (
            "Rates were higher for gout, 3.8% v 1.1% and heart block, 1.4% vs 0.2%; and lower for cough, 5.3% vs 9.2%.",
            ["gout", "gout", "heart block", "heart block", "cough", "cough"],
        ),
    ],
)
def test_things_counted_and_listed(text, expected):
    assert outcomes(ARMS + text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This benefit was seen in the subgroup of rowers in boats (OR 0.41; 95% CI: 0.23, 0.73).", "clinic stays"),
        ("The effect was also seen in women (OR 0.57, 95% CI 0.37 to 0.87).", "clinic stays"),
        ("By contrast, tea seemed to raise this risk (OR, 1.19; 95% CI, 0.94 to 1.50).", "clinic stays"),
        ("Gout was rarer (OR, 1.19; 95% CI, 0.94 to 1.50).", "gout was rarer"),
        ("An effect was seen in sleep (OR 0.57, 95% CI 0.37 to 0.87).", "sleep"),
    ],
)
def test_an_effect_told_again_of_others_is_of_the_outcome_before(text, expected):
    assert outcomes(f"{ARMS}Lumarin reduced clinic stays (OR, 0.32; 95% CI, 0.18 to 0.54). {text}")[1] == expected
