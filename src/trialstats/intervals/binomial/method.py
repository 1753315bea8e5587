"""What a menu row holds, and the small pieces that all methods share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

import numpy as np

from trialstats.intervals.interval import FloatArray

PROPERTIES = ("nested", "symmetric", "monotone", "inside", "contains_estimate", "conservative")
"""The fields of `BinomialMethod` that state what can be relied on."""

COMMON_NAMES = MappingProxyType(
    {
        "exact": "clopper-pearson",
        "beta": "clopper-pearson",
        "binomial": "clopper-pearson",
        "cp": "clopper-pearson",
        "score": "wilson",
        "wilsoncc": "wilson-cc",
        "score-cc": "wilson-cc",
        "normal": "wald",
        "asymptotic": "wald",
        "standard": "wald",
        "waldcc": "wald-cc",
        "t": "wald-t",
        "midp": "mid-p",
        "minlike": "sterne",
        "casella": "blyth-still-casella",
        "bsc": "blyth-still-casella",
        "ac": "agresti-coull",
        "agresti": "agresti-coull",
        "plus4": "add4",
        "add-4": "add4",
        "bayes": "jeffreys",
        "hpd": "jeffreys-hpd",
        "lrt": "likelihood-ratio",
        "lr": "likelihood-ratio",
        "profile": "likelihood-ratio",
        "arcsin": "arcsine",
    }
)
"""What textbooks and packages also call a method; not accepted, but the message names the method."""

Limits: TypeAlias = tuple[FloatArray, FloatArray]

IntervalFunction: TypeAlias = Callable[[FloatArray, FloatArray, FloatArray], Limits]


@dataclass(frozen=True, slots=True)
class BinomialMethod:
    """One interval for one proportion: how it is computed, by whom, and what can be relied on.

    A property is stated of the limits before clipping, for every n, every x and every level of at least 1/2. Where it
    is false a counterexample is on file in ``tests/intervals/test_binomial_properties.py``.

    Attributes
    ----------
    name : str
        Name on the menu.
    meaning : str
        One line.
    function : callable
        ``function(x, n, level)`` on broadcastable float arrays, unchecked; returns the limits before any clipping.
    source : str
        Where it is defined.
    computed_by : str
        Which common software prints it.
    max_n : int
        Largest n accepted.
    nested : bool
        A higher level never gives a narrower interval.
    symmetric : bool
        Exchanging successes and failures reflects the interval about 1/2.
    monotone : bool
        One more success in the same n never lowers either limit.
    inside : bool
        The limits lie in [0, 1] without clipping.
    contains_estimate : bool
        x/n is never outside.
    conservative : bool
        Coverage is at least the level for every true proportion.
    closed_form : bool
        No quantile of x's own distribution and no root finding: tens of nanoseconds an element.
    """

    name: str
    meaning: str
    function: IntervalFunction
    source: str
    computed_by: str
    max_n: int
    nested: bool
    symmetric: bool
    monotone: bool
    inside: bool
    contains_estimate: bool
    conservative: bool
    closed_form: bool


def in_order(lower: FloatArray, upper: FloatArray) -> Limits:
    """Exchange limits that crossed: three approximations do so far from the levels they were made for."""
    return np.minimum(lower, upper), np.maximum(lower, upper)
