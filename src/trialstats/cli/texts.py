"""The commands ``check`` and ``extract``: texts, corpora and tables in."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trialstats.cli.kinds import Menu, missing, readable_text
from trialstats.cli.output import (
    TEXT_FORMATS,
    keep_decisions,
    output_file,
    say_unmatched,
    show,
    show_text,
    with_decisions,
)
from trialstats.cli.progress import followed
from trialstats.cli.selection import choosing_checks, codes, failing_on
from trialstats.cli.status import AS_EXPECTED, NOT_AS_EXPECTED
from trialstats.errors import InputError

if TYPE_CHECKING:
    from trialstats.findings import TrialFindings
    from trialstats.report.adjudication import Adjudication

__all__ = ["check", "extract"]


EXAMPLES = """\b
Examples:
  trialstats check abstract.txt
  pdftotext paper.pdf - | trialstats check -
  trialstats check abstract.txt --format html -o abstract.html
  trialstats check review.csv --format queries
  trialstats check abstract.txt --toml -o mytrial.toml"""


@click.command(epilog=EXAMPLES)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", "form", type=Menu(TEXT_FORMATS), default="table", show_default=True)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all.")
@choosing_checks
@failing_on
@click.option("--full", is_flag=True, help="JSON with every chance, total and the first five explanations (slow).")
@click.option(
    "--convention", is_flag=True, help="Also infer how each text was computed and printed, as HTML always does."
)
@click.option("--toml", is_flag=True, help="Check nothing: write the draft of a trial file from one text.")
@click.option("--decisions", metavar="FILE", help="Show readers' decisions, kept in this file, at their findings.")
@click.option("-q", "--quiet", is_flag=True, help="Print only what asks something; no progress bar.")
@click.pass_context
def check(
    context: click.Context,
    files: tuple[str, ...],
    form: str,
    output: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    full: bool,
    convention: bool,
    toml: bool,
    decisions: str | None,
    quiet: bool,
) -> None:
    """Read texts or tables and check every claim that can be checked.

    FILE is a text, a table (.csv or .tsv), a corpus (.jsonl, one {"id", "text"} a line, answered line by
    line), or - for text from standard input.
    """
    corpora = [name for name in files if name.endswith(".jsonl")]
    if corpora and (len(files) > 1 or form not in ("table", "json") or output not in (None, "-")):
        raise InputError(
            f"{corpora[0]}: a corpus is answered line by line: give it alone, as table or json, without -o."
        )
    target = output_file(output, [Path(name) for name in files if name != "-"])
    keep_decisions(form, target, decisions)
    if toml:
        context.exit(draft(files, target))
    chosen, left_out = codes(select), codes(ignore)

    from trialstats.reanalysis import check as check_text
    from trialstats.reanalysis import check_table
    from trialstats.report import Report
    from trialstats.report.adjudication import unmatched

    searched = convention or form == "html"
    if corpora:
        expected = True
        left = _decisions_of(decisions)
        for name, text in followed(documents(corpora[0]), "Checking", quiet=quiet):
            report = check_text(text, id=name, select=chosen, ignore=left_out, convention=searched)
            as_expected = not report.unexpected(fail_on)
            expected &= as_expected
            if decisions is not None:
                left = unmatched(report.trials, left)
                report = report.with_decisions(decisions)
            if form == "json":
                click.echo(report.to_json(indent=None, full=full))
            elif not (quiet and as_expected):
                click.echo(report.to_line())
        say_unmatched(decisions or "", left)
    else:
        trials: list[TrialFindings] = []
        for name in followed(files, "Checking", total=len(files), quiet=quiet):
            if name.endswith((".csv", ".tsv")):
                trials += check_table(name, select=chosen, ignore=left_out).trials
            else:
                text = text_of(name)
                trials += check_text(text, id=name, select=chosen, ignore=left_out, convention=searched).trials
        report = Report(tuple(trials))
        report = with_decisions(report, decisions)
        expected = not report.unexpected(fail_on)
        show(report, form, target, expected=expected, quiet=quiet, full=full, decisions=decisions)
    context.exit(AS_EXPECTED if expected else NOT_AS_EXPECTED)


def _decisions_of(file: str | None) -> tuple[Adjudication, ...]:
    from trialstats.report.adjudication import read_adjudications

    return () if file is None else read_adjudications(file)


def draft(files: tuple[str, ...], target: Path | None) -> int:
    """Write the draft of a trial file, which is no report: its exit status judges nothing."""
    if len(files) > 1 or files[0].endswith((".jsonl", ".csv", ".tsv")):
        raise InputError(f"{', '.join(files)}: --toml takes one text, and makes one trial file of it.")
    from trialstats.sources.trial_file.draft import draft_trial_file

    name = "text" if files[0] == "-" else Path(files[0]).stem
    show_text(draft_trial_file(text_of(files[0]), id=name), target)
    return AS_EXPECTED


@click.command()
@click.argument("corpus", metavar="FILE")
def extract(corpus: str) -> None:
    """Read the claims of a corpus: one {"id", "text"} a line in, one {"id", "claims"} a line out.

    FILE is a .jsonl file, or - for standard input.
    """
    import msgspec

    from trialstats.sources.labels import labels_from_paper
    from trialstats.sources.text.reading import extract as read_claims

    for name, text in documents(corpus):
        click.echo(msgspec.json.encode(labels_from_paper(read_claims(text, id=name))).decode())


def text_of(name: str) -> str:
    try:
        return readable_text(name, sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes())
    except FileNotFoundError:
        raise missing(name) from None
    except IsADirectoryError:
        raise InputError(f"{name}: is a directory; give the files in it.") from None


def documents(name: str) -> Iterator[tuple[str, str]]:
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
