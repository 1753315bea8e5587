"""From the explanations of a finding to the candidates of the joint search."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from trialstats.catalogue import Catalogue
from trialstats.claims.model import Claim, Comparison, Estimate, Paper
from trialstats.claims.populations import denominators
from trialstats.convention.families import Denominators, common_costs, group_of
from trialstats.explanations import Block, Explanation
from trialstats.findings import Finding, Verdict
from trialstats.search.joint.search import Candidate, JointSearch
from trialstats.search.posteriors.priors import PRIORS

JUDGED = (
    "percent-count",
    "proportion-interval",
    "posterior-summary",
    "survival-interval",
    "ratio-interval",
    "ratio-p",
    "two-arm-p",
)
"""The checks whose explanations name choices of a paper."""

MOST_PAIRS = 150
"""Pairs of denominators of two arms that are looked at: arms of about 120 patients."""
_MOST_LISTED = 50_000
_PLAIN = "nearest"
Choices = dict[str, Hashable]


@dataclass(frozen=True)
class Tables:
    """The candidates of a paper's findings."""

    paper: Paper
    catalogue: Catalogue
    findings: tuple[Finding, ...]
    """Those of the checks of `JUDGED` that judged something."""
    left_out: tuple[Finding, ...] = ()
    """Comparisons of arms so large that more than `MOST_PAIRS` pairs of denominators lie near the printed sizes: some
    of so many print almost any P value."""
    set_aside: frozenset[tuple[str, Hashable]] = frozenset()
    """Choices that are not looked at, each with its family."""

    @classmethod
    def of(cls, paper: Paper, findings: Sequence[Finding], catalogue: Catalogue) -> Tables:
        """Take from a paper's findings those that name choices, and those for which nothing was found."""
        judged = [one for one in findings if one.check in JUDGED]
        left_out = tuple(one for one in judged if one.check == "two-arm-p" and _pairs_near(paper, one) > MOST_PAIRS)
        kept = [one for one in judged if one not in left_out and (one.explanations or _unexplained(one))]
        return cls(paper, catalogue, tuple(kept), left_out)

    def without(self, choices: Iterable[tuple[str, Hashable]]) -> Tables:
        """Return the same tables without some choices of some families."""
        return replace(self, set_aside=self.set_aside.union(choices))

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        """The paper's claims by id."""
        return {claim.id: claim for claim in self.paper.claims}

    @cached_property
    def denominators(self) -> Denominators:
        """The families of denominators."""
        members = [name for one in self.findings for name in (one.claim, *one.others)]
        estimates = [claim for name in members if isinstance(claim := self.claims.get(name), Estimate)]
        counted = [one for one in estimates if one.measure in ("proportion", "survival")]
        return Denominators(self.paper, counted, self.catalogue)

    @cached_property
    def families(self) -> dict[str, dict[Hashable, float]]:
        """The bits of every choice, in the order in which choices are named."""
        every = {**common_costs(self.catalogue), **dict(sorted(self.denominators.costs.items()))}
        return {
            family: {value: cost for value, cost in menu.items() if (family, value) not in self.set_aside}
            for family, menu in every.items()
        }

    @cached_property
    def candidates(self) -> tuple[tuple[Candidate, ...], ...]:
        """For each finding its candidates."""
        return tuple(self.candidates_of(finding) for finding in self.findings)

    def search(self, departure: float, claims: Sequence[Sequence[Candidate]] | None = None) -> JointSearch:
        """Return the joint search, on these candidates or on others of the same families."""
        chosen = self.candidates if claims is None else claims
        needed = {name for table in chosen for one in table for name in one.choices}
        families = {name: menu for name, menu in self.families.items() if name in needed}
        return JointSearch(chosen, families, departure)

    # ---- one finding -------------------------------------------------------------------------------------------------
    def candidates_of(self, finding: Finding, blocks: Iterable[Block] | None = None) -> tuple[Candidate, ...]:
        """Return the candidates of one finding: its explanations, or some blocks of them, by n together."""
        claim = self.claims[finding.claim]
        merged: dict[tuple[tuple[tuple[str, Hashable], ...], float], dict[str, set[Hashable]]] = {}
        for choices, sets, own in self._rows(finding, claim, finding.explanations.blocks if blocks is None else blocks):
            key = (tuple(choices.items()), round(own, 9))
            kept = merged.setdefault(key, defaultdict(set))
            for family, values in sets.items():
                kept[family].update(values)
        return tuple(
            Candidate({**dict(choices), **{family: frozenset(values) for family, values in sets.items()}}, own)
            for (choices, own), sets in merged.items()
            if self.set_aside.isdisjoint(choices)
        )

    def _rows(
        self, finding: Finding, claim: Claim, blocks: Iterable[Block]
    ) -> Iterator[tuple[Choices, dict[str, set[Hashable]], float]]:
        """Yield choices, the denominators among which one is free, and the bits that no choice accounts for."""
        for block in blocks:
            if finding.check == "two-arm-p":
                assert isinstance(claim, Comparison)
                yield from self._pairs(block, claim)
            elif finding.check == "posterior-summary":
                assert isinstance(claim, Estimate)
                for i in range(block.size):
                    yield from self._readings(block.item(i), claim)
            else:
                assert isinstance(claim, Estimate)
                yield from self._one_convention(finding, block, claim)

    def _one_convention(
        self, finding: Finding, block: Block, claim: Estimate
    ) -> Iterator[tuple[Choices, dict[str, set[Hashable]], float]]:
        one = block.item(0)
        choices: Choices = {}
        if finding.check == "proportion-interval" and one.n is None:
            return  # the interval of a curve or a model, of no count: it says nothing of how counts were printed
        if finding.check == "ratio-p":
            if one.sided is not None and claim.p is not None and claim.p.sided is None:
                choices["sides:ratios"] = "one" if one.sided == 1 else "two"
        elif finding.check == "ratio-interval":
            choices["rounding:ratios"] = one.rounding
        else:
            choices["rounding:percentages"] = one.rounding
            if one.transform is not None:
                choices["transform"] = one.transform
            elif one.method and one.n is None:  # a likelihood-ratio interval of a curve
                choices["transform"] = one.method
            elif one.method:
                choices["method"] = one.method
        choices = {family: value for family, value in choices.items() if value is not None}
        known = self._known(choices)
        if known is None:
            return
        own = block.cost - known
        group = group_of(self.paper, claim)
        # The counts of a ratio are of two arms: no family of one denominator.
        if one.n is None or one.allowed is None or group not in self.denominators.costs:
            yield choices, {}, own
            return
        own -= self.catalogue.cost("allowed-n", one.allowed)
        inside = self.denominators.costs[group].keys() & set(block.n_values())
        if inside:
            yield choices, {group: inside}, own

    def _known(self, choices: Choices) -> float | None:
        """Return the bits of the choices that are already in an explanation's cost; None if one has no price."""
        total = 0.0
        for family, value in choices.items():
            if value not in self.families[family]:
                return None
            total += self.families[family][value]
        return total

    def _readings(self, one: Explanation, claim: Estimate) -> Iterator[tuple[Choices, dict[str, set[Hashable]], float]]:
        """Yield every prior and denominator that lead to the posterior of an explanation."""
        summary: Choices = {"rounding:percentages": one.rounding, "point": one.point, "kind": one.kind}
        summary = {family: value for family, value in summary.items() if value is not None}
        if one.a is None or one.b is None or one.prior is None or one.allowed is None:
            known = self._known(summary)
            if known is not None:
                yield summary, {}, one.cost - known
            return
        known = self._known({**summary, "prior": one.prior})
        if known is None:
            return
        own = one.cost - known - self.catalogue.cost("allowed-n", one.allowed)
        group = group_of(self.paper, claim)
        for prior, (a, b) in PRIORS.items():
            x, n = one.a - a, one.a + one.b - a - b
            whole = abs(x - round(x)) < 1e-9 and abs(n - round(n)) < 1e-9 and 0 <= round(x) <= round(n)
            if not whole or (claim.x is not None and claim.x.whole != round(x)):
                continue
            if group is None:
                if claim.n is not None and claim.n.whole == round(n):
                    yield {**summary, "prior": prior}, {}, own + self.catalogue.cost("allowed-n", one.allowed)
            elif round(n) in self.denominators.costs[group]:
                yield {**summary, "prior": prior}, {group: {round(n)}}, own

    def _pairs(self, block: Block, claim: Comparison) -> Iterator[tuple[Choices, dict[str, set[Hashable]], float]]:
        """Yield the pairs of denominators behind a comparison: for each of the first arm those of the second."""
        members = [self.claims[name] for name in claim.of]
        groups = [group_of(self.paper, one) if isinstance(one, Estimate) else None for one in members]
        one = block.item(0)
        choices: Choices = {"test": one.test, "rounding:p-values": one.rounding}
        if claim.p is not None and claim.p.sided is None and one.sided is not None:
            choices["sides:comparisons"] = "one" if one.sided == 1 else "two"
        rounding = one.convention.percentages or _PLAIN
        # Only a less plain rounding of the percentages is in the explanation's cost.
        known = self._known(choices if rounding == _PLAIN else {**choices, "rounding:percentages": rounding})
        if known is None:
            return
        choices["rounding:percentages"] = rounding
        pairs: set[tuple[Hashable, Hashable]] = {
            (pair.n, pair.n2) for pair in map(block.item, islice(range(block.size), _MOST_LISTED))
        }
        by_first: dict[Hashable, set[Hashable]] = defaultdict(set)
        own = block.cost - known
        first, second = groups
        if first == second and first is not None:
            return  # both percentages are of one arm: that is no comparison of arms
        for n, n2 in sorted(pairs, key=str):
            by_first[n].add(n2)
        for n, others in by_first.items():
            exact, rest = dict(choices), own
            if first is not None:
                if n not in self.denominators.allowed[first]:
                    continue
                exact[first] = n
                rest -= self.catalogue.cost("allowed-n", self.denominators.allowed[first][n])
            if second is None:
                yield exact, {}, rest
                continue
            by_class: dict[str, set[Hashable]] = defaultdict(set)
            for n2 in others & self.denominators.allowed[second].keys():
                by_class[self.denominators.allowed[second][n2]].add(n2)
            for name, values in by_class.items():
                yield exact, {second: values}, rest - self.catalogue.cost("allowed-n", name)


def _pairs_near(paper: Paper, finding: Finding) -> int:
    """Return how many pairs of denominators a comparison may have, all but those of the class *any*."""
    claims = {claim.id: claim for claim in paper.claims}
    members = [one for name in finding.others if isinstance(one := claims.get(name), Estimate)]
    return math.prod(numbers_near(denominators(paper, one)) for one in members)


def numbers_near(sizes: Iterable[int]) -> int:
    """Return how many numbers lie within a tenth below some sizes, counted by their ends: a size may be of millions."""
    found, largest = 0, -1
    for size in sorted(sizes):
        found += size - max(-(-9 * size // 10) - 1, largest)
        largest = size
    return found


def _unexplained(finding: Finding) -> bool:
    return finding.verdict is Verdict.INCONSISTENT
