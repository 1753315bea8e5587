"""Tables whose rows or columns are of arms: what belongs together, and what is not understood."""

import io

import pandas as pd
import pytest

import trialstats as ts
from trialstats.errors import InputError
from trialstats.sources.table import looks_like_table, read_table
from trialstats.sources.table.headings import read_heading


def asked(text):
    report = ts.check(read_table(io.StringIO(text)))
    return {(one.claim, one.code) for one in report.findings if one.verdict.is_question}


def not_read(text):
    report = ts.check(read_table(io.StringIO(text)))
    return {one.claim: one.message for one in report.findings if one.claim in ("columns", "effects")}


# --------------------------------------------------------------------------------------------------
# Headings
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "heading, kind, arm",
    [
        ("events zinc", "x", "zinc"),
        ("Zinc: n", "n", "Zinc"),
        ("n1", "n", "1"),
        ("mean_b", "mean", "b"),
        ("SD sugar", "sd", "sugar"),
        ("sugar n/N", "x of n", "sugar"),
        ("sugar, n (%)", "x and %", "sugar"),
        ("events sugar (%)", "x and %", "sugar"),
        ("sugar %", "%", "sugar"),
        ("Mean (SD) sugar", "mean and sd", "sugar"),
        ("number of patients group 2", "n", "group 2"),
        ("Total events", "x", ""),
        ("RR (95% CI)", "estimate and ci", ""),
        ("adjusted OR lower", "lower", ""),
        ("P for interaction", "p", ""),
        ("Risk Ratio M-H, Fixed, 95% CI", "estimate and ci", ""),
        ("remark", "", ""),
    ],
)
def test_what_a_heading_says(heading, kind, arm):
    found = read_heading(heading)
    assert (found.kind, found.arm) == (kind, arm)


def test_a_heading_says_whether_an_effect_is_adjusted():
    assert [read_heading(one).adjusted for one in ("aOR", "crude RR", "adjusted HR (95% CI)", "HR")] == [
        True,
        False,
        True,
        None,
    ]


def test_a_table_without_a_name_is_known_by_columns_of_two_arms():
    assert looks_like_table("topic;events A;n A;events B;n B\nfalls;3;60;9;61\n")
    assert not looks_like_table("We gave zinc; events were few\n")


# --------------------------------------------------------------------------------------------------
# Columns for each arm
# --------------------------------------------------------------------------------------------------
WIDE = [
    ("outcome,events zinc,n zinc,events sugar,n sugar,RR,lower,upper\nfalls,22,160,41,158,{}\n",
     "0.31,0.19,0.49", "0.53,0.33,0.85", "TS221"),
    ("outcome,x1,n1,x2,n2,OR,95% CI\nfalls,22,160,41,158,{}\n", "0.86,0.49-1.51", "0.45,0.26-0.81", "TS221"),
    ("outcome;Zinc n/N;Sugar n/N;RR (95% CI)\nfalls;22/160;41/158;{}\n",
     "0.31 (0.19-0.49)", "1.89 (1.18 to 3.02)", "TS221"),
    ("outcome,events A,n A,events B,n B,RD,95% CI\nfalls,22,160,41,158,{}\n",
     "-3.2%,-12.0 to 5.6", "-12.2%,-20.9 to -3.5", "TS222"),
    ("outcome,events A,n A,events B,n B,RRR\nfalls,22,160,41,158,{}\n", "12%", "47%", "TS221"),
    ("outcome,events A,n A,events B,n B,p\nfalls,22,160,41,158,{}\n", ".62", ".007", "TS301"),
    ("outcome,A n (%),B n (%),A N,B N,p\nfalls,22 (14%),41 (26%),160,158,{}\n", ".62", ".007", "TS301"),
    ("outcome,A %,B %,n A,n B,p\nfalls,13.8,25.9,160,158,{}\n", ".62", ".007", "TS301"),
    ("outcome,mean A,SD A,n A,mean B,SD B,n B,p\npain,31.2,8.4,52,37.9,8.8,50,{}\n", ".47", "<.001", "TS302"),
    ("outcome,A mean (SD),n A,B mean (SD),n B,p\npain,31.2 (8.4),52,37.9 ± 8.8,50,{}\n", ".47", "<.001", "TS302"),
    ("outcome,mean A,SD A,n A,mean B,SD B,n B,MD,lower,upper\npain,31.2,8.4,52,37.9,8.8,50,{}\n",
     "-1.9,-5.3,1.5", "-6.7,-10.1,-3.3", "TS222"),
    ("outcome,median A,n A,median B,n B,HR,lower,upper,unit\nOS,31.0,280,14.2,284,{},months\n",
     "1.02,0.86,1.21", "0.47,0.39,0.57", "TS205"),
    ("outcome,events A,n A,events B,n B,events C,n C,p\nfalls,58,96,47,95,24,97,{}\n", ".52", "<.001", "TS304"),
]  # fmt: skip


