"""Neutral questions to the authors, one paragraph for each finding."""

from __future__ import annotations

from collections.abc import Iterable

from trialstats.findings import QUESTIONS, Finding, TrialFindings, Verdict
from trialstats.report.words import numbers_in_words

_ASKED = (*QUESTIONS, Verdict.EXPLAINED)
_CLOSING = (
    "There may well be a simple answer: another method, an adjusted analysis, missing patients, an intermediate table, "
    "a change in typesetting, or a misreading of ours."
)
_NOTHING = "Nothing to ask: every figure that could be checked has an ordinary explanation."
_NOT_READ = "Nothing to ask, for nothing was checked: we read no figure that any check concerns."


def author_query(finding: Finding, trial: TrialFindings) -> str:
    """Return one of a trial's findings as a neutral question to the authors, in one paragraph.

    It says what is printed, what we found, which figure would settle it, and innocent reasons.

    Examples
    --------
    >>> import trialstats as ts
    >>> report = ts.check("Response was seen in 6 (42.5%) of 14 women.")
    >>> print(author_query(report.inconsistent[0], report.trials[0])[:98])
    About “6 (42.5%) of 14”: the report prints 42.5%, 6 of 14. 6 of 14 is 42.9%, and 42.5% is printed.
    """
    about = trial.labels.get(finding.claim) or finding.claim
    if trial.text is not None and finding.where.quote:
        about = f"\u201c{' '.join(finding.where.quote.split())}\u201d"
    subject = f"About {about}: the report prints {numbers_in_words(finding.reported)}."
    wanted = finding.settled_by or "the count or a further digit that would settle it"
    return f"{subject} {finding.statement} Could you give us {wanted}? {_CLOSING}"


def render(trials: Iterable[TrialFindings], *, every: bool = False) -> str:
    """Return the questions of a report as plain text, numbered, trial by trial; see `Report.to_queries`."""
    parts = []
    for trial in trials:
        asked = [one for one in trial.findings if every or one.verdict in _ASKED]
        asked.sort(key=lambda one: one.urgency, reverse=True)
        parts.append(trial.title or trial.trial)
        if not asked:
            checked = any(one.verdict is not Verdict.UNCHECKED for one in trial.findings)
            parts.append(_NOTHING if checked else _NOT_READ)
        parts += [f"{k}. {author_query(one, trial)}" for k, one in enumerate(asked, 1)]
        parts += [one.statement for one in trial.findings if one.look and not every]
    return "\n\n".join(parts) + "\n"
