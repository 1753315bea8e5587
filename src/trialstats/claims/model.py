"""The claim model: what a trial report states, every number as printed.

Two kinds of claim only. An `Estimate` is one printed value with all that came with it; a
`Comparison` joins estimates by a P value that belongs to no interval. Constructing a claim never
fails on its numbers: a claim can hold whatever can be printed, absurd or not. Checks judge.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from trialstats.claims.place import Expectation, Place, TableSum, refuse_other_than_printed
from trialstats.claims.plan import (
    PLANNED,
    PLANNED_AIMS,
    PLANNED_DESIGNS,
    PLANNED_EFFECTS,
    PLANNED_PAIRS,
    PLANNED_TIMES,
    TIME_UNITS,
    Plan,
)
from trialstats.errors import InputError
from trialstats.reported import Reported
from trialstats.values import EMPTY, frozen

__all__ = [
    "MEASURES",
    "NEEDED_TO_TREAT",
    "PLANNED",
    "PLANNED_AIMS",
    "PLANNED_DESIGNS",
    "PLANNED_EFFECTS",
    "PLANNED_PAIRS",
    "PLANNED_TIMES",
    "POPULATIONS",
    "RATIO_MEASURES",
    "ROLES",
    "SAYS",
    "SPREADS",
    "TIME_UNITS",
    "Arm",
    "Basis",
    "Claim",
    "Comparison",
    "Estimate",
    "Expectation",
    "PValue",
    "Paper",
    "Place",
    "Plan",
    "Reading",
    "Size",
    "Spread",
]

MEASURES: Mapping[str, str] = MappingProxyType(
    {
        "count": "a number of patients, events or centres",
        "proportion": "a share of patients (binomial)",
        "survival": "a Kaplan-Meier or cumulative-incidence rate at a time",
        "mean": "a mean",
        "median": "a median, of time to event or of a measurement",
        "rate": "events per person-time",
        "difference": "first arm minus second",
        "hazard-ratio": "hazard of the first arm over the second",
        "odds-ratio": "odds of the first arm over the second",
        "risk-ratio": "risk or rate of the first arm over the second",
        "relative-reduction": "one minus a ratio, as a per cent",
        "posterior-probability": "the posterior probability of an event",
        "other": "anything else that has a printed value",
    }
)
NEEDED_TO_TREAT = "needed to treat"
"""The unit of a number of patients to treat for one event more or less."""
RATIO_MEASURES = frozenset({"hazard-ratio", "odds-ratio", "risk-ratio"})
SPREADS: Mapping[str, str] = MappingProxyType(
    {
        "confidence": "confidence interval",
        "credible": "credible interval",
        "iqr": "interquartile range",
        "range": "smallest and largest value",
        "sd": "standard deviation",
        "se": "standard error",
    }
)
ROLES = ("design", "baseline", "result")
POPULATIONS = (
    "screened",
    "eligible",
    "enrolled",
    "randomised",
    "untreated",
    "treated",
    "intention-to-treat",
    "evaluable",
    "safety",
    "included",
    "analysed",
    "completed",
    "clusters",
    "responders",
)
SAYS: Mapping[str, str] = MappingProxyType(
    {
        "significant": "the text calls the result significant without a P value",
        "not-significant": "the text says there is no significant difference",
        "below-threshold": "the text says a value did not reach a threshold",
        "above-threshold": "the text says a value reached a threshold",
    }
)


class Basis(StrEnum):
    """How something was read, from the surest to the least sure way; what may be said of it: `claims.trust`."""

    TYPED = "typed"
    """By a person, who compared it with the paper."""
    STRUCTURED = "structured"
    """From a place that says what it is: a cell under its heading, a field of a record."""
    STATED = "stated"
    """In words at this place."""
    CARRIED = "carried"
    """From another place of the text."""
    GUESSED = "guessed"


@dataclass(frozen=True, slots=True)
class Spread:
    """What was printed around an estimate.

    Attributes
    ----------
    kind : str
        A name of `SPREADS`.
    lower, upper : Reported or None
        Bounds; None where one-sided or not printed.
    value : Reported or None
        The number itself for ``sd`` and ``se``.
    level : Reported or None
        Printed level (``95%``).
    sides : int
        2, or 1 for a one-sided bound.
    """

    kind: str
    lower: Reported | None = None
    upper: Reported | None = None
    value: Reported | None = None
    level: Reported | None = None
    sides: int = 2

    def __post_init__(self) -> None:
        refuse_other_than_printed(self.lower, self.upper, self.value, self.level)

    @property
    def is_interval(self) -> bool:
        """Whether it is a confidence or credible interval."""
        return self.kind in ("confidence", "credible")


@dataclass(frozen=True, slots=True)
class PValue:
    """A printed P value.

    Attributes
    ----------
    value : Reported
        With its relation (``<.001``).
    sided : int or None
        1 or 2 where the text says so.
    test : str or None
        The test the text names.
    statistic : str or None
        In a trial file: the test statistic printed with it, ``t(78) = 2.64``. That of a text is read in the text.
    """

    value: Reported
    sided: int | None = None
    test: str | None = None
    statistic: str | None = None

    def __post_init__(self) -> None:
        refuse_other_than_printed(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One printed value with all that came with it. Every field but ``id`` and ``measure`` may be absent.

    Attributes
    ----------
    id : str
        Unique within its paper.
    measure : str
        A name of `MEASURES`.
    value : Reported or None
        The printed estimate.
    spread : Spread or None
        The printed interval, IQR, range, SD or SE.
    p : PValue or None
        The P value printed with it.
    x, n : Reported or None
        Count and denominator printed right with it.
    unit : str or None
        Unit other than per cent (months, mm Hg).
    arms : tuple of str
        Arm ids: empty for unknown or all; one; or two, first over (or minus) second, the
        experimental arm first.
    order_said : bool
        Whether a text says in words which of two arms comes first: "the ratio of A versus B".
    outcome, time, population, subgroup : str or None
        What was measured, when, in whom, and in which part of the patients.
    role : str
        ``design``, ``baseline`` or ``result``.
    of : tuple of str
        Ids of the claims it was derived from.
    event : str or None
        What a posterior probability is of (``combination > paclitaxel``).
    says : str or None
        A statement without a figure, a name of `SAYS`.
    inferred : tuple of str
        Names of fields that were not printed at this place.
    adjusted : bool or None
        Whether the text calls it adjusted, stratified or weighted; None where it is silent.
    sic : bool
        The absurd is printed like this.
    printed : str or None
        The number in words, where it was printed so.
    source : str or None
        Where the figure stands if not in the paper's abstract.
    expect : Expectation or None
    where : Place
    """

    id: str
    measure: str
    value: Reported | None = None
    spread: Spread | None = None
    p: PValue | None = None
    x: Reported | None = None
    n: Reported | None = None
    unit: str | None = None
    arms: tuple[str, ...] = ()
    order_said: bool = False
    outcome: str | None = None
    time: str | None = None
    population: str | None = None
    subgroup: str | None = None
    role: str = "result"
    of: tuple[str, ...] = ()
    event: str | None = None
    says: str | None = None
    inferred: tuple[str, ...] = ()
    adjusted: bool | None = None
    sic: bool = False
    printed: str | None = None
    source: str | None = None
    expect: Expectation | None = None
    where: Place = Place()

    def __post_init__(self) -> None:
        refuse_other_than_printed(self.value, self.x, self.n)

    @property
    def interval(self) -> Spread | None:
        """The confidence or credible interval, if that is what was printed."""
        return self.spread if self.spread is not None and self.spread.is_interval else None

    @property
    def numbers(self) -> Iterator[Reported]:
        """Every printed number of the claim, once each: a level is a label, not a figure."""
        spread = self.spread
        parts = [self.value, self.x, self.n, self.p.value if self.p else None]
        if spread is not None:
            parts += [spread.lower, spread.upper, spread.value]
        return (part for part in parts if part is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two or more estimates and the one P value, or statement, that compares them.

    Attributes
    ----------
    id : str
    of : tuple of str
        Ids of the estimates compared, the experimental arm first.
    p : PValue or None
    adjusted, arms, outcome, time, says, role, sic, source, expect, where
        As for `Estimate`.
    """

    id: str
    of: tuple[str, ...] = ()
    p: PValue | None = None
    arms: tuple[str, ...] = ()
    outcome: str | None = None
    time: str | None = None
    says: str | None = None
    role: str = "result"
    adjusted: bool | None = None
    sic: bool = False
    source: str | None = None
    expect: Expectation | None = None
    where: Place = Place()

    @property
    def numbers(self) -> Iterator[Reported]:
        """Every printed number of the claim."""
        return iter(() if self.p is None else (self.p.value,))


Claim = Estimate | Comparison
_CLAIM = (Estimate, Comparison)


@dataclass(frozen=True, slots=True)
class Size:
    """A number of patients: of an arm, or of the whole trial.

    Attributes
    ----------
    value : Reported
        As printed.
    source : str or None
        Where it stands if not in the paper's abstract.
    place : tuple of int, or None
        Offsets of the number in the text, where it was read from one.
    """

    value: Reported
    source: str | None = None
    place: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Arm:
    """One arm of a trial.

    Attributes
    ----------
    id, label : str
    of : mapping of str to Size
        Printed sizes by population (``randomised``, ``untreated``, ...).
    role : str or None
        ``experimental`` or ``control``, where the document says so.
    """

    id: str
    label: str
    of: Mapping[str, Size] = EMPTY
    role: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "of", frozen(self.of))


@dataclass(frozen=True, slots=True)
class Reading:
    """A stretch of text that could be read in more than one way, and the readings."""

    where: Place
    readings: tuple[Claim, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What one document states.

    Attributes
    ----------
    id : str
    arms, claims : tuple of Arm, tuple of Estimate or Comparison
        In the order of the document; the experimental arm first where that is known.
    ambiguous : tuple of Reading
    plans : tuple of Plan
        What the trial was designed to detect.
    of : mapping of str to Size
        Sizes printed for all arms together.
    title, registry : str or None
    citation, design : mapping of str to str
    source : str or None
        The file or text it came from, as the user named it.
    sha256 : str or None, of that file's bytes
    text : str or None
        The document as it was read; the places of claims are offsets in it.
    unused : int
        Printed numbers of the text that belong to no claim.
    studies : tuple of tuple of str
        Ids of the claims of each study, where a table holds several: only those of one are held against each other.
    unread : tuple of (str, str): what of a table was not all understood (``columns``), and why
    sums, heard : the totals that a table prints; its words for the analysis of an effect, by the id of its claim
    basis : Basis
        How it was read: typed, structured or stated in words.
    """

    id: str
    arms: tuple[Arm, ...] = ()
    claims: tuple[Claim, ...] = ()
    ambiguous: tuple[Reading, ...] = ()
    plans: tuple[Plan, ...] = ()
    of: Mapping[str, Size] = EMPTY
    title: str | None = None
    registry: str | None = None
    citation: Mapping[str, str] = EMPTY
    design: Mapping[str, str] = EMPTY
    source: str | None = None
    sha256: str | None = None
    text: str | None = field(default=None, repr=False)
    unused: int = 0
    studies: tuple[tuple[str, ...], ...] = ()
    unread: tuple[tuple[str, str], ...] = ()
    sums: tuple[TableSum, ...] = ()
    heard: Mapping[str, str] = EMPTY
    basis: Basis = Basis.STATED

    def __post_init__(self) -> None:
        for name in ("arms", "claims", "ambiguous", "of", "citation", "design", "heard"):
            object.__setattr__(self, name, frozen(getattr(self, name)))
        for what, given, accepted in (
            ("id", (self.id,), str),
            ("arms", self.arms, Arm),
            ("claims", self.claims, _CLAIM),
            ("plans", self.plans, Plan),
        ):
            odd = next((one for one in given if not isinstance(one, accepted)), None)
            if odd is not None:
                kind = type(odd).__name__
                raise InputError(f"{what} of a paper: {odd!r} is not accepted there, being {kind}.")

    def claim(self, claim_id: str) -> Claim:
        """Return the claim with this id.

        Raises
        ------
        KeyError
            If there is none.
        """
        for claim in self.claims:
            if claim.id == claim_id:
                return claim
        raise KeyError(claim_id)

    def arm(self, arm_id: str) -> Arm | None:
        """Return the arm with this id, or None."""
        return next((arm for arm in self.arms if arm.id == arm_id), None)