@pytest.mark.parametrize("table, slip, sound, code", WIDE, ids=[code + row[8:30] for row, _, _, code in WIDE])
def test_what_stands_in_columns_of_two_arms_is_held_against_each_other(table, slip, sound, code):
    assert asked(table.format(slip)) == {("row-2", code)}
    assert asked(table.format(sound)) == set()


def test_two_effects_in_one_row_each_with_its_interval():
    table = (
        "outcome,events A,n A,events B,n B,RR,RR lower,RR upper,RD,RD lower,RD upper\n"
        "falls,22,160,41,158,0.53,0.33,0.85,{}\n"
    )
    assert asked(table.format("-3.2%,-12.0,5.6")) == {("row-2.difference", "TS222")}
    assert asked(table.format("-12.2%,-20.9,-3.5")) == set()


@pytest.mark.parametrize(
    "head, cells",
    [
        ("adjusted OR,lower,upper", "0.86,0.49,1.51"),
        ("aOR (95% CI)", "0.86 (0.49-1.51)"),
        ("OR,lower,upper,adjusted", "0.86,0.49,1.51,yes"),
        ("OR,lower,upper,adjusted", "0.86,0.49,1.51,for age and centre"),
        ("p,test", ".03,Cochran-Mantel-Haenszel"),
        ("p,test", ".62,log-rank"),
        ("p,adjusted", ".62,yes"),
        ("crude OR,crude lower,crude upper,adjusted OR,adjusted lower,adjusted upper",
         "0.45,0.26,0.81,0.86,0.49,1.51"),
    ],
)  # fmt: skip
def test_another_analysis_that_the_table_says_is_not_judged_by_the_counts(head, cells):
    assert asked(f"outcome,events A,n A,events B,n B,{head}\nfalls,22,160,41,158,{cells}\n") == set()


def test_columns_do_not_say_which_arm_an_effect_puts_first():
    table = "outcome,median A,n A,median B,n B,HR,lower,upper,unit\nOS,31.0,280,14.2,284,{},months\n"
    assert asked(table.format("2.13,1.75,2.56")) == asked(table.format("0.47,0.39,0.57")) == set()
    counts = "outcome,events A,n A,events B,n B,RR,lower,upper\nfalls,22,160,41,158,1.89,1.18,3.02\n"
    found = ts.check(read_table(io.StringIO(counts)))
    assert {one.verdict for one in found.findings if one.code == "TS221"} == {ts.Verdict.REPRODUCED}


def test_the_p_value_of_a_hazard_ratio_is_not_that_of_its_counts():
    table = "outcome,events A,n A,events B,n B,{},p\nrelapse,22,160,41,158,0.52,.62\n"
    assert asked(table.format("HR")) == set()
    assert asked(table.format("RR")) == {("row-2.p", "TS301")}


def test_a_crude_ratio_that_is_called_so():
    table = "outcome,events A,n A,events B,n B,OR,lower,upper,adjusted\nfalls,22,160,41,158,0.86,0.49,1.51,no\n"
    report = ts.check(read_table(io.StringIO(table)))
    assert report["row-2"].verdict is ts.Verdict.INCONSISTENT


def test_columns_of_two_times_or_two_variables_are_no_arms():
    table = "outcome,mean baseline,sd baseline,n baseline,mean week 8,sd week 8,n week 8,p\npain,31,8,52,38,9,50,.47\n"
    assert asked(table) == set()
    assert "'mean week 8'" in not_read(table)["columns"]
    assert read_table(io.StringIO("id,mean age,sd age,mean weight,sd weight,HR\na,61,8,70,12,0.7\n")).arms == ()


