"""Intervals in texts: what is one however it is spelt, in which unit, and what only looks like one."""

from __future__ import annotations

import pytest
from tests.sources.text.intervals_read import intervals

import trialstats as ts
from trialstats.sources.text.reading import extract
from trialstats.sources.text.tokens.normalise import normalise

LEVELLED = "Falls were rarer (RR 0.80, 95% CI 0.66-0.95). "


# --------------------------------------------------------------------------------------------------
# What is no interval
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "rest",
    [
        "Nausea was rarer with zinc than with sugar (41/97; 42.3%).",
        "Compared to the other pupils (212/640, 33.1%) they slept well.",
        "Between Nov 12, 2015, and March 9, 2018, 311 sailors entered.",
        "We recruited from June 14, 2012 to July 19, 2015.",
        "Headache (16.1%, 23.4%, and 11.8%, respectively) was common.",
        "Headache (16.1%, 12.4%, and 21.8%, respectively) was common.",
        "Steps two to five gave 0.81, 0.77, 0.92 and 0.69, respectively.",
        "Cough with grade 3 or 4 fever (6% versus 1%) was rare.",
        "Cough with grade 3 or 4 fever (2% versus 7%) was rare.",
        "We included 12 trials of honey (5 brands; 731 children).",
    ],
)
def test_counts_dates_and_lists_are_no_intervals(rest):
    assert intervals(LEVELLED + rest) == [("0.80", "0.66", "0.95", None)]


def test_a_count_between_estimate_and_bounds_hides_neither():
    text = LEVELLED + "There was a 17% drop in deaths (31 trials, 21,450 sailors, RR 0.83, 95% CI 0.71 to 0.97)."
    assert intervals(text)[1] == ("0.83", "0.71", "0.97", None)


@pytest.mark.parametrize(
    "rest, found",
    [
        ("With salt it was 0.77 (0.70-0.84) and 0.61 (0.52-0.71), respectively.", [("0.77", "0.70", "0.84")] * 1),
        ("Sleep rose by -9 (-4 to -44) min.", [("-9", "-4", "-44")]),
        ("Cure was seen in 2.8% (1.6, 3.7%).", [("2.8%", "1.6", "3.7%")]),
        ("Pooled risks were 0.64, 0.46 to 0.91 with zinc.", []),
    ],
)
def test_what_is_an_interval_stays_one(rest, found):
    read = [one[:3] for one in intervals(LEVELLED + rest)[1:]]
    assert read[: len(found)] == found


def test_two_estimates_that_fit_equally_well_are_both_told():
    paper = extract("The risk was 4.1 times (or 3.2 times after adjusting) that of others (95% CI, 1.9-6.0; P = .01).")
    assert not paper.claims
    (reading,) = paper.ambiguous
    assert [one.value.text for one in reading.readings] == ["4.1", "3.2"]
    assert {one.p.value.text for one in reading.readings} == {".01"}
    report = ts.check("The risk was 4.1 times (or 3.2 times after adjusting) that of others (95% CI, 1.9-6.0).")
    assert [finding.verdict.printed for finding in report.findings] == ["not checked"]


# --------------------------------------------------------------------------------------------------
# What is one
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text, found",
    [
        ("Smokers were 2.4 times more likely ([1.3-4.4]; p = 0.01) to relapse.", [("2.4", "1.3", "4.4", "0.01")]),
        (
            "The CI for cough was 0.12 to 0.31 and for fever was 0.07 to 0.22.",
            [(None, "0.12", "0.31", None), (None, "0.07", "0.22", None)],
        ),
        ("The 95% CI for HR 0.66 was 0.47-0.93.", [("0.66", "0.47", "0.93", None)]),
        ("Sugar changed by -11 versus -9 mmol/mol; CI upper limit <3.", [(None, None, "3", None)]),
        (
            "Yield was 0.72 (0.61-0.83) and 0.55 (0.44-0.66). Values in parentheses are 95% confidence intervals.",
            [("0.72", "0.61", "0.83", None), ("0.55", "0.44", "0.66", None)],
        ),
        (
            "The median was 16.5 months (95% CI, 11.0 to could not be evaluated).",
            [("16.5", "11.0", "not reached", None)],
        ),
        (
            "The gain over rum was 0.31 (95% CI 0.05-0.57), P = 0.02, and the difference versus beer was 0.35 (95% CI "
            "0.12-0.58), P = 0.003.",
            [("0.31", "0.05", "0.57", "0.02"), ("0.35", "0.12", "0.58", "0.003")],
        ),
        (
            "In 44 sailors on the pill survival was not reached (95% CI 15 months to not reached).",
            [("not reached", "15", "not reached", None)],
        ),
    ],
)
def test_an_interval_is_read(text, found):
    assert intervals(text) == found


def test_a_level_said_afterwards_is_carried_backwards():
    claims = extract("Yield was 0.72 (0.61-0.83). Values in brackets are 90% confidence intervals.").claims
    assert [claim.spread.level.text for claim in claims] == ["90%"]
    assert "level" in claims[0].inferred


