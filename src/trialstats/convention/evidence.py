"""What speaks for a convention: the claims that tell it from its rival, and how often slips would have looked so."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from types import MappingProxyType
from typing import Any

from trialstats.catalogue import ORDINARY_BITS
from trialstats.claims.model import Claim
from trialstats.convention.families import DENOMINATOR
from trialstats.convention.tables import Tables
from trialstats.findings import Finding
from trialstats.search.joint.search import Candidate, JointSearch
from trialstats.search.joint.slips import slips

Rerun = Callable[[Finding, Mapping[str, Claim]], Finding | None]
"""Runs a finding's check again with some claims changed."""
LEAST_CLAIMS = 2
"""So many claims must need a less ordinary rule before it is the paper's."""
_TIE = 1e-6
_NOUNS: Mapping[str, str] = MappingProxyType(
    {
        "percent-count": "percentage",
        "proportion-interval": "interval",
        "posterior-summary": "interval",
        "survival-interval": "interval",
        "ratio-interval": "interval",
        "ratio-p": "P value",
        "two-arm-p": "P value",
    }
)
_NUMBERS = ("estimate", "lower", "upper", "p")


@dataclass(frozen=True)
class Evidence:
    """What speaks for one choice of a paper."""

    family: str
    choice: Hashable
    rival: Hashable
    """The rival is the ordinary choice; where the choice is the ordinary one, the next best."""
    ordinary: bool
    """Whether the choice is (one of) the most usual of its family. The others are held against slips, and so are
    denominators for which the text prints no size."""
    discriminating: tuple[int, ...]
    """Positions of the findings that print under one of the two and not, or only in an extraordinary way (more than 4
    bits dearer), under the other, all else alike."""
    printed: tuple[int, ...]
    """Those of them that print under the choice."""
    bits_ahead: float
    """By how many bits the best convention with another choice is dearer; 0 for a tie."""
    copies: int = 0
    """Copies of the paper in which the discriminating claims have slips; 0 where none were made."""
    as_cheap: int = 0
    """How many of the copies had a convention of equal or lower cost."""
    equals: tuple[Hashable, ...] = ()
    """Other choices of conventions that cost no more and print all that this one prints."""

    def as_dict(self, findings: Sequence[Finding]) -> dict[str, Any]:
        """Return it as the report holds it, claims by id."""
        noun = noun_of(findings, self.discriminating)
        found: dict[str, Any] = {
            "choice": self.choice,
            "rival": self.rival,
            "ordinary": self.ordinary,
            "discriminating": [findings[position].claim for position in self.discriminating],
            "printed": [findings[position].claim for position in self.printed],
            "of": noun,
            "bits_ahead": self.bits_ahead,
            "equals": list(self.equals),
        }
        if self.copies:
            found |= {"copies": self.copies, "as_cheap": self.as_cheap}
        return found


@dataclass(frozen=True)
class LoneRule:
    """A less ordinary rule that the claims of a paper would need, too few of them for a convention."""

    choice: Hashable
    printed: tuple[int, ...]
    """Positions of the findings that it alone prints."""


def evidence_for(tables: Tables, search: JointSearch, rerun: Rerun | None, copies: int) -> tuple[Evidence, ...]:
    """Return what speaks for each choice of the cheapest convention; without ``rerun`` no copies are made."""
    if not tables.findings:
        return ()
    best = search.best
    made = _Copies(tables, search, rerun, copies) if rerun is not None else None
    found = []
    for family, choice in best.choices.items():
        by_choice = search.by_choice(family)
        others = {value: total for value, total in by_choice.items() if value != choice}
        if not others:
            continue
        costs = search.families[family]
        least = min(costs.values())
        sized = not family.startswith(DENOMINATOR) or tables.denominators.usual(family)
        usual = sized and costs[choice] <= least + _TIE
        next_best = min(others, key=lambda value: others[value])
        rival = min(costs, key=lambda value: costs[value]) if sized and not usual else next_best
        with_rival = {**best.choices, family: rival}
        bits = [
            (_bits(search, position, best.choices), _bits(search, position, with_rival))
            for position in range(len(tables.findings))
        ]
        differ = tuple(at for at, (own, other) in enumerate(bits) if abs(own - other) > ORDINARY_BITS)
        printed = tuple(at for at in differ if bits[at][0] < bits[at][1])
        slipped = made.as_cheap(differ) if made is not None and differ and not usual else None
        equals = search.alternatives_printing(printed).get(family, ()) if printed and not usual else ()
        found.append(
            Evidence(family, choice, rival, usual, differ, printed, others[next_best] - search.least,
                     copies if slipped is not None else 0, slipped or 0,
                     tuple(value for value in equals if value != choice))
        )  # fmt: skip
    return tuple(found)


