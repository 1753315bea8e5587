"""The command line: thin, and importing nothing that the command at hand does not need.

Exit status: 0 as expected, 1 an inconsistency that was not expected, 2 could not run, 130 interrupted.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trialstats.__about__ import __version__
from trialstats.errors import InputError, TrialFileError, TrialstatsError

if TYPE_CHECKING:
    from trialstats.findings import TrialFindings
    from trialstats.report import Report
    from trialstats.trial import Trial

__all__ = ["AS_EXPECTED", "COULD_NOT_RUN", "FORMATS", "NOT_AS_EXPECTED", "cli", "main"]

AS_EXPECTED, NOT_AS_EXPECTED, COULD_NOT_RUN, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141
FORMATS = ("table", "markdown", "latex", "html", "json", "csv")
TEXT_FORMATS = ("table", "json", "markdown", "html")
DEFAULT_WIDTH = 100


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="trialstats", message="%(prog)s %(version)s")
def cli() -> None:
    """Say how the printed numbers of a trial were made, and whether they hold together.

    Exit status: 0 as expected, 1 an inconsistency that was not expected, 2 could not run.
    """


# --------------------------------------------------------------------------------------------------
# reproduce
# --------------------------------------------------------------------------------------------------
@cli.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all.")
@click.option("--select", multiple=True, metavar="CODES", help="Only these checks: codes or names, by commas.")
@click.option("--ignore", multiple=True, metavar="CODES", help="Not these checks.")
@click.option("--mcmc", is_flag=True, help="Also recompute posteriors by PyMC (needs the extra 'bayes').")
@click.option("--evidence", is_flag=True, help="Hold each paper's convention against 200 copies with slips (slow).")
@click.pass_context
def reproduce(
    context: click.Context,
    paths: tuple[str, ...],
    form: str,
    output: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    mcmc: bool,
    evidence: bool,
) -> None:
    """Recompute every printed figure of trial files.

    PATH is a trial file (TOML) or a directory of them.
    """
    files = _trial_files(paths)
    target = None if output in (None, "-") else _writable(str(output), files)
    chosen, left_out = _codes(select), _codes(ignore)
    trials = _read(files)

    from trialstats.reanalysis import reanalyse  # only now: what cannot be read is said at once

    search = partial(reanalyse, evidence=True) if evidence else reanalyse
    report = search(trials, select=chosen, ignore=left_out)
    if mcmc:
        from trialstats.bayes import mcmc_column

        report = report.with_sampling(mcmc_column)
    text = _rendered(report, form, to_terminal=target is None)
    if target is None:
        click.echo(text, nl=not text.endswith("\n"))
    else:
        _write(target, text if text.endswith("\n") else text + "\n")
    context.exit(AS_EXPECTED if report.as_expected else NOT_AS_EXPECTED)


# --------------------------------------------------------------------------------------------------
# check, extract
# --------------------------------------------------------------------------------------------------
@cli.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", "form", type=click.Choice(TEXT_FORMATS), default="table", show_default=True)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all.")
@click.option("--select", multiple=True, metavar="CODES", help="Only these checks: codes or names, by commas.")
@click.option("--ignore", multiple=True, metavar="CODES", help="Not these checks.")
@click.pass_context
def check(
    context: click.Context,
    files: tuple[str, ...],
    form: str,
    output: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
) -> None:
    """Read texts or tables and check every claim that can be checked.

    FILE is a text, a table (.csv or .tsv), a corpus (.jsonl, one {"id", "text"} a line, answered line by
    line), or - for text from standard input.
    """
    corpora = [name for name in files if name.endswith(".jsonl")]
    if corpora and (len(files) > 1 or form in ("markdown", "html") or output not in (None, "-")):
        raise InputError(
            f"{corpora[0]}: a corpus is answered line by line: give it alone, as table or json, without -o."
        )
    target = None if output in (None, "-") else _writable(str(output), [Path(name) for name in files if name != "-"])
    chosen, left_out = _codes(select), _codes(ignore)

    from trialstats.reanalysis_of_text import check as check_text
    from trialstats.reanalysis_of_text import check_table
    from trialstats.report import Report

    if corpora:
        expected = True
        for name, text in _corpus(corpora[0]):
            report = check_text(text, id=name, select=chosen, ignore=left_out)
            expected &= report.as_expected
            click.echo(report.to_json(indent=None) if form == "json" else report.to_line())
    else:
        trials: list[TrialFindings] = []
        for name in files:
            if name.endswith((".csv", ".tsv")):
                trials += check_table(name, select=chosen, ignore=left_out).trials
            else:
                trials += check_text(_text(name), id=name, select=chosen, ignore=left_out).trials
        report = Report(tuple(trials))
        expected = report.as_expected
        shown = _rendered(report, form, to_terminal=target is None)
        if target is None:
            click.echo(shown, nl=not shown.endswith("\n"))
        else:
            _write(target, shown if shown.endswith("\n") else shown + "\n")
    context.exit(AS_EXPECTED if expected else NOT_AS_EXPECTED)


@cli.command()
@click.argument("corpus", metavar="FILE")
def extract(corpus: str) -> None:
    """Read the claims of a corpus: one {"id", "text"} a line in, one {"id", "claims"} a line out.

    FILE is a .jsonl file, or - for standard input.
    """
    import msgspec

    from trialstats.extraction.interchange import labels_from_paper
    from trialstats.extraction.reading import extract as read_claims

    for name, text in _corpus(corpus):
        click.echo(msgspec.json.encode(labels_from_paper(read_claims(text, id=name))).decode())


def _text(name: str) -> str:
    try:
        return sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise InputError(f"{name}: is not text in UTF-8.") from None
    except IsADirectoryError:
        raise InputError(f"{name}: is a directory; give the files in it.") from None


def _corpus(name: str) -> Iterator[tuple[str, str]]:
    """Yield the id and text of each line of a corpus, one at a time."""
    import msgspec

    class Line(msgspec.Struct):
        id: str
        text: str

    decode = msgspec.json.Decoder(Line).decode
    with sys.stdin.buffer if name == "-" else Path(name).open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    read = decode(line)
                except (msgspec.DecodeError, UnicodeDecodeError) as problem:
                    raise InputError(f'{name}, line {number}: not a document {{"id", "text"}} ({problem}).') from None
                yield read.id, read.text


def _trial_files(paths: Sequence[str]) -> tuple[Path, ...]:
    """Return the trial files that some paths name, each once, in order."""
    found: dict[Path, Path] = {}
    for name in paths:
        path = Path(name)
        if path.is_dir():
            files = sorted(path.glob("*.toml"))
            if not files:
                raise InputError(f"{name}: the directory has no trial files, that is files ending in .toml.")
        elif path.exists():
            files = [path]
        else:
            raise InputError(f"{name}: no such file or directory.")
        for file in files:
            found.setdefault(file.resolve(), file)
    return tuple(found.values())


def _read(files: Sequence[Path]) -> list[Trial]:
    from trialstats.trial import read_trial

    trials = []
    homes: dict[str, Path] = {}
    for file in files:
        try:
            trial = read_trial(file)
        except UnicodeDecodeError:
            raise TrialFileError("the file is not text in UTF-8, as a trial file is.", file=str(file)) from None
        if trial.id in homes:
            raise InputError(
                f"Two trials have the id {trial.id!r}: {homes[trial.id]} and {file}. An id must be unique."
            )
        homes[trial.id] = file
        trials.append(trial)
    return trials


def _codes(given: Sequence[str]) -> tuple[str, ...]:
    """Return the codes of checks given as codes or names, by commas or repeated."""
    names = [name for part in given for name in part.split(",") if name.strip()]
    if not names:
        return ()
    from trialstats.checks import find_check

    return tuple(dict.fromkeys(find_check(name.strip()).code for name in names))


def _rendered(report: Report, form: str, *, to_terminal: bool) -> str:
    if form != "table":
        return str(getattr(report, f"to_{form}")())
    terminal = to_terminal and sys.stdout.isatty()
    width = os.get_terminal_size(sys.stdout.fileno()).columns if terminal else 0
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return report.to_text(width or DEFAULT_WIDTH, colour=colour)


# --------------------------------------------------------------------------------------------------
# Output files
# --------------------------------------------------------------------------------------------------
def _writable(name: str, inputs: Sequence[Path]) -> Path:
    """Return the file to write to; say now, before any work, if it cannot be written."""
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


# --------------------------------------------------------------------------------------------------
# rules, explain, schema
# --------------------------------------------------------------------------------------------------
@cli.command()
def rules() -> None:
    """List the checks: code, name and what each compares."""
    from trialstats.checks import CHECKS

    widest = max(len(check.name) for check in CHECKS)
    for check in CHECKS:
        click.echo(f"{check.code}  {check.name:<{widest}}  {check.summary}")


@cli.command()
@click.argument("code")
def explain(code: str) -> None:
    """Explain a check: what it compares, why, by which formula, with an example.

    CODE is its code or its name.
    """
    from trialstats.checks import find_check

    check = find_check(code)
    page = check.explanation.strip()
    click.echo(f"{check.code} {check.name}\n\n{page}")
    if check.assumes:
        click.echo(f"\nAssumes: {'; '.join(check.assumes)}.")
    if check.reference and "Reference: " not in page:
        click.echo(f"\nReference: {check.reference}")


@cli.command()
@click.argument("kind", type=click.Choice(("trial", "claims", "report")), default="trial")
def schema(kind: str) -> None:
    """Print the JSON Schema of a trial file, of extracted claims or of a report."""
    import json

    from trialstats.schemas import json_schema

    click.echo(json.dumps(json_schema(kind), indent=2, ensure_ascii=False))


# --------------------------------------------------------------------------------------------------
# The entry point
# --------------------------------------------------------------------------------------------------
def _say(sentence: str) -> None:
    with contextlib.suppress(OSError):
        click.echo(sentence, err=True)


@contextlib.contextmanager
def _printable() -> Iterator[None]:
    """Let no character that the terminal cannot show stop a report."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    yield


def _run(arguments: Sequence[str] | None) -> int:
    try:
        with _printable():
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
    """Run the command line and exit.

    Parameters
    ----------
    arguments : sequence of str, optional
        Instead of those of the process.
    """
    sys.exit(_run(arguments))
