"""Tables for a paper: what each form must carry, and that no text of a trial file can break out of one."""

import csv
import hashlib
import io
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from itertools import islice
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given

import trialstats
from trialstats import cli
from trialstats.claims.model import Paper
from trialstats.errors import InputError, TrialstatsError, UnknownNameError
from trialstats.findings import Verdict
from trialstats.report import NOTE, latex
from trialstats.report.citable import HASH_DIGITS, note_marks
from trialstats.report.cite import RELEASED, TITLE, cite, software, trial_reference
from trialstats.report.html import for_word
from trialstats.report.marks import MARKS
from trialstats.report.spreadsheet import NUMBERED_COLUMNS
from trialstats.report.spreadsheet import numbered as csv_of
from trialstats.report.table import HEADINGS

ROOT = Path(__file__).parents[2]
FORMS = ("markdown", "latex", "html", "word_html", "csv")
SHA = "0123456789abcdef" * 4


def written(table, form):
    return getattr(table, f"to_{form}")()


def words(text):
    """What is read of a form, near enough to look for words in it."""
    plain = re.sub(r"<style>.*?</style>|<[^>]*>", " ", text, flags=re.DOTALL)
    plain = plain.replace("\\allowbreak{}", "").replace("\\textquotesingle{}", "'").replace("&#39;", "'")
    return " ".join(re.sub(r"\\(?=[^a-zA-Z])", "", plain).split())


@pytest.fixture(scope="module")
def five():
    return trialstats.reanalyse([trialstats.load_trial(name) for name in ("alienor", "tamrad")])


# --------------------------------------------------------------------------------------------------
# What every form carries
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("form", FORMS)
def test_every_form_carries_what_makes_it_citable(five, form):
    table = five.table_of("tamrad", number=7, caption="The results of TAMRAD, recomputed.")
    text = words(written(table, form))
    for wanted in (
        "The results of TAMRAD, recomputed.",
        f"trialstats {trialstats.__version__}",
        "catalogue 3",
        "tamrad.toml",
        table.sha256[:HASH_DIGITS],
        "SHA-256 of the file's bytes",
        "10.1200/JCO.2011.39.0708",
        "Rounding and convention of the paper",
        "33 of 54, Clopper-Pearson",
        "61% (47 to 74)",
        NOTE,
    ):
        assert wanted in text
    if form == "latex":  # which numbers and signs by itself
        assert r"\setcounter{table}{6}" in written(table, form)
    elif form == "csv":
        assert text.splitlines()[0].startswith("table,")
        assert next(csv.DictReader(io.StringIO(written(table, form))))["table"] == "7"
    else:
        assert "Table 7." in text
    if form != "word_html":
        assert "@article{tamrad-2012," in text and "@misc{trialstats," in text


def test_the_hash_is_that_of_the_bytes_of_the_file(five):
    data = (ROOT / "seeds" / "alienor.toml").read_bytes()
    table = five.table_of("alienor")
    assert table.sha256 == hashlib.sha256(data).hexdigest()
    assert f"first {HASH_DIGITS} of 64 digits: {table.sha256[:12]}" in table.notes[-1]


def test_only_the_name_of_the_file_is_printed_not_where_it_lies(tmp_path):
    path = tmp_path / "mine.toml"
    shutil.copy(ROOT / "seeds" / "tamrad.toml", path)
    table = trialstats.reanalyse(trialstats.read_trial(path)).table_of()
    assert table.source == "mine.toml"
    for form in FORMS:
        assert str(tmp_path) not in written(table, form)


def test_a_shipped_trial_reads_the_same_on_every_machine():
    assert trialstats.load_trial("tamrad").source == "seeds/tamrad.toml"


def test_signs_of_the_verdicts_in_use_are_explained(report):
    table = report.table_of("alienor")
    used = {row.main.mark.code for row in table.rows}
    for mark in MARKS.values():
        assert (f"{mark.sign} {mark.printed}, {mark.means}" in table.notes[0]) is (mark.code in used)


