"""What a sentence tells is held together where it holds no other number, however it is built."""

from __future__ import annotations

import pytest

import trialstats as ts


def asked(text: str) -> list[str]:
    """The questions that a text raises: the code of each check."""
    return [one.code for one in ts.check(text).findings if one.verdict.is_question]


@pytest.mark.parametrize(
    ("text", "right", "slip"),
    [
        # totals of arms
        ("Altogether {} calves took part: nineteen were given milk, twenty-two whey and thirty water.", "71", "81"),
        ("In all, {} pupils were randomised, 118 of whom were assigned to chess and 121 to choir.", "239", "293"),
        ("The 204 adults allocated to tea and the 199 allocated to milk made up the whole population of"
         " {}.", "403", "430"),
        ("One hundred and ninety wards took part, {} of them supplied with gloves and 92 with none.", "98", "89"),
        # kinds
        ("Hearing improved in 61, stayed the same in {} and worsened in 22 of the 130 dogs.", "47", "74"),
        ("The scar was red in 80, pale in {} and brown in 31 of the 180 patients.", "69", "96"),
        # shares
        ("Callers described themselves as bakers (44%), millers (31%) or cooks ({}%); one answer was"
         " allowed.", "25", "52"),
        # two counts with their totals
        ("Among the 310 who swam, 44 caught a cold; of the 305 who ran, 71 did (RR {}).", "0.61,"
         " 0.43-0.86", "0.93, 0.66-1.31"),
        ("Colds numbered 44 in the swimmers (n = 310) and 71 in the runners (n = 305): crude odds ratio {}.",
         "0.55 [0.36; 0.82]", "1.55 [1.02; 2.33]"),
        ("Compared with milk (52/160 relapsed), tea (29/158) carried a relative risk of relapse of {}.",
         "0.56 (0.38 to 0.84)", "0.96 (0.65 to 1.44)"),
        ("By spring 88 of 190 pupils on skis and 41 of 186 on foot had lost at least 10% of weight (P{} by Pearson's"
         " chi-square test).", "<0.001", "=0.14"),
        # events and the width of a hazard ratio's interval
        ("Relapse or death was recorded in 402 patients on tea and 455 on milk (hazard ratio, 0.87; 95% CI, {}).",
         "0.76 to 1.00", "0.62 to 1.22"),
        ("Stroke: 31 v 44 events; hazard ratio, 0.70; 95% CI, {}.", "0.44 to 1.11", "0.61 to 0.80"),
        # a control that is told last
        ("Median time to relapse was 21.4 months with tea and 12.2 months with placebo (hazard ratio, {}).",
         "0.57; 95% CI, 0.44 to 0.74", "1.75; 95% CI, 1.35 to 2.27"),
        ("Kaplan-Meier event rates at 3 years were 9.0% with tea and 13.5% with placebo; hazard ratio {}.",
         "0.66 (95% CI, 0.55 to 0.79)", "1.52 (95% CI, 1.27 to 1.82)"),
        # rates in time, and a verb
        ("Cumulative mortality at 1, 2 and 5 years was 3%, {}% and 14%.", "8", "18"),
        ("Kaplan-Meier estimates of death in the tea arm were 18.2% at 1 year and {}% at 2 years.", "21.4", "12.4"),
        ("The estimated rate of relapse rose from 4.4% at 3 years to {}% at 7 years.", "7.1", "1.7"),
        # posteriors
        ("The posterior mean gain in free days was 2.4 (95% credible interval, -0.2 to 5.0), and the probability of any"
         " gain was {}.", "0.96", "0.71"),
        ("The hazard ratio for cure had a posterior median of 1.05 (95% credible interval 0.82-1.34), and the"
         " probability that it exceeded 1 was {}.", "0.65", "0.97"),
        # standard errors
        ("The log hazard ratio had a standard error of {}; the hazard ratio was 0.80 (95% CI, 0.69 to"
         " 0.92).", "0.07", "0.17"),
        ("The slope was 2.0 units lower with tea, with a standard error of {} (95% CI, 1.0 to 3.0).", "0.5", "1.4"),
        # stages, digits that changed places, statistics
        ("We invited 510 women; {} consented, and 301 attended the first visit.", "350", "530"),
        ("We randomised 1,207 adults with gout. Flares fell. This trial of {} adults supports tea.", "1,207", "1,270"),
        ("Attendance was alike (chi-square 0.8, df 2, P={}).", "0.67", "0.004"),
        ("The log-rank statistic was 8.6 (1 degree of freedom; P={}).", "0.003", "0.09"),
        # reductions
        ("Colds fell from 31.0% (93/300) to 20.0% (60/300), a {}% relative decrease.", "35", "53"),
    ],
)  # fmt: skip
def test_a_slip_is_seen_and_its_twin_is_left_alone(text, right, slip):
    assert asked(text.format(right)) == []
    assert asked(text.format(slip)) != []


@pytest.mark.parametrize(
    "text",
    [
        # people who left, other people, and what one has several of
        "In all, 484 patients were randomised, 214 of whom were assigned to tea and completed the trial.",
        "Of 240 patients, 96 had a cold, 90 a cough and 74 a fever.",
        "Patients reported a cold (61%), a cough (28%) and fever (21%).",
        "All wore glasses; 48% had a cat, 31% a dog and 31% a fish.",
        # of three counts no two are compared, and nothing is where groups are unlike or adjusted
        "Of 93,000 reports 428 told of falls, 202 of 2,227 with tea (odds ratio 40; 95% CI, 33 to 48).",
        "Among the 310 who swam, 44 caught a cold; of the 305 who ran, 71 did (adjusted RR 0.80, 0.55-1.16).",
        "There were 9 colds among 410 swimmers and 31 among 402 runners; mean age was 44 and 45 years (P=0.24).",
        # the control told first, or called the ratio's first arm
        "Relapse occurred in 40% of those on placebo versus 18% on tea (hazard ratio 2.44, 95% CI 1.41 to 4.23).",
        "Median survival was 9.8 months with placebo and 14.6 months with tea (hazard ratio 1.50; 95% CI"
        " 1.15 to 1.96).",
        # events of a part of the patients, or of clusters
        "Stroke occurred in 88 men on tea and 110 on milk; in those with gout (n=312) the hazard ratio was 0.70 (95% CI"
        " 0.38 to 1.29).",
        "In this cluster-randomised trial 410 patients with tea and 460 with milk had an event (hazard"
        " ratio 0.88; 95% CI"
        " 0.66 to 1.17).",
        # rates that may fall
        "Prevalence of smoking was 24% at 1 year, 19% at 2 years and 22% at 3 years.",
        # a number that is another result
        "Of the men 35% on tea and 22% on milk had a cold. Conclusions: 53% of all men could have tea.",
        "Of 600 men who were enrolled, 587 were eligible.",
        "Of 300 people approached, 180 consented; a further 240 were referred by their doctors.",
    ],
)  # fmt: skip
def test_what_only_looks_so_is_left_alone(text):
    assert asked(text) == []
