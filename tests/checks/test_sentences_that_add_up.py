"""What one or two sentences tell must fit together: own sentences that do, and the same with one number changed."""

from __future__ import annotations

import pytest

import trialstats as ts

PAIRS = {
    "totals": [
        ("The club asked 333 men: 110 to oars, 112 to poles, and {} to paddles.", "111", "141"),
        ("Of the 140 women randomised, 70 received oars, and {} received poles.", "70", "90"),
        ("In all 96 women took part. The oar group comprised 48 women, and the pole group {}.", "48", "58"),
        ("We asked 96 adults with blisters (48 intervention, {} control).", "48", "39"),
        (
            "A total of {} rowers were enrolled; 104 were assigned to receive oars and 99 to receive poles.",
            "203",
            "230",
        ),
        ("The plan was {} women (112 per group).", "224", "211"),
        (
            "In this phase 2 trial we assigned {} adults to long oars (n = 61), short oars (n = 59) or poles (n = 62).",
            "182",
            "192",
        ),
    ],
    "categories": [
        ("The blister class was I in {}% of the rowers, II in 31%, III in 20% and IV in 9%.", "40", "49"),
        ("The worst cramp was mild in 41%, strong in {}% and very strong in 23%.", "36", "63"),
        ("Boats were old in 31%, new in 40% and rented in the remaining {}%.", "29", "39"),
        ("Rowers were White (71%), Black ({}%), or of another race (9%).", "20", "32"),
        ("The type of boat was wood in 51 women, steel in {}, and reed in 9, for a total of 90.", "30", "39"),
        ("The row made them very satisfied (48%), satisfied (33%), neutral ({}%) or dissatisfied (7%).", "12", "21"),
        ("Thirty of 70 women (43%) had a response: {} complete and 19 partial responses.", "11", "21"),
    ],
    "nested": [
        ("Among the 45 women who fell in, {} needed a towel.", "18", "48"),
        ("There were 26 infections in the oar group, of which {} were of the foot.", "9", "29"),
        ("During spring 83 women fell in, {} of them twice.", "61", "91"),
        ("Forty infections occurred, {} of which were of the foot.", "17", "71"),
        ("In all, 37 women underwent surgery, {} for blisters.", "21", "41"),
        ("The mean age of the 94 adults was 41 years; {} were women.", "53", "103"),
        ("Thirty-three of the 75 women relapsed, including {} with a cramp.", "11", "41"),
        ("There were 64 deaths in the oar group ({} from drowning).", "41", "71"),
        ("Twelve women died within 30 days, {} of sepsis.", "5", "15"),
        ("The response rate was 64% (37 of 58), including {} complete responses.", "12", "42"),
        ("Of the 140 women screened, 96 were eligible and {} were randomised.", "90", "108"),
    ],
    "several-groups-p": [
        (
            "Cramps were seen in 12 of 60, 22 of 61 and 33 of 59 rowers (chi-square test across groups, P = {}).",
            ".0003",
            ".41",
        ),
        ("Cramps did not differ among the three groups (30 of 81, 28 of 80 and 33 of 83; P = {}).", ".82", ".004"),
        ("Cramps: 12/60 (20%) with oars, 22/61 (36%) with poles, 33/59 (56%) with both; P = {}.", ".0003", ".62"),
        ("Cramps: 14% (7/50) on water, 17% (9/52) on 10 mg, 43% (21/49) on 20 mg (overall P = {}).", ".001", ".3"),
    ],
    "means-p": [
        (
            "The index averaged 23.6 ± 6.2 (SD) among 45 women who rowed and 27.9 ± 6.8 (SD) among 44 who ran (P "
            "= {}).",
            ".002",
            ".57",
        ),
        (
            "Force was 412 N (SD 88) in the rowing group (29 men) and 347 N (SD 91) in the running group (31 "
            "men), P = {}.",
            ".007",
            ".67",
        ),
        (
            "Among 120 adults with oars and 118 on foot, weight fell by a mean of 0.9 kg (SE 0.1) and 0.4 kg (SE "
            "0.1) (P = {}).",
            ".0005",
            ".27",
        ),
        (
            "Speed was 96.2 (standard error 3.1) in 24 girls on water and 110.4 (3.6) in 25 on land, P = {}.",
            ".005",
            ".55",
        ),
    ],
    "statistic-p": [("Boats were alike (χ2 = 1.94, P = {}).", ".16", ".016")],
    "repeated": [
        (
            "At a year, 62% of rowers and 44% of runners had kept their job. Conclusion: {}% of rowers, as "
            "against 44% of runners, kept their job.",
            "62",
            "26",
        ),
        (
            "Rowing improved the walking distance of older adults by 34 m (95% CI, 18 to 50). In conclusion, "
            "rowing improved walking distance in older adults by {} m.",
            "34",
            "43",
        ),
    ],
    "posterior-ratio": [
        (
            "The odds ratio was 1.31 (95% credible interval, 0.97 to 1.77), a posterior probability of benefit "
            "(odds ratio above 1) of {}%.",
            "96.1",
            "69.1",
        ),
        (
            "The median odds ratio for falls was 0.82 (95% credible interval 0.69 to 0.97), a {}% posterior "
            "probability of benefit (odds ratio <1).",
            "99",
            "79",
        ),
        ("The odds ratio was 0.82 (95% CrI 0.69 to 0.97). The posterior probability of benefit was {}%.", "99", "79"),
        (
            "There was a {}% posterior probability that rowing reduced falls (odds ratio 0.88, 95% credible "
            "interval 0.71 to 1.08).",
            "88",
            "98",
        ),
        (
            "The mean difference was -3.2 points (95% credible interval, -6.1 to -0.3; posterior probability of a"
            " difference below 0, {}%).",
            "98.5",
            "78.5",
        ),
        ("The hazard ratio was 0.74 (95% CrI 0.55-0.98) and Pr(HR<1) was {}.", "0.98", "0.89"),
    ],
    "person-time": [
        ("During 4,120 patient-years of rowing 33 falls were seen ({} per 100 patient-years).", "0.80", "0.08"),
        (
            "Cramps affected 88 women (incidence, {} per 100 person-years; 8,000 person-years of follow-up).",
            "1.1",
            "2.1",
        ),
        ("In the boats 96 falls occurred over 4,800 patient-years, for an annual fall rate of {}%.", "2.0", "2.9"),
    ],
    "standard-error": [
        ("The difference was 120 ml (±{} SE; 95% CI 61 to 179).", "30", "90"),
        ("The difference was 22 m (95% CI, 14 to 30; SE, {}).", "4", "9"),
        ("The difference was -5.6 kg, s.e. {}, 95% CI -6.6 to -4.6.", "0.5", "1.5"),
        ("The difference was 1.50 points (standard error, {}; 95% CI, 0.72 to 2.28).", "0.40", "0.90"),
    ],
    "percent-count": [
        ("Of 160 women, 152 ({}%) came back.", "95", "59"),
        (
            "Cramps were seen in {}% of the oar group (26 of 500 women) and in 8.4% of the pole group (42 of 500 "
            "women).",
            "5.2",
            "2.5",
        ),
    ],
    "events": [
        ("After {} deaths, the hazard ratio for death was 0.71 (95% CI, 0.54 to 0.93).", "212", "61"),
        ("Overall survival did not differ (HR 0.84, 95% CI 0.64 to 1.10; {} deaths).", "212", "52"),
        ("A total of {} rowers had died; the hazard ratio for death was 0.84 (95% CI, 0.67 to 1.05).", "310", "84"),
        (
            "There were {} relapses in both groups together (hazard ratio for relapse, 0.71; 95% CI, 0.58 to 0.86).",
            "402",
            "101",
        ),
    ],
}


