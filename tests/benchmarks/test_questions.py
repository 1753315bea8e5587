"""The committed figures of the page on questions, and the numbers that are made of slips planted elsewhere."""

from __future__ import annotations

import json

from benchmarks.questions import RESULTS, planted

FOUND = json.loads(RESULTS.read_text(encoding="utf-8"))


def test_analyses_that_a_text_names_are_not_asked_about():
    named = [one for one in FOUND["analyses"] if one["named"]]
    assert named and not [one["analysis"] for one in named if one["inconsistent"] or one["strained"]]


def test_limits_of_one_side_are_not_asked_about_without_their_name():
    (one,) = (one for one in FOUND["analyses"] if one["analysis"] == "exact limit of one side" and not one["named"])
    assert one["inconsistent"] == one["strained"] == 0


def test_summaries_of_draws_are_not_asked_about():
    assert sum(one["papers"] for one in FOUND["draws"]) and not any(one["asked"] for one in FOUND["draws"])


def test_what_was_read_has_no_more_true_than_asked():
    assert all(0 <= one["true"] <= one["asked"] for one in FOUND["read"])


def test_planted_slips_are_counted_by_kind(tmp_path):
    path = tmp_path / "slips.json"
    given = {
        "a digit": {"n": 60, "noticed": 0.583, "only shown to look at": 3},
        "none": {"n": 0, "noticed": None},
        "original texts": {"n": 101, "questions a text": 0.059, "looks a text": 0.05},
        "all slips": {"n": 60, "noticed": 0.583},
    }
    path.write_text(json.dumps(given), encoding="utf-8")
    found = planted(path)
    assert found["slips"] == [{"kind": "a digit", "planted": 60, "noticed": 35}]
    assert found["unchanged"] == {"texts": 101, "questions": 6, "looks": 5}
