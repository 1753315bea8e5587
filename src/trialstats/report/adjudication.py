"""Readers' decisions on findings, kept in a side file and shown in later reports.

A decision never changes a verdict: it says what somebody who looked into a finding made of it, and why.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from trialstats.errors import TrialFileError
from trialstats.findings import Finding, TrialFindings, Verdict
from trialstats.report.words import numbers_in_words
from trialstats.sources.trial_file.places import Places, line_of, places_in, syntax_error

DECISIONS: Mapping[str, str] = MappingProxyType(
    {
        "open": "not decided yet",
        "asked": "the authors were asked",
        "answered": "the authors answered",
        "corrected": "the report was corrected",
        "accepted": "accepted as printed",
        "misread": "our reading was not what is printed",
    }
)
"""The decisions and their words."""

_KEYS = ("trial", "claim", "check", "decision", "reason", "by", "date", "printed")
_WRITTEN = ("trial", "claim", "check", "printed", "decision", "reason", "by", "date")


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjudication:
    """What a reader decided about one finding.

    Attributes
    ----------
    trial, claim, check : str
        The finding: ids of its trial and claim, name or code of its check.
    decision : str
        One of `DECISIONS`.
    reason : str
    by : str
        Who decided.
    date : str
        ISO date.
    printed : str
        The numbers on which it was decided; where they differ from those of the report, the report says so.
    """

    trial: str
    claim: str
    check: str
    decision: str
    reason: str = ""
    by: str = ""
    date: str = ""
    printed: str = ""

    @property
    def words(self) -> str:
        """The decision as a sentence.

        Examples
        --------
        >>> one = Adjudication(trial="t", claim="c", check="order", decision="accepted", reason="Confirmed", by="AB")
        >>> one.words
        "Reader's decision (AB): accepted as printed. Confirmed."
        """
        who = ", ".join(part for part in (self.by, self.date) if part)
        reason = f" {self.reason.rstrip('.')}." if self.reason else ""
        return f"Reader's decision{f' ({who})' if who else ''}: {DECISIONS[self.decision]}.{reason}"


def read_adjudications(path: str | Path) -> tuple[Adjudication, ...]:
    """Read a file of decisions: TOML with one ``[[decision]]`` for each finding, as `draft` writes it to complete.

    One that is not of this form is a `TrialFileError`: file and line, what was found and what is accepted.
    """
    source = str(path)
    try:
        text = Path(path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise TrialFileError("the file is not text in UTF-8, as a file of decisions is.", file=source) from None
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise syntax_error(str(problem), text, source) from None
    places = places_in(text)
    for key in document:
        if key != "decision":
            raise _refused(f"unknown key {key!r}; accepted is [[decision]].", places, (key,), source)
    rows = document.get("decision", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _refused("decision is not a list of tables; write each as [[decision]].", places, ("decision",), source)
    return tuple(_adjudication(row, k, places, source) for k, row in enumerate(rows))


def _adjudication(row: Mapping[str, Any], k: int, places: Places, source: str) -> Adjudication:
    for key, value in row.items():
        if key not in _KEYS:
            accepted = ", ".join(_KEYS)
            raise _refused(f"unknown key {key!r}; accepted are {accepted}.", places, ("decision", k, key), source)
        if key == "date" and isinstance(value, datetime.date):
            continue
        if not isinstance(value, str):
            raise _refused(f"{key} is {value!r}; accepted is text.", places, ("decision", k, key), source)
    for key in _KEYS[:4]:
        if not row.get(key):
            raise _refused(f"a decision needs {key!r}, which says what it is about.", places, ("decision", k), source)
    if row["decision"] not in DECISIONS:
        raise _refused(
            f"decision is {row['decision']!r}; accepted are {', '.join(DECISIONS)}.",
            places,
            ("decision", k, "decision"),
            source,
        )
    return Adjudication(**{key: str(value) for key, value in row.items()})


def _refused(message: str, places: Places, path: tuple[str | int, ...], source: str) -> TrialFileError:
    return TrialFileError(message, file=source, line=line_of(path, places))


def adjudicated(trial: TrialFindings, adjudications: Iterable[Adjudication]) -> TrialFindings:
    """Return a trial's findings with the decisions on them in their messages; verdicts stay as they are."""
    found = _by_finding(trial, adjudications)
    if not found:
        return trial
    findings = []
    decided = dict(trial.decisions)
    for finding in trial.findings:
        key = finding.claim, finding.check
        if (one := found.get(key)) is not None:
            decided[key] = one
            finding = replace(finding, decided=_said(finding, one))
        findings.append(finding)
    return replace(trial, findings=tuple(findings), decisions=decided)


