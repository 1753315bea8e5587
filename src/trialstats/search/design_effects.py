"""From a design statement's effect to numbers of patients and events: all formulas, and what each takes for granted."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from types import MappingProxyType

from trialstats.claims.model import PLANNED_TIMES, TIME_UNITS, Plan
from trialstats.designs.margin_sizes import NONINFERIOR, means_within, rates_equivalent
from trialstats.designs.sample_sizes import EVENTS, PAIRED_MEANS, TWO_MEANS, TWO_PROPORTIONS, Asked
from trialstats.designs.simon import simon_designs
from trialstats.designs.single_stage import single_stage_design
from trialstats.designs.survival_sizes import SURVIVAL, Course, events_share
from trialstats.errors import InputError
from trialstats.reported import Reported

_LARGEST_SEARCH = 55.0
"""Patients by Fleming's formula beyond which no two-stage design is searched for: it would take over half a second."""
_LEAST = 1e-4
Inputs = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Needed:
    """What one formula gives for an effect.

    Attributes
    ----------
    formula : str
        A name of `design_sizes.FORMULA_WORDS`.
    n : float
        Patients of the first arm, or events of both, before rounding up.
    taken : tuple of str
        What it takes beside the numbers of the effect: ``pairs``, ``each followed``, ``ancova``, ``design effect``.
    of : str
        ``patients`` or ``events``.
    """

    formula: str
    n: float
    taken: tuple[str, ...] = ()
    of: str = "patients"


def share(printed: Reported | None) -> float | None:
    """Return a share as a fraction, whether its per cent sign was printed or not."""
    if printed is None or printed.is_missing:
        return None
    value = float(printed.value)
    return value / 100 if value > 1 else value


def months(plan: Plan, name: str) -> float | None:
    """Return a time of a plan in months; None where it is not printed, or not in which unit."""
    number, unit = plan.numbers.get(name), plan.units.get(name)
    return None if number is None or unit is None or number.is_missing else float(number.value) * TIME_UNITS[unit]


# ---- The effect as numbers -------------------------------------------------------------------------------------------
_SUPERIOR: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        "hazard-ratio": (("ratio",), ("reduction",), ("first", "second")),
        "proportions": (("first", "second"),),
        "means": (
            ("effect-size",),
            ("first", "second", "sd", "second-sd"),
            ("difference", "sd"),
            ("first", "second", "sd"),
        ),
        "one-proportion": (("first", "second"),),
    }
)
_WITHIN: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        "hazard-ratio": (("margin", "ratio"), ("margin",)),
        "proportions": (("margin", "first", "second"), ("margin", "first")),
        "means": (("margin", "sd", "difference"), ("margin", "sd")),
        "one-proportion": (),
    }
)
_THREE = 3


def inputs_of(plan: Plan, *, rounded: bool) -> list[Inputs]:
    """Return the effect as numbers: as printed, or at every end of what the printed numbers can stand for."""
    numbers, effect = plan.numbers, plan.effect
    rows = _SUPERIOR if plan.aim == "superiority" else _WITHIN
    names = next((names for names in rows[effect] if all(name in numbers for name in names)), ())
    ends = [_ends(name, numbers[name]) if rounded else (float(numbers[name].value),) for name in names]
    build = _effect if plan.aim == "superiority" else _effect_within
    return [found for values in product(*ends) if (found := build(effect, names, values)) is not None]


_CHOSEN = ("first", "second", "ratio", "reduction", "effect-size", "margin", "difference")


def _ends(name: str, printed: Reported) -> Inputs:
    """Return what a number can stand for at most and least.

    A whole difference was chosen, and so were a share and a ratio in steps of five hundredths: they are what they are.
    """
    value = float(printed.value)
    whole = name in ("difference", "margin") and not printed.decimals
    fives = name in _CHOSEN and value < _LARGEST_STEP and abs(value * 20 - round(value * 20)) < _LEAST
    return (value,) if whole or fives else printed.float_range()


