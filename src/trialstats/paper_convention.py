"""How a whole paper seems to have been computed and printed: candidates from findings, then the joint search."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from itertools import islice

from trialstats.claims import Estimate, Paper
from trialstats.conventions import Catalogue
from trialstats.findings import Finding, PaperConvention
from trialstats.inverse.joint import Candidate, Joint, best_joint

__all__ = ["infer_convention"]

_KINDS = {
    "rounding": "rounding",
    "method": "interval-method",
    "prior": "prior",
    "point": "point",
    "transform": "km-transform",
    "test": "two-arm-test",
}
"""Fields of an explanation that a paper chooses once, and their kinds in the catalogue."""
_FAMILIES = {
    "percent-count": ("rounding",),
    "proportion-interval": ("rounding", "method"),
    "posterior-summary": ("rounding", "prior", "point"),
    "survival-interval": ("transform",),
    "two-arm-p": ("test",),
}
_COUNTED = ("percent-count", "proportion-interval", "posterior-summary")
"""Checks whose explanations name the denominator of an arm."""
_LOOKED_AT = 20_000
_POPULATIONS = {"stated": "stated", "derived": "treated", "near": "evaluable", "any": "inferred"}


def infer_convention(paper: Paper, findings: Sequence[Finding], catalogue: Catalogue) -> PaperConvention:
    """Find the cheapest common choices under which the most claims print.

    Percentages share their rounding; interval method, prior, transform and test are each one for
    the paper, and the denominator is one for each arm and population.

    Parameters
    ----------
    paper : Paper
    findings : sequence of Finding
    catalogue : Catalogue
    """
    judged = [finding for finding in findings if finding.check in _FAMILIES and finding.explanations]
    if not judged:
        return PaperConvention()
    claims = {claim.id: claim for claim in paper.claims}
    common: dict[str, dict[Hashable, float]] = defaultdict(dict)
    local: dict[str, dict[Hashable, float]] = defaultdict(dict)
    allowed: dict[tuple[str, Hashable], str] = {}
    tables = []
    for finding in judged:
        claim = claims[finding.claim]
        group = _group(paper, claim) if isinstance(claim, Estimate) and finding.check in _COUNTED else None
        table: dict[tuple[tuple[str, Hashable], ...], float] = {}
        for one in islice(finding.explanations, _LOOKED_AT):
            choices: list[tuple[str, Hashable]] = [(name, getattr(one, name)) for name in _FAMILIES[finding.check]]
            if any(str(value) not in catalogue.kinds[_KINDS[name]] for name, value in choices):
                continue
            costs = {name: catalogue.cost(_KINDS[name], str(value)) for name, value in choices}
            if group is not None and one.n is not None and one.allowed is not None:
                costs[group] = catalogue.cost("allowed-n", one.allowed)
                local[group][one.n] = costs[group]
                allowed[group, one.n] = one.allowed
                choices.append((group, one.n))
            for name, value in choices:
                if name != group:
                    common[name][value] = costs[name]
            key = tuple(choices)
            own = one.cost - sum(costs.values())
            table[key] = min(own, table.get(key, own))
        tables.append([Candidate(dict(choices), own) for choices, own in table.items()])
    joints = best_joint(tables, common, local)
    best = joints[0]
    named = {family: str(best.choices[family]) for family in common}
    denominators: dict[str, dict[str, int]] = {}
    for group in sorted(set(local) & set(best.choices)):
        n = best.choices[group]
        assert isinstance(n, int)
        arm, _, population = group.partition("/")
        denominators.setdefault(arm, {})[population or _population(paper, arm, n, allowed[group, n])] = n
    return PaperConvention(
        rounding={"percentages": named["rounding"]} if "rounding" in named else {},
        binomial_method=named.get("method"),
        prior=named.get("prior"),
        posterior_point=named.get("point"),
        km_transform=named.get("transform"),
        two_arm_test=named.get("test"),
        p_sided=_sides(findings),
        denominators=denominators,
        evidence={
            "claims": len(judged),
            "printed": len(best.explained),
            "bits": best.cost,
            "ties": sorted({words for joint in joints[1:] if (words := _difference(joint, best))}),
        },
    )


def _group(paper: Paper, claim: Estimate) -> str:
    """Return the name of the patients a claim is about: an arm and, where the text says so, a population."""
    arm = claim.arms[0] if len(claim.arms) == 1 else paper.arms[0].id if len(paper.arms) == 1 else "all"
    return f"{arm}/{claim.population}" if claim.population else arm


def _population(paper: Paper, arm_id: str, n: int, allowed: str) -> str:
    arm = paper.arm(arm_id)
    sizes = arm.of if arm is not None else paper.of
    return next((name for name, size in sizes.items() if size.value.whole == n), _POPULATIONS[allowed])


def _difference(joint: Joint, best: Joint) -> str:
    return ", ".join(f"{key}: {value}" for key, value in joint.choices.items() if best.choices.get(key) != value)


def _sides(findings: Sequence[Finding]) -> int | None:
    sides = {
        finding.explanations[0].sided
        for finding in findings
        if finding.check in ("ratio-p", "two-arm-p") and finding.explanations
    } - {None}
    return sides.pop() if len(sides) == 1 else None
