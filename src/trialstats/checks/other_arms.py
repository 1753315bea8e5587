"""How many patients the figures of other arms leave to an arm that prints no size: for words, never for a verdict.

A total less the printed sizes of the other arms bounds a denominator (`claims.populations`). Where another arm prints
no size its figures may still need one number of patients: all its percentages must be counts of it, and its intervals
print at it by an ordinary method. What is left beside that number was inferred, and is only said.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

import numpy as np

from trialstats.catalogue.words import method_words
from trialstats.checks.check import Context, both_bounds, level_of, printed_interval
from trialstats.claims.model import Arm, Estimate, Paper
from trialstats.claims.populations import IN_ONE_ARM, arm_size
from trialstats.claims.trust import knows_groups
from trialstats.explanations import Block
from trialstats.intervals.binomial import binomial_interval
from trialstats.press import print_like
from trialstats.reported import DEFAULT_ROUNDING
from trialstats.search.counts.ranges import Allowed, count_limits, fitting
from trialstats.search.counts.search import CountSearch
from trialstats.search.survival.explain import SurvivalSearch
from trialstats.wording import as_printed, as_range, count_words, joined

_MISSING = 0.9
_UNLIKE = 2
"""By what factor arms that a text says little of may differ in size: as allocation two to one makes them."""
_SHOWN = 4
"""Counts that are shown with their limits."""
_LARGEST = 2_000
"""The largest total for which sizes are inferred: whole percentages are counts of most larger numbers."""


@dataclass(frozen=True, slots=True)
class Left:
    """The patients that are left to an arm, and what the method of the other arms prints at as many."""

    total: int
    needed: tuple[tuple[int, str], ...]
    """The sizes of the other arms, and their labels: printed or inferred."""
    least: int
    """The fewest patients that the arm's own curves have, else a tenth fewer than are left."""
    most: int
    method: str
    """That by which an interval of another arm prints at the inferred size."""
    of: Estimate
    """That interval."""
    found: Block | None
    """What it prints the claim by at one of these sizes."""
    others: tuple[str, ...]
    """What it prints of the counts that are the claim's percentage: ``7 of 35 is 20% (8% to 37%)``."""

    def sentence(self, claim: Estimate) -> str:
        """Return what a reader needs of a claim of this arm, in a sentence."""
        sizes = joined(f"{n} that the figures of {label} need" for n, label in self.needed)
        method, size = method_words(self.method), as_range(self.least, self.most, 0)
        begun = (
            f"Of the {self.total} patients {self.most} are left beside the {sizes}, and at {size} patients {method},"
        )
        by = f"{begun} by which {as_printed(self.of)} prints,"
        if self.found is not None:
            return f"{by} prints {as_printed(claim)} too: {count_words(self.found.item(0))}."
        instead = f": {joined(self.others)}" if self.others else ", nor is any count that percentage"
        return f"{by} does not print {as_printed(claim)}{instead}."

    @property
    def how(self) -> str:
        """What the method does at these sizes, in few words."""
        does = "by" if self.found is not None else "not by"
        return f"{does} {method_words(self.method)} at {as_range(self.least, self.most, 0)} patients"


def left_by_figures(context: Context, claim: Estimate) -> Left | None:
    """Return how many patients the figures of the other arms leave to a claim's; None where they do not tell.

    Every other arm must need one number of patients only, and the total must be printed.
    """
    paper = context.paper
    # Numbers that a text gives apart may be of different patients.
    of_all = IN_ONE_ARM if knows_groups(paper) else {"randomised"}
    totals = [n for name, size in paper.of.items() if name in of_all and (n := size.value.whole)]
    if totals and not knows_groups(paper):
        totals = _analysed(paper, max(totals)) or totals
    if len(claim.arms) != 1 or len(paper.arms) < 2 or context.sizes(claim) or not totals or max(totals) > _LARGEST:
        return None
    needed, method, of = [], "", None
    for arm in paper.arms:
        if arm.id == claim.arms[0]:
            continue
        size = arm_size(paper, arm.id)
        if size is None:
            inferred = _needed(context, arm, max(totals))
            if inferred is None:
                return None
            size, method, of = inferred
        needed.append((size, arm.label))
    most = max(totals) - sum(n for n, _ in needed)
    unlike = not knows_groups(paper) and most > _UNLIKE * max(n for n, _ in needed)
    if of is None or most < 1 or unlike:
        return None
    least = _least(context, claim.arms, most)
    search = _search(context, claim, range(least, most + 1), (method,))
    found = search.cheapest()
    others = () if found is not None else _printed_by(claim, method, range(least, most + 1))
    return Left(max(totals), tuple(needed), least, most, method, of, found, others)


