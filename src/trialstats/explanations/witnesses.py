"""Witnesses: the concrete data behind printed numbers, a class for each kind.

A number that a claim leaves open is a range, a pair of its ends. The forward printer (`press`) takes a single value.
"""

from __future__ import annotations

from dataclasses import dataclass

from trialstats.reported import Span


@dataclass(frozen=True, slots=True)
class Counts:
    """x of n patients."""

    x: int
    n: int

    def __str__(self) -> str:
        return f"{self.x} of {self.n}"


@dataclass(frozen=True, slots=True)
class TwoArmCounts:
    """x of n patients in the first arm, x2 of n2 in the second."""

    x: int
    n: int
    x2: int
    n2: int

    def __str__(self) -> str:
        return f"{self.x} of {self.n} v {self.x2} of {self.n2}"


@dataclass(frozen=True, slots=True)
class Patients:
    """A number of patients; its readings are what else was needed, such as a count for each percentage."""

    n: int
    readings: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.n} patients"


@dataclass(frozen=True, slots=True)
class Symmetric:
    """An estimate and its standard error on a link scale; of an exact Poisson interval the fewest events too."""

    centre: float | Span
    se: float | Span
    events: int | None = None

    @property
    def x(self) -> int | None:
        """The events."""
        return self.events

    def __str__(self) -> str:
        return f"centre {_number(self.centre)}, SE {_number(self.se)}"


@dataclass(frozen=True, slots=True)
class SurvivalRate:
    """A Kaplan-Meier rate, its Greenwood standard error, and the patients without censoring that it is worth."""

    survival: float | Span
    se: float | Span | None
    effective_n: Span | None = None
    readings: tuple[str, ...] = ()

    @property
    def centre(self) -> float | Span:
        """The rate."""
        return self.survival

    def __str__(self) -> str:
        error = "" if self.se is None else f", SE {_number(self.se)}"
        return f"rate {_number(self.survival)}{error}"


@dataclass(frozen=True, slots=True)
class Posterior:
    """A Beta(a, b) posterior, and the cheapest of the data that lead to it.

    Attributes
    ----------
    a, b : float
    x, n : int or None
    readings : tuple of str
        All priors with counts that share the posterior.
    draws : int or None
        Number of posterior draws whose sampling error is needed.
    probability : float or None
        How probably that many draws print the claim.
    x2, n2 : int or None
        Of the second arm, where two posteriors are compared.
    """

    a: float
    b: float
    x: int | None = None
    n: int | None = None
    readings: tuple[str, ...] = ()
    draws: int | None = None
    probability: float | None = None
    x2: int | None = None
    n2: int | None = None

    def __str__(self) -> str:
        return f"Beta({self.a:g}, {self.b:g})"


@dataclass(frozen=True, slots=True)
class Words:
    """What is needed beside the convention, in words, where it is not data."""

    readings: tuple[str, ...]

    def __str__(self) -> str:
        return ""


Witness = Counts | TwoArmCounts | Patients | Words | Symmetric | SurvivalRate | Posterior


def _number(value: float | Span) -> str:
    if not isinstance(value, tuple):
        return f"{value:.4g}"
    low, high = (f"{end:.4g}" for end in value)
    return low if low == high else f"{low} to {high}"
