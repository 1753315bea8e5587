"""The tables of a report: records grouped by claim, made once, from which every renderer writes.

A renderer decides how a row looks, never what it says: the words, the order and the choice of the finding that stands
for a claim are made here. Questions come first, then what is to be looked at, then the rest as the document has it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from trialstats.__about__ import __version__
from trialstats.findings import Finding, TrialFindings, Verdict
from trialstats.report.by_claim import by_claim, foremost
from trialstats.report.cite import Reference
from trialstats.report.marks import MARKS, Mark
from trialstats.report.record import Record, clean, convention_of, record_findings
from trialstats.report.words import coverage_in_words, parts_in_words
from trialstats.values import Part

HEADINGS = ("Result", "As reported", "As recomputed", "By which data and convention", "Verdict")
_ORDER = {code: k for k, code in enumerate(MARKS)}


@dataclass(frozen=True, slots=True)
class Row:
    """All findings of one claim: one row of a table."""

    claim: str
    label: str
    """Its id, and what it is about."""
    printed: tuple[str, ...]
    recomputed: tuple[str, ...]
    """The claim's own numbers, from all its findings together: an estimate with its interval is one part, a P value
    another."""
    main: Record
    """The gravest finding."""
    further: tuple[Record, ...] = ()
    marks: tuple[str, ...] = ()
    """Letters of the notes that belong to it, in a numbered table."""

    verdict = Part[Verdict]("main")

    @property
    def records(self) -> tuple[Record, ...]:
        """All its findings, the gravest first."""
        return (self.main, *self.further)

    @property
    def cells(self) -> tuple[str, ...]:
        """One text for each of `HEADINGS`."""
        name = f"{self.label} ({self.claim})" if self.label else self.claim
        verdict = self.main.mark.words + (f" ({self.main.remark})" if self.main.remark else "")
        return (name, ", ".join(self.printed), ", ".join(self.recomputed), self.main.how, verdict)

    @property
    def mcmc(self) -> str:
        """What sampling gives for the claim; empty where nobody asked."""
        return next((record.mcmc for record in self.records if record.mcmc), "")

    @property
    def listed(self) -> tuple[Record, ...]:
        """The further findings worth a line: not what was not checked besides."""
        return tuple(one for one in self.further if one.verdict is not Verdict.UNCHECKED or one.look)

    @property
    def not_checked(self) -> bool:
        """Whether nothing was checked, and nothing else is to be said of it."""
        return self.main.mark is MARKS[Verdict.UNCHECKED] and self.main.as_expected


@dataclass(frozen=True, slots=True)
class Said:
    """A line of a list beside the rows: the sentences of a finding, or the reason why claims were not checked."""

    mark: Mark
    claims: str
    about: str
    """Code and name of the check, what was expected; empty of what no check concerned."""
    text: str


Lists: TypeAlias = tuple[tuple[str, tuple[Said, ...]], ...]
"""Lists under their headings."""


def _said(one: Record) -> Said:
    remark = f" ({one.remark})" if one.remark else ""
    return Said(one.mark, one.claim, f"{one.code} {one.check}{remark}", one.sentences)


@dataclass(frozen=True, slots=True)
class TrialTable:
    """The rows of one trial, and what makes them citable."""

    trial: str
    title: str
    source: str
    sha256: str
    catalogue: str
    """Empty where unknown."""
    convention: str
    coverage: str
    """In words; the convention is empty where none was searched."""
    rows: tuple[Row, ...]
    """Questions first, then what is to be looked at, then the rest in the order of the document."""

    @property
    def sampled(self) -> bool:
        """Whether some claim was also recomputed by sampling, so that there is a column for it."""
        return any(row.mcmc for row in self.rows)

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of its columns."""
        return _with_sampling(HEADINGS, "By MCMC", sampled=self.sampled)

    @property
    def lines(self) -> tuple[tuple[str, ...], ...]:
        """A text for each of its headings: a line for each row, and one for each further finding of it."""
        lines, sampled = [], self.sampled
        for row in self.rows:
            lines.append(_with_sampling(row.cells, row.mcmc, sampled=sampled))
            for one in row.listed:
                how = f"{one.check}: {one.how}" if one.how else one.check
                lines.append(_with_sampling(("", "", "", how, one.mark.words), "", sampled=sampled))
        return tuple(lines)

    @property
    def heading(self) -> str:
        """Title and id in one line."""
        return f"{self.title} ({self.trial})" if self.title and self.title != self.trial else self.trial

    @property
    def records(self) -> tuple[Record, ...]:
        """All findings, row by row."""
        return tuple(record for row in self.rows for record in row.records)

    @property
    def before(self) -> Lists:
        """What stands before the rows: the questions, the gravest first, and what is to be looked at."""
        lists = asking(self.records, lambda record: record.mark)
        return tuple((heading, tuple(map(_said, some))) for heading, some in lists)

    @property
    def after(self) -> Lists:
        """What stands behind the rows: other sentences that belong to them, and why claims were not checked."""
        read = tuple(_said(one) for one in self.records if one.needs_reading and not one.mark.asks)
        reasons: dict[str, list[str]] = {}
        for row in self.rows:
            if row.not_checked:
                reasons.setdefault(row.main.reason, []).append(row.claim)
        mark = MARKS[Verdict.UNCHECKED]
        left = tuple(Said(mark, ", ".join(claims), "", reason) for reason, claims in reasons.items())
        return tuple((heading, some) for heading, some in (("To read", read), ("Not checked", left)) if some)