@pytest.mark.parametrize(
    "text, found",
    [
        ("Fat fell (MD -9.40; 95 % CI: -7.10 at -11.70 mg/dl; p < 0.001).", ("-9.40", "-7.10", "-11.70", "<0.001")),
        ("Pulse changed by minus 4.2 (95% CI minus 6.5 to minus 1.9).", ("-4.2", "-6.5", "-1.9", None)),
        (
            "Relapse (HR 0 . 61 ( 95 % CI , 0 . 44 to 0 . 85 ; p = 0 . 004 ) was rarer .",
            ("0.61", "0.44", "0.85", "0.004"),
        ),
        ("Relapse (HR 0.61; 95% CI 0.44-0.85; P\t=\t.004).", ("0.61", "0.44", "0.85", ".004")),
        ("Relapse (HR 0.61; 95% CI 0.44-0.85; P\n= .004).", ("0.61", "0.44", "0.85", ".004")),
        (
            "Relapse (HR 0\u200e.61; 95% C\u00adI 0.44\u2060-0.8\u200f5; P = .004).",
            ("0.61", "0.44", "0.85", ".004"),
        ),
    ],
)
def test_signs_and_spellings(text, found):
    read = intervals(text)
    assert [one.replace("0.004", ".004") if one == "0.004" else one for one in read[0]] == [
        ".004" if one == "0.004" else one for one in found
    ]
    assert len(read) == 1 and len(normalise(text)) == len(text)


def test_places_hold_what_was_moved():
    text = "Relapse (HR 0\u200e.61; 95% CI 0.44-0.8\u200f5)."
    (claim,) = extract(text).claims
    assert claim.where.quote == text[claim.where.start : claim.where.end]
    assert claim.where.quote.endswith("0.8\u200f5")


@pytest.mark.parametrize(
    "text, unit",
    [
        ("Flow rose by 9.5 L/min (95% CI 2.1 to 16.9).", "L/min"),
        ("HbA1c fell by 4.2 mmol/mol (95% CI 1.1 to 7.3).", "mmol/mol"),
        ("Intake fell by 30 g/week (95% CI 10 to 50).", "g/week"),
        ("Use fell by 210 kJ / 24 h (95% CI 90 to 330).", "kJ/24 h"),
        ("Sleep rose by 30 min (95% CI 10 to 50).", "min"),
    ],
)
def test_units_are_whole(text, unit):
    assert extract(text).claims[0].unit == unit


@pytest.mark.parametrize(
    ("text", "estimate"),
    [
        ("Cure was seen in 24% at week 20 (95% CI 18 to 31).", "24%"),
        ("The score was 2.4 for grade 3 (95% CI, 1.8 to 3.2).", "2.4"),
        ("The mean was 24 where all the sailors who had been at sea and had slept there too were seen again at week 20 "
         "(95% CI 18 to 31).", "24"),
        ("They had a mean age 63 (95% CI, 60 to 66).", "63"),  # nothing else could be the estimate
        ("Sailors slept at week 20 (95% CI 18 to 31).", "20"),
    ],
)  # fmt: skip
def test_a_number_that_only_names_something_gives_way_to_any_other(text, estimate):
    assert [one[0] for one in intervals(text)] == [estimate]


@pytest.mark.parametrize(
    ("text", "second"),
    [
        (
            "They moved more (mean 3.8 min/day, 95% CI 1.5 to 6.1) and sat less (4.7 min/day, 0.0 to 9.5).",
            ("4.7", "0.0", "9.5", None),
        ),
        (
            "Pain fell (-2.0 mm, 95% CI -3.1 to -0.9) and pressure fell (-3.2 mm Hg, -4.7 to -1.7).",
            ("-3.2", "-4.7", "-1.7", None),
        ),
    ],
)
def test_an_estimate_with_its_unit_first_in_its_bracket_has_bounds(text, second):
    assert intervals(text)[1] == second


def test_bounds_behind_a_unit_in_another_sentence_are_none():
    assert intervals(LEVELLED + "They were old (52 years, 18 to 70).") == [("0.80", "0.66", "0.95", None)]


def test_an_interval_in_the_bracket_behind_a_range_is_as_the_one_that_was_named():
    paper = extract(
        "Relief came after a median of 6.5 weeks, range 1.0-37.0 [95% CI 5.3-8.2] v 7.0 weeks, range 1.0-31.0 "
        "[5.9-8.5]; 2-year survival was 61% [51-71]; hazard ratio 0.91 [0.71-1.19]."
    )
    read = [
        (one.measure, one.interval.kind, one.interval.lower.digits, one.interval.upper.digits) for one in paper.claims
    ]
    assert read == [
        ("median", "confidence", "5.3", "8.2"),
        ("median", "confidence", "5.9", "8.5"),
        ("survival", "confidence", "51", "71"),
        ("hazard-ratio", "confidence", "0.71", "1.19"),
    ]


def test_ranges_alone_stay_ranges():
    paper = extract("The median was 6.5 weeks (range 1.0-37.0) with zinc and 7.0 weeks (2.0-31.0) with iron.")
    assert [one.spread.kind for one in paper.claims] == ["range", "range"]


def test_bounds_in_a_bracket_of_their_own_behind_a_percentage():
    text = "Relief rose by 15% [95% CI 2-29]. It came to 9 of 12 (75%; [43-95]) with zinc and 5 of 12 (42%; [15-72])."
    assert intervals(text)[1:] == [("75%", "43", "95", None), ("42%", "15", "72", None)]


def test_the_bounds_of_a_spread_are_no_values_that_a_p_value_compares():
    paper = extract("Weight changed by a median -7.3 g (interquartile range, -9.4 to -5.2 g; P = 0.03) with zinc.")
    assert [one.value.digits for one in paper.claims if hasattr(one, "measure")] == ["-7.3"]
