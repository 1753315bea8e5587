"""From a printed number of patients or events back to the formula that gives it: every textbook formula of a design.

The search is small and complete: all formulas of the effect, the sides of the test that the text leaves open, losses
that it states, and the roundings of a number of patients.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from types import MappingProxyType

from scipy.special import ndtr

from trialstats.claims.model import Plan
from trialstats.designs.sample_sizes import EVENTS, PAIRED_MEANS, TWO_MEANS, TWO_PROPORTIONS, Asked
from trialstats.designs.simon import simon_designs
from trialstats.designs.single_stage import single_stage_design
from trialstats.errors import InputError
from trialstats.reported import Reported

FORMULA_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "schoenfeld": "Schoenfeld's formula",
        "freedman": "Freedman's formula",
        "pooled": "the formula with a pooled variance",
        "unpooled": "the formula with a variance for each arm",
        "continuity": "the formula with a continuity correction, as for Fisher's test",
        "arcsine": "the arcsine formula",
        "log-odds": "the formula for a log odds ratio",
        "t": "the t test",
        "z": "the normal formula",
        "paired-t": "the t test of pairs or of one group",
        "paired-z": "the normal formula of pairs or of one group",
        "exact": "the smallest exact single-stage design",
        "exact-lasting": "the exact single-stage design from which all larger ones do",
        "normal": "Fleming's single-stage formula",
        "optimal": "Simon's optimal design",
        "minimax": "Simon's minimax design",
        "admissible": "an admissible two-stage design",
    }
)
_ORDINARY = frozenset(FORMULA_WORDS) - {"arcsine", "log-odds", "paired-t", "paired-z", "admissible"}
_USUAL_ALPHAS, _USUAL_POWERS = (0.05, 0.1, 0.025), (0.8, 0.9, 0.85, 0.95)
_LARGEST_SEARCH = 55.0
"""Patients by Fleming's formula beyond which no two-stage design is searched for: it would take over half a second."""
_SURE, _LEAST, _MOST = 0.5, 1e-4, 1e12


@dataclass(frozen=True, slots=True)
class Way:
    """One way to a number of patients or events.

    Attributes
    ----------
    formula : str
        A name of `FORMULA_WORDS`.
    asked : Asked
        Error rates and sides.
    needed : float
        Events, or patients of one arm, before rounding up.
    unsaid : tuple of str
        What the text does not say and this way takes: ``alpha``, ``power``, ``sides``, ``pairs``, ``losses``,
        ``rounded inputs``, ``rounded up``, ``each`` (the total is the size of each arm), ``all`` (the other way round).
    """

    formula: str
    asked: Asked
    needed: float
    unsaid: tuple[str, ...] = ()

    @property
    def ordinary(self) -> bool:
        """Whether the formula is one of those that most trials use."""
        return self.formula in _ORDINARY and not set(self.unsaid) - {"alpha", "power", "sides"}


def lost_share(plan: Plan) -> float | None:
    """Return the share that a plan expects to lose; None where none is printed, or nobody would be left."""
    lost = share(plan.numbers.get("lost"))
    return lost if lost is not None and 0 <= lost < 1 else None


def share(printed: Reported | None) -> float | None:
    """Return a share as a fraction, whether its per cent sign was printed or not."""
    if printed is None or printed.is_missing:
        return None
    value = float(printed.value)
    return value / 100 if value > 1 else value


