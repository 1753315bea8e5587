"""Where a command writes: a report at the terminal or in a file, whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trialstats.errors import InputError

if TYPE_CHECKING:
    from trialstats.report import Report
    from trialstats.report.adjudication import Adjudication

FORMATS = ("table", "markdown", "latex", "html", "json", "csv", "queries", "decisions")
TEXT_FORMATS = ("table", "json", "markdown", "html", "queries", "decisions")
DEFAULT_WIDTH = 100


def with_decisions(report: Report, decisions: str | None) -> Report:
    """Return a report with the decisions of a file, and say which of them are about nothing in it."""
    if decisions is None:
        return report
    from trialstats.report.adjudication import read_adjudications, unmatched

    report = report.with_decisions(decisions)
    say_unmatched(decisions, unmatched(report.trials, read_adjudications(decisions)))
    return report


def say_unmatched(decisions: str, left: Iterable[Adjudication]) -> None:
    """Say on standard error which decisions of a file are about no finding."""
    for one in left:
        click.echo(
            f"trialstats: {decisions}: no finding of {one.check!r} on the claim {one.claim!r} of {one.trial!r}; "
            f"that decision ({one.decision}) is shown nowhere.",
            err=True,
        )


def asks(report: Report, fail_on: str) -> bool:
    """Whether a report holds a question that is to be printed even quietly: one that sets no status is one too."""
    return bool(report.unexpected("never" if fail_on == "never" else "strained"))


def show(
    report: Report,
    form: str,
    target: Path | None,
    *,
    asked: bool,
    quiet: bool = False,
    full: bool = False,
    decisions: str | None = None,
) -> None:
    """Print a report in one of the formats, or write it to a file; quietly, a line only if it asks something."""
    if quiet and form == "table" and target is None:
        if asked:
            click.echo(report.to_line())
        return
    if form == "decisions":
        text = report.to_decisions(decisions)
    elif form == "json":
        text = report.to_json(full=full)
    elif form == "table":
        text = _table(report, to_terminal=target is None)
    else:
        text = getattr(report, f"to_{form}")()
    show_text(text, target)


def show_text(text: str, target: Path | None) -> None:
    """Print a text, or write it to a file."""
    if target is None:
        click.echo(text, nl=not text.endswith("\n"))
    else:
        _write(target, text if text.endswith("\n") else text + "\n")


def _table(report: Report, *, to_terminal: bool) -> str:
    terminal = to_terminal and sys.stdout.isatty()
    width = os.get_terminal_size(sys.stdout.fileno()).columns if terminal else 0
    return report.to_text(width or DEFAULT_WIDTH, colour=to_terminal and has_colour())


def has_colour() -> bool:
    """Whether standard output is a terminal that shows colours, and nobody asked for none."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def keep_decisions(form: str, target: Path | None, decisions: str | None) -> None:
    """Refuse to write decisions over a file that may hold completed ones, unless those are carried over."""
    if form != "decisions" or target is None or not target.is_file() or not target.stat().st_size:
        return
    if decisions is None or Path(decisions).resolve() != target:
        raise InputError(
            f"{target.name}: exists, and may hold decisions; give it as --decisions too, and they are carried over."
        )


def output_file(name: str | None, inputs: Sequence[Path]) -> Path | None:
    """Return the file to write to, or None for the terminal; say now, before any work, if it cannot be written."""
    if name in (None, "-"):
        return None
    name = str(name)
    target = Path(name).resolve()
    if not target.parent.is_dir():
        raise InputError(f"{name}: cannot write there, the directory {str(target.parent)!r} does not exist.")
    if target.is_dir():
        raise InputError(f"{name}: cannot write there, it is a directory; -o takes a file.")
    if not os.access(target if target.exists() else target.parent, os.W_OK):
        raise InputError(f"{name}: cannot write there, permission is denied.")
    if target in {file.resolve() for file in inputs}:
        raise InputError(f"{name}: is one of the trial files to be read; -o would overwrite it.")
    return target


def _write(target: Path, text: str) -> None:
    """Write a file whole or not at all."""
    if target.exists() and not target.is_file():  # /dev/stdout, a named pipe: nothing to replace
        target.write_text(text, encoding="utf-8")
        return
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    made = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        made.chmod(target.stat().st_mode if target.exists() else 0o666 & ~_umask())
        made.replace(target)
    except BaseException:
        made.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