def test_every_mark_has_its_note_and_every_note_its_mark(report):
    table = report.table_of("alienor")
    marks = [mark for row in table.rows for mark in row.marks]
    assert sorted(set(marks)) == sorted(mark for mark, _ in table.marked)
    assert list(dict.fromkeys(marks)) == list(islice(note_marks(), len(set(marks))))  # in the order of the rows
    text = dict(table.marked)
    (inconsistent,) = (row for row in table.rows if row.claim == "pfs-hr")
    assert "Nothing in the catalogue prints this P value" in text[inconsistent.marks[0]]


def test_equal_notes_share_a_letter(report):
    table = report.table_of("alienor")
    alone = [row for row in table.rows if row.claim in ("centres", "follow-up")]
    assert len({row.marks for row in alone}) == 1


def test_what_was_not_checked_may_be_left_out(report):
    full, short = report.table_of("alienor"), report.table_of("alienor", unchecked=False)
    assert {row.claim for row in full.rows} - {row.claim for row in short.rows} == {"centres", "follow-up"}
    assert all(row.verdict is not Verdict.UNCHECKED or row.main.look for row in short.rows)
    assert "not checked" not in short.notes[0]


def test_letters_of_notes_go_on_after_z():
    assert list(islice(note_marks(), 24, 54))[:4] == ["y", "z", "aa", "ab"]
    assert len(set(islice(note_marks(), 2000))) == 2000


# --------------------------------------------------------------------------------------------------
# From a report
# --------------------------------------------------------------------------------------------------
def test_tables_are_numbered_on(report):
    assert [table.number for table in report.tables()] == [1, 2]
    assert [(table.number, table.trial) for table in report.tables(first=5)] == [(5, "alienor"), (6, "lms03")]


def test_a_trial_must_be_named_where_there_are_several(report):
    with pytest.raises(InputError, match="has alienor, lms03"):
        report.table_of()
    with pytest.raises(UnknownNameError, match="Did you mean 'alienor'"):
        report.table_of("alienos")
    assert replace(report, trials=report.trials[:1]).table_of().trial == "alienor"
    with pytest.raises(InputError, match="has none"):
        replace(report, trials=()).table_of()


def test_in_a_notebook_it_is_its_html(report):
    table = report.table_of("alienor")
    assert table._repr_html_() == table.to_html()


# --------------------------------------------------------------------------------------------------
# Each form
# --------------------------------------------------------------------------------------------------
class Cells(HTMLParser):
    """The text of every cell, by row; counts other tags."""

    def __init__(self):
        super().__init__()
        self.rows, self.tags, self.styles, self.inside = [], [], [], False

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.styles += [value for name, value in attrs if name == "style"]
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self.inside = True

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.rows[-1][-1] += data


@pytest.mark.parametrize("form", ["html", "word_html"])
def test_html_has_one_cell_for_each_heading_and_no_foreign_tag(report, form):
    table = report.table_of("alienor")
    page = Cells()
    page.feed(written(table, form))
    assert page.rows[0] == list(HEADINGS)
    assert [row[1:-1] for row in page.rows[1:]] == [list(row.cells[1:-1]) for row in table.rows]
    assert "script" not in page.tags and "img" not in page.tags and "link" not in page.tags


def test_word_needs_no_style_sheet(report):
    page = Cells()
    page.feed(report.table_of("alienor").to_word_html())
    assert "style" not in page.tags
    assert page.tags.count("td") < len(page.styles)  # at every cell, and at the paragraphs
    assert page.tags.count("th") == 0  # Word gives these a look of its own


def test_several_tables_make_one_page_for_word_and_one_csv_file(report):
    tables = report.tables()
    page = Cells()
    page.feed(for_word(*tables))
    assert page.tags.count("html") == 1 and page.tags.count("table") == 2
    lines = list(csv.reader(io.StringIO(csv_of(*tables))))
    assert lines[0] == list(NUMBERED_COLUMNS)
    assert len(lines) == 1 + sum(len(table.rows) for table in tables)


