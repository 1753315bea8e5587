"""Outcomes and times in further forms of writing. The sentences are made up."""

from __future__ import annotations

import pytest
from tests.sources.text.claims_shown import outcomes, told

ARMS = "We randomly assigned 80 adults to receive lumarin or placebo. "


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        # A unit, or events by time.
        ("The mean leaf height was higher (293.3 v 236.6 μm; P = .01).", "leaf height"),
        ("Any fall [rate per 1000 (ER/1000) patient-years 41.2 vs. 38.7] was told.", "any fall"),
        # A word that compares.
        ("Waking time (WT) was shorter (14.1 vs. 18.2 minutes).", "waking time (wt)"),
        ("Mean night rest was slightly better (14.1 vs. 18.2 points).", "night rest"),
        # A word that says how results were put together.
        ("Pooled relief was more likely (41% vs 28%).", "relief"),
        ("The risk of relapse fell (typical relative risk 0.71, 95% CI 0.58 to 0.87).", "relapse"),
    ],
)
def test_what_measures_or_compares_is_no_outcome(text, outcome):
    assert set(outcomes(text)) == {outcome}


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        # A remark on the evidence.
        (
            "The film may improve sleep, although quality of evidence was low (HR 0.70, 95% CI 0.55 to 0.89).",
            "film may improve sleep",
        ),
        (
            "Rash was rare, but our confidence in this result is small (RR 0.76, 95% CI 0.61 to 0.93).",
            "rash was rare",
        ),
        # A bracket that says how it was measured.
        (
            "Mean change in pain (measured on the Lund scale) was smaller (MD 7.6, 95% CI 4.3 to 10.9).",
            "change in pain",
        ),
        ("Mean fatigue (assessed with a daily card) was less (MD 7.6, 95% CI 4.3 to 10.9).", "fatigue"),
        # The population in which it was seen.
        ("Cure rates were 41% (12/29) and 52% (15/29) in the intention-to-treat population.", "cure"),
        ("In the evaluable population, relapse was seen in 41%.", "relapse"),
    ],
)
def test_what_is_said_about_a_result_is_no_outcome(text, outcome):
    assert set(outcomes(text)) == {outcome}


def test_a_measure_with_its_abbreviation_is_no_outcome():
    text = "Relief was rare (risk ratio (RR) 0.84, 95% CI 0.66 to 1.07), and sleep good (RR 1.12, 95% CI 0.93 to 1.35)."
    assert outcomes(text) == ["relief was rare", "sleep good"]


def test_an_abbreviation_defined_with_more_behind_it_is_written_out():
    text = "Time to first fall (TFF; in days) was measured. The median TFF was 12.4 days."
    assert outcomes(text)[-1] == "time to first fall (tff)"


def test_of_two_arms_held_against_each_other_what_they_changed_is_the_outcome():
    text = ARMS + "Lumarin versus placebo improved sleep (HR 0.74, 95% CI 0.63 to 0.87)."
    assert outcomes(text)[-1] == "sleep"
    text = ARMS + "Lumarin versus placebo probably reduced falls (HR 0.74, 95% CI 0.63 to 0.87)."
    assert outcomes(text)[-1] == "falls"


def test_corresponding_results_are_of_the_outcome_before():
    text = "Among nurses, 78% had slept well. Among porters, the corresponding proportions were 84% and 69%."
    assert outcomes(text) == ["slept well"] * 3
    text = "Among nurses, 78% had slept well. For porters the corresponding figures were 84% and 69%."
    assert outcomes(text) == ["slept well"] * 3


def test_events_counted_are_the_outcome_of_the_shares_in_their_bracket():
    text = ARMS + "After 212 deaths (lumarin, 64%; placebo, 73%) at a median follow-up of 29.4 months, we stopped."
    assert outcomes(text)[-4:] == ["deaths", "deaths", "deaths", "follow-up"]


def test_a_time_that_leads_a_sentence_with_a_median_is_follow_up():
    text = "At a median of 34.5 months, survival was longer. The 3-year survival was 83%."
    assert outcomes(text) == ["follow-up", "survival"]
    assert outcomes("After a mean of 2.5 years, relapse was seen in 12%.") == ["follow-up", "relapse"]