_LARGEST_STEP = 2.0
"""Beneath it a number is a share, a ratio or an effect in standard deviations, and no median or mean."""


def _effect(effect: str, names: tuple[str, ...], values: Inputs) -> Inputs | None:
    """Return what the formulas of an effect take; None where these numbers are none of it."""
    if not names or any(value <= 0 for value in values):
        return None
    if effect == "hazard-ratio":
        given = 1 - _fraction(values[0]) if names == ("reduction",) else values[0]
        first = given if len(values) == 1 else ratio_of(*values)
        return (first,) if first is not None and first > 0 and abs(math.log(first)) > _LEAST else None
    if effect == "means":
        if len(names) == 1:
            return (values[0],)
        # Two standard deviations: the root of their mean square.
        sd = math.sqrt(sum(one**2 for one in values[2:]) / len(values[2:])) if len(names) >= _THREE else values[1]
        size = abs(values[0] - values[1]) / sd if len(names) >= _THREE else values[0] / sd
        return (size,) if size > _LEAST else None
    first, second = (_fraction(value) for value in values)
    return (first, second) if 0 < first < 1 and 0 < second < 1 and abs(first - second) > _LEAST else None


def _effect_within(effect: str, names: tuple[str, ...], values: Inputs) -> Inputs | None:
    if not names or any(value <= 0 for value in values):
        return None
    margin = values[0]
    if effect == "hazard-ratio":
        ratio = values[1] if len(values) > 1 and values[1] != margin else 1.0
        return (margin / ratio,) if abs(math.log(margin / ratio)) > _LEAST else None
    if effect == "means":
        return margin / values[1], (values[2] if len(names) == _THREE and values[2] != margin else 0.0) / values[1]
    margin, first = _fraction(margin), _fraction(values[1])
    second = _fraction(values[2]) if len(names) == _THREE else first
    return (margin, first, second) if max(margin, first, second) < 1 else None


def _fraction(value: float) -> float:
    return value / 100 if value > 1 else value


def ratio_of(first: float, second: float) -> float | None:
    """Return the hazard ratio of two medians, or of two shares without the event at one time."""
    return math.log(second) / math.log(first) if first < 1 and second < 1 else first / second


# ---- What the formulas give ------------------------------------------------------------------------------------------
def needed(plan: Plan, asked: Asked, effect: Inputs, *, stages: bool) -> Iterator[Needed]:
    """Yield what every formula of a plan's effect gives; ``stages`` allows two-stage designs of one arm."""
    if plan.effect == "one-proportion":
        for formula, n in _one_proportion(*effect, asked.alpha / asked.sides, asked.power, stages):
            yield Needed(formula, n)
    elif plan.effect == "hazard-ratio":
        for formula, function in EVENTS.items():
            if plan.aim == "superiority" or formula == "schoenfeld":
                yield Needed(formula, function(asked, *effect), of="events")
        yield from _patients(plan, asked, effect[0])
    else:
        found = _means(plan, asked, effect) if plan.effect == "means" else _proportions(plan, asked, effect)
        yield from _in_clusters(plan, found)


def _means(plan: Plan, asked: Asked, effect: Inputs) -> Iterator[Needed]:
    if plan.aim == "superiority":
        of_two = [(name, function(asked, *effect)) for name, function in TWO_MEANS.items()]
        for name, n in of_two:
            yield Needed(name, n, ("two groups",) if plan.pairs else ())
        for factor, how in _correlated(plan):
            yield from (Needed(name, factor * n, (how,)) for name, n in of_two)
        for name, function in PAIRED_MEANS.items():
            for sd, taken in _of_pairs(plan):
                yield Needed(f"paired-{name}", function(asked, effect[0] / sd), taken)
        return
    margin, apart = effect
    both = plan.aim == "equivalence"
    for sign in (1, -1) if apart else (1,):
        for name, n in means_within(asked, margin, sign * apart, both=both).items():
            yield Needed(f"margin-{name}", n)
        for sd, taken in _of_pairs(plan) if plan.pairs else ():
            # Of pairs the variance is that of one difference, half of that of two arms.
            for name, n in means_within(asked, margin / sd, sign * apart / sd, both=both).items():
                yield Needed(f"margin-{name}", n / 2, taken)


