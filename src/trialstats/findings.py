"""What a check says of a claim: verdict, numbers, what was searched, a plain sentence. Plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeAlias

from trialstats.claims.model import Place
from trialstats.explanations import EMPTY, NO_EXPLANATIONS, Explanation, Explanations

__all__ = [
    "Coverage",
    "Details",
    "Finding",
    "Nearest",
    "PaperConvention",
    "TrialFindings",
    "Verdict",
]


class Verdict(StrEnum):
    """What a check concludes; ``printed`` is its name in prose."""

    REPRODUCED = "reproduced"
    CONSISTENT = "consistent"
    EXPLAINED = "explained"
    INCONSISTENT = "inconsistent"
    UNCHECKED = "unchecked"

    @property
    def printed(self) -> str:
        """The verdict as printed in reports."""
        return _PRINTED[self]

    @property
    def severity(self) -> int:
        """0 for what needs no reader, up to 4 for what most needs one."""
        return _SEVERITY.index(self)


_PRINTED = {
    Verdict.REPRODUCED: "arithmetic agrees",
    Verdict.CONSISTENT: "consistent",
    Verdict.EXPLAINED: "explained",
    Verdict.INCONSISTENT: "no explanation found",
    Verdict.UNCHECKED: "not checked",
}
_SEVERITY = (
    Verdict.UNCHECKED,
    Verdict.REPRODUCED,
    Verdict.CONSISTENT,
    Verdict.EXPLAINED,
    Verdict.INCONSISTENT,
)


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


Details: TypeAlias = Callable[[], Mapping[str, Any]]
"""Makes the fields that only a reader asks for: the words, the recomputed numbers, the explanations."""


class _Deferred:
    """A value some of whose fields wait until they are first read.

    A slot that is still empty has no attribute, so that Python asks ``__getattr__``; once filled, a field is as plain
    as any other. What rests on the convention of the whole paper waits by itself: it takes a search of its own.
    """

    __slots__ = ("_details", "_joint")
    _EMPTY: ClassVar[Mapping[str, Any]] = EMPTY
    _JOINT: ClassVar[str] = ""

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            if name not in self.__dataclass_fields__:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            put = object.__setattr__
            if name == self._JOINT:
                put(self, name, object.__getattribute__(self, "_joint")())
                put(self, "_joint", None)
            else:
                for field_name, value in {**self._EMPTY, **object.__getattribute__(self, "_details")()}.items():
                    put(self, field_name, value)
                put(self, "_details", None)
            return object.__getattribute__(self, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(_Deferred):
    """What one check says of one claim.

    The verdict of a finding stands at once; the words, the recomputed numbers and the explanations may be worked out
    when one of them is first read (`later`).

    Attributes
    ----------
    claim : str
        Id of the claim judged.
    others : tuple of str
        Ids of the claims it was judged with (``with`` in JSON).
    check, code : str
    verdict : Verdict
    message : str
        One plain sentence first, then details.
    decision : bool
        Whether interval and P value lead to different decisions under every ordinary method.
    assumes : tuple of str
        Model assumptions behind the check.
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
    expected : str or None
        The verdict stated in the trial file, if any.
    under : mapping or None
        Whether the claim fits the paper's own convention, and would have been predicted from the others.
    where : Place
    """

    claim: str
    check: str
    code: str
    verdict: Verdict
    message: str
    others: tuple[str, ...] = ()
    decision: bool = False
    assumes: tuple[str, ...] = ()
    reported: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    recomputed: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    how: str = ""
    searched: Mapping[str, Any] = field(default_factory=lambda: EMPTY)
    explanations: Explanations = NO_EXPLANATIONS
    nearest: Nearest | None = None
    expected: str | None = None
    under: Mapping[str, Any] | None = None
    where: Place = Place()

    @classmethod
    def later(
        cls,
        details: Details,
        *,
        claim: str,
        check: str,
        code: str,
        verdict: Verdict,
        where: Place,
        others: tuple[str, ...] = (),
        decision: bool = False,
        assumes: tuple[str, ...] = (),
        expected: str | None = None,
    ) -> Self:
        """Return a finding whose other fields are made when one of them is first read.

        Parameters
        ----------
        details : callable
            Returns ``message`` and whichever of ``reported``, ``recomputed``, ``how``, ``searched``, ``explanations``
            and ``nearest`` are not empty.
        claim, check, code, verdict, where, others, decision, assumes, expected
            As of the finding.

        Examples
        --------
        >>> def details():
        ...     print("(made now)")
        ...     return {"message": "The arms add up."}
        >>> one = Finding.later(details, claim="a", check="b", code="c", verdict=Verdict.REPRODUCED, where=Place())
        >>> one.verdict.printed
        'arithmetic agrees'
        >>> one.message
        (made now)
        'The arms add up.'
        """
        one = object.__new__(cls)
        put = object.__setattr__
        put(one, "claim", claim)
        put(one, "check", check)
        put(one, "code", code)
        put(one, "verdict", verdict)
        put(one, "where", where)
        put(one, "others", others)
        put(one, "decision", decision)
        put(one, "assumes", assumes)
        put(one, "expected", expected)
        put(one, "under", None)
        put(one, "_details", details)
        return one

    def revised(
        self,
        *,
        verdict: Verdict | None = None,
        decision: bool | None = None,
        expected: str | None = None,
        message: Callable[[str], str] | None = None,
        under: Callable[[], Mapping[str, Any] | None] | None = None,
    ) -> Self:
        """Return a copy with some fields changed; what waits to be read goes on waiting.

        Parameters
        ----------
        verdict, decision, expected
            New values; None leaves them.
        message : callable, optional
            Given the old message, returns the new one.
        under : callable, optional
            Returns the new value of ``under``; None leaves it.
        """

        def details() -> Mapping[str, Any]:
            values = {name: getattr(self, name) for name in ("message", *_LATER)}
            return values if message is None else values | {"message": message(self.message)}

        one = self.later(
            details,
            claim=self.claim,
            check=self.check,
            code=self.code,
            verdict=self.verdict if verdict is None else verdict,
            where=self.where,
            others=self.others,
            decision=self.decision if decision is None else decision,
            assumes=self.assumes,
            expected=self.expected if expected is None else expected,
        )
        object.__delattr__(one, "under")
        object.__setattr__(one, "_joint", (lambda: self.under) if under is None else under)
        return one

    @property
    def chance(self) -> float | None:
        """What the explanation is worth; see `Explanations.chance`."""
        return self.explanations.chance

    @property
    def as_expected(self) -> bool:
        """Whether the verdict is the expected one; by default anything but inconsistent."""
        if self.expected is not None:
            return self.verdict == self.expected
        return self.verdict is not Verdict.INCONSISTENT


_LATER: Mapping[str, Any] = MappingProxyType(
    {
        "reported": EMPTY,
        "recomputed": EMPTY,
        "how": "",
        "searched": EMPTY,
        "explanations": NO_EXPLANATIONS,
        "nearest": None,
    }
)
Finding._EMPTY, Finding._JOINT = _LATER, "under"


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

    rounding: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    binomial_method: str | None = None
    denominators: Mapping[str, Mapping[str, int]] = field(default_factory=lambda: EMPTY)
    prior: str | None = None
    posterior_point: str | None = None
    km_transform: str | None = None
    p_sided: int | None = None
    two_arm_test: str | None = None
    evidence: Mapping[str, Any] = field(default_factory=lambda: EMPTY)


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
class TrialFindings(_Deferred):
    """The findings of one document or trial; what concerns the whole of it may wait until it is read (`later`).

    Attributes
    ----------
    trial : str
    title : str or None
    sha256 : str or None
    source : str or None
    findings : tuple of Finding
        In the order of the claims, then of the checks.
    convention : PaperConvention
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
    settled_by : mapping of str to str
        What would settle a finding, by its check.
    decisions : mapping of (str, str) to Adjudication
        By claim and check: the readers' decisions that the messages end with.
    """

    trial: str
    title: str | None
    sha256: str | None
    source: str | None
    findings: tuple[Finding, ...]
    convention: PaperConvention
    coverage: Coverage
    catalogue: str
    labels: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    text: str | None = None
    mcmc: Mapping[tuple[str, str], str] = field(default_factory=lambda: MappingProxyType({}))
    registry: str | None = None
    citation: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    settled_by: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    decisions: Mapping[tuple[str, str], Any] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def later(
        cls,
        details: Details,
        convention: Callable[[], PaperConvention],
        *,
        trial: str,
        title: str | None,
        sha256: str | None,
        source: str | None,
        findings: tuple[Finding, ...],
        catalogue: str,
        text: str | None = None,
        registry: str | None = None,
        citation: Mapping[str, str] = EMPTY,
    ) -> Self:
        """Return findings whose coverage, labels, ``settled_by`` and convention are made when first read.

        Parameters
        ----------
        details, convention : callable
            The first returns coverage, labels and ``settled_by`` by name, the second the convention.
        trial, title, sha256, source, findings, catalogue, text, registry, citation
            As of the findings.
        """
        one = object.__new__(cls)
        put = object.__setattr__
        put(one, "trial", trial)
        put(one, "title", title)
        put(one, "sha256", sha256)
        put(one, "source", source)
        put(one, "findings", findings)
        put(one, "catalogue", catalogue)
        put(one, "text", text)
        put(one, "mcmc", EMPTY)
        put(one, "decisions", EMPTY)
        put(one, "registry", registry)
        put(one, "citation", citation)
        put(one, "_details", details)
        put(one, "_joint", convention)
        return one

    def revised(self, *, findings: tuple[Finding, ...], text: str | None) -> Self:
        """Return a copy with other findings and the text; what waits to be read goes on waiting."""
        one = self.later(
            lambda: {"coverage": self.coverage, "labels": self.labels, "settled_by": self.settled_by},
            lambda: self.convention,
            trial=self.trial,
            title=self.title,
            sha256=self.sha256,
            source=self.source,
            findings=findings,
            catalogue=self.catalogue,
            text=text,
            registry=self.registry,
            citation=self.citation,
        )
        object.__setattr__(one, "mcmc", self.mcmc)
        object.__setattr__(one, "decisions", self.decisions)
        return one


TrialFindings._JOINT = "convention"
