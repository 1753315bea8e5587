"""One neutral table of a report: plain rows of text, made once, from which every renderer writes.

A renderer decides how a row looks, never what it says: the words, the order and the choice of the
finding that stands for a claim are made here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from types import MappingProxyType

from trialstats.__about__ import __version__
from trialstats.explanations import Explanation
from trialstats.findings import Finding, PaperConvention, TrialFindings, Verdict
from trialstats.report.words import (
    chance_in_words,
    convention_in_words,
    coverage_in_words,
    numbers_in_words,
    parts_in_words,
)
from trialstats.wording import convention_words, count_words

__all__ = [
    "SIGNS",
    "Figure",
    "Row",
    "Table",
    "TrialTable",
    "build_table",
    "by_claim",
    "foremost",
]

SIGNS: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.REPRODUCED: "✓",
        Verdict.CONSISTENT: "≈",
        Verdict.EXPLAINED: "◆",
        Verdict.STRAINED: "!",
        Verdict.INCONSISTENT: "?",
        Verdict.UNCHECKED: "–",
    }
)
"""A sign beside each verdict, so that none is told by its colour alone."""

_TIE = 1e-9


@dataclass(frozen=True, slots=True)
class Row:
    """One finding in words.

    Attributes
    ----------
    trial, claim : str
    label : str
        What the claim is about, in words.
        Ids.
    section : str
        Where the claim stands; empty where unknown.
    reported, recomputed : str
        The numbers as printed and as recomputed; empty where there are none.
    how : str
        By which data and convention.
    verdict : Verdict
    check, code : str
    others : tuple of str
        Ids of the claims it was judged with.
    message : str
    reason : str
        Why it was not checked, without its numbers: claims of one reason share a line.
    chance : float or None
        Filled for explained claims, where it says what the explanation is worth.
    look : bool
        Whether it would be a question but rests on an uncertain reading.
    decision : bool
        Whether interval and P value lead to different decisions.
    expected : str or None
    as_expected : bool
    main : bool
        Whether it is the finding that stands for its claim.
    """

    trial: str
    claim: str
    label: str
    section: str
    reported: str
    recomputed: str
    how: str
    mcmc: str
    verdict: Verdict
    check: str
    code: str
    others: tuple[str, ...]
    message: str
    reason: str
    chance: float | None
    look: bool
    decision: bool
    expected: str | None
    as_expected: bool
    departs: bool
    main: bool

    @property
    def sign(self) -> str:
        """The sign of its verdict."""
        return SIGNS[self.verdict]

    @property
    def needs_reading(self) -> bool:
        """Whether its sentence belongs under the table: it departs from what is printed, or from what was expected."""
        return self.verdict.severity >= Verdict.EXPLAINED.severity or self.look or self.departs or not self.as_expected

    @property
    def remark(self) -> str:
        """What the trial file expected and whether a decision hangs on it; empty for most rows."""
        remarks = []
        if self.expected is not None:
            remarks.append("as expected" if self.as_expected else f"expected: {Verdict(self.expected).printed}")
        elif not self.as_expected:
            remarks.append("not expected")
        if self.decision:
            remarks.append("a decision hangs on it")
        return ", ".join(remarks)

    @property
    def sentences(self) -> str:
        """The message and what the explanation is worth."""
        return " ".join(part for part in (self.message, chance_in_words(self.chance)) if part)


@dataclass(frozen=True, slots=True)
class Figure:
    """All findings of one claim: one line of the table.

    Attributes
    ----------
    claim : str
    label : str
        What the claim is about, in words.
    reported, recomputed : tuple of str
        The claim's own numbers, from all its findings together: an estimate with its interval is one
        part, a P value another.
    main : Row
        The finding that most deserves reading.
    further : tuple of Row
    """

    claim: str
    label: str
    reported: tuple[str, ...]
    recomputed: tuple[str, ...]
    main: Row
    further: tuple[Row, ...]

    @property
    def mcmc(self) -> str:
        """What sampling gives for the claim; empty where nobody asked."""
        return next((row.mcmc for row in (self.main, *self.further) if row.mcmc), "")

    @property
    def listed(self) -> tuple[Row, ...]:
        """The further findings worth a line: not what was not checked besides."""
        return tuple(row for row in self.further if row.verdict is not Verdict.UNCHECKED)

    @property
    def also(self) -> str:
        """The further findings worth a line, in one line; empty where there are none."""
        return "; ".join(
            f"{row.check} {row.sign} {row.verdict.printed}{f' ({row.how})' if row.how else ''}" for row in self.listed
        )


@dataclass(frozen=True, slots=True)
class TrialTable:
    """The figures of one trial, and what makes them citable.

    Attributes
    ----------
    trial, title, source, sha256, catalogue : str
        Empty where unknown.
    convention, coverage : str
        In words; the convention is empty where none was searched.
    figures : tuple of Figure
        In the order of the claims.
    """

    trial: str
    title: str
    source: str
    sha256: str
    catalogue: str
    convention: str
    coverage: str
    figures: tuple[Figure, ...]

    @property
    def sampled(self) -> bool:
        """Whether some figure was also recomputed by sampling, so that there is a column for it."""
        return any(figure.mcmc for figure in self.figures)

    @property
    def heading(self) -> str:
        """Title and id in one line."""
        return f"{self.title} ({self.trial})" if self.title and self.title != self.trial else self.trial

    @property
    def rows(self) -> tuple[Row, ...]:
        """All findings; the one that stands for a claim before its further ones."""
        return tuple(row for figure in self.figures for row in (figure.main, *figure.further))

    @property
    def to_read(self) -> tuple[Row, ...]:
        """The rows whose sentences belong under the table."""
        return tuple(row for row in self.rows if row.needs_reading)

    @property
    def not_checked(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Reasons, and the claims that were not checked for each."""
        grouped: dict[str, list[str]] = {}
        for figure in self.figures:
            if figure.main.verdict is Verdict.UNCHECKED and figure.main.as_expected and not figure.main.look:
                grouped.setdefault(figure.main.reason, []).append(figure.claim)
        return tuple((reason, tuple(claims)) for reason, claims in grouped.items())


