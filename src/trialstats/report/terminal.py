"""The report as a table for a terminal: one line for each printed figure, and one for how it was reached.

Written as plain lines of fixed columns: a table with spanning cells would need a box around
everything, and a box costs the width that numbers need.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from types import MappingProxyType

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from trialstats.report.console import console_on
from trialstats.report.marks import Mark
from trialstats.report.table import Lists, Row, Table, TrialTable
from trialstats.report.words import NOTE

_STYLES = MappingProxyType(
    {
        "inconsistent": "bold magenta",
        "strained": "magenta",
        "look": "cyan",
        "explained": "yellow",
        "consistent": "green",
        "reproduced": "green",
        "unchecked": "dim",
    }
)
_HEADINGS = ("", "claim", "as reported", "as recomputed", "verdict")
_NARROWEST, _ROOMY = 60, 90
_CLAIM = 14


def _columns(table: Table, width: int) -> tuple[int, ...]:
    """Return the widths of the five columns: numbers get what they need first, claims what is left."""
    rows = [row for trial in table.trials for row in trial.rows]
    roomy = width >= _ROOMY
    verdict = 20 if roomy else 17
    room = width - 1 - verdict - 4 * _gap(width)
    most = max(12, (room - _CLAIM) // 2)
    reported, recomputed = (
        min(most, max([len(heading), *(len(part) for parts in cells for part in parts)]) + 1)
        for heading, cells in (
            ("as reported", [row.printed for row in rows]),
            ("as recomputed", [row.recomputed for row in rows]),
        )
    )
    claim = min(room - reported - recomputed, max([_CLAIM, *(len(row.claim) for row in rows)]))
    return (1, claim, reported, recomputed, verdict)


def _gap(width: int) -> int:
    return 2 if width >= _ROOMY else 1


def _line(cells: tuple[RenderableType, ...], widths: tuple[int, ...], gap: int) -> Grid:
    grid = Grid.grid(padding=(0, gap, 0, 0), pad_edge=False)
    for width in widths:
        grid.add_column(width=width, overflow="fold")
    grid.add_row(*cells)
    return grid


def _styled(mark: Mark, text: str) -> Text:
    return Text(text, _STYLES[mark.code])


def _row(row: Row, widths: tuple[int, ...], gap: int) -> Iterator[RenderableType]:
    main = row.main
    verdict = _styled(main.mark, main.mark.printed)
    if main.remark:
        verdict.append(f"\n{main.remark}", "dim")
    numbers = (Text(_folded(text, width)) for text, width in
               zip((row.printed, row.recomputed), widths[2:4], strict=True))  # fmt: skip
    yield _line((_styled(main.mark, main.mark.sign), Text(_id(row.claim, widths[1])), *numbers, verdict), widths, gap)
    about = Text.assemble((row.label, "dim"), ": " if row.label and main.how else "", (main.how, "italic"))
    if about:
        yield _indented(about, 5)
    if row.mcmc:
        yield _indented(Text(f"sampled: {row.mcmc}", "italic"), 5)
    if row.listed:
        also = (f"{one.check} {one.mark.words}{f' ({one.how})' if one.how else ''}" for one in row.listed)
        yield _indented(Text(f"also {'; '.join(also)}", "dim"), 5)


def _folded(parts: tuple[str, ...], width: int) -> str:
    """Return numbers in one line, or each on a line of its own: a P value stays with its P."""
    line = ", ".join(parts)
    return line if len(line) <= width else ",\n".join(parts)


def _id(claim: str, width: int) -> str:
    """Break an id that is too long before its arm."""
    name, dot, arm = claim.rpartition(".")
    return claim if len(claim) <= width or not dot else f"{name}\n  .{arm}"


def _indented(text: Text, left: int) -> Padding:
    return Padding(text, (0, 0, 0, left))


def _lists(lists: Lists) -> Iterator[RenderableType]:
    for heading, lines in lists:
        yield Text(f"\n{heading}", "bold")
        for one in lines:
            name = _styled(one.mark, f"{one.mark.sign} {one.claims}")
            if one.about:
                yield _indented(name.append(f"  {one.about}", "dim"), 1)
                yield _indented(Text(one.text), 3)
            else:
                yield _indented(name.append(f": {one.text}", "dim"), 1)


def _trial(trial: TrialTable, widths: tuple[int, ...], gap: int) -> Iterator[RenderableType]:
    yield Text()
    yield Text(trial.heading, "bold")
    file = trial.source if trial.source != trial.heading else ""
    if file or trial.sha256:
        sha = f"SHA-256 {trial.sha256}" if trial.sha256 else ""
        yield Text("\n".join(part for part in (file, sha) if part), "dim")
    if trial.convention:
        yield Text(f"Convention of the paper: {trial.convention}.")
    yield from _lists(trial.before)
    yield Text()
    yield _line(tuple(Text(heading, "bold") for heading in _HEADINGS), widths, gap)
    for row in trial.rows:
        yield from _row(row, widths, gap)
    yield from _lists(trial.after)
    yield Text()
    yield Text(f"Coverage: {trial.coverage}.")


def render(table: Table, *, width: int = 100, colour: bool = False) -> str:
    """Return the report as text of this width, with terminal colours if asked for."""
    width = max(width, _NARROWEST)  # below it the lines would tear
    gap = _gap(width)
    widths = _columns(table, width)
    out = io.StringIO()
    console = console_on(out, colour=colour, width=width)
    console.print(Text(NOTE))
    console.print(Text(table.made_by, "dim"))
    for trial in table.trials:
        console.print(Group(*_trial(trial, widths, gap)))
    # Columns are padded on the right; nobody wants the blanks.
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"
