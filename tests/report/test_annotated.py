"""A text with its claims marked: every place is that of the original text, and nothing in the text can break out."""

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import hypothesis.strategies as st
import pytest
from hypothesis import example, given

import trialstats
from trialstats.claims.model import Place
from trialstats.findings import Coverage, Details, Finding, PaperConvention, TrialFindings, Verdict
from trialstats.report import NOTE, Report
from trialstats.report.annotated import DEPTH, annotate
from trialstats.report.ethics import ANCHOR, advice
from trialstats.report.html import _source
from trialstats.report.marks import MARKS

TEXT = (
    "Patients were randomly assigned to a new drug (n = 32) or placebo (n = 28).\n"
    "Response was 25% (8 of 32; 95% CI, 12 to 43); HR 0.54; 95% CI 0.36–0.81; P = .003. "
    "Nausea: 17 (53%) of 32 vs 9 of 28 (32%), P = .04. The mean score was 61.2 versus 58.9 (P = .30)."
)
NASTY = "\"'><img src=x onerror=alert(1)></script><script>alert(2)</script><!-- & {{ 7 * 7 }} {% raw %} </style>"


class Page(HTMLParser):
    """The tags, attributes and words of a page."""

    def __init__(self, source):
        super().__init__()
        self.tags, self.ids, self.links, self.events = [], [], [], []
        self.texts, self.elements, self.open = [], {}, []
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value)
            elif name in ("href", "src", "action", "data", "srcset", "poster"):
                self.links.append(value)
            elif name.startswith("on") or name == "style":
                self.events.append((tag, name))
        if tag not in ("meta", "br", "img", "link"):
            self.open.append((tag, dict(attrs).get("class") or ""))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        tags = [tag for tag, _ in self.open]
        if tags and tags[-1] in ("style", "script"):
            self.elements.setdefault(tags[-1], []).append(data)
        classes = [name for _, name in self.open]
        if "text" in classes and not any(name.startswith("sign ") for name in classes):
            self.texts.append(data)


def findings_at(text, places, **more):
    """Findings at some places of a text, one verdict after the other."""
    verdicts = list(Verdict)
    findings = tuple(
        Finding(claim=f"c{k}", check="ratio-p", code="TS202", verdict=verdicts[k % len(verdicts)],
                details=Details(sentence=f"Sentence {k}.", reported={"estimate": f"{k}"}),
                where=Place(start=start, end=end))
        for k, (start, end) in enumerate(places)
    )  # fmt: skip
    return TrialFindings(
        **{
            "trial": "t", "title": None, "sha256": None, "source": None, "findings": findings, "text": text,
            "convention": PaperConvention(), "coverage": Coverage(len(places), 1, 0), "catalogue": "1",
        }
        | more
    )  # fmt: skip


def shown(found):
    return annotate(found, Report((found,)).table.trials[0])


@pytest.fixture(scope="module")
def report():
    return trialstats.check(TEXT, id="own.txt")


@pytest.fixture(scope="module")
def page(report):
    return report.to_html()


# --------------------------------------------------------------------------------------------------
# Places
# --------------------------------------------------------------------------------------------------
@given(st.text(), st.lists(st.tuples(st.integers(-2, 60), st.integers(-2, 60)), max_size=12))
def test_pieces_make_up_the_text_and_every_mark_its_claim(text, places):
    marked = shown(findings_at(text, places))
    assert len("".join(piece.text for piece in marked.pieces)) == len(text)
    assert sorted(note.row.claim for note in marked.notes) == sorted(f"c{k}" for k in range(len(places)))
    assert [note.number for note in marked.placed] == list(range(1, len(marked.placed) + 1))
    assert [note.row.claim for note in marked.elsewhere] == [
        f"c{k}" for k, (start, end) in enumerate(places) if not 0 <= start < end <= len(text)
    ]
    starts = 0
    ends = []
    for piece in marked.pieces:
        stop = starts + len(piece.text)
        covering = {note.number for note in marked.placed if note.start <= starts and stop <= note.end}
        seen = [note.number for note in piece.over]
        assert len(seen) == min(DEPTH, len(covering))
        assert set(seen) <= covering
        lengths = [note.end - note.start for note in piece.over]
        assert lengths == sorted(lengths, reverse=True)  # the longest outermost
        assert all(note.end == stop for note in piece.ends)
        ends += [note.number for note in piece.ends]
        starts = stop
    assert ends == [note.number for note in marked.placed]  # the signs stand in the order of their numbers


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Cn"]), min_size=1), st.data())
def test_the_page_shows_the_very_text(text, data):
    end = data.draw(st.integers(1, len(text)))
    start = data.draw(st.integers(0, end - 1))
    page = Page(Report((findings_at(text, [(start, end), (0, end), (start, len(text))]),)).to_html())
    assert "".join(page.texts) == text


def test_control_characters_become_blanks_one_for_one():
    text = "a\x00b\x1b[31m\u202ec \ud800 d\r\n\te"
    marked = shown(findings_at(text, [(0, 3)]))
    assert "".join(piece.text for piece in marked.pieces) == "a b [31m c   d\r\n\te"
    Report((findings_at(text, [(0, 3)]),)).to_html().encode()


