"""The command line: exit status, sentences on bad input, and files written whole or not at all.

What a report says is tested elsewhere; here the reanalysis is a stand-in, so that its verdict can be chosen.
"""

import json
import os
import sys
import types
from pathlib import Path

import pytest

import trialstats
from trialstats.cli import cli, main
from trialstats.cli.output import FORMATS
from trialstats.errors import TrialFileError
from trialstats.findings import FAIL_ON, Coverage, Details, Finding, PaperConvention, TrialFindings, Verdict
from trialstats.report import NOTE, Report

SEEDS = Path(__file__).parents[1] / "seeds"


class Run:
    """Runs the command line in this process and keeps what it printed."""

    def __init__(self, capsys):
        self.capsys = capsys

    def __call__(self, *arguments) -> int:
        with pytest.raises(SystemExit) as stopped:
            main([str(one) for one in arguments])
        self.out, self.err = self.capsys.readouterr()
        return stopped.value.code

    def refuses(self, *arguments) -> str:
        """Return the one sentence of a run that could not be made."""
        assert self(*arguments) == 2
        assert self.out == ""
        assert "Traceback" not in self.err
        assert self.err.count("\n") == 1
        assert self.err.startswith("trialstats: ")
        return self.err


@pytest.fixture
def run(capsys):
    return Run(capsys)


def _findings(trial, verdict, expected):
    details = Details(sentence="Said.")
    finding = Finding(claim="orr", check="totals", code="TS102", verdict=verdict, details=details, expected=expected)
    return TrialFindings(
        trial=trial.id, title=trial.title, sha256=trial.sha256, source=trial.source, findings=(finding,),
        convention=PaperConvention(), coverage=Coverage(1, 1, 0), catalogue="1",
    )  # fmt: skip


@pytest.fixture
def reanalysis(monkeypatch):
    """A stand-in that gives the verdict it is told to, and remembers what it was asked."""
    made = types.ModuleType("trialstats.reanalysis")
    made.verdict, made.expected, made.asked = Verdict.REPRODUCED, None, None

    def reanalyse(papers, *, select=(), ignore=(), catalogue=None, evidence=False):
        before = made.asked["trials"] if made.asked else []
        made.asked = {"trials": [*before, *(paper.id for paper in papers)], "select": select, "ignore": ignore}
        return Report(tuple(_findings(paper, made.verdict, made.expected) for paper in papers))

    made.reanalyse = reanalyse
    monkeypatch.setitem(sys.modules, "trialstats.reanalysis", made)
    return made


@pytest.fixture
def alienor():
    return SEEDS / "alienor.toml"


# --------------------------------------------------------------------------------------------------
# Exit status
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("verdict", "expected", "status"),
    [
        (Verdict.REPRODUCED, None, 0),
        (Verdict.EXPLAINED, None, 0),
        (Verdict.UNCHECKED, None, 0),
        (Verdict.INCONSISTENT, None, 1),
        (Verdict.INCONSISTENT, "inconsistent", 0),
        (Verdict.EXPLAINED, "inconsistent", 1),  # what the trial file expects is no longer so
        (Verdict.INCONSISTENT, "explained", 1),
    ],
)
def test_status_says_whether_all_is_as_expected(run, reanalysis, alienor, verdict, expected, status):
    reanalysis.verdict, reanalysis.expected = verdict, expected
    assert run("reproduce", alienor) == status
    assert run.out.startswith(NOTE)
    assert run.err == ""


@pytest.mark.parametrize(
    ("verdict", "expected", "grade", "status"),
    [
        (Verdict.STRAINED, None, "inconsistent", 0),
        (Verdict.STRAINED, None, "strained", 1),
        (Verdict.STRAINED, None, "never", 0),
        (Verdict.INCONSISTENT, None, "strained", 1),
        (Verdict.INCONSISTENT, None, "never", 0),
        (Verdict.STRAINED, "strained", "strained", 0),
        (Verdict.EXPLAINED, "strained", "inconsistent", 1),
        (Verdict.EXPLAINED, None, "strained", 0),
    ],
)
def test_what_sets_the_status_may_be_chosen(run, reanalysis, alienor, verdict, expected, grade, status):
    reanalysis.verdict, reanalysis.expected = verdict, expected
    assert run("reproduce", alienor, "--fail-on", grade) == status
    assert run("reproduce", alienor, "--fail-on", grade, "--quiet") == status
    # A question that sets no status is printed all the same.
    hard = verdict is Verdict.STRAINED and expected is None and grade != "never"
    assert bool(run.out) is (bool(status) or hard)


