"""The kinds of source, one table: how each is known by its content, and what reads it or what to do instead.

A new kind is a line in `KINDS` and a room of its own. The first line that fits decides, so what is known by its first
bytes stands first, what must be read as a whole behind it, and plain text, which everything looks like, at the end.
Rooms are imported when a source of their kind is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from trialstats.claims.model import Paper
from trialstats.errors import InputError
from trialstats.sources.source import Source


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of source."""

    name: str
    looks_like: Callable[[Source], bool]
    """Whether a source is of this kind."""
    papers: Callable[[Source], Iterator[Paper]] | None = None
    """Reads it; None where nothing here can."""
    instead: str = ""
    """What to do with a source that cannot be read; a command to copy stands at the end, without a full stop."""


def kind_of(source: Source) -> Kind:
    """Return the kind of a source; of a kind that nothing here reads say what it is, and what to do."""
    kind = next(kind for kind in KINDS if kind.looks_like(source))
    if kind.papers is None:
        where = f" ({source.undecodable})" if kind is NOT_UTF_8 else ""
        source.close()
        raise InputError(f"{source.name}: is {kind.name}{where}; {kind.instead}")
    return kind


# ---- How each kind is known ------------------------------------------------------------------------------------------
def _begins(*signs: bytes) -> Callable[[Source], bool]:
    return lambda source: source.start.lstrip().startswith(signs)


_BZIP2 = tuple(b"BZh%d1AY&SY" % level for level in range(1, 10))


def _zip_with(member: bytes) -> Callable[[Source], bool]:
    # An archive holds the names of its files as they are.
    return lambda source: source.start.startswith(b"PK\x03\x04") and member in source.content


_INLINE = r"(?:i|b|u|em|strong|sub|sup)\b"
"""Tags that stand in the texts of abstracts too."""
_HTML = r"(?:<\?xml[^<]*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|(?:html|head|body|div|p|span|table|h[1-6])\b)"
_XML = rf"(?!<{_INLINE})(?:<\?xml|<!doctype|<!--|</?[a-z][\w:.-]*(?:\s[^<>]*)?/?>)"
_JSON = r"(?:\{\s*[\"}]|\[\s*(?:[{\"\]]|\[\s*[\[{\"\d-]))"
"""An object, or an array of objects, texts or arrays."""


def _text_that(sign: str) -> Callable[[Source], bool]:
    begins = re.compile(r"\ufeff?\s*" + sign, re.IGNORECASE)
    return lambda source: begins.match(source.text) is not None


def _is_corpus(source: Source) -> bool:
    if not source.first_line.startswith(b"{"):
        return False
    from trialstats.sources.corpus import is_document

    return source.suffix in (".jsonl", ".ndjson") or is_document(source.first_line)


_SIGNS_OF_TRIAL_FILES = tuple(
    re.compile(sign, re.MULTILINE)
    for sign in (r"^[ \t]*schema\s*=\s*\d", r"^[ \t]*\[\s*trial\s*\]", r"^[ \t]*\[\[\s*rows\b")
)


def _is_trial_file(source: Source) -> bool:
    # Without its suffix a trial file is known by two of the three lines that make one.
    known = sum(sign.search(source.text.removeprefix("\ufeff")) is not None for sign in _SIGNS_OF_TRIAL_FILES)
    return known >= 2 or source.suffix == ".toml"


def _is_table(source: Source) -> bool:
    from trialstats.sources.table import looks_like_table

    if source.first_line.endswith((b".", b".)", b"?", b"!")):  # a sentence, whatever the file is called
        return False
    # A table with headings that nobody knows is still one, and gets a sentence about them.
    return source.suffix in (".csv", ".tsv") or looks_like_table(source.text)


# ---- What reads each kind --------------------------------------------------------------------------------------------
def _text(source: Source) -> Iterator[Paper]:
    from trialstats.sources.text.reading import extract

    paper = extract(source.text, id=source.id or "text")
    yield replace(paper, source=source.file, sha256=source.sha256) if source.file else paper


def _corpus(source: Source) -> Iterator[Paper]:
    from trialstats.sources.corpus import documents
    from trialstats.sources.text.reading import extract

    # No generator: that ends with the first text in which something fails, and a map goes on behind it.
    def paper(document: tuple[str, str]) -> Paper:
        return extract(document[1], id=document[0])

    return map(paper, documents(source))


def _trial_file(source: Source) -> Iterator[Paper]:
    from trialstats.sources.trial_file import parse_trial

    # Kept byte for byte, with its byte order mark.
    yield parse_trial(source.content.decode("utf-8", "surrogatepass"), source.name)


def _table(source: Source) -> Iterator[Paper]:
    from trialstats.sources.table import parse_table

    paper = parse_table(source.text, source=source.name, paper_id=source.id)
    yield replace(paper, source=source.file, sha256=source.sha256) if source.file else paper


# ---- The table -------------------------------------------------------------------------------------------------------
NUL_BYTES = "not text, for it holds NUL bytes"
CORPUS = Kind("a corpus", _is_corpus, _corpus)
NOT_UTF_8 = Kind(
    "not text in UTF-8",
    lambda source: source.undecodable is not None,
    instead="save it as UTF-8, or extract the text first, of a PDF or a Word file.",
)
TRIAL_FILE = Kind("a trial file", _is_trial_file, _trial_file)
TABLE = Kind("a table", _is_table, _table)
TEXT = Kind("a text", lambda _: True, _text)

KINDS = (
    # known by their first bytes
    Kind(
        "empty",
        lambda source: not source.first_line and not source.is_text,
        instead="give a text, a trial file, a table or a corpus.",
    ),
    Kind(
        "a PDF",
        _begins(b"%PDF-", b"\xef\xbb\xbf%PDF-"),
        instead="extract its text first: pdftotext paper.pdf - | trialstats check -",
    ),
    Kind("a Word file", _zip_with(b"word/"), instead="save it as plain text in UTF-8."),
    Kind("an Excel file", _zip_with(b"xl/"), instead="save the sheet as CSV in UTF-8."),
    Kind("a ZIP archive", _begins(b"PK\x03\x04", b"PK\x05\x06"), instead="unpack it and give the files in it."),
    Kind(
        "an old Word or Excel file",
        _begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        instead="save a text as plain text in UTF-8, a table as CSV in UTF-8.",
    ),
    Kind("compressed by gzip", _begins(b"\x1f\x8b"), instead="unpack it first, by gunzip."),
    Kind(
        "compressed by xz or bzip2",
        _begins(b"\xfd7zXZ\x00", *_BZIP2),
        instead="unpack it first.",
    ),
    Kind("RTF", _begins(b"{\\rtf"), instead="save it as plain text in UTF-8."),
    Kind("text in UTF-16", _begins(b"\xff\xfe", b"\xfe\xff"), instead="save it as UTF-8."),
    Kind(NUL_BYTES, lambda source: b"\x00" in source.start, instead="extract the text first."),
    CORPUS,
    # known by the whole of them
    NOT_UTF_8,
    Kind(NUL_BYTES, lambda source: "\x00" in source.text, instead="extract the text first."),
    TRIAL_FILE,
    Kind("HTML", _text_that(_HTML), instead="save the page as plain text."),
    Kind("XML", _text_that(_XML), instead="give the text of its abstract."),
    Kind("JSON, but no corpus", _text_that(_JSON), instead='accepted is one {"id", "text"} a line.'),
    TABLE,
    TEXT,
)
"""Every kind, in the order in which they are tried."""
