"""Percentages that stand in a bracket behind their count, and percentages above 100."""

from __future__ import annotations

import pytest

import trialstats as ts


def estimates(text):
    return [(one.value.text if one.value else None, one.x and one.x.text, one.n and one.n.text)
            for one in ts.extract(text).claims]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Responses: 12 of 27 patients (44.4%), 95% CI 25.5-64.7.", ("44.4%", "12", "27")),
        ("We found 12 cramps in 27 rowers (44.4%; 95% CI 25.5-64.7).", ("44.4%", "12", "27")),
        ("We saw 12/27 (44.4%), 95% CI 25.5% to 64.7%.", ("44.4%", "12", "27")),
        ("In 12 out of 27 (44%), 95% CI 26-65, the tumour shrank.", ("44%", "12", "27")),
        ("The rate was 44.4% (12 of 27), 95% CI 25.5-64.7.", ("44.4%", "12", "27")),
    ],
)
def test_the_interval_is_of_the_percentage_not_of_the_denominator(text, expected):
    assert estimates(text) == [expected]
    assert {one.verdict for one in ts.check(text).findings if one.check == "proportion-interval"} <= {
        ts.Verdict.REPRODUCED,
        ts.Verdict.EXPLAINED,
    }


@pytest.mark.parametrize("text", ["The response rate was 140% (14/10).", "Responses in 14 of 10 (140%) were seen."])
def test_more_than_all_patients_is_found_and_asked_about(text):
    assert estimates(text) == [("140%", "14", "10")]
    assert any(one.verdict is ts.Verdict.INCONSISTENT for one in ts.check(text).findings)


def test_more_of_fewer_is_no_count_where_the_percentage_does_not_say_so():
    assert estimates("The increase was 83% (12/10).") == [("83%", None, None)]


def test_people_before_a_percentage_that_they_do_not_print_are_kept():
    assert estimates("36 patients (53.2% [95% CI 39.3-65.6]) rowed.") == [("53.2%", "36", None)]
    assert estimates("No cramps in 45 (0%, 95% CI 0-7.9).") == [("0%", None, None)]
    assert estimates("We saw 17 rowers with an ASA score of 2 (53.1%).")[-1] == ("53.1%", None, None)
    assert estimates("Cramps in 3 (0%) rowers.") == [("0%", "3", None)]
    assert estimates("After one attempt (94.7%) they rowed.") == [("94.7%", None, None)]
