"""Bounds and standard deviations in brackets that no word names, rates with their standard errors, shared units."""

import pytest

import trialstats as ts
from trialstats.sources.rows import rows_from_paper
from trialstats.sources.text.roles.of_numbers import number_roles

ALLOCATED = "Adults were randomly assigned to zoltamine or placebo. "


def rows(text):
    got = rows_from_paper(ts.extract(ALLOCATED + text), text=False)["rows"]
    return [row for row in got if row["value"] is not None]


def told(text):
    return [
        (row["measure"], row["value"], row["lower"], row["upper"], row["spread"], row["arms"]) for row in rows(text)
    ]


def roles(text):
    return {text[one.start : one.end]: str(one) for one in number_roles(text)}


@pytest.mark.parametrize(("text", "expected"), [
    ("Median survival was 9.3 months (7.2-12.1) with zoltamine and 7.8 months (6.4-9.0) with placebo.",
     [("median", "9.3", "7.2", "12.1", "confidence", ["a1"]), ("median", "7.8", "6.4", "9.0", "confidence", ["a2"])]),
    ("The median time to relapse was 31 mo (24 to NR) v 19 mo (15 to 26).",
     [("median", "31", "24", "NE", "confidence", ["a1"]), ("median", "19", "15", "26", "confidence", ["a2"])]),
    ("The response rate was 36% (25-48) with zoltamine and 14% (6-25) with placebo.",
     [("proportion", "36", "25", "48", "confidence", ["a1"]), ("proportion", "14", "6", "25", "confidence", ["a2"])]),
    ("The rate of falls was 0.41 per year (0.33-0.52) with zoltamine and 0.66 per year (0.54-0.79) with placebo.",
     [("rate", "0.41", "0.33", "0.52", "confidence", ["a1"]), ("rate", "0.66", "0.54", "0.79", "confidence", ["a2"])]),
    ("Mean weight loss was 5.2 kg (3.9 to 6.5) with zoltamine and 0.8 kg (-0.5 to 2.1) with placebo.",
     [("mean", "5.2", "3.9", "6.5", "confidence", ["a1"]), ("mean", "0.8", "-0.5", "2.1", "confidence", ["a2"])]),
    # What may be a range is no interval.
    ("Median age was 58 years (31-77) with zoltamine and 60 years (29-80) with placebo.",
     [("median", "58", None, None, None, ["a1"]), ("median", "60", None, None, None, ["a2"])]),
    ("Median survival was 9.3 months (0.5-44) with zoltamine and 7.8 months (1-39) with placebo.",
     [("median", "9.3", None, None, None, ["a1"]), ("median", "7.8", None, None, None, ["a2"])]),
])  # fmt: skip
def test_bounds_that_no_word_names(text, expected):
    assert told(text) == expected


def test_bounds_that_no_word_names_are_no_levels():
    text = "Median age was 58 years (31-77) with zoltamine and 60 years (29-80) with placebo."
    assert {roles(text)[number] for number in ("31", "77", "29", "80")} == {"bound"}
    assert roles("Scores range from 0 to 70 and the mean score was 42.")["70"] == "other: scale"


@pytest.mark.parametrize(("text", "expected"), [
    ("Diastolic pressure was 84.1 (9.7) mm Hg in the zoltamine group and 88.6 (10.2) mm Hg in the placebo group.",
     [("84.1", "9.7", "sd"), ("88.6", "10.2", "sd")]),
    ("Operating time was 71 (14) min v 58 (12) min.", [("71", "14", "sd"), ("58", "12", "sd")]),
    ("Fatigue was 4.1 (1.2) vs 5.3 (1.4).", [("4.1", "1.2", "sd"), ("5.3", "1.4", "sd")]),
    ("Heart rate was lower with zoltamine (68 (8) bpm) than with placebo (77 (9) bpm).",
     [("68", "8", "sd"), ("77", "9", "sd")]),
    ("The LSM change was -2.31 (0.17) v -0.64 (0.18).", [("-2.31", "0.17", "se"), ("-0.64", "0.18", "se")]),
    # Counts with their shares, and rates with their counts.
    ("Vomiting was seen in 14 (16) on zoltamine and 22 (25) on placebo.", []),
    ("Rates were 3.1 (86) per 100 years and 4.4 (120) per 100 years.", []),
])  # fmt: skip
def test_deviations_that_no_word_names(text, expected):
    assert [(row["value"], row["lower"], row["spread"]) for row in rows(text)] == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("The 5-year event-free survival was 64% ± 4% with zoltamine and 55% ± 5% with placebo.",
     [("survival", "64", "4", "se"), ("survival", "55", "5", "se")]),
    ("OS at 3 years was 58% (SE, 6%) with zoltamine and 47% (SE, 7%) with placebo.",
     [("survival", "58", "6", "se"), ("survival", "47", "7", "se")]),
    ("Adherence was 84% ± 11% with zoltamine and 79% ± 13% with placebo.",
     [("mean", "84", "11", "sd"), ("mean", "79", "13", "sd")]),
    ("The log hazard ratio was -0.37 (SE 0.14).", [("other", "-0.37", "0.14", "se")]),
])  # fmt: skip
def test_what_a_standard_error_is_of(text, expected):
    assert [(row["measure"], row["value"], row["lower"], row["spread"]) for row in rows(text)] == expected


def test_the_first_of_two_rates_is_one_too():
    assert [row["measure"] for row in rows("Stroke was rare (1.3% v 1.9% per year).")] == ["rate", "rate"]
    assert [row["measure"] for row in rows("Stroke was rare (1.3% v 1.9%).")] == ["proportion", "proportion"]


def test_probabilities_in_words():
    text = "The probability that the true response rate exceeded 25% was 96%."
    assert [(row["measure"], row["value"]) for row in rows(text)] == [("posterior-probability", "96")]
    assert roles(text)["25"] == "other: limit"
    text = "The probability that zoltamine was superior to placebo was 91%."
    assert [(row["measure"], row["value"]) for row in rows(text)] == [("posterior-probability", "91")]


@pytest.mark.parametrize(("text", "expected"), [
    ("Urinary protein fell from 2.9 g/d to 1.3 g/d with zoltamine and from 2.8 g/d to 2.6 g/d with placebo.",
     ["2.9", "1.3", "2.8", "2.6"]),
    ("Blood loss was 280 ml v 390 ml.", ["280", "390"]),
    ("Ferritin levels were 39 ng/mL vs 24 ng/mL.", ["39", "24"]),
    ("The dose was 10 mg v 20 mg.", []),
    ("Adults with proteinuria took zoltamine 30 mg/day.", []),
])  # fmt: skip
def test_amounts_that_are_no_doses(text, expected):
    assert [row["value"] for row in rows(text)] == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("Mean gain in vision was 8.2 letters with zoltamine and 5.9 letters with placebo.", ["gain in vision"] * 2),
    ("Mean intake was 3.1 cups with zoltamine and 2.8 cups with placebo.", ["intake"] * 2),
    ("ORR: 33% v 21%; fever: 71% v 64%.", ["overall response rate (orr)"] * 2 + ["fever"] * 2),
])  # fmt: skip
def test_the_second_value_is_of_the_outcome_of_the_first(text, expected):
    assert [row["outcome"] for row in rows(text)] == expected
