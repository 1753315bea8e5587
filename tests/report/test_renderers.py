"""Every form of a report: what each must carry, and that no text of a trial file can break out of it."""

import csv
import io
import json
import pickle
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser

import hypothesis.strategies as st
import pytest
from hypothesis import given

import trialstats
from trialstats.findings import Coverage, PaperConvention, Verdict
from trialstats.report import NOTE, Report, html, latex, markdown
from trialstats.report.marks import MARKS
from trialstats.report.record import COLUMNS, Record
from trialstats.report.spreadsheet import REPORT_COLUMNS, cell
from trialstats.report.table import Row, Table, TrialTable
from trialstats.report.words import chance_in_words, convention_in_words, coverage_in_words, numbers_in_words

SHA = "0123456789abcdef" * 4
FORMS = ("text", "markdown", "latex", "html", "csv")
"""Forms that say all of a report."""
OTHER_FORMS = ("json", "frame", "line", "queries", "decisions")
"""Forms that say a part of it, or hold it for programs: each has tests of its own."""


def written(report: Report, form: str) -> str:
    return getattr(report, f"to_{form}")()


def said(finding, **more):
    return replace(finding, details=replace(finding.details, **more))


def plainly(text: str) -> str:
    """Undo what LaTeX and line ends do to words, to look for them."""
    return " ".join(text.replace("\\allowbreak ", "").replace("\\allowbreak{}", "").split())


# --------------------------------------------------------------------------------------------------
# What every form carries
# --------------------------------------------------------------------------------------------------
def test_every_form_of_a_report_is_tried_here():
    assert {name.removeprefix("to_") for name in vars(Report) if name.startswith("to_")} == {*FORMS, *OTHER_FORMS}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_can_be_cited_and_traced(report, form):
    text = plainly(written(report, form))
    assert f"trialstats {trialstats.__version__}" in text or form == "csv"
    assert trialstats.__version__ in text
    assert SHA in text
    assert "9 figures printed, 7 checked, 2 not checkable" in text
    assert "intervals of proportions: Clopper-Pearson" in text
    assert "rounded twice, through one more decimal" in text
    assert NOTE in text


@pytest.mark.parametrize("form", FORMS)
def test_every_verdict_is_printed_by_its_printed_name(report, form):
    text = plainly(written(report, form))
    for mark in MARKS.values():
        assert mark.printed in text


@pytest.mark.parametrize("form", [*FORMS[:-1], "line", "queries", "decisions"])
def test_questions_come_first_the_gravest_before_the_others_then_what_to_look_at(report, form):
    text = written(Report(report.trials[:1]), form)
    wanted = ["Nothing in the catalogue prints this P value", "Only two unusual choices", "Please look at 17/33"]
    if form == "decisions":
        wanted = ["pfs-hr", "os-hr", "nausea", "orr.paclitaxel"]
    elif form == "queries":
        wanted = [*wanted[:2], "8 of 32"]
    elif form != "line":
        wanted += ["orr.paclitaxel", "centres"]
    text = plainly(text)
    assert sorted(wanted, key=text.index) == wanted


@pytest.mark.parametrize("form", FORMS[:-1])
def test_what_to_look_at_has_a_section_with_the_words_as_they_stand(report, form):
    text = plainly(written(report, form))
    assert "To look at" in text
    assert "“17 (53%) of 33”. Please look at 17/33" in text.replace("\\", "")


def test_rows_are_those_of_the_questions_then_of_the_document(report):
    claims = [row.claim for row in report.table.trials[0].rows]
    rest = ["orr.paclitaxel", "lonely", "centres", "follow-up"]
    assert claims[:1] + claims[2:] == ["pfs-hr", "os-hr", "nausea", *rest]


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_the_note_is_the_first_line(report, form):
    assert written(report, form).splitlines()[0] == NOTE


def test_the_note_is_the_first_line_that_latex_and_html_show(report):
    assert report.to_latex().splitlines()[0] == f"% {NOTE}"
    shown = re.sub(r"<style>.*?</style>|<head>.*?</head>|<[^>]*>", "", report.to_html(), flags=re.DOTALL)
    assert shown.strip().splitlines()[0] == NOTE


@pytest.mark.parametrize("form", FORMS)
def test_a_report_of_nothing_can_be_written(form):
    assert written(Report(()), form).strip()


@pytest.mark.parametrize("form", [*FORMS, "json"])
def test_every_form_ends_in_one_line_end_or_none(report, form):
    assert not written(report, form).endswith("\n\n")


@pytest.mark.parametrize("form", FORMS)
def test_all_numbers_of_a_claim_stand_in_its_line(report, form):
    text = written(report, form)
    if form == "csv":
        return  # one line for each finding there
    assert "0.54 (0.37 to 0.79)" in text
    assert "0.0011 to 0.0018" in text


