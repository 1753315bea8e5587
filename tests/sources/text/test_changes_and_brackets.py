"""Values of two arms that no word names: by how much both changed, and two in brackets around "than"."""

import pytest

from trialstats.sources.text.reading import extract


def means(text):
    return [claim.value.text for claim in extract(text).claims if getattr(claim, "measure", "") == "mean"]


@pytest.mark.parametrize("text", [
    "Serum zinc fell by 0.62 mmol/L in the milk group and 0.21 mmol/L in the tea group.",
    "Scores for snoring improved by 0.62 points after milk and by 0.21 points after tea.",
    "Adding milk reduced weight by 0.62 kg compared with 0.21 kg for tea.",
])  # fmt: skip
def test_changes_of_two_arms(text):
    assert means(text) == ["0.62", "0.21"]


@pytest.mark.parametrize("text", [
    "The milk group had a shorter cough (31.2 hours) than the tea group (55.9 hours).",
    "Calves fed milk gained more weight (31.2 g/day) than calves fed tea (55.9 g/day).",
])  # fmt: skip
def test_values_in_brackets_around_than(text):
    assert means(text) == ["31.2", "55.9"]


@pytest.mark.parametrize("text", [
    "Stays were prolonged by 3 days in one ward and 5 days in another.",
    "Milk (250 ml) was no better than tea (250 ml) in these calves.",
    "Doses were raised by 10 mg.",
])  # fmt: skip
def test_what_is_no_such_value(text):
    assert means(text) == []