def test_things_and_measured_percentages_are_no_patients():
    table = "outcome,events A,n A,events B,n B,p\n{},22,160,41,158,.35\n"
    assert asked(table.format("implants lost")) == set()
    assert asked(table.format("caries")) == {("row-2", "TS301")}
    assert asked("outcome,A %,B %,n A,n B,p\nhaematocrit,36.0,39.5,60,61,.001\n") == set()


# --------------------------------------------------------------------------------------------------
# A row for each arm
# --------------------------------------------------------------------------------------------------
def test_an_effect_in_a_row_of_its_own_and_in_that_of_an_arm():
    own = (
        "study,outcome,arm,measure,estimate,lower,upper,x,n\n"
        "s,falls,zinc,rate,13.8%,,,22,160\ns,falls,sugar,rate,25.9%,,,41,158\ns,falls,,RR,{},,\n"
    )
    assert asked(own.format("0.31,0.19,0.49")) == {("s.4", "TS221")}
    assert asked(own.format("0.53,0.33,0.85")) == set()
    beside = "study,outcome,arm,x,n,RR,lower,upper\ns,falls,zinc,22,160,{}\ns,falls,sugar,41,158,ref,,\n"
    assert asked(beside.format("0.31,0.19,0.49")) == {("s", "TS221")}
    assert asked(beside.format("0.53,0.33,0.85")) == set()


def test_a_p_value_in_the_rows_of_arms_or_in_one_of_its_own():
    rows = "outcome,arm,x,n,p\nfalls,zinc,22,160,{}\nfalls,sugar,41,158,{}\n"
    assert asked(rows.format(".62", "")) == asked(rows.format(".62", ".62")) == {("row-2.p", "TS301")}
    assert asked(rows.format(".007", "")) == asked(rows.format(".62", ".44")) == set()
    own = "outcome,arm,x,n,p\nfalls,zinc,22,160,\nfalls,sugar,41,158,\nfalls,,,,{}\n"
    assert asked(own.format(".62")) == {("row-4", "TS301")}
    assert asked(own.format(".007")) == set()


def test_cells_left_blank_below_a_study_and_its_outcome():
    table = (
        "study,outcome,arm,x,n,p\ns,falls,zinc,22,160,.62\n,,sugar,41,158,\nt,falls,zinc,22,160,.007\n,,sugar,41,158,\n"
    )
    assert asked(table) == {("s.p", "TS301")}


def test_three_arms_of_which_one_is_the_reference():
    rows = "outcome,arm,x,n,OR,lower,upper\ncure,low,58,96,{}\ncure,high,47,95,2.98,1.62,5.47\ncure,none,24,97,{}\n"
    for reference in ("1,,", ",,", "ref,,"):
        assert asked(rows.format("1.10,0.61,1.98", reference)) == {("row-2", "TS221")}
        assert asked(rows.format("4.64,2.51,8.60", reference)) == set()


def test_three_arms_and_a_column_that_says_of_which_two():
    rows = (
        "outcome,arm,arms,measure,estimate,x,n\ncure,low,,rate,60.4%,58,96\ncure,high,,rate,49.5%,47,95\n"
        "cure,none,,rate,24.7%,24,97\ncure,,{},RR,{},,\n"
    )
    assert asked(rows.format("low v none", "1.31")) == {("row-5", "TS221")}
    assert asked(rows.format("low vs none", "2.44")) == set()
    assert "row-5 says not of which two of the 3 arms" in not_read(rows.format("", "1.31"))["effects"]


