"""Two numbers of one text against each other, in own sentences: kinds, arms, differences, interactions, curves."""

from __future__ import annotations

import pytest

import trialstats as ts
from trialstats.sources.text.told.kinds_of_things import find_kinds


def asked(text, check):
    return [one.verdict.value for one in ts.check(text).findings if one.check == check and one.verdict.is_question]


@pytest.mark.parametrize("check, text, right, slip", [
    # a list of two arms, each behind its name, and their effect
    ("difference-of-arms", "Reach at a month: wool gloves, mean 34 cm (SD 8; n=62); bare hands, mean 29 cm (SD 7; "
     "n=60); crude mean difference {} cm.", "5", "15"),
    ("medians-ratio", "Median time to relapse: salt {} weeks, water 8.4 weeks; hazard ratio for relapse with salt 0.90 "
     "(95% CI, 0.76 to 1.07).", "9.2", "29.2"),
    # the rates of two arms with one unit
    ("person-time", "There were 31 cramps in 812 person-years with salt and 44 cramps in 790 person-years with water "
     "({} per 100 person-years).", "3.8 v 5.6", "3.8 v 9.6"),
    ("person-time", "We counted 18 colds over 240 child-months with salt and 33 colds over 251 child-months with water "
     "({} per 100 child-months).", "7.5 versus 13.1", "5.7 versus 13.1"),
    # curves: times between a value and its interval, values in the order of their times
    ("survival-order", "Relapse-free survival with salt was 61.3% at 12 months (95% CI, 54.1 to 67.7); by 24 months it "
     "was {}.", "52.4%", "72.4%"),
    ("survival-order", "Overall survival rates at 2, 4 and 6 years were 91%, {} and 74%, respectively, in the salt "
     "group.", "82%", "62%"),
    # all events, and all responses
    ("events", "The trial counted {} events in all, with a hazard ratio of 0.70 (95% CI, 0.54 to 0.91).",
     "231", "31"),
    ("nested", "A response was seen in 19 of them (31%), including {} complete responses.", "7", "27"),
    ("nested", "Remissions occurred in 22 of 50 women (44%), of which {} were complete remissions.", "9", "29"),
    # one cause each
    ("categories", "The cause of death, exactly one for each walker, was stroke in 38%, cancer in {}, cold in 13% and "
     "other in 7%.", "42%", "62%"),
    # people who were allotted
    ("totals", "We allotted {} women to salt (n = 61) or water (n = 59).", "120", "130"),
    ("totals", "Of 120 knees in 80 walkers, 61 were randomly assigned to wool and {} to cotton.", "59", "69"),
    # a flow told by verbs
    ("nested", "We screened 912 people, enrolled 455 and analysed {}.", "449", "494"),
    ("nested", "We screened 310 women, enrolled 120, and randomised {}.", "112", "121"),
    # both arms said again, one of them with another digit
    ("repeated", "Results: Grip fell by 2.4 percentage points with wool and 0.7 points with cotton. Conclusion: Wool "
     "lowered grip by {} percentage points, against 0.7 points with cotton.", "2.4", "2.9"),
    # differences that the text calls nothing: adjustment moves them little
    ("difference-of-arms", "The finish was reached by 93 of 174 rowers (53.4%) on salt and 71 of 169 (42.0%) on water "
     "(difference, {} percentage points).", "11.4; 95% CI, 0.9 to 22.0", "16.4; 95% CI, 5.9 to 27.0"),
    ("difference-of-arms", "Mean length of stay was 4.1 days in the wool group and 6.3 days in the cotton group "
     "(difference, {} days).", "-2.2; 95% CI, -3.3 to -1.1", "-3.6; 95% CI, -4.7 to -2.5"),
    ("difference-of-arms", "The mean score at week 30 was 31 points with salt and 44 points with water, a difference "
     "of {} points.", "13 (95% CI, 7 to 19)", "23 (95% CI, 17 to 29)"),
    ("difference-of-arms", "Mean duration of drainage was 3.2 days with wool and 5.1 days with cotton (difference {} "
     "days).", "1.9", "2.9"),
    # kinds of one thing
    ("categories", "Of the 310 stones, 141 were flat, 92 round, 47 long and {} mixed.", "30", "50"),
    ("categories", "The 164 isolates comprised three serotypes: 71 type K, 58 type L, and {} type M.", "35", "53"),
    ("categories", "On entry 41% of patients were in complete remission, 23% in partial remission, 28% had stable "
     "disease and {} had progressed.", "8%", "18%"),
    ("categories", "Disease at diagnosis was stage I in 31%, stage II in 27%, stage III in {} and stage IV in 14%.",
     "28%", "38%"),
    ("categories", "There were 72 withdrawals: 33 for a cold, 21 for lack of wind and {} for other reasons.", "18",
     "81"),
    # groups in one bracket
    ("totals", "A total of {} walkers were enrolled (intervention n=118, control n=121).", "239", "259"),
    ("totals", "{} women were included (wool group: 118; cotton group: 121).", "239", "259"),
    # a denominator that is more than its arm
    ("nested", "We randomised 71 rowers to salt and 74 to water. Cramps came to {} on salt and 39 of 74 (53%) on "
     "water.", "22 of 71 (31%)", "28 of 91 (31%)"),
    # who began and who went on to the end
    ("nested", "Fifty-two women started treatment; {} completed all eight sessions.", "44", "64"),
    ("nested", "Of 84 responders, {} later relapsed.", "31", "131"),
    # a percentage of so many
    ("two-arm-p", "A cramp came to 17% of 180 women given salt and in 19% of 177 given water (P = {}).", "0.68",
     "0.004"),
    ("two-arm-p", "The finish was reached by 44% of the 141 boys on salt and 25% of the 139 on water (P {}).",
     "< .001", "= .18"),
    # a count behind the name of its group
    ("two-arm-p", "In the salt group 12 of 84 rowers relapsed; among controls it was 30 of 86 (P={}).", "0.002", "0.2"),
    # interactions
    ("interaction-p", "The hazard ratio was 0.48 (95% CI, 0.36 to 0.64) in rowers and 1.05 (95% CI, 0.82 to 1.34) in "
     "walkers (P for interaction {}).", "<0.001", "=0.57"),
    ("interaction-p", "The risk ratio was 0.58 (95% CI, 0.46 to 0.73) on land and 1.15 (0.89 to 1.49) at sea (P={} for "
     "heterogeneity).", "0.0001", "0.39"),
    ("interaction-p", "Speed rose by a mean difference of 3.9 km/h (95% CI 2.8 to 5.0) in rowers; the difference was "
     "0.7 km/h (95% CI -0.5 to 1.9) in walkers (interaction P = {}).", "0.0001", "0.47"),
    # shares that outlived a time, told with the sizes of the arms
    ("landmark-ratio", "Four-year relapse-free survival was 81% with salt (n = 430) and 68% with water (n = 428) "
     "(hazard ratio, {}).", "0.55; 95% CI, 0.42 to 0.72", "0.96; 95% CI, 0.73 to 1.26"),
    # a conclusion about progression or death
    ("repeated", "Progression-free survival was longer with salt (HR 0.62; 95% CI 0.49 to 0.78). Conclusion: Salt "
     "reduced the hazard of progression or death by {}.", "38%", "58%"),
    ("needed-to-treat", "With wool 5.2% died, as did 9.2% with cotton; {} patients would have to be treated to save "
     "one life.", "25", "52"),
])  # fmt: skip
def test_a_number_that_another_contradicts(check, text, right, slip):
    assert asked(text.format(right), check) == []
    assert len(asked(text.format(slip), check)) == 1


