"""The nearest miss of a posterior summary that nothing prints."""

from __future__ import annotations

import numpy as np

from trialstats.catalogue import Convention
from trialstats.explanations import Explanation, Posterior
from trialstats.findings import Nearest
from trialstats.press import print_number
from trialstats.search.posteriors.search import PosteriorSearch

_MOST_HDI = 2000
"""Highest-density limits are costly: with more candidates than this only equal-tailed ones are compared."""


def nearest_posterior(search: PosteriorSearch) -> Nearest | None:
    """Return the ordinary posterior and summary that come nearest under plain rounding; None where the menus hold none.

    Only the strictest class of denominators is looked at, and priors and summaries that are ordinary.
    """
    table, catalogue = search.every_candidate, search.catalogue
    strict = table.allowed == table.allowed.min(initial=0)
    priors = [k for k, name in enumerate(search.priors)
              if name in catalogue.kinds["prior"] and catalogue.is_ordinary("prior", name)]  # fmt: skip
    usual = strict & np.isin(table.prior, priors) if priors else strict
    wanted = np.zeros(table.a.shape, dtype=bool)
    wanted[table.which[usual]] = True
    if not wanted.any():
        return None
    points = tuple(point for point in search.points if catalogue.is_ordinary("point", point)) or search.points
    kinds = search.kinds if wanted.sum() <= _MOST_HDI else search.kinds[:1]
    near = table.summaries(wanted, points, kinds)
    best: tuple[float, int, str, str] | None = None
    for point in points:
        for kind in kinds:
            lower, upper = near.limits[kind]
            values = {"estimate": near.points[point], "lower": lower, "upper": upper}
            miss = np.zeros(near.index.shape)
            for name, number in search.printed.parts:
                span = number.range("nearest")
                outside = np.maximum(float(span.lower) - values[name], values[name] - float(span.upper))
                miss = np.maximum(miss, np.nan_to_num(outside, nan=np.inf) / float(number.step))
            k = int(miss.argmin())
            if np.isfinite(miss[k]) and (best is None or miss[k] < best[0]):
                best = (float(miss[k]), k, point, kind)
    if best is None:
        return None
    steps, k, point, kind = best
    posterior = int(near.index[k])
    row = next(row for row in table.rows_of(posterior).tolist() if usual[row])
    lower, upper = near.limits[kind]
    prior, allowed = tuple(search.priors)[table.prior[row]], tuple(search.allowed)[table.allowed[row]]
    convention = Convention(
        rounding="nearest", level=search.level, point=point, kind=kind, prior=prior, allowed=allowed
    )
    witness = Posterior(float(table.a[posterior]), float(table.b[posterior]), int(table.x[row]), int(table.n[row]))
    one = Explanation(witness, convention, float(near.points[point][k]), float(lower[k]), float(upper[k]))
    prints = {name: print_number(getattr(one, name), number.decimals, number.unit)
              for name, number in search.printed.parts}  # fmt: skip
    return Nearest(one, prints, steps)
