"""P values that compare no two arms: of a trend, of how two things go together, of a change in one arm or in all."""

import pytest

from trialstats.sources.rows import rows_from_paper
from trialstats.sources.text.reading import extract

TWO = "We randomised 90 adults to zoltamine (n = 45) or placebo (n = 45). "
THREE = "We randomised 90 adults to zoltamine (n = 30), terbamide (n = 30) or placebo (n = 30). "


def arms_of_p(text):
    told = rows_from_paper(extract(text, id="x"), text=False)
    name = {arm["id"]: arm["label"] for arm in told["arms"]}
    return [tuple(name[arm] for arm in row["arms"]) for row in told["rows"] if row["measure"] == "p-only"]


BOTH = ("zoltamine", "placebo")
OTHER, NEXT = ("zoltamine", "terbamide"), ("terbamide", "placebo")


@pytest.mark.parametrize(
    ("sentence", "arms"),
    [
        ("Pain was inversely correlated with sleep (P = .03).", [()]),
        ("Weight was directly related to age (P = .03).", [()]),
        ("Weight at entry was an independent predictor of relapse (P = .02).", [()]),
        ("Relapse rose with age (test for trend, P = .03).", [()]),
        ("The benefit was alike in men and women (P = .38 for interaction).", [()]),
        ("There was no heterogeneity (P = .52).", [()]),
        ("Social interaction was better with zoltamine (P = .03).", [BOTH]),
        ("Assignment to zoltamine predicted relief (P = .03).", [BOTH]),
    ],
)
def test_p_values_of_trends_and_of_what_goes_together_have_no_arms(sentence, arms):
    assert arms_of_p(TWO + sentence) == arms


@pytest.mark.parametrize(
    ("sentence", "arms"),
    [
        ("Pain fell in both groups (P = .01) but less with zoltamine (P = .02).", [(), BOTH]),
        ("Patients in both arms increased their weight (P = .004) and appetite (P = .006) after training.", [(), ()]),
        ("Weight increased (P = .01) in both groups.", [()]),
        ("Pressure was lower after 6 weeks than at baseline (P = .004).", [()]),
        ("Pain improved from baseline with zoltamine (P = .02).", [("zoltamine",)]),
        ("The fall in pain from baseline was greater with zoltamine than with placebo (P = .01).", [BOTH]),
        ("The fall in pain from baseline with zoltamine was twice (P = .01) that with placebo.", [BOTH]),
        ("After zoltamine, pain fell from 6.1 to 3.2 (P = .004), with no change after placebo.", [("zoltamine",)]),
        ("Pain rose in both the zoltamine (33%) (P = .01) and the placebo groups (39%) (P = .02).",
         [BOTH[:1], BOTH[1:]]),
        ("The survival and relapse rates with zoltamine were 7% (P = .34) and 12% (P = .21) higher than with placebo.",
         [BOTH, BOTH]),
    ],
)  # fmt: skip
def test_p_values_of_changes_are_of_the_arms_that_changed(sentence, arms):
    assert arms_of_p(TWO + sentence) == arms


@pytest.mark.parametrize(
    ("sentence", "arms"),
    [
        ("Rash was seen in 28% with zoltamine (P = .005) and 32% with terbamide (P = .011), compared with placebo"
         " (68%).", [BOTH, NEXT]),
        ("Pain was less with zoltamine (2.3 ± 0.9) than with terbamide (3.1 ± 0.8; P = .03) or placebo (4.2 ± 1.0;"
         " P = .01).", [OTHER, BOTH]),
        ("Fewer (P = .02) falls were seen with zoltamine (2.6%) than with terbamide (11.3%).", [OTHER]),
        ("Zoltamine was better than terbamide and placebo by pain (P = .03 vs terbamide and P = .01 vs placebo).",
         [OTHER, BOTH]),
    ],
)  # fmt: skip
def test_p_values_of_more_than_two_arms_are_of_those_held_against_each_other(sentence, arms):
    assert arms_of_p(THREE + sentence) == arms
