"""Design statements of a trial file: `[[plans]]` tables -> plans, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from trialstats.claims.model import PLANNED, Expectation, Place, Plan
from trialstats.reported import Reported
from trialstats.sources.trial_file.shapes import Refused, inside


def plans_of_tables(tables: Sequence[Mapping[str, Any]], lines: Sequence[int | None]) -> tuple[Plan, ...]:
    """Return the plans that tables, as read by `schema`, stand for; each has its line in the file."""
    plans: dict[str, Plan] = {}
    for index, table in enumerate(tables):
        with inside(index):
            name, (numbers, units) = table["id"], _numbers(table)
            if name in plans:
                raise Refused(f"the id {name!r} is given twice; accepted is one plan per id.", "id")
            if not numbers:
                raise Refused(f"the plan states no number; accepted are {', '.join(PLANNED)}.")
            expect = table.get("expect")
            plans[name] = Plan(
                id=name,
                effect=table["effect"],
                numbers=numbers,
                sided=table.get("sided"),
                arms=table.get("divided-into"),
                allocation=table.get("allocation", ()),
                design=table.get("design"),
                aim=table.get("aim", "superiority"),
                pairs=table.get("pairs"),
                units=units,
                says=table.get("says", ()),
                expect=None
                if expect is None
                else Expectation(expect["verdict"], expect["reason"], expect.get("check")),
                where=Place(section=table.get("section"), line=lines[index]),
            )
    return tuple(plans.values())


def _numbers(table: Mapping[str, Any]) -> tuple[dict[str, Reported], dict[str, str]]:
    """Return the numbers of a plan's table, and the units of those that are times."""
    numbers: dict[str, Reported] = {}
    units: dict[str, str] = {}
    for name in PLANNED:
        if name in table:
            given = table[name]
            numbers[name], unit = given if isinstance(given, tuple) else (given, None)
            units |= {} if unit is None else {name: unit}
    return numbers, units


def table_of_plan(plan: Plan) -> dict[str, Any]:
    """Return a plan as plain TOML values."""
    found: dict[str, Any] = {
        "id": plan.id,
        "section": plan.where.section,
        "effect": plan.effect,
        "design": plan.design,
        "aim": None if plan.aim == "superiority" else plan.aim,
        "pairs": plan.pairs,
        "allocation": ":".join(map(str, plan.allocation)) or None,
        "sided": plan.sided,
        "divided-into": plan.arms,
        "says": list(plan.says) or None,
        **{
            name: f"{plan.numbers[name].text} {plan.units.get(name, '')}".rstrip()
            for name in PLANNED
            if name in plan.numbers
        },
    }
    if plan.expect is not None:
        named = {"verdict": plan.expect.verdict, "reason": plan.expect.reason, "check": plan.expect.check}
        found["expect"] = {key: value for key, value in named.items() if value is not None}
    return {key: value for key, value in found.items() if value is not None}
