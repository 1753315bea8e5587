"""Changes told by both their ends, of one arm or of two. The sentences are made up."""

from __future__ import annotations

import pytest

from trialstats.sources.rows import rows_from_paper
from trialstats.sources.text.reading import extract

ALLOCATED = "We randomly assigned 90 adults to milk (n = 44) or tea (n = 46). "


def rows(text):
    """Return the value, spread, arm and time of each mean and share of a text."""
    found = rows_from_paper(extract(text), text=False)["rows"]
    return [(row["value"], row["lower"], "+".join(row["arms"]), row["time"]) for row in found if row["value"]]


@pytest.mark.parametrize("text", [
    "Weight was reduced from 96 to 91 kg with milk and from 95 to 94 kg with tea.",
    "Pulse fell from 96 to 91 beats per minute after milk and from 95 to 94 beats per minute after tea.",
    "Weight went down from 96 kg to 91 kg with milk versus from 95 kg to 94 kg with tea.",
    "The gait slowed from 96 to 91 steps with milk and from 95 to 94 steps with tea.",
])  # fmt: skip
def test_where_a_change_begins_is_no_size_of_an_arm(text):
    text = "We randomly assigned adults to milk or tea. " + text
    paper = extract(text)
    assert [arm.label for arm in paper.arms] == ["milk", "tea"]
    assert not any(arm.of for arm in paper.arms)
    assert rows(text) == [("96", None, "a1", "baseline"), ("91", None, "a1", None),
                          ("95", None, "a2", "baseline"), ("94", None, "a2", None)]  # fmt: skip


def test_a_change_names_arms_that_no_allocation_names():
    text = "Diastolic pressure fell from 96 to 91 mm Hg with zoltamine and from 95 to 94 mm Hg with placebo."
    assert [(arm.label, dict(arm.of)) for arm in extract(text).arms] == [("zoltamine", {}), ("placebo", {})]


def test_an_allocation_of_so_many_to_so_much_counts_them():
    text = "Of 90 adults, we assigned 44 to 20 mg of milkin and 46 to 40 mg of milkin."
    assert [row[:1] for row in rows(text)] == []
    assert [arm.of["randomised"].value.digits for arm in extract(text).arms] == ["44", "46"]


@pytest.mark.parametrize("text", [
    "Ferritin rose from 21.4 (3.1) to 29.6 (3.8) ng/mL with milk and from 20.9 (3.3) to 22.5 (3.9) ng/mL with tea.",
    "Ferritin rose from 21.4% (3.1%) to 29.6% (3.8%) with milk and from 20.9% (3.3%) to 22.5% (3.9%) with tea.",
    "Ferritin went from 21.4 (3.1) to 29.6 (3.8) with milk compared with 20.9 (3.3) to 22.5 (3.9) with tea.",
    "The score rose from 21.4 (SD 3.1) at baseline to 29.6 (SD 3.8) with milk and from 20.9 (SD 3.3) to 22.5 (SD 3.9) "
    "with tea.",
    "The score rose from 21.4 (3.1) at baseline to 29.6 (3.8) with milk and from 20.9 (3.3) to 22.5 (3.9) with tea.",
])  # fmt: skip
def test_both_ends_have_their_spreads_and_their_arm(text):
    assert [row[:3] for row in rows(ALLOCATED + text)] == [
        ("21.4", "3.1", "a1"), ("29.6", "3.8", "a1"), ("20.9", "3.3", "a2"), ("22.5", "3.9", "a2"),
    ]  # fmt: skip


def test_whole_numbers_in_brackets_are_spreads_only_with_a_unit():
    text = ALLOCATED + "Steps rose from 41 (12) to 53 (14) {}with milk."
    assert [row[:2] for row in rows(text.format("kg "))] == [("41", "12"), ("53", "14")]
    assert ("41", "12") not in [row[:2] for row in rows(text.format(""))]


@pytest.mark.parametrize(("text", "times"), [
    ("At week 9, cough fell from 8.1 to 3.2 points with milk.", ["baseline", "week 9"]),
    ("Cough fell from 8.1 at week 3 to 3.2 at week 9 with milk.", ["week 3", "week 9"]),
    ("Median CD4 counts rose from 310 cells/mm3 at baseline to 370 cells/mm3 at 9 weeks with milk.",
     ["at baseline", "9 weeks"]),
    ("At week 9, the mean stay fell from 8.1 to 3.2 days with milk.", ["week 9", "week 9"]),
])  # fmt: skip
def test_when_a_change_began(text, times):
    assert [row[3] for row in rows(ALLOCATED + text)] == times
