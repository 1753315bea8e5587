"""Other values that an effect may belong to, and other effects to which two values may: what lies nearer is meant.

Before anything is named that would put an effect off the values beside it, its neighbours are tried.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from trialstats.checks.arm_values import SHARES, Pair, alike, known_arms, of_the_arms
from trialstats.checks.check import Context
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import Comparison, Estimate

Fits = Callable[[Estimate, Pair], bool]
PairOf = Callable[[Estimate], Pair | None]
_TWO, _MOST = 2, 6
"""Values in a sentence: of more, some two give nearly any ratio."""


def is_of_another_effect(context: Context, claim: Estimate, pair: Pair, fits: Fits) -> bool:
    """Whether two values that an effect was tied to from afar give another one, which stands in their own sentence."""
    text, start, stop = context.paper.text, pair.first.where.start, pair.second.where.end
    if text is None or start is None or stop is None or pair.together or claim.where.start is None:
        return False
    begin, end = sentence_of(text, min(start, stop))
    if begin <= claim.where.start < end:
        return False
    return any(
        one.id != claim.id and one.measure == claim.measure and begin <= (one.where.start or -1) < end
        and fits(one, pair)
        for one in context.estimates
    )  # fmt: skip


def nearer_pair(context: Context, claim: Estimate, pair: Pair, fits: Fits) -> Pair | None:
    """Return the only two neighbours of an effect's sentence, none of its own two values, that give it as printed."""
    found = [one for one in _pairs(context, claim, pair) if fits(claim, one)]
    return found[0] if len(found) == 1 else None


def _pairs(context: Context, claim: Estimate, pair: Pair) -> Iterator[Pair]:
    text, start = context.paper.text, claim.where.start
    if text is None or start is None:
        return
    begin, end = sentence_of(text, start)
    shares = pair.first.measure in SHARES
    told = [
        one for one in context.estimates
        if begin <= (one.where.start or -1) < end and one.role == "result"
        and (one.measure in SHARES if shares else one.measure == pair.first.measure)
    ]  # fmt: skip
    if len(told) > _MOST:
        told = [one for one in told if one.x is not None and one.n is not None]
        if len(told) > _TWO:
            return
    told = sorted(told, key=lambda one: one.where.start or 0)
    for first, second in pairwise(told):
        apart = known_arms(first) and known_arms(second) and known_arms(first) != known_arms(second)
        if not apart or {first.id, second.id} & {*pair.ids} or not alike(first, second):
            continue
        if of_the_arms(claim, first, second):
            yield Pair(first, second, ordered=False)


def neighbours(context: Context, claim: Comparison) -> Iterator[Comparison]:
    """Yield a comparison with its P value put to the pair of counts right before its own, of the same arms.

    "(all falls, 50/90 v 40/90; with injury, 7/90 v 3/90; P = .14)": P may be of either.
    """
    text, members = context.paper.text, context.members(claim)
    if text is None or len(members) != 2 or any(one.where.start is None for one in members):
        return
    start = min(one.where.start or 0 for one in members)
    begin, _ = sentence_of(text, start)
    before = [one for one in context.estimates if begin <= (one.where.start or -1) < start]
    pair = sorted(before, key=lambda one: one.where.start or 0)[-2:]
    if len(pair) != 2 or any(one.measure != "proportion" or one.p is not None or not one.x for one in pair):
        return
    # A P value between the two pairs is that of the first.
    if _HAS_ITS_OWN.search(text, pair[0].where.start or 0, start):
        return
    if [known_arms(one) for one in pair] == [known_arms(one) for one in members] and all(map(known_arms, pair)):
        yield replace(claim, of=(pair[0].id, pair[1].id))


_HAS_ITS_OWN = re.compile(r"\bp ?[-=<>≤]|\b(?:OR|RR|HR|ratio|difference|CI)\b", re.IGNORECASE)


def interchanged_with(context: Context, claim: Estimate, pair: Pair, of: PairOf, fits: Fits) -> Estimate | None:
    """Return the effect of the same sentence that fits the values of this one, as this one fits those of that."""
    text, start = context.paper.text, claim.where.start
    if text is None or start is None:
        return None
    begin, end = sentence_of(text, start)
    for one in context.estimates:
        if one.id == claim.id or one.measure != claim.measure or not begin <= (one.where.start or -1) < end:
            continue
        its = of(one)
        if its is None or not its.ids or {*its.ids} == {*pair.ids} or fits(one, its):
            continue
        if _within(pair, begin, end) and _within(its, begin, end) and fits(one, pair) and fits(claim, its):
            return one
    return None


def _within(pair: Pair, begin: int, end: int) -> bool:
    return all(begin <= (one.where.start or -1) < end for one in (pair.first, pair.second))