def asked(text):
    return {one.check for one in ts.check(text).findings if one.verdict.is_question}


@pytest.mark.parametrize(
    "check, text, sound, slip", [(check, *pair) for check, pairs in PAIRS.items() for pair in pairs]
)
def test_the_sound_number_is_left_alone_and_the_other_one_asked_about(check, text, sound, slip):
    assert asked(text.format(sound)) == set()
    assert check in asked(text.format(slip))


@pytest.mark.parametrize(
    "text",
    [
        "We asked 640 women: 302 had asthma, 290 eczema and 160 both.",
        "We screened 640 women: 302 were assigned to receive oars and 299 to receive poles.",
        "We treated 120 feet of 90 rowers: 60 received salve and 60 received tape.",
        "Five-year survival was 91% for stage I, 78% for stage II, 55% for stage III and 14% for stage IV.",
        "Smoking status was known in 98% of men, 97% of women and 96% of children.",
        "Women were White (80%), Black (15%) or of another race (5%); 22% were Hispanic.",
        "Cramps were felt in 40%, thirst in 35% and hunger in 45% of the rowers.",
        "Among the 45 women who fell in, 60 falls were counted.",
        "Of 120 women who were randomised, 140 received an oar as 20 more were added later.",
        "The mean age of the 94 rowers was 41 years, and 120 women looked on.",
        "Cramps were seen in 12 of 60 with oars, 22 of 61 with poles and 23 of 59 with both (P = .75 for poles v "
        "both).",
        "Pain was 5.1 ± 2.4 with oars (n = 38) and 4.9 ± 2.4 with poles (n = 40) (P < .001 for both).",
        "Weight was 71 kg (SD 12) in 38 women with oars and 70 kg (SD 11) in 40 women with poles; more came back "
        "(P = .01).",
        "Boats differed (chi-square 9.71, P = .045).",
        "Falls fell by 2.8 with oars and 1.1 with poles. Conclusion: oars lowered falls by 1.7 more than poles.",
        "The odds ratio for cure was 1.31 (95% credible interval, 0.97 to 1.77), and the posterior probability "
        "that rowing "
        "reduced mortality was 71%.",
        "The hazard ratio was 0.74 (95% CrI 0.55-0.98), a 68% posterior probability of an important benefit.",
        "Cramps affected 88 women during 8,000 person-years, for which the incidence of thirst and the rate of falls "
        "was 3.2 per 100 person-years each.",
        "In all 300 rowers were followed for 900 patient-years; falls occurred at a rate of 1.2 per patient-year.",
        "After 61 deaths in the oar group, the hazard ratio for death was 0.71 (95% CI, 0.54 to 0.93).",
        "The hazard ratio per 10 strokes was 0.92 (95% CI 0.90 to 0.94), with 88 deaths in total.",
        "Best response was complete in 14 rowers, partial in 33, stable disease in 29, and progressive disease in 24.",
    ],
)
def test_neighbours_that_add_up_otherwise(text):
    assert asked(text) == set()
