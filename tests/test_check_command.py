"""The command ``check``: a text as a page, as Markdown, as the draft of a trial file."""

import json
import types

import pytest

from trialstats.cli import main

TEXT = "Response was 25% (8 of 32; 95% CI, 12 to 43). The HR was 0.50 (95% CI 0.49 to 0.90; P = .2).\n"


@pytest.fixture
def run(capsys):
    def run(*arguments):
        with pytest.raises(SystemExit) as stopped:
            main([str(one) for one in arguments])
        said = capsys.readouterr()
        return stopped.value.code, said.out, said.err

    return run


@pytest.fixture
def text(tmp_path):
    file = tmp_path / "two words.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_html_is_a_page_of_the_marked_text(run, text, tmp_path):
    target = tmp_path / "page.html"
    assert run("check", text, "--format", "html", "-o", target) == (1, "", "")
    page = target.read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert '<section class="annotated" id="section-1">' in page
    assert "<dt>convention of the paper</dt><dd>percentages: " in page


def test_the_convention_is_searched_elsewhere_only_if_asked_for(run, text):
    assert "Convention of the paper" not in run("check", text)[1]
    assert "Convention of the paper: percentages: " in run("check", text, "--convention")[1]


def test_markdown_of_a_text(run, text):
    status, out, _ = run("check", text, "--format", "markdown")
    assert status == 1
    assert "| response (c1) | 25%" in out
    assert "no explanation found" in out
    assert "Response was" not in out


def totals(out):
    found = [one for line in out.splitlines() for trial in json.loads(line)["trials"] for one in trial["findings"]]
    assert all((one["chance"] is None) or (one["explanations_total"] is not None) for one in found)
    return {one["explanations_total"] for one in found}


def test_json_of_a_text_is_plain_unless_all_is_asked_for(run, text, tmp_path):
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text(json.dumps({"id": "a", "text": TEXT}) + "\n" + json.dumps({"id": "b", "text": TEXT}) + "\n")
    assert totals(run("check", corpus, "--format", "json")[1]) == {None}
    assert None not in totals(run("check", corpus, "--format", "json", "--full")[1])
    one_line = json.dumps(json.loads(run("check", text, "--format", "json")[1]))
    assert totals(one_line) == {None}


def test_json_of_trial_files_holds_all(run, text, tmp_path):
    draft = tmp_path / "draft.toml"
    run("check", "--toml", text, "-o", draft)
    assert None not in totals(json.dumps(json.loads(run("reproduce", draft, "--format", "json")[1])))


def test_what_sets_the_status_may_be_chosen(run, text):
    assert run("check", text, "--quiet")[0] == 1
    assert run("check", text, "--quiet", "--fail-on", "never") == (0, "", "")


def test_toml_writes_a_draft_that_reproduce_takes(run, text, tmp_path):
    draft = tmp_path / "draft.toml"
    assert run("check", "--toml", text, "-o", draft) == (0, "", "")  # a draft is no report
    assert 'id = "two-words"' in draft.read_text(encoding="utf-8")
    status, out, err = run("reproduce", draft)
    assert (status, err) == (1, "")
    assert "no explanation found" in out


SOURCES = {
    "a.txt": TEXT,
    "b.txt": TEXT,
    "a.csv": "study,HR,lower,upper\nown,0.50,0.49,0.90\n",
    "a.jsonl": '{"id": "one", "text": "The HR was 0.50 (95% CI 0.49 to 0.90)."}\n{"id": "two", "text": "None."}\n',
    "a.toml": 'schema = 1\n[trial]\nid = "own"\n[[rows]]\nid = "hr"\nmeasure = "hazard-ratio"\nvalue = "0.5"\n',
}


