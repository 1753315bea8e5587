"""A citable table as LaTeX, set with booktabs and longtable."""

from __future__ import annotations

from trialstats.report.latex import PREAMBLE, columns, escape
from trialstats.report.table_citable import CitableTable

__all__ = ["to_latex"]

_WIDTHS = (0.21, 0.14, 0.15, 0.22, 0.13)


def to_latex(table: CitableTable) -> str:
    """Return the table as a piece of LaTeX that needs the packages of ``PREAMBLE``."""
    head = " & ".join(map(escape, table.headings)) + r" \\"
    lines = [
        f"% In the preamble: {PREAMBLE}",
        *(f"% {line}" for line in table.bibtex.splitlines()),
        r"\begingroup\small",
        rf"\setcounter{{table}}{{{table.number - 1}}}",
        r"\begin{longtable}{@{}" + columns(_WIDTHS) + "@{}}",
        rf"\caption{{{escape(table.caption)}}}\label{{tab:{_label(table)}}}\\",
        r"\toprule",
        head,
        r"\midrule\endfirsthead",
        r"\toprule",
        head,
        r"\midrule\endhead",
        r"\bottomrule\endfoot",
    ]
    for row in table.rows:
        cells = [escape(cell) for cell in row.cells]
        # Ids are long words: they may break after a point.
        cells[0] = cells[0].replace(".", r".\allowbreak{}")
        if row.marks:
            cells[-1] += rf"\textsuperscript{{{', '.join(row.marks)}}}"
        # A group keeps a cell that begins with [ or * from being read as an option of the \\ before it.
        lines.append(" & ".join(f"{{{cell}}}" for cell in cells) + r" \\")
    lines += [r"\end{longtable}", r"\footnotesize\raggedright"]
    lines += [rf"\noindent\textsuperscript{{{letter}}} {escape(text)}\par" for letter, text in table.marked]
    lines += [rf"\noindent {escape(note)}\par" for note in table.notes]
    return "\n".join((*lines, r"\endgroup")) + "\n"


def _label(table: CitableTable) -> str:
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in table.trial)
