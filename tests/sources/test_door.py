"""The one door: every kind of source is known by its content, and what cannot be read is refused in a sentence."""

import gzip
import io
import json
import tracemalloc
import zipfile
from contextlib import suppress
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trialstats.errors import InputError
from trialstats.sources import open_source
from trialstats.sources.kinds import CORPUS, KINDS, TABLE, TEXT, TRIAL_FILE
from trialstats.sources.text.reading import extract

PROSE = "Response was 25% (8 of 32; 95% CI, 12 to 43).\nThe HR was 0.54 (95% CI, 0.36 to 0.81; P = .003).\n"
TRIAL = """\
# A comment comes first.

schema = 1
[trial]
id = "own"
[[rows]]
id = "hr"
measure = "hazard-ratio"
value = "0.54"
"""
CSV = "study,HR,95% CI,Notes\nown,0.54,0.36-0.81,as printed\n"
TSV = CSV.replace(",", "\t")
LINES = "".join(json.dumps({"id": f"d{k}", "text": PROSE, "year": 2000}) + "\n" for k in range(3))
SOURCES = {"text": (PROSE, TEXT), "trial file": (TRIAL, TRIAL_FILE), "csv": (CSV, TABLE), "tsv": (TSV, TABLE),
           "corpus": (LINES, CORPUS)}  # fmt: skip
CLAIMS = {TEXT: (2,), TRIAL_FILE: (1,), TABLE: (1,), CORPUS: (2, 2, 2)}


def every_way(text, tmp_path, name="unnamed"):
    """The same source as a text, as bytes, as an open stream and as a file."""
    data = text if isinstance(text, bytes) else text.encode()
    file = tmp_path / name
    file.write_bytes(data)
    if isinstance(text, str):
        yield text
    yield data
    yield io.BytesIO(data)
    yield file


@pytest.mark.parametrize(("text", "kind"), SOURCES.values(), ids=SOURCES)
@pytest.mark.parametrize("suffix", ["", ".txt", ".dat", ".md"])
def test_a_kind_is_known_by_its_content(tmp_path, text, kind, suffix):
    for source in every_way(text, tmp_path, f"unnamed{suffix}"):
        papers = open_source(source)
        assert papers.kind is kind
        assert tuple(len(paper.claims) for paper in papers) == CLAIMS[kind]


@pytest.mark.parametrize(("text", "kind"), SOURCES.values(), ids=SOURCES)
@pytest.mark.parametrize("change", ["mark", "crlf", "blank lines first"])
def test_marks_line_ends_and_blank_lines_hide_no_kind(tmp_path, text, kind, change):
    changed = {"mark": "\ufeff" + text, "crlf": text.replace("\n", "\r\n"), "blank lines first": "\n \n" + text}[change]
    for source in every_way(changed, tmp_path):
        papers = open_source(source)
        assert papers.kind is kind
        assert tuple(len(paper.claims) for paper in papers) == CLAIMS[kind]


@pytest.mark.parametrize(
    ("text", "suffix", "kind"),
    [
        (TRIAL, ".csv", TRIAL_FILE),
        (LINES, ".toml", CORPUS),
        (LINES, ".csv", CORPUS),
        (CSV, ".jsonl", TABLE),
        (PROSE, ".csv", TEXT),
        (PROSE, ".jsonl", TEXT),
    ],
)
def test_content_weighs_more_than_a_suffix_that_is_wrong(tmp_path, text, suffix, kind):
    file = tmp_path / f"misnamed{suffix}"
    file.write_text(text, encoding="utf-8")
    papers = open_source(file)
    assert papers.kind is kind
    assert tuple(len(paper.claims) for paper in papers) == CLAIMS[kind]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.csv", "a,b\n1,2\n", "no column is known"),
        ("a.toml", "[study]\nid = 'x'\n", "a.toml"),
        ("a.jsonl", '{"id": "d", "text": 5}\n', "line 1: not a document"),
    ],
)
def test_a_suffix_speaks_where_the_content_does_not(tmp_path, name, text, said):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        next(open_source(tmp_path / name))


