"""From what a paper states to a report: every check on every claim, one rule of trust, the paper's convention."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trialstats.catalogue import Catalogue, load_catalogue
from trialstats.checks import CHECKS, Context, find_check
from trialstats.checks.check import Check
from trialstats.checks.nothing_to_check import CHECK as NOTHING_TO_CHECK
from trialstats.checks.nothing_to_check import unchecked, unchecked_p, unclear, unread
from trialstats.checks.one_character import with_repairs
from trialstats.checks.order import CHECK as ORDER
from trialstats.checks.order import OUTSIDE, lies_outside
from trialstats.claims.model import Claim, Estimate, Paper
from trialstats.claims.trust import assumed, doubt, knows_groups
from trialstats.convention import read_convention
from trialstats.errors import InputError
from trialstats.findings import Coverage, Finding, PaperConvention, TrialFindings, Verdict
from trialstats.report import Report
from trialstats.sources import open_source
from trialstats.sources.table import read_table
from trialstats.sources.text.second_reading import agrees
from trialstats.wording import as_printed, assumption_words, label_words, planned_words, sentences

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["check", "check_table", "reanalyse"]

_OF_ONE_GROUP = frozenset({"proportion", "survival", "median", "mean"})
_ORDER = {check.code: k for k, check in enumerate(CHECKS)}
_OF_SIZES = ("totals", "design-size")
"""Checks whose numbers are those of no claim."""
_OWN_NUMBERS = ("estimate", "lower", "upper", "p", "x", "n")


def reanalyse(
    papers: Paper | Iterable[Paper],
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    catalogue: Catalogue | str | None = None,
    convention: bool = True,
    evidence: bool = False,
) -> Report:
    """Recompute every printed figure of one or several papers.

    Parameters
    ----------
    papers : Paper or iterable of Paper
        As `read_trial` and `extract` give them.
    select, ignore : sequence of str, optional
        Codes or names of checks to run, or to leave out.
    catalogue : Catalogue or str, optional
        Or its version; by default the latest.
    convention : bool, default True
        Whether to search the convention of each paper as a whole; it changes no verdict.
    evidence : bool, default False
        Whether to hold that convention against 200 copies of the paper with random slips: seconds to a minute a paper.

    Returns
    -------
    Report

    Raises
    ------
    UnknownNameError
        If there is no such check.
    InputError
        If two papers have one id.

    Examples
    --------
    >>> from trialstats.claims.model import Estimate, Spread
    >>> from trialstats.reported import Reported
    >>> rate = Estimate(
    ...     id="orr", measure="proportion", value=Reported("25%"), n=Reported("32"),
    ...     spread=Spread("confidence", Reported("12%"), Reported("43%")),
    ... )
    >>> reanalyse(Paper(id="mine", claims=(rate,)))["orr"].verdict.printed
    'explained'
    """
    many = _as_papers(papers)
    seen: dict[str, Paper] = {}
    for paper in many:
        if paper.id in seen:
            places = " and ".join(str(one.source or "a paper without a file") for one in (seen[paper.id], paper))
            raise InputError(f"Two trials have the id {paper.id!r}: {places}. Each needs its own.")
        seen[paper.id] = paper
    checks = _chosen(select, ignore)
    used = load_catalogue(catalogue) if isinstance(catalogue, str) else catalogue or load_catalogue()
    return Report(tuple(_reanalyse_one(paper, checks, used, convention or evidence, evidence) for paper in many))


def check(
    source: str | Path | bytes | Paper,
    *,
    id: str | None = None,  # noqa: A002 - the paper's own word for it
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    catalogue: Catalogue | str | None = None,
    convention: bool = False,
) -> Report:
    """Read the claims of a text, or of any other source, and check every one.

    A claim read from text is questioned only if a second, independent reading of its words finds the same numbers in
    the same roles; otherwise it is not checked, and the finding asks somebody to look (``look``).

    Parameters
    ----------
    source : str, Path, bytes or Paper
        The text itself, a file or the bytes of one, whatever its kind, or a paper read before.
    id : str, optional
        What to call the text; by default the name of the file without its suffix, or ``text``.
    select, ignore : sequence of str, optional
        Codes or names of checks to run, or to leave out.
    catalogue : Catalogue or str, optional
        Or its version; by default the latest.
    convention : bool, optional
        Also infer how the whole text was computed and printed.

    Returns
    -------
    Report

    Raises
    ------
    InputError
        If ``source`` is none of these, or a text that is rather the name of a file.
    UnknownNameError
        If there is no such check.

    Examples
    --------
    >>> report = check("Response was 25% (8 of 32; 95% CI, 12 to 43) and the HR 0.54 (95% CI 0.36-0.81; P = .003).")
    >>> sorted({finding.verdict.printed for finding in report.findings})
    ['arithmetic agrees', 'consistent', 'explained', 'not checked']
    """
    if id is not None and not isinstance(id, str):
        raise InputError(f"An id is text, got {id!r}.")
    if isinstance(source, Paper):
        papers: Paper | Iterator[Paper] = source if id is None else replace(source, id=id)
    else:
        papers = open_source(source, id=id)
    return reanalyse(papers, select=select, ignore=ignore, catalogue=catalogue, convention=convention)


def check_table(
    source: str | Path | pd.DataFrame,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    catalogue: Catalogue | str | None = None,
) -> Report:
    """Check every row of a table of reported results.

    Parameters
    ----------
    source : str, Path or DataFrame
        A CSV file, or a frame whose cells are text; see `sources.table.read_table` for its columns.
    select, ignore, catalogue
        As for `check`.

    Returns
    -------
    Report
        Claims bear the ids of their rows.
    """
    return reanalyse(read_table(source), select=select, ignore=ignore, catalogue=catalogue, convention=False)


def _as_papers(given: Any) -> tuple[Paper, ...]:
    many = tuple(given) if isinstance(given, Iterable) and not isinstance(given, (Paper, str)) else (given,)
    for paper in many:
        if not isinstance(paper, Paper):
            raise InputError(f"reanalyse takes papers, got {paper!r}; read_trial(path) and load_trial(name) give one.")
    return many


def _chosen(select: Sequence[str], ignore: Sequence[str]) -> tuple[Check, ...]:
    if not select and not ignore:
        return CHECKS
    left_out = {find_check(name).code for name in ignore}
    wanted = {find_check(name).code for name in select} or {check.code for check in CHECKS}
    return tuple(check for check in CHECKS if check.code in wanted - left_out)


def _reanalyse_one(
    paper: Paper, checks: Sequence[Check], catalogue: Catalogue, convention: bool, evidence: bool
) -> TrialFindings:
    studies = tuple(_studies(paper))
    others = studies if len(studies) > 1 else ()
    found = [one for study in studies for one in _judged(Context(study, catalogue, others=others), checks)]
    if NOTHING_TO_CHECK in checks:
        found += _left_over(paper, found, complete=len(checks) == len(CHECKS))
    place: dict[str, float] = {claim.id: k for k, claim in enumerate(paper.claims)}
    place |= {one.claim: place[one.others[0]] + 0.5 for one in found if one.claim not in place and one.others}
    found.sort(key=lambda finding: (place.get(finding.claim, -1), _ORDER[finding.code]))
    if NOTHING_TO_CHECK in checks:
        found += unclear(paper.ambiguous)
        found += unread(paper.unread)
    findings = tuple(_with_expectations(paper, found))
    whole = PaperConvention()
    if convention:
        rerun = partial(_run_again, paper, catalogue) if evidence else None
        reading = read_convention(paper, findings, catalogue, rerun=rerun)
        findings = tuple(replace(one, under=reading.under_of(one)) for one in findings)
        whole = reading.convention
    return TrialFindings(
        trial=paper.id,
        title=paper.title,
        sha256=paper.sha256,
        source=paper.source,
        findings=findings,
        convention=whole,
        coverage=_coverage(paper, findings),
        catalogue=catalogue.version,
        labels={claim.id: label_words(paper, claim) for claim in paper.claims}
        | {plan.id: f"planned: {planned_words(plan)}" for plan in paper.plans},
        text=None if knows_groups(paper) else paper.text,
        registry=paper.registry,
        citation=paper.citation,
    )


def _studies(paper: Paper) -> Iterator[Paper]:
    """Yield the paper, or each study of a table that holds several: their claims are none of each other's."""
    if not paper.studies:
        yield paper
        return
    by_id = {claim.id: claim for claim in paper.claims}
    for k, ids in enumerate(paper.studies):
        yield replace(paper, claims=tuple(by_id[one] for one in ids), studies=(), sums=paper.sums if k == 0 else ())


