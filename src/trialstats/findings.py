"""What a check says of a claim: verdict, numbers, what was searched, a plain sentence. Plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import Any, Protocol

from trialstats.claims.model import Place
from trialstats.errors import check_name
from trialstats.explanations import NO_EXPLANATIONS, Explanation, Explanations
from trialstats.reported import Reported
from trialstats.values import EMPTY, FrozenDict, Part, frozen
from trialstats.wording import INNOCENT_REASONS, sentences


class Verdict(StrEnum):
    """What a check concludes; ``printed`` is its name in prose."""

    REPRODUCED = "reproduced"
    CONSISTENT = "consistent"
    EXPLAINED = "explained"
    STRAINED = "strained"
    INCONSISTENT = "inconsistent"
    UNCHECKED = "unchecked"

    @property
    def printed(self) -> str:
        """The verdict as printed in reports."""
        return _PRINTED[self]

    @property
    def severity(self) -> int:
        """0 for what needs no reader, up to 5 for what most needs one."""
        return _SEVERITY.index(self)

    @property
    def is_question(self) -> bool:
        """Whether it asks something of the authors."""
        return self in QUESTIONS


_PRINTED = {
    Verdict.REPRODUCED: "arithmetic agrees",
    Verdict.CONSISTENT: "consistent",
    Verdict.EXPLAINED: "explained",
    Verdict.STRAINED: "hard to explain",
    Verdict.INCONSISTENT: "no explanation found",
    Verdict.UNCHECKED: "not checked",
}
_SEVERITY = (
    Verdict.UNCHECKED,
    Verdict.REPRODUCED,
    Verdict.CONSISTENT,
    Verdict.EXPLAINED,
    Verdict.STRAINED,
    Verdict.INCONSISTENT,
)
QUESTIONS = (Verdict.INCONSISTENT, Verdict.STRAINED)
"""The verdicts that ask, the graver first."""
FAIL_ON: Mapping[str, tuple[Verdict, ...]] = FrozenDict(
    {"inconsistent": (Verdict.INCONSISTENT,), "strained": QUESTIONS, "never": ()}
)
"""Which verdicts are not as expected, where a trial file expects none: what ``--fail-on`` takes."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest miss of an inconsistent claim.

    Attributes
    ----------
    explanation : Explanation
        The data and convention that come nearest.
    prints : mapping of str to str
        What they would have printed.
    steps : float
        By how many units of the last digit the worst number is missed.
    """

    explanation: Explanation
    prints: Mapping[str, str]
    steps: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "prints", frozen(self.prints))

    @property
    def away(self) -> str:
        """In words, behind what is printed: by how much it misses, where that is a number to go by."""
        return f", up to {self.steps:.1f} units of the last digit away" if self.steps <= _TELLING else ""


_TELLING = 20.0
"""Further units of the last digit say no more than the numbers themselves."""


_ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Sum:
    """Numbers that a check adds up and holds against a whole, as printed.

    Attributes
    ----------
    parts : tuple of Reported
    whole : Reported
        100 % of shares, which need not be printed.
    relation : str
        ``=``, ``<=`` where the parts may be fewer, or ``divides`` where the only part shall divide the whole.
    room : Fraction
        How far a share may be off, in units of its last digit; counts are exact.
    """

    parts: tuple[Reported, ...]
    whole: Reported
    relation: str = "="
    room: Fraction = _ONE

    @property
    def agrees(self) -> bool:
        """Whether the numbers agree."""
        if self.relation == "divides":
            whole, each = self.whole.whole or 0, self.parts[0].whole or 0
            return bool(whole and each) and whole % each == 0
        numbers = (*self.parts, self.whole)
        room = self.room * sum((one.step for one in numbers if one.unit == "%"), Fraction(0))
        apart = sum((one.value for one in self.parts), Fraction(0)) - self.whole.value
        return -room <= apart <= room if self.relation == "=" else apart <= room

    def others(self) -> tuple[tuple[Reported, Callable[[Reported], Sum]], ...]:
        """Return each number, with what makes the sum of another in its place."""

        def putting(at: int) -> Callable[[Reported], Sum]:
            def put(one: Reported) -> Sum:
                return replace(self, parts=(*self.parts[:at], one, *self.parts[at + 1 :]))

            return put

        parts = tuple((part, putting(at)) for at, part in enumerate(self.parts))
        return ((self.whole, lambda one: replace(self, whole=one)), *parts)


class Repairs(Protocol):
    """What one changed character would do to the numbers of a question, worked out when asked for."""

    @property
    def words(self) -> str:
        """In words."""

    @property
    def told(self) -> Mapping[str, Any]:
        """Under ``one_character``: how many were tried, how many agree, the first of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What stands behind a verdict, in parts: a message is put together from them once, at the end.

    Attributes
    ----------
    sentence : str
        One plain sentence; without its full stop where a reason completes it.
    reason : str
        Why a claim was not checked, without its numbers.
    more : str
        Further sentences.
    miss : str
        The nearest miss, in a sentence.
    repair : Repairs or None
        Which one changed character would make the numbers agree, and of how many that were tried.
    settle : str
        What would settle it: "the count itself". Said of questions, and wherever a check gives it.
    remark : str
        What the reading rests on.
    reported : mapping of str to str
        The numbers as printed.
    recomputed : mapping of str to str
        The same numbers as recomputed, in the printed form or as a range.
    how : str
        The cheapest explanation in words.
    searched : mapping
        What was searched.
    explanations : Explanations
    nearest : Nearest or None
    rests_on : frozenset of str or None
        The parts of the claims that this finding rests on, where they are fewer than its check's.
    adds : Sum or None
        The sum that does not come out.
    """

    sentence: str
    reason: str = ""
    more: str = ""
    miss: str = ""
    repair: Repairs | None = None
    settle: str = ""
    remark: str = ""
    reported: Mapping[str, str] = EMPTY
    recomputed: Mapping[str, str] = EMPTY
    how: str = ""
    searched: Mapping[str, Any] = EMPTY
    explanations: Explanations = NO_EXPLANATIONS
    nearest: Nearest | None = None
    rests_on: frozenset[str] | None = None
    adds: Sum | None = None

    def __post_init__(self) -> None:
        for name in ("reported", "recomputed", "searched"):
            if (given := getattr(self, name)) is not EMPTY:
                object.__setattr__(self, name, frozen(given))


@dataclass(frozen=True, slots=True)
class Under:
    """A finding under the convention of its whole paper.

    Attributes
    ----------
    fits : bool
        Whether the claim prints under it.
    predicted : bool or None
        Whether the other claims would have predicted this one; None where the ordinary choices print it too.
    explanation : Explanation or None
        Its explanation by the convention, where that is not the cheapest.
    """

    fits: bool
    predicted: bool | None
    explanation: Explanation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one check says of one claim.

    Attributes
    ----------
    claim : str
        Id of the claim judged.
    others : tuple of str
        Ids of the claims it was judged with (``with`` in JSON).
    check, code : str
    verdict : Verdict
    details : Details
        The words, the recomputed numbers, what was searched, the explanations.
    reported, recomputed, how, searched, explanations, nearest
        As of its `Details`.
    look : bool
        Whether it would be a question but rests on an uncertain reading: somebody should look.
    decision : bool
        Whether interval and P value lead to different decisions under every ordinary method.
    assumes : tuple of str
        Model assumptions behind the check.
    settled_by : str
        What only the authors know and would settle it.
    expected : str or None
        The verdict stated in the trial file, if any.
    decided : str
        What a reader decided of it, in words.
    under : Under or None
        The claim under the convention of the whole paper, where that was searched.
    where : Place

    Examples
    --------
    >>> one = Finding(claim="orr", check="totals", code="TS102", verdict=Verdict.UNCHECKED,
    ...               details=Details(sentence="We did not check 25%", reason="no denominator is printed for it"))
    >>> one.message
    'We did not check 25%: no denominator is printed for it.'
    """

    claim: str
    check: str
    code: str
    verdict: Verdict
    details: Details
    others: tuple[str, ...] = ()
    look: bool = False
    decision: bool = False
    assumes: tuple[str, ...] = ()
    settled_by: str = ""
    expected: str | None = None
    decided: str = ""
    under: Under | None = None
    where: Place = Place()

    reported = Part[Mapping[str, str]]("details")
    recomputed = Part[Mapping[str, str]]("details")
    how = Part[str]("details")
    explanations = Part[Explanations]("details")
    nearest = Part[Nearest | None]("details")

    @property
    def searched(self) -> Mapping[str, Any]:
        """What was searched, with the repairs that were tried."""
        said = self.details
        return frozen({**said.searched, **said.repair.told}) if said.repair else said.searched

    @property
    def statement(self) -> str:
        """What was found: one plain sentence first, then what was searched, the nearest miss, what would settle it."""
        said = self.details
        settle = f"{said.settle[:1].upper()}{said.settle[1:]} would settle it." if said.settle else ""
        first = f"{said.sentence.removesuffix('.')}: {said.reason}." if said.reason else said.sentence
        return sentences(first, said.more, said.miss, said.repair.words if said.repair else "", settle, said.remark)

    @property
    def message(self) -> str:
        """The statement, with innocent reasons where it asks, and with what a reader decided of it."""
        return sentences(self.statement, INNOCENT_REASONS if self.verdict.is_question else "", self.decided)

    @property
    def chance(self) -> float | None:
        """What the explanation is worth; see `Explanations.chance`. Computed when asked for."""
        return self.explanations.chance

    @property
    def as_expected(self) -> bool:
        """Whether the verdict is the expected one; by default anything but inconsistent."""
        return self.is_as_expected()

    def is_as_expected(self, fail_on: str = "inconsistent") -> bool:
        """Return whether the verdict is the expected one, or without an expectation none that `FAIL_ON` counts."""
        if self.expected is not None and fail_on != "never":
            return self.verdict == self.expected
        check_name("grade of findings to fail on", fail_on, FAIL_ON)
        return self.verdict not in FAIL_ON[fail_on]

    @property
    def urgency(self) -> tuple[int, bool]:
        """By what findings are put in order of seriousness: what to look at comes behind the questions."""
        severity = Verdict.EXPLAINED.severity if self.look else self.verdict.severity
        return severity, self.look


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperConvention:
    """How a whole paper was computed and printed, as far as its claims tell.

    Attributes
    ----------
    rounding : mapping of str to str
        By kind of number (``percentages``, ``ratios``, ``p-values``).
    binomial_method, prior, posterior_point, km_transform, two_arm_test : str or None
    p_sided : int or None
    denominators : mapping
        Arm to population to n.
    evidence : mapping
        What the inference rests on.
    """

    rounding: Mapping[str, str] = EMPTY
    binomial_method: str | None = None
    denominators: Mapping[str, Mapping[str, int]] = EMPTY
    prior: str | None = None
    posterior_point: str | None = None
    km_transform: str | None = None
    p_sided: int | None = None
    two_arm_test: str | None = None
    evidence: Mapping[str, Any] = EMPTY

    def __post_init__(self) -> None:
        for name in ("rounding", "denominators", "evidence"):
            object.__setattr__(self, name, frozen(getattr(self, name)))


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many printed figures there are, and how many of them some check could judge.

    Attributes
    ----------
    printed : int
    checked, unchecked : int
        Of those that were read.
    read : int or None
        How many figures of a text were read as parts of claims; None where every figure was given as one.
    """

    printed: int
    checked: int
    unchecked: int
    read: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialFindings:
    """The findings of one document or trial.

    Attributes
    ----------
    trial : str
    title : str or None
    sha256 : str or None
    source : str or None
    findings : tuple of Finding
        In the order of the claims, then of the checks.
    convention : PaperConvention
        Empty where it was not searched.
    coverage : Coverage
    catalogue : str
        Version of the catalogue searched.
    labels : mapping of str to str
        What each claim is about, in words, by id.
    text : str or None
        The text that the claims were read from.
    mcmc : mapping of (str, str) to str
        What sampling the posterior gives, by claim and check, where that was asked for.
    registry : str or None
    citation : mapping of str to str
        Where the trial was published: journal, year, volume, issue, pages, doi, pmid, as far as given.
    decisions : mapping of (str, str) to Adjudication
        By claim and check: the readers' decisions that the messages end with.
    """

    trial: str
    title: str | None
    sha256: str | None
    source: str | None
    findings: tuple[Finding, ...]
    convention: PaperConvention = PaperConvention()
    coverage: Coverage
    catalogue: str
    labels: Mapping[str, str] = EMPTY
    text: str | None = None
    mcmc: Mapping[tuple[str, str], str] = FrozenDict()
    registry: str | None = None
    citation: Mapping[str, str] = EMPTY
    decisions: Mapping[tuple[str, str], Any] = FrozenDict()

    def __post_init__(self) -> None:
        for name in ("labels", "mcmc", "citation", "decisions"):
            object.__setattr__(self, name, frozen(getattr(self, name)))
