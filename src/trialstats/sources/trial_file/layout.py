"""A paper laid out as a trial file: claims -> canonical rows -> text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from trialstats.claims.model import Basis, Claim, Comparison, Estimate, Expectation, Paper, PValue, Size
from trialstats.errors import InputError
from trialstats.reported import Reported
from trialstats.sources.trial_file.plans import table_of_plan
from trialstats.sources.trial_file.schema import role_in
from trialstats.sources.trial_file.shapes import NOT_PRINTED

_T = TypeVar("_T")


def _rows_of_claims(claims: Sequence[Claim], arms: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the canonical rows of claims, as plain TOML values with their keys in canonical order."""
    rows: list[dict[str, Any]] = []
    rows_of: dict[str, tuple[str, ...]] = {}
    ids = {claim.id for claim in claims}
    index = 0
    while index < len(claims):
        group = _group(claims, index, arms)
        stem = _stem(group[0]) if group else ""
        after = claims[index + len(group)] if index + len(group) < len(claims) else None
        joint = after if group and isinstance(after, Comparison) and _joins(after, group) else None
        # The row takes the name before the arm's, which must be no other claim's and no other row's.
        if group and stem not in rows_of and (stem not in ids or joint is not None):
            rows.append(_row_by_arm(group, joint))
            rows_of[stem] = tuple(claim.id for claim in group)
            index += len(group) + (joint is not None)
        else:
            rows.append(_row(claims[index]))
            index += 1
    for row in rows:
        if "from" in row:
            names = _shortened(row["from"], rows_of)
            row["from"] = names[0] if len(names) == 1 else names
    return rows


def _stem(claim: Estimate) -> str:
    return claim.id.removesuffix(f".{claim.arms[0]}")


def _common(claim: Estimate) -> dict[str, Any]:
    """Return what a row with `by` says once for all its arms."""
    spread = claim.spread
    return _without_absent(
        {
            **_place_and_role(claim),
            "measure": claim.measure,
            "time": claim.time,
            "population": claim.population,
            "unit": claim.unit,
            "spread": spread.kind if spread else None,
            "level": _plain_number(spread.level) if spread else None,
            "sides": 1 if spread and spread.sides == 1 else None,
            "adjusted": claim.adjusted,
            "inferred": list(claim.inferred) or None,
        }
    )


def _place_and_role(claim: Claim) -> dict[str, Any]:
    return {
        "section": claim.where.section,
        "role": claim.role if claim.role != role_in(claim.where.section) else None,
        "outcome": claim.outcome,
        "from": list(claim.of) or None,
    }


def _group(claims: Sequence[Claim], start: int, arms: tuple[str, ...]) -> list[Estimate]:
    """Return the run of estimates from ``start`` that one row with `by` holds; empty where none does."""
    group: list[Estimate] = []
    for claim in claims[start:]:
        if not isinstance(claim, Estimate) or len(claim.arms) != 1 or claim.arms[0] not in arms:
            break
        stem = _stem(claim)
        if stem in ("", claim.id) or (claim.value, claim.spread, claim.x) == (None, None, None):
            break
        if claim.p is not None or claim.says is not None or claim.event is not None:
            break
        if group:
            later = arms.index(claim.arms[0]) > arms.index(group[-1].arms[0])
            if not later or stem != _stem(group[0]) or _common(claim) != _common(group[0]):
                break
        group.append(claim)
    return group


def _joins(comparison: Comparison, group: Sequence[Estimate]) -> bool:
    first = group[0]
    sources = {claim.source for claim in group}
    return (
        comparison.id == _stem(first)
        and comparison.of == tuple(claim.id for claim in group)
        and len(group) > 1
        and (comparison.p is not None or comparison.says is not None)
        and comparison.where.section == first.where.section
        and (comparison.outcome, comparison.role, comparison.adjusted) == (first.outcome, first.role, first.adjusted)
        and comparison.source == (first.source if len(sources) == 1 else None)
    )


def _row_by_arm(group: Sequence[Estimate], joint: Comparison | None) -> dict[str, Any]:
    sic = joint.sic if joint else all(claim.sic for claim in group)
    sources = {claim.source for claim in group}
    source = group[0].source if len(sources) == 1 else None
    by = {}
    for claim in group:
        cell = _cell(claim)
        # A row's own sic holds for all its arms, so that an arm without it has to say so.
        cell["sic"] = claim.sic if claim.sic != sic else None
        cell["source"] = claim.source if source is None else None
        cell = _without_absent(cell)
        by[claim.arms[0]] = cell["value"] if set(cell) == {"value"} else cell
    row = {**_common(group[0]), "by": by, "sic": sic or None, "source": source}
    if joint is not None:
        row |= {"p": _plain_p(joint.p), "says": joint.says, "expect": _plain_expectation(joint.expect)}
    return _in_order({"id": _stem(group[0]), **row})


def _row(claim: Claim) -> dict[str, Any]:
    if isinstance(claim, Comparison):
        return _in_order(
            {
                "id": claim.id,
                **_place_and_role(claim),
                "measure": "comparison",
                "p": _plain_p(claim.p),
                "says": claim.says,
                "adjusted": claim.adjusted,
                "sic": claim.sic or None,
                "source": claim.source,
                "expect": _plain_expectation(claim.expect),
            }
        )
    row = {"id": claim.id, **_common(claim), **_cell(claim)}
    row["arm" if len(claim.arms) == 1 else "arms"] = claim.arms[0] if len(claim.arms) == 1 else list(claim.arms) or None
    return _in_order({**row, "event": claim.event, "p": _plain_p(claim.p), "says": claim.says})