@pytest.fixture
def sources(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in SOURCES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("names", [("a.csv",), ("a.jsonl",), ("a.toml",), ("a.txt", "b.txt")])
def test_toml_takes_one_text(run, sources, names):
    status, out, err = run("check", "--toml", *names)
    assert (status, out) == (2, "")
    assert "--toml takes one text" in err


def test_sources_are_known_by_what_they_hold_not_by_their_names(run, sources):
    for k, name in enumerate(("a.txt", "a.csv", "a.toml")):
        (sources / f"{k}.dat").write_text(SOURCES[name], encoding="utf-8")
    status, out, err = run("check", "0.dat", "1.dat", "2.dat", "--format", "json")
    assert (status, err) == (1, "")
    trials = json.loads(out)["trials"]
    assert [one["trial"] for one in trials] == ["0.dat", "1", "own"]  # a text is called as it was named
    assert [one["findings"][-1]["claim"] for one in trials[1:]] == ["own", "hr"]


def test_a_corpus_is_answered_line_by_line_and_alone(run, sources):
    status, out, _ = run("check", "a.jsonl")
    assert status == 1 and [line.split(":")[0] for line in out.splitlines() if not line.startswith(" ")] == [
        "one",
        "two",
    ]
    status, out, _ = run("check", "a.jsonl", "--format", "json")
    assert [json.loads(line)["trials"][0]["trial"] for line in out.splitlines()] == ["one", "two"]
    for arguments in (("a.jsonl", "a.txt"), ("a.jsonl", "--format", "html"), ("a.jsonl", "-o", "out")):
        status, out, err = run("check", *arguments)
        assert (status, out) == (2, "") and "a.jsonl: a corpus is answered line by line" in err


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.jsonl", "a.toml"])
def test_standard_input_may_be_of_any_kind(run, sources, monkeypatch, name):
    for command in ("check", "extract"):
        assert run(command, name)[0] == (command == "check" and name != "a.toml")
        with (sources / name).open("rb") as stream:
            monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=stream))
            assert run(command, "-")[0] == (command == "check" and name != "a.toml")


def test_extract_takes_several_sources_of_any_kind(run, sources):
    status, out, err = run("extract", *SOURCES)
    assert (status, err) == (0, "")
    made = [json.loads(line) for line in out.splitlines()]
    assert [one["id"] for one in made] == ["a.txt", "b.txt", "a", "one", "two", "own"]
    assert [len(one["claims"]) for one in made] == [2, 2, 1, 1, 0, 0]  # a ratio without an interval is no label


def test_reproduce_takes_trial_files_only(run, sources):
    for name, what in (("a.txt", "a text"), ("a.csv", "a table"), ("a.jsonl", "a corpus")):
        status, out, err = run("reproduce", name)
        assert (status, out) == (2, "")
        assert err == f"trialstats: {name}: is {what}, no trial file; for that there is: trialstats check {name}\n"


def test_a_fault_of_our_own_in_one_text_of_a_corpus_stops_no_other(run, tmp_path, monkeypatch):
    from trialstats.sources.text import reading

    def failing(text, *, id):  # noqa: A002
        return reading_one(text, id=id) if "mirvatol" in text else 1 / 0

    reading_one = reading.extract
    monkeypatch.setattr(reading, "extract", failing)
    corpus = tmp_path / "corpus.jsonl"
    told = {"a": "Relief was 25% with mirvatol.", "b": "Relief was 25% with quenzamab.", "c": "HR 0.6 with mirvatol."}
    corpus.write_text("".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in told.items()))
    status, out, err = run("check", corpus)
    assert status == 2
    assert [line[:2] for line in out.splitlines()] == ["a:", "c:"]
    assert "text 2 could not be answered, by a fault of our own (ZeroDivisionError: division by zero)" in err
    monkeypatch.setenv("TRIALSTATS_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        main(["check", str(corpus)])


def test_what_is_hard_to_explain_is_printed_quietly_and_sets_no_status(run, tmp_path):
    file = tmp_path / "hard.txt"
    text = "A fall was seen in 28/118 rowers with tea and 53/117 with milk (risk ratio 0.34)."
    file.write_text(text, encoding="utf-8")
    status, said, _ = run("check", file, "-q")
    assert status == 0
    assert "TS221" in said
    assert run("check", file, "-q", "--fail-on", "strained")[0] == 1
    assert run("check", file, "-q", "--fail-on", "never") == (0, "", "")
