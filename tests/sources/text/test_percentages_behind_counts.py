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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Cramps were seen in 12/48, 20/50 and 31/52 rowers (25%, 40%, and 60%).",
            [("25%", "12", "48"), ("40%", "20", "50"), ("60%", "31", "52")],
        ),
        (
            "Cramps struck 12 of 48 rowers on velorine and 20 of 50 rowers on water (25% and 40%, respectively).",
            [("25%", "12", "48"), ("40%", "20", "50")],
        ),
        (
            "Blisters: 9/36 with wax, 11/33 with soap, 30/40 with sand, and 14/35 with tape (25%, 33%, 75%, and 40%).",
            [("25%", "9", "36"), ("33%", "11", "33"), ("75%", "30", "40"), ("40%", "14", "35")],
        ),
    ],
)
def test_percentages_listed_behind_all_counts_are_theirs_in_order(text, expected):
    assert [one for one in estimates(text) if one[1]] == expected
    assert not any(one.verdict.is_question for one in ts.check(text).findings)


def test_one_misprint_in_a_list_of_three_stays_where_it_stands():
    text = "Cramps were seen in 12/48, 20/50 and 31/52 rowers (25%, 46%, and 60%)."
    assert estimates(text) == [("25%", "12", "48"), ("46%", "20", "50"), ("60%", "31", "52")]
    assert [one.claim for one in ts.check(text).findings if one.look] == ["c2"]


@pytest.mark.parametrize(
    "text",
    [
        "Cramps were seen in 12/48 and 20/50 rowers (17% and 83% at sea).",
        "Of 12/48 and 20/50 rowers (12%, 30%, and 58% of them old) some slept.",
    ],
)
def test_a_list_of_other_percentages_is_not_given_to_the_counts(text):
    assert [one[1:] for one in estimates(text) if one[0].endswith("%")] == [(None, None)] * text.count("%")


@pytest.mark.parametrize("noun", ["responders", "deaths", "relapses", "cases"])
def test_a_share_of_what_became_of_some_need_not_agree_with_their_count(noun):
    assert estimates(f"There were 45 {noun} (29.3%) with lumarin.") == [("29.3%", "45", None)]


def test_a_share_behind_what_is_no_person_is_not_of_its_number():
    assert estimates("There were 45 boats (29.3%) on the lake.")[-1] == ("29.3%", None, None)
