"""Options of every command that runs checks: which of them, and what sets the exit status."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from trialstats.cli.menus import CheckNames, Menu

Command = TypeVar("Command", bound=Callable[..., Any])


def choosing_checks(command: Command) -> Command:
    """Give a command the options ``--select``, ``--ignore`` and ``--fail-on``."""
    names = CheckNames(many=True)
    # As findings.FAIL_ON, which is not imported for the sake of --help.
    grades = Menu(("inconsistent", "strained", "never"))
    words = "Exit status 1 on what has no explanation; also on what is hard to explain; or never."
    command = click.option("--fail-on", type=grades, default="inconsistent", show_default=True, help=words)(command)
    command = click.option("--ignore", multiple=True, type=names, metavar="CODES", help="Not these checks.")(command)
    select = "Only these checks: codes or names, by commas."
    return click.option("--select", multiple=True, type=names, metavar="CODES", help=select)(command)


def codes(given: Sequence[str]) -> tuple[str, ...]:
    """Return the codes of checks given as codes or names, by commas or repeated."""
    names = [name for part in given for name in part.split(",") if name.strip()]
    if not names:
        return ()
    from trialstats.checks import find_check

    return tuple(dict.fromkeys(find_check(name.strip()).code for name in names))