def test_csv_is_whole_and_never_a_formula(report):
    table = report.table_of("alienor", caption="=1+1")
    lines = list(csv.DictReader(io.StringIO(table.to_csv())))
    assert len(lines) == len(table.rows)
    assert {line["caption"] for line in lines} == {"'=1+1"}
    comment, _, entries_of_all = lines[0]["bibtex"].partition("\n")
    assert comment == "% references" and entries_of_all == table.bibtex
    assert {(line["about"], line["bibtex"]) for line in lines[1:]} == {("", "")}  # once for each table
    assert lines[0]["sha256"] == table.sha256 == SHA


def test_markdown_has_five_cells_in_every_line(report):
    lines = [line for line in report.table_of("alienor").to_markdown().splitlines() if line.startswith("|")]
    assert len(lines) == 2 + len(report.table_of("alienor").rows)
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in lines} == {6}


@given(st.text(max_size=40), st.text(max_size=40))
def test_markdown_keeps_bibtex_in_its_fence(title, caption):
    paper = Paper(id="mine", title=title or None, citation={"journal": "A `` ``` Journal"})
    report = trialstats.reanalyse(paper)
    text = report.table_of(caption=caption).to_markdown()
    (fence,) = re.findall(r"^(`+)bibtex$", text, flags=re.MULTILINE)
    assert text.endswith(f"\n{fence}\n")
    assert text.count(fence) == 2


