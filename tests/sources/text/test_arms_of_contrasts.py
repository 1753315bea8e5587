"""Which arms a contrast, a change or a P value is of, and which comes first: own sentences."""

from __future__ import annotations

import pytest

from trialstats.claims.model import Comparison
from trialstats.sources.text.reading import extract

TWO = "We randomly assigned 120 adults to receive lumarin (n = 60) or solvatan (n = 60). "
PLACEBO = "We randomly assigned 120 adults to receive lumarin (n = 60) or placebo (n = 60). "
THREE = "We randomly assigned 180 adults to lumarin (n = 60), solvatan (n = 60) or usual care (n = 60). "


def armed(text: str) -> dict[str, list[str]]:
    """Return by the printed value of each result, or by its P where it has none, the labels of its arms."""
    paper = extract(text)
    name = {arm.id: arm.label.lower() for arm in paper.arms}
    return {
        (claim.p.value if isinstance(claim, Comparison) else claim.value).text: [name[arm] for arm in claim.arms]
        for claim in paper.claims
    }


@pytest.mark.parametrize(
    ("sentence", "value", "arms"),
    [
        # The arm of the value before the bracket does not lead, whether the value is read or not.
        ("Falls per 100 patient-years were 2.2 with lumarin and 2.4 with solvatan (hazard ratio, 0.90; 95% CI, 0.73"
         " to 1.12).", "0.90", ["lumarin", "solvatan"]),
        ("Falls per 100 person-years were 2.9 for lumarin and 3.1 for solvatan (rate ratio, 0.93; 95% CI, 0.73"
         " to 1.18).", "0.93", ["lumarin", "solvatan"]),
        ("Sleep lasted 8.1 hours with lumarin and 7.4 hours with solvatan (difference, 0.7; 95% CI, 0.2 to 1.2).",
         "0.7", ["lumarin", "solvatan"]),
        ("Compared with lumarin, solvatan gave more falls (hazard ratio, 1.27; 95% CI, 1.10 to 1.47).", "1.27",
         ["solvatan", "lumarin"]),
        # What stands behind "than" or "to" is the second.
        ("Noninferiority to solvatan was shown (difference, -1.4%; 95% CI, -7.2 to 4.3).", "-1.4%",
         ["lumarin", "solvatan"]),
        ("It was not better than solvatan (difference, -2.2%; 95% CI, -8.0 to 3.6).", "-2.2%",
         ["lumarin", "solvatan"]),
        # The ratio is said to be of one arm.
        ("Survival was 30 months with lumarin and 25 months with solvatan (hazard ratio for death in the solvatan group"
         " 1.18 [95% CI 0.95 to 1.45]).", "1.18", ["solvatan", "lumarin"]),
        ("The risk ratio for relapse with solvatan was 1.42 (95% CI 1.02 to 1.98).", "1.42", ["solvatan", "lumarin"]),
    ],
)  # fmt: skip
def test_the_first_of_two(sentence: str, value: str, arms: list[str]) -> None:
    assert armed(TWO + sentence)[value] == arms


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("Cholesterol had a reduction of 54.2% with lumarin, as compared with a rise of 1.0% with placebo (difference,"
         " -55.2 percentage points).", "-55.2"),
        ("Scores fell by 12.1 points with lumarin and by 4.0 points with placebo (difference, -8.1 points; 95% CI -11.0"
         " to -5.2).", "-8.1"),
    ],
)  # fmt: skip
def test_falls_are_told_without_their_sign(sentence: str, value: str) -> None:
    assert armed(PLACEBO + sentence)[value] == ["lumarin", "placebo"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("In the lumarin group, tests showed an increase in walking time (P < .001).", {"<.001": ["lumarin"]}),
        ("A decrease in dilation (-3.0; 95% CI, -5.3 to -0.7) was observed in the placebo group.",
         {"-3.0": ["placebo"]}),
        ("Weight rose by 2.1 kg (95% CI, 1.0 to 3.2) in the placebo group compared with baseline.",
         {"2.1": ["placebo"]}),
        # What is told against another arm is no change of one.
        ("Weight in the lumarin group was 1.6 kg (95% CI, 0.4 to 2.8) higher than in the placebo group.",
         {"1.6": ["lumarin", "placebo"]}),
        ("Pain was lower in the lumarin group (P = .01).", {".01": ["lumarin", "placebo"]}),
    ],
)  # fmt: skip
def test_changes_within_one_arm(sentence: str, expected: dict[str, list[str]]) -> None:
    found = armed(PLACEBO + sentence)
    assert {value: found.get(value) for value in expected} == expected


