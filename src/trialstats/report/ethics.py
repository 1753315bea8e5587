"""How to use a finding: one short text, put into every HTML report and included by the documentation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

ANCHOR = "how-to-use-a-finding"
"""The id of the text in a page."""

SOURCE = "how_to_use_a_finding.md"
"""The file it is worded in, plain Markdown: a heading, paragraphs, a list."""


@dataclass(frozen=True, slots=True)
class Advice:
    """The text in its parts: what stands before the list, and its points."""

    heading: str
    paragraphs: tuple[str, ...]
    points: tuple[str, ...]


@cache
def advice() -> Advice:
    """Return how a finding is to be used.

    Examples
    --------
    >>> advice().heading
    'How to use a finding'
    >>> len(advice().points)
    7
    """
    text = (files("trialstats.report") / SOURCE).read_text(encoding="utf-8")
    heading, *blocks = (block.strip() for block in text.split("\n\n"))
    listed = [block for block in blocks if block.startswith("- ")]
    return Advice(
        heading=heading.removeprefix("# "),
        paragraphs=tuple(" ".join(block.split()) for block in blocks if block not in listed),
        points=tuple(" ".join(item.split()) for block in listed for item in block[2:].split("\n- ")),
    )
