"""P values of several arms against one more: in the bracket of an own interval, in turn, or one for all. Made up."""

from __future__ import annotations

import pytest

import trialstats as ts
from trialstats.sources.rows import rows_from_paper
from trialstats.sources.text.reading import extract

THREE = "We randomised 180 adults to lumarin (n = 60), solvatan (n = 59) or placebo (n = 61). "


def armed(text: str) -> list[tuple[str | None, str, str | None]]:
    """Return the value of each row, the numbers of its arms, and its P value."""
    rows = rows_from_paper(extract(THREE + text))["rows"]
    return [(row["value"], "".join(arm[1:] for arm in row["arms"]), row["p"] and row["p"]["value"]) for row in rows]


@pytest.mark.parametrize(
    "text",
    [
        "Mean gain was 7.1 kg (95% CI 5.2 to 9.0; P=0.03) with lumarin and 8.2 kg (6.4 to 10.0; P=0.004) with solvatan,"
        " versus 3.3 kg (1.2 to 5.4) with placebo.",
        "The mean fall was 7.1 mm (95% CI, 5.2 to 9.0; P = .03) for lumarin and 8.2 mm (95% CI, 6.4 to 10.0; P = .004)"
        " for solvatan compared with 3.3 mm (95% CI, 1.2 to 5.4) for placebo.",
        "Weight rose by 7.1 kg (95% CI, 5.2-9.0; P = .03 v placebo) with lumarin, by 8.2 kg (95% CI, 6.4-10.0; P = .004"
        " v placebo) with solvatan and by 3.3 kg (95% CI, 1.2-5.4) with placebo.",
        "Mean loss was 7.1 kg (95% CI 5.2 to 9.0; p<0.03 versus placebo) for lumarin, 8.2 kg (95% CI 6.4 to 10.0;"
        " p=0.004 versus placebo) for solvatan, and 3.3 kg (95% CI 1.2 to 5.4) for placebo.",
    ],
)
def test_a_p_value_in_the_bracket_of_one_arms_interval_that_compares_it_with_another_is_of_both(text):
    told = armed(text)
    assert [(value, arms) for value, arms, _ in told if value] == [("7.1", "1"), ("8.2", "2"), ("3.3", "3")]
    assert [one for one in told if one[2] is not None] in (
        [(None, "13", "0.03"), (None, "23", "0.004")],
        [(None, "13", ".03"), (None, "23", ".004")],
    )
    assert not [one for one in ts.check(THREE + text).findings if one.look or one.code in ("inconsistent", "strained")]


def test_what_follows_keeps_the_order():
    text = (
        "Mean gain was 7.1 kg (95% CI 5.2 to 9.0; P=0.03) with lumarin and 8.2 kg (6.4 to 10.0; P=0.004) with solvatan,"
        " versus 3.3 kg (1.2 to 5.4) with placebo. Relief was felt by 51.7%, 47.5% and 11.5%, respectively."
    )
    assert [one[1] for one in armed(text)[-3:]] == ["1", "2", "3"]


def test_a_p_value_that_each_arm_has_is_of_its_own_interval():
    text = (
        "Mean gain was 7.1 kg (95% CI 5.2 to 9.0; P<.001) with lumarin, 8.2 kg (6.4 to 10.0; P<.001) with solvatan"
        " and 3.3 kg (1.2 to 5.4; P=.002) with placebo."
    )
    assert armed(text) == [("7.1", "1", ".001"), ("8.2", "2", ".001"), ("3.3", "3", ".002")]


def test_a_p_value_of_a_ratio_stays_with_it():
    text = (
        "The odds ratio was 0.41 (95% CI 0.21 to 0.80; P=.01 v placebo) with lumarin and 0.52 (95% CI 0.29 to 0.93;"
        " P=.03 v placebo) with solvatan."
    )
    assert armed(text) == [("0.41", "13", ".01"), ("0.52", "23", ".03")]


@pytest.mark.parametrize(
    "text",
    [
        "The mean change was -7.1 kg (95% CI -9.0 to -5.2) with lumarin, -8.2 kg (-10.0 to -6.4) with solvatan and"
        " -3.3 kg (-5.4 to -1.2) with placebo (P<.001 for each v placebo).",
        "The mean rise was 7.1 g (95% CI, 5.2 to 9.0) with lumarin, 8.2 g (95% CI, 6.4 to 10.0) with solvatan and"
        " 3.3 g (95% CI, 1.2 to 5.4) with placebo (both P < .001 versus placebo).",
        "Mean change was 7.1 g (95% CI, 5.2 to 9.0) with lumarin, 8.2 g (95% CI, 6.4 to 10.0) with solvatan and"
        " 3.3 g (95% CI, 1.2 to 5.4) with placebo (P < .001 for each comparison with placebo).",
        "Cough was seen in 41%, 38% and 12% with lumarin, solvatan and placebo (P<.001 for both v placebo).",
        "Cough was seen in 41% with lumarin and 38% with solvatan against 12% with placebo"
        " (P < .001 for both comparisons).",
        "Cough was seen in 41% on lumarin, 38% on solvatan and 12% on placebo (P < .001 v placebo for both).",
    ],
)
def test_one_p_value_for_several_arms_is_not_the_last_ones(text):
    told = armed(text)
    assert [one[1] for one in told[:3]] == ["1", "2", "3"]
    assert [one[2] for one in told] == [None, None, None, ".001"]
    assert told[3][1] == ""


@pytest.mark.parametrize(
    "text",
    [
        "Cough was seen in 41%, 38% and 12% (P = .001 and P = .003 v placebo).",
        "Cough was seen in 41% with lumarin, 38% with solvatan and 12% with placebo (P = .001 and P = .003 versus"
        " placebo, respectively).",
        "Cough was seen in 41% with lumarin and 38% with solvatan versus 12% with placebo (P=.001 and P=.003,"
        " respectively).",
        "The mean change was -8.1, -7.4 and -2.0 mm, respectively (P = .001, P = .003 compared with placebo).",
        "Cough was seen in 12% on placebo, 38% on lumarin and 41% on solvatan (P = .001 and P = .003 v placebo).",
    ],
)
def test_p_values_in_turn_hold_each_arm_against_one(text):
    assert [one for one in armed(text) if one[0] is None] == [(None, "13", ".001"), (None, "23", ".003")]


def test_p_values_without_what_they_are_held_against_are_of_no_turn():
    told = armed("Cough was seen in 41%, 38% and 12% (P = .001 and P = .003).")
    assert (None, "13", ".001") not in told
