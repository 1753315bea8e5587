"""How far legitimate analyses lie from a Wald interval and its P value: the committed envelopes.

Off-centre intervals. Let h be half the width of the interval on the log scale and b the estimate
there. The middle of a profile-likelihood interval lies off the estimate by h²/6 times the slope of
the log information, to the first order, away from 0; in a two-group model that slope is at most 1,
and tanh((|b| + a)/2) where a is the log of the allocation ratio. Exact, mid-P and score intervals of
odds and rate ratios lie inside the same bounds. Percentile and bias-corrected bootstrap intervals lie further off, and
score intervals of a risk ratio among common outcomes by as much as a percentage near its end lets them.

P values. For a two-group model the score at 0 is the integral of the information I from 0 to b, and
|d log I/db| <= 1. So the log-rank statistic lies between the Wald statistic and sinh(b/2)/(b/2)
times that (Cauchy and Schwarz), and the likelihood-ratio statistic between sqrt(2(exp(-b) - 1 + b))/b
and sqrt(2(exp(b) - 1 - b))/b times it. Stratified and adjusted tests have no such bound: theirs is
what simulation ever gave, with a margin.

The numbers are calibrated by ``python -m benchmarks.ratio_envelope`` on simulated trials of 30 to
1,000 patients with eight events or more, and three in either arm; its table stands in
docs/validation-ratios.md.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Envelope:
    """By how much the middle of an interval may lie off its estimate, on the log scale.

    Outwards is away from 0, where the interval is the longer the further the estimate lies from 1.
    """

    noise: tuple[float, float]
    """Outwards and inwards, in half-widths, whatever the width."""
    skewness: tuple[float, float]
    """Outwards and inwards, times h²/6 and the slope of the log information."""
    allocation: float
    """Log of the most unequal allocation meant."""

    def reach(self, half: float, estimate: float) -> tuple[float, float]:
        """Return the least and the greatest distance of the middle from the estimate, signed.

        Half the width and the estimate are those on the log scale.

        Examples
        --------
        >>> low, high = ENVELOPES["hazard-ratio"].reach(1.2, math.log(0.5))
        >>> print(f"{low:.3f} {high:.3f}")
        -0.160 0.050
        """
        size = abs(estimate)
        skew = half * half / 6
        out = self.noise[0] * half + self.skewness[0] * skew * math.tanh((size + self.allocation) / 2)
        back = self.noise[1] * half + self.skewness[1] * skew * max(math.tanh((self.allocation - size) / 2), 0.0)
        return (-back, out) if estimate > 0 else (-out, back)


ENVELOPES: Mapping[str, Envelope] = MappingProxyType(
    {
        "hazard-ratio": Envelope((0.002, 0.003), (0.92, 0.97), 1.1),
        "odds-ratio": Envelope((0.01, 0.02), (0.85, 0.85), 1.6),
        "risk-ratio": Envelope((0.24, 0.19), (1.2, 1.2), 1.6),
        "bootstrap": Envelope((0.03, 0.06), (2.2, 1.3), 2.1),
    }
)
"""By measure; ``bootstrap`` for percentile and bias-corrected limits of any measure (1,000 resamples).

The basic bootstrap turns the percentile interval over and so lies as far inwards as that lies outwards. Trials hardly
ever use it, and an envelope that holds it takes a third of the power in small trials: it is left out
(docs/decisions/0008).
"""

_TIES = 0.05  # tied times and Efron's or Breslow's way with them move these statistics by a little


def same_data_statistic(wald: tuple[float, float], largest: float) -> tuple[float, float]:
    """Return the range of log-rank, score and likelihood-ratio statistics beside a range of Wald statistics.

    All are absolute; ``largest`` is the largest absolute log ratio.

    Examples
    --------
    >>> low, high = same_data_statistic((3.13, 3.24), 0.62)
    >>> print(f"{low:.2f} {high:.2f}")
    2.70 3.79
    """
    x = min(largest, 30.0)
    if x < 1e-3:
        shrink = stretch = 1.0
    else:
        shrink = math.sqrt(2 * (math.expm1(-x) + x)) / x
        stretch = math.sqrt(2 * (math.expm1(x) - x)) / x
    return shrink * wald[0] * (1 - _TIES), stretch * wald[1] * (1 + _TIES)


_UNEQUAL = 1.1
"""Log of the most unequal allocation of a usual trial."""
_ANY_TWO = 0.08


def usual_gap(wald: float, log_ratio: float) -> float:
    """Return how far score, log-rank and likelihood-ratio statistics of two groups usually lie from Wald's.

    Parameters are the absolute Wald statistic and the absolute log ratio. To the first order the likelihood-ratio
    statistic is off by a sixth of the log ratio times the slope of the log information, tanh((|b| + a)/2) for groups
    of ratio exp(a), and the score statistic, to the second, by a 24th of its square.

    Examples
    --------
    >>> print(f"{usual_gap(2.62, 0.42):.2f} {usual_gap(5.0, 1.1):.2f}")
    0.20 0.81
    """
    x = min(log_ratio, 30.0)
    skew = x * math.tanh((x + _UNEQUAL) / 2) / 6
    score = math.sinh(x / 2) / (x / 2) - 1 if x > 1e-3 else 0.0
    return _ANY_TWO + wald * max(skew, score)


_STRATIFIED_LESS = 3.8
_STRATIFIED_MORE = 3.8
_STRATIFIED_SLOPE = 0.6


def stratified_statistic(wald: tuple[float, float]) -> tuple[float, float]:
    """Return the range of stratified and adjusted statistics beside a range of absolute unadjusted Wald statistics.

    Signed in the direction of the estimate: in a small trial an adjusted test may turn round.
    """
    return wald[0] - _STRATIFIED_LESS, wald[1] * (1 + _STRATIFIED_SLOPE) + _STRATIFIED_MORE
