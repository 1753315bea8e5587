"""The counts that come nearest to printing a proportion that nothing prints."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from trialstats.catalogue import Catalogue
from trialstats.explanations import Counts, Explanation
from trialstats.findings import Nearest
from trialstats.intervals.binomial import METHODS, binomial_interval
from trialstats.intervals.interval import FloatArray
from trialstats.press import print_claim
from trialstats.search.counts.ranges import IntArray
from trialstats.search.printed import PrintedInterval, priced


def nearest_count(
    printed: PrintedInterval,
    allowed: str,
    n: IntArray,
    *,
    x: int | None,
    level: float,
    methods: Sequence[str],
    catalogue: Catalogue,
) -> Nearest | None:
    """Return the nearest miss among ordinary methods; None where estimate or interval is not printed.

    Where x is not known the three nearest to the printed proportion at each n are tried.
    """
    estimate = printed.estimate
    if estimate is None or estimate.is_missing or (printed.lower is None and printed.upper is None):
        return None
    middle = np.rint(n * float(estimate.value)).astype(np.int64)
    counts = np.concatenate([middle + step for step in (0, -1, 1)]) if x is None else np.full(n.size, x)
    sizes = np.tile(n, 3) if x is None else n
    keep = (counts >= 0) & (counts <= sizes)
    counts, sizes = counts[keep], sizes[keep]
    if not counts.size:
        return None
    largest = sizes.max()
    usual = "wilson" in methods and catalogue.is_ordinary("interval-method", "wilson")
    if usual and largest <= METHODS["wilson"].max_n:
        # No count whose percentage alone is farther away than all of some count's numbers is nearest.
        lower, upper = binomial_interval(counts, sizes, level=level, method="wilson")
        most = _worst(printed, counts / sizes, lower, upper).min()
        keep = np.abs(counts / sizes - float(estimate.value)) / float(estimate.step) <= most
        counts, sizes = counts[keep], sizes[keep]
    best: tuple[float, str, int] | None = None
    for method in methods:
        if not catalogue.is_ordinary("interval-method", method) or largest > METHODS[method].max_n:
            continue
        lower, upper = binomial_interval(counts, sizes, level=level, method=method)
        worst = _worst(printed, counts / sizes, lower, upper)
        place = int(np.argmin(worst))
        if best is None or worst[place] < best[0] - 1e-12:
            best = (float(worst[place]), method, place)
    if best is None:
        return None
    steps, method, place = best
    witness = Counts(int(counts[place]), int(sizes[place]))
    bound = next((one for one in (printed.lower, printed.upper) if one is not None and not one.is_missing), estimate)
    convention = priced(catalogue, ("allowed-n", allowed), ("interval-method", method), rounding="nearest",
                        method=method, level=level, bounds="direct", allowed=allowed)  # fmt: skip
    claim = print_claim(
        witness, convention, decimals=estimate.decimals, bound_decimals=bound.decimals, unit=estimate.unit
    )
    assert claim.value is not None and claim.spread is not None
    assert claim.spread.lower is not None and claim.spread.upper is not None
    lower, upper = binomial_interval(witness.x, witness.n, level=level, method=method)
    return Nearest(
        Explanation(witness, convention, witness.x / witness.n, lower, upper),
        {"estimate": claim.value.text, "lower": claim.spread.lower.text, "upper": claim.spread.upper.text},
        steps,
    )


def _worst(printed: PrintedInterval, *computed: FloatArray) -> FloatArray:
    """Return how far each count's estimate and limits are from the printed ones at most, in units of the last digit."""
    worst = np.zeros(computed[0].shape)
    for number, values in zip((printed.estimate, printed.lower, printed.upper), computed, strict=True):
        if number is not None and not number.is_missing:
            worst = np.maximum(worst, np.abs(values - float(number.value)) / float(number.step))
    return worst