# --------------------------------------------------------------------------------------------------
# What cannot be read
# --------------------------------------------------------------------------------------------------
def archive(*members):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        for name in members:
            opened.writestr(name, PROSE)
    return made.getvalue()


REFUSED = {
    "empty": (b"", "is empty; give a text"),
    "blank": (b"\xef\xbb\xbf \r\n\n", "is empty; give a text"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "is a PDF; extract its text first: pdftotext"),
    "docx": (archive("[Content_Types].xml", "word/document.xml"), "is a Word file; save it as plain text"),
    "xlsx": (archive("[Content_Types].xml", "xl/workbook.xml"), "is an Excel file; save the sheet as CSV"),
    "zip": (archive("a.txt"), "is a ZIP archive; unpack it"),
    "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(9), "is an old Word or Excel file; save"),
    "gzip": (gzip.compress(PROSE.encode()), "is compressed by gzip; unpack it first"),
    "xz": (b"\xfd7zXZ\x00\x00", "is compressed by xz or bzip2"),
    "rtf": (b"{\\rtf1\\ansi Response was 25%.}", "is RTF; save it as plain text"),
    "utf-16": (PROSE.encode("utf-16"), "is text in UTF-16; save it as UTF-8"),
    "latin-1": ("One line\n8\xb75 of 32\n".encode("latin-1"), "is not text in UTF-8 (line 2, byte 0xb7); save it"),
    "nul": (b"8 of 32\x00", "is not text, for it holds NUL bytes"),
    "html": (b"<!DOCTYPE html>\n<html><body>8 of 32 (25%)</body></html>", "is HTML; save the page"),
    "xhtml": (b'<?xml version="1.0"?>\n<html xmlns="x">8 of 32</html>', "is HTML; save the page"),
    "a piece of html": (b"<div class='abstract'><p>8 of 32 (25%)</p></div>", "is HTML"),
    "pubmed": (b'<?xml version="1.0"?>\n<PubmedArticleSet></PubmedArticleSet>', "is XML; give the text"),
    "jats": (b"\n<article article-type='x'><front/></article>", "is XML; give the text"),
    "json": (b'{\n  "nctId": "NCT00000000"\n}', "is JSON, but no corpus; accepted is one"),
    "json on a line": (b'{"id": "x", "claims": []}\n', "is JSON, but no corpus; accepted is one"),
    "an array": (b'[{"id": "x", "text": "8 of 32"}]', "is JSON, but no corpus; accepted is one"),
    "damaged json": (b'{"id": "x", "text": "8 of 32', "is JSON, but no corpus; accepted is one"),
}


