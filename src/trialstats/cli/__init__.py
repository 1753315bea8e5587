"""The command line: thin, and importing nothing that the command at hand does not need.

Exit status: 0 as expected, 1 an inconsistency that was not expected, 2 could not run, 130 interrupted.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches

import click

from trialstats.__about__ import __version__
from trialstats.cli.citing import cite, tables
from trialstats.cli.lookup import completion, explain, rules, schema
from trialstats.cli.reading import read
from trialstats.cli.reproduce import reproduce
from trialstats.cli.status import AS_EXPECTED, COULD_NOT_RUN, INTERRUPTED, PIPE_CLOSED
from trialstats.cli.texts import check, extract
from trialstats.errors import TrialstatsError

__all__ = ["cli", "main"]


class _Commands(click.Group):
    """A group that suggests the nearest command for one that it does not have."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as problem:
            near = get_close_matches(args[0], self.commands, n=1, cutoff=0.5)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"{problem.message}{hint} Commands: {', '.join(self.commands)}.", ctx) from None


EXAMPLES = """\b
Examples:
  trialstats check abstract.txt        the text of any trial report
  trialstats reproduce mytrial.toml    a trial file
  trialstats explain ratio-interval    what a check does"""


@click.group(
    cls=_Commands, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="trialstats", message="%(prog)s %(version)s")
def cli() -> None:
    """Say how the printed numbers of a trial were made, and whether they hold together.

    Exit status: 0 as expected, 1 an inconsistency that was not expected, 2 could not run; --fail-on of a command says
    what else makes it 1. Colours only at a terminal, and never where NO_COLOR is set. Completion for your shell:
    trialstats completion bash.
    """


for command in (reproduce, check, read, extract, tables, cite, rules, explain, schema, completion):
    cli.add_command(command)


def _say(sentence: str) -> None:
    with contextlib.suppress(OSError):
        click.echo(sentence, err=True)


def _run(arguments: Sequence[str] | None) -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # no character that the terminal cannot show stops a report
    try:
        status = cli.main(args=arguments, prog_name="trialstats", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else AS_EXPECTED
    except click.Abort:  # click's name for Ctrl-C
        _say("Interrupted.")
        return INTERRUPTED
    except click.ClickException as problem:
        problem.show()
        return COULD_NOT_RUN
    except TrialstatsError as problem:
        _say(f"trialstats: {problem}")
        return COULD_NOT_RUN
    except SystemExit:  # click's answer to a closed pipe: the reader, such as head, has what it wanted
        return PIPE_CLOSED
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 - so that the flush at exit is silent too
        return PIPE_CLOSED
    except OSError as problem:
        _say(f"trialstats: {problem.filename or 'output'}: {problem.strerror or problem}.")
        return COULD_NOT_RUN
    except Exception as problem:
        # Not foreseen, hence ours to mend; still no traceback, and never the status of a finding.
        if os.environ.get("TRIALSTATS_TRACEBACK"):
            raise
        _say(
            f"trialstats: could not finish, by a fault of its own ({type(problem).__name__}: {problem}). "
            "Set TRIALSTATS_TRACEBACK=1 to see where, and please report it."
        )
        return COULD_NOT_RUN


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line, with other arguments than the process has if some are given, and exit."""
    sys.exit(_run(arguments))
