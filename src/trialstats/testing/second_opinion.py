"""A second opinion on an interval: what statsmodels computes from the same counts, by the method of its name."""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping
from types import MappingProxyType

from trialstats.errors import InputError, TrialstatsError, check_name
from trialstats.intervals.interval import Interval, check_counts, check_level
from trialstats.intervals.two_sample.tables import check_two_arms

SECOND_OPINIONS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        # not its binom_test (Sterne), whose search passes over the ends of kept proportions in skewed data
        "proportion": {
            "agresti-coull": "agresti_coull",
            "clopper-pearson": "beta",
            "jeffreys": "jeffreys",
            "wald": "normal",
            "wilson": "wilson",
        },
        # not its score interval of a difference, which has other limits than R's packages or finds none
        "difference": {"agresti-caffo": "agresti-caffo", "newcombe": "newcomb", "wald": "wald"},
        "risk-ratio": {
            "adjusted-log": "log-adjusted",
            "katz": "log",
            "koopman": "score",
            "miettinen-nurminen": "score corrected",
        },
        "odds-ratio": {"miettinen-nurminen": "score corrected", "woolf": "logit"},
    }
)
"""What statsmodels calls our methods, by measure."""

# at x = 0 and x = n statsmodels 0.15 has other conventions for these, or stops at limits that are none
_INNER_ONLY = frozenset({"adjusted-log", "katz", "koopman", "miettinen-nurminen", "woolf"})

_COMPARE = {"difference": "diff", "risk-ratio": "ratio", "odds-ratio": "odds-ratio"}


def second_opinion(
    counts: tuple[int, ...], *, method: str, measure: str = "proportion", level: float = 0.95
) -> tuple[float, float]:
    """Return the lower and upper limit that statsmodels computes.

    Parameters
    ----------
    counts : tuple of int
        ``(x, n)`` of a proportion, or ``(x1, n1, x2, n2)``.
    method : str
        Our name of the method, one of ``SECOND_OPINIONS[measure]``.
    measure : {"proportion", "difference", "risk-ratio", "odds-ratio"}
        First minus second, or first over second.
    level : float, default 0.95

    Returns
    -------
    (float, float)

    Raises
    ------
    InputError
        If these are no counts, or statsmodels is no second opinion on them: some methods at x = 0 and x = n.
    UnknownNameError
        If statsmodels does not have the measure or the method.
    TrialstatsError
        If statsmodels is not installed.

    Examples
    --------
    >>> low, high = second_opinion((8, 32), method="wilson")
    >>> round(low, 4), round(high, 4)
    (0.1325, 0.4211)
    """
    check_name("measure", measure, SECOND_OPINIONS)
    check_name(f"method for a {measure} with a second opinion", method, SECOND_OPINIONS[measure])
    name, level = SECOND_OPINIONS[measure][method], check_level(level)
    if len(counts) != (2 if measure == "proportion" else 4):
        raise InputError(f"counts must be x and n of each arm of a {measure}, got {counts!r}.")
    if method in _INNER_ONLY and any(x in (0, n) for x, n in zip(counts[::2], counts[1::2], strict=True)):
        raise InputError(f"There is a second opinion on the {method} interval where 0 < x < n only, got {counts!r}.")
    try:
        from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
    except ImportError as missing:
        raise TrialstatsError(
            "A second opinion needs statsmodels, which is not installed. "
            "Accepted: pip install 'trialstats[second-opinion]'."
        ) from missing
    if measure == "proportion":
        x, n = counts
        check_counts(x, n)
        limits = proportion_confint(x, n, alpha=1 - level, method=name)
    else:
        check_two_arms(*counts)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its search divides by 0 where the arms are equal, and goes on
            limits = confint_proportions_2indep(
                *counts, alpha=1 - level, compare=_COMPARE[measure],
                method=name.removesuffix(" corrected"), correction=name.endswith(" corrected"),
            )  # fmt: skip
    lower, upper = map(float, limits)
    # ours are cut off where no difference lies
    return (max(lower, -1.0), min(upper, 1.0)) if measure == "difference" else (lower, upper)


def assert_second_opinion(
    interval: Interval, counts: tuple[int, ...], *, measure: str = "proportion", tolerance: float = 1e-4
) -> None:
    """Raise an AssertionError unless statsmodels computes the same limits.

    Parameters
    ----------
    interval : Interval
        Ours; it bears its method and level.
    counts, measure
        As for `second_opinion`.
    tolerance : float, default 1e-4
        Relative, and a thousandth of it near 0: finer than what is printed, and met by statsmodels' score intervals of
        the most lopsided counts too, which have no more than five digits.

    Raises
    ------
    AssertionError
        With both intervals.
    InputError, UnknownNameError, TrialstatsError
        As `second_opinion`.

    Examples
    --------
    >>> from trialstats.intervals.binomial import binomial_interval
    >>> assert_second_opinion(binomial_interval(8, 32, method="wilson"), (8, 32))
    >>> assert_second_opinion(binomial_interval(8, 32, method="wilson"), (9, 32))
    Traceback (most recent call last):
    ...
    AssertionError: statsmodels computes other limits of the wilson interval of a proportion from (9, 32).
      trialstats   0.1325240092 to 0.4210655899
      statsmodels  0.155645805 to 0.4537450943
    """
    __tracebackhide__ = True
    theirs = second_opinion(counts, method=interval.method, measure=measure, level=interval.level)
    ours = float(interval.lower), float(interval.upper)
    if not all(
        math.isclose(*ends, rel_tol=tolerance, abs_tol=tolerance / 1000) for ends in zip(ours, theirs, strict=True)
    ):
        raise AssertionError(
            f"statsmodels computes other limits of the {interval.method} interval of a {measure} from {counts!r}.\n"
            f"  trialstats   {ours[0]:.10g} to {ours[1]:.10g}\n  statsmodels  {theirs[0]:.10g} to {theirs[1]:.10g}"
        )