@pytest.mark.parametrize("text", [
    # people with two sides, and others than those before
    "Of 90 eyes, 64 patients were assigned to wool and 36 patients to cotton.",
    "We screened 310 women, enrolled 120, and randomised 121 clusters.",
    "At a second centre we recruited 120 more, and randomised 310.",
    "Of 100 legs, 60 were assigned to wool and 60 to cotton, 20 of them to both.",
    # causes that contribute, and both arms told again of some
    "The cause of death was a cold in 62%, with old age contributing in 48% and other causes in 20%.",
    "Results: Grip fell by 3.4 points with wool and 1.2 points with cotton. Conclusion: In men wool lowered grip by "
    "3.9 points, against 1.2 points with cotton.",
    # both arms told again of other times
    "Results: Grip fell by 2.4 points with wool and 0.7 points with cotton at 4 weeks. Conclusion: At 12 weeks wool "
    "lowered grip by 2.9 points, against 0.7 points with cotton.",
    # rates told in the other order than their events, and those of a model
    "There were 31 cramps in 812 person-years with salt and 44 cramps in 790 person-years with water (5.6 v 3.8 per "
    "100 person-years).",
    "There were 31 cramps in 812 person-years with salt and 44 cramps in 790 person-years with water (adjusted rates, "
    "4.9 v 8.8 per 100 person-years).",
    # somebody may be all three
    "Of 130 walkers, 52 were men, 48 smokers and 40 diabetics.",
    "Grade was 0 in 71, 1 in 55, 2 in 30, 3 in 9 and 4 in 5 of the 170 walkers.",
    "Cramps were gone in 151 of 180 (83.9%) with salt and 148 of 177 (83.6%) with water (difference 0.3 points; 95% "
    "CI, -7.4 to 7.9; P = .02 for noninferiority at a margin of 8 points).",
    "In 22 harbours, thirst was felt by 108 of 1050 boys (10.3%) with salt and 157 of 1044 (15.0%) with water (risk "
    "ratio 0.68; 95% CI, 0.44 to 1.06, allowing for clustering by harbour).",
    "Of 150 patients, 61 were men, 50 smokers and 49 were over 60.",
    "Of 90 rowers, 41 had cramps, 33 had blisters and 26 fever.",
    # who got the other treatment is counted with it
    "We randomised 71 rowers to salt and 74 to water. Cramps came to 22 of 73 (30%) on salt and 39 of 74 (53%) on "
    "water.",
    # cycles are no rowers
    "We randomised 71 rowers to salt and 74 to water. Cramps came in 28 of 91 cycles (31%) on salt and 39 of 74 (53%) "
    "cycles on water.",
    # the text speaks of covariates
    "Mean length of stay was 4.1 days in the wool group and 6.3 days in the cotton group (difference, -3.6 days; 95% "
    "CI, -4.7 to -2.5). All estimates were adjusted for age.",
    # three groups, and two times of the same rowers
    "The hazard ratio was 0.48 (95% CI, 0.36 to 0.64) in rowers, 0.91 (0.70 to 1.18) in swimmers and 1.05 (95% CI, "
    "0.82 to 1.34) in walkers (P for interaction = 0.57).",
    "The difference at 1 month was -2.1 kg (95% CI, -2.9 to -1.3) and at 6 months -2.2 kg (95% CI, -3.1 to -1.3; "
    "P<0.001 for interaction for both comparisons).",
    # another model moves it a little
    "The hazard ratio was 0.48 (95% CI, 0.36 to 0.64) in rowers and 0.79 (95% CI, 0.62 to 1.01) in walkers (P for "
    "interaction = 0.05).",
])  # fmt: skip
def test_what_only_looks_like_a_contradiction(text):
    assert [one.message for one in ts.check(text).findings if one.verdict.is_question] == []


