"""A table for a paper: numbered, with a caption and notes, the data it was made from and how to cite them.

What a cell says is decided here, once; `report.table_forms` writes it as Markdown, LaTeX, HTML, Word and CSV.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from trialstats.__about__ import __version__
from trialstats.findings import TrialFindings, Verdict
from trialstats.report.cite import Reference, software, trial_reference
from trialstats.report.table import SIGNS, Figure, TrialTable, build_table
from trialstats.report.words import NOTE, reason_in_words

if TYPE_CHECKING:
    import great_tables as gt

__all__ = ["HASH_DIGITS", "HEADINGS", "MEANINGS", "CitableRow", "CitableTable", "citable_table", "note_marks"]

HASH_DIGITS = 12
"""How many hexadecimal digits of a file's SHA-256 a note prints: 48 bits, too many for two files to share by chance."""

HEADINGS = ("Result", "As reported", "As recomputed", "By which data and convention", "Verdict")

MEANINGS: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.REPRODUCED: "the stated data print exactly this under an ordinary convention",
        Verdict.CONSISTENT: "data that the text allows print exactly this under an ordinary convention",
        Verdict.EXPLAINED: "only something less ordinary, named beside it, prints this",
        Verdict.INCONSISTENT: "nothing in the catalogue of methods prints this",
        Verdict.UNCHECKED: "nothing to check it against, or left open",
    }
)
"""What each verdict says, as the notes of a table put it."""

_CUSTOM = (
    "As reported: the digits as printed. As recomputed: the numbers that the data and convention beside them give, "
    "printed with the same digits; a range where the data leave one."
)


@dataclass(frozen=True, slots=True)
class CitableRow:
    """One line of a table.

    Attributes
    ----------
    claim : str
        Id in the trial file.
    cells : tuple of str
        One for each heading, without marks.
    verdict : Verdict
    marks : tuple of str
        Letters of the notes that belong to it.
    """

    claim: str
    cells: tuple[str, ...]
    verdict: Verdict
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class CitableTable:
    """One trial's table, as a paper would print it.

    Shown in a notebook, it is its HTML.

    Attributes
    ----------
    number : int
    caption : str
        Without the number.
    trial : str
        Id.
    headings : tuple of str
    rows : tuple of CitableRow
    marked : tuple of (str, str)
        Letters, and the notes they stand for.
    notes : tuple of str
        What holds for the table as a whole: signs, rounding and convention, coverage, source, how it was made.
    reference, software : Reference or None
        Of the trial and of trialstats.
    version, catalogue : str
        Of trialstats.
    source, sha256 : str
        Name and hash of the trial file's bytes; empty where there is none.

    Examples
    --------
    >>> from trialstats.claims.model import Estimate, Paper, Size
    >>> from trialstats.reported import Reported
    >>> from trialstats.findings import Coverage, Finding, PaperConvention
    >>> finding = Finding(claim="orr", check="percent-count", code="TS103", verdict=Verdict.REPRODUCED, message="",
    ...                   reported={"estimate": "25%"}, recomputed={"estimate": "25%"}, how="8 of 32")
    >>> found = TrialFindings(trial="mine", title="MINE-1", sha256=None, source=None, findings=(finding,),
    ...                       convention=PaperConvention(), coverage=Coverage(1, 1, 0), catalogue="2")
    >>> print(citable_table(found, number=2).to_markdown().splitlines()[0])
    **Table 2.** MINE-1: printed results as reported and as recomputed.
    """

    number: int
    caption: str
    trial: str
    headings: tuple[str, ...]
    rows: tuple[CitableRow, ...]
    marked: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    reference: Reference | None
    software: Reference
    version: str
    catalogue: str
    source: str
    sha256: str

    @property
    def bibtex(self) -> str:
        """BibTeX of trialstats and of the trial."""
        return "\n".join(one.bibtex for one in (self.software, self.reference) if one is not None)

    def to_markdown(self) -> str:
        """Return Markdown: a pipe table between its caption and its notes, then the BibTeX entries."""
        from trialstats.report.table_forms import to_markdown

        return to_markdown(self)

    def to_latex(self) -> str:
        """Return LaTeX to be input into a document that loads booktabs, longtable and array, the BibTeX in comments."""
        from trialstats.report.table_latex import to_latex

        return to_latex(self)

    def to_html(self) -> str:
        """Return a piece of HTML with its own style and the BibTeX entries folded away."""
        from trialstats.report.table_forms import to_html

        return to_html(self)

    def to_word_html(self) -> str:
        """Return a plain page for Word: open it in a browser, select all, copy and paste.

        Every style stands at its own cell, for Word reads no style sheets; the references stand in words.
        """
        from trialstats.report.table_forms import to_word_html

        return to_word_html(self)

    def to_csv(self) -> str:
        """Return CSV, one line for each row; number, caption, notes, version, hash and BibTeX are columns."""
        from trialstats.report.table_forms import to_csv

        return to_csv(self)

    def to_great_tables(self) -> gt.GT:
        """Return a ``great_tables.GT``, to be styled further; needs the extra ``tables``."""
        from trialstats.report.table_great import to_great_tables

        return to_great_tables(self)

    def __repr__(self) -> str:
        return f"<Table {self.number}. {self.caption} {len(self.rows)} rows>"

    def _repr_html_(self) -> str:
        return self.to_html()


