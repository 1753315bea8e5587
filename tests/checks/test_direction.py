"""Words that say which of two values is the larger one, and the words of an effect that say which arm is first."""

import pytest

from trialstats.reanalysis import check
from trialstats.sources.text.reading import extract


def asked(text, name):
    return [found.verdict.value for found in check(text).findings if found.check == name and found.verdict.is_question]


SAID = [
    "Insomnia was lower with tea than with milk ({}% v {}%).",
    "Fewer sleepers in the tea group than in the milk group woke at night ({} of 100 vs. {} of 100).",
    "Waking was less common in the tea group ({}%) than in the milk group ({}%).",
    "Sleepers on tea had lost less weight than those on milk (mean loss, {} kg and {} kg, respectively).",
    "Time awake was significantly shorter with tea compared with milk (median {} versus {} min).",
    "The tea group had a lower rate of insomnia than the milk group: {}% and {}%, respectively.",
]


@pytest.mark.parametrize("text", SAID)
def test_a_word_against_the_values_of_both_arms(text):
    assert asked(text.format(12, 19), "direction") == []
    assert asked(text.format(19, 12), "direction") == ["strained"]


@pytest.mark.parametrize("text", [
    "Insomnia was not lower with tea than with milk (19% v 12%).",
    "We asked whether insomnia would be lower with tea than with milk (19% v 12%).",
    "Tea was less effective than milk (19% v 12%).",
    "Insomnia was lower with tea than with milk (good sleep, 19% v 12%).",
    "Insomnia was lower with weak and strong tea than with milk (19% and 17% v 18%).",
    "Insomnia was lower with tea than with milk (change, -9 v -12).",
    "Insomnia lasting longer than or equal to 3 nights came to 12% v 19%.",
    "There were more rowers (68%) than sailors and the majority was at sea (84%).",
    "Insomnia was lower with tea (8% and 9%) than at those times (19% and 12%) in the other group.",
    "The improvement of the mean score was greater with tea than with milk (2.7 (SD 0.4) v 3.4 (SD 0.4)).",
])  # fmt: skip
def test_words_that_do_not_compare_these_values(text):
    assert asked(text, "direction") == []


def test_an_order_in_words_is_not_turned_round():
    head = "We randomised 400 sleepers to tea (n = 200) or milk (n = 200). Insomnia came to "
    text = head + "22 of 200 (11.0%) with tea and 44 of 200 (22.0%) with milk (relative risk {}, {}; 95% CI, {})."
    assert asked(text.format("with tea", "0.50", "0.31 to 0.80"), "ratio-of-arms") == []
    assert asked(text.format("with tea", "2.00", "1.25 to 3.20"), "ratio-of-arms") == ["strained"]
    assert asked(text.format("of milk versus tea", "2.00", "1.25 to 3.20"), "ratio-of-arms") == []
    assert asked(text.format("of insomnia", "2.00", "1.25 to 3.20"), "ratio-of-arms") == []


def test_medians_and_a_hazard_ratio_whose_words_name_its_first_arm():
    head = "We randomised 400 sleepers to tea (n = 200) or milk (n = 200). "
    text = head + (
        "Median survival was {} months with tea and {} months with milk (hazard ratio for death with tea, 0.52; "
        "95% CI, 0.41 to 0.66)."
    )
    assert asked(text.format("5.6", "3.2"), "medians-ratio") == []
    assert asked(text.format("3.2", "5.6"), "medians-ratio")


@pytest.mark.parametrize("words, said", [
    ("hazard ratio for death with tea, 0.52", True),
    ("hazard ratio for death, tea versus milk, 0.52", True),
    ("hazard ratio for tea as compared with milk, 0.52", True),
    ("hazard ratio for death, 0.52", False),
])  # fmt: skip
def test_which_words_say_the_order(words, said):
    text = f"We randomised 40 sleepers to tea (n = 20) or milk (n = 20). Few died ({words}; 95% CI, 0.41 to 0.66)."
    assert [claim.order_said for claim in extract(text).claims if claim.measure == "hazard-ratio"] == [said]