def test_a_claim_with_several_findings_is_marked_once_by_the_one_that_most_deserves_reading(report):
    marked = shown(report.trials[0])
    first = marked.notes[0]
    assert first.quote == "25% (8 of 32; 95% CI, 12 to 43)"
    assert first.mark.code == "explained"
    assert {row.check for row in first.row.further} == {"percent-count"}
    assert [some.check for some in first.listed] == ["proportion-interval"]
    assert first.listed[0].total > len(first.listed[0].best) == 5
    assert first.listed[0].best[0][0].startswith("8 of 32: Clopper-Pearson, rounded twice")


def test_overlapping_claims_are_seen_together(report):
    marked = shown(report.trials[0])
    over = {piece.text: [note.quote for note in piece.over] for piece in marked.pieces}
    assert over["53%) of 32"] == ["53%) of 32 vs 9 of 28 (32%), P = .04", "17 (53%) of 32"]
    assert over[" vs "] == ["53%) of 32 vs 9 of 28 (32%), P = .04"]


def test_what_was_read_but_not_checked_is_marked_too(report, page):
    marked = shown(report.trials[0])
    assert {"61.2", "58.9"} <= {note.quote for note in marked.placed if note.mark.code == "unchecked"}
    assert '<span class="m unchecked' in page


def test_the_summary_counts_verdicts_and_numbers(report, page):
    marked = shown(report.trials[0])
    assert sum(count for _, count in marked.tallies) == len(marked.notes)
    assert [mark for mark, _ in marked.tallies] == [
        mark for mark in MARKS.values() if mark in {note.mark for note in marked.notes}
    ]
    assert "Silence is not approval" in page
    assert f"{report.trials[0].coverage.printed} figures printed" in page
    assert marked.reading in page


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "0 numbers of the text were read as parts of claims; none is left over."),
        (
            "We saw 12.",
            "0 numbers of the text were read as parts of claims; 1 other number belongs to no claim that we",
        ),
        ("ORR 25% (8 of 32).", "3 numbers of the text were read as parts of claims; none is left over."),
    ],
)
def test_numbers_that_nobody_read_are_counted(text, words):
    report = trialstats.check(text)
    assert shown(report.trials[0]).reading.startswith(words)
    assert "We read no claim in this text" in report.to_html() or report.findings


# --------------------------------------------------------------------------------------------------
# The page
# --------------------------------------------------------------------------------------------------
def test_the_page_needs_nothing_and_lets_nothing_else_run(page):
    read = Page(page)
    assert all(link.startswith("#") for link in read.links)
    assert {link[1:] for link in read.links} <= set(read.ids)
    assert len(read.ids) == len(set(read.ids))
    assert read.events == []
    assert "url(" not in page
    assert "@import" not in page
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1].replace("&#39;", "'")
    for name in ("style", "script"):
        (source,) = read.elements[name]
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "base-uri 'none'" in policy


@pytest.mark.parametrize("name", ["style.css", "annotated.css", "page.css", "annotated.js"])
def test_our_own_style_and_script_cannot_end_their_elements(name):
    assert "</" not in _source(name)


def test_markup_in_a_text_an_id_and_a_quote_is_shown_not_obeyed():
    text = f"{NASTY} HR 0.50 (95% CI 0.49 to 0.90; P = .2) {NASTY}"
    quiet = Page(trialstats.check("HR 0.50 (95% CI 0.49 to 0.90; P = .2)", id="a").to_html())
    report = trialstats.check(text, id=NASTY)
    found = report.trials[0]
    wide = replace(found.findings[0], where=Place(start=0, end=len(text)), claim=NASTY)
    for page in (
        report.to_html(),
        Report((findings_at(text, [(0, len(text)), (3, 50)], trial=NASTY, title=NASTY, source=NASTY),)).to_html(),
        Report((findings_at(text, [], findings=(wide,)),)).to_html(),
        Report((findings_at(text, [(0, 80)]),))._repr_html_(),
    ):
        read = Page(page)
        assert "img" not in read.tags
        assert read.tags.count("script") == 1
        assert read.events == []
        assert "".join(read.texts) == text
        assert set(read.tags) <= {*quiet.tags, "sup", "div", "code"}
        assert "49" not in re.sub(r"0\.49", "", "".join(read.texts))  # no template was run


@given(st.text())
@example("0.toml")  # the name of a file is a text too
def test_no_text_adds_a_tag_or_an_attribute_that_acts(text):
    found = findings_at(text, [(0, len(text))], trial=text, title=text, source=text)
    findings = tuple(
        replace(one, claim=text, details=replace(one.details, sentence=text, how=text)) for one in found.findings
    )
    found = replace(found, findings=findings)
    for page in (Report((found,)).to_html(), Report((found,))._repr_html_()):
        read = Page(page)
        assert read.events == []
        assert read.tags.count("script") == read.tags.count("style") == 1
        assert all(link.startswith("#") for link in read.links)