def test_counts_of_both_arms_before_their_percentages_are_no_outcome():
    text = ARMS + "The rash was gone in 23 of 167 on lumarin and 11 of 162 on placebo (13.8% vs. 6.8%)."
    assert outcomes(text)[-2:] == ["rash was gone"] * 2


@pytest.mark.parametrize(
    ("text", "time"),
    [
        # A visit named by words or by their abbreviation.
        ("Cure at the test of cure (TOC) was 41%.", "at the test of cure"),
        ("The test of cure (TOC) was planned. Cure was 41% at TOC.", "at test of cure (toc)"),
        # The close of a treatment.
        ("Relief in the last 5 weeks of the blinded phase was 41%.", "last 5 weeks of the blinded phase"),
        ("Over the final two weeks of treatment, relief was 41%.", "final two weeks of treatment"),
        ("Relief at the end of the trial was reached by 41%.", "at the end of the trial"),
        ("Relief at the end of the lead-in period was 41%.", "at the end of the lead-in period"),
        # What a treatment did is no time.
        ("Relief by prior tea therapy was 41%.", None),
        ("Relief before prior tea therapy was 41%.", "before prior tea therapy"),
        # Nor is an age.
        ("Children (aged 1 month to 15 years) were seen; relief was 41%.", None),
        # A time glued to its outcome.
        ("1yOS was 41%.", "1 year"),
        ("The 3-y survival was 41%.", "3 year"),
    ],
)
def test_times_are_named_in_other_ways_than_at(text, time):
    assert [when for number, _, when in told(text) if number == "41"] == [time]


def test_a_time_glued_to_an_outcome_is_that_of_no_other():
    text = "1yOS (RR 0.89, 95% CI 0.82 to 0.96) and cure (RR 1.57, 95% CI 1.32 to 1.85) were better."
    assert [time for *_, time in told(text)] == ["1 year", None]


def test_what_was_measured_was_measured_at_the_end_of_what_was_given():
    text = "Adults received 6 weeks of lumarin or placebo. The mean leaf height was 24.1 mm."
    assert told(text)[-1][2] == "6 weeks"
    text = "Adults were given 8 weeks of lumarin. The median score was 24."
    assert told(text)[-1][2] == "8 weeks"


def test_decimals_behind_years_are_no_year():
    assert all(time is None for *_, time in told("Falls (per 100 patient-years 6.7 vs. 5.1) were rare."))


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        # What there was more or less of.
        ("Boys with 0, 1 and 3 flags had 4.2, 4.8, and 53.9 fewer falls.", "falls"),
        ("Lumarin led to a mean of 2.1 more waking hours.", "waking hours"),
        # Behind an adverb.
        ("One patient subsequently withdrew consent.", "withdrew consent"),
        ("9 patients (12%) later had a rash.", "rash"),
        # Months are of a date.
        ("Between Oct 9 and Jan 25, 2021, 41% of adults slept well.", "slept well"),
        ("Between June 1999 and July 2001, 41% of adults slept well.", "slept well"),
    ],
)
def test_the_outcome_is_found_past_what_stands_between(text, outcome):
    assert set(outcomes(text)) == {outcome}


def test_a_primary_analysis_is_of_the_primary_end_point():
    text = "The primary end point was relief at night. The primary analysis showed 41% versus 21%."
    assert outcomes(text) == ["primary (relief at night)"] * 2
    text = "The primary outcome was sleep in spring. The primary analysis favoured the film (P = .02)."
    assert "sleep in spring" in outcomes(text)[0]


