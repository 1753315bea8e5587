"""Whether the interval of an effect is narrower or wider than the counts of both arms allow; no check of its own.

Clusters, strata, imputation and adjustment widen an interval or leave it as it is; what of them narrows one, as pairs
and strong covariates may, narrows it by less than a third. Of 176 effects with both counts in 2,000 abstracts six are
narrower than .9 of the crude ones, and three narrower than `_LEAST`, of which one is adjusted. Of 60 unadjusted ratios
none that is not the crude one, in a text that names no other analysis, is wider than 1.1 of it: one wider than `_MOST`
is of other counts.
"""

from __future__ import annotations

import math

from trialstats.checks.another_analysis import design_excuse
from trialstats.checks.arm_values import Pair
from trialstats.checks.bounds_of_counts import Table, prints_crude
from trialstats.checks.check import Context
from trialstats.checks.why_not_crude import named_for_it
from trialstats.claims.model import Estimate
from trialstats.explanations import TwoArmCounts
from trialstats.reported import Span
from trialstats.search.printed import PrintedInterval

_LEAST = 0.7
"""Of the crude standard error, that an unadjusted effect of two independent groups has at least."""

_MOST = 1.25
"""Of the crude standard error: as if more than a third of the patients were missing."""


def far_off(
    context: Context, claim: Estimate, counts: TwoArmCounts, se: float, *, least: float = 0.0
) -> tuple[str, str, str] | None:
    """Say how much too narrow or too wide the interval of an effect is for its counts; None if it is neither.

    ``se`` is the standard error by the interval, of a difference as a share of one, of a ratio that of its log;
    ``least`` the same as small as rounding allows, 0 where nothing says that the effect is the crude one.
    """
    crude = _crude_se(claim.measure, counts)
    if crude is None or claim.adjusted or design_excuse(context):
        return None
    printed = f"{counts.x}/{counts.n} and {counts.x2}/{counts.n2}"
    if 0 < se < _LEAST * crude:
        more = "No analysis of two independent groups makes it so narrow."
        return f"Its interval is {se / crude:.0%} as wide as {printed} allow", more, "a narrower interval"
    if _MOST * crude < least < math.inf:
        more = "The effect is that of these counts, and nothing the text speaks of makes the interval so wide."
        return f"Its interval is {least / crude:.2g} times as wide as {printed} make it", more, "a wider interval"
    return None


def difference_far_off(
    context: Context, claim: Estimate, printed: PrintedInterval, se: Span, tables: list[Table], pair: Pair | None
) -> tuple[str, str, str] | None:
    """Say the same of a difference and the one table that the text prints."""
    if len(tables) != 1 or tables[0][4] != "stated" or printed.estimate is None or pair is None:
        return None
    numbers = [one.value for one in (printed.estimate, printed.lower, printed.upper) if one is not None]
    told = (claim.unit or "").startswith("percent") or max(map(abs, numbers)) > 1
    unit = 0.01 if told and not printed.estimate.unit else 1.0
    counts = TwoArmCounts(*tables[0][:4])
    # Points of a scale, "-51/100 v -33/100", look like counts where no per cent is said.
    of_shares = bool(claim.unit or printed.estimate.unit) or not told
    plain = of_shares and prints_crude(printed, tables) and is_plain(context, claim, pair, counts)
    return far_off(context, claim, counts, se[1] * unit, least=se[0] * unit if plain else 0.0)


def is_plain(context: Context, claim: Estimate, pair: Pair, counts: TwoArmCounts) -> bool:
    """Whether a text calls an effect unadjusted, or names no analysis but the plain one."""
    return claim.adjusted is False or not named_for_it(context, claim, pair, counts)


def too_wide(context: Context, claim: Estimate, counts: TwoArmCounts, se: float) -> bool:
    """Whether the interval of an effect is wider than its counts make it, by more than a few missing patients do."""
    crude = _crude_se(claim.measure, counts)
    return crude is not None and se > _MOST * crude and not claim.adjusted and not design_excuse(context)


def _crude_se(measure: str, counts: TwoArmCounts) -> float | None:
    x1, n1, x2, n2 = counts.x, counts.n, counts.x2, counts.n2
    if min(x1, x2) < 1 or x1 >= n1 or x2 >= n2:
        return None
    variances = {
        "difference": x1 * (n1 - x1) / n1**3 + x2 * (n2 - x2) / n2**3,
        "risk-ratio": 1 / x1 - 1 / n1 + 1 / x2 - 1 / n2,
        "odds-ratio": 1 / x1 + 1 / (n1 - x1) + 1 / x2 + 1 / (n2 - x2),
    }
    return math.sqrt(variances[measure]) if measure in variances else None
