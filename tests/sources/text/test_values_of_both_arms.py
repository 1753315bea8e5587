"""Values that both arms have, and whose a value is where an effect, a list or a total stands beside. Own sentences."""

from __future__ import annotations

import pytest

from trialstats.sources.rows import rows_from_paper
from trialstats.sources.text.reading import extract

TWO = "We randomly assigned 240 adults to receive lumarin or placebo. "
THREE = "We randomly assigned 180 adults to receive lumarin, solvatan or placebo. "
BOTH = "lumarin/placebo"


def arms(text: str) -> list[tuple[str, str]]:
    """Return the value of each row but P values, and the labels of its arms."""
    told = rows_from_paper(extract(text))
    name = {arm["id"]: arm["label"] for arm in told["arms"]}
    rows = [row for row in told["rows"] if row["measure"] != "p-only"]
    return [(row["value"], "/".join(name[arm] for arm in row["arms"])) for row in rows]


def claimed(text: str) -> list[tuple[str, str]]:
    """Return the digits of each claim, and the labels of its arms."""
    paper = extract(text)
    name = {arm.id: arm.label for arm in paper.arms}
    return [(one.value.digits, "/".join(name[arm] for arm in one.arms)) for one in paper.claims]


@pytest.mark.parametrize(
    "sentence",
    [
        "Median sleep was 7.2 hours in both groups.",
        "A fall was seen in 11% of the patients in each arm.",
        "Cramps were as common (31% in each group).",
        "Relief was good (84% both groups).",
        "The mean weight gain came to 2.4 kg for both treatments.",
        "Rash came in 18 (15%) of 120 in both the lumarin and placebo groups.",
        "Survival at 2 years was 63% in either arm.",
        "Of the falls, 14 (12%) in each treatment group were on stairs.",
        "Leg cramps were rare (3% in both the lumarin group and the placebo group).",
        "The relapse rate was 0.41 per year in each arm.",
    ],
)
def test_a_value_that_both_arms_have(sentence: str) -> None:
    value = arms(TWO + sentence)[0][0]
    assert claimed(TWO + sentence) == [(value, "lumarin"), (value, "placebo")]
    assert arms(TWO + sentence) == [(value, "")]


def test_a_value_that_each_of_three_arms_has() -> None:
    text = THREE + "Relief was 31% in each group."
    assert claimed(text) == [("31", "lumarin"), ("31", "solvatan"), ("31", "placebo")]
    assert arms(text) == [("31", "")]


@pytest.mark.parametrize(
    "sentence",
    [
        # Two values, a range, all together, two of three, a count, a contrast.
        "Pain fell from 7.1 to 3.2 points in both groups.",
        "Between 12% and 19% in each group had a cold.",
        "Fever came in 14% in both groups combined.",
        "There were 61 falls in both groups.",
        "The risk ratio was 1.02 (95% CI, 0.71 to 1.46) in both groups.",
    ],
)
def test_a_value_that_is_told_once(sentence: str) -> None:
    told = arms(TWO + sentence)
    assert len({value for value, _ in told}) == len(told)
    assert [one for one in told if one[1] in ("lumarin", "placebo")] == []


def test_both_of_three_arms_are_not_known() -> None:
    assert arms(THREE + "Relief was 31% in both groups.") == [("31", "")]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Rash was seen in three and five patients in the lumarin and placebo groups, respectively.",
         [("3", "lumarin"), ("5", "placebo")]),
        ("Two and seven women, respectively, stopped lumarin or placebo.", [("2", "lumarin"), ("7", "placebo")]),
        ("One hundred and six adults slept well.", [("106", "")]),
        ("Cough eased between day one and four in 12% with lumarin and 9% with placebo.",
         [("12", "lumarin"), ("9", "placebo")]),
    ],
)  # fmt: skip
def test_two_counts_in_words(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert arms(TWO + sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Pain fell more with lumarin than with placebo (3.1 vs 2.1; P = .003; effect size, 0.41).",
        "Women given lumarin slept longer than those on placebo (P = .02; Cohen's d = 0.41).",
        "Fatigue was eased by lumarin versus placebo, with a standardized effect size of 0.41 (P = .01).",
        "The gain with lumarin was larger (effect size = 0.41).",
        "Smoking fell more in the lumarin group at week 8 (b = -0.41, SE = 0.16, P = .01).",
        "Sleep grew longer with lumarin (beta = 0.41; 95% CI, 0.12 to 0.70).",
    ],
)
def test_an_effect_is_of_two_arms(sentence: str) -> None:
    assert [names for value, names in arms(TWO + sentence) if value in ("0.41", "-0.41")] == [BOTH]


@pytest.mark.parametrize(
    "sentence",
    [
        "Sleep grew longer in the lumarin group (7.41 h).",
        "In the lumarin group anxiety changed little (within-group effect of 7.41 points from baseline).",
    ],
)
def test_what_one_arm_has_is_no_effect(sentence: str) -> None:
    assert ("7.41", BOTH) not in arms(TWO + sentence)