def test_kinds_that_no_single_digit_puts_right_are_no_list():
    assert list(find_kinds("Of the 100 stones, 40 were flat, 38 round and 51 long.")) == []
    assert [one[:2] for one in find_kinds("Of the 100 stones, 40 were flat, 38 round and 32 long.")] == [
        ("100", ("40", "38", "32"))
    ]


@pytest.mark.parametrize("text, n", [
    ("A cramp came to 22% of 130 men given salt.", "130"),
    ("At 9 weeks 34.5% of the 290 girls who wore wool had fallen.", "290"),
    ("A cramp came to 22% of 9 in 10 rowers.", None),
    ("Blisters were seen in 12% of 40 mg doses.", None),
])  # fmt: skip
def test_a_percentage_of_so_many_people(text, n):
    (share, *_) = (one for one in ts.extract(text).claims if one.measure == "proportion")
    assert (share.n.text if share.n else None) == n


@pytest.mark.parametrize("text", [
    "Relief came in 61% with saltine (n = 212) and 48% with water (n = 208).",
    "Relief at 3 years was 61% with saltine (n = 212) and 48% with water (n = 208).",
    "Relief came to 61% of those on saltine (n = 212) and 48% of those on water (n = 208).",
])  # fmt: skip
def test_an_arm_behind_its_percentage_is_named_without_it(text):
    arms = ts.extract(text).arms
    assert [arm.label for arm in arms] == ["saltine", "water"]
    assert [next(iter(arm.of.values())).value.text for arm in arms] == ["212", "208"]