def test_a_sentence_of_changes_goes_on_with_the_arm_of_the_one_before() -> None:
    text = PLACEBO + (
        "In the lumarin group, walking time rose (P < .001). Scans showed a decrease in fat (-0.9 kg; 95% CI, -1.4 to"
        " -0.5). Fat was lower than with placebo (difference, -0.7 kg; 95% CI, -1.3 to -0.1)."
    )
    assert armed(text) == {"<.001": ["lumarin"], "-0.9": ["lumarin"], "-0.7": ["lumarin", "placebo"]}


@pytest.mark.parametrize(
    "sentence",
    [
        "Survival at 2, 3 and 5 years was similar after lumarin (31%, 22% and 11%) versus solvatan (32%, 18% and 7%).",
        "Rates did not differ between lumarin (31%, 22%, and 11%) and solvatan (32%, 18%, and 7%; P = .4).",
    ],
)
def test_values_that_each_arm_has_in_its_own_bracket(sentence: str) -> None:
    found = armed(TWO + sentence)
    assert [found[f"{value}%"] for value in (31, 22, 11)] == [["lumarin"]] * 3
    assert [found[f"{value}%"] for value in (32, 18, 7)] == [["solvatan"]] * 3


@pytest.mark.parametrize(
    "sentence",
    [
        "Median rest was 2.9 (95% CI, 2.2 to 3.6) and 7.4 (95% CI, 6.5 to 8.3) hours in the lumarin group and 3.5"
        " (95% CI, 2.8 to 4.2) and 7.9 (95% CI, 6.8 to 9.0) hours in the solvatan group.",
        "Survival was 71.3% (95% CI 69.1 to 73.5) at 2 years and 60.4% (57.6 to 63.2) at 6 years with lumarin,"
        " compared with 68.8% (66.4 to 71.2) at 2 years and 55.9% (52.9 to 58.9) at 6 years with solvatan.",
    ],
)
def test_two_values_of_each_arm(sentence: str) -> None:
    arms = [arms for arms in armed(TWO + sentence).values() if arms]
    assert arms == [["lumarin"], ["lumarin"], ["solvatan"], ["solvatan"]]


def test_a_pair_led_by_versus_leaves_out_the_value_before_it() -> None:
    found = armed(
        TWO + "The form was used by 10.5% of adults in the lumarin group, and 22.0% of adults in the lumarin group"
        " versus 15.9% in the solvatan group slept well."
    )
    assert found == {"10.5%": ["lumarin"], "22.0%": ["lumarin"], "15.9%": ["solvatan"]}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Compared with the usual care group, differences in relief were higher in both groups (27.7% [95% CI, 25.1% to"
         " 30.4%] for the lumarin group; 17.3% [95% CI, 14.8% to 19.8%] for the solvatan group).",
         {"27.7%": ["lumarin", "usual care"], "17.3%": ["solvatan", "usual care"]}),
        ("The difference was 10.4% (95% CI, 7.8% to 13.1%) for the lumarin group versus the solvatan group.",
         {"10.4%": ["lumarin", "solvatan"]}),
        ("Lumarin was more effective than usual care (odds ratio 1.51; 95% CI 1.22 to 1.87), and than solvatan (odds"
         " ratio 1.42; 95% CI 1.12 to 1.79).", {"1.51": ["lumarin", "usual care"], "1.42": ["lumarin", "solvatan"]}),
    ],
)  # fmt: skip
def test_contrasts_of_several_arms(sentence: str, expected: dict[str, list[str]]) -> None:
    assert armed(THREE + sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Vaccine efficacy was 52% (95% CI 8 to 75) against all episodes and 71% (27 to 88) against severe episodes.",
        "The protective efficacy came to 52% (95% CI, 8 to 75) in women and 71% (95% CI, 27 to 88) in men.",
    ],
)
def test_the_efficacy_of_a_vaccine_is_of_both_arms(sentence: str) -> None:
    found = armed("Infants were randomly assigned to vaccine or placebo. " + sentence)
    assert found["52%"] == found["71%"] == ["vaccine", "placebo"]


def test_a_number_needed_to_treat_is_of_both_arms() -> None:
    found = armed(
        PLACEBO + "Relapse was rarer with lumarin than with placebo (20% versus 40%; number needed to treat, 5)."
    )
    assert found["5"] == ["lumarin", "placebo"]


def test_the_value_behind_one_that_was_not_reached_is_the_second() -> None:
    found = armed(
        PLACEBO
        + "Survival was longer with lumarin (hazard ratio, 0.39; 95% CI, 0.30 to 0.50; median not reached v 19.0"
        " months)."
    )
    assert found["19.0"] == ["placebo"]


