"""The report as Markdown, with pipe tables; and a numbered table in the same hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from trialstats.report.table import Lists, NumberedTable, Table, TrialTable
from trialstats.report.words import NOTE

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&])")


def escape(text: str) -> str:
    r"""Return text that Markdown shows as it is, on one line.

    Examples
    --------
    >>> escape("a|b <i>")
    'a\\|b \\<i\\>'
    """
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _grid(headings: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for cells in (headings, ("---",) * len(headings), *lines):
        yield f"| {' | '.join(map(escape, cells))} |"


def _trial(trial: TrialTable) -> Iterator[str]:
    yield f"\n## {escape(trial.heading)}\n"
    if trial.convention:
        yield f"- convention of the paper: {escape(trial.convention)}"
    if trial.source:
        yield f"- file: {escape(trial.source)}"
    if trial.sha256:
        yield f"- SHA-256: {escape(trial.sha256)}"
    yield f"- coverage: {escape(trial.coverage)}"
    yield from _lists(trial.before)
    yield ""
    yield from _grid(trial.headings, trial.lines)
    yield from _lists(trial.after)


def _lists(lists: Lists) -> Iterator[str]:
    for heading, lines in lists:
        yield f"\n### {heading}\n"
        for one in lines:
            about = f" {escape(one.about)}" if one.about else ""
            yield f"- {one.mark.sign} **{escape(one.claims)}**{about}: {escape(one.text)}"


def render(table: Table) -> str:
    """Return the report as Markdown."""
    lines = [NOTE, "", table.made_by]
    for trial in table.trials:
        lines += _trial(trial)
    return "\n".join(lines) + "\n"


def numbered(table: NumberedTable) -> str:
    """Return a numbered table as Markdown, its BibTeX entries in a fence."""
    lines = [f"**{table.title}** {escape(table.caption)}", "", *_grid(table.headings, table.marked_cells), ""]
    for letter, text in table.marked:
        lines += [f"{escape(f'[{letter}]')} {escape(text)}", ""]
    for note in table.notes:
        lines += [escape(note), ""]
    # A fence longer than any run of backticks inside cannot be closed by it.
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", table.bibtex)), default=0))
    return "\n".join((*lines, f"{fence}bibtex", table.bibtex.rstrip("\n"), fence)) + "\n"