@dataclass(frozen=True, slots=True)
class DesignSizes:
    """The search for the formula behind one design statement.

    Examples
    --------
    >>> numbers = {"ratio": "0.64", "alpha": ".1", "power": "85%", "events": "108"}
    >>> plan = Plan(id="p", effect="hazard-ratio", numbers={n: Reported(t) for n, t in numbers.items()}, sided=1)
    >>> way = DesignSizes(plan).matches()[0]
    >>> way.formula, round(way.needed, 1), way.unsaid
    ('schoenfeld', 107.9, ())
    """

    plan: Plan

    # ---- what is asked for -------------------------------------------------------------------------------------------
    def asked(self) -> Iterator[tuple[Asked, tuple[str, ...]]]:
        """Yield error rates and sides that the text states, or leaves open, the likelier first."""
        plan = self.plan
        alpha, power, beta = (share(plan.numbers.get(name)) for name in ("alpha", "power", "beta"))
        if alpha is not None and alpha > _SURE:
            alpha = 1 - alpha  # "with 95% confidence"
        if power is None and beta is not None:
            power = 1 - beta
        alphas = _USUAL_ALPHAS[: 3 if power is None else 1] if alpha is None else (alpha,)
        powers = _USUAL_POWERS if power is None else (power,)
        usual = (1, 2) if plan.effect == "one-proportion" else (2, 1)
        for a, b in product(alphas, powers):
            open_ = (*(("alpha",) if alpha is None else ()), *(("power",) if power is None else ()))
            if not (_LEAST < a < _SURE and _LEAST < b < 1 - _LEAST):
                continue
            for sides in (plan.sided,) if plan.sided is not None else usual:
                first = sides == usual[0]
                unsaid = () if plan.sided is not None else ("sides",) if first else ("sides", "other sides")
                yield Asked(a, b, sides), (*open_, *unsaid)

    def inputs(self, *, rounded: bool = False) -> list[tuple[float, ...]]:
        """Return the effect as numbers: as printed, or at every end of what the printed numbers can stand for."""
        numbers, effect = self.plan.numbers, self.plan.effect
        names = next(
            (names for names in _INPUTS[effect] if all(name in numbers for name in names)),
            (),
        )
        ends = [_ends(name, numbers[name]) if rounded else (float(numbers[name].value),) for name in names]
        return [found for values in product(*ends) if (found := _effect(effect, names, values)) is not None]

    # ---- the ways ----------------------------------------------------------------------------------------------------
    def ways(self, *, rounded: bool = False) -> Iterator[Way]:
        """Yield every way to the events, or to the patients of an arm."""
        more = ("rounded inputs",) if rounded else ()
        for (asked, unsaid), effect in product(self.asked(), self.inputs(rounded=rounded)):
            if self.plan.effect == "one-proportion":
                if rounded:  # a design of whole patients: each of its searches takes its time
                    continue
                stages = self._stages() and not {"power", "other sides"} & set(unsaid)
                for formula, n in _one_proportion(*effect, asked.alpha / asked.sides, asked.power, stages):
                    yield Way(formula, asked, n, (*unsaid, *more))
                continue
            for formula, function in _MENUS[self.plan.effect].items():
                yield Way(formula, asked, function(asked, *effect), (*unsaid, *more))
            if self.plan.effect == "means":
                for formula, function in PAIRED_MEANS.items():
                    yield Way(f"paired-{formula}", asked, function(asked, *effect), (*unsaid, *more, "pairs"))

    def _stages(self) -> bool:
        """Whether two stages are what the text says, or may be."""
        return self.plan.design in ("simon", "optimal", "minimax", None)

    def matches(self) -> list[Way]:
        """Return the ways that print the number, those that take least for granted first."""
        found = [way for one in self.ways() for way in self._as_printed(one)]
        if not found:
            found = [
                way for one in self.ways(rounded=True) for way in self._as_printed(one) if way.formula in _ORDINARY
            ]
        return sorted(found, key=lambda way: (not way.ordinary, len(way.unsaid), way.formula not in _ORDINARY))

    def _as_printed(self, way: Way) -> Iterator[Way]:
        """Yield the way with what it takes to print the number; nothing if it does not."""
        numbers = self.plan.numbers
        lost = lost_share(self.plan)
        if "events" in numbers:
            printed = numbers["events"].whole or 0
            if printed in _near(way.needed):
                yield way
            elif _is_round(printed) and way.needed <= printed < way.needed + 0.05 * printed:
                yield replace(way, unsaid=(*way.unsaid, "rounded up"))
            return
        if self.plan.effect == "hazard-ratio":
            return
        arms = 1 if self.plan.effect == "one-proportion" or "pairs" in way.unsaid else self.plan.arms or 2
        for name, of, other in (("per-arm", 1, arms), ("patients", arms, 1)):
            printed = numbers[name].whole or 0 if name in numbers else 0
            if not printed or (name == "patients" and "per-arm" in numbers):
                continue
            if said := _sizes_matching(printed, way.needed, of, lost):
                yield replace(way, unsaid=(*way.unsaid, *said[1:]))
            elif (
                arms > 1
                and self._may_be_other(name)
                and _sizes_matching(printed, way.needed, other, None) == ("plain",)
            ):
                yield replace(way, unsaid=(*way.unsaid, "all" if name == "per-arm" else "each"))

    def _may_be_other(self, name: str) -> bool:
        """Whether a number may be of one arm instead of all, or of all: a total that is divided in arms is of all."""
        return name == "per-arm" or self.plan.arms is None

    def span(self, *, rounded: bool = False, pairs: bool = False) -> tuple[float, float] | None:
        """Return the least and the most that the formulas of the effect give.

        Of events, or of one arm's patients; from the numbers as printed, or also as far as they may be rounded; by the
        formulas of two groups, or those of pairs.
        """
        every = [way for some in {False, rounded} for way in self.ways(rounded=some)]
        needed = [way.needed for way in every if ("pairs" in way.unsaid) is pairs]
        finite = [n for n in needed if math.isfinite(n)]
        return (min(finite), max(finite)) if finite else None

    def power_at(self, printed: float, needed: float, asked: Asked) -> float:
        """Return about what power a number has, where ``needed`` would have the one asked for."""
        return float(ndtr(asked.z * math.sqrt(printed / needed) - asked.z_alpha))


