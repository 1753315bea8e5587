"""Rate, standard error and effective sample size of a Kaplan-Meier rate, from the polygon of a transform.

A transform makes the printed numbers a convex polygon of (centre, SE) on its scale. Back on the natural scale standard
error and effective sample size are curved, so their extremes need not lie at vertices; along one straight edge, though,
the slope of their logarithm changes its sign at most once on each piece that `NaturalScale` names. The ranges are
therefore exact up to the bisection of that sign change (1e-12 of an edge). Why so: with h = dS/dc, ln h is concave for
every transform and ln of a linear SE too, so ln(SE h) is concave on an edge. The effective sample size
S (1 - S) / (SE h)^2 has a convex logarithm for logit and log-log, depends on SE alone for arcsine and Rothman, has one
turning point for plain, and for log at most one on either side of S = 1/2.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from trialstats.reported import Span
from trialstats.search.ratios.polygon import Region


@dataclass(frozen=True, slots=True)
class NaturalScale:
    """Rate S, Greenwood standard error and effective n at a point (centre, SE) of a scale.

    ``error_slope`` and ``size_slope`` are the derivatives of ln(SE h) and ln(effective n) by the centre at equal SE;
    ``split`` is the centre on either side of which the slope of ln(effective n) has at most one sign change on an edge.
    """

    rate: Callable[[float], float]
    log_height: Callable[[float], float]
    size: Callable[[float], float]
    error_slope: Callable[[float], float]
    size_slope: Callable[[float], float]
    ends: Span
    split: float = math.inf


def _expm1(x: float) -> float:
    return math.expm1(x) if x < 709.0 else math.inf


def _exp(x: float) -> float:
    return math.exp(x) if x < 709.0 else math.inf


def _ln(x: float) -> float:
    return math.log(x) if x > 0 else -math.inf


def _logit_rate(c: float) -> float:
    return 1 / (1 + _exp(-c))


def _log_log_size_slope(c: float) -> float:
    w = _exp(c)
    return (w / -math.expm1(-w) if 0 < w < math.inf else max(w, 1.0)) - 2


def _log_log_size(c: float) -> float:
    w = _exp(c)
    return math.inf if w == 0 or w > 700 else (math.expm1(w) / w) / w


_QUARTER = math.pi / 2
NATURAL_SCALES: Mapping[str, NaturalScale] = MappingProxyType(
    {
        "plain": NaturalScale(
            lambda c: c,
            lambda c: 0.0,
            lambda c: c * (1 - c),
            lambda c: 0.0,
            lambda c: (1 - 2 * c) / (c * (1 - c)) if 0 < c < 1 else (math.inf if c <= 0 else -math.inf),
            (0.0, 1.0),
        ),
        "log": NaturalScale(
            _exp,
            lambda c: c,
            lambda c: _expm1(-c),
            lambda c: 1.0,
            lambda c: 1 / math.expm1(c) if c < 0 else -math.inf,
            (-math.inf, 0.0),
            split=-math.log(2),
        ),
        "logit": NaturalScale(
            _logit_rate,
            lambda c: -abs(c) - 2 * math.log1p(math.exp(-abs(c))),
            lambda c: 2 + 2 * math.cosh(c) if abs(c) < 700 else math.inf,
            lambda c: 1 - 2 * _logit_rate(c),
            lambda c: 2 * _logit_rate(c) - 1,
            (-math.inf, math.inf),
        ),
        "log-log": NaturalScale(
            lambda c: math.exp(-_exp(c)),
            lambda c: c - _exp(c),
            _log_log_size,
            lambda c: 1 - _exp(c),
            _log_log_size_slope,
            (-math.inf, math.inf),
        ),
        "arcsine": NaturalScale(
            lambda c: math.sin(c) ** 2,
            lambda c: _ln(math.sin(2 * c)),
            lambda c: 0.25,
            lambda c: 2 / math.tan(2 * c) if 0 < c < _QUARTER else (math.inf if c <= 0 else -math.inf),
            lambda c: 0.0,
            (0.0, _QUARTER),
        ),
        # Rothman's region is in (S, 1 / sqrt(effective n)) itself
        "rothman": NaturalScale(
            lambda c: c,
            lambda c: (_ln(c) + _ln(1 - c)) / 2,
            lambda c: 1.0,
            lambda c: (1 - 2 * c) / (2 * c * (1 - c)) if 0 < c < 1 else (math.inf if c <= 0 else -math.inf),
            lambda c: 0.0,
            (0.0, 1.0),
        ),
    }
)


def _sign_change(slope: Callable[[float], float], low: float, high: float) -> float | None:
    """Return where a slope changes its sign between two points, if it does."""
    width = high - low
    left, right = slope(low + 1e-12 * width), slope(high - 1e-12 * width)
    if math.isnan(left) or math.isnan(right) or left * right >= 0:
        return None
    for _ in range(60):
        middle = (low + high) / 2
        if slope(middle) * left > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def natural_ranges(region: Region, transform: str) -> tuple[Span, Span, Span]:
    """Return the ranges of rate, standard error and effective n over a polygon."""
    scale = NATURAL_SCALES[transform]
    errors: list[float] = []
    sizes: list[float] = []

    def add(c: float, s: float) -> None:
        errors.append(s * _exp(scale.log_height(c)))
        sizes.append(scale.size(c) / s / s if s > 0 else math.inf)

    corners = region.vertices
    for k, (c1, s1) in enumerate(corners):
        c0, s0 = corners[k - 1]
        dc, ds = c1 - c0, s1 - s0
        add(c1, s1)
        if dc == 0:  # only SE changes, and both are monotone in it
            continue
        cut = (scale.split - c0) / dc if math.isfinite(scale.split) else 2.0
        pieces = (0.0, cut, 1.0) if 0 < cut < 1 else (0.0, 1.0)

        def at(t: float, c0: float = c0, s0: float = s0, dc: float = dc, ds: float = ds) -> Span:
            return c0 + t * dc, s0 + t * ds

        def error_slope(t: float, at: Callable[[float], Span] = at, dc: float = dc, ds: float = ds) -> float:
            c, s = at(t)
            return dc * scale.error_slope(c) + (ds / s if s > 0 else 0.0)

        def size_slope(t: float, at: Callable[[float], Span] = at, dc: float = dc, ds: float = ds) -> float:
            c, s = at(t)
            return dc * scale.size_slope(c) - (2 * ds / s if s > 0 else 0.0)

        for low, high in pairwise(pieces):
            for slope in (error_slope, size_slope):
                if (turn := _sign_change(slope, low, high)) is not None:
                    add(*at(turn))
    rates = [scale.rate(c) for c, _ in corners]
    return (min(rates), max(rates)), (min(errors), max(errors)), (min(sizes), max(sizes))
