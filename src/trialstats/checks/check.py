"""What a check is, what it is given, and the small pieces that all checks share."""

from __future__ import annotations

import inspect
import sys
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from trialstats.catalogue import Catalogue
from trialstats.checks.one_sided import as_labelled
from trialstats.claims.model import Claim, Comparison, Estimate, Paper, Place, Spread
from trialstats.claims.populations import denominators, largest_size
from trialstats.explanations import Block, Explanation
from trialstats.findings import Details, Finding, Nearest, Verdict
from trialstats.reported import Reported, read_level
from trialstats.search.printed import PrintedInterval
from trialstats.values import EMPTY


@dataclass(frozen=True)
class Context:
    """What a check may look at."""

    paper: Paper
    catalogue: Catalogue
    verdicts_alone: bool = False
    """Whether nobody will read more of a finding than its verdict: one of many changed copies is judged."""
    others: tuple[Paper, ...] = ()
    """All studies of the table that this one stands in: they tell its way of writing."""

    def nearest(self, search: Callable[[], Nearest | None]) -> Nearest | None:
        """Return the nearest miss that a search finds, on which no verdict rests: not looked for if nobody reads it."""
        return None if self.verdicts_alone else search()

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The measures of the claims; ``comparison`` and ``plan`` if there is one, ``size`` if patients are counted."""
        found = {claim.measure if isinstance(claim, Estimate) else "comparison" for claim in self.paper.claims}
        found |= {"size"} if self.paper.of or self.paper.arms else set()
        return frozenset(found | {"plan"} if self.paper.plans else found)

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """All claims by id, bounds in ascending order, without those that intervals of one side did not compute."""
        return {claim.id: _as_computed(claim) for claim in self.paper.claims}

    @cached_property
    def estimates(self) -> tuple[Estimate, ...]:
        """All estimates, in order, bounds in ascending order."""
        return tuple(claim for claim in self.claims.values() if isinstance(claim, Estimate))

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """All comparisons, in order."""
        return tuple(claim for claim in self.paper.claims if isinstance(claim, Comparison))

    def near(self, place: int, reach: int) -> list[Estimate]:
        """Return the estimates that begin within some characters of a place of the text, in order."""
        ordered, places = self._by_place
        return ordered[bisect_left(places, place - reach) : bisect_right(places, place + reach)]

    @cached_property
    def _by_place(self) -> tuple[list[Estimate], list[int]]:
        ordered = [one for one in self.estimates if one.where.start is not None]
        ordered.sort(key=lambda one: one.where.start or 0)
        return ordered, [one.where.start or 0 for one in ordered]

    @cached_property
    def numbers(self) -> tuple[tuple[int, ...], Counter[int]]:
        """The whole numbers of the estimates, ascending, and how often each is printed: `whole_numbers`."""
        often = Counter(n for one in self.estimates for n in whole_numbers(one))
        return tuple(sorted(often)), often

    def printed(self, *measures: str) -> Iterator[tuple[Estimate, Reported]]:
        """Yield the estimates of some measures that are printed as a number, with that number."""
        for one in self.estimates:
            if one.measure in measures and one.value is not None and not one.value.is_missing:
                yield one, one.value

    def members(self, claim: Comparison | Estimate) -> tuple[Estimate, ...]:
        """Return the estimates that a claim refers to."""
        found = (self.claims.get(name) for name in claim.of)
        return tuple(one for one in found if isinstance(one, Estimate))

    def sizes(self, claim: Estimate) -> dict[int, str]:
        """Return the denominators that the paper prints for a claim, with their class."""
        key = (claim.arms, claim.population, claim.subgroup, claim.n, claim.x, claim.value, claim.interval is None)
        found = self._sizes.get(key)
        if found is None:
            found = self._sizes[key] = denominators(self.paper, claim)
        return found

    @cached_property
    def _sizes(self) -> dict[tuple[object, ...], dict[int, str]]:
        return {}

    @cached_property
    def _largest_size(self) -> int | None:
        return largest_size(self.paper)

    def n_max(self, default: int = 2000) -> int:
        """Return the largest denominator to try where none is printed for a claim."""
        return self._largest_size or default

    def beside(self, ratio: Estimate, measure: str) -> tuple[Estimate, Estimate] | None:
        """Return the two arms' estimates of one measure that belong to a ratio, first arm first.

        They are of its outcome, or those that it was derived from. In what is no text they are of its time and patients
        too, as far as both say which; of several those that stand in its section, or say the same as it.
        """
        own = [one for one in self.members(ratio) if one.measure == measure and len(one.arms) == 1]
        same = own if len(own) > 1 else self._by_outcome.get((measure, ratio.outcome), ())
        if self.paper.text is None:
            same = [one for one in same if _may_be_of_one(one, ratio)]
        arms = ratio.arms
        if not arms and self.paper.text is None and len(self.paper.arms) == _TWO:
            arms = tuple(arm.id for arm in self.paper.arms)
        by_arm = [[one for one in same if one.arms == (arm,)] for arm in arms]
        if self.paper.text is None:
            by_arm = [_nearest_to(ratio, of) for of in by_arm]
        if [len(of) for of in by_arm] != [1, 1]:
            return None
        (first,), (second,) = by_arm
        return (first, second) if first.time == second.time and first.unit == second.unit else None

    @cached_property
    def _by_outcome(self) -> dict[tuple[str, str | None], list[Estimate]]:
        """The estimates that are printed as a number or a count, by measure and outcome."""
        found: dict[tuple[str, str | None], list[Estimate]] = {}
        for one in self.estimates:
            if (one.value or one.x) is not None:
                found.setdefault((one.measure, one.outcome), []).append(one)
        return found


@dataclass(frozen=True)
class Check:
    """One rule: a stable code, and a function that judges a paper's claims; it bears the name of its file."""

    code: str
    """Never reused."""
    summary: str
    run: Callable[[Check, Context], Iterator[Finding]]
    """Yields a finding for each claim that the rule concerns."""
    assumes: tuple[str, ...] = ()
    """Model assumptions; an unmet one never makes a claim inconsistent."""
    settled_by: str = ""
    """What only the authors know and would settle a finding; completes "Could you give us ...?"."""
    serves: tuple[str, ...] = ()
    """Items of trustworthiness checklists that a finding helps to answer."""
    about: frozenset[str] = frozenset()
    """The kinds of claims (`Context.kinds`) without which it has nothing to say; empty if it speaks of any."""
    rests_on: frozenset[str] = frozenset({"measure", "value", "n"})
    """The parts of claims without which its questions stand on nothing; ``size`` is the number of patients, wherever it
    is printed."""
    silent_if_right: bool = False
    """Whether it has no finding of numbers that agree."""
    most_repairs: int = 400
    """Changes of one character that are tried where it asks, fewer where each costs a long search; six numbers have
    about 150."""
    may_agree: Callable[[Estimate], bool] | None = None
    """A quick look at a changed claim: false where the search need not be asked, as it would find nothing."""

    def finding(
        self,
        claim: Claim | str,
        verdict: Verdict,
        details: Details,
        *,
        others: tuple[str, ...] = (),
        decision: bool = False,
        where: Place | None = None,
    ) -> Finding:
        """Return what the check says of a claim, or of what an id stands for that is no claim (a total)."""
        name, place = (claim, Place()) if isinstance(claim, str) else (claim.id, claim.where)
        return Finding(
            claim=name,
            others=others,
            check=self.name,
            code=self.code,
            verdict=verdict,
            details=details,
            decision=decision,
            assumes=() if verdict is Verdict.UNCHECKED else self.assumes,
            settled_by=self.settled_by,
            where=where or place,
        )

    def concerns(self, context: Context) -> bool:
        """Whether the paper has a claim of a kind that the check is about."""
        return not self.about or not self.about.isdisjoint(context.kinds)

    @cached_property
    def name(self) -> str:
        """The name of its file."""
        return self.run.__module__.rpartition(".")[2].replace("_", "-")

    @property
    def explanation(self) -> str:
        """The page on this check: the docstring of its file."""
        return inspect.cleandoc(sys.modules[self.run.__module__].__doc__ or self.summary)


