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
    "Daily cough was reduced with milk (-0.62 hours, P = .003) compared with water (-0.21 hours).",
    "Weight was reduced with milk (-0.62 kg, P = .003) compared with water (-0.21 kg).",
    "Weight was reduced most with milk (\u22120.62 kg, P = .003), then with tea (\u22120.21 kg).",
])  # fmt: skip
def test_signed_changes_in_brackets_are_no_times_and_no_doses(text):
    assert [one[1:] for one in means(text)] == ["0.62", "0.21"]


@pytest.mark.parametrize(("text", "measures"), [
    ("Coverage rose from 31 to 62% in the milk ward.", ["proportion", "proportion"]),
    ("Coverage rose from 31 to 62% with milk and from 4 to 21% with tea.", ["proportion"] * 4),
    ("Mean weight fell from 31 kg to 21 kg.", ["mean", "mean"]),
    ("HbA1c fell from 9.3 to 7.2% with milk.", ["mean", "mean"]),
])  # fmt: skip
def test_a_share_that_went_from_a_number_to_a_percentage(text, measures):
    assert [claim.measure for claim in extract(text).claims] == measures


@pytest.mark.parametrize("text", [
    "Stays were prolonged by 3 days in one ward and 5 days in another.",
    "Milk (250 ml) was no better than tea (250 ml) in these calves.",
    "Doses were raised by 10 mg.",
])  # fmt: skip
def test_what_is_no_such_value(text):
    assert means(text) == []
