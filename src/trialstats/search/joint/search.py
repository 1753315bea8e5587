"""One paper, few hands: the cheapest common choices under which the claims of a paper print.

Knows tables of candidates, neither claims nor checks. A *family* is something that a paper chooses once: a rounding
rule, an interval method, the denominator of an arm. A candidate is one explanation of one claim: which choices of
which families it needs, and what it costs besides. Each choice is paid once for the paper, each claim's own cost
besides, and a claim that does not print pays a fixed price, the *departure*; wanted are the choices of least total.

Exact: choices that cannot matter are set aside (those that print no more than a cheaper one) or merged (those that
print the same), and the rest is solved by eliminating one family after the other (`elimination`). Where a table would
grow too large one family is enumerated instead.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from trialstats.search.joint.elimination import TIE, Step, Table, backwards, eliminate, least_total
from trialstats.search.limits import MOST_CELLS, MOST_ENUMERATED
from trialstats.values import Kept, frozen

MOST_CLAIMS = 1000.0
"""A departure so dear that the most claims print, whatever that costs in bits."""
Families = Mapping[str, Mapping[Hashable, float]]
_MOST_TIES = 500
_MOST_LOOKED_AT = 20_000
_CELLS_OF_A_TRY = 10_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """One explanation of one claim, or several that differ in one choice only."""

    choices: Mapping[str, Hashable]
    """For each family that it concerns the choice with which it holds, or a frozenset of such choices."""
    cost: float = 0.0
    """Bits of the parts that are no choices of a family."""

    def accepts(self, family: str) -> frozenset[Hashable]:
        """Return the choices of a family with which it holds."""
        value = self.choices[family]
        return value if isinstance(value, frozenset) else frozenset((value,))

    def holds(self, choices: Mapping[str, Hashable]) -> bool:
        """Return whether it holds under some choices; a family that these leave open is free."""
        for name, value in self.choices.items():
            if name in choices:
                chosen = choices[name]
                if (chosen not in value) if isinstance(value, frozenset) else (chosen != value):
                    return False
        return True


@dataclass(frozen=True, slots=True)
class Joint:
    """Common choices."""

    choices: Mapping[str, Hashable]
    """By family; a family that no explained claim needs is left out."""
    cost: float
    """Bits of these choices, each once, and of each explained claim's own."""
    explained: tuple[int, ...]
    """Positions of the claims that print."""


