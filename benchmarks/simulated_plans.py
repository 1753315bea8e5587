"""Design statements as trials print them, true ones and such with one digit of the size changed.

    python -m benchmarks.simulated_plans [statements]

Effect, error rates and formula are drawn; the number is what the formula gives, rounded up. A part of them rests on
more than is printed: losses of up to a fifth, an interim analysis that costs 5 %, a number rounded up to ten, sides or
level that are not said. Prints the section of `checks/measured.toml`.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable

import numpy as np
from benchmarks.check_rates import changed

from trialstats.catalogue import load_catalogue
from trialstats.checks import Context, find_check
from trialstats.claims.model import Basis, Paper, Plan
from trialstats.designs.sample_sizes import EVENTS, TWO_MEANS, TWO_PROPORTIONS, Asked
from trialstats.designs.single_stage import single_stage_design
from trialstats.errors import InputError
from trialstats.findings import QUESTIONS, Verdict
from trialstats.reported import Reported

CODE = "TS501"


def hazard(rng: np.random.Generator, asked: Asked) -> tuple[str, dict[str, str], float]:
    ratio = rng.uniform(0.45, 0.85)
    formula = list(EVENTS.values())[rng.integers(len(EVENTS))]
    return "hazard-ratio", {"ratio": f"{ratio:.2f}"}, formula(asked, ratio)


def proportions(rng: np.random.Generator, asked: Asked) -> tuple[str, dict[str, str], float]:
    first = rng.integers(5, 80) / 100
    second = first + rng.integers(5, 21) / 100
    formula = list(TWO_PROPORTIONS.values())[rng.integers(len(TWO_PROPORTIONS))]
    return "proportions", {"first": f"{first:.0%}", "second": f"{second:.0%}"}, formula(asked, first, second)


def means(rng: np.random.Generator, asked: Asked) -> tuple[str, dict[str, str], float]:
    sd, effect = rng.uniform(2, 30), rng.uniform(0.2, 1.0)
    difference = max(round(effect * sd, 1), 0.5)
    formula = list(TWO_MEANS.values())[rng.integers(len(TWO_MEANS))]
    return "means", {"difference": f"{difference:g}", "sd": f"{sd:.1f}"}, formula(asked, difference / sd)


def one_arm(rng: np.random.Generator, asked: Asked) -> tuple[str, dict[str, str], float]:
    first = rng.integers(5, 60) / 100
    second = first + rng.integers(15, 26) / 100
    plan = single_stage_design(first, second, alpha=asked.alpha / asked.sides, power=asked.power)
    return "one-proportion", {"first": f"{first:.0%}", "second": f"{second:.0%}"}, plan.design.n


def statement(rng: np.random.Generator, simulate: Callable[..., tuple[str, dict[str, str], float]]) -> Plan:
    """Return a true design statement; what is left unsaid is drawn too."""
    sides = 1 if simulate is one_arm else 1 + int(rng.random() < 0.85)
    alpha, power = float(rng.choice([0.05, 0.05, 0.1, 0.025])), float(rng.choice([0.8, 0.8, 0.9, 0.85]))
    effect, numbers, needed = simulate(rng, Asked(alpha, power, sides))
    n = math.ceil(needed - 1e-9)
    hidden = rng.random()
    if hidden < 0.15:
        n = math.ceil(n / (1 - rng.uniform(0, 0.2)))
    elif hidden < 0.25:
        n = math.ceil(1.05 * n)
    elif hidden < 0.4:
        n = 10 * math.ceil(n / 10)
    if effect in ("means", "proportions") and rng.random() < 0.5:
        numbers["patients"] = str(2 * n)
    else:
        name = {"hazard-ratio": "events", "one-proportion": "patients"}.get(effect, "per-arm")
        numbers[name] = str(n)
    numbers |= {"power": f"{power:.0%}"} | (
        {"alpha": f"{100 * alpha:g}%"} if alpha != 0.05 or rng.random() < 0.7 else {}
    )
    said = sides if rng.random() < 0.6 else None
    return Plan(
        id="size", effect=effect, numbers={name: Reported(text) for name, text in numbers.items()}, sided=said,
        design="single-stage" if effect == "one-proportion" else None,
    )  # fmt: skip


def study(statements: int, seed: int = 20261129) -> tuple[list[Verdict], list[Verdict]]:
    """Return what the check said of true statements, and of those with one digit of a number changed."""
    rng, check, catalogue = np.random.default_rng(seed), find_check(CODE), load_catalogue()

    def verdict(plan: Plan) -> Verdict:
        context = Context(Paper(id="p", plans=(plan,), basis=Basis.TYPED), catalogue)
        return next(iter(check.run(check, context))).verdict

    true, slips = [], []
    for number in range(statements):
        try:
            plan = statement(rng, (hazard, proportions, means, one_arm)[number % 4])
        except InputError:
            continue
        true.append(verdict(plan))
        size = next(name for name in ("events", "per-arm", "patients") if name in plan.numbers)
        other = changed(rng, plan.numbers[size])
        if other is not None and other.whole:
            slips.append(verdict(Plan(id="size", effect=plan.effect, numbers={**plan.numbers, size: other},
                                      sided=plan.sided, design=plan.design)))  # fmt: skip
    judged = ([one for one in of if one is not Verdict.UNCHECKED] for of in (true, slips))
    return tuple(judged)  # type: ignore[return-value]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("statements", type=int, nargs="?", default=2000)
    true, slips = study(parser.parse_args().statements)
    asked, seen = (sum(one in QUESTIONS for one in of) for of in (true, slips))
    unusual = sum(one in (*QUESTIONS, Verdict.EXPLAINED) for one in slips)
    print(f"[{CODE}]\ntrue-claims = {len(true)}\ntrue-questioned = {asked}\nslips = {len(slips)}")
    print(f"slips-questioned = {seen / len(slips):.3f}\nslips-not-ordinary = {unusual / len(slips):.3f}")


if __name__ == "__main__":
    main()