def test_times_patients_and_parts_are_not_mixed():
    rows = (
        "outcome,{},arm,measure,estimate,x,n\nfalls,{},zinc,rate,13.8%,22,160\nfalls,{},sugar,rate,25.9%,41,158\n"
        "falls,{},,RR,0.31,,\n"
    )
    for column, first, second in (("time", "1 year", "2 years"), ("population", "treated", "evaluable")):
        assert asked(rows.format(column, first, first, first)) == {("row-4", "TS221")}
        assert asked(rows.format(column, first, first, second)) == set()
    parted = (
        "outcome,sex,arm,measure,estimate,x,n\ncure,men,a,rate,60%,60,100\ncure,men,b,rate,50%,50,100\n"
        "cure,women,a,rate,28%,28,100\ncure,women,b,rate,30%,30,100\ncure,men,,RR,1.20,,\ncure,women,,RR,{},,\n"
    )
    assert asked(parted.format("1.60")) == {("row-7", "TS221")}
    assert asked(parted.format("0.93")) == set()


# --------------------------------------------------------------------------------------------------
# Studies
# --------------------------------------------------------------------------------------------------
def test_studies_are_not_held_against_each_other():
    head, of_one = "study,outcome,measure,estimate,time\n", "{{}},overall survival,survival,{},{}\n"
    rows = head + of_one.format("62%", "1 year") + of_one.format("71%", "2 years")
    assert asked(rows.format("s", "s")) == {("s.3", "TS214")}
    assert asked(rows.format("s", "t")) == set()
    paper = read_table(io.StringIO(rows.format("s", "t")))
    assert paper.studies == (("s",), ("t",))


def test_a_result_that_stands_twice():
    rows = "study,outcome,HR,lower,upper,section\ns,OS,0.68,0.55,0.84,results\n{},OS,{},0.55,0.84,abstract\n"
    assert ("s.3", "TS111") in asked(rows.format("s", "0.63"))
    assert ("t", "TS111") not in asked(rows.format("t", "0.63"))
    assert asked(rows.format("s", "0.68")) == set()
    listed = "Study,HR,lower,upper,outcome\ns,0.68,0.55,0.84,OS\nt,0.67,0.54,0.83,OS\n"
    assert asked(listed) == asked(listed.replace("Study", "id")) == asked(listed.replace("Study", "cited")) == set()


def test_a_standard_error_beside_an_interval():
    rows = "study,HR,lower,upper,se\ns,0.68,0.55,0.84,{}\n"
    assert asked(rows.format("0.22")) == {("s", "TS217")}
    assert asked(rows.format("0.11")) == set()


# --------------------------------------------------------------------------------------------------
# What is not understood, and what is refused
# --------------------------------------------------------------------------------------------------
def test_columns_that_nobody_understands_are_said_and_counted():
    table = "outcome,events A,n A,events B,n B,RR,dose,remark\nfalls,22,160,41,158,0.53,20,kind\n"
    said = not_read(table)
    assert said["columns"].endswith("no rule here says what the columns 'dose' and 'remark' hold.")
    coverage = ts.check(read_table(io.StringIO(table))).trials[0].coverage
    assert (coverage.printed, coverage.read) == (6, 5)
    assert not_read("outcome,HR,dose\nfalls,0.6,\n") == {}, "a column without a cell hides nothing"


@pytest.mark.parametrize(
    "table, said",
    [
        ("outcome,events A,n A,events B,n B\nfalls,2O,160,41,158\n", "line 2, column 'events A': '2O'"),
        ("outcome,A n/N,B n/N\nfalls,22 by 160,41/158\n", "column 'A n/N': '22 by 160' is not a count and its total"),
        ("outcome,events A,cases A,n A,events B,n B\n", "'events A' and 'cases A' both give the x of 'A'; leave one"),
        ("outcome,arm,x,n,p,sided\nfalls,a,3,9,.1,three\n", "column 'sided': 'three' is not 1 or 2"),
    ],
)
def test_what_is_refused_in_one_sentence(table, said):
    with pytest.raises(InputError) as caught:
        read_table(io.StringIO(table))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_frame_with_columns_of_arms():
    frame = pd.DataFrame(
        [["falls", "22", "160", "41", "158", "0.31"]],
        columns=["outcome", "events zinc", "n zinc", "events sugar", "n sugar", "RR"],
    )
    assert [one.claim for one in ts.check_table(frame).unexpected("strained")] == ["row-2"]
    with pytest.raises(TypeError, match="column 'n zinc'"):
        ts.check_table(frame.assign(**{"n zinc": [160]}))


