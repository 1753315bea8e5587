"""From a printed number of patients or events back to the formula that gives it: every textbook formula of a design.

The search is small and complete: all formulas of the effect, the sides of the test and the times that the text leaves
open, losses that it states, and the roundings of a number of patients.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from types import MappingProxyType

from scipy.special import ndtr

from trialstats.claims.model import Plan
from trialstats.designs.sample_sizes import Asked
from trialstats.search.design_effects import Inputs, inputs_of, needed, share

FORMULA_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "schoenfeld": "Schoenfeld's formula",
        "freedman": "Freedman's formula",
        "lachin-foulkes": "Lachin and Foulkes's formula",
        "log-hazards": "Lachin's formula for log hazards",
        "rubinstein": "Rubinstein, Gail and Santner's formula",
        "lakatos": "Lakatos's method",
        "pooled": "the formula with a pooled variance",
        "unpooled": "the formula with a variance for each arm",
        "continuity": "the formula with a continuity correction, as for Fisher's test",
        "arcsine": "the arcsine formula",
        "log-odds": "the formula for a log odds ratio",
        "blackwelder": "Blackwelder's formula",
        "farrington-manning": "Farrington and Manning's formula",
        "equivalence": "the formula for two rates within a margin",
        "t": "the t test",
        "z": "the normal formula",
        "margin-t": "the t test against a margin",
        "margin-z": "the normal formula with a margin",
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
_ORDINARY = frozenset(FORMULA_WORDS) - {"arcsine", "log-odds", "admissible"}
_ORDINARY_TO_TAKE = frozenset({"alpha", "power", "sides", "ancova", "design effect"})
_WHERE_ROUNDED = _ORDINARY_TO_TAKE | {"rounded inputs", "other sides", "losses"}
"""What else may be taken where the assumptions were rounded for print: more together would fit by chance."""
_USUAL_ALPHAS, _USUAL_POWERS = (0.05, 0.1, 0.025), (0.8, 0.9, 0.85, 0.95)
_SURE, _LEAST, _MOST = 0.5, 1e-4, 1e12
_ROUND = 0.05
"""By what share a number may be rounded up to a multiple of five."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to a number of patients or events.

    Attributes
    ----------
    formula : str
        A name of `FORMULA_WORDS`.
    asked : Asked
        Error rates, sides, and how many patients of the second arm there are for each of the first.
    needed : float
        Events, or patients of the first arm, before rounding up.
    unsaid : tuple of str
        What the text does not say and this way takes: ``alpha``, ``power``, ``sides``, ``pairs``, ``losses``,
        ``rounded inputs``, ``rounded up``, ``each`` (the total is the size of each arm);
        and what it takes of the effect: see `design_effects.Needed`.
    of : str
        ``patients`` or ``events``.
    """

    formula: str
    asked: Asked
    needed: float
    unsaid: tuple[str, ...] = ()
    of: str = "patients"

    @property
    def ordinary(self) -> bool:
        """Whether the formula is one of those that most trials use."""
        return self.formula in _ORDINARY and not set(self.unsaid) - _ORDINARY_TO_TAKE


def lost_share(plan: Plan) -> float | None:
    """Return the share that a plan expects to lose; None where none is printed, or nobody would be left."""
    lost = share(plan.numbers.get("lost"))
    return lost if lost is not None and 0 <= lost < 1 else None


@dataclass(frozen=True, slots=True)
class DesignSizes:
    """The search for the formula behind one design statement.

    Examples
    --------
    >>> from trialstats.reported import Reported
    >>> numbers = {"ratio": "0.64", "alpha": ".1", "power": "85%", "events": "108"}
    >>> plan = Plan(id="p", effect="hazard-ratio", numbers={n: Reported(t) for n, t in numbers.items()}, sided=1)
    >>> way = DesignSizes(plan).matches()[0]
    >>> way.formula, round(way.needed, 1), way.unsaid
    ('schoenfeld', 107.9, ())
    """

    plan: Plan

    # ---- what is asked for -------------------------------------------------------------------------------------------
    def asked(self) -> Iterator[tuple[Asked, tuple[str, ...]]]:
        """Yield error rates, sides and allocation that the text states, or leaves open, the likelier first."""
        plan = self.plan
        alpha, power, beta = (share(plan.numbers.get(name)) for name in ("alpha", "power", "beta"))
        if alpha is not None and alpha > _SURE:
            alpha = 1 - alpha  # "with 95% confidence"
        if power is None and beta is not None:
            power = 1 - beta
        alphas = _USUAL_ALPHAS[: 3 if power is None else 1] if alpha is None else (alpha,)
        powers = _USUAL_POWERS if power is None else (power,)
        usual = (1, 2) if plan.effect == "one-proportion" or plan.aim != "superiority" else (2, 1)
        for a, b in product(alphas, powers):
            open_ = (*(("alpha",) if alpha is None else ()), *(("power",) if power is None else ()))
            if not (_LEAST < a < _SURE and _LEAST < b < 1 - _LEAST):
                continue
            for sides in (plan.sided,) if plan.sided is not None else usual:
                first = sides == usual[0]
                unsaid = () if plan.sided is not None else ("sides",) if first else ("sides", "other sides")
                for ratio in self.ratios():
                    yield Asked(a, b, sides, ratio), (*open_, *unsaid)

    def ratios(self) -> tuple[float, ...]:
        """Return how many patients of the second arm there may be for each of the first: which is which is open."""
        parts = self.plan.allocation
        if len(parts) != _TWO or parts[0] == parts[1] or min(parts) < 1:
            return (1.0,)
        return parts[0] / parts[1], parts[1] / parts[0]

    def inputs(self, *, rounded: bool = False) -> list[Inputs]:
        """Return the effect as numbers: as printed, or at every end of what the printed numbers can stand for."""
        return inputs_of(self.plan, rounded=rounded)

    # ---- the ways ----------------------------------------------------------------------------------------------------
    def ways(self, *, rounded: bool = False) -> Iterator[Way]:
        """Yield every way to the events, or to the patients of an arm."""
        if rounded and self.plan.effect == "one-proportion":
            return  # a design of whole patients: each of its searches takes its time
        more = ("rounded inputs",) if rounded else ()
        for (asked, unsaid), effect in product(self.asked(), self.inputs(rounded=rounded)):
            stages = self._stages() and not {"power", "other sides"} & set(unsaid)
            for one in needed(self.plan, asked, effect, stages=stages):
                yield Way(one.formula, asked, one.n, (*unsaid, *more, *one.taken), one.of)

    def _stages(self) -> bool:
        """Whether two stages are what the text says, or may be."""
        return self.plan.design in ("simon", "optimal", "minimax", None)

    def matches(self) -> list[Way]:
        """Return the ways that print the number, those that take least for granted first."""
        found = [way for one in self.ways() for way in self._as_printed(one)]
        if not found:
            found = [
                way
                for one in self.ways(rounded=True)
                if one.formula in _ORDINARY
                for way in self._as_printed(one)
                if not set(way.unsaid) - _WHERE_ROUNDED
            ]
        return sorted(found, key=lambda way: (not way.ordinary, len(way.unsaid), way.formula not in _ORDINARY))

    @property
    def of(self) -> str:
        """What the printed number counts: events or patients."""
        return "events" if "events" in self.plan.numbers else "patients"

    def _as_printed(self, way: Way) -> Iterator[Way]:
        """Yield the way with what it takes to print the number; nothing if it does not."""
        numbers = self.plan.numbers
        if way.of != self.of:
            return
        if way.of == "events":
            printed = numbers["events"].whole or 0
            if printed in _near(way.needed):
                yield way
            elif _is_round(printed) and way.needed <= printed < way.needed + _ROUND * printed:
                yield replace(way, unsaid=(*way.unsaid, "rounded up"))
            return
        if {"clusters", "clusters-per-arm"} & numbers.keys() and numbers.keys() >= {"icc", "cluster-size"}:
            yield from self._as_clusters(way, self.arms_of(way))
            return
        all_, k = self.arms_of(way), way.asked.ratio
        for name, of in (("per-arm", 1.0), ("patients", all_)):
            printed = numbers[name].whole or 0 if name in numbers else 0
            if not printed or (name == "patients" and "per-arm" in numbers):
                continue
            parts = (of, k) if name == "per-arm" and k != 1 else (of,)
            said = next((said for part in parts if (said := self._said(printed, way.needed, part))), None)
            if said is not None:
                yield replace(way, unsaid=(*way.unsaid, *said[1:]))
            elif name == "patients" and self._may_be_each(way) and self._said(printed, way.needed, 1.0) == ("plain",):
                yield replace(way, unsaid=(*way.unsaid, "each"))

    def _as_clusters(self, way: Way, all_: float) -> Iterator[Way]:
        """Yield the way where clusters are printed, and no patients: those needed, or one more."""
        numbers = self.plan.numbers
        size = numbers["cluster-size"]
        if not size.whole or "before clusters" in way.unsaid:
            return
        for name, of in (("clusters-per-arm", 1.0), ("clusters", all_)):
            printed = numbers[name].whole or 0 if name in numbers else 0
            if name == "clusters" and "clusters-per-arm" in numbers:
                continue
            plain = {math.ceil(of) * n for n in _near(way.needed / size.whole)} | _near(of * way.needed / size.whole)
            if printed in plain:
                yield way
            elif printed and printed - math.ceil(of) in plain:
                yield replace(way, unsaid=(*way.unsaid, "one cluster more"))

    def _said(self, printed: int, n: float, of: float) -> tuple[str, ...] | None:
        return _sizes_matching(printed, n, of, lost_share(self.plan))

    def arms_of(self, way: Way) -> float:
        """Return how many times the first arm's patients all together are."""
        plan = self.plan
        alone = plan.effect == "one-proportion" or "pairs" in way.unsaid or way.formula.startswith("paired")
        if alone or (plan.pairs and plan.aim != "superiority"):
            return 1.0
        return 1.0 + way.asked.ratio if way.asked.ratio != 1 else float(plan.arms or 2)

    def _may_be_each(self, way: Way) -> bool:
        """Whether a number of patients may be that of one arm: one that is divided in arms is not."""
        plain = way.formula in _ORDINARY and self.arms_of(way) != 1
        return plain and self.plan.arms is None and not self.plan.allocation

    def span(self, *, rounded: bool = False, pairs: bool = False, of: str | None = None) -> tuple[float, float] | None:
        """Return the least and the most that the formulas of the effect give.

        Of events, or of one arm's patients; from the numbers as printed, or also as far as they may be rounded; by the
        formulas of two groups, or those of pairs that the text does not speak of.
        """
        every = [way for some in {False, rounded} for way in self.ways(rounded=some)]
        finite = [
            way.needed
            for way in every
            if ("pairs" in way.unsaid) is pairs and way.of == (of or self.of) and math.isfinite(way.needed)
        ]
        return (min(finite), max(finite)) if finite else None

    def power_at(self, printed: float, needed: float, asked: Asked) -> float:
        """Return about what power a number has, where ``needed`` would have the one asked for."""
        return float(ndtr(asked.z * math.sqrt(printed / needed) - asked.z_alpha))


