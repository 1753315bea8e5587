"""The commands for a manuscript: ``tables``, numbered and with notes, and ``cite``, the references."""

from __future__ import annotations

import click

from trialstats.cli.menus import Menu
from trialstats.cli.output import output_file, show_text
from trialstats.cli.reproduce import read, trial_files

TABLE_FORMATS = ("markdown", "latex", "html", "word", "csv")


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--format", "form", type=Menu(TABLE_FORMATS), default="markdown", show_default=True)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all.")
@click.option("--first", type=click.IntRange(min=1), default=1, show_default=True, help="Number of the first table.")
@click.option("--checked", is_flag=True, help="Leave out the results that nothing could be held against.")
def tables(paths: tuple[str, ...], form: str, output: str | None, first: int, checked: bool) -> None:
    """Print each trial's table as a paper would: numbered, with caption, notes, data hash and references.

    PATH is a trial file (TOML) or a directory of them.
    """
    files = trial_files(paths)
    target = output_file(output, files)
    trials = read(files)

    from trialstats.reanalysis import reanalyse

    made = reanalyse(trials).tables(first=first, unchecked=not checked)
    if form in ("word", "csv"):  # one page, one line of headings
        from trialstats.report import html, spreadsheet

        text = html.for_word(*made) if form == "word" else spreadsheet.numbered(*made)
    else:
        text = "\n".join(getattr(table, f"to_{form}")() for table in made)
    show_text(text, target)


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--format", "form", type=Menu(("text", "bibtex")), default="text", show_default=True)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all.")
def cite(paths: tuple[str, ...], form: str, output: str | None) -> None:
    """Print what to cite: trialstats in this version, and each trial.

    PATH is a trial file (TOML) or a directory of them.
    """
    from trialstats.report.cite import cite as references

    files = trial_files(paths)
    target = output_file(output, files)
    found = references((trial.id, trial) for trial in read(files))
    show_text(found.bibtex if form == "bibtex" else found.text, target)