def test_empty_cells_of_a_frame_of_strings():
    text = "outcome,events A,n A,events B,n B,RR,p\nfalls,22,160,41,158,{},\ncolds,,160,,158,,\n"
    for ratio, expected in (("0.31", ["row-2"]), ("0.53", [])):
        frame = pd.read_csv(io.StringIO(text.format(ratio)), dtype="string")
        assert [one.claim for one in ts.check_table(frame).unexpected("strained")] == expected


# --------------------------------------------------------------------------------------------------
# Rows of totals
# --------------------------------------------------------------------------------------------------
STUDIES = (
    "Study,events A,n A,events B,n B,OR (95% CI)\nNorth,45,50,180,200,{}\nSouth,20,200,5,50,1.00 (0.36-2.80)\n"
    "{},{},{},{},250,1.00 (0.50-2.00)\n"
)


@pytest.mark.parametrize("name", ["Total (95% CI)", "Subtotal", "Pooled", "Random effects model", "Overall"])
def test_a_pooled_ratio_is_not_that_of_the_summed_counts(name):
    sound = "1.00 (0.36-2.77)"
    assert asked(STUDIES.format(sound, name, 65, 250, 185)) == set()
    assert ("North", "TS221") in asked(STUDIES.format("4.20 (1.52-11.6)", name, 65, 250, 185))
    assert ("Southwest", "TS221") in asked(STUDIES.format(sound, "Southwest", 65, 250, 185))


def test_the_total_of_studies_is_the_sum_of_their_rows():
    sound = "1.00 (0.36-2.77)"
    assert asked(STUDIES.format(sound, "Total", 65, 259, 185)) == {("Total: n A", "TS102")}
    assert asked(STUDIES.format(sound, "Total", 56, 250, 185)) == {("Total: events A", "TS102")}
    assert asked(STUDIES.format(sound, "Subtotal", 20, 200, 185)) == set(), "of part of the rows"
    assert asked(STUDIES.format(sound, "Total", "", "", "")) == set()
    twice = STUDIES.replace("South", "North")
    assert asked(twice.format(sound, "Total", 65, 259, 185)) == set(), "a study that stands twice"


# --------------------------------------------------------------------------------------------------
# Another analysis, said outside the column of its name
# --------------------------------------------------------------------------------------------------
MOVED = "outcome,events A,n A,events B,n B,OR,95% CI,{}\n{},22,160,41,158,0.86,0.49-1.51,{}\n{}"


@pytest.mark.parametrize(
    "head, outcome, cell, below",
    [
        ("model", "falls", "multivariable logistic regression", ""),
        ("analysis", "falls", "adjusted for age and ward", ""),
        ("method", "falls", "Mantel-Haenszel", ""),
        ("note", "falls", "inverse probability weighted", ""),
        ("comment", "falls", "matched pairs", ""),
        ("test", "falls", "GEE", ""),
        ("test", "falls", "McNemar", ""),
        ("test", "falls", "Cox", ""),
        ("covariates", "falls", "age; ward", ""),
        ("clusters", "falls", "24 wards", ""),
        ("note", "adjusted OR of falls", "", ""),
        ("note", '"falls, adjusted for age"', "", ""),
        ("note", "falls", "", "All odds ratios are adjusted for age and ward,,,,,,,\n"),
    ],
)
def test_another_analysis_is_heard_wherever_the_table_says_it(head, outcome, cell, below):
    assert asked(MOVED.format(head, outcome, cell, below)) == set()


@pytest.mark.parametrize(
    "head, outcome, cell, below",
    [
        ("model", "falls", "unadjusted", ""),
        ("analysis", "falls", "not adjusted", ""),
        ("test", "falls", "unpaired t test", ""),
        ("note", "falls", "P adjusted for multiple comparisons", ""),
        ("note", "falls", "stratified randomisation", ""),
        ("covariates", "falls", "none", ""),
        ("note", "risk-adjusted falls", "", ""),
        ("note", "falls", "cluster headache clinic", ""),
        ("note", "falls", "", "Falls were counted by the nurses,,,,,,,\n"),
    ],
)
def test_words_that_move_no_effect_excuse_none(head, outcome, cell, below):
    assert {code for _, code in asked(MOVED.format(head, outcome, cell, below))} == {"TS221"}


