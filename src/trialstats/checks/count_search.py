"""The search for the counts behind a share with its interval: which numbers of patients are tried."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

from trialstats.checks.check import Context, level_of, printed_interval
from trialstats.checks.one_sided import has_unsure_level
from trialstats.claims.model import Estimate
from trialstats.claims.populations import left_beside, sizes_printing
from trialstats.claims.trust import knows_groups, knows_size
from trialstats.explanations import ALLOWED
from trialstats.reported import Reported
from trialstats.search.counts.ranges import Allowed, allow
from trialstats.search.counts.search import CountSearch


def count_search(context: Context, claim: Estimate, classes: Collection[str] = ALLOWED) -> CountSearch:
    """Return the search for the counts behind a claim with an interval, of denominators of some classes."""
    sizes = context.sizes(claim)
    spread = claim.interval
    assert spread is not None
    x = claim.x.whole if claim.x is not None else None
    return CountSearch(
        printed_interval(claim),
        _allowed(context, claim, sizes, x).only(*classes),
        x=x,
        # Where no level is printed every level of the catalogue is tried; that of a rate at a time is the curve's.
        # The level of two bounds that are called one-sided may be that of one side, or of both.
        level=None
        if (spread.level is None or has_unsure_level(claim)) and claim.measure == "proportion"
        else level_of(spread),
        catalogue=context.catalogue,
        beside=() if sizes else _other_percentages(context, claim),
    )


_MOST_WITHOUT = 2_000
"""The largest n that is searched where the size of an arm is not borne out."""
_MOST_BY_COUNT = 100_000
"""The largest n that is searched because a printed count and its percentage lead to it."""


def _allowed(context: Context, claim: Estimate, sizes: Mapping[int, str], x: int | None) -> Allowed:
    """Return the denominators to search: also those that a printed count and its percentage lead to."""
    allowed = allow(sizes, _most(context, claim))
    if claim.n is not None or claim.value is None or knows_groups(context.paper) or context.paper.text is None:
        return allowed
    least, most = (sizes_printing(x, claim.value) or (1, 0)) if x is not None else (1, _MOST_WITHOUT)
    if most is None or most > _MOST_BY_COUNT or (x is None and knows_size(context.paper, claim)):
        return allowed
    led_to = np.arange(least, most + 1, dtype=np.int64)
    known = np.concatenate([led_to[:0], *allowed.values()])
    more = np.setdiff1d(led_to, known, assume_unique=True)
    return Allowed({**allowed, "any": np.concatenate([allowed.get("any", led_to[:0]), more])})


def _most(context: Context, claim: Estimate) -> int:
    """Return the largest n to try without a printed size: what the printed sizes of the other arms leave."""
    left = left_beside(context.paper, claim.arms[0]) if len(claim.arms) == 1 else None
    return left[0] if left is not None and claim.n is None else context.n_max()


def _other_percentages(context: Context, claim: Estimate) -> tuple[Reported, ...]:
    """Return all other percentages of the claim's arm: denominators of which all are counts are named first."""
    return tuple(
        one.value
        for one in context.estimates
        if one is not claim and one.measure == "proportion" and len(one.arms) == 1 and one.arms == claim.arms
        and one.population == claim.population and one.subgroup == claim.subgroup
        and one.value is not None and one.value.unit == "%"
    )  # fmt: skip