_TWO = 2


def _may_be_of_one(one: Estimate, other: Estimate) -> bool:
    """Whether neither time nor patients of two results that were typed or stand in cells differ."""
    return all(
        a is None or b is None or a.lower() == b.lower()
        for a, b in ((one.time, other.time), (one.population, other.population))
    ) and (one.subgroup == other.subgroup and one.role == other.role)


def _nearest_to(ratio: Estimate, values: list[Estimate]) -> list[Estimate]:
    """Return those of several values of one arm that stand where a ratio does, and say of whom and when as it does."""
    for part in (_said, _section):
        if len(values) > 1 and (alike := [one for one in values if part(one) == part(ratio)]):
            values = alike
    return values


def _said(one: Estimate) -> tuple[str | None, str | None]:
    return one.time, one.population


def _section(one: Estimate) -> str | None:
    return one.where.section


def whole_numbers(one: Estimate) -> list[int]:
    """Return the whole numbers of an estimate that may be a total: those that count somebody."""
    printed = (one.x, one.n, one.value if one.measure == "count" else None)
    return [n for number in printed if number is not None and (n := number.whole)]


def _as_computed(claim: Claim) -> Claim:
    """Return a claim with its larger bound last, and without a bound that an interval of one side did not compute."""
    claim = _ascending(claim)
    return as_labelled(claim) if isinstance(claim, Estimate) else claim