def test_how_and_further_findings_are_shown(report):
    text = report.to_text()
    assert "8 of 32, Clopper-Pearson, rounded twice" in text
    assert "also ratio-interval ≈ consistent (Wald on the log scale, SE 0.186 to 0.200)" in text


def test_sentences_of_what_deserves_reading_and_reasons_of_what_was_not_checked(report):
    text = plainly(report.to_text(80))
    assert "TS202 ratio-p (as expected) Nothing in the catalogue prints this P value" in text
    assert "Of the claims that differ from this by one digit, 12 in 100 would" in text
    assert "centres, follow-up: a count alone has nothing to agree with." in text


def test_a_line_holds_the_claims_own_numbers_only(report):
    first, second = report.trials[1].findings
    both = said(first, reported={"estimate": "72%", "age": "56%"}, recomputed={"estimate": "72%", "n": "54 or 61"})
    other = replace(said(first, recomputed={"estimate": "71%", "n": "54"}), check="denominators")
    trial = replace(report.trials[1], findings=(both, other, second))
    row = Report((trial,)).table.trials[0].rows[0]
    assert row.printed == ("72%",)  # not that of `age`, which has a line of its own
    assert row.recomputed == ("72%", "n = 54 or 61")
    aside = said(both, recomputed={"estimate": "72%"})
    row = Report((replace(trial, findings=(aside, other, second)),)).table.trials[0].rows[0]
    assert row.recomputed == ("72%",)  # nobody printed an n


@pytest.mark.parametrize("form", FORMS)
def test_what_sampling_gives_is_shown_where_it_was_asked_for(report, form):
    sampled = report.with_sampling(lambda trial: {(one.claim, one.check): "0.57 sampled" for one in trial.findings[:1]})
    assert "0.57 sampled" in plainly(written(sampled, form))
    assert "0.57 sampled" not in plainly(written(report, form))
    if form == "markdown":
        lines = [line.replace("\\\\", "") for line in written(sampled, form).splitlines() if line.startswith("|")]
        assert {len(re.findall(r"(?<!\\)\|", line)) for line in lines} == {7}
    elif form == "latex":
        assert written(sampled, form).count("By MCMC & Verdict") == 4  # both heads of both tables


# --------------------------------------------------------------------------------------------------
# The terminal
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_no_line_is_wider_than_the_terminal(report, width):
    for line in report.to_text(width).splitlines():
        assert len(line) <= max(width, 64), line  # a SHA-256 is not broken


def test_an_ordinary_claim_takes_one_line_and_one_for_how(report):
    lines = report.to_text(80).splitlines()
    at = next(i for i, line in enumerate(lines) if "orr.paclitaxel" in line)
    assert lines[at].split() == [
        MARKS["explained"].sign,
        "orr.paclitaxel",
        *["25%", "(12%", "to", "43%)"] * 2,
        "explained",
    ]
    assert lines[at + 1].strip() == "8 of 32, Clopper-Pearson, rounded twice"


def test_a_long_id_breaks_before_its_arm(report):
    first = replace(report.trials[1].findings[0], claim="time-to-an-objective-response-of-any-kind.paclitaxel")
    first = said(first, reported={"estimate": "13.3", "lower": "11.2", "upper": "31.1"},
                    recomputed={"estimate": "13.3", "lower": "11.2", "upper": "31.1"})  # fmt: skip
    lines = Report((replace(report.trials[1], findings=(first,)),)).to_text(80).splitlines()
    assert any(line.split() == [".paclitaxel"] for line in lines)


def test_colour_only_where_asked_for(report):
    assert "\x1b[" not in report.to_text()
    assert "\x1b[" in report.to_text(colour=True)
    bare = re.sub(r"\x1b\[[0-9;]*m", "", report.to_text(colour=True))
    assert [line.rstrip() for line in bare.splitlines()] == report.to_text().splitlines()


@pytest.mark.parametrize("form", FORMS)
def test_control_characters_of_a_trial_file_reach_no_reader(report, form):
    trial = report.trials[1]
    nasty = replace(trial.findings[0], claim="a\x1b[31mb\x07")
    nasty = said(nasty, sentence="c\x1b]0;d\x07")
    text = written(Report((replace(trial, findings=(nasty,), title="e\x9bf"),)), form)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)


# --------------------------------------------------------------------------------------------------
# Escaping
# --------------------------------------------------------------------------------------------------
class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in ("src", "href") and value]

    def handle_data(self, data):
        self.text.append(data)