def test_latex_compiles_where_there_is_a_latex(report, five, tmp_path):
    source = "\n".join(
        (
            r"\documentclass{article}",
            latex.PREAMBLE,
            r"\begin{document}",
            *(table.to_latex() for table in (*report.tables(), *five.tables(first=3))),
            # every character that may stand in a cell
            *(latex.escape("".join(map(chr, range(k, k + 40)))) for k in (*range(0x20, 0x600, 40), 0x1F600, 0x4E00)),
            r"\end{document}",
        )
    )
    assert source.count(r"\begin{longtable}") == source.count(r"\end{longtable}") == 4
    compiler = shutil.which("pdflatex")
    if compiler is not None:
        (tmp_path / "tables.tex").write_text(source, encoding="utf-8")
        done = subprocess.run(
            [compiler, "-interaction=nonstopmode", "-halt-on-error", "tables.tex"],
            cwd=tmp_path, capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout.decode("utf-8", "replace")[-2000:]


@given(st.text(max_size=60))
def test_latex_text_has_no_character_that_a_compiler_might_not_know(text):
    escaped = latex.escape(text)
    assert not re.search(r"[\x00-\x1f\x7f-\xbf\u0100-\u2017\u2027-\U0010ffff]", escaped)
    assert escaped.count("{") - escaped.count(r"\{") == escaped.count("}") - escaped.count(r"\}")


# --------------------------------------------------------------------------------------------------
# References
# --------------------------------------------------------------------------------------------------
def entries(bibtex):
    """Read BibTeX of our own making: kind, key and fields of each entry, by balanced braces."""
    found = []
    for kind, key, body in re.findall(r"^@(\w+)\{([^,]+),\n(.*?)^\}$", bibtex, flags=re.MULTILINE | re.DOTALL):
        fields = dict(re.findall(r"^  (\w+) += \{(.*)\},$", body, flags=re.MULTILINE))
        plain = re.sub(r"\\[{}]", "", "".join(fields.values()))
        assert plain.count("{") == plain.count("}")
        assert len(fields) == len(body.splitlines())
        found.append((kind, key, fields))
    return found


def test_a_report_cites_trialstats_and_each_trial(five):
    citation = five.cite()
    own, alienor, tamrad = entries(citation.bibtex)
    assert own[:2] == ("misc", "trialstats")
    assert own[2]["note"] == f"Version {trialstats.__version__}, catalogue 3"
    assert alienor[1] == "alienor-2020" and alienor[2]["note"] == "NCT01770301"
    assert tamrad == (
        "article",
        "tamrad-2012",
        {
            "author": "{TAMRAD (GINECO)}", "title": "{TAMRAD (GINECO)}", "journal": "J Clin Oncol", "year": "2012",
            "volume": "30", "number": "22", "pages": "2718--24", "doi": "10.1200/JCO.2011.39.0708",
        },
    )  # fmt: skip
    assert citation.text.splitlines()[2].startswith("TAMRAD (GINECO). J Clin Oncol 2012;30(22):2718-24.")
    assert str(citation) == f"{citation.text}\n\n{citation.bibtex}"


def test_entries_have_what_bibtex_asks_for(five):
    for kind, _, fields in entries(five.cite().bibtex):
        assert {"author", "title", "year"} <= fields.keys()
        assert kind != "article" or "journal" in fields
        assert "number" not in fields or "volume" in fields
    issue_alone = Paper(id="a", title="A", citation={"journal": "J", "issue": "3"})
    assert [kind for kind, *_ in entries(cite([("a", issue_alone)]).bibtex)] == ["misc", "misc"]


def test_the_citation_file_says_the_same():
    said = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f'title: "trialstats: {TITLE}"' in said
    assert f"version: {trialstats.__version__}\n" in said
    assert f"date-released: {RELEASED}-" in said
    assert str(RELEASED) in software().text


def test_a_text_without_a_publication_has_no_reference():
    report = trialstats.check("The response rate was 25% (8 of 32).")
    assert [reference.key for reference in report.cite().references] == ["trialstats"]
    table = report.table_of()
    assert table.reference is None and table.source == ""
    assert table.notes[-1] == f"Made by trialstats {trialstats.__version__}, catalogue {table.catalogue}."


def test_keys_are_plain_and_no_two_are_alike():
    one = Paper(id="Ünïcode {x}", title="A", citation={"year": "2020"})
    keys = [
        reference.key
        for reference in cite([("a", one), ("a", one), ("Ünïcode {x}", one), ("trialstats", one)]).references
    ]
    assert keys == ["trialstats", "a-2020", "a-2020-2", "n-code-x-2020", "trialstats-2020"]
    assert [key for _, key, _ in entries(cite([("a", one), ("a", one)]).bibtex)] == ["trialstats", "a-2020", "a-2020-2"]


@given(st.dictionaries(st.sampled_from(["journal", "volume", "issue", "pages", "doi", "pmid"]), st.text(max_size=30)))
def test_no_text_breaks_out_of_a_bibtex_field(citation):
    reference = trial_reference("mine", Paper(id="mine", title="{ } % & \\ _", citation=citation))
    assert len(entries(reference.bibtex)) == 1
    assert reference.bibtex.count("\n") == len(reference.bibtex.splitlines())


# --------------------------------------------------------------------------------------------------
# At the command line
# --------------------------------------------------------------------------------------------------
@pytest.fixture
def run(capsys):
    def run(*arguments):
        with pytest.raises(SystemExit) as stopped:
            cli.main([str(one) for one in arguments])
        return stopped.value.code, capsys.readouterr().out

    return run


@pytest.mark.parametrize("form", ["markdown", "latex", "html", "word", "csv"])
def test_tables_at_the_command_line(run, five, form):
    status, out = run("tables", ROOT / "seeds" / "tamrad.toml", "--format", form, "--first", 4, "--checked")
    assert status == 0
    table = five.table_of("tamrad", number=4, unchecked=False)
    assert out.rstrip("\n") == written(table, "word_html" if form == "word" else form).rstrip("\n")


def test_cite_at_the_command_line(run):
    status, out = run("cite", ROOT / "seeds" / "tamrad.toml", ROOT / "seeds" / "alienor.toml")
    assert status == 0 and len(out.splitlines()) == 3
    status, out = run("cite", ROOT / "seeds", "--format", "bibtex")
    assert status == 0 and len(entries(out)) == 6


def test_without_great_tables_one_sentence_says_what_to_install(report, monkeypatch):
    monkeypatch.setitem(sys.modules, "great_tables", None)
    with pytest.raises(TrialstatsError, match=r"pip install 'trialstats\[tables\]'"):
        report.table_of("alienor").to_great_tables()