def _ascending(claim: Claim) -> Claim:
    """Return a claim with its larger bound last; which one is printed first is the concern of one check only."""
    spread = claim.spread if isinstance(claim, Estimate) else None
    if spread is None or not isinstance(claim, Estimate) or (bounds := both_bounds(spread)) is None:
        return claim
    lower, upper = bounds
    if lower.float_range()[0] < upper.float_range()[0] or lower.value <= upper.value:
        return claim
    return replace(claim, spread=replace(spread, lower=upper, upper=lower))


def both_bounds(spread: Spread | None) -> tuple[Reported, Reported] | None:
    """Return the bounds of an interval, where both are printed as numbers."""
    if spread is None or spread.lower is None or spread.upper is None:
        return None
    return None if spread.lower.is_missing or spread.upper.is_missing else (spread.lower, spread.upper)


def printed_interval(claim: Estimate) -> PrintedInterval:
    """Return an estimate and its bounds as printed; a bound without a per cent sign takes its estimate's."""
    spread, unit = claim.interval or Spread("confidence"), unit_of_bounds(claim)
    bounds = (bound and bound.with_unit(unit) for bound in (spread.lower, spread.upper))
    return PrintedInterval(claim.value, *bounds)


def unit_of_bounds(claim: Estimate) -> str:
    """Return the unit that bounds without one have: that of their estimate, or none where they are shares of 1.

    Examples
    --------
    >>> shares = Spread("confidence", Reported("0.66"), Reported("0.94"))
    >>> unit_of_bounds(Estimate(id="c1", measure="proportion", value=Reported("83%"), spread=shares))
    ''
    """
    spread, value = claim.spread, claim.value
    if value is None or value.unit != "%" or spread is None or value.is_missing or abs(value.value) <= _PERCENT:
        return value.unit if value is not None else ""
    bounds = [bound for bound in (spread.lower, spread.upper) if bound is not None and not bound.is_missing]
    return "" if all(not bound.unit and bound.decimals and abs(bound.value) <= 1 for bound in bounds) else "%"


_PERCENT = Fraction(1, 100)


def printed_numbers(claim: Estimate, *only: str) -> dict[str, str]:
    """Return a claim's printed numbers by name, all or only some, as the report prints them."""
    spread = claim.spread
    found: dict[str, Reported | None] = {
        "estimate": claim.value,
        "lower": spread.lower if spread else None,
        "upper": spread.upper if spread else None,
        "x": claim.x,
        "n": claim.n,
    }
    texts = {name: number.text for name, number in found.items() if number is not None}
    if claim.unit and texts:
        texts["unit"] = claim.unit
    return {name: text for name, text in texts.items() if not only or name in only}


def sizes_searched(allowed: Mapping[str, Any]) -> dict[str, list[int]]:
    """Return the smallest and the largest number of patients that was tried, by its class."""
    return {name: [int(n.min()), int(n.max())] for name, n in allowed.items()}


def level_of(spread: Spread | None) -> float:
    """Return an interval's two-sided level; 95 % where none is printed."""
    printed = None if spread is None or spread.level is None else read_level(spread.level, spread.sides)
    return 0.95 if printed is None else printed


def not_checked(what: str, reason: str, reported: Mapping[str, str] = EMPTY, **more: Any) -> tuple[Verdict, Details]:
    """Return that something was not checked, and why."""
    return Verdict.UNCHECKED, Details(sentence=f"We did not check {what}", reason=reason, reported=reported, **more)


def verdict_of(best: Explanation | Block) -> Verdict:
    """Return the verdict that the cheapest explanation, or the block it stands in, gives."""
    if not best.ordinary:
        return Verdict.EXPLAINED
    return Verdict.CONSISTENT if best.allowed == "near" else Verdict.REPRODUCED