def test_the_grades_of_the_option_are_those_of_the_findings(run):
    (option,) = (one for one in cli.commands["check"].params if one.name == "fail_on")
    assert tuple(option.type.choices) == tuple(FAIL_ON)


def test_a_directory_stands_for_its_trial_files_and_none_is_read_twice(run, reanalysis, alienor):
    assert run("reproduce", SEEDS, alienor, SEEDS) == 0
    assert reanalysis.asked["trials"] == sorted(path.stem for path in SEEDS.glob("*.toml"))


def test_version(run):
    assert run("--version") == 0
    assert run.out == f"trialstats {trialstats.__version__}\n"


def test_help_says_what_the_status_means(run):
    assert run("--help") == 0
    for command in ("reproduce", "rules", "explain", "schema"):
        assert command in run.out
    assert "1 an inconsistency that was not expected" in run.out


@pytest.mark.parametrize("arguments", [[], ["reproduce"], ["reproduce", "--format", "xml", "x"], ["nonsense"]])
def test_a_command_that_is_none_could_not_run(run, arguments):
    assert run(*arguments) == 2
    assert "Traceback" not in run.err


# --------------------------------------------------------------------------------------------------
# Formats and files
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_written_to_the_screen_and_to_a_file_alike(run, reanalysis, alienor, tmp_path, form):
    assert run("reproduce", alienor, "--format", form) == 0
    screen = run.out
    assert run("reproduce", alienor, "--format", form, "-o", tmp_path / "out") == 0
    assert run.out == ""
    assert (tmp_path / "out").read_text(encoding="utf-8") == screen
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_file_is_written_also_when_not_all_is_as_expected(run, reanalysis, alienor, tmp_path):
    reanalysis.verdict = Verdict.INCONSISTENT
    assert run("reproduce", alienor, "--format", "json", "-o", tmp_path / "out.json") == 1
    assert json.loads((tmp_path / "out.json").read_text())["trials"][0]["findings"][0]["verdict"] == "inconsistent"


def test_dash_as_output_is_the_screen(run, reanalysis, alienor):
    assert run("reproduce", alienor, "-o", "-") == 0
    assert run.out.startswith(NOTE)


def test_a_new_file_gets_ordinary_rights_and_an_old_one_keeps_its_own(run, reanalysis, alienor, tmp_path):
    new, old = tmp_path / "new", tmp_path / "old"
    old.write_text("before")
    old.chmod(0o640)
    mask = os.umask(0o022)
    try:
        run("reproduce", alienor, "-o", new)
        run("reproduce", alienor, "-o", old)
    finally:
        os.umask(mask)
    assert new.stat().st_mode & 0o777 == 0o644
    assert old.stat().st_mode & 0o777 == 0o640