def test_changes_in_per_cent_of_which_one_has_a_sign() -> None:
    paper = extract(PLACEBO + "Lumarin lowered the level of zinc (-12.3% vs. 4.2%; P = .001) compared with placebo.")
    first, second = paper.claims[:2]
    assert (first.measure, second.measure) == ("mean", "mean")
    assert (first.arms, second.arms) == (("lumarin",), ("placebo",))


def test_differences_listed_before_what_says_so() -> None:
    paper = extract(
        PLACEBO
        + "At a year, mean systolic and diastolic pressure was 3.3 (95% CI 0.3 to 6.3) mmHg and 2.3 mmHg (95% CI"
        " 0.5 to 4.2) lower in the lumarin group."
    )
    assert [(claim.measure, claim.arms) for claim in paper.claims] == [("difference", ("lumarin", "placebo"))] * 2


def test_what_an_effect_changes_a_rate_from_and_to() -> None:
    found = armed(PLACEBO + "Lumarin raised mortality by a tenth, reducing survival from 55% to 48%.")
    assert (found["55%"], found["48%"]) == (["placebo"], ["lumarin"])


def test_contrasts_of_one_arm_go_on_within_a_list() -> None:
    found = armed(
        THREE
        + "Compared with the usual care group, between-group differences in relief were higher for both (10.3% [95%"
        " CI, 9.5% to 12.1%] for the lumarin group at week 1 and 3.1% [95% CI, 2.0% to 4.1%] at week 2)."
    )
    assert found == {"10.3%": ["lumarin", "usual care"], "3.1%": ["lumarin", "usual care"]}


@pytest.mark.parametrize(
    "sentence",
    [
        "Survival at 1, 2, and 3 years was 86%, 66%, and 62% with lumarin and 81%, 69%, and 53% with solvatan.",
        "Relief at 4, 8 and 12 weeks was 86%, 66% and 62% in the lumarin group compared with 81%, 69% and 53% in the"
        " solvatan group.",
    ],
)
def test_values_listed_before_each_arm(sentence: str) -> None:
    found = armed(TWO + sentence)
    assert [found[f"{value}%"] for value in (86, 66, 62)] == [["lumarin"]] * 3
    assert [found[f"{value}%"] for value in (81, 69, 53)] == [["solvatan"]] * 3


@pytest.mark.parametrize(
    "named",
    [
        "P = 0.62 for solvatan vs usual care; P < 0.001 for lumarin vs usual care; P = 0.003 for lumarin vs solvatan",
        "P = 0.62, solvatan versus usual care; P < 0.001, lumarin versus usual care; P = 0.003, lumarin v solvatan",
    ],
)
def test_a_pair_that_is_named_behind_a_p_value(named: str) -> None:
    found = armed(f"{THREE}Calm was seen in 50%, 31% and 28% with lumarin, solvatan and usual care ({named}).")
    assert found["0.62"] == ["solvatan", "usual care"]
    assert found["<0.001"] == ["lumarin", "usual care"]
    assert found["0.003"] == ["lumarin", "solvatan"]


def test_a_p_value_tests_the_values_of_the_pair_that_is_named_behind_it() -> None:
    paper = extract(
        f"{THREE}Calm was seen in 50%, 31% and 28% with lumarin, solvatan and usual care (P = 0.62 for solvatan vs"
        " usual care; P = 0.003 for lumarin vs solvatan)."
    )
    value = {claim.id: claim.value.digits for claim in paper.claims if not isinstance(claim, Comparison)}
    told = {one.p.value.digits: [value[of] for of in one.of] for one in paper.claims if isinstance(one, Comparison)}
    assert told == {"0.62": ["31", "28"], "0.003": ["50", "31"]}


