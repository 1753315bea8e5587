"""Ranges of t intervals and P values for means and their differences, from printed means, deviations and sizes.

Every input is a range, so every answer is one: the interval arithmetic is outward, and what lies outside cannot be
printed from these numbers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product

from scipy.special import ndtr, ndtri, stdtr, stdtrit

from trialstats.reported import Span

MEAN_TESTS = {
    "student": "Student's t test, one variance for both arms",
    "welch": "Welch's t test, a variance for each arm",
    "z": "z test, a variance for each arm",
}
"""The menu: name -> meaning in one line."""


@dataclass(frozen=True, slots=True)
class TTest:
    """Ranges of difference, standard error, degrees of freedom, limits and two-sided P."""

    test: str
    difference: Span
    se: Span
    freedom: Span
    lower: Span
    upper: Span
    p: Span

    def p_value(self, sided: int) -> Span:
        """Return the range of the P value with one or two sides, in the direction of the difference."""
        return self.p if sided == 2 else (self.p[0] / 2, self.p[1] / 2)


def _critical(level: float, freedom: float) -> float:
    return float(ndtri((1 + level) / 2) if math.isinf(freedom) else stdtrit(freedom, (1 + level) / 2))


def _two_sided(statistic: float, freedom: float) -> float:
    return float(2 * (ndtr(-statistic) if math.isinf(freedom) else stdtr(freedom, -statistic)))


def t_test(
    means: tuple[Span, Span], sds: tuple[Span, Span], sizes: tuple[int, int], *, test: str, level: float = 0.95
) -> TTest:
    """Return the ranges of a test of two means, first less second.

    Means and sample standard deviations are ranges, one of each arm, of at least 2 patients; ``test`` is a name of
    `MEAN_TESTS`.

    References
    ----------
    .. [1] Welch BL. The generalization of 'Student's' problem when several different population variances are involved.
       Biometrika 1947;34:28-35.

    Examples
    --------
    R's ``t.test`` of the ``sleep`` data, from means 0.75 and 2.33, standard deviations 1.789010 and 2.002249:

    >>> found = t_test(((0.75,) * 2, (2.33,) * 2), ((1.789010,) * 2, (2.002249,) * 2), (10, 10), test="welch")
    >>> round(found.p[0], 5), [round(end, 4) for end in (found.lower[0], found.upper[0])]
    (0.07939, [-3.3655, 0.2055])
    """
    n1, n2 = sizes
    errors, freedoms = [], []
    for s1, s2 in product(*sds):
        v1, v2 = s1 * s1 / n1, s2 * s2 / n2
        if test == "student":
            pooled = ((n1 - 1) * s1 * s1 + (n2 - 1) * s2 * s2) / (n1 + n2 - 2)
            errors.append(math.sqrt(pooled * (1 / n1 + 1 / n2)))
            freedoms.append(n1 + n2 - 2.0)
        else:
            errors.append(math.sqrt(v1 + v2))
            if test == "z":
                freedoms.append(math.inf)
            elif v1 + v2 > 0:
                freedoms.append((v1 + v2) ** 2 / (v1 * v1 / (n1 - 1) + v2 * v2 / (n2 - 1)))
            else:
                freedoms.append(n1 + n2 - 2.0)
    difference = means[0][0] - means[1][1], means[0][1] - means[1][0]
    se, freedom = (min(errors), max(errors)), (min(freedoms), max(freedoms))
    # Welch's degrees of freedom rise to n1 + n2 - 2 and fall again as the variances' ratio changes.
    if test == "welch" and freedom[0] < freedom[1]:
        freedom = (freedom[0], n1 + n2 - 2.0 if _passes_the_peak(sds, sizes) else freedom[1])
    half = _critical(level, freedom[1]) * se[0], _critical(level, freedom[0]) * se[1]
    nearest = 0.0 if difference[0] <= 0 <= difference[1] else min(map(abs, difference))
    farthest = max(map(abs, difference))
    least = 0.0 if se[0] == 0 and farthest > 0 else _two_sided(farthest / se[0] if se[0] else 0.0, freedom[1])
    most = _two_sided(nearest / se[1] if se[1] else 0.0, freedom[0])
    return TTest(test, difference, se, freedom, (difference[0] - half[1], difference[1] - half[0]),
                 (difference[0] + half[0], difference[1] + half[1]), (least, most))  # fmt: skip


def _passes_the_peak(sds: tuple[Span, Span], sizes: tuple[int, int]) -> bool:
    """Whether the squared standard errors can have the ratio at which Welch's degrees of freedom peak."""
    n1, n2 = sizes
    peak = (n1 - 1) / (n2 - 1)
    low = (sds[0][0] ** 2 / n1) / (sds[1][1] ** 2 / n2) if sds[1][1] else math.inf
    high = (sds[0][1] ** 2 / n1) / (sds[1][0] ** 2 / n2) if sds[1][0] else math.inf
    return low <= peak <= high
