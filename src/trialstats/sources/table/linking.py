"""Which results of a table belong together: an effect with the values of two arms, a P value with what it compares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from trialstats.claims.model import Arm, Claim, Comparison, Estimate
from trialstats.sources.table.rows import Result
from trialstats.wording import joined

_TWO = 2
_V = re.compile(r"\s+(?:v|vs|versus|compared (?:with|to)|against|minus|over)\.?\s+|\s*[/|]\s*", re.IGNORECASE)
_OF_SHARES = frozenset({"odds-ratio", "risk-ratio", "relative-reduction"})


@dataclass(frozen=True, slots=True)
class Linked:
    """The claims of a table, study by study, and the rows of effects that say not of which arms they are."""

    claims: tuple[Claim, ...]
    arms: tuple[Arm, ...]
    studies: tuple[tuple[str, ...], ...]
    unclear: tuple[tuple[str, int], ...]
    """The id of an effect, and of how many arms its group has values."""


def link(results: Sequence[Result], scopes: Sequence[str]) -> Linked:
    """Return the claims of results, each of which belongs to the scope of the same place: one study, as a rule."""
    unclear: list[tuple[str, int]] = []
    claims: dict[str, list[Claim]] = {}
    groups: dict[tuple[str, tuple[str, ...]], list[Result]] = {}
    for scope, one in zip(scopes, results, strict=True):
        groups.setdefault((scope, one.key), []).append(one)
    linked: dict[str, Claim] = {}
    behind: dict[str, list[Claim]] = {}
    for group in groups.values():
        for one, claim, compared in _of_group(group, unclear):
            linked[one.estimate.id] = claim
            if compared is not None:
                behind[one.estimate.id] = [compared]
    arms: dict[str, Arm] = {}
    for scope, one in zip(scopes, results, strict=True):
        claim = linked[one.estimate.id]
        told = [claim] if _states(claim) else []
        claims.setdefault(scope, []).extend([*told, *behind.get(one.estimate.id, ())])
        for name in claim.arms:
            arms.setdefault(name, Arm(name, name))
    ordered = tuple(claim for of in claims.values() for claim in of)
    studies = tuple(tuple(claim.id for claim in of) for of in claims.values()) if len(claims) > 1 else ()
    return Linked(ordered, tuple(arms.values()), studies, tuple(unclear))


def _states(claim: Claim) -> bool:
    """Whether anything is left of a claim whose P value was of a comparison."""
    if isinstance(claim, Comparison):
        return True
    return any(one is not None for one in (claim.value, claim.x, claim.spread, claim.p))


def _of_group(group: Sequence[Result], unclear: list[tuple[str, int]]) -> Iterable[tuple[Result, Claim, Claim | None]]:
    """Yield the results of one outcome with their arms, and the comparison that a P value makes of them."""
    values = [one for one in group if not one.is_effect and one.arm and _has_value(one.estimate)]
    arms = tuple(dict.fromkeys(one.arm for one in values))
    shared = _shared_p(values, arms)
    first = next((one for one in values if one.estimate.p is not None), None) if shared else None
    for one in group:
        estimate, compared = one.estimate, None
        if one.is_effect or (not one.arm and not _has_value(estimate)):
            estimate = _with_arms(one, group, arms, unclear)
            of = _compared(estimate, values) if estimate.p is not None and estimate.spread is None else ()
            if len(of) >= _TWO:
                compared = _comparison(estimate, of, estimate.id if not _has_value(estimate) else f"{estimate.id}.p")
                estimate = replace(estimate, p=None)
        elif shared and one in values:
            compared = _comparison(estimate, shared, f"{estimate.id}.p") if one is first else None
            estimate = replace(estimate, p=None)
        yield one, estimate, compared


def _has_value(estimate: Estimate) -> bool:
    return estimate.value is not None or estimate.x is not None


def _with_arms(one: Result, group: Sequence[Result], arms: tuple[str, ...], unclear: list[tuple[str, int]]) -> Estimate:
    """Return an effect with its arms: those its own cell names, its row's against the reference, or the only two."""
    estimate = one.estimate
    if one.contrast:
        named = tuple(_named(part, arms) for part in _V.split(one.contrast.strip()) if part)
        if len(named) == _TWO and named[0] != named[1]:
            return replace(estimate, arms=named, order_said=True)
    if len(arms) == _TWO:
        if one.arm and one.arm not in arms:
            return estimate
        return replace(estimate, arms=arms)
    if not arms or not one.is_effect:
        return replace(estimate, arms=(one.arm,) if one.arm else ())
    with_effect = {other.arm for other in group if other.is_effect and not _is_reference(other.estimate)}
    reference = [arm for arm in arms if arm not in with_effect]
    if one.arm in arms and one.arm not in reference and len(reference) == 1:
        return replace(estimate, arms=(one.arm, reference[0]), order_said=True)
    if not _is_reference(estimate):
        unclear.append((estimate.id, len(arms)))
    return replace(estimate, arms=())


def _is_reference(estimate: Estimate) -> bool:
    """Whether an effect is the 1 or 0 of the arm that others are compared with."""
    value = estimate.value
    return estimate.spread is None and value is not None and not value.is_missing and value.value in (0, 1)


def _named(part: str, arms: Sequence[str]) -> str:
    """Return the arm that some words name, or the words."""
    return next((arm for arm in arms if arm.lower() == part.strip().lower()), part.strip())


def _shared_p(values: Sequence[Result], arms: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of the values of all arms that one P value in their rows compares; none where each has its own."""
    told = {one.estimate.p.value.text for one in values if one.estimate.p is not None}
    if len(told) != 1 or len(arms) < _TWO or len(values) != len(arms):
        return ()
    return tuple(one.estimate.id for one in values) if len({one.estimate.measure for one in values}) == 1 else ()


def _compared(estimate: Estimate, values: Sequence[Result]) -> tuple[str, ...]:
    """Return the ids of the values that a P value compares: one of each arm, of one measure."""
    for measure in ("proportion", "mean", "median"):
        of = [one for one in values if one.estimate.measure == measure]
        if estimate.measure == "hazard-ratio" or (estimate.measure in _OF_SHARES and measure != "proportion"):
            continue  # the P value of a hazard ratio is of times to the event
        wanted = estimate.arms if estimate.measure != "other" and len(estimate.arms) == _TWO else ()
        of = [one for one in of if not wanted or one.arm in wanted]
        if len(of) >= _TWO and len({one.arm for one in of}) == len(of):
            return tuple(one.estimate.id for one in of)
    return ()


def _comparison(estimate: Estimate, of: tuple[str, ...], name: str) -> Comparison:
    return Comparison(
        id=name,
        of=of,
        p=estimate.p,
        outcome=estimate.outcome,
        time=estimate.time,
        adjusted=estimate.adjusted,
        where=estimate.where,
    )


def words_of_unclear(unclear: Sequence[tuple[str, int]]) -> tuple[str, str] | None:
    """Return that effects were not held against the values of arms, and why."""
    if not unclear:
        return None
    names = [name for name, _ in unclear[:_MOST]] + ([f"{len(unclear) - _MOST} more"] if len(unclear) > _MOST else [])
    say = "says" if len(unclear) == 1 else "say"
    most = max(n for _, n in unclear)
    return "effects", (
        f"{joined(names)} {say} not of which two of the {most} arms; a column 'arms' with \"first v second\" would"
    )


_MOST = 6
