"""Effects and the values of both arms that do not stand in one plain stretch of text."""

import pytest

from trialstats.reanalysis import check


def asked(text, *names):
    return [found.verdict.value for found in check(text).findings if found.check in names and found.verdict.is_question]


@pytest.mark.parametrize("name, text, right, wrong", [
    ("ratio-of-arms", "Of the cooks on brine 27% burnt a finger. Of the cooks on water 49% burnt a finger, giving a "
     "risk ratio of {}.", "0.55 (95% CI 0.39 to 0.77)", "0.85 (95% CI 0.61 to 1.20)"),
    ("ratio-of-arms", "By May 61 of 330 cooks (18%) assigned to brine and 98 of 330 (30%) assigned to water had died "
     "(HR {}).", "0.60, 95% CI 0.44-0.83", "0.92, 95% CI 0.67-1.27"),
    ("ratio-of-arms", "Burns came to 5.2% with brine and 11.4% with water, a relative reduction of {}.", "54%", "24%"),
    ("ratio-of-arms", "Burns came to 5.2% with brine and 11.4% with water: a {} relative reduction.", "54%", "24%"),
    ("ratio-of-arms", "Compared with water (118 of 590 cooks, 20.0%), brine (82 of 588, 13.9%) reduced the relative "
     "risk of burns by {}.", "30%", "53%"),
    ("needed-to-treat", "Calm came more often with brine (87/315, 27.6%) than with water (54/318, 17.0%); one "
     "additional cook was calm for every {} who drank it.", "10", "24"),
    ("needed-to-treat", "To prevent one burn, {} cooks would need to be treated: burns struck 24 of 410 (5.9%) with "
     "brine and 51 of 412 (12.4%) with water.", "16", "46"),
    ("needed-to-treat", "Burns: brine gloves 33/300 (11%), plain gloves 54/300 (18%). Number needed to treat {}.",
     "14", "51"),
    ("difference-of-arms", "Weight fell by 6.2 kg with brine and by 2.9 kg with water (difference {}).",
     "3.3 kg; 95% CI 1.9 to 4.7", "9.3 kg; 95% CI 7.9 to 10.7"),
    ("difference-of-arms", "Weight fell from 88.6 to 82.4 kg in the brine group and from 88.1 to 86.0 kg in the water "
     "group; the difference in change between the groups was {} kg.", "4.1", "9.1"),
])  # fmt: skip
def test_an_effect_against_values_elsewhere(name, text, right, wrong):
    assert asked(text.format(right), name) == []
    assert asked(text.format(wrong), name) == ["strained"]


@pytest.mark.parametrize("text", [
    "Of men 22% burnt a finger. Of women 31% burnt a finger, and brine had a risk ratio of 0.52 (95% CI 0.38 to 0.71).",
    "Nausea came to 22% of cooks. Vomiting came to 9%, with a risk ratio of 0.90 (95% CI 0.6 to 1.4).",
    "Calm came to 88% of men and 79% of women (risk difference between brine and water 3%, 95% CI -2 to 8).",
    "Efficacy per protocol was 71% (95% CI 55 to 82); in the intention-to-treat population there were 61 cases among "
    "4,100 vaccinees and 98 among 4,080 recipients of water.",
    "Pressure fell from 152 to 138 mm Hg with brine and from 158 to 146 mm Hg with water; the difference in "
    "change from "
    "baseline was 7 mm Hg.",
])  # fmt: skip
def test_values_that_are_of_something_else(text):
    assert asked(text, "ratio-of-arms", "difference-of-arms") == []


def test_the_two_arms_of_three_that_a_ratio_names():
    text = (
        "We randomised 900 cooks to brine (n = 300), soup (n = 300) or water (n = 300). Burns struck 42 of "
        "300 (14.0%) with "
        "brine, 45 of 300 (15.0%) with soup and 84 of 300 (28.0%) with water; the risk ratio for brine versus "
        "water was {}."
    )
    assert asked(text.format("0.50 (95% CI 0.36 to 0.70)"), "ratio-of-arms") == []
    assert asked(text.format("0.85 (95% CI 0.61 to 1.18)"), "ratio-of-arms") == ["strained"]
