"""Arms that a sentence names by comparing them. The sentences are made up."""

from __future__ import annotations

import pytest

from trialstats.sources.text.arms.found import find_groups
from trialstats.sources.text.tokens.document import read_tokens


def labels(text: str) -> list[str]:
    return sorted(arm.label for arm in find_groups(read_tokens(text)).arms)


@pytest.mark.parametrize(
    "told",
    [
        "We assessed the effect of lumarin in men with gout or late kidney stones compared to no treatment.",
        "We studied the safety and use of lumarin for gout among smokers compared with no treatment.",
        "The efficacy of lumarin on sleep in men with gout versus no treatment was tested.",
        "The use of lumarin for preventing gout compared with no treatment was tested.",
    ],
)
def test_an_arm_before_those_it_is_given_to(told: str) -> None:
    text = f"{told} In this randomised trial, lumarin eased pain more often than no treatment (12% vs 18%)."
    assert labels(text) == ["lumarin", "no treatment"]


def test_people_with_an_illness_are_held_against_healthy_ones() -> None:
    text = (
        "We studied the effects of sleep in men with gout compared with healthy men. Urate was higher in men with gout "
        "(8 vs 5 mg/dL) in this trial."
    )
    assert "sleep" not in labels(text)


@pytest.mark.parametrize("people", ["children", "participants"])
def test_a_word_for_all_is_no_arm_beside_another(people: str) -> None:
    text = f"In this trial, gout was rarer with salty crackers compared to {people} in the spring (12% vs 18%)."
    assert people not in labels(text)


def test_what_something_leads_to_is_no_arm() -> None:
    text = "Lumarin led to gouty toes when compared with brimane, although mildly (12% vs 18%), in this trial."
    assert "gouty toes" not in labels(text)


@pytest.mark.parametrize("last", ["no change in sleep was seen", "there was no change", "sleep was no better"])
def test_what_is_compared_ends_with_its_clause(last: str) -> None:
    text = f"Men were allotted at random. When comparing lumarin with brimane, {last} (5% v 6%)."
    text += " Lumarin fell short of brimane."
    assert labels(text) == ["brimane", "lumarin"]


def test_two_lists_with_abbreviations_are_compared() -> None:
    text = (
        "This phase III study compared zoltamine, leucovorin, oxaliplatin, and doravan (ZOLD [doravan 1 mg]) with "
        "infused zoltamine, leucovorin, and doravan (ZLD). Men were randomly assigned. Response was 41% versus "
        "34%, and better in the ZOLD arm; ZLD was milder."
    )
    found = labels(text)
    assert len(found) == 2
    assert any("(ZOLD" in label for label in found)
    assert any("(ZLD)" in label for label in found)


@pytest.mark.parametrize("place", ["areas", "wards", "communities", "sections", "districts"])
def test_places_with_and_without_an_intervention(place: str) -> None:
    text = (
        f"In this randomised trial, children in intervention {place} had more shots than children in control {place} "
        f"(RR 3.5, 95% CI 1.8 to 7.0). Nurses treated children in both. Shots were 12% in the intervention {place} "
        f"and 3% in the control {place}."
    )
    assert [label.split()[0] for label in labels(text)] == ["control", "intervention"]


def test_where_all_are_treated_is_no_arm() -> None:
    text = "This randomised trial ran in 12 treatment centres. Gout was 12% in control centres and 18% elsewhere."
    assert "treatment" not in labels(text)


@pytest.mark.parametrize("told", ["treatment periods with", "treatment phases on", "study periods with"])
def test_periods_of_a_crossover(told: str) -> None:
    text = f"In a crossover trial, 20 men had two-week {told} lumarin and placebo. Oxygen rose by 12% with lumarin."
    assert labels(text) == ["lumarin", "placebo"]


def test_treated_with_or_without() -> None:
    text = (
        "We compared deaths of men with gout treated with or without lumarin. Lumarin lowered deaths (HR 0.8, 95% CI "
        "0.7 to 0.9) in this randomised trial."
    )
    assert labels(text) == ["lumarin", "no lumarin"]


def test_a_name_may_begin_with_the_number_of_an_atom() -> None:
    text = "Two trials of 3,4-zoltapyridine compared with placebo in 38 men were read. Strength was 12% and 18%."
    assert labels(text) == ["3,4-zoltapyridine", "placebo"]


def test_fatal_events_are_no_arms() -> None:
    text = "In this trial, urate was more strongly tied to fatal compared to nonfatal strokes and falls (12% vs 18%)."
    assert labels(text) == []


@pytest.mark.parametrize("joint", ["than", "compared with", "versus"])
def test_people_of_both_arms_are_called_the_same(joint: str) -> None:
    text = (
        f"Women on lumarin were likelier to need drops for itchy eyes {joint} women on brimane (12% vs 18%). In this "
        "randomised trial, lumarin and brimane were tested."
    )
    assert labels(text) == ["brimane", "lumarin"]