def _judged(context: Context, checks: Sequence[Check]) -> list[Finding]:
    """Return what every check says of the claims of one study."""
    found = [
        _with_trust(context, one, finding)
        for one in checks
        if one is not NOTHING_TO_CHECK and one.concerns(context)
        for finding in one.run(one, context)
    ]
    return _asked_once(context, found)


# --------------------------------------------------------------------------------------------------
# Trust: the one place where a question is withdrawn
# --------------------------------------------------------------------------------------------------
def _with_trust(context: Context, check: Check, finding: Finding) -> Finding:
    """Withdraw a question that may rest on a misreading, and say what else is to say of the others.

    That is what the reading assumes, and of a question which one changed character would make the numbers agree.
    """
    if finding.verdict.severity < Verdict.EXPLAINED.severity:
        return finding
    paper = context.paper
    about = [claim for claim in paper.claims if claim.id in (finding.claim, *finding.others)]
    if finding.verdict.is_question:
        rests_on = finding.details.rests_on if finding.details.rests_on is not None else check.rests_on
        reason = doubt(paper, about, rests_on, partial(_confirmed, paper.text or "", "p" in finding.reported))
        if reason:
            return _withdrawn(finding, about, reason)
        finding = with_repairs(check, context, finding)
    parts = assumed(about[0]) if about else ()
    own = finding.details.rests_on
    if own is not None and "measure" not in own and not finding.verdict.is_question:
        parts = tuple(part for part in parts if part != "measure")
    said = assumption_words(about[0], parts) if about else ""
    if not said:
        return finding
    details = replace(finding.details, remark=sentences(finding.details.remark, said))
    return replace(finding, details=details)