def test_what_the_table_says_is_quoted_and_its_silence_is_that_of_the_table():
    heard = ts.check(read_table(io.StringIO(MOVED.format("test", "falls", "GEE", ""))))
    assert any(
        "the table speaks of another analysis than the crude one (“GEE”)" in one.message for one in heard.findings
    )
    silent = ts.check(read_table(io.StringIO(MOVED.format("dose", "falls", "20 mg", ""))))
    assert "The table does not say that it is adjusted" in silent["row-2"].message


# --------------------------------------------------------------------------------------------------
# Odd cells, and other layouts of the same columns
# --------------------------------------------------------------------------------------------------
def test_an_odd_cell_is_left_out_and_said_and_the_others_are_read():
    table = (
        "outcome,events A,n A,events B,n B,RR,95% CI,p\n"
        "falls,22,160,41,158,{}\n"
        "colds,18a,96,33,99,0.56*,NR,0.86 (NS)\n"
        "burns,9,96,11,99,1.00 (ref),-,n/a\n"
    )
    assert asked(table.format("0.53,0.33-0.85,0.009*")) == set()
    assert ("row-2", "TS221") in asked(table.format("0.31*,0.19-0.49,<.001*"))
    paper = read_table(io.StringIO(table.format("0.53,0.33-0.85,0.009*")))
    (said,) = [why for what, why in paper.unread if what == "cells"]
    assert "we did not read the cells '18a' (line 3, column 'events A'), " in said
    assert "'NR' (line 3, column '95% CI')" in said
    assert "'0.86 (NS)' (line 3, column 'p')" in said
    assert "0.009" not in said
    assert paper.claim("row-3").value.text == "0.56"


def test_a_column_of_something_else_is_refused_in_one_sentence():
    table = "outcome,events A,n A,events B,n B\nfalls,few,160,41,158\ncolds,many,160,12,158\nburns,3,160,4,158\n"
    with pytest.raises(InputError, match="2 cells cannot be read: line 2, column 'events A': 'few'"):
        read_table(io.StringIO(table))


@pytest.mark.parametrize(
    "head",
    [
        "Study or Subgroup,Events,Total,Events,Total,RR,95% CI\n",
        "Study,Events,Total,Events.1,Total.1,RR,95% CI\n",
        ",Zinc,Zinc,Sugar,Sugar,,\nStudy,Events,N,Events,N,RR,95% CI\n",
        "Study,Zinc,,Sugar,,RR,95% CI\n,Events,N,Events,N,,\n",
        "Table 2. Falls and colds,,,,,,\n,,,,,,\nStudy,events A,n A,events B,n B,RR,95% CI\n",
        "sep=,\nStudy,events A,n A,events B,n B,RR,95% CI\n",
        "study,ai,n1i,ci,n2i,RR,95% CI\n",
    ],
)
def test_other_layouts_of_the_same_columns(head):
    assert asked(f"{head}North,22,160,41,158,0.53,0.33-0.85\n") == set()
    assert asked(f"{head}North,22,160,41,158,0.31,0.19-0.49\n") == {("North", "TS221")}


def test_bounds_as_metafor_calls_them():
    claim = read_table(io.StringIO("study,HR,ci.lb,ci.ub\nNorth,0.54,0.36,0.81\n")).claims[0]
    assert (claim.interval.lower.text, claim.interval.upper.text) == ("0.36", "0.81")


def test_headings_that_stand_twice_and_are_no_arms():
    with pytest.raises(InputError, match="leave one"):
        read_table(io.StringIO("study,n,%,n,%,p\nNorth,22,13.8,41,25.9,.007\n"))


