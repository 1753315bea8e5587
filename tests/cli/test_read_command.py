"""``trialstats read``: the text with its roles, its groups and results; made-up sentences."""

import json

import pytest

from trialstats.cli import main
from trialstats.cli import reading as command

TEXT = (
    "We randomly assigned 60 adults to zoltamine (n = 31) or placebo (n = 29). Response was 45% (14 of 31) with "
    "zoltamine and 24% (7 of 29) with placebo. The hazard ratio was 0.54 (95% CI, 0.36 to 0.81)."
)


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "made.up.txt").write_text(TEXT, encoding="utf-8")

    def run(*arguments):
        with pytest.raises(SystemExit) as ended:
            main(["read", *map(str, arguments)])
        out, err = capsys.readouterr()
        return ended.value.code, out, err

    return run


def test_roles_stand_in_brackets_where_there_is_no_colour(run):
    status, out, err = run("made.up.txt")
    assert (status, err) == (0, "")
    assert out.startswith("made.up\n")
    assert "was 45%[estimate] (14[count] of 31[denominator]) with" in out
    assert "0.54[estimate] (95%[level] CI, 0.36[bound] to 0.81[bound])" in out
    assert "\x1b" not in out


def test_groups_and_results_are_listed(run):
    _, out, _ = run("made.up.txt")
    groups, results = out.partition("\nGroups\n")[2].split("\nResults\n")
    assert groups.splitlines()[:2] == [
        "  zoltamine (experimental): 31 randomised",
        "  placebo (control): 29 randomised",
    ]
    assert "  all: 60 randomised" in groups
    assert "proportion 45%, 14 of 31; response; zoltamine\n" in results
    assert "hazard-ratio 0.54 (0.36 to 0.81)" in results


def test_a_legend_counts_the_roles(run):
    _, out, _ = run("made.up.txt")
    assert "  estimate                    3  the value of a result\n" in out


def test_colours_only_where_they_are_seen(run, monkeypatch):
    monkeypatch.setattr(command, "has_colour", lambda: True)
    _, out, _ = run("made.up.txt")
    assert "\x1b[" in out and "[estimate]" not in out


def test_no_colour_is_respected(monkeypatch):
    from trialstats.cli.output import has_colour

    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert has_colour()
    monkeypatch.setenv("NO_COLOR", "1")
    assert not has_colour()


def test_json_is_one_line_a_paper_and_its_places_are_exact(run, tmp_path):
    lines = [json.dumps({"id": name, "text": TEXT}) for name in ("a", "b")]
    (tmp_path / "two.jsonl").write_text("\n".join(lines), encoding="utf-8")
    status, out, _ = run("two.jsonl", "--format", "json")
    papers = [json.loads(line) for line in out.splitlines()]
    assert status == 0 and [paper["id"] for paper in papers] == ["a", "b"]
    for paper in papers:
        assert list(paper) == ["id", "text", "numbers", "arms", "of", "results"]
        assert all(paper["text"][one["start"] : one["end"]] == one["text"] for one in paper["numbers"])
        assert {arm for one in paper["numbers"] for arm in one["arms"]} == {arm["id"] for arm in paper["arms"]}
    assert run("two.jsonl")[1].count("\nResults\n") == 2


def test_nothing_of_a_text_steers_the_terminal(run, tmp_path):
    (tmp_path / "odd.txt").write_text("Response \x1b[31mwas 25%\u202e (8 of 32).", encoding="utf-8")
    _, out, _ = run("odd.txt")
    assert "\x1b" not in out and "\u202e" not in out and "25%[estimate]" in out


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("own.toml", b'schema = 1\n\n[trial]\nid = "own"\n', "own.toml: is a trial file, which needs no reading"),
        ("t.csv", b"study,HR,lower,upper\nA,0.54,0.36,0.81\n", "t.csv: is a table, which needs no reading"),
        ("empty.txt", b" \n", "empty.txt: is empty"),
        ("paper.pdf", b"%PDF-1.7\n", "pdftotext"),
        ("gone.txt", None, "gone.txt: no such file"),
    ],
)
def test_what_is_no_text_gets_a_sentence(run, tmp_path, name, content, said):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    status, out, err = run("made.up.txt", name)
    assert (status, out) == (2, "")
    assert said in err and err.count("\n") == 1
