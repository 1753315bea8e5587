"""Forms that readers with fresh eyes found misread or missed; every sentence here is our own."""

import io

import pytest

import trialstats as ts
from trialstats.claims.model import Comparison
from trialstats.errors import InputError
from trialstats.sources.labels import labels_from_paper
from trialstats.sources.table import read_table
from trialstats.sources.text.normalise import normalise
from trialstats.sources.text.reading import extract

LEVELLED = "Falls were rarer (RR 0.80, 95% CI 0.66-0.95). "


def intervals(text):
    """Return estimate, bounds and P of each interval of a text."""
    return [
        (
            claim.value and claim.value.text,
            claim.spread.lower and claim.spread.lower.text,
            claim.spread.upper and claim.spread.upper.text,
            claim.p and claim.p.value.text,
        )
        for claim in extract(text).claims
        if not isinstance(claim, Comparison) and claim.spread is not None
    ]


def compared(text):
    """Return the values and P of each comparison of a text."""
    labels = labels_from_paper(extract(text))["claims"]
    return [(label["values"], label["p"]["value"]) for label in labels if label["kind"] == "comparison"]


def counts(text):
    labels = labels_from_paper(extract(text))["claims"]
    return [(label["percent"], label["x"], label["n"]) for label in labels if label["kind"] == "count"]


# ------------------------------------------------------------------------------- what is no interval
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


def test_a_count_of_those_of_something():
    assert counts("It was 52 among users (2.3%) and 47 among users of nothing (2.1%).")[1:] == [("2.1", "47", None)]


def test_a_count_behind_a_semicolon_is_a_count():
    assert counts("Nausea was rarer with zinc (41/97; 42.3%).") == [("42.3", "41", "97")]


# ------------------------------------------------------------------------------- signs and spellings
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


def test_subtraction_in_words_keeps_its_meaning():
    assert normalise("a score of 7 minus 3 points") == "a score of 7 minus 3 points"


def test_a_number_at_the_end_of_a_cut_sentence_is_not_joined_to_the_next():
    text = "It was seen at week 12 . 30 of 60 sailors ( 50 % ) slept ."
    assert normalise(text) == text


def test_places_hold_what_was_moved():
    text = "Relapse (HR 0\u200e.61; 95% CI 0.44-0.8\u200f5)."
    (claim,) = extract(text).claims
    assert claim.where.quote == text[claim.where.start : claim.where.end]
    assert claim.where.quote.endswith("0.8\u200f5")


# ------------------------------------------------------------------------------- what was missed
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
def test_forms_that_were_missed(text, found):
    assert intervals(text) == found


def test_a_level_said_afterwards_is_carried_backwards():
    claims = extract("Yield was 0.72 (0.61-0.83). Values in brackets are 90% confidence intervals.").claims
    assert [claim.spread.level.text for claim in claims] == ["90%"]
    assert "level" in claims[0].inferred


@pytest.mark.parametrize(
    "text, found",
    [
        ("Fever was seen in eight [16%] vs none, p=0.02.", [(["16", "0"], "0.02")]),
        ("Fever was seen in 14 [4%] vs 0 (p=0.01).", [(["4", "0"], "0.01")]),
        ("Scores were higher with zinc (3.5, s.d. 0.6) than with sugar (3.0, s.d. 0.9) (p=0.003).",
         [(["3.5", "3.0"], "0.003")]),
        ("The gap was significant at 5 and 9 hours (P < 0.001).", []),
        ("It differed at 1, 3, and 6 minutes (p<0.05).", []),
        (
            "In all, 90 (21.0%) sailors with a lamp versus 61 (14.9%) without one slept (relative risk 1.41; P=0.02).",
            [(["21.0", "14.9"], "0.02")],
        ),
    ],
)  # fmt: skip
def test_comparisons(text, found):
    assert compared(text) == found


def test_two_estimates_that_fit_equally_well_are_both_told():
    paper = extract("The risk was 4.1 times (or 3.2 times after adjusting) that of others (95% CI, 1.9-6.0; P = .01).")
    assert not paper.claims
    (reading,) = paper.ambiguous
    assert [one.value.text for one in reading.readings] == ["4.1", "3.2"]
    assert {one.p.value.text for one in reading.readings} == {".01"}
    report = ts.check("The risk was 4.1 times (or 3.2 times after adjusting) that of others (95% CI, 1.9-6.0).")
    assert [finding.verdict.printed for finding in report.findings] == ["not checked"]


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


# ------------------------------------------------------------------------------- P values of something else
@pytest.mark.parametrize(
    "text",
    [
        "Death was as common (OR 1.03, 95% CI 0.95 to 1.12), with strong evidence of heterogeneity (P <.0001).",
        "The gain was 18.5% (95% CI, 11.1 to 25.9) (P<0.001 for the superiority of each dose to sugar).",
        "Death was rarer (RR 0.80, 95% CI 0.66 to 0.97), without any sign of a trend (P = .04).",
    ],
)
def test_p_values_of_something_else_belong_to_no_interval(text):
    assert [one[3] for one in intervals(text)] == [None]