def note_marks() -> Iterator[str]:
    """Yield the letters of notes: a to z, then aa, ab ...

    Examples
    --------
    >>> from itertools import islice
    >>> list(islice(note_marks(), 25, 28))
    ['z', 'aa', 'ab']
    """
    letters = "abcdefghijklmnopqrstuvwxyz"
    yield from letters
    for one in note_marks():
        yield from (one + letter for letter in letters)


def citable_table(
    found: TrialFindings, *, number: int = 1, caption: str | None = None, unchecked: bool = True
) -> CitableTable:
    """Return the table of one trial's findings.

    Parameters
    ----------
    found : TrialFindings
    number : int, default 1
    caption : str, optional
        By default the trial's name and what the table shows.
    unchecked : bool, default True
        Whether the results that were not checked have a line.
    """
    (trial,) = build_table((found,)).trials
    shown = [one for one in trial.figures if unchecked or one.main.verdict is not Verdict.UNCHECKED]
    letters: dict[str, str] = {}
    marks = note_marks()
    rows = []
    for figure in shown:
        own = _sentences(figure)
        letters.update({text: next(marks) for text in own if text not in letters})
        rows.append(_row(figure, tuple(letters[text] for text in own)))
    reference = trial_reference(trial.trial, found)
    name = trial.title or trial.trial
    return CitableTable(
        number=number,
        caption=caption if caption is not None else f"{name}: printed results as reported and as recomputed.",
        trial=trial.trial,
        headings=HEADINGS,
        rows=tuple(rows),
        marked=tuple((letter, text) for text, letter in letters.items()),
        notes=tuple(_notes(trial, {one.main.verdict for one in shown}, reference)),
        reference=reference,
        software=software([trial.catalogue]),
        version=__version__,
        catalogue=trial.catalogue,
        source=_file_name(trial.source),
        sha256=trial.sha256,
    )


def _row(figure: Figure, marks: tuple[str, ...]) -> CitableRow:
    row = figure.main
    name = f"{figure.label} ({figure.claim})" if figure.label else figure.claim
    remark = f" ({row.remark})" if row.remark else ""
    cells = (name, ", ".join(figure.reported), ", ".join(figure.recomputed), row.how,
             f"{row.sign} {row.verdict.printed}{remark}")  # fmt: skip
    return CitableRow(figure.claim, cells, row.verdict, marks)


def _sentences(figure: Figure) -> list[str]:
    """Return what has to be said of a row: what departs from the print, or why it was not checked."""
    if figure.main.verdict is Verdict.UNCHECKED and figure.main.as_expected:
        reason = reason_in_words(figure.main.message)
        return [f"{reason[:1].upper()}{reason[1:]}"]
    said = (row.sentences for row in (figure.main, *figure.further) if row.needs_reading)
    return [text for text in dict.fromkeys(said) if text]


def _notes(trial: TrialTable, verdicts: Iterable[Verdict], reference: Reference | None) -> Iterator[str]:
    used = set(verdicts)
    signs = [f"{SIGNS[one]} {one.printed}, {MEANINGS[one]}" for one in Verdict if one in used]
    if signs:
        yield f"Verdicts: {'; '.join(signs)}."
    yield _CUSTOM
    if trial.convention:
        yield f"Rounding and convention of the paper. {trial.convention[:1].upper()}{trial.convention[1:]}."
    yield f"Coverage: {trial.coverage}. {NOTE}"
    if reference is not None:
        yield f"Trial: {reference.text}"
    name = _file_name(trial.source)
    data = f" from {name}" if name else ""
    if trial.sha256:
        short = trial.sha256[:HASH_DIGITS]
        data += f" (SHA-256 of the file's bytes, first {HASH_DIGITS} of {len(trial.sha256)} digits: {short})"
    yield f"Made by trialstats {__version__}, catalogue {trial.catalogue or 'none'}{data}."


def _file_name(source: str) -> str:
    """Return the name of a file without its directories, which differ from machine to machine."""
    return source.replace("\\", "/").rstrip("/").rpartition("/")[2]
