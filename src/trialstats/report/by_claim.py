"""Findings by claim: all of one claim, the one that stands for it, and what is said where there is no such claim."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from trialstats.errors import TrialstatsError
from trialstats.findings import Finding, TrialFindings


class UnknownClaimError(TrialstatsError, KeyError):
    """No claim of the report has this id, or more than one has; the nearest id is suggested."""

    def __str__(self) -> str:
        return str(self.args[0])  # KeyError would print the sentence in quotes


def by_claim(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Return the findings of each claim, in the order in which claims first appear."""
    grouped: dict[str, list[Finding]] = {}
    for finding in findings:
        grouped.setdefault(finding.claim, []).append(finding)
    return grouped


def foremost(findings: Iterable[Finding]) -> Finding:
    """Return the finding of one claim that most deserves reading; the first where several do."""
    return max(findings, key=lambda finding: finding.urgency)


def findings_of(trials: Iterable[TrialFindings], claim_id: str) -> tuple[Finding, ...]:
    """Return all findings of a claim, named as ``claim`` or ``trial:claim``; see `Report.of`."""
    found: dict[str, list[Finding]] = {}
    ids: dict[str, None] = {}
    for trial in trials:
        for finding in trial.findings:
            full = f"{trial.trial}:{finding.claim}"
            ids[full if ":" in claim_id else finding.claim] = None
            if claim_id in (finding.claim, full):
                found.setdefault(full, []).append(finding)
    if len(found) == 1:
        return tuple(next(iter(found.values())))
    if found:
        raise UnknownClaimError(f"Several trials have a claim {claim_id!r}: say {' or '.join(map(repr, found))}.")
    near = get_close_matches(claim_id, ids, n=1, cutoff=0.5)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    raise UnknownClaimError(f"No claim {claim_id!r} in this report, which has {len(ids)}.{hint}")