def _by_finding(trial: TrialFindings, adjudications: Iterable[Adjudication]) -> dict[tuple[str, str], Adjudication]:
    """Return the decisions on a trial's findings by claim and name of the check."""
    ours = {(one.claim, one.check): one for one in adjudications if one.trial == trial.trial}
    if not ours:
        return {}
    found = {}
    for finding in trial.findings:
        one = ours.get((finding.claim, finding.check)) or ours.get((finding.claim, finding.code))
        if one is not None:
            found[finding.claim, finding.check] = one
    return found


def unmatched(trials: Iterable[TrialFindings], adjudications: Sequence[Adjudication]) -> tuple[Adjudication, ...]:
    """Return the decisions that are about no finding of some trials."""
    used = {id(one) for trial in trials for one in _by_finding(trial, adjudications).values()}
    return tuple(one for one in adjudications if id(one) not in used)


def _said(finding: Finding, one: Adjudication) -> str:
    now = numbers_in_words(finding.reported)
    made = "It was made on" if one.decision != "open" else "The entry was written for"
    changed = f" {made} {one.printed}, and {now} is printed now." if one.printed and one.printed != now else ""
    return f"{one.words}{changed}"


def draft(trials: Sequence[TrialFindings], kept: Sequence[Adjudication] = ()) -> str:
    """Return a file of decisions to complete: one open decision for each finding without an ordinary explanation.

    Questions come first, the gravest before the others; then what is to be looked at, and what is explained. Decisions
    made before are kept: all of them are in the file too, those that are about no finding at its end.

    Examples
    --------
    >>> import trialstats as ts
    >>> print(draft(ts.check("Response was seen in 6 (42.5%) of 14 women.", id="own").trials), end="")
    # Decisions: open, asked, answered, corrected, accepted, misread.
    <BLANKLINE>
    [[decision]]
    trial = "own"
    claim = "c1"
    check = "percent-count"
    printed = "42.5%, 6 of 14"
    decision = "open"
    reason = ""
    by = ""
    """
    import tomlkit

    document = tomlkit.document()
    document.add(tomlkit.comment(f"Decisions: {', '.join(DECISIONS)}."))
    rows = tomlkit.aot()
    entries: list[Adjudication] = []
    for trial in trials:
        made = dict(trial.decisions) | _by_finding(trial, kept)
        for finding in sorted(trial.findings, key=lambda one: one.urgency, reverse=True):
            one = made.get((finding.claim, finding.check))
            if one is not None:
                entries.append(one)
            elif finding.verdict.severity >= Verdict.EXPLAINED.severity or finding.look:
                printed = numbers_in_words(finding.reported)
                entries.append(
                    Adjudication(
                        trial=trial.trial, claim=finding.claim, check=finding.check, decision="open", printed=printed
                    )
                )
    for one in (*entries, *unmatched(trials, kept)):
        row = tomlkit.table()
        for key in _WRITTEN:
            if key != "date" or one.date:
                row.add(key, getattr(one, key))
        rows.append(row)
    if len(rows):
        document.add(tomlkit.nl())
        document.add("decision", rows)
    return tomlkit.dumps(document)
