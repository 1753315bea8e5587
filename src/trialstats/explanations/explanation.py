"""One explanation of a claim: a witness with a convention."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Integral
from typing import Any

from trialstats.catalogue import PLAIN, Convention
from trialstats.catalogue.words import convention_words
from trialstats.explanations.witnesses import Witness
from trialstats.reported import ROUNDINGS, Span
from trialstats.values import Part

ALLOWED = ("stated", "derived", "near", "any")
"""Classes of the denominators that a text allows, from the one printed to any at all."""


def is_whole(value: object) -> bool:
    """Whether a value is a whole number of any type, numpy's included."""
    return isinstance(value, Integral) and not isinstance(value, bool)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A witness with its convention: concrete data and the way of computing and printing them.

    All that its witness and its convention say can be read from it too, and is None where its kind has none. Ranges are
    pairs of floats.

    Attributes
    ----------
    witness : Counts, TwoArmCounts, Patients, Symmetric, SurvivalRate, Posterior or None
    convention : Convention
    estimate, lower, upper, p : float or None
        What the convention gives before rounding, and before limits beyond 0 and 1 are cut off.
    allowed : str or None
        Class of the denominator: ``stated``, ``derived``, ``near`` or ``any``.
    x, n, x2, n2 : int or None
        Counts, of the second arm too where two are compared.
    centre, se, effective_n : tuple of float or None
        Ranges on the link scale.
    a, b : float or None
        Parameters of a Beta posterior.
    draws, probability : number or None
        Number of posterior draws whose sampling error is needed, and how probably they print the claim.
    method, rounding, bounds, level, point, kind, prior, transform, scale, test, sided, cost, ordinary
        As of its `Convention`.

    Examples
    --------
    >>> from trialstats.explanations import Counts
    >>> one = Explanation(Counts(8, 32), Convention(method="clopper-pearson", rounding="twice", cost=5.2), 0.25)
    >>> one.x, one.rounding, one.prior
    (8, 'twice', None)
    >>> print(one)
    8 of 32: Clopper-Pearson, rounded twice, through one more decimal
    """

    witness: Witness | None = None
    convention: Convention = PLAIN
    estimate: float | None = None
    lower: float | None = None
    upper: float | None = None
    p: float | None = None

    x = Part[int | None]("witness")
    n = Part[int | None]("witness")
    x2 = Part[int | None]("witness")
    n2 = Part[int | None]("witness")
    centre = Part[Span | None]("witness")
    se = Part[Span | None]("witness")
    effective_n = Part[Span | None]("witness")
    a = Part[float | None]("witness")
    b = Part[float | None]("witness")
    draws = Part[int | None]("witness")
    probability = Part[float | None]("witness")
    allowed = Part[str | None]("convention")
    method = Part[str | None]("convention")
    rounding = Part[str | None]("convention")
    bounds = Part[str | None]("convention")
    level = Part[float | None]("convention")
    scale = Part[str | None]("convention")
    transform = Part[str | None]("convention")
    prior = Part[str | None]("convention")
    point = Part[str | None]("convention")
    kind = Part[str | None]("convention")
    test = Part[str | None]("convention")
    sided = Part[int | None]("convention")
    cost = Part[float]("convention")
    ordinary = Part[bool]("convention")

    @property
    def readings(self) -> tuple[str, ...]:
        """Several readings of one witness, such as priors and counts that share a posterior, and what else it needs."""
        found: tuple[str, ...] = getattr(self.witness, "readings", ())
        percentages = self.convention.percentages
        return found if percentages is None else (*found, f"percentages {ROUNDINGS[percentages]}")

    def as_dict(self) -> dict[str, Any]:
        """Return all that is not None or empty, by name."""
        found = ((name, getattr(self, name)) for name in _SHOWN)
        return {name: value for name, value in found if value is not None and value != ()}

    def __repr__(self) -> str:
        return f"Explanation({', '.join(f'{name}={value!r}' for name, value in self.as_dict().items())})"

    def __str__(self) -> str:
        data = "" if self.witness is None else str(self.witness)
        words = ", ".join(filter(None, (convention_words(self.convention), *self.readings[:1])))
        return ": ".join(filter(None, (data, words)))


_SHOWN = (
    "cost", "ordinary", "allowed", "x", "n", "x2", "n2", "method", "rounding", "bounds", "level", "estimate", "lower",
    "upper", "p", "scale", "transform", "centre", "se", "effective_n", "a", "b", "prior", "point", "kind", "test",
    "sided", "readings", "draws", "probability",
)  # fmt: skip