_ANALYSED = ("eligible", "evaluable", "analysed")
"""Patients of whom percentages are made rather than of all who were randomised, where both are printed."""


def _analysed(paper: Paper, randomised: int) -> list[int]:
    """Return the smallest printed number of those who were analysed, or could be; most of the randomised must be."""
    found = [size.value.whole for name, size in paper.of.items() if name in _ANALYSED]
    return sorted(n for n in found if n and _MISSING * randomised <= n <= randomised)[:1]


def _printed_by(claim: Estimate, method: str, sizes: range) -> tuple[str, ...]:
    """Return what a method prints at the counts of some sizes that are the claim's percentage."""
    spread, value = claim.interval, claim.value
    if value is None or (bounds := both_bounds(spread)) is None:
        return ()
    n = np.array(sizes, dtype=np.int64)
    first, last = count_limits(value.range(), n)
    counts = [(x, size) for size, low, high in zip(sizes, first, last, strict=True) for x in range(low, high + 1)]
    said = []
    for x, size in counts[:_SHOWN]:
        limits = binomial_interval(x, size, level=level_of(spread), method=method)
        low, high = (
            print_like(limit, bound, DEFAULT_ROUNDING)
            for limit, bound in zip((limits.lower, limits.upper), bounds, strict=True)
        )
        said.append(f"{x} of {size} is {print_like(Fraction(x, size), value)} ({low} to {high})")
    return tuple(said)


def _search(context: Context, claim: Estimate, sizes: range, methods: tuple[str, ...] = ()) -> CountSearch:
    x = claim.x.whole if claim.x is not None else None
    allowed, level = Allowed(stated=sizes), level_of(claim.interval)
    return CountSearch(printed_interval(claim), allowed, x=x, level=level, catalogue=context.catalogue, methods=methods,
                       roundings=(DEFAULT_ROUNDING,))  # fmt: skip


def _needed(context: Context, arm: Arm, most: int) -> tuple[int, str, Estimate] | None:
    """Return the one size that all figures of an arm allow, with the method of an interval; None if there are more."""
    own = [
        one
        for one in context.estimates
        if one.arms == (arm.id,) and one.measure == "proportion" and one.role == "result" and one.population is None
        and one.n is None and one.value is not None and one.value.unit == "%"
    ]  # fmt: skip
    with_interval = [one for one in own if one.interval is not None and one.interval.kind == "confidence"]
    if not with_interval:
        return None
    n = np.arange(1, most + 1, dtype=np.int64)
    values = tuple(one.value for one in own if one.value is not None)
    left = set(n[fitting(values, n, DEFAULT_ROUNDING).all(axis=0)].tolist())
    methods: dict[int, str] = {}
    for one in with_interval:
        search = _search(context, one, range(1, most + 1))
        by_size = {
            size: block.convention.method or ""
            for block in search.blocks(ordinary=True)
            for size in {block.item(at).n or 0 for at in range(block.size)}
        }
        left &= set(by_size)
        methods = methods or by_size
    if len(left) != 1:
        return None
    (size,) = left
    return size, methods[size], with_interval[0]


def _least(context: Context, arms: tuple[str, ...], most: int) -> int:
    """Return the fewest patients an arm can have: a curve's rate is never as precise as of all of them uncensored."""
    least = [1]
    for one, _ in context.printed("survival"):
        if one.arms == arms and one.interval is not None:
            best = SurvivalSearch(printed_interval(one), level_of(one.interval), None, context.catalogue).cheapest()
            if best is not None and best.ordinary and best.effective_n is not None:
                least.append(int(best.effective_n[0]))
    known = max(least)
    return known if 1 < known <= most else ceil(_MISSING * most)