def test_html_shows_a_script_as_text_and_loads_nothing(report):
    parser = _Tags()
    parser.feed(report.to_html())
    assert "script" not in parser.tags
    assert "<script>alert('x')</script>" in "".join(parser.text)
    assert all(link.startswith("#") for link in parser.links)  # places of the page itself
    assert "@import" not in report.to_html()
    assert "url(" not in report.to_html()


def test_html_shows_verdicts_by_colour_and_sign(report):
    page = report.to_html()
    for mark in MARKS.values():
        assert f'<span class="{mark.code}"><b>{mark.sign}</b> {mark.printed}</span>' in page or (
            f'<span class="{mark.code}">{mark.words}</span>' in page
        )
        assert f".trialstats .{mark.code}" in page
    assert len({mark.sign for mark in MARKS.values()}) == len(MARKS)


def test_a_notebook_gets_a_piece_whose_style_stays_inside_it(report):
    piece = report._repr_html_()
    assert piece.startswith('<div class="trialstats">')
    style = re.search(r"<style>(.*?)</style>", piece, re.DOTALL)[1]
    for selectors in re.findall(r"^\s*([^@{}]+)\{", style, re.MULTILINE):
        assert all(one.strip().startswith(".trialstats") for one in selectors.split(","))


_OUR_TAGS = frozenset(
    re.findall(r"\w+", "div style p section h2 h3 dl dt dd code table thead tbody tr th td ul li span b small br")
)


@given(st.text())
def test_html_escapes_whatever_text(text):
    record = Record(
        source=text, claim=text, label=text, section=text, line=None, start=None, end=None, quotation=text,
        printed=text, recomputed=text, how=text, verdict=Verdict.UNCHECKED, look=True, check=text, code=text,
        others=(), decision=True, expected=None, as_expected=False, main=True, sentence=text, reason=text,
        catalogue=text, mcmc=text,
    )  # fmt: skip
    row = Row(text, text, (text,), (text, text), record, (record,))
    trial = TrialTable(text, text, text, text, text, text, text, (row,))
    parser = _Tags()
    parser.feed(html.render_fragment(Table((trial,))))
    assert set(parser.tags) <= _OUR_TAGS


@given(st.text())
def test_latex_leaves_no_special_character_bare(text):
    escaped = latex.escape(text)
    bare = escaped
    for command in sorted(set(latex._CHARACTERS.values()), key=len, reverse=True):
        bare = bare.replace(command, "")
    assert not set(bare) & set("&%$#_{}~^\\<>|")
    assert "\n" not in escaped


@given(st.text())
def test_markdown_keeps_a_cell_on_one_line_and_its_pipes_escaped(text):
    escaped = markdown.escape(text)
    assert "\n" not in escaped
    assert not re.search(r"(?<!\\)(?:\\\\)*[|<]", escaped)


def test_markdown_tables_have_five_cells_in_every_line(report):
    for line in report.to_markdown().splitlines():
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", line.replace("\\\\", ""))) == 6, line


def test_latex_environments_are_closed(report):
    text = report.to_latex()
    assert text.count(r"\begin{longtable}") == text.count(r"\end{longtable}") == 2
    assert text.count(r"\begin{itemize}") == text.count(r"\end{itemize}") == 4
    for rule in (r"\toprule", r"\midrule", r"\bottomrule"):
        assert rule in text


# --------------------------------------------------------------------------------------------------
# CSV and frame
# --------------------------------------------------------------------------------------------------
def test_csv_has_one_line_for_each_finding_and_reads_back(report):
    rows = list(csv.DictReader(io.StringIO(report.to_csv())))
    assert tuple(rows[0]) == REPORT_COLUMNS
    assert [row["claim"] for row in rows] == [" ".join(one.claim.split("\n")) for one in report.findings]
    assert rows[0]["printed"] == "25% (12% to 43%)"
    assert (rows[2]["verdict"], rows[2]["verdict_in_words"]) == ("consistent", "consistent")
    assert (rows[3]["verdict"], rows[3]["verdict_in_words"]) == ("inconsistent", "no explanation found")
    assert all(row["sha256"] == SHA and row["catalogue"] == "1" and row["note"] == NOTE for row in rows)


@pytest.mark.parametrize(("text", "kept"), [("=1+1", False), ("@x", False), ("+x", False), ("-0.5 (-1 to 0)", True)])
def test_csv_text_is_never_a_formula(report, text, kept):
    assert cell(text) == (text if kept else f"'{text}")


def test_frame_has_the_columns_of_the_csv(report):
    frame = report.to_frame()
    assert tuple(frame.columns) == REPORT_COLUMNS
    assert len(frame) == len(report.findings)
    assert frame.loc[0, "chance"] == 0.125
    assert Report(()).to_frame().empty