def _of_pairs(plan: Plan) -> Iterator[tuple[float, tuple[str, ...]]]:
    """Yield the standard deviation of a pair's difference in units of the printed one."""
    said = () if plan.pairs else ("pairs",)
    yield 1.0, said
    if plan.pairs:
        yield math.sqrt(2), ("within patients",)
    rho = share(plan.numbers.get("correlation"))
    if plan.pairs and rho is not None and 0 < rho < 1:
        yield math.sqrt(2 * (1 - rho)), ("correlated pairs",)


def _correlated(plan: Plan) -> Iterator[tuple[float, str]]:
    """Yield by what factor a correlation with the baseline makes a size smaller."""
    rho = share(plan.numbers.get("correlation"))
    if rho is not None and 0 < rho < 1:
        yield 1 - rho**2, "ancova"
        yield 2 * (1 - rho), "change"


def _proportions(plan: Plan, asked: Asked, effect: Inputs) -> Iterator[Needed]:
    if plan.aim == "superiority":
        for name, function in TWO_PROPORTIONS.items():
            yield Needed(name, function(asked, *effect))
        return
    margin, *rates = effect
    # Which way is worse, and which arm stands first, is not always said: both ways.
    for old, new in dict.fromkeys((tuple(rates), tuple(reversed(rates)))):
        if margin - (old - new) <= _LEAST:
            continue
        if plan.aim == "equivalence":
            yield Needed("equivalence", rates_equivalent(asked, old, new, margin))
        elif old - margin > 0 and new - margin > 0:
            for name, formula in NONINFERIOR.items():
                yield Needed(name, formula(asked, old, new, margin))


def _in_clusters(plan: Plan, found: Iterator[Needed]) -> Iterator[Needed]:
    """Yield sizes with the design effect of clusters, and without: a text may print either."""
    icc, size = share(plan.numbers.get("icc")), plan.numbers.get("cluster-size")
    effect = None if icc is None or size is None or size.is_missing else 1 + (float(size.value) - 1) * icc
    for one in found:
        if effect is None:
            yield one
        else:
            yield Needed(one.formula, one.n * effect, (*one.taken, "design effect"))
            yield Needed(one.formula, one.n, (*one.taken, "before clusters"))


# ---- Patients behind a hazard ratio ----------------------------------------------------------------------------------
def _patients(plan: Plan, asked: Asked, ratio: float) -> Iterator[Needed]:
    k = 1 + asked.ratio
    if plan.aim == "superiority":
        for course, taken in courses(plan, ratio):
            for formula, function in SURVIVAL.items():
                yield Needed(formula, function(asked, course) / k, taken)
        yield from _as_proportions(plan, asked)
    else:
        # Under noninferiority both arms have the control's hazard.
        for course, taken in courses(plan, 1.0):
            yield Needed("schoenfeld", EVENTS["schoenfeld"](asked, ratio) / events_share(asked, course) / k, taken)
    for part, taken in _event_shares(plan, ratio):
        for formula, events in EVENTS.items():
            yield Needed(formula, events(asked, ratio) / part / k, taken)


def _as_proportions(plan: Plan, asked: Asked) -> Iterator[Needed]:
    """Yield what two rates at a time take as plain proportions, where nobody is followed longer or shorter."""
    first, second = (share(plan.numbers.get(name)) for name in ("first", "second"))
    if first and second and "first" not in plan.units and 0 < first < 1 and 0 < second < 1 and first != second:
        for formula, function in TWO_PROPORTIONS.items():
            yield Needed(formula, function(asked, first, second), ("as proportions",))


