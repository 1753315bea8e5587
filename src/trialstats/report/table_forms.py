"""A citable table as Markdown, HTML, HTML for Word, and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from html import escape as html

from trialstats.findings import Verdict
from trialstats.report.markdown import escape as markdown
from trialstats.report.report_csv import spreadsheet_cell
from trialstats.report.table_citable import CitableRow, CitableTable

__all__ = ["COLUMNS", "to_csv", "to_html", "to_markdown", "to_word_html"]

COLUMNS = (
    "table", "caption", "claim", "result", "reported", "recomputed", "how", "verdict", "notes", "about", "trialstats",
    "catalogue", "data", "sha256", "bibtex",
)  # fmt: skip

_STYLE = (
    ".trialstats-citable{font-size:.9em;line-height:1.4;max-width:70em;overflow-x:auto}"
    ".trialstats-citable table{border-collapse:collapse;border-top:2px solid;border-bottom:2px solid;margin:.4em 0}"
    ".trialstats-citable caption{text-align:left;padding:.3em 0;caption-side:top;color:inherit}"
    ".trialstats-citable th,.trialstats-citable td{text-align:left;vertical-align:top;padding:.2em .7em .2em 0;"
    "white-space:normal;background:none}"
    ".trialstats-citable thead th{border-bottom:1px solid}"
    ".trialstats-citable tbody th{font-weight:normal}"
    ".trialstats-citable td:last-child{min-width:8.5em}"
    ".trialstats-citable .not-checked{opacity:.75}"
    ".trialstats-citable .notes p{margin:.15em 0;font-size:.9em}"
    ".trialstats-citable pre{white-space:pre-wrap;font-size:.9em}"
)


def _title(table: CitableTable) -> str:
    return f"Table {table.number}."


# --------------------------------------------------------------------------------------------------
# Markdown
# --------------------------------------------------------------------------------------------------
def to_markdown(table: CitableTable) -> str:
    """Return the table as Markdown."""
    lines = [f"**{_title(table)}** {markdown(table.caption)}", ""]
    lines += [_pipes(*map(markdown, table.headings)), _pipes(*("---" for _ in table.headings))]
    for row in table.rows:
        marks = f" [{', '.join(row.marks)}]" if row.marks else ""
        lines.append(_pipes(*map(markdown, (*row.cells[:-1], row.cells[-1] + marks))))
    lines.append("")
    for letter, text in table.marked:
        lines += [f"{markdown(f'[{letter}]')} {markdown(text)}", ""]
    for note in table.notes:
        lines += [markdown(note), ""]
    # A fence longer than any run of backticks inside cannot be closed by it.
    fence = "`" * max(3, 1 + max((len(run) for run in _backticks(table.bibtex)), default=0))
    return "\n".join((*lines, f"{fence}bibtex", table.bibtex.rstrip("\n"), fence)) + "\n"


def _pipes(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _backticks(text: str) -> Iterator[str]:
    run = ""
    for letter in f"{text} ":
        if letter == "`":
            run += letter
        elif run:
            yield run
            run = ""


# --------------------------------------------------------------------------------------------------
# HTML
# --------------------------------------------------------------------------------------------------
def to_html(table: CitableTable) -> str:
    """Return the table as a piece of HTML."""
    lines = [f'<div class="trialstats-citable"><style>{_STYLE}</style>', "<table>"]
    lines.append(f"<caption><b>{_title(table)}</b> {html(table.caption)}</caption>")
    head = "".join(f'<th scope="col">{html(heading)}</th>' for heading in table.headings)
    lines += [f"<thead><tr>{head}</tr></thead>", "<tbody>"]
    for row in table.rows:
        kind = ' class="not-checked"' if row.verdict is Verdict.UNCHECKED else ""
        first, *others = map(html, row.cells)
        cells = "".join(f"<td>{cell}</td>" for cell in (*others[:-1], others[-1] + _superscript(row)))
        lines.append(f'<tr{kind}><th scope="row">{first}</th>{cells}</tr>')
    lines += ["</tbody>", "</table>", '<div class="notes">']
    lines += [f"<p><sup>{letter}</sup> {html(text)}</p>" for letter, text in table.marked]
    lines += [f"<p>{html(note)}</p>" for note in table.notes]
    lines.append(f"<details><summary>BibTeX</summary><pre>{html(table.bibtex)}</pre></details>")
    return "\n".join((*lines, "</div>", "</div>")) + "\n"


def _superscript(row: CitableRow) -> str:
    return f"<sup>{', '.join(row.marks)}</sup>" if row.marks else ""


_FONT = "font-family:'Times New Roman',serif;font-size:10pt"
_RULE = "1pt solid black"


def to_word_html(*tables: CitableTable) -> str:
    """Return tables as one page whose every style stands where it applies."""
    title = ", ".join(map(_title, tables))
    head = f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body>'
    between = f'<p style="{_FONT}">&nbsp;</p>'
    return "\n".join((head, f"\n{between}\n".join("\n".join(_for_word(table)) for table in tables), "</body></html>\n"))


def _for_word(table: CitableTable) -> list[str]:
    cell = f"{_FONT};text-align:left;vertical-align:top;padding:2pt 6pt 2pt 0"
    heading = f"{cell};font-weight:bold;border-top:{_RULE};border-bottom:{_RULE}"
    lines = [
        f'<p style="{_FONT};margin:0 0 4pt 0"><b>{_title(table)}</b> {html(table.caption)}</p>',
        '<table style="border-collapse:collapse;border:none" cellspacing="0" cellpadding="0">',
        "<tr>" + "".join(f'<td style="{heading}">{html(text)}</td>' for text in table.headings) + "</tr>",
    ]
    for k, row in enumerate(table.rows):
        style = cell + (f";border-bottom:{_RULE}" if k == len(table.rows) - 1 else "")
        texts = [*map(html, row.cells)]
        texts[-1] += _superscript(row)
        lines.append("<tr>" + "".join(f'<td style="{style}">{text}</td>' for text in texts) + "</tr>")
    note = f"{_FONT.replace('10pt', '9pt')};margin:2pt 0 0 0"
    lines.append("</table>")
    lines += [f'<p style="{note}"><sup>{letter}</sup> {html(text)}</p>' for letter, text in table.marked]
    lines += [f'<p style="{note}">{html(text)}</p>' for text in (*table.notes, f"Software: {table.software.text}")]
    return lines


# --------------------------------------------------------------------------------------------------
# CSV
# --------------------------------------------------------------------------------------------------
def to_csv(*tables: CitableTable) -> str:
    """Return tables as one CSV file, one line for each row; notes and references stand in the first line of each."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for table in tables:
        texts = dict(table.marked)
        # BibTeX passes over a line without an entry; a cell that began with its @ would be a formula.
        about, bibtex = " ".join(table.notes), f"% references\n{table.bibtex}"
        for row in table.rows:
            own = " ".join(texts[letter] for letter in row.marks)
            line = (table.number, table.caption, row.claim, *row.cells, own, about, table.version, table.catalogue,
                    table.source, table.sha256, bibtex)  # fmt: skip
            writer.writerow(map(spreadsheet_cell, line))
            about = bibtex = ""
    return out.getvalue()
