"""One flat record a finding: what CSV, frames and other programs take, and what every table is made of.

A record holds words and numbers that the verdict has already cost. What costs a search of its own (what an explanation
is worth, whether the first of them needs missing patients) is filled only where a report is written for readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from trialstats.__about__ import __version__
from trialstats.explanations import Explanation
from trialstats.findings import Finding, PaperConvention, TrialFindings, Verdict
from trialstats.report.by_claim import by_claim, foremost
from trialstats.report.marks import MARKS, Mark
from trialstats.report.words import chance_in_words, convention_in_words, coverage_in_words, numbers_in_words
from trialstats.wording import convention_words, count_words

COLUMNS = (
    "source", "claim", "label", "section", "line", "start", "end", "quotation", "printed", "recomputed", "how",
    "verdict", "verdict_in_words", "look", "check", "code", "with", "decision", "expected", "as_expected", "main",
    "sentence", "chance", "mcmc", "convention", "coverage", "sha256", "catalogue", "trialstats",
)  # fmt: skip
_TIE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One finding in words, with all that is needed to trace it.

    Texts are on one line and free of control characters; they are empty where there is nothing to say.

    Attributes
    ----------
    source : str
        Id of the trial or text.
    claim, label : str
        Id of the claim, and what it is about.
    section : str
    line, start, end : int or None
        Where the claim stands: the line of a trial file, the offsets in a text.
    quotation : str
        The words that the claim was read from.
    printed, recomputed : str
        Its numbers.
    how : str
        By which data and convention.
    verdict : Verdict
    look : bool
        Whether it would be a question but rests on an uncertain reading.
    check, code : str
    others : tuple of str
        Ids of the claims it was judged with (``with`` in `as_dict`).
    decision : bool
        Whether interval and P value lead to different decisions.
    expected : str or None
    as_expected : bool
    main : bool
        Whether it is the finding that stands for its claim: the gravest.
    sentence : str
        The message.
    reason : str
        Why it was not checked, without its numbers: claims of one reason share a line.
    chance : float or None
        What an explanation is worth; only in reports for readers, for it costs a search.
    departs : bool
        Whether it is consistent only with fewer patients than the text prints; known where the chance is.
    mcmc : str
        What sampling gives, where that was asked for.
    convention, coverage : str
        Of the whole paper, in words; the convention is empty where none was searched.
    sha256, catalogue, trialstats : str
        Hash of the trial file, and versions.
    """

    source: str
    claim: str
    label: str
    section: str
    line: int | None
    start: int | None
    end: int | None
    quotation: str
    printed: str
    recomputed: str
    how: str
    verdict: Verdict
    look: bool
    check: str
    code: str
    others: tuple[str, ...]
    decision: bool
    expected: str | None
    as_expected: bool
    main: bool
    sentence: str
    reason: str
    chance: float | None = None
    departs: bool = False
    mcmc: str = ""
    convention: str = ""
    coverage: str = ""
    sha256: str = ""
    catalogue: str
    trialstats: str = __version__

    @property
    def mark(self) -> Mark:
        """How its verdict is shown."""
        return MARKS["look" if self.look else self.verdict.value]

    @property
    def verdict_in_words(self) -> str:
        """The printed name of its verdict."""
        return self.mark.printed

    @property
    def needs_reading(self) -> bool:
        """Whether its sentence is worth a line: it asks, is not ordinary, or is not what was expected."""
        return self.mark.asks or self.verdict is Verdict.EXPLAINED or self.departs or not self.as_expected

    @property
    def remark(self) -> str:
        """What the trial file expected and whether a decision hangs on it; empty for most."""
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
        """The message and what the explanation is worth; of what is to be looked at, the words as they stand first."""
        words = f"“{self.quotation}”." if self.look and self.quotation else ""
        return " ".join(part for part in (words, self.sentence, chance_in_words(self.chance)) if part)

    def as_dict(self) -> dict[str, Any]:
        """Return the record as plain values by name, in the order of `COLUMNS`."""
        found = {name: getattr(self, name, None) for name in COLUMNS}
        return found | {"verdict": self.verdict.value, "with": " ".join(self.others)}


# Control characters, and those that turn the direction of writing round.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


def clean(text: str | None) -> str:
    """Return text without control characters: a trial file must not be able to steer a terminal."""
    return _CONTROL.sub(" ", text) if text else ""


def record_findings(found: TrialFindings, *, full: bool = False) -> Iterator[Record]:
    """Yield a record for each finding, in the order of the document.

    In ``full`` it is searched what explanations are worth, as reports for readers say.
    """
    standing = {id(foremost(group)) for group in by_claim(found.findings).values()}
    source, convention, coverage = clean(found.trial), convention_of(found), coverage_in_words(found.coverage)
    for finding in found.findings:
        where, reason = finding.where, finding.details.reason
        message = clean(finding.message)
        yield Record(
            source=source,
            claim=clean(finding.claim),
            label=clean(found.labels.get(finding.claim)),
            section=clean(where.section),
            line=where.line,
            start=where.start,
            end=where.end,
            quotation=" ".join(clean(where.quote).split()),
            printed=clean(numbers_in_words(finding.reported)),
            recomputed=clean(numbers_in_words(finding.recomputed)),
            how=clean(_how(finding)),
            verdict=finding.verdict,
            look=finding.look,
            check=finding.check,
            code=finding.code,
            others=tuple(map(clean, finding.others)),
            decision=finding.decision,
            expected=finding.expected,
            as_expected=finding.as_expected,
            main=id(finding) in standing,
            sentence=message,
            reason=clean(f"{reason}.") if reason else message,
            chance=_chance(finding) if full else None,
            departs=full and _departs(finding),
            mcmc=clean(found.mcmc.get((finding.claim, finding.check))),
            convention=convention,
            coverage=coverage,
            sha256=clean(found.sha256),
            catalogue=found.catalogue,
        )


_NOT_SEARCHED = PaperConvention()


def convention_of(found: TrialFindings) -> str:
    """Return the convention of a whole paper in words; empty where none was searched."""
    return "" if found.convention == _NOT_SEARCHED else clean(convention_in_words(found.convention))


def _chance(finding: Finding) -> float | None:
    """Return what an explanation is worth, where somebody will read it."""
    return finding.chance if finding.verdict in (Verdict.EXPLAINED, Verdict.STRAINED) else None


def _departs(finding: Finding) -> bool:
    """Whether it is consistent only with fewer patients than the text prints."""
    ordinary = finding.verdict is Verdict.CONSISTENT and bool(finding.explanations)
    return ordinary and finding.explanations[0].allowed == "near"


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
