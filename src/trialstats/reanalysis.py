"""From what a paper states to a report: every check on every claim, the paper's convention, the coverage."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import Any

from trialstats.catalogue import Catalogue, load_catalogue
from trialstats.checks import CHECKS, Context, find_check
from trialstats.checks.check import Check
from trialstats.checks.nothing_to_check import CHECK as NOTHING_TO_CHECK
from trialstats.checks.nothing_to_check import unchecked, unchecked_p
from trialstats.claims.model import Claim, Estimate, Paper
from trialstats.convention import PaperReading, read_convention
from trialstats.errors import InputError
from trialstats.findings import Coverage, Finding, PaperConvention, TrialFindings, Verdict
from trialstats.report import Report
from trialstats.wording import as_printed, label_words

__all__ = ["reanalyse"]

_GUESSED = frozenset({"measure", "value", "n"})
"""Fields without which a claim is not known well enough to be held against itself."""
_OF_ONE_GROUP = frozenset({"proportion", "survival", "median", "mean"})
_ORDER = {check.code: k for k, check in enumerate(CHECKS)}
_OWN_NUMBERS = ("estimate", "lower", "upper", "p", "x", "n")


def reanalyse(
    papers: Paper | Iterable[Paper],
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    catalogue: Catalogue | None = None,
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
    catalogue : Catalogue, optional
        By default the latest.
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
    used = catalogue or load_catalogue()
    return Report(tuple(_reanalyse_one(paper, checks, used, convention, evidence) for paper in many))


def _as_papers(given: Any) -> tuple[Paper, ...]:
    many = (given,) if isinstance(given, (Paper, str)) else tuple(given)
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
    context = Context(paper, catalogue)
    found: list[Finding] = []
    for check in checks:
        if check is not NOTHING_TO_CHECK and check.concerns(context):
            found += check.run(check, context)
    if NOTHING_TO_CHECK in checks:
        judged = {name for finding in found if finding.check != "order" or finding.verdict is Verdict.INCONSISTENT
                  for name in _judges(finding)}  # fmt: skip
        alone = list(unchecked(claim for claim in paper.claims if claim.id not in judged))
        found += [_reworded(one, found, complete=len(checks) == len(CHECKS)) for one in alone]
        found += unchecked_p(_with_idle_p(paper, found, {one.claim for one in alone}))
    if not paper.arms_complete:
        found = [_as_guessed(paper, one) if one.verdict is Verdict.INCONSISTENT else one for one in found]
    place: dict[str, float] = {claim.id: k for k, claim in enumerate(paper.claims)}
    place |= {one.claim: place[one.others[0]] + 0.5 for one in found if one.claim not in place and one.others}
    found.sort(key=lambda finding: (place.get(finding.claim, -1), _ORDER[finding.code]))
    judged_alone = findings = tuple(_with_expectations(paper, found))
    whole: Callable[[], PaperConvention] = PaperConvention
    if convention:
        rerun = partial(_run_again, paper, catalogue) if evidence else None
        # Searched when somebody asks for the convention, or whether a finding fits it: no verdict depends on it.
        reading = cache(partial(read_convention, paper, judged_alone, catalogue, rerun=rerun))
        findings = tuple(one.revised(under=partial(_under, reading, one)) for one in judged_alone)
        whole = partial(_convention, reading)
    return TrialFindings.later(
        partial(_whole_paper, paper, judged_alone),
        whole,
        trial=paper.id,
        title=paper.title,
        sha256=paper.sha256,
        source=paper.source,
        findings=findings,
        catalogue=catalogue.version,
        registry=paper.registry,
        citation=paper.citation,
    )


def _under(reading: Callable[[], PaperReading], finding: Finding) -> Mapping[str, Any] | None:
    return reading().under_of(finding)


def _convention(reading: Callable[[], PaperReading]) -> PaperConvention:
    return reading().convention


def _whole_paper(paper: Paper, findings: Sequence[Finding]) -> Mapping[str, Any]:
    """Return what a report says of the paper as a whole."""
    return {
        "coverage": _coverage(paper, findings),
        "labels": {claim.id: label_words(paper, claim) for claim in paper.claims},
        "settled_by": {name: find_check(name).settled_by for name in dict.fromkeys(one.check for one in findings)},
    }


def _with_idle_p(paper: Paper, found: Sequence[Finding], alone: Collection[str]) -> Iterator[Estimate]:
    """Yield the results of one group whose P value no finding is about; of those ``alone`` all is said."""
    for claim in paper.claims:
        if isinstance(claim, Estimate) and claim.p is not None and claim.measure in _OF_ONE_GROUP:
            about = (one for one in found if one.claim == claim.id and one.check != "order")
            if claim.id not in alone and not any("p" in one.reported for one in about):
                yield claim


def _reworded(one: Finding, found: Sequence[Finding], *, complete: bool) -> Finding:
    """Give the true reason where a claim serves another one's check, or its own checks were left out."""
    served = [other.claim for other in found if one.claim in other.others and other.verdict is not Verdict.UNCHECKED]
    if not complete:
        reason = "no check that was run concerns it, and some were left out."
    elif served:
        reason = f"it was only held against {served[0]}, under a model."
    else:
        return one
    return one.revised(message=lambda message: f"{message.partition(': ')[0]}: {reason}")


def _as_guessed(paper: Paper, finding: Finding) -> Finding:
    """Take back what rests on a guess: nobody has compared a text's claims, or the rows of a draft, with the paper."""
    about = [claim for claim in paper.claims if claim.id in (finding.claim, *finding.others)]
    groups = finding.check == "two-arm-p"
    if not any(
        isinstance(claim, Estimate) and (_GUESSED & set(claim.inferred) or (groups and _of_guessed_size(claim)))
        for claim in about
    ):
        return finding
    shown = next((as_printed(one) for one in about if isinstance(one, Estimate)), finding.claim)
    message = f"We did not check {shown}: our reading of the text is uncertain here."
    return finding.revised(verdict=Verdict.UNCHECKED, decision=False, message=lambda _: message)


def _of_guessed_size(claim: Estimate) -> bool:
    """Whether the number of patients of a group's percentage stands elsewhere in the text, if anywhere."""
    return claim.n is None and (not claim.arms or "arms" in claim.inferred)


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
            same = [one for one in findings if one.claim == finding.claim]
            gravest = max(same, key=lambda one: one.verdict.severity)
            if finding.check == expect.check or (expect.check is None and finding is gravest):
                yield finding.revised(expected=expect.verdict)
                continue
        yield finding


def _judges(finding: Finding) -> tuple[str, ...]:
    """Return the ids of the claims whose own numbers a finding is about: denominators concern several at once."""
    return (finding.claim, *(finding.others if finding.check == "denominators" else ()))


def _coverage(paper: Paper, findings: Sequence[Finding]) -> Coverage:
    """Count the printed figures, and those that some check judged; the order of bounds alone is no check of them."""
    sizes = sum(len(arm.of) for arm in paper.arms) + len(paper.of)
    read = sizes + sum(sum(1 for _ in claim.numbers) for claim in paper.claims)
    figures: set[tuple[str, str]] = set()
    for finding in findings:
        if finding.verdict is not Verdict.UNCHECKED and finding.check != "order":
            for name in finding.reported:
                if name in _OWN_NUMBERS or finding.check == "totals":
                    figures.add((finding.claim, name))
    return Coverage(read + paper.unused, len(figures), read - len(figures), None if paper.arms_complete else read)
