"""Design statements as trials print them, true ones and such with one digit of the size changed.

    python -m benchmarks.simulated_plans [statements]

Effect, error rates and formula are drawn: events and patients behind a hazard ratio, proportions, means and one arm,
some of them against a margin, in clusters or in arms of unequal size. The number is what the formula gives, rounded up.
A part of them rests on more than is printed: losses of up to a fifth, an interim analysis that costs 5 %, a number
rounded up to ten, sides or level that are not said. Prints the section of `checks/measured.toml`.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from benchmarks.check_rates import changed

from trialstats.catalogue import load_catalogue
from trialstats.checks import Context, find_check
from trialstats.claims.model import Basis, Paper, Plan
from trialstats.designs.margin_sizes import NONINFERIOR, means_within
from trialstats.designs.sample_sizes import EVENTS, TWO_MEANS, TWO_PROPORTIONS, Asked
from trialstats.designs.single_stage import single_stage_design
from trialstats.designs.survival_sizes import SURVIVAL, Course
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


def survival(rng: np.random.Generator, asked: Asked) -> tuple[str, dict[str, str], float]:
    """Return patients in all, halved: two medians, accrual and follow-up."""
    first, ratio = int(rng.integers(6, 40)), float(rng.uniform(0.5, 0.8))
    second = round(first / ratio)
    accrual, follow_up = int(rng.integers(12, 61)), int(rng.integers(6, 37))
    formula = list(SURVIVAL.values())[rng.integers(len(SURVIVAL))]
    course = Course(math.log(2) / first, first / second, accrual, follow_up)
    numbers = {"first": str(first), "second": str(second), "accrual": str(accrual), "follow-up": str(follow_up)}
    return "hazard-ratio", numbers, formula(asked, course) / 2


def margin(rng: np.random.Generator, asked: Asked) -> tuple[str, dict[str, str], float]:
    if rng.random() < 0.5:
        rate, within = rng.integers(50, 95) / 100, rng.integers(8, 21) / 100
        formula = list(NONINFERIOR.values())[rng.integers(len(NONINFERIOR))]
        return "proportions", {"first": f"{rate:.0%}", "margin": f"{within:.0%}"}, formula(asked, rate, rate, within)
    sd = round(rng.uniform(2, 30), 1)
    within = max(round(rng.uniform(0.25, 0.7) * sd, 1), 0.5)
    sizes = list(means_within(asked, within / sd).values())
    return "means", {"margin": f"{within:g}", "sd": f"{sd:.1f}"}, sizes[rng.integers(len(sizes))]


def clusters(rng: np.random.Generator, asked: Asked) -> tuple[str, dict[str, str], float]:
    effect, numbers, needed = (proportions if rng.random() < 0.5 else means)(rng, asked)
    icc, size = rng.integers(1, 11) / 100, int(rng.integers(5, 60))
    return effect, {**numbers, "icc": f"{icc:.2f}", "cluster-size": str(size)}, needed * (1 + (size - 1) * icc)


Simulate = Callable[[np.random.Generator, Asked], tuple[str, dict[str, str], float]]
KINDS: tuple[Simulate, ...] = (hazard, proportions, means, one_arm, survival, margin, clusters)


def statement(rng: np.random.Generator, simulate: Simulate) -> Plan:
    """Return a true design statement; what is left unsaid is drawn too."""
    sides = 1 if simulate in (one_arm, margin) else 1 + int(rng.random() < 0.85)
    alpha, power = float(rng.choice([0.05, 0.05, 0.1, 0.025])), float(rng.choice([0.8, 0.8, 0.9, 0.85]))
    uneven = simulate in (hazard, proportions, means) and rng.random() < 0.15
    effect, numbers, needed = simulate(rng, Asked(alpha, power, sides, 2.0 if uneven else 1.0))
    total = (1 if effect == "one-proportion" else 3 if uneven else 2) * needed
    hidden, factor = rng.random(), 1.0
    if hidden < 0.15:
        factor = 1 / (1 - rng.uniform(0, 0.2))
    elif hidden < 0.25:
        factor = 1.05
    n, whole = math.ceil(factor * math.ceil(needed - 1e-9)), math.ceil(factor * math.ceil(total - 1e-9))
    if 0.25 <= hidden < 0.4:
        n, whole = 10 * math.ceil(n / 10), 10 * math.ceil(whole / 10)
    if simulate is hazard:
        numbers["events"] = str(n)
    elif simulate in (survival, one_arm) or uneven or rng.random() < 0.5:
        numbers["patients"] = str(whole)
    else:
        numbers["per-arm"] = str(n)
    numbers |= {"power": f"{power:.0%}"} | (
        {"alpha": f"{100 * alpha:g}%"} if alpha != 0.05 or rng.random() < 0.7 else {}
    )
    said = sides if rng.random() < 0.6 else None
    return Plan(
        id="size", effect=effect, numbers={name: Reported(text) for name, text in numbers.items()}, sided=said,
        design="single-stage" if effect == "one-proportion" else None, allocation=(2, 1) if uneven else (),
        aim="noninferiority" if simulate is margin else "superiority",
        units={name: "months" for name in numbers if simulate is survival and name in TIMES},
    )  # fmt: skip


TIMES = ("first", "second", "accrual", "follow-up")


BANDS = ((0, 0.5), (0.5, 0.75), (0.75, 0.9), (0.9, 1.1), (1.1, 1.4), (1.4, 1.6), (1.6, 2), (2, math.inf))
"""Of the true number, what a changed digit makes it."""


def study(
    statements: int, kinds: Sequence[Simulate] = KINDS, seed: int = 20261129
) -> tuple[list[Verdict], list[tuple[float, Verdict]]]:
    """Return the verdicts of true statements; and of those with one digit changed, with the part that it makes."""
    rng, check, catalogue = np.random.default_rng(seed), find_check(CODE), load_catalogue()

    def verdict(plan: Plan) -> Verdict:
        context = Context(Paper(id="p", plans=(plan,), basis=Basis.TYPED), catalogue)
        return next(iter(check.run(check, context))).verdict

    true, slips = [], []
    for number in range(statements):
        try:
            plan = statement(rng, kinds[number % len(kinds)])
        except InputError:
            continue
        true.append(verdict(plan))
        size = next(name for name in ("events", "per-arm", "patients") if name in plan.numbers)
        other = changed(rng, plan.numbers[size])
        if other is not None and other.whole:
            part = other.whole / (plan.numbers[size].whole or 1)
            slips.append((part, verdict(replace(plan, numbers={**plan.numbers, size: other}))))
    return true, slips


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("statements", type=int, nargs="?", default=2000)
    parser.add_argument("--kinds", type=int, default=len(KINDS), help="how many kinds, from the first")
    given = parser.parse_args()
    true, slips = study(given.statements, KINDS[: given.kinds])
    judged = [one for one in true if one is not Verdict.UNCHECKED]
    found = [one for _, one in slips if one is not Verdict.UNCHECKED]
    asked, seen = (sum(one in QUESTIONS for one in of) for of in (judged, found))
    unusual = sum(one in (*QUESTIONS, Verdict.EXPLAINED) for one in found)
    print(f"[{CODE}]\ntrue-claims = {len(judged)}\ntrue-questioned = {asked}\nslips = {len(found)}")
    print(f"slips-questioned = {seen}\nslips-not-ordinary = {unusual}")
    for low, high in BANDS:
        within = [one for part, one in slips if low <= part < high]
        print(f"# {low:g} to {high:g} of the true number: {sum(one in QUESTIONS for one in within)} of {len(within)}")


if __name__ == "__main__":
    main()