def test_numbers_needed_to_be_screened() -> None:
    told = arms(
        TWO + "The numbers needed to be screened to avert one stroke or one death, by the close of this trial, were 181"
        " (95% CI, 135 to 267) and 439 (333 to 842), respectively."
    )
    assert told[-2:] == [("181", BOTH), ("439", BOTH)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("There were 194 falls in 62 patients in the lumarin group and 209 falls in 71 patients in the placebo group.",
         [("194", "lumarin"), ("62", "lumarin"), ("209", "placebo"), ("71", "placebo")]),
        ("We recorded 31 falls among 22 women given lumarin and 40 falls among 29 women given placebo.",
         [("31", "lumarin"), ("22", "lumarin"), ("40", "placebo"), ("29", "placebo")]),
    ],
)  # fmt: skip
def test_events_among_the_people_of_an_arm(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert arms(TWO + sentence) == expected


def test_events_among_the_people_of_both_arms() -> None:
    text = "We randomly assigned 240 adults to receive lumarin (n = 120) or placebo (n = 120). "
    told = arms(text + "There were 61 strokes in 55 adults, 26 with lumarin and 29 with placebo.")
    assert told[:2] == [("61", ""), ("55", "")]


TURNED = ["placebo", "lumarin"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Lumarin was of use, with an absolute gain in survival of 5% (95% CI, 2% to 8%) at 3 years (from 61% to 66%).",
        "The absolute benefit of lumarin was therefore an improvement in survival of 5% at 3 years (61% to 66%).",
        "Overall survival was prolonged by 50% (from 522 to 783 days).",
        "This harm is the same as lowering survival at all ages from 72% to 63%.",
        "Length of hospital stay fell from 9.2 to 6.1 days with lumarin.",
        "Mean duration of ventilation was cut from 7.3 to 4.9 days under lumarin.",
    ],
)
def test_from_one_arm_to_the_other(sentence: str) -> None:
    assert [names for _, names in arms(TWO + sentence)][-2:] == TURNED


@pytest.mark.parametrize(
    "sentence",
    [
        "Pain fell by 50% (from 6 to 3 points) with lumarin.",
        "Duration of sleep rose from 5.2 to 6.1 hours with lumarin.",
        "Anxiety fell from 9.2 to 6.1 points with lumarin.",
    ],
)
def test_before_and_after_in_one_arm(sentence: str) -> None:
    assert [names for _, names in arms(TWO + sentence)][-2:] == ["lumarin", "lumarin"]


def test_a_fall_between_arms_is_the_second_minus_the_first() -> None:
    told = arms(TWO + "Length of stay fell from 7.3 to 4.9 days under lumarin (-2.4 days; 95% CI -3.3, -1.5).")
    assert told == [("7.3", "placebo"), ("4.9", "lumarin"), ("-2.4", BOTH)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # The last of a list in a bracket, and the next outside it
        ("Two harms each were told by six (8%) adults in the lumarin group (gout [n=2, 3%], flu [n=1, 1%], and asthma"
         " [n=1, 1%]) and five (13%) adults in the placebo group (gout, flu and pain [all n=1, 3%]).",
         ["lumarin", "lumarin", "lumarin", "lumarin", "placebo", "placebo"]),
        # Each held against a number that is not read
        ("Rates with lumarin vs placebo were, for gout, 3.85 (95% CI, 1.58 to 6.13) vs 0 and flu, 1.40 (95% CI, 0.03"
         " to 2.76) vs 0.", ["lumarin", "lumarin"]),
        # A bracket that names both
        ("In the safety set (lumarin, n = 118; placebo, n = 119), 52% had had another drug.", [""]),
        ("In the lumarin group (dose, 5 mg), 52% had had another drug.", ["lumarin"]),
        ("Relief was 31% (lumarin, 40%) and 12% (placebo).", None),
    ],
)  # fmt: skip
def test_beside_lists_and_brackets(sentence: str, expected: list[str] | None) -> None:
    told = [names for value, names in arms(TWO + sentence) if value not in ("2", "118", "119")]
    assert expected is None or told == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Compared with adults given lumarin, those given yoga had a longer stay (difference, 1.2 days; 95% CI, 0.4 to"
        " 2.0).",
        "Relative to women who received lumarin, relapse was rarer in those on yoga (odds ratio, 0.62; 95% CI, 0.4 to"
        " 0.9).",
        "Compared to patients treated with lumarin, relief in the yoga group rose by 9% (95% CI, 3% to 15%).",
    ],
)
def test_what_a_sentence_opens_against_comes_second(sentence: str) -> None:
    text = "We randomly assigned 240 adults to receive lumarin or yoga. "
    assert [names for _, names in arms(text + sentence)][-1] == "yoga/lumarin"


def test_what_a_sentence_opens_with_comes_first() -> None:
    text = "We randomly assigned 240 adults to receive lumarin or yoga. "
    told = arms(
        text + "Adults given lumarin slept longer than those given yoga (odds ratio, 1.62; 95% CI, 1.1 to 2.9)."
    )
    assert told == [("1.62", "lumarin/yoga")]