def _cell(claim: Estimate) -> dict[str, Any]:
    return {
        "value": _plain_numbers(claim),
        "x": _plain_number(claim.x),
        "n": _plain_number(claim.n),
        "printed": claim.printed,
        "sic": claim.sic or None,
        "source": claim.source,
        "expect": _plain_expectation(claim.expect),
    }


def _plain_number(number: Reported | None, unit: str = "") -> str | None:
    """Return text that reads back as this number where ``unit`` is inherited; its own text wherever that does."""
    if number is None:
        return None
    spelled = f"{'' if number.relation == '=' else number.relation}{number.digits}"
    for text in (number.text, f"{number.text}%", spelled, f"{spelled}%"):
        try:
            if Reported(text).with_unit(unit) == number:
                return text
        except InputError:
            continue
    return number.text


def _plain_numbers(claim: Estimate) -> str | list[str] | None:
    value = _plain_number(claim.value)
    if claim.spread is None:
        return value
    spread, unit = claim.spread, claim.value.unit if claim.value else ""
    around = [spread.value] if spread.kind in ("sd", "se") else [spread.lower, spread.upper]
    return [value or NOT_PRINTED, *(_plain_number(number, unit) or NOT_PRINTED for number in around)]


def _plain_size(size: Size) -> str | dict[str, str]:
    """Return a printed size as it stands under ``of``."""
    value = _plain_number(size.value) or ""
    return value if size.source is None else {"value": value, "source": size.source}


def _plain_p(p: PValue | None) -> str | dict[str, Any] | None:
    if p is None:
        return None
    table = _without_absent(
        {"value": _plain_number(p.value), "sided": p.sided, "test": p.test, "statistic": p.statistic}
    )
    return str(table["value"]) if len(table) == 1 else table


def _plain_expectation(expect: Expectation | None) -> dict[str, str] | None:
    if expect is None:
        return None
    return _without_absent({"verdict": expect.verdict, "reason": expect.reason, "check": expect.check})


def _shortened(ids: list[str], rows_of: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return names for ids, a row's own name where all its estimates follow each other."""
    names: list[str] = []
    index = 0
    while index < len(ids):
        for stem, estimates in rows_of.items():
            if tuple(ids[index : index + len(estimates)]) == estimates:
                names.append(stem)
                index += len(estimates)
                break
        else:
            names.append(ids[index])
            index += 1
    return names


_ORDER = (
    *("id", "section", "role", "measure", "outcome", "time", "population", "unit", "arm", "arms", "event", "from"),
    *("spread", "level", "sides", "value", "by", "x", "n", "p", "says", "adjusted", "printed", "sic", "source"),
    *("inferred", "expect"),
)


def _in_order(row: Mapping[str, Any]) -> dict[str, Any]:
    return _without_absent({key: row[key] for key in _ORDER if key in row})


def _without_absent(table: Mapping[str, _T | None]) -> dict[str, _T]:
    return {key: value for key, value in table.items() if value is not None}


def document_of(paper: Paper) -> dict[str, Any]:
    """Return the document as plain TOML values; equal for papers that state the same."""
    head = {
        "id": paper.id,
        "draft": None if paper.basis is Basis.TYPED else True,
        "title": paper.title,
        "registry": paper.registry,
        "citation": {key: int(value) if key == "year" else value for key, value in paper.citation.items()},
        "design": {key: {"true": True, "false": False}.get(value, value) for key, value in paper.design.items()},
        "of": {population: _plain_size(size) for population, size in paper.of.items()},
    }
    arms = {
        arm.id: {"label": arm.label, "of": {population: _plain_size(size) for population, size in arm.of.items()}}
        for arm in paper.arms
    }
    return {
        "schema": 1,
        "trial": {key: value for key, value in head.items() if value not in (None, {})},
        "arms": {name: {key: value for key, value in arm.items() if value != {}} for name, arm in arms.items()},
        "order": list(arms),
        "plans": [table_of_plan(plan) for plan in paper.plans],
        "rows": _rows_of_claims(paper.claims, tuple(arms)),
    }


def laid_out(document: Mapping[str, Any]) -> str:
    """Return the text of a document in canonical layout."""
    lines = ["schema = 1", "", "[trial]", *_pairs(document["trial"])]
    for name, arm in document["arms"].items():
        lines += ["", f"[arms.{_key(name)}]", *_pairs(arm)]
    for plan in document["plans"]:
        lines += ["", "[[plans]]", *_pairs(plan)]
    for row in document["rows"]:
        lines += ["", "[[rows]]", *_pairs(row)]
    return "\n".join(lines) + "\n"


def _pairs(table: Mapping[str, Any]) -> list[str]:
    return [f"{_key(key)} = {toml_value(value)}" for key, value in table.items()]


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else toml_value(name)


def toml_value(value: object) -> str:
    """Return a plain value as TOML, on one line."""
    match value:
        case bool():
            return str(value).lower()
        case Mapping():
            return "{ " + ", ".join(_pairs(value)) + " }"
        case list():
            return "[" + ", ".join(map(toml_value, value)) + "]"
        case str():
            # JSON's escapes are TOML's, except that JSON leaves the delete character as it is.
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case _:
            return str(value)