def test_those_who_had_something_at_baseline_are_not_seen_then():
    text = "At week 9, relief was good. Boys with pain at baseline had 41% relief."
    assert told(text)[-1][2] != "at baseline"
    assert told("Girls with pain at baseline had a mean score of 3.1.")[-1][2] is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # What an efficacy is held against.
        (
            "The effectiveness of spraying was 72% (95% CI, 66 to 76) against rust and 64% (95% CI, 55 to 72) against"
            " blight.",
            ["rust", "blight"],
        ),
        ("Vaccine efficacy was 71% against the common rust.", ["common rust"]),
        # A ratio told as times a risk.
        ("Long naps had a 1.71 times higher risk of gout (95% CI, 1.22 to 2.40).", ["gout"]),
        ("Naps were tied to a 1.71-fold increased odds of mild gout (95% CI, 1.22 to 2.40).", ["mild gout"]),
        # Any outcome, and which it was behind.
        ("Of the key secondary end points, outcomes were 4.4% v 7.3% for gout.", ["gout", "gout"]),
        # Where those counted are, or what they went into.
        ("Of all, 7.5% (60 of 800) of women at inland clubs were referred.", ["referred"]),
        ("Of 900 crews who had rowed, 855 (95.0%) were included in the final analysis.",
         ["included in the final analysis"]),
        # A bracket that only tells the kind of number, or the scale.
        ("Naps made fatigue milder (mean change score, 4.2 v 6.1).", ["naps made fatigue milder"] * 2),
        ("The median score for unrest (scale 0 to 20, where 20 is worst) was 6 (IQR, 3 to 9).",
         ["score for unrest"]),
        # How long they were followed, behind medians of a kind.
        ("Median survival was 3.6 and 5.1 months, at a mean follow-up time of 31.7 months.",
         ["survival", "survival", "follow-up"]),
        ("Of all, (60 [60%] male patients and 40 [40%] female patients) rowed.", ["male", "female"]),
    ],
)  # fmt: skip
def test_what_stands_behind_the_number_tells_the_outcome(text, expected):
    assert outcomes(text) == expected


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("The hazard ratio for gout was 0.71 (95% CI, 0.55 to 0.92). Results were similar in women (HR, 0.74; 95% CI,"
         " 0.55 to 0.99).", "gout"),
        ("The hazard ratio for gout was 0.71 (95% CI, 0.55 to 0.92). Findings remained robust after adjustment for"
         " weight (HR, 0.74; 95% CI, 0.55 to 0.99).", "gout"),
        ("The hazard ratio for gout was 0.71 (95% CI, 0.55 to 0.92). Results were similar for blisters (HR, 0.74; 95%"
         " CI, 0.55 to 0.99).", "blisters"),
    ],
)  # fmt: skip
def test_similar_results_are_of_the_outcome_before(text, last):
    assert outcomes(text)[-1] == last


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The odds ratio was 0.54 for gout (P = .03) and 0.60 for death (P = .02).", ["gout", "death"]),
        ("For gout, the odds ratio was 0.54 for the younger subgroup (P = .03) and 0.60 for the older subgroup"
         " (P = .02).", ["gout", "gout"]),
    ],
)  # fmt: skip
def test_ratios_without_intervals_say_what_they_are_of_before_their_p(text, expected):
    assert outcomes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sleep was longer (estimated treatment difference [ETD] 0.4 h [95% CI 0.1 to 0.7]). Pain was less (ETD -0.5"
         " points [95% CI -0.9 to -0.1]).", ["sleep", "pain"]),
        ("The waking score (ETD) was known. The ETD was less (mean difference -0.5 points; 95% CI -0.9 to -0.1).",
         ["etd"]),
        ("The mean level of zinc was 52.4±19.7 ng per milliliter (88±33 nmol per liter).",
         ["level of zinc", "level of zinc"]),
    ],
)  # fmt: skip
def test_abbreviations_of_measures_and_units_are_no_outcome(text, expected):
    assert outcomes(text) == expected


