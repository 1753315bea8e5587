"""Arms told only by what results are compared by. The sentences are made up."""

from __future__ import annotations

import pytest

from trialstats.sources.text.reading import extract


def read(text):
    """Return the labels of the arms, and each value with the numbers of its arms."""
    paper = extract(text)
    number = {arm.id: at for at, arm in enumerate(paper.arms)}
    values = [
        (claim.value.digits, [number[arm] for arm in claim.arms]) for claim in paper.claims if hasattr(claim, "measure")
    ]
    return [arm.label for arm in paper.arms], values


@pytest.mark.parametrize(
    ("text", "labels", "values"),
    [
        (
            "More adults slept well with lumarin than with brimane (44% vs 31%; P = 0.03).",
            ["lumarin", "brimane"],
            [("44", [0]), ("31", [1])],
        ),
        (
            "Relapse was rarer after lumarin than after brimane (12% v 19%). Nausea was seen in 6% of lumarin users "
            "and 9% of brimane users.",
            ["lumarin", "brimane"],
            [("12", [0]), ("19", [1]), ("6", [0]), ("9", [1])],
        ),
        (
            "Mean pain was 3.4 during lumarin and 5.2 during placebo (P=0.01).",
            ["lumarin", "placebo"],
            [("3.4", [0]), ("5.2", [1])],
        ),
        (
            "With lumarin, 57% were well; with brimane, 42%.",
            ["lumarin", "brimane"],
            [("57", [0]), ("42", [1])],
        ),
        (
            "Lumarin recipients had fewer colds than placebo recipients (0.7 v 1.3 a year).",
            ["Lumarin", "placebo"],
            [("0.7", [0]), ("1.3", [1])],
        ),
        (
            "Cure favoured lumarin over brimane (odds ratio 1.7, 95% CI 1.1 to 2.6).",
            ["lumarin", "brimane"],
            [("1.7", [0, 1])],
        ),
        (
            "Asthma was seen in 14% of swimmers and 8% of non-swimmers. Swimmers had a higher risk than non-swimmers "
            "(risk ratio 1.75, 95% CI 1.2 to 2.6).",
            ["swimmers", "non-swimmers"],
            [("14", [0]), ("8", [1]), ("1.75", [0, 1])],
        ),
        (
            "Fever was seen in 4% of immunised and 11% of unimmunised infants (risk ratio 0.36, 95% CI 0.2 to 0.7).",
            ["immunised", "unimmunised"],
            [("4", [0]), ("11", [1]), ("0.36", [0, 1])],
        ),
        (
            "In the intervention schools 41% of pupils and in the control schools 33% of pupils walked.",
            ["intervention", "control"],
            [("41", [0]), ("33", [1])],
        ),
        (
            "Falls were more common in people with gout than in people without gout (21% v 13%).",
            ["with gout", "without gout"],
            [("21", [0]), ("13", [1])],
        ),
        (
            "A total of 81% of cases and 62% of controls ate eggs (odds ratio 2.6, 95% CI 1.4 to 4.9).",
            ["cases", "controls"],
            [("81", [0]), ("62", [1]), ("2.6", [0, 1])],
        ),
        (
            "Compared with placebo, lumarin lowered the score (9 v 14 points).",
            ["placebo", "lumarin"],
            [("9", [1]), ("14", [0])],
        ),
        (
            "Median time to relapse for lumarin-treated patients was 7.2 months and for brimane-treated patients 5.1 "
            "months.",
            ["lumarin", "brimane"],
            [("7.2", [0]), ("5.1", [1])],
        ),
        (
            "We studied 20 mg and 80 mg doses of lumaritinib in a phase 2 trial. In patients treated with 80 mg, the "
            "response rate was 54%. In patients treated with 20 mg, the response rate was 33%. Rash was seen in 7% of "
            "80 mg patients.",
            ["lumaritinib 20 mg", "lumaritinib 80 mg"],
            [("54", [1]), ("33", [0]), ("7", [1])],
        ),
        (
            "Adults took part in a randomised trial. Cure was seen in 41% of 51 lumarin-treated patients. For the 28 "
            "patients treated with brimane, cure was seen in 12%. Fever was seen in 7% of lumarin-treated patients.",
            ["lumarin", "brimane"],
            [("41", [0]), ("12", [1]), ("7", [0])],
        ),
    ],
)
def test_results_are_compared_by_two_names(text, labels, values):
    assert read(text) == (labels, values)