# --------------------------------------------------------------------------------------------------
# Records
# --------------------------------------------------------------------------------------------------
def test_records_are_values_in_the_order_of_the_document(report):
    records = report.records()
    assert [record.check for record in records] == [finding.check for finding in report.findings]
    assert pickle.loads(pickle.dumps(records)) == records == report.records()
    for record, finding in zip(records, report.findings, strict=True):
        row = record.as_dict()
        assert tuple(row) == COLUMNS
        assert (row["verdict"], row["look"], row["chance"]) == (finding.verdict.value, finding.look, None)
        json.dumps(row)
    standing = [(record.source, record.claim) for record in records if record.main]
    assert sorted(standing) == sorted({(record.source, record.claim) for record in records})


def test_a_record_says_where_its_claim_stands(report):
    (record,) = (one for one in report.records() if one.look)
    assert (record.source, record.start, record.end, record.quotation) == ("alienor", 3, 9, "17 (53%) of 33")
    assert record.sentence.startswith("Please look at 17/33 (53%): our reading of the text is uncertain here.")


# --------------------------------------------------------------------------------------------------
# Words
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ({}, ""),
        ({"estimate": "25%", "lower": "12%", "upper": "43%"}, "25% (12% to 43%)"),
        ({"estimate": "0.13", "lower": "0.05", "upper": "0.31", "p": "P<0.001"}, "0.13 (0.05 to 0.31), P<0.001"),
        ({"estimate": "61", "lower": "60", "upper": "63", "unit": "months"}, "61 (60 to 63) months"),
        ({"estimate": "61%", "lower": "47%", "upper": "74%", "unit": "%"}, "61% (47% to 74%)"),
        ({"estimate": "61%", "lower": "47%", "upper": "74%", "level": "90%"}, "61% (90%: 47% to 74%)"),
        ({"estimate": "5.5", "lower": "4.1"}, "5.5 (from 4.1)"),
        ({"upper": "4.1"}, "(up to 4.1)"),
        ({"x": "8", "n": "32"}, "8 of 32"),
        ({"n": "32"}, "n = 32"),
        ({"p": "0.03"}, "P = 0.03"),
        ({"p": "<.001"}, "P < .001"),
        ({"p": "<=0.05"}, "P <= 0.05"),
        ({"p": "0.001 to 0.002"}, "P 0.001 to 0.002"),
        ({"value": "57%", "effective_n": "102 to 104"}, "57%, effective n 102 to 104"),
    ],
)
def test_numbers_in_words(numbers, words):
    assert numbers_in_words(numbers) == words


@given(
    st.dictionaries(st.sampled_from(["estimate", "lower", "upper", "p", "x", "n", "sd", "level"]), st.text(min_size=1))
)
def test_no_reported_number_is_lost_in_words(numbers):
    words = " ".join(numbers_in_words(numbers).split())
    for name, text in numbers.items():
        if name != "level":
            assert "".join(text.split()) in "".join(words.split())


def test_coverage_speaks_of_one_figure_in_the_singular():
    assert coverage_in_words(Coverage(1, 1, 0)) == "1 figure printed, 1 checked, 0 not checkable"


def test_convention_in_words():
    assert convention_in_words(PaperConvention()) == "none inferred for the paper as a whole"
    whole = PaperConvention(
        denominators={"a": {"randomised": 32, "treated": 27}, "b": {}}, prior="uniform", posterior_point="mean",
        km_transform="log", p_sided=1, two_arm_test="fisher",
    )  # fmt: skip
    assert convention_in_words(whole) == (
        "prior: uniform; posterior summarised by its mean; Kaplan-Meier intervals: log transform; "
        "sides of P values: one-sided; test between two arms: Fisher's exact test; "
        "denominators: a 32 randomised and 27 treated"
    )


@pytest.mark.parametrize(
    ("chance", "share"),
    [(0.0, "0 in"), (0.001, "fewer than 1 in"), (0.5, "50 in"), (0.999, "more than 99 in"), (1.0, "100 in")],
)
def test_chance_in_words(chance, share):
    assert f"digit, {share} 100 would" in chance_in_words(chance)
    assert chance_in_words(None) == ""


# --------------------------------------------------------------------------------------------------
# What is imported when
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("form", "absent"),
    [("json", "rich jinja2 pandas"), ("markdown", "rich jinja2 pandas msgspec"), ("text", "jinja2 pandas msgspec"),
     ("html", "rich pandas msgspec")],
)  # fmt: skip
def test_a_form_imports_only_its_own_renderer(form, absent):
    code = f"""
import sys
from trialstats.report import Report
Report(()).to_{form}()
print([name for name in {absent.split()} if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