def test_what_week_a_number_names_counts_nobody():
    (first, *_) = told("Lumarin was better in week-8 sleep (80.0% vs 75.0%).")
    assert first[2] == "week 8"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A bracket that only names a measure that the text defines, in the plural too.
        ("We pooled relative risks (RR) of gout. Naps led to less gout (RR 0.44; 95% CI, 0.31 to 0.62).",
         "naps led to less gout"),
        ("Odds were lower than for any other nap, odds ratios (ORs) being told. Naps cut gout (ORs 0.44; 95% CI 0.31 to"
         " 0.62).", "naps cut gout"),
        # But not what else is meant by its letters.
        ("Pulse was told as heart rate (HR). Naps slowed it (HR, 12 vs 24).", "heart rate (hr)"),
        # Nothing was seen, and in what.
        ("Naps were long. No difference was detected between crews in mild gout (RR 0.94; 95% CI, 0.71 to 1.25).",
         "crews in mild gout"),
    ],
)  # fmt: skip
def test_a_bracket_with_a_measure_alone_names_no_outcome(text, expected):
    assert outcomes(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        # The words that begin with its letters are what an abbreviation stands for.
        ("The main end point was problem-free sleep (PFS). PFS was better (HR 0.70, 95% CI 0.55 to 0.89).",
         "problem free sleep (pfs)"),
        ("Secondary end points included problem-free sleep (PFS). PFS was better (HR 0.70, 95% CI 0.55 to 0.89).",
         "problem free sleep (pfs)"),
        ("The aim was time to next tiredness (TNT). TNT was longer (HR 0.70, 95% CI 0.55 to 0.89).",
         "time to next tiredness (tnt)"),
        # Letters that begin no words: the first word is that of the first letter.
        ("We told of purring (PRG). PRG was better (HR 0.70, 95% CI 0.55 to 0.89).", "prg"),
        # What only says when or how is no outcome.
        ("Likewise, dreaming was rarer (HR 0.70, 95% CI 0.55 to 0.89).", "dreaming was rarer"),
        ("Deep sleep was more likely following lumarin (HR 0.70, 95% CI 0.55 to 0.89).", "deep sleep"),
        # What became of the primary outcome is not what it is.
        ("The primary outcome was reduced with lumarin versus placebo (HR 0.70, 95% CI 0.55 to 0.89).",
         "primary outcome"),
    ],
)  # fmt: skip
def test_what_a_name_stands_for(text, outcome):
    assert outcomes(ARMS + text)[-1] == outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        # What is said of how often it was.
        ("Rash (5% v 2%) and thirst (3% v 1%) were more frequent with lumarin than with placebo.", {"rash", "thirst"}),
        ("Itch (odds ratio 0.60; 95% CI, 0.45 to 0.81) was less common with lumarin.", {"itch"}),
        # What was gained, and where.
        ("Benefits in favour of lumarin were observed for sleep (HR 0.63; 95% CI, 0.52 to 0.77).", {"sleep"}),
        ("Improvements were greater with lumarin than with placebo with respect to mood (23 vs. 9 points).", {"mood"}),
        ("Events seen more often with lumarin versus placebo included thirst (46% v 11%).", {"thirst"}),
        # What only says how arms differed, before the values.
        ("The rate of good sleep was higher in those at home (32% v 12%).", {"good sleep"}),
        ("Falls were more likely to stop (12% v 9%).", {"falls were more likely to stop"}),
        ("Good sleep was found to be longer in cases (32% v 12%).", {"good sleep"}),
        ("Mean time awake in the ward (min) was 61 (SD 9) v 52 (SD 8).", {"time awake in the ward"}),
        ("Sleep gained by a mean effect size of 0.4 (95% CI 0.2 to 0.6).", {"sleep gained"}),
        # A species keeps its first letter, and a long phrase no words that lead to it.
        ("H. vagans was lost in 41%.", {"h vagans was lost"}),
        (
            "Lumarin, seen after much rain, gave a longer time of very good and deep night sleep (32%).",
            {"time of very good and deep night sleep"},
        ),
        # What only says of how many, and a remark before the verb.
        ("Relief rates (full analysis set, n = 143; n = 139) were 61.5% and 64.7%.", {"relief"}),
        ("Sleep at home, which was told by letter, was longer (45% v 82%).", {"sleep at home"}),
        # How it was reckoned.
        (
            "Sleep was better (HR 0.79; 95% CI, 0.66 to 0.94; adjusted for town; 62% v 51%).",
            {"sleep"},
        ),
        (
            "Old moves (adjusted odds ratio [aOR] 1.96, 95% CI 1.17-3.28) and age (aOR 2.8, 95% CI 1.6-4.9) told.",
            {"old moves", "age"},
        ),
        (
            "Sleep was good (adjusted hazard ratio [AHR], 1.3 [95% CI, 1.2-1.4]) and after a day (AHR, 1.5 [1.3-1.7]).",
            {"sleep was good"},
        ),
        # Side effects keep their name.
        ("Side effects were more common (odds ratio 2.6; 95% CI, 1.6 to 4.2).", {"side effects"}),
        ("In all, 67 (74%; 95% CI, 65%-83%) assigned to receive lumarin retained sight.", {"sight"}),
    ],
)
def test_the_outcome_beside_words_that_only_compare(text, outcome):
    assert set(outcomes(ARMS + text)) == outcome


