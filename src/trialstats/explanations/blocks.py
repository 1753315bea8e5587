"""Explanations of one convention, held compactly and made one by one."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trialstats.catalogue import Convention
from trialstats.explanations.explanation import Explanation
from trialstats.values import EMPTY, Part

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Block:
    """Explanations of one convention, held compactly."""

    convention: Convention
    cost = Part[float]("convention")
    ordinary = Part[bool]("convention")
    allowed = Part[str | None]("convention")

    @property
    def size(self) -> int:
        """How many."""
        return 1

    @abstractmethod
    def item(self, i: int) -> Explanation:
        """Make the i-th explanation."""

    def columns(self) -> Mapping[str, NDArray[Any]]:
        """Return as arrays what differs between them: whole data such as ``x`` and ``n`` first."""
        return EMPTY

    def data(self) -> Iterable[Any]:
        """Return the data of each, however computed and printed."""
        columns = self.columns()
        if columns:
            return zip(*(columns[name].tolist() for name in ("x", "n", "x2", "n2") if name in columns), strict=True)
        return (_data(self.item(i)) for i in range(self.size))

    def n_values(self) -> Sequence[int]:
        """Return the distinct denominators, ascending."""
        columns = self.columns()
        found = columns["n"].tolist() if columns else [self.item(i).n for i in range(self.size)]
        return sorted({n for n in found if n is not None})

    @property
    def method(self) -> str | None:
        """The interval method, or else the test."""
        return self.convention.method or self.convention.test

    @classmethod
    def single(cls, explanation: Explanation) -> Block:
        """Return a block that holds one explanation."""
        return Single(explanation.convention, explanation)


@dataclass(frozen=True)
class Single(Block):
    """One explanation."""

    explanation: Explanation

    def item(self, i: int) -> Explanation:
        """Return it."""
        return self.explanation


def _data(one: Explanation) -> tuple[Any, ...]:
    return (one.x, one.n, one.x2, one.n2, one.a, one.b, one.centre, one.se)