def test_a_link_is_followed_not_replaced(run, reanalysis, alienor, tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert run("reproduce", alienor, "-o", tmp_path / "link") == 0
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text().startswith(NOTE)


def test_what_is_no_plain_file_is_written_to_not_replaced(run, reanalysis, alienor, tmp_path):
    pipe = tmp_path / "pipe"  # never a real device here: a broken program run as root would replace it
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert run("reproduce", alienor, "-o", pipe) == 0
        assert os.read(reader, 65536).decode().startswith(NOTE)
        assert pipe.is_fifo()
    finally:
        os.close(reader)


def test_a_failed_write_leaves_the_old_file_and_no_litter(run, reanalysis, alienor, tmp_path, monkeypatch):
    old = tmp_path / "old"
    old.write_text("before")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    assert "No space left on device" in run.refuses("reproduce", alienor, "-o", old)
    assert old.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["old"]


# --------------------------------------------------------------------------------------------------
# Bad input: one sentence each, status 2, nothing written, no work begun
# --------------------------------------------------------------------------------------------------
def test_a_missing_directory_for_the_output_is_said_before_the_work(run, reanalysis, alienor, tmp_path):
    target = tmp_path / "nowhere" / "out.html"
    sentence = run.refuses("reproduce", alienor, "-o", target)
    assert "does not exist" in sentence
    assert str(target) in sentence
    assert reanalysis.asked is None
    assert not target.parent.exists()


def test_an_output_that_is_a_directory(run, reanalysis, alienor, tmp_path):
    assert "it is a directory" in run.refuses("reproduce", alienor, "-o", tmp_path)


def test_an_output_that_would_overwrite_a_trial_file(run, reanalysis, tmp_path, alienor):
    copy = tmp_path / "a.toml"
    copy.write_bytes(alienor.read_bytes())
    assert "is one of the trial files" in run.refuses("reproduce", tmp_path, "-o", copy)
    assert copy.read_bytes() == alienor.read_bytes()


def test_a_missing_file(run, reanalysis):
    assert "no-such.toml: no such file or directory" in run.refuses("reproduce", "no-such.toml")


def test_a_directory_without_trial_files(run, reanalysis, tmp_path):
    (tmp_path / "notes.txt").write_text("no trial")
    assert "has no trial files" in run.refuses("reproduce", tmp_path)


def test_two_trials_with_one_id_names_both_files(run, reanalysis, tmp_path, alienor):
    for name in ("one.toml", "two.toml"):
        (tmp_path / name).write_bytes(alienor.read_bytes())
    sentence = run.refuses("reproduce", tmp_path)
    assert "'alienor'" in sentence
    assert str(tmp_path / "one.toml") in sentence
    assert str(tmp_path / "two.toml") in sentence


TRIAL = """\
schema = 1
[trial]
id = "made-up"
[arms.a]
label = "A"
of = {{ randomised = "32" }}
[[rows]]
id = "orr"
section = "results"
measure = "proportion"
{row}
"""
INTERVAL = 'spread = "confidence"\nlevel = "95%"\n'


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("value = ", "line 11"),
        (INTERVAL + 'by = { a = ["25%", "43%", "12%"] }', "43%"),
        (INTERVAL + 'by = { a = ["140%", "120%", "160%"] }', "140%"),
        (INTERVAL + 'by = { a = ["50%", "12%", "43%"] }', "50%"),
        ('arm = "a"\nvalue = "25%"\nx = "8"\nn = "0"', "0"),
        ('arm = "a"\nvalue = "25%"\nx = "33"\nn = "32"', "33"),
        ('arm = "a"\nvalue = 0.25', "0.25"),
        ('arm = "b"\nvalue = "25%"', "b"),
        ('arm = "a"\nvalue = "a quarter"', "a quarter"),
        ('arm = "a"\nvalues = "25%"', "values"),
        ('spread = "confidence"\nlevel = "9500%"\nby = { a = ["25%", "12%", "43%"] }', "9500%"),
    ],
)
def test_a_trial_file_with_a_slip_in_it(run, reanalysis, tmp_path, row, said):
    file = tmp_path / "slip.toml"
    file.write_text(TRIAL.format(row=row), encoding="utf-8")
    sentence = run.refuses("reproduce", file)
    assert str(file) in sentence
    assert said in sentence
    assert reanalysis.asked is None


def test_a_file_that_is_not_text(run, reanalysis, tmp_path):
    (tmp_path / "a.toml").write_bytes(b"\xff\xfe\x00\x01")
    assert str(tmp_path / "a.toml") in run.refuses("reproduce", tmp_path)


def test_a_file_that_may_not_be_read(run, reanalysis, tmp_path, alienor, monkeypatch):
    def refused(*_):
        raise PermissionError(13, "Permission denied")

    file = tmp_path / "a.toml"
    file.write_bytes(alienor.read_bytes())
    monkeypatch.setattr(Path, "open", refused)
    assert str(file) in run.refuses("reproduce", file)


