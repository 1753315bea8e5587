"""The command ``read``: a text with the role of each of its numbers, its groups, and whose each result is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trialstats.cli.menus import Menu
from trialstats.cli.output import has_colour
from trialstats.cli.texts import opened_source
from trialstats.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trialstats.claims.model import Paper

EXAMPLES = """\b
Examples:
  trialstats read abstract.txt
  pdftotext paper.pdf - | trialstats read -
  trialstats read corpus.jsonl --format json"""


@click.command(epilog=EXAMPLES)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", "form", type=Menu(("text", "json")), default="text", show_default=True)
def read(files: tuple[str, ...], form: str) -> None:
    """Show how texts are read: what every number stands for, the groups, and whose each result is.

    FILE is a text or a corpus (one {"id", "text"} a line). - is standard input. At a terminal the role of a number is
    its colour; elsewhere, or where NO_COLOR is set, it stands in brackets behind it: 0.54[estimate]. With --format
    json, one line for each text.
    """
    import msgspec

    from trialstats.report.reading import reading_as_document, reading_as_text
    from trialstats.sources.text.roles.of_numbers import number_roles

    colour = form == "text" and has_colour()
    for at, paper in enumerate(_texts(files)):
        roles = number_roles(paper)
        if form == "json":
            click.echo(msgspec.json.encode(reading_as_document(paper, roles)).decode())
        else:
            click.echo(("\n" if at else "") + reading_as_text(paper, roles, colour=colour), nl=False, color=colour)


def _texts(files: tuple[str, ...]) -> Iterator[Paper]:
    from trialstats.sources.kinds import CORPUS, TEXT

    opened = [(name, opened_source(name)) for name in files]
    for name, papers in opened:
        if papers.kind not in (TEXT, CORPUS):
            for _, one in opened:
                one.close()
            raise InputError(f"{name}: is {papers.kind.name}, which needs no reading; give a text or a corpus.")
    for name, papers in opened:
        for paper in papers:
            yield replace(paper, id=Path(name).stem) if papers.kind is TEXT else paper
