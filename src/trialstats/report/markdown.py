"""The report as Markdown, with pipe tables; and a numbered table in the same hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialstats.report.record import Record
from trialstats.report.table import HEADINGS, NumberedTable, Row, Table, TrialTable
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


def _line(*cells: str) -> str:
    return f"| {' | '.join(map(escape, cells))} |"


def _grid(*headings: str) -> Iterator[str]:
    yield _line(*headings)
    yield _line(*("---" for _ in headings))


def _with_sampling(cells: tuple[str, ...], sampled: str | None) -> tuple[str, ...]:
    return cells if sampled is None else (*cells[:-1], sampled, cells[-1])


def _row(row: Row, sampled: bool) -> Iterator[str]:
    yield _line(*_with_sampling(row.cells, row.mcmc if sampled else None))
    for one in row.listed:
        how = f"{one.check}: {one.how}" if one.how else one.check
        yield _line(*_with_sampling(("", "", "", how, one.mark.words), "" if sampled else None))


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
    yield from _grid(*_with_sampling(HEADINGS, "By MCMC" if trial.sampled else None))
    for row in trial.rows:
        yield from _row(row, trial.sampled)
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
    lines = [f"**{table.title}** {escape(table.caption)}", "", *_grid(*table.headings)]
    for row in table.rows:
        marks = f" [{', '.join(row.marks)}]" if row.marks else ""
        lines.append(_line(*row.cells[:-1], row.cells[-1] + marks))
    lines.append("")
    for letter, text in table.marked:
        lines += [f"{escape(f'[{letter}]')} {escape(text)}", ""]
    for note in table.notes:
        lines += [escape(note), ""]
    # A fence longer than any run of backticks inside cannot be closed by it.
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", table.bibtex)), default=0))
    return "\n".join((*lines, f"{fence}bibtex", table.bibtex.rstrip("\n"), fence)) + "\n"
