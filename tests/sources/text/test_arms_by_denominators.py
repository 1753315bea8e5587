"""Whose counts are by their denominators. The sentences are made up."""

from __future__ import annotations

import pytest

from trialstats.sources.text.reading import extract

ARMS = "We randomly assigned 100 adults to milk (n = 52) or tea (n = 48). "


def told(text):
    """Return each count with its denominator, or percentage, with the label of its arm."""
    paper = extract(text)
    label = {arm.id: arm.label for arm in paper.arms}
    return [
        (one.x.digits if one.x is not None else one.value.digits, *(label[arm] for arm in one.arms))
        for one in paper.claims
        if hasattr(one, "measure") and one.measure in ("proportion", "count")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sleep was better on tea (5 v 4 hours). Falls were rare (3/52 v 5/48).", [("3", "milk"), ("5", "tea")]),
        ("More tea recipients fell. Rash (6/52 vs 4/48; P = .5) was mild.", [("6", "milk"), ("4", "tea")]),
        ("Pain was lower with tea; 5 of 52 versus 12 of 48 had any.", [("5", "milk"), ("12", "tea")]),
        ("Pain was lower with tea (6% [3/52] vs 10% [5/48]).", [("3", "milk"), ("5", "tea")]),
        (
            "Tea drinkers slept well; headache (6 of 52 vs 4 of 48) and rash (2% vs 4%) were alike.",
            [("6", "milk"), ("4", "tea"), ("2", "milk"), ("4", "tea")],
        ),
        ("Of those on tea alone, 9 (19%) of 48 crossed over to milk.", [("9", "tea")]),
        # What is said right beside a value outweighs its denominator.
        ("Falls were seen in 5/48 (10%) on milk and 12/52 (23%) on tea.", [("5", "milk"), ("12", "tea")]),
        ("Falls were seen in 5/48 and 12/52 in the milk and tea groups, respectively.", [("5", "milk"), ("12", "tea")]),
        # Denominators that are the sizes of no arm say nothing.
        ("Fewer on tea than on milk fell (3/40 v 5/40).", [("3", "tea"), ("5", "milk")]),
    ],
)
def test_a_denominator_that_is_the_size_of_one_arm_tells_whose_a_count_is(text, expected):
    assert told(ARMS + text) == expected


def test_arms_of_one_size_are_told_by_the_order_of_the_words():
    text = (
        "We randomly assigned 100 adults to milk (n = 50) or tea (n = 50). Fewer on tea than milk fell (3/50 v 5/50)."
    )
    assert told(text) == [("3", "tea"), ("5", "milk")]


def test_three_arms_are_told_by_their_sizes():
    text = (
        "We randomly assigned 150 adults to milk (n = 52), tea (n = 48) or water (n = 50). With water, sleep was best. "
        "Falls occurred in 5/48, 12/52 and 7/50, respectively."
    )
    assert told(text) == [("5", "tea"), ("12", "milk"), ("7", "water")]