@dataclass(frozen=True)
class JointSearch(Kept):
    """The search for the cheapest common choices.

    Examples
    --------
    >>> once, twice = Candidate({"rounding": "nearest"}), Candidate({"rounding": "twice"})
    >>> search = JointSearch([[once, twice], [twice]], {"rounding": {"nearest": 0.1, "twice": 4.5}})
    >>> dict(search.best.choices), search.best.explained
    ({'rounding': 'twice'}, (0, 1))
    >>> search.by_choice("rounding")
    {'nearest': 1000.1, 'twice': 4.5}
    """

    claims: Sequence[Sequence[Candidate]]
    """For each claim all its explanations."""
    families: Families
    """Bits of each choice of each family, in the order in which ties are to be named."""
    departure: float = MOST_CLAIMS
    """Bits of a claim that does not print; by default so many that the most claims print, whatever that costs."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "claims", tuple(map(tuple, self.claims)))
        object.__setattr__(self, "families", frozen(self.families))

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(self.families)

    @cached_property
    def _looked_at(self) -> list[int]:
        """The cells of every table that was looked at while choices were enumerated."""
        return []

    @property
    def limited(self) -> bool:
        """Whether so many choices had to be enumerated that some were not: known once something was asked for."""
        return sum(self._looked_at) > MOST_ENUMERATED

    # ---- choices that matter -----------------------------------------------------------------------------------------
    @cached_property
    def _menus(self) -> tuple[tuple[Hashable, ...], ...]:
        """The choices of each family, cheapest first and then as they are given."""
        return tuple(tuple(sorted(menu, key=lambda value, menu=menu: menu[value]))  # type: ignore[misc]
                     for menu in self.families.values())  # fmt: skip

    @cached_property
    def _classes(self) -> tuple[tuple[tuple[int, ...], ...], ...]:
        """For each family its choices, those that print the same at the same cost merged."""
        return tuple(self._merged(k) for k in range(len(self._names)))

    def _accepting(self, k: int) -> NDArray[np.uint8]:
        """Return for each choice of a family the candidates that it allows, as packed bits."""
        name, menu = self._names[k], self._menus[k]
        place = {value: i for i, value in enumerate(menu)}
        concerned = [one.accepts(name) for table in self.claims for one in table if name in one.choices]
        allowed = np.zeros((len(menu), max(len(concerned), 1)), dtype=bool)
        for column, values in enumerate(concerned):
            allowed[[place[value] for value in values], column] = True
        return np.packbits(allowed, axis=1)

    def _merged(self, k: int) -> tuple[tuple[int, ...], ...]:
        bits = self._bits[k]
        costs = [self.families[self._names[k]][value] for value in self._menus[k]]
        found: dict[tuple[float, bytes], list[int]] = {}
        for i, cost in enumerate(costs):
            found.setdefault((round(cost, 9), bits[i].tobytes()), []).append(i)
        return tuple(tuple(members) for members in found.values())

    @cached_property
    def _bits(self) -> tuple[NDArray[np.uint8], ...]:
        return tuple(self._accepting(k) for k in range(len(self._names)))

    @cached_property
    def _kept(self) -> tuple[tuple[int, ...], ...]:
        """For each family the classes that no cheaper one makes needless."""
        found = []
        for k, classes in enumerate(self._classes):
            menu = self.families[self._names[k]]
            first = np.array([members[0] for members in classes], dtype=np.intp)
            bits = self._bits[k][first]
            costs = np.array([menu[self._menus[k][i]] for i in first])
            kept: list[int] = []
            for i in range(first.size):  # cheapest first: what is needless for a needless one is so for its better
                cheaper = [j for j in kept if costs[j] < costs[i] - TIE]
                if not (cheaper and (~(bits[i] & ~bits[cheaper]).any(axis=1)).any()):
                    kept.append(i)
            found.append(tuple(kept))
        return tuple(found)

    # ---- tables ------------------------------------------------------------------------------------------------------
    def _tables(self, kept: Sequence[Sequence[int]]) -> list[Table]:
        """Return the bits of each family and of each claim over the choices kept."""
        where: list[dict[Hashable, int]] = []
        tables = []
        for k, classes in enumerate(kept):
            members = [self._classes[k][i] for i in classes]
            where.append({self._menus[k][i]: at for at, some in enumerate(members) for i in some})
            menu = self.families[self._names[k]]
            tables.append(Table((k,), np.array([menu[self._menus[k][some[0]]] for some in members])))
        number = {name: k for k, name in enumerate(self._names)}
        for candidates in self.claims:
            axes = tuple(sorted({number[name] for one in candidates for name in one.choices}))
            values = np.full([len(kept[k]) for k in axes], self.departure)
            for one in candidates:
                index = [
                    sorted({where[k][value] for value in one.accepts(self._names[k]) if value in where[k]})
                    if self._names[k] in one.choices
                    else range(len(kept[k]))
                    for k in axes
                ]
                if all(len(some) for some in index):
                    # One list among single places needs no open mesh, which costs more than all the rest.
                    several = sum(len(some) > 1 for some in index)
                    at = np.ix_(*index) if several > 1 else tuple(some if len(some) > 1 else some[0] for some in index)
                    values[at] = np.minimum(values[at], one.cost)
            tables.append(Table(axes, values))
        return tables

    # ---- elimination -------------------------------------------------------------------------------------------------
    def _eliminations(
        self, kept: tuple[Sequence[int], ...], selection: Sequence[int], last: int | None = None
    ) -> Iterator[tuple[Sequence[Sequence[int]], list[Step]]]:
        """Yield the choices with their eliminations; several times where the choices of large families are enumerated.

        ``kept`` are the classes of each family, ``selection`` the positions of claims; the ``last`` family to eliminate
        is never enumerated.
        """
        families, found, pending = len(self._names), False, [kept]
        while pending and not (self.limited and found):
            some = pending.pop()
            every = self._shared if some is self._kept else self._tables(some)
            tables = [*every[:families], *(every[families + position] for position in selection)]
            steps = eliminate(tables, [len(classes) for classes in some], last, MOST_CELLS)
            if some is not kept:
                cells = sum(step.table.values.size for step in steps or ())
                self._looked_at.append(cells + _CELLS_OF_A_TRY)
            if steps is not None:
                found = True
                yield some, steps
                continue
            k = max((k for k in range(families) if k != last), key=lambda k: len(some[k]))
            pending += [(*some[:k], (one,), *some[k + 1 :]) for one in reversed(some[k])]  # the cheapest is next

    @cached_property
    def least(self) -> float:
        """The least total of bits."""
        return self.least_of([range(len(self.claims))])[0]

    @cached_property
    def ties(self) -> tuple[Joint, ...]:
        """The conventions of least total, at most 500; those that print the same are one."""
        return self.ties_of(range(len(self.claims)))

    @cached_property
    def _shared(self) -> list[Table]:
        return self._tables(self._kept)

    def ties_of(self, selection: Sequence[int]) -> tuple[Joint, ...]:
        """Return the conventions of least total for the claims at some positions, as for a paper without the others."""
        every = list(self._eliminations(self._kept, selection))
        least = min(least_total(steps) for _, steps in every)
        found: dict[tuple[tuple[str, Hashable], ...], tuple[tuple[int, ...], Joint]] = {}
        for kept, steps in every:
            if least_total(steps) > least + TIE:
                continue
            for chosen in islice(backwards(steps), _MOST_LOOKED_AT):
                order = tuple(self._classes[k][kept[k][chosen[k]]][0] for k in range(len(kept)))
                choices = {name: self._menus[k][order[k]] for k, name in enumerate(self._names)}
                joint = self._joint(choices, selection)
                key = tuple(joint.choices.items())
                if key not in found or order < found[key][0]:
                    found[key] = order, joint
                if len(found) >= _MOST_TIES:
                    break
        return tuple(joint for _, joint in sorted(found.values(), key=lambda one: one[0]))

    @property
    def best(self) -> Joint:
        """The first of those that tie: in each family the cheapest choice, then the one named first."""
        return self.ties[0]

    @cached_property
    def alternatives(self) -> dict[str, tuple[Hashable, ...]]:
        """By family all choices that occur in a convention of least total, also those that print the same."""
        return self.alternatives_printing(())

    def alternatives_printing(self, positions: Iterable[int]) -> dict[str, tuple[Hashable, ...]]:
        """Return the `alternatives` that occur in a convention of least total under which some claims print."""
        wanted = set(positions)
        found: dict[str, dict[Hashable, None]] = {}
        for joint in self.ties:
            if not wanted.issubset(joint.explained):
                continue
            for name, value in joint.choices.items():
                k = self._names.index(name)
                at = self._menus[k].index(value)
                members = next(some for some in self._classes[k] if at in some)
                found.setdefault(name, {}).update(dict.fromkeys(self._menus[k][i] for i in members))
        return {name: tuple(values) for name, values in found.items()}

    def by_choice(self, family: str) -> dict[Hashable, float]:
        """Return for every choice of a family the least total of bits with it, all else chosen for the best."""
        k = self._names.index(family)
        everything = (*self._kept[:k], tuple(range(len(self._classes[k]))), *self._kept[k + 1 :])
        least = np.full(len(self._classes[k]), np.inf)
        for _, steps in self._eliminations(everything, range(len(self.claims)), last=k):
            least = np.minimum(least, steps[-1].table.values)
        totals = {i: float(total) for some, total in zip(self._classes[k], least, strict=True) for i in some}
        return {value: totals[i] for i, value in enumerate(self._menus[k])}

    def least_of(self, selections: Iterable[Sequence[int]]) -> list[float]:
        """Return the least total of bits for each of some selections of the claims, by their positions.

        What the selections share is prepared once: for many copies of a paper that differ in few claims.
        """
        return [
            min(least_total(steps) for _, steps in self._eliminations(self._kept, selection))
            for selection in selections
        ]

    # ---- one convention ----------------------------------------------------------------------------------------------
    def own_cost(self, position: int, choices: Mapping[str, Hashable]) -> float | None:
        """Return a claim's own bits under some choices, or None if it does not print; open families are free."""
        return min((one.cost for one in self.claims[position] if one.holds(choices)), default=None)

    def _joint(self, choices: Mapping[str, Hashable], selection: Sequence[int]) -> Joint:
        holding = {
            position: found
            for position in selection
            if (found := [one for one in self.claims[position] if one.holds(choices)])
        }
        needed = {name for found in holding.values() for one in found for name in one.choices}
        used = {name: value for name, value in choices.items() if name in needed}
        own = sum(min(one.cost for one in found) for found in holding.values())
        return Joint(used, sum(self.families[name][value] for name, value in used.items()) + own, tuple(holding))