_INPUTS: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        "hazard-ratio": (("ratio",), ("first", "second")),
        "proportions": (("first", "second"),),
        "means": (("effect-size",), ("difference", "sd"), ("first", "second", "sd")),
        "one-proportion": (("first", "second"),),
    }
)
_MENUS: Mapping[str, Mapping[str, Callable[..., float]]] = {
    "hazard-ratio": EVENTS,
    "proportions": TWO_PROPORTIONS,
    "means": TWO_MEANS,
}


def _ends(name: str, printed: Reported) -> tuple[float, ...]:
    """Return what a number can stand for at most and least: a whole difference was chosen, and is what it is."""
    return (float(printed.value),) if name == "difference" and not printed.decimals else printed.float_range()


def _effect(effect: str, names: tuple[str, ...], values: tuple[float, ...]) -> tuple[float, ...] | None:
    """Return what the formulas of an effect take; None where these numbers are none of it."""
    if not names or any(value <= 0 for value in values):
        return None
    if effect == "hazard-ratio":
        first = values[0] if len(values) == 1 else _ratio_of(*values)
        return (first,) if first is not None and first > 0 and abs(math.log(first)) > _LEAST else None
    if effect == "means":
        if len(names) == 1:
            return (values[0],)
        size = abs(values[0] - values[1]) / values[2] if len(names) == _THREE else values[0] / values[1]
        return (size,) if size > _LEAST else None
    first, second = (value / 100 if value > 1 else value for value in values)
    return (first, second) if 0 < first < 1 and 0 < second < 1 and abs(first - second) > _LEAST else None


_THREE = 3


def _ratio_of(first: float, second: float) -> float | None:
    """Return the hazard ratio of two medians, or of two shares without the event at one time."""
    if first < 1 and second < 1:
        return math.log(second) / math.log(first)
    return first / second


def _near(n: float) -> set[int]:
    """Return a number of patients rounded up, and rounded."""
    return {math.ceil(n - 1e-9), round(n)} if n < _MOST else set()


def _is_round(n: int) -> bool:
    return n % 5 == 0


def _sizes_matching(printed: int, needed: float, arms: int, lost: float | None) -> tuple[str, ...] | None:
    """Return how a number of patients of some arms comes from the size of one: as it is, with losses, or rounded up."""
    plain = {arms * n for n in _near(needed)} | _near(arms * needed)
    if not plain:
        return None
    if printed in plain:
        return ("plain",)
    if lost is not None:
        for factor in (1 / (1 - lost), 1 + lost):
            enlarged = {n for one in plain for n in _near(one * factor)} | {arms * n for n in _near(needed * factor)}
            enlarged |= {arms * n for one in _near(needed) for n in _near(one * factor)}
            if printed in enlarged:
                return "plain", "losses"
    if _is_round(printed) and max(plain) <= printed < max(plain) * 1.05 + 5:
        return "plain", "rounded up"
    return None


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
