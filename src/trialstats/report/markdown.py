"""The report as Markdown, with pipe tables; and a numbered table in the same hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from trialstats.report.record import Record
from trialstats.report.table import NumberedTable, Table, TrialTable
from trialstats.report.words import NOTE

__all__ = ["escape", "numbered", "render"]

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
    for heading, records in trial.first:
        yield from _sentences(heading, records)
    yield ""
    yield from _grid(trial.headings, trial.lines)
    if trial.to_read:
        yield from _sentences("To read", trial.to_read)
    if trial.not_checked:
        yield "\n### Not checked\n"
        for reason, claims in trial.not_checked:
            yield f"- {escape(', '.join(claims))}: {escape(reason)}"


def _sentences(heading: str, records: tuple[Record, ...]) -> Iterator[str]:
    yield f"\n### {heading}\n"
    for one in records:
        remark = f" ({escape(one.remark)})" if one.remark else ""
        yield f"- {one.mark.sign} **{escape(one.claim)}** {one.code} {one.check}{remark}: {escape(one.sentences)}"


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
