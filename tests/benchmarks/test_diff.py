"""What changed between two outputs over one corpus: which findings are the same, and how the rest is shown."""

import gzip
import importlib.util
import json
import sys
from pathlib import Path

import pytest

from trialstats.reanalysis import check


def loaded():
    """The script, by its path: it is part of no package."""
    path = Path(__file__).parents[2] / "benchmarks" / "diff.py"
    spec = importlib.util.spec_from_file_location("benchmarks_diff", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look their module up
    spec.loader.exec_module(module)
    return module


diff = loaded()

TEXTS = {
    "one": "Women were asked. Response was 25% (8 of 32; 95% CI, 12 to 43). The HR was 0.50 (95% CI 0.49 to 0.90).",
    "two": "Results: <b>6 (42.5%) of 14</b> & more.",
}


def one(claim="c1", verdict="consistent", place=(10, 20), numbers=(), text="one", name="ratio-interval"):
    return diff.Found(text, claim, name, verdict, place, numbers)


@pytest.fixture
def corpus(tmp_path):
    file = tmp_path / "corpus.jsonl"
    file.write_text("".join(json.dumps({"id": k, "text": v}) + "\n" for k, v in TEXTS.items()), encoding="utf-8")
    return file


@pytest.fixture
def records(tmp_path, corpus):
    """An output, and the same after a change: one verdict other, one finding lost, one gained, ids shifted."""
    old, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    diff.main(["--run", str(corpus), str(old)])
    kept = [json.loads(line) for line in old.read_text(encoding="utf-8").splitlines()]
    lost = kept.pop()
    changed = next(each for each in kept if each["trial"] == "one" and each["check"] == "proportion-interval")
    for each in kept:
        each["claim"] = f"{each['claim']}9"
    before, changed["verdict"] = changed["verdict"], "inconsistent"
    kept.append(lost | {"trial": "<i>new</i>", "verdict": "unchecked"})
    new.write_text("".join(json.dumps(each) + "\n" for each in kept), encoding="utf-8")
    return old, new, before, lost


# --------------------------------------------------------------------------------------------------
# What is the same
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (one(), one()),
        (one(), one(claim="c7")),  # the place decides where ids have shifted
        (one(), one(claim="c7", place=(8, 25))),  # more words were read
        (one(place=None, numbers=("0.5", "0.4")), one(claim="c7", place=None, numbers=("0.5", "0.4"))),
        (one(place=None, numbers=("0.5",)), one()),  # a report against a record: only the id is known of both
    ],
)
def test_the_same_finding_is_no_change(before, after):
    assert diff.changes([before], [after]) == ([], 1)


@pytest.mark.parametrize(
    "after",
    [
        one(place=(30, 40)),  # an id that went to another claim
        one(text="two"),
        one(name="ratio-p"),
    ],
)
def test_another_finding_is_one_lost_and_one_gained(after):
    found, unchanged = diff.changes([one()], [after])
    assert unchanged == 0
    assert {(each.before, each.after) for each in found} == {(one(), None), (None, after)}


def test_numbers_that_differ_under_one_id_are_other_findings():
    before, after = one(place=None, numbers=("0.5",)), one(place=None, numbers=("0.6",))
    assert len(diff.changes([before], [after])[0]) == 2


def test_another_verdict_is_a_change_and_several_findings_of_a_place_pair_by_verdict():
    (change,), _ = diff.changes([one()], [one(claim="c2", verdict="inconsistent")])
    assert change.sort == ("ratio-interval", "consistent", "inconsistent")
    pair = [one(claim="c1"), one(claim="c2", verdict="explained")]
    assert diff.changes(pair, [one(claim="c9", verdict="explained"), one(claim="c8")]) == ([], 2)


def test_shifted_ids_do_not_pass_verdicts_on():
    before = [one("c1", "consistent", (0, 5)), one("c2", "inconsistent", (10, 15))]
    after = [one("c1", "explained", (6, 8)), one("c2", "consistent", (0, 5)), one("c3", "inconsistent", (10, 15))]
    (gained,), unchanged = diff.changes(before, after)
    assert (gained.before, gained.after, unchanged) == (None, after[0], 2)


