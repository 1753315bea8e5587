"""What the command line says to input it cannot use, to near misses of names, and to files of decisions."""

from __future__ import annotations

import pytest

from trialstats.cli import main

TEXT = "Response was seen in 6 (42.5%) of 14 women."
TRIAL = 'schema = 1\n\n[trial]\nid = "own"\n\n[[rows]]\nid = "orr"\nmeasure = "HRR"\nvalue = "0.5"\n'


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a1.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "own.toml").write_text(TRIAL, encoding="utf-8")
    (tmp_path / "empty.txt").write_text(" \n", encoding="utf-8")
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    (tmp_path / "nul.txt").write_bytes(b"8 of 32\x00")

    def run(*arguments):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        out, err = capsys.readouterr()
        return ended.value.code, out, err

    return run


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "empty.txt"), "empty.txt: is empty; give a text"),
        (("check", "paper.pdf"), "pdftotext paper.pdf - | trialstats check -"),
        (("check", "nul.txt"), "NUL"),
        (("check", "own.toml"), "Did you mean 'hazard-ratio'?"),
        (("reproduce", "a1.txt"), "trialstats check a1.txt"),
        (("check", "a1.tx"), "Did you mean 'a1.txt'?"),
        (("reproduce", "own.tom"), "Did you mean 'own.toml'?"),
        (("reproduce", "own.toml"), "Did you mean 'hazard-ratio'?"),
        (("check", "a1.txt", "--format", "htm"), "Did you mean 'html'?"),
        (("schema", "tril"), "Did you mean 'trial'?"),
        (("completion", "fsh"), "Did you mean 'fish'?"),
        (("explain", "ratio-intervl"), "Did you mean 'ratio-interval'? It is one of"),
    ],
)
def test_what_cannot_be_used_has_a_sentence_that_says_what_can(run, arguments, said):
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert said in err
    if arguments[-2:-1] != ("--format",) and arguments[0] not in ("schema", "completion"):
        assert err.count("\n") == 1


def test_queries_of_a_text_without_figures_say_that_nothing_was_checked(run, tmp_path):
    (tmp_path / "prose.txt").write_text("Nothing was counted.", encoding="utf-8")
    status, out, _ = run("check", "prose.txt", "--format", "queries")
    assert status == 0 and "nothing was checked" in out and "ordinary explanation" not in out


def test_decisions_are_carried_over_and_never_overwritten(run, tmp_path):
    assert run("check", "a1.txt", "--format", "decisions", "-o", "d.toml")[0] == 1
    file = tmp_path / "d.toml"
    done = file.read_text().replace('"open"', '"asked"').replace('reason = ""', 'reason = "letter of 3 March"')
    done += '\n[[decision]]\ntrial = "gone"\nclaim = "c9"\ncheck = "order"\ndecision = "accepted"\n'
    file.write_text(done)
    status, _, err = run("check", "a1.txt", "--format", "decisions", "-o", "d.toml")
    assert status == 2 and "carried over" in err and file.read_text() == done
    status, _, err = run("check", "a1.txt", "--decisions", "d.toml", "--format", "decisions", "-o", "d.toml")
    again = file.read_text()
    assert status == 1 and "letter of 3 March" in again and '"gone"' in again and '"open"' not in again
    assert err.count("\n") == 1 and "no finding of 'order' on the claim 'c9' of 'gone'" in err


def test_queries_hold_no_decision_and_other_forms_do(run):
    run("check", "a1.txt", "--format", "decisions", "-o", "d.toml")
    assert "not decided yet" in run("check", "a1.txt", "--decisions", "d.toml")[1]
    plain = run("check", "a1.txt", "--format", "queries")[1]
    assert run("check", "a1.txt", "--decisions", "d.toml", "--format", "queries")[1] == plain


@pytest.mark.parametrize(
    ("words", "at", "found"),
    [
        ("explain ratio-", 2, "ratio-interval"),
        ("explain ts10", 2, "TS104"),
        ("check --select TS101,rat", 3, "TS101,ratio-p"),
    ],
)
def test_a_shell_completes_checks(run, monkeypatch, words, at, found):
    monkeypatch.setenv("_TRIALSTATS_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", f"trialstats {words}")
    monkeypatch.setenv("COMP_CWORD", str(at))
    assert f"plain,{found}" in run()[1].splitlines()