def _event_shares(plan: Plan, ratio: float) -> Iterator[tuple[float, tuple[str, ...]]]:
    printed = share(plan.numbers.get("event-share"))
    if printed is None or not 0 < printed < 1:
        return
    yield printed, ()
    yield (printed + 1 - (1 - printed) ** ratio) / 2, ("share of controls",)


def knows_the_end(plan: Plan) -> bool:
    """Whether a text says until when patients are followed, or who has the event: only then do patients follow."""
    return bool({"follow-up", "duration", "event-share"} & plan.numbers.keys())


def courses(plan: Plan, ratio: float) -> Iterator[tuple[Course, tuple[str, ...]]]:
    """Yield how patients come and stay, as far as the text allows, with what is taken for granted."""
    hazard = _control_hazard(plan)
    if hazard is None:
        return
    if plan.aim == "superiority" and "second" in plan.numbers and (ratio > 1) is not _first_is_lower(plan):
        ratio = 1 / ratio  # the arm named first is the experimental one
    for accrual, follow_up, taken in _times(plan):
        if hazard * (accrual + follow_up) > _LEAST:
            yield Course(hazard, ratio, accrual, follow_up), taken


def _first_is_lower(plan: Plan) -> bool:
    """Whether the arm named first has the lower hazard: the longer median or the higher rate."""
    first, second = plan.numbers["first"], plan.numbers["second"]
    return bool(first.value > second.value)


def _control_hazard(plan: Plan) -> float | None:
    """Return the hazard of a month of the arm named first, from its median, or from its rate at a time."""
    first = plan.numbers.get("first")
    if first is None or first.is_missing or first.value <= 0:
        return None
    if (median := months(plan, "first")) is not None:
        return math.log(2) / median
    rate, at = share(first), months(plan, "time")
    return -math.log(rate) / at if rate is not None and 0 < rate < 1 and at else None


def _times(plan: Plan) -> Iterator[tuple[float, float, tuple[str, ...]]]:
    """Yield accrual and follow-up in months; where the text does not say which is which, every reading."""
    at, accrual, follow_up, duration = (months(plan, name) for name in PLANNED_TIMES)
    if accrual is not None:
        if follow_up is not None:
            yield accrual, follow_up, ()
            if follow_up > accrual:
                yield accrual, follow_up - accrual, ("until the end",)
        elif duration is not None and duration >= accrual:
            yield accrual, duration - accrual, ()
        else:
            yield accrual, 0.0, ("no follow-up",)
    elif follow_up is not None or duration is not None:
        yield 0.0, follow_up if follow_up is not None else duration or 0.0, ()
    if follow_up is not None and accrual is not None:
        yield 0.0, follow_up, ("each followed",)
    if at is not None and accrual is None:
        yield 0.0, at, ("each followed",)


# ---- One arm ---------------------------------------------------------------------------------------------------------
@lru_cache(maxsize=256)
def _one_proportion(first: float, second: float, alpha: float, power: float, stages: bool) -> list[tuple[str, float]]:
    """Return the patients of every single-stage design and, where asked for, of the two-stage designs."""
    low, high = sorted((first, second))
    found: list[tuple[str, float]] = []
    try:
        for method in ("exact", "exact-lasting", "normal"):
            plan = single_stage_design(low, high, alpha=alpha, power=power, method=method, n_max=1000)
            found.append((method, plan.design.n))
        if stages and found[-1][1] <= _LARGEST_SEARCH:
            plans = simon_designs(low, high, alpha=alpha, power=power)
            found += [("optimal", plans.optimal.design.n), ("minimax", plans.minimax.design.n)]
            found += [("admissible", plan.design.n) for plan in plans.admissible[1:-1]]
    except InputError:
        pass
    return found
