"""The continuous region of one Beta prior under which several arms print their summaries, and what it implies.

With n known each count x shifts the region of posteriors to a region of priors, (a - x, b - n + x). One prior for all
arms lies in the intersection over the arms, for some counts; every choice of counts is a reading of its own, because
prior and data are confounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

import numpy as np

from trialstats.errors import InputError
from trialstats.intervals.beta import Beta
from trialstats.intervals.interval import FloatArray
from trialstats.intervals.superiority import prob_greater
from trialstats.reported import Reported
from trialstats.search.limits import MOST_READINGS
from trialstats.search.posteriors.region import PosteriorRegion, posterior_region

Summary: TypeAlias = "tuple[str | Reported | None, Sequence[str | Reported | None] | None]"
"""A printed estimate, and the pair of its printed bounds."""

_STEPS = 65
_ACROSS = 5


@dataclass(frozen=True, eq=False)
class PriorRegion:
    """The priors under which given counts of all arms print their summaries.

    Attributes
    ----------
    x, n : tuple of int
        Counts, one per arm.
    size : (float, float)
        Smallest and largest a + b of the prior: the patients that it is worth.
    vertices : ndarray
        The boundary in (a, b) of the prior as a polygon, one row per vertex.
    superiority : (float, float) or None
        Range of P(first arm > second arm), for two arms.
    """

    x: tuple[int, ...]
    n: tuple[int, ...]
    size: tuple[float, float]
    vertices: FloatArray
    superiority: tuple[float, float] | None


def joint_prior_regions(
    regions: Sequence[PosteriorRegion | Summary], n: Sequence[int], *, x: Sequence[int] | None = None
) -> tuple[PriorRegion, ...]:
    """Find every set of counts, and the region of common priors, under which all arms print their summaries.

    Parameters
    ----------
    regions : sequence of PosteriorRegion, or of (estimate, (lower, upper))
        One per arm, all summarised in one way; printed numbers stand for the region that `posterior_region` finds.
    n : sequence of int
        Number of patients of each arm.
    x : sequence of int, optional
        Counts where they are known.

    Returns
    -------
    tuple of PriorRegion
        Weakest prior first. The outline is traced over 65 sizes of the prior; a set of counts whose priors lie
        between two of these sizes is not seen.

    Raises
    ------
    InputError
        If there is not one n (and x) per arm, or more than 20,000 sets of counts would have to be tried.

    Examples
    --------
    >>> from trialstats.search.posteriors.region import posterior_region
    >>> arms = [posterior_region("72%", ("55%", "87%")), posterior_region("71%", ("55%", "84%"), rounding="twice")]
    >>> weakest = joint_prior_regions(arms, [27, 32])[0]
    >>> weakest.x, [round(p, 2) for p in weakest.superiority]
    ((20, 23), [0.57, 0.57])
    """
    if len(n) != len(regions) or (x is not None and len(x) != len(regions)) or any(size < 1 for size in n):
        raise InputError(f"One n of at least 1 per arm is needed, for {len(regions)} arms, got {list(n)!r}.")
    arms = [one if isinstance(one, PosteriorRegion) else posterior_region(*one) for one in regions]
    sizes = [arm.size for arm in arms]
    if not arms or any(size is None for size in sizes):
        return ()
    low = max(0.0, *(size[0] - patients for size, patients in zip(sizes, n, strict=True) if size is not None))
    high = min(size[1] - patients for size, patients in zip(sizes, n, strict=True) if size is not None)
    if high < low:
        return ()
    prior_sizes = np.linspace(low, high, _STEPS)
    # Smallest and largest a of each arm's posterior, at every size of the prior.
    limits = []
    for arm, patients in zip(arms, n, strict=True):
        whole = prior_sizes + patients
        lower, upper = arm.means_at(whole)
        limits.append((lower * whole, upper * whole))
    counts = []
    for k, ((lower, upper), patients) in enumerate(zip(limits, n, strict=True)):
        first = max(0, int(np.ceil(np.min(lower - prior_sizes) - 1e-9)))
        last = min(patients, int(np.floor(np.max(upper) + 1e-9)))
        counts.append([x[k]] if x is not None else list(range(first, last + 1)))
    total = int(np.prod([len(menu) for menu in counts]))
    if total > MOST_READINGS:
        raise InputError(f"At most {MOST_READINGS:,} sets of counts can be tried, got {total:,}: give x.")
    found = []
    for reading in product(*counts):
        one = _trace(reading, tuple(n), prior_sizes, limits)
        if one is not None:
            found.append(one)
    return tuple(sorted(found, key=lambda one: (one.size[0], one.x)))


def _trace(
    x: tuple[int, ...], n: tuple[int, ...], sizes: FloatArray, limits: Sequence[tuple[FloatArray, FloatArray]]
) -> PriorRegion | None:
    pairs = list(zip(limits, x, strict=True))
    low = np.maximum.reduce([np.zeros_like(sizes), *(lower - count for (lower, _), count in pairs)])
    high = np.minimum.reduce([sizes, *(upper - count for (_, upper), count in pairs)])
    room = np.flatnonzero(high >= low - 1e-9)
    if not room.size:
        return None
    s, low, high = sizes[room], low[room], np.maximum(low[room], high[room])
    loop = np.concatenate([np.column_stack([high, s - high]), np.column_stack([low, s - low])[::-1]])
    superiority = None
    if len(x) == 2:
        share = np.linspace(0.0, 1.0, _ACROSS)[:, None]
        a = (low + share * (high - low)).ravel()
        b = np.tile(s, _ACROSS) - a
        arms = [Beta(np.maximum(a + count, 1e-9), np.maximum(b + patients - count, 1e-9))
                for count, patients in zip(x, n, strict=True)]  # fmt: skip
        p = np.asarray(prob_greater(arms[0], arms[1]))
        superiority = (float(p.min()), float(p.max()))
    return PriorRegion(x, n, (float(s[0]), float(s[-1])), loop, superiority)
