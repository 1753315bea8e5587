"""Intervals of a Poisson count, and so of a rate per person-time: the ways in which papers compute them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import NormalDist
from types import MappingProxyType

from scipy import special

from trialstats.errors import InputError
from trialstats.intervals.interval import check_level
from trialstats.reported import Span

RATE_METHODS: Mapping[str, str] = MappingProxyType(
    {
        "exact": "exact Poisson (Garwood)",
        "log": "log of the rate, SE 1/sqrt(x)",
        "wald": "normal, x plus and minus z sqrt(x)",
        "byar": "Byar's approximation",
        "mid-p": "mid-P Poisson",
        "score": "score (Rao)",
        "sqrt": "square root, variance 1/4",
        "anscombe": "square root of x + 3/8",
        "jeffreys": "Jeffreys, from a gamma posterior",
    }
)
"""Methods of `rate_limits`, and what they are."""


def rate_limits(x: int, method: str = "exact", *, level: float = 0.95) -> Span:
    """Return the limits of the expected number of events behind an observed one.

    Parameters
    ----------
    x : int
        Events, 0 or more.
    method : str, default "exact"
        A name of `RATE_METHODS`.
    level : float, default 0.95
        Two-sided.

    Returns
    -------
    tuple of float
        To be divided by the person-time; limits below 0 are left as they are.

    Raises
    ------
    InputError
        If ``x`` is negative, or the level is not between 0 and 1.

    References
    ----------
    .. [1] Garwood F. Fiducial limits for the Poisson distribution. Biometrika 1936;28:437-442.
    .. [2] Breslow NE, Day NE. Statistical methods in cancer research II. IARC 1987, 68-71 (Byar).

    Examples
    --------
    >>> [round(limit, 2) for limit in rate_limits(19)]
    [11.44, 29.67]
    """
    if x < 0:
        raise InputError(f"x must be a number of events, 0 or more, got {x!r}.")
    tail = (1 - check_level(level)) / 2
    z = NormalDist().inv_cdf(1 - tail)
    if method == "exact":
        return (float(special.gammaincinv(x, tail)) if x else 0.0), float(special.gammaincinv(x + 1, 1 - tail))
    if method == "log":
        return (x * math.exp(-z / math.sqrt(x)), x * math.exp(z / math.sqrt(x))) if x else (0.0, math.inf)
    if method == "wald":
        return x - z * math.sqrt(x), x + z * math.sqrt(x)
    if method == "byar":
        return (x * _byar(x, -z) if x else 0.0), (x + 1) * _byar(x + 1, z)
    if method == "mid-p":
        return _mid_p(x, tail)
    if method == "score":
        middle, half = x + z * z / 2, z * math.sqrt(x + z * z / 4)
        return middle - half, middle + half
    if method == "sqrt":
        root = math.sqrt(x)
        return max(root - z / 2, 0.0) ** 2, (root + z / 2) ** 2
    if method == "anscombe":
        root = math.sqrt(x + 3 / 8)
        return max(root - z / 2, 0.0) ** 2 - 3 / 8, (root + z / 2) ** 2 - 3 / 8
    if method == "jeffreys":
        return float(special.gammaincinv(x + 0.5, tail)), float(special.gammaincinv(x + 0.5, 1 - tail))
    raise InputError(f"method must be one of {', '.join(RATE_METHODS)}, got {method!r}.")


def _byar(x: int, z: float) -> float:
    return (1 - 1 / (9 * x) + z / (3 * math.sqrt(x))) ** 3


def _mid_p(x: int, tail: float) -> Span:
    """Return the expected numbers at which half of the chance of x counts, found by halving."""

    def below(mean: float) -> float:
        at = math.exp(x * math.log(mean) - mean - math.lgamma(x + 1))
        return float(special.gammaincc(x + 1, mean)) - at / 2

    def where(share: float) -> float:
        low, high = 1e-12, 2.0 * x + 40.0
        for _ in range(80):
            middle = (low + high) / 2
            low, high = (middle, high) if below(middle) > share else (low, middle)
        return (low + high) / 2

    return (where(1 - tail) if x else 0.0), where(tail)
