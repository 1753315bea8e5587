"""From a text or a table to a report: read, reanalyse, and take back what rests on an uncertain reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from trialstats.catalogue import Catalogue
from trialstats.checks.nothing_to_check import CHECK as NOTHING_TO_CHECK
from trialstats.claims.model import Claim, Estimate, Paper
from trialstats.findings import Finding, TrialFindings, Verdict
from trialstats.reanalysis import reanalyse
from trialstats.report import Report
from trialstats.sources.table import read_table
from trialstats.sources.text.reading import extract
from trialstats.sources.text.second_reading import agrees
from trialstats.wording import MEASURE_WORDS, as_printed

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["check", "check_table"]


def check(
    source: str | Paper,
    *,
    id: str = "text",  # noqa: A002 - the paper's own word for it
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    catalogue: Catalogue | None = None,
    convention: bool = False,
) -> Report:
    """Read the claims of a text and check every one.

    A claim read from text is called inconsistent only if a second, independent reading of its words
    finds the same numbers in the same roles; otherwise it is not checked.

    Parameters
    ----------
    source : str or Paper
        The text itself, or a paper read before.
    id : str, optional
        What to call the text.
    select, ignore : sequence of str, optional
        Codes or names of checks to run, or to leave out.
    catalogue : Catalogue, optional
        By default the latest.
    convention : bool, optional
        Also infer how the whole text was computed and printed.

    Returns
    -------
    Report

    Raises
    ------
    InputError
        If ``source`` is neither text nor a paper.
    UnknownNameError
        If there is no such check.

    Examples
    --------
    >>> report = check("Response was 25% (8 of 32; 95% CI, 12 to 43) and the HR 0.54 (95% CI 0.36-0.81; P = .003).")
    >>> sorted({finding.verdict.printed for finding in report.findings if finding.check != "order"})
    ['arithmetic agrees', 'consistent', 'explained']
    """
    paper = source if isinstance(source, Paper) else extract(source, id=id)
    report = reanalyse(paper, select=select, ignore=ignore, catalogue=catalogue, convention=convention)
    if isinstance(source, Paper):
        return report
    (found,) = report.trials
    claims = {claim.id: claim for claim in paper.claims}
    findings = [*(_with_reading(source, claims, finding) for finding in found.findings), *_ambiguous(paper)]
    return Report((_with_text(found, tuple(findings), source),))


def check_table(
    source: str | Path | pd.DataFrame,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    catalogue: Catalogue | None = None,
) -> Report:
    """Check every row of a table of reported results.

    Parameters
    ----------
    source : str, Path or DataFrame
        A CSV file, or a frame whose cells are text; see `spreadsheet.read_table` for its columns.
    select, ignore, catalogue
        As for `check`.

    Returns
    -------
    Report
        Claims bear the ids of their rows.
    """
    return reanalyse(read_table(source), select=select, ignore=ignore, catalogue=catalogue, convention=False)


def _with_text(found: TrialFindings, findings: tuple[Finding, ...], text: str) -> TrialFindings:
    return found.revised(findings=findings, text=text)


def _with_reading(text: str, claims: dict[str, Claim], finding: Finding) -> Finding:
    """Say what a finding from text rests on; withdraw it where its measure was guessed or two readings differ."""
    if finding.verdict not in (Verdict.EXPLAINED, Verdict.INCONSISTENT):
        return finding
    about = [claims[name] for name in (finding.claim, *finding.others) if name in claims]
    uncertain = any(isinstance(claim, Estimate) and "measure" in claim.inferred for claim in about)
    if finding.verdict is Verdict.INCONSISTENT and (uncertain or not all(agrees(text, claim) for claim in about)):
        shown = as_printed(about[0]) if about and isinstance(about[0], Estimate) else finding.claim
        message = f"We did not check {shown}: our reading of the text is uncertain here."
        return finding.revised(verdict=Verdict.UNCHECKED, decision=False, message=lambda _: message)
    guessed = [claim for claim in about[:1] if isinstance(claim, Estimate) and claim.inferred]
    if guessed:
        return finding.revised(message=lambda message: f"{message} {_assumption(guessed[0])}")
    return finding


def _assumption(claim: Estimate) -> str:
    parts = []
    if "measure" in claim.inferred and claim.measure != "other":
        words = MEASURE_WORDS.get(claim.measure, claim.measure)
        parts.append(f"as {'an' if words[0] in 'aeiou' else 'a'} {words}")
    if "level" in claim.inferred and claim.interval is not None and claim.interval.level is not None:
        parts.append(f"with a level of {claim.interval.level.text}")
    return f"We read it {' and '.join(parts)}, which the text does not say at this place." if parts else ""


def _ambiguous(paper: Paper) -> Iterator[Finding]:
    for k, reading in enumerate(paper.ambiguous, start=1):
        yield Finding(
            claim=f"unclear-{k}",
            check=NOTHING_TO_CHECK.name,
            code=NOTHING_TO_CHECK.code,
            verdict=Verdict.UNCHECKED,
            message=f"We did not check a stretch of text: it can be read in more than one way ({reading.reason}).",
            reported={"estimate": reading.where.quote} if reading.where.quote else {},
            where=reading.where,
        )
