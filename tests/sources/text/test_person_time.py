"""What a rate is counted per, and its events and person-time."""

import pytest

from trialstats import extract
from trialstats.sources.rows import rows_from_paper

ROWS = [
    ("The rate was 2.0 per 100 person-years (19 events in 965 person-years).",
     ("2.0", "19", "965", "per 100 person-years")),
    ("There were 19 falls in 1,965 patient-days (9.7 per 1000 patient-days).",
     ("9.7", "19", "1965", "per 1000 patient-days")),
    ("The rate was 2.0/100 person-years (19/965 person-years; 95% CI, 1.2 to 3.1).",
     ("2.0", "19", "965", "per 100 person-years")),
    ("The rate was 2.0 per 100 person-years (95% CI, 1.2 to 3.1).", ("2.0", None, None, "per 100 person-years")),
    # Months may be counted as years, but the time of catheters is not that of patients.
    ("The rate was 2.0 per 100 person-years (19 events in 11,580 person-months).",
     ("2.0", "19", "11580", "per 100 person-years")),
    ("The rate was 2.0 per 100 catheter-days (19 infections in 11,580 patient-days).",
     ("2.0", None, None, "per 100 catheter-days")),
]  # fmt: skip


@pytest.mark.parametrize("text, row", ROWS)
def test_a_rate_with_its_unit_events_and_person_time(text, row):
    (claim,) = [one for one in extract(text).claims if one.measure == "rate" and one.value is not None]
    x, n = (None if one is None else one.digits for one in (claim.x, claim.n))
    assert (claim.value.digits, x, n, claim.unit) == row


def test_rates_of_a_pair_do_not_take_the_events_of_the_other_arm():
    text = (
        "Over 1210 patient-years in the lumarin group there were 48 falls, as compared with 83 over 1195 patient-years "
        "in the solvatan group (3.97 vs. 6.95 per 100 patient-years)."
    )
    rates = [one for one in extract(text).claims if getattr(one, "measure", "") == "rate"]
    assert [(one.value.text, one.x, one.unit) for one in rates] == [
        ("3.97", None, "per 100 patient-years"),
        ("6.95", None, "per 100 patient-years"),
    ]


ARMS = "We randomly assigned 3,960 rowers to lumarin (n = 1980) or solvatan (n = 1980). "
EVENTS = {
    # Before their time.
    "We saw 61 falls over 1,310 person-years with lumarin and 92 falls over 1,288 person-years with solvatan.": [
        ("61", "1310", "lumarin"),
        ("92", "1288", "solvatan"),
    ],
    "Falls: 61/1310 person-years with lumarin and 92/1288 person-years with solvatan.": [
        ("61", "1310", "lumarin"),
        ("92", "1288", "solvatan"),
    ],
    "We saw 61 falls (1310.5 person-years) with lumarin and 92 falls (1288 person-years) with solvatan.": [
        ("61", "1310.5", "lumarin"),
        ("92", "1288", "solvatan"),
    ],
    "Falls numbered 61 per 1310 person-years with lumarin and 92 per 1288 person-years with solvatan.": [
        ("61", "1310", "lumarin"),
        ("92", "1288", "solvatan"),
    ],
    "Sixty-one relapses occurred in 1 310 patient years.": [("61", "1310", "")],
    # Behind it.
    "During 1310 person-years in the lumarin group, 61 rowers had a fall.": [("61", "1310", "lumarin")],
    "Over a total of 2,598 person-years of follow-up (mean, 1.3 years), 153 cases of gout were seen.": [
        ("153", "2598", "")
    ],
    "There were 2,598 person-years of observation and 153 incident fractures.": [("153", "2598", "")],
    # No events, or not surely those of the time.
    "In all, 1980 rowers were followed for 2,598 person-years.": [],
    "During 2,598 person-years, 61 falls occurred in the lumarin group and 92 in the solvatan group.": [],
    "During 2,598 person-years, 61 falls occurred in the lumarin group.": [],
    "In 14 hospitals over 2,598 catheter-days we saw little.": [],
}


@pytest.mark.parametrize("text", EVENTS)
def test_events_with_the_person_time_they_are_of(text):
    paper = extract(ARMS + text)
    label = {arm.id: arm.label for arm in paper.arms}
    assert [
        (one.x.digits, one.n.digits, " ".join(label[arm] for arm in one.arms))
        for one in paper.claims
        if one.measure == "rate" and one.n is not None
    ] == EVENTS[text]


