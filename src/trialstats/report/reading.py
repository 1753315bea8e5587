"""How a text was read: its numbers with their roles, its groups, and whose each result is; for readers and programs."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from trialstats.claims.model import Arm, Claim, Comparison, Estimate, Paper, Size
from trialstats.report.console import console_on
from trialstats.report.record import clean
from trialstats.report.words import numbers_in_words
from trialstats.reported import Reported
from trialstats.sources.text.roles.of_numbers import ROLES, NumberRole
from trialstats.wording import joined

_COLOURS = MappingProxyType(
    {
        "estimate": "bold green",
        "bound": "green",
        "level": "dim green",
        "spread": "green",
        "P": "bold cyan",
        "test statistic": "cyan",
        "count": "bold yellow",
        "denominator": "yellow",
        "size": "bold blue",
        "time point": "magenta",
        "duration of follow-up": "magenta",
        "dose": "magenta",
        "age limit": "magenta",
        "grade or stage": "magenta",
        "date": "dim",
        "reference": "dim",
        "identifier": "dim",
        "other": "dim",
    }
)
_UNKNOWN = "bold red"


def role_counts(roles: Sequence[NumberRole]) -> tuple[tuple[str, int], ...]:
    """Return how many numbers have each role, in the order of the roles; those of which nothing is known come last.

    Examples
    --------
    >>> role_counts((NumberRole(0, 1, "dose"), NumberRole(2, 3, "P"), NumberRole(4, 5, "dose")))
    (('P', 1), ('dose', 2))
    """
    counts = Counter(str(one) if one.role == "other" else one.role for one in roles)
    order = list(ROLES)
    unknown = {str(one) for one in roles if not one.is_known}
    return tuple(sorted(counts.items(), key=lambda item: (item[0] in unknown, order.index(item[0].partition(":")[0]))))


def arm_in_words(arm: Arm) -> str:
    """Return an arm with what it is and its sizes: ``placebo (control): 29 randomised``."""
    role = f" ({arm.role})" if arm.role else ""
    return f"{clean(arm.label)}{role}: {sizes_in_words(arm.of) or 'no size printed'}"


def sizes_in_words(sizes: Mapping[str, Size]) -> str:
    """Return printed sizes in words: ``32 randomised, 31 evaluable``."""
    return ", ".join(f"{clean(size.value.digits)} {population}" for population, size in sizes.items())


def result_in_words(claim: Claim, arms: Sequence[Arm]) -> str:
    """Return a result with its arms in one line.

    Examples
    --------
    >>> from trialstats.sources.text.reading import extract
    >>> paper = extract("Response was 25% (8 of 32; 95% CI, 12 to 43).")
    >>> result_in_words(paper.claims[0], paper.arms)
    'proportion 25% (12 to 43), 8 of 32; response; arm not clear'
    """
    label = {arm.id: arm.label for arm in arms}
    whose = [label.get(name, name) for name in claim.arms]
    if isinstance(claim, Comparison):
        said = f"comparison of {joined(claim.of)}" if claim.of else "comparison"
    else:
        said = claim.measure
    between = " v ".join(whose) or "arm not clear"
    about = (claim.outcome, claim.time and f"at {claim.time}", between)
    return clean(f"{said} {numbers_in_words(_numbers(claim))}; {'; '.join(part for part in about if part)}")


def _numbers(claim: Claim) -> dict[str, str]:
    found: dict[str, Reported | None] = {}
    if isinstance(claim, Estimate):
        found = {"estimate": claim.value, "x": claim.x, "n": claim.n}
        spread = claim.spread
        if spread is not None and spread.kind in ("sd", "se"):
            found[spread.kind] = spread.value
        elif spread is not None:
            found |= {"lower": spread.lower, "upper": spread.upper, "level": spread.level}
    if claim.p is not None:
        found["p"] = claim.p.value
    return {name: number.text for name, number in found.items() if number is not None}


def reading_as_document(paper: Paper, roles: Sequence[NumberRole]) -> dict[str, Any]:
    """Return how a text was read as one plain object, for JSON."""
    text = paper.text or ""
    return {
        "id": paper.id,
        "text": text,
        "numbers": [
            {
                "start": one.start,
                "end": one.end,
                "text": text[one.start : one.end],
                "role": one.role,
                "reason": one.reason or None,
                "claim": one.claim,
                "arms": list(one.arms),
            }
            for one in roles
        ],
        "arms": [
            {"id": arm.id, "label": arm.label, "role": arm.role, "sizes": _sizes(arm.of)} for arm in paper.arms
        ],
        "of": _sizes(paper.of),
        "results": [
            {"claim": claim.id, "arms": list(claim.arms), "in_words": result_in_words(claim, paper.arms)}
            for claim in paper.claims
        ],
    }  # fmt: skip


def _sizes(sizes: Mapping[str, Size]) -> dict[str, str]:
    return {population: size.value.digits for population, size in sizes.items()}


def reading_as_text(paper: Paper, roles: Sequence[NumberRole], *, colour: bool = False) -> str:
    """Return how a text was read, for a terminal: the role of a number as its colour, or in brackets behind it."""
    from rich.text import Text

    shown = Text()
    for words, style in _lines(paper, roles, colour=colour):
        shown.append(words, style if colour else None)
    out = io.StringIO()
    console = console_on(out, colour=colour)
    console.print(shown, soft_wrap=True, end="")
    return out.getvalue()


_Words = Iterator[tuple[str, str]]


def _lines(paper: Paper, roles: Sequence[NumberRole], *, colour: bool) -> _Words:
    yield f"{clean(paper.id)}\n\n", "bold"
    yield from _marked(paper.text or "", roles, colour=colour)
    yield "\n\nRoles\n", "bold"
    for name, count in role_counts(roles):
        role, _, reason = name.partition(": ")
        meaning = ROLES[role] if not reason else "we cannot say what it stands for" if reason == _NOTHING else reason
        yield f"  {name:<24} ", _style(role, reason)
        yield f"{count:>4}  {'' if reason and reason != _NOTHING else meaning}".rstrip() + "\n", ""
    yield "\nGroups\n", "bold"
    for arm in paper.arms:
        yield f"  {arm_in_words(arm)}\n", ""
    if paper.of:
        yield f"  all: {sizes_in_words(paper.of)}\n", ""
    if not paper.arms and not paper.of:
        yield "  none read\n", ""
    yield "\nResults\n", "bold"
    for claim in paper.claims:
        yield f"  {claim.id:<4} {result_in_words(claim, paper.arms)}\n", ""
    if not paper.claims:
        yield "  none read\n", ""


_NOTHING = "nothing we know"


def _style(role: str, reason: str) -> str:
    return _UNKNOWN if reason == _NOTHING else _COLOURS[role]


def _marked(text: str, roles: Sequence[NumberRole], *, colour: bool) -> _Words:
    done = 0
    for one in roles:
        yield clean_lines(text[done : one.start]), ""
        # The per cent sign stays with its number.
        done = one.end + 1 if text[one.end : one.end + 1] == "%" else one.end
        yield clean_lines(text[one.start : done]) + ("" if colour else f"[{one}]"), _style(one.role, one.reason)
    yield clean_lines(text[done:].rstrip()), ""


def clean_lines(text: str) -> str:
    """Return text without what could steer a terminal; lines stay lines."""
    return "\n".join(map(clean, text.split("\n")))