@pytest.mark.parametrize(
    "text",
    [
        # a dose that a result has, and one dose only
        "The dose was raised to 40 mg in 12% of patients. Falls were seen in 9% of patients treated with 20 mg.",
        # outcomes
        "The odds ratio was 1.4 (1.1 to 1.8) for stroke and 1.2 (1.0 to 1.5) for infarction.",
        "Rash was seen in 12% and fever was more common than rash (19%).",
        # people of all kinds
        "Risk was higher in older than in younger women (odds ratio 1.9, 95% CI 1.2 to 3.1).",
        "Relapse was more common in men than in women (22% v 15%).",
        "Scores were lower at week 12 than at baseline (12 v 19).",
        # many factors, none before others
        "Death was commoner in smokers than in non-smokers (odds ratio 1.9, 95% CI 1.2 to 3.1). Death was commoner in "
        "drinkers than in non-drinkers (odds ratio 1.4, 95% CI 1.1 to 1.8).",
    ],
)
def test_what_people_have_or_are_is_no_arm(text):
    assert read(text)[0] == []


def test_names_that_results_are_compared_by_take_the_place_of_arms_that_no_result_has():
    text = (
        "Women were randomised to receive frequent letters about a healthy life that were written by nurses, or rare "
        "letters. Pain was less with lumarin than with brimane (21% vs 34%). Sleep was better with lumarin than with "
        "brimane (61% vs 44%)."
    )
    assert read(text) == (["lumarin", "brimane"], [("21", [0]), ("34", [1]), ("61", [0]), ("44", [1])])


def test_arms_that_results_call_otherwise_keep_their_words_and_sizes():
    text = (
        "Women were randomised to early treatment with lumarin (within 3 days; n = 28) or delayed treatment with "
        "lumarin (after 3 weeks; n = 26). Death was seen in 18% with early lumarin and 9% with delayed lumarin."
    )
    labels, values = read(text)
    assert [label.split()[0] for label in labels] == ["early", "delayed"]
    assert values == [("18", [0]), ("9", [1])]
    assert [[size.value.digits for size in arm.of.values()] for arm in extract(text).arms] == [["28"], ["26"]]


@pytest.mark.parametrize(
    ("text", "labels", "values"),
    [
        (
            "Weight fell by 6.2 kg (95% CI, 5.0 to 7.4) with lumarin and by 2.3 kg (95% CI, 1.1 to 3.5) with placebo.",
            ["lumarin", "placebo"],
            [("6.2", [0]), ("2.3", [1])],
        ),
        (
            "Calm at 1 year was seen in 66% in arm A, 58% in arm B and 44% in arm C.",
            ["arm A", "arm B", "arm C"],
            [("66", [0]), ("58", [1]), ("44", [2])],
        ),
        (
            "Calm was seen in 66% in group 1 and in 44% in group 2 (P = .03).",
            ["group 1", "group 2"],
            [("66", [0]), ("44", [1])],
        ),
    ],
)
def test_arms_that_only_results_tell(text, labels, values):
    assert read(text) == (labels, values)


@pytest.mark.parametrize(
    "told",
    [
        "The trial aimed for 240 patients per group but 206 patients were randomised (101 to lumarin, 105 to brimane).",
        "With 240 patients in each group power was 80%; 206 patients were randomised (101 to lumarin, 105 to brimane).",
    ],
)
def test_a_planned_size_is_that_of_no_arm(told):
    paper = extract(f"{told} Calm was seen in 40% with lumarin and 31% with brimane.")
    assert [[size.value.whole for size in arm.of.values()] for arm in paper.arms] == [[101], [105]]
    assert [size.value.whole for size in paper.of.values()] == [206]


LISTS = "Adults were assigned to lumarin or brimane. "


@pytest.mark.parametrize(
    "told",
    [
        "Relapse at 1, 2 and 5 years was 12%, 18% and 24% after lumarin and 10%, 15% and 19% after brimane.",
        "At 1, 2 and 5 years relapse was 12%, 18% and 24% in the lumarin group; in the brimane group were 10%, 15% and"
        " 19%.",
    ],
)
def test_the_values_of_each_arm_in_turn(told):
    assert read(LISTS + told)[1] == [("12", [0]), ("18", [0]), ("24", [0]), ("10", [1]), ("15", [1]), ("19", [1])]


def test_the_times_of_the_values_of_each_arm_in_turn():
    paper = extract(
        f"{LISTS}Relapse at 1, 2 and 5 years was 12%, 18% and 24% after lumarin and 10%, 15% and 19% after brimane."
    )
    assert [claim.time for claim in paper.claims] == ["1 year", "2 years", "5 years"] * 2


@pytest.mark.parametrize(
    ("told", "arms"),
    [
        ("Nausea and pain were seen in 48% and 31% with lumarin and 33% and 17% with brimane.", [0, 0, 1, 1]),
        ("Survival at 1 year was 48% and at 2 years 31% in the lumarin arm; the figures in the brimane arm were 33% and"
         " 17%.", [0, 0, 1, 1]),
        ("Nausea was seen in 48% and 31% with lumarin and brimane, pain in 33% and 17%, respectively.", [0, 1, 0, 1]),
    ],
)  # fmt: skip
def test_two_values_of_each_arm(told, arms):
    found = [of for _, of in read(LISTS + told)[1]]
    assert found == [[at] for at in arms]