# --------------------------------------------------------------------------------------------------
# Outputs
# --------------------------------------------------------------------------------------------------
def test_reports_and_records_are_read_alike(tmp_path, corpus):
    lines, whole, quick = (tmp_path / name for name in ("lines", "whole", "quick"))
    reports = [check(text, id=name) for name, text in TEXTS.items()]
    lines.write_text("".join(report.to_json(indent=None) + "\n" for report in reports), encoding="utf-8")
    whole.write_text("\n".join(report.to_json() for report in reports), encoding="utf-8")
    diff.main(["--run", str(corpus), str(quick)])
    made = [{(each.text, each.claim, each.check, each.verdict) for each in diff.read(file)}
            for file in (lines, whole, quick)]  # fmt: skip
    assert made[0] == made[1] == made[2] and made[0]
    assert all(diff.changes(diff.read(lines), diff.read(file))[0] == [] for file in (whole, quick))


def test_records_hold_no_words_of_a_text(tmp_path, corpus):
    out = tmp_path / "quick"
    zipped = tmp_path / "corpus.jsonl.gz"
    zipped.write_bytes(gzip.compress(corpus.read_bytes()))
    diff.main(["--run", str(zipped), str(out)])
    written = out.read_text(encoding="utf-8")
    assert "Response" not in written and "42.5" not in written
    places = [(each.text, each.place) for each in diff.read(out)]
    assert places and all(0 <= place[0] < place[1] <= len(TEXTS[text]) for text, place in places)


# --------------------------------------------------------------------------------------------------
# What is shown
# --------------------------------------------------------------------------------------------------
def test_the_summary_comes_first_then_each_finding_in_its_sentence(records, corpus, capsys):
    old, new, before, lost = records
    assert diff.main([str(old), str(new), "--texts", str(corpus)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("3 findings changed, ")
    assert f"     1  proportion-interval: {before} -> inconsistent" in lines[1:4]
    assert f"     1  {lost['check']}: {lost['verdict']} -> –" in lines[1:4]
    assert f"     1  {lost['check']}: – -> unchecked" in lines[1:4]
    assert "    Response was [[25% (8 of 32; 95% CI, 12 to 43)]]." in lines
    assert not any("Women were asked" in line for line in lines)


def test_no_word_is_shown_without_the_corpus(records, capsys):
    old, new, *_ = records
    diff.main([str(old), str(new)])
    assert "Response" not in capsys.readouterr().out


def test_the_page_is_self_contained_and_nothing_breaks_out_of_it(records, corpus, tmp_path, capsys):
    old, new, *_ = records
    page = tmp_path / "page.html"
    diff.main([str(old), str(new), "--texts", str(corpus), "--html", str(page)])
    text = page.read_text(encoding="utf-8")
    assert "<mark>25% (8 of 32; 95% CI, 12 to 43)</mark>" in text
    assert "&lt;i&gt;new&lt;/i&gt;" in text and "<i>new" not in text
    assert "<b>" not in text
    assert "http:" not in text and "https:" not in text and "<script" not in text and "default-src 'none'" in text
    assert "Response" not in capsys.readouterr().out  # the sentences stand in the page


def test_a_limit_says_what_it_left_out():
    many = [one(claim=f"c{k}", place=(k * 10, k * 10 + 5)) for k in range(5)]
    found, unchanged = diff.changes([], many)
    shown = diff.as_text(found, unchanged, {}, 2)
    assert "     5  ratio-interval: – -> consistent" in shown
    assert "ratio-interval: – -> consistent (the first 2 of 5)" in shown
    assert shown.count("\n  one c") == 2
    assert diff.as_page(found, unchanged, {}, 2).count("<li>") == 2


def test_a_finding_without_a_place_is_found_by_its_numbers():
    known = one(place=None, numbers=("0.49", "0.50", "0.90"))
    assert diff.sentence(TEXTS["one"], known) == ("The HR was 0.50 (95% CI 0.49 to 0.90).", "", "")
    assert diff.sentence(TEXTS["one"], one(place=None, numbers=("7.7",))) == ("", "", "")