@pytest.mark.parametrize("text, wide, narrow", [
    ("Sores came to 26 of 197 (13.2%) with wool and 44 of 201 (21.9%) with silk (difference, 8.7%; 95% CI, {}).",
     "1.2% to 16.1%", "7.3% to 10.1%"),
    ("Sores came to 52 of 186 (28.0%) with wool and 81 of 184 (44.0%) with silk (risk ratio, 0.64; 95% CI, {}).",
     "0.48 to 0.84", "0.60 to 0.68"),
])  # fmt: skip
def test_an_interval_narrower_than_its_counts_allow(text, wide, narrow):
    names = ("difference-interval", "ratio-of-arms")
    assert [found for name in names for found in asked(text.format(wide), name)] == []
    assert [found for name in names for found in asked(text.format(narrow), name)] == ["strained"]
    adjusted = text.replace("(difference", "(adjusted difference").replace("(risk", "(adjusted risk")
    assert [found for name in names for found in asked(adjusted.format(narrow), name)] == []


def test_a_hazard_ratio_of_few_events_in_randomised_groups():
    text = (
        "We randomised 473 patients. Gout struck 41 of 237 (17.3%) on milk and 50 of 236 (21.2%) on tea (hazard ratio, "
        "{}; 95% CI, {})."
    )
    assert asked(text.format("0.80", "0.53 to 1.21"), "ratio-of-arms") == []
    assert asked(text.format("0.52", "0.34 to 0.79"), "ratio-of-arms") == ["strained"]
    assert asked(text.format("0.52", "0.34 to 0.79").replace("randomised", "saw"), "ratio-of-arms") == []


def test_events_of_both_groups_together_at_an_analysis():
    text = (
        "By the data cut-off, {} deaths had been reported in both groups combined (hazard ratio for death, 0.76; "
        "95% CI, 0.62 to 0.93)."
    )
    assert asked(text.format(404), "events") == []
    assert asked(text.format(73), "events") == ["strained"]


def test_a_difference_told_in_the_next_sentence():
    head = "The tea group (n = 118) lost a mean of {} kg (SD 6.1) and the milk group (n = 121) 1.5 kg (SD 6.4). "
    text = head + "The between-group difference was 3.3 kg (95% CI, 1.7 to 4.9)."
    assert asked(text.format("4.8"), "difference-of-arms") == []
    assert asked(text.format("8.4"), "difference-of-arms") == ["strained"]


def test_two_counts_listed_behind_their_arms():
    text = "Gout: tea 41/310 (13.2%); warm milk 68/305 (22.3%); number needed to treat {}."
    assert asked(text.format(11), "needed-to-treat") == []
    assert asked(text.format(25), "needed-to-treat") == ["strained"]


def test_a_number_needed_to_treat_that_the_next_sentence_concludes():
    text = (
        "Fewer people given tea had gout (41/310, 13.2%) than people given milk (68/305, 22.3%). Hence {} people would "
        "have to be treated to avoid one case."
    )
    assert asked(text.format(11), "needed-to-treat") == []
    assert asked(text.format(25), "needed-to-treat") == ["strained"]
    assert extract(text.format(25)).of == {}


def test_deaths_of_both_arms_beside_their_hazard_ratio():
    text = (
        "At the data cutoff, 96 patients had died (41 in the tea group and 55 in the milk group); the hazard ratio for "
        "death was 0.72 (95% CI, {})."
    )
    assert asked(text.format("0.48 to 1.08"), "events") == []
    assert asked(text.format("0.66 to 0.79"), "events") == ["inconsistent"]
    assert asked(text.replace("for death", "for gout").format("0.66 to 0.79"), "events") == []


def test_what_a_bracket_says_of_a_scale_compares_no_arms():
    text = (
        "Gout pain (higher scores are worse) was less severe in the tea group (mean score {}, SD 11.2, n=148) than in "
        "the milk group (mean score {}, SD 12.0, n=151)."
    )
    assert asked(text.format("31.4", "36.9"), "direction") == []
    assert asked(text.format("36.9", "31.4"), "direction") == ["strained"]