def _confirmed(text: str, with_p: bool, claim: Claim) -> bool:
    """Whether a second reading of a claim's words finds the same; a claim without a place has no words.

    Of a question that is not about the P value the words up to the last other number are enough.
    """
    if claim.where.start is None or agrees(text, claim):
        return True
    alone = None if with_p or not isinstance(claim, Estimate) else _without_p(text, claim)
    return alone is not None and agrees(text, alone)


def _without_p(text: str, claim: Estimate) -> Estimate | None:
    """Return an estimate without its P value, of the words that its other numbers stand in; None where it ends so."""
    own = [(start, end) for name, start, end in claim.where.numbers if name != "p"]
    if claim.p is None or claim.interval is None or not own:
        return None
    start, end = min(begin for begin, _ in own), max(stop for _, stop in own)
    end += text[end : end + 1] == "%"
    where = replace(claim.where, start=start, end=end, quote=text[start:end])
    return replace(claim, p=None, where=where)


def _withdrawn(finding: Finding, about: Sequence[Claim], reason: str) -> Finding:
    """Return the finding as one to look at: what arithmetic finds impossible is shown, but not asked."""
    shown = next((as_printed(one) for one in about if isinstance(one, Estimate)), finding.claim)
    details = replace(
        finding.details,
        sentence=f"Please look at {shown}",
        reason=reason,
        more=f"As we read it: {finding.details.sentence}",
        settle="",
    )
    return replace(finding, verdict=Verdict.UNCHECKED, look=True, decision=False, assumes=(), details=details)


def _asked_once(context: Context, found: Sequence[Finding]) -> list[Finding]:
    """Return the findings, of which one alone asks about an estimate outside its own interval.

    What another check would ask of the same estimate, beside those of other groups or claims, is told and not asked.
    Counts and events are other numbers.
    """
    asked = {one.claim for one in found if one.check == ORDER.name and one.verdict.is_question}
    outside = {one.id for one in context.estimates if one.id in asked and lies_outside(one)}
    return [
        _told_only(one)
        if one.claim in outside and one.check not in _NOT_OF_BOUNDS and (one.verdict.is_question or one.look)
        else one
        for one in found
    ]


_NOT_OF_BOUNDS = (ORDER.name, "percent-count", "person-time")


def _told_only(finding: Finding) -> Finding:
    """Return a question as what else there is to say of an estimate that is asked about already."""
    said = finding.details
    details = replace(
        said,
        sentence="We did not ask about the estimate once more",
        reason=OUTSIDE,
        more=said.more if finding.look else said.sentence,
        miss="",
        repair=None,
        settle="",
    )
    return replace(finding, verdict=Verdict.UNCHECKED, look=False, decision=False, assumes=(), details=details)


