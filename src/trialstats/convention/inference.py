"""The convention of a paper, which findings fit it, and which of these the others would have predicted."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from trialstats.catalogue import ORDINARY_BITS, Catalogue
from trialstats.claims.model import Paper
from trialstats.convention.denominators import needed_denominators, pairs_of_denominators
from trialstats.convention.evidence import (
    LEAST_CLAIMS,
    Evidence,
    LoneRule,
    Rerun,
    evidence_for,
    lone_rules,
    noun_of,
)
from trialstats.convention.families import DENOMINATOR
from trialstats.convention.tables import Tables
from trialstats.explanations import Block, Explanation
from trialstats.findings import Finding, PaperConvention, Under
from trialstats.search.joint.search import Joint, JointSearch

DEPARTURE = 8.0
"""Bits of a claim that does not follow the paper's convention: a slip, another hand, a misreading of ours.

Between the dearest single choice of the catalogue that a few claims should be able to establish (rounding up, 5.8 bits)
and what would let one damaged claim choose among unstated sizes; docs/validation-joint.md shows what other values do.
"""
_LOOKED_AT = 20_000
_POPULATIONS = {"stated": "stated", "derived": "derived", "near": "inferred", "any": "inferred"}


@dataclass(frozen=True)
class PaperReading:
    """How a paper was computed and printed, as far as its findings tell."""

    paper: Paper
    catalogue: Catalogue
    tables: Tables
    """The candidates."""
    departure: float = DEPARTURE
    """Bits of a claim that does not follow the convention."""
    rerun: Rerun | None = None
    """Runs a finding's check on a changed claim; with it the evidence against slips can be had."""
    copies: int = 200
    """How many copies with slips."""

    @cached_property
    def _considered(self) -> tuple[Tables, JointSearch, Mapping[str, LoneRule]]:
        """The tables without the rules that too few claims speak for, their search, and these rules."""
        tables = self.tables
        alone: dict[str, LoneRule] = {}
        while True:
            search = tables.search(self.departure)
            lone = lone_rules(tables, search) if tables.findings else {}
            if not lone:
                return tables, search, alone
            tables = tables.without((family, one.choice) for family, one in lone.items())
            alone.update({family: one for family, one in lone.items() if family not in alone})

    @property
    def considered(self) -> Tables:
        """The candidates without the less ordinary rules that fewer than two claims speak for."""
        return self._considered[0]

    @property
    def search(self) -> JointSearch:
        """The joint search on all findings."""
        return self._considered[1]

    @property
    def alone(self) -> Mapping[str, LoneRule]:
        """The less ordinary rules that too few claims speak for, by family."""
        return self._considered[2]

    @property
    def best(self) -> Joint:
        """The cheapest convention; the first of those that tie."""
        return self.search.best

    def fits(self, position: int) -> bool:
        """Return whether the finding prints under the paper's convention."""
        return position in self.best.explained

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """What speaks for each choice that is not the ordinary one."""
        return evidence_for(self.considered, self.search, self.rerun, self.copies)

    @cached_property
    def discriminating(self) -> frozenset[int]:
        """The findings that print differently under the ordinary choices."""
        return frozenset(position for one in self.evidence if not one.ordinary for position in one.discriminating)

    def predicted(self, position: int) -> bool | None:
        """Return whether the convention of all other claims prints this one; None where the ordinary one does too.

        Under every convention that ties for the others; what they leave open is taken to be the ordinary choice.
        """
        if position not in self.discriminating and self.fits(position):
            return None
        claim = self.tables.findings[position].claim
        others = [at for at, finding in enumerate(self.tables.findings) if finding.claim != claim]
        if self._would_be_alone(claim):
            return False
        return all(self._prints(position, joint) for joint in self.search.ties_of(others))

    def _would_be_alone(self, claim: str) -> bool:
        """Return whether a rule that prints a claim would rest on too few others without it."""
        findings = self.tables.findings
        for one in self.evidence:
            if one.family.startswith(DENOMINATOR) or self.search.families[one.family][one.choice] <= ORDINARY_BITS:
                continue
            needed = {findings[position].claim for position in one.printed}
            if claim in needed and len(needed) <= LEAST_CLAIMS:
                return True
        return False

    def _prints(self, position: int, joint: Joint) -> bool:
        for one in self.considered.candidates[position]:
            if not one.holds(joint.choices):
                continue
            free = (name for name in one.choices if name not in joint.choices)
            if all(one.accepts(name) & _cheapest(self.considered.families[name]) for name in free):
                return True
        return False

    @cached_property
    def under(self) -> Mapping[tuple[str, str], Under]:
        """By claim and check: whether it fits, whether the others predict it, its explanation if not the cheapest."""
        found: dict[tuple[str, str], Under] = {}
        for position, finding in enumerate(self.tables.findings):
            fits = self.fits(position)
            one = self.explanation(finding) if fits and self._settled(position) else None
            other = None if one is None or one == finding.explanations[0] else one
            found[finding.claim, finding.check] = Under(fits, self.predicted(position), other)
        return found

    def _settled(self, position: int) -> bool:
        """Return whether no choice that a finding needs is tied with another."""
        needed = {name for one in self.considered.candidates[position] for name in one.choices}
        return all(len(self.search.alternatives[name]) == 1 for name in needed & self.best.choices.keys())

    def under_of(self, finding: Finding) -> Under | None:
        """Return what `under` says of a finding; several percentages of one arm fit if each of them does."""
        found = self.under.get((finding.claim, finding.check))
        if found is not None or finding.check != "denominators":
            return found
        members = [self.under.get((name, "percent-count")) for name in (finding.claim, *finding.others)]
        known = [one for one in members if one is not None]
        return Under(all(one.fits for one in known), None) if known else None

    def explanation(self, finding: Finding) -> Explanation | None:
        """Return the cheapest explanation of a finding that fits the paper's convention."""
        for block in finding.explanations.blocks if finding.explanations else ():
            if self._holds(finding, block):
                for i in range(min(block.size, _LOOKED_AT)):
                    if self._holds(finding, Block.single(block.item(i))):
                        return block.item(i)
        return None

    def _holds(self, finding: Finding, block: Block) -> bool:
        candidates = self.considered.candidates_of(finding, (block,))
        return any(one.holds(self.best.choices) for one in candidates)

    @cached_property
    def convention(self) -> PaperConvention:
        """The convention as a report holds it."""
        if not self.tables.findings:
            return PaperConvention()
        choices = self.best.choices
        rounding = {
            kind: str(choices[family]) for kind in ("percentages", "ratios", "p-values")
            if (family := f"rounding:{kind}") in choices
        }  # fmt: skip
        sides = {choices[family] for family in ("sides:ratios", "sides:comparisons") if family in choices}
        return PaperConvention(
            rounding=rounding,
            binomial_method=self._named("method"),
            prior=self._named("prior"),
            posterior_point=self._named("point"),
            km_transform=self._named("transform"),
            two_arm_test=self._named("test"),
            p_sided={"one": 1, "two": 2}[str(sides.pop())] if len(sides) == 1 else None,
            denominators=self._denominators(),
            evidence=self._evidence(),
        )

    def _named(self, family: str) -> str | None:
        value = self.best.choices.get(family)
        return None if value is None else str(value)

    def _denominators(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for family, n in self.best.choices.items():
            if family.startswith(DENOMINATOR):
                assert isinstance(n, int)
                arm, _, population = family.removeprefix(DENOMINATOR).rpartition("/")
                allowed = self.tables.denominators.allowed[family][n]
                found.setdefault(arm, {})[population or self._population(arm, n, allowed)] = n
        return found

    def _population(self, arm_id: str, n: int, allowed: str) -> str:
        arm = self.paper.arm(arm_id)
        sizes = arm.of if arm is not None else self.paper.of
        named = next((name for name, size in sizes.items() if size.value.whole == n), None)
        if named is None and allowed == "derived" and "untreated" in sizes:
            return "treated"
        return named or _POPULATIONS[allowed]

    @property
    def _sized(self) -> tuple[str, ...]:
        """The families of denominators for which the text prints a size."""
        denominators = self.considered.denominators
        return tuple(family for family in denominators.allowed if denominators.usual(family))

    def _evidence(self) -> dict[str, Any]:
        findings = self.tables.findings
        missed = [finding.claim for position, finding in enumerate(findings) if not self.fits(position)]
        ties = {_key(family): list(values) for family, values in self.search.alternatives.items() if len(values) > 1}
        found: dict[str, Any] = {
            "claims": len(findings),
            "printed": len(self.best.explained),
            "not_printed": missed,
            "left_out": [finding.claim for finding in self.tables.left_out],
            "bits": self.best.cost,
            "bits_with_departures": self.search.least,
            "ties": ties,
            "needs": {_key(family): needs for family, needs in needed_denominators(self.considered, self.best).items()},
            "sizes": {_key(family): self.considered.denominators.printed(family) for family in self._sized},
            "pairs": pairs_of_denominators(self.considered, self.best),
            "inferred": {_key(one.family): one.as_dict(findings) for one in self.evidence},
            "alone": {
                _key(family): {
                    "choice": one.choice,
                    "printed": list(dict.fromkeys(findings[position].claim for position in one.printed)),
                    "of": noun_of(findings, one.printed),
                }
                for family, one in self.alone.items()
            },
        }
        return found


def _key(family: str) -> str:
    return family.removesuffix("/")


def _cheapest(menu: Mapping[Hashable, float]) -> frozenset[Hashable]:
    least = min(menu.values())
    return frozenset(value for value, cost in menu.items() if cost <= least + 1e-9)


def read_convention(
    paper: Paper,
    findings: Sequence[Finding],
    catalogue: Catalogue,
    *,
    rerun: Rerun | None = None,
    copies: int = 200,
    departure: float = DEPARTURE,
) -> PaperReading:
    """Find the cheapest common choices under which the claims of a paper print, and what speaks for them.

    It is made when first asked. ``rerun(finding, changed)`` runs a finding's check with some claims changed. With it,
    each choice is held against copies of the paper with random slips. ``departure`` are the bits of a claim that does
    not follow the convention.
    """
    return PaperReading(paper, catalogue, Tables.of(paper, findings, catalogue), departure, rerun, copies)