# ------------------------------------------------------------------------------- denominators beside the claim
def test_a_denominator_at_the_head_of_the_sentence():
    (claim,) = extract("Of the 34 women in the first group, 25 (74%) slept.").claims
    assert (claim.x.whole, claim.n.whole, claim.inferred) == (25, 34, ("n",))
    assert counts("Of the 34 women in the first group, 25 (74%) slept.") == [("74", "25", None)]


def test_a_denominator_that_does_not_fit_is_left_alone():
    (claim,) = extract("Of the 36 women in the first group, 25 (74%) slept.").claims
    assert claim.n is None
    report = ts.check("Of the 36 women in the first group, 25 (74%) slept.")
    assert not report.inconsistent


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
        ("In all, 1,204 adults from 9 towns underwent randomization.", {"randomised": 1204}),
        ("Then 40 men were treated, and later 60 men were treated.", {}),
        ("In 2014 patients were included.", {}),
    ],
)
def test_totals(text, total):
    assert {name: size.value.whole for name, size in extract(text).of.items()} == total


def test_a_total_that_the_arms_do_not_make_is_left_out():
    text = "A total of 90 men were randomised, 38 to the zinc group and 36 to the sugar group."
    paper = extract(text)
    assert len(paper.arms) == 2 and not paper.of
    assert not ts.check(text).inconsistent


def test_a_total_is_a_candidate_and_never_the_only_one():
    text = (
        "Thirty-one women were enrolled. Rash troubled 8 (26%) and cough 9 (28%). Sleep was better in 41.3% v 12.7%, "
        "P = .03."
    )
    found = {finding.claim: finding for finding in ts.check(text).findings if finding.check == "percent-count"}
    assert found["c1"].message == "26% is 8 of 31 patients."
    assert found["c2"].verdict.printed == "not checked" and "the text gives 31" in found["c2"].message
    assert not ts.check(text).inconsistent
    rate = "Thirty-one women were enrolled. In the register 71.3% (95% CI 68.2 to 74.3%) slept."
    assert not ts.check(rate).inconsistent


# ------------------------------------------------------------------------------- tables and reports
@pytest.mark.parametrize(
    "heading, cell",
    [
        ("95% CI", "0.36-0.81"),
        ("95%CI", "0.36 to 0.81"),
        ("CI (95%)", "(0.36; 0.81)"),
        ("Lower 95% CI,UCL", "0.36,0.81"),
        ("LCL,Upper CI", "0.36,0.81"),
        ("conf.low,conf.high", "0.36,0.81"),
    ],
)
def test_usual_headings(heading, cell):
    (claim,) = read_table(io.StringIO(f"Study,HR,{heading},Events,Total\nA,0.54,{cell},12,80\n")).claims
    assert (claim.id, claim.measure, claim.x.whole, claim.n.whole) == ("A", "hazard-ratio", 12, 80)
    assert (claim.spread.lower.text, claim.spread.upper.text) == ("0.36", "0.81")
    assert ("95" in heading) == (claim.spread.level is not None)


def test_all_cells_that_cannot_be_read_are_named():
    with pytest.raises(InputError) as caught:
        read_table(io.StringIO("HR,95% CI,P\nabc,0.1-0.2,.03\n0.5,about 1,.03\n0.5,0.3-0.8,x\n0.5,0.3-0.8,.01,7\n"))
    said = str(caught.value)
    assert "4 cells" in said
    assert all(
        word in said for word in ("line 2, column 'HR'", "line 3, column '95% CI'", "line 4, column 'P'", "line 5")
    )


@pytest.mark.parametrize("header", ["HR,OR", "lower,LCL,HR", "HR,95% CI,UCL", "p,P value,HR"])
def test_two_columns_that_say_the_same_are_refused(header):
    with pytest.raises(InputError, match="leave one"):
        read_table(io.StringIO(f"{header}\n"))


def test_a_row_may_have_two_names():
    (claim,) = read_table(io.StringIO("study,id,HR\nfirst,a,0.5\n")).claims
    assert claim.id == "a"


def test_a_report_is_shown_in_one_line():
    report = ts.check("Cure was seen in 8 of 32 (25%).")
    assert repr(report) == f"<Report: 1 text, {len(report)} findings, 0 without explanation>"


def test_messages_count_what_the_text_counts():
    trials = ts.check("Harm was seen in 7 of 30 trials (23%).")
    assert [finding.message for finding in trials.findings if finding.check == "percent-count"] == ["23% is 7 of 30."]
    (one,) = [one for one in ts.check("Harm was seen in 1 of 1 women (100%).").findings if one.check == "percent-count"]
    assert "1 patients" not in one.message
