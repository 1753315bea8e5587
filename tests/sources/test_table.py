"""Tables of reported results, read as text."""

import io

import pandas as pd
import pytest

from trialstats.errors import InputError, NotTextError
from trialstats.reanalysis import reanalyse
from trialstats.sources.table import read_table

TABLE = """id,measure,estimate,lower,upper,level,p,x,n
first,HR,0.54,0.36,0.81,95,.003,,
second,proportion,25%,12,43,95%,,8,32
,OR,2.0,,,,<.05,,
"""


def written(tmp_path, text):
    path = tmp_path / "results.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_become_claims(tmp_path):
    paper = read_table(written(tmp_path, TABLE))
    assert (paper.id, len(paper.sha256)) == ("results", 64)
    first, second, third = paper.claims
    assert (first.id, first.measure, first.spread.level.text, first.p.value.text) == (
        "first",
        "hazard-ratio",
        "95",
        ".003",
    )
    assert second.spread.lower.unit == "%" and second.n.whole == 32
    assert (third.id, third.spread, third.where.line) == ("row-4", None, 4)
    assert {one.check for one in reanalyse(paper).findings} >= {"ratio-interval", "ratio-p", "proportion-interval"}


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_and_names(tmp_path, separator):
    text = (
        TABLE.replace(",", separator)
        .replace("estimate", "Value")
        .replace("lower", "CI lower")
        .replace("upper", "CI Upper")
    )
    assert read_table(written(tmp_path, text)).claims[0].spread.upper.text == "0.81"


def test_a_frame_of_text_and_one_that_lost_its_zeros():
    frame = pd.DataFrame(
        {"measure": ["HR", "HR"], "estimate": ["0.50", None], "lower": ["0.40", "1"], "upper": ["0.62", "2"]}
    )
    assert [claim.value.text if claim.value else None for claim in read_table(frame).claims] == ["0.50", None]
    with pytest.raises(NotTextError, match=r"row 1, column 'estimate': 0\.5 is a number"):
        read_table(pd.DataFrame({"measure": ["HR"], "estimate": [0.5]}))


@pytest.mark.parametrize(
    "text, said",
    [
        ("", "the table is empty"),
        ("a,b\n1,2\n", "no column is known"),
        ("measure,estimate\nHR,abc\n", "line 2, column 'estimate': 'abc' is not a printed number"),
        (
            "measure,estimate\nhazzard-ratio,0.5\n",
            "line 2, column 'measure': Unknown measure 'hazzard-ratio'. Did you mean",
        ),
        ("measure,estimate\nHR,0.5,0.6\n", "line 2: 3 cells"),
    ],
)
def test_what_is_refused_says_where(tmp_path, text, said):
    with pytest.raises(InputError) as caught:
        read_table(written(tmp_path, text))
    assert said in str(caught.value)
    assert "results.csv" in str(caught.value)


def test_a_missing_file(tmp_path):
    with pytest.raises(InputError, match=r"none\.csv: cannot be read"):
        read_table(tmp_path / "none.csv")


def test_rows_with_one_id_stay_apart(tmp_path):
    paper = read_table(written(tmp_path, "id,estimate,x,n\na,25%,8,32\na,50%,8,16\n\n"))
    assert [claim.id for claim in paper.claims] == ["a", "a.3"]


# --------------------------------------------------------------------------------------------------
# Headings
# --------------------------------------------------------------------------------------------------
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


@pytest.mark.parametrize("header", ["HR,OR", "lower,LCL,HR", "HR,95% CI,UCL", "p,P value,HR"])
def test_two_columns_that_say_the_same_are_refused(header):
    with pytest.raises(InputError, match="leave one"):
        read_table(io.StringIO(f"{header}\n"))


def test_a_row_may_have_two_names():
    (claim,) = read_table(io.StringIO("study,id,HR\nfirst,a,0.5\n")).claims
    assert claim.id == "a"


def test_all_cells_that_cannot_be_read_are_named():
    with pytest.raises(InputError) as caught:
        read_table(io.StringIO("HR,95% CI,P\nabc,0.1-0.2,.03\n0.5,about 1,.03\n0.5,0.3-0.8,x\n0.5,0.3-0.8,.01,7\n"))
    said = str(caught.value)
    assert "4 cells" in said
    assert all(
        word in said for word in ("line 2, column 'HR'", "line 3, column '95% CI'", "line 4, column 'P'", "line 5")
    )