@pytest.mark.parametrize(("data", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_named_with_what_to_do(tmp_path, data, said):
    for source in every_way(data, tmp_path, "unread.txt"):
        with pytest.raises(InputError) as caught:
            next(open_source(source))
        sentence = str(caught.value)
        assert said in sentence
        assert sentence.startswith(str(source) if isinstance(source, Path) else "the ")
        assert sentence.endswith((".", "trialstats check -")) and "\n" not in sentence


def test_every_kind_is_asked_about():
    read = [kind for _, kind in SOURCES.values()]
    for kind in KINDS:
        asked = kind in read if kind.papers else any(f"is {kind.name}" in said for _, said in REFUSED.values())
        assert asked, f"no source of the kind {kind.name!r} stands in this file"
        assert kind.papers or kind.instead, f"what to do with a source that is {kind.name}?"


@pytest.mark.parametrize(
    "text",
    [
        "<.001 was the P value of the log-rank test.",
        "<i>BRCA</i>-mutated: 8 of 32 (25%).",
        "[Background] Response was 25%.",
        "[1] Response was 25%.",
        "{Response} was 25%.",
        "HR, 95% CI, and P values were taken from a Cox model, with 8 of 32 (25%).",
        "PK was measured in 32 patients.",
    ],
)
def test_a_text_that_only_begins_like_something_else_is_a_text(text):
    papers = open_source(text)
    assert papers.kind is TEXT
    assert next(papers).text == text


# --------------------------------------------------------------------------------------------------
# Names of files are no texts
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "name",
    [
        "abstract.txt", "./x/y.csv", "paper.pdf", "../own trials/my trial.toml", "~/abstract", "/home/me/abstract",
        "C:\\papers\\one two.docx", " abstract.TXT\n",
    ],
)  # fmt: skip
def test_a_name_of_a_file_is_refused_as_a_text(name):
    for read in (open_source, extract):
        with pytest.raises(InputError, match=r"looks like the name of a file; give Path\(.*\) to read the file"):
            read(name)


def test_the_name_of_a_file_that_is_there_is_refused_however_it_looks(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert open_source("the results").kind is TEXT
    (tmp_path / "the results").write_text(PROSE, encoding="utf-8")
    with pytest.raises(InputError, match=r"'the results' is the name of a file; give Path\('the results'\)"):
        open_source("the results")


@pytest.mark.parametrize(
    "text",
    [
        "The figures stand in abstract.txt and were 8 of 32.",
        "See ./x/y.csv for 8 of 32",
        "Response",
        "8/32 (25%).",
        "25%/30% in both arms",
        "abstract.txt\nResponse was 25%.",
        "P=.003",
    ],
)
def test_a_text_may_hold_the_name_of_a_file(text):
    assert open_source(text).kind is TEXT


# --------------------------------------------------------------------------------------------------
# Names, digests, frames, streams
# --------------------------------------------------------------------------------------------------
def test_a_text_is_what_extract_gives_with_the_text(tmp_path):
    (paper,) = open_source(PROSE)
    assert (paper.id, paper.text, paper.source, paper.sha256) == ("text", PROSE, None, None)
    assert paper.claims == extract(PROSE).claims
    file = tmp_path / "abstract.txt"
    file.write_bytes(b"\xef\xbb\xbf" + PROSE.replace("\n", "\r\n").encode())
    (paper,) = open_source(file)
    assert (paper.id, paper.source, len(paper.sha256)) == ("abstract", str(file), 64)
    for claim in paper.claims:  # places are those of the text without its mark, line ends as they are
        assert paper.text[claim.where.start : claim.where.end] == claim.where.quote
    assert next(open_source(file, id="mine")).id == "mine"


def test_ids_of_trials_and_of_documents_are_their_own(tmp_path):
    for text, ids in ((TRIAL, ["own"]), (LINES, ["d0", "d1", "d2"]), (CSV, ["given"])):
        assert [paper.id for paper in open_source(text, id="given")] == ids
    file = tmp_path / "review.csv"
    file.write_text(CSV, encoding="utf-8")
    (paper,) = open_source(file)
    assert (paper.id, paper.source, len(paper.sha256)) == ("review", str(file), 64)


def test_a_trial_file_keeps_its_bytes():
    text = "\ufeff" + TRIAL.replace("\n", "\r\n")
    assert next(open_source(text.encode())).toml == text


def test_a_frame_is_a_table():
    papers = open_source(pd.DataFrame({"measure": ["HR"], "estimate": ["0.50"]}), id="mine")
    assert papers.kind is TABLE
    (paper,) = papers
    assert (paper.id, paper.claims[0].value.text) == ("mine", "0.50")


def test_a_stream_is_left_open_and_a_file_is_closed(tmp_path):
    stream = io.BytesIO(LINES.encode())
    assert len(list(open_source(stream))) == 3
    assert not stream.closed
    file = tmp_path / "corpus"
    file.write_text(LINES, encoding="utf-8")
    with open_source(file) as papers:  # a file left open would warn, and warnings are errors here
        assert next(papers).id == "d0"
    with file.open("rb") as stream:
        assert open_source(stream).kind is CORPUS


def test_a_compressed_corpus_is_read_through_a_stream_and_a_damaged_one_says_so(tmp_path):
    file = tmp_path / "corpus.jsonl.gz"
    packed = gzip.compress(LINES.encode())
    file.write_bytes(packed)
    with gzip.open(file) as stream:
        assert [paper.id for paper in open_source(stream)] == ["d0", "d1", "d2"]
    for damaged in (packed[:-9], packed[:20], packed[:30] + b"\xff" * 9 + packed[39:]):
        with gzip.open(io.BytesIO(damaged)) as stream, pytest.raises(InputError, match="cannot be read"):
            list(open_source(stream))


class Endless(io.RawIOBase):
    """A stream of zeros without an end, as /dev/zero is; it counts what was asked of it."""

    given = 0

    def readable(self):
        return True

    def readinto(self, buffer):
        buffer[:] = bytes(len(buffer))
        self.given += len(buffer)
        return len(buffer)


def test_a_source_without_an_end_is_refused_by_what_it_begins_with():
    endless = Endless()
    with pytest.raises(InputError, match="holds NUL bytes"):
        next(open_source(io.BufferedReader(endless, 1 << 20)))
    assert endless.given <= 1 << 27


def test_a_stream_that_is_no_binary_one(tmp_path):
    with pytest.raises(InputError, match="open it as bytes"):
        next(open_source(io.StringIO(PROSE)))
    closed = io.BytesIO(PROSE.encode())
    closed.close()
    with pytest.raises(InputError, match="cannot be read"):
        next(open_source(closed))
    with pytest.raises(InputError, match="got int"):
        open_source(5)


def test_a_missing_file_and_a_directory(tmp_path):
    (tmp_path / "abstract.txt").write_text(PROSE, encoding="utf-8")
    with pytest.raises(InputError, match=r"abstrct\.txt: no such file or directory\. Did you mean '.*abstract\.txt'\?"):
        next(open_source(tmp_path / "abstrct.txt"))
    with pytest.raises(InputError, match="is a directory; give the files in it"):
        next(open_source(tmp_path))
    with pytest.raises(InputError, match="cannot be read"):
        next(open_source(Path("a\x00b")))


def test_a_corpus_says_which_line_is_no_document():
    papers = open_source(LINES.encode() + b"\n{}\n")
    assert [next(papers).id for _ in range(3)] == ["d0", "d1", "d2"]
    with pytest.raises(InputError, match=r"the bytes, line 5: not a document"):
        next(papers)


def test_a_number_names_a_text_of_a_corpus_too():
    papers = list(open_source(json.dumps({"id": 17, "text": PROSE}).encode() + b"\n"))
    assert [paper.id for paper in papers] == ["17"]


def test_a_long_corpus_takes_no_more_memory_than_a_short_one(tmp_path):
    file = tmp_path / "long.jsonl"
    # What is long is a field that nobody reads: reading long texts under the eyes of tracemalloc takes a minute.
    line = json.dumps({"id": "d", "text": PROSE, "more": "x" * 100_000}) + "\n"
    with file.open("w", encoding="utf-8") as out:
        out.writelines(line for _ in range(80))  # 8 MB
    assert len(list(open_source(LINES))) == 3  # what is imported and remembered once
    tracemalloc.start()
    try:
        assert sum(1 for _ in open_source(file)) == 80
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 10 * len(line)  # a few lines at a time, of 80


# --------------------------------------------------------------------------------------------------
# Whatever the bytes
# --------------------------------------------------------------------------------------------------
SEEDS = [text.encode() for text, _ in SOURCES.values()] + [data for data, _ in REFUSED.values()]


@st.composite
def damaged(draw):
    """A source with some of its bytes gone, doubled or changed."""
    data = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        data = data[:at] + draw(st.binary(max_size=3)) + data[at + draw(st.integers(0, 8)) :]
    return data


@settings(max_examples=300)
@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode) | damaged())
@example(b"[" * 5000)
@example(b'{"id": "x", "text": "y", "z": ' + b"[" * 5000)
@example(b"schema = 1\n[trial]\nid = " + b"[" * 5000)
@example(b'HR,p\n"' + b"x" * 200_000)
@example(b"\xef\xbb\xbf")
def test_any_bytes_give_papers_or_one_sentence(data):
    with suppress(InputError):  # anything else would be a traceback
        assert list(open_source(data))


@settings(max_examples=200)
@given(st.text(max_size=100))
def test_any_text_gives_papers_or_one_sentence(text):
    with suppress(InputError):  # anything else would be a traceback
        assert list(open_source(text))
