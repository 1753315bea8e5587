"""Counts in texts and what they are counts of: beside them, at the head of the sentence, an arm or all patients."""

from __future__ import annotations

import pytest

import trialstats as ts
from trialstats.claims.trust import sizes_agree
from trialstats.sources.labels import labels_from_paper
from trialstats.sources.text.reading import extract


def counts(text):
    labels = labels_from_paper(extract(text))["claims"]
    return [(label["percent"], label["x"], label["n"]) for label in labels if label["kind"] == "count"]


# --------------------------------------------------------------------------------------------------
# Beside the count
# --------------------------------------------------------------------------------------------------
def test_a_count_of_those_of_something():
    assert counts("It was 52 among users (2.3%) and 47 among users of nothing (2.1%).")[1:] == [("2.1", "47", None)]


def test_a_dose_behind_a_count_is_no_number_of_patients():
    assert counts("Relief was seen in 6 (26%) of the women receiving 25 mg.") == [("26", "6", None)]
    assert counts("Relief was seen in 6 (26%) of the 23 women.") == [("26", "6", "23")]


def test_a_count_behind_a_semicolon_is_a_count():
    assert counts("Nausea was rarer with zinc (41/97; 42.3%).") == [("42.3", "41", "97")]


# --------------------------------------------------------------------------------------------------
# At the head of the sentence
# --------------------------------------------------------------------------------------------------
def test_a_denominator_at_the_head_of_the_sentence():
    first, second = extract("Of the 34 women in the first group, 25 (74%) slept and 9 (26%) ate.").claims
    assert (first.x.whole, first.n.whole, first.inferred) == (25, 34, ())
    assert (second.x.whole, second.n.whole, second.inferred) == (9, 34, ("n",))
    assert counts("Of the 34 women in the first group, 25 (74%) slept.") == [("74", "25", "34")]


def test_a_denominator_that_does_not_fit_is_left_alone():
    (claim,) = extract("Of the 36 women in the first group, 25 (74%) slept.").claims
    assert claim.n is None
    report = ts.check("Of the 36 women in the first group, 25 (74%) slept.")
    assert not report.inconsistent


# --------------------------------------------------------------------------------------------------
# Arms and totals
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text, sizes",
    [
        ("Women were randomly assigned, 38 to the zinc group and 36 to the sugar group.", {"zinc": 38, "sugar": 36}),
        ("Forty men were randomised: 21 were assigned to zinc and 19 to sugar.", {"zinc": 21, "sugar": 19}),
        ("They received zinc in group A (n = 12) or sugar in group B (n = 14).", {"group A": 12, "group B": 14}),
        ("The dose fell from 38 to the lowest and 36 to the highest step.", {}),
    ],
)
def test_arms_named_behind_their_sizes(text, sizes):
    assert {arm.label: size.value.whole for arm in extract(text).arms for size in arm.of.values()} == sizes


@pytest.mark.parametrize(
    "text, total",
    [
        ("Thirty-one women were enrolled.", {"enrolled": 31}),
        ("A total of 120 men were randomised.", {"randomised": 120}),
        ("Two hundred and forty-one adults were randomly assigned.", {"randomised": 241}),
        ("Three-hundred-and-nine adults were randomly assigned.", {"randomised": 309}),
        ("One-hundred twenty-six adults were randomly assigned.", {"randomised": 126}),
        ("In all, 1,204 adults from 9 towns underwent randomization.", {"randomised": 1204}),
        ("Then 40 men were treated, and later 60 men were treated.", {}),
        ("In 2014 patients were included.", {}),
    ],
)
def test_totals(text, total):
    assert {name: size.value.whole for name, size in extract(text).of.items()} == total


def test_a_total_that_the_arms_do_not_make_is_read_and_bears_no_size_out():
    text = "A total of 90 men were randomised, 38 to the zinc group and 36 to the sugar group."
    paper = extract(text)
    assert len(paper.arms) == 2 and paper.of["randomised"].value.whole == 90
    assert not sizes_agree(paper)
    assert sizes_agree(extract(text.replace("90", "74")))
    # One sentence tells the total and both arms: it is asked about. Far from it they are of other patients.
    assert [finding.check for finding in ts.check(text).inconsistent] == ["totals"]
    assert not ts.check(text.replace("90", "900")).inconsistent


def test_a_total_is_a_candidate_and_never_the_only_one():
    text = (
        "Thirty-one women were enrolled. Rash troubled 8 (26%) and cough 9 (28%). Sleep was better in 41.3% v 12.7%, "
        "P = .03."
    )
    found = {finding.claim: finding for finding in ts.check(text).findings if finding.check == "percent-count"}
    assert found["c1"].message == "26% is 8 of 31 patients."
    assert found["c2"].verdict.printed == "not checked" and "31" in found["c2"].message
    assert not ts.check(text).inconsistent
    rate = "Thirty-one women were enrolled. In the register 71.3% (95% CI 68.2 to 74.3%) slept."
    assert not ts.check(rate).inconsistent


@pytest.mark.parametrize(
    ("text", "read"),
    [
        # Words between a count and its percentage leave room for another meaning: 8 of 32 is 25%, 80 of 320 too. Of n
        # patients a percentage may be 2 + 50/n points off, half a patient and a slip: 3.6 points and 2.2 here.
        ("Rash troubled 8 of 32 women in the zinc group (28%).", [("28", "8", "32")]),
        ("Rash troubled 8 of 32 women in the zinc group (29%).", []),
        ("Rash troubled 80 of 320 women in the zinc group (27%).", [("27", "80", "320")]),
        ("Rash troubled 80 of 320 women in the zinc group (28%).", []),
        # Where the form leaves no doubt a misprint stays a claim.
        ("Rash troubled 8 of 32 women (35%).", [("35", "8", "32")]),
    ],
)
def test_a_count_in_a_loose_form_agrees_with_its_percentage(text, read):
    assert counts(text) == read


# --------------------------------------------------------------------------------------------------
# Of whom a result is
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text, values",
    [
        ("Calm was seen in 38% of 53 lumarin-treated adults.", ["38"]),
        ("Calm was seen in 38% of the 53 adults treated with lumarin.", ["38"]),
        (
            "Median time to calm was 31.5 hours in 84 adults treated with lumarin and 47.0 hours in 81 adults treated "
            "with solvatan.",
            ["31.5", "47.0"],
        ),
        (
            "The mean (SE) capacity changed by -61 (14) ml in the 97 adults on lumarin and -118 (15) ml in the 93 "
            "adults on placebo.",
            ["-61", "-118"],
        ),
    ],
)
def test_those_of_whom_a_result_is_are_no_result(text, values):
    assert [claim.value.text.rstrip("%") for claim in extract(text).claims if hasattr(claim, "measure")] == values