@pytest.mark.parametrize(
    ("sentence", "p", "arms"),
    [
        # Two arms are named right before it, whatever values stand before them.
        ("Falls were seen in 9%, 14% and 31%, respectively (lumarin vs solvatan, P = .21; lumarin vs usual care,"
         " P = .01).", ".21", ["lumarin", "solvatan"]),
        ("Falls were seen in 9%, 14% and 31%, respectively (lumarin vs solvatan, P = .21; lumarin vs usual care,"
         " P = .01).", ".01", ["lumarin", "usual care"]),
        ("Sleep did not differ between lumarin and solvatan (P = .62).", ".62", ["lumarin", "solvatan"]),
        # What the sentence is about is held against one and another.
        ("Sleep was better with lumarin than with solvatan (P = .02) and usual care (P = .03).", ".03",
         ["lumarin", "usual care"]),
        ("Sleep was better with lumarin than with solvatan (P = .02), and than with usual care (P = .03).", ".03",
         ["lumarin", "usual care"]),
        ("Lumarin lengthened sleep versus usual care (difference 0.9, 95% CI 0.5 to 1.3; P < .001) and versus solvatan"
         " (P = .04).", ".04", ["lumarin", "solvatan"]),
        # Behind it stands the arm that the last value is held against.
        ("Falls were seen in 31% with usual care, 9% with lumarin (P = .01 vs usual care) and 14% with solvatan (P ="
         " .02 vs usual care).", ".02", ["solvatan", "usual care"]),
        # All of a list.
        ("Falls were seen in 9% with lumarin, 14% with solvatan and 31% with usual care (P = .03).", ".03",
         ["lumarin", "solvatan", "usual care"]),
        ("Falls were seen in 9%, 14% and 31% of the lumarin, solvatan and usual care groups, respectively (P = .03).",
         ".03", ["lumarin", "solvatan", "usual care"]),
        ("Falls were seen in 9% with lumarin versus 14% with solvatan and 31% with usual care (P = .03 for all"
         " comparisons).", ".03", ["lumarin", "solvatan", "usual care"]),
        # Each has its own.
        ("Falls were seen in 9% with lumarin (P = .01), 14% with solvatan (P = .02) and 31% with usual care (P = .03).",
         ".03", []),
    ],
)  # fmt: skip
def test_what_a_p_value_compares_of_three_arms(sentence: str, p: str, arms: list[str]) -> None:
    assert armed(THREE + sentence)[p] == arms


def test_a_p_value_behind_what_is_held_against_two_arms_is_not_of_all() -> None:
    sentence = "Falls were seen in 9% with lumarin and 14% with solvatan but 31% with usual care (P = .03)."
    assert len(armed(THREE + sentence)[".03"]) == 2


def test_a_p_value_of_all_arms_compares_all_their_values() -> None:
    paper = extract(THREE + "Falls were seen in 9% with lumarin, 14% with solvatan and 31% with usual care (P = .03).")
    (comparison,) = (claim for claim in paper.claims if isinstance(claim, Comparison))
    assert [paper.claim(name).value.text for name in comparison.of] == ["9%", "14%", "31%"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # One arm against each of the others.
        ("Relief was seen in 61% in the lumarin group compared with 44% in the usual care group (odds ratio, 1.99;"
         " 95% CI, 1.20 to 3.30) and 52% in the solvatan group (odds ratio, 1.44; 95% CI, 0.90 to 2.31).",
         {"1.99": ["lumarin", "usual care"], "1.44": ["lumarin", "solvatan"]}),
        # Each of the others against the control, which has none.
        ("Twenty (33%) on usual care, 31 (52%) on lumarin (odds ratio 2.1 [95% CI 1.1 to 4.1]) and 29 (48%) on solvatan"
         " (1.9 [1.0 to 3.6]) slept.", {"2.1": ["lumarin", "usual care"], "1.9": ["solvatan", "usual care"]}),
        ("Survival was alike (lumarin, 6.4 years; hazard ratio, 1.03; 95% CI, 0.84 to 1.26; solvatan, 6.2 years;"
         " hazard ratio, 0.99; 95% CI, 0.81 to 1.21; usual care, 6.3 years).",
         {"1.03": ["lumarin", "usual care"], "0.99": ["solvatan", "usual care"]}),
        ("Compared with the usual care clinics (30%), relief was likelier in the lumarin clinics (41%; odds ratio,"
         " 1.61; 95% CI, 1.12 to 2.31) but not in the solvatan clinics (29%; odds ratio, 0.95; 95% CI, 0.66 to 1.37).",
         {"1.61": ["lumarin", "usual care"], "0.95": ["solvatan", "usual care"]}),
        ("Both pills were noninferior to usual care (difference, 3.4 points [95% CI, -3.5 to 10.2] with lumarin and 4.5"
         " points [95% CI, -2.2 to 11.2] with solvatan).",
         {"3.4": ["lumarin", "usual care"], "4.5": ["solvatan", "usual care"]}),
        # A verb tells whose it is.
        ("Lumarin lowered the score by 20% (-2.0 points, 95% CI -2.6 to -1.4), and solvatan lowered it by 12% (-1.2"
         " points, 95% CI -1.8 to -0.6) relative to usual care.",
         {"-2.0": ["lumarin", "usual care"], "-1.2": ["solvatan", "usual care"]}),
    ],
)  # fmt: skip
def test_several_ratios_of_three_arms(sentence: str, expected: dict[str, list[str]]) -> None:
    found = armed(THREE + sentence)
    assert {value: found.get(value) for value in expected} == expected


