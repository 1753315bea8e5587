"""One paper, few hands: the cheapest common choices under which the most claims print.

Knows tables of candidates, neither claims nor checks: for each claim, which combinations of choices
explain it, and at what further cost. A *common* family (rounding, interval method) is chosen once
for the paper; a *local* one (the denominator of an arm) concerns some claims only, and two local
families never meet in one claim. So the common choices are enumerated, and given them each local
family is settled alone: exact, and fast for the few dozen claims of a paper.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

__all__ = ["Candidate", "Joint", "best_joint"]

Choices = Mapping[str, Hashable]
Costs = Mapping[str, Mapping[Hashable, float]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One explanation of one claim.

    Attributes
    ----------
    choices : mapping of str to hashable
        What the explanation chooses in each family it concerns.
    cost : float
        Bits of the parts that are not choices of a family.
    """

    choices: Choices
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Joint:
    """A common convention.

    Attributes
    ----------
    choices : mapping
        By family, common and local; a local family that explains nothing is left out.
    cost : float
        Bits of the choices, each paid once, and of each claim's own.
    explained : tuple of int
        Positions of the claims it prints.
    """

    choices: Choices
    cost: float
    explained: tuple[int, ...]


def best_joint(claims: Sequence[Sequence[Candidate]], common: Costs, local: Costs | None = None) -> tuple[Joint, ...]:
    """Return the conventions that print the most claims, at the least cost; several where they tie.

    Parameters
    ----------
    claims : sequence of sequence of Candidate
        For each claim all its explanations.
    common, local : mapping of str to mapping
        Bits of each choice of each family, paid once for the paper.

    Returns
    -------
    tuple of Joint
        All that tie, in the order of their choices.

    Examples
    --------
    >>> once, twice = Candidate({"rounding": "nearest"}), Candidate({"rounding": "twice"})
    >>> best = best_joint([[once, twice], [twice]], {"rounding": {"nearest": 0.1, "twice": 4.5}})
    >>> dict(best[0].choices), best[0].explained
    ({'rounding': 'twice'}, (0, 1))
    """
    found = [_settle(claims, choices, common, local or {}) for choices in _combinations(common)]
    most = max((len(one.explained) for one in found), default=0)
    least = min((one.cost for one in found if len(one.explained) == most), default=0.0)
    return tuple(one for one in found if len(one.explained) == most and one.cost <= least + 1e-9)


def _combinations(common: Costs) -> Iterator[dict[str, Hashable]]:
    families = sorted(common)
    menus = [sorted(common[family], key=lambda value: (common[family][value], str(value))) for family in families]
    for values in product(*menus):
        yield dict(zip(families, values, strict=True))


def _settle(claims: Sequence[Sequence[Candidate]], choices: dict[str, Hashable], common: Costs, local: Costs) -> Joint:
    """Choose the best value of each local family, given the common choices."""
    total = sum(common[family][value] for family, value in choices.items())
    free: dict[int, float] = {}
    by_family: dict[str, dict[Hashable, dict[int, float]]] = defaultdict(lambda: defaultdict(dict))
    for position, candidates in enumerate(claims):
        for one in candidates:
            if all(choices[family] == value for family, value in one.choices.items() if family in choices):
                own = next(((family, value) for family, value in one.choices.items() if family in local), None)
                table = free if own is None else by_family[own[0]][own[1]]
                table[position] = min(one.cost, table.get(position, one.cost))
    chosen = dict(choices)
    explained = set(free)
    total += sum(free.values())
    for family, values in sorted(by_family.items()):
        value = min(
            values,
            key=lambda one: (-len(values[one]), local[family][one] + sum(values[one].values()), str(one)),
        )
        chosen[family] = value
        explained |= set(values[value])
        total += local[family][value] + sum(values[value].values())
    return Joint(chosen, total, tuple(sorted(explained)))
