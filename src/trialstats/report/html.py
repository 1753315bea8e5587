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

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from trialstats.report.ethics import ANCHOR, advice
from trialstats.report.table import NumberedTable, Table
from trialstats.report.words import NOTE

if TYPE_CHECKING:
    from trialstats.findings import TrialFindings
    from trialstats.report.annotated import AnnotatedText

__all__ = ["for_word", "numbered", "render", "render_fragment"]

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


def _digest(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"


def _texts(table: Table, trials: Sequence[TrialFindings]) -> tuple[AnnotatedText | None, ...]:
    """Return the marked text of every trial that was read from one."""
    if all(found.text is None for found in trials):
        return (None,) * len(table.trials)
    from trialstats.report.annotated import annotate  # only for texts

    return tuple(annotate(found, trial) for found, trial in zip(trials, table.trials, strict=True))


def render(table: Table, trials: Sequence[TrialFindings] = ()) -> str:
    """Return the report as one page that needs nothing else.

    Parameters
    ----------
    table : Table
    trials : sequence of TrialFindings, optional
        The findings that the table was made from: those of a text show it with its claims marked.

    Returns
    -------
    str
    """
    texts = _texts(table, trials)
    marked = any(text is not None for text in texts)
    style = "\n".join(_source(name) for name in ("style.css", *(("annotated.css",) if marked else ()), "page.css"))
    script = _source("annotated.js") if marked else ""
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src {_digest(style)}",
            f"script-src {_digest(script)}" if script else "script-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    page = _environment().get_template("page.html.j2")
    return (
        page.render(
            table=table,
            sections=list(zip(table.trials, texts, strict=True)),
            all_marked=marked and all(text is not None for text in texts),
            embedded=False,
            note=NOTE,
            advice=advice(),
            anchor=ANCHOR,
            policy=policy,
            # Ours, and free of what would end their elements.
            style=Markup(style),
            script=Markup(script),
        )
        + "\n"
    )


def render_fragment(table: Table, trials: Sequence[TrialFindings] = ()) -> str:
    """Return the report as a piece of a page, with its style, for a notebook.

    It bears no ids, so that two of them in one notebook cannot clash; where a notebook drops scripts and
    styles, the text, its signs and the numbered notes are still there.
    """
    texts = _texts(table, trials)
    marked = any(text is not None for text in texts)
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            table=table,
            sections=list(zip(table.trials, texts, strict=True)),
            all_marked=marked and all(text is not None for text in texts),
            embedded=True,
            note=NOTE,
            style=Markup(_source("style.css") + (_source("annotated.css") if marked else "")),
            script=Markup(_source("annotated.js") if marked else ""),
        )
    )


def numbered(table: NumberedTable) -> str:
    """Return a numbered table as a piece of HTML."""
    template = _environment().get_template("numbered.html.j2")
    return template.render(table=table, style=Markup(_source("numbered.css"))) + "\n"


def for_word(*tables: NumberedTable) -> str:
    """Return numbered tables as one page whose every style stands where it applies."""
    return _environment().get_template("word.html.j2").render(tables=tables) + "\n"