def test_several_texts_are_sections_and_a_table_keeps_its_rows(report, tmp_path):
    table = tmp_path / "results.csv"
    table.write_text("measure,estimate,lower,upper\nHR,0.54,0.36,0.81\n")
    both = Report((*report.trials, *trialstats.check(TEXT, id="two").trials, *trialstats.check_table(table).trials))
    page = both.to_html()
    read = Page(page)
    assert page.count('<section class="annotated"') == 2
    assert page.count("<table>") == 1
    assert {"section-1", "section-2", "section-3", "note-1-1", "note-2-1"} <= set(read.ids)
    assert len(read.ids) == len(set(read.ids))
    assert {link[1:] for link in read.links} <= set(read.ids)


def test_every_page_says_how_to_use_a_finding(report):
    trial = trialstats.reanalyse(trialstats.load_trial("desmoid"))
    for page in (report.to_html(), trial.to_html(), Report(()).to_html()):
        assert f'<a href="#{ANCHOR}">' in page
        assert f'<details id="{ANCHOR}"' in page
        for point in advice().points:
            assert point.replace('"', "&#34;").replace("'", "&#39;") in page


def test_the_advice_speaks_of_numbers():
    words = " ".join((*advice().paragraphs, *advice().points))
    assert not re.search(
        r"\b(wrong|errors?|false|suspicious|fabricat\w*|fails?|fraud|misconduct)\b", words, re.IGNORECASE
    )
    assert len(words.split()) < 260


# --------------------------------------------------------------------------------------------------
# Notebooks
# --------------------------------------------------------------------------------------------------
def test_a_notebook_output_has_no_ids_and_keeps_its_style_to_itself(report):
    piece = report._repr_html_()
    read = Page(piece)
    assert piece.startswith('<div class="trialstats marked">')
    assert read.ids == read.links == []
    (style,) = read.elements["style"]
    for selectors in re.findall(r"^\s*([^@{}/]+)\{", style, re.MULTILINE):
        assert all(one.strip().startswith(".trialstats") for one in selectors.split(",")), selectors


def test_a_notebook_that_drops_scripts_and_styles_still_shows_verdicts_and_notes(report):
    bare = re.sub(r"<(script|style)>.*?</\1>", "", report._repr_html_(), flags=re.DOTALL)
    words = " ".join(re.sub(r"<[^>]*>", "", bare).split())
    assert NOTE in words
    for note in shown(report.trials[0]).placed:
        assert f"{note.mark.sign}{note.number}" in words
        assert note.mark.words in words
    assert '<li class="explained" value="1"' in bare


ARMS = (
    "We randomly assigned 60 adults aged 18 to 70 years to zoltamine (n = 31) or placebo (n = 29). Response was 45% "
    "(14 of 31) with zoltamine and 24% (7 of 29) with placebo; 627 genes changed. The hazard ratio was 0.54 (95% CI, "
    "0.36 to 0.81)."
)


def test_numbers_bear_their_roles_and_arms():
    shown = annotate((report := trialstats.check(ARMS)).trials[0], report.table.trials[0])
    parts = {part.text: part for piece in shown.pieces for part in piece.parts if part.about}
    assert (parts["45"].whose, parts["45"].arms, parts["45"].about) == ("a1", (1,), "estimate (proportion): zoltamine")
    assert (parts["24"].whose, parts["14"].whose, parts["14"].arms) == ("a2", "", (1,))
    assert parts["18"].about == "age limit" and parts["18"].known
    assert parts["627"].about == "other: nothing we know" and not parts["627"].known
    assert shown.groups == (
        ("a1", "zoltamine (experimental): 31 randomised"),
        ("a2", "placebo (control): 29 randomised"),
        ("all", "60 randomised"),
    )
    assert shown.roles.endswith("other: nothing we know 1")


def test_arms_are_read_without_colour_and_in_print():
    page = trialstats.check(ARMS).to_html()
    assert 'data-whose="a1">45</span>' in page and '<b class="arm1">a1</b> zoltamine' in page
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    assert "content: attr(data-whose)" in style
    for name in ("--arm1", "--arm6"):
        assert len(re.findall(rf"{name}: #", style)) == 2  # light and dark


@given(st.text(alphabet="0123456789.%()=<>& abPn'\"\n", max_size=60))
def test_the_parts_of_a_piece_are_its_text(text):
    for trial in (report := trialstats.check("In 12 women " + text)).trials:
        if (shown := annotate(trial, report.table.trials[0])) is not None:
            assert all("".join(part.text for part in piece.parts) == piece.text for piece in shown.pieces)


def test_names_of_arms_are_escaped():
    text = 'We randomly assigned 60 adults to <b title="x">zoltamine</b> & "sugar" (n = 31) or placebo (n = 29).'
    page = Page(trialstats.check(text + " Response was 45% (14 of 31) with zoltamine.").to_html())
    assert "".join(page.texts).strip().startswith(text[:50])
    assert page.events == []
