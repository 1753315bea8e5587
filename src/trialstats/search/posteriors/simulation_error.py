"""How probably posterior draws, instead of the exact posterior, print a summary.

An estimate and equal-tailed limits computed from D independent draws are, to a good approximation, jointly normal
about the exact ones. The limits are nearly independent given the estimate, so one integral over the estimate gives
the probability that all printed numbers come out as printed.

A quantile of draws has several definitions, by which probability the k-th smallest draw stands for; they differ by
up to one place in the order of the draws. Definition 7 of Hyndman and Fan (k - 1 of D - 1) is the default of R and
NumPy, 6 (k of D + 1) that of SPSS and Minitab. The k-th smallest of D draws lies at k / (D + 1) on
average: by definition 7 a limit therefore stands a little nearer the middle than the exact one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from trialstats.errors import InputError, check_name
from trialstats.intervals.beta import Beta
from trialstats.intervals.interval import FloatArray
from trialstats.reported import Range

_DEFINITIONS = (7, 6)
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(24)
_NODES, _WEIGHTS = (_NODES + 1.0) / 2.0, _WEIGHTS / 2.0


def print_probability(
    a: ArrayLike,
    b: ArrayLike,
    ranges: Mapping[str, Range],
    *,
    draws: int,
    point: str = "mean",
    level: float = 0.95,
    definition: int = 7,
) -> FloatArray:
    """Return the probability that draws from Beta posteriors print an estimate and an equal-tailed interval.

    The parameters are of one dimension. ``ranges`` are what the printed numbers can stand for, under ``estimate``,
    ``lower`` and ``upper``; any may be absent. ``point`` is mean or median, ``definition`` that of a quantile of draws,
    6 or 7, as Hyndman and Fan number them. Fewer than 100 draws are refused: the normal approximation needs more.

    References
    ----------
    .. [1] David HA, Nagaraja HN. Order Statistics. 3rd ed. Wiley; 2003.
    .. [2] Hyndman RJ, Fan Y. Sample quantiles in statistical packages. Am Stat 1996;50:361-5.
    .. [3] Ferguson TS. Asymptotic joint distribution of sample mean and a sample quantile. UCLA; 1999.

    Examples
    --------
    >>> from trialstats.reported import Reported
    >>> bound = {"lower": Reported("55%").range()}
    >>> [round(float(print_probability([24.0], [10.0], bound, draws=10_000, definition=k)[0]), 2) for k in (6, 7)]
    [0.46, 0.48]
    """
    if draws < 100:
        raise InputError(f"draws must be at least 100, got {draws}.")
    check_name("point", point, ("mean", "median"))
    if definition not in _DEFINITIONS:
        raise InputError(f"definition must be one of {', '.join(map(str, _DEFINITIONS))}, got {definition!r}.")
    beta = Beta(np.atleast_1d(a), np.atleast_1d(b))
    return _probability(beta, ranges, draws, point, level, definition, _standardised)


def likeliest_probability(
    a: ArrayLike, b: ArrayLike, ranges: Mapping[str, Range], *, draws: int, point: str = "mean", level: float = 0.95
) -> FloatArray:
    """Return the probability of the likeliest print of each posterior with as many digits as the given one.

    At most: the printed numbers are taken to stand for ranges about the exact values.

    Examples
    --------
    >>> from trialstats.reported import Reported
    >>> printed = {name: Reported(text).range() for name, text in (("lower", "55.0%"), ("upper", "85.1%"))}
    >>> given = [24.0], [10.0], printed
    >>> [round(float(one(*given, draws=1_000)[0]), 5) for one in (print_probability, likeliest_probability)]
    [0.00102, 0.0047]
    """
    return _probability(Beta(np.atleast_1d(a), np.atleast_1d(b)), ranges, draws, point, level, 7, _centred)


def least_share(numbers: int) -> float:
    """Return the share of the likeliest print's probability below which prints are rarer than 1 in 1,000.

    That of a normal density of as many dimensions as numbers are printed.

    Examples
    --------
    >>> [round(least_share(numbers), 5) for numbers in (1, 2, 3)]
    [0.00445, 0.001, 0.00029]
    """
    return float(np.exp(-special.chdtri(numbers, _RARE) / 2.0))


_RARE = 0.001
_Standardise = Callable[[Range, FloatArray, FloatArray], tuple[FloatArray, FloatArray]]


def _probability(
    beta: Beta, ranges: Mapping[str, Range], draws: int, point: str, level: float, definition: int,
    standardise: _Standardise,
) -> FloatArray:  # fmt: skip
    """Return the probability that estimate and limits of draws lie in some ranges, as placed about the exact values."""
    tail, scale = (1.0 - level) / 2.0, 1.0 / np.sqrt(draws)
    centre = np.asarray(beta.mean() if point == "mean" else beta.median())
    spread = np.asarray(beta.sd()) if point == "mean" else 0.5 / np.exp(beta.logpdf(centre))
    # Everything below on one grid: posteriors down, nodes of the estimate across.
    if "estimate" in ranges:
        low, high = standardise(ranges["estimate"], centre, spread * scale)
        p_low, p_high = special.ndtr(low), special.ndtr(high)
        with np.errstate(invalid="ignore"):
            z = special.ndtri(np.clip(p_low[:, None] + (p_high - p_low)[:, None] * _NODES, 1e-300, 1.0 - 1e-16))
        total = p_high - p_low
    else:
        z, total = np.zeros((centre.size, 1)), np.ones(centre.size)
    given = np.ones(z.shape)
    for name, p in (("lower", tail), ("upper", 1.0 - tail)):
        if name in ranges:
            # Where the limits lie on average: by definition 6 at the quantile itself.
            place = p if definition == 6 else p + (1.0 - 2.0 * p) / (draws + 1.0)
            exact = np.asarray(beta.ppf(place))
            with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
                se = np.sqrt(p * (1.0 - p)) / np.exp(beta.logpdf(exact))
            share = _correlation(beta, exact, p, point) if "estimate" in ranges else np.zeros(exact.shape)
            low, high = standardise(ranges[name], exact, se * scale)
            rest = np.sqrt(1.0 - share**2)[:, None]
            ends = [(end[:, None] - share[:, None] * z) / rest for end in (low, high)]
            given *= special.ndtr(ends[1]) - special.ndtr(ends[0])
    weights = _WEIGHTS if "estimate" in ranges else np.ones(1)
    return np.asarray(np.clip(np.nan_to_num(total * (given @ weights)), 0.0, 1.0))


def proportion_print_probability(p: float, values: Range, *, draws: int) -> float:
    """Return the probability that the share of draws in which an event of probability p holds prints as given.

    Examples
    --------
    >>> from trialstats.reported import Reported
    >>> round(proportion_print_probability(0.5674, Reported("56%").range(), draws=10_000), 3)
    0.311
    """
    lower, upper = max(float(values.lower), -1.0), min(float(values.upper), 2.0)
    # Successes of a binomial variable between the two ends, a tie on an end counted as printing it.
    low, high = np.ceil(lower * draws - 1e-6), np.floor(upper * draws + 1e-6)
    return float(special.bdtr(min(high, draws), draws, p) - (special.bdtr(low - 1, draws, p) if low > 0 else 0.0))


def likeliest_proportion(p: float, values: Range, *, draws: int) -> float:
    """Return the probability of the likeliest print of such a share with as many digits as the given one, about."""
    half = max(float(values.upper) - float(values.lower), 1.0 / draws) / 2.0
    return proportion_print_probability(p, Range(p - half, p + half), draws=draws)


def _standardised(values: Range, centre: FloatArray, se: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the ends of a range in standard errors from the exact value; without scatter far off."""
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = ((float(end) - centre) / np.maximum(se, 1e-300) for end in (values.lower, values.upper))
    return np.asarray(np.clip(low, -1e6, 1e6)), np.asarray(np.clip(high, -1e6, 1e6))


def _centred(values: Range, centre: FloatArray, se: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the ends of a range as wide about the exact value."""
    half = (float(values.upper) - float(values.lower)) / 2.0 / np.maximum(se, 1e-300)
    half = np.clip(half, 0.0, 1e6)
    return np.asarray(-half), np.asarray(half)


def _correlation(beta: Beta, quantile: FloatArray, p: float, point: str) -> FloatArray:
    """Asymptotic correlation of the mean or median of draws with their quantile at p."""
    if point == "median":
        q = min(p, 1.0 - p)
        return np.full(quantile.shape, np.sqrt(q / (1.0 - q)))
    mean = np.asarray(beta.mean())
    # E[(X - mean) 1{X <= quantile}] is mean (P(X' <= quantile) - p), X' with one more in a.
    shift = mean * (np.asarray(Beta(beta.a + 1.0, beta.b).cdf(quantile)) - p)
    return np.asarray(np.clip(-shift / (np.asarray(beta.sd()) * np.sqrt(p * (1.0 - p))), 0.0, 0.999))