def test_a_time_in_the_name_of_the_next_outcome_is_of_that_alone():
    text = "For lumarin versus placebo, comfort was 81% v 72% (P = .04), with 3-year survival of 47% v 53%."
    assert [time for *_, time in told(ARMS + text)] == [None, None, None, "3 year", "3 year"]
    behind = "Comfort was 81% v 72% with lumarin versus placebo at 3 years."
    assert {time for *_, time in told(ARMS + behind)} == {"3 years"}


@pytest.mark.parametrize(
    "text",
    [
        "Long sleep was better with lumarin (median not reached v 19.2 months).",
        "Long sleep was better with lumarin (not estimable vs 19.2 months; HR 0.70, 95% CI 0.55 to 0.89).",
    ],
)
def test_what_was_not_reached_is_no_outcome(text):
    assert set(outcomes(ARMS + text)) == {"long sleep"}


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        # The numbers of a grade, a threshold or a scale belong to what was seen.
        ("Grade 3 or 4 cramp was seen in 41% of adults.", "grade 3 or 4 cramp"),
        ("Grade 3/4 cramp (41% v 28%) was seen.", "grade 3/4 cramp"),
        ("At the visit there was a loss of ≥10 letters in 41% of adults.", "loss of ≥10 letters"),
        # Those of an arm or at the ends do not.
        ("Cramp was seen in 31 adults, and rash in 41%.", "rash"),
        ("Relief after 6 weeks was 41%.", "relief"),
        # A rate that is measured keeps its name.
        ("The mean heart rate was 62 bpm.", "heart rate"),
        ("The rate of relief was 41%.", "relief"),
    ],
)
def test_numbers_and_rates_within_an_outcome(text, outcome):
    assert outcomes(text)[-1] == outcome


def test_a_clause_of_its_own_behind_counts_tells_nothing_of_them():
    text = (
        "Efficacy against grave rash was 98.2%, with 2 cases with lumarin and 106 with placebo, and the efficacy"
        " against mild rash was 63.0%."
    )
    assert not any("mild" in (outcome or "") for outcome in outcomes(ARMS + text)[:3])


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        # How far it is significant, and by which statistic it is told.
        ("The difference in cramp approached statistical significance (P = .061).", "cramp"),
        ("Cramp was more frequent with lumarin, but did not reach significance (P = .083).", "cramp"),
        ("Cramp was of borderline statistical significance (HR 0.73, 95% CI 0.53 to 1.01).", "cramp"),
        ("Cramp was seen more often (P = .041, Cohen's d = 0.37).", "cramp"),
        # How it was counted.
        ("Cramp by intention-to-treat was 41% with lumarin.", "cramp"),
        ("Cramp based on an intent-to-treat analysis was 41% with lumarin.", "cramp"),
        ("The muscle cramp (MC) rate (gaps told as none) was 41% with lumarin.", "muscle cramp (mc)"),
        # What changed stands behind "from baseline".
        ("A reduction of 7% (95% CI, 3 to 11) from baseline in cramp was seen.", "cramp"),
    ],
)
def test_how_a_result_was_reckoned_or_judged_is_no_outcome(text, outcome):
    assert set(outcomes(ARMS + text)) == {outcome}