# --------------------------------------------------------------------------------------------------
# Columns of arms as papers print them
# --------------------------------------------------------------------------------------------------
PRINTED = [
    ("outcome,Zinc (n=160),Sugar (n=158),P", "falls,22 (13.8),41 (25.9),{}", ".62", ".007", "TS301"),
    ("outcome,Zinc (N = 160),Sugar (N = 158),P", '"Falls, n (%)",22 (13.8%),41 (25.9%),{}', ".62", ".007", "TS301"),
    ("outcome,Zinc,Sugar,RR (95% CI)", "falls,22/160,41/158,{}", "0.31 (0.19-0.49)", "0.53 (0.33-0.85)", "TS221"),
    ("outcome,Zinc,Sugar,P", "falls,22/160 (13.8%),41/158 (25.9%),{}", ".62", ".007", "TS301"),
    ("outcome,Zinc n=52,Sugar n=50,P", "pain,31.2 ± 8.4,37.9 ± 8.8,{}", ".47", "<.001", "TS302"),
    ("Characteristic,Zinc [n=52],Sugar [n=50],P", '"Pain, mean (SD)",31.2 (8.4),37.9 (8.8),{}', ".47", ".001",
     "TS302"),
    ("outcome,Zinc (n=160),Sugar (n=158)", "falls,22 ({}),41 (25.9)", "18.3", "13.8", "TS103"),
    ("AE,Zinc (n=160) n (%),Sugar (n=158) n (%),P", "falls,22 (13.8),41 (25.9),{}", ".62", ".007", "TS301"),
    ('AE,"Zinc, N=160, n (%)","Sugar, N=158, n (%)",P', "falls,22 (13.8),41 (25.9),{}", ".62", ".007", "TS301"),
]  # fmt: skip


@pytest.mark.parametrize("head, row, slip, sound, code", PRINTED)
def test_cells_under_the_names_of_arms(head, row, slip, sound, code):
    assert asked(f"{head}\n{row.format(sound)}\n") == set()
    assert {one for _, one in asked(f"{head}\n{row.format(slip)}\n")} == {code}


@pytest.mark.parametrize(
    "row",
    [
        "pain,31 (8),38 (9),.47",
        '"Pain, mean (SE)",31.2 (8.4),37.9 (8.8),.47',
        '"Pain, median (IQR)",31.2 (8.4),37.9 (8.8),.47',
        '"Change of pain, mean (SD)",31.2 (8.4),37.9 (8.8),.47',
        '"Length of stay, days",6 (3),7 (4),.02',
        "pressure,128/79,135/84,.47",
        '"Tested positive, n (%)",20 (25.0),19 (23.5),.83',
    ],
)
def test_cells_of_another_kind_are_not_read_as_means_or_shares_of_the_arm(row):
    assert asked(f"outcome,Zinc (n=160),Sugar (n=158),P\n{row}\n") == set()


def test_a_column_of_everybody_is_no_arm():
    table = "outcome,Total (n=318),Zinc (n=160),Sugar (n=158),P\nfalls,63 (19.8),22 (13.8),41 (25.9),.007\n"
    assert asked(table) == set()
    assert [arm.id for arm in read_table(io.StringIO(table)).arms] == ["Zinc", "Sugar"]


SAME_WAY = "Ash,death,33,180,52,176,0.62,0.42,0.91\nAsh,cough,20,120,41,122,0.50,0.31,0.79\n"


@pytest.mark.parametrize(
    ("head", "slip", "sound"),
    [
        (
            "events intervention,n intervention,events control,n control,RR,lower,upper",
            "33,180,52,176,1.61,1.10,2.37",
            "33,180,52,176,0.62,0.42,0.91",
        ),
        (
            "events placebo,n placebo,events drug,n drug,RR,lower,upper",
            "52,176,33,180,1.61,1.10,2.37",
            "52,176,33,180,0.62,0.42,0.91",
        ),
        (
            "events drug,n drug,events placebo,n placebo,HR,lower,upper",
            "33,180,52,176,1.74,1.13,2.69",
            "33,180,52,176,0.57,0.37,0.88",
        ),
        (
            "mean exp,sd exp,n exp,mean ctrl,sd ctrl,n ctrl,MD,lower,upper",
            "31.2,8.0,60,33.0,7.4,58,1.8,-1.0,4.6",
            "31.2,8.0,60,33.0,7.4,58,-1.8,-4.6,1.0",
        ),
        (
            "study,outcome,events tea,n tea,events milk,n milk,RR,lower,upper",
            SAME_WAY + "Ash,pain,41,122,20,120,0.50,0.31,0.79",
            SAME_WAY + "Ash,pain,41,122,20,120,2.02,1.26,3.23",
        ),
    ],
)
def test_arms_turned_round_are_asked_about_where_the_columns_give_their_order(head, slip, sound):
    findings = ts.check(read_table(io.StringIO(f"{head}\n{slip}\n"))).findings
    asked_about = [one for one in findings if one.verdict.is_question]
    assert [one.code for one in asked_about] in (["TS221"], ["TS222"])
    assert "The arms may be turned round" in asked_about[0].message
    assert not asked(f"{head}\n{sound}\n")