def test_a_fault_of_our_own_is_no_finding(run, reanalysis, alienor, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("x / 0")

    reanalysis.reanalyse = broken
    sentence = run.refuses("reproduce", alienor)
    assert "by a fault of its own (ZeroDivisionError: x / 0)" in sentence
    monkeypatch.setenv("TRIALSTATS_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        main(["reproduce", str(alienor)])


def test_an_error_raised_on_purpose_is_its_sentence(run, reanalysis, alienor):
    def refusing(*_, **__):
        raise TrialFileError("a sentence.", file="f.toml", line=3)

    reanalysis.reanalyse = refusing
    assert run.refuses("reproduce", alienor) == "trialstats: f.toml, line 3: a sentence.\n"


def test_ctrl_c_is_a_short_line(run, reanalysis, alienor):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    reanalysis.reanalyse = interrupted
    assert run("reproduce", alienor) == 130
    assert run.out == ""
    assert run.err.split() == ["Interrupted."]


# --------------------------------------------------------------------------------------------------
# Checks by code and name
# --------------------------------------------------------------------------------------------------
def test_checks_are_chosen_by_code_or_name_by_commas_or_repeated(run, reanalysis, alienor):
    from trialstats.checks import CHECKS

    one, two, three = CHECKS[:3]
    wanted = f"{one.code.lower()}, {two.name}"
    assert run("reproduce", alienor, "--select", wanted, "--select", one.code, "--ignore", three.name.upper()) == 0
    assert reanalysis.asked["select"] == (one.code, two.code)
    assert reanalysis.asked["ignore"] == (three.code,)


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_an_unknown_check_suggests_the_nearest(run, reanalysis, alienor, option):
    sentence = run.refuses("reproduce", alienor, option, "ratio-intervall")
    assert "'ratio-intervall'" in sentence
    assert "Did you mean 'ratio-interval'?" in sentence
    assert reanalysis.asked is None


def test_rules_lists_every_check(run):
    from trialstats.checks import CHECKS

    assert run("rules") == 0
    assert len(run.out.splitlines()) == len(CHECKS)
    for line, check in zip(run.out.splitlines(), CHECKS, strict=True):
        assert line.split()[:2] == [check.code, check.name]
        assert check.summary in line


def test_explain_takes_a_code_or_a_name(run):
    from trialstats.checks import CHECKS

    for check in CHECKS:
        assert run("explain", check.name) == 0
        by_name = run.out
        assert run("explain", check.code.lower()) == 0
        assert run.out == by_name
        assert by_name.startswith(f"{check.code} {check.name}\n")
        assert by_name.count("Reference: ") <= 1
        assert check.explanation.strip() in by_name


def test_explain_of_an_unknown_check(run):
    assert "Did you mean 'reduction'?" in run.refuses("explain", "reductoin")


@pytest.mark.parametrize("kind", ["trial", "claims", "report"])
def test_schemas_are_json_schemas(run, kind):
    assert run("schema", kind) == 0
    found = json.loads(run.out)
    assert found["$schema"].startswith("https://json-schema.org/")
    assert {"$ref", "properties"} & set(found)


def test_the_schema_of_trial_files_is_the_default(run):
    assert run("schema") == 0
    first = run.out
    assert run("schema", "trial") == 0
    assert run.out == first


def test_quietly_only_what_has_no_explanation_is_printed(run, reanalysis, alienor):
    assert run("reproduce", alienor, "--quiet") == 0 and run.out == ""
    reanalysis.verdict = Verdict.INCONSISTENT
    assert run("reproduce", alienor, "-q") == 1
    assert "? orr TS102: Said." in run.out


def test_an_unknown_command_suggests_the_nearest(run):
    assert run("reprodce", "x") == 2
    assert "Did you mean 'reproduce'?" in run.err and "completion" in run.err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_printed_for_each_shell(run, shell):
    assert run("completion", shell) == 0
    assert "_TRIALSTATS_COMPLETE" in run.out


def test_help_has_examples(run):
    for command in ("reproduce", "check"):
        assert run(command, "--help") == 0
        assert "Examples:" in run.out and f"trialstats {command} " in run.out


def test_progress_is_shown_to_somebody_watching_only(capsys, monkeypatch):
    from trialstats.cli.progress import followed

    assert list(followed([1, 2, 3], "Counting", total=3)) == [1, 2, 3]
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert list(followed([1, 2, 3], "Counting", total=3, quiet=True)) == [1, 2, 3]
    assert capsys.readouterr().err == ""
    assert list(followed([1, 2, 3], "Counting", total=3)) == [1, 2, 3]
    assert "Counting" in capsys.readouterr().err
