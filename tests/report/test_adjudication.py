"""Readers' decisions: kept beside a report, shown in it, and never changing a verdict."""

from __future__ import annotations

import pytest

import trialstats as ts
from trialstats.errors import TrialFileError
from trialstats.report.adjudication import read_adjudications

TEXT = "Response was seen in 6 (42.5%) of 14 women."

ROW = """[[decision]]
trial = "own"
claim = "c1"
check = "TS103"
printed = "42.5%, 6 of 14"
decision = "answered"
reason = "a typesetter's slip, 42.9% was meant"
by = "AB"
date = 2026-11-21
"""


def report():
    return ts.check(TEXT, id="own")


def written(tmp_path, text):
    path = tmp_path / "decisions.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_decision_is_shown_at_its_finding_in_every_form_and_changes_no_verdict(tmp_path):
    before, after = report(), report().with_decisions(written(tmp_path, ROW))
    words = "the authors answered. a typesetter's slip, 42.9% was meant."
    assert [one.verdict for one in after.findings] == [one.verdict for one in before.findings]
    assert not after.as_expected
    for form in (after.to_text(200), after.to_markdown(), after.to_json(), after.to_csv(), after.to_line()):
        assert words in form
    assert "AB, 2026-11-21" in after.to_text(200) and words not in before.to_text(200)


def test_a_decision_made_on_other_numbers_says_so(tmp_path):
    path = written(tmp_path, ROW.replace("42.5%, 6 of 14", "42.0%, 6 of 14"))
    (finding,) = report().with_decisions(path).inconsistent
    assert "It was made on 42.0%, 6 of 14, and 42.5%, 6 of 14 is printed now." in finding.message


def test_the_draft_is_a_file_of_decisions(tmp_path):
    path = written(tmp_path, report().to_decisions())
    (one,) = read_adjudications(path)
    assert (one.trial, one.claim, one.check, one.decision) == ("own", "c1", "percent-count", "open")
    assert "not decided yet" in report().with_decisions(path).to_text()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[decision", "line 1"),
        ("x = 1\n", "unknown key 'x'"),
        ("decision = 3\n", "[[decision]]"),
        (ROW.replace("answered", "settled"), "accepted are open, asked, answered"),
        (ROW.replace('claim = "c1"\n', ""), "needs 'claim'"),
        (ROW.replace('by = "AB"', "by = 3"), "by is 3"),
        (ROW + 'sort = "x"\n', "unknown key 'sort'"),
    ],
)
def test_what_is_no_file_of_decisions_is_refused_in_one_sentence_with_its_line(tmp_path, text, said):
    path = written(tmp_path, text)
    with pytest.raises(TrialFileError) as problem:
        read_adjudications(path)
    assert said in str(problem.value) and "line" in str(problem.value) and "\n" not in str(problem.value)


def test_queries_are_neutral_and_say_what_would_settle_it():
    text = report().to_queries()
    assert "Could you give us the number of patients with the event" in text
    assert "About c1" in text or "About " in text
    assert not any(word in text.lower() for word in ("error", "wrong", "false", "suspicious", "fabricat"))
    assert "Nothing to ask" in ts.check("Response was seen in 8 (25%) of 32.", id="x").to_queries()


def test_every_check_says_what_would_settle_its_findings():
    from trialstats.checks import CHECKS

    assert all(check.settled_by and not check.settled_by.endswith((".", "?")) for check in CHECKS)