def test_events_over_time_are_rows_of_counts():
    (row,) = rows_from_paper(extract("We saw 61 falls over 1,310 person-years."))["rows"]
    assert [row[name] for name in ("measure", "value", "x", "n", "unit", "outcome")] == [
        "count", "61", None, "1310", "person-years", "falls",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Follow-up came to 39,207 patient-years.",
        "Rowers were seen for 8.1 years (28 415 patient-years).",
        "The cohort contributed 57,411 woman-years in all.",
    ],
)
def test_person_time_alone_counts_nothing(text):
    assert not [one for one in extract(text).claims if one.measure in ("count", "rate")]


@pytest.mark.parametrize(
    ("text", "rates"),
    [
        ("Gout came at rates of 3.4 per 100 person-years (66 events) with lumarin and 4.3 per 100 person-years (85"
         " events) with solvatan.", [("3.4", "66"), ("4.3", "85")]),
        ("Gout per 1000 person-years was 8.4 (42 events) with lumarin and 3.9 (19 events) with solvatan.",
         [("8.4", "42"), ("3.9", "19")]),
        ("The rate of gout was 2.3% per year (66 patients) with lumarin and 3.1% per year (85 patients) with solvatan.",
         [("2.3%", "66"), ("3.1%", "85")]),
        ("There were 66 strokes with lumarin (2.3% per year) and 85 with solvatan (3.1% per year).",
         [("2.3%", "66"), ("3.1%", "85")]),
        # The size of an arm is no number of events.
        ("The rate of gout was 3.4 per 100 person-years with lumarin (n = 1980).", [("3.4", "")]),
    ],
)  # fmt: skip
def test_a_rate_with_its_events_in_brackets(text, rates):
    claims = [one for one in extract(ARMS + text).claims if one.measure == "rate"]
    assert [(one.value.text, "" if one.x is None else one.x.digits) for one in claims] == rates


@pytest.mark.parametrize(
    "text",
    [
        "Relapses per patient-year were 0.62 with lumarin and 1.31 with solvatan.",
        "Relapses per patient per year were 0.62 and 1.31 with lumarin and solvatan, respectively.",
        "Relapses were rarer with lumarin than with solvatan (events per patient-year 0.62 v 1.31; rate ratio 0.47).",
    ],
)
def test_rates_behind_what_they_are_counted_per(text):
    paper = extract(ARMS + text)
    label = {arm.id: arm.label for arm in paper.arms}
    assert [
        (one.value.text, one.unit, *(label[arm] for arm in one.arms)) for one in paper.claims if one.measure == "rate"
    ] == [("0.62", "per patient-year", "lumarin"), ("1.31", "per patient-year", "solvatan")]


def test_what_a_bracket_compares_is_no_name():
    paper = extract("Relapses were fewer with lumarin than with placebo (events per patient-year 0.62 v 1.31).")
    assert [arm.label for arm in paper.arms] == ["lumarin", "placebo"]


@pytest.mark.parametrize(
    "text",
    [
        "Gout came at 0.31 (95% CI 0.22 to 0.43) per 100 person-years.",
        "Gout came at 0.31 (95% CI 0.22 to 0.43) events per 100 person-years.",
        "The incidence of gout was 0.31 [95% CI, 0.22-0.43]/100 person-years.",
    ],
)
def test_a_unit_behind_the_bounds(text):
    (claim,) = extract(text).claims
    assert (claim.measure, claim.value.text, claim.unit) == ("rate", "0.31", "per 100 person-years")


def test_what_is_below_zero_is_no_rate():
    (claim,) = extract("The attributable rate was -31 (95% CI -60 to -2) per 100 person-years.").claims
    assert claim.measure != "rate"


def test_rates_told_again_behind_their_events():
    text = "Falls numbered 61 with lumarin and 48 with solvatan, or 4.1 and 3.3 per 100 person-years (rate ratio 1.24)."
    found = [(one.measure, one.value.text) for one in extract(ARMS + text).claims]
    assert [one for one in found if one[0] == "rate"] == [("rate", "4.1"), ("rate", "3.3")]
