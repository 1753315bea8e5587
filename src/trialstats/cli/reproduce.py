"""The command ``reproduce``: trial files in, a report out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trialstats.cli.menus import Menu
from trialstats.cli.output import FORMATS, asks, keep_decisions, output_file, show, with_decisions
from trialstats.cli.progress import followed
from trialstats.cli.selection import choosing_checks, codes
from trialstats.cli.status import AS_EXPECTED, NOT_AS_EXPECTED
from trialstats.errors import InputError

if TYPE_CHECKING:
    from trialstats.claims.model import Paper
    from trialstats.findings import TrialFindings


EXAMPLES = """\b
Examples:
  trialstats reproduce seeds/
  trialstats reproduce mytrial.toml --select ratio-interval,TS202
  trialstats reproduce mytrial.toml --format html -o report.html
  trialstats reproduce mytrial.toml --format decisions -o decisions.toml
  trialstats reproduce mytrial.toml --decisions decisions.toml"""


@click.command(epilog=EXAMPLES)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--format", "form", type=Menu(FORMATS), default="table", show_default=True)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all.")
@choosing_checks
@click.option("--mcmc", is_flag=True, help="Also recompute posteriors by PyMC (needs the extra 'bayes').")
@click.option("--evidence", is_flag=True, help="Hold each paper's convention against 200 copies with slips (slow).")
@click.option("--decisions", metavar="FILE", help="Show readers' decisions, kept in this file, at their findings.")
@click.option("-q", "--quiet", is_flag=True, help="Print only what asks something; no progress bar.")
@click.pass_context
def reproduce(
    context: click.Context,
    paths: tuple[str, ...],
    form: str,
    output: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    mcmc: bool,
    evidence: bool,
    decisions: str | None,
    quiet: bool,
) -> None:
    """Recompute every printed figure of trial files.

    PATH is a trial file (TOML) or a directory of them.
    """
    files = trial_files(paths)
    target = output_file(output, files)
    keep_decisions(form, target, decisions)
    chosen, left_out = codes(select), codes(ignore)
    trials = read(files)

    from trialstats.reanalysis import reanalyse  # only now: what cannot be read is said at once
    from trialstats.report import Report

    found: list[TrialFindings] = []
    for trial in followed(trials, "Reanalysing", total=len(trials), quiet=quiet):
        found += reanalyse([trial], select=chosen, ignore=left_out, evidence=evidence).trials
    report = with_decisions(Report(tuple(found)), decisions)
    if mcmc:
        from trialstats.bayes.column import mcmc_column

        report = report.with_sampling(mcmc_column)
        without = [trial.trial for trial in report.trials if not trial.mcmc]
        if without and not quiet:
            click.echo(f"Nothing to sample in {', '.join(without)}: no finding rests on a Beta posterior.", err=True)
    expected = not report.unexpected(fail_on)
    show(report, form, target, asked=asks(report, fail_on), quiet=quiet, full=True, decisions=decisions)
    context.exit(AS_EXPECTED if expected else NOT_AS_EXPECTED)


def trial_files(paths: Sequence[str]) -> tuple[Path, ...]:
    """Return the trial files that some paths name, each once, in order."""
    found: dict[Path, Path] = {}
    for name in paths:
        path = Path(name)
        if path.is_dir():
            files = sorted(path.glob("*.toml"))
            if not files:
                raise InputError(f"{name}: the directory has no trial files, that is files ending in .toml.")
        else:
            files = [path]
        for file in files:
            found.setdefault(file.resolve(), file)
    return tuple(found.values())


def read(files: Sequence[Path]) -> list[Paper]:
    """Read trial files; what is none is refused, and so is an id that two of them have."""
    from trialstats.sources import open_source
    from trialstats.sources.kinds import TRIAL_FILE

    trials: dict[str, Paper] = {}
    for file in files:
        with open_source(file) as papers:
            if papers.kind is not TRIAL_FILE:
                raise InputError(
                    f"{file}: is {papers.kind.name}, no trial file; for that there is: trialstats check {file}"
                )
            for trial in papers:
                twin = trials.setdefault(trial.id, trial)
                if twin is not trial:
                    raise InputError(
                        f"Two trials have the id {trial.id!r}: {twin.source} and {file}. An id must be unique."
                    )
    return list(trials.values())