@pytest.mark.parametrize(
    "sheet",
    [
        # Every row goes against the names: a way of writing.
        "events drug,n drug,events placebo,n placebo,RR,lower,upper\n"
        "33,180,52,176,1.61,1.10,2.37\n20,120,41,122,2.02,1.26,3.23\n14,95,29,97,2.03,1.15,3.59\n",
        "events drug,n drug,events placebo,n placebo,RR,lower,upper,adjusted\n33,180,52,176,1.61,1.10,2.37,yes\n",
        "events tea,n tea,events milk,n milk,RR,lower,upper\n33,180,52,176,1.61,1.10,2.37\n",
    ],
)
def test_arms_that_may_stand_either_way_are_not_asked_about(sheet):
    assert not asked(sheet)


EXACT = "events A,n A,events B,n B,OR,lower,upper\n"


def test_the_conditional_odds_ratio_agrees_with_its_counts():
    assert not asked(f"{EXACT}2,14,5,13,0.28,0.02,2.25\n")
    assert asked(f"{EXACT}2,14,5,13,0.08,0.02,0.25\n")


RISKS = "events A,n A,events B,n B,RD,lower,upper\n"


@pytest.mark.parametrize("bounds", ["-13.1%,-8.9%", "-33.6%,11.6%"])
def test_an_interval_of_a_risk_difference_too_narrow_or_too_wide_for_its_counts(bounds):
    assert asked(f"{RISKS}33,180,52,176,-11.2%,{bounds}\n") == {("row-2", "TS209")}


@pytest.mark.parametrize("row", ["-11.2%,-20.0%,-2.4%,", "-11.0%,-16.0%,-6.0%,Mantel-Haenszel"])
def test_intervals_of_a_risk_difference_that_are_sound(row):
    assert not asked(f"events A,n A,events B,n B,RD,lower,upper,adjusted\n33,180,52,176,{row}\n")


MEANS = "mean exp,sd exp,n exp,mean ctrl,sd ctrl,n ctrl,MD,lower,upper\n"


def test_a_standard_error_called_a_standard_deviation():
    slip = f"{MEANS}31.2,1.03,60,35.7,0.97,58,-4.5,-7.3,-1.7\n"
    (found,) = [one for one in ts.check(read_table(io.StringIO(slip))).findings if one.verdict.is_question]
    assert found.code == "TS212" and "The SD may be a standard error" in found.message


@pytest.mark.parametrize(
    "sheet",
    [
        f"{MEANS}31.2,8.0,60,35.7,7.4,58,-4.5,-7.3,-1.7\n",
        f"{MEANS.replace('sd ', 'se ')}31.2,1.03,60,35.7,0.97,58,-4.5,-7.3,-1.7\n",
        f"{MEANS}31.2,2.1,60,35.7,2.4,58,-4.5,-7.3,-1.7\n",
        MEANS.replace("upper", "upper,adjusted") + "31.2,1.03,60,35.7,0.97,58,-4.5,-7.3,-1.7,yes\n",
    ],
)
def test_wider_intervals_of_other_analyses_are_not_those_of_standard_errors(sheet):
    assert not asked(sheet)


def test_counts_that_an_effect_was_held_against_are_not_said_to_be_under_a_model():
    table = read_table(
        io.StringIO("outcome,events tea,n tea,events milk,n milk,OR,lower,upper\ncold,12,90,25,91,0.41,0.19,0.87\n")
    )
    said = [one.message for one in ts.check(table).findings if one.check == "nothing-to-check"]
    assert said and all("it was only held against row-2." in one for one in said)
