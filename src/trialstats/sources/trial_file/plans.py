"""Design statements of a trial file: `[[plans]]` tables -> plans, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from trialstats.claims.model import PLANNED, Expectation, Place, Plan
from trialstats.sources.trial_file.shapes import Refused, inside


def plans_of_tables(tables: Sequence[Mapping[str, Any]], lines: Sequence[int | None]) -> tuple[Plan, ...]:
    """Return the plans that tables, as read by `schema`, stand for; each has its line in the file."""
    plans: dict[str, Plan] = {}
    for index, table in enumerate(tables):
        with inside(index):
            name, numbers = table["id"], {name: table[name] for name in PLANNED if name in table}
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
                design=table.get("design"),
                says=table.get("says", ()),
                expect=None
                if expect is None
                else Expectation(expect["verdict"], expect["reason"], expect.get("check")),
                where=Place(section=table.get("section"), line=lines[index]),
            )
    return tuple(plans.values())


def table_of_plan(plan: Plan) -> dict[str, Any]:
    """Return a plan as plain TOML values."""
    found: dict[str, Any] = {
        "id": plan.id,
        "section": plan.where.section,
        "effect": plan.effect,
        "design": plan.design,
        "sided": plan.sided,
        "divided-into": plan.arms,
        "says": list(plan.says) or None,
        **{name: plan.numbers[name].text for name in PLANNED if name in plan.numbers},
    }
    if plan.expect is not None:
        named = {"verdict": plan.expect.verdict, "reason": plan.expect.reason, "check": plan.expect.check}
        found["expect"] = {key: value for key, value in named.items() if value is not None}
    return {key: value for key, value in found.items() if value is not None}
