"""The report as HTML: one self-contained page, or a piece for a notebook. All text is escaped by jinja2."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import DictLoader, Environment, StrictUndefined, Template

from trialstats.report.table import Table
from trialstats.report.words import NOTE

__all__ = ["render", "render_fragment"]

_NAMES = ("page.html.j2", "report.html.j2", "style.css")


@cache
def _template(name: str) -> Template:
    home = files("trialstats.report") / "templates"
    sources = {each: (home / each).read_text(encoding="utf-8") for each in _NAMES}
    environment = Environment(
        loader=DictLoader(sources), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template(name)


def render(table: Table) -> str:
    """Return the report as one page that needs nothing else."""
    return _template("page.html.j2").render(table=table, note=NOTE) + "\n"


def render_fragment(table: Table) -> str:
    """Return the report as a piece of a page, with its style, for a notebook."""
    return _template("report.html.j2").render(table=table, note=NOTE)
