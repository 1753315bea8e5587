"""Lists longer than the arms, outcomes in turn and changes: of one arm or of none, and never of two in turn."""

import pytest

from trialstats.sources.rows import rows_from_paper
from trialstats.sources.text.reading import extract

TWO = "We randomised 90 adults to zoltamine (n = 45) or placebo (n = 45). "
Z, P, NONE, BOTH = ("zoltamine",), ("placebo",), (), ("zoltamine", "placebo")


def arms_of(sentence):
    told = rows_from_paper(extract(TWO + sentence, id="x"), text=False)
    name = {arm["id"]: arm["label"] for arm in told["arms"]}
    return [tuple(name[arm] for arm in row["arms"]) for row in told["rows"]]


@pytest.mark.parametrize(
    ("sentence", "arms"),
    [
        ("With zoltamine, genotypes A, B and C were seen in 16.9%, 50.7% and 32.4%.", [Z] * 3),
        ("Fat, salt and water fell by 25%, 35% and 8% with placebo.", [P] * 3),
        ("On days 3, 6 and 9, counts of those on zoltamine were lowered by 92%, 99% and 98%, and counts of those on"
         " placebo were lowered by 81%, 86% and 85%, respectively.", [Z] * 3 + [P] * 3),
        ("Shares of three cells rose from 68.6%, 31.1% and 15.6% to 70.7%, 33.5% and 18.4%.", [NONE] * 6),
        ("Genotypes A, B and C were seen in 16.9%, 50.7% and 32.4% of those with rash, compared with 24.6%, 48.1% and"
         " 27.3% of those without.", [NONE] * 6),
        ("Relief was seen in 41%, 36% and 20% with zoltamine, tin and placebo.", [NONE] * 3),
        ("For zoltamine they were relief: 10.3%, 17.2% and 33.3%; sleep: 11.9%, 18.2% and 41.7%.", [Z] * 6),
    ],
)  # fmt: skip
def test_lists_longer_than_the_arms_are_of_one_or_of_none(sentence, arms):
    assert arms_of(sentence) == arms


@pytest.mark.parametrize(
    ("sentence", "arms"),
    [
        ("Zoltamine produced a 14% and 22% response rate in stomach and liver cancer, respectively.", [Z, Z]),
        ("Relief was seen in 33% and 46% of women in seasons 4 and 5, respectively, for the zoltamine group, and in"
         " 37% and 35% of women in seasons 4 and 5, respectively, for the placebo group.", [Z, Z, P, P]),
        ("Relief and sleep were seen in 14% and 22% of men and women, respectively.", [NONE, NONE]),
        ("It rose to 62% by week 10, 71% by week 20, and 68% by week 40.", [NONE] * 3),
    ],
)  # fmt: skip
def test_outcomes_and_times_in_turn_are_of_one_arm_or_of_none(sentence, arms):
    assert arms_of(sentence) == arms


@pytest.mark.parametrize(
    ("sentence", "arms"),
    [
        ("Production rose from 121 to 269 pg/mL (P = .04) in patients treated with zoltamine, but not in those treated"
         " with placebo.", [Z] * 3),
        ("Scores fell (from 16.7 to 11.1; P = .02) during placebo treatment, and pain fell (from 16.6 to 4.4; P = .01)"
         " during zoltamine treatment.", [P] * 3 + [Z] * 3),
        ("Within the zoltamine group, relief was more frequent in smokers (84% vs 64%, P = .04).", [Z] * 3),
        ("In the zoltamine group, relief was more frequent (84% vs 64%, P = .04).", [Z, P, BOTH]),
        ("The device was used in 30% of the zoltamine and placebo patients.", [NONE]),
        ("The device was used in 30% of the zoltamine and 20% of the placebo patients.", [Z, P]),
    ],
)  # fmt: skip
def test_changes_and_subgroups_are_of_the_arm_that_is_told(sentence, arms):
    assert arms_of(sentence) == arms
