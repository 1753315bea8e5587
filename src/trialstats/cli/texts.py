"""The commands ``check`` and ``extract``: sources of any kind in."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trialstats.cli.faults import PastFaults
from trialstats.cli.menus import Menu
from trialstats.cli.output import (
    TEXT_FORMATS,
    asks,
    keep_decisions,
    output_file,
    say_unmatched,
    show,
    show_text,
    with_decisions,
)
from trialstats.cli.progress import followed
from trialstats.cli.selection import choosing_checks, codes
from trialstats.cli.status import AS_EXPECTED, COULD_NOT_RUN, NOT_AS_EXPECTED
from trialstats.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trialstats.findings import TrialFindings
    from trialstats.report import Report
    from trialstats.report.adjudication import Adjudication
    from trialstats.sources import Papers


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
    """Read texts, tables, trial files or a corpus, and check every claim that can be checked.

    FILE is known by its content: a text, a table (CSV, TSV), a trial file (TOML) or a corpus (one {"id", "text"} a
    line, answered line by line). - is standard input.
    """
    target = output_file(output, [Path(name) for name in files if name != "-"])
    keep_decisions(form, target, decisions)
    if toml:
        context.exit(draft(files, target))
    chosen, left_out = codes(select), codes(ignore)
    opened = [(name, opened_source(name)) for name in files]

    from trialstats.reanalysis import reanalyse
    from trialstats.report import Report
    from trialstats.sources.kinds import CORPUS, TABLE, TEXT

    searched = convention or form == "html"

    def checked(name: str, papers: Papers) -> Iterator[Report]:
        for paper in papers:
            given = replace(paper, id=name) if papers.kind is TEXT else paper
            # A table holds many papers, and they have no convention in common.
            joint = searched and papers.kind is not TABLE
            yield reanalyse(given, select=chosen, ignore=left_out, convention=joint)

    if len(opened) == 1 and form in ("table", "json") and target is None and opened[0][1].kind is CORPUS:
        name, papers = opened[0]
        reanalysed = partial(reanalyse, select=chosen, ignore=left_out, convention=searched)
        answer = _Answer(form, decisions, fail_on, full=full, quiet=quiet)
        sound = PastFaults(map(answer, map(reanalysed, papers)), name)
        expected = all([*followed(sound, "Checking", quiet=quiet)])
        say_unmatched(decisions or "", answer.left)
        if sound.met:
            context.exit(COULD_NOT_RUN)
    else:
        trials: list[TrialFindings] = []
        for name, papers in followed(opened, "Checking", total=len(opened), quiet=quiet):
            if papers.kind is CORPUS:
                papers.close()
                raise InputError(
                    f"{name}: a corpus is answered line by line: give it alone, as table or json, without -o."
                )
            for report in checked(name, papers):
                trials += report.trials
        whole = with_decisions(Report(tuple(trials)), decisions)
        expected = not whole.unexpected(fail_on)
        show(whole, form, target, asked=asks(whole, fail_on), quiet=quiet, full=full, decisions=decisions)
    context.exit(AS_EXPECTED if expected else NOT_AS_EXPECTED)


class _Answer:
    """Prints each report as soon as it is made; returns whether all of it was as expected."""

    def __init__(self, form: str, decisions: str | None, fail_on: str, *, full: bool, quiet: bool) -> None:
        from trialstats.report.adjudication import read_adjudications

        self.form, self.decisions, self.fail_on, self.full, self.quiet = form, decisions, fail_on, full, quiet
        self.left: tuple[Adjudication, ...] = () if decisions is None else read_adjudications(decisions)

    def __call__(self, report: Report) -> bool:
        from trialstats.report.adjudication import unmatched

        as_expected = not report.unexpected(self.fail_on)
        if self.decisions is not None:
            self.left = unmatched(report.trials, self.left)
            report = report.with_decisions(self.decisions)
        if self.form == "json":
            click.echo(report.to_json(indent=None, full=self.full))
        elif asks(report, self.fail_on) or not self.quiet:
            click.echo(report.to_line())
        return as_expected


def opened_source(name: str) -> Papers:
    """Return the papers of a file, or of standard input where it is called -; nothing is read yet."""
    from trialstats.sources import open_source

    return open_source(sys.stdin.buffer if name == "-" else Path(name))


def draft(files: tuple[str, ...], target: Path | None) -> int:
    """Write the draft of a trial file, which is no report: its exit status judges nothing."""
    from trialstats.sources.kinds import TEXT
    from trialstats.sources.trial_file.draft import draft_trial_file

    papers = opened_source(files[0])
    paper = next(papers) if len(files) == 1 and papers.kind is TEXT else None
    papers.close()
    if paper is None or paper.text is None:
        raise InputError(f"{', '.join(files)}: --toml takes one text, and makes one trial file of it.")
    show_text(draft_trial_file(paper.text, id=paper.id), target)
    return AS_EXPECTED


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", "form", type=Menu(("claims", "rows")), default="claims", show_default=True)
def extract(files: tuple[str, ...], form: str) -> None:
    """Read claims: one {"id", "claims"} a line out, for each paper of the files.

    FILE is known by its content, as for check: a text, a table, a trial file or a corpus (one {"id", "text"} a line).
    - is standard input. With --format rows, one {"id", "arms", "of", "rows"} a line: every printed result, with whose
    it is, of how many, when, and where each of its numbers stands.
    """
    import msgspec

    from trialstats.sources.kinds import CORPUS, TEXT
    from trialstats.sources.labels import labels_from_paper
    from trialstats.sources.rows import rows_from_paper

    for name in files:
        papers = opened_source(name)
        for paper in papers:
            if form == "rows":
                written = rows_from_paper(paper, text=papers.kind is not CORPUS)
                written |= {"id": Path(name).stem or "-"} if papers.kind is TEXT else {}
            else:
                written = labels_from_paper(paper) | ({"id": name} if papers.kind is TEXT else {})
            click.echo(msgspec.json.encode(written).decode())
