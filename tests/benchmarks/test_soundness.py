"""The committed counts of the page on soundness, the page made of them, and a small part of them repeated."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from benchmarks.other_analyses import ANALYSES
from benchmarks.soundness import FORMS, KINDS, RESULTS, as_text, table

FOUND = json.loads(RESULTS.read_text(encoding="utf-8"))
DOCS = Path(__file__).parents[2] / "docs"


def total(kind, **only):
    return sum(row[kind] for row in FOUND["rows"] if all(row[name] == value for name, value in only.items()))


def test_the_bars_are_kept():
    judged = total("judged")
    assert judged > 100_000
    assert 3000 * total("inconsistent") < judged and 300 * total("strained") < judged


@pytest.mark.parametrize("code", sorted({row["code"] for row in FOUND["rows"]}))
def test_named_analyses_are_hardly_asked_about_by_any_check(code):
    for form in (FORMS[0], FORMS[2]):
        judged = total("judged", code=code, form=form)
        assert total("inconsistent", code=code, form=form) == 0
        assert 300 * total("strained", code=code, form=form) <= max(judged, 300)


def test_every_analysis_was_counted():
    counted = {(row["outcome"], row["analysis"]) for row in FOUND["rows"]}
    assert counted == {(outcome, name) for outcome, some in ANALYSES.items() for name in some}


def test_the_counts_are_written_as_they_are_read():
    assert as_text(FOUND) == RESULTS.read_text(encoding="utf-8")


def test_page_and_counts_agree(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(DOCS))
    from generate.soundness import write_soundness

    page = tmp_path / "page.md"
    write_soundness(page, RESULTS)
    text = page.read_text(encoding="utf-8")
    (line,) = (line for line in text.splitlines() if line.startswith("| all reports |"))
    cells = [cell.strip() for cell in line.split("|")[1:-1]]
    assert cells[1] == f"{total('judged'):,}" and cells[2] == str(total("inconsistent"))
    assert cells[4] == str(total("strained"))
    asked = [row for row in FOUND["rows"] if row["inconsistent"] or row["strained"]]
    lines = text.partition("## Which check asked")[2].partition("## Before")[0].splitlines()
    assert sum(line.startswith("| TS") for line in lines) == len(asked)
    for name in [one for one in sys.modules if one.partition(".")[0] == "generate"]:
        monkeypatch.delitem(sys.modules, name)


@pytest.mark.slow
@pytest.mark.parametrize(
    "only", ["event: logistic", "score: analysis of covariance", "events: Poisson, adjusted", "time: "]
)
def test_a_small_part_again(only):
    rows = table(20, only)
    judged, inconsistent, strained = (sum(row[kind] for row in rows) for kind in ("judged", *KINDS[:2]))
    assert judged > 100 and inconsistent == 0
    assert strained <= max(0.02 * judged, 3)
    assert not [row for row in rows if row["form"] == FORMS[0] and row["strained"] > 1]
