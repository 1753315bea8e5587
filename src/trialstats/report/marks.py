"""How each verdict is shown: its sign, its name, what it says; the gravest first, as every report has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from trialstats.findings import Finding, Verdict


@dataclass(frozen=True, slots=True)
class Mark:
    """What a reader sees of a verdict."""

    code: str
    """The verdict's own, or ``look``."""
    sign: str
    """So that no verdict is told by its colour alone."""
    printed: str
    """Its name in prose."""
    means: str
    """What it says, as notes and legends put it."""

    @property
    def asks(self) -> bool:
        """Whether a reader has to do something: ask the authors, or look."""
        return self.code in _ASKING

    @property
    def words(self) -> str:
        """Sign and name."""
        return f"{self.sign} {self.printed}"


_LOOK = "look"
_ASKING = (Verdict.INCONSISTENT.value, Verdict.STRAINED.value, _LOOK)


def _of(verdict: Verdict, sign: str, means: str) -> Mark:
    return Mark(verdict.value, sign, verdict.printed, means)


MARKS: Mapping[str, Mark] = MappingProxyType(
    {
        mark.code: mark
        for mark in (
            _of(Verdict.INCONSISTENT, "?", "nothing in the catalogue of methods prints this: a question"),
            _of(Verdict.STRAINED, "!", "only something that hardly ever happens prints this: a question"),
            Mark(_LOOK, "▷", "please look", "it would be a question, but our reading of the words is uncertain"),
            _of(Verdict.EXPLAINED, "◆", "only something less ordinary, named beside it, prints this"),
            _of(Verdict.CONSISTENT, "≈", "data that the text allows print exactly this under an ordinary convention"),
            _of(Verdict.REPRODUCED, "✓", "the stated data print exactly this under an ordinary convention"),
            _of(Verdict.UNCHECKED, "–", "nothing to check it against, or left open"),
        )
    }
)
"""By code; in the order in which reports count and list them."""


def mark_of(finding: Finding) -> Mark:
    """Return how a finding is shown: what somebody should look at has a mark of its own."""
    return MARKS[_LOOK if finding.look else finding.verdict.value]