# --------------------------------------------------------------------------------------------------
# What no check judged
# --------------------------------------------------------------------------------------------------
def _left_over(paper: Paper, found: Sequence[Finding], *, complete: bool) -> Iterator[Finding]:
    """Yield why each claim that no check judged was not checked, and each P value that no check is about."""
    judged = {name for finding in found for name in _judges(finding)}
    alone = [claim for claim in paper.claims if claim.id not in judged]
    served: dict[str, Finding] = {}
    for other in found if complete else ():
        for name in other.others if other.verdict is not Verdict.UNCHECKED else ():
            served.setdefault(name, other)
    for one in unchecked(alone):
        reason = _reason_of(one, served, complete=complete)
        yield replace(one, details=replace(one.details, reason=reason)) if reason else one
    yield from unchecked_p(_with_idle_p(paper, found, {claim.id for claim in alone}))


def _judges(finding: Finding) -> tuple[str, ...]:
    """Return the ids of the claims whose own numbers a finding is about: denominators concern several at once."""
    return (finding.claim, *(finding.others if finding.check == "denominators" else ()))


def _reason_of(one: Finding, served: Mapping[str, Finding], *, complete: bool) -> str:
    """Return the true reason where a claim serves another one's check, or its own checks were left out."""
    if not complete:
        return "no check that was run concerns it, and some were left out"
    held = served.get(one.claim)
    if held is None:
        return ""
    return f"it was only held against {held.claim}{', under a model' if held.check in _MODELS else ''}"


_MODELS = ("medians-ratio", "landmark-ratio", "design-size")
"""Checks under a model, by which no number of their own is checked."""


def _with_idle_p(paper: Paper, found: Sequence[Finding], alone: Collection[str]) -> Iterator[Estimate]:
    """Yield the results of one group whose P value no finding is about; of those ``alone`` all is said."""
    for claim in paper.claims:
        if isinstance(claim, Estimate) and claim.p is not None and claim.measure in _OF_ONE_GROUP:
            about = (one for one in found if one.claim == claim.id)
            if claim.id not in alone and not any("p" in one.reported for one in about):
                yield claim


# --------------------------------------------------------------------------------------------------
# The paper as a whole
# --------------------------------------------------------------------------------------------------
def _run_again(paper: Paper, catalogue: Catalogue, finding: Finding, changed: Mapping[str, Claim]) -> Finding | None:
    """Return what a finding's check says of its claim once some claims are changed."""
    concerned = {finding.claim, *finding.others}
    claims = tuple(changed.get(claim.id, claim) for claim in paper.claims if claim.id in concerned)
    check = find_check(finding.check)
    found = check.run(check, Context(replace(paper, claims=claims), catalogue))
    return next((one for one in found if one.claim == finding.claim), None)


def _with_expectations(paper: Paper, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Put the expected verdict on the finding it is meant for: the named check's, or the claim's gravest."""
    expected = {claim.id: claim.expect for claim in paper.claims if claim.expect is not None}
    if not expected:
        yield from findings
        return
    for finding in findings:
        expect = expected.get(finding.claim)
        if expect is not None:
            gravest = max((one for one in findings if one.claim == finding.claim), key=lambda one: one.urgency)
            if finding.check == expect.check or (expect.check is None and finding is gravest):
                yield replace(finding, expected=expect.verdict)
                continue
        yield finding


def _coverage(paper: Paper, findings: Sequence[Finding]) -> Coverage:
    """Count the printed figures, and those that some check judged."""
    sizes = sum(len(arm.of) for arm in paper.arms) + len(paper.of)
    read = sizes + sum(sum(1 for _ in claim.numbers) for claim in paper.claims)
    read += sum(len(plan.numbers) for plan in paper.plans)
    known = {claim.id for claim in paper.claims}
    figures: set[tuple[str, str]] = set()
    for finding in findings:
        if finding.verdict is not Verdict.UNCHECKED:
            for name, number in finding.reported.items():
                if finding.check in _OF_SIZES:
                    figures.add((name, number))  # an arm's size is one figure, whatever totals it is added up to
                elif name in _OWN_NUMBERS and finding.claim in known:
                    figures.add((finding.claim, name))
    return Coverage(read + paper.unused, len(figures), read - len(figures), None if knows_groups(paper) else read)
