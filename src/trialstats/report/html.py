"""The report as HTML: one self-contained page, a piece for a notebook, a numbered table. All text is escaped by jinja2.

A page loads nothing and sends nothing, and says so to the browser: its policy names the style and the
script it came with by their digests, so that nothing that a text may smuggle in would run.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import DictLoader, Environment, StrictUndefined, Template
from markupsafe import Markup

from trialstats.report.ethics import ANCHOR, advice
from trialstats.report.table import NumberedTable, Table
from trialstats.report.words import NOTE

if TYPE_CHECKING:
    from trialstats.findings import TrialFindings
    from trialstats.report.annotated import AnnotatedText

_TEMPLATES = (
    "page.html.j2", "report.html.j2", "annotated.html.j2", "advice.html.j2", "numbered.html.j2", "word.html.j2",
)  # fmt: skip


@cache
def _source(name: str) -> str:
    return (files("trialstats.report") / "templates" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=DictLoader({name: _source(name) for name in _TEMPLATES}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _template(name: str) -> Template:
    return _environment().get_template(name)


def _digest(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"


def _texts(table: Table, trials: Sequence[TrialFindings]) -> tuple[AnnotatedText | None, ...]:
    """Return the marked text of every trial that was read from one."""
    if all(found.text is None for found in trials):
        return (None,) * len(table.trials)
    from trialstats.report.annotated import annotate  # only for texts

    return tuple(annotate(found, trial) for found, trial in zip(trials, table.trials, strict=True))


def _written(table: Table, trials: Sequence[TrialFindings], *, embedded: bool) -> str:
    texts = _texts(table, trials)
    marked = any(text is not None for text in texts)
    styles = ("style.css", *(("annotated.css",) if marked else ()), *(() if embedded else ("page.css",)))
    style = "\n".join(map(_source, styles))
    script = _source("annotated.js") if marked else ""
    policy = (
        "default-src 'none'",
        f"style-src {_digest(style)}",
        f"script-src {_digest(script)}" if script else "script-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return _template("report.html.j2" if embedded else "page.html.j2").render(
        table=table,
        sections=list(zip(table.trials, texts, strict=True)),
        all_marked=marked and all(text is not None for text in texts),
        embedded=embedded,
        note=NOTE,
        advice=advice(),
        anchor=ANCHOR,
        policy="; ".join(policy),
        # Ours, and free of what would end their elements.
        style=Markup(style),
        script=Markup(script),
    )


def render(table: Table, trials: Sequence[TrialFindings] = ()) -> str:
    """Return the report as one page that needs nothing else; findings that come from a text show it, marked."""
    return _written(table, trials, embedded=False) + "\n"


def render_fragment(table: Table, trials: Sequence[TrialFindings] = ()) -> str:
    """Return the report as a piece of a page, with its style, for a notebook.

    It bears no ids, so that two of them in one notebook cannot clash; where a notebook drops scripts and
    styles, the text, its signs and the numbered notes are still there.
    """
    return _written(table, trials, embedded=True)


def numbered(table: NumberedTable) -> str:
    """Return a numbered table as a piece of HTML."""
    return _template("numbered.html.j2").render(table=table, style=Markup(_source("numbered.css"))) + "\n"


def for_word(*tables: NumberedTable) -> str:
    """Return numbered tables as one page whose every style stands where it applies."""
    return _template("word.html.j2").render(tables=tables) + "\n"
