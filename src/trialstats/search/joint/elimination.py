"""Least sums of tables that share some variables, by eliminating one variable after the other.

Nonserial dynamic programming: the variable whose elimination makes the smallest table goes first; going backwards,
every assignment of least sum is found, and no other is looked at. Reference: Bertele U, Brioschi F (1972) Nonserial
Dynamic Programming.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from trialstats.intervals.interval import FloatArray

TIE = 1e-6
"""Sums that differ by less are equal."""


@dataclass(frozen=True)
class Table:
    """Least bits for each combination of some families' choices, axes in the order of ``axes``."""

    axes: tuple[int, ...]
    values: FloatArray


@dataclass(frozen=True)
class Step:
    """One family eliminated: what its choices cost, given those of the families eliminated later."""

    family: int
    table: Table


def eliminate(tables: list[Table], sizes: Sequence[int], last: int | None, most_cells: float) -> list[Step] | None:
    """Eliminate every variable, ``last`` as the last; None if a table would have more cells than ``most_cells``.

    ``sizes`` says how many values each variable has.
    """
    left = set(range(len(sizes)))
    steps = []
    while left:
        scopes = {
            k: tuple(sorted({k}.union(*(table.axes for table in tables if k in table.axes))))
            for k in left
            if k != last or len(left) == 1
        }
        k = min(scopes, key=lambda k: (np.prod([float(sizes[axis]) for axis in scopes[k]]), k))
        scope = scopes[k]
        if np.prod([float(sizes[axis]) for axis in scope]) > most_cells and len(scope) > 1:
            return None
        total = np.zeros([sizes[axis] for axis in scope])
        for table in tables:
            if k in table.axes:
                total = total + table.values.reshape([sizes[axis] if axis in table.axes else 1 for axis in scope])
        joined = Table(scope, total)
        steps.append(Step(k, joined))
        rest = Table(tuple(axis for axis in scope if axis != k), total.min(axis=scope.index(k)))
        tables = [table for table in tables if k not in table.axes] + [rest]
        left.discard(k)
    if steps:  # parts that nothing links are left as single numbers: they belong to the total of the last step
        end = steps[-1].table
        constant = sum(float(table.values) for table in tables if not table.axes) - float(end.values.min())
        steps[-1] = Step(steps[-1].family, Table(end.axes, end.values + constant))
    return steps


def least_total(steps: Sequence[Step]) -> float:
    """Return the least sum that some eliminations found."""
    return float(steps[-1].table.values.min()) if steps else 0.0


def backwards(steps: Sequence[Step]) -> Iterator[dict[int, int]]:
    """Yield every assignment of least total, in the order of the choices."""
    stack: list[tuple[int, dict[int, int]]] = [(len(steps) - 1, {})]
    while stack:
        at, chosen = stack.pop()
        if at < 0:
            yield chosen
            continue
        step = steps[at]
        index = tuple(slice(None) if axis == step.family else chosen[axis] for axis in step.table.axes)
        values = step.table.values[index]
        ties = np.flatnonzero(values <= values.min() + TIE).tolist()
        stack.extend((at - 1, {**chosen, step.family: value}) for value in reversed(ties))