_TWO = 2


def _near(n: float) -> set[int]:
    """Return a number of patients rounded up, and rounded."""
    return {math.ceil(n - 1e-9), round(n)} if n < _MOST else set()


def _is_round(n: int) -> bool:
    return n % 5 == 0


def _of_arms(n: float, arms: float) -> set[int]:
    """Return the patients of some arms, or parts of arms, of which the first has ``n``."""
    if arms == int(arms):
        return {int(arms) * one for one in _near(n)} | _near(arms * n)
    return {one + other for one in _near(n) for other in _near((arms - 1) * n)} | _near(arms * n)


def _sizes_matching(printed: int, n: float, arms: float, lost: float | None) -> tuple[str, ...] | None:
    """Return how a number of patients of some arms comes from the size of one: as it is, with losses, or rounded up."""
    plain = _of_arms(n, arms)
    if not plain:
        return None
    if printed in plain:
        return ("plain",)
    if lost is not None:
        for factor in (1 / (1 - lost), 1 + lost):
            enlarged = {m for one in plain for m in _near(one * factor)} | _of_arms(n * factor, arms)
            enlarged |= {m for one in _near(n) for each in _near(one * factor) for m in _of_arms(each, arms)}
            if printed in enlarged:
                return "plain", "losses"
    if _is_round(printed) and max(plain) <= printed < max(plain) * (1 + _ROUND) + 5:
        return "plain", "rounded up"
    return None