def test_a_pair_with_its_ratio_in_three_arms_is_not_held_against_the_control() -> None:
    told = "Relief was seen in 52% with lumarin and 61% with solvatan (odds ratio, 0.69; 95% CI, 0.40 to 1.20)."
    assert armed(THREE + told)["0.69"] == ["lumarin", "solvatan"]


OBSERVED = "We randomly assigned 312 adults to lumarin or observation. "


@pytest.mark.parametrize(
    ("sentence", "value", "arms"),
    [
        # The values tell which arm is first, though the other stands first.
        ("Blisters troubled 18 of 150 adults under observation and three of 162 adults with lumarin (risk ratio, 0.15;"
         " 95% CI, 0.05 to 0.51).", "0.15", ["lumarin", "observation"]),
        ("The cumulative incidence of blisters was 17.2% with observation and 7.8% with lumarin (hazard ratio, 0.43;"
         " 95% CI, 0.22 to 0.84).", "0.43", ["lumarin", "observation"]),
        ("Relapse-free survival at 2 years was 66% with observation and 80% with lumarin (hazard ratio, 0.54; 95% CI,"
         " 0.36 to 0.80).", "0.54", ["lumarin", "observation"]),
        ("Relapse-free survival at 2 years was 66% with observation and 80% with lumarin (hazard ratio, 1.86; 95% CI,"
         " 1.25 to 2.77).", "1.86", ["observation", "lumarin"]),
        # Where they tell nothing, the control is second.
        ("Relapses were seen in 15.1% with observation and 15.1% with lumarin (hazard ratio, 1.02; 95% CI, 0.84 to"
         " 1.24).", "1.02", ["lumarin", "observation"]),
        ("Relapses were seen in 15% with observation and 6% with lumarin. Survival did not differ (hazard ratio, 0.97;"
         " 95% CI, 0.80 to 1.18).", "0.97", ["lumarin", "observation"]),
        # The values stand in the sentence before.
        ("Sleep was sound in 97.3% with lumarin and in 94.2% with observation. The difference in rates was -3.1% (95%"
         " CI, -7.4 to 1.2).", "-3.1%", ["observation", "lumarin"]),
        ("Sleep was sound in 97.3% with lumarin and in 94.2% with observation. The difference in rates was 3.1% (95%"
         " CI, -1.2 to 7.4).", "3.1%", ["lumarin", "observation"]),
        ("Stay was 13.8 days with lumarin and 17.5 days with observation. The mean difference was 3.7 days (95% CI,"
         " -5.3 to -2.1).", "3.7", ["lumarin", "observation"]),
        # Another result stands between: the values are not those of the contrast.
        ("Sleep improved in 37.2% with lumarin and in 38.0% with observation. Weight differed little in spring (mean"
         " difference, -1.4 kg; 95% CI, -3.2 to 0.4) and in autumn (mean difference, 0.9 kg; 95% CI, -1.5 to 3.3).",
         "0.9", ["lumarin", "observation"]),
    ],
)  # fmt: skip
def test_the_values_tell_the_first_of_two(sentence: str, value: str, arms: list[str]) -> None:
    assert armed(OBSERVED + sentence)[value] == arms


@pytest.mark.parametrize(
    "sentence",
    [
        "The relative risk of gout per 10 mm Hg increase was 1.31 (95% CI 1.10 to 1.56).",
        "The odds ratio for each 1-SD rise was 1.31 (95% CI 1.10 to 1.56).",
        "The hazard ratio was 1.31 (95% CI 1.10 to 1.56) per 5 kg/m2 of body-mass index.",
        "The hazard ratio was 1.31 per 5 years (95% CI 1.10 to 1.56).",
        "Gout rose with weight (odds ratio per unit increase, 1.31; 95% CI 1.10 to 1.56).",
    ],
)
def test_a_ratio_for_so_much_more_is_of_no_two_arms(sentence: str) -> None:
    assert armed(TWO + sentence)["1.31"] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Gout came in 2.1% per year with lumarin and 1.6% per year with solvatan (hazard ratio, 1.31; 95% CI 1.10 to"
        " 1.56).",
        "The rate ratio for falls per person-year, lumarin against solvatan, was 1.31 (95% CI 1.10 to 1.56).",
    ],
)
def test_a_ratio_of_rates_is_of_two_arms(sentence: str) -> None:
    assert armed(TWO + sentence)["1.31"] == ["lumarin", "solvatan"]


def test_a_concentration_is_no_step() -> None:
    text = "The count of cells per ml of blood was lower (risk ratio 1.31; 95% CI 1.10 to 1.56)."
    assert armed(TWO + text)["1.31"] != []
