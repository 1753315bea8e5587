"""One explanation of a claim: a witness with a convention."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Integral
from typing import Any, Generic, Self, TypeVar, overload

from trialstats.catalogue import PLAIN, Convention
from trialstats.catalogue.words import convention_words
from trialstats.explanations.witnesses import Witness
from trialstats.reported import ROUNDINGS, Span

ALLOWED = ("stated", "derived", "near", "any")
"""Classes of the denominators that a text allows, from the one printed to any at all."""
T = TypeVar("T")


def is_whole(value: object) -> bool:
    """Whether a value is a whole number of any type, numpy's included."""
    return isinstance(value, Integral) and not isinstance(value, bool)


class _Part(Generic[T]):
    """A part of an explanation's witness or convention; None where its kind has none."""

    __slots__ = ("_name", "_of")

    def __init__(self, of: str) -> None:
        self._of = of

    def __set_name__(self, _: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, one: None, owner: type) -> Self: ...
    @overload
    def __get__(self, one: Explanation, owner: type) -> T | None: ...
    def __get__(self, one: Explanation | None, owner: type) -> Self | T | None:
        return self if one is None else getattr(getattr(one, self._of), self._name, None)


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
    method, rounding, bounds, level, point, kind, prior, transform, scale, test, sided
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

    x = _Part[int]("witness")
    n = _Part[int]("witness")
    x2 = _Part[int]("witness")
    n2 = _Part[int]("witness")
    centre = _Part[Span]("witness")
    se = _Part[Span]("witness")
    effective_n = _Part[Span]("witness")
    a = _Part[float]("witness")
    b = _Part[float]("witness")
    draws = _Part[int]("witness")
    probability = _Part[float]("witness")
    allowed = _Part[str]("convention")
    method = _Part[str]("convention")
    rounding = _Part[str]("convention")
    bounds = _Part[str]("convention")
    level = _Part[float]("convention")
    scale = _Part[str]("convention")
    transform = _Part[str]("convention")
    prior = _Part[str]("convention")
    point = _Part[str]("convention")
    kind = _Part[str]("convention")
    test = _Part[str]("convention")
    sided = _Part[int]("convention")

    @property
    def cost(self) -> float:
        """Bits; the sum over the convention's parts."""
        return self.convention.cost

    @property
    def ordinary(self) -> bool:
        """Whether every part of the convention is ordinary within its kind."""
        return self.convention.ordinary

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