def _with_sampling(cells: tuple[str, ...], cell: str, *, sampled: bool) -> tuple[str, ...]:
    return (*cells[:-1], cell, cells[-1]) if sampled else cells


@dataclass(frozen=True, slots=True)
class Table:
    """The whole report."""

    trials: tuple[TrialTable, ...]

    @property
    def made_by(self) -> str:
        """What made the report, in one line."""
        catalogues = ", ".join(dict.fromkeys(trial.catalogue for trial in self.trials))
        return f"trialstats {__version__}, catalogue {catalogues or 'none'}"


@dataclass(frozen=True, slots=True, repr=False)
class NumberedTable:
    """One trial's rows as a paper would print them, with all that a renderer writes round them."""

    number: int
    caption: str
    """Without the number."""
    trial: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    marked: tuple[tuple[str, str], ...]
    """Letters, and the notes they stand for."""
    notes: tuple[str, ...]
    """What holds for the table as a whole: signs, rounding and convention, coverage, source, how it was made."""
    reference: Reference | None
    software: Reference
    """What to cite: the trial and trialstats."""
    version: str
    catalogue: str
    """Of trialstats."""
    source: str
    sha256: str
    """Name and hash of the trial file's bytes; empty where there is none."""

    @property
    def title(self) -> str:
        """Its number, as captions begin."""
        return f"Table {self.number}."

    @property
    def marked_cells(self) -> tuple[tuple[str, ...], ...]:
        """The cells of its rows, the marks in brackets behind the last."""
        marks = (f" [{', '.join(row.marks)}]" if row.marks else "" for row in self.rows)
        return tuple((*row.cells[:-1], row.cells[-1] + mark) for row, mark in zip(self.rows, marks, strict=True))

    @property
    def bibtex(self) -> str:
        """BibTeX of trialstats and of the trial."""
        return "\n".join(one.bibtex for one in (self.software, self.reference) if one is not None)


Item = TypeVar("Item")


def asking(items: Iterable[Item], mark: Callable[[Item], Mark]) -> tuple[tuple[str, tuple[Item, ...]], ...]:
    """Return of some items those that ask, the gravest first, under the heading of the list that they stand in."""
    lists: dict[str, list[Item]] = {}
    for item in sorted(items, key=lambda item: _ORDER[mark(item).code]):
        if mark(item).asks:
            lists.setdefault("To look at" if mark(item) is MARKS["look"] else "Questions", []).append(item)
    return tuple((heading, tuple(some)) for heading, some in lists.items())


# ---- From findings ---------------------------------------------------------------------------------------------------
def _together(parts: Iterable[Mapping[str, str]], wanted: Callable[[str], bool]) -> dict[str, str]:
    """Return the wanted numbers of several findings of one claim, the first to name a number deciding it."""
    found: dict[str, str] = {}
    for numbers in parts:
        for name, text in numbers.items():
            if wanted(name):
                found.setdefault(name, text)
    return found


def _row(findings: Sequence[Finding], records: Mapping[int, Record], claims: Set[str]) -> Row:
    first = foremost(findings)
    ordered = [first, *(finding for finding in findings if finding is not first)]
    main, *further = (records[id(finding)] for finding in ordered)
    # Numbers of other claims, given under their ids, stand in rows of their own.
    printed = _together((one.reported for one in ordered), lambda name: name not in claims)
    recomputed = _together(
        (one.recomputed for one in ordered), lambda name: name in printed or name in first.recomputed
    )
    return Row(
        claim=main.claim,
        label=main.label,
        printed=tuple(map(clean, parts_in_words(printed))),
        recomputed=tuple(map(clean, parts_in_words(recomputed))),
        main=main,
        further=tuple(further),
    )


def trial_table(found: TrialFindings) -> TrialTable:
    """Return the table of one trial's findings."""
    records = dict(zip(map(id, found.findings), record_findings(found, full=True), strict=True))
    claims = by_claim(found.findings)
    rows = [_row(group, records, claims.keys()) for group in claims.values()]
    rows.sort(key=lambda row: _ORDER[row.main.mark.code] if row.main.mark.asks else len(MARKS))
    return TrialTable(
        trial=clean(found.trial),
        title=clean(found.title),
        source=clean(found.source),
        sha256=clean(found.sha256),
        catalogue=found.catalogue,
        convention=convention_of(found),
        coverage=coverage_in_words(found.coverage),
        rows=tuple(rows),
    )


def build_table(trials: Iterable[TrialFindings]) -> Table:
    """Return the tables of some trials' findings."""
    return Table(tuple(map(trial_table, trials)))