@dataclass(frozen=True, slots=True)
class Table:
    """The whole report as plain rows.

    Attributes
    ----------
    version : str
        Of trialstats.
    trials : tuple of TrialTable
    """

    version: str
    trials: tuple[TrialTable, ...]

    @property
    def made_by(self) -> str:
        """What made the report, in one line."""
        catalogues = ", ".join(dict.fromkeys(trial.catalogue for trial in self.trials))
        return f"trialstats {self.version}, catalogue {catalogues or 'none'}"


# --------------------------------------------------------------------------------------------------
# Rows
# --------------------------------------------------------------------------------------------------
# Control characters, and those that turn the direction of writing round.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


def _clean(text: str | None) -> str:
    """Return text without control characters: a trial file must not be able to steer a terminal."""
    return _CONTROL.sub(" ", text or "")


def by_claim(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Return the findings of each claim, in the order in which claims first appear."""
    grouped: dict[str, list[Finding]] = {}
    for finding in findings:
        grouped.setdefault(finding.claim, []).append(finding)
    return grouped


def foremost(findings: Iterable[Finding]) -> Finding:
    """Return the finding of one claim that most deserves reading; the first where several do."""
    return max(findings, key=lambda finding: finding.urgency)


def _how(finding: Finding) -> str:
    """Return how a finding explains its claim, with the paper's own convention where that is another.

    Where both cost the same the paper's own comes first: it is the likelier of the two.
    """
    one = finding.under.explanation if finding.under is not None else None
    first = finding.explanations[0] if one is not None else None
    if one is None or first is None or (own := _in_words(one, first)) == "":
        return finding.how
    if finding.how and one.cost <= first.cost + _TIE:
        return f"{own}, the paper's convention; as cheap: {finding.how}"
    return "; ".join(part for part in (finding.how, f"by the paper's convention {own}") if part)


def _in_words(one: Explanation, first: Explanation) -> str:
    """Return the counts and the convention of an explanation; empty where another's differ in the rounding alone."""
    counts = "" if one.n is None else count_words(one) + (f" v {one.x2} of {one.n2}" if one.n2 is not None else "")
    same_counts = (one.x, one.n, one.x2, one.n2) == (first.x, first.n, first.x2, first.n2)
    plain, other = (
        convention_words(replace(some, convention=replace(some.convention, rounding=None))) for some in (one, first)
    )
    if plain != other:
        return ", ".join(part for part in (counts, convention_words(one)) if part)
    return "" if same_counts else counts


def _departs(finding: Finding) -> bool:
    """Whether it is consistent only with fewer patients than the text prints."""
    return (
        finding.verdict is Verdict.CONSISTENT
        and bool(finding.explanations)
        and finding.explanations[0].allowed == "near"
    )


def _row(found: TrialFindings, finding: Finding, main: bool) -> Row:
    return Row(
        trial=_clean(found.trial),
        claim=_clean(finding.claim),
        label=_clean(found.labels.get(finding.claim)),
        section=_clean(finding.where.section),
        reported=_clean(numbers_in_words(finding.reported)),
        recomputed=_clean(numbers_in_words(finding.recomputed)),
        how=_clean(_how(finding)),
        mcmc=_clean(found.mcmc.get((finding.claim, finding.check))),
        verdict=finding.verdict,
        check=finding.check,
        code=finding.code,
        others=tuple(map(_clean, finding.others)),
        message=_clean(finding.message),
        reason=_clean(f"{finding.details.reason}." if finding.details.reason else finding.message),
        # The chance costs a search for every changed digit: asked only where somebody will read it.
        chance=finding.chance if finding.verdict is Verdict.EXPLAINED else None,
        look=finding.look,
        decision=finding.decision,
        expected=finding.expected,
        as_expected=finding.as_expected,
        departs=_departs(finding),
        main=main,
    )


def _together(parts: Iterable[Mapping[str, str]], wanted: Callable[[str], bool]) -> dict[str, str]:
    """Return the wanted numbers of several findings of one claim, the first to name a number deciding it."""
    found: dict[str, str] = {}
    for numbers in parts:
        for name, text in numbers.items():
            if wanted(name):
                found.setdefault(name, text)
    return found


def _figure(found: TrialFindings, claim: str, findings: Sequence[Finding], claims: Set[str]) -> Figure:
    first = foremost(findings)
    ordered = [first, *(finding for finding in findings if finding is not first)]
    main, *further = (_row(found, finding, main=finding is first) for finding in ordered)
    # Numbers of other claims, given under their ids, stand in lines of their own.
    reported = _together((one.reported for one in ordered), lambda name: name not in claims)
    recomputed = _together(
        (one.recomputed for one in ordered), lambda name: name in reported or name in first.recomputed
    )
    return Figure(
        claim=_clean(claim),
        label=_clean(found.labels.get(claim)),
        reported=tuple(map(_clean, parts_in_words(reported))),
        recomputed=tuple(map(_clean, parts_in_words(recomputed))),
        main=main,
        further=tuple(further),
    )


_NOT_SEARCHED = PaperConvention()


def _trial_table(found: TrialFindings) -> TrialTable:
    claims = by_claim(found.findings)
    return TrialTable(
        trial=_clean(found.trial),
        title=_clean(found.title),
        source=_clean(found.source),
        sha256=_clean(found.sha256),
        catalogue=found.catalogue,
        convention=_clean(convention_in_words(found.convention)) if found.convention != _NOT_SEARCHED else "",
        coverage=coverage_in_words(found.coverage),
        figures=tuple(_figure(found, claim, group, claims.keys()) for claim, group in claims.items()),
    )


def build_table(trials: Sequence[TrialFindings]) -> Table:
    """Return the neutral table of some trials' findings."""
    return Table(__version__, tuple(_trial_table(found) for found in trials))
