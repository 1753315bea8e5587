"""What a check says of a claim: verdict, numbers, what was searched, a plain sentence. Plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from trialstats.claims import Place
from trialstats.explanations import EMPTY, NO_EXPLANATIONS, Explanation, Explanations

__all__ = [
    "Coverage",
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
    """How many printed figures there are, and how many of them some check could judge."""

    printed: int
    checked: int
    unchecked: int


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
    coverage : Coverage
    catalogue : str
        Version of the catalogue searched.
    labels : mapping of str to str
        What each claim is about, in words, by id.
    text : str or None
        The text that the claims were read from.
    mcmc : mapping of (str, str) to str
        What sampling the posterior gives, by claim and check, where that was asked for.
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
