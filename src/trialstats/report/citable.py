"""A table for a paper: numbered, with a caption and notes, the data it was made from and how to cite them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from trialstats.__about__ import __version__
from trialstats.findings import TrialFindings
from trialstats.report.cite import software, trial_reference
from trialstats.report.marks import MARKS
from trialstats.report.table import HEADINGS, NumberedTable, Row, trial_table
from trialstats.report.words import NOTE
from trialstats.wording import begun

if TYPE_CHECKING:
    import great_tables as gt

HASH_DIGITS = 12
"""How many hexadecimal digits of a file's SHA-256 a note prints: 48 bits, too many for two files to share by chance."""

_CUSTOM = (
    "As reported: the digits as printed. As recomputed: the numbers that the data and convention beside them give, "
    "printed with the same digits; a range where the data leave one."
)


class CitableTable(NumberedTable):
    """One trial's table, as a paper would print it; shown in a notebook, it is its HTML.

    It has ``.number .caption .trial .headings .rows .marked .notes .reference .software .bibtex .version .catalogue
    .source .sha256``; a row has ``.claim .cells .verdict .marks``.

    Examples
    --------
    >>> import trialstats as ts
    >>> table = ts.check("Response was seen in 8 (25%) of 32 women.", id="mine").table_of(number=2)
    >>> print(table.to_markdown().splitlines()[0])
    **Table 2.** mine: printed results as reported and as recomputed.
    """

    __slots__ = ()

    def to_markdown(self) -> str:
        """Return Markdown: a pipe table between its caption and its notes, then the BibTeX entries."""
        from trialstats.report.markdown import numbered

        return numbered(self)

    def to_latex(self) -> str:
        """Return LaTeX to be input into a document that loads booktabs, longtable and array, the BibTeX in comments."""
        from trialstats.report.latex import numbered

        return numbered(self)

    def to_html(self) -> str:
        """Return a piece of HTML with its own style and the BibTeX entries folded away."""
        from trialstats.report.html import numbered

        return numbered(self)

    def to_word_html(self) -> str:
        """Return a plain page for Word: open it in a browser, select all, copy and paste.

        Every style stands at its own cell, for Word reads no style sheets; the references stand in words.
        """
        from trialstats.report.html import for_word

        return for_word(self)

    def to_csv(self) -> str:
        """Return CSV, one line for each row; number, caption, notes, version, hash and BibTeX are columns."""
        from trialstats.report.spreadsheet import numbered

        return numbered(self)

    def to_great_tables(self) -> gt.GT:
        """Return a ``great_tables.GT``, to be styled further; needs the extra ``tables``."""
        from trialstats.report.spreadsheet import great_table

        return great_table(self)

    def __repr__(self) -> str:
        return f"<{self.title[:-1]}. {self.caption} {len(self.rows)} rows>"

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
    """Return the table of one trial's findings; see `Report.table_of`."""
    trial = trial_table(found)
    letters: dict[str, str] = {}
    marks = note_marks()
    rows = []
    for row in trial.rows:
        if unchecked or not row.not_checked:
            own = _said_of(row)
            letters.update({text: next(marks) for text in own if text not in letters})
            rows.append(replace(row, marks=tuple(letters[text] for text in own)))
    reference = trial_reference(trial.trial, found)
    source = _file_name(trial.source)
    data = f" from {source}" if source else ""
    if trial.sha256:
        short = trial.sha256[:HASH_DIGITS]
        data += f" (SHA-256 of the file's bytes, first {HASH_DIGITS} of {len(trial.sha256)} digits: {short})"
    used = {row.main.mark.code for row in rows}
    signs = [f"{mark.words}, {mark.means}" for mark in MARKS.values() if mark.code in used]
    notes = (
        f"Verdicts: {'; '.join(signs)}." if signs else "",
        _CUSTOM,
        f"Rounding and convention of the paper. {begun(trial.convention)}." if trial.convention else "",
        f"Coverage: {trial.coverage}. {NOTE}",
        f"Trial: {reference.text}" if reference is not None else "",
        f"Made by trialstats {__version__}, catalogue {trial.catalogue or 'none'}{data}.",
    )
    name = trial.title or trial.trial
    return CitableTable(
        number=number,
        caption=caption if caption is not None else f"{name}: printed results as reported and as recomputed.",
        trial=trial.trial,
        headings=HEADINGS,
        rows=tuple(rows),
        marked=tuple((letter, text) for text, letter in letters.items()),
        notes=tuple(note for note in notes if note),
        reference=reference,
        software=software([trial.catalogue]),
        version=__version__,
        catalogue=trial.catalogue,
        source=source,
        sha256=trial.sha256,
    )


def _said_of(row: Row) -> list[str]:
    """Return what has to be said of a row: what departs from the print, or why it was not checked."""
    if row.not_checked:
        return [begun(row.main.reason)]
    said = (record.sentences for record in row.records if record.needs_reading)
    return [text for text in dict.fromkeys(said) if text]


def _file_name(source: str) -> str:
    """Return the name of a file without its directories, which differ from machine to machine."""
    return source.replace("\\", "/").rstrip("/").rpartition("/")[2]
