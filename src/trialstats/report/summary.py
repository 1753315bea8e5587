"""The report in a few plain lines: what each document counts, then what asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from trialstats.findings import Finding, TrialFindings
from trialstats.report.by_claim import by_claim, foremost
from trialstats.report.marks import MARKS, mark_of
from trialstats.report.words import coverage_in_words


def counted(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def document_lines(trials: Iterable[TrialFindings]) -> Iterator[str]:
    """Yield a line for each document: its claims by verdict, what asks first, and its coverage."""
    for trial in trials:
        grouped = by_claim(trial.findings)
        counts = Counter(mark_of(foremost(findings)).code for findings in grouped.values())
        verdicts = ", ".join(f"{counts[code]} {mark.printed}" for code, mark in MARKS.items() if counts[code])
        brackets = f" ({verdicts})" if verdicts else ""
        yield f"{trial.trial}: {counted(len(grouped), 'claim')}{brackets}; {coverage_in_words(trial.coverage)}"


def asking_lines(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield a line for each question, the gravest first, then for what is to be looked at."""
    for one in sorted(findings, key=lambda one: one.urgency, reverse=True):
        mark = mark_of(one)
        if mark.asks:
            yield f"  {mark.sign} {one.claim} {one.code}: {one.message}"