def noun_of(findings: Sequence[Finding], positions: Iterable[int]) -> str:
    """Return what some findings are about: intervals, percentages, P values, or else results."""
    kinds = {_NOUNS[findings[position].check] for position in positions}
    return kinds.pop() if len(kinds) == 1 else "result"


def lone_rules(tables: Tables, search: JointSearch) -> dict[str, LoneRule]:
    """Return the less ordinary rules of the cheapest convention that fewer than two claims speak for, by family.

    One claim may be a slip, another hand or a misreading: what it alone needs is no convention of a paper. A
    denominator is no rule of the whole paper, and may rest on one claim of its arm.
    """
    found = {}
    best = search.best.choices
    for family, choice in best.items():
        costs = search.families[family]
        if family.startswith(DENOMINATOR) or costs[choice] <= ORDINARY_BITS:
            continue
        rival = min(costs, key=lambda value: costs[value])
        if rival == choice:
            continue
        with_rival = {**best, family: rival}
        needs = tuple(
            position
            for position in range(len(tables.findings))
            if _bits(search, position, with_rival) - _bits(search, position, best) > _TIE
        )
        if len({tables.findings[position].claim for position in needs}) < LEAST_CLAIMS:
            found[family] = LoneRule(choice, needs)
    return found


def _bits(search: JointSearch, position: int, choices: Mapping[str, Hashable]) -> float:
    own = search.own_cost(position, choices)
    return search.departure if own is None else min(own, search.departure)


class _Copies:
    """Copies of a paper with slips; what they share is searched once."""

    def __init__(self, tables: Tables, search: JointSearch, rerun: Rerun, copies: int) -> None:
        self.tables, self.search, self.rerun, self.copies = tables, search, rerun, copies
        self._known: dict[tuple[int, tuple[tuple[str, int], ...]], Sequence[Candidate]] = {}

    def as_cheap(self, discriminating: Sequence[int]) -> int:
        """Return how many copies, in which these claims have random slips, have a convention of no higher cost."""
        tables = self.tables
        variants = _variants(discriminating, tables)
        random = Random(f"{tables.paper.id}/{sorted(variants)}")  # seeded by text: the same everywhere
        pool: list[Sequence[Candidate]] = list(tables.candidates)
        place: dict[tuple[int, tuple[tuple[str, int], ...]], int] = {}
        selections = []
        for _ in range(self.copies):
            drawn = {name: random.randrange(len(some)) for name, some in variants.items()}
            selection = []
            for position, finding in enumerate(tables.findings):
                about = (finding.claim, *finding.others) if finding.check == "two-arm-p" else (finding.claim,)
                key = (position, tuple((name, drawn[name]) for name in about if name in drawn))
                if not key[1]:
                    selection.append(position)
                    continue
                if key not in place:
                    pool.append(self._again(key, finding, variants))
                    place[key] = len(pool) - 1
                selection.append(place[key])
            selections.append(selection)
        totals = tables.search(self.search.departure, pool).least_of(selections)
        return sum(total <= self.search.least + _TIE for total in totals)

    def _again(
        self, key: tuple[int, tuple[tuple[str, int], ...]], finding: Finding, variants: Mapping[str, Sequence[Claim]]
    ) -> Sequence[Candidate]:
        if key not in self._known:
            again = self.rerun(finding, {name: variants[name][at] for name, at in key[1]})
            self._known[key] = () if again is None else self.tables.candidates_of(again)
        return self._known[key]


def _variants(discriminating: Sequence[int], tables: Tables) -> dict[str, tuple[Claim, ...]]:
    """Return the copies with one slip of each claim that discriminates."""
    names: dict[str, dict[str, None]] = {}
    for position in discriminating:
        claim = tables.findings[position].claim
        reported = {name for one in tables.findings if one.claim == claim for name in one.reported}
        names[claim] = dict.fromkeys(name for name in _NUMBERS if name in reported)
    found = {claim: slips(tables.claims[claim], numbers) for claim, numbers in names.items()}
    return {claim: some for claim, some in found.items() if some}
